//! Values that the reference never had: both counts per value in, how many cells hold them out.

use super::super::values::Values;

/// Fewer cells than this, or a smaller share than 0.1 %, are worth a note only.
const ROWS: u64 = 5;
const SHARE: f64 = 0.001;
/// The share that a single new value of an open vocabulary must hold.
const OPEN_SHARE: f64 = 0.05;

/// New values of a closed set, or single ones that hold much of an open vocabulary.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct New {
    /// Cells that hold them.
    pub count: u64,
    /// (value, cells), most frequent first.
    pub values: Vec<(String, u64)>,
    /// Whether they are more than chance and more than a few: share above max(3/n, N₁/n) (rule of three; Good & Turing's
    /// estimate of the unseen), at least 5 cells and 0.1 %.
    pub warns: bool,
    /// The chance that all cells of one value, of as many as there are, lie in the current file: K ∏_{i<c} (m − i)/(n + m − i) for
    /// the most frequent new value, exact under exchangeability, with Bonferroni's factor for the K values of both sides.
    pub p_value: f64,
    /// Whether the reference is a closed set, so that any new value is worth a note.
    pub closed: bool,
}

/// The new values, where the reference is a closed set. An open vocabulary is never reported by novelty alone: of it only values that
/// hold a twentieth of the cells each.
pub(crate) fn new(values: &Values<'_>) -> Option<New> {
    if values.m == 0 || !values.closed && values.n == 0 {
        return None;
    }
    let mut found: Vec<(String, u64)> = values
        .all
        .iter()
        .filter(|v| v.reference == 0 && v.current > 0)
        .filter(|v| values.closed || v.current as f64 >= OPEN_SHARE * values.m as f64)
        .map(|v| (values.name(v), v.current))
        .collect();
    if found.is_empty() {
        return None;
    }
    crate::order::sort_by(&mut found, |a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let count = found.iter().map(|v| v.1).sum();
    let share = count as f64 / values.m as f64;
    // What is not seen of an open vocabulary is spread over many values.
    let unseen = if values.closed { values.singletons as f64 } else { 0.0 };
    let chance = 3.0_f64.max(unseen) / values.n as f64;
    let (n, m) = (values.n as f64, values.m as f64);
    let most = found.first().map_or(0, |it| it.1);
    let mut p_value = values.all.iter().filter(|it| it.reference + it.current > 0).count() as f64;
    for i in 0..most {
        p_value *= (m - i as f64) / (n + m - i as f64);
        if p_value < 1e-300 {
            break;
        }
    }
    let warns = count >= ROWS && share >= SHARE && share > chance;
    let closed = values.closed;
    (closed || warns).then_some(New { count, values: found, warns, p_value: p_value.min(1.0), closed })
}

/// The share of the valid cells that hold new values, 0 to 1; `None` where the reference is no closed set.
pub(crate) fn share(values: &Values<'_>) -> Option<f64> {
    let found = || new(values).map_or(0, |it| it.count);
    (values.closed && values.m > 0).then(|| found() as f64 / values.m as f64)
}

#[cfg(test)]
mod tests {
    use super::super::super::values::Counted;
    use super::*;
    use crate::cell::Type;

    fn values(rows: &[(u64, u64)], closed: bool) -> Values<'static> {
        let all =
            rows.iter().map(|&(reference, current)| Counted { key: 0, label: None, reference, current });
        let (n, m) = (rows.iter().map(|r| r.0).sum(), rows.iter().map(|r| r.1).sum());
        Values { all: all.collect(), ty: Type::Text, domain: None, closed, singletons: 0, n, m }
    }

    #[test]
    fn a_new_value_of_a_closed_set_warns_once_it_is_common() {
        assert!(new(&values(&[(9000, 9000), (0, 50)], true)).expect("new").warns);
        assert!(!new(&values(&[(9000, 9000), (0, 4)], true)).expect("new").warns, "four rows");
        assert!(!new(&values(&[(9000, 90_000), (0, 50)], true)).expect("new").warns, "0.06 %");
        assert!(!new(&values(&[(30, 90), (0, 8)], true)).expect("new").warns, "3/n is 10 %");
    }

    #[test]
    fn one_new_value_that_holds_much_of_an_open_vocabulary_warns() {
        let with = |new: u64| [vec![(9, 9); 1000], vec![(0, new)]].concat();
        let found = new(&values(&with(3_000), false)).expect("a quarter");
        assert!(found.warns && !found.closed && found.count == 3_000 && found.p_value < 1e-9);
        assert_eq!(new(&values(&with(400), false)), None, "4 %");
        // Five of twenty cells, of a reference no larger: chance does so.
        let few = new(&values(&[(1, 0), (2, 9), (17, 6), (0, 5)], false)).expect("a quarter");
        assert!(few.p_value > 0.05);
    }

    #[test]
    fn an_open_vocabulary_never_warns_by_novelty() {
        let many = |new: u64| [vec![(90, 90); 100], vec![(0, new); 500]].concat();
        assert_eq!(new(&values(&many(90), false)), None);
        assert_eq!(new(&values(&[(9000, 9000)], true)), None);
    }
}
