//! The kernels: one column of a block in, its state filled. Per cell: parse, tally, one hash, one probe of the table.
//! The type is dispatched once per block; nothing here allocates per cell.

use super::column::{ColumnState, Values};
use super::order::Stretch;
use super::places::{LocalPlace, kept};
use super::probe::ColumnProbes;
use super::table::{Key, SEED};
use super::texts::{Added, text_hash};
use crate::block::{Form, TextBlock};
use crate::cell::classify::{Class, Kind, boolean, classify};
use crate::cell::plan::ColumnPlan;
use crate::cell::{Domain, Type, domain, number, parse, temporal, text, tokens};
use crate::num::hash;

/// What the kernels need besides the column's state.
pub struct Context<'a> {
    /// How the column is read.
    pub plan: &'a ColumnPlan,
    /// The row-level rules of the column.
    pub probes: &'a ColumnProbes,
    /// Verdicts on values seen lately.
    pub memo: &'a mut Memo,
    /// Where the segment begins.
    pub segment: u64,
    /// Places kept of each kind.
    pub places: usize,
    /// Mixed into the hash of every cell, so that equal cells of different columns differ.
    pub salt: u64,
    /// For text that is not as it stands in the file.
    pub scratch: &'a mut Vec<u8>,
}

/// Verdicts of the probes: by key for ordered columns (a small direct-mapped cache), by value index for text.
#[derive(Default)]
pub struct Memo {
    keys: Vec<(u128, u64, bool)>,
    texts: Vec<u64>,
}

/// What a missing cell adds to its row's hash.
pub(super) const MISSING: u64 = 0x9ae1_6a3b_2f90_404f;
/// What is mixed into the hash of an invalid cell.
const INVALID: u64 = 0xc2b2_ae3d_27d4_eb4f;

/// Adds a cell to its row's hash: a sum, so that columns may come in any order.
#[inline]
pub fn row_step(row: &mut u64, cell: u64, salt: u64) {
    let h = (cell ^ salt).wrapping_mul(0xff51_afd7_ed55_8ccd);
    *row = row.wrapping_add(h ^ h >> 32);
}

/// One cell's place.
struct At<'a> {
    block: &'a TextBlock<'a>,
    row: usize,
    column: usize,
}

impl At<'_> {
    fn place(&self, segment: u64, present: bool, text: &[u8]) -> LocalPlace {
        let field = self.block.fields[self.row * self.block.n_columns + self.column];
        let start = self.block.rows[self.row];
        // A quoted field begins at its quote, and breaks inside the record come before the cell.
        let at = match field.form() {
            Form::Absent => start.start as usize,
            Form::Quoted | Form::JsonString | Form::JsonEscaped => field.start().saturating_sub(1),
            _ => field.start(),
        };
        let before = &self.block.bytes[(start.start as usize).min(at)..at];
        LocalPlace {
            segment,
            row: Some(self.block.first_row + self.row as u64),
            line: Some(start.line + before.iter().filter(|b| **b == b'\n').count() as u64),
            byte: Some(self.block.base + at as u64),
            text: kept(text),
            present,
        }
    }
}

/// The text of a field as a person means it: quotes and escapes undone.
#[inline]
pub fn field_text<'a>(block: &TextBlock<'a>, index: usize, scratch: &'a mut Vec<u8>) -> (&'a [u8], Form) {
    let field = block.fields[index];
    let form = field.form();
    let raw = field.bytes(block.bytes);
    match form {
        Form::Escaped => {
            scratch.clear();
            text::unquote(raw, raw.first().copied().unwrap_or(b'"'), scratch);
            (scratch, form)
        }
        Form::JsonEscaped => {
            scratch.clear();
            text::unescape_json(raw, scratch);
            (scratch, form)
        }
        _ => (raw, form),
    }
}

/// Whether a field of this form may be a value of this type at all.
#[inline]
pub fn admits(ty: Type, form: Form) -> bool {
    match form {
        Form::Bare | Form::Quoted | Form::Escaped => true,
        Form::JsonString | Form::JsonEscaped => matches!(
            ty,
            Type::Text | Type::Json | Type::Date | Type::Timestamp { .. } | Type::Time | Type::Duration
        ),
        Form::JsonNumber => matches!(ty, Type::Text | Type::Json) || ty.is_numeric(),
        Form::JsonBoolean => matches!(ty, Type::Text | Type::Json | Type::Boolean),
        Form::JsonList => matches!(ty, Type::Text | Type::Json | Type::List),
        Form::JsonObject => matches!(ty, Type::Text | Type::Json),
        Form::Absent | Form::JsonNull => false,
    }
}

impl ColumnState {
    /// Scans one column of a block of text; `rows` gathers the rows' hashes.
    pub fn scan(&mut self, block: &TextBlock<'_>, column: usize, ctx: &mut Context<'_>, rows: &mut [u64]) {
        match ctx.plan.ty {
            Type::Integer => self.scan_integers(block, column, ctx, rows),
            Type::Float => self.scan_floats(block, column, ctx, rows),
            Type::Date => {
                let formats = ctx.plan.formats;
                self.scan_times(block, column, ctx, rows, |text| {
                    temporal::date(text, formats).map(|it| (it, Kind::Date))
                });
            }
            Type::Timestamp { unit, .. } => {
                let formats = ctx.plan.formats;
                self.scan_times(block, column, ctx, rows, |text| {
                    let parsed = temporal::timestamp(text, formats, unit)?;
                    let kind = match (parsed.zoned, text.len() > 12) {
                        (true, _) => Kind::Zoned,
                        (false, true) => Kind::Timestamp,
                        // A day alone, or a short form that only the full classification tells apart.
                        (false, false) => return None,
                    };
                    Some((parsed, kind))
                });
            }
            ty if ty.is_bytes() => self.scan_texts(block, column, ctx, rows),
            _ => self.scan_others(block, column, ctx, rows),
        }
    }

    fn scan_integers(
        &mut self,
        block: &TextBlock<'_>,
        column: usize,
        ctx: &mut Context<'_>,
        rows: &mut [u64],
    ) {
        for (row, hash) in rows.iter_mut().enumerate() {
            let field = block.fields[row * block.n_columns + column];
            if matches!(field.form(), Form::Bare | Form::Quoted | Form::JsonNumber) {
                let raw = field.bytes(block.bytes);
                if let Some(value) = number::integer(raw) {
                    self.tally.add_integer(raw, number::has_leading_zero(raw));
                    self.valid_key(domain::signed(value), At { block, row, column }, ctx, hash);
                    continue;
                }
            }
            self.odd_cell(At { block, row, column }, ctx, hash);
        }
    }

    fn scan_floats(&mut self, block: &TextBlock<'_>, column: usize, ctx: &mut Context<'_>, rows: &mut [u64]) {
        for (row, hash) in rows.iter_mut().enumerate() {
            let field = block.fields[row * block.n_columns + column];
            if matches!(field.form(), Form::Bare | Form::Quoted | Form::JsonNumber) {
                let raw = field.bytes(block.bytes);
                if raw.len() <= 15
                    && let Some(value) = number::integer(raw)
                {
                    self.tally.add_integer(raw, number::has_leading_zero(raw));
                    self.valid_key(domain::float(value as f64), At { block, row, column }, ctx, hash);
                    continue;
                }
                if !number::has_leading_zero(raw)
                    && raw.iter().any(|b| matches!(b, b'.' | b'e' | b'E'))
                    && let Some(value) = number::float(raw)
                {
                    self.tally.kinds[Kind::Float as usize] += 1;
                    self.valid_key(domain::float(value), At { block, row, column }, ctx, hash);
                    continue;
                }
            }
            self.odd_cell(At { block, row, column }, ctx, hash);
        }
    }

    fn scan_times(
        &mut self,
        block: &TextBlock<'_>,
        column: usize,
        ctx: &mut Context<'_>,
        rows: &mut [u64],
        read: impl Fn(&[u8]) -> Option<(temporal::Parsed, Kind)>,
    ) {
        for (row, hash) in rows.iter_mut().enumerate() {
            let field = block.fields[row * block.n_columns + column];
            if matches!(field.form(), Form::Bare | Form::Quoted | Form::JsonString) {
                let raw = field.bytes(block.bytes);
                // Only the ISO format is read by one bit for certain; the tallies of the others are made in full.
                if let Some((parsed, kind)) = read(raw)
                    && parsed.formats == 1
                {
                    let class =
                        Class { kind, width: 0, formats: 1, fraction: parsed.fraction, padded: false };
                    self.tally.add(class, raw, 1);
                    self.valid_key(domain::signed(parsed.value), At { block, row, column }, ctx, hash);
                    continue;
                }
            }
            self.odd_cell(At { block, row, column }, ctx, hash);
        }
    }

    fn scan_others(&mut self, block: &TextBlock<'_>, column: usize, ctx: &mut Context<'_>, rows: &mut [u64]) {
        for (row, hash) in rows.iter_mut().enumerate() {
            let field = block.fields[row * block.n_columns + column];
            if ctx.plan.ty == Type::Boolean
                && matches!(field.form(), Form::Bare | Form::Quoted | Form::JsonBoolean)
            {
                let raw = field.bytes(block.bytes);
                if let Some(value) = boolean(raw) {
                    self.tally.kinds[Kind::Boolean as usize] += 1;
                    self.valid_key(u64::from(value), At { block, row, column }, ctx, hash);
                    continue;
                }
            }
            self.odd_cell(At { block, row, column }, ctx, hash);
        }
    }

    fn scan_texts(&mut self, block: &TextBlock<'_>, column: usize, ctx: &mut Context<'_>, rows: &mut [u64]) {
        let mut scratch = std::mem::take(ctx.scratch);
        for (row, hash) in rows.iter_mut().enumerate() {
            let (raw, form) = field_text(block, row * block.n_columns + column, &mut scratch);
            let at = At { block, row, column };
            if self.is_missing(raw, form, ctx) {
                self.missing_cell(&at, ctx, hash);
            } else if admits(ctx.plan.ty, form) {
                self.valid_text(raw, form, &at, ctx, hash);
            } else {
                self.tally.add(classify(raw, form), raw, 1);
                self.invalid_cell(raw, &at, ctx, hash);
            }
        }
        *ctx.scratch = scratch;
    }

    /// Whether a cell is missing; counts null tokens, whether they are missing here or not.
    fn is_missing(&mut self, text: &[u8], form: Form, ctx: &Context<'_>) -> bool {
        match form {
            Form::Absent | Form::JsonNull => return true,
            Form::Bare | Form::Quoted | Form::Escaped if text.is_empty() || maybe_token(text[0]) => {
                if let Some(token) = tokens::find(number::trim(text)) {
                    let token = if text.is_empty() || token != 0 { token } else { tokens::BLANK };
                    self.tally.add_token(token);
                    if ctx.plan.nulls >> token & 1 == 1 {
                        return true;
                    }
                }
            }
            _ => {}
        }
        if ctx.plan.more_nulls.is_empty() {
            return false;
        }
        match ctx.plan.more_nulls.iter().position(|null| null.as_bytes() == text) {
            Some(at) => {
                self.more_nulls[at] += 1;
                true
            }
            None => false,
        }
    }

    /// A cell that the fast path did not take: missing, padded, of another form, or invalid.
    #[cold]
    #[inline(never)]
    fn odd_cell(&mut self, at: At<'_>, ctx: &mut Context<'_>, row: &mut u64) {
        let mut scratch = std::mem::take(ctx.scratch);
        let (raw, form) = field_text(at.block, at.row * at.block.n_columns + at.column, &mut scratch);
        if self.is_missing(raw, form, ctx) {
            self.missing_cell(&at, ctx, row);
        } else {
            if tokens::find(number::trim(raw)).is_none()
                || !matches!(form, Form::Bare | Form::Quoted | Form::Escaped)
            {
                self.tally.add(classify(raw, form), raw, 1);
            }
            let trimmed = if form == Form::JsonNumber { raw } else { number::trim(raw) };
            match if admits(ctx.plan.ty, form) { parse::key(trimmed, ctx.plan) } else { None } {
                Some(key) if Domain::of(ctx.plan.ty).is_some_and(|it| it.bits() == 128) => {
                    self.valid_wide(key, at, ctx, row);
                }
                Some(key) => self.valid_key(key as u64, at, ctx, row),
                None => self.invalid_cell(raw, &at, ctx, row),
            }
        }
        *ctx.scratch = scratch;
    }

    #[inline]
    fn valid_key(&mut self, key: u64, at: At<'_>, ctx: &mut Context<'_>, row: &mut u64) {
        self.valid += 1;
        let hash = key.hash(SEED);
        if let Values::Keys(keys) = &mut self.values {
            keys.add(key, hash, 1);
        }
        row_step(row, hash, ctx.salt);
        self.follow(key.into(), ctx.segment);
        if ctx.probes.watches() {
            self.probe_key(key.into(), hash, &at, ctx);
        }
    }

    fn valid_wide(&mut self, key: u128, at: At<'_>, ctx: &mut Context<'_>, row: &mut u64) {
        self.valid += 1;
        let hash = key.hash(SEED);
        if let Values::Wide(keys) = &mut self.values {
            keys.add(key, hash, 1);
        }
        row_step(row, hash, ctx.salt);
        self.follow(key, ctx.segment);
        if ctx.probes.watches() {
            self.probe_key(key, hash, &at, ctx);
        }
    }

    #[inline]
    pub(super) fn follow(&mut self, key: u128, segment: u64) {
        match self.order.last_mut() {
            Some(stretch) if stretch.segment == segment => stretch.push(key),
            _ => self.order.push(Stretch::new(segment, key)),
        }
    }

    #[inline]
    fn valid_text(&mut self, raw: &[u8], form: Form, at: &At<'_>, ctx: &mut Context<'_>, row: &mut u64) {
        self.valid += 1;
        let hash = text_hash(raw);
        if self.tallying == super::column::Tallying::Cell {
            self.tally.add(classify(raw, form), raw, 1);
        }
        let added = self.add_text(raw, hash, 1);
        row_step(row, hash, ctx.salt);
        if ctx.probes.watches() {
            self.probe_text(raw, hash, added, at, ctx);
        }
    }

    fn missing_cell(&mut self, at: &At<'_>, ctx: &Context<'_>, row: &mut u64) {
        self.missing += 1;
        row_step(row, MISSING, ctx.salt);
        if ctx.probes.required {
            self.lacking.add(ctx.places, || at.place(ctx.segment, false, b""));
        }
    }

    fn invalid_cell(&mut self, raw: &[u8], at: &At<'_>, ctx: &Context<'_>, row: &mut u64) {
        row_step(row, text_hash(raw) ^ INVALID, ctx.salt);
        self.invalid.add(ctx.places, || at.place(ctx.segment, true, raw));
    }

    fn probe_key(&mut self, key: u128, hash: u64, at: &At<'_>, ctx: &mut Context<'_>) {
        let ty = ctx.plan.ty;
        let verdict = ctx.memo.key(key, hash, || ctx.probes.verdict(parse::value_of(key, ty)));
        let repeated = ctx.probes.repeats_key(key) || ctx.probes.repeats_hash(hash);
        if verdict != 0 || repeated {
            let block = at.block;
            let text = block.fields[at.row * block.n_columns + at.column].bytes(block.bytes);
            self.violation(verdict, repeated, ctx.places, || at.place(ctx.segment, true, text));
        }
    }

    fn probe_text(&mut self, raw: &[u8], hash: u64, added: Added, at: &At<'_>, ctx: &mut Context<'_>) {
        let verdict = ctx.memo.text(added, raw, ctx.probes);
        let repeated = ctx.probes.repeats_text(raw) || ctx.probes.repeats_hash(hash);
        if verdict != 0 || repeated {
            self.violation(verdict, repeated, ctx.places, || at.place(ctx.segment, true, raw));
        }
    }

    /// Records a broken rule, or a repeated value, at a place.
    pub(super) fn violation(
        &mut self,
        verdict: u64,
        repeated: bool,
        places: usize,
        place: impl Fn() -> LocalPlace,
    ) {
        for (rule, broken) in self.broken.iter_mut().enumerate().take(64) {
            if verdict >> rule & 1 == 1 {
                broken.add(places, &place);
            }
        }
        if repeated {
            self.repeated.add(places, &place);
        }
    }
}

/// Whether a null token may begin with this byte.
#[inline]
fn maybe_token(byte: u8) -> bool {
    matches!(byte, b'N' | b'n' | b'#' | b'-' | b'?' | b'.' | b'<' | b'1' | b'\\')
        || byte.is_ascii_whitespace()
}

impl Memo {
    /// The verdict on a key, from the cache or made anew.
    pub fn key(&mut self, key: u128, hash: u64, make: impl FnOnce() -> u64) -> u64 {
        const SLOTS: usize = 256;
        if self.keys.is_empty() {
            self.keys = vec![(0, 0, false); SLOTS];
        }
        let slot = &mut self.keys[hash::mix(hash) as usize % SLOTS];
        if !slot.2 || slot.0 != key {
            *slot = (key, make(), true);
        }
        slot.1
    }

    /// The verdict on a text: by its index while it is held, else made anew.
    pub fn text(&mut self, added: Added, raw: &[u8], probes: &ColumnProbes) -> u64 {
        match added {
            Added::Known(index) if index < self.texts.len() => self.texts[index],
            Added::New(index) | Added::Known(index) => {
                let verdict = probes.text_verdict(raw);
                if index == self.texts.len() {
                    self.texts.push(verdict);
                }
                verdict
            }
            Added::Hashed => probes.text_verdict(raw),
        }
    }
}
