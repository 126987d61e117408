//! Whether a text is what python-dateutil's `parser.parse` takes for a date or time, with its usual options: a port of its
//! decision, quirks included.
//!
//! Source: `dateutil/parser/_parser.py` of python-dateutil 2.9 and 4.0, which decide alike, on Python 3.11. Python's own limits
//! are part of it: `int` of at most 4300 digits, decimals of 28, offsets of less than a thousand million days.
//!
//! The clock does not matter. What a text leaves open is that of 1 January of a leap year: `31` is taken, though dateutil
//! refuses it in a month of thirty days, and so is `29 Feb`. A year of two digits is one of 2000 to 2099, and a zone is none of
//! the host's.
//!
//! Not as in Python: a text of more than [`LONGEST`] bytes is none, however it is padded; and vowel signs of Indic scripts and
//! circled letters are letters, which only a word after `Jan of` could show, for it alone is passed over unread.

mod digits;
mod lex;
mod number;
mod parse;
mod words;
mod ymd;

/// Bytes of the longest text that is looked at.
const LONGEST: usize = 10_000;

/// Whether it parses a text.
pub(super) fn parses(text: &str) -> bool {
    text.len() <= LONGEST && parse::parse(text).is_some()
}

#[cfg(test)]
mod tests;
