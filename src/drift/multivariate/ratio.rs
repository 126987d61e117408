//! A column of numbers and one of labels of both files in, how much the labels say of the numbers in each out, and whether they say
//! something else now.
//!
//! K. Pearson (1905), of the size; of the change B. L. Welch (1951), *On the comparison of several mean values*: the labels'
//! differences between the files, of which all are the same where only the level has moved.

use super::association::kept;
use super::joint::MISSING;
use crate::num::{beta_regularised, sqrt};

/// A spread within a label that is hardly one counts as this much: numbers have a standard deviation of 1.
const LEAST: f64 = 0.01;

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Ratio {
    /// The correlation ratio η in the reference, less chance.
    pub reference: f64,
    /// And now.
    pub current: f64,
    /// The chance of such a change where there is none.
    pub p_value: f64,
    /// How much the labels' differences differ, in standard deviations within labels, less chance.
    pub change: f64,
}

/// Rows, mean and variance of a label in one file.
#[derive(Debug, Clone, Copy, Default)]
struct Group {
    n: f64,
    mean: f64,
    variance: f64,
}

impl Ratio {
    /// Of normal scores and codes, the first `split` rows being the reference's; `None` where fewer than two labels are frequent
    /// enough in both files, or no number varies.
    pub(super) fn of(scores: &[f64], codes: &[u32], split: usize) -> Option<Ratio> {
        let both = scores.iter().zip(codes).enumerate().filter(|it| !it.1.0.is_nan() && *it.1.1 != MISSING);
        let rows: Vec<(usize, f64, usize)> =
            both.map(|(row, (x, code))| (usize::from(row >= split), *x, *code as usize)).collect();
        let (places, count) = kept(rows.iter().map(|it| (it.0, it.2)));
        if count < 2 {
            return None;
        }
        let place = |code: usize| places.get(code).copied().unwrap_or(0);
        let mut groups = [vec![Group::default(); count], vec![Group::default(); count]];
        for (side, x, code) in &rows {
            let group = &mut groups[*side][place(*code)];
            group.n += 1.0;
            group.mean += x;
        }
        groups.iter_mut().flatten().for_each(|it| it.mean /= it.n);
        for (side, x, code) in &rows {
            let group = &mut groups[*side][place(*code)];
            group.variance += (x - group.mean) * (x - group.mean) / (group.n - 1.0);
        }
        let (statistic, p_value) = welch(&groups)?;
        let sizes = groups.each_ref().map(|it| it.iter().map(|it| it.n).sum::<f64>());
        let left = (statistic - (count as f64 - 1.0)).max(0.0);
        Some(Ratio {
            reference: eta(&groups[0])?,
            current: eta(&groups[1])?,
            p_value,
            change: sqrt(left * (1.0 / sizes[0] + 1.0 / sizes[1])),
        })
    }
}

/// The weighted squares of the labels' differences around their mean, and the p-value.
fn welch(groups: &[Vec<Group>; 2]) -> Option<(f64, f64)> {
    let k = groups[0].len() as f64;
    // Difference, weight and degrees of freedom (Satterthwaite) of a label.
    let label = |(a, b): (&Group, &Group)| {
        let parts = [a, b].map(|it| (it.variance.max(LEAST) / it.n, it.n - 1.0));
        let variance = parts[0].0 + parts[1].0;
        let degrees = variance * variance / parts.iter().map(|(v, n)| v * v / n).sum::<f64>();
        (b.mean - a.mean, 1.0 / variance, degrees)
    };
    let labels: Vec<(f64, f64, f64)> = groups[0].iter().zip(&groups[1]).map(label).collect();
    let weight: f64 = labels.iter().map(|it| it.1).sum();
    let mean = labels.iter().map(|it| it.0 * it.1).sum::<f64>() / weight;
    let statistic: f64 = labels.iter().map(|it| it.1 * (it.0 - mean) * (it.0 - mean)).sum();
    let spread: f64 = labels.iter().map(|it| (1.0 - it.1 / weight) * (1.0 - it.1 / weight) / it.2).sum();
    let squared = k * k - 1.0;
    let f = statistic / (k - 1.0) / (1.0 + 2.0 * (k - 2.0) / squared * spread);
    let (first, second) = (k - 1.0, squared / (3.0 * spread));
    let p = beta_regularised(second / 2.0, first / 2.0, second / (second + first * f));
    p.is_finite().then_some((statistic, p))
}

/// √ε², the share of the variance that lies between labels, less chance; `None` where nothing varies.
fn eta(groups: &[Group]) -> Option<f64> {
    let n: f64 = groups.iter().map(|it| it.n).sum();
    let mean = groups.iter().map(|it| it.n * it.mean).sum::<f64>() / n;
    let between: f64 = groups.iter().map(|it| it.n * (it.mean - mean) * (it.mean - mean)).sum();
    let within: f64 = groups.iter().map(|it| it.variance * (it.n - 1.0)).sum();
    let k = groups.len() as f64;
    let chance = (k - 1.0) * within / (n - k);
    (between + within > 1e-9).then(|| sqrt(((between - chance) / (between + within)).clamp(0.0, 1.0)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::num::testing::close;

    #[test]
    fn the_test_is_welchs_and_the_size_epsilon_squared() {
        // numpy 2.4.6, scipy 1.17.1: the formulas of Welch (1951) with stats.f.sf, of these 160 rows.
        let rows = 0..160_u32;
        let codes: Vec<u32> = rows.clone().map(|i| i * 7 % 3).collect();
        let now = |i: u32| u32::from(i >= 80);
        let scores: Vec<f64> = rows
            .map(|i| f64::from(i * i % 17) / 5.0 + f64::from(i * 7 % 3 * (2 * now(i) + 1)) * 0.3)
            .collect();
        let found = Ratio::of(&scores, &codes, 80).unwrap();
        close(found.p_value, P, 1e-9);
        close(found.change, CHANGE, 1e-11);
        close(found.reference, BEFORE, 1e-11);
        close(found.current, NOW, 1e-11);
        assert_eq!(Ratio::of(&[0.0; 160], &codes, 80), None);
        assert_eq!(Ratio::of(&scores[..20], &codes[..20], 10), None);
    }

    const P: f64 = 0.004234736128795781;
    const CHANGE: f64 = 0.49009426631064845;
    const BEFORE: f64 = 0.08126881818045062;
    const NOW: f64 = 0.571732482945007;
}
