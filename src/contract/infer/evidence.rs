//! How far a share that was seen may lie from the one behind it.

/// The upper end of a two-sided 95 % Wilson interval of a share of which `count` of `total` were seen, in percent, rounded
/// up to four digits behind the point; 100 of nothing. (Wilson, Probable inference, the law of succession, and statistical
/// inference, JASA 22, 1927.) With none seen it is 3.84 / (n + 3.84), near the rule of three.
pub(super) fn upper_percent(count: u64, total: u64) -> f64 {
    if total == 0 {
        return 100.0;
    }
    const Z: f64 = 1.959_963_984_540_054;
    let (n, p) = (total as f64, count as f64 / total as f64);
    let z2 = Z * Z;
    let middle = p + z2 / (2.0 * n);
    let half = Z * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt();
    let percent = 100.0 * (middle + half) / (1.0 + z2 / n);
    ((percent * 1e4).ceil() / 1e4).min(100.0)
}

/// Offenders in percent that a sample does not explain: a hundredth of the cells, or twice what it does explain.
pub(super) fn critical_percent(tolerance: f64) -> f64 {
    let beyond = if tolerance < 0.5 { 1.0 } else { 2.0 * tolerance };
    ((beyond * 1e4).ceil() / 1e4).min(100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_are_those_of_statsmodels() {
        // statsmodels 0.14.5, proportion_confint(count, n, method="wilson")[1], rounded up to six digits.
        let table = [
            (0, 10, 27.7533),
            (0, 1000, 0.3827),
            (0, 1_000_000, 0.0004),
            (1, 100, 5.4487),
            (50, 100, 59.6169),
            (100, 100, 100.0),
            (3, 0, 100.0),
        ];
        for (count, total, percent) in table {
            assert_eq!(upper_percent(count, total), percent, "{count} of {total}");
        }
        assert_eq!(critical_percent(0.3827), 1.0);
        assert_eq!(critical_percent(5.5), 11.0);
        assert_eq!(critical_percent(80.0), 100.0);
    }
}
