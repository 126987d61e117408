//! How often whole rows (or keys) occur: 64-bit hashes in; their exact counts within a budget, beyond it those of the
//! smallest hashes, and the number of duplicates out.
//!
//! Beyond the budget this is the k-minimum-values sketch (Bar-Yossef et al., "Counting distinct elements in a data
//! stream", 2002), with counts. Hashes are kept in sorted runs rather than in a hash table, so that no choice of
//! hashes is slow.

use super::pack::{Pack, damaged};
use super::{quick, radix};
use crate::error::Result;

/// Canonical bytes of an entry.
const ENTRY_BYTES: u64 = 16;
const MIN_ENTRIES: u64 = 16;
const MIN_FRESH: usize = 256;

/// The multiset of the smallest hashes: all of them, unless there are more distinct ones than the budget holds.
#[derive(Debug, Clone)]
pub struct RowHashes {
    /// Entries that the budget holds.
    most: u64,
    /// Every hash below it is counted exactly; `None`: every hash.
    limit: Option<u64>,
    /// (hash, count) by rising hash; may hold more than `most` until the next settling.
    settled: Vec<(u64, u64)>,
    /// Hashes below the limit, as they came.
    fresh: Vec<u64>,
}

impl RowHashes {
    /// An empty state of this many canonical bytes (at least 256), 16 for a hash. It never takes more than 2.3 times
    /// as many.
    pub fn new(budget: u64) -> RowHashes {
        let most = (budget / ENTRY_BYTES).max(MIN_ENTRIES);
        RowHashes { most, limit: None, settled: Vec::new(), fresh: Vec::new() }
    }

    /// Counts a row.
    #[inline]
    pub fn insert(&mut self, hash: u64) {
        if self.limit.is_some_and(|limit| hash >= limit) {
            return;
        }
        self.fresh.push(hash);
        if self.fresh.len() >= self.room_for_fresh() {
            self.settle();
        }
    }

    /// Every settling moves all settled entries, so it waits until there may be more than the budget holds.
    fn room_for_fresh(&self) -> usize {
        let settled = self.settled.len();
        let left = usize::try_from(self.most).unwrap_or(usize::MAX).saturating_sub(settled);
        MIN_FRESH.max(settled / 16).max(left)
    }

    /// Adds what the other has counted.
    pub fn merge(&mut self, other: &RowHashes) {
        self.most = self.most.min(other.most);
        self.limit = self.limit.into_iter().chain(other.limit).min();
        self.settle();
        self.add_sorted(&other.settled);
        self.add_sorted(&counted(other.fresh.clone()));
        self.cut();
    }

    /// The (hash, count) that are counted, by rising hash.
    pub fn entries(&mut self) -> &[(u64, u64)] {
        self.settle();
        &self.settled
    }

    /// The smallest hash that is not counted; `None` where all are.
    pub fn limit(&mut self) -> Option<u64> {
        self.settle();
        self.limit
    }

    /// The share of all hashes that is counted: 1 where none was too many.
    pub fn share(&mut self) -> f64 {
        self.settle();
        self.limit.map_or(1.0, |limit| limit.max(1) as f64 / 18_446_744_073_709_551_616.0)
    }

    /// How many of the rows repeat an earlier one: (value, whether it is exact, bound on its error). `rows` is the
    /// number of all rows; the bound is three standard errors.
    pub fn duplicates(&mut self, rows: u64) -> (f64, bool, f64) {
        self.settle();
        let kept = self.settled.len() as u64;
        if self.limit.is_none() {
            return (rows.saturating_sub(kept) as f64, true, 0.0);
        }
        // `kept` hashes fill this share of their range, so all distinct ones number kept / share.
        let share = self.share();
        let distinct = kept as f64 / share;
        let error = 3.0 * distinct / (kept.saturating_sub(1).max(1) as f64).sqrt();
        let seen: u64 = self.settled.iter().fold(0, |sum, &(_, count)| sum.saturating_add(count - 1));
        let (least, most) = (seen.min(rows) as f64, rows.saturating_sub(kept + 1) as f64);
        let value = (rows as f64 - distinct).round().min(most).max(least);
        (value, false, error.min(rows as f64).ceil())
    }

    /// Sorts what came: to be called when all rows are counted.
    pub fn settle(&mut self) {
        let mut fresh = std::mem::take(&mut self.fresh);
        if fresh.is_empty() {
            return self.cut();
        }
        radix::sort_by_key(&mut fresh, |hash| *hash);
        self.add_fresh(&fresh);
        self.cut();
        fresh.clear();
        fresh.shrink_to(self.room_for_fresh());
        self.fresh = fresh;
    }

    /// Adds sorted hashes in place: known ones are counted, the others merged in from the back.
    fn add_fresh(&mut self, fresh: &[u64]) {
        let mut new = 0;
        let mut at = 0;
        for run in fresh.chunk_by(|a, b| a == b) {
            at += self.settled[at..].partition_point_near(run[0]);
            match self.settled.get_mut(at) {
                Some((hash, count)) if *hash == run[0] => *count = count.saturating_add(run.len() as u64),
                _ => new += 1,
            }
        }
        let mut old = self.settled.len();
        let mut free = old + new;
        if self.settled.capacity() < free {
            let most = usize::try_from(self.most).unwrap_or(usize::MAX);
            let room = most.saturating_add(most / 16).saturating_add(MIN_FRESH).saturating_sub(old);
            self.settled.reserve_exact(new.max(room.min(old / 4)));
        }
        self.settled.resize(free, (0, 0));
        for run in fresh.chunk_by(|a, b| a == b).rev() {
            while old > 0 && self.settled[old - 1].0 > run[0] && free > old {
                (old, free) = (old - 1, free - 1);
                self.settled[free] = self.settled[old];
            }
            if free == old {
                return;
            }
            if old == 0 || self.settled[old - 1].0 != run[0] {
                free -= 1;
                self.settled[free] = (run[0], run.len() as u64);
            }
        }
    }

    /// Adds sorted entries below the limit.
    fn add_sorted(&mut self, entries: &[(u64, u64)]) {
        let below =
            self.limit.map_or(entries.len(), |limit| entries.partition_point(|&(hash, _)| hash < limit));
        let mut merged = Vec::with_capacity(self.settled.len().max(below));
        let (mut mine, mut theirs) = (self.settled.iter().peekable(), entries[..below].iter().peekable());
        loop {
            let next = match (mine.peek(), theirs.peek()) {
                (Some(a), Some(b)) if a.0 == b.0 => {
                    let both = (a.0, a.1.saturating_add(b.1));
                    theirs.next();
                    mine.next();
                    both
                }
                (Some(a), b) if b.is_none_or(|b| a.0 < b.0) => {
                    let a = **a;
                    mine.next();
                    a
                }
                (_, Some(b)) => {
                    let b = **b;
                    theirs.next();
                    b
                }
                (_, None) => break,
            };
            merged.push(next);
            if merged.len() as u64 > self.most {
                break;
            }
        }
        self.settled = merged;
    }

    /// Drops what is at or beyond the limit, and beyond the budget.
    fn cut(&mut self) {
        if let Some(&(hash, _)) = usize::try_from(self.most).ok().and_then(|most| self.settled.get(most)) {
            self.limit = Some(self.limit.map_or(hash, |limit| limit.min(hash)));
        }
        if let Some(limit) = self.limit {
            let kept = self.settled.partition_point(|&(hash, _)| hash < limit);
            self.settled.truncate(kept);
        }
    }
}

/// Galloping search, for needles that are close.
trait Near {
    fn partition_point_near(&self, hash: u64) -> usize;
}

impl Near for [(u64, u64)] {
    /// The number of leading entries below the hash.
    fn partition_point_near(&self, hash: u64) -> usize {
        let mut reach = 1;
        while reach < self.len() && self[reach].0 < hash {
            reach *= 2;
        }
        let (from, to) = (reach / 2, (reach + 1).min(self.len()));
        from + self[from..to].partition_point(|&(other, _)| other < hash)
    }
}

fn counted(mut hashes: Vec<u64>) -> Vec<(u64, u64)> {
    radix::sort_by_key(&mut hashes, |hash| *hash);
    hashes.chunk_by(|a, b| a == b).map(|run| (run[0], run.len() as u64)).collect()
}

impl RowHashes {
    /// The bytes that a saved profile holds.
    pub fn saved(&self) -> Vec<u8> {
        let mut out = Vec::new();
        self.write(&mut out, |value, out| value.pack(out));
        out
    }

    /// From the bytes of a saved profile.
    ///
    /// # Errors
    /// `Damaged` where they are not those of [`RowHashes::saved`].
    pub fn from_saved(mut bytes: &[u8]) -> Result<RowHashes> {
        let rows = RowHashes::read(&mut bytes, u64::unpack)?;
        if bytes.is_empty() { Ok(rows) } else { Err(damaged("bytes behind its end")) }
    }

    fn write(&self, out: &mut Vec<u8>, put: impl Fn(u64, &mut Vec<u8>)) {
        let settled;
        let state = if self.fresh.is_empty() {
            self
        } else {
            let mut clone = self.clone();
            clone.settle();
            settled = clone;
            &settled
        };
        (self.most, state.limit, state.settled.len() as u64).pack(out);
        let mut next = 0;
        for &(hash, count) in &state.settled {
            put(hash - next, out);
            put(count - 1, out);
            next = hash.saturating_add(1);
        }
    }

    fn read(input: &mut &[u8], get: impl Fn(&mut &[u8]) -> Result<u64>) -> Result<RowHashes> {
        let (most, limit) = <(u64, Option<u64>)>::unpack(input)?;
        let count = super::pack::take_count(input)?;
        let mut state = RowHashes { most, limit, ..RowHashes::new(0) };
        if most < MIN_ENTRIES || count as u64 > most || limit.is_some() && (count as u64) < most {
            return Err(damaged("an impossible number of hashes"));
        }
        state.settled.reserve_exact(count.min(input.len() / 2));
        let mut next = Some(0u64);
        for _ in 0..count {
            let (gap, more) = (get(input)?, get(input)?);
            let hash = next.and_then(|next| next.checked_add(gap));
            let hash = hash.filter(|&hash| limit.is_none_or(|limit| hash < limit));
            let hash = hash.ok_or_else(|| damaged("a hash out of range"))?;
            let count = more.checked_add(1).ok_or_else(|| damaged("a count out of range"))?;
            state.settled.push((hash, count));
            next = hash.checked_add(1);
        }
        Ok(state)
    }
}

/// The budget, the limit, then (gap, count − 1).
impl Pack for RowHashes {
    fn pack(&self, out: &mut Vec<u8>) {
        self.write(out, quick::put);
    }

    fn unpack(input: &mut &[u8]) -> Result<RowHashes> {
        RowHashes::read(input, quick::get)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sketch::pack::to_bytes;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    fn mix(x: u64) -> u64 {
        let x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        x ^ (x >> 31)
    }

    fn of(hashes: &[u64], budget: u64) -> RowHashes {
        let mut rows = RowHashes::new(budget);
        hashes.iter().for_each(|&hash| rows.insert(hash));
        rows
    }

    fn hash() -> impl Strategy<Value = u64> {
        prop_oneof![0u64..40, any::<u64>(), Just(u64::MAX), Just(0)]
    }

    laws!(laws_within_the_budget, make: |h: &[u64]| of(h, 1 << 20), inputs: hash());
    laws!(laws_beyond_the_budget, make: |h: &[u64]| of(h, 16 * 20), inputs: hash());

    proptest! {
        #[test]
        fn counts_are_those_of_a_map(hashes in proptest::collection::vec(0u64..2000, 0..3000), most in 16u64..3000) {
            let mut truth = BTreeMap::new();
            hashes.iter().for_each(|&hash| *truth.entry(hash).or_insert(0u64) += 1);
            let mut rows = of(&hashes, 16 * most);
            let expected: Vec<(u64, u64)> = truth.iter().map(|(&h, &c)| (h, c)).take(most as usize).collect();
            prop_assert_eq!(rows.entries(), &expected[..]);
            prop_assert_eq!(rows.limit(), truth.keys().nth(most as usize).copied());
        }
    }

    #[test]
    fn within_the_budget_duplicates_are_exact() {
        let mut rows = of(&[1, 2, 2, 3, 3, 3], 1 << 10);
        assert_eq!(rows.duplicates(6), (3.0, true, 0.0));
        assert_eq!(RowHashes::new(0).duplicates(0), (0.0, true, 0.0));
    }

    #[test]
    fn beyond_the_budget_duplicates_keep_their_bound() {
        for (seed, copies) in [(1u64, 1u64), (2, 2), (3, 10), (4, 1), (5, 3)] {
            let distinct = 60_000 / copies;
            let hashes: Vec<u64> = (0..60_000).map(|i| mix(mix(seed) ^ (i % distinct))).collect();
            let mut rows = of(&hashes, 16 * 2000);
            let (value, exact, error) = rows.duplicates(60_000);
            let truth = (60_000 - distinct) as f64;
            assert!(
                !exact && (value - truth).abs() <= error,
                "{copies} copies: {value} ± {error} for {truth}"
            );
            assert!(error <= 0.08 * distinct as f64 && (0.0..=60_000.0).contains(&value));
        }
    }

    #[test]
    fn memory_stays_below_its_promise() {
        let most = 50_000u64;
        let mut rows = RowHashes::new(16 * most);
        let mut peak = 0;
        for i in 0..400_000u64 {
            let before = rows.settled.capacity();
            rows.insert(if i % 3 == 0 { mix(i) } else { mix(i) >> (i % 40) });
            let grown = rows.settled.capacity();
            let moving = if grown == before { grown } else { grown + before };
            peak = peak.max(16 * moving + 8 * rows.fresh.capacity());
        }
        assert!(peak as f64 <= 2.3 * 16.0 * most as f64, "{peak}");
        assert_eq!(rows.entries().len() as u64, most);
    }

    #[test]
    fn packed_bytes_are_those_of_the_settled_state() {
        let mut rows = of(&[5, 5, 7], 1 << 10);
        let bytes = to_bytes(&rows);
        rows.settle();
        assert_eq!(to_bytes(&rows), bytes);
    }
}
