//! The chi-square test of homogeneity: counts per bin of two samples in, statistic and p-value out.

use crate::num;

/// The smallest expected count of a cell; smaller bins are pooled, so that the chi-squared law holds.
const EXPECTED: f64 = 5.0;

/// Statistic, degrees of freedom and p-value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Test {
    /// Pearson's statistic.
    pub statistic: f64,
    /// Bins after pooling, less one.
    pub degrees: usize,
    /// The chance of a larger statistic without drift.
    pub p_value: f64,
}

/// The test of (reference, current) counts per bin, as scipy's `chi2_contingency(correction=False)` after bins with an
/// expected count below 5 on either side have been pooled, the rarest first. `None` where a side has no cell.
pub(crate) fn test(bins: &[(u64, u64)]) -> Option<Test> {
    let n: u64 = bins.iter().map(|b| b.0).sum();
    let m: u64 = bins.iter().map(|b| b.1).sum();
    if n == 0 || m == 0 {
        return None;
    }
    let all = n as f64 + m as f64;
    let smaller = n.min(m) as f64 / all;
    let mut bins: Vec<(u64, u64)> = bins.iter().copied().filter(|b| b.0 + b.1 > 0).collect();
    crate::order::sort_by_key(&mut bins, |b| b.0 + b.1);
    let mut pooled = (0, 0);
    let mut kept = Vec::with_capacity(bins.len());
    for bin in bins {
        let open = ((pooled.0 + pooled.1) as f64) * smaller < EXPECTED && pooled != (0, 0);
        if open || ((bin.0 + bin.1) as f64) * smaller < EXPECTED {
            pooled = (pooled.0 + bin.0, pooled.1 + bin.1);
        } else {
            kept.push(bin);
        }
    }
    if pooled != (0, 0) {
        kept.push(pooled);
    }
    Some(of(&kept))
}

/// The textbook's test: scipy's `chi2_contingency(correction=False)` of all bins that have a cell, however few are to be expected.
/// `None` where a side has no cell.
#[cfg(feature = "monitor")]
pub(crate) fn plain(bins: &[(u64, u64)]) -> Option<Test> {
    super::sizes(bins)?;
    let filled: Vec<(u64, u64)> = bins.iter().copied().filter(|it| it.0 + it.1 > 0).collect();
    Some(of(&filled))
}

fn of(bins: &[(u64, u64)]) -> Test {
    let statistic = pearson(bins);
    let degrees = bins.len().saturating_sub(1);
    let p_value = if degrees == 0 { 1.0 } else { num::chi_squared_sf(statistic, degrees as f64) };
    Test { statistic, degrees, p_value }
}

/// Pearson's Σ (o − e)²/e over both sides' counts o, all bins as they are; 0 where a side has no row.
pub(super) fn pearson(bins: &[(u64, u64)]) -> f64 {
    let Some((n, m)) = super::sizes(bins) else { return 0.0 };
    let all = n + m;
    bins.iter()
        .filter(|bin| bin.0 > 0 || bin.1 > 0)
        .map(|bin| {
            let total = bin.0 as f64 + bin.1 as f64;
            let (e, f) = (total * n / all, total * m / all);
            let (a, b) = (bin.0 as f64 - e, bin.1 as f64 - f);
            a * a / e + b * b / f
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::num::testing::close;

    #[test]
    fn it_agrees_with_scipy() {
        // scipy 1.17.1: chi2_contingency([a, b], correction=False)
        type Case = (&'static [(u64, u64)], (f64, usize, f64));
        let cases: [Case; 4] = [
            (&[(50, 40), (30, 35), (20, 25)], (2.051282051282051, 2, 0.3585665413731905)),
            (&[(500, 300), (300, 300), (200, 400)], (116.66666666666669, 2, 4.6361259109930135e-26)),
            (&[(900, 95), (100, 5)], (2.6322086623594156, 1, 0.10471595511482931)),
            (
                &[(12_000, 11_800), (8_000, 8_300), (30_000, 29_900)],
                (7.3690895697259, 2, 0.02510860193796854),
            ),
        ];
        for (bins, (statistic, degrees, p)) in cases {
            let found = test(bins).expect("both sides have cells");
            close(found.statistic, statistic, 1e-12);
            close(found.p_value, p, 1e-9);
            assert_eq!(found.degrees, degrees);
        }
    }

    #[test]
    #[cfg(feature = "monitor")]
    fn the_textbook_pools_nothing() {
        // scipy 1.17.1: chi2_contingency([[3, 9], [5, 4]], correction=False)
        let found = plain(&[(3, 5), (9, 4), (0, 0)]).expect("both sides have cells");
        close(found.statistic, 2.036057692307692, 1e-12);
        close(found.p_value, 0.15360729830927067, 1e-9);
        assert_eq!((found.degrees, plain(&[(3, 0)])), (1, None));
    }

    #[test]
    fn rare_bins_are_pooled_rather_than_trusted() {
        // Fifty values of one row each on either side: nothing can be said.
        let bins: Vec<(u64, u64)> = (0..100).map(|i| if i % 2 == 0 { (1, 0) } else { (0, 1) }).collect();
        let found = test(&bins).expect("both sides have cells");
        assert_eq!((found.degrees, found.p_value), (0, 1.0));
        assert!(test(&[(0, 0), (60, 0), (0, 60), (1, 0)]).expect("cells").p_value < 1e-20);
    }

    #[test]
    fn an_empty_side_has_no_statistic() {
        assert_eq!(test(&[(5, 0), (6, 0)]), None);
        assert_eq!(test(&[]), None);
    }
}
