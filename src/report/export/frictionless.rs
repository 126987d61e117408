//! The shape of a validation report of Frictionless 5, for what reads such reports today. Rows are counted as there: the
//! header is row 1. With a Table Schema as the contract an error has the type that Frictionless gives it.
//!
//! Errors are of the places that the report keeps. There are no rows' cells, no hashes and no seconds in it.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{Document, Outcome};
use crate::error::Result;
use crate::report::json::pretty;
use crate::report::wire::{Finding, Report, Violation};

/// The document: a task a file. `schema` is the contract's text.
///
/// # Errors
/// None that a report can cause.
pub fn render(document: Document<'_>, schema: Option<&[u8]>) -> Result<Vec<u8>> {
    let schema: Option<Value> = schema.and_then(|text| serde_json::from_slice(text).ok());
    let fields = schema.as_ref().and_then(fields).unwrap_or_default();
    let tasks: Vec<Value> = document.outcomes.iter().map(|outcome| task(outcome, &fields)).collect();
    let errors: u64 = tasks.iter().filter_map(|task| task["stats"]["errors"].as_u64()).sum();
    pretty(&json!({
        "valid": errors == 0,
        "stats": { "tasks": tasks.len(), "errors": errors, "warnings": 0, "seconds": 0 },
        "warnings": [],
        "errors": [],
        "tasks": tasks,
    }))
}

/// The fields of a table schema, of a resource or of the first resource that has some.
fn fields(schema: &Value) -> Option<Vec<Value>> {
    let own = schema["fields"].as_array().cloned();
    let inner = || if schema["schema"].is_object() { fields(&schema["schema"]) } else { None };
    own.or_else(inner).or_else(|| schema["resources"].as_array()?.iter().find_map(fields))
}

fn task(outcome: &Outcome, fields: &[Value]) -> Value {
    let name = outcome.file.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = name.split('.').next().unwrap_or(name).to_lowercase();
    let (labels, stats, errors) = match &outcome.result {
        Ok(report) => {
            let labels: Vec<&str> = report.columns.iter().map(|it| it.name.as_str()).collect();
            let errors = errors(report, &labels, fields);
            let source = json!({
                "errors": errors.len(), "warnings": 0, "seconds": 0, "bytes": report.source.bytes,
                "fields": report.table.columns, "rows": report.table.ledger.rows_in,
            });
            (json!(labels), source, errors)
        }
        Err(message) => {
            let error = json!({
                "type": "source-error", "title": "Source Error", "tags": [], "note": message,
                "description": "Data reading error because of not supported or inconsistent contents.",
                "message": format!("The data source has not supported or has inconsistent contents: {message}"),
            });
            (json!([]), json!({ "errors": 1, "warnings": 0, "seconds": 0 }), vec![error])
        }
    };
    json!({
        "name": stem, "type": "table", "valid": errors.is_empty(), "place": outcome.file, "labels": labels,
        "stats": stats, "warnings": [], "errors": errors,
    })
}

/// What is wrong in one cell, row or label, and where it stands in the order of Frictionless.
struct Wrong {
    order: (u64, usize, u8),
    error: Value,
}

/// The rows of Frictionless: the header is one, and so are blank lines, which are none of ours.
struct Rows {
    /// The lines of blank ones.
    blank: Vec<u64>,
}

impl Rows {
    fn of(report: &Report) -> Rows {
        let issues = report.issues.iter().filter(|it| it.code == "blank-line");
        let mut blank: Vec<u64> = issues.flat_map(|it| &it.places).filter_map(|it| it.line).collect();
        crate::order::sort(&mut blank);
        Rows { blank }
    }

    fn number(&self, row: u64, line: Option<u64>) -> u64 {
        let before = line.map_or(0, |line| self.blank.partition_point(|blank| *blank < line));
        row.saturating_add(1 + before as u64)
    }
}

fn errors(report: &Report, labels: &[&str], fields: &[Value]) -> Vec<Value> {
    let mut all = Vec::new();
    let rows = Rows::of(report);
    for finding in report.findings.iter().filter(|it| it.status == "fail" && it.card != "same_as_before") {
        match finding.rule.as_str() {
            "column-order" if !fields.is_empty() => all.extend(wrong_labels(labels, fields)),
            "column-order" | "column-set" | "column-count" | "column-presence" => {
                // What a label is said to be already is not said twice.
                if fields.is_empty() || finding.rule == "column-set" {
                    all.push(of_table(finding));
                }
            }
            "unique" => all.extend(repeated(finding, labels, fields, &rows)),
            "no-rows" => all.push(of_table(finding)),
            _ if finding.places.is_empty() => all.push(of_table(finding)),
            _ => {
                all.extend(finding.places.iter().map(|place| of_cell(finding, place, labels, fields, &rows)))
            }
        }
    }
    for issue in report.issues.iter().filter(|it| it.code == "ragged-row" || it.code == "blank-line") {
        let blank = issue.code == "blank-line";
        let (kind, title) = if blank { ("blank-row", "Blank Row") } else { ("extra-cell", "Extra Cell") };
        for place in &issue.places {
            // A line with nothing on it is a row of its own, as far as no cell goes over several lines.
            let row = if blank { place.line.unwrap_or(0) } else { rows.number(place.row, place.line) };
            let error = json!({
                "type": kind, "title": title, "tags": ["#table", "#row"], "note": issue.message,
                "message": format!("Row at position \"{row}\": {}", issue.message),
                "description": issue.message, "rowNumber": row,
            });
            all.push(Wrong { order: (row, 0, 0), error });
        }
    }
    crate::order::sort_by_key(&mut all, |it| it.order);
    // A cell that is of no type in two ways has one error.
    all.dedup_by(|a, b| {
        a.order == b.order && a.order.2 == 0 && a.order.1 > 0 && a.error["type"] == b.error["type"]
    });
    all.into_iter().map(|it| it.error).collect()
}

fn of_table(finding: &Finding) -> Wrong {
    let error = json!({
        "type": "table-error", "title": "Table Error", "tags": ["#table"],
        "description": "There is a table error.", "message": finding.message, "note": finding.message,
    });
    Wrong { order: (0, 0, 0), error }
}

/// Labels that are not the schema's, field by field.
fn wrong_labels(labels: &[&str], fields: &[Value]) -> Vec<Wrong> {
    let names: Vec<&str> = fields.iter().map(|field| field["name"].as_str().unwrap_or_default()).collect();
    let mut wrong = Vec::new();
    for i in 0..labels.len().max(names.len()) {
        let (label, name) = (labels.get(i).copied(), names.get(i).copied());
        let (kind, title, note) = match (label, name) {
            (Some(label), Some(name)) if label != name => {
                ("incorrect-label", "Incorrect Label", format!("field name is \"{name}\""))
            }
            (None, Some(_)) => ("missing-label", "Missing Label", String::new()),
            (Some(_), None) => ("extra-label", "Extra Label", String::new()),
            _ => continue,
        };
        let error = json!({
            "type": kind, "title": title, "tags": ["#table", "#header", "#label"], "note": note,
            "description": "The label of a column is not that of the schema.",
            "message": format!("Label \"{}\" at position \"{}\"", label.unwrap_or_default(), i + 1),
            "labels": labels, "label": label.unwrap_or_default(), "rowNumbers": [1],
            "fieldName": name.unwrap_or_default(), "fieldNumber": i + 1,
        });
        wrong.push(Wrong { order: (1, i, 0), error });
    }
    wrong
}

/// Of cells or keys that are the same, all but the first.
fn repeated(finding: &Finding, labels: &[&str], fields: &[Value], rows: &Rows) -> Vec<Wrong> {
    let column = finding.column.as_deref();
    let field = column.and_then(|name| fields.iter().find(|field| field["name"] == name));
    let is_unique = field.is_some_and(|field| field["constraints"]["unique"] == true);
    let mut seen = BTreeSet::new();
    let mut wrong = Vec::new();
    for place in &finding.places {
        if seen.insert(place.value.as_deref()) {
            continue;
        }
        let row = rows.number(place.row, place.line);
        let at = labels.iter().position(|label| Some(*label) == column);
        let mut error = key_error(row, "the same as in an earlier row");
        if let (Some(name), true) = (column, is_unique || fields.is_empty()) {
            error = json!({
                "type": "unique-error", "title": "Unique Error", "tags": ["#table", "#row", "#cell"],
                "description": "This field is a unique field but it contains a value that has been used in another row.",
                "message": format!("Row at position \"{row}\" has unique constraint violation in field \"{name}\""),
                "note": "the same as in an earlier row", "rowNumber": row, "cell": place.value,
                "fieldName": name, "fieldNumber": at.map(|at| at + 1),
            });
        }
        wrong.push(Wrong { order: (row, LAST + at.unwrap_or(LAST), 0), error });
    }
    wrong
}

/// Behind every cell of a row.
const LAST: usize = 1 << 20;

fn key_error(row: u64, note: &str) -> Value {
    json!({
        "type": "primary-key", "title": "PrimaryKey Error", "tags": ["#table", "#row"],
        "description": "Values in the primary key fields should be unique for every row",
        "message": format!("Row at position \"{row}\" violates the primary key: {note}"),
        "note": note, "rowNumber": row,
    })
}

fn of_cell(finding: &Finding, place: &Violation, labels: &[&str], fields: &[Value], rows: &Rows) -> Wrong {
    let name = finding.column.as_deref().unwrap_or(&place.column);
    let at = labels.iter().position(|label| *label == name);
    let field = fields.iter().find(|field| field["name"] == name);
    let row = rows.number(place.row, place.line);
    if finding.rule == "required" && field.is_some_and(|it| it["constraints"]["required"] != true) {
        let error = key_error(row, "cells composing the primary keys are all \"None\"");
        return Wrong { order: (row, LAST * 2, 0), error };
    }
    let (constraint, agreed) = constraint(finding, place, field);
    let cell = place.value.as_deref().unwrap_or_default();
    let position = at.map_or(0, |at| at + 1);
    let (kind, title, description, note, message) = match constraint {
        None => {
            let ty = field.and_then(|it| it["type"].as_str()).unwrap_or("any");
            let format = field.and_then(|it| it["format"].as_str()).unwrap_or("default");
            let note = format!("type is \"{ty}/{format}\"");
            let message = format!(
                "Type error in the cell \"{cell}\" in row \"{row}\" and field \"{name}\" at position \"{position}\": {note}"
            );
            let text = "The value does not match the schema type and format for this field.";
            ("type-error", "Type Error", text, note, message)
        }
        Some(constraint) => {
            let note = format!("constraint \"{constraint}\" is \"{agreed}\"");
            let message = format!(
                "The cell \"{cell}\" in row at position \"{row}\" and field \"{name}\" at position \"{position}\" does not conform to a constraint: {note}"
            );
            let text = "A field value does not conform to a constraint.";
            ("constraint-error", "Constraint Error", text, note, message)
        }
    };
    let error = json!({
        "type": kind, "title": title, "description": description, "message": message,
        "tags": ["#table", "#row", "#cell"], "note": note, "rowNumber": row, "cell": cell,
        "fieldName": name, "fieldNumber": position,
    });
    Wrong { order: (row, position, u8::from(kind != "type-error")), error }
}

/// The constraint that a finding is about, with what it is; `None`: the field's type.
fn constraint(finding: &Finding, place: &Violation, field: Option<&Value>) -> (Option<&'static str>, String) {
    let none = Value::Null;
    let constraints = field.map_or(&none, |field| &field["constraints"]);
    let agreed = |word: &'static str| match &constraints[word] {
        Value::Null => (Some(word), finding.expected.clone().unwrap_or_default()),
        Value::String(text) => (Some(word), text.clone()),
        value => (Some(word), value.to_string()),
    };
    let cell = place.value.as_deref().unwrap_or_default();
    let number = |word: &str| constraints[word].as_f64();
    match finding.rule.as_str() {
        "required" => (Some("required"), "True".to_owned()),
        "length" => {
            let is_short = number("minLength").is_some_and(|least| (cell.chars().count() as f64) < least);
            agreed(if is_short { "minLength" } else { "maxLength" })
        }
        "range" => {
            let bounds = ["minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum"];
            let given: Vec<&'static str> =
                bounds.into_iter().filter(|it| !constraints[*it].is_null()).collect();
            let is_low = |word: &str| match (cell.trim().parse::<f64>(), number(word)) {
                (Ok(value), Some(bound)) => value <= bound,
                _ => constraints[word].as_str().is_some_and(|bound| cell <= bound),
            };
            match given.as_slice() {
                [] => (None, String::new()),
                [one] => agreed(one),
                several => {
                    let low = several.iter().find(|it| it.to_lowercase().contains("minimum") && is_low(it));
                    agreed(low.or(several.last()).copied().unwrap_or("minimum"))
                }
            }
        }
        "allowed-values" if !constraints["enum"].is_null() || field.is_none() => agreed("enum"),
        "pattern" if !constraints["pattern"].is_null() || field.is_none() => agreed("pattern"),
        "multiple-of" => agreed("multipleOf"),
        _ => (None, String::new()),
    }
}
