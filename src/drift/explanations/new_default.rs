//! `new-default`: one value that hardly stood in the reference and now stands for many, as what a program writes where it
//! has no value.

use super::super::outcome::Explanation;
use super::super::overlay::shown;
use super::super::pair::{self, scale};
use super::super::summary::{Sample, gap};
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
/// How far outside the old range a well-known default has to be, as a part of its width; a negative one of values that were
/// never negative may be close.
const OUTSIDE: f64 = 0.1;
/// Numbers that stand for no value.
const NUMBERS: [f64; 13] =
    [0.0, -1.0, 1.0, 9.0, 99.0, 999.0, 9999.0, 99_999.0, 999_999.0, -9.0, -99.0, -999.0, -9999.0];
/// The distance of the other values from the reference that is left beside chance.
const REST: f64 = 0.05;
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

/// A value, its cells, and the most cells of the two values on either side of it.
type Candidate = (f64, u64, u64);

fn of_ordered(subject: &Subject<'_>, old: &Ordered, new: &Ordered) -> Option<Explanation> {
    let ty = subject.current.ty;
    if ty == Type::Boolean {
        return None;
    }
    // A bucket's heaviest value is known where the profile lists it.
    let candidates = if new.shift == 0 { heavy(subject.current, new) } else { listed(subject.current) };
    let (first, last) = (old.entries.first()?, old.entries.last()?);
    let end = |bucket: u128| pair::number(subject.reference.ty, old, bucket);
    let (low, high) = (end(first.0), end(last.0));
    candidates.into_iter().find_map(|(value, cells, next)| {
        let share = cells as f64 / subject.current.valid.max(1) as f64;
        let before = held(subject.reference, old, value) / subject.reference.valid.max(1) as f64;
        if share < SHARE || (cells as f64) < CELLS || before > BEFORE * share {
            return None;
        }
        let known = if ty.is_temporal() { day(ty, value) } else { NUMBERS.contains(&value) };
        let times = if known { KNOWN_TIMES } else { TIMES };
        // Values that are compared one by one have no neighbours to stand out from.
        let alone = subject.sides.is_some() && cells >= times.saturating_mul(next.max(1));
        let away = (low - value).max(value - high);
        let outside = away > 0.0 && (away >= OUTSIDE * (high - low) || value < 0.0 && low >= 0.0);
        let stands_out = alone
            || known && outside && cells as f64 >= beyond(subject.current, new, value, (low, high)) / 2.0;
        (stands_out && rest_is_as_before(subject, value))
            .then(|| told(&shown(value, ty), before, share, known))
    })
}

/// Current cells beyond the end of the old range that the value is beyond: a stand-in stands alone there, a value of a column that
/// has moved as a whole does not.
fn beyond(column: &Column, side: &Ordered, value: f64, (low, high): (f64, f64)) -> f64 {
    let out = |bucket: u128| {
        let x = pair::number(column.ty, side, bucket);
        if value < low { x < low } else { x > high }
    };
    side.entries.iter().filter(|e| out(e.0)).map(|e| e.1).sum::<u64>() as f64
}

/// Whether the values without this one are the reference's: else something else is behind the drift.
fn rest_is_as_before(subject: &Subject<'_>, value: f64) -> bool {
    let Some(sides) = subject.sides else { return true };
    let near = 1e-9 * value.abs();
    let rest = |sample: &Sample| {
        Sample::new(sample.values.iter().copied().filter(|x| (x - value).abs() > near).collect())
    };
    let (old, new) = (rest(&sides.reference), rest(&sides.current));
    let part = new.values.len() as f64 / sides.current.values.len().max(1) as f64;
    let noise = 1.36 * crate::num::sqrt(1.0 / sides.n as f64 + 1.0 / (part * sides.m as f64).max(1.0));
    gap(&old.law(), &new, sides.tolerance()) <= REST + noise
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

/// The values of at least the least share, the heaviest first.
fn heavy(column: &Column, side: &Ordered) -> Vec<Candidate> {
    let entries = &side.entries;
    let least = SHARE * column.valid as f64;
    let mut found: Vec<usize> = (0..entries.len()).filter(|&i| entries[i].1 as f64 >= least).collect();
    crate::order::sort_by(&mut found, |a, b| entries[*b].1.cmp(&entries[*a].1).then(a.cmp(b)));
    let next = |at: usize| {
        let near = at.saturating_sub(2)..entries.len().min(at + 3);
        near.filter(|i| *i != at).map(|i| entries[i].1).max().unwrap_or(0)
    };
    found
        .into_iter()
        .map(|at| (pair::number(column.ty, side, entries[at].0), entries[at].1, next(at)))
        .collect()
}

/// The first of the frequent values, with the second for its neighbours.
fn listed(column: &Column) -> Vec<Candidate> {
    let value = |value: &Scalar| match value {
        Scalar::Integer(x) => Some(*x as f64),
        Scalar::Float(x) => Some(*x),
        Scalar::Text(_) => None,
    };
    let first = column.top.first().and_then(|top| Some((value(&top.value)?, top)));
    let next = column.top.get(1).map_or(0, |top| top.count);
    first.map(|(value, top)| (value, top.count.saturating_sub(top.error), next)).into_iter().collect()
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
