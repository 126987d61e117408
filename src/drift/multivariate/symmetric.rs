//! A symmetric matrix in, its eigenvalues and eigenvectors out: Jacobi's rotations in a fixed order, so that the bits are the
//! same everywhere.
//!
//! G. H. Golub, C. F. Van Loan, *Matrix Computations*, 4th ed., 8.5.3 (cyclic-by-row Jacobi).

use crate::num::sqrt;

/// Sweeps after which what is left off the diagonal is rounding.
const SWEEPS: usize = 64;

/// Eigenvalues by falling size, each with its vector of length 1. `matrix` has `size` rows and columns.
pub(super) fn eigen(matrix: &[f64], size: usize) -> Vec<(f64, Vec<f64>)> {
    let mut a = matrix.to_vec();
    let mut vectors = vec![0.0; size * size];
    (0..size).for_each(|i| vectors[i * size + i] = 1.0);
    let whole: f64 = a.iter().map(|x| x * x).sum();
    for _ in 0..SWEEPS {
        let mut off = 0.0;
        for i in 0..size {
            for j in i + 1..size {
                off += a[i * size + j] * a[i * size + j];
            }
        }
        if off <= 1e-34 * whole {
            break;
        }
        for p in 0..size {
            for q in p + 1..size {
                rotate(&mut a, &mut vectors, size, p, q);
            }
        }
    }
    let mut found: Vec<(f64, Vec<f64>)> =
        (0..size).map(|i| (a[i * size + i], vectors[i * size..(i + 1) * size].to_vec())).collect();
    crate::order::sort_by(&mut found, |x, y| y.0.total_cmp(&x.0));
    found
}

/// Makes the entry at (p, q) zero. Rows of `vectors` are the eigenvectors to be.
fn rotate(a: &mut [f64], vectors: &mut [f64], size: usize, p: usize, q: usize) {
    let entry = a[p * size + q];
    if entry == 0.0 {
        return;
    }
    let theta = (a[q * size + q] - a[p * size + p]) / (2.0 * entry);
    let t = if theta.abs() > 1e150 {
        0.5 / theta
    } else {
        theta.signum() / (theta.abs() + sqrt(theta * theta + 1.0))
    };
    let c = 1.0 / sqrt(t * t + 1.0);
    let s = t * c;
    for k in 0..size {
        let (x, y) = (a[k * size + p], a[k * size + q]);
        a[k * size + p] = c * x - s * y;
        a[k * size + q] = s * x + c * y;
    }
    for k in 0..size {
        let (x, y) = (a[p * size + k], a[q * size + k]);
        a[p * size + k] = c * x - s * y;
        a[q * size + k] = s * x + c * y;
        let (x, y) = (vectors[p * size + k], vectors[q * size + k]);
        vectors[p * size + k] = c * x - s * y;
        vectors[q * size + k] = s * x + c * y;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::num::testing::close;

    #[test]
    fn values_and_vectors_are_numpys() {
        // numpy 2.4.6: np.linalg.eigh(a)
        let a = [4.0, 1.0, -2.0, 1.0, 2.0, 0.0, -2.0, 0.0, 3.0];
        let found = eigen(&a, 3);
        let expected = [5.732050807568877, 2.267949192431123, 1.0];
        found.iter().zip(expected).for_each(|(found, expected)| close(found.0, expected, 1e-14));
        let first = &found[0].1;
        let expected = [0.788675134594813, 0.21132486540518713, -0.5773502691896257];
        let sign = first[0].signum();
        first.iter().zip(expected).for_each(|(found, expected)| close(sign * found, expected, 1e-13));
        assert!(eigen(&[], 0).is_empty());
    }

    #[test]
    fn a_matrix_is_the_sum_of_its_parts() {
        let size = 12;
        let mut stream = crate::drift::testing::Stream(7);
        let mut a = vec![0.0; size * size];
        for i in 0..size {
            for j in i..size {
                let x = stream.normal();
                (a[i * size + j], a[j * size + i]) = (x, x);
            }
        }
        let parts = eigen(&a, size);
        for i in 0..size {
            for j in 0..size {
                let sum: f64 = parts.iter().map(|(value, vector)| value * vector[i] * vector[j]).sum();
                assert!((sum - a[i * size + j]).abs() < 1e-12, "{i} {j}");
            }
        }
        // A zero matrix and equal values need no rotation.
        assert_eq!(eigen(&[0.0; 4], 2)[0].0, 0.0);
    }
}
