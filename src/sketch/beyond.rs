//! What buckets of keys cannot tell, once a column has passed its budget: cells in, distinct values, counts of single
//! values and exact sums out.

use super::count_min::CountMin;
use super::hyperloglog::HyperLogLog;
use super::keys::Shape;
use super::pack::pack_struct;
use super::runs::Entry;
use super::sums::Sums;
use super::table::{Key, SEED};
use crate::cell::{Domain, domain};
use crate::num::hash;

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
    /// Nothing counted yet, for a column of this budget.
    pub fn new(budget: u64) -> Beyond {
        Beyond {
            distinct: HyperLogLog::new(if budget >= 64 << 10 { 14 } else { 12 }),
            counts: CountMin::new(width_bits(budget), DEPTH),
            sums: Sums::default(),
            zeros: 0,
            infinities: (0, 0),
        }
    }

    /// Counts a key `n` times.
    pub fn absorb(&mut self, shape: &Shape, key: u128, hash: u64, n: u64) {
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
    pub fn absorb_each<K: Key>(&mut self, shape: &Shape, keys: &[K], hashes: &[u64]) {
        let mut seeded = [0; TOGETHER];
        for hashes in hashes.chunks(TOGETHER) {
            let seeded = &mut seeded[..hashes.len()];
            seeded.iter_mut().zip(hashes).for_each(|(seeded, hash)| *seeded = hash::mix(hash ^ shape.seed));
            self.distinct.insert_each(seeded);
            if !shape.hashed {
                self.counts.add_each(seeded);
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

    /// Counts entries, equal keys one after the other or not.
    pub fn absorb_run<K: Key>(&mut self, shape: &Shape, run: &[Entry<K>]) {
        let (mut keys, mut hashes) = ([K::default(); TOGETHER], [0; TOGETHER]);
        for entries in run.chunks(TOGETHER) {
            let mut single = 0;
            for &(key, n) in entries {
                if n == 1 {
                    (keys[single], hashes[single]) = (key, key.hash(SEED));
                    single += 1;
                } else {
                    self.absorb(shape, key.wide(), key.hash(SEED), n);
                }
            }
            self.absorb_each(shape, &keys[..single], &hashes[..single]);
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

    /// Joins what is kept of other cells.
    pub fn merge(&mut self, other: &Beyond) {
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
pub(super) const TOGETHER: usize = 128;

/// The Count-Min sketch takes at most a sixteenth of the budget, and never more than 2¹⁴ counters a row.
fn width_bits(budget: u64) -> u8 {
    let counters = (budget / 16 / 8 / u64::from(DEPTH)).clamp(64, 1 << 14);
    (63 - counters.leading_zeros()) as u8
}
