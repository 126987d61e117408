//! What another tool says of the same files: its verdict, then a line a column, with ours and why they differ.

use super::escape::shown;
use super::number::scalar;
use super::paint::Ink;
use super::table::{Align, Cell, Table};
use super::{LISTED, Look, heading, left_out};
use crate::report::wire::{Like, LikeColumn, LikeMethod, Report};

const HEADS: [(&str, Align); 7] = [
    ("column", Align::Left),
    ("method", Align::Left),
    ("value", Align::Right),
    ("threshold", Align::Right),
    ("says", Align::Left),
    ("ours", Align::Left),
    ("why", Align::Left),
];

/// Writes it, where it was asked for.
pub(super) fn render(report: &Report, look: Look, out: &mut String) {
    let Some(like) = &report.like else { return };
    heading(&title(like), look, out);
    let ink = if like.drifted == Some(true) { Ink::Warning } else { Ink::Plain };
    out.push_str(&format!("  {}\n", look.paint.ink(ink, &shown(&like.sentence))));
    let mut table = Table::new(&HEADS);
    like.columns.iter().take(LISTED).for_each(|column| table.push(row(column)));
    like.table.iter().for_each(|method| table.push(of_rows(method)));
    if !like.columns.is_empty() || !like.table.is_empty() {
        table.render(out, look.width(), look.paint);
        left_out(like.columns.len(), "columns", look, out);
    }
    like.table.iter().filter(|it| it.name == "reconstruction_error").for_each(|it| chunks(it, look, out));
}

/// A statistic of whole rows.
fn of_rows(method: &LikeMethod) -> Vec<Cell> {
    let says = match method.drifted {
        Some(true) => Cell::inked(alerts(Some(method)), Ink::Warning),
        Some(false) => Cell::from("no drift"),
        None => Cell::inked("not run", Ink::Faint),
    };
    vec![
        Cell::inked("(rows)", Ink::Faint),
        shown(&method.name).into(),
        scalar(&method.value).unwrap_or_default().into(),
        scalar(&method.upper).unwrap_or_default().into(),
        says,
        "".into(),
        shown(method.reason.as_deref().unwrap_or_default()).into(),
    ]
}

/// A line for each chunk of the current file.
fn chunks(method: &LikeMethod, look: Look, out: &mut String) {
    let heads = [
        ("chunk", Align::Left),
        ("reconstruction error", Align::Right),
        ("sampling error", Align::Right),
        ("alert", Align::Left),
    ];
    let all = || method.chunks.iter().filter(|it| !it.reference);
    if all().count() == 0 {
        return;
    }
    let (lower, upper) = (scalar(&method.lower), scalar(&method.upper));
    let usual = format!("usual: {} … {}", lower.unwrap_or_default(), upper.unwrap_or_default());
    out.push_str(&format!("  {}\n", look.paint.ink(Ink::Faint, &usual)));
    let mut table = Table::new(&heads);
    for chunk in all().take(LISTED) {
        table.push(vec![
            shown(&chunk.key).into(),
            scalar(&chunk.value).unwrap_or_default().into(),
            scalar(&chunk.sampling_error).unwrap_or_default().into(),
            if chunk.alert { Cell::inked("alert", Ink::Warning) } else { "".into() },
        ]);
    }
    table.render(out, look.width(), look.paint);
    left_out(all().count(), "chunks", look, out);
}

fn title(like: &Like) -> String {
    if like.tool == "driftline" {
        "By the methods asked for".to_owned()
    } else {
        format!("As {} {} decides", shown(&like.tool), shown(&like.version))
    }
}

fn row(column: &LikeColumn) -> Vec<Cell> {
    let deciding = column.methods.iter().take(column.decides as usize);
    let method = deciding.clone().find(|it| it.drifted == column.drifted).or(deciding.clone().next());
    let says = match column.drifted {
        Some(true) => Cell::inked(alerts(method), Ink::Warning),
        Some(false) => Cell::from("no drift"),
        None if column.left_out.is_some() => Cell::inked("left out", Ink::Faint),
        None => Cell::inked("not run", Ink::Faint),
    };
    let reason = method.and_then(|it| it.reason.clone());
    let why = column.differs.clone().or(column.left_out.clone()).or(reason).unwrap_or_default();
    let number = |of: fn(&LikeMethod) -> Option<String>| method.and_then(of).unwrap_or_default();
    vec![
        shown(&column.column).into(),
        method.map_or(String::new(), |it| shown(&it.name)).into(),
        number(|it| scalar(&it.value)).into(),
        number(|it| scalar(&it.upper)).into(),
        says,
        column.ours.as_deref().unwrap_or_default().replace('_', " ").into(),
        shown(&why).into(),
    ]
}

fn alerts(method: Option<&LikeMethod>) -> String {
    let chunks = method.map_or(&[][..], |it| &it.chunks);
    let current = chunks.iter().filter(|it| !it.reference);
    match current.clone().count() {
        0 => "drift".to_owned(),
        all => format!("{} of {all} chunks", current.filter(|it| it.alert).count()),
    }
}
