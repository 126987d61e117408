//! Ordered keys → counts: exact while the canonical bytes stay within the budget, else buckets `key >> shift` with the
//! smallest shift at which the occupied buckets fit. Which shift that is depends on the set of keys alone, so the
//! state is the same for every cutting of the input and every order of merging.

use std::borrow::Cow;

use super::beyond::Beyond;
use super::count_min;
use super::dense::Dense;
use super::pack::{Pack, damaged, pack_struct};
use super::quick;
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

/// A table of more keys is too large to be at hand: cells are gathered, sorted and merged instead.
const FEW: usize = 1 << 14;

/// The first cells are gathered too: whether nearly all of them differ says that a table is not worth it.
const FIRST: usize = 2_048;

/// Past the budget no more buckets than these are kept: what more would add to the precision of a quantile nobody sees,
/// and what they cost in the cache every cell pays.
const MOST_BUCKETS: usize = 1 << 16;

/// Ordered keys with their counts, in up to four parts: a key's count is the sum of what they say.
#[derive(Debug, Clone)]
pub struct Keys<K> {
    /// What they are.
    pub shape: Shape,
    /// Counted keys while they are few, and those that came one by one.
    table: Table<K>,
    /// Cells that wait to be sorted.
    pending: Vec<K>,
    /// By rising key; settled keys have no other part.
    settled: Vec<Entry<K>>,
    /// Where most cells fall, once there are buckets.
    dense: Option<Dense>,
    /// Whether cells are looked up in the table; undecided at first.
    few: Option<bool>,
    shift: u32,
    range: Option<(K, K)>,
    beyond: Option<Box<Beyond>>,
}

impl<K: Key> Keys<K> {
    /// Nothing counted yet.
    pub fn new(shape: Shape) -> Keys<K> {
        Keys {
            shape,
            table: Table::default(),
            pending: Vec::new(),
            settled: Vec::new(),
            dense: None,
            few: None,
            shift: 0,
            range: None,
            beyond: None,
        }
    }

    /// Counts a key `n` times; `hash` is `key.hash(SEED)`.
    #[inline]
    pub fn add(&mut self, key: K, hash: u64, n: u64) {
        self.widen(key, key);
        if let Some(beyond) = &mut self.beyond {
            beyond.absorb(&self.shape, key.wide(), hash, n);
        }
        if n == 1 && (self.few == Some(false) || self.beyond.is_some()) {
            let bucket = key.shifted(self.shift);
            if !self.dense.as_mut().is_some_and(|dense| dense.add(bucket)) {
                self.pending.push(bucket);
                if self.pending.len() >= self.most_pending() {
                    self.gather();
                }
            }
            return;
        }
        let (bucket, hash) = if self.shift == 0 {
            (key, hash)
        } else {
            let bucket = key.shifted(self.shift);
            (bucket, bucket.hash(SEED))
        };
        if self.table.add(bucket, hash, n) && self.table.len() > self.most_few() {
            self.few = Some(false);
            self.gather();
        }
    }

    /// Counts each key once; `hashes` are their `hash(SEED)`.
    pub fn add_each(&mut self, mut keys: &[K], mut hashes: &[u64]) {
        let Some(&first) = keys.first() else { return };
        let (min, max) = keys.iter().fold((first, first), |(min, max), &key| (min.min(key), max.max(key)));
        self.widen(min, max);
        if self.beyond.is_none() && self.few.is_none() {
            let taken = keys.len().min(self.first() - self.pending.len());
            self.pending.extend_from_slice(&keys[..taken]);
            if self.pending.len() < self.first() {
                return;
            }
            self.decide();
            (keys, hashes) = (&keys[taken..], &hashes[taken..]);
        }
        if self.beyond.is_none() && self.few == Some(true) {
            let taken = self.table.add_each(keys, hashes, self.most_few());
            if self.table.len() <= self.most_few() {
                return;
            }
            self.few = Some(false);
            self.gather();
            (keys, hashes) = (&keys[taken..], &hashes[taken..]);
        }
        while !keys.is_empty() {
            let (now, later) = keys.split_at(keys.len().min(self.most_pending() - self.pending.len()));
            if let Some(beyond) = &mut self.beyond {
                beyond.absorb_each(&self.shape, now, &hashes[..now.len()]);
            }
            match &mut self.dense {
                Some(dense) => dense.add_each(now, self.shift, &mut self.pending),
                None if self.shift == 0 => self.pending.extend_from_slice(now),
                None => self.pending.extend(now.iter().map(|key| key.shifted(self.shift))),
            }
            (keys, hashes) = (later, &hashes[now.len()..]);
            if self.pending.len() >= self.most_pending() {
                self.gather();
            }
        }
    }

    /// Counts entries that are not by rising key; equal ones add up.
    pub fn add_entries(&mut self, mut entries: Vec<Entry<K>>) {
        if !entries.is_sorted_by_key(|entry| entry.0) {
            K::sort(&mut entries);
        }
        entries.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            kept.1 += if same { next.1 } else { 0 };
            same
        });
        let (Some(&(min, _)), Some(&(max, _))) = (entries.first(), entries.last()) else { return };
        self.widen(min, max);
        if let Some(beyond) = &mut self.beyond {
            beyond.absorb_run(&self.shape, &entries);
        }
        runs::shift(&mut entries, self.shift);
        self.settled = runs::joined(std::mem::take(&mut self.settled), entries);
        self.gather();
    }

    /// Whether the next cells are to be looked up, by those that were gathered.
    fn decide(&mut self) {
        let cells = self.pending.len();
        let run = runs::counted(&mut self.pending);
        let few = run.len() * 8 <= cells * 7;
        self.few = Some(few);
        if few {
            run.into_iter().for_each(|(key, n)| _ = self.table.add(key, key.hash(SEED), n));
        } else {
            self.settled = runs::joined(std::mem::take(&mut self.settled), run);
            self.gather();
        }
    }

    /// Sorts what waits into the settled part, and makes the buckets coarser where that is too many.
    fn gather(&mut self) {
        for run in [std::mem::take(&mut self.table).sorted(), runs::counted(&mut self.pending)] {
            if !run.is_empty() {
                self.settled = runs::joined(std::mem::take(&mut self.settled), run);
            }
        }
        if self.beyond.is_none() && self.settled.len() > self.most() {
            self.pass_budget();
        }
        if self.beyond.is_some() && self.settled.len() > self.most_buckets() {
            self.coarsen();
            let slots = self.most_buckets() * 2;
            self.dense = Dense::of(&mut self.settled, slots);
        }
    }

    /// Brings everything into the settled part, with the buckets as coarse as the budget asks.
    fn coarsen(&mut self) {
        let most = self.most_buckets();
        self.shift += match self.dense.take() {
            None => runs::coarsen(&mut self.settled, most),
            Some(dense) => {
                let all = runs::both(self.settled.iter().copied(), dense.entries());
                let (settled, by) = runs::coarsened(all, most);
                self.settled = settled;
                by
            }
        };
    }

    #[inline]
    fn widen(&mut self, min: K, max: K) {
        self.range = Some(self.range.map_or((min, max), |range| (range.0.min(min), range.1.max(max))));
    }

    /// Keys that the budget holds.
    pub(super) fn most(&self) -> usize {
        usize::try_from(self.shape.budget / K::ENTRY_BYTES).unwrap_or(usize::MAX)
    }

    /// Buckets that are held past it.
    fn most_buckets(&self) -> usize {
        self.most().clamp(64, MOST_BUCKETS)
    }

    /// Keys that the table may hold.
    fn most_few(&self) -> usize {
        self.most().min(FEW)
    }

    /// Cells that are gathered before it is decided whether they are looked up.
    fn first(&self) -> usize {
        FIRST.min(self.most_pending())
    }

    /// Cells that may wait: so many that merging them costs each of them but a few steps.
    fn most_pending(&self) -> usize {
        (self.most() / 4).clamp(1 << 10, 1 << 17)
    }

    /// From here on everything is kept per cell that buckets cannot tell.
    #[cold]
    #[inline(never)]
    pub fn pass_budget(&mut self) {
        if self.beyond.is_some() {
            return;
        }
        let mut beyond = Box::new(Beyond::new(self.shape.budget));
        for run in [self.table.sorted(), runs::counted(&mut self.pending.clone())] {
            beyond.absorb_run(&self.shape, &run);
        }
        beyond.absorb_run(&self.shape, &self.settled);
        self.beyond = Some(beyond);
    }

    /// Whether there are more distinct keys than so many, by four standard errors of their estimate.
    pub(super) fn are_surely_more_than(&self, most: usize) -> bool {
        let Some(beyond) = &self.beyond else { return false };
        let (distinct, error) = beyond.distinct.estimate();
        distinct - 4.0 * error > most as f64
    }

    /// Sorts the entries, and makes the buckets as coarse as the budget asks, and no coarser: to be called when all cells
    /// are counted.
    pub fn settle(&mut self) {
        self.gather();
        self.pending = Vec::new();
        self.few = None;
        if self.beyond.is_some() {
            self.coarsen();
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
            (Some(beyond), None) => beyond.absorb_run(&self.shape, &others),
            (None, _) => {}
        }
        let shift = self.shift.max(other.shift);
        runs::shift(&mut self.settled, shift - self.shift);
        let mut others = others.into_owned();
        runs::shift(&mut others, shift - other.shift);
        self.settled = runs::joined(std::mem::take(&mut self.settled), others);
        self.shift = shift;
        self.settle();
    }

    /// The entries by rising key, whether settled or not.
    fn sorted(&self) -> Cow<'_, [Entry<K>]> {
        if self.is_settled() {
            return Cow::Borrowed(&self.settled);
        }
        let mut settled = self.clone();
        settled.settle();
        Cow::Owned(settled.settled)
    }

    fn is_settled(&self) -> bool {
        self.table.is_empty() && self.pending.is_empty() && self.dense.is_none()
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
        let sorted = self.sorted();
        sorted.binary_search_by_key(&bucket, |entry| entry.0).map_or(0, |at| sorted[at].1)
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
        if !self.is_settled() {
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
            quick::put(n, out);
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
            let n = quick::get(input)?;
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
mod tests;
