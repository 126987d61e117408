//! Alibi Detect 0.13.0's `TabularDrift`: two profiles in, its tests of each column and its decision on the batch out.
//!
//! Numbers meet the asymptotic Kolmogorov–Smirnov test, text and booleans, which its user would have encoded, the
//! chi-square test. P-values are held as 32-bit floats.

use super::super::methods as m;
use super::asked::{Class, Limit, Wishes};
use super::series::{self, Dtype, Series};
use super::{ColumnSaid, Correction, MethodSaid, contingency, left_out};
use crate::profile::Column;

/// The version whose source and numbers were followed.
pub(super) const VERSION: &str = "0.13.0";
/// Its tests.
pub(super) const METHODS: [&str; 2] = ["ks", "chi2"];
/// The level of a column, or of the batch.
const LEVEL: f64 = 0.05;

/// Its test of a column, with the level uncorrected, as its drift type `feature` decides.
pub(super) fn column(reference: &Column, current: &Column, wishes: &Wishes<'_>) -> ColumnSaid {
    let name = &reference.name;
    let (before, now) = (Series::of(reference), Series::of(current));
    let (class, id) = match before.dtype {
        Dtype::Float | Dtype::Int => (Class::Numerical, "ks"),
        Dtype::Bool | Dtype::BoolObject | Dtype::Text => (Class::Categorical, "chi2"),
        Dtype::Time => return left_out(name, "its arrays hold no dates and times"),
        Dtype::Other => return left_out(name, "its arrays hold no nested values"),
    };
    let (method, _) = wishes.of(name, class);
    let id = match method {
        None => id,
        Some("ks") if class == Class::Numerical => "ks",
        Some("chi2") => "chi2",
        Some(other) => {
            let why =
                format!("alibi's TabularDrift has ks and chi2, not {other:?} for {} columns", class.id());
            return ColumnSaid::new(name, class.id(), vec![MethodSaid::not_run("asked", why)]);
        }
    };
    let stop = |why: &str| ColumnSaid::new(name, class.id(), vec![MethodSaid::not_run(id, why.to_owned())]);
    if before.n < before.rows || now.n < now.rows {
        return stop("a missing cell makes its p-value not a number: it drops none");
    }
    if before.n == 0 || now.n == 0 {
        return stop("a side has no value");
    }
    let Some(both) = series::both(&before, &now) else {
        return stop("numbers on one side, text on the other");
    };
    if id == "ks" && (before.n, now.n) == (1, 1) {
        let why = "of one value a side its p-value is not a number, which is no drift";
        let said = MethodSaid::not_run(id, why.to_owned());
        return ColumnSaid::new(name, class.id(), vec![MethodSaid { drifted: Some(false), ..said }]);
    }
    let exact = before.exact && now.exact;
    if !exact && (both.points.is_empty() || id == "chi2") {
        return stop("values are bucketed: past the memory budget, or in a saved profile");
    }
    let test = if id == "ks" {
        let (a, b) = both.sides();
        m::kolmogorov_smirnov::test(&a, &b)
    } else {
        contingency::test(&both.counts)
    };
    let Some(test) = test else { return stop("a side has no value") };
    let level = level(wishes, name, class);
    let p_value = f64::from(test.p_value as f32);
    ColumnSaid::new(
        name,
        class.id(),
        vec![MethodSaid {
            value: Some(f64::from(test.statistic as f32)),
            p_value: Some(p_value),
            upper: Some(level),
            drifted: Some((p_value as f32) < level as f32),
            reason: (!exact).then(|| super::BUCKETED.to_owned()),
            ..MethodSaid::not_run(id, String::new())
        }],
    )
}

fn level(wishes: &Wishes<'_>, name: &str, class: Class) -> f64 {
    match wishes.of(name, class).1 {
        Some(Limit::Constant(level)) => level,
        _ => LEVEL,
    }
}

/// The decision on the batch.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Batch {
    /// Whether it has drifted; `None` where no column was tested.
    pub drifted: Option<bool>,
    /// The smallest p-value.
    pub smallest: Option<f64>,
    /// What p-values were held against: the level over the columns, or what the false-discovery rate came to.
    pub threshold: f64,
}

/// Bonferroni's or Benjamini and Hochberg's decision on the columns' p-values, of so many columns in all.
pub(super) fn batch(columns: &[ColumnSaid], wishes: &Wishes<'_>, correction: Correction) -> Batch {
    let level = level(wishes, "", Class::Numerical);
    let n = columns.iter().filter(|it| it.left_out.is_none()).count().max(1) as f64;
    let mut all: Vec<f64> =
        columns.iter().flat_map(|it| &it.methods).filter_map(|method| method.p_value).collect();
    crate::order::sort_by(&mut all, f64::total_cmp);
    let smallest = all.first().copied();
    let (drifted, threshold) = match correction {
        Correction::Bonferroni => {
            let threshold = level / n;
            (smallest.is_some_and(|p| (p as f32) < threshold as f32), threshold)
        }
        Correction::FalseDiscovery => {
            let steps = || all.iter().enumerate().map(|(i, p)| (*p, level * (i + 1) as f64 / n));
            let passed = steps().filter(|(p, q)| p < q).map(|it| it.1).reduce(|_, last| last);
            (passed.is_some(), passed.unwrap_or(level / n))
        }
    };
    // A p-value that is not a number is no drift.
    let mut tested = columns.iter().flat_map(|it| &it.methods);
    let is_known = tested.any(|it| it.p_value.is_some() || it.drifted.is_some());
    Batch { drifted: is_known.then_some(drifted), smallest, threshold }
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::*;
    use super::super::testing::made;
    use super::*;

    fn p_values(all: &[f64]) -> Vec<ColumnSaid> {
        let said = |p: &f64| MethodSaid { p_value: Some(*p), ..MethodSaid::not_run("ks", String::new()) };
        all.iter().map(|p| ColumnSaid::new("x", "numerical", vec![said(p)])).collect()
    }

    #[test]
    fn of_one_value_a_side_there_is_no_p_value_and_no_drift() {
        // alibi-detect 0.13.0, scipy 1.17.1: TabularDrift([[1.5]]).predict([[9.5]]) has p = nan, is_drift 0
        let (a, b) = (floats_of("x", [1.5]), floats_of("x", [9.5]));
        let found = column(&a, &b, &Wishes(&[]));
        assert_eq!((found.methods[0].p_value, found.drifted), (None, Some(false)));
        assert_eq!(batch(&[found], &Wishes(&[]), Correction::Bonferroni).drifted, Some(false));
        let two = column(&floats_of("x", [1.5, 2.5]), &b, &Wishes(&[]));
        assert!(two.methods[0].p_value.is_some());
    }

    #[test]
    fn the_batch_is_decided_as_its_two_corrections_do() {
        // alibi-detect 0.13.0: utils.statstest.fdr(p, 0.05), and (p < 0.05 / 4).any()
        let table = [
            ([0.04, 0.03, 0.02, 0.5], false, 0.0125, false, 0.0125),
            ([0.012, 0.03, 0.02, 0.5], true, 0.0125, true, 0.0375),
            ([0.013, 0.024, 0.6, 0.5], false, 0.0125, true, 0.025),
            ([0.0125, 0.9, 0.6, 0.5], false, 0.0125, false, 0.0125),
        ];
        for (p, bonferroni, threshold, discovery, passed) in table {
            let columns = p_values(&p);
            for (correction, drifted, threshold) in [
                (Correction::Bonferroni, bonferroni, threshold),
                (Correction::FalseDiscovery, discovery, passed),
            ] {
                let found = batch(&columns, &Wishes(&[]), correction);
                assert_eq!(found.drifted, Some(drifted), "{p:?}");
                assert!((found.threshold - threshold).abs() < 1e-15, "{p:?}");
            }
        }
        assert_eq!(batch(&[], &Wishes(&[]), Correction::Bonferroni).drifted, None);
    }

    #[test]
    fn tests_of_columns_are_alibis() {
        // alibi-detect 0.13.0, numpy 1.26.4, scipy 1.17.1: TabularDrift(...).predict(x, drift_type="feature") of the columns of
        // `testing`, text and booleans as categories_per_feature.
        for (n, m, name, distance, p_value, drifted) in ALONE {
            let found = column(&made(name, 0, 0, *n), &made(name, 1, 0, *m), &Wishes(&[]));
            let said = &found.methods[0];
            let near = |a: Option<f64>, b: f64| (a.unwrap_or(f64::NAN) - b).abs() <= 2e-7 * b.abs() + 1e-12;
            assert!(near(said.value, *distance) && near(said.p_value, *p_value), "{name} {n} {m}: {said:?}");
            assert_eq!(found.drifted, Some(*drifted), "{name} {n} {m}");
        }
        // The same with drift_type="batch" and both corrections.
        for (n, m, drifted, bonferroni, discovery) in [
            (500, 120, true, 0.05 / 9.0, 0.1 / 9.0),
            (30, 12, false, 0.05 / 9.0, 0.05 / 9.0),
            (3000, 400, true, 0.05 / 9.0, 0.25 / 9.0),
        ] {
            let names = ALONE.iter().take(9).map(|it| it.2);
            let all: Vec<ColumnSaid> =
                names.map(|name| column(&made(name, 0, 0, n), &made(name, 1, 0, m), &Wishes(&[]))).collect();
            for (correction, threshold) in
                [(Correction::Bonferroni, bonferroni), (Correction::FalseDiscovery, discovery)]
            {
                let found = batch(&all, &Wishes(&[]), correction);
                assert_eq!(found.drifted, Some(drifted));
                assert!((found.threshold - threshold).abs() < 1e-12, "{found:?}");
            }
        }
    }

    #[rustfmt::skip]
    const ALONE: &[(u64, u64, &str, f64, f64, bool)] = &[
        (500, 120, "float", 0.07633333653211594, 0.5969488620758057, false),
        (500, 120, "same", 0.08866667002439499, 0.4070502519607544, false),
        (500, 120, "skewed", 0.13233333826065063, 0.06091257557272911, false),
        (500, 120, "ints", 0.13600000739097595, 0.05014853924512863, false),
        (500, 120, "constant", 0.0, 1.0, false),
        (500, 120, "ties", 0.0729999989271164, 0.6522617340087891, false),
        (500, 120, "letters", 40.16740798950195, 3.996732544919723e-08, true),
        (500, 120, "new", 213.79127502441406, 0.0, true),
        (500, 120, "flag", 4.960855007171631, 0.025927383452653885, true),
        (30, 12, "float", 0.11666666716337204, 0.9980542063713074, false),
        (30, 12, "same", 0.25, 0.5469169020652771, false),
        (30, 12, "skewed", 0.20000000298023224, 0.798318088054657, false),
        (30, 12, "ints", 0.3166666626930237, 0.265855073928833, false),
        (30, 12, "constant", 0.0, 1.0, false),
        (30, 12, "ties", 0.23333333432674408, 0.6310984492301941, false),
        (30, 12, "letters", 5.302499771118164, 0.2576429843902588, false),
        (30, 12, "new", 6.895975112915039, 0.07528834789991379, false),
        (30, 12, "flag", 1.7407162189483643, 0.18704810738563538, false),
        (3000, 400, "float", 0.06733333319425583, 0.07777721434831619, false),
        (3000, 400, "same", 0.036666665226221085, 0.7153286337852478, false),
        (3000, 400, "skewed", 0.0949999988079071, 0.0031802188605070114, true),
        (3000, 400, "ints", 0.10533333569765091, 0.000728215673007071, true),
        (3000, 400, "constant", 0.0, 1.0, false),
        (3000, 400, "ties", 0.04233333468437195, 0.5375387072563171, false),
        (3000, 400, "letters", 102.04212951660156, 3.61419887717888e-21, true),
        (3000, 400, "new", 1187.9100341796875, 0.0, true),
        (3000, 400, "flag", 16.233203887939453, 5.600391887128353e-05, true),
    ];

    #[test]
    fn missing_cells_are_not_tested() {
        let found = column(&integers("x", 0..50), &holed(integers("x", 0..50), 1, 0), &Wishes(&[]));
        assert_eq!((found.drifted, found.methods[0].p_value), (None, None));
    }
}
