//! The columns of both files together: numbers as normal scores of their ranks, labels as codes by how frequent they are.
//! Ranks are taken over both files, so that which file a row is of plays no part in them, and no outlier has a weight.

use std::collections::BTreeMap;

use super::frame::{Frame, Variable};
use crate::num::normal_quantile;

/// Labels of a column that are told apart; the others count as one more.
pub(super) const LABELS: usize = 20;
/// Fewer rows of both files than this do not make a label one of its own.
const RARE: u64 = 10;
/// The code of a missing cell.
pub(super) const MISSING: u32 = u32::MAX;

/// A column of both files, the reference's rows first.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cells {
    /// Normal scores; NaN where there is no number.
    Scores(Vec<f64>),
    /// Codes, 0 the most frequent label of both files, and how many there are. The last stands for all rare labels.
    Codes(Vec<u32>, u32),
}

/// Columns of both files.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Joint {
    /// Rows of the reference, and of the current file.
    pub rows: (usize, usize),
    /// The columns.
    pub columns: Vec<Cells>,
}

impl Joint {
    /// Both frames have the same columns in the same order.
    pub(super) fn of(reference: &Frame<'_>, current: &Frame<'_>) -> Joint {
        let pairs = reference.columns.iter().zip(&current.columns);
        let columns = pairs.map(|(a, b)| match (a.labels, b.labels) {
            (Some(before), Some(now)) => codes(*a, *b, before, now),
            _ => Cells::Scores(scores(a.values.iter().chain(b.values).copied())),
        });
        Joint { rows: (reference.rows, current.rows), columns: columns.collect() }
    }

    /// All rows.
    pub(super) fn all(&self) -> usize {
        self.rows.0 + self.rows.1
    }
}

/// Φ⁻¹((r − ½) / n) of mid-ranks, with mean 0 and, where they vary, standard deviation 1; −0 is 0.
pub(super) fn scores(values: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut found: Vec<f64> = values.map(|it| it + 0.0).collect();
    let mut order: Vec<usize> = (0..found.len()).filter(|i| !found[*i].is_nan()).collect();
    crate::order::sort_by(&mut order, |a, b| found[*a].total_cmp(&found[*b]));
    let n = order.len() as f64;
    let mut at = 0;
    let (mut sum, mut squares) = (0.0, 0.0);
    while at < order.len() {
        let value = found[order[at]];
        let ties = order[at..].iter().take_while(|i| found[**i] == value).count();
        let middle = at as f64 + ties as f64 / 2.0;
        let score = normal_quantile(middle / n);
        sum += score * ties as f64;
        squares += score * score * ties as f64;
        order[at..at + ties].iter().for_each(|i| found[*i] = score);
        at += ties;
    }
    let mean = sum / n;
    let deviation = crate::num::sqrt((squares / n - mean * mean).max(0.0));
    let scale = if deviation > 1e-12 { deviation } else { 1.0 };
    found.iter_mut().for_each(|it| *it = (*it - mean) / scale);
    found
}

fn codes(a: Variable<'_>, b: Variable<'_>, before: &[String], now: &[String]) -> Cells {
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for (labels, column) in [(before, a), (now, b)] {
        for (label, count) in labels.iter().zip(column.counts()) {
            *counts.entry(label).or_default() += count;
        }
    }
    let mut ranked: Vec<(&str, u64)> = counts.into_iter().filter(|it| it.1 >= RARE).collect();
    // By their text among equals, since they come so.
    crate::order::sort_by(&mut ranked, |x, y| y.1.cmp(&x.1).then_with(|| x.0.cmp(y.0)));
    ranked.truncate(LABELS);
    let rest = ranked.len() as u32;
    let known: BTreeMap<&str, u32> = ranked.iter().map(|it| it.0).zip(0..).collect();
    let code = |labels: &[String]| -> Vec<u32> {
        labels.iter().map(|it| known.get(it.as_str()).copied().unwrap_or(rest)).collect()
    };
    let mut all = Vec::with_capacity(a.values.len() + b.values.len());
    for (codes, column) in [(code(before), a), (code(now), b)] {
        let of = |value: &f64| codes.get(*value as usize).copied().filter(|_| !value.is_nan());
        all.extend(column.values.iter().map(|value| of(value).unwrap_or(MISSING)));
    }
    Cells::Codes(all, rest + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_follow_ranks_and_keep_gaps() {
        let found = scores([3.0, f64::NAN, 1e300, -0.0, 0.0, f64::NEG_INFINITY].into_iter());
        assert!(found[1].is_nan() && found[3] == found[4]);
        assert!(found[5] < found[3] && found[3] < found[0] && found[0] < found[2]);
        let mean: f64 = found.iter().filter(|it| !it.is_nan()).sum();
        assert!(mean.abs() < 1e-12);
        assert_eq!(scores([7.0; 4].into_iter()), [0.0; 4]);
        assert!(scores(std::iter::empty()).is_empty());
    }

    #[test]
    fn frequent_labels_have_the_first_codes_and_rare_ones_share_the_last() {
        let labels = |names: &[&str]| names.iter().map(|it| (*it).to_owned()).collect::<Vec<String>>();
        let (before, now) = (labels(&["a", "b"]), labels(&["rare", "b"]));
        let old: Vec<f64> = (0..30).map(|i| f64::from(u8::from(i % 3 > 0))).chain([f64::NAN]).collect();
        let new = [0.0, 1.0, 1.0];
        let variable = |values, labels| Variable { name: "c", values, labels: Some(labels) };
        let reference = Frame { rows: 31, columns: vec![variable(&old, &before)] };
        let current = Frame { rows: 3, columns: vec![variable(&new, &now)] };
        let joint = Joint::of(&reference, &current);
        let Cells::Codes(codes, count) = &joint.columns[0] else { panic!("labels") };
        assert_eq!((*count, codes[0], codes[1], codes[30]), (3, 1, 0, MISSING));
        assert_eq!(codes[31..], [2, 0, 0]);
    }
}
