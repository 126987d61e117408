//! The report document in, what a person reads on a terminal out: the verdict, the table, the columns, what is odd,
//! what was broken and what has drifted.

mod columns;
mod drift;
mod escape;
mod findings;
mod like;
mod multivariate;
mod number;
mod overview;
mod paint;
mod segments;
mod sparkline;
mod table;
mod timeline;

pub use paint::Paint;

use super::wire::Report;

/// How wide and how coloured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Cells of the terminal.
    pub width: usize,
    /// Colours or none.
    pub paint: Paint,
}

impl Look {
    /// For files and pipes: 100 cells, no colours.
    pub const PLAIN: Look = Look { width: 100, paint: Paint::Plain };

    fn width(self) -> usize {
        self.width.clamp(40, 400)
    }
}

/// The most columns, issues, findings and drifted columns that are listed; the JSON document has them all.
const LISTED: usize = 200;
/// The most places that are shown of one issue or finding.
const PLACES: usize = 3;

/// The whole text, with a newline at its end.
pub fn render(report: &Report, look: Look) -> String {
    let mut out = String::new();
    overview::render(report, look, &mut out);
    columns::render(report, look, &mut out);
    findings::issues(report, look, &mut out);
    findings::findings(report, look, &mut out);
    drift::render(report, look, &mut out);
    segments::render(report, look, &mut out);
    like::render(report, look, &mut out);
    multivariate::render(report, look, &mut out);
    timeline::render(report, look, &mut out);
    out
}

/// Text that came from data or from a person, on one line and safe for a terminal.
pub fn safe(text: &str) -> String {
    escape::shown(text)
}

/// A heading after an empty line.
fn heading(text: &str, look: Look, out: &mut String) {
    out.push('\n');
    out.push_str(&look.paint.ink(paint::Ink::Strong, text));
    out.push('\n');
}

/// A faint line that says what was left out.
fn left_out(total: usize, what: &str, look: Look, out: &mut String) {
    if total > LISTED {
        let text = format!(
            "  and {} more {what}; --format json has them all",
            number::count((total - LISTED) as u64)
        );
        out.push_str(&look.paint.ink(paint::Ink::Faint, &text));
        out.push('\n');
    }
}

#[cfg(test)]
mod tests;
