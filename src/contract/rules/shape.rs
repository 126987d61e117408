//! `row-shape` and `blank-rows`: what the reader noted of the file's records, and rows of nothing but missing cells → findings.

use crate::finding::{Finding, Status, Tier, Violation};
use crate::issue::Code;
use crate::profile::Profile;
use crate::words::grouped;

use super::super::model::Check;
use super::columns::Columns;
use super::rows::RowViolations;
use super::{Case, not_run};

/// The public id of the rule on the number of cells.
pub(in crate::contract) const ID: &str = "row-shape";
/// The public id of the rule on rows without a value.
pub(in crate::contract) const BLANK: &str = "blank-rows";
/// What the first agrees on.
pub(in crate::contract) const EXPECTED: &str = "in each row a cell for each column";
/// What the second agrees on.
pub(in crate::contract) const NOT_BLANK: &str = "in each row a value";

/// # What it checks
/// That each row of a delimited file has as many cells as the header has names, and that each record of JSON is an object. In other
/// formats every row has the shape of the table.
///
/// # Why
/// A row with a cell too many has a delimiter within a text, and all of its cells behind that are in the wrong columns.
///
/// # Example
/// ```yaml
/// quality:
///   - type: custom
///     engine: driftline
///     implementation: {rule: row-shape}
/// ```
///
/// # Parameters
/// None. A Table Schema always agrees on it, as frictionless counts such rows as errors, and so does a JSON Schema of the type
/// `object`.
///
/// # Missing and invalid cells
/// A missing or invalid cell is a cell; one that is not there at all makes the row too short.
pub(in crate::contract) fn finding(check: &Check, profile: &Profile) -> Finding {
    let of = |code: Code| profile.issues.iter().find(|it| it.code == code);
    let strays = of(Code::NotAnObject);
    let ragged = strays.or_else(|| of(Code::RaggedRow));
    let (fault, virtue) = match strays {
        Some(_) => ("no object", "objects"),
        None => ("without a cell for each column, or with more", "of as many cells as there are columns"),
    };
    let place = |it: &crate::issue::Place| Violation {
        row: it.row,
        line: it.line,
        byte: it.byte,
        column: String::new(),
        value: Some(it.text.clone()),
    };
    let places: Vec<Violation> =
        ragged.iter().flat_map(|it| &it.places).filter(|it| it.row > 0).map(place).collect();
    Case {
        rule: ID,
        column: None,
        of: "row",
        check,
        fault: fault.to_owned(),
        virtue: virtue.to_owned(),
        expected: EXPECTED.to_owned(),
        observed: None,
        count: ragged.map_or(0, |it| it.count),
        // What is no object is set aside and no row.
        total: profile.table.rows + strays.map_or(0, |it| it.count),
        skipped: 0,
        places: &places,
    }
    .judge()
}

/// # What it checks
/// That no line of a delimited file is empty, and no row has nothing but missing cells.
///
/// # Why
/// Blank rows come from spreadsheets whose last rows were cleared, and every reader makes something else of them.
///
/// # Example
/// ```yaml
/// quality:
///   - type: custom
///     engine: driftline
///     implementation: {rule: blank-rows}
/// ```
///
/// # Parameters
/// `mustBe…` with `unit`. A Table Schema always agrees on it, as frictionless counts such rows as errors.
///
/// # Missing and invalid cells
/// A row of nothing but missing cells is blank; an invalid cell is something.
pub(in crate::contract) fn blank(check: &Check, profile: &Profile, found: Option<&RowViolations>) -> Finding {
    let lines = profile.issues.iter().find(|it| it.code == Code::BlankLine).map_or(0, |it| it.count);
    let Some(found) = found else {
        return not_run(BLANK, None, check, NOT_BLANK, "there are no cells, only a profile");
    };
    Case {
        rule: BLANK,
        column: None,
        of: "row",
        check,
        fault: "blank".to_owned(),
        virtue: "with a value".to_owned(),
        expected: NOT_BLANK.to_owned(),
        observed: None,
        count: found.broken.count + lines,
        total: found.judged + lines,
        skipped: 0,
        places: &found.broken.places,
    }
    .judge()
}

/// The finding on columns of one name, which the reader has noted and given names of their own.
pub(in crate::contract) fn distinct(check: &Check, profile: &Profile) -> Finding {
    let count = profile.issues.iter().find(|it| it.code == Code::DuplicateHeader).map_or(0, |it| it.count);
    let status = if count == 0 { Status::Pass } else { Status::Fail };
    let message = match count {
        0 => "the columns have names of their own".to_owned(),
        1 => "1 column has the name of another".to_owned(),
        _ => format!("{} columns have the names of others", grouped(count)),
    };
    let rule = Columns::Distinct;
    let mut finding = Finding::new(rule.id(), Tier::Contract, check.severity, status, message);
    finding.expected = Some(rule.expected());
    (finding.count, finding.total) = (count, profile.columns.len() as u64);
    finding
}
