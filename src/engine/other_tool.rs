//! A report with its two files in; another tool's word on them out. A tool that looks at chunks gets both files cut as it cuts
//! them.

use super::like::like;
use super::multivariate::{Cut, reconstruction};
use super::performance::Side;
use super::settle::State;
use super::split::{By, Interval, split};
use super::{Options, Reference};
use crate::drift::like::{self, Chunk, Chunks, Tool};
use crate::error::{Error, Result};
use crate::report::wire;
use crate::source::Source;

/// Chunks of either file, where nobody says how many.
const CHUNKS: u64 = 10;

/// A file, and how it is read.
pub type Read<'a> = (&'a (dyn Source + Sync), &'a Options);

/// Adds the tool's word to the report on a file. `by` says how chunks are cut, if not into ten; `columns` names those that are
/// looked at together.
///
/// # Errors
/// `Usage` for a column that one of the files has not; what the sources and the readers say.
pub fn other_tool(
    report: &mut wire::Report,
    (reference, before): (&Reference, Read<'_>),
    (state, now): (&State, Read<'_>),
    (by, columns): (Option<&By>, &[String]),
    options: &like::Options,
) -> Result<()> {
    let cut = |state: &State, (source, options): Read<'_>| {
        let rows = state.partial.rows();
        let by = match by {
            Some(By::Parts(parts)) => By::Rows((rows / (*parts).max(1)).max(1)),
            Some(by) => by.clone(),
            None => By::Rows((rows / CHUNKS).max(1)),
        };
        let counted = matches!(by, By::Rows(_));
        let split = split(source, state, options, &by)?;
        let mut from = 0;
        let chunk = |it: Interval| {
            let profile = it.state.profile();
            let first = from;
            from += profile.table.rows;
            // Rows are counted from 0 there, both ends included.
            let key = if counted { format!("[{first}:{}]", from.saturating_sub(1)) } else { it.key };
            Chunk { key, profile }
        };
        Ok::<Vec<Chunk>, Error>(split.intervals.into_iter().map(chunk).collect())
    };
    let (chunks, rows) = match (options.tool, reference) {
        (Tool::NannyMl, Reference::Scanned(was)) => {
            let (old, new) = (cut(was, before)?, cut(state, now)?);
            let by = match by {
                Some(By::Time { column, period }) => Some((column.as_str(), *period)),
                _ => None,
            };
            let cut = Cut { by, columns, unit_bytes: now.1.unit_bytes, memory: now.1.memory };
            let rows = reconstruction(
                (Side { source: before.0, state: was }, &old[..]),
                (Side { source: now.0, state }, &new[..]),
                cut,
            )?;
            (Some((old, new)), rows)
        }
        _ => (None, Vec::new()),
    };
    let chunks = chunks.as_ref().map(|it| Chunks { reference: &it.0, current: &it.1, rows: &rows });
    like(report, reference, &state.profile(), chunks, options)
}
