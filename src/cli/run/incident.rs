//! An incident: the report on a file, rules that would have caught it, and the rows that these set apart.

use super::super::job::{Input, Of, Scan, Watch};
use super::super::{output, quarantine};
use super::{Ready, options_of, scanned};
use crate::engine::incident::{self, Case, Which};
use crate::engine::{Governing, Reference, ScannedFile, State};
use crate::error::Result;
use crate::report::incident::Added;
use crate::report::wire;
use crate::source::Source;

/// What is added to the report on a file.
///
/// # Errors
/// What the files and their readers say.
pub(super) fn add(
    report: &wire::Report,
    ready: &Ready<'_>,
    before: Option<&Reference>,
    (state, input): (&State, &Input),
    watch: Watch<'_>,
) -> Result<Added> {
    let Some(reference) = ready.reference.as_ref().or(before) else {
        let mut added = Added::default();
        added.not_run.push("there is nothing that the file was compared with".to_owned());
        return Ok(added);
    };
    let given = ready.job.reference.as_ref().filter(|_| ready.reference.is_some());
    let given = given.filter(|_| matches!(reference, Reference::Scanned(_)));
    let source = input.source.as_ref();
    let case = Case {
        report,
        reference,
        file: given.map(|it| it.source.as_ref() as &dyn Source),
        current: ScannedFile { source, state },
        options: &options_of(input, &ready.job.scan),
    };
    let rescan = |which: Which, governing: Governing, places: usize| {
        let input = given.filter(|_| which == Which::Reference).unwrap_or(input);
        scanned(input, &Scan { places, ..ready.job.scan.clone() }, governing, watch)
    };
    let told = incident::added(&case, &rescan)?;
    let mut added = told.added;
    let (Some(apart), Some((state, whole)), Some(contract)) =
        (&mut added.apart, &told.checked, &added.contract)
    else {
        return Ok(added);
    };
    apart.accept = accept(ready, report);
    // With a contract of its own the folder holds what breaks that one.
    if let Some(folder) = ready.job.quarantine.as_ref().filter(|_| ready.contract.is_none()) {
        apart.command = incident::command(&input.name, Some(folder));
        apart.written = Some(quarantine::write(folder, &input.name, source, &state.plan, whole)?);
        output::write(&folder.join(incident::contract_name(&input.name)), contract.as_bytes())?;
    }
    Ok(added)
}

fn accept(ready: &Ready<'_>, report: &wire::Report) -> Option<String> {
    let Some(Of::Files { folder: Some(folder), .. }) = ready.job.intervals.as_ref().map(|it| &it.of) else {
        return None;
    };
    let key = &report.timeline.as_ref()?.intervals.last()?.key;
    let (folder, key) = (folder.display().to_string(), incident::word(key));
    Some(format!("driftline history {} --incident {key}", incident::word(&folder)))
}
