//! `row-count`: the number of rows → a finding.

use crate::finding::{Finding, Status, Tier};

use super::super::model::Check;
use super::super::wording::{counted, cut};
use super::foreign_key::{Other, not_given};
use super::not_run;

/// The public id.
pub(in crate::contract) const ID: &str = "row-count";

/// # What it checks
/// That the number of data rows is as agreed. Records that could not be read are not rows.
///
/// # Why
/// Half a file parses as well as a whole one.
///
/// # Example
/// ```yaml
/// schema:
///   - name: flights
///     quality:
///       - metric: rowCount
///         mustBeGreaterThan: 1000
/// ```
///
/// # Parameters
/// `metric: rowCount` with an operator; `mustBeBetween` includes both ends.
///
/// # Missing and invalid cells
/// Cells are not looked at: a row whose cells are all missing counts.
pub(in crate::contract) fn finding(check: &Check, rows: u64) -> Finding {
    let holds = check.tolerance.holds(rows, 1);
    let status = if holds { Status::Pass } else { Status::Fail };
    let agreed = check.tolerance.words();
    let message = format!("the file has {}; agreed is {agreed}", counted(rows, "row"));
    let mut finding = Finding::new(ID, Tier::Contract, check.severity, status, message);
    finding.expected = Some(format!("{agreed} rows"));
    finding.observed = Some(counted(rows, "row"));
    (finding.count, finding.total) = (u64::from(!holds), 1);
    finding
}

/// What is agreed where the number is that of another table.
pub(in crate::contract) fn as_many(table: &str) -> String {
    format!("as many rows as {} has", cut(table))
}

/// The finding where the number is that of another table.
pub(in crate::contract) fn of_other(check: &Check, rows: u64, table: &str, others: &[Other]) -> Finding {
    let expected = as_many(table);
    let Some(other) = others.iter().find(|it| it.table.as_deref() == Some(table)) else {
        return not_run(ID, None, check, &expected, &not_given(table));
    };
    let holds = rows == other.rows;
    let status = if holds { Status::Pass } else { Status::Fail };
    let message =
        format!("the file has {}, {} has {}", counted(rows, "row"), cut(table), counted(other.rows, "row"));
    let mut finding = Finding::new(ID, Tier::Contract, check.severity, status, message);
    finding.expected = Some(expected);
    finding.observed = Some(counted(rows, "row"));
    (finding.count, finding.total) = (u64::from(!holds), 1);
    finding
}
