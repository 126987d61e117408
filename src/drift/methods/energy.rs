//! The energy distance of two samples: points in, √(2 ∫ (F − G)² dx) out.
//!
//! G. J. Székely & M. L. Rizzo (2013), *Energy statistics*. Its unit is the root of the values' unit.

use super::points::{Points, sizes};
use crate::num::sqrt;

/// √(2 ∫ (F − G)² dx), scipy's `energy_distance`; `None` where one side has no cell.
pub fn energy_distance(points: &Points) -> Option<f64> {
    let (n, m) = sizes(points)?;
    let (mut below_n, mut below_m, mut sum) = (0.0, 0.0, 0.0);
    for pair in points.windows(2) {
        below_n += pair[0].1 as f64;
        below_m += pair[0].2 as f64;
        let gap = below_n / n - below_m / m;
        if gap != 0.0 {
            sum += gap * gap * (pair[1].0 - pair[0].0);
        }
    }
    Some(sqrt(2.0 * sum))
}

#[cfg(test)]
mod tests {
    use super::super::points::points;
    use super::*;
    use crate::num::testing::close;

    #[test]
    fn it_agrees_with_scipy() {
        // scipy 1.17.1: energy_distance(a, b)
        type Case<'a> = (&'a [f64], &'a [f64], f64);
        let cases: [Case; 4] = [
            (&[0.0, 1.0, 3.0], &[5.0, 6.0, 8.0], 2.7080128015453204),
            (&[1.0, 2.0, 2.0, 5.0], &[2.0, 3.0, 9.0], 1.1785113019775795),
            (&[4.0], &[4.5], 1.0000000000000002),
            (&[1e-300], &[3e-300, 1e-300], 1.0000000000000001e-150),
        ];
        for (a, b, expected) in cases {
            close(energy_distance(&points(a, b)).expect("cells"), expected, 1e-12);
            close(energy_distance(&points(b, a)).expect("cells"), expected, 1e-12);
        }
        assert_eq!(energy_distance(&[(7.0, 1_000_000, 5)]), Some(0.0));
        assert_eq!((energy_distance(&[(7.0, 0, 5)]), energy_distance(&[])), (None, None));
    }
}
