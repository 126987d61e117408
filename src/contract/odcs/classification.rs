//! `classification` and `tags` of a property → whether what it holds is not for everybody. ODCS leaves the words open;
//! these are the usual ones.

use super::super::mistakes::Mistakes;
use super::super::yaml::{Key, Node};
use super::{given, optional_text};

/// Words in lower case, joined by `-`.
const CLASSIFIED: [&str; 16] = [
    "confidential",
    "highly-confidential",
    "highly-restricted",
    "personal",
    "personal-data",
    "personally-identifiable",
    "phi",
    "pii",
    "private",
    "restricted",
    "secret",
    "sensitive",
    "sensitive-personal",
    "spi",
    "strictly-confidential",
    "top-secret",
];

/// Whether a property's `classification`, or one of its `tags`, says so.
pub(super) fn read(entries: &[(Key, Node)], mistakes: &mut Mistakes) -> bool {
    let classification = optional_text(entries, "classification", mistakes);
    let tags = given(entries, "tags").map(|node| mistakes.list(node, "a list of tags")).unwrap_or_default();
    let tags: Vec<String> = tags.iter().filter_map(|tag| mistakes.text(tag)).map(str::to_owned).collect();
    classification.iter().chain(&tags).any(|word| is_classified(word))
}

fn is_classified(word: &str) -> bool {
    let parts = word.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    let word = parts.collect::<Vec<_>>().join("-").to_lowercase();
    CLASSIFIED.contains(&word.as_str())
}

#[cfg(test)]
mod tests {
    use super::is_classified;

    #[test]
    fn the_usual_words_are_known_in_any_spelling() {
        for word in ["confidential", "Restricted", "PII", "personal data", "Highly_Restricted", " pii "] {
            assert!(is_classified(word), "{word}");
        }
        for word in ["", "public", "internal", "non-pii", "personality", "unrestricted"] {
            assert!(!is_classified(word), "{word}");
        }
    }
}
