//! The kernel for columns of text: what `scan` is for ordered cells.

use super::batch::{Batch, Span};
use super::column::{ColumnState, Tallying};
use super::scan::{At, Context, admits, maybe_token, row_step, undo};
use super::texts::text_hash;
use crate::block::{Form, TextBlock};
use crate::cell::classify::classify;
use crate::cell::word::Word;
use crate::cell::{number, tokens};

impl ColumnState {
    pub(super) fn scan_texts(
        &mut self,
        block: &TextBlock<'_>,
        column: usize,
        ctx: &mut Context<'_>,
        rows: &mut [u64],
    ) {
        let mut batch = std::mem::take(ctx.batch);
        batch.clear();
        let fields = block.fields.get(column..).unwrap_or_default().iter().step_by(block.n_columns);
        let has_more_nulls = !ctx.plan.more_nulls.is_empty();
        let is_open = ctx.probes.may_remember() && ctx.front.is_open(block.n_columns);
        let mut hits = 0;
        for (row, &field) in fields.enumerate() {
            let word = if is_open { Word::at(block.bytes, field.start(), field.len()) } else { None };
            if let Some(word) = word
                && let Some(hash) = ctx.front.find(word, field)
            {
                hits += 1;
                row_step(&mut rows[row], hash, ctx.salt);
                continue;
            }
            if !field.is_plain() {
                let hash = self.odd_text(&At { block, row, column }, &mut batch, ctx, &mut rows[row]);
                if let (Some(word), Some(hash)) = (word, hash)
                    && ctx.probes.text_verdict(field.bytes(block.bytes)) == 0
                {
                    ctx.front.remember(word, field, hash);
                }
                continue;
            }
            let raw = field.bytes(block.bytes);
            let may_be_token = raw.first().is_none_or(|&byte| maybe_token(byte));
            if (may_be_token || has_more_nulls) && self.is_missing(raw, Form::Bare, ctx) {
                self.missing_cell(&At { block, row, column }, ctx, &mut rows[row]);
                continue;
            }
            let hash = text_hash(raw);
            batch.push_text(Span::block(field.start(), raw.len()), hash, row);
            // A null token that is a value here is tallied cell by cell.
            if let Some(word) = word
                && (!may_be_token || tokens::find(number::trim(raw)).is_none())
                && ctx.probes.text_verdict(raw) == 0
            {
                ctx.front.remember(word, field, hash);
            }
        }
        if self.tallying == Tallying::Cell {
            for (span, &row) in batch.texts.iter().zip(&batch.rows) {
                let form = block.fields[row as usize * block.n_columns + column].form();
                let raw = span.of(block.bytes, &batch.undone);
                self.tally.add(classify(raw, form), raw, 1);
            }
        }
        if ctx.probes.watches() {
            for ((span, &hash), &row) in batch.texts.iter().zip(&batch.hashes).zip(&batch.rows) {
                let raw = span.of(block.bytes, &batch.undone);
                self.valid += 1;
                row_step(&mut rows[row as usize], hash, ctx.salt);
                let added = self.add_text(raw, hash, 1);
                self.probe_text(raw, hash, added, &At { block, row: row as usize, column }, ctx);
            }
        } else {
            self.count_texts(&batch, block.bytes, ctx, rows);
        }
        if is_open {
            let seen = ctx.front.judge(hits, block.n_columns);
            self.count_seen(&seen);
        }
        *ctx.batch = batch;
    }

    /// A text cell that is not as it stands in the block, or of a form that only JSON has; the hash of its text where it
    /// does stand there.
    fn odd_text(
        &mut self,
        at: &At<'_>,
        batch: &mut Batch,
        ctx: &mut Context<'_>,
        hash: &mut u64,
    ) -> Option<u64> {
        let start = batch.undone.len();
        let field = at.block.fields[at.row * at.block.n_columns + at.column];
        let (raw, form) = (field.bytes(at.block.bytes), field.form());
        undo(raw, form, &mut batch.undone);
        let is_undone = matches!(form, Form::Escaped | Form::JsonEscaped);
        let text = if is_undone { &batch.undone[start..] } else { raw };
        if self.is_missing(text, form, ctx) {
            self.missing_cell(at, ctx, hash);
        } else if !admits(ctx.plan, form) {
            self.tally.add(classify(text, form), text, 1);
            self.invalid_cell(text, at, ctx, hash);
        } else if is_undone {
            batch.push_undone(start, at.row);
            return None;
        } else {
            let found = text_hash(raw);
            batch.push_text(Span::block(field.start(), raw.len()), found, at.row);
            batch.undone.truncate(start);
            return Some(found);
        }
        batch.undone.truncate(start);
        None
    }
}
