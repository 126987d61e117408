//! The table of columns: type, gaps, distinct values, range, middle and shape; then what to know about them.

use super::escape::{quoted, shown};
use super::number::{count, double, estimate, percent, scalar};
use super::paint::Ink;
use super::table::{Align, Cell, Table};
use super::{LISTED, Look, heading, left_out, sparkline};
use crate::report::redact::REDACTED;
use crate::report::wire::{Column, Report, Scalar, TopValue};

const HEADS: [(&str, Align); 9] = [
    ("column", Align::Left),
    ("type", Align::Left),
    ("missing", Align::Right),
    ("invalid", Align::Right),
    ("distinct", Align::Right),
    ("range", Align::Left),
    ("mean", Align::Right),
    ("median or top value", Align::Left),
    ("shape", Align::Left),
];
/// Blocks of a sparkline.
const BLOCKS: usize = 12;

/// Writes the table and the notes.
pub(super) fn render(report: &Report, look: Look, out: &mut String) {
    if report.columns.is_empty() {
        return;
    }
    heading("Columns", look, out);
    let mut table = Table::new(&HEADS);
    for column in report.columns.iter().take(LISTED) {
        table.push(row(column));
    }
    table.render(out, look.width(), look.paint);
    left_out(report.columns.len(), "columns", look, out);
    notes(report, look, out);
}

fn row(column: &Column) -> Vec<Cell> {
    let missing = percent(column.missing, column.rows);
    vec![
        shown(&column.name).into(),
        Cell::inked(shown(&column.ty) + if column.governed { "*" } else { "" }, Ink::Faint),
        Cell::inked(missing, if column.missing == 0 { Ink::Faint } else { Ink::Plain }),
        if column.invalid == 0 {
            Cell::default()
        } else {
            Cell::inked(percent(column.invalid, column.rows), Ink::Warning)
        },
        estimate(&column.distinct).into(),
        range(column).into(),
        mean(column).into(),
        middle(column).into(),
        column.histogram.as_ref().map_or(String::new(), |bins| sparkline::line(&bins.counts, BLOCKS)).into(),
    ]
}

fn range(column: &Column) -> String {
    let ends = |min: Option<String>, max: Option<String>| match (min, max) {
        (Some(min), Some(max)) if min == max => min,
        _ if column.redacted => REDACTED.into(),
        (Some(min), Some(max)) => format!("{min} … {max}"),
        _ => String::new(),
    };
    if let Some(numeric) = &column.numeric {
        ends(scalar(&numeric.min), scalar(&numeric.max))
    } else if let Some(temporal) = &column.temporal {
        ends(Some(shown(&temporal.min)), Some(shown(&temporal.max)))
    } else if let Some(text) = &column.text {
        format!("length {}", ends(Some(count(text.min_length)), Some(count(text.max_length))))
    } else {
        String::new()
    }
}

fn mean(column: &Column) -> String {
    column.numeric.as_ref().and_then(|numeric| scalar(&numeric.mean)).unwrap_or_default()
}

/// The median of numbers and times, the top value of the rest.
fn middle(column: &Column) -> String {
    if let Some(numeric) = &column.numeric {
        let about = if numeric.exact { "" } else { "≈" };
        return match &numeric.quantiles.p50 {
            Scalar::Float(value) => format!("{about}{}", double(*value)),
            other => scalar(other).map_or(String::new(), |text| format!("{about}{text}")),
        };
    }
    if let Some(temporal) = &column.temporal {
        let about = if temporal.exact { "" } else { "≈" };
        return temporal
            .quantiles
            .get("0.5")
            .map_or(String::new(), |value| format!("{about}{}", shown(value)));
    }
    column.top.first().map_or(String::new(), |top| favourite(top, column.rows))
}

fn favourite(top: &TopValue, rows: u64) -> String {
    let value = match &top.value {
        Scalar::Text(text) => quoted(text),
        other => scalar(other).unwrap_or_default(),
    };
    let about = if top.exact { "" } else { "≈" };
    format!("{about}{} {value}", percent(top.count, rows))
}

fn notes(report: &Report, look: Look, out: &mut String) {
    let lines: Vec<String> = report
        .columns
        .iter()
        .flat_map(|column| {
            column.alerts.iter().map(|alert| {
                format!("  {}: {}", look.paint.ink(Ink::Strong, &shown(&column.name)), shown(&alert.message))
            })
        })
        .collect();
    if lines.is_empty() {
        return;
    }
    heading("Notes", look, out);
    for line in lines.iter().take(LISTED) {
        out.push_str(line);
        out.push('\n');
    }
    left_out(lines.len(), "notes", look, out);
}
