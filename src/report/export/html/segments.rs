//! Where columns drifted, with the rows below.

use super::super::segments::{carries, happened, spread};
use super::text;
use crate::report::wire::{Report, Segment};
use crate::words::grouped;

/// The section, where it was asked for.
pub(super) fn segments(report: &Report, out: &mut String) {
    let Some(found) = &report.segments else { return };
    out.push_str("<section>\n<h2>Where it drifted</h2>\n");
    for column in &found.columns {
        let name = text(&column.column);
        if column.segments.is_empty() {
            out.push_str(&format!("<p><b>{name}</b>: {}</p>\n", text(&spread(column))));
        }
        for segment in &column.segments {
            out.push_str(&format!(
                "<div class=\"entry warning\">\n<p><b>{name}</b>: <b>{}</b> carries {}</p>\n<p>{}</p>\n",
                text(&segment.words()),
                carries(column, segment),
                text(&happened(segment)),
            ));
            examples(segment, out);
            out.push_str("</div>\n");
        }
    }
    for reason in &found.not_run {
        out.push_str(&format!("<p class=\"note\">Not run: {}</p>\n", text(reason)));
    }
    out.push_str("</section>\n");
}

/// A table of the rows.
pub(super) fn examples(segment: &Segment, out: &mut String) {
    if segment.examples.is_empty() {
        return;
    }
    let names: String = segment.columns.iter().map(|it| format!("<th>{}</th>", text(it))).collect();
    out.push_str(&format!(
        "<div class=\"wide\"><table><thead><tr><th class=\"n\">Row</th>{names}</tr></thead><tbody>\n"
    ));
    for example in &segment.examples {
        let cell = |it: &Option<String>| {
            let inside =
                it.as_deref().map_or("<i>missing</i>".to_owned(), |it| format!("<code>{}</code>", text(it)));
            format!("<td>{inside}</td>")
        };
        let cells: String = example.cells.iter().map(cell).collect();
        out.push_str(&format!("<tr><td class=\"n\">{}</td>{cells}</tr>\n", grouped(example.row)));
    }
    out.push_str("</tbody></table></div>\n");
}
