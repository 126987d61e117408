//! NannyML's rankings of columns: by their alerts, and by how their drift goes with the change of performance.

use crate::num::{sqrt, student_t_sf_two_sided};

/// Columns by falling number of alerts; of equal ones the last in the alphabet comes first, as NannyML sorts.
pub fn by_alerts(columns: &[(String, u64)]) -> Vec<(String, u64)> {
    let mut ranked = columns.to_vec();
    crate::order::sort_by(&mut ranked, |a, b| b.1.cmp(&a.1).then_with(|| b.0.cmp(&a.0)));
    ranked
}

/// A column's place by correlation.
#[derive(Debug, Clone, PartialEq)]
pub struct Correlated {
    /// The column.
    pub column: String,
    /// Pearson's r of its drift with the change of performance; NaN where it is not defined.
    pub correlation: f64,
    /// The two-sided p-value of r; NaN as r.
    pub p_value: f64,
    /// Chunks that have both.
    pub chunks: usize,
}

/// Columns by falling correlation of their drift per chunk with |performance − the reference's mean performance|. Chunks
/// where either is NaN are left out; columns without a correlation come last.
pub fn by_correlation(
    drift: &[(String, Vec<f64>)],
    performance: &[f64],
    reference_performance: f64,
) -> Vec<Correlated> {
    let change: Vec<f64> = performance.iter().map(|it| (it - reference_performance).abs()).collect();
    let one = |(column, values): &(String, Vec<f64>)| {
        let (correlation, p_value, chunks) = pearson(values, &change);
        Correlated { column: column.clone(), correlation, p_value, chunks }
    };
    let mut ranked: Vec<Correlated> = drift.iter().map(one).collect();
    let key = |it: &Correlated| if it.correlation.is_nan() { f64::NEG_INFINITY } else { it.correlation };
    crate::order::sort_by(&mut ranked, |a, b| key(b).total_cmp(&key(a)));
    ranked
}

/// Pearson's r, its p-value by Student's law with n − 2 degrees, and n; NaN below two pairs or without spread.
fn pearson(x: &[f64], y: &[f64]) -> (f64, f64, usize) {
    let pairs: Vec<(f64, f64)> =
        x.iter().copied().zip(y.iter().copied()).filter(|it| !it.0.is_nan() && !it.1.is_nan()).collect();
    let n = pairs.len() as f64;
    let mean = |of: fn(&(f64, f64)) -> f64| pairs.iter().map(of).sum::<f64>() / n;
    let (a, b) = (mean(|it| it.0), mean(|it| it.1));
    let sum = |of: &dyn Fn(f64, f64) -> f64| pairs.iter().map(|it| of(it.0 - a, it.1 - b)).sum::<f64>();
    let spread = sqrt(sum(&|x, _| x * x)) * sqrt(sum(&|_, y| y * y));
    if pairs.len() < 2 || spread == 0.0 {
        return (f64::NAN, f64::NAN, pairs.len());
    }
    let r = (sum(&|x, y| x * y) / spread).clamp(-1.0, 1.0);
    if pairs.len() == 2 {
        return (r, 1.0, 2);
    }
    let t = r * sqrt((n - 2.0) / (1.0 - r * r));
    (r, if t.is_finite() { student_t_sf_two_sided(t, n - 2.0) } else { 0.0 }, pairs.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::num::testing::close;

    #[test]
    fn equal_counts_fall_by_name() {
        let columns = [("a", 1), ("c", 5), ("b", 5)].map(|it| (it.0.to_owned(), it.1));
        let names: Vec<String> = by_alerts(&columns).into_iter().map(|it| it.0).collect();
        assert_eq!(names, ["c", "b", "a"]);
    }

    #[test]
    fn correlations_are_scipys() {
        // scipy 1.17.1: pearsonr(x, abs(y - 0.9)), chunks with NaN left out
        let performance = [0.9, 0.91, 0.85, 0.8, f64::NAN, 0.7];
        let drift = [
            ("x".to_owned(), vec![0.1, 0.12, 0.2, 0.3, 9.0, 0.45]),
            ("flat".to_owned(), vec![0.1; 6]),
            ("y".to_owned(), vec![0.5, 0.4, f64::NAN, 0.3, 0.1, 0.2]),
        ];
        let found = by_correlation(&drift, &performance, 0.9);
        assert_eq!(found.iter().map(|it| it.column.as_str()).collect::<Vec<_>>(), ["x", "y", "flat"]);
        close(found[0].correlation, 0.9972003180404149, 1e-9);
        close(found[0].p_value, 0.00017775197658655018, 1e-9);
        assert_eq!((found[0].chunks, found[1].chunks), (5, 4));
        close(found[1].correlation, -0.9554807336657919, 1e-9);
        close(found[1].p_value, 0.04451926633420822, 1e-9);
    }

    #[test]
    #[rustfmt::skip]
    fn correlations_are_those_that_nannyml_ranks_by() {
        // nannyml 0.13.1 (scipy 1.17.1) on its synthetic work-from-home data in chunks of 4,000: realised recall, its mean over the
        // reference, Jensen–Shannon distances; CorrelationRanker.
        let recall = [
            0.9531853281853282, 0.9431017119838873, 0.9528741584671155, 0.958904109589041, 0.9438596491228071, 0.9456087824351297,
            0.9481037924151696, 0.933728981206726, 0.9412643106022897, 0.9389694847423712, 0.9431875314228255, 0.9367214748380668,
            0.9435406698564593,
        ];
        let drift = [
            ("tenure".to_owned(), vec![
                0.035455999857985226, 0.03507840434872744, 0.0421810608043947, 0.032590904611884484, 0.0380899736716302,
                0.02982404308295318, 0.03711394300742952, 0.032267365203436385, 0.028478756002095484, 0.03162494150646083,
                0.03020620137765666, 0.037476662620722016, 0.039569718128861564,
            ]),
            ("workday".to_owned(), vec![
                0.01116997596107566, 0.01609575592057694, 0.01783387944202634, 0.0028262912408940945, 0.003677115452049123,
                0.011188794918624885, 0.013706507127849427, 0.016677362041491672, 0.019553571135354022, 0.01353613727801335,
                0.014092219413632034, 0.015763487045667435, 0.017152442876550877,
            ]),
            ("salary_range".to_owned(), vec![
                0.007245721912988444, 0.010735707776182837, 0.011268088153849972, 0.01231199712985397, 0.007225857616933327,
                0.00384175386159376, 0.12740600270347247, 0.18183538668957494, 0.1764455664069213, 0.18237100619151536,
                0.17467479662570456, 0.1932289776457242, 0.1874593291677061,
            ]),
        ];
        let expected = [
            ("salary_range", 0.6254097675508238, 0.022254793895581965),
            ("workday", 0.18446359260395445, 0.5463143278296073),
            ("tenure", -0.35914132261859877, 0.22814242768340837),
        ];
        for (found, (column, r, p)) in by_correlation(&drift, &recall, 0.9508352675444713).iter().zip(expected) {
            assert_eq!(found.column, column);
            close(found.correlation, r, 1e-12);
            close(found.p_value, p, 1e-10);
        }
    }
}
