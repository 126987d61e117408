//! Real files against the numbers of DuckDB and pandas, which stand in tests/data/oracle/real.json with their versions:
//! exact numbers are equal, estimates hold the truth within their error.

use std::collections::BTreeMap;

use driftline::engine::Options;
use driftline::profile::{Column, Estimate, Profile, Scalar};
use serde::Deserialize;

use crate::files::{real, scanned};

#[derive(Deserialize)]
struct Oracle {
    files: BTreeMap<String, Table>,
}

#[derive(Deserialize)]
struct Table {
    rows: u64,
    duplicate_rows: Option<u64>,
    columns: BTreeMap<String, Truth>,
}

#[derive(Deserialize)]
struct Truth {
    valid: u64,
    distinct: u64,
    min: Option<f64>,
    max: Option<f64>,
    mean: Option<f64>,
    std: Option<f64>,
    quantiles: Option<Vec<f64>>,
    zeros: Option<u64>,
    negatives: Option<u64>,
    skewness: Option<f64>,
    kurtosis: Option<f64>,
    top: Option<Vec<(String, u64)>>,
}

fn oracle(name: &str) -> Table {
    let text = include_str!("../data/oracle/real.json");
    let mut oracle: Oracle = serde_json::from_str(text).expect("the oracle's file");
    oracle.files.remove(name).expect("a file of the oracle")
}

fn number(scalar: &Scalar) -> f64 {
    match scalar {
        Scalar::Integer(value) => *value as f64,
        Scalar::Float(value) => *value,
        Scalar::Text(text) => text.parse().expect("a number"),
    }
}

#[track_caller]
fn close(found: f64, truth: f64, relative: f64, what: &str) {
    assert!((found - truth).abs() <= relative * truth.abs().max(1e-300), "{what}: {found}, truth {truth}");
}

#[track_caller]
fn holds(estimate: Estimate, truth: u64, what: &str) {
    if estimate.exact {
        assert_eq!(estimate.value, truth as f64, "{what}");
    } else {
        let off = (estimate.value - truth as f64).abs();
        assert!(off <= estimate.error, "{what}: {estimate:?}, truth {truth}");
    }
}

fn compare(column: &Column, truth: &Truth) {
    let name = &column.name;
    assert_eq!(column.valid, truth.valid, "{name}: valid");
    assert_eq!(column.rows, column.valid + column.missing + column.invalid, "{name}");
    holds(column.distinct, truth.distinct, &format!("{name}: distinct"));
    assert!(column.distinct.value <= column.valid as f64, "{name}: more distinct than valid");
    if let Some(top) = &truth.top {
        for (value, count) in top {
            let listed = column.top.iter().find(|it| it.value == Scalar::Text(value.clone()));
            if let Some(listed) = listed {
                assert!(
                    listed.count.abs_diff(*count) <= listed.error,
                    "{name}: {value} × {}, truth {count}",
                    listed.count
                );
            }
        }
    }
    let (Some(mean), Some(numeric)) = (truth.mean, &column.numeric) else { return };
    assert_eq!(Some(number(&numeric.min)), truth.min, "{name}: min");
    assert_eq!(Some(number(&numeric.max)), truth.max, "{name}: max");
    close(numeric.mean.expect("a mean"), mean, 1e-12, &format!("{name}: mean"));
    if let Some(std) = truth.std {
        close(numeric.std.expect("a deviation"), std, 1e-12, &format!("{name}: std"));
    }
    assert_eq!(Some(numeric.zeros), truth.zeros, "{name}: zeros");
    assert_eq!(Some(numeric.negatives), truth.negatives, "{name}: negatives");
    let mut last = f64::NEG_INFINITY;
    for (i, (p, value)) in numeric.quantiles.iter().enumerate() {
        let truth = truth.quantiles.as_ref().expect("quantiles")[i];
        let found = number(value);
        let error = numeric.quantile_errors.get(i).copied().unwrap_or(truth.abs() * 1e-12);
        assert!((found - truth).abs() <= error, "{name}: quantile {p}: {found} ± {error}, truth {truth}");
        assert!(
            found >= last && found <= number(&numeric.max) && found >= number(&numeric.min),
            "{name}: {p}"
        );
        last = found;
    }
    let (skewness_error, kurtosis_error) = numeric.shape_error.unwrap_or((0.0, 0.0));
    for (found, truth, error, what) in [
        (numeric.skewness, truth.skewness, skewness_error, "skewness"),
        (numeric.kurtosis, truth.kurtosis, kurtosis_error, "kurtosis"),
    ] {
        if let (Some(found), Some(truth)) = (found, truth.filter(|it| it.is_finite())) {
            // pandas itself is off by about 1e-9 here.
            assert!(
                (found - truth).abs() <= error + 1e-7 * truth.abs().max(1.0),
                "{name}: {what} {found}, truth {truth}"
            );
        }
    }
}

fn check(name: &str, profile: &Profile) {
    let table = oracle(name);
    assert_eq!(profile.table.rows, table.rows);
    if let Some(duplicates) = table.duplicate_rows {
        holds(profile.table.duplicate_rows, duplicates, "duplicate rows");
    }
    for (column, truth) in &table.columns {
        let found = profile.columns.iter().find(|it| it.name == *column).expect("a column of the oracle");
        compare(found, truth);
    }
}

fn within_the_budget(name: &str) -> Profile {
    let options = Options { name: name.to_owned(), threads: 2, ..Options::default() };
    let profile = scanned(&real(name), &options).profile();
    check(name, &profile);
    profile
}

#[test]
fn flights_csv_has_the_numbers_of_duckdb_and_pandas() {
    let profile = within_the_budget("flights.csv");
    let missing: u64 = profile.columns.iter().map(|it| it.missing).sum();
    // pandas 3.0: flights.isna().sum().sum()
    assert_eq!(missing, 46_595);
    assert!(profile.columns.iter().all(|it| it.invalid == 0 && it.distinct.exact));
}

#[test]
fn zipcodes_csv_keeps_its_leading_zeros() {
    let profile = within_the_budget("zipcodes.csv");
    let codes = &profile.columns[0];
    assert_eq!(codes.ty, driftline::cell::Type::Text);
    assert_eq!(codes.top[0].value, Scalar::Text("00501".to_owned()));
}

#[test]
fn movies_json_has_its_messy_types_told_apart() {
    let profile = within_the_budget("movies.json");
    let title = profile.columns.iter().find(|it| it.name == "Title").expect("a title");
    assert_eq!(title.ty, driftline::cell::Type::Text);
    assert_eq!((title.rows, title.invalid), (3_201, 0));
}

#[test]
fn parquet_and_arrow_have_the_numbers_of_duckdb_and_pandas() {
    within_the_budget("flights-3m.parquet");
    within_the_budget("flights-200k.arrow");
}

#[test]
fn small_real_files_have_the_numbers_of_duckdb_and_pandas() {
    within_the_budget("sp500.csv");
    within_the_budget("weather.csv");
}

#[test]
fn past_the_budget_the_truth_lies_within_the_error_for_every_seed() {
    for seed in [0, 1, 2, 3, 4] {
        for name in ["flights.csv", "zipcodes.csv", "weather.csv", "flights-200k.arrow", "movies.json"] {
            let options =
                Options { name: name.to_owned(), threads: 2, seed, memory: 1 << 20, ..Options::default() };
            let profile = scanned(&real(name), &options).profile();
            check(name, &profile);
        }
    }
}
