//! The library rules of ODCS: what datacontract-cli 1.2.8 says of small files (`tests/data/datacontract_cli`), we say too.

use std::path::Path;

use driftline::engine::{self, Options, Request};
use driftline::report::wire::Finding;
use serde_json::Value;

use crate::files::{Bytes, scanned_with};

/// Where we differ on purpose, and why.
const DIFFERENT: &[(&str, &str)] = &[
    ("invalid percent of all rows", "a share is one of the cells that are there, not of the rows"),
    ("invalid percent of the cells that are there", "the same"),
    (
        "numbers by a pattern",
        "a column of numbers has no pattern unless its logicalType is string; not run, not a pass",
    ),
    ("words for missing", "NA and NULL are missing cells unless a column is one of two-letter codes"),
    ("duplicates by key", "cells that are not unique are counted, not the values that repeat"),
    ("duplicates by row", "the same"),
    ("duplicates percent", "the share of the cells that are there; they do not run it"),
    ("rows by key", "rows that are not unique are counted, not the keys that repeat"),
    ("rows by row", "the same"),
    ("rows with a missing cell", "only a row without any of the cells is left out"),
];

/// The finding of the one rule of a contract.
fn found(text: &str, contract: &Value) -> Finding {
    let governing = engine::governing(None, Some(contract.to_string().as_bytes()));
    let options = Options { name: "data.csv".into(), ..Options::default() };
    let state = scanned_with(&Bytes(text.into()), &options, governing);
    let request = Request { current: &state, reference: None, as_of: None, drift: None };
    let mut findings = engine::report(request).expect("a report").findings;
    let others = ["column-presence", "no-rows"];
    findings.retain(|it| !others.contains(&it.rule.as_str()));
    assert_eq!(findings.len(), 1, "{findings:#?}");
    findings.remove(0)
}

#[test]
fn verdicts_and_counts_are_those_of_datacontract_cli() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/datacontract_cli/cases.json");
    let data: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let cases = data["cases"].as_array().unwrap();
    assert!(cases.len() > 300);
    let mut wrong = Vec::new();
    for case in cases {
        let name = case["name"].as_str().unwrap();
        let ours = found(case["text"].as_str().unwrap(), &case["contract"]);
        let verdict = match ours.status.as_str() {
            "pass" => "passed",
            "fail" => "failed",
            _ => "warning",
        };
        let counts = match (ours.rule.as_str(), &case["failed_rows"]) {
            ("row-count", _) => case["value"].as_u64().map(|rows| ours.observed == Some(counted(rows))),
            (_, Value::Null) => case["value"].as_u64().map(|count| ours.count == count),
            (_, rows) => Some(rows.as_u64() == Some(ours.count)),
        };
        let is_same = case["result"] == verdict && counts != Some(false);
        if is_same == DIFFERENT.iter().any(|it| it.0 == name) {
            wrong.push(format!("{name}\n  ours {verdict}: {}\n  theirs {}", ours.message, case["result"]));
        }
    }
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n"));
}

fn counted(rows: u64) -> String {
    format!("{rows} {}", if rows == 1 { "row" } else { "rows" })
}

#[test]
fn queries_that_count_the_rows_of_a_condition_are_run_without_a_database() {
    let text = "a,b\n1,xa\n-2,y\n,z\n5,\n";
    // What DuckDB 1.4 counts of the same file is held against the operator.
    let table = [
        ("SELECT COUNT(*) FROM data WHERE a < 0", "mustBe", 0, "fail", Some(2)),
        ("SELECT COUNT(*) FROM data WHERE a < -5", "mustBe", 0, "pass", None),
        ("SELECT COUNT(*) FROM {model} WHERE a < 0", "mustBeLessOrEqualTo", 1, "pass", Some(2)),
        ("SELECT COUNT(*) FROM data WHERE a IS NULL OR b IS NULL", "mustBeLessThan", 2, "fail", Some(3)),
        ("SELECT COUNT(*) FROM data WHERE b LIKE 'x%'", "mustBe", 1, "pass", Some(1)),
        ("SELECT COUNT(*) FROM data d WHERE d.a NOT IN (1, 5)", "mustBe", 0, "fail", Some(2)),
        ("SELECT COUNT(*) FROM data WHERE a BETWEEN 1 AND 5", "mustBeGreaterThan", 1, "pass", None),
        ("SELECT COUNT(*) FROM data WHERE a BETWEEN 1 AND 5", "mustNotBe", 2, "fail", None),
        ("SELECT COUNT(*) FROM data", "mustBe", 4, "pass", None),
        ("SELECT COUNT(*) FROM other WHERE a < 0", "mustBe", 0, "not_run", None),
        ("SELECT SUM(a) FROM data", "mustBe", 0, "not_run", None),
    ];
    for (query, operator, value, status, row) in table {
        let quality = serde_json::json!([{ "type": "sql", "query": query, operator: value }]);
        let contract = serde_json::json!({
            "apiVersion": "v3.1.0", "kind": "DataContract", "id": "a", "version": "1.0.0", "status": "active",
            "schema": [{ "name": "data", "properties": [{ "name": "a" }, { "name": "b" }], "quality": quality }],
        });
        let found = found(text, &contract);
        assert_eq!(found.status, status, "{query}: {}", found.message);
        assert_eq!(found.places.first().map(|it| it.row), row, "{query}: {}", found.message);
    }
}
