//! The two-sample Kolmogorov–Smirnov test: counts of ordered values in, the largest distance of the two distribution
//! functions and its p-value out.

use super::Test;
use crate::num;

/// The most cells of a side for the exact law, as scipy chooses.
pub(crate) const MOST_EXACT: i128 = 10_000;
/// Fewer cells of a side than these are no large sample: against one cell the asymptotic law alarms in 18 % of the runs.
const FEW: i128 = 20;
/// Steps of the exact law for a decision. A larger side is as good as one of so many steps with the other.
const STEPS: i128 = 100_000;

/// The test of two lists of (key, count) by rising key; `None` where one side has no cell.
///
/// The statistic is D, the largest distance, 0 to 1: exact with ties, on buckets a lower bound of the values' D. The
/// p-value is scipy's `ks_2samp(method="asymp")`; conservative with ties.
pub(crate) fn test(reference: &[(u128, u64)], current: &[(u128, u64)]) -> Option<Test> {
    let (n, m, largest) = distance(reference, current)?;
    let statistic = largest as f64 / (n as f64 * m as f64);
    // Half to even, as numpy rounds.
    let effective = (n as f64 * m as f64 / (n + m) as f64).round_ties_even();
    Some(Test { statistic, p_value: num::kolmogorov_sf(statistic, effective as u64) })
}

/// What decides, with the id of its method: [`test`], or where a side has few cells the exact law.
pub(crate) fn deciding(reference: &[(u128, u64)], current: &[(u128, u64)]) -> Option<(&'static str, Test)> {
    let (n, m, largest) = distance(reference, current)?;
    let (few, many) = (n.min(m), n.max(m));
    if few >= FEW {
        return Some(("kolmogorov-smirnov", test(reference, current)?));
    }
    let enough = many.min(STEPS / few);
    let least = (largest * enough + many - 1) / many;
    let statistic = largest as f64 / (n as f64 * m as f64);
    let p_value = outside(few as i64, enough as i64, least as i64);
    Some(("kolmogorov-smirnov-exact", Test { statistic, p_value }))
}

/// D alone; `None` where one side has no cell.
#[cfg(feature = "monitor")]
pub(crate) fn statistic(reference: &[(u128, u64)], current: &[(u128, u64)]) -> Option<f64> {
    distance(reference, current).map(|(n, m, largest)| largest as f64 / (n as f64 * m as f64))
}

/// [`test`] with the exact p-value, scipy's `ks_2samp(method="exact")`: the share of all orders of the pooled cells with
/// as large a D, conservative with ties. `None` also where a side has more than 10,000 cells. O(n m) there.
pub fn exact(reference: &[(u128, u64)], current: &[(u128, u64)]) -> Option<Test> {
    let (n, m, largest) = distance(reference, current)?;
    if n.max(m) > MOST_EXACT {
        return None;
    }
    let statistic = largest as f64 / (n as f64 * m as f64);
    Some(Test { statistic, p_value: outside(n as i64, m as i64, largest as i64) })
}

/// Cells of both sides and D times both; `None` where one side has no cell.
fn distance(reference: &[(u128, u64)], current: &[(u128, u64)]) -> Option<(i128, i128, i128)> {
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
    Some((n, m, largest))
}

/// The share of the lattice paths to (n, m) that meet a point with |i m − j n| ≥ `least`: a path to (i, j) comes from the
/// left in i of i + j cases, so that shares of paths are weighted means of shares; only positive terms, no cancellation.
fn outside(n: i64, m: i64, least: i64) -> f64 {
    let (n, m) = (n.min(m), n.max(m));
    let mut row = vec![0.0; n as usize + 1];
    for j in 0..=m {
        for i in 0..=n {
            let left = if i > 0 { row[i as usize - 1] } else { 0.0 };
            let at = &mut row[i as usize];
            *at = if (i * m - j * n).abs() >= least {
                1.0
            } else {
                let steps = (i + j).max(1) as f64;
                i as f64 / steps * left + j as f64 / steps * *at
            };
        }
    }
    row[n as usize]
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
    fn few_cells_are_decided_by_the_exact_law() {
        // scipy 1.17.1: ks_2samp(range(30), b, method="exact")
        let thirty: Vec<(u128, u64)> = (0..30).map(|it| (it * 10, 1)).collect();
        for (b, p) in [
            (entries(&[(400, 1)]), 0.06451612903225806),
            (entries(&[(400, 1), (410, 1)]), 0.004032258064516129),
            (entries(&[(35, 1), (95, 1), (125, 1)]), 0.26759530791788855),
        ] {
            for (a, b) in [(&thirty, &b), (&b, &thirty)] {
                let (name, found) = deciding(a, b).expect("both sides have cells");
                assert_eq!(name, "kolmogorov-smirnov-exact");
                close(found.p_value, p, 1e-12);
            }
        }
        // However many cells the other side has: beyond all of them lies one cell in half a million and one, twice.
        let many = entries(&[(0, 250_000), (1, 250_000)]);
        let (_, found) = deciding(&many, &entries(&[(9, 1)])).expect("both sides have cells");
        assert!(found.p_value < 1e-4);
        let (_, found) = deciding(&many, &entries(&[(0, 10), (1, 9)])).expect("both sides have cells");
        assert!(found.p_value > 0.9);
    }

    #[test]
    fn the_exact_law_agrees_with_scipy() {
        // scipy 1.17.1: ks_2samp(a, b, method="exact") of the expanded lists
        let cases = [
            (
                entries(&[(1, 1), (2, 1), (3, 1), (4, 1), (5, 1)]),
                entries(&[(3, 1), (4, 1), (5, 1), (6, 1), (7, 1)]),
                (0.4, 0.873015873015873),
            ),
            (
                entries(&[(0, 50), (1, 30), (2, 20)]),
                entries(&[(0, 40), (1, 35), (2, 25)]),
                (0.1, 0.7020569828664881),
            ),
            (
                entries(&[(0, 50), (1, 30), (2, 27)]),
                entries(&[(0, 20), (1, 35), (2, 45)]),
                (0.2672897196261682, 0.0009226140910359036),
            ),
            (
                entries(&[(0, 1000), (1, 500)]),
                entries(&[(0, 300), (1, 701)]),
                (0.366966366966367, 1.9442502160349803e-72),
            ),
            (entries(&[(5, 1)]), entries(&[(6, 1)]), (1.0, 1.0)),
            (entries(&[(5, 2)]), entries(&[(6, 1)]), (1.0, 0.6666666666666666)),
            (entries(&[(5, 1000)]), entries(&[(5, 10)]), (0.0, 1.0)),
        ];
        for (a, b, (d, p)) in cases {
            for (a, b) in [(&a, &b), (&b, &a)] {
                let found = exact(a, b).expect("both sides have cells");
                close(found.statistic, d, 1e-12);
                close(found.p_value, p, 1e-9);
            }
        }
        assert_eq!(exact(&[(5, 10_001)], &[(5, 1)]), None);
    }

    #[test]
    fn an_empty_side_has_no_distance() {
        assert_eq!(exact(&[], &[(1, 1)]), None);
        assert_eq!(test(&[], &[(1, 1)]), None);
        assert_eq!(test(&[(1, 1)], &[]), None);
    }
}
