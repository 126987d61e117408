//! The state of a table → its saved profile, and what a saved profile's sketches say.

use std::collections::BTreeSet;

use super::settle::State;
use crate::cell::classify::Kind;
use crate::cell::tokens;
use crate::error::Result;
use crate::num::hash;
use crate::profile::column::{Counted, describe_ordered, most_frequent, negatives};
use crate::profile::moments::Sums;
use crate::profile::saved::{self, Redact, Saved, Sketches};
use crate::profile::{
    self, Buckets, Categories, Distribution, Estimate, Ordered, RowCounts, Scalar, TopValue, alerts, role,
};
use crate::sketch::beyond::Beyond;
use crate::sketch::column::{ColumnState, Values};
use crate::sketch::keys::Keys;
use crate::sketch::pack::{from_bytes, to_bytes};
use crate::sketch::row_hashes::RowHashes;
use crate::sketch::table::{Key, SEED};
use crate::sketch::{ExactSum, HyperLogLog};

/// Row hashes that a saved profile holds, in bytes of canonical state: 256 of them.
const ROW_BYTES: u64 = 256 * 16;
/// The precision of a saved distinct counter: 4,096 registers.
const PRECISION: u8 = 12;

impl State {
    /// The saved profile of the table. The values of columns that its contract classifies are withheld, unless nothing is
    /// to be left out.
    pub fn save(&self, profile: &profile::Profile, redact: Redact) -> Saved {
        let mut duplicates = RowHashes::new(ROW_BYTES);
        duplicates.merge(&self.partial.row_hashes);
        duplicates.entries();
        let seed = self.plan.budget().seed;
        let withheld = if redact == Redact::None { Default::default() } else { self.withheld() };
        let columns = self.plan.columns.iter().zip(&self.partial.columns).zip(&profile.columns);
        Saved {
            seed,
            redact,
            sources: vec![profile.source.clone()],
            rows: profile.table.rows,
            rows_in: profile.table.rows_in,
            rows_set_aside: profile.table.rows_set_aside,
            duplicates: duplicates.saved(),
            columns: columns
                .map(|((plan, state), column)| {
                    let mut saved = saved_column(plan, state, column, seed);
                    if withheld.contains(&plan.name) {
                        saved.withhold();
                    }
                    saved.settle(redact, column.role);
                    saved
                })
                .collect(),
        }
    }
}

impl State {
    /// The columns that the contract classifies; all of them should it not be readable.
    fn withheld(&self) -> BTreeSet<String> {
        let names: Vec<&str> = self.plan.columns.iter().map(|it| it.name.as_str()).collect();
        let Some(agreed) = &self.plan.governing.contract else { return BTreeSet::new() };
        let all = || names.iter().map(|it| (*it).to_owned()).collect();
        if !cfg!(feature = "contract") {
            return all();
        }
        match agreed.contract().and_then(|it| it.object(None, &self.plan.name)) {
            Ok(object) => super::redact::of_columns(object, &names).into_iter().collect(),
            Err(_) => all(),
        }
    }
}

fn saved_column(
    plan: &crate::cell::plan::ColumnPlan,
    state: &ColumnState,
    column: &profile::Column,
    seed: u64,
) -> saved::Column {
    let tally = state.whole_tally();
    let counted = |counts: &[u64], word: &dyn Fn(usize) -> String| {
        counts.iter().enumerate().filter(|it| *it.1 > 0).map(|(i, n)| (word(i), *n)).collect()
    };
    let sketched = match &state.values {
        Values::Keys(keys) => sketched(keys, &column.distribution, seed),
        Values::Wide(keys) => sketched(keys, &column.distribution, seed),
        Values::Texts(texts) => {
            let beyond = texts.hashed().and_then(Keys::beyond);
            Sketched { distinct: folded(beyond, &column.distribution, seed), ..Sketched::default() }
        }
    };
    let sums = |sum: &ExactSum| if column.ty.is_numeric() { to_bytes(sum) } else { Vec::new() };
    let mut plan = plan.clone();
    crate::order::sort(&mut plan.more_nulls);
    plan.more_nulls.dedup();
    saved::Column {
        plan,
        rows: column.rows,
        valid: column.valid,
        missing: column.missing,
        invalid: column.invalid,
        zeros: sketched.counted.zeros,
        negatives: sketched.negatives,
        infinities: sketched.counted.infinities,
        kinds: counted(&tally.kinds, &|i| Kind::ALL[i].id().to_owned()),
        null_tokens: counted(&tally.tokens, &|i| tokens::spelling(i).to_owned()),
        range: sketched.range,
        distribution: saved::shrink(&column.distribution, saved::ENTRIES),
        sum: sketched.counted.sums.as_ref().map_or_else(Vec::new, |it| sums(&it.sum)),
        squares: sketched.counted.sums.as_ref().map_or_else(Vec::new, |it| sums(&it.square)),
        distinct: to_bytes(&sketched.distinct),
        withheld: false,
    }
}

/// What a column's ordered values give to its saved profile, besides the distribution.
struct Sketched {
    counted: Counted,
    negatives: u64,
    range: Option<(u128, u128)>,
    distinct: HyperLogLog,
}

impl Default for Sketched {
    fn default() -> Sketched {
        Sketched {
            counted: Counted::default(),
            negatives: 0,
            range: None,
            distinct: HyperLogLog::new(PRECISION),
        }
    }
}

/// The distinct counter of a column: that of its sketch, or made of the values where all are held.
fn folded(beyond: Option<&Beyond>, held: &Distribution, seed: u64) -> HyperLogLog {
    match beyond {
        Some(Beyond { distinct, .. }) => distinct.fold(PRECISION),
        None => distinct_values(held, seed),
    }
}

fn distinct_values(values: &Distribution, seed: u64) -> HyperLogLog {
    let mut distinct = HyperLogLog::new(PRECISION);
    let mut add = |hash: u64| distinct.insert(hash::mix(hash ^ seed));
    match values {
        Distribution::Absent => {}
        Distribution::Ordered(it) if it.domain.bits() == 128 => {
            it.entries.iter().for_each(|entry| add(entry.0.hash(SEED)));
        }
        Distribution::Ordered(it) => {
            it.entries.iter().for_each(|entry| add(u64::narrow(entry.0).hash(SEED)));
        }
        Distribution::Categories(it) => it.entries.iter().for_each(|entry| add(entry.hash.hash(SEED))),
    }
    distinct
}

fn sketched<K: Key>(keys: &Keys<K>, held: &Distribution, seed: u64) -> Sketched {
    let distinct = folded(keys.beyond(), held, seed);
    let Distribution::Ordered(ordered) = held else { return Sketched { distinct, ..Sketched::default() } };
    let Some(buckets) = Buckets::new(ordered, keys.range()) else {
        return Sketched { distinct, ..Sketched::default() };
    };
    let counted = match keys.beyond() {
        Some(beyond) => Counted::of_beyond(beyond),
        None => {
            let sums = Sums::of(ordered.domain, &ordered.entries);
            Counted { sums: Some(sums), ..Counted::of_values(&buckets) }
        }
    };
    Sketched { negatives: negatives(&buckets), range: keys.range(), distinct, counted }
}

/// The sketches of a saved profile, as this build writes them.
pub struct Opaque;

impl Sketches for Opaque {
    fn merge_sums(&self, a: &[u8], b: &[u8]) -> Result<Vec<u8>> {
        let mut sum: ExactSum = from_bytes(a)?;
        sum.merge(&from_bytes(b)?);
        Ok(to_bytes(&sum))
    }

    fn merge_distinct(&self, a: &[u8], b: &[u8]) -> Result<Vec<u8>> {
        let mut distinct: HyperLogLog = from_bytes(a)?;
        distinct.merge(&from_bytes(b)?);
        Ok(to_bytes(&distinct))
    }

    fn distinct_of(&self, values: &Distribution, seed: u64) -> Vec<u8> {
        to_bytes(&distinct_values(values, seed))
    }

    fn merge_duplicates(&self, a: &[u8], b: &[u8]) -> Result<Vec<u8>> {
        let mut rows = RowHashes::from_saved(a)?;
        rows.merge(&RowHashes::from_saved(b)?);
        rows.settle();
        Ok(rows.saved())
    }

    fn duplicates(&self, bytes: &[u8], rows: u64) -> Result<(Estimate, RowCounts)> {
        let mut hashes = RowHashes::from_saved(bytes)?;
        let (value, exact, error) = hashes.duplicates(rows);
        let share = hashes.share();
        let counts = RowCounts::of(hashes.entries().iter().map(|it| it.1), share);
        Ok((Estimate { value, exact, error }, counts))
    }

    fn fill(&self, saved: &saved::Column, column: &mut profile::Column) -> Result<()> {
        let (held, shift) = match &saved.distribution {
            Distribution::Absent => (0, 0),
            Distribution::Ordered(it) => (it.entries.len() as u64, it.shift),
            Distribution::Categories(it) => (it.entries.len() as u64, it.shift),
        };
        column.distinct = if shift == 0 || saved.distinct.is_empty() {
            column.distinct
        } else {
            let (value, deviation) = from_bytes::<HyperLogLog>(&saved.distinct)?.estimate();
            let value = value.round().clamp(held as f64, (saved.valid as f64).max(held as f64));
            Estimate { value, exact: false, error: (3.0 * deviation).ceil() }
        };
        match &saved.distribution {
            Distribution::Ordered(ordered) => fill_ordered(saved, ordered, column)?,
            Distribution::Categories(categories) if categories.shift == 0 => {
                column.top = labelled(categories);
            }
            _ => {}
        }
        (column.role, column.role_reason) = role::guess(column);
        column.alerts = alerts::alerts(column);
        Ok(())
    }
}

fn fill_ordered(saved: &saved::Column, ordered: &Ordered, column: &mut profile::Column) -> Result<()> {
    let Some(buckets) = Buckets::new(ordered, saved.range) else { return Ok(()) };
    let sums = if saved.sum.is_empty() || saved.squares.is_empty() {
        None
    } else {
        Some(Sums { sum: from_bytes(&saved.sum)?, square: from_bytes(&saved.squares)? })
    };
    let counted = Counted { zeros: saved.zeros, infinities: saved.infinities, sums };
    describe_ordered(column, &buckets, &counted, None);
    if let Some(numeric) = &mut column.numeric {
        numeric.negatives = saved.negatives;
    }
    if ordered.shift == 0 && !saved.withheld {
        let entries = ordered.entries.iter().map(|it| (it.0, it.1, 0));
        column.top = most_frequent(entries, column.ty);
    }
    Ok(())
}

fn labelled(categories: &Categories) -> Vec<TopValue> {
    let known = categories.entries.iter().filter_map(|it| Some((it.label.as_deref()?, it.count)));
    crate::order::first(known, profile::column::TOP, |a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)))
        .into_iter()
        .map(|(text, count)| TopValue { value: Scalar::Text(text.to_owned()), count, error: 0 })
        .collect()
}
