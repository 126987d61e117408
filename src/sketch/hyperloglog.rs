//! The number of distinct values, estimated: well-mixed 64-bit hashes in, registers that merge by maximum, and an
//! estimate with its standard error out.
//!
//! Estimator: the improved raw estimator of O. Ertl, "New cardinality estimation algorithms for HyperLogLog sketches"
//! (2017), section 4. It uses no logarithm and no history, so that the same registers give the same bits everywhere.

use super::pack::{Pack, damaged, take};
use crate::error::Result;

/// The coarsest precision: 2^4 registers.
pub const MIN_PRECISION: u8 = 4;
/// The finest precision: 2^14 registers.
pub const MAX_PRECISION: u8 = 14;

/// 1 / (2 ln 2).
const ALPHA: f64 = 0.721_347_520_444_481_7;
/// √(3 ln 2 − 1): the relative standard error times √registers.
const SPREAD: f64 = 1.038_961_761_413_689_2;

/// HyperLogLog registers. Merging two precisions gives the coarser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HyperLogLog {
    p: u8,
    /// 2^p ranks, or none while nothing was inserted.
    registers: Vec<u8>,
}

impl HyperLogLog {
    /// An empty state of 2^p registers of a byte; p is clamped to 4..=14.
    pub fn new(p: u8) -> HyperLogLog {
        HyperLogLog { p: p.clamp(MIN_PRECISION, MAX_PRECISION), registers: Vec::new() }
    }

    /// The precision: there are 2^p registers.
    pub fn precision(&self) -> u8 {
        self.p
    }

    /// Counts a hash.
    #[inline]
    pub fn insert(&mut self, hash: u64) {
        self.insert_each(&[hash]);
    }

    /// Counts hashes.
    #[inline]
    pub fn insert_each(&mut self, hashes: &[u64]) {
        if self.registers.is_empty() {
            self.registers = vec![0; 1 << self.p];
        }
        let p = self.p;
        let registers = self.registers.as_mut_slice();
        for &hash in hashes {
            // A one below the hash bits ends the run of zeros.
            let rank = ((hash << p) | (1 << (p - 1))).leading_zeros() as u8 + 1;
            let register = &mut registers[(hash >> (64 - p)) as usize];
            *register = rank.max(*register);
        }
    }

    /// Adds what the other has seen.
    pub fn merge(&mut self, other: &HyperLogLog) {
        if self.p > other.p {
            *self = self.fold(other.p);
        }
        let folded;
        let other = if other.p > self.p {
            folded = other.fold(self.p);
            &folded
        } else {
            other
        };
        if self.registers.is_empty() {
            self.registers.clone_from(&other.registers);
        }
        for (mine, theirs) in self.registers.iter_mut().zip(&other.registers) {
            *mine = (*mine).max(*theirs);
        }
    }

    /// The state that a coarser precision would have had: `fold(merge(a, b)) = merge(fold(a), fold(b))`.
    #[must_use]
    pub fn fold(&self, p: u8) -> HyperLogLog {
        let p = p.clamp(MIN_PRECISION, self.p);
        let mut folded = HyperLogLog::new(p);
        if p == self.p || self.registers.is_empty() {
            folded.registers.clone_from(&self.registers);
            return folded;
        }
        folded.registers = vec![0; 1 << p];
        let lost = u32::from(self.p - p);
        for (index, &rank) in (0u32..).zip(&self.registers) {
            let low = index & ((1 << lost) - 1);
            let rank = match (rank, low) {
                (0, _) => 0,
                (_, 0) => rank + lost as u8,
                _ => (low.leading_zeros() - (32 - lost)) as u8 + 1,
            };
            let register = &mut folded.registers[(index >> lost) as usize];
            *register = rank.max(*register);
        }
        folded
    }

    /// The estimated number of distinct hashes, and its standard error.
    pub fn estimate(&self) -> (f64, f64) {
        if self.registers.is_empty() {
            return (0.0, 0.0);
        }
        let m = self.registers.len() as f64;
        let top = usize::from(64 - self.p) + 1;
        let mut counts = [0u32; 65];
        for &rank in &self.registers {
            counts[usize::from(rank)] += 1;
        }
        let mut z = m * tau(1.0 - f64::from(counts[top]) / m);
        for &count in counts[1..top].iter().rev() {
            z = (z + f64::from(count)) * 0.5;
        }
        z += m * sigma(f64::from(counts[0]) / m);
        let estimate = ALPHA * m * m / z;
        (estimate, estimate * SPREAD / m.sqrt())
    }
}

/// Σ x^(2^k)·2^(k−1) + x: the share of empty registers, weighed.
fn sigma(mut x: f64) -> f64 {
    if x >= 1.0 {
        return f64::INFINITY;
    }
    let (mut y, mut z) = (1.0, x);
    loop {
        x *= x;
        let before = z;
        z += x * y;
        y += y;
        if z == before {
            return z;
        }
    }
}

/// (1 − x − Σ (1 − x^(2^−k))²·2^−k) / 3: the share of full registers, weighed.
fn tau(mut x: f64) -> f64 {
    if x <= 0.0 || x >= 1.0 {
        return 0.0;
    }
    let (mut y, mut z) = (1.0, 1.0 - x);
    loop {
        x = x.sqrt();
        let before = z;
        y *= 0.5;
        z -= (1.0 - x) * (1.0 - x) * y;
        if z == before {
            return z / 3.0;
        }
    }
}

/// The precision, the number of non-zero registers, then those (gap, rank) where they are few, else all ranks.
impl Pack for HyperLogLog {
    fn pack(&self, out: &mut Vec<u8>) {
        out.push(self.p);
        let set = self.registers.iter().filter(|&&rank| rank > 0).count();
        (set as u64).pack(out);
        if !is_sparse(set, self.p) {
            return out.extend_from_slice(&self.registers);
        }
        let mut next = 0;
        for (index, &rank) in (0u64..).zip(&self.registers).filter(|(_, rank)| **rank > 0) {
            (index - next, rank).pack(out);
            next = index + 1;
        }
    }

    fn unpack(input: &mut &[u8]) -> Result<HyperLogLog> {
        let p = u8::unpack(input)?;
        let set = u64::unpack(input)?;
        if !(MIN_PRECISION..=MAX_PRECISION).contains(&p) || set > 1 << p {
            return Err(damaged("an impossible number of registers"));
        }
        let (set, size) = (set as usize, 1usize << p);
        let mut hll = HyperLogLog::new(p);
        if set == 0 {
            return Ok(hll);
        }
        if is_sparse(set, p) {
            hll.registers = vec![0; size];
            let mut next = 0u64;
            for _ in 0..set {
                let (gap, rank) = <(u64, u8)>::unpack(input)?;
                let index = next.saturating_add(gap).min(size as u64) as usize;
                *hll.registers.get_mut(index).ok_or_else(|| damaged("a register out of range"))? = rank;
                next = index as u64 + 1;
            }
        } else {
            hll.registers = take(input, size)?.to_vec();
        }
        let in_range = hll.registers.iter().all(|&rank| rank <= 64 - p + 1);
        let as_many = hll.registers.iter().filter(|&&rank| rank > 0).count() == set;
        if in_range && as_many { Ok(hll) } else { Err(damaged("impossible registers")) }
    }
}

fn is_sparse(set: usize, p: u8) -> bool {
    set < (1 << p) / 4
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sketch::pack::{from_bytes, to_bytes};

    /// SplitMix64.
    fn mix(x: u64) -> u64 {
        let x = x.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        x ^ (x >> 31)
    }

    fn of(hashes: &[u64]) -> HyperLogLog {
        let mut hll = HyperLogLog::new(12);
        hashes.iter().for_each(|&hash| hll.insert(hash));
        hll
    }

    /// Half of them crowd into few registers, with long runs of zeros.
    fn hashes() -> impl proptest::strategy::Strategy<Value = u64> {
        use proptest::prelude::*;
        prop_oneof![any::<u64>(), (any::<u64>(), 0u32..64).prop_map(|(h, s)| h >> s)]
    }

    laws!(laws, make: of, inputs: hashes());

    proptest::proptest! {
        #[test]
        fn folding_is_what_the_coarser_precision_would_have_seen(
            hashes in proptest::collection::vec(hashes(), 0..300), p in 4u8..12,
        ) {
            let mut coarse = HyperLogLog::new(p);
            hashes.iter().for_each(|&hash| coarse.insert(hash));
            proptest::prop_assert_eq!(of(&hashes).fold(p), coarse);
        }
    }

    #[test]
    fn precisions_meet_at_the_coarser() {
        let few: Vec<u64> = (0..5000).map(mix).collect();
        let mut fine = HyperLogLog::new(14);
        few.iter().for_each(|&hash| fine.insert(hash));
        let mut merged = fine.clone();
        merged.merge(&HyperLogLog::new(12));
        assert_eq!(merged, of(&few));
        let mut merged = HyperLogLog::new(12);
        merged.merge(&fine);
        assert_eq!(merged, of(&few));
    }

    #[test]
    fn estimates_keep_their_standard_error_from_one_to_a_million() {
        for p in [12u8, 14] {
            let (mut beyond_two, mut estimates, mut squares) = (0, 0, 0.0);
            for seed in 0..24u64 {
                let mut hll = HyperLogLog::new(p);
                let mut n = 0u64;
                for target in [1u64, 10, 100, 1_000, 5_000, 10_000, 30_000, 100_000, 1_000_000] {
                    while n < target {
                        hll.insert(mix(mix(seed) ^ n));
                        n += 1;
                    }
                    let (estimate, error) = hll.estimate();
                    let off = (estimate - n as f64).abs();
                    assert!(off <= 4.5 * error, "p {p} seed {seed} n {n}: {estimate} ± {error}");
                    beyond_two += u32::from(off > 2.0 * error);
                    estimates += 1;
                    squares += (off / error) * (off / error);
                }
            }
            assert!(beyond_two * 10 < estimates, "{beyond_two} of {estimates} beyond two standard errors");
            assert!(squares / f64::from(estimates) < 1.2, "{squares} over {estimates}");
        }
    }

    #[test]
    fn the_extremes_are_finite() {
        assert_eq!(HyperLogLog::new(12).estimate(), (0.0, 0.0));
        let mut full = HyperLogLog::new(12);
        (0..4096u64).for_each(|index| full.insert(index << 52));
        assert!(full.estimate().0 > 1e18);
        let mut one = HyperLogLog::new(12);
        one.insert(0);
        one.insert(0);
        assert!((one.estimate().0 - 1.0).abs() < 0.001);
    }

    #[test]
    fn estimates_have_these_bits() {
        let hll = of(&(0..50_000).map(mix).collect::<Vec<_>>());
        assert_eq!(from_bytes::<HyperLogLog>(&to_bytes(&hll)).unwrap().estimate(), hll.estimate());
        assert_eq!(hll.estimate().0.to_bits(), 4_677_226_517_392_861_013);
    }
}
