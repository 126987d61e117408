//! The total variation distance of two discrete laws: counts per bin in, half the sum of |p − q| out.

use super::shares;

/// ½ Σ |p − q|, 0 to 1: the largest difference of the chances of any set of bins. `None` where a side has no row.
pub fn total_variation(bins: &[(u64, u64)]) -> Option<f64> {
    Some(shares(bins)?.iter().map(|(p, q)| (p - q).abs()).sum::<f64>() / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::num::testing::close;

    #[test]
    fn it_is_half_the_sum_of_the_differences() {
        close(total_variation(&[(50, 40), (30, 35), (20, 25)]).expect("rows"), 0.1, 1e-14);
        assert_eq!(total_variation(&[(5, 0), (0, 1_000_000)]), Some(1.0));
        assert_eq!(total_variation(&[(5, 7), (0, 0)]), Some(0.0));
        assert_eq!((total_variation(&[(5, 0)]), total_variation(&[])), (None, None));
    }
}
