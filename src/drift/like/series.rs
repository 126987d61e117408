//! A profiled column in, the column as a data frame of pandas holds it out: a dtype, and its values with their counts.
//!
//! Missing cells are NaN. Invalid cells are NaN too: a frame that had them would hold the whole column as text.

use super::super::pair;
use crate::cell::Type;
use crate::profile::{Category, Column, Distribution, Ordered};

/// The dtype that `pandas.read_csv` gives a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dtype {
    /// `float64`: also integers with a missing cell, and a column of missing cells only.
    Float,
    /// `int64`.
    Int,
    /// `bool`.
    Bool,
    /// `object` of booleans and NaN.
    BoolObject,
    /// `object` or `str`: text.
    Text,
    /// `datetime64`, once parsed.
    Time,
    /// Lists, objects and bytes.
    Other,
}

/// A column with its missing cells dropped.
#[derive(Debug, Clone)]
pub(super) struct Series<'a> {
    /// Its dtype.
    pub dtype: Dtype,
    /// Cells, the missing ones too.
    pub rows: u64,
    /// Cells left, infinite ones dropped too.
    pub n: u64,
    /// Whether each value is known by itself.
    pub exact: bool,
    /// Its values.
    pub values: Values<'a>,
}

/// Values with their counts.
#[derive(Debug, Clone)]
pub(super) enum Values<'a> {
    /// By rising value; finite ones.
    Numbers(Vec<(f64, u64)>),
    /// By rising hash.
    Texts(&'a [Category]),
}

impl<'a> Series<'a> {
    /// The column as a frame holds it.
    pub(super) fn of(column: &'a Column) -> Series<'a> {
        let gone = column.missing + column.invalid > 0;
        let dtype = match column.ty {
            _ if column.valid == 0 => Dtype::Float,
            Type::Integer | Type::WideInteger if !gone => Dtype::Int,
            Type::Integer | Type::WideInteger | Type::Decimal(_) | Type::Float => Dtype::Float,
            Type::Boolean if gone => Dtype::BoolObject,
            Type::Boolean => Dtype::Bool,
            Type::Text => Dtype::Text,
            ty if ty.is_temporal() => Dtype::Time,
            _ => Dtype::Other,
        };
        let values = match &column.distribution {
            Distribution::Absent => Values::Numbers(Vec::new()),
            Distribution::Ordered(ordered) => Values::Numbers(numbers(column.ty, ordered)),
            Distribution::Categories(categories) => Values::Texts(&categories.entries),
        };
        let n = match &values {
            Values::Numbers(all) => all.iter().map(|it| it.1).sum(),
            Values::Texts(all) => all.iter().map(|it| it.count).sum(),
        };
        Series { dtype, rows: column.rows, n, exact: column.distribution.shift() == 0, values }
    }

    /// Distinct values, `nunique()`.
    pub(super) fn distinct(&self) -> usize {
        match &self.values {
            Values::Numbers(all) => all.len(),
            Values::Texts(all) => all.len(),
        }
    }

    /// The numbers; none of a text column.
    pub(super) fn numbers(&self) -> &[(f64, u64)] {
        match &self.values {
            Values::Numbers(all) => all,
            Values::Texts(_) => &[],
        }
    }
}

fn numbers(ty: Type, ordered: &Ordered) -> Vec<(f64, u64)> {
    let mut all: Vec<(f64, u64)> = Vec::with_capacity(ordered.entries.len());
    for &(bucket, count) in &ordered.entries {
        let value = pair::number(ty, ordered, bucket);
        match all.last_mut() {
            // Integers that a double does not tell apart.
            Some(last) if last.0 == value => last.1 += count,
            _ if value.is_finite() => all.push((value, count)),
            _ => {}
        }
    }
    all
}

/// Two columns on the same values.
#[derive(Debug, Clone)]
pub(super) struct Both {
    /// (value, reference, current) by rising value; empty for text.
    pub points: Vec<(f64, u64, u64)>,
    /// (reference, current) of each value that either has, in the order of `points`, or of the hashes.
    pub counts: Vec<(u64, u64)>,
    /// Where in `counts` the smallest value stands; `None` where a saved profile has left out its text.
    pub first: Option<usize>,
}

/// A side's (key, count) list.
type Side = Vec<(u128, u64)>;

impl Both {
    /// Both sides as the Kolmogorov–Smirnov test takes them: by the rank of the value.
    pub(super) fn sides(&self) -> (Side, Side) {
        let points = || self.points.iter().enumerate();
        (
            points().map(|(i, it)| (i as u128, it.1)).collect(),
            points().map(|(i, it)| (i as u128, it.2)).collect(),
        )
    }
}

/// Both sides together; `None` where one is text and the other is not.
pub(super) fn both(reference: &Series<'_>, current: &Series<'_>) -> Option<Both> {
    match (&reference.values, &current.values) {
        (Values::Numbers(a), Values::Numbers(b)) => {
            let points = merge(a, b, |x| x.0, |x| x.1, |a, b| a.total_cmp(b));
            let counts = points.iter().map(|it| (it.1, it.2)).collect();
            Some(Both { points, counts, first: Some(0) })
        }
        (Values::Texts(a), Values::Texts(b)) => {
            let merged = merge(a, b, |x| x, |x| x.count, |a, b| a.hash.cmp(&b.hash));
            let other = |hash| b.binary_search_by_key(&hash, |it: &Category| it.hash).ok().map(|at| &b[at]);
            let mut labels = Vec::with_capacity(merged.len());
            for (category, _, _) in &merged {
                let label = category.label.as_deref();
                labels.push(label.or_else(|| other(category.hash)?.label.as_deref()));
            }
            let labels: Option<Vec<&str>> = labels.into_iter().collect();
            // Python orders text by code points, as UTF-8 bytes do.
            let first = labels.and_then(|all| (0..all.len()).min_by_key(|&i| all[i]));
            Some(Both { points: Vec::new(), counts: merged.iter().map(|it| (it.1, it.2)).collect(), first })
        }
        _ => None,
    }
}

/// Two lists by rising key as one, with both counts.
pub(super) fn merge<'x, T, K: Copy>(
    a: &'x [T],
    b: &'x [T],
    key: impl Fn(&'x T) -> K,
    count: impl Fn(&'x T) -> u64,
    order: impl Fn(&K, &K) -> std::cmp::Ordering,
) -> Vec<(K, u64, u64)> {
    use std::cmp::Ordering::{Equal, Greater, Less};
    let (mut i, mut j) = (0, 0);
    let mut all = Vec::with_capacity(a.len().max(b.len()));
    loop {
        let next = match (a.get(i), b.get(j)) {
            (Some(x), Some(y)) => order(&key(x), &key(y)),
            (Some(_), None) => Less,
            (None, Some(_)) => Greater,
            (None, None) => return all,
        };
        let (x, y) = (if next == Greater { &b[j] } else { &a[i] }, (next != Greater, next != Less));
        let left = if y.0 { count(&a[i]) } else { 0 };
        let right = if y.1 { count(&b[j]) } else { 0 };
        all.push((key(x), left, right));
        i += usize::from(next == Less || next == Equal);
        j += usize::from(next == Greater || next == Equal);
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::*;
    use super::*;

    #[test]
    fn dtypes_are_those_of_read_csv() {
        let table = [
            (integers("x", [1, 2]), Dtype::Int),
            (holed(integers("x", [1, 2]), 1, 0), Dtype::Float),
            (holed(integers("x", [1, 2]), 0, 1), Dtype::Float),
            (floats_of("x", [1.0]), Dtype::Float),
            (integers("x", []), Dtype::Float),
            (texts("x", &[("a", 1)]), Dtype::Text),
            (keys("x", Type::Boolean, [0, 1]), Dtype::Bool),
            (holed(keys("x", Type::Boolean, [0, 1]), 1, 0), Dtype::BoolObject),
            (keys("x", Type::Date, [crate::cell::domain::signed(3).into()]), Dtype::Time),
        ];
        for (column, dtype) in table {
            assert_eq!(Series::of(&column).dtype, dtype);
        }
    }

    #[test]
    fn both_sides_meet_on_the_values_of_either() {
        let (a, b) = (integers("x", [1, 2, 2]), floats_of("x", [2.0, 3.5, f64::INFINITY]));
        let (a, b) = (Series::of(&a), Series::of(&b));
        assert_eq!((a.n, b.n, b.rows), (3, 2, 3));
        let found = both(&a, &b).expect("numbers");
        assert_eq!(found.points, [(1.0, 1, 0), (2.0, 2, 1), (3.5, 0, 1)]);
        let (a, b) = (texts("x", &[("b", 5), ("a", 7)]), texts("x", &[("c", 1), ("a", 2)]));
        let found = both(&Series::of(&a), &Series::of(&b)).expect("texts");
        assert_eq!(found.first.map(|at| found.counts[at]), Some((7, 2)));
        assert!(both(&Series::of(&a), &Series::of(&integers("x", [1]))).is_none());
    }
}
