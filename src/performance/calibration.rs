//! Probabilities and targets of the reference in; the curve that makes probabilities honest out, where it helps. It helps where
//! the expected calibration error over ten splits is smaller with it (Guo et al. 2017; the rule of NannyML 0.13.1).

use super::isotonic::Isotonic;
use super::ranking::ascending;
use super::{roc_auc, shuffle_split};

const BINS: usize = 10;
const SPLITS: usize = 10;
const SEED: u32 = 42;
/// Above this ROC AUC nothing is calibrated.
const SEPARATED: f64 = 0.999;

/// The curve, or `None` where the probabilities are better left as they are. No value may be NaN.
pub fn fit(probability: &[f64], target: &[f64]) -> Option<Isotonic> {
    let auc = roc_auc::realised(probability, target)?;
    if auc > SEPARATED {
        return None;
    }
    let is_positive: Vec<bool> = target.iter().map(|it| *it == 1.0).collect();
    let (mut truth, mut before, mut after) = (Vec::new(), Vec::new(), Vec::new());
    for (train, test) in shuffle_split::stratified(&is_positive, SPLITS, SEED)? {
        let of = |values: &[f64], rows: &[usize]| rows.iter().map(|row| values[*row]).collect::<Vec<_>>();
        let curve = Isotonic::fit(&of(probability, &train), &of(target, &train))?;
        truth.extend(of(target, &test));
        let scores = of(probability, &test);
        after.extend(scores.iter().map(|it| curve.at(*it)));
        before.extend(scores);
    }
    if error(&before, &truth)? > error(&after, &truth)? { Isotonic::fit(probability, target) } else { None }
}

/// The expected calibration error over bins of equally many rows, the last with the rest; `None` of fewer than 4 rows.
fn error(probability: &[f64], target: &[f64]) -> Option<f64> {
    let n = probability.len();
    let bins = if n <= 2 * BINS { n / 2 } else { BINS };
    if bins < 2 {
        return None;
    }
    let order = ascending(probability);
    let width = n / bins;
    // With n = bins · width + r, r ≥ width, there are more edges than bins; the last edge is n.
    let edges: Vec<usize> = (0..=n).step_by(width).collect();
    let last = edges.len() - 1;
    let mut sum = 0.0;
    for i in 0..last {
        let rows = &order[edges[i]..if i + 1 == last { n } else { edges[i + 1] }];
        let mean = |values: &[f64]| rows.iter().map(|row| values[*row]).sum::<f64>() / rows.len() as f64;
        sum += rows.len() as f64 / n as f64 * (mean(probability) - mean(target)).abs();
    }
    Some(sum)
}
