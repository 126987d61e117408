//! The incident document as Markdown.

use super::super::at;
use super::super::segments::{carries, happened, spread};
use super::segments::examples;
use super::{cell, code, mark, of_column, one_line, plain};
use crate::report::incident::{Apart, Incident, Since};
use crate::words::grouped;

/// Bins of the two shapes that are told.
pub(in crate::report::export) const BINS: usize = 10;

/// The document.
pub fn incident(incident: &Incident) -> String {
    let reference =
        incident.reference.as_deref().map_or(String::new(), |it| format!(" against {}", code(it)));
    let mut out = format!(
        "# {} Incident: {}\n\n{}\n\n{} rows{reference}.\n",
        mark(&incident.verdict),
        plain(&incident.file),
        plain(&incident.sentence),
        grouped(incident.rows),
    );
    tripped(incident, &mut out);
    shapes(incident, &mut out);
    places(incident, &mut out);
    rules(incident, &mut out);
    if let Some(found) = &incident.apart {
        apart(found, &mut out);
    }
    if !incident.not_run.is_empty() {
        out.push_str("\n## Not done\n\n");
        incident.not_run.iter().for_each(|it| out.push_str(&format!("- {}\n", plain(it))));
    }
    out
}

fn tripped(incident: &Incident, out: &mut String) {
    out.push_str("\n## What tripped\n\n");
    if incident.tripped.is_empty() {
        out.push_str("Nothing at warning or above.\n");
    }
    for finding in &incident.tripped {
        let column = of_column(finding.column.as_deref());
        out.push_str(&format!("- **{}** {column}{}\n", plain(&finding.severity), plain(&finding.message)));
    }
    let more = incident.tripped_in_all - incident.tripped.len() as u64;
    if more > 0 {
        out.push_str(&format!("- and {} more\n", grouped(more)));
    }
    if let Some(since) = &incident.since {
        out.push_str(&format!("\n## Since when\n\n{}\n", plain(&began(since))));
    }
}

/// When it began, in words.
pub(in crate::report::export) fn began(since: &Since) -> String {
    let known = grouped(since.known);
    let before = match since.trips {
        0 => format!("it never tripped in the {known} intervals before"),
        trips => format!("of the {known} intervals before, it tripped in {}", grouped(trips)),
    };
    match &since.first {
        Some(first) if since.intervals == 1 => format!("{}: first in {first}; {before}", since.column),
        Some(first) => {
            format!(
                "{}: first in {first}, {} intervals in a row; {before}",
                since.column,
                grouped(since.intervals)
            )
        }
        None => format!(
            "{} is within what the history calls usual, or too little of it is known; {before}",
            since.column
        ),
    }
}

fn shapes(incident: &Incident, out: &mut String) {
    let Some(drift) = &incident.column else { return };
    out.push_str(&format!("\n## {}, before and now\n\n", code(&drift.column)));
    out.push_str("| | Before | Now | Its part of the PSI |\n| :-- | --: | --: | --: |\n");
    for part in drift.contributions.iter().take(BINS) {
        out.push_str(&format!(
            "| {} | {:.2} % | {:.2} % | {:.3} |\n",
            cell(&part.bin),
            part.reference * 100.0,
            part.current * 100.0,
            part.psi
        ));
    }
    for explanation in &drift.explanations {
        out.push_str(&format!("\nMay be behind it: {}\n", plain(&explanation.message)));
    }
}

fn places(incident: &Incident, out: &mut String) {
    let Some(found) = &incident.segments else { return };
    out.push_str("\n## Where\n\n");
    for column in &found.columns {
        if column.segments.is_empty() {
            out.push_str(&format!("- {}: {}\n", code(&column.column), spread(column)));
        }
        for segment in &column.segments {
            let words = plain(&segment.words());
            let (carries, happened) = (carries(column, segment), happened(segment));
            out.push_str(&format!("- {}: **{words}** carries {carries}; {happened}\n", code(&column.column)));
        }
    }
    let shown = found.columns.iter().flat_map(|it| it.segments.first());
    if let Some(segment) = shown.into_iter().find(|it| !it.examples.is_empty()) {
        out.push_str(&format!("\nExamples, {}:\n\n", plain(&segment.words())));
        examples(segment, out);
    }
    found.not_run.iter().for_each(|it| out.push_str(&format!("\nNot run: {}\n", plain(it))));
}

fn rules(incident: &Incident, out: &mut String) {
    if incident.rules.is_empty() {
        return;
    }
    out.push_str("\n## Rules that would have caught it\n\n");
    out.push_str(
        "| Column | Rule | Why | Breaks it now | Broke it before |\n| :-- | :-- | :-- | --: | --: |\n",
    );
    for rule in &incident.rules {
        let of = |count: u64, all: u64| format!("{} of {}", grouped(count), grouped(all));
        let before =
            rule.reference.zip(rule.reference_of).map_or("not known".to_owned(), |it| of(it.0, it.1));
        out.push_str(&format!(
            "| {} | {} | {} | {} | {before} |\n",
            cell(&rule.column),
            plain(&format!("{}: {}", rule.rule, rule.expected)),
            plain(&rule.evidence),
            of(rule.current, rule.current_of),
        ));
    }
    if let Some(contract) = &incident.contract {
        // A fence is longer than any within.
        let longest = contract.split(|c| c != '`').map(str::len).max().unwrap_or(0);
        let fence = "`".repeat(longest.max(2) + 1);
        out.push_str(&format!("\n{fence}yaml\n{contract}{fence}\n"));
    }
}

fn apart(found: &Apart, out: &mut String) {
    let (rows, clean) = (grouped(found.rows), grouped(found.clean));
    let (words, to) = match found.rows {
        0 => ("No single row breaks these rules.".to_owned(), "To check files"),
        _ => (format!("{rows} rows break these rules, {clean} do not."), "To set them apart"),
    };
    out.push_str(&format!("\n## The rows set apart\n\n{words}"));
    if let (Some(before), Some(after)) = (found.psi, found.psi_clean) {
        out.push_str(&format!(" PSI, less chance: {before:.3} with them, {after:.3} without."));
    }
    out.push_str(if found.places.is_empty() { "\n" } else { "\n\n" });
    for place in &found.places {
        let value = place.value.as_deref().map_or_else(|| "missing".to_owned(), code);
        out.push_str(&format!("- {}: {} {value}\n", at(place.row, place.line, None), code(&place.column)));
    }
    if let Some(written) = &found.written {
        out.push_str(&format!("\nWritten: {}\n", plain(written)));
    }
    out.push_str(&format!(
        "\n{to}, with the rules above as that file:\n\n    {}\n",
        one_line(&found.command)
    ));
    if let Some(accept) = &found.accept {
        out.push_str(&format!(
            "\nSo that this file says nothing about what is usual:\n\n    {}\n",
            one_line(accept)
        ));
    }
}
