//! How often a value occurs, from above: 64-bit hashes with counts in, counters that merge by addition, and per hash
//! an estimate that is never too small out.
//!
//! Cormode and Muthukrishnan, "An improved data stream summary: the count-min sketch and its applications" (2005),
//! without conservative update, which would make the state depend on the order.

use super::pack::{Pack, damaged};
use crate::error::Result;

/// The widest rows: 2^24 counters.
pub const MAX_WIDTH_BITS: u8 = 24;
/// The most rows.
pub const MAX_DEPTH: u8 = 8;

/// By the number of rows: a row is off by more than this many times total / width with at most its reciprocal as
/// probability (Markov's inequality), hence all of them with at most 1 / 128.
const BOUNDS: [u64; MAX_DEPTH as usize] = [128, 12, 6, 4, 3, 3, 2, 2];

/// An odd multiplier for each row.
const MULTIPLIERS: [u64; MAX_DEPTH as usize] = [
    0x9e37_79b9_7f4a_7c15,
    0xbf58_476d_1ce4_e5b9,
    0x94d0_49bb_1331_11eb,
    0xd6e8_feb8_6659_fd93,
    0xa076_1d64_78bd_642f,
    0xe703_7ed1_a0b4_28db,
    0x8ebc_6af0_9c88_c6e3,
    0x5899_65cc_7537_4cc3,
];

/// Count-Min counters. Merging two shapes gives the narrower and the shallower.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountMin {
    width_bits: u8,
    depth: u8,
    /// `depth` rows of 2^width_bits counters, or none while nothing was added.
    counters: Vec<u64>,
}

impl CountMin {
    /// An empty state of `depth` rows (1..=8) of 2^width_bits counters (1..=24) of 8 bytes; both are clamped.
    pub fn new(width_bits: u8, depth: u8) -> CountMin {
        let (width_bits, depth) = (width_bits.clamp(1, MAX_WIDTH_BITS), depth.clamp(1, MAX_DEPTH));
        CountMin { width_bits, depth, counters: Vec::new() }
    }

    /// Counters in a row.
    pub fn width(&self) -> u64 {
        1 << self.width_bits
    }

    /// Adds occurrences of a hash.
    #[inline]
    pub fn add(&mut self, hash: u64, count: u64) {
        if count == 0 {
            return;
        }
        if self.counters.is_empty() {
            self.counters = vec![0; usize::from(self.depth) << self.width_bits];
        }
        let width_bits = self.width_bits;
        let rows = self.counters.chunks_exact_mut(1 << width_bits);
        for (row, multiplier) in rows.zip(MULTIPLIERS) {
            let counter = &mut row[slot(hash, multiplier, width_bits)];
            *counter = counter.saturating_add(count);
        }
    }

    /// Adds one occurrence of each hash: row by row, so that one row is at hand at a time.
    pub fn add_each(&mut self, hashes: &[u64]) {
        if self.counters.is_empty() {
            self.counters = vec![0; usize::from(self.depth) << self.width_bits];
        }
        let width_bits = self.width_bits;
        for (row, multiplier) in self.counters.chunks_exact_mut(1 << width_bits).zip(MULTIPLIERS) {
            for &hash in hashes {
                let counter = &mut row[slot(hash, multiplier, width_bits)];
                *counter = counter.saturating_add(1);
            }
        }
    }

    /// The occurrences of a hash: never too few, and too many by more than [`CountMin::error_bound`] with a probability
    /// below 1 %.
    pub fn estimate(&self, hash: u64) -> u64 {
        let rows = self.counters.chunks_exact(1 << self.width_bits).zip(MULTIPLIERS);
        rows.map(|(row, multiplier)| row[slot(hash, multiplier, self.width_bits)]).min().unwrap_or(0)
    }

    /// The bound of an estimate's error, where `total` occurrences were added.
    pub fn error_bound(&self, total: u64) -> u64 {
        bound(total, self.depth, self.width_bits.into())
    }

    /// Adds what the other has counted.
    pub fn merge(&mut self, other: &CountMin) {
        let (width_bits, depth) = (self.width_bits.min(other.width_bits), self.depth.min(other.depth));
        self.fold(width_bits, depth);
        let mut theirs = other.clone();
        theirs.fold(width_bits, depth);
        if self.counters.is_empty() {
            self.counters = theirs.counters;
            return;
        }
        for (mine, theirs) in self.counters.iter_mut().zip(&theirs.counters) {
            *mine = mine.saturating_add(*theirs);
        }
    }

    /// Becomes what a narrower and shallower state would have been: slots are the top bits, so neighbours add up.
    fn fold(&mut self, width_bits: u8, depth: u8) {
        let kept = usize::from(depth) << self.width_bits;
        self.counters.truncate(kept);
        if width_bits < self.width_bits {
            let group = 1 << (self.width_bits - width_bits);
            let sums = self.counters.chunks_exact(group);
            self.counters =
                sums.map(|group| group.iter().fold(0u64, |sum, &c| sum.saturating_add(c))).collect();
        }
        (self.width_bits, self.depth) = (width_bits, depth);
    }
}

/// The error that the smallest of `depth` counters, each one of 2^width_bits, exceeds with a probability below 1 %.
pub fn bound(total: u64, depth: u8, width_bits: u32) -> u64 {
    let factor = BOUNDS[usize::from(depth.clamp(1, MAX_DEPTH)) - 1];
    let bound = (u128::from(total) * u128::from(factor)).div_ceil(1 << width_bits);
    u64::try_from(bound).unwrap_or(u64::MAX)
}

/// Multiply, fold, multiply, shift: rows disagree even where the hashes differ in few bits.
#[inline]
fn slot(hash: u64, multiplier: u64, width_bits: u8) -> usize {
    let mixed = hash.wrapping_mul(multiplier);
    let mixed = (mixed ^ (mixed >> 32)).wrapping_mul(multiplier);
    (mixed >> (64 - width_bits)) as usize
}

impl Pack for CountMin {
    fn pack(&self, out: &mut Vec<u8>) {
        (self.width_bits, self.depth).pack(out);
        self.counters.pack(out);
    }

    fn unpack(input: &mut &[u8]) -> Result<CountMin> {
        let (width_bits, depth) = <(u8, u8)>::unpack(input)?;
        let counters: Vec<u64> = Vec::unpack(input)?;
        let fits = (1..=MAX_WIDTH_BITS).contains(&width_bits) && (1..=MAX_DEPTH).contains(&depth);
        let size = usize::from(depth).checked_shl(width_bits.into()).unwrap_or(0);
        if !fits || !counters.is_empty() && (counters.len() != size || counters.iter().all(|&c| c == 0)) {
            return Err(damaged("an impossible number of counters"));
        }
        Ok(CountMin { width_bits, depth, counters })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sketch::pack::to_bytes;

    fn of(inputs: &[(u64, u64)]) -> CountMin {
        let mut counts = CountMin::new(6, 4);
        inputs.iter().for_each(|&(hash, count)| counts.add(hash, count));
        counts
    }

    laws!(laws, make: of, inputs: (0u64..50, proptest::prelude::prop_oneof![0..9u64, proptest::prelude::any::<u64>()]));

    #[test]
    fn estimates_are_never_too_small_and_seldom_beyond_the_bound() {
        let mut counts = CountMin::new(10, 4);
        let total: u64 = (1..=20_000u64).map(|rank| 100_000 / rank + 1).sum();
        for rank in 1..=20_000u64 {
            counts.add(rank.wrapping_mul(0x2545_f491_4f6c_dd1d), 100_000 / rank + 1);
        }
        let bound = counts.error_bound(total);
        let mut beyond = 0;
        for rank in 1..=20_000u64 {
            let (estimate, truth) =
                (counts.estimate(rank.wrapping_mul(0x2545_f491_4f6c_dd1d)), 100_000 / rank + 1);
            assert!(estimate >= truth);
            beyond += u32::from(estimate - truth > bound);
        }
        assert!(beyond <= 20_000 / 128, "{beyond}");
        assert_eq!(CountMin::new(10, 4).estimate(7), 0);
    }

    #[test]
    fn the_bound_is_a_few_times_total_over_width() {
        assert_eq!(CountMin::new(10, 4).error_bound(1024), 4);
        assert_eq!(CountMin::new(10, 4).error_bound(0), 0);
        assert_eq!(CountMin::new(1, 2).error_bound(1_000_000), 6_000_000);
        assert_eq!(CountMin::new(1, 1).error_bound(u64::MAX), u64::MAX);
        assert!(BOUNDS.iter().zip(1..).all(|(&bound, depth)| bound.pow(depth) >= 128));
    }

    #[test]
    fn shapes_meet_at_the_narrower_and_shallower() {
        let mut wide = CountMin::new(9, 5);
        (0..100u64).for_each(|x| wide.add(x * x, x));
        let inputs: Vec<(u64, u64)> = (0..100u64).map(|x| (x * x, x)).collect();
        let mut merged = CountMin::new(6, 4);
        merged.merge(&wide);
        assert_eq!(to_bytes(&merged), to_bytes(&of(&inputs)));
        wide.merge(&CountMin::new(6, 4));
        assert_eq!(to_bytes(&wide), to_bytes(&of(&inputs)));
    }
}
