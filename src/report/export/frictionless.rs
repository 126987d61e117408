//! The shape of a validation report of frictionless 5, for what reads such reports today: a task a file, its errors in the
//! order of the rows. Rows are numbered as there: the header is row 1, and blank lines count. No clock is asked: `seconds`
//! is 0.
//!
//! Of each rule it holds the places that the report keeps; where there are more, and where a rule was not run, a warning
//! of the task says so.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::{Document, Outcome, reason, waiting};
use crate::error::Result;
use crate::report::json::pretty;
use crate::report::wire::{Finding, Report, Violation};

mod keys;
mod kinds;
mod labels;
mod notes;

use kinds::{Kind, error};

/// What stands in the file itself, which reports do not hold.
#[derive(Debug, Clone, Default)]
pub struct Rows {
    /// The names of the columns as they are written; none without a header.
    pub labels: Option<Vec<String>>,
    /// The cells of the rows that are spoken of, by row from 1; they may be fewer or more than there are columns.
    pub cells: BTreeMap<u64, Vec<String>>,
    /// Rows of which every field is missing.
    pub blank: BTreeSet<u64>,
    /// Where blank lines are: the row that they follow, 0 for the header, and how many there are up to there; rising.
    pub blank_lines: Vec<(u64, u64)>,
}

/// What was agreed on the columns.
#[derive(Debug, Clone, Default)]
pub struct Agreed {
    /// What the contract calls the file, where it does.
    pub name: Option<String>,
    /// Its fields.
    pub fields: Vec<Field>,
    /// Whether fields are columns by their order, whatever these are called.
    pub by_order: bool,
    /// The origin of the rules of the primary key.
    pub key: Option<u64>,
    /// Its fields, where it has several.
    pub key_fields: Vec<String>,
    /// Whether there may be no other columns.
    pub closed: bool,
    /// Whether at least one of them must be there.
    pub any: bool,
    /// Why columns of one name are not taken, where they are found by their names.
    pub by_name: Option<String>,
    /// The keys that must be another table's.
    pub foreign: Vec<Foreign>,
}

/// A key that must be another table's.
#[derive(Debug, Clone)]
pub struct Foreign {
    /// What its finding expects.
    pub expected: String,
    /// Its fields.
    pub fields: Vec<String>,
    /// The other table; empty for the same.
    pub table: String,
    /// The fields there.
    pub to: Vec<String>,
}

/// A field of the contract.
#[derive(Debug, Clone)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// The place of its column in the file, from 0.
    pub column: Option<usize>,
    /// Whether its column may be absent.
    pub optional: bool,
    /// Of each of its rules the id, what it expects, and frictionless's note on a breach.
    pub notes: Vec<(&'static str, String, String)>,
}

/// A file with what else is known of it.
#[derive(Debug, Clone, Default)]
pub struct Told {
    /// What was agreed.
    pub agreed: Agreed,
    /// What stands in the file.
    pub rows: Rows,
}

/// The document; `told` has an entry for each outcome.
///
/// # Errors
/// None that a report can cause.
pub fn render(document: Document<'_>, told: &[Told]) -> Result<Vec<u8>> {
    let none = Told::default();
    let each = document.outcomes.iter().enumerate();
    let tasks: Vec<Value> = each.map(|(i, outcome)| task(outcome, told.get(i).unwrap_or(&none))).collect();
    let errors: usize = tasks.iter().map(|task| task["errors"].as_array().map_or(0, Vec::len)).sum();
    pretty(&json!({
        "valid": errors == 0,
        "stats": { "tasks": tasks.len(), "errors": errors, "warnings": 0, "seconds": 0 },
        "warnings": [],
        "errors": [],
        "tasks": tasks,
    }))
}

fn task(outcome: &Outcome, told: &Told) -> Value {
    let file = outcome.file.rsplit(['/', '\\']).next().unwrap_or(&outcome.file);
    let (stem, _) = file.split_once('.').unwrap_or((file, ""));
    let name = told.agreed.name.clone().unwrap_or_else(|| stem.to_lowercase());
    let mut stats = json!({ "errors": 0, "warnings": 0, "seconds": 0 });
    let (labels, warnings, errors) = match &outcome.result {
        Err(message) => (Vec::new(), Vec::new(), vec![error(Kind::Source, message, json!({}))]),
        Ok(report) => {
            stats["bytes"] = json!(report.source.bytes);
            stats["fields"] = json!(told.agreed.fields.len().max(report.columns.len()));
            stats["rows"] = json!(report.table.rows + told.rows.blank_lines.last().map_or(0, |it| it.1));
            let labels = labels::of(report, told);
            let errors = Errors { report, told, labels: &labels };
            (labels.clone(), warnings(report, errors.blank_rows()), errors.all())
        }
    };
    stats["errors"] = json!(errors.len());
    stats["warnings"] = json!(warnings.len());
    json!({
        "name": name,
        "type": "table",
        "valid": errors.is_empty(),
        "place": outcome.file,
        "labels": labels,
        "stats": stats,
        "warnings": warnings,
        "errors": errors,
    })
}

/// What was not run, and what is told in part only.
fn warnings(report: &Report, blank: u64) -> Vec<String> {
    let of = |finding: &Finding| super::title(&finding.rule, finding.column.as_deref());
    let agreed = |finding: &&Finding| finding.card == "as_agreed";
    let waiting = waiting(report).into_iter().filter(|finding| agreed(finding) && !is_vacuous(finding));
    let mut all: Vec<String> =
        waiting.map(|finding| format!("{} was not checked: {}", of(finding), reason(finding))).collect();
    for finding in report.findings.iter().filter(agreed) {
        let held = match finding.rule.as_str() {
            "blank-rows" => report.driftline.options.places.min(blank),
            _ => finding.places.len() as u64,
        };
        if held > 0 && finding.count > held {
            all.push(format!("of {} {held} of {} cells are told", of(finding), finding.count));
        }
    }
    all
}

/// A rule without a cell to look at is a rule that is kept, to frictionless; of a column that is missing the labels tell.
fn is_vacuous(finding: &Finding) -> bool {
    ["the file has no rows", "every cell is missing or invalid", "the column is missing"]
        .contains(&reason(finding))
}

/// The note of a row without its key.
const NO_KEY: &str = "cells composing the primary keys are all \"None\"";

struct Errors<'a> {
    report: &'a Report,
    told: &'a Told,
    labels: &'a [String],
}

/// Columns and rows of cells that are not of their type.
type Unread<'a> = BTreeSet<(&'a str, u64)>;

/// An error with what it is ordered by: row, kind, field.
type Placed = ((u64, Kind, usize), Value);

impl Errors<'_> {
    fn all(&self) -> Vec<Value> {
        if let Some(note) = &self.told.agreed.by_name
            && self.report.issues.iter().any(|it| it.code == "duplicate-header")
        {
            return vec![error(Kind::Error, note, json!({}))];
        }
        let mut placed: Vec<Placed> = Vec::new();
        let is_no_data = |code: &str| ["html-page", "error-body"].contains(&code);
        for issue in self.report.issues.iter().filter(|it| is_no_data(&it.code)) {
            placed.push(((0, Kind::Source, 0), error(Kind::Source, &issue.message, json!({}))));
        }
        placed.extend(labels::errors(&self.told.agreed, self.labels));
        self.ragged(&mut placed);
        self.blank(&mut placed);
        let unread = self.unread();
        for finding in self.report.findings.iter().filter(|it| it.card == "as_agreed" && it.status == "fail")
        {
            self.finding(finding, &unread, &mut placed);
        }
        self.unread_keys(&unread, &mut placed);
        crate::order::sort_by_key(&mut placed, |(place, _)| *place);
        placed.into_iter().map(|(_, error)| error).collect()
    }

    /// Cells that are not of their type, by column and row: they are no values, so that no other rule speaks of them.
    fn unread(&self) -> Unread<'_> {
        let types = self.report.findings.iter().filter(|it| it.card == "as_agreed" && it.rule == "type");
        types.flat_map(|it| &it.places).map(|it| (it.column.as_str(), it.row)).collect()
    }

    /// The number of a row: the header and blank lines count.
    fn number(&self, row: u64) -> u64 {
        let lines = &self.told.rows.blank_lines;
        let before = lines.partition_point(|it| it.0 < row).checked_sub(1);
        self.plain(row) + before.map_or(0, |at| lines[at].1)
    }

    /// The same without the blank lines.
    fn plain(&self, row: u64) -> u64 {
        let has_header = self.report.source.dialect.as_ref().is_none_or(|dialect| dialect.header);
        row + u64::from(has_header)
    }

    fn cells(&self, row: u64) -> &[String] {
        self.told.rows.cells.get(&row).map(Vec::as_slice).unwrap_or_default()
    }

    /// The column's place and the field's name.
    fn field(&self, column: &str) -> (usize, String) {
        let place = self.report.columns.iter().position(|it| it.name == column);
        let field =
            self.told.agreed.fields.iter().find(|field| field.column.is_some() && field.column == place);
        (place.unwrap_or(0), field.map_or_else(|| column.to_owned(), |field| field.name.clone()))
    }

    /// An error of a row.
    fn row(&self, kind: Kind, row: u64, note: &str) -> Placed {
        let number = self.number(row);
        ((number, kind, 0), error(kind, note, json!({ "cells": self.cells(row), "rowNumber": number })))
    }

    /// An error of a cell.
    fn cell(&self, kind: Kind, row: u64, field: (usize, &str), cell: &str, note: &str) -> Placed {
        let number = self.number(row);
        let place = json!({
            "cells": self.cells(row),
            "rowNumber": number,
            "cell": cell,
            "fieldName": field.1,
            "fieldNumber": field.0 + 1,
        });
        ((number, kind, field.0), error(kind, note, place))
    }

    /// Rows with fewer or more cells than there are columns.
    fn ragged(&self, placed: &mut Vec<Placed>) {
        let columns = &self.report.columns;
        for issue in self.report.issues.iter().filter(|it| it.code == "ragged-row") {
            for row in issue.places.iter().map(|it| it.row).filter(|row| !self.told.rows.blank.contains(row))
            {
                let cells = self.cells(row);
                for column in columns.iter().skip(cells.len()).filter(|_| !cells.is_empty()) {
                    let (at, name) = self.field(&column.name);
                    placed.push(self.cell(Kind::MissingCell, row, (at, &name), "", ""));
                }
                for (at, cell) in cells.iter().enumerate().skip(columns.len()) {
                    placed.push(self.cell(Kind::ExtraCell, row, (at, ""), cell, ""));
                }
            }
        }
    }

    /// Blank lines and rows.
    fn blank_rows(&self) -> u64 {
        let lines = self.told.rows.blank_lines.last().map_or(0, |it| it.1);
        lines + self.told.rows.blank.len() as u64
    }

    /// Lines with nothing on them, and rows of nothing but empty cells; the first of both together.
    fn blank(&self, placed: &mut Vec<Placed>) {
        let most = usize::try_from(self.report.driftline.options.places).unwrap_or(usize::MAX);
        let rows = self.told.rows.blank.iter().take(most);
        let mut found: Vec<(u64, bool, Placed)> = Vec::new();
        found.extend(rows.map(|&row| (self.number(row), false, self.row(Kind::BlankRow, row, ""))));
        let mut before = 0;
        for &(after, count) in &self.told.rows.blank_lines {
            let first = self.plain(after) + before + 1;
            for number in (first..first + (count - before)).take(most.saturating_sub(before as usize)) {
                let place = json!({ "cells": [], "rowNumber": number });
                found.push((number, true, ((number, Kind::BlankRow, 0), error(Kind::BlankRow, "", place))));
            }
            before = count;
        }
        crate::order::sort_by_key(&mut found, |it| it.0);
        found.truncate(most);
        for (number, is_line, row) in found {
            placed.push(row);
            if is_line && self.told.agreed.key.is_some() {
                let place = json!({ "cells": [], "rowNumber": number });
                placed.push(((number, Kind::PrimaryKey, 0), error(Kind::PrimaryKey, NO_KEY, place)));
            }
        }
    }

    fn finding(&self, finding: &Finding, unread: &Unread<'_>, placed: &mut Vec<Placed>) {
        let kind = match finding.rule.as_str() {
            // Told with the labels, and with the rows as they stand in the file.
            "column-presence" | "column-set" | "column-order" | "row-shape" | "blank-rows" => return,
            "type" => Kind::Type,
            "unique" => Kind::Unique,
            "no-rows" if self.report.source.bytes == 0 => Kind::Source,
            "row-count" | "no-rows" => Kind::RowCount,
            "column-count" => Kind::FieldCount,
            _ if finding.places.is_empty() => Kind::Table,
            _ => Kind::Constraint,
        };
        if finding.places.is_empty() {
            return placed.push(((u64::MAX, kind, 0), error(kind, &finding.message, json!({}))));
        }
        let foreign = self
            .told
            .agreed
            .foreign
            .iter()
            .find(|it| finding.rule == "foreign-key" && finding.expected.as_ref() == Some(&it.expected));
        if let Some(foreign) = foreign {
            return placed.extend(finding.places.iter().map(|it| self.foreign(foreign, it.row)));
        }
        let is_key = finding.origin.is_some() && finding.origin == self.told.agreed.key;
        let mut first: BTreeMap<String, u64> = BTreeMap::new();
        let column =
            finding.column.as_deref().and_then(|name| self.report.columns.iter().find(|it| it.name == name));
        for place in &finding.places {
            let is_unread = unread.contains(&(place.column.as_str(), place.row));
            if kind != Kind::Type && is_unread {
                continue;
            }
            let note = match kind {
                // The first of equal values is none too many.
                Kind::Unique => match first.insert(keys::value(place, column), place.row) {
                    Some(row) => format!("the same as in the row at position {}", self.number(row)),
                    None => continue,
                },
                _ => self.note(finding),
            };
            if finding.column.is_none() && !is_key {
                placed.push(self.row(kind, place.row, &note));
            } else if is_key {
                let note = if kind == Kind::Unique { note.as_str() } else { NO_KEY };
                placed.push(self.row(Kind::PrimaryKey, place.row, note));
            } else if !self.told.rows.blank.contains(&place.row) {
                placed.push(self.of_place(kind, place, &note));
            }
        }
        if kind == Kind::Type && self.key().is_some_and(|key| finding.column.as_deref() == Some(key)) {
            // What is no value is none in a key either.
            placed.extend(finding.places.iter().map(|place| self.row(Kind::PrimaryKey, place.row, NO_KEY)));
        }
    }

    fn of_place(&self, kind: Kind, place: &Violation, note: &str) -> Placed {
        let (at, name) = self.field(&place.column);
        // Python's word for a missing value that has no text.
        let missing = || self.cells(place.row).get(at).map_or("None", String::as_str);
        let cell = place.value.as_deref().unwrap_or_else(missing);
        self.cell(kind, place.row, (at, &name), cell, note)
    }

    /// The column that is the primary key.
    fn key(&self) -> Option<&str> {
        let origin = Some(self.told.agreed.key?);
        let key = self.report.findings.iter().find(|it| it.origin == origin && it.rule == "unique")?;
        key.column.as_deref()
    }
}

#[cfg(test)]
mod tests;
