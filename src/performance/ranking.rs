//! Scores in, their order out. Equal scores keep the order of their rows.

/// Indices from the smallest to the largest.
pub fn ascending(scores: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..scores.len()).collect();
    order.sort_by(|&a, &b| scores[a].total_cmp(&scores[b]));
    order
}

/// What is expected to lie at or above each score, from the largest score on: sums of probabilities, rounded to 5 decimals
/// as NannyML does.
pub(super) fn expected_positives(calibrated: &[f64], scores: &[f64]) -> Vec<f64> {
    let mut sum = 0.0;
    let falling = ascending(scores).into_iter().rev();
    falling
        .map(|row| {
            sum += calibrated[row];
            rounded(sum)
        })
        .collect()
}

/// To 5 decimals.
pub(super) fn rounded(value: f64) -> f64 {
    (value * 1e5).round_ties_even() / 1e5
}

/// From the largest score on, per distinct score: positives and rows at or above it.
pub(super) fn steps(scores: &[f64], target: &[f64]) -> Vec<(f64, f64)> {
    let mut steps: Vec<(f64, f64)> = Vec::new();
    let (mut positives, mut rows, mut last) = (0.0, 0.0, f64::NAN);
    for row in ascending(scores).into_iter().rev() {
        positives += target[row];
        rows += 1.0;
        if scores[row] == last {
            steps.pop();
        }
        last = scores[row];
        steps.push((positives, rows));
    }
    steps
}
