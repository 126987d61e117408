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
            "message": "Type error in the cell \"x\" in row \"2\" and field \"id\" at position \"1\": type is \"integer\"",
            "tags": ["#table", "#row", "#cell"],
            "note": "type is \"integer\"",
            "cells": ["x", "Oslo"],
            "rowNumber": 2,
            "cell": "x",
            "fieldName": "id",
            "fieldNumber": 1,
        })
    );
    assert_eq!((&second["cell"], &second["fieldNumber"]), (&"Oslo".into(), &2.into()));
    assert_eq!(second["note"], "constraint \"enum\" is \"Paris\"");
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
