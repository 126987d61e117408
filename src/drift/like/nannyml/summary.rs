//! NannyML's summary statistics per chunk, each with its sampling error as the reference has it.

use super::super::histogram::Counted;
use super::super::series::Series;
use super::threshold::{Beyond, Bounds, deviations, within};
use super::{Calculated, Point, SIGMAS};
use crate::num::{exp, pow, sqrt};

/// Mean, standard deviation, sum and median of a column of numbers.
pub(super) fn all(reference: &Series<'_>, before: &[Series<'_>], now: &[Series<'_>]) -> Vec<Calculated> {
    let whole = reference.numbers();
    let std = deviation(whole);
    // scipy's moment is NaN with a missing cell.
    let fourth = if reference.n < reference.rows { f64::NAN } else { moment(whole, 4) };
    let density = density_at_median(whole, std);
    let rows = |it: &Series<'_>| it.rows as f64;
    let spread = |it: &Series<'_>| {
        let n = rows(it);
        let inner = fourth - (n - 3.0) * std * std * std * std / (n - 1.0);
        if inner.is_finite() && inner >= 0.0 { sqrt(inner / n) / (2.0 * std) } else { f64::NAN }
    };
    let least = Some(0.0);
    vec![
        one("values_avg", before, now, &|it| (mean(it.numbers()), std / sqrt(rows(it))), None),
        one("values_std", before, now, &|it| (deviation(it.numbers()), spread(it)), least),
        one("values_sum", before, now, &|it| (sum(it.numbers()), std * sqrt(rows(it))), None),
        one(
            "values_median",
            before,
            now,
            &|it| (median(it.numbers()), sqrt(1.0 / (4.0 * rows(it) * (density * density)))),
            None,
        ),
    ]
}

/// The number of rows, which has no sampling error.
pub(super) fn rows(before: &[u64], now: &[u64]) -> Calculated {
    let point = |rows: &u64| Point { value: *rows as f64, ..Point::default() };
    let mut found = Calculated::of("rows_count", before, now, point);
    judge(&mut found, Some(0.0));
    found
}

type Statistic<'a> = &'a dyn Fn(&Series<'_>) -> (f64, f64);

fn one(
    name: &'static str,
    before: &[Series<'_>],
    now: &[Series<'_>],
    statistic: Statistic<'_>,
    least: Option<f64>,
) -> Calculated {
    let point = |chunk: &Series<'_>| {
        let (value, error) = statistic(chunk);
        let lower = value - SIGMAS * error;
        // numpy's maximum is NaN with one.
        let lower = if lower.is_nan() { lower } else { least.map_or(lower, |least| lower.max(least)) };
        Point { value, error: Some(error), band: Some((lower, value + SIGMAS * error)), ..Point::default() }
    };
    let mut found = Calculated::of(name, before, now, point);
    judge(&mut found, least);
    found
}

fn judge(found: &mut Calculated, least: Option<f64>) {
    let (lower, upper) = deviations(&found.values(), SIGMAS);
    let bounds = Bounds { lower: Some(lower), upper: Some(upper) };
    found.judge(within(bounds, (least, None), Beyond::Dropped), Bounds::not_inside);
}

fn sum(values: &Counted) -> f64 {
    values.iter().map(|it| it.0 * it.1 as f64).sum()
}

fn cells(values: &Counted) -> f64 {
    values.iter().map(|it| it.1).sum::<u64>() as f64
}

/// NaN without a cell.
fn mean(values: &Counted) -> f64 {
    sum(values) / cells(values)
}

/// The central moment of this order.
fn moment(values: &Counted, order: i32) -> f64 {
    let mean = mean(values);
    let power = |x: f64| (1..order).fold(x, |product, _| product * x);
    values.iter().map(|it| power(it.0 - mean) * it.1 as f64).sum::<f64>() / cells(values)
}

/// The standard deviation of the sample; NaN below two cells.
fn deviation(values: &Counted) -> f64 {
    let n = cells(values);
    if n < 2.0 { f64::NAN } else { sqrt(moment(values, 2) * n / (n - 1.0)) }
}

/// NaN without a cell.
fn median(values: &Counted) -> f64 {
    let n: u64 = values.iter().map(|it| it.1).sum();
    let at = |rank: u64| {
        let mut below = 0;
        let found = values.iter().find(|it| {
            below += it.1;
            below > rank
        });
        found.map_or(f64::NAN, |it| it.0)
    };
    if n == 0 { f64::NAN } else { (at((n - 1) / 2) + at(n / 2)) / 2.0 }
}

/// scipy's `gaussian_kde` with Scott's bandwidth at the median; ∞ of a constant, as NannyML has it.
fn density_at_median(values: &Counted, std: f64) -> f64 {
    let (n, middle) = (cells(values), median(values));
    if std == 0.0 {
        return f64::INFINITY;
    }
    let width = std * pow(n, -0.2);
    let kernel = |x: f64| exp(-(x - middle) * (x - middle) / (2.0 * width * width));
    let total: f64 = values.iter().map(|it| kernel(it.0) * it.1 as f64).sum();
    total / (n * width * sqrt(2.0 * std::f64::consts::PI))
}
