//! How much two sets of counts differ, and by how much that may change by chance where rows are left out.

use crate::num;

/// Counts per bin: (reference, current).
pub(super) type Counts = Vec<(u64, u64)>;

/// What is to be explained.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    /// The population stability index less chance.
    Psi,
    /// The change of the share of missing cells.
    Missing,
    /// The change of the share of invalid cells.
    Invalid,
}

impl Of {
    /// The word of the wire format.
    pub fn id(self) -> &'static str {
        match self {
            Of::Psi => "psi",
            Of::Missing => "missing",
            Of::Invalid => "invalid",
        }
    }

    /// The counts that matter: all bins, or one of them against the others.
    pub(super) fn counts(self, bins: &[(u64, u64)]) -> Counts {
        let behind = match self {
            Of::Psi => return bins.to_vec(),
            Of::Missing => 2,
            Of::Invalid => 1,
        };
        let one = bins.len().checked_sub(behind).and_then(|at| bins.get(at)).copied().unwrap_or_default();
        let (n, m) = rows(bins);
        vec![one, (n - one.0, m - one.1)]
    }
}

/// Rows of both sides.
pub(super) fn rows(bins: &[(u64, u64)]) -> (u64, u64) {
    (bins.iter().map(|it| it.0).sum(), bins.iter().map(|it| it.1).sum())
}

/// What is left when some rows are left out.
pub(super) fn without(all: &[(u64, u64)], some: &[(u64, u64)]) -> Counts {
    all.iter().zip(some).map(|(a, b)| (a.0.saturating_sub(b.0), a.1.saturating_sub(b.1))).collect()
}

/// Shares of both sides.
pub(super) fn shares(bins: &[(u64, u64)]) -> Vec<(f64, f64)> {
    let (n, m) = rows(bins);
    let share = |cells: u64, rows: u64| if rows == 0 { 0.0 } else { cells as f64 / rows as f64 };
    bins.iter().map(|it| (share(it.0, n), share(it.1, m))).collect()
}

/// The smallest share that counts where so many rows are left on either side: that of the comparison.
pub(super) fn floor(n: u64, m: u64) -> f64 {
    super::super::methods::psi::floor(n.max(1) as f64, m.max(1) as f64)
}

/// PSI of shares.
pub(super) fn psi(shares: &[(f64, f64)], floor: f64) -> f64 {
    let part = |&(p, q): &(f64, f64)| {
        if p.max(q) <= floor {
            return 0.0;
        }
        let (p, q) = (p.max(floor), q.max(floor));
        (q - p) * num::ln(q / p)
    };
    shares.iter().map(part).sum()
}

/// The size of what is to be explained, in the direction of the whole: PSI less its mean without drift, or the change of the
/// first bin's share times `sign`.
pub(super) fn size(of: Of, bins: &[(u64, u64)], floor: f64, sign: f64) -> f64 {
    let shares = shares(bins);
    match of {
        Of::Psi => {
            let (n, m) = rows(bins);
            let speaking = shares.iter().filter(|it| it.0.max(it.1) > floor).count().max(1);
            let chance = (speaking - 1) as f64 * (1.0 / n.max(1) as f64 + 1.0 / m.max(1) as f64);
            (psi(&shares, floor) - chance).max(0.0)
        }
        Of::Missing | Of::Invalid => shares.first().map_or(0.0, |it| sign * (it.1 - it.0)),
    }
}

/// The same of counts as the comparison has them; `None` where a side has no rows.
pub fn size_of(of: Of, bins: &[(u64, u64)]) -> Option<f64> {
    let seen = of.counts(bins);
    let (n, m) = rows(&seen);
    (n > 0 && m > 0).then(|| size(of, &seen, floor(n, m), 1.0))
}

/// The standard deviation of the size of what is left, where as many rows are left out at random: the delta method under
/// sampling without replacement, so that a side of which nothing is left out adds nothing. (Slopes of the PSI as in its
/// interval; the part 2 (B − 1) c² is that of equal laws, Yurdakul & Naranjo 2020.)
pub(super) fn noise(of: Of, all: &[(u64, u64)], left: &[(u64, u64)], floor: f64) -> f64 {
    let ((n, m), (a, b)) = (rows(all), rows(left));
    let more = |left: u64, all: u64| (1.0 / left.max(1) as f64 - 1.0 / all.max(1) as f64).max(0.0);
    let (before, now) = (more(a, n), more(b, m));
    let mut sums = [[0.0; 2]; 2];
    let mut speaking: f64 = 0.0;
    let shares = shares(all);
    let of_share = [(1.0, 1.0), (0.0, 0.0)];
    for (i, &(p, q)) in shares.iter().enumerate() {
        let slopes = match of {
            Of::Psi => {
                if p.max(q) <= floor {
                    continue;
                }
                let (p, q) = (p.max(floor), q.max(floor));
                let log = num::ln(q / p);
                (log + q / p - 1.0, log + 1.0 - p / q)
            }
            _ => of_share.get(i).copied().unwrap_or_default(),
        };
        speaking += 1.0;
        for (sum, (share, slope)) in sums.iter_mut().zip([(p, slopes.0), (q, slopes.1)]) {
            sum[0] += share * slope;
            sum[1] += share * slope * slope;
        }
    }
    let variance = |sum: [f64; 2], more: f64| (sum[1] - sum[0] * sum[0]).max(0.0) * more;
    let chance = before + now;
    let equal = if of == Of::Psi { 2.0 * (speaking - 1.0).max(0.0) * chance * chance } else { 0.0 };
    num::sqrt(variance(sums[0], before) + variance(sums[1], now) + equal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_of_missing_cells_are_one_bin_against_the_others() {
        // Two values, others, missing, invalid.
        let bins = [(50, 40), (30, 30), (0, 0), (20, 25), (0, 5)];
        assert_eq!(Of::Missing.counts(&bins), [(20, 25), (80, 75)]);
        assert_eq!(Of::Invalid.counts(&bins), [(0, 5), (100, 95)]);
        assert!((size(Of::Missing, &Of::Missing.counts(&bins), 0.0, 1.0) - 0.05).abs() < 1e-12);
        assert_eq!(Of::Psi.counts(&bins), bins);
    }

    #[test]
    fn the_index_is_that_of_the_comparison() {
        // numpy 2.4: 0.04117906668849437, less 2 (1/100 + 1/100); see methods/psi.rs.
        let bins = [(50, 40), (30, 35), (20, 25)];
        let found = size(Of::Psi, &bins, floor(100, 100), 1.0);
        assert!((found - (0.04117906668849437 - 0.04)).abs() < 1e-12, "{found}");
    }

    #[test]
    fn nothing_left_out_is_no_noise() {
        let bins = [(500, 400), (300, 350), (200, 250)];
        assert_eq!(noise(Of::Psi, &bins, &bins, 1e-4), 0.0);
        let half = [(250, 200), (150, 175), (100, 125)];
        assert!(
            noise(Of::Psi, &bins, &half, 1e-4)
                > noise(Of::Psi, &bins, &[(500, 400), (300, 350), (0, 5)], 1e-4)
        );
    }
}
