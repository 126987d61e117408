//! F1: the harmonic mean of precision and recall.

use super::confusion::Confusion;
use super::deviation_of_share;

/// Its value; `None` where there is no positive, decided or true.
pub fn value(it: &Confusion) -> Option<f64> {
    let rows = it.true_positive + 0.5 * (it.false_positive + it.false_negative);
    (rows > 0.0).then(|| it.true_positive / rows)
}

/// The deviation of one row's part in it, and the share of rows that have one, from the reference.
pub fn spread(it: &Confusion) -> Option<(f64, f64)> {
    let wrong = it.false_positive + it.false_negative;
    let rows = it.true_positive + wrong;
    let factor = rows / (0.5 * wrong + it.true_positive);
    Some((factor * deviation_of_share(it.true_positive, wrong)?, rows / it.rows()))
}
