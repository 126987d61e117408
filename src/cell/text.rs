//! The raw bytes of an escaped text field in, its text out: doubled quotes of CSV and escapes of JSON undone.

/// Appends the text of a CSV field that begins at its opening quote: doubled quotes become one, the closing quote goes,
/// and what follows it is kept as it stands.
pub fn unquote(bytes: &[u8], quote: u8, text: &mut Vec<u8>) {
    let mut rest = bytes.strip_prefix(&[quote]).unwrap_or(bytes);
    while let Some(at) = rest.iter().position(|&byte| byte == quote) {
        text.extend_from_slice(&rest[..at]);
        rest = &rest[at + 1..];
        if rest.first() != Some(&quote) {
            break;
        }
        text.push(quote);
        rest = &rest[1..];
    }
    text.extend_from_slice(rest);
}

/// Appends the text of a JSON string given without its quotes, its escapes undone. Lone surrogates become U+FFFD; an
/// escape that JSON does not know is kept as it stands.
pub fn unescape_json(bytes: &[u8], text: &mut Vec<u8>) {
    let mut rest = bytes;
    while let Some(at) = rest.iter().position(|&byte| byte == b'\\') {
        text.extend_from_slice(&rest[..at]);
        rest = &rest[at..];
        let simple = match rest.get(1) {
            Some(b'"') => b'"',
            Some(b'\\') => b'\\',
            Some(b'/') => b'/',
            Some(b'b') => 8,
            Some(b'f') => 12,
            Some(b'n') => b'\n',
            Some(b'r') => b'\r',
            Some(b't') => b'\t',
            Some(b'u') => {
                rest = unescape_unicode(rest, text);
                continue;
            }
            _ => {
                text.push(b'\\');
                rest = &rest[1..];
                continue;
            }
        };
        text.push(simple);
        rest = &rest[2..];
    }
    text.extend_from_slice(rest);
}

/// Appends the character of the `\uXXXX`, or of the pair of them, that `rest` begins with; returns what follows.
fn unescape_unicode<'a>(rest: &'a [u8], text: &mut Vec<u8>) -> &'a [u8] {
    let Some(unit) = code_unit(rest) else {
        text.push(b'\\');
        return &rest[1..];
    };
    let mut rest = &rest[6..];
    let mut code = unit;
    if (0xd800..0xdc00).contains(&unit)
        && let Some(low @ 0xdc00..0xe000) = code_unit(rest)
    {
        code = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
        rest = &rest[6..];
    }
    let char = char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER);
    text.extend_from_slice(char.encode_utf8(&mut [0; 4]).as_bytes());
    rest
}

/// The number of the `\uXXXX` that the bytes begin with.
fn code_unit(bytes: &[u8]) -> Option<u32> {
    let digits = bytes.strip_prefix(b"\\u")?.first_chunk::<4>()?;
    digits.iter().try_fold(0, |sum, &digit| Some(sum << 4 | char::from(digit).to_digit(16)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_are_undone_as_csv_core_does() {
        for (raw, expected) in [
            (r#""a""b""#, r#"a"b"#),
            (r#""a"b"#, "ab"),
            (r#""a"b"c""#, r#"ab"c""#),
            (r#""""""#, r#"""#),
            (r#""""#, ""),
            (r#"""a"#, "a"),
            (r#""a"" b"#, r#"a" b"#),
            (r#""a" ""b"#, r#"a ""b"#),
            (r#"""#, ""),
            ("", ""),
        ] {
            let mut text = Vec::new();
            unquote(raw.as_bytes(), b'"', &mut text);
            assert_eq!(String::from_utf8_lossy(&text), expected, "{raw}");
        }
    }

    #[test]
    fn json_escapes_are_undone() {
        for (raw, expected) in [
            (r"a\nb\t\r\b\f", "a\nb\t\r\u{8}\u{c}"),
            (r#"\"\\\/"#, r#""\/"#),
            (r"\u00e9\u20AC", "é€"),
            (r"\ud83d\ude00!", "😀!"),
            (r"\ud83d!", "\u{fffd}!"),
            (r"\ude00\ud83d", "\u{fffd}\u{fffd}"),
            (r"\ud83d\u0041", "\u{fffd}A"),
            (r"\u00", r"\u00"),
            (r"\u+123", r"\u+123"),
            (r"\x", r"\x"),
            ("\\", "\\"),
        ] {
            let mut text = Vec::new();
            unescape_json(raw.as_bytes(), &mut text);
            assert_eq!(String::from_utf8_lossy(&text), expected, "{raw}");
        }
    }
}
