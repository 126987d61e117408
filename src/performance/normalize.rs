//! The cells of a confusion matrix as shares: of all rows, of those of the true class, or of those decided so. As NannyML's
//! `normalize_confusion_matrix`.

use super::confusion::Confusion;
use super::deviation_of_share;
use super::metric::Metric;

/// What a cell of the confusion matrix is a share of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Normalize {
    /// Rows that truly are of its class.
    True,
    /// Rows that were decided to be of its class.
    Predicted,
    /// All rows.
    All,
}

impl Normalize {
    /// The word of options and reports, which is NannyML's.
    pub fn id(self) -> &'static str {
        match self {
            Normalize::True => "true",
            Normalize::Predicted => "pred",
            Normalize::All => "all",
        }
    }

    /// The one of this word.
    pub fn of(word: &str) -> Option<Normalize> {
        [Normalize::True, Normalize::Predicted, Normalize::All].into_iter().find(|it| it.id() == word)
    }

    /// What a cell is a share of, in words.
    pub fn words(self) -> &'static str {
        match self {
            Normalize::True => "the rows that truly are of their class",
            Normalize::Predicted => "the rows that were decided so",
            Normalize::All => "all rows",
        }
    }

    /// The cell, and the rows that it is a share of; `None` of a metric that is no cell.
    fn parts(self, metric: Metric, it: &Confusion) -> Option<(f64, f64)> {
        let (tp, fp, tn, fne) = (it.true_positive, it.false_positive, it.true_negative, it.false_negative);
        let (cell, truly, decided) = match metric {
            Metric::TruePositive => (tp, fne, fp),
            Metric::FalsePositive => (fp, tn, tp),
            Metric::TrueNegative => (tn, fp, fne),
            Metric::FalseNegative => (fne, tp, tn),
            _ => return None,
        };
        Some(match self {
            Normalize::True => (cell, cell + truly),
            Normalize::Predicted => (cell, cell + decided),
            Normalize::All => (cell, it.rows()),
        })
    }

    /// The share; `None` of nothing.
    pub fn value(self, metric: Metric, it: &Confusion) -> Option<f64> {
        let (cell, of) = self.parts(metric, it)?;
        (of > 0.0).then(|| cell / of)
    }

    /// The deviation of one row's part in the share, and the share of rows that it stands on, from the reference.
    pub fn spread(self, metric: Metric, reference: &Confusion) -> Option<(f64, f64)> {
        let (cell, of) = self.parts(metric, reference)?;
        Some((deviation_of_share(cell, of - cell)?, of / reference.rows()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const IT: Confusion =
        Confusion { true_positive: 30.0, false_positive: 10.0, true_negative: 50.0, false_negative: 20.0 };
    const CELLS: [Metric; 4] =
        [Metric::TruePositive, Metric::FalsePositive, Metric::TrueNegative, Metric::FalseNegative];

    #[test]
    fn shares_are_those_of_scikit_learn() {
        // scikit-learn 1.9.1: confusion_matrix(y, d, normalize=…) of 30, 10, 50, 20
        let table = [
            (Normalize::True, [0.6, 0.16666666666666666, 0.8333333333333334, 0.4]),
            (Normalize::Predicted, [0.75, 0.25, 0.7142857142857143, 0.2857142857142857]),
            (
                Normalize::All,
                [0.2727272727272727, 0.09090909090909091, 0.45454545454545453, 0.18181818181818182],
            ),
        ];
        for (normalize, expected) in table {
            assert_eq!(CELLS.map(|it| normalize.value(it, &IT).unwrap()), expected, "{}", normalize.id());
        }
    }

    #[test]
    fn a_share_of_nothing_is_none_and_other_metrics_have_none() {
        let none = Confusion { true_negative: 5.0, ..Confusion::default() };
        assert_eq!(Normalize::True.value(Metric::TruePositive, &none), None);
        assert_eq!(Normalize::Predicted.spread(Metric::FalsePositive, &none), None);
        assert_eq!(Normalize::All.value(Metric::TrueNegative, &none), Some(1.0));
        assert_eq!(Normalize::All.value(Metric::F1, &IT), None);
        assert_eq!(Normalize::All.value(Metric::TrueNegative, &Confusion::default()), None);
    }
}
