//! Exact values with their counts in, how finely they are written out.

use crate::profile::{Column, Distribution};

/// The most decimals that are told apart; more are `MANY`.
pub(super) const MANY: usize = 10;

/// Cells that have at most so many decimals, 0 to 9; `None` where the profile holds buckets, not values.
pub(super) fn at_most(column: &Column) -> Option<(u64, [u64; MANY])> {
    let (cells, mut upto) = (column.valid, [0; MANY]);
    for (x, count) in values(column)? {
        for (decimals, held) in upto.iter_mut().enumerate() {
            if whole(x * POWERS[decimals]) {
                *held += count;
            }
        }
    }
    Some((cells, upto))
}

const POWERS: [f64; MANY] = [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9];

/// The values of a numeric column as doubles; `None` for buckets and other types.
pub(super) fn values(column: &Column) -> Option<impl Iterator<Item = (f64, u64)> + '_> {
    let Distribution::Ordered(side) = &column.distribution else { return None };
    if side.shift > 0 || !column.ty.is_numeric() {
        return None;
    }
    Some(side.entries.iter().map(|entry| (side.domain.number(entry.0), entry.1)))
}

/// Whether a double is a whole number, but for the rounding of its last bits.
pub(super) fn whole(x: f64) -> bool {
    x.is_finite() && (x - x.round()).abs() <= (1e-13 * x.abs()).min(1e-3)
}
