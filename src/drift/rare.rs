//! Values that are too rare for the chi-square test: both counts per value in, each held against all others by itself out.
//!
//! A chi-square test pools what is rare, so that a flag that goes from one row in a thousand to one in twenty would be pooled away.
//! Fisher's test of one value against the rest is exact for any counts; times the number of rare values (Bonferroni) it holds its
//! level for all of them together.

use super::share::Shares;
use super::values::{Values, frequent};

/// The smallest expected count of a value in either file from which on it is common.
pub(crate) const EXPECTED: f64 = 5.0;
/// Below this normal deviate, squared, no exact test is worth its sum: p is above 0.001.
const NEAR: f64 = 8.0;
/// Rare values that have a bin of their own.
const LISTED: usize = 10;
/// From which level on.
const LEVEL: f64 = 0.05;

/// The rare values of a column.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Rare {
    /// How many there are.
    pub number: usize,
    /// Those whose shares may differ: place among all values, and p-value times their number.
    found: Vec<(usize, f64)>,
}

impl Rare {
    /// The rare values among these.
    pub(crate) fn of(values: &Values<'_>) -> Rare {
        let (n, m) = (values.n as f64, values.m as f64);
        let smaller = n.min(m) / (n + m);
        let mut is_frequent = vec![false; values.all.len()];
        frequent(values).for_each(|at| is_frequent[at] = true);
        let cells = |at: usize| values.all[at].reference + values.all[at].current;
        let is_rare = |at: &usize| !is_frequent[*at] || (cells(*at) as f64) * smaller < EXPECTED;
        let rare: Vec<usize> = (0..values.all.len()).filter(|at| cells(*at) > 0).filter(is_rare).collect();
        // Of two values each says the same.
        let number = if values.all.iter().filter(|it| it.reference + it.current > 0).count() == 2 {
            rare.len().min(1)
        } else {
            rare.len()
        };
        let tested = |at: usize| {
            let it = &values.all[at];
            let shares = Shares { k: it.reference, n: values.n, l: it.current, m: values.m };
            let pooled = cells(at) as f64 / (n + m);
            let gap = shares.before() - shares.now();
            let near = gap * gap < NEAR * pooled * (1.0 - pooled) * (1.0 / n + 1.0 / m);
            (!near).then(|| (at, (shares.p_value() * number as f64).min(1.0)))
        };
        Rare { number, found: rare.into_iter().filter_map(tested).collect() }
    }

    /// The p-value of all of them together; `None` where there are none.
    pub(crate) fn p_value(&self) -> Option<f64> {
        (self.number > 0).then(|| self.found.iter().map(|it| it.1).fold(1.0, f64::min))
    }

    /// The places of those whose shares have changed, the surest first.
    pub(crate) fn changed(&self) -> Vec<usize> {
        let sure = self.found.iter().copied().filter(|it| it.1 <= LEVEL);
        let by_p = |a: &(usize, f64), b: &(usize, f64)| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0));
        crate::order::first(sure, LISTED, by_p).into_iter().map(|it| it.0).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::pair::pair;
    use super::super::testing::*;
    use super::super::values::values;
    use super::*;
    use crate::num::testing::close;

    fn rare(reference: &[(&str, u64)], current: &[(&str, u64)]) -> (Option<f64>, Vec<String>) {
        let (a, b) = (texts("x", reference), texts("x", current));
        let paired = pair(&a, &b).expect("comparable");
        let values = values(&paired, a.ty).expect("categories");
        let found = Rare::of(&values);
        (found.p_value(), found.changed().into_iter().map(|at| values.name(&values.all[at])).collect())
    }

    #[test]
    fn a_rare_value_that_becomes_frequent_is_tested_exactly() {
        // scipy 1.17.1: fisher_exact([[29, 27971], [46, 954]])
        let (p, changed) = rare(&[("no", 27_971), ("yes", 29)], &[("no", 954), ("yes", 46)]);
        close(p.expect("rare"), 3.830_752_156_612_112e-48, 1e-9);
        assert_eq!(changed, ["yes"]);
        // Of three values the rare one alone is tested here.
        let (p, changed) =
            rare(&[("a", 60_000), ("b", 39_990), ("c", 10)], &[("a", 580), ("b", 380), ("c", 40)]);
        // fisher_exact([[10, 99990], [40, 960]])
        close(p.expect("rare"), 2.873_351_090_305_311e-71, 1e-9);
        assert_eq!(changed, ["c"]);
    }

    #[test]
    fn common_values_are_left_to_the_chi_square_test() {
        assert_eq!(rare(&[("a", 500), ("b", 500)], &[("a", 900), ("b", 100)]), (None, Vec::new()));
    }

    #[test]
    fn many_rare_values_are_many_tests() {
        let names: Vec<String> = (0..40).map(|i| format!("v{i}")).collect();
        let one: Vec<(&str, u64)> = names.iter().map(|it| (it.as_str(), 1)).collect();
        let mut other = one.clone();
        other[0].1 = 5;
        let (p, changed) = rare(&one, &other);
        assert!(p.expect("rare") > 0.05 && changed.is_empty(), "{p:?}");
    }
}
