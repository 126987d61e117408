//! The columns of both files in, what a linear classifier sees of a row out: scores, labels, gaps, and squares and products of
//! scores, so that it also sees columns that spread or go together in another way.

use super::joint::{Cells, Joint, MISSING};

/// The most features.
pub const FEATURES: usize = 120;
/// The most of scores and labels together.
const PLAIN: usize = 80;

/// What a feature is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Feature {
    /// The normal score of a column.
    Score(usize),
    /// Whether a column has this label.
    Label(usize, u32),
    /// Whether a column has one of the labels from this one on.
    Rest(usize, u32),
    /// Whether the cell of a column is missing.
    Missing(usize),
    /// The square of a score.
    Square(usize),
    /// The product of two scores.
    Product(usize, usize),
}

impl Feature {
    /// Whether it depends on a column.
    pub(super) fn touches(self, column: usize) -> bool {
        match self {
            Feature::Score(a)
            | Feature::Label(a, _)
            | Feature::Rest(a, _)
            | Feature::Missing(a)
            | Feature::Square(a) => a == column,
            Feature::Product(a, b) => a == column || b == column,
        }
    }

    /// Its value, of the row that `row` says for each column. A missing number is one in the middle.
    pub(super) fn value(self, joint: &Joint, row: impl Fn(usize) -> usize) -> f64 {
        let score = |column: usize| match joint.columns.get(column) {
            Some(Cells::Scores(all)) => all.get(row(column)).copied().filter(|it| !it.is_nan()),
            _ => None,
        };
        let code = |column: usize| match joint.columns.get(column) {
            Some(Cells::Codes(all, _)) => all.get(row(column)).copied().unwrap_or(MISSING),
            _ => MISSING,
        };
        let known = |found: bool| f64::from(u8::from(found));
        match self {
            Feature::Score(a) => score(a).unwrap_or(0.0),
            Feature::Square(a) => score(a).map_or(1.0, |it| it * it),
            Feature::Product(a, b) => score(a).unwrap_or(0.0) * score(b).unwrap_or(0.0),
            Feature::Label(a, label) => known(code(a) == label),
            Feature::Rest(a, label) => known(code(a) != MISSING && code(a) >= label),
            Feature::Missing(a) => match joint.columns.get(a) {
                Some(Cells::Scores(_)) => known(score(a).is_none()),
                _ => known(code(a) == MISSING),
            },
        }
    }
}

/// Features with mean 0 and standard deviation 1 over the rows of both files.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Features {
    /// What they are.
    pub kinds: Vec<Feature>,
    /// The mean and the standard deviation of each.
    pub scales: Vec<(f64, f64)>,
    /// All rows, one after the other.
    pub values: Vec<f64>,
}

impl Features {
    /// Those of all columns that vary, as many as there may be.
    pub(super) fn of(joint: &Joint) -> Features {
        let all = joint.all();
        let mut kept: Vec<(Feature, (f64, f64))> = Vec::new();
        for kind in candidates(joint) {
            if kept.len() == FEATURES {
                break;
            }
            let value = |row: usize| kind.value(joint, |_| row);
            let mean = (0..all).map(value).sum::<f64>() / all as f64;
            let squares: f64 = (0..all).map(|row| (value(row) - mean) * (value(row) - mean)).sum();
            let deviation = crate::num::sqrt(squares / all as f64);
            if deviation > 1e-9 {
                kept.push((kind, (mean, deviation)));
            }
        }
        let mut values = Vec::with_capacity(all * kept.len());
        for row in 0..all {
            let scaled = |(kind, (mean, deviation)): &(Feature, (f64, f64))| {
                (kind.value(joint, |_| row) - mean) / deviation
            };
            values.extend(kept.iter().map(scaled));
        }
        let (kinds, scales) = kept.into_iter().unzip();
        Features { kinds, scales, values }
    }

    /// How many there are.
    pub(super) fn width(&self) -> usize {
        self.kinds.len()
    }
}

/// In the order in which they are taken as long as there is room.
fn candidates(joint: &Joint) -> Vec<Feature> {
    let numbers: Vec<usize> =
        (0..joint.columns.len()).filter(|it| matches!(joint.columns[*it], Cells::Scores(_))).collect();
    let of_labels = joint.columns.len() - numbers.len();
    let each = (PLAIN.saturating_sub(numbers.len()) / of_labels.max(1)).max(2) as u32;
    let mut found: Vec<Feature> = numbers.iter().map(|it| Feature::Score(*it)).collect();
    for (column, cells) in joint.columns.iter().enumerate() {
        if let Cells::Codes(_, count) = cells {
            let alone = (*count - 1).min(each - 1);
            found.extend((0..alone).map(|label| Feature::Label(column, label)));
            found.push(Feature::Rest(column, alone));
        }
    }
    found.extend((0..joint.columns.len()).map(Feature::Missing));
    found.extend(numbers.iter().map(|it| Feature::Square(*it)));
    for (at, first) in numbers.iter().enumerate() {
        found.extend(numbers[..at].iter().map(|second| Feature::Product(*second, *first)));
    }
    found
}
