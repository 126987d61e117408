//! `quantile`: bounds on quantiles of a column → a finding. Of a column with more distinct values than its budget holds a quantile
//! is known to lie within a bucket: where a bound does, too, nothing is decided.

use crate::profile::{Column, Distribution, Ordered};

#[cfg(feature = "cli")]
use super::super::extent::Extent;
use super::super::tolerance::End;
#[cfg(feature = "cli")]
use super::super::tree::Tree;
use super::super::wording::within;
use super::distinct::NO_VALUE;
use super::{Judgement, ProfileRule};
#[cfg(feature = "cli")]
use super::{Parameters, parameters};

/// # What it checks
/// That a quantile, or several, lie within bounds. A quantile is the value at rank `p · (n − 1)` from 0; where that is between
/// two, it is interpolated linearly, or as agreed. Quantiles of dates are in days since 1970, of timestamps in their unit.
///
/// # Why
/// The tails of a distribution move first, and neither the mean nor the extremes say so.
///
/// # Example
/// ```yaml
/// - type: custom
///   engine: driftline
///   implementation: {rule: quantile, p: 0.95, mustBeBetween: [60, 90]}
/// ```
///
/// # Parameters
/// `p`, from 0 to 1, with an operator; or several: `quantiles`, and for each a pair of `ranges`, of which null is no bound.
/// `interpolation`: `linear` (the default), `nearest`, `lower`, `higher` or `midpoint`; `slack`: how far beyond a bound is still
/// within it, as a share of the bound (10⁻⁴ in `expect_column_quantile_values_to_be_between`, whose quantiles are the nearest).
///
/// # Missing and invalid cells
/// Only valid cells are ranked. Of a column without any, and of text, the rule is not run.
#[derive(Debug)]
pub(in crate::contract) struct Quantiles {
    /// The quantiles.
    pub(in crate::contract) ranges: Vec<Bounded>,
    /// What a quantile between two values is.
    pub(in crate::contract) interpolation: Interpolation,
    /// How far beyond a bound is still within it, as a share of the bound.
    pub(in crate::contract) slack: f64,
}

/// What a quantile between two values is: numpy's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::contract) enum Interpolation {
    Nearest,
    Linear,
    Lower,
    Higher,
    Midpoint,
}

/// The words of [`Interpolation`].
pub(in crate::contract) const INTERPOLATIONS: [(&str, Interpolation); 5] = [
    ("linear", Interpolation::Linear),
    ("nearest", Interpolation::Nearest),
    ("lower", Interpolation::Lower),
    ("higher", Interpolation::Higher),
    ("midpoint", Interpolation::Midpoint),
];

impl Interpolation {
    /// Its word.
    #[cfg(feature = "cli")]
    fn word(self) -> &'static str {
        INTERPOLATIONS.iter().find(|it| it.1 == self).map_or("linear", |it| it.0)
    }

    /// That of a word.
    pub(in crate::contract) fn named(word: &str) -> Option<Interpolation> {
        INTERPOLATIONS.iter().find(|it| it.0 == word).map(|it| it.1)
    }
}

/// A probability with the bounds of its quantile.
pub(in crate::contract) type Bounded = (f64, End, End);

impl ProfileRule for Quantiles {
    fn id(&self) -> &'static str {
        "quantile"
    }

    fn expected(&self) -> String {
        let side = |end: &End| end.map(|(bound, strict)| (bound.to_string(), strict));
        let all = self.ranges.iter().map(|(p, low, high)| {
            let bounds = within(side(low), side(high));
            format!("{p}: {}", if bounds.is_empty() { "any" } else { bounds.as_str() })
        });
        all.collect::<Vec<_>>().join("; ")
    }

    fn judge(&self, column: &Column, _: Option<&str>) -> Result<Judgement, String> {
        let ordered = match &column.distribution {
            Distribution::Ordered(ordered) => ordered,
            Distribution::Absent => return Err(NO_VALUE.to_owned()),
            Distribution::Categories(_) => return Err("text has no quantiles".to_owned()),
        };
        let found = self.ranges.iter().map(|it| quantile(ordered, it.0, self.interpolation));
        let found: Option<Vec<(f64, f64)>> = found.collect();
        let found = found.ok_or("a probability is not within 0 and 1")?;
        let mut holds = true;
        for ((p, low, high), &(least, most)) in self.ranges.iter().zip(&found) {
            // Beyond which bound it is, if any.
            let place = |value| (self.keeps(*low, None, value), self.keeps(None, *high, value));
            if place(least) != place(most) {
                return Err(format!("quantile {p} is from {least} to {most}, and a bound lies between"));
            }
            holds &= place(least) == (true, true);
        }
        let told = self.ranges.iter().zip(&found).map(|((p, ..), (least, most))| match least == most {
            true => format!("{p}: {least}"),
            false => format!("{p}: {least} … {most}"),
        });
        let told = told.collect::<Vec<_>>().join("; ");
        let message = match self.ranges.as_slice() {
            [_] => format!("the quantile is {told}"),
            _ => format!("the quantiles are {told}"),
        };
        Ok(Judgement { holds, message, observed: Some(told) })
    }

    #[cfg(feature = "cli")]
    fn extent(&self) -> Extent {
        let of = |p: f64| format!("{p} {:?} {}", self.interpolation, self.slack);
        let parts = self.ranges.iter().map(|(p, low, high)| (of(*p), Extent::between(*low, *high)));
        Extent::Parts(parts.collect())
    }

    #[cfg(feature = "cli")]
    fn expectation(&self) -> Option<(&'static str, Parameters)> {
        let ranges = Tree::map([("quantiles", self.probabilities()), ("value_ranges", self.bounds()?)]);
        let word = Some(Tree::text(self.interpolation.word()));
        let kind = "expect_column_quantile_values_to_be_between";
        Some((kind, parameters([("quantile_ranges", Some(ranges)), ("allow_relative_error", word)])))
    }

    #[cfg(feature = "cli")]
    fn parameters(&self) -> Option<Parameters> {
        let word =
            (self.interpolation != Interpolation::Linear).then(|| Tree::text(self.interpolation.word()));
        let slack = (self.slack > 0.0).then(|| Tree::number(self.slack));
        Some(parameters([
            ("quantiles", Some(self.probabilities())),
            ("ranges", Some(self.bounds()?)),
            ("interpolation", word),
            ("slack", slack),
        ]))
    }
}

impl Quantiles {
    /// Whether a value keeps both bounds.
    fn keeps(&self, low: End, high: End, value: f64) -> bool {
        let close = |bound: f64| self.slack > 0.0 && (value - bound).abs() <= self.slack * bound.abs();
        low.is_none_or(|(low, strict)| close(low) || if strict { value > low } else { value >= low })
            && high
                .is_none_or(|(high, strict)| close(high) || if strict { value < high } else { value <= high })
    }

    #[cfg(feature = "cli")]
    fn probabilities(&self) -> Tree {
        Tree::List(self.ranges.iter().map(|it| Tree::number(it.0)).collect())
    }

    /// Pairs of bounds; `None` where one is exclusive, for which they have no word.
    #[cfg(feature = "cli")]
    fn bounds(&self) -> Option<Tree> {
        let end = |end: End| match end {
            None => Some(Tree::Null),
            Some((bound, false)) => Some(Tree::number(bound)),
            Some((_, true)) => None,
        };
        let pairs = self.ranges.iter().map(|it| Some(Tree::List(vec![end(it.1)?, end(it.2)?])));
        pairs.collect::<Option<Vec<_>>>().map(Tree::List)
    }
}

/// The least and the most that the quantile at a probability may be; `None` of one that is none.
fn quantile(ordered: &Ordered, p: f64, interpolation: Interpolation) -> Option<(f64, f64)> {
    if !(0.0..=1.0).contains(&p) {
        return None;
    }
    let count: u64 = ordered.entries.iter().map(|it| it.1).sum();
    let at = p * count.saturating_sub(1) as f64;
    let (below, part) = (at.floor(), at - at.floor());
    let value = |rank: f64| at_rank(ordered, rank as u64);
    let next = || value(if part > 0.0 { below + 1.0 } else { below });
    match interpolation {
        Interpolation::Nearest => {
            let up = part > 0.5 || (part == 0.5 && below % 2.0 == 1.0);
            value(below + f64::from(u8::from(up)))
        }
        Interpolation::Lower => value(below),
        Interpolation::Higher => next(),
        Interpolation::Midpoint => {
            let (low, high) = (value(below)?, next()?);
            Some(((low.0 + high.0) / 2.0, (low.1 + high.1) / 2.0))
        }
        Interpolation::Linear => {
            let (low, high) = (value(below)?, next()?);
            Some((low.0 + (high.0 - low.0) * part, low.1 + (high.1 - low.1) * part))
        }
    }
}

/// The ends of the bucket that holds the value at a rank, from 0.
fn at_rank(ordered: &Ordered, rank: u64) -> Option<(f64, f64)> {
    let mut seen = 0;
    for (bucket, n) in &ordered.entries {
        seen += n;
        if seen > rank {
            let (low, high) = ordered.domain.bucket(*bucket, ordered.shift);
            return Some((ordered.domain.number(low), ordered.domain.number(high)));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cell::{Domain, domain};

    fn ordered(shift: u32) -> Ordered {
        let mut entries: Vec<(u128, u64)> = Vec::new();
        for value in 0..1000 {
            let bucket = u128::from(domain::signed(value)) >> shift;
            match entries.last_mut().filter(|last| last.0 == bucket) {
                Some(last) => last.1 += 1,
                None => entries.push((bucket, 1)),
            }
        }
        Ordered { domain: Domain::Signed, shift, entries }
    }

    /// `numpy.quantile(numpy.arange(1000), p, method=…)`, numpy 2.3.4.
    #[test]
    fn quantiles_are_those_of_numpy() {
        let table = [
            (0.95, Interpolation::Linear, 949.05),
            (0.95, Interpolation::Nearest, 949.0),
            (0.95, Interpolation::Lower, 949.0),
            (0.95, Interpolation::Higher, 950.0),
            (0.95, Interpolation::Midpoint, 949.5),
            (0.5, Interpolation::Linear, 499.5),
            (0.5, Interpolation::Nearest, 500.0),
            (0.0, Interpolation::Linear, 0.0),
            (1.0, Interpolation::Higher, 999.0),
        ];
        for (p, interpolation, value) in table {
            let (least, most) = quantile(&ordered(0), p, interpolation).unwrap();
            assert!((least - value).abs() < 1e-9 && least == most, "{p} {interpolation:?}: {least} {most}");
        }
        assert_eq!(quantile(&ordered(0), 1.5, Interpolation::Linear), None);
    }

    #[test]
    fn buckets_hold_the_quantile_between_their_ends() {
        for p in [0.0, 0.1, 0.5, 0.95, 1.0] {
            let truth = p * 999.0;
            let (least, most) = quantile(&ordered(4), p, Interpolation::Linear).unwrap();
            assert!(least <= truth && truth <= most && most - least <= 16.0, "{p}: {least} … {most}");
        }
    }
}
