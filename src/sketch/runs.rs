//! Sorted runs of counted keys: merged, shifted and made coarser in one walk each.

use super::table::Key;

/// A key with its count.
pub type Entry<K> = (K, u64);

/// Two runs by rising key → one; the keys of the second are shifted first.
pub fn merged<K: Key>(a: &[Entry<K>], b: &[Entry<K>], shift: u32) -> Vec<Entry<K>> {
    let mut all = Vec::with_capacity(a.len() + b.len());
    let mut mine = 0;
    for &(key, n) in b {
        let key = key.shifted(shift);
        while mine < a.len() && a[mine].0 < key {
            push(&mut all, a[mine]);
            mine += 1;
        }
        push(&mut all, (key, n));
    }
    a[mine..].iter().for_each(|&entry| push(&mut all, entry));
    all
}

/// Two runs by rising key → one, without a walk where one follows the other.
pub fn joined<K: Key>(mut a: Vec<Entry<K>>, mut b: Vec<Entry<K>>) -> Vec<Entry<K>> {
    let follows = |before: &[Entry<K>], after: &[Entry<K>]| match (before.last(), after.first()) {
        (Some(last), Some(first)) => last.0 < first.0,
        _ => true,
    };
    if follows(&a, &b) {
        a.append(&mut b);
        a
    } else if follows(&b, &a) {
        b.append(&mut a);
        b
    } else {
        merged(&a, &b, 0)
    }
}

/// Keys in any order → a run; nothing of them is left.
pub fn counted<K: Key>(keys: &mut Vec<K>) -> Vec<Entry<K>> {
    if !keys.is_sorted() {
        K::sort_alone(keys);
    }
    let mut run = Vec::with_capacity(keys.len());
    keys.drain(..).for_each(|key| push(&mut run, (key, 1)));
    run
}

/// Adds an entry that is not below the last; equal keys add up.
#[inline]
fn push<K: Key>(run: &mut Vec<Entry<K>>, entry: Entry<K>) {
    match run.last_mut() {
        Some(last) if last.0 == entry.0 => last.1 += entry.1,
        _ => run.push(entry),
    }
}

/// Shifts all keys, and adds up those that meet.
pub fn shift<K: Key>(run: &mut Vec<Entry<K>>, by: u32) {
    if by == 0 {
        return;
    }
    let mut kept = 0;
    for i in 0..run.len() {
        let key = run[i].0.shifted(by);
        if kept > 0 && run[kept - 1].0 == key {
            run[kept - 1].1 += run[i].1;
        } else {
            run[kept] = (key, run[i].1);
            kept += 1;
        }
    }
    run.truncate(kept);
}

/// Shifts all keys by the least that leaves at most `most` (at least 1) of them; returns by how much.
///
/// Two neighbours meet at the shift of their highest bit that differs, so one walk tells how many are left at each.
pub fn coarsen<K: Key>(run: &mut Vec<Entry<K>>, most: usize) -> u32 {
    let mut meeting = [0usize; 129];
    for pair in run.windows(2) {
        meeting[K::shift_of_meeting(pair[0].0, pair[1].0) as usize] += 1;
    }
    let (mut left, mut by) = (run.len(), 0);
    while left > most && by < 128 {
        by += 1;
        left -= meeting[by];
    }
    shift(run, by as u32);
    by as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_keys_of_two_runs_add_up() {
        let (a, b) = ([(1u64, 1), (3, 1), (9, 2)], [(0u64, 5), (6, 1), (18, 1), (19, 1)]);
        assert_eq!(merged(&a, &b, 1), [(0, 5), (1, 1), (3, 2), (9, 4)]);
        assert_eq!(merged::<u64>(&a, &[], 0), a);
        assert_eq!(merged::<u64>(&[], &b, 0), b);
    }

    #[test]
    fn the_shift_is_the_least_that_fits() {
        let run: Vec<(u64, u64)> = (0..100).map(|i| (i * 3, 1)).collect();
        for most in [1, 7, 50, 99, 100] {
            let mut coarse = run.clone();
            let by = coarsen(&mut coarse, most);
            let at = |by: u32| {
                let mut keys: Vec<u64> = run.iter().map(|it| it.0 >> by).collect();
                keys.dedup();
                keys.len()
            };
            assert_eq!(coarse.len(), at(by));
            assert!(coarse.len() <= most && (by == 0 || at(by - 1) > most), "{most}: {by}");
            assert_eq!(coarse.iter().map(|it| it.1).sum::<u64>(), 100);
        }
        let mut wide = vec![(0u128, 1), (u128::MAX, 1)];
        assert_eq!((coarsen(&mut wide, 1), wide.len()), (128, 1));
    }
}
