//! Ordered keys → counts: exact while the canonical bytes stay within the budget, else buckets `key >> shift` with the
//! smallest shift at which the occupied buckets fit. Which shift that is depends on the set of keys alone, so the
//! state is the same for every cutting of the input and every order of merging.

use super::count_min::{self, CountMin};
use super::hyperloglog::HyperLogLog;
use super::pack::{Pack, damaged, pack_struct};
use super::sums::Sums;
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
    /// Whether the keys are hashes: a bucket is then a random choice of them, and its count tells about each.
    pub hashed: bool,
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
    /// Σx and Σx².
    pub sums: Sums,
    /// Cells equal to zero.
    pub zeros: u64,
    /// Cells that are −∞ and ∞.
    pub infinities: (u64, u64),
}

pack_struct!(Beyond { distinct, counts, sums, zeros, infinities });

impl Beyond {
    fn new(budget: u64) -> Beyond {
        Beyond {
            distinct: HyperLogLog::new(if budget >= 64 << 10 { 14 } else { 12 }),
            counts: CountMin::new(width_bits(budget), DEPTH),
            sums: Sums::default(),
            zeros: 0,
            infinities: (0, 0),
        }
    }

    /// Counts a key `n` times.
    fn absorb(&mut self, shape: &Shape, key: u128, hash: u64, n: u64) {
        let seeded = hash::mix(hash ^ shape.seed);
        self.distinct.insert(seeded);
        if !shape.hashed {
            self.counts.add(seeded, n);
        }
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
                    self.sums.add_float(x, n);
                }
            }
            Domain::Boolean => {}
            Domain::Signed | Domain::Wide(_) => {
                let x = match shape.domain {
                    Domain::Wide(_) => domain::wide_of(key),
                    _ => domain::signed_of(key as u64).into(),
                };
                self.zeros += if x == 0 { n } else { 0 };
                self.sums.add_integer(x, n);
            }
        }
    }

    /// Counts each key once, in chunks that stay on the stack.
    fn absorb_each<K: Key>(&mut self, shape: &Shape, keys: &[K], hashes: &[u64]) {
        for &hash in hashes {
            let seeded = hash::mix(hash ^ shape.seed);
            self.distinct.insert(seeded);
            if !shape.hashed {
                self.counts.add(seeded, 1);
            }
        }
        if !shape.numeric {
            return;
        }
        for keys in keys.chunks(TOGETHER) {
            match shape.domain {
                Domain::Float => self.absorb_floats(keys),
                Domain::Signed => {
                    let mut cells = [0i64; TOGETHER];
                    cells.iter_mut().zip(keys).for_each(|(cell, key)| *cell = domain::signed_of(key.low()));
                    let cells = &cells[..keys.len()];
                    self.zeros += cells.iter().filter(|&&x| x == 0).count() as u64;
                    self.sums.add_integers(cells);
                }
                Domain::Wide(_) => {
                    for key in keys {
                        let x = domain::wide_of(key.wide());
                        self.zeros += u64::from(x == 0);
                        self.sums.add_integer(x, 1);
                    }
                }
                Domain::Boolean => {}
            }
        }
    }

    fn absorb_floats<K: Key>(&mut self, keys: &[K]) {
        let mut cells = [0.0; TOGETHER];
        let mut n = 0;
        for key in keys {
            let x = domain::float_of(key.low());
            if x == 0.0 {
                self.zeros += 1;
            } else if x.is_infinite() {
                let side = if x < 0.0 { &mut self.infinities.0 } else { &mut self.infinities.1 };
                *side += 1;
            } else {
                cells[n] = x;
                n += 1;
            }
        }
        self.sums.add_floats(&cells[..n]);
    }

    fn merge(&mut self, other: &Beyond) {
        self.distinct.merge(&other.distinct);
        self.counts.merge(&other.counts);
        self.sums.merge(&other.sums);
        self.zeros += other.zeros;
        self.infinities.0 += other.infinities.0;
        self.infinities.1 += other.infinities.1;
    }
}

/// Rows of the Count-Min sketch: two wide ones are as sure as five narrow ones of the same bound, at fewer writes a cell.
const DEPTH: u8 = 2;

/// Cells whose numbers are added up together.
const TOGETHER: usize = 128;

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
        self.widen(key, key);
        if let Some(beyond) = &mut self.beyond {
            beyond.absorb(&self.shape, key.wide(), hash, n);
            let (bucket, hash) = self.bucket(key, hash);
            if self.table.add(bucket, hash, n) && self.table.len() > self.overfull() {
                self.settle();
            }
        } else if self.table.add(key, hash, n) && self.table.len() > self.most() {
            self.pass_budget();
        }
    }

    /// Counts each key once; `hashes` are their `hash(SEED)`.
    pub fn add_each(&mut self, keys: &[K], hashes: &[u64]) {
        let Some(&first) = keys.first() else { return };
        let (min, max) = keys.iter().fold((first, first), |(min, max), &key| (min.min(key), max.max(key)));
        self.widen(min, max);
        let mut taken = 0;
        if self.beyond.is_none() {
            taken = self.table.add_each(keys, hashes, self.most());
            if self.table.len() <= self.most() {
                return;
            }
            self.pass_budget();
        }
        let (keys, hashes) = (&keys[taken..], &hashes[taken..]);
        if let Some(beyond) = &mut self.beyond {
            beyond.absorb_each(&self.shape, keys, hashes);
        }
        self.bucket_each(keys, hashes);
    }

    fn bucket_each(&mut self, mut keys: &[K], mut hashes: &[u64]) {
        let (mut buckets, mut homes) = ([K::default(); TOGETHER], [0; TOGETHER]);
        while !keys.is_empty() {
            let n = keys.len().min(TOGETHER);
            for i in 0..n {
                (buckets[i], homes[i]) = self.bucket(keys[i], hashes[i]);
            }
            let taken = self.table.add_each(&buckets[..n], &homes[..n], self.overfull());
            (keys, hashes) = (&keys[taken..], &hashes[taken..]);
            if self.table.len() > self.overfull() {
                self.settle();
            }
        }
    }

    #[inline]
    fn widen(&mut self, min: K, max: K) {
        self.range = Some(self.range.map_or((min, max), |range| (range.0.min(min), range.1.max(max))));
    }

    #[inline]
    fn bucket(&self, key: K, hash: u64) -> (K, u64) {
        if self.shift == 0 {
            return (key, hash);
        }
        let bucket = key.shifted(self.shift);
        (bucket, bucket.hash(SEED))
    }

    /// Keys that the budget holds.
    fn most(&self) -> usize {
        usize::try_from(self.shape.budget / K::ENTRY_BYTES).unwrap_or(usize::MAX)
    }

    /// Buckets that it holds: never fewer than 64.
    fn most_buckets(&self) -> usize {
        self.most().max(64)
    }

    /// Buckets at which they are made coarser while cells are still coming: a quarter more than the budget holds, since
    /// buckets that just fit would soon have to be made coarser again.
    fn overfull(&self) -> usize {
        self.most_buckets() + self.most_buckets() / 4
    }

    /// From here on everything is kept per cell that buckets cannot tell.
    #[cold]
    #[inline(never)]
    pub fn pass_budget(&mut self) {
        if self.beyond.is_some() {
            return;
        }
        let mut beyond = Box::new(Beyond::new(self.shape.budget));
        for (key, n) in self.table.entries() {
            beyond.absorb(&self.shape, key.wide(), key.hash(SEED), n);
        }
        self.beyond = Some(beyond);
    }

    /// Makes the buckets as coarse as the budget asks, and no coarser: to be called when all cells are counted.
    pub fn settle(&mut self) {
        if self.beyond.is_some() && self.table.len() > self.most_buckets() {
            self.coarsen();
        }
    }

    /// Two neighbours fall into one bucket at the shift of their highest bit that differs; so the number of buckets at
    /// every shift is known from one walk, and the table is made anew once.
    #[cold]
    #[inline(never)]
    fn coarsen(&mut self) {
        let entries = self.table.sorted();
        let mut meeting = [0usize; 129];
        for pair in entries.windows(2) {
            meeting[K::shift_of_meeting(pair[0].0, pair[1].0) as usize] += 1;
        }
        let (mut left, mut by) = (entries.len(), 0);
        while left > self.most_buckets() && by < 128 {
            by += 1;
            left -= meeting[by];
        }
        self.shift += by as u32;
        self.table = Table::with_room(left);
        for run in entries.chunk_by(|a, b| a.0.shifted(by as u32) == b.0.shifted(by as u32)) {
            let bucket = run[0].0.shifted(by as u32);
            self.table.add(bucket, bucket.hash(SEED), run.iter().map(|entry| entry.1).sum());
        }
    }

    /// Joins the keys of other cells, and settles. Both sides have the same shape.
    pub fn merge(&mut self, other: &Keys<K>) {
        if let Some((min, max)) = other.range {
            self.range = Some(self.range.map_or((min, max), |(a, b)| (a.min(min), b.max(max))));
        }
        let Some(others) = &other.beyond else {
            for (key, n) in other.table.entries() {
                self.add(key, key.hash(SEED), n);
            }
            self.settle();
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
        for (bucket, n) in other.table.entries() {
            let bucket = bucket.shifted(by);
            self.table.add(bucket, bucket.hash(SEED), n);
        }
        self.settle();
    }

    /// (bucket, count) by rising bucket, of a settled state.
    pub fn entries(&self) -> Vec<(u128, u64)> {
        debug_assert!(self.beyond.is_none() || self.table.len() <= self.most_buckets());
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
            Some(_) if self.shape.hashed => {
                // One row of a Count-Min sketch, as wide as there are buckets.
                let bucket = key.shifted(self.shift);
                let bound = count_min::bound(total, 1, 64 - self.shift.min(63));
                (self.table.get(bucket, bucket.hash(SEED)), bound)
            }
            Some(beyond) => {
                let estimate = beyond.counts.estimate(hash::mix(hash ^ self.shape.seed));
                (estimate, beyond.counts.error_bound(total))
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

pack_struct!(Shape { domain, numeric, hashed, budget, seed });

impl<K: Key> Pack for Keys<K> {
    fn pack(&self, out: &mut Vec<u8>) {
        if self.beyond.is_some() && self.table.len() > self.most_buckets() {
            let mut settled = self.clone();
            settled.settle();
            return settled.pack(out);
        }
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
        Shape { domain, numeric: true, hashed: false, budget, seed: 7 }
    }

    fn integers(values: &[i64]) -> Keys<u64> {
        let mut keys = Keys::new(shape(Domain::Signed, 1_600));
        for value in values {
            let key = domain::signed(*value);
            keys.add(key, key.hash(SEED), 1);
        }
        keys.settle();
        keys
    }

    fn floats(values: &[f64]) -> Keys<u64> {
        let mut keys = Keys::new(shape(Domain::Float, 1_600));
        for value in values {
            let key = domain::float(*value);
            keys.add(key, key.hash(SEED), 1);
        }
        keys.settle();
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
        let mut keys = integers(&values);
        keys.settle();
        let beyond = keys.beyond().expect("past the budget");
        assert!(keys.shift() > 0 && keys.entries().len() <= 100);
        assert_eq!(keys.entries().iter().map(|it| it.1).sum::<u64>(), 5_000);
        let (sum, squares) = beyond.sums.totals();
        assert_eq!(sum.to_f64(), Some(values.iter().sum::<i64>() as f64));
        assert_eq!(squares.to_f64(), Some(values.iter().map(|x| x * x).sum::<i64>() as f64));
        let (estimate, deviation) = beyond.distinct.estimate();
        assert!((estimate - 5_000.0).abs() < 4.0 * deviation, "{estimate}");
    }

    proptest::proptest! {
        #[test]
        fn keys_counted_together_give_the_state_of_single_ones(
            values in proptest::collection::vec(proptest::prelude::prop_oneof![-80i64..80, proptest::prelude::any::<i64>()], 0..600),
            cut in 1usize..300,
        ) {
            let mut together = Keys::<u64>::new(shape(Domain::Signed, 1_600));
            for values in values.chunks(cut) {
                let keys: Vec<u64> = values.iter().map(|x| domain::signed(*x)).collect();
                let hashes: Vec<u64> = keys.iter().map(|key| key.hash(SEED)).collect();
                together.add_each(&keys, &hashes);
            }
            proptest::prop_assert_eq!(
                crate::sketch::pack::to_bytes(&together), crate::sketch::pack::to_bytes(&integers(&values))
            );
        }
    }

    #[test]
    fn the_shift_is_the_smallest_at_which_the_buckets_fit() {
        let values: Vec<i64> = (0..400).collect();
        let mut keys = integers(&values);
        keys.settle();
        let at = |shift: u32| {
            let mut buckets: Vec<u64> = values.iter().map(|x| domain::signed(*x) >> shift).collect();
            buckets.dedup();
            buckets.len()
        };
        assert!(at(keys.shift()) <= 100 && at(keys.shift() - 1) > 100);
    }
}
