//! Short cells seen lately, by their bytes → what they counted as. In a column of few spellings, as most are, a cell then
//! costs two loads, one comparison and one addition: it is not parsed or looked up again. A column of many spellings is
//! found out and left alone.

use crate::block::{Field, Form};
use crate::cell::word::{WIDEST, Word};

/// Pairs of all columns together: what stays near while the columns of a block are scanned one after the other.
const ALL_PAIRS: usize = 1 << 17;
/// Pairs of one column, at most.
const MOST_PAIRS: usize = 1 << 12;
/// Where columns are so many that each would have fewer, they only push each other out of the cache.
const LEAST_PAIRS: usize = 1 << 9;
/// Pairs to begin with.
const FIRST_PAIRS: usize = 1 << 7;
/// Cells after which it is judged whether it pays.
const TRIAL: u32 = 2_048;
/// Trials that a column of many spellings is left alone for.
const REST: u32 = 256;

/// One spelling.
#[derive(Debug, Clone, Copy, Default)]
pub struct Seen {
    low: u64,
    high: u64,
    /// The key of an ordered value, the hash of a text.
    pub value: u64,
    /// Length and form of the cell; 0 where there is none.
    shape: u32,
    /// Cells met since it was put here, without the one that put it.
    pub count: u32,
}

impl Seen {
    /// The bytes of the cell, and how it stood there.
    pub fn cell(&self) -> ([u8; WIDEST], usize, Form) {
        let field = Field::of_shape(self.shape);
        (Word::bytes(self.low, self.high), field.len(), field.form())
    }

    #[inline]
    fn is(&self, low: u64, high: u64, shape: u32) -> bool {
        (self.low ^ low) | (self.high ^ high) | u64::from(self.shape ^ shape) == 0
    }
}

/// Two spellings that share a place, in one line of the cache.
#[derive(Debug, Clone, Copy, Default)]
#[repr(align(64))]
struct Pair([Seen; 2]);

/// The spellings of one column.
#[derive(Debug, Default)]
pub struct Front {
    pairs: Vec<Pair>,
    filled: usize,
    hits: u32,
    misses: u32,
    rest: u32,
    was_cleared: bool,
}

impl Front {
    /// Leaves the column alone from now on, whatever its spellings: nothing is held.
    pub fn close(&mut self) {
        *self = Front { rest: u32::MAX, ..Front::default() };
    }

    /// Whether cells are to be looked up; `n_columns` share the room.
    pub fn is_open(&self, n_columns: usize) -> bool {
        self.rest == 0 && most_pairs(n_columns) >= LEAST_PAIRS
    }

    /// The value of this cell, where its spelling is here. The cell is then counted.
    #[inline]
    pub fn find(&mut self, word: Word, field: Field) -> Option<u64> {
        let (low, high, _) = word.parts();
        let home = self.home(low, high);
        let Pair([first, second]) = self.pairs.get_mut(home)?;
        // Which of the two it is must not be guessed by a branch.
        let is_second = second.is(low, high, field.shape());
        if !is_second && !first.is(low, high, field.shape()) {
            self.misses += 1;
            return None;
        }
        let seen = if is_second { second } else { first };
        seen.count += 1;
        Some(seen.value)
    }

    /// Remembers a cell that was counted elsewhere, if there is room.
    #[inline]
    pub fn remember(&mut self, word: Word, field: Field, value: u64) {
        let (low, high, _) = word.parts();
        self.put(Seen { low, high, value, shape: field.shape(), count: 0 });
    }

    #[inline]
    fn put(&mut self, seen: Seen) -> bool {
        let home = self.home(seen.low, seen.high);
        let free = self.pairs.get_mut(home).and_then(|pair| pair.0.iter_mut().find(|it| it.shape == 0));
        let is_put = free.map(|free| *free = seen).is_some();
        self.filled += usize::from(is_put);
        is_put
    }

    /// Judges, once enough cells have come, whether it pays; `hits` have been found since the last time. Returns what is
    /// to be counted now, if anything.
    pub fn judge(&mut self, hits: u32, n_columns: usize) -> Vec<Seen> {
        self.hits += hits;
        if self.rest > 0 {
            self.rest -= 1;
            return Vec::new();
        }
        if self.pairs.is_empty() {
            self.pairs = vec![Pair::default(); FIRST_PAIRS.min(most_pairs(n_columns))];
        }
        if self.hits + self.misses < TRIAL {
            return Vec::new();
        }
        let (hits, misses) = (self.hits, self.misses);
        (self.hits, self.misses) = (0, 0);
        if hits >= misses * 7 {
            self.was_cleared = false;
            // A count of 32 bits is not to overflow.
            let is_due = self.pairs.iter().flat_map(|pair| &pair.0).any(|seen| seen.count > u32::MAX / 2);
            return if is_due { self.take() } else { Vec::new() };
        }
        if self.filled * 3 < self.pairs.len() * 4 {
            return Vec::new();
        }
        if self.pairs.len() < most_pairs(n_columns) {
            return self.grow((self.pairs.len() * 8).min(most_pairs(n_columns)));
        }
        // In a sorted column other spellings come now; else there are too many.
        self.rest = if self.was_cleared { REST } else { 0 };
        self.was_cleared = !self.was_cleared;
        self.take()
    }

    /// All that is to be counted; nothing of it stays.
    pub fn take(&mut self) -> Vec<Seen> {
        self.filled = 0;
        let pairs = std::mem::take(&mut self.pairs);
        if self.rest == 0 {
            self.pairs = vec![Pair::default(); pairs.len()];
        }
        pairs.iter().flat_map(|pair| pair.0).filter(|seen| seen.count > 0).collect()
    }

    /// Grows; what finds no place is to be counted.
    fn grow(&mut self, pairs: usize) -> Vec<Seen> {
        let before = std::mem::replace(&mut self.pairs, vec![Pair::default(); pairs]);
        self.filled = 0;
        let all = before.iter().flat_map(|pair| pair.0).filter(|seen| seen.shape != 0);
        all.filter(|seen| !self.put(*seen) && seen.count > 0).collect()
    }

    #[inline]
    fn home(&self, low: u64, high: u64) -> usize {
        let mixed = (low ^ high.rotate_left(29)).wrapping_mul(0x9E37_79B1_85EB_CA87);
        // The highest bits depend on all bytes. Where there are no pairs, none is found.
        (((mixed >> 32) * self.pairs.len() as u64) >> 32) as usize
    }
}

fn most_pairs(n_columns: usize) -> usize {
    let share = ALL_PAIRS / n_columns.max(1);
    if share == 0 { 0 } else { 1 << share.ilog2().min(MOST_PAIRS.ilog2()) }
}
