//! A JSON Schema for records (draft 6 to 2020-12; JSON or YAML) → [`Contract`]: a column for each property, those of nested
//! objects under dotted names, and a rule for each keyword. What has no rule of ours is a rule that says why it is not run.
//!
//! A schema of a list of records is that of its items. `allOf`, a local `$ref`, and the one branch of `anyOf` or `oneOf` that
//! is not null are read as if they stood where they are referred to.

mod keywords;
mod parts;

use crate::error::Result;

use super::mistakes::Mistakes;
use super::model::{Check, CheckKind, Contract, LogicalType, Property, SchemaObject};
use super::rules::columns::Columns;
use super::wording::quoted;
use super::yaml::{Content, Key, Node, get};
use parts::{Parts, Root};

/// The most properties, those of nested objects included.
const PROPERTIES: usize = 10_000;
/// The deepest nesting of objects.
const DEPTH: usize = 32;

/// Whether the tree is a JSON Schema: it says so, or it describes an object, properties or items.
pub(super) fn is_schema(tree: &Node) -> bool {
    let Content::Map(entries) = &tree.content else { return false };
    if get(entries, "apiVersion").is_some() || get(entries, "kind").is_some() {
        return false;
    }
    let says_so = get(entries, "$schema").and_then(Node::scalar);
    let is_map = |word| get(entries, word).is_some_and(|node| matches!(node.content, Content::Map(_)));
    let ty = get(entries, "type").and_then(Node::scalar);
    says_so.is_some_and(|it| it.text.contains("json-schema.org"))
        || ty.is_some_and(|it| it.text == "object")
        || ["properties", "$defs", "definitions", "items"].into_iter().any(is_map)
}

/// Reads the tree. Errors are those of a malformed schema: keywords whose values are none of theirs.
pub(super) fn read(tree: &Node) -> Result<Contract> {
    let mut mistakes = Mistakes::default();
    let root = Root::new(tree);
    let mut parts = root.parts(tree);
    if parts.types().is_some_and(|it| it == ["array"])
        && let Some(items) = parts.get("items")
    {
        parts = root.parts(items);
    }
    let name = root.name();
    let mut reader = Reader {
        root: &root,
        object: SchemaObject { name: name.clone(), ..SchemaObject::default() },
        mistakes: &mut mistakes,
        outer: Vec::new(),
    };
    reader.outer.extend(parts.maps());
    reader.object(&parts, None, true, 0);
    if parts.get("type").and_then(Node::scalar).is_some_and(|it| it.text == "object") {
        reader.object.checks.push(Check::strict(CheckKind::Shape));
    }
    let mut object = reader.object;
    crate::order::sort_by_key(&mut object.checks, Check::rank);
    for property in &mut object.properties {
        crate::order::sort_by_key(&mut property.checks, Check::rank);
    }
    match mistakes.into_error() {
        Some(error) => Err(error.with_hint("see json-schema.org")),
        None => Ok(Contract {
            id: root.id().unwrap_or_else(|| name.clone()),
            name: Some(name).filter(|name| !name.is_empty()),
            objects: vec![object],
            ..Contract::default()
        }),
    }
}

struct Reader<'a> {
    root: &'a Root<'a>,
    object: SchemaObject,
    mistakes: &'a mut Mistakes,
    /// The schemas of the objects that are being read, the one within the other.
    outer: Vec<&'a [(Key, Node)]>,
}

impl<'a> Reader<'a> {
    /// Reads an object's properties; `inside` is the column of the object, and `is_there` whether every record has it.
    fn object(&mut self, parts: &Parts<'a>, inside: Option<&str>, is_there: bool, depth: usize) {
        let dotted = |name: &str| inside.map_or_else(|| name.to_owned(), |inside| format!("{inside}.{name}"));
        let mut required: Vec<String> = Vec::new();
        for list in parts.all("required") {
            let items = self.mistakes.list(list, "a list of names");
            required.extend(items.iter().filter_map(|item| Some(item.scalar()?.text.clone())));
        }
        let mut names = Vec::new();
        for map in parts.all("properties") {
            for (key, node) in self.mistakes.map(map, "properties") {
                if depth >= DEPTH || self.object.properties.len() >= PROPERTIES {
                    self.mistakes.add(
                        key.place,
                        format!("more than {PROPERTIES} properties, or {DEPTH} levels of them"),
                    );
                    return;
                }
                if names.contains(&key.text) {
                    let reason = "the property stands in several parts of the schema; the first is read";
                    self.object.checks.push(Check::not_run("schema", dotted(&key.text), reason));
                    continue;
                }
                names.push(key.text.clone());
                let is_required = required.contains(&key.text);
                self.property(node, dotted(&key.text), inside, (is_required, is_there), depth);
            }
        }
        for name in required.iter().filter(|name| !names.contains(name)) {
            let mut property = Property { name: dotted(name), ..Property::default() };
            property.inside = inside.map(str::to_owned);
            property.optional = !is_there;
            property.checks.extend(is_there.then(|| Check::strict(CheckKind::Required)));
            self.object.properties.push(property);
        }
        self.others(parts, &names, inside);
    }

    fn property(
        &mut self,
        node: &'a Node,
        name: String,
        inside: Option<&str>,
        (is_required, is_there): (bool, bool),
        depth: usize,
    ) {
        let parts = self.root.parts(node);
        let mut property = Property {
            name: name.clone(),
            inside: inside.map(str::to_owned),
            optional: !(is_required && is_there),
            ..Property::default()
        };
        let is_nullable = keywords::read(&parts, &mut property, self.mistakes);
        let is_object = parts.get("properties").is_some() && property.logical == Some(LogicalType::Object);
        let returns = is_object && parts.are_within(&self.outer);
        let nested = is_object && !returns;
        if returns {
            let reason =
                "a schema that refers to itself is read once: what lies in this object is not checked";
            property.checks.push(Check::not_run("schema", "an object of the same schema", reason));
        }
        if is_required && is_there && !is_object {
            property.checks.push(if is_nullable {
                let reason = "that a property is there while its value may be null is not supported";
                Check::not_run("required", "the property is there", reason)
            } else {
                Check::strict(CheckKind::Required)
            });
        } else if is_required && !is_there {
            let reason = "that a property is there in an object that may be absent is not supported";
            property.checks.push(Check::not_run("required", "the property is there", reason));
        }
        self.object.properties.push(property);
        if nested {
            self.outer.extend(parts.maps());
            self.object(&parts, Some(&name), is_there && is_required && !is_nullable, depth + 1);
            self.outer.truncate(self.outer.len() - parts.maps().len());
        }
    }

    /// The keywords of an object beside its properties.
    fn others(&mut self, parts: &Parts<'a>, names: &[String], inside: Option<&str>) {
        let is_closed = |node: &&Node| node.scalar().is_some_and(|scalar| scalar.text == "false");
        let closed = parts.get("additionalProperties").filter(is_closed).is_some()
            || parts.get("unevaluatedProperties").filter(is_closed).is_some();
        let has_patterns = parts.get("patternProperties").is_some();
        let mut missed = |rule, expected: &str, reason: String| {
            self.object.checks.push(Check::not_run(rule, expected, reason));
        };
        if closed && (has_patterns || inside.is_some()) {
            let of = if has_patterns { "beside patternProperties" } else { "of nested objects" };
            missed(
                "column-set",
                "no other properties",
                format!("additionalProperties {of} is not supported"),
            );
        } else if closed {
            // Columns of nested objects begin with the object's name.
            let within = Check::strict(CheckKind::Columns(Columns::Within(names.to_vec())));
            self.object.checks.push(within);
        } else if parts.get("additionalProperties").is_some_and(|it| matches!(it.content, Content::Map(_))) {
            let reason = "a schema for additionalProperties is not supported".to_owned();
            missed("column-set", "other properties", reason);
        }
        for word in parts.unread(&keywords::OF_OBJECTS) {
            let of = inside.map(|inside| format!(" of {}", quoted(inside))).unwrap_or_default();
            self.object.checks.push(Check::not_run("schema", word, format!("{word}{of} is not supported")));
        }
        for (key, meant) in parts.mistyped() {
            let reason = format!("the keyword {} is not known; did you mean {meant:?}?", quoted(&key.text));
            self.object.checks.push(Check::not_run("schema", key.text.as_str(), reason));
        }
    }
}

/// The entries of a mapping; none where it is none.
fn entries(node: &Node) -> &[(Key, Node)] {
    if let Content::Map(entries) = &node.content { entries } else { &[] }
}
