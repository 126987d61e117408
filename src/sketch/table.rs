//! A counting hash table for keys: open addressing, linear probing, every probe bounded, so that crafted collisions
//! end in an ordered map rather than in a quadratic scan. No order gets out: entries leave it sorted.

use std::collections::BTreeMap;

use super::pack::{Pack, damaged};
use super::{quick, radix};
use crate::error::Result;
use crate::num::hash;

/// The furthest a key may lie from its home slot.
const MAX_PROBE: usize = 128;

/// Keys that are looked up together.
const TOGETHER: usize = 32;

/// A key of the table: 64 or 128 bits.
pub trait Key: Copy + Ord + Default + std::fmt::Debug {
    /// 64 or 128.
    const BITS: u32;
    /// The seeded hash.
    fn hash(self, seed: u64) -> u64;
    /// Canonical bytes of an entry: the key and a 64-bit count.
    const ENTRY_BYTES: u64;
    /// `self >> shift`.
    fn shifted(self, shift: u32) -> Self;
    /// The smallest shift at which both are equal.
    fn shift_of_meeting(a: Self, b: Self) -> u32;
    /// The lowest 64 bits.
    fn low(self) -> u64;
    /// Appends the distance from the key before.
    fn pack_step(before: Self, key: Self, out: &mut Vec<u8>);
    /// Takes a key off the front that is above the one before.
    ///
    /// # Errors
    /// `Damaged` where there is none.
    fn unpack_step(before: Option<Self>, input: &mut &[u8]) -> Result<Self>;
    /// Sorts keys.
    fn sort_alone(keys: &mut Vec<Self>);
    /// Sorts entries by rising key.
    fn sort(entries: &mut Vec<(Self, u64)>);
    /// As 128 bits.
    fn wide(self) -> u128;
    /// From 128 bits that came from `wide`.
    fn narrow(wide: u128) -> Self;
}

impl Key for u64 {
    const BITS: u32 = 64;
    const ENTRY_BYTES: u64 = 16;

    #[inline]
    fn hash(self, seed: u64) -> u64 {
        hash::word(seed, self)
    }

    #[inline]
    fn shifted(self, shift: u32) -> u64 {
        self.checked_shr(shift).unwrap_or(0)
    }

    fn shift_of_meeting(a: u64, b: u64) -> u32 {
        64 - (a ^ b).leading_zeros()
    }

    fn pack_step(before: u64, key: u64, out: &mut Vec<u8>) {
        quick::put(key - before, out);
    }

    fn unpack_step(before: Option<u64>, input: &mut &[u8]) -> Result<u64> {
        let step = quick::get(input)?;
        let key = before.unwrap_or(0).checked_add(step).filter(|key| before != Some(*key));
        key.ok_or_else(|| damaged("keys that do not rise"))
    }

    fn sort_alone(keys: &mut Vec<u64>) {
        radix::sort_by_key(keys, |key| *key);
    }

    fn sort(entries: &mut Vec<(u64, u64)>) {
        radix::sort_by_key(entries, |entry| entry.0);
    }

    #[inline]
    fn low(self) -> u64 {
        self
    }

    #[inline]
    fn wide(self) -> u128 {
        self.into()
    }

    fn narrow(wide: u128) -> u64 {
        wide as u64
    }
}

impl Key for u128 {
    const BITS: u32 = 128;
    const ENTRY_BYTES: u64 = 24;

    #[inline]
    fn hash(self, seed: u64) -> u64 {
        hash::wide(seed, self)
    }

    #[inline]
    fn shifted(self, shift: u32) -> u128 {
        self.checked_shr(shift).unwrap_or(0)
    }

    fn shift_of_meeting(a: u128, b: u128) -> u32 {
        128 - (a ^ b).leading_zeros()
    }

    fn pack_step(before: u128, key: u128, out: &mut Vec<u8>) {
        (key - before).pack(out);
    }

    fn unpack_step(before: Option<u128>, input: &mut &[u8]) -> Result<u128> {
        let step = u128::unpack(input)?;
        let key = before.unwrap_or(0).checked_add(step).filter(|key| before != Some(*key));
        key.ok_or_else(|| damaged("keys that do not rise"))
    }

    fn sort_alone(keys: &mut Vec<u128>) {
        keys.sort_unstable();
    }

    fn sort(entries: &mut Vec<(u128, u64)>) {
        crate::order::sort_by_key(entries, |entry| entry.0);
    }

    #[inline]
    fn low(self) -> u64 {
        self as u64
    }

    #[inline]
    fn wide(self) -> u128 {
        self
    }

    fn narrow(wide: u128) -> u128 {
        wide
    }
}

#[derive(Debug, Clone, Copy, Default)]
struct Slot<K> {
    key: K,
    count: u64,
}

/// key → count.
#[derive(Debug, Clone)]
pub struct Table<K> {
    slots: Vec<Slot<K>>,
    len: usize,
    spill: BTreeMap<K, u64>,
}

impl<K: Key> Default for Table<K> {
    fn default() -> Table<K> {
        Table { slots: Vec::new(), len: 0, spill: BTreeMap::new() }
    }
}

impl<K: Key> Table<K> {
    /// All entries, in no order that means anything.
    pub fn entries(&self) -> impl Iterator<Item = (K, u64)> {
        let slots = self.slots.iter().filter(|slot| slot.count > 0).map(|slot| (slot.key, slot.count));
        slots.chain(self.spill.iter().map(|(key, count)| (*key, *count)))
    }

    /// A table of these entries.
    pub fn of(entries: Vec<(K, u64)>) -> Table<K> {
        let mut table = Table::default();
        for (key, n) in entries.into_iter().filter(|entry| entry.1 > 0) {
            table.add(key, key.hash(SEED), n);
        }
        table
    }

    /// How many keys it holds.
    #[inline]
    pub fn len(&self) -> usize {
        self.len + self.spill.len()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Counts a key `n` times under its hash, which is always `key.hash(SEED)`; whether the key is new.
    #[inline]
    pub fn add(&mut self, key: K, hash: u64, n: u64) -> bool {
        if self.len * 4 >= self.slots.len() * 3 {
            self.grow();
        }
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        for _ in 0..MAX_PROBE {
            let slot = &mut self.slots[at];
            if slot.count == 0 {
                if !self.spill.is_empty() && self.spill.contains_key(&key) {
                    break;
                }
                *slot = Slot { key, count: n };
                self.len += 1;
                return true;
            }
            if slot.key == key {
                slot.count += n;
                return false;
            }
            at = (at + 1) & mask;
        }
        let count = self.spill.entry(key).or_insert(0);
        let is_new = *count == 0;
        *count += n;
        is_new
    }

    /// Counts each key once, under its hash, until the table holds more than `most`; how many keys were taken. The home
    /// slots of a few keys at a time are looked at before any is counted, so that their cache misses overlap.
    pub fn add_each(&mut self, keys: &[K], hashes: &[u64], most: usize) -> usize {
        let mut taken = 0;
        for (keys, hashes) in keys.chunks(TOGETHER).zip(hashes.chunks(TOGETHER)) {
            while (self.len + TOGETHER) * 4 >= self.slots.len() * 3 {
                self.grow();
            }
            let mask = self.slots.len() - 1;
            let mut found = 0u32;
            for (i, (key, &hash)) in keys.iter().zip(hashes).enumerate() {
                let slot = &self.slots[hash as usize & mask];
                found |= u32::from((slot.count > 0) & (slot.key == *key)) << i;
            }
            for (i, (key, &hash)) in keys.iter().zip(hashes).enumerate() {
                if found >> i & 1 == 1 {
                    self.slots[hash as usize & mask].count += 1;
                } else {
                    self.add(*key, hash, 1);
                }
            }
            taken += keys.len();
            if self.len() > most {
                break;
            }
        }
        taken
    }

    /// The count of a key under its hash, `key.hash(SEED)`.
    pub fn get(&self, key: K, hash: u64) -> u64 {
        if self.slots.is_empty() {
            return 0;
        }
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        for _ in 0..MAX_PROBE {
            let slot = &self.slots[at];
            if slot.count == 0 {
                break;
            }
            if slot.key == key {
                return slot.count;
            }
            at = (at + 1) & mask;
        }
        self.spill.get(&key).copied().unwrap_or(0)
    }

    #[cold]
    #[inline(never)]
    fn grow(&mut self) {
        let old = std::mem::take(&mut self.slots);
        // Middling tables grow faster, since every growing moves all keys; large ones must not take more than they need.
        let by = if (4_096..1 << 17).contains(&old.len()) { 4 } else { 2 };
        self.slots = vec![Slot::default(); (old.len() * by).max(16)];
        self.len = 0;
        let mask = self.slots.len() - 1;
        for slot in old.into_iter().filter(|slot| slot.count > 0) {
            let mut at = slot.key.hash(SEED) as usize & mask;
            let mut probes = 0;
            while self.slots[at].count != 0 && probes < MAX_PROBE {
                at = (at + 1) & mask;
                probes += 1;
            }
            if probes < MAX_PROBE {
                self.slots[at] = slot;
                self.len += 1;
            } else {
                self.spill.insert(slot.key, slot.count);
            }
        }
    }

    /// All entries, by rising key.
    pub fn sorted(&self) -> Vec<(K, u64)> {
        let mut entries: Vec<(K, u64)> = Vec::with_capacity(self.len());
        entries.extend(self.entries());
        K::sort(&mut entries);
        entries
    }

    /// Adds the counts of another table.
    pub fn merge(&mut self, other: &Table<K>) {
        for (key, n) in other.entries() {
            self.add(key, key.hash(SEED), n);
        }
    }
}

/// The seed of the tables' own hashes. Fixed: crafted collisions cost a map lookup, not a scan.
pub const SEED: u64 = 0x6472_6966_746c_696e;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_like_a_map_whatever_the_hashes_are() {
        let mut table = Table::<u64>::default();
        let mut map = BTreeMap::new();
        let mut x = 1u64;
        for i in 0..20_000u64 {
            x = hash::mix(x);
            let key = x % 3_000;
            table.add(key, key.hash(SEED), 1 + i % 3);
            *map.entry(key).or_insert(0) += 1 + i % 3;
        }
        assert_eq!(table.sorted(), map.into_iter().collect::<Vec<_>>());
    }

    #[test]
    fn crafted_collisions_are_still_counted_and_found() {
        let crafted: Vec<u64> =
            (0..4_000_000u64).filter(|key| key.hash(SEED) & 0x1fff == 0).take(400).collect();
        assert!(crafted.len() > 2 * MAX_PROBE);
        let mut table = Table::<u64>::default();
        for round in 0..3 {
            for &key in &crafted {
                assert_eq!(table.add(key, key.hash(SEED), 1), round == 0, "{key}");
            }
        }
        assert!(crafted.iter().all(|key| table.get(*key, key.hash(SEED)) == 3));
        assert_eq!(table.len(), crafted.len());
    }

    #[test]
    fn keys_counted_together_are_counted_as_one_by_one() {
        let keys: Vec<u64> = (0..5_000u64).map(|i| hash::mix(i) % 700).collect();
        let hashes: Vec<u64> = keys.iter().map(|key| key.hash(SEED)).collect();
        let (mut together, mut single) = (Table::<u64>::default(), Table::<u64>::default());
        assert_eq!(together.add_each(&keys, &hashes, usize::MAX), keys.len());
        keys.iter().zip(&hashes).for_each(|(key, hash)| _ = single.add(*key, *hash, 1));
        assert_eq!(together.sorted(), single.sorted());
        let mut full = Table::<u64>::default();
        let taken = full.add_each(&keys, &hashes, 100);
        assert!(full.len() > 100 && full.len() <= 100 + TOGETHER && taken < keys.len());
    }
}
