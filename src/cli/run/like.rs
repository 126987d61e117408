//! Another tool's word on a file, with chunks as they were asked for.

use super::super::job::{Input, Intervals, Of};
use crate::drift::like::Options;
use crate::engine::{self, By, Reference, State};
use crate::error::{Error, Kind, Result};
use crate::report::wire;

/// A file with its scan.
pub(super) type File<'a> = (&'a Input, &'a engine::Options);

/// Adds the tool's word to the report on a file.
///
/// # Errors
/// `Usage` without a reference; those of the engine.
pub(super) fn add(
    report: &mut wire::Report,
    reference: Option<(&Reference, File<'_>)>,
    (state, (input, now)): (&State, File<'_>),
    (intervals, columns): (Option<&Intervals>, &[String]),
    options: &Options,
) -> Result<()> {
    let Some((reference, (file, before))) = reference else {
        return Err(alone());
    };
    if state.plan.no_data().is_some() {
        return Ok(());
    }
    let by = match intervals.map(|it| &it.of) {
        Some(Of::Time(column, period)) => Some(By::Time { column: column.clone(), period: *period }),
        Some(Of::Rows(rows)) => Some(By::Rows(*rows)),
        Some(Of::Parts(parts)) => Some(By::Parts(*parts)),
        Some(Of::Files { .. }) | None => None,
    };
    let before = (reference, (file.source.as_ref() as _, before));
    engine::other_tool(
        report,
        before,
        (state, (input.source.as_ref() as _, now)),
        (by.as_ref(), columns),
        options,
    )
}

/// There is nothing that another tool could compare a file with.
pub(super) fn alone() -> Error {
    Error::new(Kind::Usage, "--as and --method need a --reference")
}
