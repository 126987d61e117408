//! Exact counts of a column's cells by hash, one slice of the hashes at a time: what `unique` needs where a column has
//! more values than its budget holds.

use crate::block::{ArrayBlock, Form, RunPlace, Sink, TextBlock, Values};
use crate::cell::plan::ColumnPlan;
use crate::cell::{Domain, domain, number, parse, tokens};
use crate::issue::Code;
use crate::sketch::scan::field_text;
use crate::sketch::table::{Key, SEED, Table};
use crate::sketch::texts::text_hash;

/// Counts the hashes of the valid cells of some columns.
pub(super) struct KeyScanner {
    columns: Vec<Column>,
    slice: Slice,
    scratch: Vec<u8>,
}

/// A column with the counts of its hashes.
struct Column {
    index: usize,
    plan: ColumnPlan,
    counts: Table<u64>,
}

/// The hashes `h` with `h mod of = part`.
#[derive(Clone, Copy)]
struct Slice {
    part: u64,
    of: u64,
}

impl Slice {
    fn count(self, counts: &mut Table<u64>, hash: u64) {
        if hash % self.of == self.part {
            counts.add(hash, hash.hash(SEED), 1);
        }
    }
}

impl KeyScanner {
    /// Counts hashes `h` with `h mod of = slice`.
    pub(super) fn new(plans: &[ColumnPlan], columns: &[u64], slice: u64, of: u64) -> KeyScanner {
        let columns = columns.iter().map(|&it| it as usize).filter_map(|index| {
            Some(Column { index, plan: plans.get(index)?.clone(), counts: Table::default() })
        });
        KeyScanner {
            columns: columns.collect(),
            slice: Slice { part: slice, of: of.max(1) },
            scratch: Vec::new(),
        }
    }

    /// The counts, by column.
    pub(super) fn finish(self) -> Vec<Table<u64>> {
        self.columns.into_iter().map(|it| it.counts).collect()
    }
}

/// The hash of a valid cell, as the sketches make it.
fn cell_hash(text: &[u8], form: Form, plan: &ColumnPlan) -> Option<u64> {
    let csv = matches!(form, Form::Bare | Form::Quoted | Form::Escaped);
    if matches!(form, Form::Absent | Form::JsonNull) || plan.more_nulls.iter().any(|it| it.as_bytes() == text)
    {
        return None;
    }
    if csv && let Some(token) = tokens::find(number::trim(text)) {
        let token = if text.is_empty() || token != 0 { token } else { tokens::BLANK };
        if plan.nulls >> token & 1 == 1 {
            return None;
        }
    }
    if !crate::sketch::scan::admits(plan.ty, form) {
        return None;
    }
    let Some(domain) = Domain::of(plan.ty) else { return Some(text_hash(text)) };
    let key = parse::key(number::trim(text), plan)?;
    Some(if domain.bits() == 128 { key.hash(SEED) } else { (key as u64).hash(SEED) })
}

impl Sink for KeyScanner {
    fn text(&mut self, block: &TextBlock<'_>) {
        let mut scratch = std::mem::take(&mut self.scratch);
        for column in &mut self.columns {
            for row in 0..block.rows.len() {
                let (text, form) = field_text(block, row * block.n_columns + column.index, &mut scratch);
                if let Some(hash) = cell_hash(text, form, &column.plan) {
                    self.slice.count(&mut column.counts, hash);
                }
            }
        }
        self.scratch = scratch;
    }

    fn arrays(&mut self, block: &ArrayBlock<'_>) {
        for column in &mut self.columns {
            let Some(array) = block.columns.get(column.index) else { continue };
            for row in 0..block.n_rows {
                if array.validity.is_some_and(|bits| !bits.get(row)) {
                    continue;
                }
                let at = array.codes.map_or(row, |codes| codes[row] as usize);
                let hash = match &array.values {
                    Values::Strings(strings) => text_hash(strings.get(at)),
                    Values::Integers(values) => domain::signed(values[at]).hash(SEED),
                    Values::Wides(values) => domain::wide(values[at]).hash(SEED),
                    Values::Floats(values) if !values[at].is_nan() => domain::float(values[at]).hash(SEED),
                    Values::Booleans(bits) => u64::from(bits.get(at)).hash(SEED),
                    Values::Floats(_) | Values::Nulls => continue,
                };
                self.slice.count(&mut column.counts, hash);
            }
        }
    }

    fn issue(&mut self, _: Code, _: Option<usize>, _: RunPlace<'_>) {}

    fn set_aside(&mut self, _: Code, _: RunPlace<'_>) {}

    fn unknown_column(&mut self, _: &str, _: u64) {}
}
