//! Dates, timestamps and times from text and back: an own ISO 8601 path and the few other orders that files hold.

mod form;
mod show;

pub use show::show;

use super::types::TimeUnit;

/// The date formats, by bit, as strftime patterns. A timestamp is one of the numeric ones, `T` or a blank, and a time.
pub const FORMATS: [&str; 10] = [
    "%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%m-%d-%Y",
    "%b %d %Y", "%d %b %Y",
];

/// The bits of all formats.
pub const ANY: u32 = (1 << FORMATS.len()) - 1;
/// The bits of the two orders of `/` dates, where a day up to 12 leaves it open which is the month.
pub const SLASH: (u32, u32) = (1 << 4, 1 << 5);
/// The same for `-`.
pub const DASH: (u32, u32) = (1 << 6, 1 << 7);

/// The bit that lets timestamps be read only with a time to the second.
const SECONDS: u32 = 1 << 16;
/// The pattern of timestamps that have to have a time to the second, and may have more.
pub const TO_THE_SECOND: &str = "yyyy-MM-dd['T'][ ]HH:mm:ss[.SSSSSSSSS][XXX]";

/// The bit of a format given as a JDK (`yyyy-MM-dd`) or strftime (`%Y-%m-%d`) pattern; `None` for what is not read.
pub fn format_bit(pattern: &str) -> Option<u32> {
    if pattern == TO_THE_SECOND {
        return Some(1 | SECONDS);
    }
    let date = pattern.split(['T', '\'', '[']).next().unwrap_or_default();
    let date = date.split(" HH").next().unwrap_or_default().split(" %H").next().unwrap_or_default().trim();
    let strftime = match date {
        "yyyy-MM-dd" | "uuuu-MM-dd" | "YYYY-MM-DD" | "%F" | "ISO8601" | "iso8601" => "%Y-%m-%d",
        "yyyy/MM/dd" | "YYYY/MM/DD" => "%Y/%m/%d",
        "yyyy.MM.dd" => "%Y.%m.%d",
        "dd.MM.yyyy" | "d.M.yyyy" | "DD.MM.YYYY" => "%d.%m.%Y",
        "dd/MM/yyyy" | "d/M/yyyy" | "DD/MM/YYYY" => "%d/%m/%Y",
        "MM/dd/yyyy" | "M/d/yyyy" | "MM/DD/YYYY" => "%m/%d/%Y",
        "dd-MM-yyyy" | "DD-MM-YYYY" => "%d-%m-%Y",
        "MM-dd-yyyy" | "MM-DD-YYYY" => "%m-%d-%Y",
        "MMM d yyyy" | "MMM dd yyyy" => "%b %d %Y",
        "d MMM yyyy" | "dd MMM yyyy" | "dd-MMM-yyyy" => "%d %b %Y",
        other => other,
    };
    FORMATS.iter().position(|it| *it == strftime).map(|bit| 1 << bit | form::bits(pattern))
}

/// A date and the formats it can be read in, among those allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parsed {
    /// Days, or the unit's count, since 1970.
    pub value: i64,
    /// The bits of the formats that read it; where there are two, `value` is by the lower bit.
    pub formats: u32,
    /// Digits behind the second's point.
    pub fraction: u8,
    /// Whether a zone was given.
    pub zoned: bool,
}

/// A date in one of the allowed formats.
#[inline]
pub fn date(text: &[u8], allowed: u32) -> Option<Parsed> {
    if let (Some(day), 1) = (text.first_chunk::<10>().filter(|_| text.len() == 10), allowed & 1)
        && let Some(value) = iso_day(day)
    {
        return Some(Parsed { value, formats: 1, fraction: 0, zoned: false });
    }
    let (value, formats, rest) = date_prefix(text, allowed)?;
    if rest.is_empty() { Some(Parsed { value, formats, fraction: 0, zoned: false }) } else { None }
}

/// A date and a time; a date alone is its midnight.
#[inline]
pub fn timestamp(text: &[u8], allowed: u32, unit: TimeUnit) -> Option<Parsed> {
    let parsed = moment(text, allowed, unit)?;
    (allowed & form::ALL == 0 || form::holds(text, parsed, allowed)).then_some(parsed)
}

/// The same, however its time is written.
#[inline]
fn moment(text: &[u8], allowed: u32, unit: TimeUnit) -> Option<Parsed> {
    if let Some(parsed) = iso_moment(text, allowed, unit) {
        return Some(parsed);
    }
    let (days, formats, rest) = date_prefix(text, allowed)?;
    // A blank or T, HH:MM, and the colon before the seconds.
    if allowed & SECONDS != 0 && rest.get(6) != Some(&b':') {
        return None;
    }
    let per_second = unit.per_second();
    let midnight = days.checked_mul(86_400)?.checked_mul(per_second)?;
    if rest.is_empty() {
        return Some(Parsed { value: midnight, formats, fraction: 0, zoned: false });
    }
    if !matches!(rest[0], b'T' | b't' | b' ') {
        return None;
    }
    let (seconds, nanos, fraction, rest) = clock(&rest[1..])?;
    let (offset, zoned) = zone(rest)?;
    let of_day = (seconds - offset) * per_second + nanos / (1_000_000_000 / per_second);
    Some(Parsed { value: midnight.checked_add(of_day)?, formats, fraction, zoned })
}

/// `YYYY-MM-DD` as days since 1970, the way that almost all files write it; `None` for everything else.
#[inline]
fn iso_day(text: &[u8; 10]) -> Option<i64> {
    let digit = |at: usize| u32::from(text[at].wrapping_sub(b'0'));
    let digits = [0, 1, 2, 3, 5, 6, 8, 9].map(digit);
    if text[4] != b'-' || text[7] != b'-' || digits.iter().any(|&digit| digit > 9) {
        return None;
    }
    let [a, b, c, d, e, f, g, h] = digits;
    let (year, month, day) = (a * 1000 + b * 100 + c * 10 + d, e * 10 + f, g * 10 + h);
    valid(year, month, day).then(|| civil(year, month, day))
}

/// `YYYY-MM-DDTHH:MM:SS`, with a blank for the `T` and a `Z` behind it or not; `None` for everything else.
#[inline]
fn iso_moment(text: &[u8], allowed: u32, unit: TimeUnit) -> Option<Parsed> {
    let zoned = text.len() == 20 && text[19] == b'Z';
    if allowed & 1 == 0 || !(text.len() == 19 || zoned) || !matches!(text[10], b'T' | b' ') {
        return None;
    }
    let days = iso_day(text.first_chunk()?)?;
    let digit = |at: usize| u32::from(text[at].wrapping_sub(b'0'));
    let digits = [11, 12, 14, 15, 17, 18].map(digit);
    if text[13] != b':' || text[16] != b':' || digits.iter().any(|&digit| digit > 9) {
        return None;
    }
    let [a, b, c, d, e, f] = digits;
    let (hours, minutes, seconds) = (a * 10 + b, c * 10 + d, e * 10 + f);
    if hours > 23 || minutes > 59 || seconds > 60 {
        return None;
    }
    let value =
        (days * 86_400 + i64::from(hours * 3600 + minutes * 60 + seconds)).checked_mul(unit.per_second())?;
    Some(Parsed { value, formats: 1, fraction: 0, zoned })
}

/// A time of day, in microseconds.
pub fn time(text: &[u8]) -> Option<i64> {
    let (seconds, nanos, _, rest) = clock(text)?;
    if rest.is_empty() { Some(seconds * 1_000_000 + nanos / 1_000) } else { None }
}

/// Days since 1970-01-01 of a day of the proleptic Gregorian calendar (Hinnant, "chrono-compatible low-level date
/// algorithms").
pub fn days_from_civil(year: i64, month: u32, day: u32) -> i64 {
    let y = if month <= 2 { year - 1 } else { year };
    let era = y.div_euclid(400);
    let of_era = y.rem_euclid(400);
    let of_year = (153 * (i64::from(month) + if month > 2 { -3 } else { 9 }) + 2) / 5 + i64::from(day) - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// The day of days since 1970-01-01: year, month, day.
pub fn civil_from_days(days: i64) -> (i64, u32, u32) {
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let of_era = z.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let mp = (5 * of_year + 2) / 153;
    let month = if mp < 10 { mp + 3 } else { mp - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month as u32, (of_year - (153 * mp + 2) / 5 + 1) as u32)
}

fn number(text: &[u8]) -> (u32, usize) {
    let mut value = 0;
    let mut n = 0;
    while n < text.len() && n < 4 && text[n].is_ascii_digit() {
        value = value * 10 + u32::from(text[n] - b'0');
        n += 1;
    }
    (value, n)
}

/// The days of a month, 1 to 12, of the Gregorian calendar.
pub fn days_in(year: u32, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 31,
    }
}

fn valid(year: u32, month: u32, day: u32) -> bool {
    (1..=12).contains(&month) && day >= 1 && day <= days_in(year, month)
}

/// [`days_from_civil`] of the years 0 to 9999, in 32 bits.
#[inline]
fn civil(year: u32, month: u32, day: u32) -> i64 {
    let (y, m) = if month <= 2 { (year + 399, month + 9) } else { (year + 400, month - 3) };
    let days = y * 365 + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day;
    i64::from(days) - 719_469 - 146_097
}

fn date_prefix(text: &[u8], allowed: u32) -> Option<(i64, u32, &[u8])> {
    let first = *text.first()?;
    if first.is_ascii_alphabetic() {
        return named_month_first(text, allowed);
    }
    let (a, n_a) = number(text);
    let separator = *text.get(n_a)?;
    let rest = &text[n_a + 1..];
    let numeric = matches!(separator, b'-' | b'/' | b'.');
    if n_a == 4 && numeric {
        let (b, n_b) = number(rest);
        if n_b == 0 || n_b > 2 || rest.get(n_b) != Some(&separator) {
            return None;
        }
        let rest = &rest[n_b + 1..];
        let (c, n_c) = number(rest);
        // ISO dates have two digits each; the others are often written without leading zeros.
        let strict = separator == b'-';
        let bit = match separator {
            b'-' => 1,
            b'/' => 1 << 1,
            _ => 1 << 2,
        };
        if n_c == 0 || n_c > 2 || (strict && (n_b != 2 || n_c != 2)) || bit & allowed == 0 || !valid(a, b, c)
        {
            return None;
        }
        return Some((civil(a, b, c), bit, &rest[n_c..]));
    }
    if n_a == 0 || n_a > 2 {
        return None;
    }
    if matches!(separator, b' ' | b'-') && rest.first().is_some_and(u8::is_ascii_alphabetic) {
        return named_month_second(a, separator, rest, allowed);
    }
    if !numeric {
        return None;
    }
    let (b, n_b) = number(rest);
    if n_b == 0 || n_b > 2 || rest.get(n_b) != Some(&separator) {
        return None;
    }
    let rest = &rest[n_b + 1..];
    let (year, n_year) = number(rest);
    if n_year != 4 {
        return None;
    }
    let (day_first, month_first) = match separator {
        b'.' => (1 << 3, 0),
        b'/' => SLASH,
        _ => DASH,
    };
    let dmy = day_first & allowed != 0 && valid(year, b, a);
    let mdy = month_first & allowed != 0 && valid(year, a, b);
    let formats = if dmy { day_first } else { 0 } | if mdy { month_first } else { 0 };
    let value = if dmy {
        civil(year, b, a)
    } else if mdy {
        civil(year, a, b)
    } else {
        return None;
    };
    Some((value, formats, &rest[4..]))
}

/// The months in English, lower case.
pub const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The month of a word (`Jan`, `January`, any case) and the word's length.
fn month_word(text: &[u8]) -> Option<(u32, usize)> {
    let n = text.iter().take(10).take_while(|b| b.is_ascii_alphabetic()).count();
    if n < 3 {
        return None;
    }
    let at = MONTHS.iter().position(|month| {
        (n == 3 || n == month.len()) && month.as_bytes()[..n].eq_ignore_ascii_case(&text[..n])
    })?;
    Some((at as u32 + 1, n))
}

fn named_month_first(text: &[u8], allowed: u32) -> Option<(i64, u32, &[u8])> {
    let (month, n) = month_word(text)?;
    let rest = text[n..].strip_prefix(b" ")?;
    let (day, n_day) = number(rest);
    let rest = &rest[n_day..];
    let rest = rest.strip_prefix(b", ").or_else(|| rest.strip_prefix(b" "))?;
    let (year, n_year) = number(rest);
    let bit = 1 << 8;
    if n_day == 0 || n_day > 2 || n_year != 4 || bit & allowed == 0 || !valid(year, month, day) {
        return None;
    }
    Some((civil(year, month, day), bit, &rest[4..]))
}

fn named_month_second(day: u32, separator: u8, text: &[u8], allowed: u32) -> Option<(i64, u32, &[u8])> {
    let (month, n) = month_word(text)?;
    let rest = text[n..].strip_prefix(&[separator])?;
    let (year, n_year) = number(rest);
    let bit = 1 << 9;
    if n_year != 4 || bit & allowed == 0 || !valid(year, month, day) {
        return None;
    }
    Some((civil(year, month, day), bit, &rest[4..]))
}

fn two(text: &[u8]) -> Option<i64> {
    match text {
        [a, b, ..] if a.is_ascii_digit() && b.is_ascii_digit() => {
            Some(i64::from(a - b'0') * 10 + i64::from(b - b'0'))
        }
        _ => None,
    }
}

/// `HH:MM`, `HH:MM:SS` or `HH:MM:SS.f…`: seconds, nanoseconds, digits of the fraction, rest.
fn clock(text: &[u8]) -> Option<(i64, i64, u8, &[u8])> {
    let hours = two(text)?;
    let rest = text[2..].strip_prefix(b":")?;
    let minutes = two(rest)?;
    let rest = &rest[2..];
    if hours > 23 || minutes > 59 {
        return None;
    }
    let Some(rest) = rest.strip_prefix(b":") else {
        return Some((hours * 3600 + minutes * 60, 0, 0, rest));
    };
    let seconds = two(rest)?;
    if seconds > 60 {
        return None;
    }
    let rest = &rest[2..];
    let total = hours * 3600 + minutes * 60 + seconds;
    let (Some(b'.' | b','), Some(b'0'..=b'9')) = (rest.first(), rest.get(1)) else {
        return Some((total, 0, 0, rest));
    };
    let n = rest[1..].iter().take_while(|b| b.is_ascii_digit()).count();
    if n > 9 {
        return None;
    }
    let mut nanos = 0;
    for i in 0..9 {
        nanos = nanos * 10 + if i < n { i64::from(rest[1 + i] - b'0') } else { 0 };
    }
    Some((total, nanos, n as u8, &rest[1 + n..]))
}

/// Nothing, `Z`, ` UTC` or an offset: seconds east of UTC, and whether a zone was given.
fn zone(text: &[u8]) -> Option<(i64, bool)> {
    match text {
        b"" => return Some((0, false)),
        b"Z" | b"z" | b" UTC" | b"UTC" | b" Z" => return Some((0, true)),
        _ => {}
    }
    let text = text.strip_prefix(b" ").unwrap_or(text);
    let sign = match text.first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let hours = two(&text[1..])?;
    let rest = &text[3..];
    let minutes = match rest {
        b"" => 0,
        [b':', rest @ ..] if rest.len() == 2 => two(rest)?,
        rest if rest.len() == 2 => two(rest)?,
        _ => return None,
    };
    if hours > 23 || minutes > 59 { None } else { Some((sign * (hours * 3600 + minutes * 60), true)) }
}

#[cfg(test)]
mod tests {
    use super::super::types::Type;
    use super::*;

    #[test]
    fn dates_in_their_formats() {
        let cases: [(&str, Option<(&str, u32)>); 22] = [
            ("2024-01-02", Some(("2024-01-02", 1))),
            ("2024-13-02", None),
            ("2023-02-29", None),
            ("2024-02-29", Some(("2024-02-29", 1))),
            ("1900-02-29", None),
            ("2000/1/5", Some(("2000-01-05", 2))),
            ("2000-1-5", None),
            ("01.04.2024", Some(("2024-04-01", 8))),
            ("01/04/2024", Some(("2024-04-01", 48))),
            ("31/04/2024", None),
            ("31/12/2024", Some(("2024-12-31", 16))),
            ("12/31/2024", Some(("2024-12-31", 32))),
            ("12-31-2024", Some(("2024-12-31", 128))),
            ("Jan 1 2000", Some(("2000-01-01", 256))),
            ("June 12, 1998", Some(("1998-06-12", 256))),
            ("12-Jun-1998", Some(("1998-06-12", 512))),
            ("12 June 1998", Some(("1998-06-12", 512))),
            ("Jux 12 1998", None),
            ("2024", None),
            ("2024-01-02x", None),
            ("", None),
            ("-1-1-2000", None),
        ];
        for (text, expected) in cases {
            let found = date(text.as_bytes(), ANY).map(|it| (show(it.value, Type::Date), it.formats));
            assert_eq!(found, expected.map(|(day, bits)| (day.to_owned(), bits)), "{text:?}");
        }
    }

    #[test]
    fn timestamps_with_and_without_zone() {
        let cases = [
            ("2013-01-01T05:00:00Z", Some(("2013-01-01T05:00:00Z", true))),
            ("2013-01-01 05:00:00", Some(("2013-01-01T05:00:00", false))),
            ("2013-01-01T05:00:00+02:00", Some(("2013-01-01T03:00:00Z", true))),
            ("2013-01-01T00:30:00.25-0130", Some(("2013-01-01T02:00:00.25Z", true))),
            ("2013-01-01", Some(("2013-01-01T00:00:00", false))),
            ("1969-12-31T23:59:59.999999", Some(("1969-12-31T23:59:59.999999", false))),
            ("2013-01-01T25:00:00", None),
            ("2013-01-01T05:00:00 Europe", None),
            ("2013-01-01T", None),
        ];
        for (text, expected) in cases {
            let found = timestamp(text.as_bytes(), ANY, TimeUnit::Micro);
            let shown = found.map(|it| {
                (show(it.value, Type::Timestamp { unit: TimeUnit::Micro, zoned: it.zoned }), it.zoned)
            });
            assert_eq!(shown, expected.map(|(text, zoned)| (text.to_owned(), zoned)), "{text:?}");
        }
    }

    #[test]
    fn days_and_civil_dates_are_inverse() {
        for days in (-800_000..800_000).step_by(37) {
            let (y, m, d) = civil_from_days(days);
            assert_eq!(days_from_civil(y, m, d), days);
        }
        for (year, month, day) in
            [(0, 1, 1), (0, 3, 1), (4, 2, 29), (1900, 2, 28), (2000, 2, 29), (2024, 12, 31), (9999, 12, 31)]
        {
            assert_eq!(civil(year, month, day), days_from_civil(i64::from(year), month, day), "{year}");
        }
        assert_eq!(days_from_civil(1970, 1, 1), 0);
        assert_eq!(days_from_civil(2000, 3, 1), 11_017);
    }

    #[test]
    fn patterns_of_contracts_map_to_bits() {
        assert_eq!(format_bit("yyyy-MM-dd"), Some(1));
        assert_eq!(format_bit("dd/MM/yyyy"), Some(16));
        assert_eq!(format_bit("yyyy-MM-dd'T'HH:mm:ss").map(|it| it & ANY), Some(1));
        assert_eq!(format_bit("%d.%m.%Y"), Some(8));
        assert_eq!(format_bit("EEE"), None);
    }

    #[test]
    fn times_of_day() {
        assert_eq!(time(b"00:00"), Some(0));
        assert_eq!(time(b"23:59:59.5"), Some(86_399_500_000));
        assert_eq!(time(b"24:00"), None);
    }
}
