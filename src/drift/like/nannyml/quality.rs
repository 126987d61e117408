//! NannyML's data quality per chunk: the shares of missing, unseen and out-of-range cells.

use super::super::series::{Dtype, Series, Values, both};
use super::threshold::{Beyond, Bounds, deviations, within};
use super::{Calculated, Point, SIGMAS};
use crate::num::sqrt;

/// The share of missing cells, with the band that a reference's share has by chance.
pub(super) fn missing(reference: &Series<'_>, before: &[Series<'_>], now: &[Series<'_>]) -> Calculated {
    let lost = |it: &Series<'_>| it.rows - it.n;
    let p = lost(reference) as f64 / reference.rows as f64;
    let point = |chunk: &Series<'_>| {
        let value = lost(chunk) as f64 / chunk.rows as f64;
        let error = sqrt(p * (1.0 - p)) / sqrt(chunk.rows as f64);
        let band = (value - SIGMAS * error, value + SIGMAS * error);
        Point {
            value,
            error: Some(error),
            band: Some((band.0.max(0.0), band.1.min(1.0))),
            ..Point::default()
        }
    };
    let mut found = Calculated::of("missing_values_rate", before, now, point);
    let (lower, upper) = deviations(&found.values(), SIGMAS);
    let bounds = Bounds { lower: Some(lower), upper: Some(upper) };
    found.judge(within(bounds, (Some(0.0), Some(1.0)), Beyond::Held), Bounds::beyond);
    found
}

/// The share of cells with a value that the reference never had, of categories; a missing cell is one, unless the
/// reference has missing cells. Any of them alerts.
pub(super) fn unseen(reference: &Series<'_>, before: &[Series<'_>], now: &[Series<'_>]) -> Calculated {
    let missing = reference.n < reference.rows;
    let point = |chunk: &Series<'_>| {
        let counts = both(reference, chunk).map_or_else(Vec::new, |it| it.counts);
        let new: u64 = counts.iter().filter(|it| it.0 == 0).map(|it| it.1).sum();
        let lost = if missing { 0 } else { chunk.rows - chunk.n };
        Point { value: (new + lost) as f64 / chunk.rows as f64, ..Point::default() }
    };
    let mut found = Calculated::of("unseen_values_rate", before, now, point);
    found.judge(Bounds { lower: None, upper: Some(0.0) }, Bounds::beyond);
    found
}

/// The share of cells below the reference's smallest or above its largest number. Any of them alerts.
pub(super) fn out_of_range(reference: &Series<'_>, before: &[Series<'_>], now: &[Series<'_>]) -> Calculated {
    let all = reference.numbers();
    let (low, high) = all.first().zip(all.last()).map_or((f64::NAN, f64::NAN), |it| (it.0.0, it.1.0));
    let point = |chunk: &Series<'_>| {
        let outside = chunk.numbers().iter().filter(|it| it.0 < low || it.0 > high);
        Point { value: outside.map(|it| it.1).sum::<u64>() as f64 / chunk.rows as f64, ..Point::default() }
    };
    let mut found = Calculated::of("out_of_range_values_rate", before, now, point);
    found.judge(Bounds { lower: None, upper: Some(0.0) }, Bounds::beyond);
    found
}

/// Whether a column is one of categories to NannyML, one of numbers, or neither.
pub(super) fn continuous(series: &Series<'_>) -> Result<bool, &'static str> {
    match (series.dtype, &series.values) {
        (Dtype::Float | Dtype::Int, Values::Numbers(_)) => Ok(true),
        (Dtype::Bool | Dtype::BoolObject | Dtype::Text, _) => Ok(false),
        (Dtype::Time, _) => Err("it compares no dates and times"),
        _ => Err("it compares no nested values"),
    }
}
