//! All that an incident tells besides its report: rules proposed, counted in both files and chosen; the rows that they set apart.

use std::collections::BTreeSet;

use super::super::options::{Governing, Options};
use super::super::reference::{Reference, governing};
use super::super::report::{Request, report};
use super::super::segments::Scanned;
use super::super::settle::State;
use super::{Counted, all, chosen, contract, counted, proposed, psi_without, since, told, tripped};
use crate::error::Result;
use crate::report::incident::{Added, Apart};
use crate::report::wire;
use crate::source::Source;

/// The most offenders of a rule that are held.
const OFFENDERS: usize = 1 << 20;
/// Rows that are shown.
const SHOWN: usize = 10;

/// A file of an incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// The one that it was compared with.
    Reference,
    /// The one that drifted.
    Current,
}

/// Scans a file again as a contract has it, with so many places of each rule: the host has the threads.
pub type Rescan<'a> = dyn Fn(Which, Governing, usize) -> Result<State> + 'a;

/// A report on a file, and both files.
pub struct Case<'a> {
    /// The report, with where columns drifted.
    pub report: &'a wire::Report,
    /// What the file was compared with.
    pub reference: &'a Reference,
    /// The reference's file, where it is one with rows.
    pub file: Option<&'a dyn Source>,
    /// The file.
    pub current: Scanned<'a>,
    /// How it is read.
    pub options: &'a Options,
}

/// What is told.
#[derive(Default)]
pub struct Told {
    /// It goes into the document.
    pub added: Added,
    /// The file as the chosen rules have it, with all places, and the report on that.
    pub checked: Option<(State, wire::Report)>,
}

/// Tells it. The file is scanned twice more, the reference once.
///
/// # Errors
/// What the files and their readers say.
pub fn added(case: &Case<'_>, rescan: &Rescan<'_>) -> Result<Told> {
    let Case { report, reference, file, current, options } = *case;
    let mut told_of = Told::default();
    let out = &mut told_of.added;
    let names = tripped(report);
    out.column = names.first().cloned();
    let first = out.column.clone();
    out.since = first.as_ref().and_then(|it| since(report, it));
    let asked = proposed(&names, report, (reference, file), current.state, options)?;
    if first.is_none() && asked.is_empty() {
        return Ok(told_of);
    }
    if report.timeline.is_none() {
        out.not_run.push("when it began is not known without a history: --history DIR".to_owned());
    }
    let as_agreed = |text: &str| governing(Some(reference), Some(text.as_bytes()));
    // All of them in one scan of each file; then those that were chosen.
    let every = all(&asked);
    let text = contract(&options.name, &asked, &every);
    let checked = |which: Which, places: usize| -> Result<Counted> {
        counted(&rescan(which, as_agreed(&text), places)?, &asked, &every)
    };
    let now = checked(Which::Current, 1)?;
    let earlier = file.map(|_| checked(Which::Reference, OFFENDERS)).transpose()?;
    if earlier.is_none() {
        out.not_run
            .push("how many rows of the reference the rules flag is not known without its rows".to_owned());
    }
    let chosen = chosen(&asked, &now, earlier.as_ref());
    if chosen.iter().all(Vec::is_empty) {
        out.not_run.push("no rule that the reference keeps tells this file from it".to_owned());
        return Ok(told_of);
    }
    out.rules = told(&asked, &chosen, &now, earlier.as_ref());
    let text = contract(&options.name, &asked, &chosen);
    let state = rescan(Which::Current, as_agreed(&text), OFFENDERS)?;
    let whole = self::report(Request { current: &state, reference: None, as_of: None, drift: None })?;
    out.apart = Some(apart(case, first.as_deref(), &state, &whole)?);
    out.contract = Some(text);
    told_of.checked = Some((state, whole));
    Ok(told_of)
}

/// The rows that break the rules of a contract, and what is left without them.
fn apart(case: &Case<'_>, column: Option<&str>, state: &State, whole: &wire::Report) -> Result<Apart> {
    let places = || whole.findings.iter().filter(|it| it.card == "as_agreed").flat_map(|it| &it.places);
    let rows: BTreeSet<u64> = places().map(|it| it.row).collect();
    let clean = Scanned { source: case.current.source, state };
    let drift = case.report.drift.iter().find(|it| Some(it.column.as_str()) == column);
    let without = |name| psi_without(name, &rows, case.reference, clean, case.options);
    Ok(Apart {
        rows: rows.len() as u64,
        clean: case.report.table.rows.saturating_sub(rows.len() as u64),
        psi: drift.and_then(|it| it.psi_corrected.as_f64()),
        psi_clean: column.map(without).transpose()?.flatten(),
        places: places().take(SHOWN).cloned().collect(),
        command: command(&case.options.name, None),
        accept: None,
        written: None,
    })
}

/// What the file of the rules is called.
pub fn contract_name(file: &str) -> String {
    let stem = file.split('.').next().filter(|it| !it.is_empty()).unwrap_or("table");
    format!("{stem}.proposed.odcs.yaml")
}

/// The command that sets the rows apart; with a folder the rules stand there, and the rows come there.
pub fn command(file: &str, folder: Option<&std::path::Path>) -> String {
    let name = contract_name(file);
    let contract = folder.map_or(name.clone(), |it| it.join(&name).display().to_string());
    let folder = folder.map_or("quarantine".into(), |it| it.display().to_string());
    format!("driftline check {} --contract {} --quarantine {}", word(file), word(&contract), word(&folder))
}

/// A word as a POSIX shell takes it.
pub fn word(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./".contains(c);
    if !text.is_empty() && text.chars().all(is_plain) && !text.starts_with('-') {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn names_are_words_of_a_shell() {
        assert_eq!(contract_name("flights_2013-02-25.csv.gz"), "flights_2013-02-25.proposed.odcs.yaml");
        assert_eq!(contract_name(".csv"), "table.proposed.odcs.yaml");
        for (text, shown) in
            [("a-b_1/c.csv", "a-b_1/c.csv"), ("", "''"), ("-x", "'-x'"), ("it's $x", "'it'\\''s $x'")]
        {
            assert_eq!(word(text), shown);
        }
        assert_eq!(
            command("a b.csv", Some(Path::new("out"))),
            "driftline check 'a b.csv' --contract 'out/a b.proposed.odcs.yaml' --quarantine out"
        );
        assert_eq!(
            command("a.csv", None),
            "driftline check a.csv --contract a.proposed.odcs.yaml --quarantine quarantine"
        );
    }
}
