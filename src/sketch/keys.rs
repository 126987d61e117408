//! Ordered keys → counts: exact while the canonical bytes stay within the budget, else buckets `key >> shift` with the
//! smallest shift at which the occupied buckets fit. Which shift that is depends on the set of keys alone, so the
//! state is the same for every cutting of the input and every order of merging.

use super::count_min::CountMin;
use super::exact_sum::ExactSum;
use super::hyperloglog::HyperLogLog;
use super::pack::{Pack, damaged, pack_struct};
use super::table::{Key, SEED, Table};
use crate::cell::Domain;
use crate::cell::domain;
use crate::error::Result;
use crate::num::hash;

/// What a column's keys are and how much of them may be held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shape {
    /// What the keys stand for.
    pub domain: Domain,
    /// Whether sums are wanted (numbers, not dates and not hashes).
    pub numeric: bool,
    /// Canonical bytes that may be held.
    pub budget: u64,
    /// The seed of HyperLogLog and Count-Min.
    pub seed: u64,
}

/// Ordered keys with their counts.
#[derive(Debug, Clone)]
pub struct Keys<K> {
    /// What they are.
    pub shape: Shape,
    table: Table<K>,
    shift: u32,
    range: Option<(K, K)>,
    beyond: Option<Box<Beyond>>,
}

/// What buckets cannot tell: kept per cell once the budget is passed.
#[derive(Debug, Clone)]
pub struct Beyond {
    /// Distinct keys.
    pub distinct: HyperLogLog,
    /// Counts of single keys.
    pub counts: CountMin,
    /// Σx.
    pub sum: ExactSum,
    /// Σx².
    pub squares: ExactSum,
    /// Cells equal to zero.
    pub zeros: u64,
    /// Cells that are −∞ and ∞.
    pub infinities: (u64, u64),
}

pack_struct!(Beyond { distinct, counts, sum, squares, zeros, infinities });

impl Beyond {
    fn new(budget: u64) -> Beyond {
        Beyond {
            distinct: HyperLogLog::new(if budget >= 64 << 10 { 14 } else { 12 }),
            counts: CountMin::new(width_bits(budget), DEPTH),
            sum: ExactSum::default(),
            squares: ExactSum::default(),
            zeros: 0,
            infinities: (0, 0),
        }
    }

    #[inline]
    fn absorb(&mut self, shape: &Shape, key: u128, hash: u64, n: u64) {
        let seeded = hash::mix(hash ^ shape.seed);
        self.distinct.insert(seeded);
        self.counts.add(seeded, n);
        if !shape.numeric {
            return;
        }
        match shape.domain {
            Domain::Float => {
                let x = domain::float_of(key as u64);
                if x == 0.0 {
                    self.zeros += n;
                } else if x.is_infinite() {
                    let side = if x < 0.0 { &mut self.infinities.0 } else { &mut self.infinities.1 };
                    *side += n;
                } else {
                    self.sum.add_f64(x, n);
                    self.squares.add_square_f64(x, n);
                }
            }
            Domain::Boolean => {}
            Domain::Signed | Domain::Wide(_) => {
                let x = match shape.domain {
                    Domain::Wide(_) => domain::wide_of(key),
                    _ => domain::signed_of(key as u64).into(),
                };
                if x == 0 {
                    self.zeros += n;
                } else {
                    self.sum.add_i128(x, n);
                    self.squares.add_square_i128(x, n);
                }
            }
        }
    }

    fn merge(&mut self, other: &Beyond) {
        self.distinct.merge(&other.distinct);
        self.counts.merge(&other.counts);
        self.sum.merge(&other.sum);
        self.squares.merge(&other.squares);
        self.zeros += other.zeros;
        self.infinities.0 += other.infinities.0;
        self.infinities.1 += other.infinities.1;
    }
}

/// Rows of the Count-Min sketch: an estimate is off by more than its bound with probability e⁻⁵.
const DEPTH: u8 = 5;

/// The Count-Min sketch takes at most a sixteenth of the budget, and never more than 2¹⁴ counters a row.
fn width_bits(budget: u64) -> u8 {
    let counters = (budget / 16 / 8 / u64::from(DEPTH)).clamp(64, 1 << 14);
    (63 - counters.leading_zeros()) as u8
}

impl<K: Key> Keys<K> {
    /// Nothing counted yet.
    pub fn new(shape: Shape) -> Keys<K> {
        Keys { shape, table: Table::default(), shift: 0, range: None, beyond: None }
    }

    /// Counts a key `n` times; `hash` is `key.hash(SEED)`.
    #[inline]
    pub fn add(&mut self, key: K, hash: u64, n: u64) {
        match &mut self.range {
            Some((min, max)) => {
                if key < *min {
                    *min = key;
                } else if key > *max {
                    *max = key;
                }
            }
            None => self.range = Some((key, key)),
        }
        if self.beyond.is_some() {
            self.add_beyond(key, hash, n);
        } else if self.table.add(key, hash, n) && self.table.len() as u64 * K::ENTRY_BYTES > self.shape.budget
        {
            self.pass_budget();
        }
    }

    fn add_beyond(&mut self, key: K, hash: u64, n: u64) {
        if let Some(beyond) = &mut self.beyond {
            beyond.absorb(&self.shape, key.wide(), hash, n);
        }
        let bucket = key.shifted(self.shift);
        let hash = if self.shift == 0 { hash } else { bucket.hash(SEED) };
        if self.table.add(bucket, hash, n) {
            self.coarsen();
        }
    }

    /// From here on everything is kept per cell that buckets cannot tell.
    #[cold]
    pub fn pass_budget(&mut self) {
        if self.beyond.is_some() {
            return;
        }
        let mut beyond = Box::new(Beyond::new(self.shape.budget));
        for (key, n) in self.table.sorted() {
            beyond.absorb(&self.shape, key.wide(), key.hash(SEED), n);
        }
        self.beyond = Some(beyond);
        self.coarsen();
    }

    /// Raises the shift until the occupied buckets fit.
    #[inline]
    fn coarsen(&mut self) {
        while self.table.len() as u64 * K::ENTRY_BYTES > self.shape.budget.max(64 * K::ENTRY_BYTES) {
            self.table = self.table.coarser(1);
            self.shift += 1;
        }
    }

    /// Joins the keys of other cells. Both sides have the same shape.
    pub fn merge(&mut self, other: &Keys<K>) {
        if let Some((min, max)) = other.range {
            self.range = Some(self.range.map_or((min, max), |(a, b)| (a.min(min), b.max(max))));
        }
        let Some(others) = &other.beyond else {
            for (key, n) in other.table.sorted() {
                self.add(key, key.hash(SEED), n);
            }
            return;
        };
        self.pass_budget();
        if let Some(beyond) = &mut self.beyond {
            beyond.merge(others);
        }
        if other.shift > self.shift {
            self.table = self.table.coarser(other.shift - self.shift);
            self.shift = other.shift;
        }
        let by = self.shift - other.shift;
        for (bucket, n) in other.table.sorted() {
            let bucket = bucket.shifted(by);
            self.table.add(bucket, bucket.hash(SEED), n);
        }
        self.coarsen();
    }

    /// (bucket, count) by rising bucket.
    pub fn entries(&self) -> Vec<(u128, u64)> {
        self.table.sorted().into_iter().map(|(key, n)| (key.wide(), n)).collect()
    }

    /// Entries hold `key >> shift`.
    pub fn shift(&self) -> u32 {
        self.shift
    }

    /// Whether every key is held with its count.
    pub fn is_exact(&self) -> bool {
        self.beyond.is_none()
    }

    /// What is kept per cell, once the budget was passed.
    pub fn beyond(&self) -> Option<&Beyond> {
        self.beyond.as_deref()
    }

    /// The smallest and the largest key.
    pub fn range(&self) -> Option<(u128, u128)> {
        self.range.map(|(min, max)| (min.wide(), max.wide()))
    }

    /// The estimated count of a key past the budget and the bound of its error; exact within it.
    pub fn count(&self, key: K, total: u64) -> (u64, u64) {
        let hash = key.hash(SEED);
        match &self.beyond {
            None => (self.table.get(key, hash), 0),
            Some(_) if self.shift == 0 => (self.table.get(key, hash), 0),
            Some(beyond) => {
                (beyond.counts.estimate(hash::mix(hash ^ self.shape.seed)), beyond.counts.error_bound(total))
            }
        }
    }
}

impl Pack for Domain {
    fn pack(&self, out: &mut Vec<u8>) {
        match self {
            Domain::Boolean => (0u8, 0u8),
            Domain::Signed => (1, 0),
            Domain::Wide(scale) => (2, *scale),
            Domain::Float => (3, 0),
        }
        .pack(out);
    }

    fn unpack(input: &mut &[u8]) -> Result<Domain> {
        match <(u8, u8)>::unpack(input)? {
            (0, _) => Ok(Domain::Boolean),
            (1, _) => Ok(Domain::Signed),
            (2, scale) => Ok(Domain::Wide(scale)),
            (3, _) => Ok(Domain::Float),
            _ => Err(damaged("an unknown domain")),
        }
    }
}

pack_struct!(Shape { domain, numeric, budget, seed });

impl<K: Key> Pack for Keys<K> {
    fn pack(&self, out: &mut Vec<u8>) {
        self.shape.pack(out);
        self.shift.pack(out);
        self.range().pack(out);
        self.beyond().cloned().pack(out);
        let entries = self.table.sorted();
        (entries.len() as u64).pack(out);
        let mut last = 0;
        for (key, n) in entries {
            (key.wide() - last).pack(out);
            n.pack(out);
            last = key.wide();
        }
    }

    fn unpack(input: &mut &[u8]) -> Result<Keys<K>> {
        let mut keys = Keys::new(Shape::unpack(input)?);
        keys.shift = u32::unpack(input)?;
        keys.range =
            Option::<(u128, u128)>::unpack(input)?.map(|(min, max)| (K::narrow(min), K::narrow(max)));
        keys.beyond = Option::<Beyond>::unpack(input)?.map(Box::new);
        let mut last = 0u128;
        for _ in 0..super::pack::take_count(input)? {
            last = last.checked_add(u128::unpack(input)?).ok_or_else(|| damaged("a key beyond its width"))?;
            let n = u64::unpack(input)?;
            if n == 0 || keys.shift > 127 {
                return Err(damaged("an empty entry"));
            }
            let key = K::narrow(last);
            keys.table.add(key, key.hash(SEED), n);
        }
        Ok(keys)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(domain: Domain, budget: u64) -> Shape {
        Shape { domain, numeric: true, budget, seed: 7 }
    }

    fn integers(values: &[i64]) -> Keys<u64> {
        let mut keys = Keys::new(shape(Domain::Signed, 1_600));
        for value in values {
            let key = domain::signed(*value);
            keys.add(key, key.hash(SEED), 1);
        }
        keys
    }

    fn floats(values: &[f64]) -> Keys<u64> {
        let mut keys = Keys::new(shape(Domain::Float, 1_600));
        for value in values {
            let key = domain::float(*value);
            keys.add(key, key.hash(SEED), 1);
        }
        keys
    }

    laws!(integer_laws, make: integers, inputs: -300i64..300);
    laws!(float_laws, make: floats, inputs: proptest::num::f64::NORMAL);

    #[test]
    fn within_the_budget_every_key_is_counted() {
        let keys = integers(&[3, -1, 3, 0]);
        assert!(keys.is_exact() && keys.shift() == 0);
        let found: Vec<(i64, u64)> =
            keys.entries().iter().map(|(key, n)| (domain::signed_of(*key as u64), *n)).collect();
        assert_eq!(found, [(-1, 1), (0, 1), (3, 2)]);
    }

    #[test]
    fn past_the_budget_buckets_hold_every_cell_and_sums_stay_exact() {
        let values: Vec<i64> = (0..5_000).map(|i| i * 7 - 10_000).collect();
        let keys = integers(&values);
        let beyond = keys.beyond().expect("past the budget");
        assert!(keys.shift() > 0 && keys.entries().len() <= 100);
        assert_eq!(keys.entries().iter().map(|it| it.1).sum::<u64>(), 5_000);
        assert_eq!(beyond.sum.to_f64(), Some(values.iter().sum::<i64>() as f64));
        assert_eq!(beyond.squares.to_f64(), Some(values.iter().map(|x| x * x).sum::<i64>() as f64));
        let (estimate, deviation) = beyond.distinct.estimate();
        assert!((estimate - 5_000.0).abs() < 4.0 * deviation, "{estimate}");
    }

    #[test]
    fn the_shift_is_the_smallest_at_which_the_buckets_fit() {
        let values: Vec<i64> = (0..400).collect();
        let keys = integers(&values);
        let at = |shift: u32| {
            let mut buckets: Vec<u64> = values.iter().map(|x| domain::signed(*x) >> shift).collect();
            buckets.dedup();
            buckets.len()
        };
        assert!(at(keys.shift()) <= 100 && at(keys.shift() - 1) > 100);
    }
}
