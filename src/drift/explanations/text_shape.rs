//! `text-shape`: values that the reference never had, and would have had but for their case, white space, leading zeros,
//! decimal comma, separators, or something before or behind them.

use super::super::outcome::Explanation;
use super::super::words::{percent, quoted};
use super::{Subject, encoding, evidence};
use crate::order;
use crate::profile::{Categories, Column, Distribution};
use std::collections::{BTreeMap, BTreeSet};

/// The least share, and number, of current cells with a new value.
const NEW: f64 = 0.05;
const CELLS: u64 = 10;
/// The part of them that a form has to account for.
const PART: f64 = 0.5;
/// The share of the cells whose text must be known.
const KNOWN: f64 = 0.9;
/// Values that a prefix or suffix is looked for in, and its longest.
const TRIED: usize = 50;
const AFFIX: usize = 32;

/// A way to write values that may have changed: its words, and what makes both ways the same.
type Form = (&'static str, fn(&str) -> String);

const FORMS: [Form; 8] = [
    ("in their encoding (UTF-8 read as Latin-1 or Windows-1252)", encoding::reread),
    ("in upper and lower case", lower),
    ("in white space around or within them", spaces),
    ("in leading zeros", zeros),
    ("in a decimal comma or point", comma),
    ("in case and white space", |text| spaces(&lower(text))),
    ("in the signs between their letters and digits", signs),
    ("in case and the signs between their letters and digits", |text| signs(&lower(text))),
];

fn lower(text: &str) -> String {
    text.to_lowercase()
}

fn spaces(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn zeros(text: &str) -> String {
    let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if digits { text.trim_start_matches('0').into() } else { text.into() }
}

fn comma(text: &str) -> String {
    let numeric = text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b',' | b'.' | b'-' | b'+'));
    if numeric { text.replace(',', ".") } else { text.into() }
}

fn signs(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The texts of a side with their cells, all of them but for a few.
fn labels(column: &Column) -> Option<Vec<(&str, u64)>> {
    let Distribution::Categories(Categories { shift: 0, entries }) = &column.distribution else {
        return None;
    };
    let all: u64 = entries.iter().map(|e| e.count).sum();
    let known: Vec<(&str, u64)> =
        entries.iter().filter_map(|e| Some((e.label.as_deref()?, e.count))).collect();
    let cells: u64 = known.iter().map(|e| e.1).sum();
    (cells as f64 >= KNOWN * all as f64 && cells > 0).then_some(known)
}

pub(super) fn explain(subject: &Subject<'_>) -> Option<Explanation> {
    let (old, new) = (labels(subject.reference)?, labels(subject.current)?);
    let known: BTreeSet<&str> = order::set(old.iter().map(|it| it.0));
    let cells: u64 = new.iter().map(|it| it.1).sum();
    let mut unseen: Vec<(&str, u64)> = new.iter().filter(|it| !known.contains(it.0)).copied().collect();
    order::sort_by(&mut unseen, |a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    let missing: u64 = unseen.iter().map(|it| it.1).sum();
    if missing < CELLS || (missing as f64) < NEW * cells as f64 {
        return None;
    }
    let least = (PART * missing as f64).max(NEW * cells as f64);
    let told = |found: u64, words: &str, was: &str, is: &str| {
        let share = found as f64 / cells as f64;
        Some(Explanation {
            id: "text-shape",
            message: format!(
                "{} of the values differ from the reference's only {words}, as {} for {}",
                percent(share),
                quoted(is),
                quoted(was)
            ),
            evidence: vec![evidence("for example", quoted(was), quoted(is))],
        })
    };
    let marked: u64 = unseen.iter().filter(|it| encoding::is_marked(it.0)).map(|it| it.1).sum();
    // Letters that could not be read may be any.
    let lost = (
        "in letters that do not read as UTF-8 (the file seems to be in Latin-1 or Windows-1252)",
        encoding::marked as fn(&str) -> String,
    );
    let forms = (marked as f64 >= least).then_some(lost);
    for (words, form) in forms.into_iter().chain(FORMS) {
        let before: BTreeMap<String, &str> = order::map(old.iter().map(|it| (form(it.0), it.0)));
        let seen = |text: &str| before.get(&form(text)).copied();
        let found: u64 = unseen.iter().filter(|it| seen(it.0).is_some()).map(|it| it.1).sum();
        if found as f64 >= least
            && let Some((is, was)) = unseen.iter().find_map(|it| Some((it.0, seen(it.0)?)))
        {
            return told(found, words, was, is);
        }
    }
    let now: BTreeSet<&str> = order::set(new.iter().map(|it| it.0));
    let gone: Vec<(&str, u64)> = old.iter().filter(|it| !now.contains(it.0)).copied().collect();
    let (affix, found) = affix(&unseen, &known).filter(|it| it.1 as f64 >= least).or_else(|| {
        // What was there and is gone: the same with the sides exchanged, counted in current cells.
        let fresh: BTreeSet<&str> = order::set(unseen.iter().map(|it| it.0));
        let (affix, _) = self::affix(&gone, &fresh)?;
        let had: BTreeSet<&str> = order::set(gone.iter().filter_map(|it| affix.strip(it.0)));
        let found = unseen.iter().filter(|it| had.contains(it.0)).map(|it| it.1).sum::<u64>();
        Some((affix.gone(), found)).filter(|it| it.1 as f64 >= least)
    })?;
    let (was, is) = affix.example(&unseen, &known, &gone)?;
    told(found, &affix.words(), was, is)
}

/// Something before or behind a value.
#[derive(Clone, Copy)]
struct Affix<'a> {
    text: &'a str,
    before: bool,
    added: bool,
}

impl<'a> Affix<'a> {
    fn strip<'t>(&self, text: &'t str) -> Option<&'t str> {
        if self.before { text.strip_prefix(self.text) } else { text.strip_suffix(self.text) }
    }

    fn gone(self) -> Affix<'a> {
        Affix { added: false, ..self }
    }

    fn words(&self) -> String {
        let way = if self.added { "in what was put" } else { "in what was taken away" };
        let place = if self.before { "before" } else { "behind" };
        format!("{way} {place} them, {}", quoted(self.text))
    }

    /// A value as it was and as it is.
    fn example<'t>(
        &self,
        unseen: &[(&'t str, u64)],
        known: &BTreeSet<&'t str>,
        gone: &[(&'t str, u64)],
    ) -> Option<(&'t str, &'t str)> {
        if self.added {
            return unseen
                .iter()
                .find_map(|it| self.strip(it.0).and_then(|rest| Some((*known.get(rest)?, it.0))));
        }
        let fresh: BTreeSet<&str> = order::set(unseen.iter().map(|it| it.0));
        gone.iter().find_map(|it| self.strip(it.0).and_then(|rest| Some((it.0, *fresh.get(rest)?))))
    }
}

/// The prefix or suffix without which most cells of `longer` have a value of `shorter`, and how many do; at least two values.
fn affix<'a>(longer: &[(&'a str, u64)], shorter: &BTreeSet<&str>) -> Option<(Affix<'a>, u64)> {
    let tried = longer.iter().take(TRIED).flat_map(|&(text, _)| {
        text.char_indices().skip(1).take(AFFIX).flat_map(move |(i, _)| {
            let (head, tail) = text.split_at(i);
            // A suffix is as long as a prefix may be.
            let end = text
                .char_indices()
                .rev()
                .nth(text[..i].chars().count().saturating_sub(1))
                .map_or(0, |it| it.0);
            let (front, back) = text.split_at(end);
            [(head, tail, true), (back, front, false)]
        })
    });
    let candidates: BTreeSet<(&str, bool)> = order::set(
        tried.filter(|(affix, rest, _)| !affix.is_empty() && shorter.contains(rest)).map(|it| (it.0, it.2)),
    );
    let counted = candidates.into_iter().take(TRIED).filter_map(|(text, before)| {
        let affix = Affix { text, before, added: true };
        let held = longer.iter().filter(|it| affix.strip(it.0).is_some_and(|rest| shorter.contains(rest)));
        let (values, cells) = held.fold((0, 0), |sum, it| (sum.0 + 1, sum.1 + it.1));
        (values >= 2).then_some((affix, cells))
    });
    counted.max_by(|a, b| a.1.cmp(&b.1).then(b.0.text.cmp(a.0.text)))
}
