//! The state of one column → its profile.

use super::histogram::{Axis, histogram};
use super::moments::{Sums, moments};
use super::quantiles::{PROBABILITIES, median_absolute_deviation, quantiles};
use super::{
    Buckets, Column, Distribution, Estimate, Numeric, Order, Ordered, Scalar, Temporal, TopValue, alerts,
    role, scalar, texts,
};
use crate::cell::classify::Kind;
use crate::cell::plan::ColumnPlan;
use crate::cell::{Domain, Role, Type, domain, temporal, tokens};
use crate::sketch::beyond::Beyond;
use crate::sketch::column::{ColumnState, Values};
use crate::sketch::keys::Keys;
use crate::sketch::order;
use crate::sketch::places::{Segment, resolve};
use crate::sketch::row_sample::SampledRow;
use crate::sketch::show::key_text;
use crate::sketch::table::Key;
use crate::sketch::tally::Tally;

/// Frequent values that a profile lists.
pub const TOP: usize = 20;

/// All that is known of a column.
pub struct Facts<'a> {
    /// Its index.
    pub index: usize,
    /// How it was read.
    pub plan: &'a ColumnPlan,
    /// Its state.
    pub state: &'a ColumnState,
    /// The tallies of all its cells.
    pub tally: Tally,
    /// What was scanned, in file order.
    pub segments: &'a [Segment],
    /// Line breaks before the first data record.
    pub lines: u64,
    /// A sample of the table's rows.
    pub sample: &'a [SampledRow],
}

impl Facts<'_> {
    /// The column's profile.
    pub fn column(&self) -> Column {
        let state = self.state;
        let mut column = Column {
            name: self.plan.name.clone(),
            position: self.index + 1,
            ty: self.plan.ty,
            governed: self.plan.governed,
            role: Role::Empty,
            role_reason: String::new(),
            rows: state.rows(),
            valid: state.valid,
            missing: state.missing,
            invalid: state.invalid.count,
            null_tokens: self.null_tokens(),
            kinds: self.kinds(),
            invalid_places: resolve(&state.invalid.first, self.segments, self.lines),
            distinct: Estimate::exact(0),
            singletons: None,
            numeric: None,
            text: None,
            temporal: None,
            top: Vec::new(),
            histogram: None,
            alerts: Vec::new(),
            order: self.order(),
            distribution: Distribution::Absent,
        };
        if state.valid > 0 {
            match &state.values {
                Values::Keys(keys) => self.ordered(keys, &mut column),
                Values::Wide(keys) => self.ordered(keys, &mut column),
                Values::Texts(values) => texts::describe(self, values, &mut column),
            }
        }
        (column.role, column.role_reason) = role::guess(&column);
        column.alerts = alerts::alerts(&column);
        column
    }

    fn null_tokens(&self) -> Vec<(String, u64)> {
        let counted = self.tally.tokens.iter().enumerate();
        let mut found: Vec<(String, u64)> = counted
            .filter(|(bit, count)| **count > 0 && self.plan.nulls >> bit & 1 == 1)
            .map(|(bit, count)| (tokens::spelling(bit).to_owned(), *count))
            .chain(self.plan.more_nulls.iter().cloned().zip(self.state.more_nulls.iter().copied()))
            .filter(|(_, count)| *count > 0)
            .collect();
        crate::order::sort_by(&mut found, |a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        found
    }

    fn kinds(&self) -> Vec<(&'static str, u64)> {
        let counted = Kind::ALL.iter().zip(&self.tally.kinds);
        let mut found: Vec<_> = counted.filter(|(_, n)| **n > 0).map(|(kind, n)| (kind.id(), *n)).collect();
        crate::order::sort_by_key(&mut found, |(_, n)| std::cmp::Reverse(*n));
        found
    }

    fn order(&self) -> Option<Order> {
        let steps = order::join(&self.state.order)?;
        Some(Order { rises: steps & 2 == 0, falls: steps & 1 == 0, strict: steps & 4 == 0 })
    }

    fn ordered<K: Key>(&self, keys: &Keys<K>, column: &mut Column) {
        let ordered = Ordered { domain: keys.shape.domain, shift: keys.shift(), entries: keys.entries() };
        (column.distinct, column.singletons) = distinct(keys, &ordered, self.state.valid);
        if let Some(buckets) = Buckets::new(&ordered, keys.range()) {
            let counted = keys.beyond().map_or_else(|| Counted::of_values(&buckets), Counted::of_beyond);
            describe_ordered(column, &buckets, &counted, Some(&self.tally));
        }
        column.top = self.top_keys(keys, &ordered);
        column.distribution = Distribution::Ordered(ordered);
    }

    fn top_keys<K: Key>(&self, keys: &Keys<K>, ordered: &Ordered) -> Vec<TopValue> {
        if ordered.shift == 0 {
            let counted = ordered.entries.iter().map(|(key, count)| (*key, *count, 0));
            return most_frequent(counted, self.plan.ty);
        }
        let mut seen: Vec<u128> =
            self.sampled().filter_map(|cell| cell.try_into().ok()).map(u128::from_le_bytes).collect();
        crate::order::sort(&mut seen);
        seen.dedup();
        let counts = seen.into_iter().map(|key| {
            let (count, error) = keys.count(K::narrow(key), self.state.valid);
            (key, count.min(self.state.valid), error)
        });
        most_frequent(counts.filter(|(_, count, error)| count > error), self.plan.ty)
    }

    /// The column's cells in the row sample.
    pub fn sampled(&self) -> impl Iterator<Item = &[u8]> {
        self.sample.iter().filter_map(|row| row.cells.get(self.index))
    }
}

/// The most frequent of these (key, count, error), ties by rising key.
pub fn most_frequent(counted: impl IntoIterator<Item = (u128, u64, u64)>, ty: Type) -> Vec<TopValue> {
    let top = crate::order::first(counted, TOP, |a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    top.into_iter().map(|(key, count, error)| TopValue { value: key_scalar(key, ty), count, error }).collect()
}

/// The value of a key in the form that loses nothing.
fn key_scalar(key: u128, ty: Type) -> Scalar {
    match Domain::of(ty) {
        Some(domain) if ty.is_numeric() => scalar::of_key(domain, key),
        _ => Scalar::Text(key_text(key, ty)),
    }
}

fn distinct<K: Key>(keys: &Keys<K>, ordered: &Ordered, valid: u64) -> (Estimate, Option<u64>) {
    match keys.beyond() {
        None => {
            let singletons = ordered.entries.iter().filter(|entry| entry.1 == 1).count() as u64;
            (Estimate::exact(ordered.entries.len() as u64), Some(singletons))
        }
        Some(beyond) => (hashed_distinct(beyond, ordered, valid), None),
    }
}

/// Distinct values past the budget: of HyperLogLog, with three standard errors, never fewer than the occupied buckets
/// nor more than the cells.
pub fn hashed_distinct(beyond: &Beyond, ordered: &Ordered, valid: u64) -> Estimate {
    let (estimate, deviation) = beyond.distinct.estimate();
    let least = ordered.entries.len() as f64;
    let value = estimate.round().clamp(least, (valid as f64).max(least));
    Estimate { value, exact: false, error: (3.0 * deviation).ceil() }
}

/// What the buckets of a column cannot tell.
#[derive(Debug, Clone, Default)]
pub struct Counted {
    /// Cells equal to zero.
    pub zeros: u64,
    /// Cells that are −∞ or ∞.
    pub infinities: u64,
    /// The exact sums, infinities included; `None` where the entries are single values.
    pub sums: Option<Sums>,
}

impl Counted {
    /// Of a column whose entries are single values.
    pub fn of_values(buckets: &Buckets<'_>) -> Counted {
        let count = |key: u128| {
            buckets.entries.binary_search_by_key(&key, |entry| entry.0).map_or(0, |at| buckets.entries[at].1)
        };
        let infinite =
            |x: f64| if buckets.domain == Domain::Float { count(domain::float(x).into()) } else { 0 };
        Counted {
            zeros: count(zero_key(buckets.domain)),
            infinities: infinite(f64::NEG_INFINITY) + infinite(f64::INFINITY),
            sums: None,
        }
    }

    /// Of a column past its budget.
    pub fn of_beyond(beyond: &Beyond) -> Counted {
        let (sum, square) = beyond.sums.totals();
        let mut sums = Sums { sum, square };
        for (x, n) in [(f64::NEG_INFINITY, beyond.infinities.0), (f64::INFINITY, beyond.infinities.1)] {
            if n > 0 {
                sums.sum.add_f64(x, n);
                sums.square.add_square_f64(x, n);
            }
        }
        let infinities = beyond.infinities.0 + beyond.infinities.1;
        Counted { zeros: beyond.zeros, infinities, sums: Some(sums) }
    }
}

/// Cells below zero: no bucket holds both sides of it.
pub fn negatives(buckets: &Buckets<'_>) -> u64 {
    let zero = zero_key(buckets.domain) >> buckets.shift;
    buckets.entries.iter().filter(|(bucket, _)| *bucket < zero).map(|entry| entry.1).sum()
}

/// Fills in what the ordered values of a column say: numbers or times, histogram.
pub fn describe_ordered(
    column: &mut Column,
    buckets: &Buckets<'_>,
    counted: &Counted,
    tally: Option<&Tally>,
) {
    let ty = column.ty;
    if ty.is_numeric() {
        column.numeric = Some(numeric(buckets, counted));
    } else if ty.is_temporal() {
        column.temporal = Some(times(buckets, ty, tally));
    }
    let per = match ty {
        Type::Timestamp { unit, .. } => unit.per_second() as f64,
        Type::Time | Type::Duration => 1e6,
        _ => 1.0,
    };
    let label = |edge: f64| temporal::show((edge * per).round() as i64, ty);
    let axis = Axis { per, label: if ty.is_temporal() { Some(&label) } else { None } };
    column.histogram = histogram(buckets, &axis);
}

fn numeric(buckets: &Buckets<'_>, counted: &Counted) -> Numeric {
    let found = quantiles(buckets, &PROBABILITIES);
    let shape = moments(buckets, counted.sums.as_ref());
    let exact = buckets.is_exact();
    Numeric {
        min: scalar::of_key(buckets.domain, buckets.min),
        max: scalar::of_key(buckets.domain, buckets.max),
        mean: shape.mean,
        std: shape.std,
        sum: shape.sum.unwrap_or(Scalar::Text("undefined".to_owned())),
        zeros: counted.zeros,
        negatives: negatives(buckets),
        infinities: counted.infinities,
        skewness: shape.skewness,
        kurtosis: shape.kurtosis,
        mad: median_absolute_deviation(buckets),
        quantiles: found.iter().map(|it| (it.p, it.value.clone())).collect(),
        exact,
        quantile_errors: if exact { Vec::new() } else { found.iter().map(|it| it.error).collect() },
        shape_error: shape.shape_error,
        points: std::iter::once((0.0, buckets.number(buckets.min)))
            .chain(found.iter().map(|it| (it.p, it.number)))
            .chain([(1.0, buckets.number(buckets.max))])
            .collect(),
    }
}

fn zero_key(domain: Domain) -> u128 {
    match domain {
        Domain::Boolean => 0,
        Domain::Signed => domain::signed(0).into(),
        Domain::Wide(_) => domain::wide(0),
        Domain::Float => domain::float(0.0).into(),
    }
}

fn times(buckets: &Buckets<'_>, ty: Type, tally: Option<&Tally>) -> Temporal {
    let show = |key: u128| temporal::show(domain::signed_of(key as u64), ty);
    let mut formats: Vec<(String, u64)> = temporal::FORMATS
        .iter()
        .zip(tally.map_or(&[][..], |tally| &tally.formats))
        .filter(|(_, n)| **n > 0)
        .map(|(format, n)| ((*format).to_owned(), *n))
        .collect();
    crate::order::sort_by(&mut formats, |a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let shown = |scalar: &Scalar, number: f64| match scalar {
        Scalar::Integer(value) => temporal::show(*value, ty),
        Scalar::Text(text) => text.parse().map_or_else(|_| text.clone(), |value| temporal::show(value, ty)),
        Scalar::Float(_) => temporal::show(number.round() as i64, ty),
    };
    let quantiles = quantiles(buckets, &[0.25, 0.5, 0.75]);
    Temporal {
        min: show(buckets.min),
        max: show(buckets.max),
        formats,
        quantiles: quantiles.iter().map(|it| (it.p, shown(&it.value, it.number))).collect(),
        exact: buckets.is_exact(),
    }
}
