//! The Jensen–Shannon divergence, in bits, and its root, the distance: counts per bin in, 0 to 1 out.
//!
//! J. Lin (1991), *Divergence measures based on the Shannon entropy*. The base is 2, as NannyML's; with natural
//! logarithms, as Evidently's, the divergence is this times ln 2.

use super::shares;
use crate::num::{log2, sqrt};

/// (KL(p, m) + KL(q, m)) / 2 with m = (p + q) / 2, in bits, 0 to 1; `None` where a side has no row.
pub fn jensen_shannon_divergence(bins: &[(u64, u64)]) -> Option<f64> {
    let part = |p: f64, mean: f64| if p > 0.0 { p * log2(p / mean) } else { 0.0 };
    let both = |(p, q): (f64, f64)| part(p, (p + q) / 2.0) + part(q, (p + q) / 2.0);
    let sum: f64 = shares(bins)?.into_iter().map(both).sum();
    Some((sum / 2.0).clamp(0.0, 1.0))
}

/// The root of the divergence, which is a metric: scipy's `jensenshannon(p, q, base=2)`.
pub fn jensen_shannon_distance(bins: &[(u64, u64)]) -> Option<f64> {
    jensen_shannon_divergence(bins).map(sqrt)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::num::testing::close;

    #[test]
    fn it_agrees_with_scipy() {
        // scipy 1.17.1: jensenshannon(reference, current, base=2)
        type Case<'a> = (&'a [(u64, u64)], f64);
        let cases: [Case; 3] = [
            (&[(50, 40), (30, 35), (20, 25)], 0.08609435336652028),
            (&[(20, 20), (20, 20), (20, 0), (0, 20)], 0.5773502691896257),
            (&[(1_000_000, 900_000), (5, 100_000)], 0.22773262696073332),
        ];
        for (bins, expected) in cases {
            let swapped: Vec<_> = bins.iter().map(|b| (b.1, b.0)).collect();
            close(jensen_shannon_distance(bins).expect("rows"), expected, 1e-11);
            close(jensen_shannon_distance(&swapped).expect("rows"), expected, 1e-11);
        }
        assert_eq!(jensen_shannon_divergence(&[(5, 0), (0, 3)]), Some(1.0));
        assert_eq!(jensen_shannon_distance(&[(5, 3)]), Some(0.0));
        assert_eq!((jensen_shannon_distance(&[(5, 0)]), jensen_shannon_distance(&[])), (None, None));
    }
}
