//! The population stability index: counts per bin in, the interval of the whole populations' index out.

use super::super::methods::psi as index;
use super::{Interval, Z};
use crate::num;

/// About the index less its mean without drift: the delta method's variance (the gradients ∂/∂p = −ln(q/p) − (q − p)/p and
/// ∂/∂q = ln(q/p) + (q − p)/q, under each side's multinomial), plus 2 (B − 1)(1/n + 1/m)², the variance that is left where
/// both laws are the same (Yurdakul & Naranjo 2020). The bins, and their floor, are taken as given.
pub(crate) fn psi(bins: &[(u64, u64)]) -> Option<Interval> {
    let found = index::psi(bins)?;
    let n: u64 = bins.iter().map(|b| b.0).sum();
    let m: u64 = bins.iter().map(|b| b.1).sum();
    let (n, m) = (n as f64, m as f64);
    let floor = index::floor(n, m);
    let mut sums = [[0.0; 2]; 2];
    for bin in bins {
        let (p, q) = (bin.0 as f64 / n, bin.1 as f64 / m);
        if p.max(q) <= floor {
            continue;
        }
        let (p, q) = (p.max(floor), q.max(floor));
        let log = num::ln(q / p);
        for (sum, (share, slope)) in sums.iter_mut().zip([(p, log + q / p - 1.0), (q, log + 1.0 - p / q)]) {
            sum[0] += share * slope;
            sum[1] += share * slope * slope;
        }
    }
    let variance = |sum: [f64; 2], rows: f64| (sum[1] - sum[0] * sum[0]).max(0.0) / rows;
    let chance = 1.0 / n + 1.0 / m;
    let rest = 2.0 * (found.bins.max(1) - 1) as f64 * chance * chance;
    let half = Z * num::sqrt(variance(sums[0], n) + variance(sums[1], m) + rest);
    let middle = found.raw - (found.bins.max(1) - 1) as f64 * chance;
    Some(Interval { low: (middle - half).max(0.0), high: (middle + half).max(0.0) })
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::Stream;
    use super::super::testing::{coverage, draw};
    use super::*;

    #[test]
    fn it_holds_the_truth_in_95_of_100_samples() {
        let even = [0.1; 10];
        let tilted = [0.13, 0.12, 0.11, 0.1, 0.1, 0.1, 0.1, 0.09, 0.08, 0.07];
        let far = [0.3, 0.2, 0.1, 0.1, 0.08, 0.06, 0.05, 0.05, 0.03, 0.03];
        for (p, q, n, m) in [
            (&even[..], &even[..], 500, 500),
            (&even[..], &tilted[..], 1000, 1000),
            (&tilted[..], &even[..], 5000, 800),
            (&even[..], &far[..], 600, 2000),
        ] {
            let truth: f64 = p.iter().zip(q).map(|(p, q)| (q - p) * num::ln(q / p)).sum();
            let share = coverage(truth, |run| {
                let mut stream = Stream(run << 32 | m << 8);
                let (a, b) = (draw(&mut stream, p, n), draw(&mut stream, q, m));
                let bins: Vec<(u64, u64)> = a.into_iter().zip(b).collect();
                psi(&bins).expect("rows")
            });
            assert!(share >= 0.93, "{share} at {truth}");
        }
    }

    #[test]
    fn a_side_without_rows_has_none() {
        assert_eq!(psi(&[(5, 0), (3, 0)]), None);
    }
}
