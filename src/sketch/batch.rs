//! The valid cells of one column of a block, gathered by the parsing kernels and counted together: the second half of a
//! scan's work on a cell, which is the same for every format.

use super::column::{ColumnState, Tallying, Values};
use super::front::Seen;
use super::scan::{Context, row_step};
use super::table::{Key, SEED};
use super::texts::text_hash;
use crate::cell::classify::classify;

/// Reused from block to block, so that nothing is allocated per cell.
#[derive(Default)]
pub struct Batch {
    /// The keys of ordered cells, in file order.
    pub keys: Vec<u64>,
    /// Where the bytes of text cells lie, in file order.
    pub texts: Vec<Span>,
    /// The block's row of each cell.
    pub rows: Vec<u32>,
    /// The hash under which each is counted.
    pub hashes: Vec<u64>,
    /// Texts that are not as they stand in the block.
    pub undone: Vec<u8>,
}

/// Where a text lies: in the block's bytes, or in those that were undone.
#[derive(Debug, Clone, Copy)]
pub struct Span {
    start: u32,
    len: u32,
}

/// Blocks have less than 2^31 bytes.
const UNDONE: u32 = 1 << 31;

impl Span {
    /// In the block's bytes.
    #[inline]
    pub fn block(start: usize, len: usize) -> Span {
        Span { start: start as u32, len: len as u32 }
    }

    /// In the bytes that were undone.
    #[inline]
    pub fn undone(start: usize, len: usize) -> Span {
        Span { start: start as u32 | UNDONE, len: len as u32 }
    }

    /// The text.
    #[inline]
    pub fn of<'a>(self, block: &'a [u8], undone: &'a [u8]) -> &'a [u8] {
        let from = if self.start & UNDONE == 0 { block } else { undone };
        &from[(self.start & !UNDONE) as usize..][..self.len as usize]
    }
}

impl Batch {
    /// Drops the cells of the block before.
    pub fn clear(&mut self) {
        self.keys.clear();
        self.texts.clear();
        self.rows.clear();
        self.hashes.clear();
        self.undone.clear();
    }

    /// Adds an ordered cell.
    #[inline]
    pub fn push_key(&mut self, key: u64, row: usize) {
        self.keys.push(key);
        self.rows.push(row as u32);
    }

    /// Adds a text cell.
    #[inline]
    pub fn push_text(&mut self, span: Span, hash: u64, row: usize) {
        self.texts.push(span);
        self.hashes.push(hash);
        self.rows.push(row as u32);
    }

    /// Adds a text that begins at `start` of the bytes that were undone.
    pub fn push_undone(&mut self, start: usize, row: usize) {
        let hash = text_hash(&self.undone[start..]);
        let span = Span::undone(start, self.undone.len() - start);
        self.push_text(span, hash, row);
    }
}

impl ColumnState {
    /// Counts the keys of a batch; `rows` gathers the rows' hashes.
    pub(super) fn count_keys(&mut self, batch: &mut Batch, ctx: &Context<'_>, rows: &mut [u64]) {
        self.valid += batch.keys.len() as u64;
        batch.hashes.extend(batch.keys.iter().map(|key| key.hash(SEED)));
        add_to_rows(batch, ctx.salt, rows);
        if let Values::Keys(keys) = &mut self.values {
            keys.add_each(&batch.keys, &batch.hashes);
        }
    }

    /// Counts the texts of a batch; `bytes` are the block's.
    pub(super) fn count_texts(&mut self, batch: &Batch, bytes: &[u8], ctx: &Context<'_>, rows: &mut [u64]) {
        self.valid += batch.texts.len() as u64;
        add_to_rows(batch, ctx.salt, rows);
        let text = |i: usize| batch.texts[i].of(bytes, &batch.undone);
        self.add_each_text(batch.texts.len(), &text, &batch.hashes);
    }

    /// Counts cells that were met in front of the batches.
    pub(super) fn count_seen(&mut self, seen: &[Seen]) {
        for it in seen {
            let n = u64::from(it.count);
            let (bytes, len, form) = it.cell();
            let text = &bytes[..len];
            self.valid += n;
            let is_text = matches!(self.values, Values::Texts(_));
            if !is_text || self.tallying == Tallying::Cell {
                self.tally.add(classify(text, form), text, n);
            }
            match &mut self.values {
                Values::Keys(keys) => keys.add(it.value, it.value.hash(SEED), n),
                Values::Wide(_) => {}
                Values::Texts(_) => _ = self.add_text(text, it.value, n),
            }
        }
    }
}

fn add_to_rows(batch: &Batch, salt: u64, rows: &mut [u64]) {
    for (&row, &hash) in batch.rows.iter().zip(&batch.hashes) {
        row_step(&mut rows[row as usize], hash, salt);
    }
}
