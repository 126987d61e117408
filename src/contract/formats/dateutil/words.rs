//! The words of a date or time, in any case.

use crate::cell::strptime::WEEKDAYS;
use crate::cell::temporal::MONTHS;

/// What may stand between the parts.
const JUMPS: [&str; 18] =
    [" ", ".", ",", ";", "-", "/", "'", "at", "on", "and", "ad", "m", "t", "of", "st", "nd", "rd", "th"];
/// The words of hours, of minutes and of seconds.
const UNITS: [[&str; 3]; 3] =
    [["h", "hour", "hours"], ["m", "minute", "minutes"], ["s", "second", "seconds"]];

/// Whether it is one of these words.
fn is_one(token: &str, words: &[&str]) -> bool {
    words.iter().any(|word| word.eq_ignore_ascii_case(token))
}

/// Whether it is this word or its first three letters.
fn is_short_or_long(token: &str, word: &str) -> bool {
    word.eq_ignore_ascii_case(token) || word.get(..3).is_some_and(|short| short.eq_ignore_ascii_case(token))
}

/// Whether it only separates.
pub(super) fn is_jump(token: &str) -> bool {
    is_one(token, &JUMPS)
}

/// Whether it is a number for Python's `float`, and none for a date.
pub(super) fn is_no_number(token: &str) -> bool {
    is_one(token, &["nan", "inf", "infinity"])
}

/// Whether it names the zone that others are offsets of.
pub(super) fn is_utc(token: &str) -> bool {
    is_one(token, &["utc", "gmt", "z"])
}

/// Whether it is a day of the week.
pub(super) fn is_weekday(token: &str) -> bool {
    WEEKDAYS.iter().any(|day| is_short_or_long(token, day))
}

/// The number of a month.
pub(super) fn month(token: &str) -> Option<u64> {
    let word = if token.eq_ignore_ascii_case("sept") { "sep" } else { token };
    MONTHS.iter().position(|month| is_short_or_long(word, month)).map(|at| at as u64 + 1)
}

/// Hours, minutes, seconds: 0, 1, 2.
pub(super) fn unit(token: &str) -> Option<usize> {
    UNITS.iter().position(|words| is_one(token, words))
}

/// Before noon 0, after it 1.
pub(super) fn half(token: &str) -> Option<u64> {
    [["a", "am"], ["p", "pm"]].iter().position(|words| is_one(token, words)).map(|at| at as u64)
}

/// An hour of a clock of twelve → of a day; one above twelve stays.
pub(super) fn with_half(hour: u64, half: u64) -> u64 {
    match (hour, half) {
        (12, 0) => 0,
        (0..12, 1) => hour + 12,
        _ => hour,
    }
}
