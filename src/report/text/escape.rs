//! Text that came from data in, text that is safe and honest on a terminal out: what would move the cursor, colour,
//! hide or turn around other text is shown as its code.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The text with control, bidirectional and invisible characters written as escapes.
pub(super) fn shown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\0' => out.push_str("\\0"),
            _ if is_hostile(letter) => out.extend(letter.escape_unicode()),
            _ => out.push(letter),
        }
    }
    out
}

/// The escaped text in double quotes, as it stood in the file.
pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", shown(text).replace('"', "\\\""))
}

/// Controls (also C1), bidirectional marks, zero-width characters, line separators, tags, byte order marks.
fn is_hostile(letter: char) -> bool {
    letter.is_control()
        || matches!(letter,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e0fff}')
}

/// The cells of a terminal that the text takes.
pub(super) fn width(text: &str) -> usize {
    text.width()
}

/// The text cut to this many cells, with an ellipsis where something was cut.
pub(super) fn cut(text: &str, cells: usize) -> String {
    if width(text) <= cells {
        return text.to_string();
    }
    let mut out = String::new();
    let mut used = 1;
    for letter in text.chars() {
        used += letter.width().unwrap_or(0);
        if used > cells {
            break;
        }
        out.push(letter);
    }
    // A whole string can be wider than its characters (emoji sequences): take letters off until it fits.
    while width(&out) + 1 > cells && out.pop().is_some() {}
    if cells > 0 {
        out.push('…');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_act_on_a_terminal_is_shown_as_its_code() {
        let table = [
            ("plain", "plain"),
            ("größe 表", "größe 表"),
            ("\x1b[31mred\x1b[0m", "\\u{1b}[31mred\\u{1b}[0m"),
            ("a\nb\tc\r\0", "a\\nb\\tc\\r\\0"),
            ("\u{9b}2J", "\\u{9b}2J"),
            ("abc\u{202e}gpj.exe", "abc\\u{202e}gpj.exe"),
            ("\u{2066}x\u{2069}\u{200b}\u{feff}", "\\u{2066}x\\u{2069}\\u{200b}\\u{feff}"),
            ("\u{e0041}", "\\u{e0041}"),
        ];
        for (text, wanted) in table {
            assert_eq!(shown(text), wanted);
        }
        assert_eq!(quoted("say \"hi\""), "\"say \\\"hi\\\"\"");
    }

    #[test]
    fn a_cut_text_never_takes_more_cells_than_it_may() {
        for text in ["", "a", "abcdef", "表表表表", "e\u{301}e\u{301}e\u{301}", "👩‍👩‍👧‍👦👩‍👩‍👧‍👦"]
        {
            for cells in 0..12 {
                assert!(width(&cut(text, cells)) <= cells, "{text:?} in {cells} cells");
            }
        }
        assert_eq!(cut("abcdef", 4), "abc…");
        assert_eq!(cut("表表表", 4), "表…");
        assert_eq!(cut("abc", 3), "abc");
    }
}
