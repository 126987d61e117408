//! An incident: the report on a file, rules that would have caught it, and the rows that these set apart.

use std::collections::BTreeSet;

use super::super::job::{Input, Of, Scan, Watch};
use super::super::{output, quarantine};
use super::{Ready, options_of, scanned};
use crate::engine::{self, Reference, ScannedFile, State};
use crate::error::Result;
use crate::report::incident::{Added, Apart};
use crate::report::wire;
use crate::source::Source;

/// The most offenders of a rule that are held.
const OFFENDERS: usize = 1 << 20;
/// Rows that are shown.
const SHOWN: usize = 10;

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
    let mut added = Added::default();
    let Some(reference) = ready.reference.as_ref().or(before) else {
        added.not_run.push("there is nothing that the file was compared with".to_owned());
        return Ok(added);
    };
    let names = engine::incident::tripped(report);
    let Some(first) = names.first() else { return Ok(added) };
    added.column = Some(first.clone());
    added.since = engine::incident::since(report, first);
    if added.since.is_none() {
        added.not_run.push("when it began is not known without a history: --history DIR".to_owned());
    }
    let given = ready.job.reference.as_ref().filter(|_| ready.reference.is_some());
    let given = given.filter(|_| matches!(reference, Reference::Scanned(_)));
    let file = given.map(|it| it.source.as_ref() as &dyn Source);
    let options = options_of(input, &ready.job.scan);
    let found = report.segments.as_ref();
    let asked = engine::incident::proposed(&names, found, (reference, file), state, &options)?;
    let governing = |text: &str| engine::governing(Some(reference), Some(text.as_bytes()));
    let scan = Scan { places: OFFENDERS, ..ready.job.scan.clone() };
    // All of them in one scan of each file; then those that were chosen.
    let all = engine::incident::all(&asked);
    let text = engine::incident::contract(&input.name, &asked, &all);
    let checked = |input: &Input, scan: &Scan| -> Result<engine::incident::Counted> {
        let state = scanned(input, scan, governing(&text), watch)?;
        engine::incident::counted(&state, &asked, &all)
    };
    let few = Scan { places: 1, ..scan.clone() };
    let now = checked(input, &few)?;
    let earlier = given.map(|it| checked(it, &few)).transpose()?;
    if earlier.is_none() {
        added
            .not_run
            .push("how many rows of the reference the rules flag is not known without its rows".to_owned());
    }
    let chosen = engine::incident::chosen(&asked, &now, earlier.as_ref());
    if chosen.iter().all(Vec::is_empty) {
        added.not_run.push("no rule that the reference keeps tells this file from it".to_owned());
        return Ok(added);
    }
    added.rules = engine::incident::told(&asked, &chosen, &now, earlier.as_ref());
    let text = engine::incident::contract(&input.name, &asked, &chosen);
    let state = scanned(input, &scan, governing(&text), watch)?;
    added.apart = Some(apart(report, ready, (reference, first), (&state, input), &text)?);
    added.contract = Some(text);
    Ok(added)
}

/// The rows that break the rules of a contract, and what is left without them.
fn apart(
    report: &wire::Report,
    ready: &Ready<'_>,
    (reference, column): (&Reference, &str),
    (state, input): (&State, &Input),
    contract: &str,
) -> Result<Apart> {
    let source = input.source.as_ref();
    let request = engine::Request { current: state, reference: None, as_of: None, drift: None };
    let whole = engine::report(request)?;
    let places = || whole.findings.iter().filter(|it| it.card == "as_agreed").flat_map(|it| &it.places);
    let rows: BTreeSet<u64> = places().map(|it| it.row).collect();
    let options = options_of(input, &ready.job.scan);
    let clean =
        engine::incident::psi_without(column, &rows, reference, ScannedFile { source, state }, &options)?;
    let written = match &ready.job.quarantine {
        Some(folder) if ready.contract.is_none() => {
            let words = quarantine::write(folder, &input.name, source, &state.plan, &whole)?;
            output::write(&folder.join(contract_name(&input.name)), contract.as_bytes())?;
            Some(words)
        }
        _ => None,
    };
    let drift = report.drift.iter().find(|it| it.column == column);
    Ok(Apart {
        rows: rows.len() as u64,
        clean: report.table.rows.saturating_sub(rows.len() as u64),
        psi: drift.and_then(|it| it.psi_corrected.as_f64()),
        psi_clean: clean,
        places: places().take(SHOWN).cloned().collect(),
        command: command(ready, &input.name),
        accept: accept(ready, report),
        written,
    })
}

/// What the file of the rules is called.
fn contract_name(file: &str) -> String {
    let stem = file.split('.').next().filter(|it| !it.is_empty()).unwrap_or("table");
    format!("{stem}.proposed.odcs.yaml")
}

fn command(ready: &Ready<'_>, file: &str) -> String {
    let name = contract_name(file);
    // With a contract of its own the folder holds what breaks that one.
    let given = ready.job.quarantine.as_ref().filter(|_| ready.contract.is_none());
    let folder = given.map_or("quarantine".into(), |it| it.display().to_string());
    let contract = match given {
        Some(folder) => folder.join(&name).display().to_string(),
        None => name,
    };
    format!("driftline check {} --contract {} --quarantine {}", word(file), word(&contract), word(&folder))
}

fn accept(ready: &Ready<'_>, report: &wire::Report) -> Option<String> {
    let Some(Of::Files { folder: Some(folder), .. }) = ready.job.intervals.as_ref().map(|it| &it.of) else {
        return None;
    };
    let key = &report.timeline.as_ref()?.intervals.last()?.key;
    Some(format!("driftline history {} --incident {}", word(&folder.display().to_string()), word(key)))
}

/// A word as a POSIX shell takes it.
fn word(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./".contains(c);
    if !text.is_empty() && text.chars().all(is_plain) && !text.starts_with('-') {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', "'\\''"))
}
