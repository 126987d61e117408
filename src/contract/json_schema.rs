//! A JSON Schema of records (draft 7 to 2020-12) → [`Contract`]: a column for each property. What has no rule of ours is a
//! rule that says why it is not run; nothing is dropped.

use crate::error::Result;

use super::formats;
use super::mistakes::Mistakes;
use super::model::{Check, CheckKind, Contract, LogicalType, Property, SchemaObject};
use super::odcs::options;
use super::rules::allowed_values::AllowedValues;
use super::rules::columns::Columns;
use super::rules::format::HasFormat;
use super::wording::cut;
use super::yaml::{Content, Key, Node, get};

/// How deep objects may lie in each other, references followed.
const DEPTH: usize = 16;

/// Words that say nothing about the values.
const PROSE: [&str; 16] = [
    "title",
    "description",
    "default",
    "examples",
    "$comment",
    "$id",
    "$schema",
    "$defs",
    "definitions",
    "deprecated",
    "readOnly",
    "writeOnly",
    "$anchor",
    "$vocabulary",
    "contentMediaType",
    "contentEncoding",
];
/// Words that become rules.
const KNOWN: [&str; 14] = [
    "type",
    "enum",
    "const",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "pattern",
    "format",
    "properties",
    "required",
];

/// Whether a tree is a schema of objects: it has properties, and says that it is a schema or what type it is of.
pub(super) fn is_schema(tree: &Node) -> bool {
    let Content::Map(entries) = &tree.content else { return false };
    let is_map = |word| get(entries, word).is_some_and(|node| matches!(node.content, Content::Map(_)));
    let told = get(entries, "$schema").is_some() || get(entries, "type").is_some();
    told && (is_map("properties") || get(entries, "$ref").is_some() || is_map("items"))
}

/// Reads the tree.
///
/// # Errors
/// Those of a malformed schema, with their places.
pub(super) fn read(tree: &Node) -> Result<Contract> {
    let mut mistakes = Mistakes::default();
    let mut object = SchemaObject {
        name: "record".to_owned(),
        physical_name: None,
        properties: Vec::new(),
        checks: Vec::new(),
    };
    let reader = Reader { root: tree };
    let mut record = reader.resolved(tree, 0);
    // A list of records is a table, too.
    if let Content::Map(entries) = &record.content
        && get(entries, "properties").is_none()
        && let Some(items) = get(entries, "items")
    {
        record = reader.resolved(items, 0);
    }
    let entries = mistakes.map(record, "a schema of objects");
    reader.object(entries, None, 0, &mut object, &mut mistakes);
    if closed(entries) {
        let names = object.properties.iter().map(|it| it.name.clone()).collect();
        object.checks.push(Check::strict(CheckKind::Columns(Columns::Closed(names))));
    }
    for property in &mut object.properties {
        crate::order::sort_by_key(&mut property.checks, Check::rank);
    }
    let text = |word| get(entries, word).and_then(Node::scalar).map(|it| it.text.clone());
    let (id, title) = (text("$id"), text("title"));
    match mistakes.into_error() {
        Some(error) => Err(error.with_hint("see the specification of JSON Schema")),
        None => Ok(Contract {
            id: id.or_else(|| title.clone()).unwrap_or_else(|| "schema".to_owned()),
            name: title,
            version: String::new(),
            api_version: String::new(),
            objects: vec![object],
        }),
    }
}

fn closed(entries: &[(Key, Node)]) -> bool {
    let open = get(entries, "additionalProperties").and_then(Node::scalar);
    open.is_some_and(|it| it.text == "false")
}

struct Reader<'a> {
    root: &'a Node,
}

impl<'a> Reader<'a> {
    /// The schema that a local reference leads to.
    fn resolved(&self, node: &'a Node, depth: usize) -> &'a Node {
        let Content::Map(entries) = &node.content else { return node };
        let Some(path) = get(entries, "$ref").and_then(Node::scalar) else { return node };
        let Some(path) = path.text.strip_prefix("#/") else { return node };
        let mut at = self.root;
        for part in path.split('/') {
            let part = part.replace("~1", "/").replace("~0", "~");
            let Content::Map(entries) = &at.content else { return node };
            let Some(next) = get(entries, &part) else { return node };
            at = next;
        }
        if depth < DEPTH { self.resolved(at, depth + 1) } else { node }
    }

    fn object(
        &self,
        entries: &'a [(Key, Node)],
        inside: Option<&str>,
        depth: usize,
        object: &mut SchemaObject,
        mistakes: &mut Mistakes,
    ) {
        for (key, _) in entries {
            let word = key.text.as_str();
            let is_read =
                ["properties", "required", "type", "additionalProperties", "items", "$ref"].contains(&word);
            if inside.is_none() && !is_read && !PROSE.contains(&word) {
                let reason = format!("{word} is not supported for records");
                object.checks.push(Check::not_run("json-schema", cut(word), reason));
            }
        }
        let required: Vec<&str> = match get(entries, "required").map(|node| &node.content) {
            Some(Content::List(items)) => {
                items.iter().filter_map(|item| Some(item.scalar()?.text.as_str())).collect()
            }
            _ => Vec::new(),
        };
        let Some(Content::Map(properties)) = get(entries, "properties").map(|node| &node.content) else {
            return;
        };
        for (key, node) in properties {
            let name = match inside {
                Some(inside) => format!("{inside}.{}", key.text),
                None => key.text.clone(),
            };
            let node = self.resolved(node, 0);
            let mut property = Property::named(&name);
            property.inside = inside.map(str::to_owned);
            property.optional = !required.contains(&key.text.as_str());
            if !property.optional {
                property.checks.push(Check::strict(CheckKind::Required));
            }
            let nested = self.property(node, &mut property, mistakes);
            object.properties.push(property);
            if let (Some(nested), true) = (nested, depth < DEPTH) {
                self.object(nested, Some(&name), depth + 1, object, mistakes);
            }
        }
    }

    /// Reads a property; the entries of one that is an object of named values.
    fn property(
        &self,
        node: &'a Node,
        property: &mut Property,
        mistakes: &mut Mistakes,
    ) -> Option<&'a [(Key, Node)]> {
        let Content::Map(entries) = &node.content else { return None };
        let types: Vec<&str> = match get(entries, "type").map(|node| &node.content) {
            Some(Content::Scalar(scalar)) => vec![scalar.text.as_str()],
            Some(Content::List(items)) => {
                items.iter().filter_map(|item| Some(item.scalar()?.text.as_str())).collect()
            }
            _ => Vec::new(),
        };
        let nullable = types.contains(&"null");
        let types: Vec<&str> = types.into_iter().filter(|it| *it != "null").collect();
        let format = get(entries, "format").and_then(Node::scalar).map(|it| it.text.as_str());
        let is_object = get(entries, "properties").is_some();
        property.logical = match (types.as_slice(), format) {
            (["string"], Some("date")) => Some(LogicalType::Date),
            (["string"], Some("date-time")) => Some(LogicalType::Timestamp { zoned: true }),
            (["string"], _) => Some(LogicalType::String),
            (["integer"], _) => Some(LogicalType::Integer),
            (["number"] | ["integer", "number"] | ["number", "integer"], _) => Some(LogicalType::Number),
            (["boolean"], _) => Some(LogicalType::Boolean),
            (["object"], _) if !is_object => Some(LogicalType::Object),
            (["array"], _) => Some(LogicalType::Array),
            _ => None,
        };
        if matches!(property.logical, Some(LogicalType::Date | LogicalType::Timestamp { .. })) {
            property.format = Some("yyyy-MM-dd".to_owned());
        }
        if property.logical.is_some() {
            property.checks.push(Check::strict(CheckKind::Type));
        }
        if types.len() > 1 && property.logical.is_none() {
            property.checks.push(Check::not_run(
                "type",
                types.join(" or "),
                "several types are not supported",
            ));
        }
        // A null is a missing cell, which a required property may have where its type allows null.
        if nullable {
            property.checks.retain(|check| !matches!(check.kind, CheckKind::Required));
        }
        options::bounds(entries, property, mistakes);
        if let Some(node) = get(entries, "pattern") {
            property.checks.extend(options::pattern(node, mistakes));
        }
        if let Some(node) = get(entries, "const").filter(|node| !node.is_null())
            && let Some(scalar) = node.scalar()
        {
            let rule = AllowedValues { values: vec![scalar.text.clone()] };
            property.checks.push(Check::strict(CheckKind::Values(Box::new(rule))));
        }
        if let (Some(name), Some(LogicalType::String)) = (format, property.logical) {
            match formats::named(name) {
                Some(format) => {
                    property.checks.push(Check::strict(CheckKind::Values(Box::new(HasFormat(format)))));
                }
                None => property.checks.push(Check::not_run("format", cut(name), "the format is not known")),
            }
        }
        for (key, _) in entries {
            let word = key.text.as_str();
            if !KNOWN.contains(&word) && !PROSE.contains(&word) && word != "additionalProperties" {
                let reason = format!("{word} is not supported");
                property.checks.push(Check::not_run("json-schema", cut(word), reason));
            }
        }
        is_object.then_some(entries.as_slice())
    }
}
