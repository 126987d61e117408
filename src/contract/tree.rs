//! A document to be written: as YAML or as JSON.

use super::infer::{quoted, scalar};
use super::scalar::ScalarKind;
use super::yaml::{Content, Node};

/// A value of a document.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Tree {
    /// A text.
    Text(String),
    /// A number, as it is written.
    Number(String),
    /// True or false.
    Flag(bool),
    /// Nothing.
    Null,
    /// A list.
    List(Vec<Tree>),
    /// Names with values, in order.
    Map(Vec<(String, Tree)>),
}

impl Tree {
    /// A text.
    pub(super) fn text(text: impl Into<String>) -> Tree {
        Tree::Text(text.into())
    }

    /// A number.
    pub(super) fn number(value: f64) -> Tree {
        if value.is_finite() { Tree::Number(value.to_string()) } else { Tree::Null }
    }

    /// A list of texts.
    pub(super) fn texts(texts: &[String]) -> Tree {
        Tree::List(texts.iter().map(Tree::text).collect())
    }

    /// What a text stands for in a list of values: a number where it is written as one, else the text.
    pub(super) fn value(text: &str) -> Tree {
        let digits = text.strip_prefix('-').unwrap_or(text);
        let is_plain = digits.bytes().all(|b| b.is_ascii_digit() || b == b'.')
            && digits.starts_with(|c: char| c.is_ascii_digit())
            && !(digits.len() > 1 && digits.starts_with('0') && !digits.starts_with("0."))
            && !digits.ends_with('.')
            && digits.matches('.').count() <= 1;
        if is_plain { Tree::Number(text.to_owned()) } else { Tree::text(text) }
    }

    /// Names with values.
    pub(super) fn map<const N: usize>(entries: [(&str, Tree); N]) -> Tree {
        Tree::Map(entries.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
    }

    /// Adds a name to a mapping.
    pub(super) fn push(&mut self, name: &str, value: Tree) {
        if let Tree::Map(entries) = self {
            entries.push((name.to_owned(), value));
        }
    }

    /// A part of a document that was read.
    pub(super) fn of(node: &Node) -> Tree {
        match &node.content {
            Content::Map(entries) => {
                Tree::Map(entries.iter().map(|(key, node)| (key.text.clone(), Tree::of(node))).collect())
            }
            Content::List(items) => Tree::List(items.iter().map(Tree::of).collect()),
            Content::Scalar(scalar) => match scalar.kind {
                ScalarKind::Null => Tree::Null,
                ScalarKind::Boolean(value) => Tree::Flag(value),
                ScalarKind::Integer | ScalarKind::Float => Tree::Number(scalar.text.clone()),
                ScalarKind::Text => Tree::text(&scalar.text),
            },
        }
    }

    /// A value of JSON.
    pub(super) fn json_value(value: &serde_json::Value) -> Tree {
        use serde_json::Value;
        match value {
            Value::Null => Tree::Null,
            Value::Bool(value) => Tree::Flag(*value),
            Value::Number(number) => Tree::Number(number.to_string()),
            Value::String(text) => Tree::text(text),
            Value::Array(items) => Tree::List(items.iter().map(Tree::json_value).collect()),
            Value::Object(entries) => {
                Tree::Map(entries.iter().map(|(name, it)| (name.clone(), Tree::json_value(it))).collect())
            }
        }
    }

    /// The document in YAML.
    pub(super) fn yaml(&self) -> String {
        let mut out = String::new();
        self.block(0, &mut out);
        out
    }

    /// The document in JSON.
    pub(super) fn json(&self) -> String {
        let mut out = String::new();
        self.pretty(0, &mut out);
        out.push('\n');
        out
    }

    /// On one line of YAML, where it is short enough for that.
    pub(super) fn inline(&self) -> Option<String> {
        Some(match self {
            Tree::Text(text) => scalar(text),
            Tree::Number(text) => text.clone(),
            Tree::Flag(value) => value.to_string(),
            Tree::Null => "null".to_owned(),
            Tree::List(items) if items.iter().all(|it| !matches!(it, Tree::List(_) | Tree::Map(_))) => {
                let items: Option<Vec<String>> = items.iter().map(Tree::inline).collect();
                format!("[{}]", items?.join(", "))
            }
            Tree::Map(entries) if entries.is_empty() => "{}".to_owned(),
            Tree::List(_) | Tree::Map(_) => return None,
        })
    }

    fn block(&self, depth: usize, out: &mut String) {
        let indent = "  ".repeat(depth);
        match self {
            Tree::Map(entries) => {
                for (name, value) in entries {
                    out.push_str(&format!("{indent}{}:", scalar(name)));
                    value.behind(depth, out);
                }
            }
            Tree::List(items) => {
                for item in items {
                    let start = out.len();
                    match item.inline() {
                        Some(text) => out.push_str(&format!("{indent}- {text}\n")),
                        None => {
                            item.block(depth + 1, out);
                            // The first line begins with the dash.
                            out.replace_range(start + 2 * depth..start + 2 * depth + 2, "- ");
                        }
                    }
                }
            }
            other => out.push_str(&format!("{indent}{}\n", other.inline().unwrap_or_default())),
        }
    }

    fn behind(&self, depth: usize, out: &mut String) {
        match self.inline() {
            Some(text) => out.push_str(&format!(" {text}\n")),
            None => {
                out.push('\n');
                self.block(depth + 1, out);
            }
        }
    }

    fn pretty(&self, depth: usize, out: &mut String) {
        let (open, close) = ("  ".repeat(depth + 1), "  ".repeat(depth));
        let mut nested = |brackets: [char; 2], items: Vec<(Option<&str>, &Tree)>| {
            out.push(brackets[0]);
            let last = items.len();
            for (i, (name, item)) in items.into_iter().enumerate() {
                out.push_str(&format!("\n{open}"));
                if let Some(name) = name {
                    out.push_str(&format!("{}: ", quoted(name)));
                }
                item.pretty(depth + 1, out);
                if i + 1 < last {
                    out.push(',');
                }
            }
            if last > 0 {
                out.push_str(&format!("\n{close}"));
            }
            out.push(brackets[1]);
        };
        match self {
            Tree::Map(entries) => {
                nested(['{', '}'], entries.iter().map(|(name, it)| (Some(name.as_str()), it)).collect());
            }
            Tree::List(items) => nested(['[', ']'], items.iter().map(|it| (None, it)).collect()),
            Tree::Text(text) => out.push_str(&quoted(text)),
            Tree::Number(text) => out.push_str(text),
            Tree::Flag(value) => out.push_str(&value.to_string()),
            Tree::Null => out.push_str("null"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::yaml;
    use proptest::prelude::*;

    fn trees() -> impl Strategy<Value = Tree> {
        let leaf = prop_oneof![
            "(\\PC|[\n\t:#\"'\\\\]){0,12}".prop_map(Tree::Text),
            (-9999i32..9999).prop_map(|it| Tree::Number(it.to_string())),
            any::<bool>().prop_map(Tree::Flag),
            Just(Tree::Null),
        ];
        let inner = leaf.prop_recursive(4, 24, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 1..4).prop_map(Tree::List),
                prop::collection::btree_map("[a-z:# ]{1,6}", inner, 1..4)
                    .prop_map(|map| Tree::Map(map.into_iter().collect())),
            ]
        });
        prop::collection::btree_map("[a-z]{1,6}", inner, 1..4)
            .prop_map(|map| Tree::Map(map.into_iter().collect()))
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(tree in trees()) {
            for text in [tree.yaml(), tree.json()] {
                let read = yaml::parse(text.as_bytes()).unwrap_or_else(|error| panic!("{error}\n{text}"));
                prop_assert_eq!(&Tree::of(&read), &tree, "{}", text);
            }
            let json: std::result::Result<serde_json::Value, _> = serde_json::from_str(&tree.json());
            prop_assert!(json.is_ok(), "{}", tree.json());
        }
    }

    #[test]
    fn values_that_look_like_numbers_are() {
        let table = [
            ("1", true),
            ("-2.5", true),
            ("007", false),
            ("1e3", false),
            ("", false),
            ("1.", false),
            ("0.5", true),
        ];
        for (text, is_number) in table {
            assert_eq!(matches!(Tree::value(text), Tree::Number(_)), is_number, "{text}");
        }
    }
}
