//! The profile of a scanned file and the tallies of its probes → findings: one per rule and column, those that were kept
//! and those that were not checked included.

use crate::finding::{Finding, Violation};
use crate::profile::{Column, Profile};
use crate::words::grouped;

use super::compile::{Compiled, Run};
use super::gates::judged;
use super::model::{Check, CheckKind, LogicalType, Property, SchemaObject};
use super::rules::columns::Columns;
use super::rules::drift::{self, Judged};
use super::rules::foreign_key::Other;
use super::rules::rows::{OnRows, RowViolations, What};
use super::rules::{
    Case, ProfileRule, ValueRule, column_presence, no_rows, not_run, profile_finding, required, row_count,
    shape, r#type, unique,
};
use super::wording::counted;

/// What the scan found in one column of the file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ColumnViolations {
    /// Cells that break a rule, one entry for each probe of the column.
    pub broken: Vec<Tally>,
    /// Missing cells; the places are needed only where a value is required.
    pub missing: Tally,
    /// Invalid cells.
    pub invalid: Tally,
    /// Cells in groups of equal values, each member counted; `None` where they were not looked for.
    pub duplicates: Option<Tally>,
}

/// What the scan found in a file.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Violations {
    /// An entry a column of the file, in the order that `compile` was given. A shorter list, as for a saved profile that has
    /// no cells, leaves the rules on values of the remaining columns `not_run`.
    pub columns: Vec<ColumnViolations>,
    /// An entry a rule on rows.
    pub rows: Vec<RowViolations>,
    /// An entry a key of several columns.
    pub keys: Vec<RowViolations>,
    /// An entry a column of some rows.
    pub mirrors: Vec<Column>,
    /// The other tables that rules refer to.
    pub others: Vec<Other>,
    /// What a comparison says of the gates on drift; none where there was no comparison.
    pub gates: Vec<Judged>,
    /// What time it is, for rules that depend on it: ISO 8601.
    pub as_of: Option<String>,
}

/// Cells of one kind: how many, and the first of them in file order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tally {
    /// All of them.
    pub count: u64,
    /// The first ones.
    pub places: Vec<Violation>,
}

/// Why a rule on a column that is not in the file cannot run.
const NO_COLUMN: &str = "the column is missing";
const NO_COLUMN_OF_ITS_OWN: &str = "the object it lies in is one column of the file";
const TAKEN_APART: &str = "the object is read as columns of its own";
const NO_ROWS: &str = "the file has no rows";
const NO_CELLS: &str = "there are no cells, only a profile";

impl SchemaObject {
    /// The findings: the table's first (`no-rows`, `column-presence`, rules on the table), then those of the columns in
    /// file order, then those of columns that are missing.
    pub fn findings(&self, compiled: &Compiled, profile: &Profile, found: &Violations) -> Vec<Finding> {
        if !cfg!(feature = "contract") {
            // Nothing can be agreed on there, and so none of this is in that build.
            return Vec::new();
        }
        let names: Vec<&str> = compiled.columns.iter().map(|rules| rules.column.as_str()).collect();
        let place = |i: usize| compiled.places.get(i).copied().flatten();
        let mut findings = Vec::new();
        if profile.table.rows == 0 {
            findings.push(no_rows::finding());
        }
        // Columns that the contract does not know, in their places.
        let agreed = crate::order::set(compiled.places.iter().copied().flatten());
        let strangers: Vec<Option<&str>> =
            names.iter().enumerate().map(|(at, name)| (!agreed.contains(&at)).then_some(*name)).collect();
        let is_missing = |(i, it): &(usize, &Property)| place(*i).is_none() && !it.optional;
        let is_alone = self.properties.iter().enumerate().filter(is_missing).count() == 1;
        for (i, property) in self.properties.iter().enumerate() {
            // Where an object is one column, what lies in it has none.
            if place(i).is_some() || !self.hidden(property, &names) {
                let column = place(i).and_then(|i| names.get(i)).copied();
                let mut finding =
                    column_presence::finding((property, is_alone.then_some(i)), column, &strangers, &names);
                finding.origin = property.origin;
                findings.push(finding);
            }
        }
        for (i, check) in self.checks.iter().enumerate() {
            let mut finding = match &check.kind {
                CheckKind::Shape => shape::finding(check, profile),
                CheckKind::Columns(Columns::Distinct) => shape::distinct(check, profile),
                CheckKind::Rows(OnRows { what: What::Filled, .. }) => {
                    let found = match compiled.table.get(i) {
                        Some(Run::Rows(at, _)) => found.rows.get(*at),
                        _ => None,
                    };
                    shape::blank(check, profile, found)
                }
                CheckKind::Rows(rule) => {
                    row_finding(check, rule, compiled.table.get(i), None, profile.table.rows, found)
                }
                CheckKind::Drift(gate) => self.gate_finding(check, gate, &names, found),
                _ => table_finding(check, profile.table.rows, &names, &found.others),
            };
            finding.origin = check.origin;
            findings.push(finding);
        }
        let mut order: Vec<usize> = (0..self.properties.len()).collect();
        crate::order::sort_by_key(&mut order, |&i| place(i).unwrap_or(usize::MAX));
        for i in order {
            let property = &self.properties[i];
            let runs = compiled.runs.get(i).map(Vec::as_slice).unwrap_or_default();
            let column = place(i).and_then(|i| {
                let name = *names.get(i)?;
                let at = profile.columns.get(i).filter(|column| column.name == name);
                let column = at.or_else(|| profile.columns.iter().find(|column| column.name == name))?;
                Some(Scanned { name, column, tallies: found.columns.get(i) })
            });
            let absent = match () {
                () if self.hidden(property, &names) => NO_COLUMN_OF_ITS_OWN,
                () if is_taken_apart(property, &names) => TAKEN_APART,
                () => NO_COLUMN,
            };
            let rows = profile.table.rows;
            column_findings(property, runs, column, absent, (rows, found), &mut findings);
        }
        findings
    }

    /// Whether a rule depends on what time it is.
    pub fn needs_clock(&self) -> bool {
        let needs = |check: &Check| matches!(&check.kind, CheckKind::Profile(rule) if rule.needs_clock());
        self.properties.iter().any(|property| property.checks.iter().any(needs))
    }

    /// Whether an object that the property lies in is a column of its own.
    fn hidden(&self, property: &Property, names: &[&str]) -> bool {
        let mut inside = property.inside.as_deref();
        while let Some(outer) = inside {
            if names.contains(&outer) {
                return true;
            }
            // Its column's name begins with that of the object it lies in, so this ends.
            let outer = self.properties.iter().find(|other| other.column() == outer);
            inside = outer.and_then(|outer| outer.inside.as_deref());
        }
        false
    }
}

/// Whether a property is an object whose values are columns of their own.
fn is_taken_apart(property: &Property, names: &[&str]) -> bool {
    matches!(property.logical, Some(LogicalType::Object | LogicalType::Map)) && property.has_parts(names)
}

/// A column that is in the file.
#[derive(Clone, Copy)]
struct Scanned<'a> {
    name: &'a str,
    column: &'a Column,
    tallies: Option<&'a ColumnViolations>,
}

fn table_finding(check: &Check, rows: u64, names: &[&str], others: &[Other]) -> Finding {
    match &check.kind {
        CheckKind::RowCount => row_count::finding(check, rows),
        CheckKind::RowCountOf(table) => row_count::of_other(check, rows, table, others),
        CheckKind::Columns(columns) => columns.finding(check, names),
        CheckKind::NotRun { rule, expected, reason } => not_run(rule, None, check, expected, reason),
        kind => {
            let (rule, expected) = outline(kind, None);
            not_run(rule, None, check, &expected, "the rule names no column")
        }
    }
}

fn column_findings(
    property: &Property,
    runs: &[Run],
    scanned: Option<Scanned<'_>>,
    absent: &str,
    (rows, found): (u64, &Violations),
    findings: &mut Vec<Finding>,
) {
    let name = scanned.map_or(property.column(), |scanned| scanned.name);
    let reason = if scanned.is_some() { NO_ROWS } else { absent };
    for (i, check) in property.checks.iter().enumerate() {
        let mut finding = match (&check.kind, scanned) {
            (CheckKind::RowCount, _) => row_count::finding(check, rows),
            (CheckKind::RowCountOf(table), _) => row_count::of_other(check, rows, table, &found.others),
            (CheckKind::NotRun { rule, expected, reason }, _) => {
                not_run(rule, Some(name), check, expected, reason)
            }
            (CheckKind::Drift(gate), Some(_)) => {
                let judged = judged(found, gate, Some(&[name.to_owned()]));
                gate.finding(check, Some(name), judged)
            }
            (CheckKind::Rows(rule), Some(scanned)) => {
                row_finding(check, rule, runs.get(i), Some(scanned), rows, found)
            }
            (CheckKind::Profile(rule), Some(_))
                if rows > 0 && matches!(runs.get(i), Some(Run::Mirror(_))) =>
            {
                let Some(Run::Mirror(at)) = runs.get(i) else { continue };
                match found.mirrors.get(*at) {
                    Some(column) => profile_finding(rule.as_ref(), check, name, column, None),
                    None => not_run(rule.id(), Some(name), check, &rule.expected(), NO_CELLS),
                }
            }
            (CheckKind::Profile(rule), Some(Scanned { column, .. })) if rows > 0 => {
                whole_finding(rule.as_ref(), check, name, column, found.as_of.as_deref())
            }
            (CheckKind::Values(rule), Some(_))
                if rows > 0 && matches!(runs.get(i), Some(Run::Rows(..) | Run::GuardedRows(_))) =>
            {
                written_finding(check, rule.as_ref(), name, runs.get(i), found)
            }
            (_, Some(scanned)) if rows > 0 => cell_finding(check, property, runs.get(i), scanned),
            // Something else than an object would be a column.
            (CheckKind::Type, None) if absent == TAKEN_APART && rows > 0 => {
                r#type::of_parts(check, property, name, rows)
            }
            (kind, _) => {
                let (rule, expected) = outline(kind, Some(property));
                not_run(rule, Some(name), check, &expected, reason)
            }
        };
        finding.origin = check.origin;
        findings.push(finding);
    }
}

fn row_finding(
    check: &Check,
    rule: &OnRows,
    run: Option<&Run>,
    scanned: Option<Scanned<'_>>,
    rows: u64,
    found: &Violations,
) -> Finding {
    let name = scanned.map(|scanned| scanned.name);
    let missed = |reason: &str| not_run(rule.id(), name, check, &rule.expected(), reason);
    let fenced;
    let found = match run {
        Some(Run::Rows(at, None)) => found.rows.get(*at),
        Some(Run::Rows(at, spread)) => {
            fenced = found.rows.get(*at).map(|it| RowViolations { spread: *spread, ..it.clone() });
            fenced.as_ref()
        }
        Some(Run::GuardedRows(at)) => match found.rows.get(at + 1).and_then(|it| gave_up(&it.broken)) {
            Some(reason) => return missed(&reason),
            None => found.rows.get(*at),
        },
        Some(Run::Key(at)) => found.keys.get(*at),
        Some(Run::Mirror(at)) => {
            let column = found.mirrors.get(*at).filter(|_| rows > 0);
            let told = column.and_then(|column| rule.whole(check, name.unwrap_or_default(), column));
            return told.unwrap_or_else(|| missed(if rows == 0 { NO_ROWS } else { NO_CELLS }));
        }
        Some(Run::Not(reason)) => return missed(reason),
        Some(Run::Profile | Run::Probe(_) | Run::Guarded(_)) | None => {
            return missed("the rule was not compiled");
        }
    };
    match found {
        None => missed(NO_CELLS),
        Some(_) if rows == 0 => missed(NO_ROWS),
        Some(found) => rule.finding(check, name, found),
    }
}

/// Why a rule was not checked that gave up on these cells; `None` where there are none.
fn gave_up(Tally { count, places }: &Tally) -> Option<String> {
    let first = places.first().map(|it| format!(", first in row {}", grouped(it.row)));
    (*count > 0).then(|| format!("it gave up on {}{}", counted(*count, "cell"), first.unwrap_or_default()))
}

/// Why a rule on written values cannot be judged by those that a column has.
fn unlike(column: &Column) -> String {
    let n = column.invalid;
    let (cells, are) = (counted(n, "cell"), if n == 1 { "is" } else { "are" });
    format!("{cells} {are} not of type {}, and may be any value", column.ty.id())
}

/// The finding of a rule on a column as a whole, which has to know every written value where it names all of them.
fn whole_finding(
    rule: &dyn ProfileRule,
    check: &Check,
    name: &str,
    column: &Column,
    as_of: Option<&str>,
) -> Finding {
    if check.written && column.invalid > 0 && rule.named().is_some() {
        return not_run(rule.id(), Some(name), check, &rule.expected(), &unlike(column));
    }
    profile_finding(rule, check, name, column, as_of)
}

/// The finding of a rule on what is written in the cells of a column.
fn written_finding(
    check: &Check,
    rule: &dyn ValueRule,
    name: &str,
    run: Option<&Run>,
    found: &Violations,
) -> Finding {
    let missed = |reason: &str| not_run(rule.id(), Some(name), check, &rule.expected(), reason);
    let (at, guard) = match run {
        Some(Run::Rows(at, _)) => (*at, None),
        Some(Run::GuardedRows(at)) => (*at, found.rows.get(at + 1)),
        _ => return missed(NO_CELLS),
    };
    if let Some(reason) = guard.and_then(|it| gave_up(&it.broken)) {
        return missed(&reason);
    }
    let Some(found) = found.rows.get(at) else { return missed(NO_CELLS) };
    value_finding(check, rule, name, None, (&found.broken, found.judged, found.skipped))
}

/// The finding of a rule on values, of the cells that break it among those looked at and left out.
fn value_finding(
    check: &Check,
    rule: &dyn ValueRule,
    name: &str,
    observed: Option<String>,
    (broken, total, skipped): (&Tally, u64, u64),
) -> Finding {
    Case {
        rule: rule.id(),
        column: Some(name),
        of: "cell",
        check,
        fault: rule.fault(),
        virtue: rule.virtue(),
        expected: rule.expected(),
        observed,
        count: broken.count,
        total,
        skipped,
        places: &broken.places,
    }
    .judge()
}

fn cell_finding(check: &Check, property: &Property, run: Option<&Run>, scanned: Scanned<'_>) -> Finding {
    let Scanned { name, column, tallies } = scanned;
    let none = ColumnViolations::default();
    let tally = tallies.unwrap_or(&none);
    let rule = match &check.kind {
        CheckKind::Type => return r#type::finding(check, property, name, column, &tally.invalid),
        CheckKind::Required => return required::finding(check, name, column, &tally.missing),
        CheckKind::Unique if check.written && column.invalid > 0 => {
            return not_run(unique::ID, Some(name), check, unique::EXPECTED, &unlike(column));
        }
        CheckKind::Unique => return unique::finding(check, name, column, tally.duplicates.as_ref()),
        CheckKind::RowCount | CheckKind::RowCountOf(_) => return row_count::finding(check, column.rows),
        CheckKind::Aggregate(rule) => return rule.finding(check, name, column),
        CheckKind::Profile(rule) => return whole_finding(rule.as_ref(), check, name, column, None),
        CheckKind::Shape => {
            return not_run(shape::ID, Some(name), check, shape::EXPECTED, "the rule is on a table");
        }
        CheckKind::Columns(rule) => {
            return not_run(rule.id(), Some(name), check, &rule.expected(), "the rule is on a table");
        }
        CheckKind::NotRun { rule, expected, reason } => {
            return not_run(rule, Some(name), check, expected, reason);
        }
        CheckKind::Drift(gate) => return gate.finding(check, Some(name), None),
        CheckKind::Rows(rule) => {
            return not_run(rule.id(), Some(name), check, &rule.expected(), "the rule is on rows");
        }
        CheckKind::Values(rule) => rule,
    };
    let missed = |reason: &str| not_run(rule.id(), Some(name), check, &rule.expected(), reason);
    let probe = match run {
        Some(Run::Probe(probe)) => *probe,
        Some(Run::Guarded(probe)) => {
            match tallies.and_then(|tallies| tallies.broken.get(probe + 1)).and_then(gave_up) {
                Some(reason) => return missed(&reason),
                None => *probe,
            }
        }
        Some(Run::Not(reason)) => return missed(reason),
        Some(Run::Profile | Run::Rows(..) | Run::GuardedRows(_) | Run::Key(_) | Run::Mirror(_)) | None => {
            return missed("the rule was not compiled");
        }
    };
    let Some(broken) = tallies.and_then(|tallies| tallies.broken.get(probe)) else {
        return missed(NO_CELLS);
    };
    let cells = (broken, column.valid, column.missing + column.invalid);
    value_finding(check, rule.as_ref(), name, rule.observed(column), cells)
}

/// The public id of a rule and what is agreed.
pub(super) fn outline(kind: &CheckKind, property: Option<&Property>) -> (&'static str, String) {
    match kind {
        CheckKind::Type => {
            (r#type::ID, property.map(|it| r#type::expected(it.agreed_type(), it)).unwrap_or_default())
        }
        CheckKind::Required => (required::ID, required::EXPECTED.to_owned()),
        CheckKind::Unique => (unique::ID, unique::EXPECTED.to_owned()),
        CheckKind::RowCount => (row_count::ID, "a number of rows".to_owned()),
        CheckKind::RowCountOf(table) => (row_count::ID, row_count::as_many(table)),
        CheckKind::Aggregate(rule) => (rule.metric.id(), rule.expected()),
        CheckKind::Columns(rule) => (rule.id(), rule.expected()),
        CheckKind::Shape => (shape::ID, shape::EXPECTED.to_owned()),
        CheckKind::Drift(gate) => (drift::ID, gate.expected()),
        CheckKind::Values(rule) => (rule.id(), rule.expected()),
        CheckKind::Profile(rule) => (rule.id(), rule.expected()),
        CheckKind::Rows(rule) => (rule.id(), rule.expected()),
        CheckKind::NotRun { rule, expected, .. } => (rule, expected.clone()),
    }
}
