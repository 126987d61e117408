//! Unordered values (text, JSON, bytes) → counts: exact with their bytes while these stay within the budget, else
//! counts of 64-bit hashes, bucketed as ordered keys are.

use std::collections::BTreeMap;

use super::keys::{Keys, Shape};
use super::pack::{Pack, damaged, take, take_count};
use super::table::{Key, SEED};
use crate::cell::Domain;
use crate::error::Result;
use crate::num::hash;

/// The furthest a value may lie from its home slot.
const MAX_PROBE: usize = 128;

/// Values that are looked up together.
const TOGETHER: usize = 32;

/// Canonical bytes of an entry besides the value's own: its hash and its count.
const ENTRY_BYTES: u64 = 16;

#[derive(Debug, Clone, Copy)]
struct Entry {
    hash: u64,
    count: u64,
    start: usize,
    len: usize,
}

#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    hash: u64,
    /// Index of the entry plus one; 0 is empty.
    entry: u32,
}

/// Values with their counts.
#[derive(Debug, Clone)]
pub struct Texts {
    budget: u64,
    seed: u64,
    slots: Vec<Slot>,
    entries: Vec<Entry>,
    arena: Vec<u8>,
    spill: BTreeMap<Box<[u8]>, u32>,
    hashed: Option<Box<Keys<u64>>>,
    passed: Option<Passed>,
}

/// The values that were held when the budget was passed.
#[derive(Debug, Clone)]
pub struct Passed {
    entries: Vec<Entry>,
    arena: Vec<u8>,
}

impl Passed {
    /// Calls with every value and its count.
    pub fn for_each(&self, mut call: impl FnMut(&[u8], u64)) {
        for entry in &self.entries {
            call(&self.arena[entry.start..entry.start + entry.len], entry.count);
        }
    }
}

/// A value with its count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted<'a> {
    /// Its hash.
    pub hash: u64,
    /// Its bytes.
    pub text: &'a [u8],
    /// How many cells hold it.
    pub count: u64,
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
            slots: Vec::new(),
            entries: Vec::new(),
            arena: Vec::new(),
            spill: BTreeMap::new(),
            hashed: None,
            passed: None,
        }
    }

    /// Counts a value `n` times; `hash` is [`text_hash`] of it.
    #[inline]
    pub fn add(&mut self, text: &[u8], hash: u64, n: u64) -> Added {
        if let Some(hashed) = &mut self.hashed {
            hashed.add(hash, hash.hash(SEED), n);
            return Added::Hashed;
        }
        if self.entries.len() * 3 >= self.slots.len() * 2 {
            self.grow();
        }
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        for _ in 0..MAX_PROBE {
            let slot = self.slots[at];
            if slot.entry == 0 {
                if !self.spill.is_empty() && self.spill.contains_key(text) {
                    break;
                }
                self.slots[at] = Slot { hash, entry: self.entries.len() as u32 + 1 };
                return self.push(text, hash, n);
            }
            if slot.hash == hash {
                let entry = &mut self.entries[slot.entry as usize - 1];
                if self.arena[entry.start..entry.start + entry.len] == *text {
                    entry.count += n;
                    return Added::Known(slot.entry as usize - 1);
                }
            }
            at = (at + 1) & mask;
        }
        self.add_spilled(text, hash, n)
    }

    /// Counts `n` values once each, until the budget is passed; how many were taken. The home slots of a few values at a
    /// time are looked at before any is counted, so that their cache misses overlap.
    pub fn add_each<'a>(&mut self, n: usize, text: &impl Fn(usize) -> &'a [u8], hashes: &[u64]) -> usize {
        let mut taken = 0;
        while taken < n && self.hashed.is_none() {
            let hashes = &hashes[taken..n.min(taken + TOGETHER)];
            while (self.entries.len() + TOGETHER) * 3 >= self.slots.len() * 2 {
                self.grow();
            }
            let mask = self.slots.len() - 1;
            let mut homes = [0u32; TOGETHER];
            for (home, &hash) in homes.iter_mut().zip(hashes) {
                let slot = self.slots[hash as usize & mask];
                *home = if slot.hash == hash { slot.entry } else { 0 };
            }
            for (&home, &hash) in homes.iter().zip(hashes) {
                let text = text(taken);
                taken += 1;
                if home > 0 {
                    let entry = &mut self.entries[home as usize - 1];
                    if self.arena[entry.start..entry.start + entry.len] == *text {
                        entry.count += 1;
                        continue;
                    }
                }
                if self.add(text, hash, 1) == Added::Hashed {
                    break;
                }
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

    #[cold]
    fn add_spilled(&mut self, text: &[u8], hash: u64, n: u64) -> Added {
        if let Some(&index) = self.spill.get(text) {
            self.entries[index as usize].count += n;
            return Added::Known(index as usize);
        }
        self.spill.insert(text.into(), self.entries.len() as u32);
        self.push(text, hash, n)
    }

    fn push(&mut self, text: &[u8], hash: u64, n: u64) -> Added {
        let index = self.entries.len();
        self.entries.push(Entry { hash, count: n, start: self.arena.len(), len: text.len() });
        self.arena.extend_from_slice(text);
        if self.canonical_bytes() > self.budget {
            self.pass_budget();
            return Added::Hashed;
        }
        Added::New(index)
    }

    fn canonical_bytes(&self) -> u64 {
        self.entries.len() as u64 * ENTRY_BYTES + self.arena.len() as u64
    }

    #[cold]
    #[inline(never)]
    fn grow(&mut self) {
        let n = (self.slots.len() * 2).max(16);
        self.slots = vec![Slot::default(); n];
        let mask = n - 1;
        for (index, entry) in self.entries.iter().enumerate() {
            let text = &self.arena[entry.start..entry.start + entry.len];
            if !self.spill.is_empty() && self.spill.contains_key(text) {
                continue;
            }
            let mut at = entry.hash as usize & mask;
            let mut probes = 0;
            while self.slots[at].entry != 0 && probes < MAX_PROBE {
                at = (at + 1) & mask;
                probes += 1;
            }
            if probes < MAX_PROBE {
                self.slots[at] = Slot { hash: entry.hash, entry: index as u32 + 1 };
            } else {
                self.spill.insert(text.into(), index as u32);
            }
        }
    }

    #[cold]
    #[inline(never)]
    fn pass_budget(&mut self) {
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
        hashed.add_entries(self.entries.iter().map(|entry| (entry.hash, entry.count)).collect());
        self.hashed = Some(hashed);
        self.slots = Vec::new();
        self.spill = BTreeMap::new();
        let (entries, arena) = (std::mem::take(&mut self.entries), std::mem::take(&mut self.arena));
        self.passed = Some(Passed { entries, arena });
    }

    /// Makes the buckets of hashes as coarse as the budget asks: to be called when all cells are counted.
    pub fn settle(&mut self) {
        if let Some(hashed) = &mut self.hashed {
            hashed.settle();
        }
    }

    /// The values that were held when the budget was passed, once: for those who count per value what is then to be
    /// counted per cell.
    pub fn take_passed(&mut self) -> Option<Passed> {
        self.passed.take()
    }

    /// Joins the values of other cells. Both sides have the same budget and seed.
    pub fn merge(&mut self, other: &Texts) {
        if let Some(others) = &other.hashed {
            self.pass_budget();
            if let Some(hashed) = &mut self.hashed {
                hashed.merge(others);
            }
            return;
        }
        for counted in other.unsorted() {
            self.add(counted.text, counted.hash, counted.count);
        }
        self.settle();
    }

    /// The values in no order that means anything; none past the budget.
    pub fn unsorted(&self) -> impl Iterator<Item = Counted<'_>> {
        self.entries.iter().map(|entry| Counted {
            hash: entry.hash,
            text: &self.arena[entry.start..entry.start + entry.len],
            count: entry.count,
        })
    }

    /// The values by rising hash, then bytes; empty past the budget.
    pub fn sorted(&self) -> Vec<Counted<'_>> {
        let mut all: Vec<Counted<'_>> = self.unsorted().collect();
        all.sort_unstable_by(|a, b| a.hash.cmp(&b.hash).then_with(|| a.text.cmp(b.text)));
        all
    }

    /// The bytes of the value at this index.
    pub fn text(&self, index: usize) -> &[u8] {
        self.entries.get(index).map_or(&[], |entry| &self.arena[entry.start..entry.start + entry.len])
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
        match &self.hashed {
            Some(hashed) => {
                1u8.pack(out);
                hashed.pack(out);
            }
            None => {
                0u8.pack(out);
                let entries = self.sorted();
                (entries.len() as u64).pack(out);
                for entry in entries {
                    entry.count.pack(out);
                    (entry.text.len() as u64).pack(out);
                    out.extend_from_slice(entry.text);
                }
            }
        }
    }

    fn unpack(input: &mut &[u8]) -> Result<Texts> {
        let mut texts = Texts::new(u64::unpack(input)?, u64::unpack(input)?);
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
            texts.add(text, text_hash(text), count);
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
