//! A Table Schema of Frictionless, alone or in a resource or a data package → [`Contract`]. What has no rule of ours is a
//! rule that says why it is not run; nothing is dropped.

use crate::cell::temporal;
use crate::error::Result;
use crate::sketch::rows::Ignore;

use super::exact::Exact;
use super::formats;
use super::mistakes::Mistakes;
use super::model::{Check, CheckKind, Contract, LogicalType, Property, SchemaObject};
use super::odcs::options;
use super::rules::ValueRule;
use super::rules::allowed_values::AllowedValues;
use super::rules::columns::Columns;
use super::rules::date_format::DateFormat;
use super::rules::format::HasFormat;
use super::rules::pattern::Pattern;
use super::rules::range::{Bound, Range};
use super::rules::rows::{OnRows, What};
use super::wording::{cut, quoted};
use super::yaml::{Content, Key, Node, get};

const TYPES: [&str; 17] = [
    "string",
    "number",
    "integer",
    "boolean",
    "object",
    "array",
    "list",
    "datetime",
    "date",
    "time",
    "year",
    "yearmonth",
    "duration",
    "geopoint",
    "geojson",
    "any",
    "default",
];

/// The table schema in a tree: the tree itself, that of a resource, or that of a package's first resource.
fn schema_of(tree: &Node) -> Option<&Node> {
    let Content::Map(entries) = &tree.content else { return None };
    if get(entries, "fields").is_some_and(|node| matches!(node.content, Content::List(_))) {
        return Some(tree);
    }
    if let Some(schema) = get(entries, "schema").and_then(schema_of) {
        return Some(schema);
    }
    let Content::List(resources) = &get(entries, "resources")?.content else { return None };
    resources.iter().find_map(schema_of)
}

/// Whether a tree has a table schema; an ODCS contract has a list under `schema`.
pub(super) fn is_schema(tree: &Node) -> bool {
    schema_of(tree).is_some()
}

/// Reads the tree.
///
/// # Errors
/// Those of a malformed schema, with their places.
pub(super) fn read(tree: &Node) -> Result<Contract> {
    let mut mistakes = Mistakes::default();
    let mut contract = Contract {
        id: name(tree).unwrap_or_else(|| "schema".to_owned()),
        name: name(tree),
        version: String::new(),
        api_version: String::new(),
        objects: Vec::new(),
    };
    if let Content::Map(entries) = &tree.content
        && let Some(Content::List(resources)) = get(entries, "resources").map(|node| &node.content)
    {
        for resource in resources {
            if let Some(schema) = schema_of(resource) {
                contract.objects.push(table(schema, name(resource), &mut mistakes));
            }
        }
    } else if let Some(schema) = schema_of(tree) {
        contract.objects.push(table(schema, name(tree), &mut mistakes));
    }
    match mistakes.into_error() {
        Some(error) => Err(error.with_hint("see the Table Schema of Frictionless")),
        None => Ok(contract),
    }
}

fn name(node: &Node) -> Option<String> {
    let Content::Map(entries) = &node.content else { return None };
    get(entries, "name").and_then(Node::scalar).map(|scalar| scalar.text.clone())
}

/// A value that is given and not null.
fn given<'a>(entries: &'a [(Key, Node)], word: &str) -> Option<&'a Node> {
    get(entries, word).filter(|node| !node.is_null())
}

fn texts(node: &Node, mistakes: &mut Mistakes) -> Vec<String> {
    if let Some(scalar) = node.scalar() {
        return vec![scalar.text.clone()];
    }
    let items = mistakes.list(node, "a list").iter();
    let value = |item: &Node| match &item.content {
        Content::Map(entries) => get(entries, "value").and_then(Node::scalar).map(|it| it.text.clone()),
        _ => item.scalar().map(|it| it.text.clone()),
    };
    items.filter_map(value).collect()
}

fn table(schema: &Node, name: Option<String>, mistakes: &mut Mistakes) -> SchemaObject {
    let entries = mistakes.map(schema, "a table schema");
    let mut object = SchemaObject {
        name: name.unwrap_or_else(|| "schema".to_owned()),
        physical_name: None,
        properties: Vec::new(),
        checks: Vec::new(),
    };
    let nulls = given(entries, "missingValues").map(|node| texts(node, mistakes));
    if let Some(list) = given(entries, "fields") {
        for field in mistakes.list(list, "a list of fields") {
            let property = self::field(field, nulls.as_deref().unwrap_or(&[String::new()]), mistakes);
            if !property.name.is_empty() {
                object.properties.push(property);
            }
        }
    }
    let key = given(entries, "primaryKey").map(|node| texts(node, mistakes)).unwrap_or_default();
    let unique = |columns: &[String]| {
        let what = What::Unique(Ignore::All);
        Check::strict(CheckKind::Rows(OnRows { what, columns: columns.to_vec(), when: None }))
    };
    match key.as_slice() {
        [] => {}
        [one] => match object.properties.iter_mut().find(|it| it.name == *one) {
            Some(property) => {
                for kind in [CheckKind::Required, CheckKind::Unique] {
                    let same = |it: &Check| std::mem::discriminant(&it.kind) == std::mem::discriminant(&kind);
                    if !property.checks.iter().any(same) {
                        property.checks.push(Check::strict(kind));
                    }
                }
            }
            None => mistakes.add(schema.place, format!("the key {} is no field", quoted(one))),
        },
        several => object.checks.push(unique(several)),
    }
    if let Some(Content::List(keys)) = given(entries, "uniqueKeys").map(|node| &node.content) {
        for key in keys {
            object.checks.push(unique(&texts(key, mistakes)));
        }
    }
    if given(entries, "foreignKeys").is_some() {
        let reason = "foreign keys need a second table";
        object.checks.push(Check::not_run("foreign-key", "values of another table", reason));
    }
    columns(entries, &mut object, mistakes);
    for property in &mut object.properties {
        crate::order::sort_by_key(&mut property.checks, Check::rank);
    }
    crate::order::sort_by_key(&mut object.checks, Check::rank);
    object
}

/// `fieldsMatch`: which columns there may be, and in which order.
fn columns(entries: &[(Key, Node)], object: &mut SchemaObject, mistakes: &mut Mistakes) {
    let names: Vec<String> = object.properties.iter().map(|it| it.name.clone()).collect();
    let node = given(entries, "fieldsMatch");
    let words = node.map(|node| texts(node, mistakes)).unwrap_or_default();
    let columns = match words.first().map_or("exact", String::as_str) {
        "exact" => Columns::Order(names),
        "equal" => Columns::Set { names, closed: true },
        // Named from the schema's side: the schema is a subset of the file's columns, or a superset.
        "subset" => return,
        "superset" => {
            object.properties.iter_mut().for_each(|it| it.optional = true);
            Columns::Closed(names)
        }
        "partial" => {
            object.properties.iter_mut().for_each(|it| it.optional = true);
            return;
        }
        other => {
            if let Some(node) = node {
                let known = ["exact", "equal", "subset", "superset", "partial"];
                mistakes.unknown(node.place, "fieldsMatch", other, &known);
            }
            return;
        }
    };
    object.checks.push(Check::strict(CheckKind::Columns(columns)));
}

fn field(node: &Node, nulls: &[String], mistakes: &mut Mistakes) -> Property {
    let entries = mistakes.map(node, "a field");
    let mut property = Property::named("");
    match get(entries, "name") {
        Some(name) => property.name = mistakes.text(name).unwrap_or_default().to_owned(),
        None if !entries.is_empty() => mistakes.add(node.place, "the field has no \"name\""),
        None => {}
    }
    property.missing_values = match given(entries, "missingValues") {
        Some(own) => texts(own, mistakes),
        None => nulls.to_vec(),
    };
    property.only_missing_values = true;
    let ty = given(entries, "type").and_then(|node| Some((node, mistakes.text(node)?)));
    let format = given(entries, "format").and_then(Node::scalar).map_or("default", |it| it.text.as_str());
    match ty {
        Some((at, word)) if !TYPES.contains(&word) => mistakes.unknown(at.place, "type", word, &TYPES),
        ty => typed(ty.map_or("any", |it| it.1), format, entries, &mut property, mistakes),
    }
    if property.logical.is_some() {
        property.checks.push(Check::strict(CheckKind::Type));
    }
    if let Some(constraints) = given(entries, "constraints") {
        self::constraints(constraints, &mut property, mistakes);
    }
    property
}

fn rule(property: &mut Property, rule: impl ValueRule + 'static) {
    property.checks.push(Check::strict(CheckKind::Values(Box::new(rule))));
}

fn not_run(property: &mut Property, id: &'static str, what: &str, reason: &str) {
    property.checks.push(Check::not_run(id, cut(what), reason));
}

/// The type of a field: ours where it reads the same texts, else text with a rule for the form.
fn typed(
    word: &str,
    format: &str,
    entries: &[(Key, Node)],
    property: &mut Property,
    mistakes: &mut Mistakes,
) {
    match word {
        "string" => {
            property.logical = Some(LogicalType::String);
            let named = match format {
                "default" => None,
                "binary" => formats::named("base64"),
                other => formats::named(other),
            };
            match named {
                Some(format) => rule(property, HasFormat(format)),
                None if format != "default" => {
                    not_run(property, "format", format, "the format is not known");
                }
                None => {}
            }
        }
        "integer" | "number" => number(word, entries, property),
        "boolean" => {
            let mut words = |key: &str, usual: [&str; 4]| match given(entries, key) {
                Some(node) => texts(node, mistakes),
                None => usual.map(str::to_owned).to_vec(),
            };
            let mut values = words("trueValues", ["true", "True", "TRUE", "1"]);
            values.extend(words("falseValues", ["false", "False", "FALSE", "0"]));
            property.logical = Some(LogicalType::String);
            rule(property, AllowedValues { values });
        }
        "date" | "datetime" | "time" => date(word, format, property),
        "year" => {
            let bounds = given(entries, "constraints").is_some_and(|node| match &node.content {
                Content::Map(entries) => {
                    ["minimum", "maximum"].iter().any(|word| get(entries, word).is_some())
                }
                _ => false,
            });
            if bounds {
                property.logical = Some(LogicalType::Integer);
                let bound = |value| Some((Bound::Number(Exact::integer(value)), false));
                rule(property, Range { low: bound(0), high: bound(9999) });
            } else {
                form(property, r"^\d{4}$");
            }
        }
        "yearmonth" => form(property, r"^\d+-0*(?:[1-9]|1[0-2])$"),
        "duration" => form(
            property,
            r"^[+-]?P(?:\d+(?:[.,]\d+)?W|(?:\d+(?:[.,]\d+)?Y)?(?:\d+(?:[.,]\d+)?M)?(?:\d+(?:[.,]\d+)?D)?(?:T(?:\d+(?:[.,]\d+)?H)?(?:\d+(?:[.,]\d+)?M)?(?:\d+(?:[.,]\d+)?S)?)?)$",
        ),
        "geopoint" if format == "default" => {
            form(
                property,
                r"^\s*[+-]?(?:180(?:\.0+)?|(?:1[0-7]\d|\d?\d)(?:\.\d+)?)\s*,\s*[+-]?(?:90(?:\.0+)?|[0-8]?\d(?:\.\d+)?)\s*$",
            );
        }
        "object" | "geojson" => json(property, r"^\s*\{"),
        "array" => json(property, r"^\s*\["),
        "list" | "geopoint" => not_run(property, "type", word, "the type is not supported"),
        _ => {}
    }
}

/// Text that is JSON and begins so.
fn json(property: &mut Property, pattern: &str) {
    form(property, pattern);
    if let Some(format) = formats::named("json") {
        rule(property, HasFormat(format));
    }
}

fn form(property: &mut Property, pattern: &str) {
    property.logical = Some(LogicalType::String);
    if let Ok(pattern) = Pattern::new(pattern) {
        rule(property, pattern);
    }
}

fn number(word: &str, entries: &[(Key, Node)], property: &mut Property) {
    let text = |key: &str| given(entries, key).and_then(Node::scalar).map(|it| it.text.as_str());
    let is_plain = text("bareNumber") != Some("false")
        && text("groupChar").is_none_or(str::is_empty)
        && text("decimalChar").is_none_or(|it| it == ".");
    if is_plain {
        let integer = word == "integer";
        property.logical = Some(if integer { LogicalType::Integer } else { LogicalType::Number });
    } else {
        not_run(
            property,
            "type",
            word,
            "numbers with bareNumber, groupChar or decimalChar are not supported",
        );
    }
}

fn date(word: &str, format: &str, property: &mut Property) {
    let logical = match word {
        "date" => LogicalType::Date,
        "time" => LogicalType::Time,
        _ => LogicalType::Timestamp { zoned: false },
    };
    let is_default = format == "default";
    if is_default || (word == "date" && temporal::format_bit(format).is_some()) {
        property.logical = Some(logical);
        property.format = Some(if is_default { "yyyy-MM-dd".to_owned() } else { format.to_owned() });
    } else if format == "any" {
        not_run(property, "type", word, "any format of dates is as good as none");
    } else {
        match DateFormat::new(format) {
            Ok(format) => {
                property.logical = Some(LogicalType::String);
                rule(property, format);
            }
            Err(reason) => not_run(property, "type", format, &reason),
        }
    }
}

fn constraints(node: &Node, property: &mut Property, mistakes: &mut Mistakes) {
    let entries = mistakes.map(node, "a mapping of constraints");
    let flag = |word: &str| given(entries, word).and_then(Node::scalar).is_some_and(|it| it.text == "true");
    if flag("required") {
        property.checks.push(Check::strict(CheckKind::Required));
    }
    if flag("unique") {
        property.checks.push(Check::strict(CheckKind::Unique));
    }
    // A form that is checked as text has no order of its own.
    let is_formed = property.logical == Some(LogicalType::String)
        && property
            .checks
            .iter()
            .any(|it| matches!(&it.kind, CheckKind::Values(rule) if rule.id() == "date-format"));
    if is_formed && ["minimum", "maximum"].iter().any(|word| given(entries, word).is_some()) {
        not_run(property, "range", "within bounds", "dates in this format are checked as text");
    } else {
        options::bounds(entries, property, mistakes);
    }
    if let Some(node) = given(entries, "pattern")
        && let Some(text) = mistakes.text(node)
    {
        // The pattern is one of XML Schema: of the whole text.
        match Pattern::new(&format!("^(?:{text})$")) {
            Ok(pattern) => rule(property, pattern),
            Err(message) => mistakes.add(node.place, message),
        }
    }
    if given(entries, "jsonSchema").is_some() {
        not_run(
            property,
            "json-schema",
            "values as a JSON schema has them",
            "JSON schemas of cells are not supported",
        );
    }
    for (key, _) in entries {
        let known = [
            "required",
            "unique",
            "minLength",
            "maxLength",
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "pattern",
            "enum",
            "jsonSchema",
        ];
        if !known.contains(&key.text.as_str()) {
            mistakes.unknown(key.place, "constraint", &key.text, &known);
        }
    }
}
