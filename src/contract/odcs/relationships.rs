//! `relationships` of a property or of a schema object: foreign keys → rules on rows.

use super::super::mistakes::Mistakes;
use super::super::model::{Check, CheckKind, SchemaObject};
use super::super::rules::foreign_key::Target;
use super::super::rules::rows::{OnRows, What};
use super::super::yaml::{Content, Node};
use super::{given, known, optional_text};

const KEYS: [&str; 5] = ["id", "type", "from", "to", "customProperties"];

/// The foreign keys of a list; `column` is the property that it stands at.
pub(super) fn read(list: &Node, column: Option<&str>, mistakes: &mut Mistakes) -> Vec<Check> {
    let items = mistakes.list(list, "a list of relationships").iter();
    items.filter_map(|item| one(item, column, mistakes)).collect()
}

fn one(item: &Node, column: Option<&str>, mistakes: &mut Mistakes) -> Option<Check> {
    let entries = mistakes.map(item, "a relationship");
    known(entries, "relationship", &KEYS, mistakes);
    if let Some(kind) = optional_text(entries, "type", mistakes).filter(|kind| kind != "foreignKey") {
        let reason = format!("relationships of type {kind:?} are not supported");
        return Some(Check::not_run(super::super::rules::foreign_key::ID, "a relationship", reason));
    }
    let Some(to) = given(entries, "to") else {
        mistakes.add(item.place, "the relationship has no \"to\"");
        return None;
    };
    let targets = ends(to, false, mistakes)?;
    let own: Vec<End> = match (given(entries, "from"), column) {
        (Some(from), Some(_)) => {
            mistakes.add(from.place, "a relationship of a property has no \"from\": it is from the property");
            return None;
        }
        (Some(from), None) => ends(from, true, mistakes)?,
        (None, Some(column)) => vec![End { table: String::new(), column: column.to_owned() }],
        (None, None) => {
            mistakes.add(item.place, "the relationship has no \"from\"");
            return None;
        }
    };
    if own.len() != targets.len() {
        mistakes.add(to.place, format!("{} columns refer to {}", own.len(), targets.len()));
        return None;
    }
    let other = targets[0].table.clone();
    if targets.iter().any(|it| it.table != other) {
        mistakes.add(to.place, "the columns of one key are of two tables");
        return None;
    }
    let target = Target {
        table: Some(other),
        columns: targets.into_iter().map(|it| it.column).collect(),
        unless_all_missing: false,
    };
    let columns = own.into_iter().map(|it| it.column).collect();
    Some(Check::strict(CheckKind::Rows(OnRows {
        what: What::Refers(target),
        columns,
        when: None,
        written: false,
    })))
}

/// What refers to the table by its own name refers to itself.
pub(super) fn find_itself(object: &mut SchemaObject) {
    let SchemaObject { name, physical_name, properties, checks, .. } = object;
    let of_columns = properties.iter_mut().flat_map(|property| &mut property.checks);
    for check in of_columns.chain(checks) {
        if let CheckKind::Rows(OnRows { what: What::Refers(Target { table, .. }), .. }) = &mut check.kind
            && (table.as_ref() == Some(name) || table.is_some() && table == physical_name)
        {
            *table = None;
        }
    }
}

struct End {
    table: String,
    column: String,
}

/// The columns at one end: a reference or a list of them. A name alone is a column where that is allowed.
fn ends(node: &Node, alone: bool, mistakes: &mut Mistakes) -> Option<Vec<End>> {
    let items = match &node.content {
        Content::List(items) if !items.is_empty() => items.iter().collect(),
        _ => vec![node],
    };
    let mut found = Vec::with_capacity(items.len());
    for item in items {
        let text = mistakes.text(item)?;
        match end(text).or_else(|| alone.then(|| End { table: String::new(), column: text.to_owned() })) {
            Some(end) => found.push(end),
            None => {
                mistakes.add(item.place, format!("expected \"table.column\", found {text:?}"));
                return None;
            }
        }
    }
    Some(found)
}

/// `table.column`, or `…schema/table/properties/column`.
fn end(text: &str) -> Option<End> {
    let local = text.rsplit('#').next().unwrap_or(text).trim_start_matches('/');
    if let Some(rest) = local.strip_prefix("schema/") {
        let mut parts = rest.split('/');
        let table = parts.next()?;
        let steps: Vec<&str> = parts.collect();
        let names: Vec<&str> = steps.chunks(2).filter_map(|it| it.get(1).copied()).collect();
        let is_path = steps.chunks(2).all(|it| it.len() == 2 && it[0] == "properties");
        let column = names.join(".");
        return (is_path && !column.is_empty()).then(|| End { table: table.to_owned(), column });
    }
    let (table, column) = text.split_once('.')?;
    let is_whole = !table.is_empty() && !column.is_empty();
    is_whole.then(|| End { table: table.to_owned(), column: column.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_short_or_paths() {
        let table = [
            ("customers.id", Some(("customers", "id"))),
            ("customers.address.zip", Some(("customers", "address.zip"))),
            ("schema/customers/properties/id", Some(("customers", "id"))),
            ("/schema/customers/properties/address/properties/zip", Some(("customers", "address.zip"))),
            ("other.yaml#/schema/customers/properties/id", Some(("customers", "id"))),
            ("schema/customers", None),
            ("schema/customers/id/x", None),
            ("customers", None),
            (".id", None),
            ("", None),
        ];
        for (text, expected) in table {
            let found = end(text);
            assert_eq!(found.as_ref().map(|it| (it.table.as_str(), it.column.as_str())), expected, "{text}");
        }
    }
}
