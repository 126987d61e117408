//! numpy's histograms: values with their counts in, `histogram_bin_edges` and `histogram` out.

use crate::num::{log2, sqrt};

/// Values with their counts, by rising value.
pub(super) type Counted = [(f64, u64)];

/// Edges of equal width between the extremes, which half a unit is added to where they are equal.
pub(super) fn edges(low: f64, high: f64, bins: usize) -> Vec<f64> {
    if low == high { linspace(low - 0.5, high + 0.5, bins) } else { linspace(low, high, bins) }
}

/// `np.linspace`: so many steps from one number to another.
pub(super) fn linspace(low: f64, high: f64, bins: usize) -> Vec<f64> {
    let step = (high - low) / bins as f64;
    let mut edges: Vec<f64> = (0..=bins).map(|i| i as f64 * step + low).collect();
    edges[bins] = high;
    edges
}

/// `histogram_bin_edges(x, "sturges")`. Since numpy 2, bins of integers are at least 1 wide. Empty without a value.
pub(super) fn sturges(values: &Counted, integers: bool) -> Vec<f64> {
    let n: u64 = values.iter().map(|it| it.1).sum();
    automatic(values, |range| {
        let width = range / (log2(n as f64) + 1.0);
        if integers && width > 0.0 { width.max(1.0) } else { width }
    })
}

/// `histogram_bin_edges(x, "doane")` of doubles: D. P. Doane (1976), *Aesthetic frequency classifications*.
pub(super) fn doane(values: &Counted) -> Vec<f64> {
    let n = values.iter().map(|it| it.1).sum::<u64>() as f64;
    automatic(values, |range| {
        let sum = |f: &dyn Fn(f64) -> f64| values.iter().map(|it| f(it.0) * it.1 as f64).sum::<f64>();
        let mean = sum(&|x| x) / n;
        let sigma = sqrt(sum(&|x| (x - mean) * (x - mean)) / n);
        // Where squares overflow, sigma is infinite and the skewness 0, as there.
        if n <= 2.0 || sigma.is_nan() || sigma <= 0.0 {
            return 0.0;
        }
        let skewness = sum(&|x| {
            let z = (x - mean) / sigma;
            z * z * z
        }) / n;
        let error = sqrt(6.0 * (n - 2.0) / ((n + 1.0) * (n + 3.0)));
        range / (1.0 + log2(n) + log2(1.0 + skewness.abs() / error))
    })
}

fn automatic(values: &Counted, width: impl Fn(f64) -> f64) -> Vec<f64> {
    let (Some(low), Some(high)) = (values.first(), values.last()) else { return Vec::new() };
    let range = high.0 - low.0;
    let width = width(range);
    // Never more than some hundreds: both rules divide by logarithms of a count.
    let bins = if width > 0.0 && width.is_finite() { (range / width).ceil() as usize } else { 1 };
    edges(low.0, high.0, bins.clamp(1, 1 << 12))
}

/// `histogram(x, edges)`: bin i holds edges[i] ≤ x < edges[i + 1], the last one its upper edge too; what lies outside is
/// left out.
pub(super) fn counts(values: &Counted, edges: &[f64]) -> Vec<u64> {
    let bins = edges.len().saturating_sub(1);
    let mut counts = vec![0; bins];
    let mut at = 0;
    for &(value, count) in values {
        if bins == 0 || value < edges[0] || value > edges[bins] {
            continue;
        }
        while at + 1 < bins && value >= edges[at + 1] {
            at += 1;
        }
        counts[at] += count;
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(values: &[f64]) -> Vec<(f64, u64)> {
        super::super::super::methods::points(values, &[]).into_iter().map(|it| (it.0, it.1)).collect()
    }

    #[test]
    fn edges_and_counts_are_numpys() {
        // numpy 2.4.6: np.histogram_bin_edges(x, "sturges" or "doane"), np.histogram(x, edges)[0]
        let x: Vec<f64> = (0..50).map(|i| f64::from(i * i % 37) + 0.25).collect();
        for found in [sturges(&counted(&x), false), doane(&counted(&x))] {
            assert_eq!((found.len(), found[1]), (8, 5.392857142857143));
            assert_eq!(counts(&counted(&x), &found), [10, 9, 5, 3, 5, 10, 8]);
        }
        let huge: Vec<f64> = (0..50).map(|i| f64::from(i * i % 37 - 18) * 1e299).collect();
        let found = doane(&counted(&huge));
        assert_eq!((found.len(), found[1]), (8, -1.2857142857142857e+300));
        assert_eq!(counts(&counted(&huge), &found), [10, 9, 5, 3, 5, 10, 8]);
        // Eight integers of a thousand rows each: 7 bins as int64, 14 as float64.
        let eight: Vec<(f64, u64)> = (0..8).map(|i| (f64::from(i), 1000)).collect();
        assert_eq!((sturges(&eight, true).len(), sturges(&eight, false).len()), (8, 15));
        assert_eq!(edges(2.0, 2.0, 1), [1.5, 2.5]);
        assert!(sturges(&[], false).is_empty() && counts(&[(1.0, 1)], &[]).is_empty());
        assert_eq!(counts(&[(1.0, 1), (2.0, 1), (4.0, 5), (9.0, 1)], &[2.0, 3.0, 4.0]), [1, 5]);
    }
}
