//! Location: both sides of ordered values in, how far the middle moved out.

use super::super::outcome::Kind;
use super::super::summary::Sides;
use super::super::words::statistic;
use super::Told;

/// The least move of the median, in robust standard deviations of the reference: that which makes a Wasserstein distance
/// count.
const LEAST: f64 = 0.1;
/// And in standard errors of the difference of two medians (of normal laws, √(π/2)·√(1/n + 1/m)).
const ERRORS: f64 = 2.0 * 1.253_314_137_315_5;

/// The median's move, where it is one.
pub(super) fn told(sides: &Sides, show: &dyn Fn(f64) -> String) -> Option<Told> {
    let (before, now) = (sides.reference.quantile(0.5), sides.current.quantile(0.5));
    let moved = (now - before) / sides.unit?;
    if moved.abs() < LEAST.max(ERRORS * sides.noise()) {
        return None;
    }
    let way = if moved > 0.0 { "up" } else { "down" };
    let words = format!(
        "its median went {way} from {} to {}, by {} robust sd",
        show(before),
        show(now),
        statistic(moved.abs())
    );
    Some(Told { kind: Kind::Location, words })
}
