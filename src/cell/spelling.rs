//! A pattern that the dates, timestamps or times of a column are written in, where it is none of the usual ones.

use super::strptime::{self, Parsed};
use super::types::Type;

/// Nanoseconds of a microsecond.
const MICRO: i128 = 1_000;

/// How the dates of a column are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spelling {
    /// A pattern of strptime.
    pub pattern: String,
    /// Bytes that each has, where numbers follow each other without a separator.
    pub length: Option<u64>,
}

impl Spelling {
    /// What a text holds, blanks around it set aside; `None` where it is not written so.
    pub fn read(&self, text: &str) -> Option<Parsed> {
        let text = text.trim();
        let has_length = self.length.is_none_or(|length| text.len() as u64 == length);
        strptime::parse(text, &self.pattern).filter(|_| has_length)
    }

    /// The number that a column of dates, timestamps or times keeps of a text.
    pub fn number(&self, text: &[u8], ty: Type) -> Option<i64> {
        let parsed = self.read(std::str::from_utf8(text).ok()?)?;
        match ty {
            Type::Date => Some(parsed.days),
            Type::Time => i64::try_from((parsed.moment() - parsed.midnight()).div_euclid(MICRO)).ok(),
            Type::Timestamp { unit, .. } => {
                let nanoseconds = 1_000_000_000 / i128::from(unit.per_second());
                i64::try_from(parsed.moment().div_euclid(nanoseconds)).ok()
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::TimeUnit;
    use super::*;

    #[test]
    fn texts_are_numbers_of_their_column() {
        let moment = Type::Timestamp { unit: TimeUnit::Micro, zoned: false };
        let table = [
            ("%Y%m%d", Some(8), Type::Date, "20240131", Some(19_753)),
            ("%Y%m%d", Some(8), Type::Date, " 20240131 ", Some(19_753)),
            ("%Y%m%d", Some(8), Type::Date, "2024131", None),
            ("%d %b %y", None, Type::Date, "31 Jan 24", Some(19_753)),
            ("%Y%m%d%H%M", Some(12), moment, "202401311020", Some(1_706_696_400_000_000)),
            ("%Y%m%d %H%M%z", None, moment, "20240131 1020+0200", Some(1_706_689_200_000_000)),
            ("%I:%M %p", None, Type::Time, "01:20 pm", Some(48_000_000_000)),
            ("%I:%M %p", None, Type::Text, "01:20 pm", None),
            ("%Y", None, Type::Date, "\u{e9}", None),
        ];
        for (pattern, length, ty, text, expected) in table {
            let spelling = Spelling { pattern: pattern.to_owned(), length };
            assert_eq!(spelling.number(text.as_bytes(), ty), expected, "{pattern} {text}");
        }
    }
}
