//! The two-sample Kolmogorov–Smirnov test: counts of ordered values in, the largest distance of the two distribution
//! functions and its p-value out.

use crate::num;

/// Statistic and p-value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Test {
    /// D, the largest distance, 0 to 1. Exact with ties; on buckets a lower bound of the values' D.
    pub statistic: f64,
    /// The chance of a larger D without drift: scipy's `ks_2samp(method="asymp")`. Conservative with ties.
    pub p_value: f64,
}

/// The test of two lists of (key, count) by rising key; `None` where one side has no cell.
pub(crate) fn test(reference: &[(u128, u64)], current: &[(u128, u64)]) -> Option<Test> {
    let total = |side: &[(u128, u64)]| side.iter().map(|e| i128::from(e.1)).sum::<i128>();
    let (n, m) = (total(reference), total(current));
    if n == 0 || m == 0 {
        return None;
    }
    let (mut i, mut j) = (0, 0);
    let (mut below_n, mut below_m, mut largest) = (0_i128, 0_i128, 0_i128);
    while i < reference.len() && j < current.len() {
        let key = reference[i].0.min(current[j].0);
        if reference[i].0 == key {
            below_n += i128::from(reference[i].1);
            i += 1;
        }
        if current[j].0 == key {
            below_m += i128::from(current[j].1);
            j += 1;
        }
        largest = largest.max((below_n * m - below_m * n).abs());
    }
    let statistic = largest as f64 / (n as f64 * m as f64);
    // Half to even, as numpy rounds.
    let effective = (n as f64 * m as f64 / (n + m) as f64).round_ties_even();
    Some(Test { statistic, p_value: num::kolmogorov_sf(statistic, effective as u64) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::num::testing::close;

    fn entries(values: &[(u128, u64)]) -> Vec<(u128, u64)> {
        values.to_vec()
    }

    #[test]
    fn it_agrees_with_scipy() {
        // scipy 1.17.1: ks_2samp(a, b, method="asymp") of the expanded lists
        let cases = [
            (
                entries(&[(1, 1), (2, 1), (3, 1), (4, 1), (5, 1)]),
                entries(&[(3, 1), (4, 1), (5, 1), (6, 1), (7, 1)]),
                (0.4, 0.82),
            ),
            (
                entries(&[(0, 50), (1, 30), (2, 20)]),
                entries(&[(0, 40), (1, 35), (2, 25)]),
                (0.09999999999999998, 0.6623112704658186),
            ),
            (
                entries(&[(0, 500), (1, 300), (9, 200)]),
                entries(&[(0, 300), (1, 300), (9, 400)]),
                (0.20000000000000007, 5.25683536194575e-18),
            ),
            (entries(&[(5, 1000)]), entries(&[(5, 10)]), (0.0, 1.0)),
            (entries(&[(5, 100)]), entries(&[(6, 10)]), (1.0, 0.0)),
            (
                entries(&[(0, 25_000), (1, 25_000)]),
                entries(&[(0, 24_000), (1, 26_000)]),
                (0.020000000000000018, 4.061196710119612e-09),
            ),
        ];
        for (a, b, (d, p)) in cases {
            for (a, b) in [(&a, &b), (&b, &a)] {
                let found = test(a, b).expect("both sides have cells");
                close(found.statistic, d, 1e-12);
                close(found.p_value, p, 1e-9);
            }
        }
    }

    #[test]
    fn an_empty_side_has_no_distance() {
        assert_eq!(test(&[], &[(1, 1)]), None);
        assert_eq!(test(&[(1, 1)], &[]), None);
    }
}
