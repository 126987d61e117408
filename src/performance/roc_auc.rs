//! The area under the receiver operating characteristic.

use super::moments;
use super::ranking::{ascending, expected_positives, rounded, steps};

/// As it is expected to be; `None` where no positive or no negative is expected.
pub fn estimated(calibrated: &[f64], scores: &[f64]) -> Option<f64> {
    let mut raw = 0.0;
    let order = ascending(scores);
    let negatives: Vec<f64> = order
        .iter()
        .rev()
        .zip(1..)
        .map(|(row, n)| {
            raw += calibrated[*row];
            rounded(f64::from(n) - raw)
        })
        .collect();
    let positives = expected_positives(calibrated, scores);
    area(positives.into_iter().zip(negatives))
}

/// As it is; `None` where there is one class only.
pub fn realised(scores: &[f64], target: &[f64]) -> Option<f64> {
    area(steps(scores, target).into_iter().map(|(positives, rows)| (positives, rows - positives)))
}

/// By trapezia through (false positives, true positives).
fn area(points: impl Iterator<Item = (f64, f64)>) -> Option<f64> {
    let (mut sum, mut last) = (0.0, (0.0, 0.0));
    for point in points {
        sum += (point.1 - last.1) * (point.0 + last.0) / 2.0;
        last = point;
    }
    (last.0 > 0.0 && last.1 > 0.0).then(|| sum / (last.0 * last.1))
}

/// The deviation of one positive's share of negatives below it, and the share of positives: what the sampling error is made
/// of (the variance sum law on the Mann–Whitney statistic). The rarer class counts as the positive one.
pub fn spread(scores: &[f64], target: &[f64]) -> Option<(f64, f64)> {
    let n = target.len() as f64;
    let is_flipped = target.iter().sum::<f64>() / n > 0.5;
    let flip = |values: &[f64]| values.iter().map(|it| if is_flipped { 1.0 - it } else { *it }).collect();
    let (scores, target): (Vec<f64>, Vec<f64>) = (flip(scores), flip(target));
    let positives: f64 = target.iter().sum();
    let ranks = ascending(&scores).into_iter().enumerate().filter(|(_, row)| target[*row] == 1.0);
    // A positive at rank 0 is no term in NannyML.
    let ranks = ranks.map(|it| it.0).filter(|rank| *rank > 0);
    let below: Vec<f64> = ranks.enumerate().map(|(i, rank)| (rank - i) as f64 / (n - positives)).collect();
    Some((moments(&below)?.1, positives / n))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn areas_are_those_of_scikit_learn() {
        // scikit-learn 1.9.1: roc_auc_score, average_precision_score.
        let scores = [0.1, 0.4, 0.35, 0.8, 0.8, 0.35, 0.9, 0.2];
        let target = [0.0, 0.0, 1.0, 1.0, 0.0, 1.0, 1.0, 0.0];
        assert_eq!(realised(&scores, &target), Some(0.71875));
        let precision = super::super::average_precision::realised(&scores, &target).unwrap();
        assert!((precision - 0.75).abs() < 1e-15, "{precision}");
        assert_eq!(realised(&scores, &[1.0; 8]), None);
        assert_eq!(realised(&[], &[]), None);
    }
}
