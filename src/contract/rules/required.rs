//! `required`: the missing cells of a column → a finding.

use crate::finding::Finding;
use crate::profile::Column;

use super::super::findings::Tally;
use super::super::model::Check;
use super::super::wording::counted;
use super::Case;

/// The public id.
pub(in crate::contract) const ID: &str = "required";

/// # What it checks
/// That no cell is missing: empty, or a null token of the column (the list depends on its type; `missingValues` adds to
/// it). An invalid cell is present. Of all rows none is skipped.
///
/// # Why
/// A value that everybody relies on and that is not there is the most frequent fault of all.
///
/// # Example
/// ```yaml
/// - name: country
///   required: true
///   quality:
///     - metric: nullValues
///       unit: percent
///       mustBeLessThan: 1
/// ```
///
/// # Parameters
/// `required: true`, `primaryKey: true`; `metric: nullValues` or `missingValues` with an operator, in rows or in percent
/// of the rows. Null and empty cells are the same, so the two metrics count the same cells.
///
/// # Missing and invalid cells
/// A missing cell is what breaks it: empty, or a null token. An invalid cell is there. None is skipped; shares are of all rows.
pub(in crate::contract) fn finding(check: &Check, name: &str, column: &Column, missing: &Tally) -> Finding {
    Case {
        rule: ID,
        column: Some(name),
        of: "cell",
        check,
        fault: "missing".to_owned(),
        virtue: "present".to_owned(),
        expected: EXPECTED.to_owned(),
        observed: Some(counted(column.missing, "missing cell")),
        count: column.missing,
        total: column.rows,
        skipped: 0,
        places: &missing.places,
    }
    .judge()
}

/// What is agreed, in words.
pub(in crate::contract) const EXPECTED: &str = "no missing cell";
