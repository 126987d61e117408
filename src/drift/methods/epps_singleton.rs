//! The Epps–Singleton test: points in, W and its p-value out; for discrete values as for continuous ones.
//!
//! T. W. Epps & K. J. Singleton (1986), *An omnibus test for the two-sample problem using the empirical characteristic
//! function*: both characteristic functions at 0.4 and 0.8 semi-interquartile ranges of the pooled cells.

use super::Test;
use super::points::{Points, sizes};
use crate::num::{chi_squared_sf, cos, pow, sin};

type Matrix = [[f64; 4]; 4];

/// scipy's `epps_singleton_2samp`. Values are taken relative to the pooled median, which changes W by rounding only and
/// keeps large values' digits. `None` with fewer than five cells on a side or a pooled interquartile range of 0.
pub fn epps_singleton(points: &Points) -> Option<Test> {
    let (n, m) = sizes(points)?;
    let all = n + m;
    let spread = (quantile(points, all, 0.75) - quantile(points, all, 0.25)) / 2.0;
    if n < 5.0 || m < 5.0 || !(spread > 0.0 && spread.is_finite()) {
        return None;
    }
    let median = quantile(points, all, 0.5);
    let waves: Vec<[f64; 4]> = points
        .iter()
        .map(|p| {
            let x = (p.0 - median) / spread;
            [cos(0.4 * x), cos(0.8 * x), sin(0.4 * x), sin(0.8 * x)]
        })
        .collect();
    if waves.iter().flatten().any(|x| !x.is_finite()) {
        return None;
    }
    let counts = |of: fn(&(f64, u64, u64)) -> u64| points.iter().map(|p| of(p) as f64).collect::<Vec<f64>>();
    let (mean_n, spread_n) = moments(&waves, &counts(|p| p.1), n);
    let (mean_m, spread_m) = moments(&waves, &counts(|p| p.2), m);
    let mut matrix = [[0.0; 4]; 4];
    for (i, row) in matrix.iter_mut().enumerate() {
        for (j, x) in row.iter_mut().enumerate() {
            *x = all / n * spread_n[i][j] + all / m * spread_m[i][j];
        }
    }
    let gap = [0, 1, 2, 3].map(|i| mean_n[i] - mean_m[i]);
    let (form, rank) = inverse_form(matrix, &gap);
    let mut statistic = all * form;
    if n.max(m) < 25.0 {
        statistic /= 1.0 + pow(all, -0.45) + 10.1 * (pow(n, -1.7) + pow(m, -1.7));
    }
    (rank > 0).then(|| Test { statistic, p_value: chi_squared_sf(statistic, f64::from(rank)) })
}

/// The pooled cells' quantile, linear between neighbours.
fn quantile(points: &Points, all: f64, p: f64) -> f64 {
    let position = (all - 1.0) * p;
    let at = |rank: f64| {
        let mut below = 0.0;
        let found = points.iter().find(|point| {
            below += point.1 as f64 + point.2 as f64;
            below > rank
        });
        found.or(points.last()).map_or(0.0, |point| point.0)
    };
    let low = libm::floor(position);
    let (left, right) = (at(low), at(low + 1.0));
    left + (right - left) * (position - low)
}

/// Means and covariances (of the population) of the waves.
fn moments(waves: &[[f64; 4]], counts: &[f64], n: f64) -> ([f64; 4], Matrix) {
    let mean = [0, 1, 2, 3].map(|i| waves.iter().zip(counts).map(|(w, c)| w[i] * c).sum::<f64>() / n);
    let mut spread = [[0.0; 4]; 4];
    for (wave, count) in waves.iter().zip(counts) {
        for i in 0..4 {
            for j in 0..4 {
                spread[i][j] += (wave[i] - mean[i]) * (wave[j] - mean[j]) * count / n;
            }
        }
    }
    (mean, spread)
}

/// vᵀ A⁺ v and the rank of A, by Jacobi's rotations; directions below 10⁻¹⁴ of the largest eigenvalue are left out.
fn inverse_form(mut a: Matrix, v: &[f64; 4]) -> (f64, u32) {
    let mut v = *v;
    for _ in 0..50 {
        for p in 0..4 {
            for q in p + 1..4 {
                if a[p][q] == 0.0 {
                    continue;
                }
                let theta = (a[q][q] - a[p][p]) / (2.0 * a[p][q]);
                let t = 1.0_f64.copysign(theta) / (theta.abs() + crate::num::hypot(theta, 1.0));
                let c = 1.0 / crate::num::hypot(t, 1.0);
                let s = t * c;
                for row in &mut a {
                    (row[p], row[q]) = (c * row[p] - s * row[q], s * row[p] + c * row[q]);
                }
                let (upper, lower) = (a[p], a[q]);
                a[p] = [0, 1, 2, 3].map(|k| c * upper[k] - s * lower[k]);
                a[q] = [0, 1, 2, 3].map(|k| s * upper[k] + c * lower[k]);
                (a[p][q], a[q][p]) = (0.0, 0.0);
                (v[p], v[q]) = (c * v[p] - s * v[q], s * v[p] + c * v[q]);
            }
        }
    }
    let largest = (0..4).map(|i| a[i][i]).fold(0.0, f64::max);
    let kept = (0..4).filter(|&i| a[i][i] > 1e-14 * largest);
    kept.fold((0.0, 0), |sum, i| (sum.0 + v[i] * v[i] / a[i][i], sum.1 + 1))
}

#[cfg(test)]
mod tests {
    use super::super::points::points;
    use super::*;
    use crate::num::testing::close;

    #[test]
    fn it_agrees_with_scipy() {
        // scipy 1.17.1: epps_singleton_2samp(a, b)
        type Case<'a> = (&'a [f64], &'a [f64], (f64, f64));
        let cases: [Case; 3] = [
            (
                &[1.0, 2.0, 3.0, 4.0, 5.5, 7.0],
                &[2.5, 4.5, 6.5, 9.0, 9.5],
                (1.8004346426379154, 0.7724028319185856),
            ),
            (
                &[1.0, 2.0, 2.0, 5.0, 2.0, 3.0],
                &[2.0, 5.0, 9.0, 9.0, 4.0, 7.0],
                (4.1043514194873705, 0.39206759180614675),
            ),
            (
                &[0.0, 0.0, 0.0, 1.0, 2.0, 3.0, 1.0],
                &[1.0, 3.0, 3.0, 2.0, 3.0, 2.0],
                (3.6486509242650964, 0.3019881554471244),
            ),
        ];
        for (a, b, (w, p)) in cases {
            for points in [points(a, b), points(b, a)] {
                let found = epps_singleton(&points).expect("cells");
                close(found.statistic, w, 1e-9);
                close(found.p_value, p, 1e-9);
            }
        }
    }

    #[test]
    fn a_million_cells_agree_with_scipy() {
        // scipy 1.17.1: epps_singleton_2samp of the values 0 to 5, expanded
        let points = [
            (0.0, 250_000, 250_000),
            (1.0, 150_000, 151_000),
            (2.0, 200_000, 199_500),
            (3.0, 200_000, 199_500),
            (4.0, 100_000, 100_000),
            (5.0, 100_000, 100_000),
        ];
        let found = epps_singleton(&points).expect("cells");
        close(found.statistic, (4.1539006191093675, 0.3855781578861703).0, 1e-8);
        close(found.p_value, (4.1539006191093675, 0.3855781578861703).1, 1e-8);
    }

    #[test]
    fn directions_without_spread_are_left_out() {
        // scipy 1.17.1: epps_singleton_2samp of two and of three values, expanded
        let two = epps_singleton(&[(0.0, 60, 30), (1.0, 50, 90)]).expect("cells");
        let three = epps_singleton(&[(0.0, 60, 30), (1.0, 50, 90), (2.0, 40, 60)]).expect("cells");
        for (found, (w, p)) in [
            (two, (22.87296216548754, 1.730693168951641e-06)),
            (three, (23.496464971076936, 7.903281653736848e-06)),
        ] {
            close(found.statistic, w, 1e-9);
            close(found.p_value, p, 1e-9);
        }
    }

    #[test]
    fn too_few_or_too_equal_cells_say_nothing() {
        assert_eq!(epps_singleton(&[(1.0, 4, 9), (2.0, 0, 9)]), None);
        assert_eq!(epps_singleton(&[(1.0, 1_000_000, 1_000_000)]), None);
        assert_eq!(epps_singleton(&[(-1e308, 10, 10), (1e308, 10, 10)]), None);
        assert_eq!(epps_singleton(&[]), None);
    }
}
