//! Precision: the share of rows decided positive that are.

use super::confusion::Confusion;
use super::deviation_of_share;

/// Its value; `None` where nothing is decided positive.
pub fn value(it: &Confusion) -> Option<f64> {
    let rows = it.true_positive + it.false_positive;
    (rows > 0.0).then(|| it.true_positive / rows)
}

/// The deviation of one row's part in it, and the share of rows that have one, from the reference.
pub fn spread(it: &Confusion) -> Option<(f64, f64)> {
    let share = (it.true_positive + it.false_positive) / it.rows();
    Some((deviation_of_share(it.true_positive, it.false_positive)?, share))
}
