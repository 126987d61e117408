//! The intervals of a feed as a heat map of columns over time, and those with a trip or an alert as a table.

use super::super::timeline::{COLUMNS, INTERVALS, alert, band, largest, ranked, sentence, told};
use super::text;
use crate::report::wire::{Report, Series, Timeline};
use crate::words::grouped;

/// Writes the section, where there is a timeline.
pub(super) fn section(report: &Report, out: &mut String) {
    let Some(timeline) = report.timeline.as_ref().filter(|it| !it.intervals.is_empty()) else { return };
    out.push_str(&format!("<section>\n<h2>Over time</h2>\n<p>{}</p>\n", text(&sentence(timeline))));
    if !timeline.columns.is_empty() {
        heat(timeline, out);
    }
    intervals(timeline, out);
    out.push_str("</section>\n");
}

fn heat(timeline: &Timeline, out: &mut String) {
    let from = timeline.intervals.len().saturating_sub(INTERVALS);
    let (first, last) = (&timeline.intervals[from], &timeline.intervals[timeline.intervals.len() - 1]);
    out.push_str(&format!(
        "<p class=\"note\">PSI beyond chance, {} … {}: <span class=\"key none\"></span> below 0.02 \
         <span class=\"key small\"></span> to 0.1 <span class=\"key moderate\"></span> to 0.25 \
         <span class=\"key severe\"></span> and more; ! tripped.</p>\n<div class=\"wide\"><table class=\"heat\"><thead><tr>\
         <th>Column</th><th>Intervals</th><th class=\"n\">Largest</th><th class=\"n\">Unusual from</th>\
         <th class=\"n\">Tripped</th><th>Alert</th></tr></thead><tbody>\n",
        text(&first.key),
        text(&last.key)
    ));
    let columns = ranked(timeline);
    for series in columns.iter().take(COLUMNS) {
        out.push_str(&format!(
            "<tr><th scope=\"row\">{}</th><td>{}</td><td class=\"n\">{:.3}</td><td class=\"n\">{}</td>\
             <td class=\"n\">{}</td><td>{}</td></tr>\n",
            text(&series.column),
            cells(series, timeline, from),
            largest(series),
            series.limit.as_f64().map_or_else(String::new, |it| format!("{it:.3}")),
            grouped(series.tripped.len() as u64),
            alert(series, timeline),
        ));
    }
    out.push_str("</tbody></table></div>\n");
    if columns.len() > COLUMNS {
        let more = grouped((columns.len() - COLUMNS) as u64);
        out.push_str(&format!("<p class=\"note\">and {more} more columns</p>\n"));
    }
}

fn cells(series: &Series, timeline: &Timeline, from: usize) -> String {
    let cell = |(at, psi): (usize, &crate::report::wire::Scalar)| {
        let key = timeline.intervals.get(at).map_or("", |it| it.key.as_str());
        let tripped = series.tripped.binary_search(&(at as u64)).is_ok();
        let psi = psi.as_f64();
        let told = psi.map_or_else(|| "not compared".to_owned(), |it| format!("{it:.3}"));
        let class = band(psi);
        format!("<i class=\"{class}\" title=\"{}: {told}\">{}</i>", text(key), if tripped { "!" } else { "" })
    };
    series.psi.iter().enumerate().skip(from).map(cell).collect()
}

fn intervals(timeline: &Timeline, out: &mut String) {
    let found = told(timeline);
    if found.is_empty() {
        out.push_str("<p>In no interval a column drifted beyond what is usual for it.</p>\n");
        return;
    }
    out.push_str(
        "<div class=\"wide\"><table><thead><tr><th>Interval</th><th class=\"n\">Rows</th><th>Tripped</th>\
         <th>Alert stands</th><th>Marked</th></tr></thead><tbody>\n",
    );
    for it in found.iter().take(INTERVALS) {
        out.push_str(&format!(
            "<tr><th scope=\"row\">{}</th><td class=\"n\">{}</td><td>{}</td><td>{}</td><td>{}</td></tr>\n",
            text(&it.interval.key),
            grouped(it.interval.rows),
            text(&it.tripped.join(", ")),
            text(&it.alerts.join(", ")),
            text(it.interval.mark.as_deref().unwrap_or_default()),
        ));
    }
    out.push_str("</tbody></table></div>\n");
    if found.len() > INTERVALS {
        let more = grouped((found.len() - INTERVALS) as u64);
        out.push_str(&format!("<p class=\"note\">and {more} more</p>\n"));
    }
}
