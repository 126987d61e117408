//! The shapes of codes: texts with too many values to be compared one by one are compared by their masks (`A` and `a` for letters,
//! `9` for digits), and where others came in, it is said in what way they differ.

use super::super::left_out;
use super::super::words::{cut, percent, quoted};
use super::of;
use crate::finding::{Finding, Severity};
use crate::profile::{Column, Distribution, Text};
use std::collections::BTreeMap;

/// The share of the cells with a new shape that is worth a warning: where it is known in what way they differ, and elsewhere.
const SHAPES: (f64, f64) = (0.01, 0.05);
/// The fewest cells of the reference, in codes that are no ids, and of the current file in new shapes.
const CELLS: (u64, u64) = (100, 5);
/// Values from which codes are too many to be compared one by one.
const VALUES: f64 = 50.0;
/// The share of the reference's cells whose shapes must be listed.
const LISTED: f64 = 0.99;

/// A way in which shapes may differ: its words, what makes both the same, and whether the values bear it out.
type Way = (&'static str, fn(&str) -> String, fn(&Column, &Column, &str, &str) -> bool);

const WAYS: [Way; 5] = [
    ("as if leading zeros had been lost", digits, |old, _, was, is| shorter(is, was) && zeros(old)),
    ("as if they had been padded with zeros", digits, |old, new, was, is| {
        shorter(was, is) && !zeros(old) && zeros(new)
    }),
    ("in upper and lower case", str::to_lowercase, always),
    ("in white space", |mask| mask.split_whitespace().collect(), always),
    (
        "in the signs between letters and digits",
        |mask| mask.chars().filter(|c| c.is_alphanumeric()).collect(),
        always,
    ),
];

fn always(_: &Column, _: &Column, _: &str, _: &str) -> bool {
    true
}

fn shorter(a: &str, b: &str) -> bool {
    a.len() < b.len()
}

/// The mask with one digit for many.
fn digits(mask: &str) -> String {
    let mut out = String::with_capacity(mask.len());
    for c in mask.chars().filter(|c| *c != '…') {
        if c != '9' || !out.ends_with('9') {
            out.push(c);
        }
    }
    out
}

/// Whether a number within some known value is written with a leading zero.
fn zeros(column: &Column) -> bool {
    let Distribution::Categories(all) = &column.distribution else { return false };
    all.entries.iter().filter_map(|it| it.label.as_deref()).any(|text| {
        let bytes = text.as_bytes();
        let leads = |i: usize| i == 0 || !bytes[i - 1].is_ascii_digit();
        bytes.windows(2).enumerate().any(|(i, pair)| pair[0] == b'0' && pair[1].is_ascii_digit() && leads(i))
    })
}

/// Cells whose shapes are counted.
fn looked_at(column: &Column, text: &Text) -> u64 {
    if text.exact { column.valid } else { text.sampled }
}

/// What has changed about the shapes of a column of ids or of other codes.
pub(super) fn finding(reference: &Column, current: &Column) -> Option<Finding> {
    let is_id = left_out::id(reference).is_some();
    let is_code = reference.ty.is_bytes() && reference.valid >= CELLS.0 && reference.distinct.value > VALUES;
    let (a, b) = (reference.text.as_ref()?, current.text.as_ref()?);
    let listed: u64 = a.patterns.iter().map(|it| it.1).sum();
    let (before, now) = (looked_at(reference, a), looked_at(current, b));
    if !is_id && !is_code || before == 0 || (listed as f64) < LISTED * before as f64 {
        return None;
    }
    let is_new = |it: &&(String, u64)| !a.patterns.iter().any(|other| other.0 == it.0);
    let new: Vec<&(String, u64)> = b.patterns.iter().filter(is_new).collect();
    let cells: u64 = new.iter().map(|it| it.1).sum();
    let share = cells as f64 / now.max(1) as f64;
    let way = WAYS.iter().find_map(|way| differs(way, (reference, a), (current, &new)));
    // Three of so many cells are what the reference may have missed by chance.
    let least = if way.is_some() { SHAPES.0.max(3.0 / before as f64) } else { SHAPES.1 };
    if share < least || !is_id && cells < CELLS.1 {
        return None;
    }
    let usual = a.patterns.first()?.0.as_str();
    let (was, is, how) = way.unwrap_or((usual, new.first()?.0.as_str(), ""));
    let (was, is) = (cut(was), cut(is));
    let (rule, word) = if is_id { ("id-format", "ids") } else { ("format-changed", "values") };
    let how = if how.is_empty() { String::new() } else { format!("; they differ {how}") };
    let message = format!(
        "{} has {word} of another shape: {} of them, as {}, where {} was usual (A and a for letters, 9 for digits){how}",
        quoted(&current.name),
        percent(share),
        quoted(&is),
        quoted(&was)
    );
    Some(of(rule, Severity::Warning, current, message, (was, is)))
}

/// An old and a new shape that differ in this way, where half of the cells in new shapes do.
fn differs<'a>(
    (words, form, holds): &Way,
    (reference, text): (&Column, &'a Text),
    (current, new): (&Column, &[&'a (String, u64)]),
) -> Option<(&'a str, &'a str, &'static str)> {
    let mut known: BTreeMap<String, &str> = BTreeMap::new();
    for (mask, _) in &text.patterns {
        known.entry(form(mask)).or_insert(mask);
    }
    let same =
        |mask: &str| known.get(&form(mask)).copied().filter(|was| holds(reference, current, was, mask));
    let all: u64 = new.iter().map(|it| it.1).sum();
    let found: u64 = new.iter().filter(|it| same(&it.0).is_some()).map(|it| it.1).sum();
    let is = new.iter().find(|it| same(&it.0).is_some())?;
    (2 * found >= all).then_some((same(&is.0)?, &is.0, *words))
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::*;
    use super::*;

    fn said(was: fn(u64) -> String, is: fn(u64) -> String) -> Option<(&'static str, String)> {
        let numbers = || (0..600).map(|i| i * 7_919 % 99_991 % 30_000);
        let found = finding(&coded(numbers().map(was)), &coded(numbers().skip(100).map(is)))?;
        assert_eq!(found.severity, Severity::Warning);
        Some((found.rule, found.message))
    }

    #[test]
    fn codes_that_are_written_otherwise_are_told_with_the_way() {
        let table: [(fn(u64) -> String, fn(u64) -> String, &str); 6] = [
            (|i| format!("{i:05}"), |i| format!("{i}"), "leading zeros had been lost"),
            (|i| format!("AB-{i:05}"), |i| format!("AB-{i}"), "leading zeros had been lost"),
            (|i| format!("{}", i % 9_000), |i| format!("{:05}", i % 9_000), "padded with zeros"),
            (|i| format!("ab{i:05}"), |i| format!("AB{i:05}"), "upper and lower case"),
            (|i| format!("A{i:05}"), |i| format!("A {i:05}"), "white space"),
            (|i| format!("A-{i:05}"), |i| format!("A{i:05}"), "signs between"),
        ];
        for (was, is, words) in table {
            let (_, message) = said(was, is).expect(words);
            assert!(message.contains(words), "{message}");
        }
    }

    #[test]
    fn codes_of_the_same_shape_few_values_and_texts_of_all_shapes_are_silent() {
        assert_eq!(said(|i| format!("{i:05}"), |i| format!("{:05}", i + 3)), None);
        assert_eq!(said(|i| format!("A{}", i % 9), |i| format!("a{}", i % 9)), None);
        let words =
            |i: u64| "abcdefghijklmnopqrstuvwxyz"[..1 + (i % 25) as usize].to_owned() + &i.to_string();
        assert_eq!(said(words, |i| format!("A{i}")), None);
    }

    #[test]
    fn a_share_that_chance_explains_is_silent() {
        let rare = |i: u64| if i.is_multiple_of(400) { format!("a{i:05}") } else { format!("A{i:05}") };
        assert_eq!(said(|i| format!("A{i:05}"), rare), None);
    }
}
