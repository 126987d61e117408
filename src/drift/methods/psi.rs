//! The population stability index: counts per bin of two samples in, the index, its parts and its band out.
//!
//! PSI = Σ (q − p) ln(q/p) over the bins' shares p (reference) and q (current). B. Yurdakul (2018), *Statistical
//! properties of population stability index*: without drift it is about (1/n + 1/m)·χ²(B − 1), so that its mean over
//! bins that are nobody's fault is subtracted: PSI* = max(0, PSI − (B − 1)(1/n + 1/m)).

use crate::num;

/// Shares below this count as this: one row in ten thousand is no reason for an infinite index.
const FLOOR: f64 = 1e-4;

/// The index and what it is made of.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Psi {
    /// The index as it is usually computed.
    pub raw: f64,
    /// The index less its mean without drift, at least 0.
    pub corrected: f64,
    /// Bins that could have contributed.
    pub bins: usize,
    /// Each bin's part, in the order of the bins.
    pub parts: Vec<f64>,
}

/// The index of (reference, current) counts per bin; `None` where a side has no row.
///
/// Shares are raised to a floor first: 0.0001, or half a row of the smaller side where that is more, so that a bin which
/// is empty because few rows were drawn does not speak.
pub(crate) fn psi(bins: &[(u64, u64)]) -> Option<Psi> {
    let n: u64 = bins.iter().map(|b| b.0).sum();
    let m: u64 = bins.iter().map(|b| b.1).sum();
    if n == 0 || m == 0 {
        return None;
    }
    let (n, m) = (n as f64, m as f64);
    let floor = floor(n, m);
    let mut speaking = 0;
    let parts: Vec<f64> = bins
        .iter()
        .map(|bin| {
            let (p, q) = (bin.0 as f64 / n, bin.1 as f64 / m);
            if p.max(q) <= floor {
                return 0.0;
            }
            speaking += 1;
            let (p, q) = (p.max(floor), q.max(floor));
            (q - p) * num::ln(q / p)
        })
        .collect();
    let raw: f64 = parts.iter().sum();
    let expected = (speaking.max(1) - 1) as f64 * (1.0 / n + 1.0 / m);
    Some(Psi { raw, corrected: (raw - expected).max(0.0), bins: speaking, parts })
}

/// The share that smaller ones are raised to.
pub(crate) fn floor(n: f64, m: f64) -> f64 {
    FLOOR.max(0.5 / n.min(m))
}

/// The PSI, before correction, that samples of these sizes show with 80 % power at the 5 % level: the noncentrality of
/// the chi-squared test on this many bins (15.7 for ten), times (1/n + 1/m).
pub(crate) fn detectable(bins: usize, n: u64, m: u64) -> Option<f64> {
    if n == 0 || m == 0 {
        return None;
    }
    let degrees = bins.saturating_sub(1).clamp(1, NONCENTRALITY.len());
    Some(NONCENTRALITY[degrees - 1] * (1.0 / n as f64 + 1.0 / m as f64))
}

/// Noncentralities at which the chi-squared test at the 5 % level has 80 % power, by degrees of freedom from 1: the roots
/// of scipy 1.17.1's `ncx2.sf(chi2.isf(0.05, d), d, x) = 0.8`.
#[rustfmt::skip]
const NONCENTRALITY: [f64; 60] = [
    7.8489, 9.6347, 10.9026, 11.9353, 12.8276, 13.6243, 14.3505, 15.0221, 15.6498, 16.2411,
    16.8017, 17.3359, 17.8472, 18.3382, 18.8111, 19.2678, 19.7100, 20.1388, 20.5554, 20.9608,
    21.3559, 21.7413, 22.1179, 22.4861, 22.8465, 23.1996, 23.5458, 23.8854, 24.2189, 24.5466,
    24.8687, 25.1856, 25.4974, 25.8045, 26.1070, 26.4051, 26.6990, 26.9889, 27.2749, 27.5572,
    27.8360, 28.1113, 28.3833, 28.6521, 28.9178, 29.1806, 29.4405, 29.6975, 29.9519, 30.2036,
    30.4528, 30.6996, 30.9439, 31.1859, 31.4257, 31.6633, 31.8987, 32.1320, 32.3634, 32.5927,
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::num::testing::close;

    #[test]
    fn it_is_numpys_sum() {
        // numpy 2.4: p, q = a / a.sum(), b / b.sum(); ((q - p) * np.log(q / p)).sum(), shares below 1e-4 raised to it
        let cases: [(&[(u64, u64)], f64); 4] = [
            (&[(50, 40), (30, 35), (20, 25)], 0.04117906668849437),
            (&[(5000, 3000), (3000, 3000), (2000, 4000)], 0.2407945608651872),
            (&[(100_000, 5_000), (0, 95_000)], 11.546124478877731),
            (&[(9_000, 9_900), (1_000, 0), (0, 100)], 0.7442538533939869),
        ];
        for (bins, expected) in cases {
            close(psi(bins).expect("rows on both sides").raw, expected, 1e-12);
        }
    }

    #[test]
    fn the_parts_add_up_and_swapping_the_sides_changes_nothing() {
        let bins = [(50, 40), (30, 35), (20, 0), (0, 25)];
        let swapped = bins.map(|(a, b)| (b, a));
        let (found, other) = (psi(&bins).expect("rows"), psi(&swapped).expect("rows"));
        close(found.parts.iter().sum(), found.raw, 1e-15);
        close(found.raw, other.raw, 1e-14);
        assert_eq!(found.bins, 4);
    }

    #[test]
    fn what_chance_explains_is_taken_off() {
        let found = psi(&[(10, 12), (10, 9), (10, 11), (10, 8)]).expect("rows");
        assert!(found.raw > 0.0 && found.corrected == 0.0);
        assert_eq!(psi(&[(10, 0), (5, 0)]), None);
    }

    #[test]
    fn ten_bins_need_a_noncentrality_of_about_16() {
        close(detectable(10, 1000, 1000).expect("rows"), 0.0313, 1e-3);
        assert_eq!(detectable(10, 0, 5), None);
        assert!(detectable(1, 5, 5).is_some() && detectable(10_000, 5, 5).is_some());
    }
}
