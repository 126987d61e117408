//! `empty`: the cells of a column that should have none → a rule on rows.

/// The public id.
pub(in crate::contract) const ID: &str = "empty";

/// # What it checks
/// That every cell of the column is missing: empty, or a null token of the column. An invalid cell is not missing.
///
/// # Why
/// A column that is no longer filled, or only in some rows, should not come back by accident.
///
/// # Example
/// ```yaml
/// quality:
///   - type: custom
///     engine: driftline
///     implementation:
///       rule: empty
///       column: closed_at
///       when: status = 'open'
/// ```
///
/// # Parameters
/// `column`; `when` chooses rows.
///
/// # Missing and invalid cells
/// Missing is what has to be. An invalid cell is there, and breaks the rule.
pub(in crate::contract) const EXPECTED: &str = "no cell with a value";
