//! A field's type and format → how its cells are read: from text, as frictionless-py reads them.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::de::IgnoredAny;

use crate::cell::{TimeUnit, Type, Value, number, strptime, temporal};

use super::super::formats::{self, Format};
use super::super::model::LogicalType;
use super::super::moment::{DAY, digits, microseconds, nanoseconds};

/// How the cells of a field are read.
#[derive(Debug, Clone)]
pub(super) enum Reader {
    /// Text, of a format where one is named.
    Text(Option<Format>),
    /// Whole numbers; where not `bare`, with anything around them.
    Integer {
        /// Whether nothing but the number may stand there.
        bare: bool,
    },
    /// Numbers.
    Number {
        /// Whether nothing but the number may stand there.
        bare: bool,
        /// What stands before the fraction.
        decimal: String,
        /// What stands between groups of digits; may be nothing.
        group: String,
    },
    /// Spellings of true and of false.
    Boolean(Vec<String>, Vec<String>),
    /// Days.
    Date(Stamp),
    /// Times of day.
    Time(Stamp),
    /// Days with a time.
    Datetime(Stamp),
    /// Four digits.
    Year,
    /// A year and a month.
    YearMonth,
    /// ISO 8601 durations.
    Duration,
    /// Longitude and latitude.
    Geopoint(Point),
    /// JSON objects.
    Object,
    /// JSON arrays.
    Array,
    /// Items with a delimiter between them.
    List(String, Box<Reader>),
    /// Anything.
    Any,
}

/// How a date or time is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Stamp {
    /// ISO 8601, to the second.
    Default,
    /// Any of the formats that are known.
    Any,
    /// A pattern of `strptime`.
    Pattern(String),
}

/// How a place on earth is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Point {
    /// `lon, lat`
    Default,
    /// `[lon, lat]`
    Array,
    /// `{"lon": …, "lat": …}`
    Object,
}

impl Reader {
    /// The logical type whose own parser reads the same cells, with the format it needs; `None` where cells are to be
    /// read as text.
    pub(super) fn native(&self) -> Option<(LogicalType, Option<&str>)> {
        Some(match self {
            Reader::Text(None) => (LogicalType::String, None),
            Reader::Integer { bare: true } => (LogicalType::Integer, None),
            Reader::Number { bare: true, decimal, group } if decimal == "." && group.is_empty() => {
                (LogicalType::Number, None)
            }
            Reader::Date(Stamp::Default) => (LogicalType::Date, Some("%Y-%m-%d")),
            Reader::Date(Stamp::Any) => (LogicalType::Date, None),
            // Names of months are read more loosely than by strptime.
            Reader::Date(Stamp::Pattern(pattern))
                if !pattern.contains("%b") && temporal::FORMATS.contains(&pattern.as_str()) =>
            {
                (LogicalType::Date, Some(pattern))
            }
            Reader::Datetime(Stamp::Default) => {
                (LogicalType::Timestamp { zoned: false }, Some(temporal::TO_THE_SECOND))
            }
            Reader::Datetime(Stamp::Any) => (LogicalType::Timestamp { zoned: false }, None),
            Reader::Time(Stamp::Any) => (LogicalType::Time, None),
            _ => return None,
        })
    }

    /// The type of the values that it reads.
    pub(super) fn target(&self) -> Type {
        match self {
            Reader::Integer { .. } | Reader::Year => Type::Integer,
            Reader::Number { .. } => Type::Float,
            Reader::Boolean(..) => Type::Boolean,
            Reader::Date(_) | Reader::YearMonth => Type::Date,
            Reader::Time(_) => Type::Time,
            Reader::Datetime(_) => Type::Timestamp { unit: TimeUnit::Nano, zoned: false },
            _ => Type::Text,
        }
    }

    /// Whether a column that the file itself gives this type is one of such values.
    pub(super) fn admits(&self, ty: Type) -> bool {
        match self {
            Reader::Object => ty == Type::Json,
            Reader::Array | Reader::List(..) => ty == Type::List,
            Reader::Duration => ty == Type::Duration,
            Reader::Any => true,
            Reader::Number { .. } => ty.is_numeric(),
            Reader::Datetime(_) => matches!(ty, Type::Timestamp { .. }),
            _ => self.target() == ty,
        }
    }

    /// The value of a text; `None` where it is none.
    pub(super) fn read<'a>(&self, text: &'a str) -> Option<Value<'a>> {
        Some(match self {
            Reader::Any => Value::Text(text),
            Reader::Text(format) => {
                return format.is_none_or(|it| (it.holds)(text)).then_some(Value::Text(text));
            }
            Reader::Integer { .. } => Value::Integer(number::wide(self.plain(text)?.as_bytes())?),
            // Zeros have one sign.
            Reader::Number { .. } => Value::Float(number::float(self.plain(text)?.as_bytes())? + 0.0),
            Reader::Boolean(yes, no) => {
                let is_false = no.iter().any(|it| it == text);
                (is_false || yes.iter().any(|it| it == text)).then_some(Value::Boolean(!is_false))?
            }
            Reader::Date(stamp) => Value::Date(match stamp {
                Stamp::Default => strptime::parse(text, "%Y-%m-%d")?.days,
                Stamp::Any => temporal::date(text.trim().as_bytes(), temporal::ANY)?.value,
                Stamp::Pattern(pattern) => strptime::parse(text, pattern)?.days,
            }),
            Reader::Time(stamp) => Value::Time(time(text, stamp)?),
            Reader::Datetime(stamp) => Value::Timestamp(match stamp {
                Stamp::Default => {
                    nanoseconds(text).filter(|_| text.len() >= 19 && text.as_bytes()[16] == b':')?
                }
                Stamp::Any => nanoseconds(text)?,
                Stamp::Pattern(pattern) => strptime::parse(text, pattern)?.moment(),
            }),
            Reader::Year => Value::Integer(digits(text, 4)?.into()),
            Reader::YearMonth => Value::Date(month(text)?),
            Reader::Duration => is_duration(text).then_some(Value::Text(text))?,
            Reader::Geopoint(point) => is_on_earth(text, *point).then_some(Value::Text(text))?,
            Reader::Object | Reader::Array | Reader::List(..) => {
                self.items(text)?;
                Value::Text(text)
            }
        })
    }

    /// How many items a text holds, where it holds items.
    pub(super) fn items(&self, text: &str) -> Option<u64> {
        let count = match self {
            Reader::Object => serde_json::from_str::<BTreeMap<String, IgnoredAny>>(text).ok()?.len(),
            Reader::Array => serde_json::from_str::<Vec<IgnoredAny>>(text).ok()?.len(),
            Reader::List(delimiter, reader) => {
                let mut items = text.split(delimiter.as_str());
                items.clone().all(|item| reader.read(item).is_some()).then(|| items.by_ref().count())?
            }
            _ => return None,
        };
        Some(count as u64)
    }

    /// The text of a number as everybody writes it.
    pub(super) fn plain<'a>(&self, text: &'a str) -> Option<Cow<'a, str>> {
        let (bare, decimal, group) = match self {
            Reader::Integer { bare } => (*bare, ".", ""),
            Reader::Number { bare, decimal, group } => (*bare, decimal.as_str(), group.as_str()),
            _ => return Some(Cow::Borrowed(text)),
        };
        let mut text = text.trim();
        if !bare {
            text = text.trim_start_matches(|c: char| c != '-' && !c.is_ascii_digit());
            text = text.trim_end_matches(|c: char| !c.is_ascii_digit());
        }
        let mut text = Cow::Borrowed(text);
        if !group.is_empty() {
            text = Cow::Owned(text.replace(group, ""));
        }
        if decimal != "." && !decimal.is_empty() {
            if text.contains('.') {
                return None;
            }
            text = Cow::Owned(text.replace(decimal, "."));
        }
        Some(text)
    }
}

/// Microseconds since midnight, in UTC where a zone is given.
fn time(text: &str, stamp: &Stamp) -> Option<i64> {
    match stamp {
        Stamp::Any => microseconds(text),
        Stamp::Default => {
            let is_whole = text.len() >= 8 && text.as_bytes()[5] == b':';
            let moment = is_whole.then(|| nanoseconds(&format!("1970-01-01T{text}")))??;
            i64::try_from(moment / 1_000).ok()
        }
        Stamp::Pattern(pattern) => {
            let parsed = strptime::parse(text, pattern)?;
            i64::try_from((parsed.moment() - i128::from(parsed.days) * DAY) / 1_000).ok()
        }
    }
}

/// `2024-05` → days since 1970-01-01 of its first day.
fn month(text: &str) -> Option<i64> {
    let (year, month) = text.split_once('-')?;
    let year = year.trim().parse::<i64>().ok().filter(|year| (0..=9_999).contains(year))?;
    let month = month.trim().parse::<u32>().ok().filter(|month| (1..=12).contains(month))?;
    Some(temporal::days_from_civil(year, month, 1))
}

/// ISO 8601: `P1Y2M3W4DT5H6M7.5S`, with a sign or not, any of the parts but not none.
fn is_duration(text: &str) -> bool {
    let Some(rest) = text.strip_prefix(['+', '-']).unwrap_or(text).strip_prefix('P') else { return false };
    let (days, clock) = match rest.split_once('T') {
        Some((days, clock)) => (days, Some(clock)),
        None => (rest, None),
    };
    !rest.is_empty() && are_parts(days, "YMWD") && clock.is_none_or(|clock| are_parts(clock, "HMS"))
}

/// Numbers with a unit behind each, in the order of the units.
fn are_parts(mut text: &str, units: &str) -> bool {
    let mut left = units;
    while !text.is_empty() {
        let Some(at) = text.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',') else { return false };
        let (count, rest) = text.split_at(at);
        let (whole, fraction) = count.split_once(['.', ',']).unwrap_or((count, "0"));
        let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        let mut letters = rest.chars();
        let Some(unit) = letters.next().and_then(|unit| left.find(unit)) else { return false };
        if !is_number(whole) || !is_number(fraction) {
            return false;
        }
        (left, text) = (&left[unit + 1..], letters.as_str());
    }
    true
}

fn is_on_earth(text: &str, point: Point) -> bool {
    let read = || match point {
        Point::Default => {
            let (lon, lat) = text.split_once(',')?;
            let degrees = |text: &str| number::float(text.trim().as_bytes());
            Some([degrees(lon)?, degrees(lat)?])
        }
        Point::Array => serde_json::from_str::<[f64; 2]>(text).ok(),
        Point::Object => {
            let found =
                serde_json::from_str::<BTreeMap<String, f64>>(text).ok().filter(|it| it.len() == 2)?;
            Some([*found.get("lon")?, *found.get("lat")?])
        }
    };
    read().is_some_and(|[lon, lat]| lon.abs() <= 180.0 && lat.abs() <= 90.0)
}

/// The named format of text that a format of frictionless is.
pub(super) fn text_format(name: &str) -> Option<Format> {
    match name {
        "email" | "uri" | "uuid" => formats::named(name),
        "binary" => formats::named("base64"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(words: &[&str]) -> Vec<String> {
        words.iter().map(|&word| word.to_owned()).collect()
    }

    #[test]
    fn cells_are_read_as_frictionless_reads_them() {
        let number = |bare, decimal: &str, group: &str| Reader::Number {
            bare,
            decimal: decimal.to_owned(),
            group: group.to_owned(),
        };
        let pattern = |pattern: &str| Stamp::Pattern(pattern.to_owned());
        let list = |item| Reader::List(";".to_owned(), Box::new(item));
        // What frictionless 5.21.0 reads and what it does not.
        let table: [(Reader, &[&str], &[&str]); 22] = [
            (Reader::Integer { bare: true }, &["1", "-5", "+7", " 8 ", "007"], &["1.0", "x", "", "1,000"]),
            (Reader::Integer { bare: false }, &["5 %", "$12", "EUR -3", "95x"], &["x", ""]),
            (number(true, ".", ""), &["1.5", "1e5", "-.5", "Infinity"], &["1,5", "5%", ""]),
            (number(true, ",", "."), &["1.000,5", "3"], &["x", "1,0,0"]),
            (number(true, ",", ""), &["1,5"], &["1.5"]),
            (number(false, ".", ","), &["$1,000.50", "12 EUR"], &["EUR"]),
            (Reader::Boolean(words(&["ja"]), words(&["nein"])), &["ja", "nein"], &["Ja", "true", "1"]),
            (
                Reader::Date(Stamp::Default),
                &["2024-02-29", "2024-2-9"],
                &["2023-02-29", "x", "2024-01-01T00:00"],
            ),
            (Reader::Date(pattern("%d/%m/%Y")), &["31/12/2024"], &["12/31/2024", "2024-12-31"]),
            (
                Reader::Time(Stamp::Default),
                &["10:20:30", "10:20:30.5", "10:20:30Z"],
                &["10:20", "25:00:00", "x"],
            ),
            (Reader::Time(pattern("%H:%M")), &["10:20"], &["10:20:30", "24:00"]),
            (
                Reader::Datetime(Stamp::Default),
                &["2024-01-02T10:20:30", "2024-01-02T10:20:30Z", "2024-01-02 10:20:30.5+02:00"],
                &["2024-01-02", "2024-01-02T10:20", "2024-13-02T10:20:30"],
            ),
            (Reader::Year, &["2024", "0001"], &["24", "20245", "x", "-100"]),
            (Reader::YearMonth, &["2024-05", "2024-5"], &["2024-13", "2024", "2024-05-01"]),
            (
                Reader::Duration,
                &["P1Y2M", "PT5M", "-P1DT2.5H", "P3W", "PT"],
                &["P", "1Y", "P1S", "PT1D", "P1M1Y", "PxD", "P1.D"],
            ),
            (
                Reader::Geopoint(Point::Default),
                &["90.5, 45", "-180,90"],
                &["181,0", "0,91", "1", "1,2,3", "a,b"],
            ),
            (Reader::Geopoint(Point::Array), &["[90.5, 45]"], &["[1]", "1,2", "[1,2,3]"]),
            (Reader::Geopoint(Point::Object), &["{\"lon\": 1, \"lat\": 2}"], &["{\"lon\": 1}", "[1,2]"]),
            (Reader::Object, &["{}", "{\"a\": [1]}"], &["[]", "1", "{"]),
            (Reader::Array, &["[]", "[1, \"a\"]"], &["{}", "1", "[1"]),
            (list(Reader::Integer { bare: true }), &["1;2;3", "1"], &["1;x", "1,2", ""]),
            (Reader::Text(text_format("email")), &["a@b.org"], &["a@b", "ab"]),
        ];
        for (reader, good, bad) in table {
            for text in good {
                assert!(reader.read(text).is_some(), "{reader:?} reads {text:?}");
            }
            for text in bad {
                assert!(reader.read(text).is_none(), "{reader:?} does not read {text:?}");
            }
        }
    }

    #[test]
    fn values_are_what_they_stand_for() {
        let integer = Reader::Integer { bare: false };
        assert_eq!(integer.read("-5 %"), Some(Value::Integer(-5)));
        assert_eq!(Reader::YearMonth.read("1970-02"), Some(Value::Date(31)));
        let evening = Reader::Time(Stamp::Pattern("%I %p".to_owned()));
        assert_eq!(evening.read("6 PM"), Some(Value::Time(64_800_000_000)));
        assert_eq!(Reader::Object.items("{\"a\": 1, \"a\": 2}"), Some(1));
        assert_eq!(Reader::Year.items("2024"), None);
    }

    proptest::proptest! {
        #[test]
        fn no_text_panics(text in "[-0-9:TZ+., ]{0,24}|[0-9]{4}-[0-9]{2}-[0-9]{2}.{0,12}|P?[0-9YMDTHS.]{0,9}|.{0,24}") {
            let patterns = ["%Y-%m-%dT%H:%M:%S%z", "%d %b %y", "%I:%M %p", "%A %j %f%%"];
            let stamps = patterns.map(|pattern| Stamp::Pattern(pattern.to_owned()));
            for stamp in stamps.into_iter().chain([Stamp::Default, Stamp::Any]) {
                for of in [Reader::Date, Reader::Time, Reader::Datetime] {
                    let _ = of(stamp.clone()).read(&text);
                }
            }
            let number = Reader::Number { bare: false, decimal: ",".to_owned(), group: ".".to_owned() };
            for reader in [number, Reader::Integer { bare: false }, Reader::Year, Reader::YearMonth, Reader::Duration] {
                let _ = reader.read(&text);
            }
            for point in [Point::Default, Point::Array, Point::Object] {
                let _ = Reader::Geopoint(point).read(&text);
            }
        }
    }
}
