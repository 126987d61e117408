//! Shapes of texts: values with their counts in, the most frequent masks out. `A` is an upper-case letter, `a` any
//! other letter, `9` a digit, everything else is itself: `AB-1234` and `XY-0007` are both `AA-9999`.

use std::collections::BTreeMap;

/// Characters of a mask; a longer text's ends with `…`.
pub const LENGTH: usize = 32;
/// Masks that a profile lists.
pub const LISTED: usize = 10;

/// The mask of a text.
pub fn mask(text: &str) -> String {
    let mut mask = String::with_capacity(text.len().min(4 * LENGTH));
    for (i, c) in text.chars().enumerate() {
        if i == LENGTH {
            mask.push('…');
            break;
        }
        mask.push(match c {
            c if c.is_numeric() => '9',
            c if c.is_uppercase() => 'A',
            c if c.is_alphabetic() => 'a',
            c => c,
        });
    }
    mask
}

/// Counts of masks. Feed every value of a bounded set.
#[derive(Debug, Clone, Default)]
pub struct Patterns(BTreeMap<String, u64>);

impl Patterns {
    /// Counts a value.
    pub fn add(&mut self, text: &str, count: u64) {
        let total = self.0.entry(mask(text)).or_default();
        *total = total.saturating_add(count);
    }

    /// The ten most frequent masks, most frequent first, ties in the order of the masks.
    pub fn top(self) -> Vec<(String, u64)> {
        let mut masks: Vec<(String, u64)> = self.0.into_iter().collect();
        crate::order::sort_by(&mut masks, |a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        masks.truncate(LISTED);
        masks
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
        assert_eq!(mask(&"é".repeat(33)), "a".repeat(32) + "…");
    }

    #[test]
    fn the_most_frequent_come_first_and_ties_by_mask() {
        let mut patterns = Patterns::default();
        for (text, count) in [("b1", 2), ("A", 2), ("x9", 1), ("--", 3), ("+", u64::MAX), ("+", 1)] {
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
