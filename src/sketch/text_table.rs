//! A counting hash table for texts: open addressing with bounded probes over records that hold hash, count and bytes side
//! by side, so that a text that is there costs two cache misses and a new one one. No order that means anything gets out.

use std::collections::BTreeMap;

/// The furthest a text may lie from its home slot.
const MAX_PROBE: usize = 128;

/// Texts that are looked up together.
pub(super) const TOGETHER: usize = 32;

/// Bytes of a record before its text: hash, count, length, index.
const HEADER: usize = 24;

/// Records begin at multiples of it, so that 32 bits tell where.
const ALIGN: usize = 8;

/// A text with its count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted<'a> {
    /// Its hash.
    pub hash: u64,
    /// Its bytes.
    pub text: &'a [u8],
    /// How many cells hold it.
    pub count: u64,
}

/// A text with its count, by where it lies.
#[derive(Debug, Clone, Copy)]
pub struct Record {
    /// Its hash.
    pub hash: u64,
    /// How many cells hold it.
    pub count: u64,
    /// Where its bytes begin.
    pub start: usize,
    /// How many they are.
    pub len: u32,
}

impl Record {
    /// Its bytes.
    #[inline]
    pub fn text(self, arena: &[u8]) -> &[u8] {
        &arena[self.start..self.start + self.len as usize]
    }
}

/// Where a record is, and enough of its hash to pass most others by.
#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    tag: u32,
    /// In multiples of [`ALIGN`], plus one; 0 is empty.
    at: u32,
}

impl Slot {
    #[inline]
    fn new(hash: u64, at: usize) -> Slot {
        Slot { tag: tag(hash), at: (at / ALIGN) as u32 + 1 }
    }

    #[inline]
    fn record(self) -> usize {
        (self.at as usize - 1) * ALIGN
    }
}

#[inline]
fn tag(hash: u64) -> u32 {
    (hash >> 32) as u32
}

/// text → count.
#[derive(Debug, Clone, Default)]
pub struct TextTable {
    slots: Vec<Slot>,
    arena: Vec<u8>,
    len: usize,
    /// Bytes of all texts.
    bytes: u64,
    /// Texts too far from home.
    spill: BTreeMap<Box<[u8]>, usize>,
}

impl TextTable {
    /// The most bytes of texts and records (16 each) that it may hold: that is as far as its slots reach.
    pub const MOST_BYTES: u64 = 8 << 30;

    /// How many texts it holds.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Bytes of all its texts.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// The texts as they came.
    pub fn iter(&self) -> impl Iterator<Item = Counted<'_>> {
        let mut at = 0;
        std::iter::from_fn(move || {
            let found = (at < self.arena.len()).then(|| Counted {
                hash: self.word(at),
                text: self.text(at),
                count: self.word(at + 8),
            })?;
            at += record_bytes(found.text.len());
            Some(found)
        })
    }

    /// The texts as they came, and the bytes that they lie in.
    pub fn into_records(self) -> (Vec<u8>, Vec<Record>) {
        let mut records = Vec::with_capacity(self.len);
        let mut at = 0;
        while at < self.arena.len() {
            let len = self.length(at);
            records.push(Record {
                hash: self.word(at),
                count: self.word(at + 8),
                start: at + HEADER,
                len: len as u32,
            });
            at += record_bytes(len);
        }
        (self.arena, records)
    }

    /// Counts a text `n` times under its hash: its index, by first appearance, and whether it is new.
    #[inline]
    pub fn add(&mut self, text: &[u8], hash: u64, n: u64) -> (usize, bool) {
        if self.len * 4 >= self.slots.len() * 3 {
            self.grow();
        }
        let mask = self.slots.len() - 1;
        let mut home = hash as usize & mask;
        for _ in 0..MAX_PROBE {
            let slot = self.slots[home];
            if slot.at == 0 {
                if !self.spill.is_empty() && self.spill.contains_key(text) {
                    break;
                }
                self.slots[home] = Slot::new(hash, self.arena.len());
                return (self.push(text, hash, n), true);
            }
            if slot.tag == tag(hash) && self.text(slot.record()) == text {
                return (self.count(slot.record(), n), false);
            }
            home = (home + 1) & mask;
        }
        self.add_spilled(text, hash, n)
    }

    /// Counts at most [`TOGETHER`] texts once each. Their slots, and then their records, are looked at before any is
    /// counted, so that their cache misses overlap.
    pub fn add_each<'a>(&mut self, text: &impl Fn(usize) -> &'a [u8], hashes: &[u64]) {
        while (self.len + TOGETHER) * 4 >= self.slots.len() * 3 {
            self.grow();
        }
        let mask = self.slots.len() - 1;
        let mut homes = [0u32; TOGETHER];
        for (home, &hash) in homes.iter_mut().zip(hashes) {
            let slot = self.slots[hash as usize & mask];
            *home = if slot.tag == tag(hash) { slot.at } else { 0 };
        }
        let mut lengths = [0u32; TOGETHER];
        for (length, &home) in lengths.iter_mut().zip(&homes).filter(|(_, home)| **home > 0) {
            *length = self.length((home as usize - 1) * ALIGN) as u32;
        }
        for (i, &hash) in hashes.iter().enumerate() {
            let text = text(i);
            if homes[i] > 0 && lengths[i] as usize == text.len() {
                let at = (homes[i] as usize - 1) * ALIGN;
                if equal(&self.arena[at + HEADER..at + HEADER + text.len()], text) {
                    self.count(at, 1);
                    continue;
                }
            }
            self.add(text, hash, 1);
        }
    }

    #[cold]
    fn add_spilled(&mut self, text: &[u8], hash: u64, n: u64) -> (usize, bool) {
        if let Some(&at) = self.spill.get(text) {
            return (self.count(at, n), false);
        }
        self.spill.insert(text.into(), self.arena.len());
        (self.push(text, hash, n), true)
    }

    fn push(&mut self, text: &[u8], hash: u64, n: u64) -> usize {
        let index = self.len;
        self.len += 1;
        self.bytes += text.len() as u64;
        let end = self.arena.len() + record_bytes(text.len());
        self.arena.extend_from_slice(&hash.to_le_bytes());
        self.arena.extend_from_slice(&n.to_le_bytes());
        self.arena.extend_from_slice(&(text.len() as u64 | (index as u64) << 32).to_le_bytes());
        self.arena.extend_from_slice(text);
        self.arena.resize(end, 0);
        index
    }

    /// Counts a record; its index.
    #[inline]
    fn count(&mut self, at: usize, n: u64) -> usize {
        let count = self.word(at + 8) + n;
        self.arena[at + 8..at + 16].copy_from_slice(&count.to_le_bytes());
        (self.word(at + 16) >> 32) as usize
    }

    #[inline]
    fn word(&self, at: usize) -> u64 {
        let mut word = [0; 8];
        word.copy_from_slice(&self.arena[at..at + 8]);
        u64::from_le_bytes(word)
    }

    #[inline]
    fn length(&self, at: usize) -> usize {
        self.word(at + 16) as u32 as usize
    }

    #[inline]
    fn text(&self, at: usize) -> &[u8] {
        &self.arena[at + HEADER..at + HEADER + self.length(at)]
    }

    #[cold]
    #[inline(never)]
    fn grow(&mut self) {
        // Middling tables grow faster, since every growing moves all slots.
        let by = if (4_096..1 << 17).contains(&self.slots.len()) { 4 } else { 2 };
        self.slots = vec![Slot::default(); (self.slots.len() * by).max(64)];
        let mask = self.slots.len() - 1;
        let mut at = 0;
        while at < self.arena.len() {
            let hash = self.word(at);
            if self.spill.is_empty() || !self.spill.contains_key(self.text(at)) {
                let mut home = hash as usize & mask;
                let mut probes = 0;
                while self.slots[home].at != 0 && probes < MAX_PROBE {
                    home = (home + 1) & mask;
                    probes += 1;
                }
                if probes < MAX_PROBE {
                    self.slots[home] = Slot::new(hash, at);
                } else {
                    self.spill.insert(self.text(at).into(), at);
                }
            }
            at += record_bytes(self.length(at));
        }
    }
}

#[inline]
fn record_bytes(text: usize) -> usize {
    (HEADER + text).next_multiple_of(ALIGN)
}

/// Whether two texts of one length are equal; short ones, as most are, without a call.
#[inline]
fn equal(a: &[u8], b: &[u8]) -> bool {
    let n = b.len();
    if a.len() != n || n > 64 {
        return a == b;
    }
    let eight = |bytes: &[u8], at: usize| {
        let mut word = [0; 8];
        word.copy_from_slice(&bytes[at..at + 8]);
        u64::from_le_bytes(word)
    };
    if n < 8 {
        return a.iter().zip(b).all(|(a, b)| a == b);
    }
    let mut differs = eight(a, n - 8) ^ eight(b, n - 8);
    for at in (0..n - 8).step_by(8) {
        differs |= eight(a, at) ^ eight(b, at);
    }
    differs == 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::num::hash;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_counts_like_a_map_whatever_the_hashes_are(
            texts in proptest::collection::vec("[ab]{0,3}|[a-d]{7,9}|[a-z]{60,70}", 0..400),
            weak in 0u32..64,
            cut in 1..=TOGETHER,
        ) {
            let hashed = |text: &String| hash::bytes(1, text.as_bytes()) >> weak << weak;
            let mut expected: BTreeMap<&[u8], u64> = BTreeMap::new();
            let (mut single, mut together) = (TextTable::default(), TextTable::default());
            for texts in texts.chunks(cut) {
                let hashes: Vec<u64> = texts.iter().map(hashed).collect();
                together.add_each(&|i: usize| texts[i].as_bytes(), &hashes);
                for (text, hash) in texts.iter().zip(hashes) {
                    let count = expected.entry(text.as_bytes()).or_insert(0);
                    *count += 1;
                    let before = single.len();
                    let (index, is_new) = single.add(text.as_bytes(), hash, 1);
                    prop_assert_eq!(is_new, *count == 1);
                    prop_assert_eq!(single.len(), before + usize::from(is_new));
                    prop_assert_eq!(single.iter().nth(index).unwrap().text, text.as_bytes());
                }
            }
            for table in [single, together] {
                let found: BTreeMap<&[u8], u64> = table.iter().map(|it| (it.text, it.count)).collect();
                prop_assert_eq!(&found, &expected);
                prop_assert_eq!(table.bytes(), expected.keys().map(|it| it.len() as u64).sum::<u64>());
            }
        }

        #[test]
        fn short_texts_are_equal_as_slices_are(a in "[ab]{0,40}", b in "[ab]{0,40}", at in 0usize..40) {
            prop_assert_eq!(equal(a.as_bytes(), b.as_bytes()), a == b);
            let mut near = a.clone().into_bytes();
            prop_assert!(equal(&near, a.as_bytes()));
            if let Some(byte) = near.get_mut(at) {
                *byte ^= 1;
                prop_assert!(!equal(&near, a.as_bytes()));
            }
        }
    }

    #[test]
    fn texts_of_one_hash_spill_and_stay_apart() {
        let mut table = TextTable::default();
        for round in 0..2u64 {
            for i in 0..2_000u32 {
                table.add(i.to_string().as_bytes(), 42, 1 + round);
            }
        }
        assert_eq!(table.len(), 2_000);
        assert!(!table.spill.is_empty());
        assert!(table.iter().all(|it| it.count == 3));
    }
}
