//! `new-default`: one value that hardly stood in the reference and now stands for many, as what a program writes where it
//! has no value.

use super::super::outcome::Explanation;
use super::super::overlay::shown;
use super::super::pair::{self, scale};
use super::super::words::{percent, quoted};
use super::{Subject, evidence};
use crate::cell::Type;
use crate::profile::{Column, Distribution, Ordered, Scalar};

/// The least share of the current cells, and how much of it the reference may have had.
const SHARE: f64 = 0.03;
const BEFORE: f64 = 0.1;
/// The fewest cells.
const CELLS: f64 = 10.0;
/// How many times more cells than the values next to it have; less for a well-known default.
const TIMES: u64 = 8;
const KNOWN_TIMES: u64 = 3;
/// Numbers that stand for no value.
const NUMBERS: [f64; 13] =
    [0.0, -1.0, 1.0, 9.0, 99.0, 999.0, 9999.0, 99_999.0, 999_999.0, -9.0, -99.0, -999.0, -9999.0];
/// Texts that do, in lower case.
const WORDS: [&str; 20] = [
    "unknown",
    "n/a",
    "na",
    "none",
    "null",
    "nil",
    "nan",
    "-",
    "--",
    "?",
    "other",
    "default",
    "undefined",
    "missing",
    "not available",
    "not specified",
    "unspecified",
    "tbd",
    "test",
    "0",
];
/// Days that do, as days since 1970: 1970-01-01, 1900-01-01, 1899-12-30, 0001-01-01, 9999-12-31, 1753-01-01.
const DAYS: [f64; 6] = [0.0, -25_567.0, -25_569.0, -719_162.0, 2_932_896.0, -79_258.0];

pub(super) fn explain(subject: &Subject<'_>) -> Option<Explanation> {
    match (&subject.reference.distribution, &subject.current.distribution) {
        (Distribution::Ordered(old), Distribution::Ordered(new)) => of_ordered(subject, old, new),
        (Distribution::Categories(_), Distribution::Categories(_)) => of_texts(subject),
        _ => None,
    }
}

fn of_ordered(subject: &Subject<'_>, old: &Ordered, new: &Ordered) -> Option<Explanation> {
    let ty = subject.current.ty;
    // A bucket's heaviest value is known where the profile lists it.
    let heaviest = if new.shift == 0 { entry(subject.current, new) } else { listed(subject.current) };
    let (value, cells, next) = heaviest?;
    let share = cells as f64 / subject.current.valid.max(1) as f64;
    let before = held(subject.reference, old, value) / subject.reference.valid.max(1) as f64;
    let known = if ty.is_temporal() { day(ty, value) } else { NUMBERS.contains(&value) };
    let times = if known { KNOWN_TIMES } else { TIMES };
    let alone = cells >= times.saturating_mul(next.max(1));
    // Few values that are compared one by one have no neighbours to stand out from: only a well-known number outside the
    // old range does.
    let outside = old.entries.first().zip(old.entries.last()).is_some_and(|(first, last)| {
        let (low, high) = (
            pair::number(subject.reference.ty, old, first.0),
            pair::number(subject.reference.ty, old, last.0),
        );
        value < low || value > high
    });
    let apart = if subject.sides.is_some() { alone } else { known && outside };
    if share < SHARE || cells as f64 * 1.0 < CELLS || before > BEFORE * share || !apart || ty == Type::Boolean
    {
        return None;
    }
    let name = shown(value, ty);
    Some(told(&name, before, share, known))
}

fn told(name: &str, before: f64, now: f64, known: bool) -> Explanation {
    let word = if known { ", a usual stand-in for no value," } else { "" };
    Explanation {
        id: "new-default",
        message: format!(
            "{name}{word} holds {} of the values now, {} before",
            percent(now),
            if before > 0.0 { percent(before) } else { "none".into() }
        ),
        evidence: vec![evidence(&format!("share of {name}"), percent(before), percent(now))],
    }
}

/// The heaviest value with its cells, and the most cells of the two values on either side of it.
fn entry(column: &Column, side: &Ordered) -> Option<(f64, u64, u64)> {
    let entries = &side.entries;
    let at = (0..entries.len()).reduce(|best, i| if entries[i].1 > entries[best].1 { i } else { best })?;
    let near = entries[at.saturating_sub(2)..entries.len().min(at + 3)].iter().enumerate();
    let next = near.filter(|(i, _)| at.saturating_sub(2) + i != at).map(|(_, e)| e.1).max().unwrap_or(0);
    Some((pair::number(column.ty, side, entries[at].0), entries[at].1, next))
}

/// The same from the list of frequent values: the first, and the second for its neighbours.
fn listed(column: &Column) -> Option<(f64, u64, u64)> {
    let first = column.top.first()?;
    let value = match &first.value {
        Scalar::Integer(x) => *x as f64,
        Scalar::Float(x) => *x,
        Scalar::Text(_) => return None,
    };
    let next = column.top.get(1).map_or(0, |top| top.count);
    Some((value, first.count.saturating_sub(first.error), next))
}

/// Cells of a side that hold a value, or stand in its bucket.
fn held(column: &Column, side: &Ordered, value: f64) -> f64 {
    let factor = if side.domain == crate::cell::Domain::Signed { scale(column.ty) } else { 1.0 };
    let inside = |bucket: u128| {
        let (low, high) = side.domain.bucket(bucket, side.shift);
        let (low, high) = (side.domain.number(low) / factor, side.domain.number(high) / factor);
        (low - 1e-9 * low.abs()..=high + 1e-9 * high.abs()).contains(&value)
    };
    side.entries.iter().filter(|e| inside(e.0)).map(|e| e.1).sum::<u64>() as f64
}

fn day(ty: Type, value: f64) -> bool {
    match ty {
        Type::Date => DAYS.contains(&value),
        Type::Timestamp { .. } => DAYS.contains(&(value / 86_400.0)),
        _ => false,
    }
}

/// Of texts, novelty alone says nothing: only words that stand for no value.
fn of_texts(subject: &Subject<'_>) -> Option<Explanation> {
    let (Distribution::Categories(old), Distribution::Categories(new)) =
        (&subject.reference.distribution, &subject.current.distribution)
    else {
        return None;
    };
    let known = new.entries.iter().filter(|e| {
        e.label.as_ref().is_some_and(|text| WORDS.contains(&text.trim().to_lowercase().as_str()))
    });
    let found = known.max_by(|a, b| a.count.cmp(&b.count).then(b.hash.cmp(&a.hash)))?;
    let shift = old.shift.max(new.shift);
    let bucket = |hash: u64, own: u32| hash.checked_shr(shift - own).unwrap_or(0);
    let here = bucket(found.hash, new.shift);
    let held: u64 = old.entries.iter().filter(|e| bucket(e.hash, old.shift) == here).map(|e| e.count).sum();
    let share = found.count as f64 / subject.current.valid.max(1) as f64;
    let before = held as f64 / subject.reference.valid.max(1) as f64;
    if share < SHARE || (found.count as f64) < CELLS || before > BEFORE * share {
        return None;
    }
    Some(told(&quoted(found.label.as_deref().unwrap_or_default()), before, share, true))
}
