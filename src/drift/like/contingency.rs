//! scipy's `chi2_contingency` of two rows: counts per value of two samples in, statistic and p-value out.

use super::super::methods::Test;
use crate::num::chi_squared_sf;

/// Pearson's statistic of homogeneity; with two values each difference is made smaller by half a cell (Yates), as scipy
/// does by default. One value alone: 0 with p = 1. `None` where a side has no cell.
pub(super) fn test(counts: &[(u64, u64)]) -> Option<Test> {
    let filled: Vec<(f64, f64)> =
        counts.iter().filter(|it| it.0 + it.1 > 0).map(|it| (it.0 as f64, it.1 as f64)).collect();
    let (n, m) = filled.iter().fold((0.0, 0.0), |sum, it| (sum.0 + it.0, sum.1 + it.1));
    if n == 0.0 || m == 0.0 {
        return None;
    }
    let all = n + m;
    let yates = filled.len() == 2;
    let part = |found: f64, expected: f64| {
        let gap = (found - expected).abs();
        let gap = if yates { gap - gap.min(0.5) } else { gap };
        gap * gap / expected
    };
    let of = |it: &(f64, f64)| {
        let total = it.0 + it.1;
        part(it.0, total * n / all) + part(it.1, total * m / all)
    };
    let statistic = if filled.len() < 2 { 0.0 } else { filled.iter().map(of).sum() };
    let p_value = if filled.len() < 2 { 1.0 } else { chi_squared_sf(statistic, (filled.len() - 1) as f64) };
    Some(Test { statistic, p_value })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::num::testing::close;

    #[test]
    fn it_agrees_with_scipy() {
        // scipy 1.17.1: chi2_contingency([a, b])
        type Case = (&'static [(u64, u64)], f64, f64);
        let cases: [Case; 4] = [
            (&[(50, 40), (30, 35), (20, 25)], 2.051282051282051, 0.3585665413731905),
            (&[(900, 95), (100, 5)], 2.0849724814548933, 0.14875490309769598),
            (&[(3, 0), (0, 0), (1, 1)], 0.05208333333333333, 0.8194769767775212),
            (&[(5, 7)], 0.0, 1.0),
        ];
        for (counts, statistic, p) in cases {
            let found = test(counts).expect("cells");
            close(found.statistic, statistic, 1e-9);
            close(found.p_value, p, 1e-9);
        }
        assert_eq!(test(&[(5, 0)]), None);
    }
}
