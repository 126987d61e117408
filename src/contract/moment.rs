//! Dates, timestamps and times in ISO 8601 text → counts from 1970 or from midnight, for bounds and lists of values.

use crate::cell::strptime::zone;
use crate::cell::temporal::{civil_from_days, days_from_civil};

/// Nanoseconds in a day.
pub(super) const DAY: i128 = 86_400_000_000_000;

/// `2024-01-31`, `2024-01-31T09:30`, `2024-01-31 09:30:00.5+02:00` → nanoseconds since 1970-01-01T00:00 (UTC where a zone
/// is given, else as it stands).
pub(super) fn nanoseconds(text: &str) -> Option<i128> {
    let date = text.get(..10)?;
    let days = days(date)?;
    let rest = &text[10..];
    if rest.is_empty() {
        return Some(days * DAY);
    }
    let rest = rest.strip_prefix(['T', 't', ' '])?;
    let (time, offset) = match rest.find(['Z', 'z', '+', '-']) {
        Some(at) => (&rest[..at], zone(&rest[at..])?),
        None => (rest, 0),
    };
    Some(days * DAY + i128::from(clock(time)?) - offset)
}

/// `09:30`, `09:30:00.25` → microseconds since midnight; finer digits are cut.
pub(super) fn microseconds(text: &str) -> Option<i64> {
    clock(text).map(|nanoseconds| nanoseconds / 1_000)
}

/// `2024-01-31` → days since 1970-01-01.
pub(super) fn days(date: &str) -> Option<i128> {
    let mut parts = date.split('-');
    let year = i64::from(digits(parts.next()?, 4)?);
    let month = digits(parts.next()?, 2).filter(|month| (1..=12).contains(month))?;
    let day = digits(parts.next()?, 2)?;
    let days = days_from_civil(year, month, day);
    // A day that its month does not have is one of the next month.
    let exists = civil_from_days(days) == (year, month, day) && parts.next().is_none();
    exists.then_some(i128::from(days))
}

fn clock(time: &str) -> Option<i64> {
    let mut parts = time.split(':');
    let hour = digits(parts.next()?, 2).filter(|&hour| hour < 24)?;
    let minute = digits(parts.next()?, 2).filter(|&minute| minute < 60)?;
    let (second, fraction) = match parts.next() {
        Some(seconds) => seconds.split_once('.').unwrap_or((seconds, "0")),
        None => ("00", "0"),
    };
    let second = digits(second, 2).filter(|&second| second < 60)?;
    if parts.next().is_some() || fraction.is_empty() || !fraction.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let nanoseconds: i64 = format!("{:0<9.9}", fraction).parse().ok()?;
    Some(i64::from(hour * 3_600 + minute * 60 + second) * 1_000_000_000 + nanoseconds)
}

/// A number of exactly so many digits.
pub(super) fn digits(text: &str, width: usize) -> Option<u32> {
    let right = text.len() == width && text.bytes().all(|b| b.is_ascii_digit());
    if right { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn iso_text_is_read() {
        let table = [
            ("1970-01-01", Some(0)),
            ("1969-12-31", Some(-DAY)),
            ("2024-02-29", Some(19_782 * DAY)),
            ("2023-02-29", None),
            ("2024-13-02", None),
            ("2024-1-02", None),
            ("1970-01-01T00:00:01", Some(1_000_000_000)),
            ("1970-01-01 00:00:00.000000001Z", Some(1)),
            ("1970-01-01T02:00:00+02:00", Some(0)),
            ("1970-01-01T02:00:00+0200", Some(0)),
            ("1969-12-31T22:00-02", Some(0)),
            ("1970-01-01T24:00", None),
            ("1970-01-01T00:00+", None),
            ("1970-01-01T", None),
            ("1970-01-01x", None),
            ("übér-01-01", None),
            ("", None),
        ];
        for (text, count) in table {
            assert_eq!(nanoseconds(text), count, "{text}");
        }
        assert_eq!(microseconds("00:00:01.25"), Some(1_250_000));
        assert_eq!(microseconds("25:00"), None);
        assert_eq!(microseconds("01:00:00:00"), None);
    }
}
