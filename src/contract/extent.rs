//! What a rule allows, as far as two rules can be compared → whether one allows all that the other does.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use super::exact::{self, Exact};
use super::rules::multiple_of::is_multiple;
use super::tolerance::{Operator, Tolerance};

/// An end of an interval, and whether it is exclusive; `None`: there is none.
pub(super) type End = Option<(Exact, bool)>;

/// What a rule allows.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Extent {
    /// What lies between two ends.
    Interval(End, End),
    /// What lies outside both ends, which are excluded.
    Outside(Exact, Exact),
    /// These.
    Set(BTreeSet<String>),
    /// All but these; of what has to be there: all that has these.
    AllBut(BTreeSet<String>),
    /// Multiples of a number.
    Multiple(Exact),
    /// What each of the named parts allows; what has no part is free.
    Parts(Vec<(String, Extent)>),
    /// It cannot be told.
    Opaque,
}

impl Extent {
    /// What is the same wherever its words are.
    pub(super) fn same() -> Extent {
        Extent::Parts(Vec::new())
    }

    /// One part.
    pub(super) fn part(name: impl Into<String>, of: Extent) -> Extent {
        Extent::Parts(vec![(name.into(), of)])
    }

    /// Named facts, each of which restricts.
    pub(super) fn facts(names: impl IntoIterator<Item = String>) -> Extent {
        Extent::Parts(names.into_iter().map(|name| (name, Extent::same())).collect())
    }

    /// These words.
    pub(super) fn set(words: &[String]) -> BTreeSet<String> {
        words.iter().cloned().collect()
    }

    /// What lies between two doubles; `None` is no bound.
    pub(super) fn between(low: Option<(f64, bool)>, high: Option<(f64, bool)>) -> Extent {
        let end = |end: Option<(f64, bool)>| match end {
            None => Some(None),
            Some((number, strict)) => Exact::parse(&number.to_string()).map(|it| Some((it, strict))),
        };
        match (end(low), end(high)) {
            (Some(low), Some(high)) => Extent::Interval(low, high),
            _ => Extent::Opaque,
        }
    }

    /// What is at most this double.
    pub(super) fn at_most(number: f64) -> Extent {
        Extent::between(None, Some((number, false)))
    }

    /// How many offenders, or rows, are allowed. Of whole numbers "less than 1" is "at most 0".
    pub(super) fn allowed(tolerance: &Tolerance) -> Extent {
        let is_whole = !tolerance.percent;
        let end = |number: &Exact, strict: bool, up: bool| match whole(number, strict, up) {
            Some(whole) if is_whole => Some((whole, false)),
            _ => Some((number.clone(), strict)),
        };
        let low = |number: &Exact, strict| end(number, strict, true);
        let high = |number: &Exact, strict| end(number, strict, false);
        let zero = || Some((Exact::integer(0), false));
        match &tolerance.operator {
            Operator::Be(number) => {
                Extent::Interval(Some((number.clone(), false)), Some((number.clone(), false)))
            }
            Operator::Greater(number) => Extent::Interval(low(number, true), None),
            Operator::GreaterOrEqual(number) => Extent::Interval(low(number, false), None),
            Operator::Less(number) => Extent::Interval(zero(), high(number, true)),
            Operator::LessOrEqual(number) => Extent::Interval(zero(), high(number, false)),
            Operator::Between(from, to) => Extent::Interval(low(from, false), high(to, false)),
            Operator::NotBe(number) => Extent::Outside(number.clone(), number.clone()),
            Operator::NotBetween(low, high) => Extent::Outside(low.clone(), high.clone()),
        }
    }

    /// Whether all that the other allows is allowed, too.
    pub(super) fn holds(&self, other: &Extent) -> bool {
        match (self, other) {
            (Extent::Interval(low, high), Extent::Interval(other_low, other_high)) => {
                reaches(low, other_low, Ordering::Less) && reaches(high, other_high, Ordering::Greater)
            }
            (Extent::Outside(low, high), Extent::Outside(other_low, other_high)) => {
                order(other_low, low).is_le() && order(high, other_high).is_le()
            }
            (Extent::Outside(from, to), Extent::Interval(low, high)) => {
                let is_below = high.as_ref().is_some_and(|(end, strict)| {
                    let stands = order(end, from);
                    stands.is_lt() || *strict && stands.is_eq()
                });
                let is_above = low.as_ref().is_some_and(|(end, strict)| {
                    let stands = order(end, to);
                    stands.is_gt() || *strict && stands.is_eq()
                });
                is_below || is_above
            }
            (Extent::Set(mine), Extent::Set(theirs)) => theirs.is_subset(mine),
            (Extent::AllBut(mine), Extent::AllBut(theirs)) => mine.is_subset(theirs),
            (Extent::AllBut(mine), Extent::Set(theirs)) => mine.is_disjoint(theirs),
            (Extent::Multiple(mine), Extent::Multiple(theirs)) => {
                is_multiple(theirs.canonical(), mine.canonical())
            }
            (Extent::Parts(mine), Extent::Parts(theirs)) => mine
                .iter()
                .all(|(name, part)| theirs.iter().any(|(other, it)| name == other && part.holds(it))),
            _ => false,
        }
    }
}

fn order(a: &Exact, b: &Exact) -> Ordering {
    exact::order(a.canonical(), b.canonical())
}

/// Whether an end is at least as far out as another.
fn reaches(mine: &End, theirs: &End, out: Ordering) -> bool {
    match (mine, theirs) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some((mine, strict)), Some((theirs, also))) => match order(mine, theirs) {
            Ordering::Equal => !strict || *also,
            stands => stands == out,
        },
    }
}

/// The last whole number within an end of an interval, the lower one where `up`.
fn whole(number: &Exact, strict: bool, up: bool) -> Option<Exact> {
    let (unscaled, scale) = number.canonical();
    let unit = 10i128.checked_pow(u32::from(scale))?;
    let floor = unscaled.div_euclid(unit);
    let is_whole = scale == 0;
    let last = match (up, is_whole, strict) {
        (true, true, true) | (true, false, _) => floor.checked_add(1)?,
        (false, true, true) => floor.checked_sub(1)?,
        _ => floor,
    };
    Some(Exact::integer(last))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn n(text: &str) -> Exact {
        Exact::parse(text).unwrap()
    }

    #[test]
    fn what_holds_what() {
        let interval = |low: Option<(&str, bool)>, high: Option<(&str, bool)>| {
            Extent::Interval(
                low.map(|(it, strict)| (n(it), strict)),
                high.map(|(it, strict)| (n(it), strict)),
            )
        };
        let set = |words: &[&str]| words.iter().map(|it| (*it).to_owned()).collect::<BTreeSet<_>>();
        let table = [
            (interval(None, None), interval(Some(("1", false)), None), true, false),
            (interval(Some(("1", false)), None), interval(Some(("1", true)), None), true, false),
            (interval(Some(("1.0", false)), None), interval(Some(("1", false)), None), true, true),
            // Doubles cannot tell these two.
            (
                interval(None, Some(("9007199254740993", false))),
                interval(None, Some(("9007199254740992", false))),
                true,
                false,
            ),
            (Extent::Outside(n("2"), n("3")), Extent::Outside(n("1"), n("4")), true, false),
            (Extent::Outside(n("2"), n("3")), interval(Some(("3", true)), None), true, false),
            (Extent::Outside(n("2"), n("3")), interval(Some(("3", false)), None), false, false),
            (Extent::Multiple(n("2")), Extent::Multiple(n("4")), true, false),
            (Extent::Multiple(n("0.5")), Extent::Multiple(n("0.50")), true, true),
            (Extent::Multiple(n("2")), Extent::Multiple(n("3")), false, false),
            (Extent::Set(set(&["a", "b"])), Extent::Set(set(&["b"])), true, false),
            (Extent::AllBut(set(&["a"])), Extent::Set(set(&["b"])), true, false),
            (Extent::part("a", Extent::at_most(2.0)), Extent::part("a", Extent::at_most(1.0)), true, false),
            (Extent::part("a", Extent::at_most(2.0)), Extent::part("b", Extent::at_most(1.0)), false, false),
            (Extent::same(), Extent::part("a", Extent::same()), true, false),
            (Extent::Opaque, Extent::Opaque, false, false),
        ];
        for (a, b, holds, is_held) in table {
            assert_eq!((a.holds(&b), b.holds(&a)), (holds, is_held), "{a:?} {b:?}");
        }
    }

    #[test]
    fn numbers_of_offenders_are_whole() {
        let of = |operator, percent| Extent::allowed(&Tolerance { operator, percent });
        let (less, none) = (Operator::Less(n("1")), Operator::Be(n("0")));
        let (a, b) = (of(less.clone(), false), of(none.clone(), false));
        assert!(a.holds(&b) && b.holds(&a));
        let (a, b) = (of(less, true), of(none, true));
        assert!(a.holds(&b) && !b.holds(&a));
        let (a, b) = (of(Operator::Greater(n("9.5")), false), of(Operator::GreaterOrEqual(n("10")), false));
        assert!(a.holds(&b) && b.holds(&a));
    }
}
