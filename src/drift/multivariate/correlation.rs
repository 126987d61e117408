//! Two columns of a file in, their rank correlation and its variance out. The variance comes from each row's influence on the
//! correlation, so that ties, outliers and odd laws are in it.
//!
//! C. Spearman (1904); W. Hoeffding (1948), *A class of statistics with asymptotically normal distribution*.

use crate::num::{ln, sqrt};

/// Fewer rows that have both cells say nothing.
pub(super) const LEAST: usize = 30;

/// A rank correlation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Correlation {
    /// Spearman's ρ, with mid-ranks.
    pub rho: f64,
    /// The variance of Fisher's z of it.
    pub variance: f64,
}

impl Correlation {
    /// Of two columns with the orders of their rows by value (those of missing cells left out); `None` where too few rows have both
    /// or one is constant in them.
    pub(super) fn of((x, by_x): (&[f64], &[u32]), (y, by_y): (&[f64], &[u32])) -> Option<Correlation> {
        let is_whole = |row: usize| !x[row].is_nan() && !y[row].is_nan();
        let n = by_x.iter().filter(|row| is_whole(**row as usize)).count();
        if n < LEAST {
            return None;
        }
        let count = n as f64;
        let f = groups(by_x, x, &is_whole);
        let g = groups(by_y, y, &is_whole);
        let (share_f, share_g) = (f.shares(x.len(), count), g.shares(y.len(), count));
        let (above_fg, above_gf) = (f.above(&share_g, count), g.above(&share_f, count));
        let (above_f, above_g) = (f.above(&share_f, count), g.above(&share_g, count));
        let (mut c, mut vx, mut vy) = (0.0, 0.0, 0.0);
        for row in f.rows() {
            let (a, b) = (share_f[row], share_g[row]);
            c += a * b;
            vx += a * a;
            vy += b * b;
        }
        (c, vx, vy) = (c / count - 0.25, vx / count - 0.25, vy / count - 0.25);
        if vx < 1e-9 || vy < 1e-9 {
            return None;
        }
        let scale = sqrt(vx * vy);
        let rho = (c / scale).clamp(-1.0, 1.0);
        let influence = |row: usize| {
            let (a, b) = (share_f[row], share_g[row]);
            let cross = (a * b + above_fg[row] + above_gf[row]) / scale;
            let own = (a * a + 2.0 * above_f[row]) / vx + (b * b + 2.0 * above_g[row]) / vy;
            cross - rho / 2.0 * own
        };
        let mean = f.rows().map(influence).sum::<f64>() / count;
        let squares: f64 = f.rows().map(|row| (influence(row) - mean) * (influence(row) - mean)).sum();
        let slope = (1.0 - rho * rho).max(1e-6);
        // Never less than Fisher's own, since few rows may show less variance than there is.
        let variance = (squares / count / (slope * slope)).max(1.0) / (count - 3.0);
        Some(Correlation { rho, variance })
    }

    /// Fisher's z, artanh ρ.
    pub(super) fn z(self) -> f64 {
        let rho = self.rho.clamp(-0.999_999, 0.999_999);
        0.5 * (ln(1.0 + rho) - ln(1.0 - rho))
    }
}

/// Rows with equal values together, from the smallest value on.
struct Groups {
    rows: Vec<u32>,
    /// Where each group begins, and behind the last one.
    starts: Vec<usize>,
}

fn groups(order: &[u32], values: &[f64], is_whole: &dyn Fn(usize) -> bool) -> Groups {
    let rows: Vec<u32> = order.iter().copied().filter(|row| is_whole(*row as usize)).collect();
    let mut starts = Vec::new();
    let mut last = None;
    for (at, row) in rows.iter().enumerate() {
        let value = values[*row as usize];
        if last != Some(value) {
            starts.push(at);
            last = Some(value);
        }
    }
    starts.push(rows.len());
    Groups { rows, starts }
}

impl Groups {
    fn rows(&self) -> impl Iterator<Item = usize> + '_ {
        self.rows.iter().map(|row| *row as usize)
    }

    fn each(&self) -> impl DoubleEndedIterator<Item = &[u32]> {
        self.starts.windows(2).map(|ends| &self.rows[ends[0]..ends[1]])
    }

    /// For each row the share of rows below it, equal ones by half.
    fn shares(&self, length: usize, n: f64) -> Vec<f64> {
        let mut shares = vec![0.0; length];
        let mut below = 0.0;
        for group in self.each() {
            let ties = group.len() as f64;
            group.iter().for_each(|row| shares[*row as usize] = (below + ties / 2.0) / n);
            below += ties;
        }
        shares
    }

    /// For each row the sum of what rows above it hold, equal ones by half, over n.
    fn above(&self, held: &[f64], n: f64) -> Vec<f64> {
        let mut sums = vec![0.0; held.len()];
        let mut above = 0.0;
        for group in self.each().rev() {
            let own: f64 = group.iter().map(|row| held[*row as usize]).sum();
            group.iter().for_each(|row| sums[*row as usize] = (above + own / 2.0) / n);
            above += own;
        }
        sums
    }
}

/// The rows that have a value, by rising value.
pub(super) fn order(values: &[f64]) -> Vec<u32> {
    let mut order: Vec<u32> =
        (0..values.len() as u32).filter(|row| !values[*row as usize].is_nan()).collect();
    crate::order::sort_by(&mut order, |a, b| values[*a as usize].total_cmp(&values[*b as usize]));
    order
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drift::testing::Stream;
    use crate::num::testing::close;

    fn of(x: &[f64], y: &[f64]) -> Option<Correlation> {
        Correlation::of((x, &order(x)), (y, &order(y)))
    }

    #[test]
    fn correlations_are_those_of_scipy() {
        // scipy 1.17.1: spearmanr(x, y).statistic, with ties; the rows without a cell left out.
        let x: Vec<f64> = (0..40_u32).map(|i| f64::from(i * 7 % 11)).collect();
        let mut y: Vec<f64> = (0..40_u32).map(|i| f64::from(i * i % 13 + i * 7 % 11)).collect();
        close(of(&x, &y).unwrap().rho, WHOLE, 1e-12);
        y[3] = f64::NAN;
        close(of(&x, &y).unwrap().rho, HOLED, 1e-12);
        assert_eq!(of(&x, &[1.0; 40]), None);
        assert_eq!(of(&x[..20], &y[..20]), None);
        close(of(&x, &x).unwrap().rho, 1.0, 1e-12);
    }

    #[test]
    fn the_variance_is_that_of_many_samples() {
        let mut stream = Stream(3);
        for (weight, ties, n) in [(0.0, false, 200), (1.0, false, 200), (3.0, false, 200), (1.0, true, 300)] {
            let mut found = Vec::new();
            for _ in 0..400 {
                let mut x = Vec::new();
                let mut y = Vec::new();
                for _ in 0..n {
                    let (a, b) = (stream.normal(), stream.normal());
                    // Heavy tails and a spread that depends on the other column.
                    let round = |value: f64| if ties { value.floor() } else { value };
                    x.push(round(a * a * a));
                    y.push(round(weight * a + b * (1.0 + a * a)));
                }
                found.push(of(&x, &y).unwrap());
            }
            let count = found.len() as f64;
            let mean = found.iter().map(|it| it.z()).sum::<f64>() / count;
            let spread = found.iter().map(|it| (it.z() - mean) * (it.z() - mean)).sum::<f64>() / count;
            let told = found.iter().map(|it| it.variance).sum::<f64>() / count;
            assert!(told > 0.85 * spread && told < 1.6 * spread, "{weight} {ties}: {told} {spread}");
        }
    }

    const WHOLE: f64 = 0.5453348174812119;
    const HOLED: f64 = 0.516099974897089;
}
