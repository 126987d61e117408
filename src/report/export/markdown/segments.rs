//! Where columns drifted, as a list with the rows below.

use super::super::segments::{carries, happened, spread};
use super::{cell, code, plain};
use crate::report::wire::{Report, Segment};
use crate::words::grouped;

/// The section, where it was asked for.
pub(super) fn segments(report: &Report, out: &mut String) {
    let Some(found) = &report.segments else { return };
    out.push_str("\n### Where it drifted\n\n");
    for column in &found.columns {
        if column.segments.is_empty() {
            out.push_str(&format!("- {}: {}\n", code(&column.column), spread(column)));
        }
        for segment in &column.segments {
            let (words, happened) = (plain(&segment.words()), happened(segment));
            let carries = carries(column, segment);
            out.push_str(&format!("- {}: **{words}** carries {carries}; {happened}\n", code(&column.column)));
        }
    }
    for column in &found.columns {
        if let Some(segment) = column.segments.first().filter(|it| !it.examples.is_empty()) {
            out.push_str(&format!("\nExamples, {}:\n\n", plain(&segment.words())));
            examples(segment, out);
        }
    }
    for reason in &found.not_run {
        out.push_str(&format!("\nNot run: {}\n", plain(reason)));
    }
}

/// A table of the rows.
pub(super) fn examples(segment: &Segment, out: &mut String) {
    let names: Vec<String> = segment.columns.iter().map(|it| cell(it)).collect();
    out.push_str(&format!("| Row | {} |\n| --: |{}\n", names.join(" | "), " :-- |".repeat(names.len())));
    for example in &segment.examples {
        let cells: Vec<String> =
            example.cells.iter().map(|it| it.as_deref().map_or("missing".to_owned(), cell)).collect();
        out.push_str(&format!("| {} | {} |\n", grouped(example.row), cells.join(" | ")));
    }
}
