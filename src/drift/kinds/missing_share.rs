//! Missing cells: the profiles of one column in, its two shares of missing cells out.

use super::super::share::Shares;
use crate::profile::Column;

/// Missing cells of all cells, on both sides.
pub(crate) fn shares(reference: &Column, current: &Column) -> Shares {
    Shares { k: reference.missing, n: reference.rows, l: current.missing, m: current.rows }
}

/// Whether a column that had values has none left: at least 95 % without a value now where at most 50 % were before.
pub(crate) fn emptied(reference: &Column, current: &Column) -> bool {
    let gone = |column: &Column| (column.missing + column.invalid) as f64 / column.rows.max(1) as f64;
    current.rows > 0 && reference.rows > 0 && gone(current) >= 0.95 && gone(reference) <= 0.5
}
