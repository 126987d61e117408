//! The unordered values of a column → lengths, patterns, frequent values, categories.

use super::column::{Facts, TOP, hashed_distinct};
use super::patterns::Patterns;
use super::{Categories, Category, Column, Distribution, Estimate, Ordered, Scalar, Text, TopValue};
use crate::cell::Domain;
use crate::order;
use crate::sketch::keys::Keys;
use crate::sketch::places::shown;
use crate::sketch::texts::{Texts, text_hash};

/// Fills in what a text column's values say.
pub fn describe(facts: &Facts<'_>, values: &Texts, column: &mut Column) {
    match values.hashed() {
        None => held(values, column),
        Some(hashed) => hashes(facts, hashed, column),
    }
}

/// Lengths and patterns, value by value.
#[derive(Default)]
struct Lengths {
    min: Option<u64>,
    max: u64,
    sum: u128,
    n: u64,
    patterns: Patterns,
}

impl Lengths {
    fn add(&mut self, text: &str, n: u64) {
        let length = if text.is_ascii() { text.len() } else { text.chars().count() } as u64;
        self.min = Some(self.min.map_or(length, |min| min.min(length)));
        self.max = self.max.max(length);
        self.sum += u128::from(length) * u128::from(n);
        self.n += n;
        self.patterns.add(text, n);
    }

    fn text(self, exact: bool, sampled: u64) -> Option<Text> {
        Some(Text {
            min_length: self.min?,
            max_length: self.max,
            mean_length: self.sum as f64 / self.n as f64,
            patterns: self.patterns.top(),
            exact,
            sampled,
        })
    }
}

/// Values of a column that keep their label.
const LABELLED: usize = 10_000;

fn held(values: &Texts, column: &mut Column) {
    let sorted = values.sorted();
    let mut lengths = Lengths::default();
    let mut categories = Vec::with_capacity(sorted.len());
    let mut labelled = Labelled::new(sorted.iter().map(|it| it.count));
    for value in sorted.iter() {
        let text = String::from_utf8_lossy(value.text);
        lengths.add(&text, value.count);
        let label = labelled.next(value.count).then(|| text.into_owned());
        categories.push(Category { hash: value.hash, label, count: value.count });
    }
    column.distinct = Estimate::exact(sorted.len() as u64);
    column.singletons = Some(sorted.iter().filter(|it| it.count == 1).count() as u64);
    column.text = lengths.text(true, 0);
    let top = order::first(sorted.iter(), TOP, |a, b| b.count.cmp(&a.count).then_with(|| a.text.cmp(b.text)));
    let entry = |text: &[u8], count, error| TopValue { value: Scalar::Text(shown(text)), count, error };
    column.top = top.iter().map(|it| entry(it.text, it.count, 0)).collect();
    column.distribution = Distribution::Categories(Categories { shift: 0, entries: categories });
}

/// Which values are among the most frequent [`LABELLED`]; of those that are equally frequent, the first.
struct Labelled {
    least: u64,
    /// How many of exactly this count are still among them.
    left: usize,
}

impl Labelled {
    fn new(counts: impl Iterator<Item = u64>) -> Labelled {
        let mut counts: Vec<u64> = counts.collect();
        if counts.len() <= LABELLED {
            return Labelled { least: 0, left: 0 };
        }
        let (above, least, _) = counts.select_nth_unstable_by(LABELLED - 1, |a, b| b.cmp(a));
        let (above, least) = (above.iter().filter(|count| **count > *least).count(), *least);
        Labelled { least, left: LABELLED - above }
    }

    fn next(&mut self, count: u64) -> bool {
        if count == self.least && self.left > 0 {
            self.left -= 1;
            return true;
        }
        count > self.least
    }
}

fn hashes(facts: &Facts<'_>, hashed: &Keys<u64>, column: &mut Column) {
    let ordered = Ordered { domain: Domain::Signed, shift: hashed.shift(), entries: hashed.entries() };
    column.distinct = match hashed.beyond() {
        // Every hash is held; that two values share one is all that can be wrong.
        _ if ordered.shift == 0 => Estimate { value: ordered.entries.len() as f64, exact: false, error: 1.0 },
        Some(beyond) => hashed_distinct(beyond, &ordered, facts.state.valid),
        None => Estimate::exact(ordered.entries.len() as u64),
    };
    let mut lengths = Lengths::default();
    let mut seen: Vec<&[u8]> = facts.sampled().collect();
    let sampled = seen.len() as u64;
    seen.iter().for_each(|text| lengths.add(&String::from_utf8_lossy(text), 1));
    column.text = lengths.text(false, sampled);
    order::sort(&mut seen);
    seen.dedup();
    let counted = seen
        .into_iter()
        .map(|text| {
            let (count, error) = hashed.count(text_hash(text), facts.state.valid);
            (text, count.min(facts.state.valid), error)
        })
        .filter(|(_, count, error)| count > error);
    let top: Vec<(&[u8], u64, u64)> =
        order::first(counted, TOP, |a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    column.top = top
        .into_iter()
        .map(|(text, count, error)| TopValue { value: Scalar::Text(shown(text)), count, error })
        .collect();
    let entries = ordered.entries.iter().map(|(hash, count)| Category {
        hash: *hash as u64,
        label: None,
        count: *count,
    });
    column.distribution =
        Distribution::Categories(Categories { shift: ordered.shift, entries: entries.collect() });
}
