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
    assert!(n > 2000);
}

proptest! {
    #[test]
    fn no_text_is_too_odd(text in "(\\PC|[0-9:./, +a-zA-Z-]){0,40}") {
        _ = parses(&text);
    }
}
