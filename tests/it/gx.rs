//! Suites of Great Expectations: what it says itself of the same file (`tests/data/gx`, version 1.24.1), we say too.

use std::path::Path;

use serde_json::{Value, json};

use crate::command::driftline;

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/gx")
}

fn read(name: &str) -> Value {
    serde_json::from_slice(&std::fs::read(folder().join(name)).unwrap()).unwrap()
}

fn validated(file: &str, suite: &str) -> Value {
    let line = format!("check {file} --contract {suite} --format gx-json");
    let done = driftline(&folder(), &line, b"");
    serde_json::from_str(&done.out).unwrap_or_else(|error| panic!("{error}: {} {}", done.out, done.err))
}

/// Equal, or both numbers but for what summing in another order rounds.
fn near(ours: &Value, theirs: &Value) -> bool {
    match (ours.as_f64(), theirs.as_f64()) {
        (Some(ours), Some(theirs)) => (ours - theirs).abs() <= 1e-12 * theirs.abs(),
        _ => ours == theirs,
    }
}

/// Where we differ on purpose: the place in the suite, and why.
const DIFFERENT: &[(usize, &str)] =
    &[(8, "pandas takes the text null of a column of texts for a missing cell"), (36, "the same")];

/// Numbers as doubles, within lists and objects too: pandas reads whole numbers beside missing ones as such.
fn doubled(value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().map(doubled).collect(),
        Value::Object(entries) => entries.iter().map(|(key, it)| (key.clone(), doubled(it))).collect(),
        it => it.as_f64().map_or_else(|| it.clone(), |number| json!(number)),
    }
}

#[test]
fn results_are_those_of_great_expectations() {
    results_agree("orders.csv", "suite.json", "results.json", DIFFERENT);
}

#[test]
fn results_on_rows_are_those_of_great_expectations() {
    results_agree("trips.csv", "trips-suite.json", "trips-results.json", &[]);
}

#[test]
fn results_on_whole_columns_are_those_of_great_expectations() {
    results_agree("readings.csv", "readings-suite.json", "readings-results.json", &[]);
    results_agree("payloads.csv", "payloads-suite.json", "payloads-results.json", &[]);
}

fn results_agree(file: &str, suite_file: &str, results: &str, different: &[(usize, &str)]) {
    let (suite, expected) = (read(suite_file), read(results));
    let found = validated(file, suite_file);
    let results = found["results"].as_array().unwrap();
    let expected = expected.as_array().unwrap();
    assert_eq!(results.len(), expected.len());
    let mut wrong = Vec::new();
    for (i, (found, expected)) in results.iter().zip(expected).enumerate() {
        let config = &suite["expectations"][i];
        assert_eq!(found["expectation_config"]["type"], config["type"]);
        if different.iter().any(|it| it.0 == i) {
            assert_eq!(found["success"], expected["success"]);
            continue;
        }
        let (ours, theirs) = (&found["result"], &expected["result"]);
        let mut differ = found["success"] != expected["success"];
        // What it says of distinct values counts values, not cells.
        let by_cell = theirs["element_count"].is_u64();
        for key in
            ["element_count", "missing_count", "unexpected_count", "unexpected_percent", "observed_value"]
        {
            let is_told = by_cell || (key == "observed_value" && theirs[key].is_number());
            differ |= is_told && !theirs[key].is_null() && !near(&ours[key], &theirs[key]);
        }
        if by_cell {
            differ |= ours["unexpected_index_list"] != theirs["unexpected_index_list"];
            differ |=
                doubled(&ours["partial_unexpected_list"]) != doubled(&theirs["partial_unexpected_list"]);
        }
        if differ {
            wrong.push(format!("{i} {config}\n  ours   {found}\n  theirs {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n"));
    assert_eq!(found["statistics"]["evaluated_expectations"], expected.len());
}
