//! The two-sample Cramér–von Mises test: points in, T and its p-value out, with ties too.
//!
//! T = nm/N² ∫ (F − G)² dH over the pooled law H. T. W. Anderson (1962), *On the distribution of the two-sample
//! Cramér–von Mises criterion*; exact law by Y. Xiao, A. Gordon & A. Yakovlev (2006).

use super::Test;
use super::points::{Points, sizes};
use crate::num::{cramer_von_mises_sf, sqrt};

/// The most cells of the larger side for the exact law, as scipy chooses.
const EXACT: f64 = 20.0;

/// Without ties scipy's `cramervonmises_2samp`. With ties scipy's statistic depends on an arbitrary order within them and
/// its p-value falls to 0 for equal laws; here each step of F − G weighs as the mean of the tied cells on its two sides,
/// which changes nothing without ties and makes mirrored values alike. The exact law is that of all assignments of the
/// cells, ties included; the limit law takes mean and variance of T from the ties. One value in all: p = 1. `None` with
/// fewer than two cells on a side.
pub fn cramer_von_mises(points: &Points) -> Option<Test> {
    let (n, m) = sizes(points)?;
    if n < 2.0 || m < 2.0 {
        return None;
    }
    let all = n + m;
    let pooled: Vec<(u64, u64)> =
        points.iter().map(|p| (p.1, p.1.saturating_add(p.2))).filter(|point| point.1 > 0).collect();
    let (mut a, mut c, mut sum) = (0.0, 0.0, 0.0);
    for pair in pooled.windows(2) {
        a += pair[0].0 as f64;
        c += pair[0].1 as f64;
        let gap = a / n - (c - a) / m;
        sum += (pair[0].1 as f64 + pair[1].1 as f64) / 2.0 * gap * gap;
    }
    let statistic = n * m / (all * all) * sum;
    let p_value = if pooled.len() < 2 {
        1.0
    } else if n.max(m) <= EXACT {
        exact(&pooled, n as u64)
    } else {
        limit(&pooled, statistic, n, m)
    };
    Some(Test { statistic, p_value })
}

/// The limit law, shifted and scaled to the mean and the variance of T (Anderson's equations 11, 14 and 15).
fn limit(pooled: &[(u64, u64)], statistic: f64, n: f64, m: f64) -> f64 {
    let all = n + m;
    // With u the pooled law at a step and w its weight, T is in the limit a quadratic form of a Brownian bridge with
    // mean Σ w u(1 − u) and variance 2 ΣΣ w w' (min(u, u') − u u')².
    let (mut c, mut mean, mut squares, mut before) = (0.0, 0.0, 0.0, 0.0);
    for pair in pooled.windows(2) {
        c += pair[0].1 as f64;
        let (u, rest) = (c / all, (all - c) / all);
        let weight = (pair[0].1 as f64 + pair[1].1 as f64) / 2.0 / all;
        mean += weight * u * rest;
        squares += weight * rest * rest * (weight * u * u + 2.0 * before);
        before += weight * u * u;
    }
    mean *= all / (all - 1.0);
    // The same double sum without ties; Anderson's variance is scaled by the ratio.
    let square = all * all;
    let untied = (square - 1.0) * (2.0 * square + 7.0) / (180.0 * square * square);
    let k = n * m;
    let variance =
        (all + 1.0) * (4.0 * k * all - 3.0 * (n * n + m * m) - 2.0 * k) / (45.0 * all * all * 4.0 * k);
    let scaled = 1.0 / 6.0 + (statistic - mean) / sqrt(45.0 * variance * squares / untied);
    cramer_von_mises_sf(scaled)
}

/// The share of all assignments of n of the cells to the reference whose T is as large.
fn exact(pooled: &[(u64, u64)], n: u64) -> f64 {
    let all: u64 = pooled.iter().map(|p| p.1).sum();
    // For each number of reference cells so far, the sums 2 w (a N − c n)² so far with how many assignments have them.
    let mut ways: Vec<Vec<(u64, u64)>> = vec![Vec::new(); n as usize + 1];
    ways[0].push((0, 1));
    let (mut own, mut a, mut c) = (0, 0, 0);
    for (i, &(reference, cells)) in pooled.iter().enumerate() {
        c += cells;
        a += reference;
        let weight = pooled.get(i + 1).map_or(0, |next| cells + next.1);
        let step = |a: u64| weight * (a * all).abs_diff(c * n) * (a * all).abs_diff(c * n);
        own += step(a);
        let mut next = Vec::with_capacity(ways.len());
        for a in 0..=n {
            let mut sums: Vec<(u64, u64)> = Vec::new();
            for taken in 0..=cells.min(a) {
                let choices = choose(cells, taken);
                sums.extend(ways[(a - taken) as usize].iter().map(|w| (w.0 + step(a), w.1 * choices)));
            }
            // std's stable sort: it only merges the few rising runs.
            sums.sort_by_key(|s| s.0);
            sums.dedup_by(|next, kept| {
                let same = next.0 == kept.0;
                if same {
                    kept.1 += next.1;
                }
                same
            });
            next.push(sums);
        }
        ways = next;
    }
    let last = &ways[n as usize];
    let large: u64 = last.iter().filter(|w| w.0 >= own).map(|w| w.1).sum();
    large as f64 / last.iter().map(|w| w.1).sum::<u64>() as f64
}

/// n over k, for n up to 40.
fn choose(n: u64, k: u64) -> u64 {
    (1..=k.min(n - k)).fold(1, |product, i| product * (n + 1 - i) / i)
}

#[cfg(test)]
mod tests {
    use super::super::points::points;
    use super::*;
    use crate::num::testing::close;

    #[test]
    fn without_ties_it_agrees_with_scipy() {
        // scipy 1.17.1: cramervonmises_2samp(a, b)
        type Case<'a> = (&'a [f64], &'a [f64], (f64, f64));
        let cases: [Case; 3] = [
            (&[1.0, 2.0, 3.0, 4.0, 5.5], &[2.5, 4.5, 6.5, 9.0], (0.2592592592592593, 0.2222222222222222)),
            (&[1.0, 7.0], &[2.0, 3.0], (0.125, 1.0)),
            (
                &[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0],
                &[7.5, 8.0, 9.0, 10.0, 11.0, 12.0, 13.0],
                (1.1785714285714284, 0.0005827505827505828),
            ),
        ];
        for (a, b, (t, p)) in cases {
            for points in [points(a, b), points(b, a)] {
                let found = cramer_von_mises(&points).expect("cells");
                close(found.statistic, t, 1e-12);
                close(found.p_value, p, 1e-12);
            }
        }
    }

    #[test]
    fn the_largest_exact_law_agrees_with_scipy() {
        // scipy 1.17.1: cramervonmises_2samp(np.arange(19), np.arange(20) * 1.07 + 1.313)
        let a: Vec<f64> = (0..19).map(f64::from).collect();
        let b: Vec<f64> = (0..20).map(|i| f64::from(i) * 1.07 + 1.313).collect();
        let found = cramer_von_mises(&points(&a, &b)).expect("cells");
        let (t, p) = (0.1538911381016641, 0.39354279500819134);
        close(found.statistic, t, 1e-12);
        close(found.p_value, p, 1e-12);
    }

    #[test]
    fn the_limit_law_agrees_with_scipy() {
        // scipy 1.17.1: cramervonmises_2samp(np.arange(n), np.arange(m) * f + g); its series stops at terms of 1e-7
        for (n, m, f, g, (t, p)) in [
            (30, 25, 1.1, 2.35, (0.030060606060606787, 0.9881601038648267)),
            (50, 40, 1.3, 0.45, (0.020259259259258755, 0.998754354226235)),
            (1000, 700, 1.45, 3.71, (0.05604571428574445, 0.8396967915411373)),
            (21, 5, 1.0, 7.5, (0.20970695970695985, 0.2568950006731485)),
        ] {
            let a: Vec<f64> = (0..n).map(f64::from).collect();
            let b: Vec<f64> = (0..m).map(|i| f64::from(i) * f + g).collect();
            let found = cramer_von_mises(&points(&a, &b)).expect("cells");
            close(found.statistic, t, 1e-11);
            assert!((found.p_value - p).abs() < 2e-7, "{} {p}", found.p_value);
        }
    }

    #[test]
    fn tied_cells_of_equal_laws_do_not_alarm() {
        // scipy says p = 0 of such samples.
        let points = [(0.0, 5000, 5000), (1.0, 3000, 3010), (2.0, 2000, 1990)];
        assert!(cramer_von_mises(&points).expect("cells").p_value > 0.9);
        let moved = [(0.0, 5000, 4500), (1.0, 3000, 3300), (2.0, 2000, 2200)];
        assert!(cramer_von_mises(&moved).expect("cells").p_value < 1e-9);
        assert_eq!(cramer_von_mises(&[(4.0, 1_000_000, 9)]).map(|t| t.p_value), Some(1.0));
    }

    #[test]
    fn two_values_alone_are_fishers_table_in_small() {
        // 3 of 4 against 1 of 4: T is as large or larger in (16 + 16 + 1 + 1)/70 of the assignments.
        let found = cramer_von_mises(&[(0.0, 3, 1), (1.0, 1, 3)]).expect("cells");
        close(found.p_value, 34.0 / 70.0, 1e-14);
        let mirrored = cramer_von_mises(&[(0.0, 1, 3), (1.0, 3, 1)]).expect("cells");
        assert_eq!(found, mirrored);
    }

    #[test]
    fn counts_of_any_size_neither_overflow_nor_alarm() {
        let half = u64::MAX / 2;
        let points = [(0.0, half, half), (1.0, half, half)];
        assert_eq!(cramer_von_mises(&points).map(|test| test.statistic), Some(0.0));
        assert!(cramer_von_mises(&[(0.0, u64::MAX, u64::MAX), (1.0, 1, u64::MAX)]).is_some());
    }

    #[test]
    fn too_few_cells_say_nothing() {
        assert_eq!(cramer_von_mises(&points(&[1.0], &[2.0, 3.0])), None);
        assert_eq!(cramer_von_mises(&[]), None);
    }
}
