//! Findings on the columns as such → the rules that speak of them: that a column is there, of its type,
//! that it names each row once.

use super::Asked;
use crate::contract::propose::{self, Proposal};
use crate::profile::{Column, Profile};
use crate::report::wire;

/// The most columns for which such rules are proposed.
const COLUMNS: usize = 20;

/// Adds them, each to the rules of its column if it has some.
pub(super) fn add(asked: &mut Vec<Asked>, report: &wire::Report, reference: &Profile) {
    let failed = report.findings.iter().filter(|it| it.status == "fail" && it.severity != "info");
    for (name, proposal) in failed.filter_map(|it| wanted(it, report)).take(COLUMNS) {
        let Some(column) = reference.columns.iter().find(|it| it.name == name) else { continue };
        match asked.iter_mut().find(|it| it.reference.name == name) {
            Some(it) => it.proposals.extend(proposal(column)),
            None => {
                asked.push(Asked { reference: column.clone(), proposals: proposal(column) });
            }
        }
    }
}

/// Whether the report has only a note on the column's new type: whole numbers with a point.
pub(super) fn is_pointed(report: &wire::Report, name: &str) -> bool {
    let is_note =
        |it: &wire::Finding| it.rule == "column-retyped" && it.severity == "info" && it.status == "fail";
    let is_number = || report.columns.iter().any(|it| it.name == name && it.ty == "float");
    is_number() && report.findings.iter().any(|it| is_note(it) && it.column.as_deref() == Some(name))
}

type Wanted<'a> = (&'a str, fn(&Column) -> Vec<Proposal>);

/// The column, by its name in the reference, and the rule.
fn wanted<'a>(finding: &'a wire::Finding, report: &'a wire::Report) -> Option<Wanted<'a>> {
    let name = finding.column.as_deref()?;
    let before = || report.drift.iter().find(|it| it.column == name)?.renamed_from.as_deref();
    match finding.rule.as_str() {
        "column-removed" => Some((name, propose::presence)),
        "column-renamed" => Some((before()?, propose::presence)),
        "column-retyped" => Some((name, propose::typed)),
        "key-duplicates" => Some((name, propose::unique)),
        _ => None,
    }
}
