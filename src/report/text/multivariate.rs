//! What the columns say together: the three looks, the columns that tell the files apart, the pairs that changed.

use super::escape::shown;
use super::number::{count, double, scalar};
use super::paint::Ink;
use super::table::{Align, Cell, Table};
use super::{LISTED, Look, heading, left_out};
use crate::report::wire::{ChangedPair, Interval, Multivariate, Report};

const LOOKS: [(&str, Align); 5] = [
    ("look", Align::Left),
    ("found", Align::Left),
    ("q", Align::Right),
    ("says", Align::Left),
    ("why", Align::Left),
];
const PARTS: [(&str, Align); 3] =
    [("column", Align::Left), ("AUC without", Align::Right), ("share", Align::Right)];
const PAIRS: [(&str, Align); 6] = [
    ("column", Align::Left),
    ("and column", Align::Left),
    ("measure", Align::Left),
    ("before", Align::Right),
    ("now", Align::Right),
    ("q", Align::Right),
];
/// Columns of the classifier that are listed.
const COLUMNS: usize = 10;

/// Writes it, where it was asked for.
pub(super) fn render(report: &Report, look: Look, out: &mut String) {
    let Some(found) = &report.multivariate else { return };
    heading("Columns together", look, out);
    let which = if found.sampled { "sampled rows" } else { "rows" };
    let line = format!(
        "{} columns; {} {which} of the reference, {} now",
        found.columns.len(),
        count(found.reference_rows),
        count(found.current_rows)
    );
    out.push_str(&format!("  {}\n", look.paint.ink(Ink::Faint, &line)));
    looks(found).render(out, look.width(), look.paint);
    parts(found, look, out);
    pairs(found, look, out);
    if !found.left_out.is_empty() {
        let mut names: Vec<String> =
            found.left_out.iter().take(COLUMNS).map(|it| shown(&it.column)).collect();
        let more = found.left_out.len() - names.len();
        if more > 0 {
            names.push(format!("{more} more"));
        }
        let line = format!("not looked at: {}", names.join(", "));
        out.push_str(&format!("  {}\n", look.paint.ink(Ink::Faint, &line)));
    }
}

fn looks(found: &Multivariate) -> Table {
    let sure = |it: Option<&Interval>| {
        it.map_or(String::new(), |it| format!(" ({} … {})", double(it.low), double(it.high)))
    };
    let says = |drifted: bool, not_run: Option<&String>| match (drifted, not_run) {
        (_, Some(_)) => Cell::inked("not run", Ink::Faint),
        (true, _) => Cell::inked("drift", Ink::Warning),
        (false, _) => Cell::from("no drift"),
    };
    let mut table = Table::new(&LOOKS);
    let mut push = |name: &str, what: String, q: Option<String>, drifted: bool, why: Option<&String>| {
        let what = if why.is_some() { String::new() } else { what };
        table.push(vec![
            name.into(),
            what.into(),
            q.unwrap_or_default().into(),
            says(drifted, why),
            why.map_or(String::new(), |it| shown(it)).into(),
        ]);
    };
    let it = &found.classifier;
    let what = format!("AUC {}{}", scalar(&it.auc).unwrap_or_default(), sure(it.interval.as_ref()));
    push("classifier", what, scalar(&it.q_value), it.drifted, it.not_run.as_ref());
    let it = &found.reconstruction;
    let number = |value| scalar(value).unwrap_or_default();
    let what = format!(
        "error {} → {}; further off in {}{}",
        number(&it.reference),
        number(&it.current),
        number(&it.probability),
        sure(it.interval.as_ref())
    );
    push("principal components", what, scalar(&it.q_value), it.drifted, it.not_run.as_ref());
    let it = &found.structure;
    let what = format!("{} of {} pairs changed", count(it.changed), count(it.pairs));
    push("correlations", what, scalar(&it.q_value), it.drifted, it.not_run.as_ref());
    table
}

fn parts(found: &Multivariate, look: Look, out: &mut String) {
    let Some(auc) = found.classifier.auc.as_f64().filter(|_| found.classifier.drifted) else { return };
    let mut table = Table::new(&PARTS);
    for it in found.classifier.attribution.iter().take(COLUMNS) {
        table.push(vec![
            shown(&it.column).into(),
            double(auc - it.drop).into(),
            format!("{:.1} %", it.share * 100.0).into(),
        ]);
    }
    table.render(out, look.width(), look.paint);
}

fn pairs(found: &Multivariate, look: Look, out: &mut String) {
    let changed: Vec<&ChangedPair> = found.structure.largest.iter().filter(|it| it.drifted).collect();
    if changed.is_empty() {
        return;
    }
    let mut table = Table::new(&PAIRS);
    for it in changed.iter().take(LISTED) {
        table.push(vec![
            shown(&it.first).into(),
            shown(&it.second).into(),
            shown(&it.measure).into(),
            double(it.reference).into(),
            Cell::inked(double(it.current), Ink::Warning),
            double(it.q_value).into(),
        ]);
    }
    table.render(out, look.width(), look.paint);
    left_out(found.structure.changed as usize, "pairs", look, out);
}
