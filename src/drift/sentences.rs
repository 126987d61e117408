//! A decided column in, the sentences that a person reads about it out.

use super::decision::{MOVED, Measured};
use super::kinds::new_categories::New;
use super::kinds::range_escape::Escape;
use super::kinds::{invalid_share, missing_share};
use super::outcome::{Band, Contribution, Kind, Outcome};
use super::share::Shares;
use super::words::{count, number, percent, quoted};
use crate::finding::{Finding, Severity, Status, Tier};
use crate::profile::{Column, Scalar};

/// Values that moved by so many robust standard deviations are worth a look however few they are.
const FAR: f64 = 1.0;

/// What there is to say about a column, with its outcome.
pub(crate) fn findings(measured: &Measured<'_>) -> Vec<Finding> {
    let drift = &measured.drift;
    let name = quoted(&drift.column);
    let reason = drift.reason.clone().unwrap_or_default();
    let mut said: Vec<Finding> = Vec::new();
    if !measured.told.is_empty() {
        said.push(of_values(measured, &name, &reason));
    }
    said.extend(drift.kinds.iter().filter_map(|kind| of_kind(measured, *kind, &name)));
    if drift.kinds.is_empty() {
        let (status, message, reason) = match drift.outcome {
            Outcome::Stable => (Status::Pass, format!("{name} is stable: {reason}"), None),
            Outcome::LeftOut => (Status::NotRun, format!("{name} is left out: {reason}"), Some(reason)),
            Outcome::TooFewRows => (Status::NotRun, format!("{name}: {reason}"), Some(reason)),
            _ => (Status::NotRun, format!("{name} cannot be compared: {reason}"), Some(reason)),
        };
        said.push(Finding { reason, ..finding(measured, "drift", Severity::Info, status, message) });
    }
    if let Some(new) = measured.new.as_ref().filter(|new| !new.warns) {
        said.push(new_values(measured, new, Severity::Info, &name));
    }
    if measured.emptied && drift.outcome == Outcome::Drifted {
        // One finding for one event: the emptied column stands for its shares.
        let moved = said.iter().any(|f| matches!(f.rule, "missing-share" | "invalid-share"));
        said.retain(|f| !matches!(f.rule, "missing-share" | "invalid-share"));
        if moved {
            said.insert(0, emptied(measured, &name));
        }
    }
    said
}

/// The drift of the valid values: its kinds in words, the numbers, the bin that says most, what may be behind it.
fn of_values(measured: &Measured<'_>, name: &str, reason: &str) -> Finding {
    let drift = &measured.drift;
    let far = drift.effect.as_ref().is_some_and(|it| it.name == MOVED && it.value >= FAR);
    let is_large = drift.band >= Some(Band::Moderate) || far || drift.kinds.contains(&Kind::RangeEscape);
    let severity = if is_large { Severity::Warning } else { Severity::Info };
    let band = drift.band.filter(|b| *b != Band::None).map_or(String::new(), |b| format!(", {}", b.id()));
    let mut parts: Vec<String> = measured.told.iter().map(|told| told.words.clone()).collect();
    parts.push(reason.into());
    if let Some(part) = drift.contributions.first() {
        let bin = if part.kind == "category" { quoted(&part.bin) } else { part.bin.clone() };
        parts.push(format!("most at {bin}: {} → {}", percent(part.reference), percent(part.current)));
    }
    if drift.kinds.contains(&Kind::RangeEscape) {
        parts.extend(measured.escape.as_ref().map(escaped));
    }
    parts.extend(drift.explanations.first().map(|it| it.message.clone()));
    let message = format!("{name} has drifted{band}: {}", parts.join("; "));
    finding(measured, "drift", severity, Status::Fail, message)
}

/// The cells beyond the reference's ends.
fn escaped(escape: &Escape) -> String {
    let (low, high) = (number(escape.range.0), number(escape.range.1));
    let below = (escape.below, "below", &low, number(escape.now.0));
    let above = (escape.above, "above", &high, number(escape.now.1));
    let one = |(cells, word, end, farthest): (u64, &str, &String, String)| {
        let values = if cells == 1 { "value" } else { "values" };
        (cells > 0).then(|| format!("{} {values} {word} {end}, as far as {farthest}", count(cells)))
    };
    let list: Vec<String> = [one(above), one(below)].into_iter().flatten().collect();
    format!("{}; the reference had only {low} … {high}", list.join(" and "))
}

fn of_kind(measured: &Measured<'_>, kind: Kind, name: &str) -> Option<Finding> {
    let drift = &measured.drift;
    Some(match kind {
        // One finding for one event: the values as a whole stand for these.
        Kind::Location | Kind::Spread | Kind::Shape | Kind::CategoryShare => return None,
        Kind::RangeEscape => {
            let escape = measured.escape.as_ref().filter(|_| measured.told.is_empty())?;
            let mut message = format!("{name} has {}", escaped(escape));
            message.extend(drift.explanations.first().map(|it| format!("; {}", it.message)));
            let cells = escape.below + escape.above;
            let found = finding(measured, "range-escape", Severity::Warning, Status::Fail, message);
            Finding {
                count: cells,
                expected: Some(format!("{} … {}", number(escape.range.0), number(escape.range.1))),
                observed: Some(format!("{} … {}", number(escape.now.0), number(escape.now.1))),
                ..found
            }
        }
        Kind::Missing => {
            let shares = missing_share::shares(measured.reference, measured.current);
            of_share(measured, "missing-share", "missing", shares, name)
        }
        Kind::Invalid => {
            let shares = invalid_share::shares(measured.reference, measured.current);
            of_share(measured, "invalid-share", "invalid", shares, name)
        }
        Kind::NewCategories => match &measured.new {
            Some(new) => new_values(measured, new, Severity::Warning, name),
            None => finding(measured, "new-categories", Severity::Warning, Status::Fail, name.into()),
        },
        Kind::VanishedCategories => {
            let list = listed(measured.vanished.iter().map(|v| format!("{} ({})", quoted(&v.0), count(v.1))));
            let expected: f64 = measured.vanished.iter().map(|v| v.2).sum();
            let message = format!(
                "{name} has lost {list}; about {} cells were to be expected",
                count(expected.round() as u64)
            );
            finding(measured, "vanished-categories", Severity::Warning, Status::Fail, message)
        }
        Kind::ConstantChanged => {
            let most = |of: fn(&Contribution) -> f64| {
                let parts = drift.contributions.iter().filter(|p| !matches!(p.kind, "missing" | "invalid"));
                parts.max_by(|a, b| of(a).total_cmp(&of(b))).map_or(String::new(), |part| quoted(&part.bin))
            };
            let (was, is) = (
                only(measured.reference, most(|p| p.reference)),
                only(measured.current, most(|p| p.current)),
            );
            let message = format!("{name} was always {was} and is always {is} now");
            Finding {
                expected: Some(was),
                observed: Some(is),
                ..finding(measured, "constant-changed", Severity::Warning, Status::Fail, message)
            }
        }
    })
}

/// The one value of a constant column.
fn only(column: &Column, otherwise: String) -> String {
    column.top.first().map_or(otherwise, |top| match &top.value {
        Scalar::Integer(x) => x.to_string(),
        Scalar::Float(x) => number(*x),
        Scalar::Text(text) => quoted(text),
    })
}

fn of_share(measured: &Measured<'_>, rule: &'static str, word: &str, shares: Shares, name: &str) -> Finding {
    let (before, now) = (percent(shares.before()), percent(shares.now()));
    let message = format!(
        "{name}: {before} of the cells were {word}, {now} are now ({} of {})",
        count(shares.l),
        count(shares.m)
    );
    Finding {
        count: shares.l,
        total: shares.m,
        expected: Some(format!("about {before} {word}")),
        observed: Some(format!("{now} {word}")),
        ..finding(measured, rule, Severity::Warning, Status::Fail, message)
    }
}

fn new_values(measured: &Measured<'_>, new: &New, severity: Severity, name: &str) -> Finding {
    let list = listed(new.values.iter().map(|v| format!("{} ({})", quoted(&v.0), count(v.1))));
    let share = new.count as f64 / measured.current.valid.max(1) as f64;
    let message =
        format!("{name} has values that the reference never had: {list}; {} of the cells", percent(share));
    Finding { count: new.count, ..finding(measured, "new-categories", severity, Status::Fail, message) }
}

fn emptied(measured: &Measured<'_>, name: &str) -> Finding {
    let (a, b) = (measured.reference, measured.current);
    let gone = |c: &Column| (c.missing + c.invalid) as f64 / c.rows.max(1) as f64;
    let (before, now) = (percent(gone(a)), percent(gone(b)));
    let message = format!("{name} is emptied: {now} of its cells have no valid value, {before} before");
    Finding {
        count: b.missing + b.invalid,
        expected: Some(format!("about {before} without a value")),
        observed: Some(format!("{now} without a value")),
        ..finding(measured, "column-emptied", Severity::Critical, Status::Fail, message)
    }
}

/// The first five, and how many more.
fn listed(items: impl ExactSizeIterator<Item = String>) -> String {
    let more = items.len().saturating_sub(5);
    let first: Vec<String> = items.take(5).collect();
    if more > 0 { format!("{} and {} more", first.join(", "), count(more as u64)) } else { first.join(", ") }
}

fn finding(
    measured: &Measured<'_>,
    rule: &'static str,
    severity: Severity,
    status: Status,
    message: String,
) -> Finding {
    Finding {
        column: Some(measured.drift.column.clone()),
        total: measured.current.rows,
        ..Finding::new(rule, Tier::Drift, severity, status, message)
    }
}
