//! The values of a column that has few of them: a paired distribution in, one line per value with both counts out.

use super::pair::Pair;
use super::words;
use crate::cell::{Domain, Type};

/// A closed set has at most this many values.
const CLOSED: usize = 50;
/// An ordered column with at most this many values in the reference is compared value by value.
const FEW: usize = 20;

/// One value with both counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Counted {
    /// The value, or a name for it where a saved profile left it out.
    pub label: String,
    /// Cells in the reference.
    pub reference: u64,
    /// Cells in the current file.
    pub current: u64,
}

/// The values of both sides, in the order of their keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Values {
    /// All values, or buckets of values.
    pub all: Vec<Counted>,
    /// Whether the reference is a closed set: each value known by itself, none occurs once, at most 50.
    pub closed: bool,
    /// Reference values that occur once.
    pub singletons: u64,
    /// Valid cells of the reference.
    pub n: u64,
    /// Valid cells of the current file.
    pub m: u64,
}

/// Categories, or ordered values that are few; `None` for what is compared by ranges.
pub(crate) fn values(pair: &Pair, ty: Type) -> Option<Values> {
    match pair {
        Pair::Absent => None,
        Pair::Categories { reference, current } => {
            let all = merge(
                reference.entries.iter().map(|e| (u128::from(e.hash), e.count, e.label.as_deref())),
                current.entries.iter().map(|e| (u128::from(e.hash), e.count, e.label.as_deref())),
                |hash, label| match label {
                    Some(text) => words::cut(text),
                    None if reference.shift > 0 => format!("values of hash {hash:x}…"),
                    None => format!("a value of hash {hash:016x}"),
                },
            );
            Some(gather(all, reference.shift == 0))
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
                reference.entries.iter().map(|e| (e.0, e.1, None)),
                current.entries.iter().map(|e| (e.0, e.1, None)),
                |key, _| words::value(ty, reference.domain, key),
            );
            Some(gather(all, true))
        }
    }
}

fn gather(all: Vec<Counted>, known: bool) -> Values {
    let singletons = all.iter().filter(|v| v.reference == 1).count() as u64;
    let distinct = all.iter().filter(|v| v.reference > 0).count();
    let (n, m) = (all.iter().map(|v| v.reference).sum(), all.iter().map(|v| v.current).sum());
    Values { closed: known && singletons == 0 && distinct <= CLOSED && distinct > 0, singletons, n, m, all }
}

/// Joins two lists by rising key.
fn merge<'a>(
    reference: impl Iterator<Item = (u128, u64, Option<&'a str>)>,
    current: impl Iterator<Item = (u128, u64, Option<&'a str>)>,
    name: impl Fn(u128, Option<&str>) -> String,
) -> Vec<Counted> {
    let mut out = Vec::new();
    let (mut left, mut right) = (reference.peekable(), current.peekable());
    loop {
        let (a, b) = (left.peek().copied(), right.peek().copied());
        let key = match (a, b) {
            (Some(a), Some(b)) => a.0.min(b.0),
            (Some(a), None) => a.0,
            (None, Some(b)) => b.0,
            (None, None) => return out,
        };
        let a = a.filter(|e| e.0 == key).and_then(|_| left.next());
        let b = b.filter(|e| e.0 == key).and_then(|_| right.next());
        let label = a.and_then(|e| e.2).or(b.and_then(|e| e.2));
        out.push(Counted {
            label: name(key, label),
            reference: a.map_or(0, |e| e.1),
            current: b.map_or(0, |e| e.1),
        });
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
        let found = values(&pair(&a, &b).expect("comparable"), Type::Text).expect("categories");
        let mut rows: Vec<_> = found.all.iter().map(|v| (v.label.as_str(), v.reference, v.current)).collect();
        rows.sort_unstable();
        assert_eq!(rows, [("a", 5, 0), ("b", 7, 2), ("c", 0, 3)]);
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
        assert!(!values(&pair(&open, &open).expect("comparable"), Type::Text).expect("categories").closed);
    }
}
