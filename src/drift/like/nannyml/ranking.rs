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
        let (correlation, p_value) = pearson(values, &change);
        Correlated { column: column.clone(), correlation, p_value }
    };
    let mut ranked: Vec<Correlated> = drift.iter().map(one).collect();
    let key = |it: &Correlated| if it.correlation.is_nan() { f64::NEG_INFINITY } else { it.correlation };
    crate::order::sort_by(&mut ranked, |a, b| key(b).total_cmp(&key(a)));
    ranked
}

/// Pearson's r, and its p-value by Student's law with n − 2 degrees; NaN below two pairs or without spread.
fn pearson(x: &[f64], y: &[f64]) -> (f64, f64) {
    let pairs: Vec<(f64, f64)> =
        x.iter().copied().zip(y.iter().copied()).filter(|it| !it.0.is_nan() && !it.1.is_nan()).collect();
    let n = pairs.len() as f64;
    let mean = |of: fn(&(f64, f64)) -> f64| pairs.iter().map(of).sum::<f64>() / n;
    let (a, b) = (mean(|it| it.0), mean(|it| it.1));
    let sum = |of: &dyn Fn(f64, f64) -> f64| pairs.iter().map(|it| of(it.0 - a, it.1 - b)).sum::<f64>();
    let spread = sqrt(sum(&|x, _| x * x)) * sqrt(sum(&|_, y| y * y));
    if pairs.len() < 2 || spread == 0.0 {
        return (f64::NAN, f64::NAN);
    }
    let r = (sum(&|x, y| x * y) / spread).clamp(-1.0, 1.0);
    if pairs.len() == 2 {
        return (r, 1.0);
    }
    let t = r * sqrt((n - 2.0) / (1.0 - r * r));
    (r, if t.is_finite() { student_t_sf_two_sided(t, n - 2.0) } else { 0.0 })
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
        close(found[1].correlation, -0.9554807336657919, 1e-9);
        close(found[1].p_value, 0.04451926633420822, 1e-9);
    }
}
