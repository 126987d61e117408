//! What a contract allows a count to be: `mustBe…` with its unit → whether so many cells of so many are within it.

use std::cmp::Ordering;

use super::exact::Exact;

/// How many offenders are agreed. Without one, none is.
#[derive(Debug, Clone, PartialEq)]
pub struct Tolerance {
    pub(super) operator: Operator,
    pub(super) percent: bool,
}

/// ODCS's operators. `mustBeBetween` includes both ends, as datacontract-cli has it; the standard's text is unclear.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Operator {
    /// `mustBe`
    Be(Exact),
    /// `mustNotBe`
    NotBe(Exact),
    /// `mustBeGreaterThan`
    Greater(Exact),
    /// `mustBeGreaterOrEqualTo`
    GreaterOrEqual(Exact),
    /// `mustBeLessThan`
    Less(Exact),
    /// `mustBeLessOrEqualTo`
    LessOrEqual(Exact),
    /// `mustBeBetween`
    Between(Exact, Exact),
    /// `mustNotBeBetween`: outside both ends.
    NotBetween(Exact, Exact),
}

/// A bound, and whether it is exclusive; `None`: none.
pub(super) type End = Option<(f64, bool)>;

impl Operator {
    /// The bounds within which a number has to be; `None` of one that has to be without.
    pub(super) fn bounds(&self) -> Option<(End, End)> {
        let end = |it: &Exact, strict| Some((it.nearest(), strict));
        Some(match self {
            Operator::Be(it) => (end(it, false), end(it, false)),
            Operator::Greater(it) => (end(it, true), None),
            Operator::GreaterOrEqual(it) => (end(it, false), None),
            Operator::Less(it) => (None, end(it, true)),
            Operator::LessOrEqual(it) => (None, end(it, false)),
            Operator::Between(low, high) => (end(low, false), end(high, false)),
            Operator::NotBe(_) | Operator::NotBetween(..) => return None,
        })
    }
}

impl Tolerance {
    /// None at all.
    pub(super) fn none() -> Tolerance {
        Tolerance { operator: Operator::Be(Exact::integer(0)), percent: false }
    }

    /// Whether it is the plain "none at all".
    pub(super) fn is_none(&self) -> bool {
        matches!(&self.operator, Operator::Be(number) | Operator::LessOrEqual(number) if number.canonical() == (0, 0))
    }

    /// Whether fewer offenders are always within it, too.
    #[cfg(feature = "cli")]
    pub(super) fn is_upper(&self) -> bool {
        self.is_none()
            || match &self.operator {
                Operator::Less(_) | Operator::LessOrEqual(_) => true,
                Operator::Between(low, _) => low.order_decimal(0, 0).is_le(),
                _ => false,
            }
    }

    /// Whether `count` of `total` (not 0 for percentages) is as agreed.
    pub(super) fn holds(&self, count: u64, total: u64) -> bool {
        let order = |number: &Exact| {
            if self.percent {
                number.order_percent(count, total)
            } else {
                number.order_decimal(count.into(), 0)
            }
        };
        match &self.operator {
            Operator::Be(number) => order(number) == Ordering::Equal,
            Operator::NotBe(number) => order(number) != Ordering::Equal,
            Operator::Greater(number) => order(number) == Ordering::Greater,
            Operator::GreaterOrEqual(number) => order(number) != Ordering::Less,
            Operator::Less(number) => order(number) == Ordering::Less,
            Operator::LessOrEqual(number) => order(number) != Ordering::Greater,
            Operator::Between(low, high) => order(low) != Ordering::Less && order(high) != Ordering::Greater,
            Operator::NotBetween(low, high) => {
                order(low) == Ordering::Less || order(high) == Ordering::Greater
            }
        }
    }

    /// What is agreed, in words: `at most 5 %`.
    pub(super) fn words(&self) -> String {
        let words = match &self.operator {
            Operator::Be(number) => format!("exactly {}", number.text()),
            Operator::NotBe(number) => format!("not {}", number.text()),
            Operator::Greater(number) => format!("more than {}", number.text()),
            Operator::GreaterOrEqual(number) => format!("at least {}", number.text()),
            Operator::Less(number) => format!("less than {}", number.text()),
            Operator::LessOrEqual(number) => format!("at most {}", number.text()),
            Operator::Between(low, high) => format!("{} … {}", low.text(), high.text()),
            Operator::NotBetween(low, high) => format!("outside {} … {}", low.text(), high.text()),
        };
        if self.percent { words + " %" } else { words }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn n(text: &str) -> Exact {
        Exact::parse(text).unwrap()
    }

    #[test]
    fn operators_hold_or_do_not() {
        let table = [
            (Operator::Be(n("2")), 2, true),
            (Operator::Be(n("2")), 3, false),
            (Operator::NotBe(n("2")), 3, true),
            (Operator::Greater(n("2")), 2, false),
            (Operator::GreaterOrEqual(n("2")), 2, true),
            (Operator::Less(n("2.5")), 2, true),
            (Operator::LessOrEqual(n("2")), 3, false),
            (Operator::Between(n("2"), n("4")), 2, true),
            (Operator::Between(n("2"), n("4")), 4, true),
            (Operator::Between(n("2"), n("4")), 5, false),
            (Operator::NotBetween(n("2"), n("4")), 4, false),
            (Operator::NotBetween(n("2"), n("4")), 5, true),
        ];
        for (operator, count, holds) in table {
            let tolerance = Tolerance { operator, percent: false };
            assert_eq!(tolerance.holds(count, 10), holds, "{count} {tolerance:?}");
        }
    }

    #[test]
    fn percentages_are_of_the_total() {
        let tolerance = Tolerance { operator: Operator::LessOrEqual(n("5")), percent: true };
        assert!(tolerance.holds(5, 100) && !tolerance.holds(6, 100) && !tolerance.holds(1, 19));
        assert_eq!(tolerance.words(), "at most 5 %");
    }
}
