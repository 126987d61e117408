//! The total variation distance: counts per bin in, its interval out.

use super::{Interval, Z, excess};
use crate::num;

/// The plug-in distance ½ Σ |q − p| is never too small on average (Jensen) and too large by at most the sum of the bins'
/// excesses, so the lower end lies that much deeper. Its variance is the delta method's: that of the sum with the signs as
/// they were seen.
pub(crate) fn total_variation(bins: &[(u64, u64)]) -> Option<Interval> {
    let n: u64 = bins.iter().map(|b| b.0).sum();
    let m: u64 = bins.iter().map(|b| b.1).sum();
    if n == 0 || m == 0 {
        return None;
    }
    let (n, m) = (n as f64, m as f64);
    let (mut distance, mut too_large, mut before, mut now) = (0.0, 0.0, 0.0, 0.0);
    for bin in bins {
        let (p, q) = (bin.0 as f64 / n, bin.1 as f64 / m);
        distance += (q - p).abs() / 2.0;
        let deviation = num::sqrt(p * (1.0 - p) / n + q * (1.0 - q) / m);
        too_large += excess(q - p, deviation) / 2.0;
        let sign = if q > p { 0.5 } else { -0.5 };
        before += p * sign;
        now += q * sign;
    }
    let variance = (0.25 - before * before) / n + (0.25 - now * now) / m;
    let half = Z * num::sqrt(variance.max(0.0));
    Some(Interval { low: (distance - too_large - half).max(0.0), high: (distance + half).min(1.0) })
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::Stream;
    use super::super::testing::{coverage, draw};
    use super::*;

    #[test]
    fn it_holds_the_truth_in_95_of_100_samples() {
        let even = [0.1_f64; 10];
        let tilted = [0.16, 0.14, 0.12, 0.1, 0.1, 0.1, 0.1, 0.08, 0.06, 0.04];
        let cases: [(&[f64], &[f64], u64, u64); 5] = [
            (&even[..], &even[..], 300, 300),
            (&even[..], &tilted[..], 400, 1000),
            (&tilted[..], &even[..], 2000, 500),
            (&[0.5, 0.5][..], &[0.5, 0.5][..], 200, 200),
            (&[0.5, 0.5][..], &[0.7, 0.3][..], 100, 200),
        ];
        for (p, q, n, m) in cases {
            let truth: f64 = p.iter().zip(q).map(|(p, q)| (p - q).abs() / 2.0).sum();
            let share = coverage(truth, |run| {
                let mut stream = Stream(run << 32 | m << 8);
                let (a, b) = (draw(&mut stream, p, n), draw(&mut stream, q, m));
                let bins: Vec<(u64, u64)> = a.into_iter().zip(b).collect();
                total_variation(&bins).expect("rows")
            });
            assert!(share >= 0.93, "{share} at {truth}");
        }
    }

    #[test]
    fn it_narrows_with_the_rows_and_an_empty_side_has_none() {
        let width = |rows: u64| {
            let found = total_variation(&[(rows, 2 * rows), (rows, rows)]).expect("rows");
            found.high - found.low
        };
        assert!(width(100) > 5.0 * width(10_000));
        assert_eq!(total_variation(&[(5, 0)]), None);
    }
}
