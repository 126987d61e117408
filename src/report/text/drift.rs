//! The comparison with the reference: drifted columns with their sizes, then a line on the rest.

use super::escape::shown;
use super::number::{count, double, scalar};
use super::paint::Ink;
use super::table::{Align, Cell, Table};
use super::{LISTED, Look, heading, left_out};
use crate::report::wire::{Drift, Report};

const HEADS: [(&str, Align); 6] = [
    ("column", Align::Left),
    ("outcome", Align::Left),
    ("PSI", Align::Right),
    ("band", Align::Left),
    ("effect", Align::Left),
    ("what happened", Align::Left),
];

/// Writes the columns that are not stable, largest PSI first, and counts the stable ones.
pub(super) fn render(report: &Report, look: Look, out: &mut String) {
    if report.drift.is_empty() {
        return;
    }
    heading("Against the reference", look, out);
    let mut told: Vec<&Drift> = report.drift.iter().filter(|drift| drift.outcome != "stable").collect();
    let stable = report.drift.len() - told.len();
    told.sort_by(|a, b| {
        let key = |drift: &Drift| (drift.outcome != "drifted", -drift.psi_corrected.as_f64().unwrap_or(-1.0));
        let (a, b) = (key(a), key(b));
        a.0.cmp(&b.0).then(a.1.total_cmp(&b.1))
    });
    if !told.is_empty() {
        let mut table = Table::new(&HEADS);
        for drift in told.iter().take(LISTED) {
            table.push(row(drift));
        }
        table.render(out, look.width(), look.paint);
        left_out(told.len(), "columns", look, out);
        explanations(&told, look, out);
    }
    if stable > 0 {
        let columns = if stable == 1 { "column is" } else { "columns are" };
        let text = format!("{} {columns} stable", count(stable as u64));
        out.push_str(&format!("  {}\n", look.paint.ink(Ink::Good, &text)));
    }
}

/// A line for each explanation of the columns that the table lists.
fn explanations(told: &[&Drift], look: Look, out: &mut String) {
    for drift in told.iter().take(LISTED) {
        for it in &drift.explanations {
            let line = format!("{}: {} ({})", shown(&drift.column), shown(&it.message), shown(&it.id));
            out.push_str(&format!("  {} {line}\n", look.paint.ink(Ink::Faint, "may be behind it:")));
        }
    }
}

fn row(drift: &Drift) -> Vec<Cell> {
    let ink = match (drift.outcome.as_str(), drift.band.as_deref()) {
        ("drifted", Some("small")) => Ink::Plain,
        ("drifted", _) => Ink::Warning,
        _ => Ink::Faint,
    };
    let effect = drift.effect.as_ref().map_or(String::new(), |effect| {
        let sure = effect.interval.as_ref();
        let sure = sure.map_or(String::new(), |it| format!(" ({} … {})", double(it.low), double(it.high)));
        format!("{} {}{sure}", shown(&effect.name), double(effect.value))
    });
    let happened = drift.reason.clone().unwrap_or_else(|| drift.kinds.join(", "));
    vec![
        shown(&drift.column).into(),
        Cell::inked(drift.outcome.replace('_', " "), ink),
        scalar(&drift.psi).unwrap_or_default().into(),
        shown(drift.band.as_deref().unwrap_or_default()).into(),
        effect.into(),
        shown(&happened).into(),
    ]
}
