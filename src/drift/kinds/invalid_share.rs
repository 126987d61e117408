//! Invalid cells: the profiles of one column in, its two shares of cells that are not of its type out.

use super::super::share::Shares;
use crate::profile::Column;

/// Invalid cells of the cells that are present, on both sides.
pub(crate) fn shares(reference: &Column, current: &Column) -> Shares {
    let present = |column: &Column| column.rows.saturating_sub(column.missing);
    Shares { k: reference.invalid, n: present(reference), l: current.invalid, m: present(current) }
}
