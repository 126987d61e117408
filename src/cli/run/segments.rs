//! Where columns drifted: both files once more.

use super::super::job::Input;
use super::{Ready, options_of};
use crate::engine::{self, Reference, ScannedFile, State};
use crate::error::Result;
use crate::report::wire;
use crate::source::Source;

/// Adds it to the report on a file. `before` are the intervals that it was compared with, where no reference was given.
///
/// # Errors
/// What the files and their readers say.
pub(super) fn add(
    report: &mut wire::Report,
    ready: &Ready<'_>,
    before: Option<&Reference>,
    (state, input): (&State, &Input),
) -> Result<()> {
    let Some(reference) = ready.reference.as_ref().or(before) else {
        let not_run = vec!["there is nothing that the file was compared with".to_owned()];
        report.segments = Some(wire::Segments {
            columns: Vec::new(),
            reference_rows: None,
            current_rows: 0,
            sampled: false,
            tried: 0,
            not_run,
        });
        return Ok(());
    };
    let given = ready.job.reference.as_ref().filter(|_| ready.reference.is_some());
    let file = given.map(|it| it.source.as_ref() as &dyn Source);
    let current = ScannedFile { source: input.source.as_ref(), state };
    let options = options_of(input, &ready.job.scan);
    report.segments = Some(engine::segments(report, reference, file, current, &options)?);
    if let Some(given) = given {
        given.source.unchanged()?;
    }
    input.source.unchanged()
}
