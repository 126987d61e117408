//! `cell-format`: cells that are not of their column's type any more because they are written in another way: decimal
//! commas, thousands, units, other dates, another word for no value.

use super::super::outcome::Explanation;
use super::super::words::{cut, percent, quoted};
use super::{Subject, date_order, evidence};
use crate::cell::{Type, temporal};
use crate::order;
use crate::profile::{Column, Distribution};
use std::collections::BTreeMap;

/// The least share of the present cells that are invalid, and how many times as many as before.
const SHARE: f64 = 0.005;
const TIMES: f64 = 2.0;
/// The part of the cells seen that must be written in the same way, and how many are looked at.
const PART: f64 = 0.8;
const LOOKED: usize = 200;

pub(super) fn explain(subject: &Subject<'_>) -> Option<Explanation> {
    let ty = subject.reference.ty;
    let invalid = |column: &Column| column.invalid as f64 / (column.rows - column.missing).max(1) as f64;
    let (before, now) = (invalid(subject.reference), invalid(subject.current));
    let texts: Vec<&str> = match &subject.current.distribution {
        Distribution::Categories(side) if !ty.is_bytes() && subject.current.ty == Type::Text => {
            side.entries.iter().filter_map(|e| e.label.as_deref()).take(LOOKED).collect()
        }
        _ if now >= SHARE && now >= TIMES * before => {
            subject.current.invalid_places.iter().map(|place| place.text.as_str()).take(LOOKED).collect()
        }
        _ => return None,
    };
    let dates = if ty.is_temporal() { ordered_dates(subject, &texts) } else { None };
    let (words, example) = dates.or_else(|| most(&texts, ty))?;
    let was = match (&subject.reference.temporal, ty.is_temporal()) {
        (Some(temporal), true) => temporal.formats.first().map_or(String::new(), |it| it.0.clone()),
        _ => ty.id().to_string(),
    };
    let which = if texts.len() == subject.current.invalid_places.len() {
        "the first invalid cells"
    } else {
        "its cells"
    };
    Some(Explanation {
        id: "cell-format",
        message: format!("{which} are {words}, as {}", quoted(example)),
        evidence: vec![
            evidence("written as", was, cut(example)),
            evidence("share of invalid cells", percent(before), percent(now)),
        ],
    })
}

/// The way in which most of the cells are written, and the first of these.
fn most<'a>(texts: &[&'a str], ty: Type) -> Option<(String, &'a str)> {
    let mut ways: BTreeMap<String, (usize, &str)> = BTreeMap::new();
    for text in texts {
        ways.entry(way(text.trim(), ty)?).or_insert((0, text)).0 += 1;
    }
    let mut counted: Vec<(String, (usize, &str))> = ways.into_iter().collect();
    order::sort_by(&mut counted, |a, b| b.1.0.cmp(&a.1.0).then(a.0.cmp(&b.0)));
    let (words, (count, example)) = counted.into_iter().next()?;
    (count as f64 >= PART * texts.len() as f64).then_some((words, example))
}

/// Dates in one other format, or with day and month exchanged.
fn ordered_dates<'a>(subject: &Subject<'_>, texts: &[&'a str]) -> Option<(String, &'a str)> {
    let formats = &subject.reference.temporal.as_ref()?.formats;
    // A saved profile does not keep them: what still reads as a date has them, too.
    let own = subject.current.temporal.as_ref().map_or(&[][..], |it| &it.formats);
    let formats = if formats.is_empty() { own } else { formats };
    let words = match date_order::way(texts, formats)? {
        date_order::Way::Format(format) => format!("dates written as {format}"),
        date_order::Way::Exchanged => {
            let day_first = formats.first().is_some_and(|it| it.0.find("%d") < it.0.find("%m"));
            let order = if day_first { "the month before the day" } else { "the day before the month" };
            let wrong = "cells that still read as dates are then read wrongly, too";
            format!("dates with {order} ({wrong})")
        }
    };
    // One whose order shows.
    let number = |text: &str| {
        text.split(|c: char| !c.is_ascii_digit())
            .take(3)
            .filter_map(|it| it.parse::<u32>().ok())
            .any(|it| (13..32).contains(&it))
    };
    let example = texts.iter().find(|text| number(text)).or(texts.first())?;
    Some((words, example))
}

/// In which way a cell is written that is not of a type.
fn way(text: &str, ty: Type) -> Option<String> {
    let found = if ty.is_numeric() {
        number(text)
    } else if ty.is_temporal() {
        moment(text)
    } else {
        None
    };
    Some(found.unwrap_or_else(|| format!("the text {}", quoted(text))))
}

fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// Digits, perhaps in groups of three behind this separator.
fn grouped(text: &str, separator: char) -> bool {
    let mut groups = text.split(separator);
    let first = groups.next().unwrap_or_default();
    let rest: Vec<&str> = groups.collect();
    if rest.is_empty() {
        return digits(first);
    }
    digits(first) && first.len() <= 3 && rest.iter().all(|group| group.len() == 3 && digits(group))
}

fn number(text: &str) -> Option<String> {
    let bare = text.trim_start_matches(['-', '+', '\u{2212}']);
    if let Some((whole, fraction)) = bare.rsplit_once(',')
        && digits(fraction)
        && (grouped(whole, '.') || grouped(whole, '\'') || grouped(whole, ' '))
    {
        return Some("numbers with a decimal comma".into());
    }
    let whole =
        bare.split_once('.').map_or(bare, |(whole, fraction)| if digits(fraction) { whole } else { bare });
    for (separator, word) in [
        (',', "commas"),
        ('\'', "apostrophes"),
        (' ', "blanks"),
        ('\u{a0}', "blanks"),
        ('\u{202f}', "blanks"),
    ] {
        if whole.contains(separator) && grouped(whole, separator) {
            return Some(format!("numbers with {word} between the thousands"));
        }
    }
    let figure = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '+');
    let (start, end) = (text.find(figure)?, text.rfind(|c: char| c.is_ascii_digit())? + 1);
    let (before, after) = (text.get(..start)?.trim(), text.get(end..)?.trim());
    let middle = text.get(start..end)?;
    let unit = if before.is_empty() { after } else { before };
    let one = before.is_empty() != after.is_empty() && unit.chars().count() <= 8;
    let plain = middle.chars().all(figure) && unit.chars().all(|c| !c.is_ascii_digit());
    (one && plain).then(|| format!("numbers with {} written to them", quoted(unit)))
}

fn moment(text: &str) -> Option<String> {
    if digits(text) && matches!(text.len(), 10 | 13) {
        return Some("counts of seconds or milliseconds since 1970".into());
    }
    let parsed = temporal::date(text.as_bytes(), temporal::ANY)
        .or_else(|| temporal::timestamp(text.as_bytes(), temporal::ANY, crate::cell::TimeUnit::Micro))?;
    let names: Vec<&str> = temporal::FORMATS
        .iter()
        .enumerate()
        .filter(|(i, _)| parsed.formats >> i & 1 == 1)
        .map(|it| *it.1)
        .collect();
    Some(format!("dates written as {}", names.first()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_told_by_the_way_they_are_written() {
        for (text, expected) in [
            ("12,5", Some("numbers with a decimal comma")),
            ("1.234,50", Some("numbers with a decimal comma")),
            ("-0,75", Some("numbers with a decimal comma")),
            ("1'234.50", Some("numbers with apostrophes between the thousands")),
            ("1,234,567.5", Some("numbers with commas between the thousands")),
            ("1069 mi", Some("numbers with \"mi\" written to them")),
            ("€ 12.50", Some("numbers with \"€\" written to them")),
            ("12 %", Some("numbers with \"%\" written to them")),
            ("abc", None),
            ("", None),
            ("1 a 2", None),
        ] {
            assert_eq!(number(text).as_deref(), expected, "{text:?}");
        }
        assert_eq!(moment("31/12/2024").as_deref(), Some("dates written as %d/%m/%Y"));
        assert_eq!(moment("1700000000").as_deref(), Some("counts of seconds or milliseconds since 1970"));
        assert_eq!(moment("yesterday"), None);
    }
}
