//! Where the drifted columns drifted: a line a segment, what happened there, and some of its rows.

use super::escape::{cut, quoted, shown};
use super::number::count;
use super::paint::Ink;
use super::{LISTED, Look, heading, left_out};
use crate::report::wire::{Drifted, ExampleRow, Report, Segment};

/// Writes it, where it was asked for.
pub(super) fn render(report: &Report, look: Look, out: &mut String) {
    let Some(found) = &report.segments else { return };
    heading("Where it drifted", look, out);
    for column in found.columns.iter().take(LISTED) {
        of_column(column, look, out);
    }
    if found.columns.is_empty() && found.not_run.is_empty() {
        line(2, "no column drifted", look, out);
    }
    left_out(found.columns.len(), "columns", look, out);
    for reason in &found.not_run {
        line(2, &format!("not run: {}", shown(reason)), look, out);
    }
}

fn of_column(column: &Drifted, look: Look, out: &mut String) {
    let name = look.paint.ink(Ink::Strong, &shown(&column.column));
    if column.segments.is_empty() {
        let what = column.what();
        let searched = count(column.searched);
        out.push_str(&format!(
            "  {name}: none of {searched} segments carries {what}; it is spread over the rows\n"
        ));
    }
    for (place, segment) in column.segments.iter().enumerate() {
        let words = look.paint.ink(Ink::Warning, &shown(&segment.words()));
        let carries = format!("{:.0} %", segment.carries * 100.0);
        out.push_str(&format!("  {name}: {words} carries {carries} of {}\n", column.what()));
        line(6, &rows(segment), look, out);
        for example in segment.examples.iter().filter(|_| place == 0) {
            line(6, &row(&segment.columns, example), look, out);
        }
    }
}

/// What happened, and the rows of both sides.
fn rows(segment: &Segment) -> String {
    let before = segment.reference.map_or(String::new(), |it| format!("{} before, ", count(it)));
    format!("{}: {before}{} now", segment.happened(), count(segment.current))
}

fn row(columns: &[String], example: &ExampleRow) -> String {
    let cell = |(name, cell): (&String, &Option<String>)| {
        format!("{} {}", shown(name), cell.as_ref().map_or("missing".to_owned(), |it| quoted(it)))
    };
    let cells: Vec<String> = columns.iter().zip(&example.cells).map(cell).collect();
    format!("row {}: {}", count(example.row), cells.join(", "))
}

fn line(indent: usize, text: &str, look: Look, out: &mut String) {
    let text = cut(text, look.width().saturating_sub(indent));
    out.push_str(&format!("{}{}\n", " ".repeat(indent), look.paint.ink(Ink::Faint, &text)));
}
