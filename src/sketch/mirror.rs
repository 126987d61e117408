//! A column once more, of the rows that a condition chooses: what a rule on a column as a whole needs where it is for some
//! rows only.

use super::column::{ColumnState, Values};
use super::row_cells::RowCell;
use super::rows::{RowCells, RowProbe, is_for};
use super::table::{Key, SEED};
use super::texts::text_hash;

/// A column of the table, of some of its rows.
pub struct Mirror {
    /// Which rows.
    pub condition: Box<dyn RowProbe>,
    /// The column.
    pub column: usize,
    /// Whether its cells are taken as they are written, whatever its type.
    pub written: bool,
}

impl Mirror {
    /// Counts the cells of a block's rows.
    pub(super) fn count(&self, cells: &RowCells<'_>, rows: usize, state: &mut ColumnState) {
        for row in (0..rows).map(|row| cells.row(row)) {
            if is_for(Some(self.condition.as_ref()), &row) {
                state.add_cell(match self.written {
                    true => row.written(self.column),
                    false => row.raw(self.column),
                });
            }
        }
    }
}

impl ColumnState {
    /// Counts one cell; a cell that is not there is missing.
    fn add_cell(&mut self, cell: Option<&RowCell<'_>>) {
        match cell {
            None | Some(RowCell::Missing) => self.missing += 1,
            Some(RowCell::Invalid) => self.invalid.count += 1,
            Some(RowCell::Text(text)) => {
                self.valid += 1;
                self.add_text(text, text_hash(text), 1);
            }
            Some(RowCell::Key(key)) => {
                self.valid += 1;
                match &mut self.values {
                    Values::Keys(keys) => keys.add(*key as u64, (*key as u64).hash(SEED), 1),
                    Values::Wide(keys) => keys.add(*key, key.hash(SEED), 1),
                    Values::Texts(_) => {}
                }
            }
        }
    }
}
