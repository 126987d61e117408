//! Keys of several columns: what of a row they are made of.

use super::row_cells::RowCell;
use super::rows::{Row, RowProbe, is_for};

/// Which rows a key leaves out for their missing cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ignore {
    /// Those of whose cells all are missing.
    All,
    /// Those of whose cells any is.
    Any,
    /// None.
    Never,
}

/// A key of several columns, to be unique.
pub struct RowKey {
    /// Which rows; `None`: all.
    pub condition: Option<Box<dyn RowProbe>>,
    /// The columns it is made of.
    pub columns: Vec<usize>,
    /// Which rows have none.
    pub ignore: Ignore,
}

/// What a row is to a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyOf {
    /// It has one.
    Key,
    /// It is left out for a missing cell.
    Missing,
    /// A cell is invalid.
    Invalid,
    /// The key is not for this row.
    Outside,
}

impl RowKey {
    /// Writes the key of a row: different rows of cells are different texts.
    pub fn of(&self, row: &Row<'_>, text: &mut Vec<u8>) -> KeyOf {
        text.clear();
        if !is_for(self.condition.as_deref(), row) {
            return KeyOf::Outside;
        }
        let mut missing = 0;
        for column in &self.columns {
            match row.cell(*column) {
                None | Some((RowCell::Missing, _)) => {
                    missing += 1;
                    text.push(0);
                }
                Some((RowCell::Invalid, _)) => return KeyOf::Invalid,
                Some((RowCell::Key(key), _)) => {
                    text.push(1);
                    text.extend_from_slice(&key.to_le_bytes());
                }
                Some((RowCell::Text(cell), _)) => {
                    text.push(2);
                    text.extend_from_slice(&(cell.len() as u32).to_le_bytes());
                    text.extend_from_slice(cell);
                }
            }
        }
        let is_ignored = match self.ignore {
            Ignore::All => missing == self.columns.len(),
            Ignore::Any => missing > 0,
            Ignore::Never => false,
        };
        if is_ignored { KeyOf::Missing } else { KeyOf::Key }
    }
}
