//! A symmetric positive definite matrix and a vector in, the solution of the linear equations out.
//!
//! G. H. Golub, C. F. Van Loan, *Matrix Computations*, 4th ed., 4.2.

use crate::num::sqrt;

/// Solves a·x = b, with the lower half of `a` of so many rows, which is spent; `None` where it is not positive definite.
pub(super) fn solve(a: &mut [f64], b: &[f64]) -> Option<Vec<f64>> {
    let size = b.len();
    for i in 0..size {
        for j in 0..=i {
            let (head, row) = a.split_at(i * size);
            let other = if i == j { &row[..j] } else { &head[j * size..j * size + j] };
            let sum: f64 = row[..j].iter().zip(other).map(|(x, y)| x * y).sum();
            let left = row[j] - sum;
            a[i * size + j] = if i == j {
                // NaN is not above 0 either.
                if left.is_nan() || left <= 0.0 {
                    return None;
                }
                sqrt(left)
            } else {
                left / a[j * size + j]
            };
        }
    }
    let mut x = b.to_vec();
    for i in 0..size {
        let sum: f64 = (0..i).map(|k| a[i * size + k] * x[k]).sum();
        x[i] = (x[i] - sum) / a[i * size + i];
    }
    for i in (0..size).rev() {
        let sum: f64 = (i + 1..size).map(|k| a[k * size + i] * x[k]).sum();
        x[i] = (x[i] - sum) / a[i * size + i];
    }
    Some(x)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::num::testing::close;

    #[test]
    fn the_solution_is_numpys() {
        // numpy 2.4.6: np.linalg.solve([[4, 2, .6], [2, 5, 1], [.6, 1, 3]], [1, -2, 3])
        let mut a = [4.0, 0.0, 0.0, 2.0, 5.0, 0.0, 0.6, 1.0, 3.0];
        let found = solve(&mut a, &[1.0, -2.0, 3.0]).unwrap();
        found.iter().zip(SOLUTION).for_each(|(found, expected)| close(*found, expected, 1e-13));
        assert_eq!(solve(&mut [1.0, 0.0, 2.0, 1.0], &[1.0, 1.0]), None);
        assert_eq!(solve(&mut [f64::NAN], &[1.0]), None);
    }

    const SOLUTION: [f64; 3] = [0.48878923766816146, -0.831390134529148, 1.1793721973094171];
}
