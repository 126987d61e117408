//! `expression`: what has to hold between the cells of a row → a rule on rows.

/// # What it checks
/// That an expression on the cells of each row is true. A row for which it is unknown, because a cell that would decide is
/// missing or invalid, is left out.
///
/// # Why
/// Each column may be fine by itself, and an order still ends before it began.
///
/// # Example
/// ```yaml
/// quality:
///   - type: custom
///     engine: driftline
///     implementation:
///       rule: expression
///       expression: end_date >= start_date
///       when: status <> 'open'
/// ```
///
/// # Parameters
/// `expression`: comparisons (`=` or `==`, `<>` or `!=`, `<`, `<=`, `>`, `>=`, `in (…)`, `between … and …`, `is null`), with
/// `and`, `or`, `not`, arithmetic and `length(…)`; columns by name, in backticks where the name is not a word; text in
/// quotes, dates as text. `when` chooses rows, in the same words. Numbers are added and multiplied as the decimals that they
/// are written as: 18.92 · 20 is 378.4, which doubles deny.
///
/// # Missing and invalid cells
/// A comparison with a missing or invalid cell is unknown, as in SQL: `and`, `or` and `not` are of three values, and a row of
/// which the whole is unknown is counted as skipped. `is null` holds of a missing cell and not of an invalid one, which is there.
pub(in crate::contract) const ID: &str = "expression";
