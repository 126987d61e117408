//! NannyML's `DataReconstructionDriftCalculator`: the rows of both files in, per chunk the mean distance of a row from what the
//! reference's principal components make of it out.

use std::collections::BTreeMap;

use super::super::MethodSaid;
use super::threshold::{Beyond, Bounds, deviations, within};
use super::{Calculated, Point, SIGMAS, alerting, number};
use crate::drift::multivariate::{Frame, Moments, Principal, Variable};
use crate::drift::words;
use crate::finding::{Finding, Severity, Status, Tier};
use crate::num::sqrt;

/// NannyML's name for it.
pub const NAME: &str = "reconstruction_error";
/// The share of the variance that the components hold, by default.
const SHARE: f64 = 0.65;

/// A file's rows and the chunk of each.
#[derive(Debug, Clone, Copy)]
pub struct Rows<'a> {
    /// The columns; those with labels, and booleans, are categories.
    pub frame: &'a Frame<'a>,
    /// Which columns are booleans without a missing cell, in the order of the columns.
    pub booleans: &'a [bool],
    /// What the chunks are called.
    pub keys: &'a [String],
    /// For each row its chunk; beyond the keys where it is in none.
    pub chunk: &'a [usize],
}

/// What it says of the chunks; the columns of both are the same, in the same order.
pub fn reconstruction(reference: Rows<'_>, current: Rows<'_>) -> MethodSaid {
    match calculated(reference, current) {
        Ok(said) => said,
        Err(why) => MethodSaid::not_run(NAME, why),
    }
}

/// Where the rows could not be had.
pub fn not_run(why: String) -> MethodSaid {
    MethodSaid::not_run(NAME, why)
}

/// The classifier, which is not reproduced.
pub fn domain_classifier() -> MethodSaid {
    let why = "LightGBM's trees are not reproduced; --multivariate has a classifier of our own";
    MethodSaid::not_run("domain_classifier_auroc", why.into())
}

/// In the sentence on the table: how many chunks alert by what is calculated of whole rows.
pub(in super::super) fn alerts(rows: &[MethodSaid]) -> String {
    let alerting = rows.iter().map(|it| (it.name, alerting(it).0)).filter(|it| it.1 > 0);
    alerting.map(|(name, alerts)| format!("; {name} alerts in {alerts}")).collect()
}

/// One for each statistic of whole rows that alerts or was not run.
pub(in super::super) fn findings(rows: &[MethodSaid]) -> Vec<Finding> {
    let finding = |it: &MethodSaid| {
        let (status, message) = match (it.drifted, it.value) {
            (Some(false), _) => return None,
            (Some(true), Some(value)) => {
                let (alerts, all) = alerting(it);
                let value = words::number(value);
                let said =
                    format!("{}: nannyml says drift in {alerts} of {all} chunks, up to {value}", it.name);
                (Status::Fail, said)
            }
            _ => (Status::NotRun, format!("{}: nannyml's word is not told", it.name)),
        };
        let reason = it.reason.clone().filter(|_| status == Status::NotRun);
        Some(Finding { reason, ..Finding::new("as-nannyml", Tier::Drift, Severity::Info, status, message) })
    };
    rows.iter().filter_map(finding).collect()
}

/// A column as numbers, by what the reference says.
struct Encoder<'a> {
    column: Variable<'a>,
    /// For each label its share in the reference; none of numbers.
    shares: Option<Vec<f64>>,
    /// What a missing cell is.
    fill: f64,
}

impl Encoder<'_> {
    fn at(&self, row: usize) -> f64 {
        let value = self.column.values[row];
        match &self.shares {
            _ if value.is_nan() => self.fill,
            Some(shares) => shares.get(value as usize).copied().unwrap_or(0.0),
            None => value,
        }
    }
}

fn calculated(reference: Rows<'_>, current: Rows<'_>) -> Result<MethodSaid, String> {
    for side in [reference, current] {
        check(side)?;
    }
    let width = reference.frame.columns.len();
    let (mut before, mut now) = (Vec::with_capacity(width), Vec::with_capacity(width));
    for (old, new) in reference.frame.columns.iter().zip(&current.frame.columns) {
        if old.labels.is_some() != new.labels.is_some() {
            return Err(format!("{:?} is of another type now", old.name));
        }
        let (a, b) = encoders(*old, *new, reference.frame.rows)?;
        before.push(a);
        now.push(b);
    }
    let scales = scales(&before, reference.frame.rows);
    if let Some((column, _)) = before.iter().zip(&scales).find(|(_, (_, deviation))| !deviation.is_finite()) {
        let name = column.column.name;
        return Err(format!("the squares of so large values have no number, as in {name:?}"));
    }
    let scaled = |encoders: &[Encoder<'_>], row: usize, out: &mut [f64]| {
        for ((out, encoder), (mean, deviation)) in out.iter_mut().zip(encoders).zip(&scales) {
            *out = (encoder.at(row) - mean) / deviation;
        }
    };
    let moments = Moments::of(reference.frame.rows, width, |row, out| scaled(&before, row, out));
    let fitted = Principal::fit(&moments, SHARE);
    // Of one column nothing is lost, not even to rounding.
    let principal = match fitted {
        Some(_) | None if width == 1 => None,
        None => return Err("every column of the reference is constant".into()),
        Some(it) if it.count() == width => {
            return Err("so few columns are all kept as components: the error would be rounding alone".into());
        }
        some => some,
    };
    let mut cells = vec![0.0; width];
    let mut points = |side: Rows<'_>, encoders: &[Encoder<'_>]| {
        let mut errors = vec![Vec::new(); side.keys.len()];
        for (row, chunk) in side.chunk.iter().enumerate() {
            if let Some(errors) = errors.get_mut(*chunk) {
                scaled(encoders, row, &mut cells);
                errors.push(principal.as_ref().map_or(0.0, |it| it.error(&mut cells)));
            }
        }
        errors.iter().map(|it| point(it)).collect::<Vec<Point>>()
    };
    let (a, b) = (points(reference, &before), points(current, &now));
    let mut found = Calculated { name: NAME, bounds: Bounds::default(), before: a, now: b };
    let (lower, upper) = deviations(&found.values(), SIGMAS);
    let bounds = Bounds { lower: Some(lower), upper: Some(upper) };
    found.judge(within(bounds, (Some(0.0), None), Beyond::Dropped), Bounds::not_inside);
    let said = found.of_keys(reference.keys, current.keys);
    if principal.is_none() {
        let why = "of one column nothing is lost; nannyml alerts, since 0 is not below its limit of 0";
        return Ok(MethodSaid { drifted: None, reason: Some(why.into()), ..said });
    }
    Ok(said)
}

/// What makes NannyML stop.
fn check(side: Rows<'_>) -> Result<(), String> {
    let (frame, booleans) = (side.frame, side.booleans);
    let categories = || frame.columns.iter().zip(booleans).filter(|it| it.0.labels.is_some());
    if frame.columns.is_empty() || frame.rows == 0 {
        return Err(format!("there is no {}", if frame.rows == 0 { "row" } else { "column to look at" }));
    }
    if categories().count() > 0 && categories().all(|it| *it.1) {
        return Err("nannyml stops where booleans are the only categories".into());
    }
    let infinite = frame.columns.iter().find(|it| it.values.iter().any(|x| x.is_infinite()));
    infinite.map_or(Ok(()), |it| Err(format!("nannyml stops at infinite values, as in {:?}", it.name)))
}

/// Both sides of a column: missing numbers are the mean, missing labels the most frequent one (the first by its text among
/// equals), labels the share of the reference's rows that hold them.
fn encoders<'a>(
    old: Variable<'a>,
    new: Variable<'a>,
    rows: usize,
) -> Result<(Encoder<'a>, Encoder<'a>), String> {
    let empty = || format!("nannyml stops where the reference has no value, as in {:?}", old.name);
    let of = |column, shares, fill| Encoder { column, shares, fill };
    let (Some(labels), Some(later)) = (old.labels, new.labels) else {
        let known = || old.values.iter().filter(|it| !it.is_nan());
        if known().next().is_none() {
            return Err(empty());
        }
        let mean = known().sum::<f64>() / known().count() as f64;
        return Ok((of(old, None, mean), of(new, None, mean)));
    };
    let mut counts = old.counts();
    let most = counts.iter().copied().max().filter(|it| *it > 0).ok_or_else(empty)?;
    let ties = (0..counts.len()).filter(|i| counts[*i] == most);
    let first = ties.min_by_key(|i| labels.get(*i)).ok_or_else(empty)?;
    counts[first] += old.values.iter().filter(|it| it.is_nan()).count() as u64;
    let shares: Vec<f64> = counts.iter().map(|count| *count as f64 / rows as f64).collect();
    let known: BTreeMap<&String, f64> = labels.iter().zip(shares.iter().copied()).collect();
    // What the reference never had has no share.
    let now = later.iter().map(|it| known.get(it).copied().unwrap_or(0.0)).collect();
    let fill = shares[first];
    Ok((of(old, Some(shares), fill), of(new, Some(now), fill)))
}

/// Mean and standard deviation (of the population) of each column, 1 where it is constant but for rounding, as
/// scikit-learn's `StandardScaler`.
fn scales(encoders: &[Encoder<'_>], rows: usize) -> Vec<(f64, f64)> {
    let n = rows as f64;
    let scale = |it: &Encoder<'_>| {
        let mean = (0..rows).map(|row| it.at(row)).sum::<f64>() / n;
        let variance = (0..rows).map(|row| (it.at(row) - mean) * (it.at(row) - mean)).sum::<f64>() / n;
        let rounding = n * mean * f64::EPSILON;
        let constant = variance.is_finite() && variance <= n * f64::EPSILON * variance + rounding * rounding;
        (mean, if constant { 1.0 } else { sqrt(variance) })
    };
    encoders.iter().map(scale).collect()
}

/// The mean error with its standard error and the band of three of them.
fn point(errors: &[f64]) -> Point {
    let n = errors.len() as f64;
    let mean = errors.iter().sum::<f64>() / n;
    let squares: f64 = errors.iter().map(|x| (x - mean) * (x - mean)).sum();
    let error = sqrt(squares / (n - 1.0)) / sqrt(n);
    let band = ((mean - SIGMAS * error).max(0.0), mean + SIGMAS * error);
    let known = number(error);
    Point { value: mean, error: known, band: known.map(|_| band), ..Point::default() }
}
