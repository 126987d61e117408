//! The properties of a schema object → columns with their rules; those nested in objects under dotted names.

use super::super::mistakes::Mistakes;
use super::super::model::{ANY, Check, CheckKind, LOGICAL_TYPE, LogicalType, Property, SchemaObject};
use super::super::rules::rows::{OnRows, What};
use super::super::wording::quoted;
use super::super::yaml::{Key, Node};
use super::{classification, options, quality, relationships};
use super::{get, given, known, optional_boolean, optional_text, required_name};
use crate::sketch::rows::Ignore;

const PROPERTY: [&str; 33] = [
    "name",
    "logicalType",
    "logicalTypeOptions",
    "required",
    "unique",
    "primaryKey",
    "primaryKeyPosition",
    "physicalName",
    "physicalType",
    "enum",
    "quality",
    "description",
    "businessName",
    "id",
    "properties",
    "items",
    "examples",
    "classification",
    "encryptedName",
    "partitioned",
    "partitionKeyPosition",
    "criticalDataElement",
    "transformLogic",
    "transformSourceObjects",
    "transformDescription",
    "relationships",
    "semanticType",
    "tags",
    "authoritativeDefinitions",
    "customProperties",
    "deprecated",
    "synonyms",
    "map",
];

/// The keys of a property that agree on its cells.
const RULES: [&str; 7] =
    ["logicalTypeOptions", "required", "unique", "enum", "quality", "properties", "items"];

pub(super) const TYPES: [&str; 11] = [
    "string",
    "date",
    "timestamp",
    "time",
    "number",
    "integer",
    "object",
    "array",
    "boolean",
    "map",
    "vector",
];

/// Reads a list of properties and those nested in them; the places of primary key columns go into `keys`.
pub(super) fn read_all(
    items: &[Node],
    (inside, tables): (Option<&str>, &[&str]),
    properties: &mut Vec<Property>,
    keys: &mut Vec<usize>,
    mistakes: &mut Mistakes,
) {
    for item in items {
        let entries = mistakes.map(item, "a property");
        let property = read(item, entries, (inside, tables), mistakes);
        let twice = properties.iter().any(|other| other.name == property.name);
        if twice && !property.name.is_empty() {
            mistakes.add(item.place, format!("the property {} is given twice", quoted(&property.name)));
        }
        if optional_boolean(entries, "primaryKey", mistakes) {
            keys.push(properties.len());
        }
        let Some(nested) = given(entries, "properties") else {
            properties.push(property);
            continue;
        };
        let column = property.column().to_owned();
        properties.push(property);
        let nested = mistakes.list(nested, "a list of properties");
        read_all(nested, (Some(&column), tables), properties, keys, mistakes);
    }
}

/// A primary key of one column is required and unique; of several columns each is required, and all together are unique.
pub(super) fn key(object: &mut SchemaObject, keys: &[usize]) {
    for &i in keys {
        let Some(property) = object.properties.get_mut(i) else { continue };
        let mut add = |wanted: CheckKind| {
            let same = |check: &Check| std::mem::discriminant(&check.kind) == std::mem::discriminant(&wanted);
            if !property.checks.iter().any(|check| same(check) && check.tolerance.is_none()) {
                property.checks.push(Check::strict(wanted));
            }
        };
        add(CheckKind::Required);
        if keys.len() == 1 {
            add(CheckKind::Unique);
        }
    }
    if keys.len() > 1 {
        let names = keys.iter().filter_map(|&i| object.properties.get(i)).map(|it| it.name.clone());
        let what = What::Unique(Ignore::All);
        let check = Check::strict(CheckKind::Rows(OnRows {
            what,
            columns: names.collect(),
            when: None,
            written: false,
        }));
        object.checks.push(check);
    }
}

pub(super) fn read(
    node: &Node,
    entries: &[(Key, Node)],
    (inside, tables): (Option<&str>, &[&str]),
    mistakes: &mut Mistakes,
) -> Property {
    known(entries, "key of a property", &PROPERTY, mistakes);
    let dotted = |name: String| match inside {
        Some(inside) => format!("{inside}.{name}"),
        None => name,
    };
    let name = required_name(entries, node, "property", mistakes);
    let mut property = Property {
        name: if name.is_empty() { name } else { dotted(name) },
        physical_name: optional_text(entries, "physicalName", mistakes).map(dotted),
        logical: get(entries, "logicalType")
            .and_then(|node| logical_type(node, mistakes))
            .filter(|_| !is_any(entries, mistakes))
            .map(|logical| with_physical(logical, get(entries, "physicalType"))),
        inside: inside.map(str::to_owned),
        classified: classification::read(entries, mistakes),
        ..Property::default()
    };
    if optional_boolean(entries, "required", mistakes) {
        property.checks.push(Check::strict(CheckKind::Required));
    }
    if optional_boolean(entries, "unique", mistakes) {
        property.checks.push(Check::strict(CheckKind::Unique));
    }
    if let Some(node) = given(entries, "logicalTypeOptions") {
        options::read(node, &mut property, mistakes);
    }
    if let Some(node) = given(entries, "enum") {
        property.checks.extend(options::allowed_values(node, mistakes));
    }
    if let Some(list) = given(entries, "quality") {
        for item in mistakes.list(list, "a list of quality rules") {
            let quality = quality::read(item, Some(&property.name), tables, mistakes);
            property.checks.extend(quality.checks);
            property.missing_values.extend(quality.missing_values);
        }
    }
    if let Some(node) = given(entries, "items") {
        let items = mistakes.map(node, "a property");
        if items.iter().any(|(key, _)| RULES.contains(&key.text.as_str())) {
            let reason = "rules on the items of a list are not supported";
            property.checks.push(Check::not_run("items", "items as agreed", reason));
        }
    }
    if let Some(list) = given(entries, "relationships") {
        let found = relationships::read(list, Some(&property.name), mistakes);
        property.checks.extend(found);
    }
    property
}

pub(super) fn logical_type(node: &Node, mistakes: &mut Mistakes) -> Option<LogicalType> {
    let word = mistakes.text(node)?;
    let ty = match word {
        "string" => LogicalType::String,
        "date" => LogicalType::Date,
        "timestamp" => LogicalType::Timestamp { zoned: false },
        "time" => LogicalType::Time,
        "number" => LogicalType::Number,
        "integer" => LogicalType::Integer,
        "object" => LogicalType::Object,
        "array" => LogicalType::Array,
        "boolean" => LogicalType::Boolean,
        "map" => LogicalType::Map,
        "vector" => LogicalType::Vector,
        _ => {
            match other_name(word) {
                Some(meant) => {
                    let message = format!("unknown logicalType {}; did you mean {meant:?}?", quoted(word));
                    mistakes.add(node.place, message);
                }
                None => mistakes.unknown(node.place, "logicalType", word, &TYPES),
            }
            return None;
        }
    };
    Some(ty)
}

/// Whether the type says nothing.
fn is_any(entries: &[(Key, Node)], mistakes: &mut Mistakes) -> bool {
    let Some(node) = quality::custom(entries, LOGICAL_TYPE) else { return false };
    let is_any = node.scalar().is_some_and(|it| it.text == ANY);
    if !is_any {
        mistakes.expected(node, "\"any\", or no such property");
    }
    is_any
}

/// A date whose physical type is a timestamp: ODCS 3.0 had no other word for it.
fn with_physical(logical: LogicalType, physical: Option<&Node>) -> LogicalType {
    let physical = physical.and_then(Node::scalar).map(|it| it.text.to_ascii_uppercase()).unwrap_or_default();
    if logical != LogicalType::Date || !["TIMESTAMP", "DATETIME"].iter().any(|it| physical.starts_with(it)) {
        return logical;
    }
    let is_local = physical.contains("NTZ") || physical.contains("WITHOUT");
    let says = ["TZ", "WITH TIME ZONE", "WITH LOCAL TIME ZONE", "DATETIMEOFFSET"];
    LogicalType::Timestamp { zoned: !is_local && says.iter().any(|it| physical.contains(it)) }
}

/// What other systems call the logical types.
fn other_name(word: &str) -> Option<&'static str> {
    Some(match word.to_ascii_lowercase().as_str() {
        "text" | "varchar" | "char" | "str" | "uuid" => "string",
        "int" | "int32" | "int64" | "bigint" | "long" | "smallint" => "integer",
        "float" | "double" | "decimal" | "numeric" | "real" => "number",
        "datetime" | "timestamptz" | "timestamp_tz" => "timestamp",
        "bool" => "boolean",
        "list" => "array",
        "struct" | "record" | "json" => "object",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::parse;

    #[test]
    fn dates_of_a_physical_timestamp_are_timestamps() {
        let at = |zoned| Some(LogicalType::Timestamp { zoned });
        let table = [
            ("date", "DATE", Some(LogicalType::Date)),
            ("date", "TIMESTAMP", at(false)),
            ("date", "datetime", at(false)),
            ("date", "DATETIME2(7)", at(false)),
            ("date", "timestamp_tz", at(true)),
            ("date", "TIMESTAMPTZ", at(true)),
            ("date", "TIMESTAMP_NTZ(9)", at(false)),
            ("date", "TIMESTAMP_LTZ", at(true)),
            ("date", "TIMESTAMP(6) WITH TIME ZONE", at(true)),
            ("date", "timestamp without time zone", at(false)),
            ("timestamp", "TIMESTAMP_TZ", at(false)),
            ("string", "TIMESTAMP", Some(LogicalType::String)),
        ];
        for (logical, physical, expected) in table {
            let text = format!(
                "{{apiVersion: v3.0.2, kind: DataContract, id: a, version: 1.0.0, schema: [{{name: t, properties: \
                 [{{name: c, logicalType: {logical}, physicalType: '{physical}'}}]}}]}}"
            );
            let contract = parse(text.as_bytes()).unwrap_or_else(|error| panic!("{error}"));
            assert_eq!(contract.objects[0].properties[0].logical, expected, "{logical} {physical}");
        }
    }
}
