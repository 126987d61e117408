//! How the time behind a date has to be written, where a pattern says so: bits among a column's formats.

use super::{Parsed, SECONDS};

/// A `T` before the time.
const TEE: u32 = 1 << 22;
/// A blank before the time.
const BLANK: u32 = 1 << 23;
/// No seconds.
const MINUTES: u32 = 1 << 24;
/// Four bits for the digits behind the second's point: any where all are 0.
const DIGITS: u32 = 25;
const NO_DIGITS: u32 = 1 << DIGITS;
const SOME_DIGITS: u32 = 15 << DIGITS;
/// A zone.
const ZONE: u32 = 1 << 29;
/// No zone.
const LOCAL: u32 = 1 << 30;
/// All of these bits.
pub(super) const ALL: u32 = TEE | BLANK | MINUTES | 15 << DIGITS | ZONE | LOCAL;

/// What a pattern in the letters of JDK, or in strptime's directives, says of the time; 0 for one without a time. What stands in
/// brackets may be there or not.
pub(super) fn bits(pattern: &str) -> u32 {
    let is_strptime = pattern.contains('%');
    let hours =
        if is_strptime { pattern.find("%H").or_else(|| pattern.find("%T")) } else { pattern.find("HH") };
    let Some((before, time)) = hours.map(|at| pattern.split_at(at)) else { return 0 };
    let start = match before.trim_end_matches('\'').chars().last() {
        Some('T') => TEE,
        Some(' ') => BLANK,
        _ => 0,
    };
    let minutes = time.strip_prefix("HH:mm").or_else(|| time.strip_prefix("%H:%M"));
    let to_the_second =
        minutes.and_then(|left| left.strip_prefix(":ss").or_else(|| left.strip_prefix(":%S")));
    let (seconds, left) = match (minutes, to_the_second.or_else(|| time.strip_prefix("%T"))) {
        (_, Some(left)) => (SECONDS, left),
        (Some(left), None) => (if left.starts_with('[') { 0 } else { MINUTES }, left),
        (None, None) => return start,
    };
    let (digits, zone) = fraction(left);
    start | seconds | digits | self::zone(zone)
}

/// The digits behind the second's point, and what follows them.
fn fraction(left: &str) -> (u32, &str) {
    if let Some(optional) = left.strip_prefix("[.").or_else(|| left.strip_prefix("[,")) {
        return (0, optional.split_once(']').map_or("", |it| it.1));
    }
    let Some(digits) = left.strip_prefix(['.', ',']) else { return (NO_DIGITS, left) };
    if let Some(zone) = digits.strip_prefix("%f") {
        return (SOME_DIGITS, zone);
    }
    let zone = digits.trim_start_matches('S');
    match (digits.len() - zone.len()) as u32 {
        n @ 1..=9 => ((n + 1) << DIGITS, zone),
        _ => (0, zone),
    }
}

fn zone(left: &str) -> u32 {
    match left.trim() {
        "" => LOCAL,
        left if left.contains(['[', 'z', 'V', 'O']) && !left.contains("%z") => 0,
        left if left.contains(['X', 'x', 'Z']) || left.contains("%z") => ZONE,
        _ => 0,
    }
}

/// Whether the time of a text that was read is written as these bits say.
pub(super) fn holds(text: &[u8], parsed: Parsed, bits: u32) -> bool {
    let Some(at) = text.iter().position(|it| matches!(it, b'T' | b't' | b' ')) else { return false };
    let separator = text[at];
    let has_seconds = text.get(at + 6) == Some(&b':');
    let digits = bits >> DIGITS & 15;
    let is_written = |bit: u32, is: bool| bits & bit == 0 || is;
    is_written(TEE, separator == b'T')
        && is_written(BLANK, separator == b' ')
        && is_written(MINUTES, !has_seconds)
        && is_written(SECONDS, has_seconds)
        && is_written(ZONE, parsed.zoned)
        && is_written(LOCAL, !parsed.zoned)
        && match digits {
            0 => true,
            15 => parsed.fraction > 0,
            n => u32::from(parsed.fraction) + 1 == n,
        }
}

#[cfg(test)]
mod tests {
    use super::super::{TimeUnit, format_bit, timestamp};

    /// As Java's `DateTimeFormatter` and Python's `strptime` have it.
    #[test]
    fn timestamps_are_written_as_their_pattern_says() {
        // pattern, texts of it, texts that are not
        let table: [(&str, &[&str], &[&str]); 9] = [
            (
                "yyyy-MM-dd HH:mm:ss",
                &["2024-01-02 10:11:12"],
                &[
                    "2024-01-02T10:11:12",
                    "2024-01-02 10:11",
                    "2024-01-02 10:11:12.5",
                    "2024-01-02 10:11:12Z",
                    "2024-01-02 10:11:12+02:00",
                    "2024-01-02",
                ],
            ),
            (
                "yyyy-MM-dd'T'HH:mm:ssZ",
                &["2024-01-02T10:11:12+0200"],
                &["2024-01-02 10:11:12+0200", "2024-01-02T10:11:12"],
            ),
            (
                "yyyy-MM-dd'T'HH:mm:ss.SSSXXX",
                &["2024-01-02T10:11:12.123Z", "2024-01-02T10:11:12.123+02:00"],
                &["2024-01-02T10:11:12Z", "2024-01-02T10:11:12.12Z", "2024-01-02T10:11:12.123"],
            ),
            (
                "%Y-%m-%dT%H:%M:%S",
                &["2024-01-02T10:11:12"],
                &["2024-01-02 10:11:12", "2024-01-02T10:11:12Z", "2024-01-02T10:11:12.123"],
            ),
            ("%Y-%m-%d %H:%M:%S.%f", &["2024-01-02 10:11:12.5"], &["2024-01-02 10:11:12"]),
            ("%d/%m/%Y %H:%M", &["31/01/2024 10:11"], &["31/01/2024 10:11:12", "31/01/2024T10:11"]),
            ("dd/MM/yyyy HH:mm", &["31/01/2024 10:11"], &["31/01/2024 10:11:12"]),
            (
                super::super::TO_THE_SECOND,
                &["2024-01-02T10:11:12", "2024-01-02 10:11:12.5", "2024-01-02T10:11:12+02:00"],
                &["2024-01-02T10:11", "2024-01-02"],
            ),
            ("ISO8601", &["2024-01-02T10:11", "2024-01-02 10:11:12.5Z", "2024-01-02"], &[]),
        ];
        for (pattern, good, bad) in table {
            let formats = format_bit(pattern).unwrap_or_else(|| panic!("{pattern}"));
            let reads = |text: &str| timestamp(text.as_bytes(), formats, TimeUnit::Micro).is_some();
            assert!(good.iter().all(|it| reads(it)), "{pattern} {formats:b}");
            for text in bad {
                assert!(!reads(text), "{pattern} {text}");
            }
        }
    }
}
