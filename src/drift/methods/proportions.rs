//! The z-test of two proportions: successes and rows of both sides in, z and its two-sided p-value out.

use super::Test;
use crate::num::{normal_sf, sqrt};

/// z = (q − p) / √(r(1 − r)(1/n + 1/m)) of shares p = k/n and q = l/m with the pooled share r, without continuity
/// correction; positive where the current share is larger. Shares that are both 0 or both 1: z = 0, p = 1. `None` where
/// a side has no row or more successes than rows.
pub fn proportions((k, n): (u64, u64), (l, m): (u64, u64)) -> Option<Test> {
    if n == 0 || m == 0 || k > n || l > m {
        return None;
    }
    let (k, n, l, m) = (k as f64, n as f64, l as f64, m as f64);
    let pooled = (k + l) / (n + m);
    let deviation = sqrt(pooled * ((n - k + m - l) / (n + m)) * (1.0 / n + 1.0 / m));
    if deviation == 0.0 {
        return Some(Test { statistic: 0.0, p_value: 1.0 });
    }
    let statistic = (l / m - k / n) / deviation;
    Some(Test { statistic, p_value: (2.0 * normal_sf(statistic.abs())).min(1.0) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::num::testing::close;

    #[test]
    fn it_agrees_with_scipy() {
        // The formula in numpy 2.4.6, p as 2 * scipy.stats.norm.sf(abs(z)) of scipy 1.17.1
        let cases = [
            ((50, 100), (30, 100), Some((-2.886751345948129, 0.003892417122778628))),
            ((1, 1), (0, 1), Some((-std::f64::consts::SQRT_2, 0.15729920705028516))),
            ((0, 40), (7, 2), None),
            ((499_000, 1_000_000), (501_500, 1_000_000), Some((3.5355343478744836, 0.00040695133673165614))),
            ((0, 9), (0, 4), Some((0.0, 1.0))),
            ((9, 9), (4, 4), Some((0.0, 1.0))),
            ((0, 0), (0, 4), None),
        ];
        for (reference, current, expected) in cases {
            let found = proportions(reference, current);
            assert_eq!(found.is_some(), expected.is_some());
            if let (Some(found), Some((z, p))) = (found, expected) {
                close(found.statistic, z, 1e-11);
                close(found.p_value, p, 1e-9);
                let swapped = proportions(current, reference).expect("rows");
                close(swapped.statistic, -z, 1e-11);
            }
        }
    }
}
