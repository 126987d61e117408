//! A classifier that tells the rows of the two files apart: rows in, how well it does on rows that it has not seen, and which
//! columns it needs for that, out.
//!
//! D. Lopez-Paz, M. Oquab (2017), *Revisiting classifier two-sample tests*; L. Breiman (2001), *Random forests*, 10, of the
//! attribution by permutation.

use std::f64::consts::SQRT_2;

use super::features::Features;
use super::joint::Joint;
use super::logistic::fit;
use super::ranking::Area;
use crate::num::{hash, normal_sf};

/// Parts of the rows, each told by a classifier that learned from the others.
const FOLDS: usize = 5;
/// The weight of the ridge, scikit-learn's C = 1.
const RIDGE: f64 = 1.0;
/// Fewer rows of a file than these say nothing.
pub(super) const LEAST: usize = 50;

/// What it found.
#[derive(Debug, Clone, PartialEq)]
pub struct Domain {
    /// Of the scores of all rows, each by a classifier that had not seen it; its error is DeLong's times √2.
    pub area: Area,
    /// The chance of such an area where both files are alike.
    pub p_value: f64,
    /// How many features it saw.
    pub features: usize,
    /// For each column the area that is lost when its cells are dealt out anew among the rows, at least 0.
    pub drops: Vec<f64>,
}

/// `Err` says why there is none.
pub(super) fn classify(joint: &Joint, seed: u64) -> Result<Domain, String> {
    let (n, m) = joint.rows;
    if n.min(m) < LEAST {
        return Err(format!("it needs {LEAST} rows of each file"));
    }
    let features = Features::of(joint);
    if features.width() == 0 {
        return Err("no column varies".into());
    }
    // Interleaved, so that each part has rows of all of a file.
    let fold = |row: usize| if row < n { row % FOLDS } else { (row - n) % FOLDS };
    let width = features.width();
    let mut models = Vec::with_capacity(FOLDS);
    for part in 0..FOLDS {
        let rows: Vec<usize> = (0..joint.all()).filter(|row| fold(*row) != part).collect();
        let model = fit(&features.values, width, &rows, |row| row >= n, RIDGE);
        models.push(model.ok_or("the classifier's equations have no solution")?);
    }
    let line = |row: usize| &features.values[row * width..(row + 1) * width];
    let score = |row: usize| -> f64 {
        let beta = &models[fold(row)];
        beta[0] + line(row).iter().zip(&beta[1..]).map(|(x, b)| x * b).sum::<f64>()
    };
    let scores: Vec<f64> = (0..joint.all()).map(score).collect();
    let area = |scores: &[f64]| Area::of(&scores[..n], &scores[n..]).ok_or("there are too few rows");
    let found = area(&scores)?;
    let mut drops = Vec::with_capacity(joint.columns.len());
    for column in 0..joint.columns.len() {
        let other = dealt(joint.all(), &fold, seed ^ hash::mix(column as u64 + 1));
        let touched: Vec<usize> = (0..width).filter(|i| features.kinds[*i].touches(column)).collect();
        let changed = |row: usize| -> f64 {
            let beta = &models[fold(row)];
            let of = |i: &usize| {
                let value = features.kinds[*i].value(joint, |it| if it == column { other[row] } else { row });
                let (mean, deviation) = features.scales[*i];
                beta[i + 1] * ((value - mean) / deviation - line(row)[*i])
            };
            scores[row] + touched.iter().map(of).sum::<f64>()
        };
        let without: Vec<f64> = (0..joint.all()).map(changed).collect();
        drops.push((found.value - area(&without)?.value).max(0.0));
    }
    let area = Area { error: found.error * SQRT_2, ..found };
    Ok(Domain { area, p_value: p_value(&area), features: width, drops })
}

/// One-sided: a classifier that does worse than chance has found nothing.
///
/// Where both files are alike, folds learn from each other's rows: with sums of scores Σ dₖ(D − dₖ) = 2 Σ_{j<k} dⱼdₖ, whose
/// variance is twice that of independent folds. So much more than the Mann–Whitney variance is taken; seeded runs hold it.
fn p_value(area: &Area) -> f64 {
    let chance = area.by_chance * SQRT_2;
    if chance > 0.0 { normal_sf((area.value - 0.5) / chance) } else { 1.0 }
}

/// For each row one of the same fold, each once, in an order that the seed alone says.
fn dealt(rows: usize, fold: &dyn Fn(usize) -> usize, seed: u64) -> Vec<usize> {
    let mut other = vec![0; rows];
    for part in 0..FOLDS {
        let own: Vec<usize> = (0..rows).filter(|row| fold(*row) == part).collect();
        let mut drawn: Vec<(u64, usize)> =
            own.iter().map(|row| (hash::word(seed, *row as u64), *row)).collect();
        drawn.sort_unstable();
        own.iter().zip(drawn).for_each(|(row, (_, it))| other[*row] = it);
    }
    other
}
