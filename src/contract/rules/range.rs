//! `range`: bounds on numbers, dates, timestamps and times → a probe.

use std::cmp::Ordering;

use crate::cell::{Type, Value};
use crate::profile::Column;
use crate::sketch::probe::Probe;

use super::super::exact::Exact;
#[cfg(feature = "cli")]
use super::super::extent::Extent;
use super::super::moment::{DAY, microseconds, nanoseconds};
#[cfg(feature = "cli")]
use super::super::tree::Tree;
use super::super::wording::{cut, within};
use super::ValueRule;
#[cfg(feature = "cli")]
use super::{Parameters, parameters};

/// # What it checks
/// That each valid value lies within the bounds, the bounds included unless they are exclusive. Integers and decimals
/// are compared exactly, whatever their size; floats with the double nearest to the bound.
///
/// # Why
/// A minus sign, a slipped decimal point or a date of 1900 parses well and spoils every mean.
///
/// # Example
/// ```yaml
/// - name: age
///   logicalType: integer
///   logicalTypeOptions:
///     minimum: 0
///     maximum: 120
/// ```
///
/// # Parameters
/// `logicalTypeOptions.minimum`, `maximum`, `exclusiveMinimum`, `exclusiveMaximum` (bounds, or in ODCS 3.0 true to make
/// the other one exclusive); ISO 8601 text for dates, timestamps and times. An integer's `format` (`i8` … `u128`) is a
/// range too.
///
/// # Missing and invalid cells
/// Neither is looked at: both are counted as skipped. `x7` is no age and breaks `type`, it is not out of range. Shares are of the
/// valid cells.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::contract) struct Range {
    /// The lower bound, and whether it is exclusive.
    pub(in crate::contract) low: Option<(Bound, bool)>,
    /// The upper bound, and whether it is exclusive.
    pub(in crate::contract) high: Option<(Bound, bool)>,
}

/// One end of a range.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::contract) enum Bound {
    /// Of numbers.
    Number(Exact),
    /// Of dates and timestamps: nanoseconds since 1970, and the text.
    Moment(i128, String),
    /// Of times: microseconds since midnight, and the text.
    Time(i64, String),
}

impl Bound {
    /// Its number, and of what it is one.
    #[cfg(feature = "cli")]
    fn number(&self) -> (&'static str, Exact) {
        match self {
            Bound::Number(number) => ("numbers", number.clone()),
            Bound::Moment(moment, _) => ("moments", Exact::integer(*moment)),
            Bound::Time(time, _) => ("times", Exact::integer((*time).into())),
        }
    }

    /// Reads a date or timestamp, else a time of day.
    pub(in crate::contract) fn temporal(text: &str) -> Option<Bound> {
        let moment = nanoseconds(text).map(|count| Bound::Moment(count, text.to_owned()));
        moment.or_else(|| microseconds(text).map(|count| Bound::Time(count, text.to_owned())))
    }

    /// How a value stands to the bound; `None` where they are not of one kind.
    pub(in crate::contract) fn order(&self, value: Value<'_>) -> Option<Ordering> {
        match (self, value) {
            (Bound::Number(number), value) => number.order(value),
            (Bound::Moment(bound, _), Value::Date(days)) => Some((i128::from(days) * DAY).cmp(bound)),
            (Bound::Moment(bound, _), Value::Timestamp(moment)) => Some(moment.cmp(bound)),
            (Bound::Time(bound, _), Value::Time(time)) => Some(time.cmp(bound)),
            _ => None,
        }
    }

    /// How it stands to another; `None` where they are not of one kind.
    pub(super) fn compare(&self, other: &Bound) -> Option<Ordering> {
        match (self, other) {
            (Bound::Moment(a, _), Bound::Moment(b, _)) => Some(a.cmp(b)),
            (Bound::Time(a, _), Bound::Time(b, _)) => Some(a.cmp(b)),
            _ => None,
        }
    }

    /// To be written.
    #[cfg(feature = "cli")]
    pub(super) fn tree(&self) -> Tree {
        match self {
            Bound::Number(number) => Tree::Number(number.text().to_owned()),
            Bound::Moment(_, text) | Bound::Time(_, text) => Tree::text(text),
        }
    }

    /// As it was written.
    pub(super) fn text(&self) -> String {
        cut(match self {
            Bound::Number(number) => number.text(),
            Bound::Moment(_, text) | Bound::Time(_, text) => text,
        })
    }

    fn suits(&self, ty: Type) -> bool {
        match self {
            Bound::Number(_) => ty.is_numeric(),
            Bound::Moment(..) => matches!(ty, Type::Date | Type::Timestamp { .. }),
            Bound::Time(..) => ty == Type::Time,
        }
    }
}

impl ValueRule for Range {
    fn id(&self) -> &'static str {
        "range"
    }

    fn wants_numbers(&self) -> bool {
        let is_number = |end: &Option<(Bound, bool)>| matches!(end, Some((Bound::Number(_), _)));
        is_number(&self.low) || is_number(&self.high)
    }

    fn expected(&self) -> String {
        let side = |end: &Option<(Bound, bool)>| end.as_ref().map(|(bound, strict)| (bound.text(), *strict));
        within(side(&self.low), side(&self.high))
    }

    fn fault(&self) -> String {
        match (&self.low, &self.high) {
            (Some((_, false)), Some((_, false))) => format!("outside {}", self.expected()),
            _ => format!("not {}", self.expected()),
        }
    }

    fn virtue(&self) -> String {
        match (&self.low, &self.high) {
            (Some((_, false)), Some((_, false))) => format!("within {}", self.expected()),
            _ => self.expected(),
        }
    }

    fn probe(&self, ty: Type) -> Result<Box<dyn Probe>, String> {
        let bounds = [&self.low, &self.high];
        if let Some((bound, _)) = bounds.into_iter().flatten().find(|(bound, _)| !bound.suits(ty)) {
            let of = match bound {
                Bound::Number(_) => "numbers",
                Bound::Moment(..) => "dates",
                Bound::Time(..) => "times",
            };
            return Err(format!("a range of {of} does not apply to a column of type {}", ty.id()));
        }
        Ok(Box::new(self.clone()))
    }

    #[cfg(feature = "cli")]
    fn extent(&self) -> Extent {
        let end =
            |end: &Option<(Bound, bool)>| end.as_ref().map(|(bound, strict)| (bound.number().1, *strict));
        let of = self.low.as_ref().or(self.high.as_ref()).map_or("", |(bound, _)| bound.number().0);
        Extent::part(of, Extent::Interval(end(&self.low), end(&self.high)))
    }

    fn observed(&self, column: &Column) -> Option<String> {
        super::extent(column)
    }

    #[cfg(feature = "cli")]
    fn parameters(&self) -> Option<Parameters> {
        let end = |end: &Option<(Bound, bool)>, exclusive: bool| {
            end.as_ref().filter(|it| it.1 == exclusive).map(|it| it.0.tree())
        };
        Some(parameters([
            ("minimum", end(&self.low, false)),
            ("exclusiveMinimum", end(&self.low, true)),
            ("maximum", end(&self.high, false)),
            ("exclusiveMaximum", end(&self.high, true)),
        ]))
    }
}

impl Probe for Range {
    fn breaks(&self, value: Value<'_>) -> bool {
        let low = self.low.as_ref().is_some_and(|(bound, strict)| match bound.order(value) {
            Some(order) => order == Ordering::Less || (*strict && order == Ordering::Equal),
            None => true,
        });
        let high = |(bound, strict): &(Bound, bool)| match bound.order(value) {
            Some(order) => order == Ordering::Greater || (*strict && order == Ordering::Equal),
            None => true,
        };
        low || self.high.as_ref().is_some_and(high)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(low: Option<(&str, bool)>, high: Option<(&str, bool)>) -> Range {
        let bound = |(text, strict): (&str, bool)| {
            let number = Exact::parse(text).map(Bound::Number);
            (number.or_else(|| Bound::temporal(text)).unwrap(), strict)
        };
        Range { low: low.map(bound), high: high.map(bound) }
    }

    #[test]
    fn values_break_a_range_or_keep_it() {
        let age = range(Some(("0", false)), Some(("120", false)));
        let open = range(Some(("0", true)), Some(("9007199254740993", true)));
        let days = range(Some(("2024-01-01", false)), Some(("2024-12-31T12:00:00", false)));
        let times = range(None, Some(("17:30", false)));
        let table = [
            (&age, Value::Integer(0), false),
            (&age, Value::Integer(120), false),
            (&age, Value::Integer(-1), true),
            (&age, Value::Decimal(12_001, 2), true),
            (&age, Value::Float(f64::INFINITY), true),
            (&open, Value::Integer(0), true),
            (&open, Value::Float(5e-324), false),
            (&open, Value::Integer(9_007_199_254_740_992), false),
            (&open, Value::Integer(9_007_199_254_740_993), true),
            (&days, Value::Date(19_722), true),
            (&days, Value::Date(19_723), false),
            (&days, Value::Timestamp(20_088 * DAY + DAY / 2), false),
            (&days, Value::Timestamp(20_088 * DAY + DAY / 2 + 1), true),
            (&times, Value::Time(63_000_000_000), false),
            (&times, Value::Time(63_000_000_001), true),
        ];
        for (rule, value, broken) in table {
            assert_eq!(rule.breaks(value), broken, "{value:?} {}", rule.expected());
        }
    }

    #[test]
    fn bounds_are_told_in_words() {
        assert_eq!(range(Some(("0", false)), Some(("120", false))).expected(), "0 … 120");
        assert_eq!(range(Some(("0", true)), Some(("1", false))).expected(), "more than 0 and at most 1");
        assert_eq!(range(None, Some(("1", true))).fault(), "not less than 1");
    }

    #[test]
    fn a_range_of_another_kind_has_no_probe() {
        let numbers = range(Some(("0", false)), None);
        assert!(numbers.probe(Type::Integer).is_ok() && numbers.probe(Type::Decimal(2)).is_ok());
        let reason = numbers.probe(Type::Text).err().unwrap();
        assert_eq!(reason, "a range of numbers does not apply to a column of type text");
        assert!(range(None, Some(("2024-01-01", false))).probe(Type::Float).is_err());
    }
}
