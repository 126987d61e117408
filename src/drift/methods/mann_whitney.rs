//! The Mann–Whitney U test, two-sided: points in, U of the reference and its p-value out.
//!
//! H. B. Mann & D. R. Whitney (1947). Exact where a side has at most 8 cells and nothing is tied (their
//! recursion), else the normal law with correction for ties and continuity, as scipy chooses.

use super::Test;
use super::points::{Points, sizes};
use crate::num::{normal_sf, sqrt};

/// The most cells of the smaller side, and of both multiplied, for the exact law.
const EXACT: f64 = 8.0;
const PAIRS: f64 = 10_000.0;

/// scipy's `mannwhitneyu(reference, current, alternative="less")`: p is small where the reference's values are the smaller
/// ones, and large where they are the larger ones. Exact and `None` as [`mann_whitney`].
#[cfg(feature = "monitor")]
pub fn mann_whitney_less(points: &Points) -> Option<Test> {
    let ranked = ranked(points)?;
    let (n, m, statistic) = (ranked.n, ranked.m, ranked.statistic);
    let other = n * m - statistic;
    let p_value = match ranked.deviation() {
        None => tail(statistic as usize, n as usize, m as usize),
        Some(deviation) if deviation > 0.0 => normal_sf((other - n * m / 2.0 - 0.5) / deviation),
        Some(_) => 1.0,
    };
    Some(Test { statistic, p_value: p_value.min(1.0) })
}

/// scipy's `mannwhitneyu(reference, current)`: U counts the pairs in which the reference is larger, ties half. Unlike
/// scipy's, the exact law is not used beyond 10,000 pairs. One value in all: p = 1. `None` where one side has no cell.
pub fn mann_whitney(points: &Points) -> Option<Test> {
    let ranked = ranked(points)?;
    let (n, m, statistic) = (ranked.n, ranked.m, ranked.statistic);
    let larger = statistic.max(n * m - statistic);
    let p_value = match ranked.deviation() {
        None => 2.0 * tail((n * m - larger) as usize, n as usize, m as usize),
        Some(deviation) if deviation > 0.0 => 2.0 * normal_sf((larger - n * m / 2.0 - 0.5) / deviation),
        Some(_) => 1.0,
    };
    Some(Test { statistic, p_value: p_value.min(1.0) })
}

/// What both tests are made of.
struct Ranked {
    n: f64,
    m: f64,
    statistic: f64,
    ties: f64,
}

impl Ranked {
    /// The standard deviation of U; `None` where its law is exact.
    fn deviation(&self) -> Option<f64> {
        let (n, m, all) = (self.n, self.m, self.n + self.m);
        if self.ties == 0.0 && n.min(m) <= EXACT && n * m <= PAIRS {
            return None;
        }
        Some(sqrt(n * m / 12.0 * ((all + 1.0) - self.ties / (all * (all - 1.0)).max(1.0))))
    }
}

fn ranked(points: &Points) -> Option<Ranked> {
    let (n, m) = sizes(points)?;
    let (mut below, mut doubled, mut ties) = (0.0, 0.0, 0.0);
    for point in points {
        let (a, b) = (point.1 as f64, point.2 as f64);
        doubled += a * (2.0 * below + b);
        below += b;
        let t = a + b;
        ties += t * (t - 1.0) * (t + 1.0);
    }
    Some(Ranked { n, m, statistic: doubled / 2.0, ties })
}

/// P(U ≤ u). The chance of U = u with i and j cells is i/(i + j) of that of u − j with i − 1 and j, and
/// j/(i + j) of that of u with i and j − 1. O(n m u) steps, bounded by the caller.
fn tail(u: usize, n: usize, m: usize) -> f64 {
    let (n, m) = (n.min(m), n.max(m));
    // chances[i][x] for the current j.
    let mut chances = vec![vec![0.0; u + 1]; n + 1];
    chances.iter_mut().for_each(|row| row[0] = 1.0);
    for j in 1..=m {
        for i in 1..=n {
            let (left, right) = chances.split_at_mut(i);
            let (taken, kept) = (i as f64 / (i + j) as f64, j as f64 / (i + j) as f64);
            for x in 0..=u {
                let before = if x >= j { left[i - 1][x - j] } else { 0.0 };
                right[0][x] = taken * before + kept * right[0][x];
            }
        }
    }
    chances[n].iter().sum::<f64>().min(1.0)
}

#[cfg(test)]
mod tests {
    use super::super::points::points;
    use super::*;
    use crate::num::testing::close;

    #[test]
    fn it_agrees_with_scipy() {
        // scipy 1.17.1: mannwhitneyu(a, b)
        type Case<'a> = (&'a [f64], &'a [f64], (f64, f64));
        let cases: [Case; 6] = [
            (&[1.0, 2.0, 3.0, 4.0, 5.5], &[2.5, 4.5, 6.5, 9.0], (4.0, 0.19047619047619047)),
            (&[1.0, 2.0, 2.0, 5.0], &[2.0, 3.0, 9.0], (3.0, 0.3590120537864294)),
            (&[1.0], &[2.0], (0.0, 1.0)),
            (&[1.0, 7.0], &[2.0, 3.0], (2.0, 1.0)),
            (&[1.0, 1.0], &[1.0], (1.0, 1.0)),
            (
                &[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0],
                &[3.5, 4.5, 5.5, 6.5, 7.5, 8.5, 9.5, 10.5, 11.5, 12.5],
                (21.0, 0.055013832353979004),
            ),
        ];
        for (a, b, (u, p)) in cases {
            let (found, swapped) = (mann_whitney(&points(a, b)), mann_whitney(&points(b, a)));
            let (found, swapped) = (found.expect("cells"), swapped.expect("cells"));
            close(found.statistic, u, 1e-14);
            close(found.p_value, p, 1e-9);
            close(swapped.p_value, found.p_value, 1e-13);
        }
        assert_eq!((mann_whitney(&points(&[], &[1.0])), mann_whitney(&[])), (None, None));
    }

    #[test]
    fn a_million_cells_agree_with_scipy() {
        // scipy 1.17.1: mannwhitneyu of np.repeat([0, 1, 2], (250000, 250000, 500000)) against (250000, 252000, 498000)
        let points = [(0.0, 250_000, 250_000), (1.0, 250_000, 252_000), (2.0, 500_000, 498_000)];
        let found = mann_whitney(&points).expect("cells");
        close(found.statistic, (500750000000.0, 0.04557202997911834).0, 1e-12);
        close(found.p_value, (500750000000.0, 0.04557202997911834).1, 1e-9);
    }
}
