//! YAML (and so JSON) text → a tree in which every node knows its line and column. Scalars keep their text, so that
//! dates, long numbers and `NO` survive; what YAML takes them for stands beside it.

use std::collections::{BTreeMap, BTreeSet};

use yaml_rust2::parser::{Event, Parser};
use yaml_rust2::scanner::Marker;

use crate::error::{Error, Kind, Place, Result};

use super::exact::Exact;
use super::scalar::{Scalar, ScalarKind, resolve};

/// The largest contract, in bytes.
const TEXT_BYTES: usize = 4 << 20;
/// The most nodes that aliases repeat, counted each time.
const NODES: usize = 200_000;
/// The most bytes of text that aliases repeat, counted each time.
const TREE_BYTES: usize = 16 << 20;
/// The deepest nesting.
const DEPTH: usize = 64;

/// A node with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Node {
    /// Where it begins.
    pub(super) place: Place,
    /// What it is.
    pub(super) content: Content,
}

/// What a node is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Content {
    /// A single value.
    Scalar(Scalar),
    /// A sequence.
    List(Vec<Node>),
    /// A mapping, in the order of the text, with no key twice.
    Map(Vec<(Key, Node)>),
}

/// A key of a mapping.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Key {
    /// Its text.
    pub(super) text: String,
    /// Where it begins.
    pub(super) place: Place,
}

/// Parses one document. Errors are of kind `Usage`: not UTF-8, not YAML, a key twice, several documents, too large.
pub(super) fn parse(text: &[u8]) -> Result<Node> {
    if text.len() > TEXT_BYTES {
        return Err(Error::new(Kind::Usage, format!("the contract is larger than {} MiB", TEXT_BYTES >> 20)));
    }
    let text = std::str::from_utf8(text).map_err(|e| {
        let (line, column) = end_of(&text[..e.valid_up_to()]);
        Error::new(Kind::Usage, "the contract is not utf-8 text").at(line, column)
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    // JSON may be indented with tabs, which YAML forbids; a raw tab inside a JSON string is illegal anyway.
    let json = text.trim_start().starts_with('{');
    let mut parser = Parser::new(text.chars().map(move |c| if json && c == '\t' { ' ' } else { c }));
    let mut builder = Builder::default();
    loop {
        let (event, mark) = parser.next_token().map_err(|e| {
            let place = place(*e.marker());
            Error::new(Kind::Usage, format!("not yaml: {}", e.info())).at(place.line, place.column)
        })?;
        let place = place(mark);
        match event {
            Event::StreamEnd => break,
            Event::DocumentStart if builder.root.is_some() => {
                return Err(wrong(place, "a contract is one document"));
            }
            event => builder.take(event, place)?,
        }
    }
    builder.root.ok_or_else(|| wrong(Place { line: 1, column: 1 }, "the contract is empty"))
}

/// Line and column just after these bytes, from 1.
fn end_of(bytes: &[u8]) -> (u64, u64) {
    let line = bytes.iter().filter(|&&b| b == b'\n').count() as u64 + 1;
    let last = bytes.rsplit(|&b| b == b'\n').next().unwrap_or_default();
    (line, String::from_utf8_lossy(last).chars().count() as u64 + 1)
}

fn place(mark: Marker) -> Place {
    Place { line: mark.line() as u64, column: mark.col() as u64 + 1 }
}

fn wrong(place: Place, message: &str) -> Error {
    Error::new(Kind::Usage, message).at(place.line, place.column)
}

/// A collection that is not finished.
struct Open {
    place: Place,
    anchor: usize,
    content: Content,
    key: Option<Key>,
    /// The keys so far.
    names: BTreeSet<String>,
}

#[derive(Default)]
struct Builder {
    open: Vec<Open>,
    root: Option<Node>,
    anchors: BTreeMap<usize, Node>,
    nodes: usize,
    bytes: usize,
}

impl Builder {
    fn take(&mut self, event: Event, place: Place) -> Result<()> {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let kind = resolve(&text, style, tag.as_ref());
                let content = Content::Scalar(Scalar { text, kind });
                self.finish(Node { place, content }, anchor)
            }
            Event::SequenceStart(anchor, _) => self.begin(place, anchor, Content::List(Vec::new())),
            Event::MappingStart(anchor, _) => self.begin(place, anchor, Content::Map(Vec::new())),
            Event::SequenceEnd | Event::MappingEnd => match self.open.pop() {
                Some(Open { mut place, anchor, content, .. }) => {
                    // A block mapping is announced at the colon behind its first key.
                    if let Content::Map(entries) = &content
                        && let Some((key, _)) = entries.first()
                        && (key.place.line, key.place.column) < (place.line, place.column)
                    {
                        place = key.place;
                    }
                    let content = if let Content::Map(entries) = content { merge(entries) } else { content };
                    self.finish(Node { place, content }, anchor)
                }
                None => Ok(()),
            },
            Event::Alias(anchor) => match self.anchors.get(&anchor).cloned() {
                Some(node) => {
                    self.count(&node, place)?;
                    self.add(Node { place, content: node.content })
                }
                None => Err(wrong(place, "the alias stands inside the node it refers to")),
            },
            Event::Nothing
            | Event::StreamStart
            | Event::StreamEnd
            | Event::DocumentStart
            | Event::DocumentEnd => Ok(()),
        }
    }

    fn begin(&mut self, place: Place, anchor: usize, content: Content) -> Result<()> {
        if self.open.len() >= DEPTH {
            let error = Error::new(Kind::Usage, format!("the contract is nested deeper than {DEPTH} levels"));
            return Err(error.at(place.line, place.column));
        }
        self.open.push(Open { place, anchor, content, key: None, names: BTreeSet::new() });
        Ok(())
    }

    fn finish(&mut self, node: Node, anchor: usize) -> Result<()> {
        if anchor > 0 {
            self.count(&node, node.place)?;
            self.anchors.insert(anchor, node.clone());
        }
        self.add(node)
    }

    fn add(&mut self, node: Node) -> Result<()> {
        let Some(open) = self.open.last_mut() else {
            self.root = Some(node);
            return Ok(());
        };
        match &mut open.content {
            Content::List(items) => items.push(node),
            Content::Map(entries) => match open.key.take() {
                None => match node.content {
                    Content::Scalar(Scalar { text, .. }) => open.key = Some(Key { text, place: node.place }),
                    _ => return Err(wrong(node.place, "a key must be plain text")),
                },
                Some(key) => {
                    // What is not there has no place of its own.
                    let place = if node.is_null() { key.place } else { node.place };
                    let node = Node { place, ..node };
                    if key.text != "<<" && !open.names.insert(key.text.clone()) {
                        return Err(wrong(key.place, &format!("the key {:?} is given twice", key.text)));
                    }
                    entries.push((key, node));
                }
            },
            Content::Scalar(_) => {}
        }
        Ok(())
    }

    /// Charges a copy of a whole subtree.
    fn count(&mut self, node: &Node, place: Place) -> Result<()> {
        let mut stack = vec![node];
        while let Some(node) = stack.pop() {
            match &node.content {
                Content::Scalar(scalar) => self.charge(1, scalar.text.len(), place)?,
                Content::List(items) => {
                    self.charge(1, 0, place)?;
                    stack.extend(items);
                }
                Content::Map(entries) => {
                    self.charge(1, entries.iter().map(|(key, _)| key.text.len()).sum(), place)?;
                    stack.extend(entries.iter().map(|(_, value)| value));
                }
            }
        }
        Ok(())
    }

    fn charge(&mut self, nodes: usize, bytes: usize, place: Place) -> Result<()> {
        self.nodes += nodes;
        self.bytes += bytes;
        if self.nodes > NODES || self.bytes > TREE_BYTES {
            let message = "the contract is too large once its aliases are written out";
            return Err(Error::new(Kind::Usage, message).at(place.line, place.column));
        }
        Ok(())
    }
}

/// Replaces YAML 1.1's merge key `<<` by the entries it stands for; what is written out wins.
fn merge(entries: Vec<(Key, Node)>) -> Content {
    if entries.iter().all(|(key, _)| key.text != "<<") {
        return Content::Map(entries);
    }
    let (merged, mut own): (Vec<_>, Vec<_>) = entries.into_iter().partition(|(key, _)| key.text == "<<");
    let mut names: BTreeSet<String> = own.iter().map(|(key, _)| key.text.clone()).collect();
    for (_, node) in merged {
        let maps = if let Content::List(items) = node.content { items } else { vec![node] };
        for map in maps {
            let Content::Map(entries) = map.content else { continue };
            for (key, value) in entries {
                if names.insert(key.text.clone()) {
                    own.push((key, value));
                }
            }
        }
    }
    Content::Map(own)
}

/// The value of a key.
pub(super) fn get<'a>(entries: &'a [(Key, Node)], word: &str) -> Option<&'a Node> {
    entries.iter().find(|(key, _)| key.text == word).map(|(_, node)| node)
}

/// The value of a key, unless it is null.
pub(super) fn given<'a>(entries: &'a [(Key, Node)], word: &str) -> Option<&'a Node> {
    get(entries, word).filter(|node| !node.is_null())
}

impl Node {
    /// The number, where it is one that is not quoted.
    pub(super) fn number(&self) -> Option<Exact> {
        let scalar = self.scalar().filter(|it| matches!(it.kind, ScalarKind::Integer | ScalarKind::Float))?;
        Exact::parse(&scalar.text)
    }

    /// The scalar, where it is one.
    pub(super) fn scalar(&self) -> Option<&Scalar> {
        if let Content::Scalar(scalar) = &self.content { Some(scalar) } else { None }
    }

    /// Whether it is YAML's null.
    pub(super) fn is_null(&self) -> bool {
        self.scalar().is_some_and(|scalar| scalar.kind == ScalarKind::Null)
    }

    /// What stands there, for a message.
    pub(super) fn found(&self) -> String {
        match &self.content {
            Content::List(_) => "a list".to_owned(),
            Content::Map(_) => "a mapping".to_owned(),
            Content::Scalar(Scalar { kind: ScalarKind::Null, .. }) => "nothing".to_owned(),
            Content::Scalar(scalar) => super::wording::quoted(&scalar.text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn get<'a>(node: &'a Node, key: &str) -> (Place, &'a Node) {
        let Content::Map(entries) = &node.content else { panic!("not a mapping: {node:?}") };
        let (key, value) = entries.iter().find(|(k, _)| k.text == key).expect("no such key");
        (key.place, value)
    }

    fn at(place: Place) -> (u64, u64) {
        (place.line, place.column)
    }

    #[test]
    fn every_node_knows_its_line_and_column() {
        let tree = parse(b"id: x\nschema:\n  - name: \"f\xc3\xbc\"\n    on: {a: 1, b: [2, 3]}\n").unwrap();
        let (key, value) = get(&tree, "id");
        assert_eq!((at(key), at(value.place)), ((1, 1), (1, 5)));
        let Content::List(items) = &get(&tree, "schema").1.content else { panic!() };
        assert_eq!(at(items[0].place), (3, 5));
        let (key, value) = get(&items[0], "on");
        assert_eq!((at(key), at(value.place)), ((4, 5), (4, 9)));
        assert_eq!(at(get(value, "b").0), (4, 16));
    }

    #[test]
    fn json_with_tabs_is_read_and_its_columns_count() {
        let tree = parse(b"{\n\t\"id\": \"a\",\n\t\"n\": [1, null]\n}").unwrap();
        assert_eq!(at(get(&tree, "n").0), (3, 2));
    }

    #[test]
    fn aliases_and_merge_keys_are_written_out() {
        let tree = parse(b"a: &x {p: 1, q: 2}\nb: *x\nc: {<<: *x, q: 3}\n").unwrap();
        assert_eq!(get(&tree, "a").1.content, get(&tree, "b").1.content);
        assert_eq!(get(get(&tree, "c").1, "q").1.scalar().unwrap().text, "3");
        assert_eq!(get(get(&tree, "c").1, "p").1.scalar().unwrap().text, "1");
    }

    #[test]
    fn a_billion_laughs_are_stopped() {
        let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
        for i in 1..12 {
            text += &format!("a{i}: &a{i} [{}]\n", vec![format!("*a{}", i - 1); 9].join(", "));
        }
        assert_eq!(parse(text.as_bytes()).unwrap_err().kind(), Kind::Usage);
    }

    #[test]
    fn what_is_written_out_may_be_as_large_as_the_text() {
        let pairs = vec!["[1,\"a\"]"; 150_000].join(",");
        let keys = (0..100_000).map(|i| format!("\"k{i}\":0")).collect::<Vec<_>>().join(",");
        let tree = parse(format!("{{\"a\":[{pairs}],\"b\":{{{keys}}}}}").as_bytes()).unwrap();
        let Content::List(items) = &get(&tree, "a").1.content else { panic!() };
        assert_eq!(items.len(), 150_000);
        assert_eq!(parse(&vec![b' '; TEXT_BYTES + 1]).unwrap_err().kind(), Kind::Usage);
    }

    #[test]
    fn deep_nesting_is_stopped() {
        for open in ["[", "{a: ", "- "] {
            assert!(parse(open.repeat(60_000).as_bytes()).is_err());
        }
    }

    #[test]
    fn mistakes_of_yaml_have_their_place() {
        let table: [(&[u8], &str); 6] = [
            (b"", "line 1, column 1: the contract is empty"),
            (b"a: 1\na: 2\n", "line 2, column 1: the key \"a\" is given twice"),
            (b"a: 1\n---\nb: 2\n", "line 2, column 1: a contract is one document"),
            (b"a: \xff", "line 1, column 4: the contract is not utf-8 text"),
            (b"? [a]\n: 1\n", "line 1, column 3: a key must be plain text"),
            (b"a: &x [*x]\n", "line 1, column 8: the alias stands inside the node it refers to"),
        ];
        for (text, message) in table {
            assert_eq!(parse(text).unwrap_err().to_string(), message, "{:?}", String::from_utf8_lossy(text));
        }
    }
}
