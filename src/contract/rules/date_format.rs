//! `date-format`: a pattern in the letters of strptime → a probe on text.

use crate::cell::temporal::{civil_from_days, days_from_civil};
use crate::cell::{Type, Value};
use crate::sketch::probe::Probe;

use super::super::wording::quoted;
use super::ValueRule;

/// # What it checks
/// That each valid text is a date or time in this pattern, as Python's `datetime.strptime` reads it: numbers may lack
/// their leading zeros, names of months and days are English in any case, white space stands for any, and a day that its
/// month does not have is none.
///
/// # Why
/// One extract in another order of day and month, and half of its dates are wrong while the other half does not parse.
///
/// # Example
/// ```json
/// {"type": "expect_column_values_to_match_strftime_format", "kwargs": {"column": "joined", "strftime_format": "%d/%m/%Y"}}
/// ```
///
/// # Parameters
/// `strftime_format`, with `%Y %y %m %d %j %H %I %M %S %f %p %b %B %h %a %A %z %Z %%`, and `%D %F %T %R` as they spell out.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::contract) struct DateFormat {
    text: String,
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Piece {
    Literal(char),
    Space,
    Directive(char),
}

const MONTHS: [&str; 12] = [
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
const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

impl DateFormat {
    /// Reads a pattern.
    ///
    /// # Errors
    /// In words, where a letter is not known.
    pub(in crate::contract) fn new(text: &str) -> Result<DateFormat, String> {
        let spelled = [("%D", "%m/%d/%y"), ("%F", "%Y-%m-%d"), ("%T", "%H:%M:%S"), ("%R", "%H:%M")]
            .iter()
            .fold(text.to_owned(), |text, (short, long)| text.replace(short, long));
        let mut pieces = Vec::new();
        let mut chars = spelled.chars();
        while let Some(c) = chars.next() {
            pieces.push(match c {
                '%' => match chars.next() {
                    Some('%') => Piece::Literal('%'),
                    Some('h') => Piece::Directive('b'),
                    Some(c) if "YymdjHIMSfpbBaAzZ".contains(c) => Piece::Directive(c),
                    Some(c) => return Err(format!("%{c} of {} is not supported", quoted(text))),
                    None => return Err(format!("{} ends with %", quoted(text))),
                },
                c if c.is_whitespace() => Piece::Space,
                c => Piece::Literal(c),
            });
        }
        Ok(DateFormat { text: text.to_owned(), pieces })
    }

    fn holds(&self, text: &str) -> bool {
        let mut parts = Parts { year: 1900, month: 1, day: 1 };
        let mut rest = text;
        for piece in &self.pieces {
            let Some(after) = take(*piece, rest, &mut parts) else { return false };
            rest = after;
        }
        rest.is_empty() && parts.exist()
    }
}

struct Parts {
    year: i64,
    month: u32,
    day: u32,
}

impl Parts {
    fn exist(&self) -> bool {
        self.year > 0
            && civil_from_days(days_from_civil(self.year, self.month, self.day))
                == (self.year, self.month, self.day)
    }
}

/// What is left of a text behind a piece; `None` where it does not begin with it.
fn take<'a>(piece: Piece, text: &'a str, parts: &mut Parts) -> Option<&'a str> {
    let letter = match piece {
        Piece::Literal(c) => {
            let first = text.chars().next()?;
            let same = first == c || first.to_lowercase().eq(c.to_lowercase());
            return same.then(|| &text[first.len_utf8()..]);
        }
        Piece::Space => {
            let rest = text.trim_start();
            return (rest.len() < text.len()).then_some(rest);
        }
        Piece::Directive(letter) => letter,
    };
    let number = |most: usize, low: u32, high: u32| {
        let end = text.bytes().take(most).take_while(u8::is_ascii_digit).count();
        // As a pattern of alternatives would: the longest number in range.
        (1..=end).rev().find_map(|end| {
            let value: u32 = text[..end].parse().ok()?;
            (low..=high).contains(&value).then_some((value, &text[end..]))
        })
    };
    Some(match letter {
        'Y' => {
            let digits = text.get(..4).filter(|it| it.bytes().all(|b| b.is_ascii_digit()))?;
            parts.year = digits.parse().ok()?;
            &text[4..]
        }
        'y' => {
            let digits = text.get(..2).filter(|it| it.bytes().all(|b| b.is_ascii_digit()))?;
            let year: i64 = digits.parse().ok()?;
            parts.year = if year < 69 { 2000 + year } else { 1900 + year };
            &text[2..]
        }
        'm' => {
            let (value, rest) = number(2, 1, 12)?;
            parts.month = value;
            rest
        }
        'd' => {
            let (value, rest) = number(2, 1, 31)?;
            parts.day = value;
            rest
        }
        'j' => number(3, 1, 366)?.1,
        'H' => number(2, 0, 23)?.1,
        'I' => number(2, 1, 12)?.1,
        'M' => number(2, 0, 59)?.1,
        'S' => number(2, 0, 61)?.1,
        'f' => number(6, 0, 999_999)?.1,
        'p' => name(text, &["am", "pm"], 2)?.1,
        'b' => {
            let (at, rest) = name(text, &MONTHS, 3)?;
            parts.month = at as u32 + 1;
            rest
        }
        'B' => {
            let (at, rest) = name(text, &MONTHS, usize::MAX)?;
            parts.month = at as u32 + 1;
            rest
        }
        'a' => name(text, &DAYS, 3)?.1,
        'A' => name(text, &DAYS, usize::MAX)?.1,
        'z' => zone(text)?,
        _ => name(text, &["utc", "gmt"], 3)?.1,
    })
}

/// The place of the name, cut to so many letters, that the text begins with, and what is behind it.
fn name<'a>(text: &'a str, names: &[&str], letters: usize) -> Option<(usize, &'a str)> {
    names.iter().enumerate().find_map(|(at, name)| {
        let name = &name[..name.len().min(letters)];
        let head = text.get(..name.len()).filter(|head| head.eq_ignore_ascii_case(name))?;
        Some((at, &text[head.len()..]))
    })
}

/// What is behind `Z` or `+hh:mm`, its colon optional, seconds possible.
fn zone(text: &str) -> Option<&str> {
    if let Some(rest) = text.strip_prefix('Z') {
        return Some(rest);
    }
    let mut rest = text.strip_prefix(['+', '-'])?;
    for (i, most) in [(0, 99), (1, 59), (2, 59)] {
        let after_colon = if i > 0 { rest.strip_prefix(':').unwrap_or(rest) } else { rest };
        let digits = after_colon.get(..2).filter(|it| it.bytes().all(|b| b.is_ascii_digit()));
        match digits.and_then(|it| it.parse::<u32>().ok()).filter(|it| *it <= most) {
            Some(_) => rest = &after_colon[2..],
            None if i == 2 => return Some(rest),
            None => return None,
        }
    }
    Some(rest)
}

impl ValueRule for DateFormat {
    fn id(&self) -> &'static str {
        "date-format"
    }

    fn expected(&self) -> String {
        self.text.clone()
    }

    fn fault(&self) -> String {
        format!("not a date in the format {}", quoted(&self.text))
    }

    fn virtue(&self) -> String {
        format!("dates in the format {}", quoted(&self.text))
    }

    fn probe(&self, ty: Type) -> Result<Box<dyn Probe>, String> {
        match ty {
            Type::Text => Ok(Box::new(self.clone())),
            _ => Err(format!("a format of dates in text does not apply to a column of type {}", ty.id())),
        }
    }
}

impl Probe for DateFormat {
    fn breaks(&self, value: Value<'_>) -> bool {
        !matches!(value, Value::Text(text) if self.holds(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_dates_as_python_reads_them() {
        // datetime.strptime of Python 3.13 on the same.
        let table = [
            ("%Y-%m-%d", "2024-02-29", true),
            ("%Y-%m-%d", "2023-02-29", false),
            ("%Y-%m-%d", "2024-2-9", true),
            ("%Y-%m-%d", "24-02-09", false),
            ("%Y-%m-%d", "2024-13-01", false),
            ("%Y-%m-%d", "2024-01-01 ", false),
            ("%d/%m/%Y", "31/12/2024", true),
            ("%d/%m/%Y", "12/31/2024", false),
            ("%d.%m.%y", "1.1.69", true),
            ("%Y%m%d", "20240131", true),
            ("%Y%m%d", "2024131", true),
            ("%H:%M:%S.%f", "23:59:59.123456", true),
            ("%H:%M", "24:00", false),
            ("%I:%M %p", "11:30 PM", true),
            ("%I:%M %p", "11:30PM", false),
            ("%I:%M %p", "13:30 PM", false),
            ("%d %b %Y", "03 Mar 2024", true),
            ("%d %b %Y", "03 march 2024", false),
            ("%d %B %Y", "03  MARCH   2024", true),
            ("%a %d", "Mon 1", true),
            ("%Y-%m-%dT%H:%M:%S%z", "2024-01-31T10:00:00+02:00", true),
            ("%Y-%m-%dT%H:%M:%S%z", "2024-01-31T10:00:00Z", true),
            ("%Y-%m-%dT%H:%M:%S%z", "2024-01-31T10:00:00+02", false),
            ("100%%", "100%", true),
            ("%m/%d", "2/29", false),
        ];
        for (format, text, holds) in table {
            let read = DateFormat::new(format).unwrap_or_else(|message| panic!("{message}"));
            assert_eq!(read.holds(text), holds, "{format} {text}");
        }
        assert_eq!(DateFormat::new("%Q").err().as_deref(), Some("%Q of \"%Q\" is not supported"));
        assert!(DateFormat::new("%Y-%").is_err());
        assert_eq!(DateFormat::new("ü%Y").map(|it| it.holds("ü2024")), Ok(true));
    }
}
