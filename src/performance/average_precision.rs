//! Average precision: the mean of the precision over the positives, by falling score.

use super::moments;
use super::ranking::{expected_positives, steps};
use crate::num::hash;

const SAMPLES: u64 = 50;
const MOST_ROWS: usize = 50_000;

/// As it is expected to be; `None` where no positive is expected.
pub fn estimated(calibrated: &[f64], scores: &[f64]) -> Option<f64> {
    area(expected_positives(calibrated, scores).into_iter().zip(1..).map(|(it, n)| (it, f64::from(n))))
}

/// As it is; `None` without a positive.
pub fn realised(scores: &[f64], target: &[f64]) -> Option<f64> {
    area(steps(scores, target).into_iter())
}

fn area(steps: impl Iterator<Item = (f64, f64)>) -> Option<f64> {
    let (mut sum, mut last) = (0.0, 0.0);
    for (positives, rows) in steps {
        sum += (positives - last) * positives / rows;
        last = positives;
    }
    (last > 0.0).then(|| sum / last)
}

/// The deviation over 50 resamples of half as many rows, 50,000 at most, and how many rows they had. NannyML draws unseeded;
/// these draws follow from the seed.
pub fn spread(scores: &[f64], target: &[f64], seed: u64) -> Option<(f64, f64)> {
    let n = scores.len() as u64;
    let size = (scores.len() / 2).min(MOST_ROWS);
    let one = |sample: u64| {
        let row = |draw: usize| {
            let bits = hash::word(seed ^ hash::mix(sample + 1), draw as u64);
            ((u128::from(bits) * u128::from(n)) >> 64) as usize
        };
        let rows = (0..size).map(row).map(|row| (scores[row], target[row]));
        let (scores, target): (Vec<f64>, Vec<f64>) = rows.unzip();
        // Without a positive scikit-learn says 0.
        realised(&scores, &target).unwrap_or(0.0)
    };
    if size == 0 || !target.contains(&1.0) {
        return None;
    }
    let found: Vec<f64> = (0..SAMPLES).map(one).collect();
    Some((moments(&found)?.1, size as f64))
}
