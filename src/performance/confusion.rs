//! The confusion matrix: counts, or what they are expected to be.

use super::deviation_of_share;

/// Rows by what was decided and what was true.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Confusion {
    /// Decided positive, and are.
    pub true_positive: f64,
    /// Decided positive, and are not.
    pub false_positive: f64,
    /// Decided negative, and are.
    pub true_negative: f64,
    /// Decided negative, and are not.
    pub false_negative: f64,
}

impl Confusion {
    /// From decisions, and how probable the positive class is in each row: for what is true 0 or 1.
    pub fn of(prediction: &[f64], probability: &[f64]) -> Confusion {
        let mut found = Confusion::default();
        for (prediction, p) in prediction.iter().zip(probability) {
            if *prediction == 1.0 {
                found.true_positive += p;
                found.false_positive += 1.0 - p;
            } else {
                found.false_negative += p;
                found.true_negative += 1.0 - p;
            }
        }
        found
    }

    /// All rows.
    pub fn rows(&self) -> f64 {
        self.true_positive + self.false_positive + self.true_negative + self.false_negative
    }
}

/// The deviation of one row's part in a cell, from the reference.
pub fn spread(cell: f64, reference: &Confusion) -> Option<(f64, f64)> {
    Some((deviation_of_share(cell, reference.rows() - cell)?, 1.0))
}
