//! The narrowest type of one cell's text. The tallies of these over the whole file decide a column's type.

use super::types::TimeUnit;
use super::{number, temporal};
use crate::block::Form;

/// The narrowest type a single cell parses as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Kind {
    /// `true`, `false`, `yes`, `no`, in any case.
    Boolean,
    /// An integer of 64 bits.
    Integer,
    /// An integer of up to 128 bits.
    Wide,
    /// A number with leading zeros: `007`.
    LeadingZero,
    /// Any other number.
    Float,
    /// A day.
    Date,
    /// A moment without zone.
    Timestamp,
    /// A moment with zone.
    Zoned,
    /// A time of day.
    Time,
    /// A JSON array.
    List,
    /// A JSON object.
    Object,
    /// Anything else.
    Text,
}

/// How many kinds there are.
pub const N_KINDS: usize = 12;

impl Kind {
    /// All kinds, in the order of the enum.
    pub const ALL: [Kind; N_KINDS] = [
        Kind::Boolean,
        Kind::Integer,
        Kind::Wide,
        Kind::LeadingZero,
        Kind::Float,
        Kind::Date,
        Kind::Timestamp,
        Kind::Zoned,
        Kind::Time,
        Kind::List,
        Kind::Object,
        Kind::Text,
    ];

    /// The word shown for it.
    pub fn id(self) -> &'static str {
        match self {
            Kind::Boolean => "boolean",
            Kind::Integer => "integer",
            Kind::Wide => "integer beyond 64 bits",
            Kind::LeadingZero => "number with leading zeros",
            Kind::Float => "float",
            Kind::Date => "date",
            Kind::Timestamp => "timestamp",
            Kind::Zoned => "timestamp with zone",
            Kind::Time => "time",
            Kind::List => "list",
            Kind::Object => "object",
            Kind::Text => "text",
        }
    }
}

/// A cell's kind and what else the tallies want to know of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Class {
    /// The narrowest type.
    pub kind: Kind,
    /// For integers and numbers with leading zeros: how many bytes they are long, capped at 255.
    pub width: u8,
    /// For dates and timestamps: the formats that read them.
    pub formats: u32,
    /// For timestamps: digits behind the second's point.
    pub fraction: u8,
    /// Whether white space was cut off.
    pub padded: bool,
}

/// Whether a CSV cell is certainly text, told by its first bytes: a letter that begins neither a boolean, an infinity nor
/// a month, or digits with a letter behind them that no number and no time has there. Most text is told so.
#[inline]
fn is_plainly_text(text: &[u8]) -> bool {
    match text {
        [.., last] if last.is_ascii_whitespace() => false,
        [b'a'..=b'z' | b'A'..=b'Z', b, c, _, _, _, ..] => {
            let word = [text[0] | 0x20, *b | 0x20, *c | 0x20];
            !matches!(
                &word,
                b"inf"
                    | b"jan"
                    | b"feb"
                    | b"mar"
                    | b"apr"
                    | b"may"
                    | b"jun"
                    | b"jul"
                    | b"aug"
                    | b"sep"
                    | b"oct"
                    | b"nov"
                    | b"dec"
            )
        }
        [b'0'..=b'9', ..] => {
            let behind = |text: &[u8]| text.iter().position(|byte| !byte.is_ascii_digit());
            match behind(text).map(|at| &text[at..]) {
                // An exponent ends a number.
                Some([b'e' | b'E', rest @ ..]) => {
                    behind(rest).is_some_and(|at| rest[at].is_ascii_alphabetic())
                }
                Some([first, ..]) => first.is_ascii_alphabetic(),
                _ => false,
            }
        }
        _ => false,
    }
}

/// Words that dates and infinities begin with, as [`three`] makes them of the first three letters.
const FIRST_WORDS: [&[u8; 3]; 13] =
    [b"inf", b"jan", b"feb", b"mar", b"apr", b"may", b"jun", b"jul", b"aug", b"sep", b"oct", b"nov", b"dec"];

/// A place among 256 for the first three of eight bytes, in lower case.
#[inline]
const fn place_of_word(eight: u64) -> u32 {
    let word = (eight | 0x0020_2020) as u32 & 0x00ff_ffff;
    word.wrapping_mul(0x1656_67B1) >> 24
}

/// The places of the words above.
const PLACES: [u64; 4] = {
    let mut places = [0; 4];
    let mut at = 0;
    while at < FIRST_WORDS.len() {
        let [a, b, c] = *FIRST_WORDS[at];
        let place = place_of_word(a as u64 | (b as u64) << 8 | (c as u64) << 16);
        places[place as usize >> 6] |= 1 << (place & 63);
        at += 1;
    }
    places
};

/// Whether a cell is certainly text and no null token either, told by its first eight bytes without a branch that depends
/// on them: a letter or digits before a letter, as with [`is_plainly_text`]. Most text is told so.
#[inline]
pub fn is_surely_text(text: &[u8]) -> bool {
    let (Some(first), Some(&last)) = (text.first_chunk::<8>(), text.last()) else { return false };
    let eight = u64::from_le_bytes(*first);
    let digits = eight ^ 0x3030_3030_3030_3030;
    // The lowest marked byte is truly no digit; a carry can mark only bytes above it.
    let others = (digits.wrapping_add(0x7676_7676_7676_7676) | digits) & 0x8080_8080_8080_8080;
    let at = others.trailing_zeros() & !7;
    let byte = (eight >> (at & 63)) as u8 | 0x20;
    let is_letter = byte.wrapping_sub(b'a') < 26;
    let place = place_of_word(eight);
    let is_word = PLACES[place as usize >> 6 & 3] >> (place & 63) & 1 == 1;
    let is_open = (at == 0) & is_word | (at > 0) & (byte == b'e');
    (others != 0) & is_letter & !is_open & (last > b' ')
}

/// Classifies a cell that is not missing. Text of CSV may be anything; a JSON string is text, a date or a time.
pub fn classify(text: &[u8], form: Form) -> Class {
    let mut class = Class { kind: Kind::Text, width: 0, formats: 0, fraction: 0, padded: false };
    match form {
        Form::JsonBoolean => class.kind = Kind::Boolean,
        Form::JsonList => class.kind = Kind::List,
        Form::JsonObject => class.kind = Kind::Object,
        Form::JsonString | Form::JsonEscaped => classify_time(text, &mut class),
        _ if is_plainly_text(text) => {}
        _ => {
            let trimmed = number::trim(text);
            class.padded = trimmed.len() != text.len();
            if !classify_number(trimmed, &mut class) {
                if boolean(trimmed).is_some() {
                    class.kind = Kind::Boolean;
                } else {
                    classify_time(trimmed, &mut class);
                }
            }
        }
    }
    class
}

fn classify_number(text: &[u8], class: &mut Class) -> bool {
    if !matches!(text.first(), Some(b'0'..=b'9' | b'-' | b'+' | b'.' | b'i' | b'I')) {
        return false;
    }
    class.width = u8::try_from(text.len()).unwrap_or(u8::MAX);
    if number::has_leading_zero(text) {
        if number::float(text).is_none() {
            return false;
        }
        class.kind = Kind::LeadingZero;
    } else if number::integer(text).is_some() {
        class.kind = Kind::Integer;
    } else if number::wide(text).is_some() {
        class.kind = Kind::Wide;
    } else if number::float(text).is_some() {
        class.kind = Kind::Float;
    } else {
        return false;
    }
    true
}

fn classify_time(text: &[u8], class: &mut Class) {
    if text.len() < 5 || text.len() > 40 {
        return;
    }
    if let Some(parsed) = temporal::date(text, temporal::ANY) {
        class.kind = Kind::Date;
        class.formats = parsed.formats;
    } else if let Some(parsed) = temporal::timestamp(text, temporal::ANY, TimeUnit::Micro) {
        class.kind = if parsed.zoned { Kind::Zoned } else { Kind::Timestamp };
        class.formats = parsed.formats;
        class.fraction = parsed.fraction;
    } else if temporal::time(text).is_some() {
        class.kind = Kind::Time;
    }
}

/// A boolean word, in any case.
#[inline]
pub fn boolean(text: &[u8]) -> Option<bool> {
    match text.len() {
        4 if text.eq_ignore_ascii_case(b"true") => Some(true),
        5 if text.eq_ignore_ascii_case(b"false") => Some(false),
        3 if text.eq_ignore_ascii_case(b"yes") => Some(true),
        2 if text.eq_ignore_ascii_case(b"no") => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_narrowest_kind() {
        let cases = [
            ("true", Kind::Boolean),
            ("No", Kind::Boolean),
            ("1", Kind::Integer),
            (" -12 ", Kind::Integer),
            ("99999999999999999999", Kind::Wide),
            ("007", Kind::LeadingZero),
            ("007.1", Kind::LeadingZero),
            ("1.0", Kind::Float),
            ("1e5", Kind::Float),
            ("-inf", Kind::Float),
            ("2024-01-02", Kind::Date),
            ("2024-01-02 10:00", Kind::Timestamp),
            ("2024-01-02T10:00:00Z", Kind::Zoned),
            ("10:30", Kind::Time),
            ("$5", Kind::Text),
            ("1,5", Kind::Text),
            ("01/04/2024", Kind::Date),
            ("192.168.0.1", Kind::Text),
            ("x7", Kind::Text),
            ("0123-456", Kind::Text),
        ];
        for (text, kind) in cases {
            assert_eq!(classify(text.as_bytes(), Form::Bare).kind, kind, "{text:?}");
        }
    }

    #[test]
    fn what_is_plainly_text_is_text_by_the_long_way_too() {
        let long_way = |text: &str| {
            let mut class = Class { kind: Kind::Text, width: 0, formats: 0, fraction: 0, padded: false };
            let trimmed = number::trim(text.as_bytes());
            if !classify_number(trimmed, &mut class) && boolean(trimmed).is_none() {
                classify_time(trimmed, &mut class);
            }
            class.kind == Kind::Text && boolean(trimmed).is_none()
        };
        let words = [
            "infinity",
            "Infinite",
            "january",
            "Jan 1 2000",
            "June 12, 1998",
            "falsey",
            "false ",
            "nov 5 2001",
        ];
        let codes = [
            "12ab",
            "3f2a-11",
            "5403ec95-8a7a",
            "12e5f",
            "12e5",
            "12ee5",
            "12e+5",
            "12 June 1998",
            "12-Jun-1998",
            "1e5",
            "1E5",
            "5x",
            "10:30",
            "1T",
            "0x10",
            "7 a",
        ];
        for text in words.iter().chain(&codes) {
            assert!(!is_plainly_text(text.as_bytes()) || long_way(text), "{text}");
        }
        assert!(is_plainly_text(b"customer") && is_plainly_text(b"3f2a-11"));
    }

    proptest::proptest! {
        #[test]
        fn what_is_surely_text_is_neither_anything_else_nor_a_null_token(
            text in "[0-9a-fA-F-]{6,12}|[a-zA-Z]{3}[a-z 0-9:.-]{5,10}|[0-9]{1,7}[a-zE.+:T-][0-9 a-zZ:.-]{0,10}|.{6,12}",
        ) {
            let bytes = text.as_bytes();
            if is_surely_text(bytes) {
                proptest::prop_assert_eq!(classify(bytes, Form::Bare).kind, Kind::Text);
                proptest::prop_assert!(!classify(bytes, Form::Bare).padded);
                proptest::prop_assert_eq!(super::super::tokens::find(number::trim(bytes)), None);
            }
        }
    }

    #[test]
    fn codes_and_words_are_surely_text_and_what_begins_a_date_is_not() {
        for text in ["5403fc95-8a7a", "CW-00008", "customer", "face-123", "7 hours!x"] {
            assert_eq!(is_surely_text(text.as_bytes()), text != "7 hours!x", "{text}");
        }
        for word in FIRST_WORDS {
            let word = String::from_utf8_lossy(word);
            assert!(!is_surely_text(format!("{word} 12, 2024").as_bytes()), "{word}");
        }
        for text in ["12345678", "1e5555555", "#N/A N/A", "1.#QNAN0", "customer ", "short"] {
            assert!(!is_surely_text(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn a_json_string_of_digits_is_text() {
        assert_eq!(classify(b"123", Form::JsonString).kind, Kind::Text);
        assert_eq!(classify(b"123", Form::JsonNumber).kind, Kind::Integer);
        assert_eq!(classify(b"2024-01-02", Form::JsonString).kind, Kind::Date);
        assert_eq!(classify(b"true", Form::JsonString).kind, Kind::Text);
    }
}
