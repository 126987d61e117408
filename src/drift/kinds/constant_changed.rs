//! Constants: a paired distribution in, whether each side is one value and whether it is the same one out.

use super::super::pair::Pair;

/// `Some(changed)` where both sides are one value each; `None` where either has more, or none.
pub(crate) fn changed(pair: &Pair<'_>) -> Option<bool> {
    match pair {
        Pair::Absent => None,
        Pair::Ordered { reference, current } => match (&reference.entries[..], &current.entries[..]) {
            ([a], [b]) => Some(a.0 != b.0),
            _ => None,
        },
        Pair::Categories { reference, current } => match (&reference.entries[..], &current.entries[..]) {
            ([a], [b]) => Some(a.hash != b.hash),
            _ => None,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::pair::pair;
    use super::super::super::testing::*;
    use super::*;

    #[test]
    fn a_constant_is_compared_by_its_value() {
        let of = |a, b| changed(&pair(&a, &b).expect("comparable"));
        assert_eq!(of(integers("x", [3; 9]), integers("x", [3; 4])), Some(false));
        assert_eq!(of(texts("x", &[("a", 5)]), texts("x", &[("b", 5)])), Some(true));
        assert_eq!(of(integers("x", [3; 9]), integers("x", [3, 4])), None);
        assert_eq!(of(integers("x", []), integers("x", [])), None);
    }
}
