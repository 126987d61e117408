//! `outliers` and `z-score`: each number against what the column's numbers are like → rules on rows that are judged in a
//! second pass, once the column is known.

use crate::profile::{Column, Scalar};
use crate::sketch::pack::pack_struct;
use crate::sketch::rows::{Judged, Row, RowProbe};

#[cfg(feature = "cli")]
use super::super::extent::Extent;
#[cfg(feature = "cli")]
use super::super::tree::Tree;
#[cfg(feature = "cli")]
use super::{Parameters, parameters};

/// # What it checks
/// That no number lies beyond the column's fences. With `iqr` these are Tukey's: `multiplier` interquartile ranges below the
/// lower and above the upper quartile, the fences themselves included; with `std` a number as far from the mean as
/// `multiplier` sample standard deviations (n − 1), or further, is an outlier.
///
/// # Why
/// A unit that changed or a slipped decimal point stands out from its column before anybody has agreed on a range.
///
/// # Example
/// ```yaml
/// quality:
///   - type: custom
///     engine: driftline
///     implementation: {rule: outliers, method: iqr, multiplier: 3}
/// ```
///
/// # Parameters
/// `method`: `iqr` (the default) or `std`; `multiplier`, 1.5 where none is given; `when`: the rows that are judged, and of which
/// the fences are made. Quartiles are interpolated linearly; of a column with more values than its memory holds they are
/// estimates, and their error is told. A column without spread has no outliers under `iqr` but what differs from it.
///
/// # Missing and invalid cells
/// They are no part of the fences and are counted as skipped. Of a column without a valid cell the rule is not run.
pub(in crate::contract) const OUTLIERS: &str = "outliers";

/// # What it checks
/// That each number's distance from the mean, in sample standard deviations (n − 1), is below a threshold. Where all numbers
/// are equal, or there is only one, none has such a distance and all keep the rule.
///
/// # Why
/// The rule of thumb for measurements that are about normal.
///
/// # Example
/// ```yaml
/// quality:
///   - type: custom
///     engine: driftline
///     implementation: {rule: z-score, threshold: 6}
/// ```
///
/// # Parameters
/// `threshold`; `oneSided: true` where only numbers above the mean may be offenders; `when`.
///
/// # Missing and invalid cells
/// They are no part of the mean and are counted as skipped. Of a column without a valid cell the rule is not run.
pub(in crate::contract) const Z_SCORE: &str = "z-score";

/// What is too far out.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::contract) enum Fence {
    /// Beyond so many interquartile ranges outside the quartiles.
    Iqr(f64),
    /// So many standard deviations from the mean, or more.
    Std(f64),
    /// A distance from the mean in standard deviations of at least the threshold; above it only, or on both sides.
    ZScore {
        /// The threshold.
        threshold: f64,
        /// Whether it counts below the mean too.
        both: bool,
    },
}

/// What the numbers of a column are like; NaN where that is not defined.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    /// The mean.
    pub mean: f64,
    /// The sample standard deviation (n − 1).
    pub std: f64,
    /// The quartiles.
    pub quartiles: (f64, f64),
    /// How far the quartiles may be off.
    pub error: f64,
}

pack_struct!(Spread { mean, std, quartiles, error });

impl Spread {
    /// That of a column.
    pub fn of(column: &Column) -> Spread {
        let numeric = column.numeric.as_ref();
        let number = |scalar: &Scalar| match scalar {
            Scalar::Integer(value) => *value as f64,
            Scalar::Float(value) => *value,
            Scalar::Text(text) => text.parse().unwrap_or(f64::NAN),
        };
        let at = |p: f64| numeric.and_then(|it| it.quantiles.iter().position(|(q, _)| *q == p));
        let quantile = |p: f64| {
            let found = numeric.zip(at(p)).map(|(it, i)| number(&it.quantiles[i].1));
            found.unwrap_or(f64::NAN)
        };
        let error = |p: f64| {
            let found = numeric.zip(at(p)).and_then(|(it, i)| it.quantile_errors.get(i).copied());
            found.unwrap_or(0.0)
        };
        Spread {
            mean: numeric.and_then(|it| it.mean).unwrap_or(f64::NAN),
            std: numeric.and_then(|it| it.std).unwrap_or(f64::NAN),
            quartiles: (quantile(0.25), quantile(0.75)),
            error: error(0.25).max(error(0.75)),
        }
    }
}

impl Fence {
    /// The public id.
    pub(in crate::contract) fn id(self) -> &'static str {
        if let Fence::ZScore { .. } = self { Z_SCORE } else { OUTLIERS }
    }

    /// What is agreed, in words.
    pub(in crate::contract) fn expected(self) -> String {
        match self {
            Fence::Iqr(by) => format!("within {by} interquartile ranges of the quartiles"),
            Fence::Std(by) => format!("less than {by} standard deviations from the mean"),
            Fence::ZScore { threshold, both: true } => {
                format!("a z-score between -{threshold} and {threshold}")
            }
            Fence::ZScore { threshold, both: false } => format!("a z-score below {threshold}"),
        }
    }

    /// What an offender is, after "is" or "are".
    pub(in crate::contract) fn fault(self) -> String {
        match self {
            Fence::Iqr(by) => format!("further than {by} interquartile ranges outside the quartiles"),
            Fence::Std(by) => format!("{by} standard deviations or more from the mean"),
            Fence::ZScore { threshold, both: true } => {
                format!("{threshold} standard deviations or more from the mean")
            }
            Fence::ZScore { threshold, both: false } => {
                format!("{threshold} standard deviations or more above the mean")
            }
        }
    }

    /// What it allows.
    #[cfg(feature = "cli")]
    pub(in crate::contract) fn extent(self) -> Extent {
        match self {
            Fence::Iqr(by) => Extent::part("iqr", Extent::at_most(by)),
            Fence::Std(by) => Extent::part("std", Extent::at_most(by)),
            Fence::ZScore { threshold, both } => {
                let sides = if both { &["above", "below"][..] } else { &["above"] };
                let part = |side: &&str| ((*side).to_owned(), Extent::at_most(threshold));
                Extent::Parts(sides.iter().map(part).collect())
            }
        }
    }

    /// Its parameters by the names of our own engine.
    #[cfg(feature = "cli")]
    pub(in crate::contract) fn parameters(self) -> Parameters {
        match self {
            Fence::Iqr(by) => {
                parameters([("method", Some(Tree::text("iqr"))), ("multiplier", Some(Tree::number(by)))])
            }
            Fence::Std(by) => {
                parameters([("method", Some(Tree::text("std"))), ("multiplier", Some(Tree::number(by)))])
            }
            Fence::ZScore { threshold, both } => parameters([
                ("threshold", Some(Tree::number(threshold))),
                ("oneSided", (!both).then_some(Tree::Flag(true))),
            ]),
        }
    }

    /// Where the fences are, in words.
    pub(in crate::contract) fn observed(self, spread: Spread) -> String {
        match self {
            Fence::Iqr(by) => {
                let (low, high) = fences(spread, by);
                let error = if spread.error > 0.0 {
                    format!(" (of quartiles that are estimates, within {})", spread.error)
                } else {
                    String::new()
                };
                format!("fences {low} and {high}{error}")
            }
            Fence::Std(_) | Fence::ZScore { .. } => {
                format!("mean {}, standard deviation {}", spread.mean, spread.std)
            }
        }
    }

    /// Whether a number is too far out, by the formulas of Great Expectations 1.24.
    fn breaks(self, spread: Spread, value: f64) -> bool {
        let Spread { mean, std, .. } = spread;
        match self {
            Fence::Iqr(by) => {
                let (low, high) = fences(spread, by);
                value < low || value > high
            }
            Fence::Std(by) if by * std <= 0.0 => value != mean,
            Fence::Std(by) => (value - mean).abs() >= by * std,
            Fence::ZScore { .. } if std == 0.0 => false,
            Fence::ZScore { threshold, both: true } => ((value - mean) / std).abs() >= threshold.abs(),
            Fence::ZScore { threshold, both: false } => (value - mean) / std >= threshold,
        }
    }
}

fn fences(spread: Spread, by: f64) -> (f64, f64) {
    let (low, high) = spread.quartiles;
    let reach = by * (high - low);
    (low - reach, high + reach)
}

/// The rule on the numbers of a column; it skips every row until the column is known.
pub(super) struct OnFence {
    pub(super) column: usize,
    pub(super) fence: Fence,
    pub(super) spread: Option<Spread>,
}

impl RowProbe for OnFence {
    fn judge(&self, row: &Row<'_>) -> Judged {
        match (row.number(self.column), self.spread) {
            (Some(number), Some(spread)) if self.fence.breaks(spread, number) => Judged::Breaks,
            (Some(_), Some(_)) => Judged::Holds,
            _ => Judged::Skipped,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fences_are_tukeys_and_a_standard_deviation_is_an_outlier_where_it_is_reached() {
        // numpy: [1, 2, 3, 4, 100]: quartiles 2 and 4, mean 22, std (n − 1) 43.617656975128774.
        let spread = Spread { mean: 22.0, std: 43.617_656_975_128_774, quartiles: (2.0, 4.0), error: 0.0 };
        let z = |threshold, both| Fence::ZScore { threshold, both };
        let table = [
            (Fence::Iqr(1.5), 7.0, false),
            (Fence::Iqr(1.5), 7.1, true),
            (Fence::Iqr(1.5), -1.0, false),
            (Fence::Iqr(0.0), 1.0, true),
            (Fence::Std(1.0), 65.618, true),
            (Fence::Std(1.0), 65.617, false),
            (Fence::Std(0.0), 22.0, false),
            (Fence::Std(0.0), 23.0, true),
            (z(1.5, true), 100.0, true),
            (z(2.0, true), 100.0, false),
            (z(1.0, true), -30.0, true),
            (z(1.0, false), -30.0, false),
        ];
        for (fence, value, breaks) in table {
            assert_eq!(fence.breaks(spread, value), breaks, "{fence:?} {value}");
        }
    }

    #[test]
    fn without_spread_nothing_is_far_out() {
        let none = Spread { mean: 5.0, std: f64::NAN, quartiles: (5.0, 5.0), error: 0.0 };
        for fence in [Fence::Iqr(1.5), Fence::Std(2.0), Fence::ZScore { threshold: 1.0, both: true }] {
            assert!(!fence.breaks(none, 5.0), "{fence:?}");
        }
        let constant = Spread { std: 0.0, ..none };
        assert!(!Fence::ZScore { threshold: 0.0, both: true }.breaks(constant, 5.0));
        assert!(!Fence::Std(2.0).breaks(constant, 5.0) && Fence::Std(2.0).breaks(constant, 6.0));
    }
}
