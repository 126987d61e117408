//! The kernels for typed arrays: the format has said the type, so a cell is valid or missing. Dictionary columns are
//! counted by code, then each value once with its count.

use super::batch::Span;
use super::column::{ColumnState, Values as State};
use super::places::{LocalPlace, kept};
use super::scan::{Context, MISSING, row_step};
use super::table::{Key, SEED};
use super::texts::{Added, text_hash};
use crate::block::{Array, Strings, Values};
use crate::cell::{Type, domain, parse};

impl ColumnState {
    /// Scans one typed column of a block whose first row is `first_row` of the segment.
    pub fn scan_array(&mut self, array: &Array<'_>, first_row: u64, ctx: &mut Context<'_>, rows: &mut [u64]) {
        match (&array.values, array.codes) {
            (Values::Nulls, _) => {
                rows.iter_mut().enumerate().for_each(|(i, row)| self.lack(first_row, i, ctx, row))
            }
            (Values::Strings(strings), Some(codes)) => {
                self.scan_codes(array, codes, strings, first_row, ctx, rows)
            }
            (Values::Strings(strings), None) => self.scan_strings(array, strings, first_row, ctx, rows),
            (Values::Integers(values), codes) => self.scan_keys(array, first_row, ctx, rows, |i| {
                Some(domain::signed(values[codes.map_or(i, |codes| codes[i] as usize)]))
            }),
            (Values::Floats(values), codes) => self.scan_keys(array, first_row, ctx, rows, |i| {
                let value = values[codes.map_or(i, |codes| codes[i] as usize)];
                if value.is_nan() { None } else { Some(domain::float(value)) }
            }),
            (Values::Booleans(bits), codes) => self.scan_keys(array, first_row, ctx, rows, |i| {
                Some(bits.get(codes.map_or(i, |codes| codes[i] as usize)).into())
            }),
            (Values::Wides(values), codes) => {
                self.scan_wide_array(array, values, codes, first_row, ctx, rows)
            }
        }
    }

    /// Scans keys of 64 bits; `key` is that of a row with a value, where it has one.
    #[inline(always)]
    fn scan_keys(
        &mut self,
        array: &Array<'_>,
        first_row: u64,
        ctx: &mut Context<'_>,
        rows: &mut [u64],
        key: impl Fn(usize) -> Option<u64>,
    ) {
        let mut batch = std::mem::take(ctx.batch);
        batch.clear();
        let mut trail = self.trail(ctx.segment);
        for (i, row) in rows.iter_mut().enumerate() {
            match if present(array, i) { key(i) } else { None } {
                Some(key) => {
                    trail.push(key);
                    batch.push_key(key, i);
                }
                None => self.lack(first_row, i, ctx, row),
            }
        }
        trail.keep(ctx.segment, &mut self.order);
        self.count_keys(&mut batch, ctx, rows);
        if ctx.probes.watches() {
            for ((&key, &hash), &row) in batch.keys.iter().zip(&batch.hashes).zip(&batch.rows) {
                self.probe_value(key.into(), hash, first_row + u64::from(row), ctx);
            }
        }
        *ctx.batch = batch;
    }

    fn scan_strings(
        &mut self,
        array: &Array<'_>,
        strings: &Strings<'_>,
        first_row: u64,
        ctx: &mut Context<'_>,
        rows: &mut [u64],
    ) {
        let mut batch = std::mem::take(ctx.batch);
        batch.clear();
        for (i, row) in rows.iter_mut().enumerate() {
            if !present(array, i) {
                self.lack(first_row, i, ctx, row);
                continue;
            }
            let text = strings.get(i);
            batch.push_text(Span::block(strings.offsets[i] as usize, text.len()), text_hash(text), i);
        }
        if ctx.probes.watches() {
            for (&row, &hash) in batch.rows.iter().zip(&batch.hashes) {
                let text = strings.get(row as usize);
                self.valid += 1;
                row_step(&mut rows[row as usize], hash, ctx.salt);
                let added = self.add_text(text, hash, 1);
                self.probe_string(text, hash, added, first_row + u64::from(row), ctx);
            }
        } else {
            self.count_texts(&batch, strings.bytes, ctx, rows);
        }
        *ctx.batch = batch;
    }

    fn scan_wide_array(
        &mut self,
        array: &Array<'_>,
        values: &[i128],
        codes: Option<&[u32]>,
        first_row: u64,
        ctx: &mut Context<'_>,
        rows: &mut [u64],
    ) {
        for (i, row) in rows.iter_mut().enumerate() {
            if !present(array, i) {
                self.lack(first_row, i, ctx, row);
                continue;
            }
            let key = domain::wide(values[codes.map_or(i, |codes| codes[i] as usize)]);
            let hash = key.hash(SEED);
            self.valid += 1;
            if let State::Wide(keys) = &mut self.values {
                keys.add(key, hash, 1);
            }
            row_step(row, hash, ctx.salt);
            self.follow(key, ctx.segment);
            if ctx.probes.watches() {
                self.probe_value(key, hash, first_row + i as u64, ctx);
            }
        }
    }

    fn scan_codes(
        &mut self,
        array: &Array<'_>,
        codes: &[u32],
        strings: &Strings<'_>,
        first_row: u64,
        ctx: &mut Context<'_>,
        rows: &mut [u64],
    ) {
        ctx.by_code.turn_to(array.dictionary, strings, self);
        for (i, row) in rows.iter_mut().enumerate() {
            if !present(array, i) {
                self.lack(first_row, i, ctx, row);
                continue;
            }
            let hash = ctx.by_code.count(codes[i]);
            row_step(row, hash, ctx.salt);
            if ctx.probes.watches() {
                let text = strings.get(codes[i] as usize);
                self.probe_string(text, hash, Added::Hashed, first_row + i as u64, ctx);
            }
        }
    }

    fn lack(&mut self, first_row: u64, i: usize, ctx: &Context<'_>, row: &mut u64) {
        self.missing += 1;
        row_step(row, MISSING, ctx.salt);
        if ctx.probes.required {
            self.lacking.add(ctx.places, || place(ctx.segment, first_row + i as u64, b"", false));
        }
    }

    fn probe_value(&mut self, key: u128, hash: u64, row: u64, ctx: &mut Context<'_>) {
        let ty = ctx.plan.ty;
        let verdict = ctx.memo.key(key, hash, || ctx.probes.verdict(parse::value_of(key, ty)));
        let repeated = ctx.probes.repeats_key(key) || ctx.probes.repeats_hash(hash);
        if verdict != 0 || repeated {
            let text = super::show::key_text(key, ty);
            self.violation(verdict, repeated, ctx.places, || place(ctx.segment, row, text.as_bytes(), true));
        }
    }

    fn probe_string(&mut self, text: &[u8], hash: u64, added: Added, row: u64, ctx: &mut Context<'_>) {
        let verdict = ctx.memo.text(added, text, ctx.probes);
        let repeated = ctx.probes.repeats_text(text) || ctx.probes.repeats_hash(hash);
        if verdict != 0 || repeated {
            self.violation(verdict, repeated, ctx.places, || place(ctx.segment, row, text, true));
        }
    }
}

#[inline]
fn present(array: &Array<'_>, i: usize) -> bool {
    array.validity.is_none_or(|bits| bits.get(i))
}

fn place(segment: u64, row: u64, text: &[u8], present: bool) -> LocalPlace {
    LocalPlace { segment, row: Some(row), line: None, byte: None, text: kept(text), present }
}

/// The type that a typed array's values are held as, for a column that is governed otherwise.
pub fn holds(values: &Values<'_>, ty: Type) -> bool {
    match values {
        Values::Nulls => true,
        Values::Strings(_) => ty.is_bytes(),
        Values::Booleans(_) => ty == Type::Boolean,
        Values::Wides(_) => matches!(ty, Type::WideInteger | Type::Decimal(_)),
        Values::Floats(_) => ty == Type::Float,
        Values::Integers(_) => {
            !ty.is_bytes() && !matches!(ty, Type::Boolean | Type::Float | Type::WideInteger)
        }
    }
}
