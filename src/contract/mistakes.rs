//! Mistakes in a contract, gathered with their places → one error that names the first few of them and knows them all.

use crate::error::{Error, Kind, Place};

use super::exact::Exact;
use super::scalar::{Scalar, ScalarKind};
use super::wording::{near, nearest, quoted};
use super::yaml::{Content, Key, Node};

/// How many mistakes one error message names. The page has a list of them all beside it.
const NAMED: usize = if cfg!(feature = "cli") { 100 } else { 5 };

/// The mistakes found so far.
#[derive(Debug, Default)]
pub(super) struct Mistakes {
    found: Vec<(Place, String)>,
    /// Whether further keys are allowed in most parts.
    pub(super) is_open: bool,
}

impl Mistakes {
    /// Notes a mistake.
    pub(super) fn add(&mut self, place: Place, message: impl Into<String>) {
        self.found.push((place, message.into()));
    }

    /// Notes those of another look at the same text that are at places where nothing is noted yet.
    pub(super) fn add_new(&mut self, other: Mistakes) {
        let known = crate::order::set(self.found.iter().map(|(place, _)| (place.line, place.column)));
        self.found.extend(
            other.found.into_iter().filter(|(place, _)| !known.contains(&(place.line, place.column))),
        );
    }

    /// Notes the keys that are not known; where further ones are allowed, those that are another's typing error.
    pub(super) fn known(&mut self, entries: &[(Key, Node)], what: &str, words: &[&str], is_open: bool) {
        for (key, _) in entries.iter().filter(|(key, _)| !words.contains(&key.text.as_str())) {
            if !is_open || near(&key.text, words.iter().copied()).is_some() {
                self.unknown(key.place, what, &key.text, words);
            }
        }
    }

    /// Notes that something else was expected here.
    pub(super) fn expected(&mut self, node: &Node, what: &str) {
        self.add(node.place, format!("expected {what}, found {}", node.found()));
    }

    /// Notes an unknown word, with the one that was probably meant.
    pub(super) fn unknown(&mut self, place: Place, what: &str, word: &str, known: &[&str]) {
        let meant = match nearest(word, known.iter().copied()) {
            Some(meant) => format!("; did you mean {meant:?}?"),
            None if known.is_empty() => "; none is declared".to_owned(),
            None if known.len() <= 12 => format!("; expected one of {}", known.join(", ")),
            None => String::new(),
        };
        self.add(place, format!("unknown {what} {}{meant}", quoted(word)));
    }

    /// The error, where there are mistakes: placed at the first, naming the first few, with all of them.
    pub(super) fn into_error(mut self) -> Option<Error> {
        crate::order::sort_by_key(&mut self.found, |(place, _)| (place.line, place.column));
        let (first, message) = self.found.first()?;
        let mut text = message.clone();
        for (place, message) in self.found.iter().take(NAMED).skip(1) {
            text += &format!("\nline {}, column {}: {message}", place.line, place.column);
        }
        if self.found.len() > NAMED {
            text += &format!("\n(and {} more)", self.found.len() - NAMED);
        }
        let first = *first;
        Some(Error::new(Kind::Usage, text).at(first.line, first.column).with_mistakes(self.found))
    }

    /// The mapping's entries; notes a mistake where it is none.
    pub(super) fn map<'a>(&mut self, node: &'a Node, what: &str) -> &'a [(Key, Node)] {
        match &node.content {
            Content::Map(entries) => entries,
            _ => {
                self.expected(node, what);
                &[]
            }
        }
    }

    /// The list's items; notes a mistake where it is none.
    pub(super) fn list<'a>(&mut self, node: &'a Node, what: &str) -> &'a [Node] {
        match &node.content {
            Content::List(items) => items,
            _ => {
                self.expected(node, what);
                &[]
            }
        }
    }

    /// The text of a scalar that is not null.
    pub(super) fn text<'a>(&mut self, node: &'a Node) -> Option<&'a str> {
        match &node.content {
            Content::Scalar(Scalar { text, kind }) if *kind != ScalarKind::Null => Some(text),
            _ => {
                self.expected(node, "text");
                None
            }
        }
    }

    /// A boolean.
    pub(super) fn boolean(&mut self, node: &Node) -> Option<bool> {
        if let Some(Scalar { kind: ScalarKind::Boolean(value), .. }) = node.scalar() {
            return Some(*value);
        }
        self.expected(node, "true or false");
        None
    }

    /// A number.
    pub(super) fn number(&mut self, node: &Node) -> Option<Exact> {
        let number = node.number();
        if number.is_none() {
            self.expected(node, "a number");
        }
        number
    }

    /// A whole number that is not negative.
    pub(super) fn natural(&mut self, node: &Node) -> Option<u64> {
        let scalar = node.scalar().filter(|scalar| scalar.kind == ScalarKind::Integer);
        let value = scalar.and_then(|scalar| scalar.text.parse().ok());
        if value.is_none() {
            self.expected(node, "a whole number from 0");
        }
        value
    }
}
