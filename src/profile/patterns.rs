//! Shapes of texts: values with their counts in, the most frequent masks out. `A` is an upper-case letter, `a` any
//! other letter, `9` a digit, everything else is itself: `AB-1234` and `XY-0007` are both `AA-9999`.

use crate::sketch::text_table::TextTable;
use crate::sketch::texts::text_hash;

/// Characters of a mask; a longer text's ends with `…`.
pub const LENGTH: usize = 32;
/// Masks that a profile lists.
pub const LISTED: usize = 10;

/// What ASCII characters are in a mask.
const ASCII: [u8; 128] = {
    let mut table = [0; 128];
    let mut byte = 0;
    while byte < 128 {
        table[byte] = match byte as u8 {
            b'0'..=b'9' => b'9',
            b'A'..=b'Z' => b'A',
            b'a'..=b'z' => b'a',
            other => other,
        };
        byte += 1;
    }
    table
};

/// Writes the mask of a text.
fn write(text: &str, mask: &mut Vec<u8>) {
    mask.clear();
    if text.is_ascii() {
        mask.extend(text.bytes().take(LENGTH).map(|byte| ASCII[usize::from(byte & 127)]));
        if text.len() > LENGTH {
            mask.extend_from_slice("…".as_bytes());
        }
        return;
    }
    for (i, c) in text.chars().enumerate() {
        let shown = match c {
            _ if i == LENGTH => '…',
            c if c.is_numeric() => '9',
            c if c.is_uppercase() => 'A',
            c if c.is_alphabetic() => 'a',
            c => c,
        };
        mask.extend_from_slice(shown.encode_utf8(&mut [0; 4]).as_bytes());
        if i == LENGTH {
            break;
        }
    }
}

/// The mask of a text.
pub fn mask(text: &str) -> String {
    let mut mask = Vec::new();
    write(text, &mut mask);
    String::from_utf8_lossy(&mask).into_owned()
}

/// Counts of masks. Feed every value of a bounded set.
#[derive(Debug, Clone, Default)]
pub struct Patterns {
    counts: TextTable,
    mask: Vec<u8>,
}

impl Patterns {
    /// Counts a value.
    pub fn add(&mut self, text: &str, count: u64) {
        write(text, &mut self.mask);
        self.counts.add(&self.mask, text_hash(&self.mask), count);
    }

    /// The ten most frequent masks, most frequent first, ties in the order of the masks.
    pub fn top(self) -> Vec<(String, u64)> {
        let top = crate::order::first(self.counts.iter(), LISTED, |a, b| {
            b.count.cmp(&a.count).then_with(|| a.text.cmp(b.text))
        });
        top.iter().map(|it| (String::from_utf8_lossy(it.text).into_owned(), it.count)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks_keep_lengths_and_signs() {
        for (text, expected) in [
            ("AB-1234", "AA-9999"),
            ("Zürich 8001", "Aaaaaa 9999"),
            ("ÅØ", "AA"),
            ("東京", "aa"),
            ("٣", "9"),
            ("a@b.ch", "a@a.aa"),
            ("", ""),
        ] {
            assert_eq!(mask(text), expected, "{text:?}");
        }
        assert_eq!(mask(&"x".repeat(32)), "a".repeat(32));
        assert_eq!(mask(&"x".repeat(33)), "a".repeat(32) + "…");
        assert_eq!(mask(&"é".repeat(33)), "a".repeat(32) + "…");
    }

    #[test]
    fn the_most_frequent_come_first_and_ties_by_mask() {
        let mut patterns = Patterns::default();
        for (text, count) in [("b1", 2), ("A", 2), ("x9", 1), ("--", 3), ("+", u64::MAX - 1), ("+", 1)] {
            patterns.add(text, count);
        }
        for i in 0..20 {
            patterns.add(&"!".repeat(i + 3), 1);
        }
        let top = patterns.top();
        let expected = [("+", u64::MAX), ("--", 3), ("a9", 3), ("A", 2), ("!!!", 1)];
        assert_eq!(top.len(), 10);
        assert!(
            top.iter().zip(expected).all(|(found, (mask, count))| found.0 == mask && found.1 == count),
            "{top:?}"
        );
    }
}
