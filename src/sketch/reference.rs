//! The cells of a row as a reference to another table: a hash that depends on what the values are shown as, not on the types
//! that the two tables read them as.

use std::borrow::Cow;

use super::row_cells::RowCell;
use super::rows::Row;
use super::texts::text_hash;
use crate::cell::Type;

/// Columns that refer, or are referred to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// The columns, in the order in which they stand for each other.
    pub columns: Vec<usize>,
}

/// The cells of such columns in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cells {
    /// All are valid; the hash of them.
    All(u64),
    /// Some are missing.
    Some(u64),
    /// All are missing.
    None,
    /// One is not of its column's type.
    Invalid,
}

impl Reference {
    /// The cells of a row.
    pub fn of(&self, row: &Row<'_>) -> Cells {
        let mut text = Vec::with_capacity(32);
        let mut missing = 0;
        for column in &self.columns {
            match row.raw(*column) {
                None | Some(RowCell::Missing) => {
                    missing += 1;
                    text.push(0);
                }
                Some(RowCell::Invalid) => return Cells::Invalid,
                Some(cell) => {
                    let shown = shown(cell, row.ty(*column));
                    text.push(1);
                    text.extend_from_slice(&(shown.len() as u32).to_le_bytes());
                    text.extend_from_slice(&shown);
                }
            }
        }
        match missing {
            0 => Cells::All(text_hash(&text)),
            all if all == self.columns.len() => Cells::None,
            _ => Cells::Some(text_hash(&text)),
        }
    }
}

/// The value as it is shown; a decimal without the zeros at its end, as a float is.
fn shown<'a>(cell: &'a RowCell<'_>, ty: Type) -> Cow<'a, [u8]> {
    let shown = cell.shown(ty);
    if !matches!(ty, Type::Decimal(scale) if scale > 0) {
        return shown;
    }
    let end = shown.iter().rposition(|it| *it != b'0').unwrap_or(0);
    let end = if shown[end] == b'.' { end } else { end + 1 };
    Cow::Owned(shown[..end].to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cell::domain;

    #[test]
    fn a_value_is_shown_alike_whatever_type_it_is_read_as() {
        let key = |key: u128| RowCell::Key(key);
        let table = [
            (key(domain::signed(7).into()), Type::Integer, "7"),
            (key(domain::float(7.0).into()), Type::Float, "7"),
            (key(domain::wide(700)), Type::Decimal(2), "7"),
            (key(domain::wide(750)), Type::Decimal(2), "7.5"),
            (key(domain::wide(0)), Type::Decimal(1), "0"),
            (key(domain::wide(100)), Type::Decimal(0), "100"),
            (RowCell::Text(Cow::Borrowed(b"7")), Type::Text, "7"),
        ];
        for (cell, ty, expected) in table {
            assert_eq!(shown(&cell, ty), expected.as_bytes(), "{ty:?}");
        }
    }
}
