//! Every `--format` of the five people with eight bad cells, as a whole: what other tools are given changes on purpose only.

use std::path::Path;

use serde_json::{Value, json};

use crate::command::driftline;

/// All but JSON.
pub(crate) const FORMATS: [&str; 10] = [
    "text",
    "markdown",
    "html",
    "gx-json",
    "frictionless-json",
    "junit",
    "sarif",
    "github",
    "prometheus",
    "pagerduty",
];

/// What is printed, with the exit code of a broken contract.
fn printed(format: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    for (from, to) in [("people.csv", "people.csv"), ("contracts/people.odcs.yaml", "people.odcs.yaml")] {
        std::fs::copy(data.join(from), folder.path().join(to)).unwrap();
    }
    let line = format!("check people.csv --contract people.odcs.yaml --as-of 2026-01-31 --format {format}");
    let done = driftline(folder.path(), &line, b"");
    assert_eq!(done.code, 1, "{format}: {}", done.err);
    done.out.replace(env!("CARGO_PKG_VERSION"), "VERSION")
}

#[test]
fn every_format_says_what_it_said() {
    for format in FORMATS {
        insta::assert_snapshot!(format, printed(format));
    }
}

#[test]
fn the_report_finds_what_it_found() {
    let report: Value = serde_json::from_str(&printed("json")).unwrap();
    let found = json!({ "verdict": report["verdict"], "findings": report["findings"] });
    insta::assert_snapshot!("json", serde_json::to_string_pretty(&found).unwrap());
}
