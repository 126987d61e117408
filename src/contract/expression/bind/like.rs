//! SQL's `LIKE`: `%` stands for any text, `_` for one character.

/// Whether a text is like a pattern. It takes at most the product of both lengths.
pub(super) fn is_like(text: &str, pattern: &[char]) -> bool {
    let text: Vec<char> = text.chars().collect();
    let (mut at, mut of) = (0, 0);
    // Behind the last `%`, and where the text that it stands for may end next.
    let mut back: Option<(usize, usize)> = None;
    while at < text.len() {
        match pattern.get(of) {
            Some('%') => {
                back = Some((of + 1, at));
                of += 1;
            }
            Some(c) if *c == '_' || *c == text[at] => {
                (at, of) = (at + 1, of + 1);
            }
            _ => match &mut back {
                Some((behind, end)) => {
                    *end += 1;
                    (at, of) = (*end, *behind);
                }
                None => return false,
            },
        }
    }
    pattern[of.min(pattern.len())..].iter().all(|c| *c == '%')
}

#[cfg(test)]
mod tests {
    use super::is_like;

    #[test]
    fn texts_are_like_patterns_as_sql_has_it() {
        // DuckDB 1.4 on the same.
        let table = [
            ("abc", "abc", true),
            ("abc", "ABC", false),
            ("abc", "a%", true),
            ("abc", "%c", true),
            ("abc", "%b%", true),
            ("abc", "a_c", true),
            ("abc", "a_", false),
            ("abc", "_%_%_", true),
            ("ab", "_%_%_", false),
            ("", "", true),
            ("", "%", true),
            ("", "_", false),
            ("aXbXc", "a%X%c", true),
            ("aaab", "%aab", true),
            ("日本", "_本", true),
            ("100%", "100%", true),
        ];
        for (text, pattern, expected) in table {
            let pattern: Vec<char> = pattern.chars().collect();
            assert_eq!(is_like(text, &pattern), expected, "{text} {pattern:?}");
        }
    }
}
