//! Contracts in one format and in another: what they find in the same file is the same.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

use crate::command::driftline;

/// What every rule found: rule, column, expected, status, count, rows of the places; each with how often.
fn found(folder: &Path, file: &str, contract: &str) -> BTreeMap<String, u64> {
    let line = format!("check {file} --contract {contract} --format json --as-of 2024-06-01");
    let done = driftline(folder, &line, b"");
    let report: Value =
        serde_json::from_str(&done.out).unwrap_or_else(|_| panic!("{} {}", done.out, done.err));
    let report = report.as_array().map_or(&report, |all| &all[0]);
    let mut all = BTreeMap::new();
    for it in report["findings"].as_array().unwrap() {
        let rows: Vec<&Value> = it["places"].as_array().unwrap().iter().map(|it| &it["row"]).collect();
        let told = ["rule", "column", "status", "severity", "count", "total", "skipped"].map(|key| &it[key]);
        *all.entry(format!("{told:?} {rows:?}")).or_default() += 1;
    }
    all
}

#[test]
fn a_suite_finds_the_same_when_it_is_converted() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/gx");
    let folder = tempfile::tempdir().unwrap();
    for (file, suite) in [
        ("orders.csv", "suite.json"),
        ("trips.csv", "trips-suite.json"),
        ("readings.csv", "readings-suite.json"),
    ] {
        for name in [file, suite] {
            std::fs::copy(data.join(name), folder.path().join(name)).unwrap();
        }
        let expected = found(folder.path(), file, suite);
        for (to, name) in [("odcs", "converted.odcs.yaml"), ("gx", "converted.json")] {
            let line = format!("contract convert {suite} --to {to} -o {name} --coverage json");
            let done = driftline(folder.path(), &line, b"");
            assert_eq!(done.code, 0, "{}", done.err);
            let coverage: Value = serde_json::from_str(&done.err).unwrap();
            assert_eq!(coverage["unsupported"].as_array().map(Vec::len), Some(0), "{coverage:#}");
            let there = found(folder.path(), file, name);
            let differ: Vec<_> = expected.iter().filter(|it| there.get(it.0) != Some(it.1)).collect();
            let new: Vec<_> = there.iter().filter(|it| !expected.contains_key(it.0)).collect();
            assert!(differ.is_empty(), "{suite} to {to}: {differ:#?}\n{new:#?}");
        }
    }
}

#[test]
fn what_is_written_is_not_what_is_read() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("s.json"), "{\"expectations\": []}").unwrap();
    let done = driftline(folder.path(), "contract convert s.json --to odcs -o s.json", b"");
    assert_eq!(done.code, 2);
    let done = driftline(folder.path(), "contract convert none.json --to odcs", b"");
    assert_eq!(done.code, 2);
    let done = driftline(folder.path(), "contract convert s.json --to gx", b"");
    assert_eq!((done.code, done.err.as_str()), (0, "0 of 0 rules mean the same\n"));
}
