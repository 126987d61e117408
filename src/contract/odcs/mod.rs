//! The tree of an ODCS 3.0, 3.1 or 3.2 contract → [`Contract`], or every mistake with its line and column. Parts that
//! have nothing to do with a file (servers, team, price…) are accepted as they stand.

use crate::error::{Place, Result};
use crate::sketch::rows::Ignore;

use super::mistakes::Mistakes;
use super::model::{Check, CheckKind, Contract, SchemaObject};
use super::rules::rows::{OnRows, What};
use super::yaml::{Key, Node, get, given};

mod amend;
#[cfg(test)]
mod amend_tests;
mod classification;
mod dates;
mod entries;
mod gate;
pub(super) mod options;
mod own;
mod profile;
mod property;
mod quality;
mod relationships;
mod service;
mod shapes;
pub(super) mod sql;
mod whole;

#[cfg(feature = "cli")]
pub(super) use own::check as check_own;
#[cfg(feature = "cli")]
pub(super) use quality::{OPERATORS, metric};
#[cfg(feature = "cli")]
pub(super) use shapes::keys;

pub use amend::{Amendment, Target, Written, amend, written_rules};

/// The most columns of one table.
const PROPERTIES: usize = crate::cell::limits::COLUMNS;

const TOP: [&str; 23] = [
    "apiVersion",
    "kind",
    "id",
    "name",
    "version",
    "status",
    "schema",
    "servers",
    "description",
    "tags",
    "tenant",
    "domain",
    "dataProduct",
    "team",
    "roles",
    "support",
    "price",
    "slaDefaultElement",
    "slaProperties",
    "authoritativeDefinitions",
    "customProperties",
    "contractCreatedTs",
    "context",
];

const OBJECT: [&str; 17] = [
    "name",
    "id",
    "physicalName",
    "physicalType",
    "logicalType",
    "properties",
    "quality",
    "relationships",
    "description",
    "businessName",
    "dataGranularityDescription",
    "tags",
    "authoritativeDefinitions",
    "customProperties",
    "context",
    "deprecated",
    "synonyms",
];

/// Reads the tree.
pub(super) fn read(tree: &Node) -> Result<Contract> {
    let mut mistakes = Mistakes::default();
    let contract = contract(tree, &mut mistakes);
    match mistakes.into_error() {
        Some(error) => Err(error.with_hint(
            "see the Open Data Contract Standard, bitol-io.github.io/open-data-contract-standard",
        )),
        None => Ok(contract),
    }
}

fn contract(tree: &Node, mistakes: &mut Mistakes) -> Contract {
    let entries = mistakes.map(tree, "a contract with apiVersion, kind, id, version and schema");
    known(entries, "key of a contract", &TOP, mistakes);
    if entries.is_empty() {
        return Contract::default();
    }
    let mut contract = Contract::default();
    for (word, target) in [
        ("apiVersion", &mut contract.api_version),
        ("id", &mut contract.id),
        ("version", &mut contract.version),
    ] {
        match get(entries, word) {
            Some(node) => *target = mistakes.text(node).unwrap_or_default().to_owned(),
            None => mistakes.add(tree.place, format!("the contract has no {word:?}")),
        }
    }
    if let Some(node) = get(entries, "apiVersion") {
        api_version(&contract.api_version, node, mistakes);
        mistakes.is_open = shapes::is_old(&contract.api_version);
    }
    match get(entries, "kind") {
        None => mistakes.add(tree.place, "the contract has no \"kind\""),
        Some(node) if node.scalar().is_some_and(|scalar| scalar.text == "DataContract") => {}
        Some(node) => mistakes.expected(node, "DataContract"),
    }
    contract.name = optional_text(entries, "name", mistakes);
    if let Some(node) = given(entries, "schema") {
        for item in mistakes.list(node, "a list of schema objects") {
            let object = object(item, mistakes);
            if contract.objects.iter().any(|other| !object.name.is_empty() && other.name == object.name) {
                mistakes.add(item.place, format!("the schema object {:?} is given twice", object.name));
            }
            contract.objects.push(object);
        }
    }
    if let Some(node) = given(entries, "slaProperties") {
        service::read(node, &mut contract.objects, mistakes);
    }
    shapes::check(tree, &contract.api_version, mistakes);
    contract
}

fn api_version(version: &str, node: &Node, mistakes: &mut Mistakes) {
    let number = version.strip_prefix('v').unwrap_or(version);
    let read = ["3.0", "3.1", "3.2"].iter().any(|minor| {
        let rest = number.strip_prefix(minor);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '-']))
    });
    if !read && !version.is_empty() {
        mistakes.expected(node, "an ODCS version from v3.0.0 to v3.2.0");
    }
}

fn object(node: &Node, mistakes: &mut Mistakes) -> SchemaObject {
    let entries = mistakes.map(node, "a schema object");
    known(entries, "key of a schema object", &OBJECT, mistakes);
    let name = required_name(entries, node, "schema object", mistakes);
    let physical_name = optional_text(entries, "physicalName", mistakes);
    let tables: Vec<String> = std::iter::once(name.clone()).chain(physical_name.clone()).collect();
    let tables: Vec<&str> = tables.iter().map(String::as_str).collect();
    let mut object = SchemaObject { name, physical_name, ..SchemaObject::default() };
    let mut keys = Vec::new();
    if let Some(list) = given(entries, "properties") {
        let items = mistakes.list(list, "a list of properties");
        property::read_all(items, (None, &tables), &mut object.properties, &mut keys, mistakes);
    }
    if object.properties.len() > PROPERTIES {
        mistakes.add(node.place, format!("more than {PROPERTIES} properties"));
    }
    property::key(&mut object, &keys);
    if let Some(list) = given(entries, "quality") {
        for item in mistakes.list(list, "a list of quality rules") {
            let check = quality::read(item, None, &tables, mistakes);
            table_check(check, item.place, &mut object, mistakes);
        }
    }
    if let Some(list) = given(entries, "relationships") {
        let found = relationships::read(list, None, mistakes);
        object.checks.extend(found);
    }
    object.known_gates(mistakes);
    relationships::find_itself(&mut object);
    crate::order::sort_by_key(&mut object.checks, Check::rank);
    for property in &mut object.properties {
        let is_typed = property.checks.iter().any(|check| matches!(check.kind, CheckKind::Type));
        if property.logical.is_some() && !is_typed {
            property.checks.push(Check::strict(CheckKind::Type));
        }
        dates::own_format(property);
        crate::order::sort_by_key(&mut property.checks, Check::rank);
    }
    object
}

/// Puts a quality rule of a table where it belongs.
fn table_check(quality: quality::Quality, place: Place, object: &mut SchemaObject, mistakes: &mut Mistakes) {
    let Some(columns) = quality.properties else {
        object.checks.extend(quality.checks);
        return;
    };
    if let [column] = columns.as_slice() {
        match object.properties.iter_mut().find(|property| property.name == *column) {
            Some(property) => property.checks.extend(quality.checks),
            None => {
                let names: Vec<&str> =
                    object.properties.iter().map(|property| property.name.as_str()).collect();
                mistakes.unknown(place, "property", column, &names);
            }
        }
        return;
    }
    for check in quality.checks {
        let what = What::Unique(Ignore::All);
        let kind = CheckKind::Rows(OnRows { what, columns: columns.clone(), when: None, written: false });
        object.checks.push(Check { kind, ..check });
    }
}

/// Notes the keys that are not known.
fn known(entries: &[(Key, Node)], what: &str, words: &[&str], mistakes: &mut Mistakes) {
    mistakes.known(entries, what, words, false);
}

fn optional_text(entries: &[(Key, Node)], word: &str, mistakes: &mut Mistakes) -> Option<String> {
    given(entries, word).and_then(|node| mistakes.text(node)).map(str::to_owned)
}

fn optional_boolean(entries: &[(Key, Node)], word: &str, mistakes: &mut Mistakes) -> bool {
    given(entries, word).and_then(|node| mistakes.boolean(node)).unwrap_or(false)
}

fn required_name(entries: &[(Key, Node)], node: &Node, what: &str, mistakes: &mut Mistakes) -> String {
    match get(entries, "name") {
        Some(name) => mistakes.text(name).unwrap_or_default().to_owned(),
        None if entries.is_empty() => String::new(),
        None => {
            mistakes.add(node.place, format!("the {what} has no \"name\""));
            String::new()
        }
    }
}
