//! Sorting where it is not hot. The standard library's sorts are compiled anew for each type and comparison, some 5 KB of
//! Wasm each time; these share one, over indices.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// Sorts by a comparison; what compares equal keeps its order.
pub fn sort_by<T>(items: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    let mut order: Vec<usize> = (0..items.len()).collect();
    sort_indices(&mut order, &|a, b| compare(&items[a], &items[b]).then(a.cmp(&b)));
    arrange(items, &mut order);
}

/// Sorts by a key; what has equal keys keeps its order.
pub fn sort_by_key<T, K: Ord>(items: &mut [T], key: impl Fn(&T) -> K) {
    sort_by(items, |a, b| key(a).cmp(&key(b)));
}

/// Sorts; what is equal keeps its order.
pub fn sort<T: Ord>(items: &mut [T]) {
    sort_by(items, T::cmp);
}

/// The first `n` items in this order, of which no two may be equal.
pub fn first<T>(
    items: impl IntoIterator<Item = T>,
    n: usize,
    compare: impl Fn(&T, &T) -> Ordering,
) -> Vec<T> {
    let mut kept: Vec<T> = Vec::with_capacity(n + 1);
    for item in items {
        if kept.len() == n && kept.last().is_none_or(|last| compare(&item, last).is_ge()) {
            continue;
        }
        let at = kept.partition_point(|other| compare(other, &item).is_lt());
        kept.insert(at, item);
        kept.truncate(n);
    }
    kept
}

/// A map of these entries; `collect` would sort them first.
pub fn map<K: Ord, V>(entries: impl IntoIterator<Item = (K, V)>) -> BTreeMap<K, V> {
    let mut map = BTreeMap::new();
    map.extend(entries);
    map
}

/// A set of these items; `collect` would sort them first.
pub fn set<T: Ord>(items: impl IntoIterator<Item = T>) -> BTreeSet<T> {
    let mut set = BTreeSet::new();
    set.extend(items);
    set
}

#[inline(never)]
fn sort_indices(order: &mut [usize], compare: &dyn Fn(usize, usize) -> Ordering) {
    order.sort_unstable_by(|&a, &b| compare(a, b));
}

/// Puts item `order[i]` in place `i`; leaves `order` as 0, 1, 2 ….
fn arrange<T>(items: &mut [T], order: &mut [usize]) {
    for start in 0..order.len() {
        let mut at = start;
        while order[at] != start {
            let next = order[at];
            items.swap(at, next);
            order[at] = at;
            at = next;
        }
        order[at] = at;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_sorts_as_the_standard_library_does(items: Vec<(u8, u8)>) {
            let (mut ours, mut theirs) = (items.clone(), items);
            sort_by_key(&mut ours, |item| item.0);
            theirs.sort_by_key(|item| item.0);
            prop_assert_eq!(&ours, &theirs);
            sort(&mut ours);
            theirs.sort();
            prop_assert_eq!(ours, theirs);
        }

        #[test]
        fn the_first_are_those_of_the_sorted_list(items: std::collections::BTreeSet<u16>, n in 0usize..20) {
            let by = |a: &u16, b: &u16| b.cmp(a);
            let expected: Vec<u16> = items.iter().rev().take(n).copied().collect();
            prop_assert_eq!(first(items.iter().copied(), n, by), expected.clone());
            prop_assert_eq!(first(items.iter().rev().copied(), n, by), expected);
        }
    }
}
