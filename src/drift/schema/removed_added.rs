//! Columns that only one side has.

use super::super::Options;
use super::super::words::quoted;
use super::of;
use crate::finding::{Finding, Severity};
use crate::profile::Column;

/// A column that the current file has not; a target or prediction may be absent from it.
pub(super) fn removed(column: &Column, options: &Options) -> Finding {
    let name = quoted(&column.name);
    let (severity, message) = if options.targets.contains(&column.name) {
        (Severity::Info, format!("{name}, a target or prediction, is not in the current file"))
    } else {
        (Severity::Critical, format!("{name} is missing from the current file"))
    };
    of("column-removed", severity, column, message, (format!("column {name}"), "no such column".into()))
}

/// A column that the reference has not.
pub(super) fn added(column: &Column) -> Finding {
    let message = format!("{} is not in the reference", quoted(&column.name));
    of("column-added", Severity::Info, column, message, ("no such column".into(), "present".into()))
}
