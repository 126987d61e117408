//! Effect sizes with their 95 % confidence intervals: counts of both sides in, the interval that holds the size of the whole
//! populations in 95 of 100 samples out. One size, one file.

mod cohens_h;
mod psi;
mod total_variation;
mod wasserstein;

pub(crate) use cohens_h::cohens_h;
pub(crate) use psi::psi;
pub(crate) use total_variation::total_variation;
pub(crate) use wasserstein::wasserstein;

use crate::num;

/// Both ends.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// The normal quantile at 97.5 %.
const Z: f64 = 1.959_963_984_540_054;
/// The mean of |z| of a standard normal z: √(2/π).
const MEAN_ABS: f64 = 0.797_884_560_802_865_4;

/// How far the mean of |d + z| may stand above |d|, z normal with this standard deviation: the folded normal's mean (Leone,
/// Nelson & Nottingham 1961) less |d|, at the smallest |d| that is 95 % compatible with what was seen, since the excess
/// falls with |d|.
fn excess(seen: f64, deviation: f64) -> f64 {
    let d = (seen.abs() - Z * deviation).max(0.0);
    if deviation <= 0.0 {
        return 0.0;
    }
    let t = d / deviation;
    let mean = deviation * MEAN_ABS * num::exp(-t * t / 2.0) + d * (1.0 - 2.0 * num::normal_sf(t));
    (mean - d).max(0.0)
}

#[cfg(test)]
mod testing {
    use super::super::testing::Stream;
    use super::Interval;

    /// Counts of `rows` draws from these shares.
    pub(super) fn draw(stream: &mut Stream, shares: &[f64], rows: u64) -> Vec<u64> {
        let mut counts = vec![0; shares.len()];
        for _ in 0..rows {
            let mut left = stream.next();
            let at = shares.iter().position(|share| {
                left -= share;
                left < 0.0
            });
            counts[at.unwrap_or(shares.len() - 1)] += 1;
        }
        counts
    }

    /// The share of 2,000 runs in which the interval holds the truth.
    pub(super) fn coverage(truth: f64, mut run: impl FnMut(u64) -> Interval) -> f64 {
        let held = (0..2000_u64).filter(|&i| {
            let found = run(i);
            (found.low..=found.high).contains(&truth)
        });
        held.count() as f64 / 2000.0
    }
}
