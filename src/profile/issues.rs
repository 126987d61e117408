//! What is odd about a file, in words: what readers counted, and what the tallies of the columns say.

use super::build::Parts;
use crate::cell::classify::Kind;
use crate::cell::plan::ColumnPlan;
use crate::cell::{Type, tokens};
use crate::issue::{Code, Issue};
use crate::sketch::column::ColumnState;
use crate::sketch::partial::Partial;
use crate::sketch::places::{Places, resolve};
use crate::words::grouped;

/// All issues of a file: of the table first, then by column.
pub fn issues(parts: &Parts<'_>, partial: &Partial) -> Vec<Issue> {
    let mut counted = partial.issues.clone();
    for (code, column, place) in parts.head {
        let mut places = Places::default();
        places.add(1, || place.clone());
        counted.entry((*code, *column)).or_default().merge(&places, partial.places as usize);
    }
    let mut found = Vec::new();
    for ((code, column), places) in &counted {
        let Some(code) = Code::ALL.get(usize::from(*code)).copied() else { continue };
        let column = column.checked_sub(1).and_then(|at| Some(parts.plans.get(at as usize)?.name.clone()));
        let message = message(code, places.count);
        let lines =
            if places.first.iter().all(|it| it.row.is_none()) && is_head(code) { 0 } else { parts.data_line };
        let places_resolved = resolve(&places.first, &partial.segments, lines);
        found.push(Issue { code, column, count: places.count, message, places: places_resolved });
    }
    for (plan, state) in parts.plans.iter().zip(&partial.columns) {
        of_column(plan, state, &mut found);
    }
    if partial.rows() == 0 {
        found.push(issue(Code::NoRows, None, 1, "the file has no data rows".to_owned()));
    }
    let place = |name: &Option<String>| {
        name.as_ref()
            .map_or(0, |name| parts.plans.iter().position(|plan| plan.name == *name).map_or(0, |at| at + 1))
    };
    crate::order::sort_by_key(&mut found, |it| (place(&it.column), it.code));
    found
}

fn is_head(code: Code) -> bool {
    matches!(
        code,
        Code::DuplicateHeader
            | Code::EmptyHeader
            | Code::HtmlPage
            | Code::ErrorBody
            | Code::TooManyColumns
            | Code::BadUtf8
    )
}

fn issue(code: Code, column: Option<String>, count: u64, message: String) -> Issue {
    Issue { code, column, count, message, places: Vec::new() }
}

fn of_column(plan: &ColumnPlan, state: &ColumnState, found: &mut Vec<Issue>) {
    if plan.typed {
        return;
    }
    let tally = state.whole_tally();
    let decision = tally.decide();
    let column = || Some(plan.name.clone());
    let kind = |kind: Kind| tally.kinds[kind as usize];
    if decision.mixed && !plan.governed {
        let text = kind(Kind::Text);
        let others = tally.present() - text;
        let message = format!(
            "{} cells are numbers, dates or booleans and {} are other text",
            grouped(others),
            grouped(text)
        );
        found.push(issue(Code::MixedTypes, column(), text.min(others), message));
    }
    if decision.ambiguous && plan.ty.is_temporal() && !plan.governed {
        let message =
            "no day is above 12, so day and month could be the other way round; read as day first".to_owned();
        found.push(issue(Code::AmbiguousDates, column(), state.valid, message));
    }
    let (local, zoned) = (kind(Kind::Timestamp) + kind(Kind::Date), kind(Kind::Zoned));
    if matches!(plan.ty, Type::Timestamp { .. }) && local > 0 && zoned > 0 {
        let message = format!(
            "{} timestamps have a zone and {} have none, which are taken as UTC",
            grouped(zoned),
            grouped(local)
        );
        found.push(issue(Code::MixedZones, column(), local.min(zoned), message));
    }
    let zeros = kind(Kind::LeadingZero);
    if plan.ty.is_numeric() && zeros > 0 {
        let message = format!("{} numbers have leading zeros, which are lost", grouped(zeros));
        found.push(issue(Code::LeadingZeros, column(), zeros, message));
    }
    suspected(plan, &tally.tokens, found);
    if tally.padded > 0 {
        let message = format!("{} values have white space around them", grouped(tally.padded));
        found.push(issue(Code::PaddedCells, column(), tally.padded, message));
    }
}

/// Null tokens that were kept as values.
fn suspected(plan: &ColumnPlan, counts: &[u64], found: &mut Vec<Issue>) {
    let kept: Vec<(usize, u64)> = counts
        .iter()
        .enumerate()
        .filter(|(bit, n)| **n > 0 && plan.nulls >> bit & 1 == 0)
        .map(|(bit, n)| (bit, *n))
        .collect();
    let total: u64 = kept.iter().map(|it| it.1).sum();
    if total == 0 {
        return;
    }
    let words: Vec<String> = kept
        .iter()
        .take(3)
        .map(|(bit, n)| format!("{:?} × {}", tokens::spelling(*bit), grouped(*n)))
        .collect();
    let message = format!("{} may stand for a missing value; kept as text", words.join(", "));
    found.push(issue(Code::SuspectedNull, Some(plan.name.clone()), total, message));
}

fn message(code: Code, n: u64) -> String {
    let s = if n == 1 { "" } else { "s" };
    let have = if n == 1 { "has" } else { "have" };
    let are = if n == 1 { "is" } else { "are" };
    let n = grouped(n);
    match code {
        Code::RaggedRow => {
            format!("{n} record{s} {have} fewer or more cells than the header; short ones were padded")
        }
        Code::BlankLine => format!("{n} blank line{s} skipped"),
        Code::BadUtf8 => format!("{n} cell{s} {have} bytes that are not UTF-8"),
        Code::DuplicateHeader => {
            format!("{n} column{s} {have} the name of another and got a number behind it")
        }
        Code::EmptyHeader => format!("{n} column{s} {have} no name and got the one of the position"),
        Code::StrayQuote => format!("{n} cell{s} {have} a quote where none belongs"),
        Code::UnclosedQuote => "a quoted cell never ends: all that follows was read as one cell".to_owned(),
        Code::NulByte => format!("{n} cell{s} {have} NUL bytes"),
        Code::MalformedRecord => format!("{n} record{s} could not be read as JSON and {have} been set aside"),
        Code::DuplicateKey => format!("{n} record{s} {have} the same key twice; the last one counts"),
        Code::NotAnObject => format!("{n} record{s} that {are} no object {have} been set aside"),
        Code::MixedTypes => format!("{n} cells are of another type than the rest"),
        Code::AmbiguousDates => "day and month could be the other way round".to_owned(),
        Code::MixedZones => "timestamps with and without zone".to_owned(),
        Code::LeadingZeros => format!("{n} number{s} with leading zeros"),
        Code::SuspectedNull => format!("{n} value{s} may stand for a missing one"),
        Code::PaddedCells => format!("{n} value{s} with white space around"),
        Code::TooManyColumns => "there are more columns than are profiled".to_owned(),
        Code::NoRows => "the file has no data rows".to_owned(),
        Code::HtmlPage => "this is an HTML page, not data: probably an error page was saved".to_owned(),
        Code::ErrorBody => {
            "this is an error message in JSON, not data: the request behind it failed".to_owned()
        }
    }
}
