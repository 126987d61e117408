//! Cramér's V of side against category, the effect size of the chi-square test: counts in, 0 to 1 out.
//!
//! H. Cramér (1946); W. Bergsma (2013), *A bias-correction for Cramér's V and Tschuprow's T*.

use super::chi_square::pearson;
use super::sizes;
use crate::num::sqrt;

/// √(χ²/N): with two sides the smaller dimension less one is 1. 0 for one category; `None` where a side has no row.
pub fn cramers_v(bins: &[(u64, u64)]) -> Option<f64> {
    let (n, m) = sizes(bins)?;
    Some(sqrt(pearson(bins) / (n + m)).min(1.0))
}

/// V with the part of χ²/N that chance explains taken off, and both dimensions shrunk; `None` also where all N rows of
/// the table are as many as its categories, so that nothing is left.
pub fn cramers_v_corrected(bins: &[(u64, u64)]) -> Option<f64> {
    let (n, m) = sizes(bins)?;
    let less = n + m - 1.0;
    let columns = bins.iter().filter(|b| b.0 > 0 || b.1 > 0).count() as f64;
    let phi = (pearson(bins) / (n + m) - (columns - 1.0) / less).max(0.0);
    if columns == 1.0 {
        return Some(0.0);
    }
    let shrunk = |k: f64| k - (k - 1.0) * (k - 1.0) / less;
    let smaller = shrunk(2.0).min(shrunk(columns)) - 1.0;
    (smaller > 0.0).then(|| sqrt(phi / smaller).min(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::num::testing::close;

    #[test]
    fn it_agrees_with_scipy() {
        // scipy 1.17.1: contingency.association([a, b], method="cramer"), and Bergsma's formula in numpy 2.4.6
        type Case<'a> = (&'a [(u64, u64)], f64, f64);
        let cases: [Case; 3] = [
            (&[(50, 40), (30, 35), (20, 25)], 0.10127393670836665, 0.014394450569584282),
            (&[(20, 20), (20, 20), (20, 0), (0, 20)], 0.5773502691896257, 0.5574356135706043),
            (&[(1_000_000, 900_000), (500_000, 602_000)], 0.06998345742841987, 0.06998108911434034),
        ];
        for (bins, plain, corrected) in cases {
            close(cramers_v(bins).expect("rows"), plain, 1e-11);
            close(cramers_v_corrected(bins).expect("rows"), corrected, 1e-11);
        }
        assert_eq!((cramers_v(&[(5, 9)]), cramers_v_corrected(&[(5, 9)])), (Some(0.0), Some(0.0)));
        assert_eq!((cramers_v(&[(1, 0), (0, 1)]), cramers_v_corrected(&[(1, 0), (0, 1)])), (Some(1.0), None));
        assert_eq!((cramers_v(&[(5, 0)]), cramers_v_corrected(&[])), (None, None));
    }
}
