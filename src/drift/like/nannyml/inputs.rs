//! The rows of a column in chunks in; how far each chunk is from the whole reference, and which chunks alert, out: NannyML's
//! univariate drift with its default method, of columns whose rows are at hand.

use std::collections::BTreeMap;

use super::super::super::left_out;
use super::super::series::{Dtype, Series, Values};
use super::univariate::Fitted;
use super::{quality, threshold};
use crate::cell::{Type, domain};
use crate::profile::{Category, Column};
use crate::sketch::radix;

/// The method, of numbers and of categories.
pub const METHOD: &str = "jensen_shannon";

/// Whether NannyML takes a column of the reference for numbers (`true`) or for categories.
///
/// # Errors
/// Why it does not look at it.
pub fn is_continuous(reference: &Column) -> Result<bool, &'static str> {
    quality::continuous(&Series::of(reference))
}

/// Why a column is no input that could drift: it names its rows, or hardly any value of it repeats.
pub fn names_rows(reference: &Column) -> Option<String> {
    left_out::id(reference).or_else(|| left_out::nearly_unique(reference))
}

/// A column of a file, by its rows, and how these are cut.
#[derive(Debug, Clone, Copy)]
pub struct Rows<'a> {
    /// Its type.
    pub ty: Type,
    /// A number a row: the value, or the index of its label. NaN where there is no valid cell.
    pub values: &'a [f64],
    /// The labels of text.
    pub labels: &'a [String],
    /// The rows of each chunk.
    pub chunks: &'a [Vec<usize>],
    /// Which chunks are too small to be told anything of; as many as there are chunks.
    pub small: &'a [bool],
}

/// The drift of a column.
#[derive(Debug, Clone, PartialEq)]
pub struct Drifted {
    /// The distance of each chunk of the current file; NaN of small ones and of those without a value.
    pub distances: Vec<f64>,
    /// Beyond it a chunk alerts: the mean of the reference's chunks and three of their standard deviations.
    pub threshold: f64,
    /// Which chunks do.
    pub alerts: Vec<bool>,
}

/// How far each chunk of the current file is from the whole reference; `None` where the reference has no value, or one side is
/// text and the other is not.
pub fn drift(reference: Rows<'_>, current: Rows<'_>, continuous: bool) -> Option<Drifted> {
    if (reference.ty == Type::Text) != (current.ty == Type::Text) {
        return None;
    }
    let known: BTreeMap<&str, usize> =
        crate::order::map(reference.labels.iter().enumerate().map(|(code, label)| (label.as_str(), code)));
    let same: Vec<usize> = (0..reference.labels.len()).collect();
    let new = |(at, label): (usize, &String)| known.get(label.as_str()).copied().unwrap_or(same.len() + at);
    let codes: Vec<usize> = current.labels.iter().enumerate().map(new).collect();
    let mut whole = Held::of(reference, reference.chunks.iter().flatten(), &same);
    let whole = whole.series(continuous);
    let fitted = Fitted::new(METHOD, continuous, &whole).filter(|_| whole.n > 0)?;
    let distances = |side: Rows<'_>, codes: &[usize]| -> Vec<f64> {
        let one = |(rows, small): (&Vec<usize>, &bool)| {
            if *small {
                return f64::NAN;
            }
            fitted.value(&Held::of(side, rows.iter(), codes).series(continuous)).0
        };
        side.chunks.iter().zip(side.small).map(one).collect()
    };
    let bounds = threshold::upper(&distances(reference, &same), None, fitted.most());
    let now = distances(current, &codes);
    Some(Drifted {
        alerts: now.iter().map(|it| bounds.beyond(*it)).collect(),
        threshold: bounds.upper.unwrap_or(f64::NAN),
        distances: now,
    })
}

/// The values of some rows with their counts.
struct Held {
    rows: u64,
    values: Kept,
}

enum Kept {
    Numbers(Vec<(f64, u64)>),
    Texts(Vec<Category>),
}

impl Held {
    fn of<'r>(side: Rows<'_>, rows: impl Iterator<Item = &'r usize>, codes: &[usize]) -> Held {
        let mut seen = 0;
        let cells = rows.filter_map(|row| {
            seen += 1;
            side.values.get(*row).copied().filter(|it| it.is_finite())
        });
        let values = if side.ty == Type::Text {
            let mut counts: BTreeMap<usize, u64> = BTreeMap::new();
            for code in cells.filter_map(|it| codes.get(it as usize)) {
                *counts.entry(*code).or_default() += 1;
            }
            let category = |(code, count): (usize, u64)| Category { hash: code as u64, label: None, count };
            Kept::Texts(counts.into_iter().map(category).collect())
        } else {
            let mut keys: Vec<u64> = cells.map(domain::float).collect();
            radix::sort_by_key(&mut keys, |it| *it);
            let counted = keys.chunk_by(|a, b| a == b);
            Kept::Numbers(counted.map(|it| (domain::float_of(it[0]), it.len() as u64)).collect())
        };
        Held { rows: seen, values }
    }

    /// As a frame holds them; numbers move there.
    fn series(&mut self, continuous: bool) -> Series<'_> {
        let (n, dtype, values) = match &mut self.values {
            Kept::Numbers(all) => {
                let dtype = if continuous { Dtype::Float } else { Dtype::Bool };
                (all.iter().map(|it| it.1).sum(), dtype, Values::Numbers(std::mem::take(all)))
            }
            Kept::Texts(all) => (all.iter().map(|it| it.count).sum(), Dtype::Text, Values::Texts(all)),
        };
        Series { dtype, rows: self.rows, n, exact: true, values }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::made;
    use super::super::{Chunk, Chunks, Wishes, column};
    use super::*;
    use crate::drift::pair;
    use crate::drift::testing::profile;
    use crate::num::testing::close;
    use crate::profile::Distribution;

    /// A column's cells, one after the other, as they were made; text by its own list of labels.
    fn cells(name: &str, side: u64, rows: u64) -> (Vec<f64>, Vec<String>) {
        let (mut values, mut labels) = (Vec::new(), Vec::<String>::new());
        for row in 0..rows {
            let one = made(name, side, row, row + 1);
            values.push(match &one.distribution {
                Distribution::Ordered(it) if !it.entries.is_empty() => {
                    pair::number(one.ty, it, it.entries[0].0)
                }
                Distribution::Categories(it) if !it.entries.is_empty() => {
                    let label = it.entries[0].label.clone().expect("a label");
                    let at = labels.iter().position(|it| *it == label);
                    at.unwrap_or_else(|| {
                        labels.push(label);
                        labels.len() - 1
                    }) as f64
                }
                _ => f64::NAN,
            });
        }
        (values, labels)
    }

    fn cut(rows: usize, size: usize) -> Vec<Vec<usize>> {
        (0..rows).step_by(size).map(|from| (from..(from + size).min(rows)).collect()).collect()
    }

    #[test]
    fn rows_drift_as_the_profiles_of_their_chunks_do() {
        // Those are held against nannyml 0.13.1 in the tests beside.
        for name in ["float", "skewed", "few ints", "letters", "new", "flag", "holes", "constant", "moved"] {
            let chunks = |side: u64, rows: u64, size: u64| -> Vec<Chunk> {
                let one = |from: u64| Chunk {
                    key: String::new(),
                    profile: profile(vec![made(name, side, from, (from + size).min(rows))]),
                };
                (0..rows).step_by(size as usize).map(one).collect()
            };
            let (old, new) = (chunks(0, 600, 100), chunks(1, 250, 50));
            let whole = made(name, 0, 0, 600);
            let said = column(&whole, Chunks { reference: &old, current: &new, rows: &[] }, &Wishes(&[]));
            let theirs = &said.methods[0];
            let (before, now) = (cells(name, 0, 600), cells(name, 1, 250));
            let (old, new) = (cut(600, 100), cut(250, 50));
            let rows = |cells, chunks, small| -> Rows<'_> {
                let (values, labels): &(Vec<f64>, Vec<String>) = cells;
                Rows { ty: whole.ty, values, labels, chunks, small }
            };
            let continuous = is_continuous(&whole).expect("a class");
            let found = drift(rows(&before, &old, &[false; 6]), rows(&now, &new, &[false; 5]), continuous)
                .expect("drift");
            close(found.threshold, theirs.upper.expect("a threshold"), 1e-12);
            let theirs: Vec<_> = theirs.chunks.iter().filter(|it| !it.reference).collect();
            assert_eq!(found.alerts, theirs.iter().map(|it| it.alert).collect::<Vec<_>>(), "{name}");
            for (ours, theirs) in found.distances.iter().zip(theirs) {
                close(*ours, theirs.value.expect("a value"), 1e-12);
            }
            let small = [false, true, false, false, false];
            let some =
                drift(rows(&before, &old, &[false; 6]), rows(&now, &new, &small), continuous).expect("drift");
            assert!(some.distances[1].is_nan() && !some.alerts[1], "{name}");
            assert_eq!(some.distances[2], found.distances[2], "{name}");
        }
    }

    #[test]
    fn nothing_is_told_of_other_types_and_of_nothing() {
        let (chunks, labels) = ([vec![0, 1]], ["a".to_owned()]);
        let rows = |ty, values| Rows { ty, values, labels: &labels, chunks: &chunks, small: &[false] };
        let (zeros, none) = (&[0.0, 0.0][..], &[f64::NAN, f64::INFINITY][..]);
        assert_eq!(drift(rows(Type::Text, zeros), rows(Type::Float, zeros), false), None);
        assert_eq!(drift(rows(Type::Float, none), rows(Type::Float, zeros), true), None);
        let found = drift(rows(Type::Float, zeros), rows(Type::Float, none), true).expect("drift");
        assert!(found.distances[0].is_nan() && found.alerts == [false]);
    }
}
