//! One cell's text in, what it looks like out: good enough to tell a header from data and a delimiter from a comma in
//! prose. What a column really is comes from the tallies of the whole scan, not from here.

/// What a cell looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Look {
    /// Nothing, or a usual spelling of it.
    Empty,
    /// A number, with its sign, separators, currency or percent sign.
    Number,
    /// A date, a time or both.
    Moment,
    /// A truth value.
    Boolean,
    /// Anything else.
    Text,
}

const EMPTY: [&[u8]; 8] = [b"", b"na", b"n/a", b"null", b"none", b"nan", b"-", b"#n/a"];
const BOOLEAN: [&[u8]; 4] = [b"true", b"false", b"yes", b"no"];

/// What this text looks like.
pub(super) fn look(text: &[u8]) -> Look {
    let text = text.trim_ascii();
    let is = |word: &&[u8]| text.eq_ignore_ascii_case(word);
    if EMPTY.iter().any(is) {
        Look::Empty
    } else if BOOLEAN.iter().any(is) {
        Look::Boolean
    } else if text.first().is_some_and(u8::is_ascii_alphabetic) {
        Look::Text
    } else if is_number(text) {
        Look::Number
    } else if is_moment(text) {
        Look::Moment
    } else {
        Look::Text
    }
}

fn is_number(text: &[u8]) -> bool {
    let mut rest = text;
    for sign in ["-", "+", "€", "$", "£", "-"] {
        rest = rest.strip_prefix(sign.as_bytes()).unwrap_or(rest);
    }
    for sign in ["%", "€", " ", "$"] {
        rest = rest.strip_suffix(sign.as_bytes()).unwrap_or(rest);
    }
    let (digits, exponent) = match rest.iter().position(|byte| matches!(byte, b'e' | b'E')) {
        Some(at) => (&rest[..at], Some(&rest[at + 1..])),
        None => (rest, None),
    };
    let exponent_fits = exponent.is_none_or(|power| {
        let power = power.strip_prefix(b"-").or_else(|| power.strip_prefix(b"+")).unwrap_or(power);
        !power.is_empty() && power.iter().all(u8::is_ascii_digit)
    });
    let is_separator = |byte: u8| matches!(byte, b'.' | b',' | b'\'' | b'_' | b' ');
    if !exponent_fits || !digits.iter().all(|&byte| byte.is_ascii_digit() || is_separator(byte)) {
        return false;
    }
    // Digits with separators that never stand side by side, and at most one kind of them more than once.
    let separators: Vec<u8> = digits.iter().copied().filter(|byte| !byte.is_ascii_digit()).collect();
    digits.iter().any(u8::is_ascii_digit)
        && digits.windows(2).all(|pair| pair.iter().any(u8::is_ascii_digit))
        && (separators.windows(2).rev().skip(1).all(|pair| pair[0] == pair[1]))
        && (separators.len() < 2 || separators[0] != b'.' || groups_are_thousands(digits))
}

/// `1.234.567` is a number, `192.168.0.1` is not.
fn groups_are_thousands(digits: &[u8]) -> bool {
    let mut groups = digits.split(|&byte| byte == b'.');
    groups.next().is_some_and(|first| first.len() <= 3)
        && groups.all(|group| group.split(|&byte| byte == b',').next().is_some_and(|group| group.len() == 3))
}

fn is_moment(text: &[u8]) -> bool {
    let digits = text.iter().filter(|byte| byte.is_ascii_digit()).count();
    let marks = text.iter().filter(|byte| matches!(byte, b'-' | b'/' | b':' | b'.')).count();
    let known = text.iter().all(|byte| {
        byte.is_ascii_digit() || matches!(byte, b'-' | b'/' | b':' | b'.' | b',' | b'+' | b' ' | b'T' | b'Z')
    });
    let is_clock = text.contains(&b':') && digits >= 3;
    let groups = text.split(|byte| !byte.is_ascii_digit());
    let longest = groups.map(<[u8]>::len).max().unwrap_or(0);
    known
        && text.first().is_some_and(u8::is_ascii_digit)
        && text.len() <= 40
        && ((marks >= 2 && digits >= 4 && (longest >= 2)) || is_clock)
        && (is_clock || longest == 4 || digits == 6)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_look_as_a_person_would_say() {
        for (look_expected, texts) in [
            (Look::Empty, &["", " ", "NA", "n/a", "NULL", "-"][..]),
            (
                Look::Number,
                &[
                    "1",
                    "-1.5",
                    "+2",
                    "1,5",
                    "1,234.50",
                    "1.234.567,8",
                    "1e-9",
                    "12%",
                    "€ 5",
                    "$3.20",
                    "1 234",
                ],
            ),
            (
                Look::Moment,
                &[
                    "2024-01-31",
                    "31.12.2024",
                    "1/2/2024",
                    "2024-01-31T10:00:00Z",
                    "10:30",
                    "2024-01-31 10:00:00.5+02:00",
                ],
            ),
            (Look::Boolean, &["true", "No"]),
            (
                Look::Text,
                &["a", "5 apples", "192.168.0.1", "1-2", "e5", "id", "2024 sales", "é", "1,,2", "+"],
            ),
        ] {
            for text in texts {
                assert_eq!(look(text.as_bytes()), look_expected, "{text:?}");
            }
        }
    }
}
