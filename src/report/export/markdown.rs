//! Markdown for a comment on a pull request or a chat: the verdict, what is broken with its first places, what drifted, the
//! columns in a table. What stands in cells and names is shown as it is and never becomes markup.

mod incident;
mod segments;
mod timeline;

use super::{Document, at, behind, broken, drifted, effect, odd, psi, range, reason, turns, waiting};
use crate::report::redact;
use crate::report::wire::{Finding, Report};
use crate::words::grouped;

pub use incident::incident;
pub(in crate::report::export) use incident::{BINS, began};

/// Findings, issues, columns and places that are listed.
const LISTED: usize = 50;
const PLACES: usize = 5;

/// The documents of all files, one after the other.
pub fn render(document: Document<'_>) -> String {
    let mut parts = Vec::new();
    for outcome in document.outcomes {
        match &outcome.result {
            Ok(report) => parts.push(of(report, &outcome.file)),
            Err(message) => {
                let (file, message) = (plain(&outcome.file), plain(message));
                parts.push(format!("## ❌ {file}\n\nIt could not be read: {message}\n"));
            }
        }
    }
    parts.join("\n")
}

fn of(report: &Report, file: &str) -> String {
    let verdict = &report.verdict;
    let mut out =
        format!("## {} {}\n\n{}\n\n", mark(&verdict.overall), plain(file), plain(&verdict.sentence));
    out.push_str("| Readable? | As agreed? | Same as before? |\n| :-- | :-- | :-- |\n");
    let cards = [&verdict.readable, &verdict.as_agreed, &verdict.same_as_before];
    let cards: Vec<String> =
        cards.iter().map(|word| format!("{} {}", mark(word), word.replace('_', " "))).collect();
    out.push_str(&format!("| {} |\n", cards.join(" | ")));
    if let Some(notice) = redact::notice(report) {
        out.push_str(&format!("\n{notice}\n"));
    }
    let found = broken(report);
    if !found.is_empty() {
        out.push_str("\n### Broken rules\n\n");
        found.iter().take(LISTED).for_each(|finding| rule(finding, &mut out));
        rest(found.len(), &mut out);
    }
    not_run(report, &mut out);
    issues(report, &mut out);
    drifts(report, &mut out);
    segments::segments(report, &mut out);
    together(report, &mut out);
    timeline::section(report, &mut out);
    columns(report, &mut out);
    out
}

fn rule(finding: &Finding, out: &mut String) {
    let column = of_column(finding.column.as_deref());
    out.push_str(&format!(
        "- **{}** {column}{} ({})\n",
        plain(&finding.severity),
        plain(&finding.message),
        code(&finding.rule)
    ));
    for place in finding.places.iter().take(PLACES) {
        let value = place.value.as_deref().map_or_else(|| "missing".to_owned(), code);
        out.push_str(&format!("  - {}: {value}\n", at(place.row, place.line, None)));
    }
    let shown = finding.places.len().min(PLACES) as u64;
    if shown > 0 && finding.count > shown {
        out.push_str(&format!("  - and {} more\n", grouped(finding.count - shown)));
    }
}

/// The column that a line is about, in front of it.
fn of_column(name: Option<&str>) -> String {
    name.map_or_else(String::new, |name| format!("{}: ", code(name)))
}

fn not_run(report: &Report, out: &mut String) {
    let found = waiting(report);
    if found.is_empty() {
        return;
    }
    out.push_str("\n### Not checked\n\n");
    for finding in found.iter().take(LISTED) {
        let column = of_column(finding.column.as_deref());
        out.push_str(&format!("- {column}{}: {}\n", code(&finding.rule), plain(reason(finding))));
    }
    rest(found.len(), out);
}

fn issues(report: &Report, out: &mut String) {
    let found = odd(report);
    if found.is_empty() {
        return;
    }
    out.push_str("\n### Odd about the file\n\n");
    for issue in found.iter().take(LISTED) {
        let column = of_column(issue.column.as_deref());
        let place = issue.places.first().map_or_else(String::new, |it| {
            let at = at(it.row, it.line, None);
            if at.is_empty() { at } else { format!(", first in {at}") }
        });
        out.push_str(&format!("- **{}** {column}{}{place}\n", plain(&issue.severity), plain(&issue.message)));
    }
    rest(found.len(), out);
}

fn drifts(report: &Report, out: &mut String) {
    let found = drifted(report);
    if found.is_empty() {
        return;
    }
    out.push_str("\n### Drifted\n\n| Column | Kinds | PSI | Effect | May be behind it |\n| :-- | :-- | --: | :-- | :-- |\n");
    for drift in found.iter().take(LISTED) {
        let effect =
            effect(drift).map_or_else(String::new, |(name, value)| format!("{} {value}", plain(name)));
        let kinds = plain(&drift.kinds.join(", "));
        let behind = plain(&behind(drift));
        let (name, psi) = (cell(&drift.column), psi(drift));
        out.push_str(&format!("| {name} | {kinds} | {psi} | {effect} | {behind} |\n"));
    }
    rest(found.len(), out);
}

fn together(report: &Report, out: &mut String) {
    let Some(found) = &report.multivariate else { return };
    out.push_str("\n### Columns together\n\n");
    for line in super::together(found) {
        out.push_str(&format!("- {}\n", plain(&line)));
    }
    if found.structure.changed == 0 {
        return;
    }
    out.push_str(
        "\n| Column | Column | Measure | Before | Now | q |\n| :-- | :-- | :-- | --: | --: | --: |\n",
    );
    for pair in found.structure.largest.iter().filter(|it| it.drifted).take(LISTED) {
        let (a, b, measure) = (cell(&pair.first), cell(&pair.second), plain(&pair.measure));
        let (before, now) = (pair.reference, pair.current);
        out.push_str(&format!("| {a} | {b} | {measure} | {before:.3} | {now:.3} | {:.2e} |\n", pair.q_value));
    }
    rest(found.structure.changed as usize, out);
}

fn columns(report: &Report, out: &mut String) {
    out.push_str(&format!(
        "\n### Columns\n\n{} rows, {} columns\n\n| Column | Type | Missing | Invalid | Distinct | Range |\n| :-- | :-- | --: | --: | --: | :-- |\n",
        grouped(report.table.rows),
        grouped(report.table.columns),
    ));
    for column in report.columns.iter().take(LISTED) {
        let about = if column.distinct.exact { "" } else { "≈ " };
        out.push_str(&format!(
            "| {} | {} | {} | {} | {about}{} | {} |\n",
            cell(&column.name),
            plain(&column.ty),
            grouped(column.missing),
            grouped(column.invalid),
            grouped(column.distinct.value as u64),
            plain(&range(column).unwrap_or_default()),
        ));
    }
    rest(report.columns.len(), out);
}

fn rest(all: usize, out: &mut String) {
    if all > LISTED {
        out.push_str(&format!("\nand {} more\n", grouped((all - LISTED) as u64)));
    }
}

pub(in crate::report) fn mark(word: &str) -> &'static str {
    match word {
        "ok" => "✅",
        "warning" => "⚠️",
        "critical" => "❌",
        _ => "➖",
    }
}

/// The longest text that is shown, in characters.
const SHOWN: usize = 200;

fn one_line(raw: &str) -> String {
    let mut text: String = raw.chars().take(SHOWN).map(|c| if turns(c) { ' ' } else { c }).collect();
    if raw.chars().nth(SHOWN).is_some() {
        text.push('…');
    }
    text
}

/// Text without markup, links and mentions.
pub(in crate::report) fn plain(raw: &str) -> String {
    let mut out = String::new();
    for c in one_line(raw).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '@' => out.push_str("&#64;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out.replace("://", ":&#47;&#47;")
}

/// A code span in a table, where a bar would end the cell.
pub(in crate::report) fn cell(raw: &str) -> String {
    code(raw).replace('|', "\\|")
}

/// Text in a code span. Backticks in it make the fence longer.
pub(in crate::report) fn code(raw: &str) -> String {
    let text = one_line(raw);
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if text.is_empty() || text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}
