//! The Kullback–Leibler divergence of the reference from the current law: counts per bin in, Σ p ln(p/q) in nats out.

use super::shares;
use crate::num::ln;

/// Σ p ln(p/q) with natural logarithms, scipy's `entropy(reference, current)`; ∞ where a bin of the reference is empty
/// now. Nothing is filled in for an empty bin. `None` where a side has no row.
pub fn kullback_leibler(bins: &[(u64, u64)]) -> Option<f64> {
    let sum: f64 = shares(bins)?.into_iter().map(|(p, q)| if p > 0.0 { p * ln(p / q) } else { 0.0 }).sum();
    Some(sum.max(0.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::num::testing::close;

    #[test]
    fn it_agrees_with_scipy() {
        // scipy 1.17.1: entropy(reference, current)
        close(kullback_leibler(&[(50, 40), (30, 35), (20, 25)]).expect("rows"), 0.02069786144608543, 1e-12);
        close(
            kullback_leibler(&[(500_000, 300_000), (0, 9), (200_000, 1)]).expect("rows"),
            3.005060245232058,
            1e-12,
        );
        assert_eq!(kullback_leibler(&[(5, 0), (5, 3)]), Some(f64::INFINITY));
        assert_eq!(kullback_leibler(&[(5, 3), (0, 0)]), Some(0.0));
        assert_eq!((kullback_leibler(&[(5, 0)]), kullback_leibler(&[])), (None, None));
    }
}
