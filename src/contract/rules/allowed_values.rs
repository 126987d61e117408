//! `allowed-values`: a list of values → a probe.

use std::collections::BTreeSet;

use crate::cell::number::float;
use crate::cell::{Type, Value};
use crate::order;
use crate::sketch::probe::Probe;

use super::super::exact::{self, Exact};
use super::super::moment::{DAY, microseconds, nanoseconds};
#[cfg(feature = "cli")]
use super::super::tree::Tree;
use super::super::wording::listed;
use super::ValueRule;
#[cfg(feature = "cli")]
use super::{Parameters, parameters};

/// # What it checks
/// That each valid value is one of the list. Numbers are compared as numbers ("1", 1 and 1.0 are the same), dates and
/// times as such (ISO 8601), booleans as booleans, text as it is written: case and white space count, and `NO` is the
/// text "NO".
///
/// # Why
/// A new code that nobody knows falls out of every join and every report.
///
/// # Example
/// ```yaml
/// - name: country
///   quality:
///     - metric: invalidValues
///       arguments:
///         validValues: [DE, FR]
///       mustBe: 0
/// ```
///
/// # Parameters
/// `enum` (ODCS 3.2, values or objects with a `value`), `logicalTypeOptions.enum`, or `metric: invalidValues` with
/// `validValues`; the operator allows some, in rows or in percent of the valid cells.
///
/// # Missing and invalid cells
/// Neither is looked at: both are counted as skipped; `required` and `type` speak of them. Shares are of the valid cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::contract) struct AllowedValues {
    /// The values as they are written.
    pub(in crate::contract) values: Vec<String>,
    /// Those that were given as texts, where the contract tells them from numbers.
    pub(in crate::contract) texts: BTreeSet<String>,
}

impl AllowedValues {
    /// These values, whatever they are.
    pub(in crate::contract) fn of(values: Vec<String>) -> AllowedValues {
        AllowedValues { values, texts: BTreeSet::new() }
    }
}

impl ValueRule for AllowedValues {
    fn id(&self) -> &'static str {
        "allowed-values"
    }

    fn expected(&self) -> String {
        listed(&self.values)
    }

    fn fault(&self) -> String {
        format!("not {}", self.virtue())
    }

    fn virtue(&self) -> String {
        match self.values.len() {
            1 => "the one allowed value".to_owned(),
            n => format!("one of {n} allowed values"),
        }
    }

    #[cfg(feature = "cli")]
    fn extent(&self) -> super::super::extent::Extent {
        super::super::extent::Extent::Set(self.values.iter().cloned().collect())
    }

    fn probe(&self, ty: Type) -> Result<Box<dyn Probe>, String> {
        let values = || self.values.iter().map(|value| value.trim());
        Ok(match ty {
            Type::Integer | Type::WideInteger | Type::Decimal(_) | Type::Float => {
                let numbers: Vec<Exact> = values().filter_map(Exact::parse).collect();
                // Infinities are no decimals.
                let mut floats: Vec<f64> = values().filter_map(|value| float(value.as_bytes())).collect();
                floats.iter_mut().for_each(|float| *float += 0.0);
                order::sort_by(&mut floats, f64::total_cmp);
                Box::new(Numbers { exact: order::set(numbers.iter().map(Exact::canonical)), floats })
            }
            Type::Boolean => Box::new(Booleans {
                yes: values().any(|value| is(value, &["true", "yes", "on", "1"])),
                no: values().any(|value| is(value, &["false", "no", "off", "0"])),
            }),
            Type::Date | Type::Timestamp { .. } => {
                Box::new(Moments(order::set(values().filter_map(nanoseconds))))
            }
            Type::Time => Box::new(Moments(order::set(values().filter_map(microseconds).map(i128::from)))),
            Type::Text => Box::new(Texts(order::set(self.values.iter().cloned()))),
            Type::Duration | Type::List | Type::Json | Type::Binary => {
                return Err(format!("a list of values does not apply to a column of type {}", ty.id()));
            }
        })
    }

    fn written(&self, ty: Type) -> Option<Result<Box<dyn Probe>, String>> {
        // A text is a number where the column is one of numbers and the text its plain spelling: "5", but not "05".
        let is_number = |value: &&String| !self.texts.contains(*value) || ty != Type::Text && is_plain(value);
        let values = || self.values.iter().filter(is_number).map(|value| value.trim());
        let numbers: Vec<Exact> = values().filter_map(Exact::parse).collect();
        Some(Ok(Box::new(Written {
            texts: order::set(self.values.iter().cloned()),
            numbers: order::set(numbers.iter().map(Exact::canonical)),
            yes: values().any(|value| value.eq_ignore_ascii_case("true")),
            no: values().any(|value| value.eq_ignore_ascii_case("false")),
        })))
    }

    #[cfg(feature = "cli")]
    fn parameters(&self) -> Option<Parameters> {
        Some(parameters([(
            "values",
            Some(Tree::List(self.values.iter().map(|it| Tree::value(it)).collect())),
        )]))
    }
}

/// Whether a number is written with no sign, zero or exponent that says nothing.
fn is_plain(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, part) = digits.split_once('.').map_or((digits, None), |(whole, part)| (whole, Some(part)));
    let are_digits = |text: &str| !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit());
    let is_whole = are_digits(whole) && (whole == "0" || !whole.starts_with('0')) && text != "-0";
    let is_word = text.eq_ignore_ascii_case("true") || text.eq_ignore_ascii_case("false");
    is_word || is_whole && part.is_none_or(|it| are_digits(it) && !it.ends_with('0'))
}

fn is(value: &str, words: &[&str]) -> bool {
    words.iter().any(|word| value.eq_ignore_ascii_case(word))
}

struct Numbers {
    exact: BTreeSet<(i128, u8)>,
    floats: Vec<f64>,
}

impl Probe for Numbers {
    fn breaks(&self, value: Value<'_>) -> bool {
        match value {
            Value::Integer(value) => !self.exact.contains(&(value, 0)),
            Value::Decimal(value, scale) => !self.exact.contains(&exact::canonical(value, scale)),
            Value::Float(value) => self.floats.binary_search_by(|x| x.total_cmp(&(value + 0.0))).is_err(),
            _ => true,
        }
    }
}

struct Booleans {
    yes: bool,
    no: bool,
}

impl Probe for Booleans {
    fn breaks(&self, value: Value<'_>) -> bool {
        match value {
            Value::Boolean(true) => !self.yes,
            Value::Boolean(false) => !self.no,
            _ => true,
        }
    }
}

/// Nanoseconds of dates and timestamps, or microseconds of times.
struct Moments(BTreeSet<i128>);

impl Probe for Moments {
    fn breaks(&self, value: Value<'_>) -> bool {
        let count = match value {
            Value::Date(days) => i128::from(days) * DAY,
            Value::Timestamp(moment) => moment,
            Value::Time(time) => i128::from(time),
            _ => return true,
        };
        !self.0.contains(&count)
    }
}

struct Texts(BTreeSet<String>);

impl Probe for Texts {
    fn breaks(&self, value: Value<'_>) -> bool {
        if let Value::Text(text) = value { !self.0.contains(text) } else { true }
    }
}

/// Values as they are written: the same text, the same number, or the same of true and false.
struct Written {
    texts: BTreeSet<String>,
    numbers: BTreeSet<(i128, u8)>,
    yes: bool,
    no: bool,
}

impl Probe for Written {
    fn breaks(&self, value: Value<'_>) -> bool {
        let Value::Text(text) = value else { return true };
        let is_number = || {
            let number = Exact::parse(text.trim());
            number.is_some_and(|number| self.numbers.contains(&number.canonical()))
        };
        let is_word =
            || self.yes && text.eq_ignore_ascii_case("true") || self.no && text.eq_ignore_ascii_case("false");
        !(self.texts.contains(text) || !self.numbers.is_empty() && is_number() || is_word())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_as_they_are_written_are_texts_numbers_or_truths() {
        let rule = AllowedValues::of(["1", "05/06/2024", "true", "2.50", "yes"].map(str::to_owned).to_vec());
        let probe = rule.written(Type::Text).unwrap().unwrap();
        for kept in ["1", "1.0", " 1", "05/06/2024", "TRUE", "2.5", "yes"] {
            assert!(!probe.breaks(Value::Text(kept)), "{kept}");
        }
        for broken in ["2", "x1", "2024-06-05", "false", "Yes", "", "05/06/2024 "] {
            assert!(probe.breaks(Value::Text(broken)), "{broken}");
        }
    }

    /// `pandas.Series(cells, dtype=str).isin(values)` of pandas 2.2: texts are themselves.
    #[test]
    fn texts_are_no_numbers_in_a_column_of_text() {
        let values = ["01234", "5", "1.10", "1e3", "true"].map(str::to_owned);
        let rule = AllowedValues { values: values.to_vec(), texts: order::set(values) };
        // cell, whether it is one of them in a column of text, and in one of numbers
        let table = [
            ("01234", true, true),
            ("1234", false, false),
            ("5", true, true),
            ("5.0", false, true),
            ("05", false, true),
            ("1.1", false, false),
            ("1.10", true, true),
            ("1000", false, false),
            ("TRUE", false, true),
        ];
        for (cell, in_text, in_numbers) in table {
            let is = |ty| !rule.written(ty).unwrap().unwrap().breaks(Value::Text(cell));
            assert_eq!((is(Type::Text), is(Type::Integer)), (in_text, in_numbers), "{cell}");
        }
    }

    #[test]
    fn values_are_compared_as_what_the_column_holds() {
        let ts = Type::Timestamp { unit: crate::cell::TimeUnit::Micro, zoned: false };
        let table: [(&[&str], Type, Value<'_>, bool); 18] = [
            (&["-inf"], Type::Float, Value::Float(f64::NEG_INFINITY), false),
            (&["DE", "FR"], Type::Text, Value::Text("DE"), false),
            (&["DE", "FR"], Type::Text, Value::Text("de"), true),
            (&["DE", "FR"], Type::Text, Value::Text("ZZ"), true),
            (&["NO"], Type::Text, Value::Text("NO"), false),
            (&["1"], Type::Text, Value::Text("1.0"), true),
            (&["1.0"], Type::Integer, Value::Integer(1), false),
            (&["1"], Type::Float, Value::Float(1.0), false),
            (&["1e2"], Type::Decimal(2), Value::Decimal(10_000, 2), false),
            (&["0"], Type::Float, Value::Float(-0.0), false),
            (&["0.1"], Type::Float, Value::Float(0.1), false),
            (&["9007199254740993"], Type::Integer, Value::Integer(9_007_199_254_740_992), true),
            (&["x", "2"], Type::Integer, Value::Integer(2), false),
            (&["true"], Type::Boolean, Value::Boolean(true), false),
            (&["yes"], Type::Boolean, Value::Boolean(false), true),
            (&["2024-01-01"], Type::Date, Value::Date(19_723), false),
            (&["2024-01-01T00:00Z"], ts, Value::Timestamp(19_723 * DAY + 1), true),
            (&["09:30"], Type::Time, Value::Time(34_200_000_000), false),
        ];
        for (values, ty, value, broken) in table {
            let rule = AllowedValues::of(values.iter().map(|&value| value.to_owned()).collect());
            assert_eq!(rule.probe(ty).unwrap().breaks(value), broken, "{values:?} {value:?}");
        }
    }

    #[test]
    fn nested_values_have_no_list() {
        assert!(AllowedValues::of(vec!["[]".to_owned()]).probe(Type::List).is_err());
    }
}
