//! The largest difference of the shares of one category: counts per category in, max |p − q| out.

use super::shares;

/// max |p − q| over the bins, 0 to 1; `None` where a side has no row.
pub fn l_infinity(bins: &[(u64, u64)]) -> Option<f64> {
    Some(shares(bins)?.iter().map(|(p, q)| (p - q).abs()).fold(0.0, f64::max))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::num::testing::close;

    #[test]
    fn it_is_the_largest_difference() {
        close(l_infinity(&[(50, 40), (30, 35), (20, 25)]).expect("rows"), 0.1, 1e-14);
        close(l_infinity(&[(50, 35), (35, 50)]).expect("rows"), 15.0 / 85.0, 1e-14);
        assert_eq!(l_infinity(&[(5, 0), (0, 1)]), Some(1.0));
        assert_eq!((l_infinity(&[(0, 4)]), l_infinity(&[])), (None, None));
    }
}
