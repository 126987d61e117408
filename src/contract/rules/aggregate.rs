//! `minimum`, `maximum`, `mean`, `median`, `std`, `sum`, `distinct-count`, `distinct-share`: bounds on a number of the
//! column's profile → a finding. Where the number is an estimate, a bound within its error is not decided.

use crate::finding::{Finding, Status, Tier};
use crate::profile::{Column, Estimate, Scalar};

use super::super::model::Check;
use super::super::wording::within;
use super::not_run;

/// A number of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::contract) enum Metric {
    /// The smallest value.
    Minimum,
    /// The largest value.
    Maximum,
    /// The arithmetic mean.
    Mean,
    /// The median, interpolated linearly.
    Median,
    /// The sample standard deviation (n − 1).
    Std,
    /// The sum.
    Sum,
    /// Distinct valid values.
    DistinctCount,
    /// Distinct valid values per valid cell.
    DistinctShare,
    /// Cells that are there per row.
    CompleteShare,
}

/// # What it checks
/// That a number of the column's valid cells lies within bounds: `minimum`, `maximum`, `mean`, `median` (interpolated linearly),
/// `std` (of a sample, n − 1), `sum`, `distinct-count`, `distinct-share` (distinct values per valid cell), `complete-share` (cells
/// that are there per row). Where it is an estimate and the bound lies within its error, the rule is not run.
///
/// # Why
/// A file whose every cell is fine can still be half of what it was, or in another unit.
///
/// # Example
/// ```yaml
/// - type: custom
///   engine: driftline
///   implementation: {rule: mean, mustBeBetween: [20, 60]}
/// ```
///
/// # Parameters
/// An operator (`mustBe`, `mustBeBetween`, `mustBeGreaterThan` and so on); `when` chooses rows. In Great Expectations
/// `expect_column_…_to_be_between` with `min_value`, `max_value`, `strict_min`, `strict_max`.
///
/// # Missing and invalid cells
/// Only valid cells count; a column without any has none of these numbers, and the rule is not run. `complete-share` is of all rows: a
/// missing cell is none, an invalid one is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::contract) struct Aggregate {
    /// Which number.
    pub(in crate::contract) metric: Metric,
    /// The lower bound, and whether it is exclusive.
    pub(in crate::contract) low: Option<(f64, bool)>,
    /// The upper bound, and whether it is exclusive.
    pub(in crate::contract) high: Option<(f64, bool)>,
}

impl Metric {
    /// The public id of the rule.
    pub(in crate::contract) fn id(self) -> &'static str {
        match self {
            Metric::Minimum => "minimum",
            Metric::Maximum => "maximum",
            Metric::Mean => "mean",
            Metric::Median => "median",
            Metric::Std => "std",
            Metric::Sum => "sum",
            Metric::DistinctCount => "distinct-count",
            Metric::DistinctShare => "distinct-share",
            Metric::CompleteShare => "complete-share",
        }
    }

    fn words(self) -> &'static str {
        match self {
            Metric::Minimum => "the minimum",
            Metric::Maximum => "the maximum",
            Metric::Mean => "the mean",
            Metric::Median => "the median",
            Metric::Std => "the standard deviation",
            Metric::Sum => "the sum",
            Metric::DistinctCount => "the number of distinct values",
            Metric::DistinctShare => "the share of distinct values",
            Metric::CompleteShare => "the share of cells that are there",
        }
    }

    /// The number and how far off it may be, or why there is none.
    fn of(self, column: &Column) -> Result<(f64, f64), String> {
        let share = |estimate: &Estimate| match column.valid {
            0 => Err("every cell is missing or invalid".to_owned()),
            valid => Ok((estimate.value / valid as f64, estimate.error / valid as f64)),
        };
        match self {
            Metric::DistinctCount => return Ok((column.distinct.value, column.distinct.error)),
            Metric::DistinctShare => return share(&column.distinct),
            Metric::CompleteShare if column.rows == 0 => return Err("the file has no rows".to_owned()),
            Metric::CompleteShare => {
                return Ok(((column.rows - column.missing) as f64 / column.rows as f64, 0.0));
            }
            _ => {}
        }
        let Some(numeric) = &column.numeric else {
            let reason = match column.valid {
                0 => "every cell is missing or invalid".to_owned(),
                _ => format!("{} is not defined for a column of type {}", self.words(), column.ty.id()),
            };
            return Err(reason);
        };
        let number = |scalar: &Scalar| match scalar {
            Scalar::Integer(value) => Some(*value as f64),
            Scalar::Float(value) => Some(*value),
            Scalar::Text(text) => text.parse().ok(),
        };
        let median = || {
            let at = numeric.quantiles.iter().position(|(p, _)| *p == 0.5)?;
            let error = numeric.quantile_errors.get(at).copied().unwrap_or(0.0);
            Some((number(&numeric.quantiles[at].1)?, if numeric.exact { 0.0 } else { error }))
        };
        let exact = |value: Option<f64>| value.map(|value| (value, 0.0));
        let found = match self {
            Metric::Minimum => exact(number(&numeric.min)),
            Metric::Maximum => exact(number(&numeric.max)),
            Metric::Mean => exact(numeric.mean),
            Metric::Std => exact(numeric.std),
            Metric::Sum => exact(number(&numeric.sum)),
            _ => median(),
        };
        found.ok_or_else(|| format!("{} is not defined for these values", self.words()))
    }
}

impl Aggregate {
    /// What is agreed.
    pub(in crate::contract) fn expected(&self) -> String {
        let side = |end: Option<(f64, bool)>| end.map(|(bound, strict)| (bound.to_string(), strict));
        within(side(self.low), side(self.high))
    }

    fn holds(&self, value: f64) -> bool {
        let above = self.low.is_none_or(|(low, strict)| if strict { value > low } else { value >= low });
        let below = self.high.is_none_or(|(high, strict)| if strict { value < high } else { value <= high });
        above && below
    }

    /// The finding.
    pub(in crate::contract) fn finding(&self, check: &Check, name: &str, column: &Column) -> Finding {
        let (id, words) = (self.metric.id(), self.metric.words());
        let (value, error) = match self.metric.of(column) {
            Ok(found) => found,
            Err(reason) => return not_run(id, Some(name), check, &self.expected(), &reason),
        };
        let holds = self.holds(value);
        if error > 0.0 && (self.holds(value - error) != holds || self.holds(value + error) != holds) {
            let reason = format!("{words} is about {value}, and the bound lies within its error of {error}");
            return not_run(id, Some(name), check, &self.expected(), &reason);
        }
        let status = if holds { Status::Pass } else { Status::Fail };
        let about = if error > 0.0 { "about " } else { "" };
        let message = format!("{words} is {about}{value}; agreed is {}", self.expected());
        let mut finding = Finding::new(id, Tier::Contract, check.severity, status, message);
        finding.column = Some(name.to_owned());
        finding.expected = Some(self.expected());
        finding.observed = Some(value.to_string());
        (finding.count, finding.total) = (u64::from(!holds), 1);
        finding
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_are_inclusive_unless_strict() {
        let of = |low, high| Aggregate { metric: Metric::Mean, low, high };
        let table = [
            (of(Some((1.0, false)), None), 1.0, true),
            (of(Some((1.0, true)), None), 1.0, false),
            (of(None, Some((2.0, true))), 2.0, false),
            (of(Some((1.0, false)), Some((2.0, false))), 2.0, true),
            (of(Some((1.0, false)), Some((2.0, false))), 2.5, false),
        ];
        for (rule, value, holds) in table {
            assert_eq!(rule.holds(value), holds, "{rule:?} {value}");
        }
        assert_eq!(of(Some((1.0, true)), Some((2.0, false))).expected(), "more than 1 and at most 2");
    }
}
