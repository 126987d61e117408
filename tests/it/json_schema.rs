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

/// `Draft202012Validator.iter_errors` of jsonschema 4.26.0 on each record: the paths of its `type` errors.
#[test]
fn objects_lists_and_scalars_in_place_of_each_other_break_their_type() {
    let records = r#"{"n":1,"a":[1],"o":{"x":1}}
{"n":2,"a":{"q":1},"o":[1]}
{"n":{"z":1},"a":[2],"o":"s"}
{"n":4,"a":[2],"o":{"x":2}}
{"n":[5],"a":[],"o":{"x":{"y":1}}}
"#;
    let of = |properties: Value| json!({ "type": "object", "properties": properties });
    let schema = of(json!({ "a": {"type": "array"}, "n": {"type": "integer"},
        "o": of(json!({ "x": {"type": "integer"} })) }));
    let wanted = ["2 \"a\"", "2 \"o\"", "3 \"n\"", "3 \"o\"", "5 \"n\"", "5 \"o.x\""];
    let wanted: BTreeSet<String> = wanted.iter().map(|it| format!("{it} \"type\"")).collect();
    assert_eq!(offenders(&checked("a.jsonl", records, &schema)), wanted);
    // The same as a contract of ODCS.
    let odcs = json!({ "apiVersion": "v3.1.0", "kind": "DataContract", "id": "a", "version": "1.0.0", "status": "active",
        "schema": [{ "name": "a", "properties": [
            { "name": "n", "logicalType": "integer" }, { "name": "a", "logicalType": "array" },
            { "name": "o", "logicalType": "object", "properties": [{ "name": "x", "logicalType": "integer" }] }] }] });
    assert_eq!(offenders(&checked("a.jsonl", records, &odcs)), wanted);
    let strays =
        checked("b.jsonl", "{\"a\": 1}\n5\n[1]\n\"x\"\nnull\n", &of(json!({ "a": {"type": "integer"} })));
    let shape = strays["findings"].as_array().unwrap().iter().find(|it| it["rule"] == "row-shape").unwrap();
    assert_eq!((&shape["status"], &shape["count"], &shape["total"]), (&"fail".into(), &4.into(), &5.into()));
}
