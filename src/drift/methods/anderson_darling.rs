//! The Anderson–Darling test of k samples: counts by distinct value in, the standardised statistic and its p-value out.
//!
//! F. W. Scholz & M. A. Stephens (1987), *K-sample Anderson–Darling tests*: equation 7 (midranks) and 6 (right ranks). The
//! p-value interpolates their table, a parabola of its logarithm through seven levels, and ends where the table does: it
//! is never below 0.001 or above 0.25, which then mean "at most" and "at least".

use super::Test;
use crate::num::{exp, ln, sqrt};

/// How tied values are ranked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ranks {
    /// Half of the tied cells count as below: for any values.
    Midrank,
    /// All tied cells count as below.
    Right,
}

const LEVELS: [f64; 7] = [0.25, 0.1, 0.05, 0.025, 0.01, 0.005, 0.001];
/// The critical value at a level is b₀ + b₁/√(k − 1) + b₂/(k − 1).
const CRITICAL: [[f64; 3]; 7] = [
    [0.675, -0.245, -0.105],
    [1.281, 0.25, -0.305],
    [1.645, 0.678, -0.362],
    [1.96, 1.149, -0.391],
    [2.326, 1.822, -0.396],
    [2.573, 2.364, -0.345],
    [3.085, 3.615, -0.154],
];

/// scipy's `anderson_ksamp(samples, variant="midrank" or "right")` of one row for each distinct value, by rising value,
/// with the cells of each sample. `None` with fewer than two samples, an empty one, rows of unequal length, one value in
/// all, or fewer than four cells in all.
pub fn anderson_darling(rows: &[Vec<u64>], ranks: Ranks) -> Option<Test> {
    let k = rows.first()?.len();
    if k < 2 || rows.iter().any(|row| row.len() != k) {
        return None;
    }
    let samples: Vec<f64> = (0..k).map(|i| rows.iter().map(|row| row[i] as f64).sum()).collect();
    let all: f64 = samples.iter().sum();
    let rows: Vec<&Vec<u64>> = rows.iter().filter(|row| row.iter().any(|&count| count > 0)).collect();
    if samples.contains(&0.0) || rows.len() < 2 || all < 4.0 {
        return None;
    }
    let variance = variance(&samples, all);
    let degrees = (k - 1) as f64;
    let standardised = (raw(&rows, &samples, all, ranks) - degrees) / sqrt(variance);
    (variance > 0.0).then(|| Test { statistic: standardised, p_value: interpolated(standardised, degrees) })
}

/// A²: Σ over samples and values of the squared difference of both laws over the pooled law's variance.
fn raw(rows: &[&Vec<u64>], samples: &[f64], all: f64, ranks: Ranks) -> f64 {
    let mut below = vec![0.0; samples.len()];
    let (mut pooled, mut sum) = (0.0, 0.0);
    for (at, row) in rows.iter().enumerate() {
        let tied = row.iter().map(|&count| count as f64).sum::<f64>();
        let share = if ranks == Ranks::Midrank { 0.5 } else { 1.0 };
        let rank = pooled + share * tied;
        let spread = match ranks {
            Ranks::Midrank => rank * (all - rank) - all * tied / 4.0,
            Ranks::Right => rank * (all - rank),
        };
        if ranks == Ranks::Midrank || at + 1 < rows.len() {
            for ((below, &count), size) in below.iter().zip(row.iter()).zip(samples) {
                let gap = all * (below + share * count as f64) - rank * size;
                sum += tied / all * gap * gap / spread / size;
            }
        }
        pooled += tied;
        below.iter_mut().zip(row.iter()).for_each(|(below, &count)| *below += count as f64);
    }
    if ranks == Ranks::Midrank { sum * (all - 1.0) / all } else { sum }
}

/// The variance of A² without drift.
fn variance(samples: &[f64], all: f64) -> f64 {
    let k = samples.len() as f64;
    let inverse: f64 = samples.iter().map(|n| 1.0 / n).sum();
    let (h, squares) = harmonic(all - 1.0);
    // Σ_{i<j} 1/((N − i) j), by 2 H(s − 1)/s = Σ 1/(i j) over i + j = s.
    let g = squares - 2.0 * h / all;
    let a = (4.0 * g - 6.0) * (k - 1.0) + (10.0 - 6.0 * g) * inverse;
    let b = (2.0 * g - 4.0) * k * k + 8.0 * h * k + (2.0 * g - 14.0 * h - 4.0) * inverse - 8.0 * h + 4.0 * g
        - 6.0;
    let c = (6.0 * h + 2.0 * g - 2.0) * k * k
        + (4.0 * h - 4.0 * g + 6.0) * k
        + (2.0 * h - 6.0) * inverse
        + 4.0 * h;
    let d = (2.0 * h + 6.0) * k * k - 4.0 * h * k;
    // N³ taken out of both, so that no number of cells overflows.
    let n = all;
    (a + (b + (c + d / n) / n) / n) / ((1.0 - 1.0 / n) * (1.0 - 2.0 / n) * (1.0 - 3.0 / n))
}

/// Σ 1/i and Σ 1/i² up to n: as they are up to 1000, then by Euler and Maclaurin, whose rest is below 10⁻¹⁸ there.
fn harmonic(n: f64) -> (f64, f64) {
    const GAMMA: f64 = 0.577_215_664_901_532_9;
    if n <= 1000.0 {
        let terms = (1..=n as u32).rev().map(|i| 1.0 / f64::from(i));
        return terms.fold((0.0, 0.0), |sum, x| (sum.0 + x, sum.1 + x * x));
    }
    let (x, y) = (1.0 / n, 1.0 / (n * n));
    let first = ln(n) + GAMMA + x / 2.0 - y / 12.0 + y * y / 120.0;
    let second =
        std::f64::consts::PI * std::f64::consts::PI / 6.0 - x + y / 2.0 - x * y / 6.0 + x * y * y / 30.0;
    (first, second)
}

/// The p-value at a standardised statistic, for k − 1 degrees.
fn interpolated(statistic: f64, degrees: f64) -> f64 {
    let critical = CRITICAL.map(|[b0, b1, b2]| b0 + b1 / sqrt(degrees) + b2 / degrees);
    if statistic < critical[0] {
        return LEVELS[0];
    }
    if statistic > critical[6] {
        return LEVELS[6];
    }
    // Least squares in orthogonal polynomials of the critical values: 1, x − mean, and x² less its projections.
    let dot = |a: &[f64; 7], b: &[f64; 7]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    let mean = critical.iter().sum::<f64>() / 7.0;
    let line = critical.map(|x| x - mean);
    let squares = line.map(|x| x * x);
    let (slope, offset) = (dot(&squares, &line) / dot(&line, &line), dot(&line, &line) / 7.0);
    let curve = line.map(|x| x * x - slope * x - offset);
    let logs = LEVELS.map(ln);
    let x = statistic - mean;
    let fit = logs.iter().sum::<f64>() / 7.0
        + dot(&logs, &line) / dot(&line, &line) * x
        + dot(&logs, &curve) / dot(&curve, &curve) * (x * x - slope * x - offset);
    exp(fit).clamp(LEVELS[6], LEVELS[0])
}

#[cfg(test)]
mod tests {
    use super::super::points::points;
    use super::*;
    use crate::num::testing::close;

    fn two(a: &[f64], b: &[f64]) -> Vec<Vec<u64>> {
        points(a, b).into_iter().map(|p| vec![p.1, p.2]).collect()
    }

    #[test]
    fn it_agrees_with_scipy() {
        // scipy 1.17.1: anderson_ksamp([a, b], midrank=True), then False
        type Case<'a> = (&'a [f64], &'a [f64], (f64, f64), (f64, f64));
        let cases: [Case; 4] = [
            (
                &[1.0, 2.0, 3.0, 4.0, 5.5],
                &[4.5, 5.0, 6.5, 9.0],
                (2.1678352539455283, 0.04167235796673923),
                (2.054569035643661, 0.04630883191459946),
            ),
            (
                &[1.0, 2.0, 2.0, 5.0, 2.0],
                &[2.0, 5.0, 9.0, 9.0],
                (2.496657204854019, 0.030760242086907197),
                (1.6383995535175917, 0.06850845426818847),
            ),
            (
                &[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0],
                &[7.5, 8.0, 9.0, 10.0, 11.0, 12.0, 13.0],
                (6.786485941516489, 0.001),
                (6.625310979853349, 0.001),
            ),
            (
                &[1.0],
                &[2.0, 3.0, 4.0],
                (1.3636363636363114, 0.08902970028514401),
                (0.9999999999999618, 0.12646385413463487),
            ),
        ];
        for (a, b, midrank, right) in cases {
            for (ranks, (statistic, p)) in [(Ranks::Midrank, midrank), (Ranks::Right, right)] {
                for rows in [two(a, b), two(b, a)] {
                    let found = anderson_darling(&rows, ranks).expect("cells");
                    close(found.statistic, statistic, 1e-9);
                    close(found.p_value, p, 1e-9);
                }
            }
        }
    }

    #[test]
    fn three_samples_and_many_cells_agree_with_scipy() {
        // scipy 1.17.1: anderson_ksamp of the expanded rows, midrank=True
        let rows = [vec![3, 1, 0], vec![2, 2, 2], vec![0, 3, 3], vec![1, 1, 4]];
        let found = anderson_darling(&rows, Ranks::Midrank).expect("cells");
        close(found.statistic, (2.8237291524296038, 0.019175248541185224).0, 1e-9);
        close(found.p_value, (2.8237291524296038, 0.019175248541185224).1, 1e-9);
        let many = [vec![250_000, 250_000], vec![250_000, 251_000], vec![500_000, 499_000]];
        let found = anderson_darling(&many, Ranks::Midrank).expect("cells");
        close(found.statistic, (0.23804538431101632, 0.25).0, 1e-9);
        close(found.p_value, (0.23804538431101632, 0.25).1, 1e-9);
    }

    #[test]
    fn what_cannot_be_compared_says_nothing() {
        for rows in [
            vec![],
            vec![vec![9, 9]],
            vec![vec![9, 0], vec![9, 0]],
            vec![vec![1], vec![2]],
            vec![vec![1, 0], vec![0, 1]],
        ] {
            assert_eq!(anderson_darling(&rows, Ranks::Midrank), None);
            assert_eq!(anderson_darling(&rows, Ranks::Right), None);
        }
        assert_eq!(anderson_darling(&[vec![9, 9], vec![9]], Ranks::Right), None);
    }
}
