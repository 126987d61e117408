//! Texts of people and files → pieces of messages: quoted, cut, counted.

use crate::words::grouped;

/// The most characters of a user's text that a message shows.
const SHOWN: usize = 60;

/// The text cut to what a message shows.
pub(super) fn cut(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// The text in quotes, control characters escaped, cut to what a message shows.
pub(super) fn quoted(text: &str) -> String {
    format!("{:?}", cut(text))
}

/// `1 cell`, `3 cells`.
pub(super) fn counted(count: u64, noun: &str) -> String {
    format!("{} {noun}{}", grouped(count), if count == 1 { "" } else { "s" })
}

/// What lies within bounds, each with whether it is exclusive: `0 … 120`, `more than 0 and at most 120`.
pub(super) fn within(low: Option<(String, bool)>, high: Option<(String, bool)>) -> String {
    match (low, high) {
        (Some((low, false)), Some((high, false))) => format!("{low} … {high}"),
        (low, high) => {
            let low =
                low.map(|(it, strict)| format!("{} {it}", if strict { "more than" } else { "at least" }));
            let high =
                high.map(|(it, strict)| format!("{} {it}", if strict { "less than" } else { "at most" }));
            low.into_iter().chain(high).collect::<Vec<_>>().join(" and ")
        }
    }
}

/// The first few of a list, and how many there are where some are left out.
pub(super) fn listed<S: AsRef<str>>(items: &[S]) -> String {
    const FIRST: usize = 5;
    let shown: Vec<String> = items.iter().take(FIRST).map(|item| cut(item.as_ref())).collect();
    let shown = shown.join(", ");
    if items.len() > FIRST { format!("{shown}, … ({} in all)", items.len()) } else { shown }
}

/// The candidate that the word was probably meant to be: at most a third of its letters away, and the nearest one.
pub(super) fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word: Vec<char> = word.chars().take(SHOWN).flat_map(char::to_lowercase).collect();
    let most = (word.len() / 3).max(1);
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        let letters: Vec<char> = candidate.chars().take(SHOWN).flat_map(char::to_lowercase).collect();
        let distance = distance(&word, &letters);
        // One letter is not enough to go by.
        let close = distance <= most && distance < letters.len();
        if close && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// The candidate that the word is a typing error of: of six letters or more, at most two of them away. Where any word is
/// allowed, that one is not meant has to be sure.
pub(super) fn near<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let found = nearest(word, candidates)?;
    let letters = |text: &str| text.chars().flat_map(char::to_lowercase).collect::<Vec<_>>();
    let (word, meant) = (letters(word), letters(found));
    (word.len() >= 6 && distance(&word, &meant) <= 2).then_some(found)
}

/// Insertions, deletions, replacements and swaps of neighbours that turn one word into the other (optimal string
/// alignment).
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 0..a.len() {
        let mut row = vec![i + 1];
        for j in 0..b.len() {
            let mut least = (last[j] + usize::from(a[i] != b[j])).min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && a[i] == b[j - 1] && a[i - 1] == b[j] {
                least = least.min(before[j - 1] + 1);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_word_is_found_or_none() {
        let keys = ["required", "unique", "name", "logicalType", "physicalType"];
        let table = [
            ("requird", Some("required")),
            ("logcialType", Some("logicalType")),
            ("LogicalType", Some("logicalType")),
            ("nmae", Some("name")),
            ("colour", None),
            ("", None),
        ];
        for (word, meant) in table {
            assert_eq!(nearest(word, keys), meant, "{word}");
        }
    }

    #[test]
    fn long_texts_are_cut_between_characters() {
        let text = "é".repeat(100);
        assert_eq!(cut(&text).chars().count(), SHOWN + 1);
        assert_eq!(quoted("a\n\"b"), r#""a\n\"b""#);
    }
}
