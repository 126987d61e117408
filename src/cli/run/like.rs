//! Another tool's word on a file: its chunks are cut here, as that tool cuts them.

use super::super::job::{Input, Intervals, Of};
use crate::drift::like::{Chunk, Chunks, Options, Tool};
use crate::engine::{self, By, Cut, Reference, Side, State};
use crate::error::{Error, Kind, Result};
use crate::report::wire;

/// Chunks of either file, where nobody says how many.
const CHUNKS: u64 = 10;

/// A file with its scan.
pub(super) type File<'a> = (&'a Input, &'a engine::Options);

/// Adds the tool's word to the report on a file.
///
/// # Errors
/// `Usage` without a reference; those of the engine.
pub(super) fn add(
    report: &mut wire::Report,
    reference: Option<(&Reference, File<'_>)>,
    current: (&State, File<'_>),
    (intervals, columns): (Option<&Intervals>, &[String]),
    options: &Options,
) -> Result<()> {
    let Some((reference, before)) = reference else {
        return Err(alone());
    };
    let (state, now) = current;
    if state.plan.no_data().is_some() {
        return Ok(());
    }
    let cut = |state: &State, file: File<'_>| {
        let rows = state.partial.rows();
        let by = match intervals.map(|it| &it.of) {
            Some(Of::Time(column, period)) => By::Time { column: column.clone(), period: *period },
            Some(Of::Rows(rows)) => By::Rows(*rows),
            Some(Of::Parts(parts)) => By::Rows((rows / (*parts).max(1)).max(1)),
            Some(Of::Files { .. }) | None => By::Rows((rows / CHUNKS).max(1)),
        };
        let counted = matches!(by, By::Rows(_));
        let split = engine::split(file.0.source.as_ref(), state, file.1, &by)?;
        let mut from = 0;
        let chunk = |it: engine::Interval| {
            let profile = it.state.profile();
            let first = from;
            from += profile.table.rows;
            // Rows are counted from 0 there, both ends included.
            let key = if counted { format!("[{first}:{}]", from.saturating_sub(1)) } else { it.key };
            Chunk { key, profile }
        };
        Ok::<Vec<Chunk>, Error>(split.intervals.into_iter().map(chunk).collect())
    };
    let chunks = match (options.tool, reference) {
        (Tool::NannyMl, Reference::Scanned(before_state)) => {
            Some((cut(before_state, before)?, cut(state, now)?))
        }
        _ => None,
    };
    let by = match intervals.map(|it| &it.of) {
        Some(Of::Time(column, period)) => Some((column.as_str(), *period)),
        _ => None,
    };
    let rows = match (&chunks, reference) {
        (Some((old, new)), Reference::Scanned(before_state)) => {
            let cut = Cut { by, columns, unit_bytes: now.1.unit_bytes, memory: now.1.memory };
            let old = (Side { source: before.0.source.as_ref(), state: before_state }, &old[..]);
            engine::reconstruction(old, (Side { source: now.0.source.as_ref(), state }, &new[..]), cut)?
        }
        _ => Vec::new(),
    };
    let chunks = chunks.as_ref().map(|it| Chunks { reference: &it.0, current: &it.1, rows: &rows });
    engine::like(report, reference, &state.profile(), chunks, options)
}

/// There is nothing that another tool could compare a file with.
pub(super) fn alone() -> Error {
    Error::new(Kind::Usage, "--as and --method need a --reference")
}
