//! Python's `strptime` patterns: a text and a pattern in, a moment out. What a directive takes is what Python 3.11 takes,
//! in the C locale; weekdays and names of zones are read and say nothing.

use super::temporal::{MONTHS, civil_from_days, days_from_civil};

/// Nanoseconds in a day.
const DAY: i128 = 86_400_000_000_000;

/// The days of the week in English, lower case, from Monday on.
pub const WEEKDAYS: [&str; 7] =
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
/// The directives that are read.
const DIRECTIVES: &str = "YmdHIMSfybBaAjpzZ%";

/// What a text holds; what the pattern does not ask for is that of 1900-01-01T00:00.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parsed {
    /// Days since 1970-01-01.
    pub days: i64,
    /// Nanoseconds since midnight.
    pub nanoseconds: i64,
    /// Nanoseconds ahead of UTC; 0 where no zone is given.
    pub offset: i128,
}

impl Parsed {
    /// Nanoseconds from 1970-01-01T00:00 to the beginning of its day.
    pub fn midnight(self) -> i128 {
        i128::from(self.days) * DAY
    }

    /// Nanoseconds since 1970-01-01T00:00, in UTC where a zone is given.
    pub fn moment(self) -> i128 {
        i128::from(self.days) * DAY + i128::from(self.nanoseconds) - self.offset
    }
}

/// The first directive of a pattern that is not read.
pub fn unread(pattern: &str) -> Option<String> {
    let mut chars = pattern.chars();
    while let Some(c) = chars.next() {
        if c != '%' {
            continue;
        }
        match chars.next() {
            Some(directive) if DIRECTIVES.contains(directive) => {}
            other => return Some(other.map_or_else(|| "%".to_owned(), |other| format!("%{other}"))),
        }
    }
    None
}

/// The numbers gathered so far.
#[derive(Default)]
struct Parts {
    year: Option<i64>,
    month: Option<u32>,
    day: Option<u32>,
    of_year: Option<u32>,
    hour: u32,
    half: Option<u32>,
    minute: u32,
    second: u32,
    nanoseconds: i64,
    offset: i128,
    is_afternoon: bool,
}

/// Reads a text by a pattern; `None` where it has not that form, or no such day.
pub fn parse(text: &str, pattern: &str) -> Option<Parsed> {
    let mut parts = Parts::default();
    let mut rest = text;
    let mut chars = pattern.chars().peekable();
    while let Some(c) = chars.next() {
        rest = match c {
            '%' => parts.take(chars.next()?, rest)?,
            c if c.is_whitespace() => {
                while chars.next_if(|c| c.is_whitespace()).is_some() {}
                let trimmed = rest.trim_start();
                (trimmed.len() < rest.len()).then_some(trimmed)?
            }
            c => {
                let mut letters = rest.chars();
                letters.next().filter(|found| found.eq_ignore_ascii_case(&c))?;
                letters.as_str()
            }
        };
    }
    if rest.is_empty() { parts.finish() } else { None }
}

impl Parts {
    /// Takes what a directive takes off the text.
    fn take<'a>(&mut self, directive: char, text: &'a str) -> Option<&'a str> {
        let (value, rest);
        match directive {
            'Y' => {
                (value, rest) = number(text, 4, 4, 0..=9999)?;
                self.year = Some(value.into());
            }
            'y' => {
                (value, rest) = number(text, 2, 2, 0..=99)?;
                self.year = Some(i64::from(value) + if value < 69 { 2000 } else { 1900 });
            }
            'm' => {
                (value, rest) = number(text, 1, 2, 1..=12)?;
                self.month = Some(value);
            }
            'd' => {
                (value, rest) = number(text, 1, 2, 1..=31)?;
                self.day = Some(value);
            }
            'j' => {
                (value, rest) = number(text, 1, 3, 1..=366)?;
                self.of_year = Some(value);
            }
            'H' => (self.hour, rest) = number(text, 1, 2, 0..=23)?,
            'I' => {
                (value, rest) = number(text, 1, 2, 1..=12)?;
                self.half = Some(value);
            }
            'M' => (self.minute, rest) = number(text, 1, 2, 0..=59)?,
            'S' => (self.second, rest) = number(text, 1, 2, 0..=61)?,
            'f' => {
                let length = text.bytes().take(6).take_while(u8::is_ascii_digit).count();
                let digits = text.get(..length).filter(|digits| !digits.is_empty())?;
                self.nanoseconds = format!("{digits:0<9}").parse().ok()?;
                rest = &text[length..];
            }
            'b' | 'B' => {
                let at;
                (at, rest) = name(text, &MONTHS, directive == 'b')?;
                self.month = Some(at as u32 + 1);
            }
            'a' | 'A' => (_, rest) = name(text, &WEEKDAYS, directive == 'a')?,
            'p' => {
                let word = text.get(..2)?.to_ascii_lowercase();
                self.is_afternoon = word == "pm";
                rest = if word == "am" || self.is_afternoon { &text[2..] } else { return None };
            }
            'z' => {
                let is_zone = |c: char| c.is_ascii_digit() || matches!(c, 'Z' | '+' | '-' | ':');
                let end = text.find(|c| !is_zone(c)).unwrap_or(text.len());
                let has_minutes = end > 3 && text.starts_with(['+', '-']);
                (has_minutes || &text[..end] == "Z").then_some(())?;
                self.offset = zone(&text[..end])?;
                rest = &text[end..];
            }
            'Z' => rest = text.strip_prefix("UTC").or_else(|| text.strip_prefix("GMT"))?,
            _ => rest = text.strip_prefix('%')?,
        }
        Some(rest)
    }

    fn finish(self) -> Option<Parsed> {
        let year = self.year.unwrap_or(1900);
        let (month, day) = (self.month.unwrap_or(1), self.day.unwrap_or(1));
        let days = match self.of_year {
            Some(of_year) if self.month.is_none() && self.day.is_none() => {
                days_from_civil(year, 1, 1) + i64::from(of_year) - 1
            }
            _ => {
                let days = days_from_civil(year, month, day);
                (civil_from_days(days) == (year, month, day) && year > 0).then_some(days)?
            }
        };
        let hour = match self.half {
            Some(half) => half % 12 + if self.is_afternoon { 12 } else { 0 },
            None => self.hour,
        };
        // Python's datetime has no leap seconds.
        let seconds = i64::from(hour * 3_600 + self.minute * 60 + self.second);
        let nanoseconds = seconds * 1_000_000_000 + self.nanoseconds;
        (self.second < 60).then_some(Parsed { days, nanoseconds, offset: self.offset })
    }
}

/// Nanoseconds that the zone is ahead of UTC.
pub fn zone(text: &str) -> Option<i128> {
    if text.eq_ignore_ascii_case("z") {
        return Some(0);
    }
    let sign = if text.starts_with('-') { -1 } else { 1 };
    let (hour, minute) = match text[1..].split_once(':') {
        Some(parts) => parts,
        None if text.len() == 5 => text[1..].split_at_checked(2)?,
        None => (&text[1..], "00"),
    };
    let minutes = digits(hour, 2)? * 60 + digits(minute, 2).filter(|&minute| minute < 60)?;
    Some(sign * i128::from(minutes) * 60_000_000_000)
}

/// A number of exactly so many digits.
fn digits(text: &str, width: usize) -> Option<u32> {
    let right = text.len() == width && text.bytes().all(|b| b.is_ascii_digit());
    if right { text.parse().ok() } else { None }
}

/// A number of at least and at most so many digits; as many as leave it within the range.
fn number(
    text: &str,
    least: usize,
    most: usize,
    range: std::ops::RangeInclusive<u32>,
) -> Option<(u32, &str)> {
    let there = text.bytes().take(most).take_while(u8::is_ascii_digit).count();
    (least..=there).rev().find_map(|length| {
        let value = text[..length].parse().ok().filter(|value| range.contains(value))?;
        Some((value, &text[length..]))
    })
}

/// A name in any case, or its first three letters.
fn name<'a>(text: &'a str, names: &[&str], is_short: bool) -> Option<(usize, &'a str)> {
    names.iter().enumerate().find_map(|(at, name)| {
        let length = if is_short { 3 } else { name.len() };
        text.get(..length)?.eq_ignore_ascii_case(&name[..length]).then(|| (at, &text[length..]))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_read_as_python_reads_them() {
        // Values of datetime.strptime of Python 3.11, in UTC.
        let table = [
            ("2024-01-31", "%Y-%m-%d", Some(1_706_659_200_000_000_000)),
            ("2024-1-3", "%Y-%m-%d", Some(1_704_240_000_000_000_000)),
            ("2024-02-30", "%Y-%m-%d", None),
            ("24-01-31", "%Y-%m-%d", None),
            (" 2024-01-31", "%Y-%m-%d", None),
            ("2024-01-31 ", "%Y-%m-%d", None),
            ("31/01/2024", "%d/%m/%Y", Some(1_706_659_200_000_000_000)),
            ("13/31/2024", "%d/%m/%Y", None),
            ("20240131", "%Y%m%d", Some(1_706_659_200_000_000_000)),
            ("31 Jan 24", "%d %b %y", Some(1_706_659_200_000_000_000)),
            ("31   JANUARY 1969", "%d %B %Y", Some(-28_944_000_000_000_000)),
            ("Wed 31 Jan 2024", "%a %d %b %Y", Some(1_706_659_200_000_000_000)),
            ("2024-031", "%Y-%j", Some(1_706_659_200_000_000_000)),
            ("2024-01-31T10:20:30.5", "%Y-%m-%dT%H:%M:%S.%f", Some(1_706_696_430_500_000_000)),
            ("2024-01-31 10:20:30+0200", "%Y-%m-%d %H:%M:%S%z", Some(1_706_689_230_000_000_000)),
            ("2024-01-31 10:20:30Z", "%Y-%m-%d %H:%M:%S%z", Some(1_706_696_430_000_000_000)),
            ("2024-01-31 10:20:30", "%Y-%m-%d %H:%M:%S%z", None),
            ("2024-01-31 12:20 AM", "%Y-%m-%d %I:%M %p", Some(1_706_660_400_000_000_000)),
            ("2024-01-31 01:20 pm", "%Y-%m-%d %I:%M %p", Some(1_706_707_200_000_000_000)),
            ("2024-01-31 25:00", "%Y-%m-%d %H:%M", None),
            ("100%", "%y0%%", Some(1_262_304_000_000_000_000)),
            ("é", "%Y", None),
            ("0000", "%Y", None),
        ];
        for (text, pattern, moment) in table {
            assert_eq!(parse(text, pattern).map(Parsed::moment), moment, "{text} {pattern}");
        }
    }

    #[test]
    fn directives_that_are_not_read_are_named() {
        let table = [
            ("%Y-%m-%d", None),
            ("%U of %Y", Some("%U")),
            ("%%x", None),
            ("%x", Some("%x")),
            ("5%", Some("%")),
        ];
        for (pattern, directive) in table {
            assert_eq!(unread(pattern).as_deref(), directive, "{pattern}");
        }
    }
}
