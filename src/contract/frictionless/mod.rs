//! A Frictionless Table Schema, resource or data package (version 1 or 2; JSON or YAML) → [`Contract`]: a table for each
//! tabular resource, a column for each field, with the field's place as the origin of its rules; a primary key's rules have
//! the place behind the last field. What has no rule of ours is a rule that says why it is not run.
//!
//! Cells are missing where the schema says so and nowhere else. A field whose cells our own parsers read as frictionless
//! does is parsed; the cells of the others stay text, and rules read them.

mod field;
mod reader;
mod resource;
mod rules;
mod words;

use crate::error::Result;
use crate::sketch::rows::Ignore;

use super::expression::Expression;
use super::mistakes::Mistakes;
use super::model::{Check, CheckKind, Contract, SchemaObject};
use super::rules::columns::Columns;
use super::rules::foreign_key::Target;
use super::rules::rows::{OnRows, What};
use super::wording::quoted;
use super::yaml::{Content, Key, Node, get, given};

const MATCHES: [&str; 5] = ["exact", "equal", "subset", "superset", "partial"];

/// Whether the tree is a descriptor: it has fields, resources, or a schema beside a path or data.
pub(super) fn is_descriptor(tree: &Node) -> bool {
    let Content::Map(entries) = &tree.content else { return false };
    let has = |word| get(entries, word).is_some();
    let is_odcs = has("apiVersion") || has("kind");
    is_list(entries, "fields")
        || is_list(entries, "resources")
        || (!is_odcs && has("schema") && (has("path") || has("data")))
}

fn is_list(entries: &[(Key, Node)], word: &str) -> bool {
    get(entries, word).is_some_and(|node| matches!(node.content, Content::List(_)))
}

/// Reads the tree. Errors are those of a malformed descriptor: fields without a name, types and constraints that are none.
pub(super) fn read(tree: &Node) -> Result<Contract> {
    let mut mistakes = Mistakes::default();
    let entries = mistakes.map(tree, "a descriptor");
    let mut objects = Vec::new();
    if let Some(list) = given(entries, "resources") {
        for item in mistakes.list(list, "a list of resources") {
            objects.extend(resource::read(item, &mut mistakes));
        }
        if objects.is_empty() {
            mistakes.add(list.place, "no resource has a schema");
        }
    } else if is_list(entries, "fields") {
        let mut object = SchemaObject { name: name(entries), ..SchemaObject::default() };
        (object.dialect.header, object.dialect.quote) = (Some(true), Some(Some(b'"')));
        schema(entries, &mut object, &mut mistakes);
        objects.push(object);
    } else {
        objects.extend(resource::read(tree, &mut mistakes));
    }
    if let Some(error) = mistakes.into_error() {
        return Err(error.with_hint("see the Data Package standard, datapackage.org"));
    }
    let id = given(entries, "id").and_then(Node::scalar).map(|scalar| scalar.text.clone());
    let version = given(entries, "version").and_then(Node::scalar).map(|scalar| scalar.text.clone());
    let name = name(entries);
    Ok(Contract {
        id: id.unwrap_or_else(|| name.clone()),
        name: Some(name).filter(|name| !name.is_empty()),
        version: version.unwrap_or_default(),
        objects,
        ..Contract::default()
    })
}

fn name(entries: &[(Key, Node)]) -> String {
    given(entries, "name").and_then(Node::scalar).map(|scalar| scalar.text.clone()).unwrap_or_default()
}

/// Reads the entries of a Table Schema into a table.
fn schema(entries: &[(Key, Node)], object: &mut SchemaObject, mistakes: &mut Mistakes) {
    let missing = match given(entries, "missingValues") {
        Some(node) => texts(node, mistakes),
        None => vec![String::new()],
    };
    let word = match given(entries, "fieldsMatch") {
        // An early form of version 2 had a list of one.
        Some(Node { content: Content::List(items), .. }) => items.first(),
        node => node,
    };
    let matching = match word.and_then(|node| Some((node, mistakes.text(node)?))) {
        Some((_, word)) if MATCHES.contains(&word) => word,
        Some((node, word)) => {
            mistakes.unknown(node.place, "fieldsMatch", word, &MATCHES);
            return;
        }
        None => "exact",
    };
    let fields = get(entries, "fields").map_or(&[][..], |list| mistakes.list(list, "a list of fields"));
    if fields.len() > crate::cell::limits::COLUMNS {
        let most = crate::cell::limits::COLUMNS;
        mistakes.add(fields[most].place, format!("more than {most} fields"));
        return;
    }
    let mut names = std::collections::BTreeSet::new();
    for (i, node) in fields.iter().enumerate() {
        let mut property = field::read(node, &missing, mistakes);
        if !property.name.is_empty() && !names.insert(property.name.clone()) {
            mistakes.add(node.place, format!("the field {} is given twice", quoted(&property.name)));
        }
        property.position = (matching == "exact").then_some(i);
        property.origin = Some(i as u64);
        for check in &mut property.checks {
            check.origin = Some(i as u64);
        }
        object.properties.push(property);
    }
    if let [_] = fields {
        // The standard's own: where there is one column, nothing in the file says which other it could be.
        object.dialect.delimiter = object.dialect.delimiter.or(Some(b','));
    }
    keys(entries, object, mistakes);
    if matches!(matching, "superset" | "partial") {
        let primary = given(entries, "primaryKey").map(|node| key(node, mistakes)).unwrap_or_default();
        for property in &mut object.properties {
            let is_required = property.checks.iter().any(|it| matches!(it.kind, CheckKind::Required));
            property.optional = !is_required && !primary.contains(&property.name);
        }
    }
    let names = || object.properties.iter().map(|property| property.name.clone()).collect();
    let columns = match matching {
        // Without a header there are no names to match.
        "exact" if object.dialect.header == Some(false) => None,
        "exact" => Some(Columns::Order(names())),
        "equal" => Some(Columns::Set { names: names(), closed: true }),
        "superset" => Some(Columns::Within(names())),
        "partial" => Some(Columns::Any(names())),
        _ => None,
    };
    object.checks.extend(columns.map(|columns| Check::strict(CheckKind::Columns(columns))));
    if matching != "exact" {
        object.checks.push(Check::strict(CheckKind::Columns(Columns::Distinct)));
        object.by_name = Some(format!(
            "matching fields by name (\"fieldsMatch\": \"{matching}\") requires unique labels in the header"
        ));
    }
    let filled = OnRows { what: What::Filled, columns: Vec::new(), when: None, written: false };
    object.checks.extend([CheckKind::Shape, CheckKind::Rows(filled)].map(Check::strict));
    for property in &mut object.properties {
        crate::order::sort_by_key(&mut property.checks, Check::rank);
    }
}

/// Reads the keys: a primary key of one field is required and unique.
fn keys(entries: &[(Key, Node)], object: &mut SchemaObject, mistakes: &mut Mistakes) {
    let count = object.properties.len() as u64;
    let mut keys = Vec::new();
    if let Some(node) = given(entries, "primaryKey") {
        keys.push((node, key(node, mistakes), true));
    }
    if let Some(list) = given(entries, "uniqueKeys") {
        for node in mistakes.list(list, "a list of keys") {
            keys.push((node, key(node, mistakes), false));
        }
    }
    for (node, names, is_primary) in keys {
        let origin = is_primary.then_some(count);
        match names.as_slice() {
            [] => {}
            [name] => match object.properties.iter_mut().find(|property| property.name == *name) {
                Some(property) => {
                    let required = is_primary.then_some(CheckKind::Required);
                    object.primary_key = origin.or(object.primary_key);
                    for kind in required.into_iter().chain([CheckKind::Unique]) {
                        property.checks.push(Check { origin, ..Check::strict(kind) });
                    }
                }
                None => {
                    let known: Vec<&str> = object.properties.iter().map(|it| it.name.as_str()).collect();
                    mistakes.unknown(node.place, "field", name, &known);
                }
            },
            _ => {
                let what = What::Unique(Ignore::All);
                let kind =
                    CheckKind::Rows(OnRows { what, columns: names.clone(), when: None, written: false });
                object.primary_key = origin.or(object.primary_key);
                object.checks.push(Check { origin, ..Check::strict(kind) });
                if is_primary {
                    object.checks.push(Check { origin, ..Check::strict(has_key(&names)) });
                }
            }
        }
    }
    if let Some(list) = given(entries, "foreignKeys") {
        for item in mistakes.list(list, "a list of foreign keys") {
            object.checks.extend(foreign_key(item, mistakes));
        }
    }
}

/// That a row has some cell of its primary key.
fn has_key(names: &[String]) -> CheckKind {
    let there = |name: &String| {
        let of = Box::new(Expression::Column(name.clone()));
        Expression::Missing { of, negated: true }
    };
    let what = What::Holds(Expression::Or(names.iter().map(there).collect()), None);
    CheckKind::Rows(OnRows { what, columns: names.to_vec(), when: None, written: false })
}

/// A foreign key; without a resource the table refers to itself.
fn foreign_key(item: &Node, mistakes: &mut Mistakes) -> Option<Check> {
    let entries = mistakes.map(item, "a foreign key");
    let (Some(fields), Some(reference)) = (get(entries, "fields"), get(entries, "reference")) else {
        mistakes.add(item.place, "the foreign key has no \"fields\" or no \"reference\"");
        return None;
    };
    let own = key(fields, mistakes);
    let reference = mistakes.map(reference, "an object with \"resource\" and \"fields\"");
    let columns = get(reference, "fields").map(|node| key(node, mistakes)).unwrap_or_default();
    let table = get(reference, "resource").and_then(|node| mistakes.text(node)).filter(|it| !it.is_empty());
    if own.len() != columns.len() {
        mistakes.add(item.place, format!("{} fields refer to {}", own.len(), columns.len()));
        return None;
    }
    let target = Target { table: table.map(str::to_owned), columns, unless_all_missing: true };
    Some(Check::strict(CheckKind::Rows(OnRows {
        what: What::Refers(target),
        columns: own,
        when: None,
        written: false,
    })))
}

/// The fields of a key: a name or a list of them.
fn key(node: &Node, mistakes: &mut Mistakes) -> Vec<String> {
    match &node.content {
        Content::List(_) => texts(node, mistakes),
        _ => mistakes.text(node).map(str::to_owned).into_iter().collect(),
    }
}

/// A list of texts, plain or objects with a `value`.
fn texts(node: &Node, mistakes: &mut Mistakes) -> Vec<String> {
    let mut found = Vec::new();
    for item in mistakes.list(node, "a list of texts") {
        let value = match &item.content {
            Content::Map(entries) => get(entries, "value").unwrap_or(item),
            _ => item,
        };
        found.extend(mistakes.text(value).map(str::to_owned));
    }
    found
}
