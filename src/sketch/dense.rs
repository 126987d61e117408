//! Counts of neighbouring buckets, one after the other: nothing to look up, so a cell costs one addition. The window is
//! laid where most cells fell so far; what falls outside of it is given back.

use super::runs::Entry;
use super::table::Key;

/// A window that holds less of the cells does not pay.
const LEAST: f64 = 0.75;
/// Smaller windows are no quicker than sorting.
const LEAST_SLOTS: usize = 1 << 10;

/// Counts of the buckets from `first` on.
#[derive(Debug, Clone)]
pub struct Dense {
    first: u64,
    counts: Vec<u32>,
    /// Cells that may still come before a count could overflow.
    left: u32,
}

impl Dense {
    /// A window of so many buckets where most of the cells of this run fall; their entries move into it. `None` where they
    /// are too far apart.
    pub fn of<K: Key>(run: &mut Vec<Entry<K>>, slots: usize) -> Option<Dense> {
        if K::BITS > 64 || slots < LEAST_SLOTS {
            return None;
        }
        let (start, end, share) = fullest(run, slots as u64)?;
        if share < LEAST {
            return None;
        }
        let (low, high) = (run[start].0.low(), run[end - 1].0.low());
        let spare = slots as u64 - (high - low) - 1;
        let mut dense =
            Dense { first: low.saturating_sub(spare / 2), counts: vec![0; slots], left: u32::MAX / 2 };
        let mut at = 0;
        run.retain(|&(key, n)| {
            let inside = (start..end).contains(&at) && n < u64::from(u32::MAX / 2);
            at += 1;
            if inside {
                dense.counts[(key.low() - dense.first) as usize] += n as u32;
            }
            !inside
        });
        run.shrink_to_fit();
        Some(dense)
    }

    /// Counts the buckets of each key once; those outside of the window are added to `outside`.
    pub fn add_each<K: Key>(&mut self, keys: &[K], shift: u32, outside: &mut Vec<K>) {
        if self.left < keys.len() as u32 {
            return outside.extend(keys.iter().map(|key| key.shifted(shift)));
        }
        self.left -= keys.len() as u32;
        for key in keys {
            let bucket = key.shifted(shift);
            match self.at(bucket) {
                Some(count) => *count += 1,
                None => outside.push(bucket),
            }
        }
    }

    /// Counts a bucket once; `false` where it lies outside of the window.
    pub fn add<K: Key>(&mut self, bucket: K) -> bool {
        let Some(count) = self.at(bucket).filter(|count| **count < u32::MAX) else { return false };
        *count += 1;
        self.left = self.left.saturating_sub(1);
        true
    }

    /// A distance of 64 bits is no index of 32: far buckets must not come back round.
    #[inline]
    fn at<K: Key>(&mut self, bucket: K) -> Option<&mut u32> {
        let distance = bucket.low().wrapping_sub(self.first);
        if distance < self.counts.len() as u64 { self.counts.get_mut(distance as usize) } else { None }
    }

    /// The buckets that were counted, by rising key.
    pub fn entries<K: Key>(&self) -> impl Iterator<Item = Entry<K>> + Clone {
        let occupied = (self.first..).zip(&self.counts).filter(|it| *it.1 > 0);
        occupied.map(|(key, &n)| (K::narrow(key.into()), n.into()))
    }
}

/// The stretch of a run within so many buckets that holds most cells, and which share of them.
fn fullest<K: Key>(run: &[Entry<K>], slots: u64) -> Option<(usize, usize, f64)> {
    let total: u64 = run.iter().map(|it| it.1).sum();
    let (mut start, mut held, mut best) = (0, 0u64, None);
    for (end, &(key, n)) in run.iter().enumerate() {
        held += n;
        while key.low() - run[start].0.low() >= slots {
            held -= run[start].1;
            start += 1;
        }
        if best.is_none_or(|(_, _, most)| held > most) {
            best = Some((start, end + 1, held));
        }
    }
    best.map(|(start, end, held)| (start, end, held as f64 / total as f64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_holds_most_cells_and_the_rest_stays_outside() {
        let mut run: Vec<Entry<u64>> = (0..1000).map(|i| (5_000 + i * 2, 3)).collect();
        run.insert(0, (1, 1));
        run.push((u64::MAX, 7));
        let all = run.clone();
        let mut dense = Dense::of(&mut run, 4096).expect("most cells are near to each other");
        assert_eq!(run, [(1, 1), (u64::MAX, 7)]);
        let mut outside = Vec::new();
        dense.add_each(&[5_000u64, 5_001, 2, 5_000, u64::MAX - 1], 0, &mut outside);
        assert_eq!(outside, [2, u64::MAX - 1]);
        let entries: Vec<Entry<u64>> = dense.entries().collect();
        assert_eq!(entries[..3], [(5_000, 5), (5_001, 1), (5_002, 3)]);
        assert_eq!(
            entries.iter().map(|it| it.1).sum::<u64>(),
            all[1..1001].iter().map(|it| it.1).sum::<u64>() + 3
        );
    }

    #[test]
    fn keys_far_apart_have_no_window() {
        let mut run: Vec<Entry<u64>> = (0..64).map(|i| (1 << i, 1)).collect();
        assert!(Dense::of(&mut run, 4096).is_none());
        assert!(Dense::of(&mut vec![(1u64, 1)], 8).is_none());
        assert!(Dense::of(&mut vec![(1u128, 1)], 4096).is_none());
        assert_eq!(run.len(), 64);
    }

    #[test]
    fn a_count_that_could_overflow_is_not_begun() {
        let large = u64::from(u32::MAX);
        let mut run = vec![(10u64, large), (11, large / 2 - 1), (12, 1)];
        let mut dense = Dense::of(&mut run, 2048).expect("three neighbours");
        assert_eq!(run, [(10, large)]);
        dense.left = 2;
        let mut outside = Vec::new();
        dense.add_each(&[22u64, 23, 24], 1, &mut outside);
        assert_eq!(outside, [11, 11, 12]);
        assert_eq!(dense.entries().collect::<Vec<Entry<u64>>>(), [(11, large / 2 - 1), (12, 1)]);
    }
}
