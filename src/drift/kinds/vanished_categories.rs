//! Values that only the reference has: both counts per value in, those whose absence says something out.

use super::super::values::Values;

/// A value counts as vanished from this share of the reference, and where so many cells were to be expected.
const SHARE: f64 = 0.01;
const EXPECTED: f64 = 20.0;

/// (value, cells in the reference, cells to be expected in the current file), the most frequent first.
pub(crate) fn vanished(values: &Values<'_>) -> Vec<(String, u64, f64)> {
    let mut found: Vec<(String, u64, f64)> = values
        .all
        .iter()
        .filter(|v| v.current == 0)
        .map(|v| (v, v.reference as f64 / values.n.max(1) as f64))
        .filter(|(_, share)| *share >= SHARE && share * values.m as f64 >= EXPECTED)
        .map(|(v, share)| (values.name(v), v.reference, share * values.m as f64))
        .collect();
    crate::order::sort_by(&mut found, |a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    found
}

#[cfg(test)]
mod tests {
    use super::super::super::values::Counted;
    use super::*;
    use crate::cell::Type;

    #[test]
    fn a_value_has_vanished_where_it_was_to_be_expected() {
        let rows = [(900, 990), (95, 0), (5, 0)];
        let all = rows
            .map(|(reference, current)| Counted { key: reference.into(), label: None, reference, current })
            .to_vec();
        let mut values =
            Values { all, ty: Type::Boolean, domain: None, closed: true, singletons: 0, n: 1000, m: 990 };
        assert_eq!(vanished(&values), [("unnamed (hash 5f)".to_string(), 95, 95.0 / 1000.0 * 990.0)]);
        values.m = 100;
        assert!(vanished(&values).is_empty(), "only 9.5 were to be expected");
    }
}
