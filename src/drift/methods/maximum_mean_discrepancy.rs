//! The maximum mean discrepancy with a Gaussian kernel: two samples in, the unbiased MMD² and a permutation p-value out.
//!
//! A. Gretton et al. (2012), *A kernel two-sample test*, equation 3. The kernel is exp(−d²/(2σ²)), 2σ² the median of the
//! squared distances of all pairs of both samples (their mean where the median is 0). O(n²), so that samples are cut.

use std::collections::BTreeSet;

use super::Test;
use super::points::Points;
use crate::num::{exp, hash};

/// The most cells of a side; of more, so many are drawn by the seed.
pub const MOST_ROWS: usize = 500;
/// The most permutations.
const MOST_PERMUTATIONS: u32 = 10_000;

/// MMD² and the share of permutations, the data's own order among them, with as large a one: (1 + larger)/(1 + all).
///
/// Values that are not finite are left out. The same input and seed give the same bits. `None` with fewer than two cells
/// on a side; one value in all: 0 with p = 1. At most 10,000 permutations.
pub fn maximum_mean_discrepancy(
    reference: &[f64],
    current: &[f64],
    permutations: u32,
    seed: u64,
) -> Option<Test> {
    let mut draws = Draws { seed, at: 0 };
    let mut pooled = drawn(reference, &mut draws);
    let n = pooled.len();
    pooled.extend(drawn(current, &mut draws));
    if n < 2 || pooled.len() < n + 2 {
        return None;
    }
    let Some(kernel) = Kernel::of(&pooled) else { return Some(Test { statistic: 0.0, p_value: 1.0 }) };
    let mut order: Vec<usize> = (0..pooled.len()).collect();
    let statistic = kernel.discrepancy(&order[..n]);
    let permutations = permutations.min(MOST_PERMUTATIONS);
    // Sums in another order differ in their last bits; as large is as large.
    let least = statistic - 1e-12;
    let larger = (0..permutations)
        .filter(|_| {
            draws.shuffle(&mut order, n);
            kernel.discrepancy(&order[..n]) >= least
        })
        .count();
    Some(Test { statistic, p_value: (1.0 + larger as f64) / (1.0 + f64::from(permutations)) })
}

/// Numbers by a seed: hashes of a counter.
/// The same of points: of more than [`MOST_ROWS`] cells of a side so many are drawn, each as likely as any other.
pub fn of_points(points: &Points, permutations: u32, seed: u64) -> Option<Test> {
    let mut draws = Draws { seed: hash::word(seed, 0), at: 0 };
    let reference = chosen(points, |it| it.1, &mut draws);
    let current = chosen(points, |it| it.2, &mut draws);
    maximum_mean_discrepancy(&reference, &current, permutations, seed)
}

/// At most [`MOST_ROWS`] cells of a side (R. W. Floyd's sample without replacement), by rising value.
fn chosen(points: &Points, side: fn(&(f64, u64, u64)) -> u64, draws: &mut Draws) -> Vec<f64> {
    let points = || points.iter().filter(|it| it.0.is_finite());
    let all: u64 = points().map(side).sum();
    let mut places = BTreeSet::new();
    for last in all.saturating_sub(MOST_ROWS as u64)..all {
        let place = draws.below(last as usize + 1) as u64;
        if !places.insert(place) {
            places.insert(last);
        }
    }
    let mut places = places.into_iter().peekable();
    let (mut values, mut end) = (Vec::with_capacity(MOST_ROWS), 0);
    for point in points() {
        end += side(point);
        while places.next_if(|place| *place < end).is_some() {
            values.push(point.0);
        }
    }
    values
}

struct Draws {
    seed: u64,
    at: u64,
}

impl Draws {
    /// A number below `n`.
    fn below(&mut self, n: usize) -> usize {
        self.at += 1;
        ((u128::from(hash::word(self.seed, self.at)) * n as u128) >> 64) as usize
    }

    /// Puts a random choice of `first` items to the front (Fisher & Yates).
    fn shuffle<T>(&mut self, items: &mut [T], first: usize) {
        for i in 0..first.min(items.len()) {
            let other = i + self.below(items.len() - i);
            items.swap(i, other);
        }
    }
}

fn drawn(values: &[f64], draws: &mut Draws) -> Vec<f64> {
    let mut values: Vec<f64> = values.iter().copied().filter(|x| x.is_finite()).collect();
    if values.len() > MOST_ROWS {
        draws.shuffle(&mut values, MOST_ROWS);
        values.truncate(MOST_ROWS);
    }
    values
}

/// The kernel of all pairs, without the diagonal.
struct Kernel {
    size: usize,
    values: Vec<f64>,
    /// Each row's sum, and all of them.
    rows: Vec<f64>,
    total: f64,
}

impl Kernel {
    /// `None` where all values are one.
    fn of(pooled: &[f64]) -> Option<Kernel> {
        let size = pooled.len();
        let largest = pooled.iter().fold(0.0_f64, |most, x| most.max(x.abs()));
        // In units of the largest, so that no square overflows.
        let square = |i: usize, j: usize| {
            let gap = pooled[i] / largest - pooled[j] / largest;
            gap * gap
        };
        let pairs = (0..size).flat_map(|i| (0..i).map(move |j| (i, j)));
        let mut squares: Vec<f64> = pairs.map(|(i, j)| square(i, j)).collect();
        squares.sort_unstable_by(f64::total_cmp);
        let half = squares.len() / 2;
        let median =
            if squares.len() % 2 == 1 { squares[half] } else { (squares[half - 1] + squares[half]) / 2.0 };
        let mean = squares.iter().sum::<f64>() / squares.len() as f64;
        let width = if median > 0.0 { median } else { mean };
        if largest == 0.0 || width.is_nan() || width <= 0.0 {
            return None;
        }
        let mut values = vec![0.0; size * size];
        for i in 0..size {
            for j in 0..i {
                let value = exp(-square(i, j) / width);
                values[i * size + j] = value;
                values[j * size + i] = value;
            }
        }
        let rows: Vec<f64> = values.chunks_exact(size).map(|row| row.iter().sum()).collect();
        let total = rows.iter().sum();
        Some(Kernel { size, values, rows, total })
    }

    /// The unbiased MMD² of the cells named against the others.
    fn discrepancy(&self, first: &[usize]) -> f64 {
        let line = |&i: &usize| &self.values[i * self.size..(i + 1) * self.size];
        let within: f64 = first.iter().map(|i| first.iter().map(|&j| line(i)[j]).sum::<f64>()).sum();
        let across = first.iter().map(|&i| self.rows[i]).sum::<f64>() - within;
        let others = self.total - 2.0 * across - within;
        let (n, m) = (first.len() as f64, (self.size - first.len()) as f64);
        within / (n * (n - 1.0)) + others / (m * (m - 1.0)) - 2.0 * across / (n * m)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::num::testing::close;

    #[test]
    fn it_is_numpys_sum() {
        // numpy 2.4.6: the three means of np.exp(-d2 / np.median(pairs)), without the diagonals
        type Case<'a> = (&'a [f64], &'a [f64], f64);
        let cases: [Case; 3] = [
            (&[1.0, 2.0, 3.0, 4.0, 5.5], &[2.5, 4.5, 6.5, 9.0], -0.04835715453664413),
            (&[1.0, 2.0], &[3.0, 30.0], 0.03161133474932676),
            (&[1e-3, 2e-3, 2e-3], &[9e-3, 9e-3], 1.315447642026904),
        ];
        for (a, b, expected) in cases {
            close(maximum_mean_discrepancy(a, b, 9, 1).expect("cells").statistic, expected, 1e-9);
            close(maximum_mean_discrepancy(b, a, 9, 1).expect("cells").statistic, expected, 1e-9);
        }
    }

    #[test]
    fn the_p_value_is_the_share_of_all_splits() {
        // Two of the 70 splits of eight values are as far apart as these.
        let found = maximum_mean_discrepancy(&[1.0, 2.0, 3.0, 4.0], &[11.0, 12.0, 13.0, 14.0], 7000, 3);
        assert!((found.expect("cells").p_value - 2.0 / 70.0).abs() < 0.008);
    }

    #[test]
    fn large_samples_are_cut_and_equal_laws_do_not_alarm() {
        let even: Vec<f64> = (0..20_000).map(|i| f64::from(i * 2)).collect();
        let odd: Vec<f64> = (0..20_000).map(|i| f64::from(i * 2 + 1)).collect();
        let far: Vec<f64> = odd.iter().map(|x| x + 20_000.0).collect();
        let same = maximum_mean_discrepancy(&even, &odd, 99, 5).expect("cells");
        assert!(same.p_value > 0.01 && same.statistic.abs() < 0.02);
        assert_eq!(maximum_mean_discrepancy(&even, &odd, 99, 5), Some(same));
        assert_eq!(maximum_mean_discrepancy(&even, &far, 99, 5).map(|t| t.p_value), Some(0.01));
    }

    #[test]
    fn of_points_it_is_that_of_the_cells_and_of_many_that_of_some() {
        let few = [(1.0, 2, 0), (2.0, 1, 3), (f64::INFINITY, 4, 4), (9.0, 0, 2)];
        let cells = maximum_mean_discrepancy(&[1.0, 1.0, 2.0], &[2.0, 2.0, 2.0, 9.0, 9.0], 99, 5);
        assert_eq!(of_points(&few, 99, 5), cells);
        let many: Vec<(f64, u64, u64)> = (0..1_000).map(|i| (f64::from(i), 1_000, 700)).collect();
        let mut draws = Draws { seed: 5, at: 0 };
        let some = chosen(&many, |it| it.1, &mut draws);
        assert!(some.len() == MOST_ROWS && some.windows(2).all(|it| it[0] <= it[1]));
        let mean = some.iter().sum::<f64>() / some.len() as f64;
        assert!((mean - 499.5).abs() < 4.0 * 288.7 / 22.4, "{mean}");
        assert!(of_points(&many, 99, 5).is_some_and(|it| it.p_value > 0.01));
        let moved: Vec<(f64, u64, u64)> =
            (0..1_000).map(|i| (f64::from(i), 1_000, u64::from(i > 300) * 700)).collect();
        assert_eq!(of_points(&moved, 99, 5).map(|it| it.p_value), Some(0.01));
        assert_eq!(of_points(&[(1.0, 5, 0)], 99, 5), None);
    }

    #[test]
    fn too_few_or_constant_cells_do_not_differ() {
        assert_eq!(maximum_mean_discrepancy(&[1.0], &[1.0, 2.0], 9, 0), None);
        assert_eq!(maximum_mean_discrepancy(&[], &[f64::NAN, 2.0, 3.0], 9, 0), None);
        let constant = Some(Test { statistic: 0.0, p_value: 1.0 });
        assert_eq!(maximum_mean_discrepancy(&[4.0; 3], &[4.0; 5], 9, 0), constant);
        assert_eq!(maximum_mean_discrepancy(&[0.0; 3], &[0.0; 5], 9, 0), constant);
        let wide = maximum_mean_discrepancy(&[1e308, -1e308], &[0.0, 1e308], 9, 0).expect("cells");
        assert!(wide.statistic.is_finite());
    }
}
