//! Realised values of the reference's chunks in, the limits beyond which a value is an alert out.

use super::moments;

/// Limits; a value beyond one of them, not at it, is an alert.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// The lower one.
    pub lower: f64,
    /// The upper one.
    pub upper: f64,
}

impl Limits {
    /// Mean ± 3 standard deviations (ddof 0), within what the metric can be; `None` without a value.
    pub fn of(values: &[f64], least: f64, most: f64) -> Option<Limits> {
        let (mean, deviation) = moments(values)?;
        let (lower, upper) = (mean - 3.0 * deviation, mean + 3.0 * deviation);
        Some(Limits { lower: lower.max(least), upper: upper.min(most) })
    }

    /// Limits of shares as those of so many rows.
    pub fn times(&self, rows: f64) -> Limits {
        Limits { lower: self.lower * rows, upper: self.upper * rows }
    }

    /// Whether a value is beyond them.
    pub fn alert(&self, value: f64) -> bool {
        value < self.lower || value > self.upper
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_three_deviations_within_what_can_be() {
        // numpy 2.4.6: mean ± 3 std of [0.9, 0.95, 0.85].
        let limits = Limits::of(&[0.9, 0.95, 0.85], 0.0, 1.0).unwrap();
        assert!((limits.lower - 0.777_525_512_860_841_1).abs() < 1e-15 && limits.upper == 1.0);
        assert!(limits.alert(0.7) && !limits.alert(limits.lower) && !limits.alert(1.0));
        assert_eq!(Limits::of(&[], 0.0, 1.0), None);
    }
}
