//! Spread: both sides of ordered values in, how much wider or narrower the middle half became out.

use super::super::outcome::Kind;
use super::super::summary::Sides;
use super::super::words::statistic;
use super::Told;
use crate::num;

/// The least ratio of the interquartile ranges, either way.
const LEAST: f64 = 1.25;
/// And in standard errors of its logarithm (1.17 √(1/n + 1/m) for normal laws).
const ERRORS: f64 = 2.5 * 1.17;

/// The ratio of the interquartile ranges, where it is far from one.
pub(super) fn told(sides: &Sides) -> Option<Told> {
    let (before, now) = (sides.reference.iqr(), sides.current.iqr());
    if before <= 0.0 || now <= 0.0 {
        return None;
    }
    let ratio = now / before;
    if !ratio.is_finite() || num::ln(ratio).abs() < num::ln(LEAST).max(ERRORS * sides.noise()) {
        return None;
    }
    let (word, times) = if ratio > 1.0 { ("wider", ratio) } else { ("narrower", 1.0 / ratio) };
    let words = format!("its middle half is {} times {word}", statistic(times));
    Some(Told { kind: Kind::Spread, words })
}
