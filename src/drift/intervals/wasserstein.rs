//! The Wasserstein distance in robust standard deviations: counts of ordered values in, its interval out.

use super::super::methods::Points;
use super::super::methods::wasserstein::{distance, spread};
use super::{Interval, Z, excess};
use crate::num;

/// W₁ = ∫ |F − G| dx is, as the total variation, never too small on average and too large by at most the excess under the
/// integral; its variance is that of the influence function ∫ sign(F − G)(1{x ≤ t} − F(t)) dt (delta method; del Barrio,
/// Giné & Matrán 1999 for the limit law). The reference's spread varies too: as order statistics at the quartiles, with
/// their correlation of 1/3, or as a standard deviation with the kurtosis of the values.
pub(crate) fn wasserstein(points: &Points) -> Option<Interval> {
    let moved = distance(points)?;
    let unit = spread(points)?;
    let n: u64 = points.iter().map(|p| p.1).sum();
    let m: u64 = points.iter().map(|p| p.2).sum();
    let (rows, others) = (n as f64, m as f64);
    let (mut below, mut under) = (0, 0);
    let (mut too_large, mut path) = (0.0, 0.0);
    // Sums for both variances of the influence function, which is −path but for a constant.
    let mut sums = [[0.0; 2]; 2];
    for (i, &(x, a, b)) in points.iter().enumerate() {
        below += a;
        under += b;
        for (sum, count) in sums.iter_mut().zip([a as f64 / rows, b as f64 / others]) {
            sum[0] += count * path;
            sum[1] += count * path * path;
        }
        let Some(next) = points.get(i + 1) else { break };
        let (f, g) = (below as f64 / rows, under as f64 / others);
        let width = (next.0 - x) / unit;
        let deviation = num::sqrt(f * (1.0 - f) / rows + g * (1.0 - g) / others);
        too_large += excess(f - g, deviation) * width;
        path += if f > g { width } else { -width };
    }
    let variance = |sum: [f64; 2], rows: f64| (sum[1] - sum[0] * sum[0]).max(0.0) / rows;
    let effect = moved / unit;
    let relative = spread_error(points, n, unit);
    let of_unit = effect * relative;
    let half = Z * num::sqrt(variance(sums[0], rows) + variance(sums[1], others) + of_unit * of_unit);
    let (low, high) = ((effect - too_large - half).max(0.0), effect + half);
    (low.is_finite() && high.is_finite()).then_some(Interval { low, high })
}

/// The standard error of the reference's spread, as a part of it.
fn spread_error(points: &Points, n: u64, unit: f64) -> f64 {
    let at = |p: f64| value_at(points, n, p);
    let step = num::sqrt(0.25 * 0.75 / n as f64);
    let quartile = |p: f64| (at((p + step).min(1.0)) - at((p - step).max(0.0))) / 2.0;
    let range = at(0.75) - at(0.25);
    if range > 0.0 {
        let (a, b) = (quartile(0.25), quartile(0.75));
        return num::sqrt((a * a + b * b - 2.0 / 3.0 * a * b).max(0.0)) / range;
    }
    let mean: f64 = points.iter().map(|p| p.0 * (p.1 as f64 / n as f64)).sum();
    let fourth: f64 = points
        .iter()
        .map(|p| {
            let z = (p.0 - mean) / unit;
            z * z * z * z * (p.1 as f64 / n as f64)
        })
        .sum();
    num::sqrt(((fourth - 1.0) / (4.0 * n as f64)).max(0.0))
}

/// The reference's value at this share.
fn value_at(points: &Points, n: u64, p: f64) -> f64 {
    let wanted = (n as f64 * p).max(1.0);
    let mut below = 0;
    let mut last = 0.0;
    for point in points.iter().filter(|point| point.1 > 0) {
        below += point.1;
        last = point.0;
        if below as f64 >= wanted {
            break;
        }
    }
    last
}

#[cfg(test)]
mod tests {
    use super::super::super::methods::points;
    use super::super::super::testing::Stream;
    use super::super::testing::coverage;
    use super::*;

    #[test]
    fn it_holds_the_truth_in_95_of_100_samples() {
        // A normal law moved by d: W₁ is d, and its robust standard deviation is 1. An exponential one: W₁ of e and k·e is
        // |k − 1|, and the spread ln 3 / 1.349.
        for (d, n, m) in [(0.0, 200, 200), (0.15, 500, 300), (0.5, 300, 1000), (20.0, 200, 200)] {
            let share = coverage(d, |run| {
                let mut stream = Stream(run << 32 | m << 16);
                let a: Vec<f64> = (0..n).map(|_| stream.normal()).collect();
                let b: Vec<f64> = (0..m).map(|_| stream.normal() + d).collect();
                wasserstein(&points(&a, &b)).expect("spread")
            });
            assert!(share >= 0.93, "{share} at {d}");
        }
        let unit = num::ln(3.0) / 1.349;
        for k in [1.0, 1.3, 3.0] {
            let share = coverage((k - 1.0) / unit, |run| {
                let mut stream = Stream(run << 32 | 77);
                let mut draw =
                    |k: f64| -> Vec<f64> { (0..400).map(|_| -k * num::ln(1.0 - stream.next())).collect() };
                let (a, b) = (draw(1.0), draw(k));
                wasserstein(&points(&a, &b)).expect("spread")
            });
            assert!(share >= 0.93, "{share} at {k}");
        }
    }

    #[test]
    fn constants_have_none_and_extremes_do_not_abort() {
        assert_eq!(wasserstein(&[(1.0, 5, 5)]), None);
        assert_eq!(wasserstein(&[]), None);
        let wild = wasserstein(&[(-f64::MAX, 50, 1), (0.0, 50, 50), (f64::MAX, 50, 9)]);
        assert!(wild.is_none_or(|found| found.low <= found.high));
    }
}
