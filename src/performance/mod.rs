//! Probabilities, predictions and, where they are known, targets in; what a binary classifier's performance is or may be
//! expected to be, per chunk, out. Expected without labels by confidence: a row of calibrated probability 0.9 is a positive
//! nine times in ten (CBPE, as NannyML 0.13.1 does it).

pub mod accuracy;
pub mod average_precision;
pub mod calibration;
pub mod confusion;
pub mod f1;
pub mod isotonic;
pub mod mersenne_twister;
pub mod metric;
pub mod monitor;
pub mod normalize;
pub mod precision;
pub mod ranking;
pub mod recall;
pub mod roc_auc;
pub mod shuffle_split;
pub mod specificity;
pub mod threshold;

/// Rows of a binary classifier. What is missing is NaN; predictions and targets are 0 or 1.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Scored {
    /// Probability of the positive class, as the model gave it.
    pub probability: Vec<f64>,
    /// What the model decided; all NaN where nobody says.
    pub prediction: Vec<f64>,
    /// What was true; all NaN where it is not known yet.
    pub target: Vec<f64>,
}

/// The pairs of which neither is missing.
fn both(a: &[f64], b: &[f64]) -> (Vec<f64>, Vec<f64>) {
    a.iter().zip(b).filter(|(a, b)| !a.is_nan() && !b.is_nan()).unzip()
}

/// Mean and standard deviation (ddof 0); `None` of nothing.
fn moments(values: &[f64]) -> Option<(f64, f64)> {
    if values.is_empty() {
        return None;
    }
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let squares: f64 = values.iter().map(|it| (it - mean) * (it - mean)).sum();
    Some((mean, (squares / n).sqrt()))
}

/// The standard deviation (ddof 0) of so many ones and so many zeros.
fn deviation_of_share(ones: f64, zeros: f64) -> Option<f64> {
    let n = ones + zeros;
    (n > 0.0).then(|| (ones / n * (zeros / n)).sqrt())
}
