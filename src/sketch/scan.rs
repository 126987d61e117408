//! The kernels for text blocks: one column of a block in, its state filled. Per cell: parse and tally, here, then one hash
//! and one probe of the table, in `batch`. The type is dispatched once per block; nothing here allocates per cell.

use super::batch::Batch;
use super::by_code::ByCode;
use super::column::{ColumnState, Values};
use super::front::Front;
use super::memo::Memo;
use super::order::{Stretch, Trail};
use super::places::{LocalPlace, kept};
use super::probe::ColumnProbes;
use super::table::{Key, SEED};
use super::tally::{Integers, Times};
use super::texts::{Added, text_hash};
use crate::block::{Form, TextBlock};
use crate::cell::classify::{Kind, boolean, classify};
use crate::cell::plan::{ColumnPlan, NO_NULL, OWN_FORM, PLAIN};
use crate::cell::word::Word;
use crate::cell::{Domain, Type, domain, number, parse, temporal, text, tokens};

/// What the kernels need besides the column's state.
pub struct Context<'a> {
    /// How the column is read.
    pub plan: &'a ColumnPlan,
    /// The row-level rules of the column.
    pub probes: &'a ColumnProbes,
    /// Verdicts on values seen lately.
    pub memo: &'a mut Memo,
    /// Short cells seen lately.
    pub front: &'a mut Front,
    /// The cells of a dictionary column.
    pub by_code: &'a mut ByCode,
    /// Where the segment begins.
    pub segment: u64,
    /// Places kept of each kind.
    pub places: usize,
    /// Mixed into the hash of every cell, so that equal cells of different columns differ.
    pub salt: u64,
    /// The valid cells of the block on their way to the state.
    pub batch: &'a mut Batch,
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
pub(super) struct At<'a> {
    pub(super) block: &'a TextBlock<'a>,
    pub(super) row: usize,
    pub(super) column: usize,
}

impl At<'_> {
    pub(super) fn place(&self, segment: u64, present: bool, text: &[u8]) -> LocalPlace {
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
    let (raw, form) = (field.bytes(block.bytes), field.form());
    scratch.clear();
    undo(raw, form, scratch);
    if matches!(form, Form::Escaped | Form::JsonEscaped) { (scratch, form) } else { (raw, form) }
}

/// Appends the text of an escaped field; nothing of one that is as it stands.
pub(super) fn undo(raw: &[u8], form: Form, text: &mut Vec<u8>) {
    match form {
        Form::Escaped => text::unquote(raw, raw.first().copied().unwrap_or(b'"'), text),
        Form::JsonEscaped => text::unescape_json(raw, text),
        _ => {}
    }
}

/// Whether a field of this form may be a value of this column at all.
#[inline]
pub fn admits(plan: &ColumnPlan, form: Form) -> bool {
    let ty = plan.ty;
    if plan.formats & OWN_FORM != 0 && matches!(ty, Type::Text | Type::Json) {
        return match form {
            Form::JsonString | Form::JsonEscaped => ty == Type::Text,
            Form::JsonObject => ty == Type::Json,
            form => matches!(form, Form::Bare | Form::Quoted | Form::Escaped),
        };
    }
    match form {
        Form::Bare | Form::Quoted | Form::Escaped => true,
        Form::JsonString | Form::JsonEscaped => matches!(
            ty,
            Type::Text | Type::Json | Type::Date | Type::Timestamp { .. } | Type::Time | Type::Duration
        ),
        Form::JsonNumber => {
            matches!(ty, Type::Text | Type::Json) || ty.is_numeric() || plan.spelled.is_some()
        }
        Form::JsonBoolean => matches!(ty, Type::Text | Type::Json | Type::Boolean),
        Form::JsonList | Form::JsonObject if ty == Type::Text => plan.formats & PLAIN == 0,
        Form::JsonList => matches!(ty, Type::Json | Type::List),
        Form::JsonObject => ty == Type::Json,
        Form::Absent | Form::JsonNull => false,
    }
}

impl ColumnState {
    /// Scans one column of a block of text; `rows` gathers the rows' hashes.
    pub fn scan(&mut self, block: &TextBlock<'_>, column: usize, ctx: &mut Context<'_>, rows: &mut [u64]) {
        match ctx.plan.ty {
            Type::Date | Type::Timestamp { .. }
                if cfg!(feature = "contract") && ctx.plan.spelled.is_some() =>
            {
                self.scan_ordered(block, column, ctx, rows, |_, _, _| None);
            }
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
            Type::Boolean => self.scan_booleans(block, column, ctx, rows),
            ty if ty.is_bytes() => self.scan_texts(block, column, ctx, rows),
            ty if Domain::of(ty).is_some_and(|it| it.bits() == 128) => {
                self.scan_wides(block, column, ctx, rows);
            }
            _ => self.scan_ordered(block, column, ctx, rows, |_, _, _| None),
        }
    }

    fn scan_integers(
        &mut self,
        block: &TextBlock<'_>,
        column: usize,
        ctx: &mut Context<'_>,
        rows: &mut [u64],
    ) {
        let mut integers = Integers::default();
        self.scan_ordered(block, column, ctx, rows, |raw, word, _| {
            let value = word.and_then(Word::integer).or_else(|| number::integer(raw))?;
            integers.add(raw);
            Some(domain::signed(value))
        });
        self.tally.add_integers(&integers);
    }

    fn scan_floats(&mut self, block: &TextBlock<'_>, column: usize, ctx: &mut Context<'_>, rows: &mut [u64]) {
        let mut integers = Integers::default();
        let mut floats = 0;
        self.scan_ordered(block, column, ctx, rows, |raw, word, _| {
            let decimal = match word {
                Some(word) => word.plain_decimal(),
                None => number::plain_decimal(raw),
            };
            if let Some(value) = decimal {
                floats += 1;
                return Some(domain::float(value));
            }
            if raw.len() <= 15
                && let Some(value) = number::integer(raw)
            {
                integers.add(raw);
                return Some(domain::float(value as f64));
            }
            if number::has_leading_zero(raw) || !raw.iter().any(|b| matches!(b, b'.' | b'e' | b'E')) {
                return None;
            }
            let value = number::float(raw)?;
            floats += 1;
            Some(domain::float(value))
        });
        self.tally.add_integers(&integers);
        self.tally.kinds[Kind::Float as usize] += floats;
    }

    fn scan_times(
        &mut self,
        block: &TextBlock<'_>,
        column: usize,
        ctx: &mut Context<'_>,
        rows: &mut [u64],
        read: impl Fn(&[u8]) -> Option<(temporal::Parsed, Kind)>,
    ) {
        let mut times = Times::default();
        self.scan_ordered(block, column, ctx, rows, |raw, _, _| {
            // Only the ISO format is read by one bit for certain; the tallies of the others are made in full.
            let (parsed, kind) = read(raw).filter(|(parsed, _)| parsed.formats == 1)?;
            times.add(kind, parsed.fraction);
            Some(domain::signed(parsed.value))
        });
        self.tally.add_times(&times);
    }

    fn scan_booleans(
        &mut self,
        block: &TextBlock<'_>,
        column: usize,
        ctx: &mut Context<'_>,
        rows: &mut [u64],
    ) {
        let mut booleans = 0;
        self.scan_ordered(block, column, ctx, rows, |raw, _, form| {
            let value = boolean(raw).filter(|_| form != Form::JsonString)?;
            booleans += 1;
            Some(u64::from(value))
        });
        self.tally.kinds[Kind::Boolean as usize] += booleans;
    }

    /// Scans a column of 64-bit keys: `read` takes the text of an unescaped cell as it usually stands, and tallies it;
    /// what it does not take goes the long way.
    #[inline(always)]
    fn scan_ordered(
        &mut self,
        block: &TextBlock<'_>,
        column: usize,
        ctx: &mut Context<'_>,
        rows: &mut [u64],
        mut read: impl FnMut(&[u8], Option<Word>, Form) -> Option<u64>,
    ) {
        let mut batch = std::mem::take(ctx.batch);
        batch.clear();
        let fields = block.fields.get(column..).unwrap_or_default().iter().step_by(block.n_columns);
        let is_open = ctx.probes.may_remember() && ctx.front.is_open(block.n_columns);
        let empty_is_missing = ctx.plan.nulls & 1 == 1;
        let more_nulls = &ctx.plan.more_nulls;
        let is_null = |raw: &[u8]| more_nulls.iter().any(|it| it.as_bytes() == raw);
        let mut trail = self.trail(ctx.segment);
        let (mut empty, mut hits) = (0, 0);
        for (row, &field) in fields.enumerate() {
            let word = Word::at(block.bytes, field.start(), field.len());
            if is_open
                && let Some(word) = word
                && let Some(key) = ctx.front.find(word, field)
            {
                hits += 1;
                trail.push(key);
                row_step(&mut rows[row], key.hash(SEED), ctx.salt);
                continue;
            }
            let raw = field.bytes(block.bytes);
            let form = field.form();
            if raw.is_empty() && empty_is_missing && field.is_plain() {
                empty += 1;
                self.missing_cell(&At { block, row, column }, ctx, &mut rows[row]);
                continue;
            }
            let is_usual = match form {
                Form::Bare | Form::Quoted => true,
                Form::JsonNumber | Form::JsonBoolean | Form::JsonString => admits(ctx.plan, form),
                _ => false,
            };
            let told = if is_usual && !is_null(raw) { read(raw, word, form) } else { None };
            let key = match told {
                Some(key) => key,
                None => match self.odd_cell(&At { block, row, column }, ctx, &mut rows[row]) {
                    Some(key) if tokens::find(number::trim(raw)).is_none() => key as u64,
                    Some(key) => {
                        // A null token that is a value here: its cells are tallied one by one.
                        trail.push(key as u64);
                        batch.push_key(key as u64, row);
                        continue;
                    }
                    None => continue,
                },
            };
            trail.push(key);
            batch.push_key(key, row);
            if is_open
                && is_usual
                && let Some(word) = word
                && (ctx.probes.rules.is_empty()
                    || ctx.probes.verdict(parse::value_of(key.into(), ctx.plan.ty)) == 0)
            {
                ctx.front.remember(word, field, key);
            }
        }
        trail.keep(ctx.segment, &mut self.order);
        self.tally.tokens[0] += empty;
        self.count_keys(&mut batch, ctx, rows);
        if ctx.probes.watches() {
            for ((&key, &hash), &row) in batch.keys.iter().zip(&batch.hashes).zip(&batch.rows) {
                self.probe_key(key.into(), hash, &At { block, row: row as usize, column }, ctx);
            }
        }
        if is_open {
            let seen = ctx.front.judge(hits, block.n_columns);
            self.count_seen(&seen);
        }
        *ctx.batch = batch;
    }

    /// Keys of 128 bits are seldom: every cell goes the long way.
    fn scan_wides(&mut self, block: &TextBlock<'_>, column: usize, ctx: &mut Context<'_>, rows: &mut [u64]) {
        for (row, hash) in rows.iter_mut().enumerate() {
            let at = At { block, row, column };
            if let Some(key) = self.odd_cell(&at, ctx, hash) {
                self.valid_wide(key, &at, ctx, hash);
            }
        }
    }

    /// Whether a cell is missing; counts null tokens, whether they are missing here or not.
    pub(super) fn is_missing(&mut self, text: &[u8], form: Form, ctx: &Context<'_>) -> bool {
        match form {
            Form::Absent => return true,
            Form::JsonNull => return ctx.plan.formats & NO_NULL == 0,
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

    /// A cell that the fast path did not take: missing, padded, of another form, or invalid; the key of a valid one.
    #[cold]
    #[inline(never)]
    fn odd_cell(&mut self, at: &At<'_>, ctx: &Context<'_>, row: &mut u64) -> Option<u128> {
        let mut scratch = Vec::new();
        let (raw, form) = field_text(at.block, at.row * at.block.n_columns + at.column, &mut scratch);
        if self.is_missing(raw, form, ctx) {
            self.missing_cell(at, ctx, row);
            return None;
        }
        if tokens::find(number::trim(raw)).is_none()
            || !matches!(form, Form::Bare | Form::Quoted | Form::Escaped)
        {
            self.tally.add(classify(raw, form), raw, 1);
        }
        let trimmed = if form == Form::JsonNumber { raw } else { number::trim(raw) };
        let key = if admits(ctx.plan, form) { parse::key(trimmed, ctx.plan) } else { None };
        if key.is_none() {
            self.invalid_cell(raw, at, ctx, row);
        }
        key
    }

    fn valid_wide(&mut self, key: u128, at: &At<'_>, ctx: &mut Context<'_>, row: &mut u64) {
        self.valid += 1;
        let hash = key.hash(SEED);
        if let Values::Wide(keys) = &mut self.values {
            keys.add(key, hash, 1);
        }
        row_step(row, hash, ctx.salt);
        self.follow(key, ctx.segment);
        if ctx.probes.watches() {
            self.probe_key(key, hash, at, ctx);
        }
    }

    #[inline]
    pub(super) fn follow(&mut self, key: u128, segment: u64) {
        match self.order.last_mut() {
            Some(stretch) if stretch.segment == segment => stretch.push(key),
            _ => self.order.push(Stretch::new(segment, key)),
        }
    }

    /// Where the keys of a block of this segment go on.
    pub(super) fn trail(&self, segment: u64) -> Trail {
        let before = self.order.last().filter(|stretch| stretch.segment == segment);
        Trail::new(before.map(|stretch| stretch.last as u64))
    }

    pub(super) fn missing_cell(&mut self, at: &At<'_>, ctx: &Context<'_>, row: &mut u64) {
        self.missing += 1;
        row_step(row, MISSING, ctx.salt);
        if ctx.probes.required {
            self.lacking.add(ctx.places, || at.place(ctx.segment, false, b""));
        }
    }

    pub(super) fn invalid_cell(&mut self, raw: &[u8], at: &At<'_>, ctx: &Context<'_>, row: &mut u64) {
        row_step(row, text_hash(raw) ^ INVALID, ctx.salt);
        self.invalid.add(ctx.places, || at.place(ctx.segment, true, raw));
    }

    fn probe_key(&mut self, key: u128, hash: u64, at: &At<'_>, ctx: &mut Context<'_>) {
        let ty = ctx.plan.ty;
        let verdict = ctx.memo.key(key, hash, || ctx.probes.verdict(parse::value_of(key, ty)));
        let repeated = ctx.probes.repeats_key(key) || ctx.probes.repeats_hash(hash);
        if verdict != 0 || repeated {
            let mut scratch = Vec::new();
            let (text, _) = field_text(at.block, at.row * at.block.n_columns + at.column, &mut scratch);
            self.violation(verdict, repeated, ctx.places, || at.place(ctx.segment, true, text));
        }
    }

    pub(super) fn probe_text(
        &mut self,
        raw: &[u8],
        hash: u64,
        added: Added,
        at: &At<'_>,
        ctx: &mut Context<'_>,
    ) {
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
pub(super) fn maybe_token(byte: u8) -> bool {
    matches!(byte, b'N' | b'n' | b'#' | b'-' | b'?' | b'.' | b'<' | b'1' | b'\\')
        || byte.is_ascii_whitespace()
}
