//! The intervals of a feed: a line a column with its PSI over time, those that drifted beyond what is usual first.

use super::escape::shown;
use super::number::{count, double};
use super::paint::Ink;
use super::sparkline;
use super::table::{Align, Cell, Table};
use super::{LISTED, Look, heading, left_out};
use crate::report::wire::{Report, Series, Timeline};

const HEADS: [(&str, Align); 6] = [
    ("column", Align::Left),
    ("PSI beyond chance", Align::Left),
    ("largest", Align::Right),
    ("unusual from", Align::Right),
    ("tripped", Align::Right),
    ("alert", Align::Left),
];
/// Cells of the line of PSI.
const LINE: usize = 32;
/// A PSI of a quarter and more is drawn as high as can be.
const SEVERE: f64 = 0.25;

/// Writes the timeline, where there is one.
pub(super) fn render(report: &Report, look: Look, out: &mut String) {
    let Some(timeline) = &report.timeline else { return };
    let (Some(first), Some(last)) = (timeline.intervals.first(), timeline.intervals.last()) else { return };
    let compared = timeline.intervals.iter().filter(|it| it.compared).count() as u64;
    let title = format!(
        "Over {} intervals, {} … {}",
        count(timeline.intervals.len() as u64),
        shown(&first.key),
        shown(&last.key)
    );
    heading(&title, look, out);
    let mut columns: Vec<&Series> = timeline.columns.iter().collect();
    columns.sort_by(|a, b| b.tripped.len().cmp(&a.tripped.len()).then(largest(b).total_cmp(&largest(a))));
    if compared > 0 && !columns.is_empty() {
        let mut table = Table::new(&HEADS);
        columns.iter().take(LISTED).for_each(|series| table.push(row(series, timeline)));
        table.render(out, look.width(), look.paint);
        left_out(columns.len(), "columns", look, out);
    }
    let alone = timeline.intervals.len() as u64 - compared;
    let mut notes = Vec::new();
    if alone > 0 {
        notes.push(format!("{} intervals had too few before them to be compared with", count(alone)));
    }
    if timeline.left_out > 0 {
        notes.push(format!("{} rows have no time and are in no interval", count(timeline.left_out)));
    }
    for note in notes {
        out.push_str(&format!("  {}\n", look.paint.ink(Ink::Faint, &note)));
    }
}

fn largest(series: &Series) -> f64 {
    series.psi.iter().filter_map(|it| it.as_f64()).fold(0.0, f64::max)
}

fn row(series: &Series, timeline: &Timeline) -> Vec<Cell> {
    // As many intervals as there is room for, the latest.
    let from = series.psi.len().saturating_sub(LINE);
    let heights: Vec<u64> = series.psi[from..]
        .iter()
        .map(|it| it.as_f64().map_or(0, |psi| 1 + (psi.min(SEVERE) / SEVERE * 999.0) as u64))
        .collect();
    let standing = series.alerts.last().is_some_and(|it| *it + 1 == timeline.intervals.len() as u64);
    let alert = match (standing, series.alerts.len()) {
        (true, _) => Cell::inked("stands".to_owned(), Ink::Warning),
        (false, 0) => "".into(),
        (false, n) => Cell::inked(format!("{} past", count(n as u64)), Ink::Faint),
    };
    let tripped = series.tripped.len();
    let ink = if tripped > 0 { Ink::Warning } else { Ink::Faint };
    vec![
        shown(&series.column).into(),
        sparkline::line_of(&heights, 1_000).into(),
        double(largest(series)).into(),
        series.limit.as_f64().map_or(String::new(), double).into(),
        Cell::inked(count(tripped as u64), ink),
        alert,
    ]
}
