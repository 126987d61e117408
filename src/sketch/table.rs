//! A counting hash table for keys: open addressing, linear probing, every probe bounded, so that crafted collisions
//! end in an ordered map rather than in a quadratic scan. No order gets out: entries leave it sorted.

use std::collections::BTreeMap;

use crate::num::hash;

/// The furthest a key may lie from its home slot.
const MAX_PROBE: usize = 128;

/// A key of the table: 64 or 128 bits.
pub trait Key: Copy + Ord + Default + std::fmt::Debug {
    /// The seeded hash.
    fn hash(self, seed: u64) -> u64;
    /// Canonical bytes of an entry: the key and a 64-bit count.
    const ENTRY_BYTES: u64;
    /// `self >> shift`.
    fn shifted(self, shift: u32) -> Self;
    /// As 128 bits.
    fn wide(self) -> u128;
    /// From 128 bits that came from `wide`.
    fn narrow(wide: u128) -> Self;
}

impl Key for u64 {
    const ENTRY_BYTES: u64 = 16;

    #[inline]
    fn hash(self, seed: u64) -> u64 {
        hash::word(seed, self)
    }

    #[inline]
    fn shifted(self, shift: u32) -> u64 {
        self.checked_shr(shift).unwrap_or(0)
    }

    fn wide(self) -> u128 {
        self.into()
    }

    fn narrow(wide: u128) -> u64 {
        wide as u64
    }
}

impl Key for u128 {
    const ENTRY_BYTES: u64 = 24;

    #[inline]
    fn hash(self, seed: u64) -> u64 {
        hash::wide(seed, self)
    }

    #[inline]
    fn shifted(self, shift: u32) -> u128 {
        self.checked_shr(shift).unwrap_or(0)
    }

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
        if self.len * 3 >= self.slots.len() * 2 {
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
        self.slots = vec![Slot::default(); (old.len() * 2).max(16)];
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
        let mut entries: Vec<(K, u64)> =
            self.slots.iter().filter(|slot| slot.count > 0).map(|slot| (slot.key, slot.count)).collect();
        entries.extend(self.spill.iter().map(|(key, count)| (*key, *count)));
        entries.sort_unstable_by_key(|entry| entry.0);
        entries
    }

    /// Adds the counts of another table.
    pub fn merge(&mut self, other: &Table<K>) {
        let slots = other.slots.iter().filter(|slot| slot.count > 0).map(|slot| (slot.key, slot.count));
        for (key, n) in slots.chain(other.spill.iter().map(|(key, n)| (*key, *n))) {
            self.add(key, key.hash(SEED), n);
        }
    }

    /// The table of the keys shifted further, counts added up.
    pub fn coarser(&self, by: u32) -> Table<K> {
        let mut coarse = Table::default();
        let slots = self.slots.iter().filter(|slot| slot.count > 0).map(|slot| (slot.key, slot.count));
        for (key, count) in slots.chain(self.spill.iter().map(|(key, count)| (*key, *count))) {
            let key = key.shifted(by);
            coarse.add(key, key.hash(SEED), count);
        }
        coarse
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
    fn coarser_adds_up_neighbours() {
        let mut table = Table::<u64>::default();
        for key in 0..64u64 {
            table.add(key, key.hash(SEED), key);
        }
        assert_eq!(table.coarser(4).sorted(), vec![(0, 120), (1, 376), (2, 632), (3, 888)]);
    }
}
