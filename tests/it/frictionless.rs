//! Table Schemas of Frictionless: what version 5.21.0 says itself of the same tables (`tests/data/frictionless`), we say too.

use std::path::Path;

use serde_json::Value;

use crate::command::driftline;

/// Where we differ on purpose: the case, what we say instead, and why.
const DIFFERENT: &[(&str, &str)] = &[
    // A day and a month of ISO 8601 have two digits.
    (
        "dates",
        r#"[["type-error",2,"c"],["type-error",3,"a"],["type-error",3,"b"],["type-error",4,"a"],["type-error",5,"a"],["type-error",5,"c"]]"#,
    ),
    // A time without its seconds is one, and so is the beginning of a day.
    ("times", r#"[["type-error",3,"a"],["type-error",4,"b"]]"#),
    // A row of missing cells is a row like others.
    (
        "years and months",
        r#"[["type-error",3,"a"],["type-error",3,"b"],["type-error",4,"a"],["type-error",4,"b"]]"#,
    ),
    ("formats of strings", r#"[["type-error",3,"a"],["type-error",3,"b"],["type-error",3,"c"]]"#),
    (
        "missing values of the table",
        r#"[["constraint-error",2,"b"],["constraint-error",4,"b"],["type-error",5,"a"]]"#,
    ),
    ("unique cells", r#"[["unique-error",4,"a"],["unique-error",4,"b"],["unique-error",5,"a"]]"#),
];

/// Type, row and field of each error, in order.
fn told(report: &Value) -> Vec<Value> {
    let errors = report["tasks"][0]["errors"].as_array().into_iter().flatten();
    errors
        .map(|it| {
            let row = if it["rowNumbers"].is_array() { Value::Null } else { it["rowNumber"].clone() };
            Value::Array(vec![it["type"].clone(), row, it["fieldName"].clone()])
        })
        .collect()
}

#[test]
fn errors_are_those_of_frictionless() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/frictionless/cases.json");
    let cases: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let mut wrong = Vec::new();
    for case in cases["cases"].as_array().unwrap() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("table.csv"), case["table"].as_str().unwrap()).unwrap();
        std::fs::write(folder.path().join("schema.json"), case["schema"].to_string()).unwrap();
        let line = "check table.csv --contract schema.json --format frictionless-json --header";
        let done = driftline(folder.path(), line, b"");
        let report: Value =
            serde_json::from_str(&done.out).unwrap_or_else(|_| panic!("{case}: {}", done.err));
        let (ours, theirs) = (Value::Array(told(&report)), &case["errors"]);
        let name = case["name"].as_str().unwrap();
        let expected = match DIFFERENT.iter().find(|it| it.0 == name) {
            Some((_, ours)) => serde_json::from_str(ours).unwrap(),
            None => theirs.clone(),
        };
        if ours != expected {
            wrong.push(format!("{name}\n  ours   {ours}\n  theirs {theirs}"));
        }
        assert_eq!(report["valid"], ours.as_array().unwrap().is_empty(), "{name}");
    }
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n"));
}
