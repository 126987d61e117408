//! Ordered keys → counts: exact while the canonical bytes stay within the budget, else buckets `key >> shift` with the
//! smallest shift at which the occupied buckets fit. Which shift that is depends on the set of keys alone, so the
//! state is the same for every cutting of the input and every order of merging.

use std::borrow::Cow;

use super::beyond::{Beyond, TOGETHER};
use super::count_min;
use super::pack::{Pack, damaged, pack_struct};
use super::runs::{self, Entry};
use super::table::{Key, SEED, Table};
use crate::cell::Domain;
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
    /// While cells are coming.
    table: Table<K>,
    /// Afterwards: by rising key. One of the two is empty.
    settled: Vec<Entry<K>>,
    shift: u32,
    range: Option<(K, K)>,
    beyond: Option<Box<Beyond>>,
}

impl<K: Key> Keys<K> {
    /// Nothing counted yet.
    pub fn new(shape: Shape) -> Keys<K> {
        Keys { shape, table: Table::default(), settled: Vec::new(), shift: 0, range: None, beyond: None }
    }

    /// Counts a key `n` times; `hash` is `key.hash(SEED)`.
    #[inline]
    pub fn add(&mut self, key: K, hash: u64, n: u64) {
        self.widen(key, key);
        self.wake();
        if let Some(beyond) = &mut self.beyond {
            beyond.absorb(&self.shape, key.wide(), hash, n);
            let (bucket, hash) = self.bucket(key, hash);
            if self.table.add(bucket, hash, n) {
                self.make_room();
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
        self.wake();
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

    /// Cells are coming: entries that had settled go back into the table.
    #[inline]
    fn wake(&mut self) {
        if !self.settled.is_empty() {
            self.table = Table::with_room(self.settled.len());
            for (key, n) in std::mem::take(&mut self.settled) {
                self.table.add(key, key.hash(SEED), n);
            }
        }
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
            self.make_room();
        }
    }

    /// Makes the buckets coarser where there are too many of them.
    #[inline]
    fn make_room(&mut self) {
        if self.table.len() > self.overfull() {
            self.settle();
            self.wake();
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

    /// Buckets at which they are made coarser while cells are still coming: more than the budget holds, since buckets that
    /// just fit would soon have to be made coarser again, but in a table of the same size.
    fn overfull(&self) -> usize {
        let most = self.most_buckets();
        Table::<K>::room_for(most).max(most + most / 16)
    }

    /// From here on everything is kept per cell that buckets cannot tell.
    #[cold]
    #[inline(never)]
    pub fn pass_budget(&mut self) {
        if self.beyond.is_some() {
            return;
        }
        let mut beyond = Box::new(Beyond::new(self.shape.budget));
        for (key, n) in self.table.entries().chain(self.settled.iter().copied()) {
            beyond.absorb(&self.shape, key.wide(), key.hash(SEED), n);
        }
        self.beyond = Some(beyond);
    }

    /// Sorts the entries, and makes the buckets as coarse as the budget asks, and no coarser: to be called when all cells
    /// are counted.
    pub fn settle(&mut self) {
        if !self.table.is_empty() {
            self.settled = std::mem::take(&mut self.table).sorted();
        }
        if self.beyond.is_some() && self.settled.len() > self.most_buckets() {
            let most = self.most_buckets();
            self.shift += runs::coarsen(&mut self.settled, most);
        }
    }

    /// Joins the keys of other cells, and settles. Both sides have the same shape.
    pub fn merge(&mut self, other: &Keys<K>) {
        if let Some((min, max)) = other.range {
            self.widen(min, max);
        }
        self.settle();
        if other.beyond.is_some() {
            self.pass_budget();
        }
        let others = other.sorted();
        match (&mut self.beyond, &other.beyond) {
            (Some(beyond), Some(others)) => beyond.merge(others),
            (Some(beyond), None) => {
                others.iter().for_each(|&(key, n)| beyond.absorb(&self.shape, key.wide(), key.hash(SEED), n));
            }
            (None, _) => {}
        }
        let shift = self.shift.max(other.shift);
        runs::shift(&mut self.settled, shift - self.shift);
        self.settled = runs::merged(&self.settled, &others, shift - other.shift);
        self.shift = shift;
        if self.settled.len() > self.most() {
            self.pass_budget();
        }
        self.settle();
    }

    /// The entries by rising key, whether settled or not.
    fn sorted(&self) -> Cow<'_, [Entry<K>]> {
        if self.table.is_empty() {
            Cow::Borrowed(&self.settled)
        } else {
            Cow::Owned(self.table.clone().sorted())
        }
    }

    /// (bucket, count) by rising bucket, of a settled state.
    pub fn entries(&self) -> Vec<(u128, u64)> {
        debug_assert!(self.beyond.is_none() || self.sorted().len() <= self.most_buckets());
        self.sorted().iter().map(|(key, n)| (key.wide(), *n)).collect()
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

    fn held(&self, bucket: K) -> u64 {
        let at = self.settled.binary_search_by_key(&bucket, |entry| entry.0);
        at.map_or_else(|_| self.table.get(bucket, bucket.hash(SEED)), |at| self.settled[at].1)
    }

    /// The estimated count of a key past the budget and the bound of its error; exact within it.
    pub fn count(&self, key: K, total: u64) -> (u64, u64) {
        let hash = key.hash(SEED);
        match &self.beyond {
            None => (self.held(key), 0),
            Some(_) if self.shift == 0 => (self.held(key), 0),
            Some(_) if self.shape.hashed => {
                // One row of a Count-Min sketch, as wide as there are buckets.
                let bound = count_min::bound(total, 1, 64 - self.shift.min(63));
                (self.held(key.shifted(self.shift)), bound)
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
        if !self.table.is_empty() {
            let mut settled = self.clone();
            settled.settle();
            return settled.pack(out);
        }
        self.shape.pack(out);
        self.shift.pack(out);
        self.range().pack(out);
        self.beyond().cloned().pack(out);
        (self.settled.len() as u64).pack(out);
        let mut last = K::default();
        for &(key, n) in &self.settled {
            K::pack_step(last, key, out);
            n.pack(out);
            last = key;
        }
    }

    fn unpack(input: &mut &[u8]) -> Result<Keys<K>> {
        let mut keys = Keys::new(Shape::unpack(input)?);
        keys.shift = u32::unpack(input)?;
        keys.range =
            Option::<(u128, u128)>::unpack(input)?.map(|(min, max)| (K::narrow(min), K::narrow(max)));
        keys.beyond = Option::<Beyond>::unpack(input)?.map(Box::new);
        let count = super::pack::take_count(input)?;
        keys.settled.reserve_exact(count.min(input.len() / 2));
        let mut last = None;
        for _ in 0..count {
            let key = K::unpack_step(last, input)?;
            let n = u64::unpack(input)?;
            if n == 0 || keys.shift > 127 {
                return Err(damaged("an empty entry"));
            }
            keys.settled.push((key, n));
            last = Some(key);
        }
        Ok(keys)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cell::domain;

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
