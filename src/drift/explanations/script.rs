//! `script`: texts in another script than before, as Cyrillic letters where Latin ones were.

use super::super::outcome::Explanation;
use super::super::words::percent;
use super::{Subject, evidence};
use crate::profile::{Column, Distribution};

/// The share that a script has to have now, and at most had before.
const NOW: f64 = 0.2;
const BEFORE: f64 = 0.05;
/// The share of the cells whose text must be known.
const KNOWN: f64 = 0.9;

const SCRIPTS: [(&str, &[(char, char)]); 9] = [
    ("Latin", &[('A', 'Z'), ('a', 'z'), ('\u{c0}', '\u{24f}'), ('\u{1e00}', '\u{1eff}')]),
    ("Greek", &[('\u{370}', '\u{3ff}'), ('\u{1f00}', '\u{1fff}')]),
    ("Cyrillic", &[('\u{400}', '\u{52f}')]),
    ("Hebrew", &[('\u{590}', '\u{5ff}')]),
    ("Arabic", &[('\u{600}', '\u{6ff}'), ('\u{750}', '\u{77f}')]),
    ("Devanagari", &[('\u{900}', '\u{97f}')]),
    ("Thai", &[('\u{e00}', '\u{e7f}')]),
    ("Hangul", &[('\u{1100}', '\u{11ff}'), ('\u{ac00}', '\u{d7af}')]),
    ("Han or Kana", &[('\u{3040}', '\u{30ff}'), ('\u{3400}', '\u{9fff}')]),
];

pub(super) fn explain(subject: &Subject<'_>) -> Option<Explanation> {
    let (old, new) = (shares(subject.reference)?, shares(subject.current)?);
    let at = (0..SCRIPTS.len())
        .reduce(|best, i| if new[i] - old[i] > new[best] - old[best] { i } else { best })?;
    let (before, now) = (old[at], new[at]);
    if now < NOW || before > BEFORE {
        return None;
    }
    let name = SCRIPTS[at].0;
    Some(Explanation {
        id: "script",
        message: format!(
            "{} of the texts are in {name} letters now, {} before",
            percent(now),
            percent(before)
        ),
        evidence: vec![evidence(&format!("texts in {name} letters"), percent(before), percent(now))],
    })
}

/// The share of the cells in each script, by their first letter of one.
fn shares(column: &Column) -> Option<[f64; SCRIPTS.len()]> {
    let Distribution::Categories(side) = &column.distribution else { return None };
    let (mut cells, mut known, mut counts) = (0_u64, 0_u64, [0_u64; SCRIPTS.len()]);
    for entry in &side.entries {
        cells += entry.count;
        let Some(label) = &entry.label else { continue };
        known += entry.count;
        let of =
            |c: char| SCRIPTS.iter().position(|s| s.1.iter().any(|range| (range.0..=range.1).contains(&c)));
        if let Some(script) = label.chars().find_map(of) {
            counts[script] += entry.count;
        }
    }
    let enough = cells >= 20 && known as f64 >= KNOWN * cells as f64;
    enough.then(|| counts.map(|count| count as f64 / known.max(1) as f64))
}
