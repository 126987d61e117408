//! The saved profile: a table's state at a small fixed budget, in and out of a file that can stand for the reference.
//!
//! Law: `save(A ∪ B) = merge(save A, save B)`, byte for byte; with one exception at the level [`Redact::Rare`]: a label
//! may be missing from the merged one where each part held its value fewer than [`RARE`] times. It holds because
//! everything here is a sum, an extreme, a union, or a bucketing whose shift is a function of the set of keys: the parts
//! of a table never need a coarser shift than the table.

mod bytes;
mod entries;
mod file;
mod key;
mod parse;
mod ranks;

use std::collections::BTreeMap;

pub use entries::shrink;
pub use file::{File, VERSION, write};
pub use parse::{is_profile, read};

use super::{Buckets, model};
use crate::cell::plan::ColumnPlan;
use crate::cell::{Role, Type};
use crate::error::{Error, Kind, Result};

/// The most entries of a column's distribution.
pub const ENTRIES: usize = 2_048;
/// A value that fewer rows hold is rare: its text is left out unless asked for.
pub const RARE: u64 = 5;

/// The most entries of a column whose values are withheld.
pub const FEWER: usize = 256;

/// Which texts of values a saved profile may hold. Numbers and dates are kept as counted buckets at every level, since
/// nothing could be compared without them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Redact {
    /// All of them.
    None,
    /// Those that at least [`RARE`] rows hold, in columns that do not name their rows.
    Rare,
    /// None of them.
    Values,
}

/// A saved profile.
#[derive(Debug, Clone, PartialEq)]
pub struct Saved {
    /// The seed of its hashes.
    pub seed: u64,
    /// What was left out.
    pub redact: Redact,
    /// The files it was made of, sorted.
    pub sources: Vec<model::Source>,
    /// Rows profiled.
    pub rows: u64,
    /// Records found.
    pub rows_in: u64,
    /// Records that could not be profiled.
    pub rows_set_aside: u64,
    /// The canonical bytes of the row hashes.
    pub duplicates: Vec<u8>,
    /// The columns, in file order.
    pub columns: Vec<Column>,
}

/// One column of a saved profile.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// How its cells were read, its name and its type.
    pub plan: ColumnPlan,
    /// `rows = valid + missing + invalid`.
    pub rows: u64,
    /// Cells that are values of the type.
    pub valid: u64,
    /// Cells that are missing.
    pub missing: u64,
    /// Cells that are neither.
    pub invalid: u64,
    /// Cells equal to zero.
    pub zeros: u64,
    /// Cells below zero.
    pub negatives: u64,
    /// Infinite cells.
    pub infinities: u64,
    /// Non-missing cells by narrowest type.
    pub kinds: BTreeMap<String, u64>,
    /// The spellings of missing.
    pub null_tokens: BTreeMap<String, u64>,
    /// The smallest and the largest key of an ordered column.
    pub range: Option<(u128, u128)>,
    /// At most [`ENTRIES`] entries.
    pub distribution: model::Distribution,
    /// The canonical bytes of the exact sum; empty where there is none.
    pub sum: Vec<u8>,
    /// The canonical bytes of the exact sum of squares; empty where there is none.
    pub squares: Vec<u8>,
    /// The canonical bytes of the distinct counter; empty at shift 0, where the distribution says it, and where there is
    /// none.
    pub distinct: Vec<u8>,
    /// Whether its values are withheld, as those of columns that a contract classifies: there are at most [`FEWER`]
    /// buckets, without texts, and the range is that of the outer ones.
    pub withheld: bool,
}

/// What the sketches know about their own canonical bytes, which are opaque here.
pub trait Sketches {
    /// The bytes of both exact sums' sum.
    ///
    /// # Errors
    /// `Damaged` where the bytes are not those of a sketch; so do the others.
    fn merge_sums(&self, a: &[u8], b: &[u8]) -> Result<Vec<u8>>;
    /// The bytes of the union of both distinct counters.
    ///
    /// # Errors
    /// As above.
    fn merge_distinct(&self, a: &[u8], b: &[u8]) -> Result<Vec<u8>>;
    /// The bytes of the distinct counter of these values, which are at shift 0.
    fn distinct_of(&self, values: &model::Distribution, seed: u64) -> Vec<u8>;
    /// The bytes of both collections of row hashes together.
    ///
    /// # Errors
    /// As above.
    fn merge_duplicates(&self, a: &[u8], b: &[u8]) -> Result<Vec<u8>>;
    /// The number of duplicates among this many rows, and how often rows occur.
    ///
    /// # Errors
    /// As above.
    fn duplicates(&self, bytes: &[u8], rows: u64) -> Result<(model::Estimate, model::RowCounts)>;
    /// Fills in the numbers of a profile's column from a saved one: distinct, moments, quantiles, top, histogram, role.
    ///
    /// # Errors
    /// As above.
    fn fill(&self, saved: &Column, column: &mut model::Column) -> Result<()>;
}

impl Column {
    /// Leaves out what tells single values: texts, the ends of the range, and which of many values is which.
    pub fn withhold(&mut self) {
        self.withheld = true;
        self.distribution =
            entries::redact(shrink(&self.distribution, FEWER), Redact::Values, Role::Category);
        if let model::Distribution::Ordered(ordered) = &self.distribution {
            self.range = Buckets::new(ordered, None).map(|it| (it.min, it.max));
        }
    }

    /// Brings the distribution to its budget and leaves out what must not be saved.
    pub fn settle(&mut self, redact: Redact, role: Role) {
        self.distribution = entries::redact(shrink(&self.distribution, ENTRIES), redact, role);
        if self.distribution.shift() == 0 {
            self.distinct.clear();
        }
    }
}

impl Saved {
    /// Both tables as one.
    ///
    /// # Errors
    /// `Incompatible` where seeds, columns or types differ; `Damaged` where opaque bytes are; `Limit` where counts are
    /// beyond 64 bits.
    pub fn merge(&self, other: &Saved, sketches: &dyn Sketches) -> Result<Saved> {
        if self.seed != other.seed {
            return Err(Error::new(
                Kind::Incompatible,
                format!("saved profile has seed {}, the other has {}", self.seed, other.seed),
            )
            .with_hint("save both with the same --seed"));
        }
        same_columns(self, other)?;
        let mut sources: Vec<_> = self.sources.iter().chain(&other.sources).cloned().collect();
        crate::order::sort_by(&mut sources, file::source_order);
        let redact = self.redact.max(other.redact);
        let columns = self.columns.iter().zip(&other.columns);
        Ok(Saved {
            seed: self.seed,
            redact,
            sources,
            rows: sum(self.rows, other.rows)?,
            rows_in: sum(self.rows_in, other.rows_in)?,
            rows_set_aside: sum(self.rows_set_aside, other.rows_set_aside)?,
            duplicates: opaque(&self.duplicates, &other.duplicates, |a, b| sketches.merge_duplicates(a, b))?,
            columns: columns
                .map(|(a, b)| column(a, b, self.seed, redact, sketches))
                .collect::<Result<_>>()?,
        })
    }

    /// The profile that this one stands for; without places and rows.
    ///
    /// # Errors
    /// Those of the sketches.
    pub fn to_profile(&self, sketches: &dyn Sketches) -> Result<model::Profile> {
        let (duplicate_rows, row_counts) = if self.duplicates.is_empty() {
            let unknown = model::Estimate { value: 0.0, exact: false, error: self.rows as f64 };
            (unknown, model::RowCounts::default())
        } else {
            sketches.duplicates(&self.duplicates, self.rows)?
        };
        let mut columns = Vec::with_capacity(self.columns.len());
        for (i, saved) in self.columns.iter().enumerate() {
            let mut column = plain(saved, i + 1);
            sketches.fill(saved, &mut column)?;
            columns.push(column);
        }
        Ok(model::Profile {
            source: source(&self.sources),
            table: model::Table {
                rows: self.rows,
                duplicate_rows,
                row_counts,
                rows_in: self.rows_in,
                rows_set_aside: self.rows_set_aside,
            },
            columns,
            issues: Vec::new(),
            saved: true,
        })
    }
}

fn sum(a: u64, b: u64) -> Result<u64> {
    a.checked_add(b).ok_or_else(|| Error::new(Kind::Limit, "saved profiles together count beyond 64 bits"))
}

fn opaque(a: &[u8], b: &[u8], merge: impl Fn(&[u8], &[u8]) -> Result<Vec<u8>>) -> Result<Vec<u8>> {
    match (a.is_empty(), b.is_empty()) {
        (true, _) => Ok(b.to_vec()),
        (_, true) => Ok(a.to_vec()),
        _ => merge(a, b),
    }
}

fn same_columns(a: &Saved, b: &Saved) -> Result<()> {
    let names =
        |saved: &Saved| saved.columns.iter().map(|column| column.plan.name.clone()).collect::<Vec<_>>();
    let (left, right) = (names(a), names(b));
    if left == right {
        return Ok(());
    }
    let message = match left.iter().zip(&right).position(|(a, b)| a != b) {
        Some(i) => {
            format!("column {} is {:?} in one saved profile, {:?} in the other", i + 1, left[i], right[i])
        }
        None => format!("one saved profile has {} columns, the other {}", left.len(), right.len()),
    };
    Err(Error::new(Kind::Incompatible, message)
        .with_hint("only profiles of tables with the same columns can be merged"))
}

fn column(a: &Column, b: &Column, seed: u64, level: Redact, sketches: &dyn Sketches) -> Result<Column> {
    let ty = merged_type(a, b)?;
    let mut more_nulls: Vec<String> = a.plan.more_nulls.iter().chain(&b.plan.more_nulls).cloned().collect();
    crate::order::sort(&mut more_nulls);
    more_nulls.dedup();
    let range = match (a.range, b.range) {
        (Some(a), Some(b)) => Some((a.0.min(b.0), a.1.max(b.1))),
        (a, b) => a.or(b),
    };
    let withheld = a.withheld || b.withheld;
    let mut distribution = entries::merge(&a.distribution, &b.distribution)?;
    if withheld {
        distribution = shrink(&distribution, FEWER);
    }
    let distinct = if distribution.shift() == 0 { Vec::new() } else { distinct(a, b, seed, sketches)? };
    let mut merged = Column {
        plan: ColumnPlan {
            name: a.plan.name.clone(),
            ty,
            formats: a.plan.formats | b.plan.formats,
            nulls: a.plan.nulls | b.plan.nulls,
            more_nulls,
            spelled: None,
            governed: a.plan.governed || b.plan.governed,
            typed: a.plan.typed || b.plan.typed,
        },
        rows: sum(a.rows, b.rows)?,
        valid: sum(a.valid, b.valid)?,
        missing: sum(a.missing, b.missing)?,
        invalid: sum(a.invalid, b.invalid)?,
        zeros: sum(a.zeros, b.zeros)?,
        negatives: sum(a.negatives, b.negatives)?,
        infinities: sum(a.infinities, b.infinities)?,
        kinds: tallies(&a.kinds, &b.kinds)?,
        null_tokens: tallies(&a.null_tokens, &b.null_tokens)?,
        range,
        distribution: entries::redact(distribution, level, Role::Category),
        sum: opaque(&a.sum, &b.sum, |a, b| sketches.merge_sums(a, b))?,
        squares: opaque(&a.squares, &b.squares, |a, b| sketches.merge_sums(a, b))?,
        distinct,
        withheld,
    };
    if withheld {
        merged.withhold();
    }
    Ok(merged)
}

/// The distinct counter of both columns; none where one of them should have one and has not.
fn distinct(a: &Column, b: &Column, seed: u64, sketches: &dyn Sketches) -> Result<Vec<u8>> {
    let of = |column: &Column| match column.distribution.shift() {
        0 => sketches.distinct_of(&column.distribution, seed),
        _ => column.distinct.clone(),
    };
    let (a, b) = (of(a), of(b));
    if a.is_empty() || b.is_empty() { Ok(Vec::new()) } else { sketches.merge_distinct(&a, &b) }
}

/// The type of both; a column without any value has the other's.
fn merged_type(a: &Column, b: &Column) -> Result<Type> {
    let empty = |column: &Column| column.missing == column.rows && !column.plan.governed;
    match (empty(a), empty(b)) {
        _ if a.plan.ty == b.plan.ty => Ok(a.plan.ty),
        (true, true) => Ok(a.plan.ty.min(b.plan.ty)),
        (true, false) => Ok(b.plan.ty),
        (false, true) => Ok(a.plan.ty),
        (false, false) => Err(Error::new(
            Kind::Incompatible,
            format!(
                "column {:?} is {} in one saved profile, {} in the other",
                a.plan.name,
                file::type_word(a.plan.ty),
                file::type_word(b.plan.ty)
            ),
        )
        .with_hint(format!("save both with the same --types {}=…", a.plan.name))),
    }
}

fn tallies(a: &BTreeMap<String, u64>, b: &BTreeMap<String, u64>) -> Result<BTreeMap<String, u64>> {
    let mut all = a.clone();
    for (word, &count) in b {
        let total = all.entry(word.clone()).or_default();
        *total = sum(*total, count)?;
    }
    Ok(all)
}

/// What a column's saved counts say by themselves.
fn plain(saved: &Column, position: usize) -> model::Column {
    let (held, exact) = match &saved.distribution {
        model::Distribution::Absent => (0, true),
        model::Distribution::Ordered(ordered) => (ordered.entries.len() as u64, ordered.shift == 0),
        model::Distribution::Categories(categories) => {
            (categories.entries.len() as u64, categories.shift == 0)
        }
    };
    let spread = saved.valid.saturating_sub(held) as f64 / 2.0;
    let distinct = if exact {
        model::Estimate::exact(held)
    } else {
        model::Estimate { value: held as f64 + spread, exact: false, error: spread }
    };
    let (role, reason) = match (saved.valid, distinct) {
        (0, _) => (Role::Empty, "no value"),
        (_, model::Estimate { exact: true, value: 1.0, .. }) => (Role::Constant, "one value"),
        _ if saved.plan.ty.is_numeric() => (Role::Measure, "numbers"),
        _ if saved.plan.ty.is_temporal() => (Role::Timestamp, "times"),
        _ if exact => (Role::Category, "few values"),
        _ => (Role::FreeText, "many values"),
    };
    let words: Vec<&'static str> = file::TYPES.iter().map(|ty| ty.id()).collect();
    model::Column {
        name: saved.plan.name.clone(),
        position,
        ty: saved.plan.ty,
        governed: saved.plan.governed,
        role,
        role_reason: format!("{reason} in the saved profile"),
        rows: saved.rows,
        valid: saved.valid,
        missing: saved.missing,
        invalid: saved.invalid,
        null_tokens: saved.null_tokens.iter().map(|(token, count)| (token.clone(), *count)).collect(),
        kinds: saved
            .kinds
            .iter()
            .filter_map(|(kind, count)| Some((*words.iter().find(|word| *word == kind)?, *count)))
            .collect(),
        invalid_places: Vec::new(),
        distinct,
        singletons: exact.then(|| entries::singletons(&saved.distribution)),
        numeric: None,
        text: None,
        temporal: None,
        top: Vec::new(),
        histogram: None,
        alerts: Vec::new(),
        order: None,
        distribution: saved.distribution.clone(),
    }
}

/// The one file, or a word for all of them.
fn source(sources: &[model::Source]) -> model::Source {
    match sources {
        [one] => one.clone(),
        [] => model::Source { format: "profile".into(), ..model::Source::default() },
        [first, rest @ ..] => model::Source {
            name: format!("{} and {} more", first.name, rest.len()),
            bytes: sources.iter().map(|source| source.bytes).fold(0, u64::saturating_add),
            format: "profile".into(),
            ..model::Source::default()
        },
    }
}

#[cfg(test)]
mod tests;
