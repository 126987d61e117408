//! The intervals of a feed as two tables: the columns with their PSI over time, and the intervals with a trip or an alert.

use super::super::timeline::{COLUMNS, INTERVALS, alert, largest, ranked, sentence, told};
use super::{cell, plain};
use crate::report::wire::{Report, Series};
use crate::words::grouped;

/// Cells of the line of PSI, the latest intervals.
const LINE: usize = 32;
/// From a quarter on the blocks are as high as can be.
const SEVERE: f64 = 0.25;
const LEVELS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// Writes the section, where there is a timeline.
pub(super) fn section(report: &Report, out: &mut String) {
    let Some(timeline) = report.timeline.as_ref().filter(|it| !it.intervals.is_empty()) else { return };
    out.push_str(&format!("\n### Over time\n\n{}\n", plain(&sentence(timeline))));
    let columns = ranked(timeline);
    if !columns.is_empty() {
        out.push_str(
            "\n| Column | PSI beyond chance | Largest | Unusual from | Tripped | Alert |\n| :-- | :-- | --: | --: | --: | :-- |\n",
        );
    }
    for series in columns.iter().take(COLUMNS) {
        out.push_str(&format!(
            "| {} | {} | {:.3} | {} | {} | {} |\n",
            cell(&series.column),
            line(series),
            largest(series),
            series.limit.as_f64().map_or_else(String::new, |it| format!("{it:.3}")),
            grouped(series.tripped.len() as u64),
            alert(series, timeline),
        ));
    }
    if columns.len() > COLUMNS {
        out.push_str(&format!("\nand {} more columns\n", grouped((columns.len() - COLUMNS) as u64)));
    }
    let found = told(timeline);
    if found.is_empty() {
        out.push_str("\nIn no interval a column drifted beyond what is usual for it.\n");
        return;
    }
    out.push_str(
        "\n| Interval | Rows | Tripped | Alert stands | Marked |\n| :-- | --: | :-- | :-- | :-- |\n",
    );
    for it in found.iter().take(INTERVALS) {
        out.push_str(&format!(
            "| {} | {} | {} | {} | {} |\n",
            cell(&it.interval.key),
            grouped(it.interval.rows),
            plain(&it.tripped.join(", ")),
            plain(&it.alerts.join(", ")),
            plain(it.interval.mark.as_deref().unwrap_or_default()),
        ));
    }
    if found.len() > INTERVALS {
        out.push_str(&format!("\nand {} more\n", grouped((found.len() - INTERVALS) as u64)));
    }
}

/// A block an interval; a dot where it was not compared.
fn line(series: &Series) -> String {
    let from = series.psi.len().saturating_sub(LINE);
    let block = |psi: Option<f64>| match psi {
        None => '·',
        Some(psi) => LEVELS[((psi.clamp(0.0, SEVERE) / SEVERE * 7.0).round() as usize).min(7)],
    };
    series.psi[from..].iter().map(|it| block(it.as_f64())).collect()
}
