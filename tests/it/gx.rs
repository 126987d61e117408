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

#[test]
fn what_is_written_is_compared_as_a_data_frame_has_it() {
    results_agree("frames.csv", "frames-suite.json", "frames-results.json", &[]);
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

/// What each expectation of a suite on a small file gives: its success, or `None` where it was not evaluated.
fn successes(data: &str, expectations: &str) -> Vec<Option<bool>> {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("f.csv"), data).unwrap();
    std::fs::write(folder.path().join("suite.json"), format!("{{\"expectations\": [{expectations}]}}"))
        .unwrap();
    let done = driftline(folder.path(), "check f.csv --contract suite.json --format gx-json", b"");
    let found: Value = serde_json::from_str(&done.out).unwrap();
    let results = found["results"].as_array().unwrap();
    let each = results.iter().map(|it| match it["exception_info"]["raised_exception"].as_bool() {
        Some(false) => it["success"].as_bool(),
        _ => None,
    });
    each.collect()
}

fn on(kind: &str, column: &str, kwargs: &str) -> String {
    format!("{{\"type\": \"expect_column_{kind}\", \"kwargs\": {{\"column\": \"{column}\"{kwargs}}}}}")
}

#[test]
fn a_type_that_is_not_there_hides_nothing() {
    // The answers of Great Expectations 1.24.1.
    let codes = [
        on("values_to_be_of_type", "code", ", \"type_\": \"int64\""),
        on("values_to_be_in_set", "code", ", \"value_set\": [\"zzz\"]"),
        on("values_to_be_unique", "code", ""),
        on("values_to_be_of_type", "n", ", \"type_\": \"int64\""),
        on("values_to_be_of_type", "n", ", \"type_\": \"str\""),
        on("values_to_match_regex", "n", ", \"regex\": \"^[12]$\""),
    ];
    let found = successes("code,n\nA,1\nB,2\nB,3\n", &codes.join(","));
    assert_eq!(found, [false, false, false, true, false, false].map(Some));
    let floats = [
        on("values_to_be_of_type", "x", ", \"type_\": \"int64\""),
        on("values_to_be_between", "x", ", \"min_value\": 0, \"max_value\": 10"),
        on("mean_to_be_between", "x", ", \"max_value\": 10"),
        on("values_to_be_of_type", "day", ", \"type_\": \"str\""),
        on("value_lengths_to_equal", "day", ", \"value\": 10"),
        on("values_to_match_regex", "day", ", \"regex\": \"^[0-9]{4}-\""),
    ];
    let found = successes("x,day\n1.5,2024-01-01\n2.5,2024-02-01\n700.5,2024-03-01\n", &floats.join(","));
    assert_eq!(found, [false, false, false, true, true, true].map(Some));
}

#[test]
fn a_cell_that_is_no_number_is_no_allowed_value_either() {
    let rows: String = (0..20).map(|i| format!("{}\n", i % 3 + 1)).collect();
    let all = [
        on("values_to_be_in_set", "code", ", \"value_set\": [1, 2, 3]"),
        on("values_to_not_be_in_set", "code", ", \"value_set\": [\"x7\"]"),
        on("values_to_be_in_set", "code", ", \"value_set\": [1, 2, 3], \"mostly\": 0.9"),
        on("values_to_match_regex", "code", ", \"regex\": \"^[0-9]$\""),
        on("distinct_values_to_equal_set", "code", ", \"value_set\": [1, 2, 3]"),
        on("values_to_be_unique", "code", ", \"mostly\": 0.1"),
    ];
    let found = successes(&format!("code\n{rows}x7\n"), &all.join(","));
    assert_eq!(found, [Some(false), Some(false), Some(true), Some(false), None, None]);
}

#[test]
fn what_a_suite_asks_of_text_does_not_retype_a_column_for_a_comparison() {
    let folder = tempfile::tempdir().unwrap();
    let rows: String = (0..300).map(|i| format!("{},{:02}/01/2024\n", i % 7, i % 28 + 1)).collect();
    let expectations = [
        on("values_to_match_regex", "n", ", \"regex\": \"^[0-9]$\""),
        on("value_lengths_to_equal", "day", ", \"value\": 10"),
    ];
    std::fs::write(folder.path().join("f.csv"), format!("n,day\n{rows}")).unwrap();
    std::fs::write(
        folder.path().join("s.json"),
        format!("{{\"expectations\": [{}]}}", expectations.join(",")),
    )
    .unwrap();
    let line = "check f.csv --contract s.json --reference f.csv --format json";
    let report: Value = serde_json::from_str(&driftline(folder.path(), line, b"").out).unwrap();
    let types: Vec<&Value> = report["columns"].as_array().unwrap().iter().map(|it| &it["type"]).collect();
    assert_eq!(types, ["integer", "date"]);
    // A contract that does type a column types it in the reference, too; a saved profile cannot be read again.
    let contract = "apiVersion: v3.1.0\nkind: DataContract\nid: c\nversion: 1.0.0\nstatus: active\nschema:\n  - name: f\n    \
                    properties:\n      - {name: n, logicalType: string}\n";
    std::fs::write(folder.path().join("c.yaml"), contract).unwrap();
    driftline(folder.path(), "profile f.csv --save f.json", b"");
    for (reference, severity) in [("f.csv", None), ("f.json", Some("info"))] {
        let line = format!("check f.csv --contract c.yaml --reference {reference} --format json");
        let report: Value = serde_json::from_str(&driftline(folder.path(), &line, b"").out).unwrap();
        assert_eq!(report["columns"][0]["type"], "text");
        let mut findings = report["findings"].as_array().unwrap().iter();
        let found = findings.find(|it| it["rule"] == "column-retyped").map(|it| it["severity"].as_str());
        assert_eq!(found.flatten(), severity, "{reference}");
    }
    let findings = report["findings"].as_array().unwrap();
    assert!(findings.iter().all(|it| it["severity"] != "critical" || it["status"] != "fail"), "{findings:?}");
}

#[test]
fn numbers_with_leading_zeros_are_numbers_to_a_suite_that_bounds_them() {
    let rows: String = (0..20).map(|i| format!("{i:03}\n")).collect();
    let all = [
        on("values_to_be_between", "z", ", \"min_value\": 0, \"max_value\": 19"),
        on("values_to_match_regex", "z", ", \"regex\": \"^0\""),
        on("values_to_be_in_set", "z", ", \"value_set\": [0, 1, 2], \"mostly\": 0.15"),
        on("max_to_be_between", "z", ", \"max_value\": 18"),
        on("values_to_be_of_type", "z", ", \"type_\": \"int64\""),
    ];
    assert_eq!(successes(&format!("z\n{rows}"), &all.join(",")), [true, true, true, false, true].map(Some));
}

#[test]
fn a_number_of_no_values_is_no_success() {
    let all = [
        on("mean_to_be_between", "m", ", \"max_value\": 100"),
        on("max_to_be_between", "m", ", \"max_value\": 100"),
        on("unique_value_count_to_be_between", "m", ", \"min_value\": 1"),
        on("unique_value_count_to_be_between", "m", ", \"min_value\": 0"),
        on("most_common_value_to_be_in_set", "m", ", \"value_set\": [1]"),
        on("distinct_values_to_contain_set", "m", ", \"value_set\": [1]"),
        on("distinct_values_to_equal_set", "m", ", \"value_set\": [1]"),
        on("distinct_values_to_be_in_set", "m", ", \"value_set\": [1]"),
        on("values_to_be_between", "m", ", \"max_value\": 100"),
        on("values_to_not_be_null", "m", ", \"mostly\": 0"),
    ];
    let found = successes("id,m\n1,\n2,\n", &all.join(","));
    assert_eq!(found, [false, false, false, true, false, false, false, true, true, true].map(Some));
}

#[test]
fn what_is_asked_twice_or_wrong_is_answered_by_itself() {
    let all = [
        on("to_exist", "a", ""),
        on("to_exist", "a", ""),
        on("values_to_match_regex", "a", ", \"regex\": \"(\""),
        on("values_to_not_be_null", "a", ""),
    ];
    assert_eq!(successes("a\nx\n", &all.join(",")), [Some(true), Some(true), None, Some(true)]);
}
