//! Texts whose bytes were read in another encoding: how they would read in the right one.

/// The characters of Windows-1252 in the place of the controls 0x80 to 0x9F; 0 where it has none (WHATWG Encoding, index
/// windows-1252).
const WINDOWS: [u32; 32] = [
    0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,
    0x017D, 0, 0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A,
    0x0153, 0, 0x017E, 0x0178,
];

/// The text as it was before its UTF-8 was read as Latin-1 or Windows-1252 (`KÃ¶ln` was `Köln`); the text itself where that cannot be.
pub(super) fn reread(text: &str) -> String {
    if text.is_ascii() {
        return text.into();
    }
    let byte = |c: char| match u32::from(c) {
        code @ 0..=0xFF => u8::try_from(code).ok(),
        code => WINDOWS.iter().position(|it| *it == code).and_then(|at| u8::try_from(0x80 + at).ok()),
    };
    let bytes: Option<Vec<u8>> = text.chars().map(byte).collect();
    bytes.and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_else(|| text.into())
}

/// The text with a mark for each letter beyond ASCII, as a text of one byte a letter reads that is taken for UTF-8.
pub(super) fn marked(text: &str) -> String {
    text.chars().map(|c| if c.is_ascii() { c } else { char::REPLACEMENT_CHARACTER }).collect()
}

/// Whether letters of the text could not be read.
pub(super) fn is_marked(text: &str) -> bool {
    text.contains(char::REPLACEMENT_CHARACTER)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_read_as_they_were() {
        // Python 3.12: s.encode().decode("cp1252").
        for (is, was) in [("KÃ¶ln", "Köln"), ("GenÃ¨ve", "Genève"), ("donâ€™t", "don’t"), ("â‚¬ 5", "€ 5")]
        {
            assert_eq!(reread(is), was);
        }
        for text in ["Köln", "Rome", "Москва", "€", ""] {
            assert_eq!(reread(text), text);
        }
        assert_eq!(
            (marked("Köln").as_str(), is_marked("K\u{fffd}ln"), is_marked("Köln")),
            ("K\u{fffd}ln", true, false)
        );
    }
}
