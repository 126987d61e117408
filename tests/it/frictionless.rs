//! Frictionless descriptors: what frictionless 5.21.0 says is wrong with small files (`tests/data/frictionless`), we say
//! too: the same rows, fields and kinds of errors.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::Value;

use crate::command::driftline;

/// Where we differ on purpose, and why.
const DIFFERENT: &[(&str, &str)] = &[("no rows", "a file with a contract and no rows is a broken extract")];

/// Checks a text against a contract within a folder of its own.
fn validated(text: &str, contract: &Value) -> Value {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("data.csv"), text).unwrap();
    std::fs::write(folder.path().join("contract.json"), contract.to_string()).unwrap();
    let line = "check data.csv --contract contract.json --format frictionless-json";
    let done = driftline(folder.path(), line, b"");
    serde_json::from_str(&done.out)
        .unwrap_or_else(|error| panic!("{error}: {contract} {} {}", done.out, done.err))
}

/// Row, field and kind of each error.
fn told<'a>(errors: impl Iterator<Item = [&'a Value; 3]>) -> BTreeSet<String> {
    errors.map(|[row, field, kind]| format!("{row} {field} {kind}")).collect()
}

fn errors(report: &Value) -> &[Value] {
    report["tasks"][0]["errors"].as_array().unwrap()
}

#[test]
fn errors_are_those_of_frictionless() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/frictionless/cases.json");
    let data: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let cases = data["cases"].as_array().unwrap();
    assert!(cases.len() > 90);
    let mut wrong = Vec::new();
    for case in cases {
        let name = case["name"].as_str().unwrap();
        let found = validated(case["text"].as_str().unwrap(), &case["contract"]);
        let ours = told(errors(&found).iter().map(|it| [&it["rowNumber"], &it["fieldName"], &it["type"]]));
        let theirs = told(case["errors"].as_array().unwrap().iter().map(|it| [&it[0], &it[1], &it[2]]));
        let is_different = DIFFERENT.iter().any(|it| it.0 == name);
        let is_same = ours == theirs && found["valid"] == case["valid"];
        if is_same == is_different || found["tasks"][0]["warnings"] != serde_json::json!([]) {
            wrong.push(format!(
                "{name}\n  ours   {ours:?} {}\n  theirs {theirs:?}",
                found["tasks"][0]["warnings"]
            ));
        }
    }
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn an_error_says_all_that_frictionless_says() {
    let contract = serde_json::json!({ "fields": [
        { "name": "id", "type": "integer" }, { "name": "city", "constraints": { "enum": ["Paris"] } },
    ] });
    let found = validated("id,city\nx,Oslo\n", &contract);
    let [first, second] = errors(&found) else { panic!("{found}") };
    assert_eq!(
        *first,
        serde_json::json!({
            "type": "type-error",
            "title": "Type Error",
            "description": "The value does not match the schema type and format for this field.",
            "message": "Type error in the cell \"x\" in row \"2\" and field \"id\" at position \"1\": type is \"integer/default\"",
            "tags": ["#table", "#row", "#cell"],
            "note": "type is \"integer/default\"",
            "cells": ["x", "Oslo"],
            "rowNumber": 2,
            "cell": "x",
            "fieldName": "id",
            "fieldNumber": 1,
        })
    );
    assert_eq!((&second["cell"], &second["fieldNumber"]), (&"Oslo".into(), &2.into()));
    assert_eq!(second["note"], "constraint \"enum\" is \"['Paris']\"");
    let task = &found["tasks"][0];
    assert_eq!(
        (&task["name"], &task["place"], &task["type"]),
        (&"data".into(), &"data.csv".into(), &"table".into())
    );
    assert_eq!(task["labels"], serde_json::json!(["id", "city"]));
    assert_eq!(
        task["stats"],
        serde_json::json!({ "errors": 2, "warnings": 0, "seconds": 0, "bytes": 15, "fields": 2, "rows": 1 })
    );
}

#[test]
fn what_is_not_checked_is_a_warning_and_more_errors_than_are_held_too() {
    let contract = serde_json::json!({
        "fields": [{ "name": "a", "type": "integer" }],
        "foreignKeys": [{ "fields": "a", "reference": { "resource": "b", "fields": "a" } }],
    });
    let found = validated(&format!("a\n{}", "x\n".repeat(1_001)), &contract);
    assert_eq!(errors(&found).len(), 1_000);
    let warnings = &found["tasks"][0]["warnings"];
    assert_eq!(
        *warnings,
        serde_json::json!([
            "foreign-key was not checked: the table b is not given: --with b=FILE",
            "of type of a 1000 of 1001 cells are told"
        ])
    );
}

#[test]
fn a_data_package_names_the_schema_of_each_file() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.csv"), "n\n1\nx\n").unwrap();
    std::fs::write(folder.path().join("b.csv"), "m;k\nq;1\n").unwrap();
    let package = "name: shop\nresources:\n  - name: first\n    path: data/a.csv\n    schema:\n      fields: [{name: n, type: integer}]\n\
                   \x20 - name: b\n    path: b.csv\n    dialect: {delimiter: ;}\n    schema:\n      fields: [{name: m, type: string}, {name: k, type: boolean}]\n";
    std::fs::write(folder.path().join("package.yaml"), package).unwrap();
    let line = "check a.csv b.csv --contract package.yaml --format frictionless-json";
    let done = driftline(folder.path(), line, b"");
    let found: Value =
        serde_json::from_str(&done.out).unwrap_or_else(|error| panic!("{error}: {} {}", done.out, done.err));
    assert_eq!((&found["stats"]["tasks"], &found["stats"]["errors"]), (&2.into(), &1.into()));
    assert_eq!((done.code, &found["tasks"][1]["valid"]), (1, &true.into()));
    assert_eq!(found["tasks"][0]["errors"][0]["rowNumber"], 3);
    assert_eq!([&found["tasks"][0]["name"], &found["tasks"][1]["name"]], ["first", "b"]);
}

#[test]
fn the_exit_code_says_what_the_report_says() {
    let one = serde_json::json!({ "fields": [{ "name": "a" }, { "name": "b", "type": "integer" }] });
    let by_name = serde_json::json!({ "fields": [{ "name": "a" }], "fieldsMatch": "subset" });
    let table = [
        ("a,b\nx,1\n", &one, 0, None),
        ("a,b\nx,1\n\ny,2\n", &one, 1, Some("blank-row")),
        ("a,b\nx,1\n,\n", &one, 1, Some("blank-row")),
        ("a,b\nx,1,2\n", &one, 1, Some("extra-cell")),
        ("a,b\nx\n", &one, 1, Some("missing-cell")),
        ("a,b\nx,99999999999999999999\n", &one, 0, None),
        ("a,a\nx,1\n", &by_name, 1, Some("error")),
        ("a,c\nx,1\n", &by_name, 0, None),
    ];
    for (text, contract, code, kind) in table {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("data.csv"), text).unwrap();
        std::fs::write(folder.path().join("schema.json"), contract.to_string()).unwrap();
        let line = "check data.csv --contract schema.json --format frictionless-json";
        let done = driftline(folder.path(), line, b"");
        let found: serde_json::Value = serde_json::from_str(&done.out).unwrap();
        assert_eq!((done.code, &found["valid"]), (code, &(code == 0).into()), "{text}");
        let first = found["tasks"][0]["errors"].get(0).map(|it| it["type"].as_str().unwrap());
        assert_eq!(first, kind, "{text}");
    }
}

#[test]
fn many_blank_lines_are_told_as_far_as_other_errors_are() {
    let contract = serde_json::json!({ "fields": [{ "name": "a" }, { "name": "b", "type": "integer" }] });
    let text = format!("a,b\nx,1\n{}y,z\n", "\n".repeat(100_000));
    let found = validated(&text, &contract);
    let errors = errors(&found);
    assert_eq!(errors.len(), 1_001);
    assert_eq!((&errors[0]["rowNumber"], &errors[1_000]["rowNumber"]), (&3.into(), &100_003.into()));
    let warning = "of blank-rows 1000 of 100000 cells are told";
    assert_eq!(found["tasks"][0]["warnings"], serde_json::json!([warning]));
}

#[test]
fn a_key_of_another_table_is_told_as_frictionless_tells_it() {
    let contract = serde_json::json!({
        "fields": [{ "name": "id", "type": "integer" }, { "name": "boss", "type": "integer" }],
        "foreignKeys": [{ "fields": "boss", "reference": { "resource": "", "fields": "id" } }],
    });
    let found = validated("id,boss\n1,\n2,1\n3,7\n", &contract);
    let [error] = errors(&found) else { panic!("{found}") };
    assert_eq!((&error["type"], &error["rowNumber"]), (&"foreign-key".into(), &4.into()));
    assert_eq!(error["note"], "for \"boss\": values \"7\" not found in the lookup table \"\" as \"id\"");
    assert_eq!(
        (&error["fieldCells"], &error["cells"]),
        (&serde_json::json!(["7"]), &serde_json::json!(["3", "7"]))
    );
}
