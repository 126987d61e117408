//! Accuracy: the share of rows decided rightly.

use super::confusion::Confusion;
use super::deviation_of_share;

/// Its value; `None` where there is no row.
pub fn value(it: &Confusion) -> Option<f64> {
    let rows = it.rows();
    (rows > 0.0).then(|| (it.true_positive + it.true_negative) / rows)
}

/// The deviation of one row's part in it, and the share of rows that have one, from the reference.
pub fn spread(it: &Confusion) -> Option<(f64, f64)> {
    let right = it.true_positive + it.true_negative;
    Some((deviation_of_share(right, it.rows() - right)?, 1.0))
}
