//! The metrics, by name: rows in, their value as realised or estimated and its sampling error out.

use super::confusion::{self, Confusion};
use super::{Scored, accuracy, average_precision, both, f1, precision, recall, roc_auc, specificity};

/// A metric of a binary classifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "their names say it")]
pub enum Metric {
    RocAuc,
    AveragePrecision,
    F1,
    Precision,
    Recall,
    Specificity,
    Accuracy,
    TruePositive,
    TrueNegative,
    FalsePositive,
    FalseNegative,
}

impl Metric {
    /// All of them with their names, which are NannyML's.
    pub const ALL: [(Metric, &'static str); 11] = [
        (Metric::RocAuc, "roc_auc"),
        (Metric::AveragePrecision, "average_precision"),
        (Metric::F1, "f1"),
        (Metric::Precision, "precision"),
        (Metric::Recall, "recall"),
        (Metric::Specificity, "specificity"),
        (Metric::Accuracy, "accuracy"),
        (Metric::TruePositive, "true_positive"),
        (Metric::TrueNegative, "true_negative"),
        (Metric::FalsePositive, "false_positive"),
        (Metric::FalseNegative, "false_negative"),
    ];

    /// Its name.
    pub fn id(self) -> &'static str {
        Metric::ALL.iter().find(|it| it.0 == self).map_or("", |it| it.1)
    }

    /// Whether it needs no decision of the model.
    pub fn is_of_ranking(self) -> bool {
        matches!(self, Metric::RocAuc | Metric::AveragePrecision)
    }

    /// Whether it is a number of rows.
    pub fn is_count(self) -> bool {
        use Metric::{FalseNegative, FalsePositive, TrueNegative, TruePositive};
        matches!(self, TruePositive | TrueNegative | FalsePositive | FalseNegative)
    }

    /// The most that it can be of so many rows; the least is 0.
    pub fn most(self, rows: usize) -> f64 {
        if self.is_count() { rows as f64 } else { 1.0 }
    }

    fn of_confusion(self, it: &Confusion) -> Option<f64> {
        match self {
            Metric::RocAuc | Metric::AveragePrecision => None,
            Metric::F1 => f1::value(it),
            Metric::Precision => precision::value(it),
            Metric::Recall => recall::value(it),
            Metric::Specificity => specificity::value(it),
            Metric::Accuracy => accuracy::value(it),
            Metric::TruePositive => Some(it.true_positive),
            Metric::TrueNegative => Some(it.true_negative),
            Metric::FalsePositive => Some(it.false_positive),
            Metric::FalseNegative => Some(it.false_negative),
        }
    }

    /// What is held against limits: a number of rows grows with the chunk, so it is its share of them.
    pub fn comparable(self, value: f64, rows: usize) -> f64 {
        if self.is_count() { value / rows as f64 } else { value }
    }

    /// The value by targets and the rows that it stands on; `None` where it is not defined or they are not known.
    pub fn realised(self, rows: &Scored) -> Option<(f64, usize)> {
        if self.is_of_ranking() {
            let (scores, target) = both(&rows.probability, &rows.target);
            let value = match self {
                Metric::RocAuc => roc_auc::realised(&scores, &target),
                _ => average_precision::realised(&scores, &target),
            };
            return Some((value?, scores.len()));
        }
        let (prediction, target) = both(&rows.prediction, &rows.target);
        if prediction.is_empty() {
            return None;
        }
        let is_one = |values: &[f64]| values.iter().all(|it| *it == values[0]);
        // NannyML realises these three only where both classes are there, among decisions and among targets.
        if matches!(self, Metric::F1 | Metric::Precision | Metric::Recall)
            && (is_one(&prediction) || is_one(&target))
        {
            return None;
        }
        Some((self.of_confusion(&Confusion::of(&prediction, &target))?, prediction.len()))
    }

    /// The value that is expected from calibrated probabilities, and the rows that it stands on. A share of nothing is 0, as
    /// in NannyML; `None` without rows, or where a ranking has one class only.
    pub fn estimated(self, rows: &Scored, calibrated: &[f64]) -> Option<(f64, usize)> {
        if self.is_of_ranking() {
            let (calibrated, scores) = both(calibrated, &rows.probability);
            let value = match self {
                Metric::RocAuc => roc_auc::estimated(&calibrated, &scores),
                _ => average_precision::estimated(&calibrated, &scores),
            };
            return Some((value?, scores.len()));
        }
        let (prediction, calibrated) = both(&rows.prediction, calibrated);
        if prediction.is_empty() {
            return None;
        }
        let value = self.of_confusion(&Confusion::of(&prediction, &calibrated));
        Some((value.unwrap_or(0.0), prediction.len()))
    }

    /// What the sampling error is made of, from the reference: a deviation, and a share of the rows or, for average
    /// precision, a number of them.
    pub fn spread(self, reference: &Scored, seed: u64) -> Option<(f64, f64)> {
        let (scores, target) = both(&reference.probability, &reference.target);
        let (prediction, truth) = both(&reference.prediction, &reference.target);
        let it = Confusion::of(&prediction, &truth);
        match self {
            Metric::RocAuc => roc_auc::spread(&scores, &target),
            Metric::AveragePrecision => average_precision::spread(&scores, &target, seed),
            Metric::F1 => f1::spread(&it),
            Metric::Precision => precision::spread(&it),
            Metric::Recall => recall::spread(&it),
            Metric::Specificity => specificity::spread(&it),
            Metric::Accuracy => accuracy::spread(&it),
            Metric::TruePositive => confusion::spread(it.true_positive, &it),
            Metric::TrueNegative => confusion::spread(it.true_negative, &it),
            Metric::FalsePositive => confusion::spread(it.false_positive, &it),
            Metric::FalseNegative => confusion::spread(it.false_negative, &it),
        }
    }

    /// The standard error of a chunk of so many rows.
    pub fn sampling_error(self, spread: (f64, f64), rows: usize) -> f64 {
        let (deviation, share) = spread;
        let n = rows as f64;
        if self == Metric::AveragePrecision {
            deviation * (share / n).sqrt()
        } else if self.is_count() {
            deviation / n.sqrt() * n
        } else {
            deviation / (n * share).sqrt()
        }
    }
}
