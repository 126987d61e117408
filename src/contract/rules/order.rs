//! `increasing` and `decreasing`: each value against the one before it in the file → a rule on rows in their order.

/// # What it checks
/// That each value of the column is at least the valid value before it in the file, or with `strict` above it. The first value
/// keeps the rule; missing and invalid cells are passed over.
///
/// # Why
/// A log that is appended to, or numbers that are counted up, come in order; where they do not, files were joined twice or
/// in the wrong order.
///
/// # Example
/// ```yaml
/// quality:
///   - type: custom
///     engine: driftline
///     implementation: {rule: increasing, strict: true}
/// ```
///
/// # Parameters
/// `strict`: equal neighbours break the rule too. `when` chooses the rows whose values are compared. For numbers, dates,
/// times and booleans; text has no order that everybody agrees on. With several files each begins anew.
///
/// # Missing and invalid cells
/// They are passed over: the value behind is held against the valid one before them. They are counted as skipped.
pub(in crate::contract) const INCREASING: &str = "increasing";

/// # What it checks
/// That each value of the column is at most the valid value before it in the file, or with `strict` below it. The first value
/// keeps the rule; missing and invalid cells are passed over.
///
/// # Why
/// Rankings and the newest first: what comes in order tells by its order that it is whole.
///
/// # Example
/// ```yaml
/// quality:
///   - type: custom
///     engine: driftline
///     implementation: {rule: decreasing}
/// ```
///
/// # Parameters
/// Those of `increasing`.
///
/// # Missing and invalid cells
/// As of `increasing`: they are passed over.
pub(in crate::contract) const DECREASING: &str = "decreasing";

/// The public id.
pub(in crate::contract) fn id(falls: bool) -> &'static str {
    if falls { DECREASING } else { INCREASING }
}

/// What is agreed, in words.
pub(in crate::contract) fn expected(falls: bool, strict: bool) -> String {
    let what = if falls { "below" } else { "above" };
    if strict {
        format!("each value {what} the one before")
    } else {
        format!("no value {} the one before", opposite(falls))
    }
}

/// What an offender is, after "is" or "are".
pub(in crate::contract) fn fault(falls: bool, strict: bool) -> String {
    let equal = if strict { ", or equal to it" } else { "" };
    format!("{} the one before{equal}", opposite(falls))
}

fn opposite(falls: bool) -> &'static str {
    if falls { "above" } else { "below" }
}
