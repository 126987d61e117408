//! The verdict, its three cards and the line about the file.

use super::Look;
use super::escape::{cut, shown};
use super::number::{count, counted, estimate, percent, size};
use super::paint::Ink;
use crate::report::redact;
use crate::report::wire::{Report, Source};

/// Writes the sentence, the cards and the table's line.
pub(super) fn render(report: &Report, look: Look, out: &mut String) {
    let verdict = &report.verdict;
    let name = look.paint.ink(Ink::Strong, &shown(&report.source.name));
    let sentence = look.paint.ink(Ink::of(&verdict.overall), &shown(&verdict.sentence));
    out.push_str(&format!("{name}: {sentence}\n\n"));
    let cards = [
        ("readable", &verdict.readable),
        ("as agreed", &verdict.as_agreed),
        ("same as before", &verdict.same_as_before),
    ];
    for (card, word) in cards {
        let mark = match word.as_str() {
            "ok" => "✓",
            "warning" => "!",
            "critical" => "✗",
            _ => "–",
        };
        let word = look.paint.ink(Ink::of(word), &format!("{mark} {}", word.replace('_', " ")));
        out.push_str(&format!("  {card:<16}{word}\n"));
    }
    out.push('\n');
    let redacted = redact::notice(report).unwrap_or_default();
    for line in [table(report), file(&report.source), against(report), redacted] {
        if !line.is_empty() {
            out.push_str(&format!("  {}\n", cut(&line, look.width().saturating_sub(2))));
        }
    }
}

fn table(report: &Report) -> String {
    let table = &report.table;
    let mut parts = vec![
        counted(table.rows, "row", "rows"),
        counted(table.columns, "column", "columns"),
        format!("{} missing", percent(table.missing, table.cells)),
    ];
    if table.invalid > 0 {
        let cells = if table.invalid == 1 { "cell" } else { "cells" };
        parts.push(format!("{} invalid {cells}", count(table.invalid)));
    }
    let duplicates = &table.duplicate_rows;
    if duplicates.value > 0.0 || !duplicates.exact {
        parts.push(format!("{} duplicate rows", estimate(duplicates)));
    } else {
        parts.push("no duplicate rows".into());
    }
    if table.ledger.rows_set_aside > 0 {
        parts.push(format!("{} set aside", counted(table.ledger.rows_set_aside, "record", "records")));
    }
    parts.join(" · ")
}

fn file(source: &Source) -> String {
    let mut parts = vec![size(source.bytes), shown(&source.format)];
    parts.extend(source.compression.as_deref().map(shown));
    parts.extend(source.encoding.as_deref().map(shown));
    if let Some(dialect) = &source.dialect {
        let delimiter = match dialect.delimiter.as_str() {
            "," => "comma".into(),
            ";" => "semicolon".into(),
            "\t" => "tab".into(),
            "|" => "bar".into(),
            " " => "space".into(),
            other => shown(other),
        };
        let header = if dialect.header { "header" } else { "no header" };
        parts.push(format!("delimited by {delimiter}, {header} ({})", shown(&dialect.origin)));
    }
    parts.join(" · ")
}

fn against(report: &Report) -> String {
    let mut parts = Vec::new();
    if let Some(contract) = &report.contract {
        let name = contract
            .name
            .as_ref()
            .or(contract.id.as_ref())
            .map_or(String::new(), |name| " ".to_string() + &shown(name));
        let version =
            contract.version.as_ref().map_or(String::new(), |version| " ".to_string() + &shown(version));
        parts.push(format!("contract{name}{version}: {}", counted(contract.rules, "rule", "rules")));
    }
    if let Some(reference) = &report.reference {
        let saved = if reference.saved { ", a saved profile" } else { "" };
        let rows = counted(reference.rows, "row", "rows");
        parts.push(format!("reference {}: {rows}{saved}", shown(&reference.source.name)));
    }
    parts.join(" · ")
}
