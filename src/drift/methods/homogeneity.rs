//! Whether both files have the same shares of their values, rare ones included: counts per value in, a p-value out.
//!
//! Common values are tested together by chi-square, rare ones each by itself ([`Rare`]). The smaller p-value counts, each divided
//! by its part of the level (weighted Bonferroni): nine tenths for the common ones, so that they lose next to nothing.

use super::chi_square;
use crate::drift::rare::Rare;
use crate::drift::values::{Values, evidence};

/// The part of the level that common values have where there are rare ones.
const COMMON: f64 = 0.9;

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Test {
    /// Pearson's statistic of the common values, the others pooled.
    pub statistic: f64,
    /// The chance of as much without drift.
    pub p_value: f64,
    /// Whether there are rare values, which a plain chi-square test does not fit.
    pub has_rare: bool,
}

/// The test; `None` where a side has no cell.
pub(crate) fn test(values: &Values<'_>, rare: &Rare) -> Option<Test> {
    let common = chi_square::test(&evidence(values))?;
    let p_value = match rare.p_value() {
        None => common.p_value,
        Some(p) if common.degrees == 0 => p,
        Some(p) => (common.p_value / COMMON).min(p / (1.0 - COMMON)).min(1.0),
    };
    Some(Test { statistic: common.statistic, p_value, has_rare: rare.number > 0 })
}
