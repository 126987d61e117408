//! The covariance of columns in, the few directions that hold most of it out, and how far a row lies from them.

use super::symmetric::eigen;
use crate::num::sqrt;

/// Principal components.
#[derive(Debug, Clone, PartialEq)]
pub struct Principal {
    /// Where the rows' middle is.
    means: Vec<f64>,
    /// Directions of length 1, the widest first.
    components: Vec<Vec<f64>>,
}

/// Means and covariances of rows, gathered in two passes.
#[derive(Debug, Clone, PartialEq)]
pub struct Moments {
    /// The mean of each column.
    pub means: Vec<f64>,
    /// Sums of products of deviations, row by row.
    pub products: Vec<f64>,
    /// Rows.
    pub rows: usize,
}

impl Moments {
    /// Of so many rows of `width` columns, which `row` writes into the slice that it is given.
    pub fn of(rows: usize, width: usize, mut row: impl FnMut(usize, &mut [f64])) -> Moments {
        let mut cells = vec![0.0; width];
        let mut means = vec![0.0; width];
        for i in 0..rows {
            row(i, &mut cells);
            means.iter_mut().zip(&cells).for_each(|(sum, x)| *sum += x);
        }
        means.iter_mut().for_each(|it| *it /= rows.max(1) as f64);
        let mut products = vec![0.0; width * width];
        for i in 0..rows {
            row(i, &mut cells);
            cells.iter_mut().zip(&means).for_each(|(x, mean)| *x -= mean);
            for (a, x) in cells.iter().enumerate() {
                let line = &mut products[a * width + a..(a + 1) * width];
                line.iter_mut().zip(&cells[a..]).for_each(|(sum, y)| *sum += x * y);
            }
        }
        for a in 0..width {
            for b in 0..a {
                products[a * width + b] = products[b * width + a];
            }
        }
        Moments { means, products, rows }
    }
}

impl Principal {
    /// As few components as hold more than this share of the variance, chosen as scikit-learn does; `None` where nothing
    /// varies.
    pub fn fit(moments: &Moments, share: f64) -> Option<Principal> {
        let width = moments.means.len();
        let degrees = (moments.rows as f64 - 1.0).max(1.0);
        let covariance: Vec<f64> = moments.products.iter().map(|it| it / degrees).collect();
        let parts = eigen(&covariance, width);
        let total: f64 = parts.iter().map(|it| it.0.max(0.0)).sum();
        if total <= 0.0 || !total.is_finite() {
            return None;
        }
        let mut held = 0.0;
        let below = parts.iter().take_while(|it| {
            held += it.0.max(0.0) / total;
            held <= share
        });
        let kept = (below.count() + 1).min(width);
        let components = parts.into_iter().take(kept).map(|it| it.1).collect();
        Some(Principal { means: moments.means.clone(), components })
    }

    /// The same with so many components at most.
    pub fn at_most(mut self, most: usize) -> Principal {
        self.components.truncate(most);
        self
    }

    /// How many components there are.
    pub fn count(&self) -> usize {
        self.components.len()
    }

    /// The distance of a row from what the components make of it. The row is spent.
    pub fn error(&self, row: &mut [f64]) -> f64 {
        row.iter_mut().zip(&self.means).for_each(|(x, mean)| *x -= mean);
        for component in &self.components {
            // Components are at right angles to each other: what one takes away is nothing to the next.
            let score: f64 = row.iter().zip(component).map(|(x, c)| x * c).sum();
            row.iter_mut().zip(component).for_each(|(x, c)| *x -= score * c);
        }
        sqrt(row.iter().map(|x| x * x).sum())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::num::testing::close;

    #[test]
    fn errors_are_those_of_scikit_learn() {
        // scikit-learn 1.9.1: pca = PCA(.8).fit(x); np.linalg.norm(x - pca.inverse_transform(pca.transform(x)), axis=1)
        let rows = [
            [1.0, 2.0, 0.5, -1.0],
            [2.0, 1.0, 1.5, 0.0],
            [0.0, 3.0, -1.0, 2.0],
            [4.0, -1.0, 2.0, 1.0],
            [3.0, 0.5, 0.0, -2.0],
            [-1.0, 2.5, 1.0, 0.5],
        ];
        let moments = Moments::of(6, 4, |i, out| out.copy_from_slice(&rows[i]));
        let found = Principal::fit(&moments, 0.8).unwrap();
        assert_eq!(found.count(), COUNT);
        for (row, expected) in rows.iter().zip(EXPECTED) {
            close(found.error(&mut row.clone()), expected, 1e-12);
        }
        let flat = Moments::of(3, 2, |_, out| out.fill(1.0));
        assert_eq!(Principal::fit(&flat, 0.65), None);
    }

    const COUNT: usize = 2;
    const EXPECTED: [f64; 6] = [
        0.3272598874394942,
        0.6105467446021898,
        1.3480298847010046,
        0.09350679290394064,
        0.7194083847762555,
        1.2249515017395418,
    ];
}
