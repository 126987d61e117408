//! Encoded content, and moments as RFC 3339 writes them.

use super::super::moment::{days, digits};

/// RFC 4648, 4: the standard alphabet, padded to groups of four.
pub(super) fn is_base64(text: &str) -> bool {
    let body = text.strip_suffix("==").or_else(|| text.strip_suffix('=')).unwrap_or(text);
    text.len().is_multiple_of(4)
        && !text.is_empty()
        && body.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/'))
}

/// Hexadecimal digits, an even number of them.
pub(super) fn is_hex(text: &str) -> bool {
    !text.is_empty() && text.len().is_multiple_of(2) && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// 128 bits in hexadecimal.
pub(super) fn is_md5(text: &str) -> bool {
    text.len() == 32 && is_hex(text)
}

/// 160 bits in hexadecimal.
pub(super) fn is_sha1(text: &str) -> bool {
    text.len() == 40 && is_hex(text)
}

/// 256 bits in hexadecimal.
pub(super) fn is_sha256(text: &str) -> bool {
    text.len() == 64 && is_hex(text)
}

/// RFC 8259.
pub(super) fn is_json(text: &str) -> bool {
    serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok()
}

/// RFC 3339, 5.6, `date-time`: a date, `T`, a time with its offset.
pub(super) fn is_date_time(text: &str) -> bool {
    let at = text.find(['T', 't']).unwrap_or(0);
    at > 0 && is_date(&text[..at]) && is_time(&text[at + 1..])
}

/// RFC 3339, 5.6, `full-date`.
pub(super) fn is_date(text: &str) -> bool {
    days(text).is_some()
}

/// RFC 3339, 5.6, `full-time`: with its offset; a leap second is taken.
pub(super) fn is_time(text: &str) -> bool {
    let (clock, offset) = match text.strip_suffix(['Z', 'z']) {
        Some(clock) => (clock, None),
        None => match text.rfind(['+', '-']) {
            Some(at) => (&text[..at], Some(&text[at + 1..])),
            None => return false,
        },
    };
    let is_minutes = |text: &str| {
        let (hour, minute) = text.split_once(':')?;
        (digits(hour, 2)? < 24 && digits(minute, 2)? < 60).then_some(())
    };
    let (whole, fraction) = clock.split_once('.').map_or((clock, None), |(whole, part)| (whole, Some(part)));
    let Some((minutes, second)) = whole.rsplit_once(':') else { return false };
    is_minutes(minutes).is_some()
        && digits(second, 2).is_some_and(|second| second <= 60)
        && fraction.is_none_or(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
        && offset.is_none_or(|offset| is_minutes(offset).is_some())
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use super::*;

    #[test]
    fn encoded_content() {
        check(is_base64, &["TWFu", "TWE=", "TQ=="], &["", "TWF", "TWF*", "T===", "=AAA"]);
        check(is_hex, &["00ff", "AB"], &["", "abc", "0x00"]);
        check(is_md5, &["d41d8cd98f00b204e9800998ecf8427e"], &["d41d8cd98f00b204e9800998ecf8427"]);
        check(is_sha1, &[&"a".repeat(40)], &[&"g".repeat(40)]);
        check(is_sha256, &[&"0".repeat(64)], &[&"0".repeat(63)]);
        check(is_json, &["1", "{\"a\": [null]}", "\"x\""], &["", "{a: 1}", "[1,]", "1 2"]);
    }

    #[test]
    fn moments() {
        check(
            is_date_time,
            &[
                "2024-02-29T12:00:00Z",
                "1990-12-31T23:59:60Z",
                "1937-01-01T12:00:27.87+00:20",
                "2024-01-01t00:00:00-08:00",
            ],
            &[
                "2023-02-29T12:00:00Z",
                "2024-01-01 00:00:00Z",
                "2024-01-01T00:00:00",
                "2024-01-01T24:00:00Z",
                "2024-01-01T00:00:00.Z",
                "2024-1-1T00:00:00Z",
                "T00:00:00Z",
                "é2024-01-01T00:00:00Z",
            ],
        );
        check(
            is_date,
            &["2000-02-29"],
            &["1900-02-29", "2024-00-10", "2024-04-31", "24-01-01", "2024-01-01-"],
        );
        check(
            is_time,
            &["00:00:00Z", "23:59:59.5+01:00"],
            &["00:00:00", "00:00Z", "00:00:61Z", "00:00:00+1"],
        );
    }
}
