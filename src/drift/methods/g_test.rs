//! The G-test of homogeneity: counts per category of two samples in, twice the log-likelihood ratio out.
//!
//! G = 2 Σ o ln(o/e) over both sides' counts o, expected e; R. R. Sokal & F. J. Rohlf, *Biometry*.

use super::{Test, sizes};
use crate::num::{chi_squared_sf, ln};

/// scipy's `chi2_contingency(table, correction=False, lambda_="log-likelihood")` without empty categories, which is how
/// it differs from Evidently's (that compares counts of unequal samples). One category alone: 0 with p = 1. Rare
/// categories are not pooled. `None` where a side has no row.
pub fn g_test(bins: &[(u64, u64)]) -> Option<Test> {
    let (n, m) = sizes(bins)?;
    let (mut sum, mut kinds) = (0.0, 0_u64);
    for &(a, b) in bins {
        let (a, b) = (a as f64, b as f64);
        if a + b == 0.0 {
            continue;
        }
        kinds += 1;
        let part = |o: f64, side: f64| {
            let expected = (a + b) * (side / (n + m));
            if o > 0.0 { o * ln(o / expected) } else { 0.0 }
        };
        sum += part(a, n) + part(b, m);
    }
    let statistic = (2.0 * sum).max(0.0);
    let p_value = if kinds < 2 { 1.0 } else { chi_squared_sf(statistic, (kinds - 1) as f64) };
    Some(Test { statistic, p_value })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::num::testing::close;

    #[test]
    fn it_agrees_with_scipy() {
        // scipy 1.17.1: chi2_contingency([a, b], correction=False, lambda_="log-likelihood")
        type Case<'a> = (&'a [(u64, u64)], (f64, f64));
        let cases: [Case; 4] = [
            (&[(50, 40), (30, 35), (20, 25)], (2.0551086602562796, 0.3578811502906551)),
            (&[(20, 20), (20, 20), (20, 0), (0, 20)], (55.451774444795625, 5.499563927188289e-12)),
            (&[(1_000_000, 999_000), (500_000, 502_000)], (4.159046499406031, 0.04141271068119453)),
            (&[(1, 0), (0, 1)], (2.772588722239781, 0.09589096714246556)),
        ];
        for (bins, (statistic, p)) in cases {
            let found = g_test(bins).expect("rows");
            close(found.statistic, statistic, 1e-9);
            close(found.p_value, p, 1e-9);
        }
        assert_eq!(g_test(&[(5, 9)]).map(|t| t.p_value), Some(1.0));
        assert_eq!((g_test(&[(5, 0)]), g_test(&[])), (None, None));
    }
}
