//! Cohen's h: two shares in, its interval out.

use super::super::share::Shares;
use super::{Interval, Z};
use crate::num;

/// Wilson's (1927) limits of each share, as angles, put together by Newcombe's (1998) square-and-add, which Zou & Donner
/// (2008) show for any difference: right for few cells and shares of 0, where the usual ± 1.96 √(1/n + 1/m) is not.
pub(crate) fn cohens_h(shares: Shares) -> Option<Interval> {
    let Shares { k, n, l, m } = shares;
    if n == 0 || m == 0 {
        return None;
    }
    let angle = |p: f64| 2.0 * num::asin(num::sqrt(p.clamp(0.0, 1.0)));
    let before = wilson(k, n);
    let now = wilson(l, m);
    let (a, b) = (angle(shares.before()), angle(shares.now()));
    let down = num::hypot(b - angle(now.low), angle(before.high) - a);
    let up = num::hypot(angle(now.high) - b, a - angle(before.low));
    Some(Interval { low: b - a - down, high: b - a + up })
}

/// Wilson's score limits of one share.
fn wilson(k: u64, n: u64) -> Interval {
    let (n, p) = (n as f64, k as f64 / n as f64);
    let square = Z * Z;
    let middle = (p + square / (2.0 * n)) / (1.0 + square / n);
    let half = Z / (1.0 + square / n) * num::sqrt(p * (1.0 - p) / n + square / (4.0 * n * n));
    // At the ends the limit is the end, but for the last bit.
    let low = if k == 0 { 0.0 } else { middle - half };
    let high = if p >= 1.0 { 1.0 } else { middle + half };
    Interval { low, high }
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::Stream;
    use super::super::testing::{coverage, draw};
    use super::*;
    use crate::num::testing::close;

    #[test]
    fn wilsons_limits_are_those_of_scipy() {
        // scipy 1.17.1: binomtest(k, n).proportion_ci(method="wilson")
        for (k, n, low, high) in [
            (0, 10, 0.0, 0.277_532_799_862_889_3),
            (5, 100, 0.021_543_679_154_367_03, 0.111_750_469_231_918_3),
        ] {
            let found = wilson(k, n);
            close(found.low, low, 1e-12);
            close(found.high, high, 1e-12);
        }
    }

    #[test]
    fn it_holds_the_truth_in_95_of_100_samples() {
        for (p, q, n, m) in
            [(0.02, 0.05, 500, 500), (0.0, 0.01, 300, 2000), (0.4, 0.5, 100, 60), (0.1, 0.1, 400, 400)]
        {
            let angle = |p: f64| 2.0 * num::asin(num::sqrt(p));
            let share = coverage(angle(q) - angle(p), |run| {
                let mut stream = Stream(run << 32 | n << 8);
                let a = draw(&mut stream, &[p, 1.0 - p], n);
                let b = draw(&mut stream, &[q, 1.0 - q], m);
                cohens_h(Shares { k: a[0], n, l: b[0], m }).expect("rows")
            });
            assert!(share >= 0.93, "{share} at {p} {q}");
        }
    }

    #[test]
    fn nothing_has_no_interval_and_everything_has() {
        assert_eq!(cohens_h(Shares { k: 0, n: 0, l: 0, m: 5 }), None);
        let all = cohens_h(Shares { k: 0, n: 1 << 60, l: 1 << 60, m: 1 << 60 }).expect("rows");
        assert!(all.low > 3.1 && all.high < 3.2);
    }
}
