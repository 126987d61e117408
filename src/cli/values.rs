//! One argument's text in, its value or what is wrong with it out.

use std::path::PathBuf;

use crate::cell::{TimeUnit, Type};
use crate::drift::methods::METHODS;

/// The quoting character, or that there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Quote(pub Option<u8>);

/// Methods of drift, by id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Methods(Vec<&'static str>);

impl Methods {
    /// All that were named.
    pub(super) fn ids(named: &[Methods]) -> Vec<&'static str> {
        named.iter().flat_map(|it| it.0.iter().copied()).collect()
    }
}

/// One method, or `all` of them.
pub(super) fn methods(text: &str) -> Result<Methods, String> {
    let ids = || METHODS.iter().map(|it| it.id);
    if text == "all" {
        return Ok(Methods(ids().collect()));
    }
    match ids().find(|id| *id == text) {
        Some(id) => Ok(Methods(vec![id])),
        None => {
            Err(format!("expected all, or one of {}; found {text:?}", ids().collect::<Vec<_>>().join(", ")))
        }
    }
}

/// A size: `4096`, `64KiB`, `128MiB`, `1GiB`, `500kB`, `2GB`.
pub(super) fn size(text: &str) -> Result<u64, String> {
    let wrong = || format!("expected a size like 128MiB, found {text:?}");
    let digits = text.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(text.len());
    let number: u64 = text[..digits].parse().map_err(|_| wrong())?;
    let factor: u64 = match text[digits..].trim_start().to_ascii_lowercase().as_str() {
        "" | "b" => 1,
        "kb" => 1_000,
        "mb" => 1_000_000,
        "gb" => 1_000_000_000,
        "k" | "kib" => 1 << 10,
        "m" | "mib" => 1 << 20,
        "g" | "gib" => 1 << 30,
        _ => return Err(wrong()),
    };
    match number.checked_mul(factor) {
        Some(0) => Err("expected a size above 0".into()),
        Some(size) => Ok(size),
        None => Err(wrong()),
    }
}

/// A share from 0 to 1.
pub(super) fn share(text: &str) -> Result<f64, String> {
    let share = text.parse().ok().filter(|share| (0.0..=1.0).contains(share));
    share.ok_or_else(|| format!("expected a share from 0 to 1, found {text:?}"))
}

/// One ASCII character that can stand between fields.
pub(super) fn delimiter(text: &str) -> Result<u8, String> {
    match text {
        "tab" | "\\t" => Ok(b'\t'),
        "space" => Ok(b' '),
        _ => one(text),
    }
}

/// One ASCII character that can quote a field, or `none`.
pub(super) fn quote(text: &str) -> Result<Quote, String> {
    if text == "none" { Ok(Quote(None)) } else { one(text).map(|byte| Quote(Some(byte))) }
}

fn one(text: &str) -> Result<u8, String> {
    match text.as_bytes() {
        &[byte]
            if byte == b'\t'
                || (byte.is_ascii() && !byte.is_ascii_control()) && !byte.is_ascii_alphanumeric() =>
        {
            Ok(byte)
        }
        _ => Err(format!("expected one ASCII character that is no letter or digit, found {text:?}")),
    }
}

/// `column=type`.
pub(super) fn column_type(text: &str) -> Result<(String, Type), String> {
    let (column, word) =
        text.rsplit_once('=').ok_or_else(|| format!("expected column=type, found {text:?}"))?;
    if column.is_empty() {
        return Err(format!("expected a column before \"=\", found {text:?}"));
    }
    let ty = match word {
        "boolean" => Type::Boolean,
        "integer" => Type::Integer,
        "float" | "number" => Type::Float,
        "text" | "string" => Type::Text,
        "date" => Type::Date,
        "timestamp" => Type::Timestamp { unit: TimeUnit::Micro, zoned: false },
        "timestamptz" => Type::Timestamp { unit: TimeUnit::Micro, zoned: true },
        "time" => Type::Time,
        "duration" => Type::Duration,
        "json" => Type::Json,
        "list" => Type::List,
        _ => decimal(word).ok_or_else(|| {
            format!(
                "unknown type {word:?}; known are boolean, integer, decimal(N), float, text, date, timestamp, \
                 timestamptz, time, duration, list, json"
            )
        })?,
    };
    Ok((column.into(), ty))
}

fn decimal(word: &str) -> Option<Type> {
    let scale: u8 = word.strip_prefix("decimal(")?.strip_suffix(')')?.parse().ok()?;
    (scale <= 38).then_some(Type::Decimal(scale))
}

/// `table=file`.
pub(super) fn table(text: &str) -> Result<(String, PathBuf), String> {
    match text.split_once('=') {
        Some((table, file)) if !table.is_empty() && !file.is_empty() => Ok((table.into(), file.into())),
        _ => Err(format!("expected table=file, found {text:?}")),
    }
}

/// A day or a moment in ISO 8601, as it was given.
pub(super) fn time(text: &str) -> Result<String, String> {
    let day = chrono::NaiveDate::parse_from_str(text, "%Y-%m-%d").is_ok();
    let local = chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f").is_ok();
    if day || local || chrono::DateTime::parse_from_rfc3339(text).is_ok() {
        Ok(text.into())
    } else {
        Err(format!("expected a time like 2026-01-31 or 2026-01-31T12:00:00Z, found {text:?}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_units() {
        let table = [
            ("4096", Some(4096)),
            ("128MiB", Some(128 << 20)),
            ("1 GiB", Some(1 << 30)),
            ("2gb", Some(2_000_000_000)),
            ("64k", Some(65_536)),
            ("0", None),
            ("", None),
            ("MiB", None),
            ("-1", None),
            ("1.5GiB", None),
            ("12parsecs", None),
            ("99999999999999GiB", None),
        ];
        for (text, wanted) in table {
            assert_eq!(size(text).ok(), wanted, "{text:?}");
        }
    }

    #[test]
    fn a_delimiter_is_one_character() {
        assert_eq!(delimiter("tab"), Ok(b'\t'));
        assert_eq!(delimiter("\\t"), Ok(b'\t'));
        assert_eq!(delimiter(";"), Ok(b';'));
        assert!(["", ",,", "é", "a", "7", "\n"].iter().all(|text| delimiter(text).is_err()));
        assert_eq!(quote("none"), Ok(Quote(None)));
        assert_eq!(quote("'"), Ok(Quote(Some(b'\''))));
    }

    #[test]
    fn a_type_belongs_to_a_column() {
        assert_eq!(column_type("zip=text"), Ok(("zip".into(), Type::Text)));
        assert_eq!(column_type("a=b=decimal(2)"), Ok(("a=b".into(), Type::Decimal(2))));
        for text in ["zip", "=text", "zip=", "zip=words", "zip=decimal(99)", "zip=decimal"] {
            assert!(column_type(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn a_table_has_a_file() {
        assert_eq!(table("c=a=b.csv"), Ok(("c".into(), "a=b.csv".into())));
        assert!(["", "c", "=f", "c="].iter().all(|text| table(text).is_err()));
    }

    #[test]
    fn a_time_is_a_day_or_a_moment() {
        for text in
            ["2026-01-31", "2026-01-31T12:00:00", "2026-01-31T12:00:00.5Z", "2026-01-31T12:00:00+01:00"]
        {
            assert_eq!(time(text).as_deref(), Ok(text));
        }
        assert!(["", "today", "2026-02-31", "31.01.2026"].iter().all(|text| time(text).is_err()));
    }
}
