//! Student's and Welch's t-tests of two means: points in, t and its two-sided p-value out.
//!
//! Student (1908); B. L. Welch (1947). t is positive where the current mean is the larger one.

use super::Test;
use super::points::{Points, sizes};
use crate::num::{sqrt, student_t_sf_two_sided};

/// The t-test with one pooled variance, scipy's `ttest_ind(current, reference)`; `None` with fewer than two cells on
/// either side, or where no side varies.
pub fn student(points: &Points) -> Option<Test> {
    let [a, b] = moments(points)?;
    let degrees = a.count + b.count - 2.0;
    let pooled = (a.squares + b.squares) / degrees;
    tested(b.mean - a.mean, pooled * (1.0 / a.count + 1.0 / b.count), degrees)
}

/// The t-test with a variance for each side and Satterthwaite's degrees of freedom, scipy's
/// `ttest_ind(current, reference, equal_var=False)`; `None` as for [`student`].
pub fn welch(points: &Points) -> Option<Test> {
    let [a, b] = moments(points)?;
    let (u, v) = (a.variance_of_mean(), b.variance_of_mean());
    // In units of the larger, so that no square of a tiny or a huge number is taken.
    let unit = u.max(v);
    let (x, y) = (u / unit, v / unit);
    let degrees = (x + y) * (x + y) / (x * x / (a.count - 1.0) + y * y / (b.count - 1.0));
    tested(b.mean - a.mean, u + v, degrees)
}

/// One side's cells, mean, and sum of squared deviations from it.
struct Moments {
    count: f64,
    mean: f64,
    squares: f64,
}

impl Moments {
    fn variance_of_mean(&self) -> f64 {
        self.squares / (self.count - 1.0) / self.count
    }
}

fn moments(points: &Points) -> Option<[Moments; 2]> {
    let (n, m) = sizes(points)?;
    let side = |count: f64, of: fn(&(f64, u64, u64)) -> u64| {
        let sum = |f: &dyn Fn(f64) -> f64| points.iter().map(|p| f(p.0) * (of(p) as f64)).sum::<f64>();
        let middle = sum(&|x| x / count);
        // The second step takes off what rounding left of the first one's sum.
        let mean = middle + sum(&|x| x - middle) / count;
        let squares = sum(&|x| (x - mean) * (x - mean));
        Moments { count, mean, squares }
    };
    (n >= 2.0 && m >= 2.0).then(|| [side(n, |p| p.1), side(m, |p| p.2)])
}

fn tested(difference: f64, variance: f64, degrees: f64) -> Option<Test> {
    let statistic = difference / sqrt(variance);
    let usable = variance > 0.0 && variance.is_finite() && statistic.is_finite();
    usable.then(|| Test { statistic, p_value: student_t_sf_two_sided(statistic, degrees) })
}

#[cfg(test)]
mod tests {
    use super::super::points::points;
    use super::*;
    use crate::num::testing::close;

    #[test]
    fn they_agree_with_scipy() {
        // scipy 1.17.1: ttest_ind(b, a), then with equal_var=False
        type Case<'a> = (&'a [f64], &'a [f64], (f64, f64), (f64, f64));
        let cases: [Case; 4] = [
            (
                &[1.0, 2.0, 3.0, 4.0, 5.0],
                &[2.0, 4.0, 6.5, 9.0],
                (1.5258354908342406, 0.17088278358938025),
                (1.4174894842106824, 0.22469955036542236),
            ),
            (
                &[1.0, 2.0, 2.0, 5.0],
                &[2.0, 3.0, 9.0],
                (1.033570517754193, 0.348714549198137),
                (0.9215455665108369, 0.433184945455629),
            ),
            (&[1.0, 2.0], &[3.0, 3.0], (3.0, 0.09546596626670913), (3.0, 0.20483276469913345)),
            (
                &[1e9, 1e9 + 1.0, 1e9 + 2.0],
                &[1e9 + 1.0, 1e9 + 3.0, 1e9 + 4.0],
                (1.5811387923869018, 0.18900366685437628),
                (1.5811387923869018, 0.20017304784805648),
            ),
        ];
        for (a, b, pooled, apart) in cases {
            let points = points(a, b);
            for (found, (t, p)) in [(student(&points), pooled), (welch(&points), apart)] {
                let found = found.expect("both sides vary");
                close(found.statistic, t, 1e-9);
                close(found.p_value, p, 1e-9);
            }
        }
    }

    #[test]
    fn a_million_cells_agree_with_scipy() {
        // scipy 1.17.1: ttest_ind of np.repeat([0, 1, 2], (250000, 250000, 500000)) against (250000, 252000, 498000)
        let points = [(0.0, 250_000, 250_000), (1.0, 250_000, 252_000), (2.0, 500_000, 498_000)];
        let found = student(&points).expect("both sides vary");
        close(found.statistic, (-1.706227920098536, 0.0879658075725066).0, 1e-9);
        close(found.p_value, (-1.706227920098536, 0.0879658075725066).1, 1e-9);
    }

    #[test]
    fn too_few_or_constant_cells_say_nothing() {
        for (a, b) in [
            (&[1.0][..], &[2.0, 3.0][..]),
            (&[], &[1.0, 2.0]),
            (&[4.0, 4.0], &[4.0, 4.0]),
            (&[4.0, 4.0], &[5.0, 5.0]),
        ] {
            assert_eq!((student(&points(a, b)), welch(&points(a, b))), (None, None));
        }
        assert_eq!(student(&points(&[1e308, -1e308], &[0.0, 1e308])), None);
    }
}
