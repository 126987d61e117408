//! `no-rows`: the number of rows → a finding where there is none.

use crate::finding::{Finding, Severity, Status, Tier};

/// The public id.
pub(in crate::contract) const ID: &str = "no-rows";

/// # What it checks
/// That a file with a contract has rows. It speaks only when there is none.
///
/// # Why
/// An empty file keeps every rule on cells, so it would pass unseen; it is nearly always a broken extract.
///
/// # Example
/// A CSV file with a header and nothing below it.
///
/// # Parameters
/// None. A contract that agrees on empty files says so: `metric: rowCount` with an operator that 0 keeps.
///
/// # Missing and invalid cells
/// A row whose cells are all missing is a row.
pub(in crate::contract) fn finding() -> Finding {
    let message = "the file has no rows, so no rule on its cells could be checked".to_owned();
    let mut finding = Finding::new(ID, Tier::Contract, Severity::Critical, Status::Fail, message);
    finding.expected = Some("at least one row".to_owned());
    finding.observed = Some("0 rows".to_owned());
    finding.count = 1;
    finding.total = 1;
    finding
}
