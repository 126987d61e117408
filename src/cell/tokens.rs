//! Null tokens: the spellings of "no value" in text files.

/// The spellings, by bit. The list is pandas' default one with a few that databases write.
pub const TOKENS: [&str; 25] = [
    "", "NULL", "N/A", "#N/A", "NA", "null", "Null", "n/a", "NaN", "nan", "None", "none", "-", "--", "?",
    ".", "<NA>", "#NA", "#N/A N/A", "-NaN", "-nan", "1.#IND", "1.#QNAN", "-1.#IND", "\\N",
];

/// The bit of cells of nothing but white space; not in [`TOKENS`], shown as one blank.
pub const BLANK: u8 = 25;
/// How many bits there are.
pub const N_TOKENS: usize = 26;
/// The bit of `NA`.
pub const NA: u8 = 4;

/// Missing in numbers, booleans and dates: every spelling.
pub const FULL: u32 = (1 << N_TOKENS) - 1;
/// Missing in text: `""`, `NULL`, `N/A`, `#N/A` and `NA`. The last stays a value in columns of two-letter codes.
pub const TEXT: u32 = 0b1_1111;
/// Missing in text columns of two-letter codes, where `NA` is Namibia or North America.
pub const CODES: u32 = 0b1111;
/// Missing where the format itself has nulls and every text is a value (JSON).
pub const NONE: u32 = 0;

/// The bit of this text, if it is a spelling of "no value".
#[inline]
pub fn find(text: &[u8]) -> Option<u8> {
    if text.len() > 8 {
        return if text.iter().all(u8::is_ascii_whitespace) { Some(BLANK) } else { None };
    }
    let found = match text {
        b"" => 0,
        b"NULL" => 1,
        b"N/A" => 2,
        b"#N/A" => 3,
        b"NA" => NA,
        b"null" => 5,
        b"Null" => 6,
        b"n/a" => 7,
        b"NaN" => 8,
        b"nan" => 9,
        b"None" => 10,
        b"none" => 11,
        b"-" => 12,
        b"--" => 13,
        b"?" => 14,
        b"." => 15,
        b"<NA>" => 16,
        b"#NA" => 17,
        b"#N/A N/A" => 18,
        b"-NaN" => 19,
        b"-nan" => 20,
        b"1.#IND" => 21,
        b"1.#QNAN" => 22,
        b"-1.#IND" => 23,
        b"\\N" => 24,
        _ if text.iter().all(u8::is_ascii_whitespace) => BLANK,
        _ => return None,
    };
    Some(found)
}

/// The spelling of a bit.
pub fn spelling(bit: usize) -> &'static str {
    TOKENS.get(bit).copied().unwrap_or(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_token_is_found_under_its_bit() {
        for (bit, token) in TOKENS.iter().enumerate() {
            assert_eq!(find(token.as_bytes()), Some(bit as u8), "{token:?}");
        }
        assert_eq!(find(b" \t "), Some(BLANK));
        assert_eq!(find(b"          "), Some(BLANK));
        for value in ["0", "nA", "NULLs", "Namibia", "-1", "a"] {
            assert_eq!(find(value.as_bytes()), None, "{value:?}");
        }
    }
}
