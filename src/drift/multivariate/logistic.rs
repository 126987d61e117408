//! Rows of two classes in, the coefficients of a logistic regression with a ridge out: Newton's iterations (IRLS).
//!
//! S. le Cessie, J. C. van Houwelingen (1992), *Ridge estimators in logistic regression*.

use super::cholesky::solve;
use crate::num::exp;

/// Iterations after which it is as good as it gets.
const STEPS: usize = 30;
/// A change of all coefficients that is none.
const CLOSE: f64 = 1e-9;

/// The intercept, then a coefficient a feature: the minimum of −Σ ln p + ½·ridge·Σ β², the intercept not counted. `rows` are
/// indices into `features`, of which each row has `width`.
pub(super) fn fit(
    features: &[f64],
    width: usize,
    rows: &[usize],
    is_positive: impl Fn(usize) -> bool,
    ridge: f64,
) -> Option<Vec<f64>> {
    let size = width + 1;
    let mut beta = vec![0.0; size];
    let mut line = vec![1.0; size];
    for _ in 0..STEPS {
        let mut gradient = vec![0.0; size];
        let mut hessian = vec![0.0; size * size];
        for &row in rows {
            line[1..].copy_from_slice(&features[row * width..(row + 1) * width]);
            let score: f64 = beta.iter().zip(&line).map(|(b, x)| b * x).sum();
            let p = 1.0 / (1.0 + exp(-score));
            let residual = if is_positive(row) { 1.0 - p } else { -p };
            gradient.iter_mut().zip(&line).for_each(|(sum, x)| *sum += residual * x);
            let weight = (p * (1.0 - p)).max(1e-12);
            for (i, x) in line.iter().enumerate() {
                let wx = weight * x;
                if wx != 0.0 {
                    let out = &mut hessian[i * size..i * size + i + 1];
                    out.iter_mut().zip(&line).for_each(|(sum, y)| *sum += wx * y);
                }
            }
        }
        for i in 1..size {
            gradient[i] -= ridge * beta[i];
            hessian[i * size + i] += ridge;
        }
        let step = solve(&mut hessian, &gradient)?;
        // Far from the minimum a whole step may overshoot.
        let longest = step.iter().fold(0.0_f64, |most, it| most.max(it.abs()));
        let share = if longest > 5.0 { 5.0 / longest } else { 1.0 };
        beta.iter_mut().zip(&step).for_each(|(b, it)| *b += share * it);
        if longest <= CLOSE {
            break;
        }
    }
    Some(beta)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::num::testing::close;

    #[test]
    fn coefficients_are_those_of_scikit_learn() {
        // scikit-learn 1.9.1: LogisticRegression(C=1, solver="newton-cholesky", tol=1e-14).fit(x, y)
        let x: Vec<f64> =
            (0..40_u32).flat_map(|i| [f64::from(i * 7 % 11) / 3.0, f64::from(i * i % 13) - 6.0]).collect();
        let rows: Vec<usize> = (0..40).collect();
        let found = fit(&x, 2, &rows, |i| i * 5 % 7 < 3 || i > 35, 1.0).unwrap();
        found.iter().zip(EXPECTED).for_each(|(found, expected)| close(*found, expected, 1e-7));
        // Classes that a line parts have finite coefficients.
        let parted = fit(&[-1.0, -2.0, 1.0, 2.0], 1, &[0, 1, 2, 3], |i| i > 1, 1.0).unwrap();
        close(parted[1], PARTED, 1e-9);
    }

    const EXPECTED: [f64; 3] = [-0.9395667060078897, 0.5571748935907559, -0.012643851380147243];
    const PARTED: f64 = 1.0065943148735454;
}
