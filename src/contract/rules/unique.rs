//! `unique`: the cells whose value occurs more than once → a finding.

use crate::finding::Finding;
use crate::profile::Column;

use super::super::findings::Tally;
use super::super::model::Check;
use super::{Case, not_run};

/// The public id.
pub(in crate::contract) const ID: &str = "unique";

/// # What it checks
/// That no value occurs more than once among the valid cells of the column. Every member of a group of equals is an
/// offender, the first one too, as in Great Expectations. Missing cells are no duplicates of each other.
///
/// # Why
/// A join over a key that repeats multiplies rows without a word.
///
/// # Example
/// ```yaml
/// - name: id
///   unique: true
/// ```
///
/// # Parameters
/// `unique: true`, `primaryKey: true`; `metric: duplicateValues` with an operator, in rows (the members of the groups, not
/// the values that repeat) or in percent of the valid cells. Of a key of several columns (`primaryKey` with positions, or
/// `arguments.properties`) rows are compared; a row whose cells are all missing has none.
///
/// # Missing and invalid cells
/// They are no duplicates of each other and are counted as skipped; of a key of several columns a row without any of its cells, or
/// with an invalid one.
pub(in crate::contract) fn finding(
    check: &Check,
    name: &str,
    column: &Column,
    duplicates: Option<&Tally>,
) -> Finding {
    let Some(duplicates) = duplicates else {
        return not_run(ID, Some(name), check, EXPECTED, "duplicates were not looked for");
    };
    Case {
        rule: ID,
        column: Some(name),
        of: "cell",
        check,
        fault: "not unique".to_owned(),
        virtue: "unique".to_owned(),
        expected: EXPECTED.to_owned(),
        observed: None,
        count: duplicates.count,
        total: column.valid,
        skipped: column.missing + column.invalid,
        places: &duplicates.places,
    }
    .judge()
}

/// What is agreed, in words.
pub(in crate::contract) const EXPECTED: &str = "no value twice";
