//! The cells of a dictionary column counted by code: each value is hashed once a dictionary, and counted once with the
//! number of its cells.

use super::column::ColumnState;
use super::texts::text_hash;
use crate::block::Strings;

/// The dictionary that a column's cells are codes of, with the cells of each code so far.
#[derive(Debug, Default)]
pub struct ByCode {
    dictionary: Option<u64>,
    offsets: Vec<i32>,
    bytes: Vec<u8>,
    hashes: Vec<u64>,
    counts: Vec<u64>,
}

impl ByCode {
    /// Makes this the dictionary. Cells of the one before are counted in the column's state.
    pub fn turn_to(&mut self, dictionary: u64, strings: &Strings<'_>, state: &mut ColumnState) {
        if self.dictionary == Some(dictionary) {
            return;
        }
        self.count_into(state);
        self.dictionary = Some(dictionary);
        let first = strings.offsets.first().copied().unwrap_or(0);
        let last = strings.offsets.last().copied().unwrap_or(0);
        self.offsets.clear();
        self.offsets.extend(strings.offsets.iter().map(|offset| offset - first));
        self.bytes.clear();
        self.bytes.extend_from_slice(&strings.bytes[first as usize..last as usize]);
        self.hashes.clear();
        self.hashes.extend((0..strings.len()).map(|code| text_hash(strings.get(code))));
        self.counts.clear();
        self.counts.resize(strings.len(), 0);
    }

    /// Counts a cell of this code; the hash of its value.
    #[inline]
    pub fn count(&mut self, code: u32) -> u64 {
        self.counts[code as usize] += 1;
        self.hashes[code as usize]
    }

    /// Counts the cells so far in the column's state.
    pub fn count_into(&mut self, state: &mut ColumnState) {
        let strings = Strings { offsets: &self.offsets, bytes: &self.bytes };
        for (code, count) in self.counts.iter_mut().enumerate().filter(|it| *it.1 > 0) {
            state.valid += *count;
            state.add_text(strings.get(code), self.hashes[code], *count);
            *count = 0;
        }
    }
}
