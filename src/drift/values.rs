//! The values of a column that has few of them: a paired distribution in, one line per value with both counts out.

use super::pair::Pair;
use super::words;
use crate::cell::{Domain, Type};
use crate::profile::Category;

/// A closed set has at most this many values.
const CLOSED: usize = 50;
/// An ordered column with at most this many values in the reference is compared value by value.
const FEW: usize = 20;

/// One value with both counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Counted<'a> {
    /// Its ordered key, or its hash.
    pub key: u128,
    /// The value of a category, where it is known.
    pub label: Option<&'a str>,
    /// Cells in the reference.
    pub reference: u64,
    /// Cells in the current file.
    pub current: u64,
}

/// The values of both sides, in the order of their keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Values<'a> {
    /// All values, or buckets of values.
    pub all: Vec<Counted<'a>>,
    /// The type of the column.
    pub ty: Type,
    /// What ordered keys stand for; `None` for categories.
    pub domain: Option<Domain>,
    /// Whether the reference is a closed set: each value known by itself, none occurs once, at most 50.
    pub closed: bool,
    /// Reference values that occur once.
    pub singletons: u64,
    /// Valid cells of the reference.
    pub n: u64,
    /// Valid cells of the current file.
    pub m: u64,
}

impl Values<'_> {
    /// The value for a person, or a name for it where a saved profile left it out.
    pub(crate) fn name(&self, value: &Counted<'_>) -> String {
        match (self.domain, value.label) {
            (Some(domain), _) => words::value(self.ty, domain, value.key),
            (None, Some(text)) => words::cut(text),
            (None, None) => format!("unnamed (hash {:x})", value.key),
        }
    }
}

/// Values with a bin of their own.
const BINS: usize = 50;

/// The places of the values, those that are most frequent in both files together first. Were they chosen by the reference alone,
/// those that are frequent there by chance would look as if they had become rarer: of samples of 30 rows 9 % would alarm.
pub(crate) fn frequent(values: &Values<'_>) -> impl Iterator<Item = usize> {
    let total = |i: &usize| values.all[*i].reference + values.all[*i].current;
    let by_total = |a: &usize, b: &usize| total(b).cmp(&total(a)).then(a.cmp(b));
    crate::order::first(0..values.all.len(), BINS, by_total).into_iter()
}

/// Counts per value for a test of homogeneity: of the most frequent values, the others as one.
pub(crate) fn evidence(values: &Values<'_>) -> Vec<(u64, u64)> {
    let mut bins: Vec<(u64, u64)> =
        frequent(values).map(|i| (values.all[i].reference, values.all[i].current)).collect();
    let held = bins.iter().fold((0, 0), |sum, bin| (sum.0 + bin.0, sum.1 + bin.1));
    bins.push((values.n - held.0, values.m - held.1));
    bins
}

/// Categories, or ordered values that are few; `None` for what is compared by ranges.
pub(crate) fn values<'a>(pair: &'a Pair<'a>, ty: Type) -> Option<Values<'a>> {
    match pair {
        Pair::Absent => None,
        Pair::Categories { reference, current } => {
            let entry = |e: &'_ Category| (u128::from(e.hash), e.count);
            let all = merge(
                reference.entries.iter().map(|e| (entry(e), e.label.as_deref())),
                current.entries.iter().map(|e| (entry(e), e.label.as_deref())),
            );
            Some(gather(all, reference.shift == 0, ty, None))
        }
        Pair::Ordered { reference, current } => {
            let cells: u64 = reference.entries.iter().map(|e| e.1).sum();
            let distinct = reference.entries.len();
            let whole = matches!(reference.domain, Domain::Boolean | Domain::Signed | Domain::Wide(_));
            let few = distinct > 0 && distinct <= FEW && cells >= 5 * distinct as u64;
            let boolean = reference.domain == Domain::Boolean;
            if reference.shift > 0 || !whole || ty.is_temporal() || !(few || boolean) {
                return None;
            }
            let all = merge(
                reference.entries.iter().map(|&entry| (entry, None)),
                current.entries.iter().map(|&entry| (entry, None)),
            );
            Some(gather(all, true, ty, Some(reference.domain)))
        }
    }
}

fn gather(all: Vec<Counted<'_>>, known: bool, ty: Type, domain: Option<Domain>) -> Values<'_> {
    let singletons = all.iter().filter(|v| v.reference == 1).count() as u64;
    let distinct = all.iter().filter(|v| v.reference > 0).count();
    let (n, m) = (all.iter().map(|v| v.reference).sum(), all.iter().map(|v| v.current).sum());
    let closed = known && singletons == 0 && distinct <= CLOSED && distinct > 0;
    Values { closed, singletons, n, m, all, ty, domain }
}

/// A key with its count, and its label where it has one.
type Entry<'a> = ((u128, u64), Option<&'a str>);

/// Joins two lists by rising key.
fn merge<'a>(
    reference: impl Iterator<Item = Entry<'a>>,
    current: impl Iterator<Item = Entry<'a>>,
) -> Vec<Counted<'a>> {
    let mut out = Vec::new();
    let (mut left, mut right) = (reference.peekable(), current.peekable());
    loop {
        let key = match (left.peek(), right.peek()) {
            (Some(a), Some(b)) => a.0.0.min(b.0.0),
            (Some(entry), None) | (None, Some(entry)) => entry.0.0,
            (None, None) => return out,
        };
        let a = left.next_if(|e| e.0.0 == key);
        let b = right.next_if(|e| e.0.0 == key);
        let label = a.and_then(|e| e.1).or(b.and_then(|e| e.1));
        out.push(Counted { key, label, reference: a.map_or(0, |e| e.0.1), current: b.map_or(0, |e| e.0.1) });
    }
}

#[cfg(test)]
mod tests {
    use super::super::pair::pair;
    use super::super::testing::*;
    use super::*;

    #[test]
    fn both_sides_meet_value_by_value() {
        let (a, b) = (texts("x", &[("a", 5), ("b", 7)]), texts("x", &[("b", 2), ("c", 3)]));
        let paired = pair(&a, &b).expect("comparable");
        let found = values(&paired, Type::Text).expect("categories");
        let mut rows: Vec<_> = found.all.iter().map(|v| (found.name(v), v.reference, v.current)).collect();
        rows.sort_unstable();
        assert_eq!(rows, [("a".into(), 5, 0), ("b".into(), 7, 2), ("c".into(), 0, 3)]);
        assert_eq!((found.n, found.m, found.closed), (12, 5, true));
    }

    #[test]
    fn integers_are_values_only_while_they_are_few_and_common() {
        let few = integers("x", (0..100).map(|i| i % 4));
        let many = integers("x", 0..100);
        let rare = integers("x", 0..10);
        let is = |c| values(&pair(c, c).expect("comparable"), Type::Integer).is_some();
        assert!(is(&few) && !is(&many) && !is(&rare));
    }

    #[test]
    fn values_that_occur_once_open_the_set() {
        let open = texts("x", &[("a", 50), ("b", 1)]);
        let paired = pair(&open, &open).expect("comparable");
        assert!(!values(&paired, Type::Text).expect("categories").closed);
    }
}
