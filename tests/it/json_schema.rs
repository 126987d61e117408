//! JSON Schemas of records: what the Python package jsonschema says of the same records (`tests/data/json-schema`), we say too.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::Value;

use crate::command::driftline;

#[test]
fn errors_are_those_of_jsonschema() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/json-schema/cases.json");
    let cases: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let records = cases["records"].as_array().unwrap();
    let lines: String = records.iter().map(|record| format!("{record}\n")).collect();
    std::fs::write(folder.path().join("orders.jsonl"), lines).unwrap();
    std::fs::write(folder.path().join("schema.json"), cases["schema"].to_string()).unwrap();
    let done = driftline(folder.path(), "check orders.jsonl --contract schema.json --format json", b"");
    let report: Value = serde_json::from_str(&done.out).unwrap_or_else(|_| panic!("{}", done.err));
    let findings = report["findings"].as_array().unwrap();
    let failed = findings.iter().filter(|it| it["status"] == "fail");
    let ours: BTreeSet<(u64, String)> = failed
        .flat_map(|finding| finding["places"].as_array().unwrap())
        .map(|place| (place["row"].as_u64().unwrap(), place["column"].as_str().unwrap().to_owned()))
        .collect();
    let errors = cases["errors"].as_array().unwrap().iter();
    let theirs: BTreeSet<(u64, String)> =
        errors.map(|it| (it[0].as_u64().unwrap(), it[1].as_str().unwrap().to_owned())).collect();
    assert_eq!(ours, theirs);
    let waiting: Vec<&Value> = findings.iter().filter(|it| it["status"] == "not_run").collect();
    assert!(waiting.is_empty(), "{waiting:?}");
}

#[test]
fn what_a_schema_says_and_we_do_not_check_is_not_run() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.jsonl"), "{\"a\": 1, \"b\": \"x\", \"c\": 2}\n").unwrap();
    let schema = r##"{"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object", "title": "t",
        "properties": {"a": {"type": ["integer", "string"]}, "b": {"anyOf": [{"minLength": 3}]}},
        "additionalProperties": false, "if": {}, "oneOf": []}"##;
    std::fs::write(folder.path().join("s.json"), schema).unwrap();
    let done = driftline(folder.path(), "check a.jsonl --contract s.json --format json", b"");
    let report: Value = serde_json::from_str(&done.out).unwrap_or_else(|_| panic!("{}", done.err));
    let findings = report["findings"].as_array().unwrap().iter();
    let told: BTreeSet<String> = findings
        .filter(|it| it["status"] != "pass")
        .map(|it| format!("{} {}", it["status"].as_str().unwrap(), it["message"].as_str().unwrap()))
        .collect();
    let expected = [
        "fail \"c\" was not agreed",
        "not_run not checked: anyOf is not supported",
        "not_run not checked: if is not supported for records",
        "not_run not checked: oneOf is not supported for records",
        "not_run not checked: several types are not supported",
    ];
    assert_eq!(told, expected.iter().map(|it| (*it).to_owned()).collect());
}
