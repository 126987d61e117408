//! Sorted runs of counted keys: merged, shifted and made coarser in one walk each.

use super::table::Key;

/// A key with its count.
pub type Entry<K> = (K, u64);

/// Two runs by rising key → one.
pub fn merged<K: Key>(a: &[Entry<K>], b: &[Entry<K>]) -> Vec<Entry<K>> {
    let mut all = vec![(K::default(), 0); a.len() + b.len()];
    let (mut i, mut j, mut n) = (0, 0, 0);
    // Which of two keys comes first is as good as random: nothing is decided by a branch.
    while i < a.len() && j < b.len() {
        let ((left, more), (right, others)) = (a[i], b[j]);
        let (takes_left, takes_right) = (left <= right, right <= left);
        let count = if takes_left { more } else { 0 } + if takes_right { others } else { 0 };
        all[n] = (if takes_left { left } else { right }, count);
        i += usize::from(takes_left);
        j += usize::from(takes_right);
        n += 1;
    }
    all.truncate(n);
    all.extend_from_slice(&a[i..]);
    all.extend_from_slice(&b[j..]);
    all
}

/// Two runs by rising key, one entry at a time.
pub fn both<K: Key>(
    a: impl Iterator<Item = Entry<K>> + Clone,
    b: impl Iterator<Item = Entry<K>> + Clone,
) -> impl Iterator<Item = Entry<K>> + Clone {
    let (mut a, mut b) = (a.fuse().peekable(), b.fuse().peekable());
    std::iter::from_fn(move || match (a.peek(), b.peek()) {
        (Some(left), Some(right)) if left.0 == right.0 => {
            let n = right.1;
            b.next();
            a.next().map(|(key, more)| (key, more + n))
        }
        (Some(left), Some(right)) if right.0 < left.0 => b.next(),
        (Some(_), _) => a.next(),
        (None, _) => b.next(),
    })
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
        merged(&a, &b)
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
    let (by, _) = fitting(run.iter().copied(), most);
    shift(run, by);
    by
}

/// The same of entries that are nowhere side by side: the run of what is left, and the shift.
pub fn coarsened<K: Key>(
    entries: impl Iterator<Item = Entry<K>> + Clone,
    most: usize,
) -> (Vec<Entry<K>>, u32) {
    let (by, left) = fitting(entries.clone(), most);
    let mut run = Vec::with_capacity(left);
    entries.for_each(|(key, n)| push(&mut run, (key.shifted(by), n)));
    (run, by)
}

/// The least shift that leaves at most `most` entries, and how many it leaves.
fn fitting<K: Key>(entries: impl Iterator<Item = Entry<K>>, most: usize) -> (u32, usize) {
    let mut meeting = [0usize; 129];
    let (mut left, mut by, mut last) = (0, 0, None);
    for (key, _) in entries {
        left += 1;
        if let Some(last) = last.replace(key) {
            meeting[K::shift_of_meeting(last, key) as usize] += 1;
        }
    }
    while left > most && by < 128 {
        by += 1;
        left -= meeting[by];
    }
    (by as u32, left)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_keys_of_two_runs_add_up() {
        let (a, b) = ([(1u64, 1), (3, 1), (9, 2)], [(0u64, 5), (6, 1), (18, 1), (19, 1)]);
        let all = [(0, 5), (1, 1), (3, 1), (6, 1), (9, 2), (18, 1), (19, 1)];
        assert_eq!(merged(&a, &b), all);
        assert_eq!(merged(&b, &a), all);
        assert_eq!(merged(&a, &a), [(1, 2), (3, 2), (9, 4)]);
        assert_eq!(merged::<u64>(&a, &[]), a);
        assert_eq!(merged::<u64>(&[], &b), b);
        let walked = |a: &[Entry<u64>], b: &[Entry<u64>]| -> Vec<Entry<u64>> {
            both(a.iter().copied(), b.iter().copied()).collect()
        };
        assert_eq!(walked(&a, &b), all);
        assert_eq!(walked(&b, &a), all);
        assert_eq!(walked(&a, &a), merged(&a, &a));
        assert_eq!(coarsened(walked(&a, &b).into_iter(), 4), (vec![(0, 7), (1, 1), (2, 2), (4, 2)], 2));
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
