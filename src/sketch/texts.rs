//! Unordered values (text, JSON, bytes) → counts: exact with their bytes while these stay within the budget, else
//! counts of 64-bit hashes, bucketed as ordered keys are.

use std::borrow::Cow;

use super::keys::{Keys, Shape};
use super::pack::{Pack, damaged, take, take_count};
use super::sorted_texts::SortedTexts;
use super::table::{Key, SEED};
use super::text_table::{Counted, TOGETHER, TextTable};
use crate::cell::Domain;
use crate::error::Result;
use crate::num::hash;

/// Canonical bytes of an entry besides the value's own: its hash and its count.
const ENTRY_BYTES: u64 = 16;

/// Values with their counts.
#[derive(Debug, Clone)]
pub struct Texts {
    budget: u64,
    seed: u64,
    /// While cells are coming.
    table: TextTable,
    /// Afterwards. One of the two is empty.
    settled: SortedTexts,
    hashed: Option<Box<Keys<u64>>>,
    passed: Option<Passed>,
    /// Bytes of the shortest of all values.
    shortest: u64,
}

/// The values that were held when the budget was passed.
#[derive(Debug, Clone)]
pub struct Passed {
    table: TextTable,
    settled: SortedTexts,
}

impl Passed {
    /// The values in no order that means anything.
    pub fn iter(&self) -> impl Iterator<Item = Counted<'_>> {
        self.table.iter().chain(self.settled.iter())
    }
}

/// Where a value went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Added {
    /// It is new; its index.
    New(usize),
    /// It was there; its index.
    Known(usize),
    /// Only its hash is counted.
    Hashed,
}

/// The hash under which a text is counted.
#[inline]
pub fn text_hash(text: &[u8]) -> u64 {
    hash::bytes(SEED, text)
}

impl Texts {
    /// Nothing counted yet.
    pub fn new(budget: u64, seed: u64) -> Texts {
        Texts {
            budget,
            seed,
            table: TextTable::default(),
            settled: SortedTexts::default(),
            hashed: None,
            passed: None,
            shortest: u64::MAX,
        }
    }

    /// How many values the budget holds of those that came, at most.
    pub fn most(&self) -> u64 {
        self.budget / (ENTRY_BYTES + self.shortest.min(1 << 20))
    }

    /// How many it would hold of keys.
    pub fn most_keys(&self) -> u64 {
        self.budget / <u64 as Key>::ENTRY_BYTES
    }

    /// Whether the values are more than the budget holds beyond a doubt of one in thousands.
    pub fn surely_passed(&self) -> bool {
        let most = usize::try_from(self.most()).unwrap_or(usize::MAX);
        self.hashed.as_ref().is_some_and(|hashed| hashed.are_surely_more_than(most))
    }

    /// Counts a value `n` times; `hash` is [`text_hash`] of it.
    #[inline]
    pub fn add(&mut self, text: &[u8], hash: u64, n: u64) -> Added {
        self.shortest = self.shortest.min(text.len() as u64);
        if let Some(hashed) = &mut self.hashed {
            hashed.add(hash, hash.hash(SEED), n);
            return Added::Hashed;
        }
        self.wake();
        match self.table.add(text, hash, n) {
            (index, false) => Added::Known(index),
            (_, true) if self.is_over() => {
                self.pass_budget();
                Added::Hashed
            }
            (index, true) => Added::New(index),
        }
    }

    /// Counts `n` values once each, until the budget is passed; how many were taken.
    pub fn add_each<'a>(&mut self, n: usize, text: &impl Fn(usize) -> &'a [u8], hashes: &[u64]) -> usize {
        let shortest = (0..n).fold(self.shortest, |shortest, i| shortest.min(text(i).len() as u64));
        self.shortest = shortest;
        let mut taken = 0;
        self.wake();
        while taken < n && self.hashed.is_none() {
            let hashes = &hashes[taken..n.min(taken + TOGETHER)];
            self.table.add_each(&|i: usize| text(taken + i), hashes);
            taken += hashes.len();
            if self.is_over() {
                self.pass_budget();
            }
        }
        taken
    }

    /// Counts the hashes of values once each, past the budget.
    pub fn add_each_hash(&mut self, hashes: &[u64]) {
        if let Some(hashed) = &mut self.hashed {
            for hashes in hashes.chunks(TOGETHER) {
                let mut homes = [0; TOGETHER];
                homes.iter_mut().zip(hashes).for_each(|(home, hash)| *home = hash.hash(SEED));
                hashed.add_each(hashes, &homes[..hashes.len()]);
            }
        }
    }

    /// Cells are coming: texts that had settled go back into the table.
    #[inline]
    fn wake(&mut self) {
        if !self.settled.is_empty() {
            for it in std::mem::take(&mut self.settled).iter() {
                self.table.add(it.text, it.hash, it.count);
            }
        }
    }

    #[inline]
    fn is_over(&self) -> bool {
        let texts = self.table.len() + self.settled.len();
        let held = texts as u64 * ENTRY_BYTES + self.table.bytes() + self.settled.bytes();
        held > self.budget.min(TextTable::MOST_BYTES)
    }

    /// From here on only hashes are counted.
    #[cold]
    #[inline(never)]
    pub fn pass_budget(&mut self) {
        if self.hashed.is_some() {
            return;
        }
        let shape = Shape {
            domain: Domain::Signed,
            numeric: false,
            hashed: true,
            budget: self.budget,
            seed: self.seed,
        };
        let mut hashed = Box::new(Keys::new(shape));
        hashed.pass_budget();
        hashed.add_entries(self.unsorted().map(|it| (it.hash, it.count)).collect());
        self.hashed = Some(hashed);
        self.passed = Some(Passed {
            table: std::mem::take(&mut self.table),
            settled: std::mem::take(&mut self.settled),
        });
    }

    /// Sorts the values, or makes the buckets of hashes as coarse as the budget asks: to be called when all cells are
    /// counted.
    pub fn settle(&mut self) {
        if let Some(hashed) = &mut self.hashed {
            hashed.settle();
        } else if !self.table.is_empty() {
            self.settled = SortedTexts::of(std::mem::take(&mut self.table));
        }
    }

    /// The values that were held when the budget was passed, once: for those who count per value what is then to be
    /// counted per cell.
    pub fn take_passed(&mut self) -> Option<Passed> {
        self.passed.take()
    }

    /// Joins the values of other cells, and settles. Both sides have the same budget and seed.
    pub fn merge(&mut self, other: &Texts) {
        self.settle();
        self.shortest = self.shortest.min(other.shortest);
        if other.hashed.is_some() {
            self.pass_budget();
        }
        match (&mut self.hashed, &other.hashed) {
            (Some(hashed), Some(others)) => hashed.merge(others),
            (Some(hashed), None) => {
                let others = other.sorted().into_owned();
                hashed.add_entries(others.iter().map(|it| (it.hash, it.count)).collect());
                hashed.settle();
                self.passed = Some(Passed { table: TextTable::default(), settled: others });
            }
            (None, _) => {
                self.settled.merge(&other.sorted());
                if self.is_over() {
                    self.pass_budget();
                    self.settle();
                }
            }
        }
    }

    /// The values in no order that means anything; none past the budget.
    pub fn unsorted(&self) -> impl Iterator<Item = Counted<'_>> {
        self.table.iter().chain(self.settled.iter())
    }

    /// The values by rising hash, then bytes; none past the budget.
    pub fn sorted(&self) -> Cow<'_, SortedTexts> {
        if self.table.is_empty() {
            return Cow::Borrowed(&self.settled);
        }
        Cow::Owned(SortedTexts::of(self.table.clone()))
    }

    /// The counts of hashes, past the budget.
    pub fn hashed(&self) -> Option<&Keys<u64>> {
        self.hashed.as_deref()
    }
}

impl Pack for Texts {
    fn pack(&self, out: &mut Vec<u8>) {
        self.budget.pack(out);
        self.seed.pack(out);
        self.shortest.pack(out);
        match &self.hashed {
            Some(hashed) => {
                1u8.pack(out);
                hashed.pack(out);
            }
            None => {
                0u8.pack(out);
                let sorted = self.sorted();
                (sorted.len() as u64).pack(out);
                for entry in sorted.iter() {
                    entry.count.pack(out);
                    (entry.text.len() as u64).pack(out);
                    out.extend_from_slice(entry.text);
                }
            }
        }
    }

    fn unpack(input: &mut &[u8]) -> Result<Texts> {
        let mut texts = Texts::new(u64::unpack(input)?, u64::unpack(input)?);
        texts.shortest = u64::unpack(input)?;
        if u8::unpack(input)? == 1 {
            texts.hashed = Some(Box::new(Keys::unpack(input)?));
            return Ok(texts);
        }
        for _ in 0..take_count(input)? {
            let count = u64::unpack(input)?;
            let len = take_count(input)?;
            let text = take(input, len)?;
            if count == 0 {
                return Err(damaged("an empty entry"));
            }
            if !texts.settled.push(Counted { hash: text_hash(text), text, count }) {
                return Err(damaged("texts that do not rise"));
            }
        }
        Ok(texts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_one_hash_stay_apart() {
        let mut texts = Texts::new(1 << 20, 0);
        for round in 0..2u64 {
            for i in 0..500u32 {
                let text = i.to_string();
                texts.add(text.as_bytes(), 42, 1 + round);
            }
        }
        let all = texts.sorted();
        assert_eq!(all.len(), 500);
        assert!(all.iter().all(|it| it.count == 3));
    }

    #[test]
    fn past_the_budget_only_hashes_are_counted() {
        let mut texts = Texts::new(4_096, 0);
        for i in 0..10_000u32 {
            let text = format!("value {i}");
            texts.add(text.as_bytes(), text_hash(text.as_bytes()), 1);
        }
        texts.settle();
        let hashed = texts.hashed().expect("past the budget");
        assert!(hashed.shift() > 0);
        assert_eq!(hashed.entries().iter().map(|it| it.1).sum::<u64>(), 10_000);
        assert!(texts.sorted().is_empty());
    }

    fn make(words: &[String]) -> Texts {
        let mut texts = Texts::new(600, 3);
        words.iter().for_each(|w| _ = texts.add(w.as_bytes(), text_hash(w.as_bytes()), 1));
        texts
    }

    laws!(laws, make: make, inputs: "[a-d]{0,3}");
}
