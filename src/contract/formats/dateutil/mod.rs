//! Whether a text is what python-dateutil's `parser.parse` takes for a date or time, with its usual options: a port of its
//! decision, quirks included. What a text leaves open is that of 1 January of a leap year, so that the clock does not matter.
//!
//! Source: `dateutil/parser/_parser.py` of python-dateutil 2.9. Digits of other scripts are not read here.

mod lex;
mod parse;
mod ymd;

/// Whether it parses a text.
pub(super) fn parses(text: &str) -> bool {
    parse::parse(text).is_some()
}

#[cfg(test)]
mod tests;
