//! Two shares in, whether they differ and by how much out: what missing and invalid cells are judged by.

use crate::num;

/// Beside a weight, this part of it is nothing.
const NOTHING: f64 = 1e-20;

/// k of n in the reference, l of m in the current file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Shares {
    /// Cells of the kind in the reference.
    pub k: u64,
    /// All cells of the reference.
    pub n: u64,
    /// Cells of the kind in the current file.
    pub l: u64,
    /// All cells of the current file.
    pub m: u64,
}

impl Shares {
    /// The share in the reference.
    pub(crate) fn before(self) -> f64 {
        if self.n == 0 { 0.0 } else { self.k as f64 / self.n as f64 }
    }

    /// The share in the current file.
    pub(crate) fn now(self) -> f64 {
        if self.m == 0 { 0.0 } else { self.l as f64 / self.m as f64 }
    }

    /// Cohen's h = 2 asin √q − 2 asin √p: 0.2 is small, 0.5 medium, 0.8 large.
    pub(crate) fn cohens_h(self) -> f64 {
        let angle = |p: f64| 2.0 * num::asin(num::sqrt(p));
        angle(self.now()) - angle(self.before())
    }

    /// The p-value of the hypothesis that both shares are the same: chi-square homogeneity (scipy's
    /// `chi2_contingency(correction=False)`), Fisher's exact test where an expected count is below 10.
    pub(crate) fn p_value(self) -> f64 {
        let Shares { k, n, l, m } = self;
        let (hits, rows) = ((k + l) as f64, (n + m) as f64);
        if n == 0 || m == 0 || k + l == 0 || k + l == n + m {
            return 1.0;
        }
        let rarest = hits.min(rows - hits) * (n.min(m) as f64) / rows;
        if rarest < 10.0 {
            return self.fisher();
        }
        // (k m − l n)² N / (n m hits misses), without the overflow of the products.
        let pooled = hits / rows;
        let gap = self.before() - self.now();
        let variance = pooled * (1.0 - pooled) * (1.0 / n as f64 + 1.0 / m as f64);
        num::chi_squared_sf(gap * gap / variance, 1.0)
    }

    /// Fisher's exact test, two-sided: the tables that are no likelier than this one.
    fn fisher(self) -> f64 {
        // The sample of the fewer rows and the rarer outcome, so that the sums are short.
        let Shares { k, n, l, m } = self;
        let (x, draws, others) = if n <= m { (k, n, m) } else { (l, m, n) };
        let (x, hits) = if (k + l) <= (n + m) / 2 { (x, k + l) } else { (draws - x, n + m - k - l) };
        let misses = draws + others - hits;
        let low = draws.saturating_sub(misses);
        let high = draws.min(hits);
        let mode = (((draws + 1) as f64 * (hits + 1) as f64) / (draws + others + 2) as f64) as u64;
        let mode = mode.clamp(low, high);
        // Weights relative to the mode's; each is the one before times a ratio of integers.
        let up = |i: u64| {
            (hits - i) as f64 * (draws - i) as f64 / ((i + 1) as f64 * (misses + i + 1 - draws) as f64)
        };
        let ratio = |i: u64| if x >= mode { up(i) } else { 1.0 / up(i - 1) };
        let step = |i: u64| if x >= mode { i + 1 } else { i - 1 };
        let (mut at, mut own) = (mode, 1.0);
        while at != x {
            own *= ratio(at);
            at = step(at);
        }
        // From the mode on, until what is left is nothing beside the weight of this table.
        let side = |from: u64, to: u64, ratio: &dyn Fn(u64) -> f64, step: &dyn Fn(u64) -> u64| {
            let (mut at, mut weight, mut all, mut extreme) = (from, 1.0, 0.0, 0.0);
            while at != to && weight > own * NOTHING {
                weight *= ratio(at);
                at = step(at);
                all += weight;
                if weight <= own * (1.0 + 1e-7) {
                    extreme += weight;
                }
            }
            (all, extreme)
        };
        let above = side(mode, high, &up, &|i| i + 1);
        let below = side(mode, low, &|i| 1.0 / up(i - 1), &|i| i - 1);
        let middle = if own >= 1.0 / (1.0 + 1e-7) { 1.0 } else { 0.0 };
        ((above.1 + below.1 + middle) / (above.0 + below.0 + 1.0)).min(1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::num::testing::close;

    fn shares(k: u64, n: u64, l: u64, m: u64) -> Shares {
        Shares { k, n, l, m }
    }

    #[test]
    fn rare_shares_are_tested_exactly() {
        // scipy 1.17.1: fisher_exact([[k, n - k], [l, m - l]])
        for (s, expected) in [
            (shares(3, 30, 0, 1000), 2.235_792_885_398_653_4e-5),
            (shares(1, 30, 0, 100_000), 2.999_100_269_919_024e-4),
            (shares(2, 10, 8, 10), 0.023_014_137_565_221_155),
            (shares(29, 28_000, 46, 1_000), 3.830_752_156_612_112e-48),
            (shares(10, 100_000, 40, 1_000), 2.873_351_090_305_311e-71),
        ] {
            close(s.p_value(), expected, 1e-9);
            let swapped = Shares { k: s.l, n: s.m, l: s.k, m: s.n };
            close(swapped.p_value(), expected, 1e-9);
            let opposite = Shares { k: s.n - s.k, l: s.m - s.l, ..s };
            close(opposite.p_value(), expected, 1e-9);
        }
    }

    #[test]
    fn common_shares_are_tested_by_chi_square() {
        // scipy 1.17.1: chi2_contingency([[30, 970], [45, 955]], correction=False)
        close(shares(30, 1000, 45, 1000).p_value(), 0.077_484_865_132_644_85, 1e-9);
        assert!(shares(0, 1_000_000_000, 950_000_000, 1_000_000_000).p_value() < 1e-300);
    }

    #[test]
    fn cohens_h_is_a_distance_of_angles() {
        close(shares(0, 1000, 950, 1000).cohens_h(), 2.690_565_841_793_530_3, 1e-13);
        close(shares(3, 30, 0, 1000).cohens_h(), -0.643_501_108_793_284_4, 1e-13);
    }

    #[test]
    fn shares_of_nothing_or_of_everything_are_the_same() {
        for s in [shares(0, 0, 0, 0), shares(0, 10, 0, 10), shares(10, 10, 5, 5), shares(3, 10, 0, 0)] {
            assert_eq!(s.p_value(), 1.0);
        }
    }
}
