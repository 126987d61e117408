//! A scalar's text and style → what YAML's core schema takes it for.

use yaml_rust2::parser::Tag;
use yaml_rust2::scanner::TScalarStyle;

/// A single value as its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Scalar {
    /// The text, escapes undone.
    pub(super) text: String,
    /// What YAML's core schema takes it for.
    pub(super) kind: ScalarKind,
}

/// What YAML's core schema takes a scalar for; anything quoted is text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ScalarKind {
    /// Nothing, `~` or `null`.
    Null,
    /// `true` or `false`; of YAML 1.1 also `yes`, `no`, `on`, `off`, though their text is what counts in a list of values.
    Boolean(bool),
    /// Decimal digits with an optional sign.
    Integer,
    /// A number with a point or an exponent.
    Float,
    /// Everything else.
    Text,
}

/// What a scalar is taken for.
pub(super) fn resolve(text: &str, style: TScalarStyle, tag: Option<&Tag>) -> ScalarKind {
    if style != TScalarStyle::Plain || tag.is_some_and(|tag| tag.suffix == "str") {
        return ScalarKind::Text;
    }
    match text {
        "" | "~" | "null" | "Null" | "NULL" => ScalarKind::Null,
        "true" | "True" | "TRUE" | "yes" | "Yes" | "YES" | "on" | "On" | "ON" => ScalarKind::Boolean(true),
        "false" | "False" | "FALSE" | "no" | "No" | "NO" | "off" | "Off" | "OFF" => {
            ScalarKind::Boolean(false)
        }
        _ => number(text),
    }
}

fn number(text: &str) -> ScalarKind {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    if !unsigned.is_empty() && unsigned.bytes().all(|b| b.is_ascii_digit()) {
        return ScalarKind::Integer;
    }
    let plain = unsigned.bytes().all(|b| matches!(b, b'0'..=b'9' | b'.' | b'e' | b'E' | b'+' | b'-'));
    let digit = unsigned.bytes().any(|b| b.is_ascii_digit());
    if plain && digit && unsigned.parse::<f64>().is_ok() { ScalarKind::Float } else { ScalarKind::Text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_scalars_are_taken_for_what_they_look_like() {
        let table = [
            ("2024-01-01", ScalarKind::Text),
            ("1", ScalarKind::Integer),
            ("-9223372036854775809", ScalarKind::Integer),
            ("0.10", ScalarKind::Float),
            ("1e3", ScalarKind::Float),
            (".5", ScalarKind::Float),
            ("1-2", ScalarKind::Text),
            ("NO", ScalarKind::Boolean(false)),
            ("true", ScalarKind::Boolean(true)),
            ("~", ScalarKind::Null),
            ("", ScalarKind::Null),
            ("e", ScalarKind::Text),
            ("-", ScalarKind::Text),
        ];
        for (text, kind) in table {
            assert_eq!(resolve(text, TScalarStyle::Plain, None), kind, "{text}");
            assert_eq!(resolve(text, TScalarStyle::DoubleQuoted, None), ScalarKind::Text, "{text}");
        }
        let tag = Tag { handle: "tag:yaml.org,2002:".to_owned(), suffix: "str".to_owned() };
        assert_eq!(resolve("2", TScalarStyle::Plain, Some(&tag)), ScalarKind::Text);
    }
}
