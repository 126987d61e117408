//! The Hellinger distance of two discrete laws: counts per bin in, √½ ‖√p − √q‖ out.

use super::shares;
use crate::num::sqrt;

/// √(½ Σ (√p − √q)²), 0 to 1; `None` where a side has no row. Equal to √(1 − Σ √(pq)), without its cancellation.
pub fn hellinger(bins: &[(u64, u64)]) -> Option<f64> {
    let squares = |(p, q): &(f64, f64)| (sqrt(*p) - sqrt(*q)) * (sqrt(*p) - sqrt(*q));
    Some(sqrt(shares(bins)?.iter().map(squares).sum::<f64>() / 2.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::num::testing::close;

    #[test]
    fn it_agrees_with_numpy() {
        // numpy 2.4.6: np.sqrt(((np.sqrt(p) - np.sqrt(q)) ** 2).sum() / 2)
        close(hellinger(&[(50, 40), (30, 35), (20, 25)]).expect("rows"), 0.07171172728131767, 1e-12);
        // a, b, c twenty times each against a, b, d
        close(hellinger(&[(20, 20), (20, 20), (20, 0), (0, 20)]).expect("rows"), 0.5773502691896257, 1e-12);
        close(hellinger(&[(1_000_000, 999_000), (5, 6)]).expect("rows"), 0.000151777818589605, 1e-9);
        assert_eq!((hellinger(&[(5, 0)]), hellinger(&[])), (None, None));
        assert_eq!((hellinger(&[(5, 0), (0, 3)]), hellinger(&[(5, 3)])), (Some(1.0), Some(0.0)));
    }
}
