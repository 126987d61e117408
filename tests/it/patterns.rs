//! Patterns with look-around: a text on which one gives up is no offender, whatever the type of the column.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::command::driftline;

/// On these digits the pattern has too many ways to go.
const HARD: &str = "11111111111111111111111111111111111";
const PATTERN: &str = r"^(?=\d)(?:(1|1)+)+\1x$";

fn found(of_n: &str, kwargs: Value) -> Value {
    let folder = tempfile::tempdir().unwrap();
    let mut file = "n,kind\n".to_owned();
    for i in 0..200 {
        let n = if i == 120 { of_n.to_owned() } else { i.to_string() };
        writeln!(file, "{n},{}", if i == 120 { "odd" } else { "even" }).unwrap();
    }
    let suite = json!({"name": "s", "expectations": [
        {"type": "expect_column_values_to_not_match_regex", "kwargs": kwargs},
    ]});
    std::fs::write(folder.path().join("f.csv"), file).unwrap();
    std::fs::write(folder.path().join("s.json"), suite.to_string()).unwrap();
    let done = driftline(folder.path(), "check f.csv --contract s.json --format json", b"");
    let report: Value = serde_json::from_str(&done.out).unwrap_or_else(|_| panic!("{}", done.err));
    let findings = report["files"][0]["findings"].as_array().or(report["findings"].as_array()).unwrap();
    findings
        .iter()
        .find(|it| it["rule"] == "forbidden-pattern")
        .cloned()
        .unwrap_or_else(|| panic!("{report}"))
}

#[test]
fn a_number_on_which_a_pattern_gives_up_is_no_offender() {
    let at = |of_n: &str| found(of_n, json!({"column": "n", "regex": PATTERN}));
    assert_eq!(at("5")["status"], "pass");
    let finding = at(HARD);
    assert_eq!((&finding["status"], &finding["count"]), (&json!("not_run"), &json!(0)), "{finding}");
    let message = finding["message"].as_str().unwrap();
    assert!(message.contains("it gave up on 1 cell, first in row 121"), "{message}");
}

#[test]
fn it_may_be_for_some_rows() {
    let of = |kind: &str| {
        let condition = format!("col(\"kind\") == \"{kind}\"");
        let when = json!({"column": "n", "regex": PATTERN, "row_condition": condition,
            "condition_parser": "great_expectations"});
        found(HARD, when)["status"].clone()
    };
    assert_eq!(
        (of("odd"), of("even")),
        (json!("not_run"), json!("pass")),
        "only rows that are chosen are read"
    );
}
