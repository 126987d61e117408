//! A schema and what it refers to → the mappings that speak of one value together.

use super::super::wording::nearest;
use super::super::yaml::{Content, Key, Node, get};
use super::{entries, keywords};

/// The most references that are followed from one schema.
const REFERENCES: usize = 64;

/// The whole document.
pub(super) struct Root<'a> {
    tree: &'a Node,
    /// Whether what stands beside a `$ref` is ignored, as up to draft 7.
    is_old: bool,
}

/// The mappings that speak of one value: the schema's own, those it refers to, and those of `allOf`.
#[derive(Default)]
pub(super) struct Parts<'a> {
    maps: Vec<&'a [(Key, Node)]>,
    /// Whether null is allowed by a branch of its own.
    pub(super) is_nullable: bool,
    /// What could not be followed, and why.
    pub(super) lost: Vec<(String, &'static str)>,
}

impl<'a> Root<'a> {
    /// Of a document.
    pub(super) fn new(tree: &'a Node) -> Root<'a> {
        let version = get(entries(tree), "$schema").and_then(Node::scalar).map(|it| it.text.as_str());
        let is_old =
            version.is_some_and(|it| ["draft-04", "draft-06", "draft-07"].iter().any(|old| it.contains(old)));
        Root { tree, is_old }
    }

    fn text(&self, word: &str) -> Option<String> {
        Some(get(entries(self.tree), word)?.scalar()?.text.clone())
    }

    /// Its `$id`.
    pub(super) fn id(&self) -> Option<String> {
        self.text("$id").or_else(|| self.text("id"))
    }

    /// Its `title`.
    pub(super) fn name(&self) -> String {
        self.text("title").unwrap_or_default()
    }

    /// The parts of a schema.
    pub(super) fn parts(&self, node: &'a Node) -> Parts<'a> {
        let mut parts = Parts::default();
        let mut left = vec![node];
        let mut seen: Vec<*const Node> = Vec::new();
        while let Some(node) = left.pop() {
            if seen.contains(&std::ptr::from_ref(node)) || seen.len() >= REFERENCES {
                parts.lost.push(("$ref".to_owned(), "a schema that refers to itself is not supported"));
                continue;
            }
            seen.push(std::ptr::from_ref(node));
            let Content::Map(map) = &node.content else {
                if node.scalar().is_some_and(|it| it.text == "false") {
                    parts.lost.push(("false".to_owned(), "that a property must be absent is not supported"));
                }
                continue;
            };
            if let Some(reference) = get(map, "$ref").or_else(|| get(map, "$dynamicRef")) {
                match reference.scalar().and_then(|it| self.find(&it.text)) {
                    Some(target) => left.push(target),
                    None => {
                        let text = reference.scalar().map(|it| it.text.clone()).unwrap_or_default();
                        parts.lost.push((text, "references to other documents are not supported"));
                    }
                }
                if self.is_old {
                    continue;
                }
            }
            parts.maps.push(map);
            if let Some(Content::List(items)) = get(map, "allOf").map(|it| &it.content) {
                left.extend(items.iter().rev());
            }
            for word in ["anyOf", "oneOf"] {
                let Some(Content::List(items)) = get(map, word).map(|it| &it.content) else { continue };
                let branches: Vec<&Node> = items.iter().filter(|item| !is_null(item)).collect();
                parts.is_nullable |= branches.len() < items.len();
                match branches.as_slice() {
                    [one] => left.push(one),
                    _ => parts.lost.push((word.to_owned(), "more than one branch is not supported")),
                }
            }
        }
        parts
    }

    /// What a local JSON Pointer (RFC 6901) points to.
    fn find(&self, reference: &str) -> Option<&'a Node> {
        let pointer = reference.strip_prefix('#')?;
        let mut node = self.tree;
        for part in pointer.split('/').skip(1) {
            let part = part.replace("~1", "/").replace("~0", "~").replace("%25", "%").replace("%20", " ");
            node = match &node.content {
                Content::Map(map) => get(map, &part)?,
                Content::List(items) => items.get(part.parse::<usize>().ok()?)?,
                Content::Scalar(_) => return None,
            };
        }
        (pointer.is_empty() || pointer.starts_with('/')).then_some(node)
    }
}

/// Whether a branch allows null and nothing else.
fn is_null(node: &Node) -> bool {
    let ty = get(entries(node), "type").and_then(Node::scalar).map(|it| it.text.as_str());
    ty == Some("null") || get(entries(node), "const").is_some_and(Node::is_null)
}

impl<'a> Parts<'a> {
    /// Whether one of these mappings is among them.
    pub(super) fn are_within(&self, outer: &[&'a [(Key, Node)]]) -> bool {
        let is_outer = |map: &&'a [(Key, Node)]| outer.iter().any(|it| std::ptr::eq(*it, *map));
        self.maps.iter().any(|map| !map.is_empty() && is_outer(map))
    }

    /// The mappings.
    pub(super) fn maps(&self) -> &[&'a [(Key, Node)]] {
        &self.maps
    }

    /// The first value of a keyword.
    pub(super) fn get(&self, word: &str) -> Option<&'a Node> {
        self.maps.iter().find_map(|map| get(map, word))
    }

    /// All values of a keyword.
    pub(super) fn all(&self, word: &str) -> Vec<&'a Node> {
        self.maps.iter().filter_map(|map| get(map, word)).collect()
    }

    /// The types of the first part that has some, null included.
    pub(super) fn types(&self) -> Option<Vec<&'a str>> {
        let node = self.get("type")?;
        Some(match &node.content {
            Content::List(items) => items.iter().filter_map(|it| Some(it.scalar()?.text.as_str())).collect(),
            _ => node.scalar().map(|it| it.text.as_str()).into_iter().collect(),
        })
    }

    /// Which of these keywords stand there.
    pub(super) fn unread<'b>(&self, words: &'b [&'b str]) -> Vec<&'b str> {
        words.iter().copied().filter(|word| self.get(word).is_some()).collect()
    }

    /// Keywords that are not known and look like others, with those.
    pub(super) fn mistyped(&self) -> Vec<(&'a Key, &'static str)> {
        let keys = self.maps.iter().flat_map(|map| map.iter()).map(|(key, _)| key);
        let unknown =
            keys.filter(|key| !keywords::ALL.contains(&key.text.as_str()) && !key.text.starts_with("x-"));
        unknown.filter_map(|key| Some((key, nearest(&key.text, keywords::ALL.iter().copied())?))).collect()
    }
}
