//! JSON Schemas for records: what jsonschema 4.26.0 says is wrong with small lists of records (`tests/data/json_schema`), we
//! say too: the same rows, properties and rules.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::{Value, json};

use crate::command::driftline;

fn checked(name: &str, text: &str, schema: &Value) -> Value {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join(name), text).unwrap();
    std::fs::write(folder.path().join("schema.json"), schema.to_string()).unwrap();
    let done = driftline(folder.path(), &format!("check {name} --contract schema.json --format json"), b"");
    serde_json::from_str(&done.out)
        .unwrap_or_else(|error| panic!("{error}: {schema} {} {}", done.out, done.err))
}

/// Row, column and rule of each offender; of a column that was not agreed only the rule.
fn offenders(report: &Value) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for finding in report["findings"].as_array().unwrap().iter().filter(|it| it["card"] == "as_agreed") {
        let rule = &finding["rule"];
        if finding["status"] == "fail" && rule == "column-set" {
            found.insert(format!("null \"\" {rule}"));
        }
        for place in finding["places"].as_array().unwrap() {
            found.insert(format!("{} {} {rule}", place["row"], place["column"]));
        }
    }
    found
}

#[test]
fn offenders_are_those_of_jsonschema() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/json_schema/cases.json");
    let data: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let cases = data["cases"].as_array().unwrap();
    assert!(cases.len() >= 41);
    let mut wrong = Vec::new();
    for case in cases {
        let records: Vec<String> = case["records"].as_array().unwrap().iter().map(Value::to_string).collect();
        let report = checked("data.jsonl", &records.join("\n"), &case["schema"]);
        let ours = offenders(&report);
        let errors = case["errors"].as_array().unwrap().iter();
        let theirs: BTreeSet<String> = errors.map(|it| format!("{} {} {}", it[0], it[1], it[2])).collect();
        let findings = report["findings"].as_array().unwrap();
        let waits = findings.iter().any(|it| it["status"] == "not_run");
        if ours != theirs || waits {
            wrong.push(format!("{}\n  ours   {ours:?}\n  theirs {theirs:?}", case["name"]));
        }
    }
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn lists_of_records_and_csv_are_held_against_the_same_schema() {
    let row = json!({ "type": "object", "required": ["id", "name"], "properties": {
        "id": { "type": "integer", "minimum": 1 }, "name": { "type": "string", "maxLength": 3 },
    } });
    let list = json!({ "$schema": "http://json-schema.org/draft-07/schema#", "type": "array", "items": row });
    let expected: BTreeSet<String> =
        [r#"2 "id" "range""#, r#"3 "id" "type""#, r#"3 "name" "length""#, r#"4 "name" "required""#]
            .map(str::to_owned)
            .into();
    let text =
        r#"[{"id": 1, "name": "Ann"}, {"id": 0, "name": "Bob"}, {"id": "x", "name": "Carl"}, {"id": 4}]"#;
    assert_eq!(offenders(&checked("data.json", text, &list)), expected);
    assert_eq!(offenders(&checked("data.csv", "id,name\n1,Ann\n0,Bob\nx,Carl\n4,\n", &row)), expected);
}
