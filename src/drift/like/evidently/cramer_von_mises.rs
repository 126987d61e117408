//! Evidently's own copy of scipy's Cramér–von Mises test: points in, its p-value out, wrong with ties as it is.
//!
//! Tied cells share a midrank, but each is held against its own rank within its sample, so that T grows with the ties.

use super::super::super::methods::Points;
use crate::num::{cramer_von_mises_cdf_cut, sqrt};
use std::collections::BTreeMap;

/// The most cells of the larger side for the exact law.
const EXACT: u64 = 20;

/// The p-value; `None` with fewer than two cells on a side.
pub(super) fn p_value(points: &Points) -> Option<f64> {
    let side = |of: fn(&(f64, u64, u64)) -> u64| points.iter().map(of).sum::<u64>();
    let (n, m) = (side(|it| it.1), side(|it| it.2));
    if n < 2 || m < 2 {
        return None;
    }
    let (x, y) = (n as f64, m as f64);
    // Σ over j = 1…a of (c − j)², c the midrank less the side's cells below.
    let squares = |a: f64, c: f64| a * c * c - c * a * (a + 1.0) + a * (a + 1.0) * (2.0 * a + 1.0) / 6.0;
    let (mut left, mut right, mut u) = (0.0, 0.0, 0.0);
    for point in points {
        let (a, b) = (point.1 as f64, point.2 as f64);
        let rank = left + right + (a + b + 1.0) / 2.0;
        u += x * squares(a, rank - left) + y * squares(b, rank - right);
        (left, right) = (left + a, right + b);
    }
    if n.max(m) <= EXACT {
        return Some(exact(u, n as i64, m as i64));
    }
    let (k, all) = (x * y, x + y);
    let t = u / (k * all) - (4.0 * k - 1.0) / (6.0 * all);
    let mean = (1.0 + 1.0 / all) / 6.0;
    let variance =
        (all + 1.0) * (4.0 * k * all - 3.0 * (x * x + y * y) - 2.0 * k) / (45.0 * all * all * 4.0 * k);
    let scaled = 1.0 / 6.0 + (t - mean) / sqrt(45.0 * variance);
    Some(if scaled < 0.003 { 1.0 } else { (1.0 - cramer_von_mises_cdf_cut(scaled)).max(0.0) })
}

/// The share of all orders of untied cells whose ζ is as large; Y. Xiao, A. Gordon & A. Yakovlev (2006).
fn exact(u: f64, n: i64, m: i64) -> f64 {
    let gcd = (1..=n.min(m)).rev().find(|d| n % d == 0 && m % d == 0).unwrap_or(1);
    let lcm = n / gcd * m;
    let (a, b) = (lcm / n, lcm / m);
    let pairs = (n * m) as f64;
    let least = ((lcm * lcm * (n + m)) as f64 * (6.0 * u - pairs * (4.0 * pairs - 1.0))
        / (6.0 * pairs * pairs))
        .floor();
    // Sums of (a v − b w)² over the path so far, with how many paths have them, for each v of the first side's cells.
    let mut ways: Vec<BTreeMap<i64, f64>> = vec![BTreeMap::new(); n as usize + 1];
    for w in 0..=m {
        for v in 0..=n {
            let step = (a * v - b * w) * (a * v - b * w);
            let mut sums: BTreeMap<i64, f64> = BTreeMap::new();
            if v == 0 && w == 0 {
                sums.insert(0, 1.0);
            }
            let before = if v > 0 { Some(&ways[v as usize - 1]) } else { None };
            let above = (w > 0).then_some(&ways[v as usize]);
            for (sum, count) in before.into_iter().chain(above).flatten() {
                *sums.entry(sum + step).or_default() += count;
            }
            ways[v as usize] = sums;
        }
    }
    let last = &ways[n as usize];
    let all: f64 = last.values().sum();
    last.iter().filter(|(sum, _)| **sum as f64 >= least).map(|it| it.1).sum::<f64>() / all
}
