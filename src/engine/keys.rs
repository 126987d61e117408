//! Exact counts of a column's cells by hash, one slice of the hashes at a time: what `unique` needs where a column has
//! more values than its budget holds.

use crate::block::{ArrayBlock, RunPlace, Sink, TextBlock};
use crate::cell::plan::ColumnPlan;
use crate::issue::Code;
use crate::sketch::row_cells::RowCell;
use crate::sketch::rows::{KeyOf, RowCells, RowRules};
use crate::sketch::table::{Key, SEED, Table};
use crate::sketch::texts::text_hash;

/// Counts the hashes of the valid cells of some columns, and of some keys of several columns.
pub(super) struct KeyScanner {
    plans: Vec<ColumnPlan>,
    columns: Vec<Column>,
    rules: RowRules,
    keys: Vec<(usize, Table<u64>)>,
    slice: Slice,
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
    fn count(self, counts: &mut Table<u64>, hash: Option<u64>) {
        if let Some(hash) = hash
            && hash % self.of == self.part
        {
            counts.add(hash, hash.hash(SEED), 1);
        }
    }
}

impl KeyScanner {
    /// Counts hashes `h` with `h mod of = slice`; an index beyond the columns is that of a key of the rules.
    pub(super) fn new(
        plans: &[ColumnPlan],
        rules: RowRules,
        columns: &[u64],
        slice: u64,
        of: u64,
    ) -> KeyScanner {
        let (columns, keys): (Vec<usize>, Vec<usize>) =
            columns.iter().map(|&it| it as usize).partition(|&it| it < plans.len());
        let column = |index: usize| Column { index, plan: plans[index].clone(), counts: Table::default() };
        KeyScanner {
            columns: columns.into_iter().map(column).collect(),
            keys: keys.into_iter().map(|it| (it - plans.len(), Table::default())).collect(),
            plans: plans.to_vec(),
            rules,
            slice: Slice { part: slice, of: of.max(1) },
        }
    }

    /// The counts, by column.
    pub(super) fn finish(self) -> Vec<Table<u64>> {
        let keys = self.keys.into_iter().map(|(_, counts)| counts);
        self.columns.into_iter().map(|it| it.counts).chain(keys).collect()
    }
}

fn count_keys(
    keys: &mut [(usize, Table<u64>)],
    rules: &RowRules,
    slice: Slice,
    cells: &RowCells<'_>,
    rows: usize,
) {
    let mut text = Vec::new();
    for (key, counts) in keys {
        let Some(key) = rules.keys.get(*key) else { continue };
        for row in 0..rows {
            let is_key = key.of(&cells.row(row), &mut text) == KeyOf::Key;
            slice.count(counts, is_key.then(|| text_hash(&text)));
        }
    }
}

impl Sink for KeyScanner {
    fn text(&mut self, block: &TextBlock<'_>) {
        for Column { index, plan, counts } in &mut self.columns {
            for row in 0..block.rows.len() {
                let cell = RowCell::of_field(block, row * block.n_columns + *index, plan);
                self.slice.count(counts, cell.hash(plan.ty));
            }
        }
        let cells = self.rules.text_cells(block, &self.plans);
        count_keys(&mut self.keys, &self.rules, self.slice, &cells, block.rows.len());
    }

    fn arrays(&mut self, block: &ArrayBlock<'_>) {
        for Column { index, plan, counts } in &mut self.columns {
            let Some(array) = block.columns.get(*index) else { continue };
            for row in 0..block.n_rows {
                self.slice.count(counts, RowCell::of_array(array, row).hash(plan.ty));
            }
        }
        let cells = self.rules.array_cells(block, &self.plans);
        count_keys(&mut self.keys, &self.rules, self.slice, &cells, block.n_rows);
    }

    fn issue(&mut self, _: Code, _: Option<usize>, _: RunPlace<'_>) {}

    fn set_aside(&mut self, _: Code, _: RunPlace<'_>) {}

    fn unknown_column(&mut self, _: &str, _: u64) {}
}
