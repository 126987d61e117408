//! Thousands of texts with what python-dateutil says of them.

use proptest::prelude::*;

use super::*;

#[test]
fn it_takes_what_python_dateutil_takes() {
    let cases = include_str!("../../../../tests/data/dateutil/cases.txt");
    let mut n = 0;
    for line in cases.lines() {
        let (answer, text) = line.split_once(' ').unwrap();
        let text: String = serde_json::from_str(text).unwrap();
        assert_eq!(parses(&text), answer == "1", "{text:?}");
        n += 1;
    }
    assert!(n >= 3000);
}

#[test]
fn what_a_text_leaves_open_is_of_a_long_month_in_a_leap_year() {
    for text in ["31", "29 Feb", "Feb 29", "Mon", "10:30"] {
        assert!(parses(text), "{text:?}");
    }
}

#[test]
fn a_text_too_long_is_none() {
    let padded = |blanks| format!("2024-01-02{}", " ".repeat(blanks));
    assert!(parses(&padded(LONGEST - 10)));
    assert!(!parses(&padded(LONGEST - 9)));
}

/// A part of a date, or nearly.
const PART: &str = "[0-9]{1,15}|[0-9.,]{1,9}|Jan|of|am|h|m|[A-Z]{1,3}|[-/:+() ]|\\PC";

proptest! {
    #[test]
    fn no_text_is_too_odd(text in "(\\PC|[0-9:./, +a-zA-Z-]){0,40}") {
        _ = parses(&text);
    }

    #[test]
    fn no_text_of_dates_is_too_odd(parts in prop::collection::vec(PART, 0..12)) {
        _ = parses(&parts.concat());
    }
}
