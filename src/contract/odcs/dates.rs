//! `logicalTypeOptions.format` of dates, timestamps and times in none of the usual spellings → the pattern that the column's
//! cells are read by. Where the file itself says that a column is text, `date-format` holds its cells against the pattern.

use crate::cell::spelling::Spelling;
use crate::cell::{Type, Value, temporal};
use crate::sketch::probe::Probe;

use super::super::model::{Check, CheckKind, LogicalType, Property};
use super::super::rules::ValueRule;
use super::super::rules::date_format::DateFormat;
use super::super::rules::range::Bound;
use super::super::wording::quoted;

/// The public id of the rule.
const ID: &str = "date-format";

/// Has a column of dates in a format of its own read by it, with a rule that breaks as its type would where it is text.
pub(super) fn own_format(property: &mut Property) {
    let (Some(logical), Some(format)) = (property.logical, &property.format) else { return };
    let is_temporal =
        matches!(logical, LogicalType::Date | LogicalType::Timestamp { .. } | LogicalType::Time);
    if !is_temporal || is_parsed(format, logical) {
        return;
    }
    let spelled = Spelled::new(format, logical);
    property.dates_as_text = spelled.is_err();
    let mut check = match spelled {
        Ok(rule) => {
            property.spelled = Some(rule.spelling.clone());
            Check::strict(CheckKind::Values(Box::new(rule)))
        }
        // Its days are read, whatever is said of its hours.
        Err(_) if logical != LogicalType::Time && temporal::format_bit(format).is_some() => {
            property.dates_as_text = false;
            return;
        }
        Err(reason) => Check::not_run(ID, format.as_str(), reason),
    };
    if let Some(ty) = property.checks.iter().find(|check| matches!(check.kind, CheckKind::Type)) {
        (check.severity, check.tolerance) = (ty.severity, ty.tolerance.clone());
        (check.critical_above, check.origin) = (ty.critical_above.clone(), ty.origin);
    }
    property.checks.push(check);
}

/// Whether dates of this format are read.
pub(super) fn is_read(format: &str, logical: LogicalType) -> bool {
    is_parsed(format, logical) || Spelled::new(format, logical).is_ok()
}

/// A bound as the column's own dates are written.
pub(super) fn bound(text: &str, format: &str, logical: LogicalType) -> Option<Bound> {
    let read = Spelled::new(format, logical).ok()?.spelling.read(text)?;
    Some(match logical {
        LogicalType::Time => {
            let nanoseconds = read.moment() - read.midnight();
            Bound::Time(i64::try_from(nanoseconds.div_euclid(1_000)).ok()?, text.to_owned())
        }
        _ => Bound::Moment(read.moment(), text.to_owned()),
    })
}

/// Whether cells of this format are parsed as they stand.
fn is_parsed(format: &str, logical: LogicalType) -> bool {
    if logical == LogicalType::Time {
        return matches!(format, "ISO8601" | "iso8601") || is_usual_time(format);
    }
    if temporal::format_bit(format).is_none() {
        return false;
    }
    let hours = if format.contains('%') { format.find("%H") } else { format.find(['H', 'h', 'K', 'k']) };
    hours.is_none_or(|at| is_usual_time(&format[at..]))
}

/// Whether a pattern of a time, a zone behind it, is one that is parsed.
fn is_usual_time(pattern: &str) -> bool {
    let Some(rest) = ["HH:mm", "%H:%M", "%T"].iter().find_map(|start| pattern.strip_prefix(start)) else {
        return false;
    };
    let rest = [":ss", ":%S"].iter().find_map(|seconds| rest.strip_prefix(seconds)).unwrap_or(rest);
    rest.chars()
        .all(|c| matches!(c, '.' | ',' | 'S' | '%' | 'f' | 'X' | 'x' | 'Z' | 'z' | '\'' | '[' | ']' | ' '))
}

/// Dates in text in a pattern.
#[derive(Debug, Clone)]
struct Spelled {
    text: String,
    logical: LogicalType,
    spelling: Spelling,
}

impl Spelled {
    fn new(text: &str, logical: LogicalType) -> Result<Spelled, String> {
        let (pattern, length) = if text.contains('%') { (text.to_owned(), None) } else { translated(text)? };
        let pattern = DateFormat::new(&pattern)?.pattern().to_owned();
        let spelling = Spelling { pattern, length: length.map(|it| it as u64) };
        Ok(Spelled { text: text.to_owned(), logical, spelling })
    }

    fn holds(&self, text: &str) -> bool {
        self.spelling.read(text).is_some()
    }
}

impl ValueRule for Spelled {
    fn id(&self) -> &'static str {
        ID
    }

    fn expected(&self) -> String {
        self.text.clone()
    }

    fn fault(&self) -> String {
        format!("no {} in the format {}", self.logical.id(), quoted(&self.text))
    }

    fn virtue(&self) -> String {
        format!("a {} in the format {}", self.logical.id(), quoted(&self.text))
    }

    fn probe(&self, ty: Type) -> Result<Box<dyn Probe>, String> {
        match ty {
            // Of a column that is read by the pattern, what is not written so is no value.
            _ if ty == Type::Text || self.logical.admits(ty) => Ok(Box::new(self.clone())),
            _ => Err(format!("a format of dates in text does not apply to a column of type {}", ty.id())),
        }
    }
}

impl Probe for Spelled {
    fn breaks(&self, value: Value<'_>) -> bool {
        matches!(value, Value::Text(text) if !self.holds(text))
    }
}

/// A pattern in the letters of JDK's `DateTimeFormatter` as one of strptime, and the length of what it reads where numbers
/// follow each other without a separator.
fn translated(format: &str) -> Result<(String, Option<usize>), String> {
    let chars: Vec<char> = format.chars().collect();
    let has_half = chars.contains(&'a');
    let has_day = chars.contains(&'d');
    let (mut pattern, mut at, mut read) = (String::new(), 0, 0);
    // Whether the last element was a number and of any length, whether any two adjoin, and the length as far as it is fixed.
    let (mut last, mut adjoin, mut length) = (None, false, Some(0));
    while let Some(&c) = chars.get(at) {
        if c == '\'' {
            let (literal, end) = quotation(&chars, at).ok_or("its quotation has no end")?;
            literal.chars().for_each(|c| push(&mut pattern, c));
            length = length.map(|n| n + literal.len());
            (last, at) = (None, end);
            continue;
        }
        let run = chars[at..].iter().take_while(|&&other| other == c).count();
        at += run;
        // The T of ISO 8601 is often left without its quotes.
        if !c.is_ascii_alphabetic() || (c == 'T' && run == 1) {
            if matches!(c, '[' | ']' | '{' | '}' | '#') {
                return Err(format!(
                    "{} of the format {} is not supported",
                    quoted(&c.to_string()),
                    quoted(format)
                ));
            }
            (0..run).for_each(|_| push(&mut pattern, c));
            length = length.map(|n| n + run * c.len_utf8());
            last = None;
            continue;
        }
        let (directive, digits) = element(c, run, has_half, has_day).ok_or_else(|| {
            let letters: String = chars[at - run..at].iter().collect();
            format!("{} of the format {} is not supported", quoted(&letters), quoted(format))
        })?;
        pattern.push_str(directive);
        read += 1;
        let is_number = digits != Some(0);
        if let Some(is_open) = last.filter(|_| is_number) {
            if is_open || digits.is_none() {
                return Err(format!("where numbers end is open in the format {}", quoted(format)));
            }
            adjoin = true;
        }
        last = is_number.then_some(digits.is_none());
        length = length.zip(digits.filter(|&digits| digits > 0)).map(|(n, digits)| n + digits);
    }
    match read {
        0 => Err(format!("the format {} has no letters of a date", quoted(format))),
        _ => Ok((pattern, length.filter(|_| adjoin))),
    }
}

fn push(pattern: &mut String, literal: char) {
    pattern.push(literal);
    if literal == '%' {
        pattern.push('%');
    }
}

/// The text of a quotation, and the place behind it; two quotes are one, inside and out.
fn quotation(chars: &[char], start: usize) -> Option<(String, usize)> {
    let mut literal = String::new();
    let mut at = start + 1;
    if chars.get(at) == Some(&'\'') {
        return Some(("'".to_owned(), at + 1));
    }
    loop {
        match (*chars.get(at)?, chars.get(at + 1)) {
            ('\'', Some('\'')) => at += 1,
            ('\'', _) => return Some((literal, at + 1)),
            _ => {}
        }
        literal.push(chars[at]);
        at += 1;
    }
}

/// The directive of so many of a letter, and its digits: 0 for what is no number, `None` for any number of them. `Y` and
/// `D` are taken for years and days, as those write them who mean no weeks.
fn element(letter: char, run: usize, has_half: bool, has_day: bool) -> Option<(&'static str, Option<usize>)> {
    let number = |directive| (directive, (run == 2).then_some(2));
    Some(match (letter, run) {
        ('y' | 'u' | 'Y', 4) => ("%Y", Some(4)),
        ('y' | 'u', 1) => ("%Y", None),
        ('y' | 'u' | 'Y', 2) => ("%y", Some(2)),
        ('M' | 'L', 1 | 2) => number("%m"),
        ('M' | 'L', 3) => ("%b", Some(0)),
        ('M' | 'L', 4) => ("%B", Some(0)),
        ('d', 1 | 2) => number("%d"),
        ('D', 2) if !has_day => ("%d", Some(2)),
        ('D', 1) => ("%j", None),
        ('D', 3) => ("%j", Some(3)),
        ('H', 1 | 2) => number("%H"),
        ('h', 1 | 2) if has_half => number("%I"),
        ('m', 1 | 2) => number("%M"),
        ('s', 1 | 2) => number("%S"),
        ('S', 1..=6) => ("%f", Some(run)),
        ('a', 1) => ("%p", Some(0)),
        ('E', 1..=3) => ("%a", Some(0)),
        ('E', 4) => ("%A", Some(0)),
        ('X' | 'x', 2 | 3) | ('Z', 1..=3 | 5) => ("%z", Some(0)),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_held_against_the_pattern() {
        let table = [
            ("yyyyMMdd", "20240131", "20241301"),
            ("yyyyMMdd", "20240229", "2024131"),
            ("d/M/yy", "1/2/24", "13/13/24"),
            ("yy-MM-dd", "24-01-31", "2024-01-31"),
            ("yyyy-MM", "2024-01", "2024-13"),
            ("yyyy", "2024", "24"),
            ("yyyy-DDD", "2024-366", "2024-367"),
            ("EEE, dd MMM yyyy", "Wed, 31 Jan 2024", "31 Jan 2024"),
            ("d. MMMM yyyy", "1. march 2024", "1. 03 2024"),
            ("yyyyMMddHHmmss", "20240131235959", "20240131245959"),
            ("yyyyMMdd'T'HHmmssSSS", "20240131T101112123", "20240131T10111212"),
            ("yyyyMMddTHHmmssZ", "20240131T101112+0100", "20240131T101112"),
            ("MM/dd/yyyy hh:mm a", "01/31/2024 10:11 PM", "31/01/2024 10:11 PM"),
            ("hh:mm a", "10:11 am", "13:11 am"),
            ("HHmm", "2359", "23:59"),
            ("H 'o''clock'", "9 o'clock", "9"),
            ("YYYYMMDD", "20240131", "20240231"),
            ("%Y%m%d", "20240131", "20241301"),
            ("%d/%m/%y", "31/01/24", "01/31/24"),
        ];
        for (format, good, bad) in table {
            let rule = Spelled::new(format, LogicalType::Date).unwrap_or_else(|e| panic!("{format}: {e}"));
            assert!(rule.holds(good), "{format} {good}");
            assert!(!rule.holds(bad), "{format} {bad}");
        }
    }

    #[test]
    fn patterns_that_are_not_understood_are_named() {
        let table = [
            ("dMyy", "where numbers end is open in the format \"dMyy\""),
            ("yyyy-'W'ww", "\"ww\" of the format \"yyyy-'W'ww\" is not supported"),
            ("dd.MM.yyyy hh:mm", "\"hh\" of the format \"dd.MM.yyyy hh:mm\" is not supported"),
            ("yyyy[-MM]", "\"[\" of the format \"yyyy[-MM]\" is not supported"),
            ("yyyy 'x", "its quotation has no end"),
            ("", "the format \"\" has no letters of a date"),
            ("%Q", "%Q of \"%Q\" is not supported"),
        ];
        for (format, reason) in table {
            assert_eq!(Spelled::new(format, LogicalType::Date).err().as_deref(), Some(reason), "{format}");
        }
    }

    #[test]
    fn usual_formats_are_parsed() {
        let at = LogicalType::Timestamp { zoned: false };
        let table = [
            ("yyyy-MM-dd", LogicalType::Date, true),
            ("dd/MM/yyyy", LogicalType::Date, true),
            ("%Y-%m-%d", LogicalType::Date, true),
            ("%Y%m%d", LogicalType::Date, false),
            ("yyyyMMdd", LogicalType::Date, false),
            ("yyyy-MM-dd'T'HH:mm:ss.SSSXXX", at, true),
            ("yyyy-MM-dd HH:mm:ss", at, true),
            ("dd/MM/yyyy HH:mm", at, true),
            ("%Y-%m-%dT%H:%M:%S", at, true),
            ("%Y-%m-%d %H:%M:%S.%f%z", at, true),
            ("yyyy-MM-dd HHmm", at, false),
            ("HH:mm:ss", LogicalType::Time, true),
            ("hh:mm a", LogicalType::Time, false),
        ];
        for (format, logical, parsed) in table {
            assert_eq!(is_parsed(format, logical), parsed, "{format}");
        }
    }
}
