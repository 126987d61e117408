//! Cases with the answers of python-jsonschema 4.26.0, of every draft; what is refused; and values that cost too much.

use super::*;
use serde::Deserialize;
use serde_json::json;

#[derive(Deserialize)]
struct Cases {
    values: Vec<String>,
    /// A schema, and `1` for each value that it takes; null where it is no schema.
    cases: Vec<(Value, Option<String>)>,
}

#[test]
fn every_draft_says_what_python_says() {
    let cases: Cases =
        serde_json::from_str(include_str!("../../../tests/data/value_schema/cases.json")).unwrap();
    assert!(cases.cases.len() > 200);
    for (schema, answers) in cases.cases {
        let compiled = ValueSchema::new(schema.clone());
        let Some(answers) = answers else {
            assert!(compiled.is_err(), "{schema}");
            continue;
        };
        let compiled = compiled.unwrap_or_else(|reason| panic!("{schema}: {reason}"));
        for (value, answer) in cases.values.iter().zip(answers.chars()) {
            assert_eq!(compiled.takes(value), Ok(answer == '1'), "{schema} {value}");
        }
    }
}

#[test]
fn what_is_no_json_is_not_taken() {
    let all = ValueSchema::new(json!(true)).unwrap();
    for text in ["", "{", "'a'", "NaN", "1 2", "{\"a\":}"] {
        assert_eq!(all.takes(text), Ok(false), "{text}");
    }
    assert_eq!(all.takes(&"[".repeat(100_000)), Ok(false));
}

#[test]
fn what_is_not_checked_is_refused() {
    for (schema, reason) in [
        (json!([]), "there is no schema at"),
        (json!({"type": "text"}), "\"/type\" is not what a schema has"),
        (json!({"properties": {"a/b": {"minLength": -1}}}), "\"/properties/a~1b/minLength\" is not what"),
        (json!({"unevaluatedItems": false}), "unevaluatedItems is not supported"),
        (json!({"$ref": "other.json#/a"}), "does not lead to a schema in it"),
        (json!({"$ref": "#/a"}), "does not lead to a schema in it"),
        (json!({"pattern": "(?=a)b"}), "look-around and back-references"),
        (json!({"pattern": "("}), "is wrong"),
        (json!({"$schema": "http://json-schema.org/draft-03/schema#"}), "draft 3"),
    ] {
        let found = ValueSchema::new(schema.clone()).unwrap_err();
        assert!(found.contains(reason), "{schema}: {found}");
    }
    let mut deep = json!({});
    for _ in 0..200 {
        deep = json!({ "not": deep });
    }
    assert!(ValueSchema::new(deep).unwrap_err().contains("nested deeper"));
}

#[test]
fn schemas_that_go_round_in_circles_give_up() {
    let round = ValueSchema::new(json!({"$ref": "#"})).unwrap();
    assert_eq!(round.takes("1"), Err(GaveUp));
    // Each doubles the work of the next.
    let mut all = serde_json::Map::new();
    for i in 0..40 {
        let next = json!({"$ref": format!("#/$defs/{}", i + 1)});
        all.insert(i.to_string(), json!({"allOf": [next, next]}));
    }
    all.insert("40".into(), json!(true));
    let doubling = ValueSchema::new(json!({"$ref": "#/$defs/0", "$defs": all})).unwrap();
    assert_eq!(doubling.takes("1"), Err(GaveUp));
    assert!(doubling.may_give_up() && !ValueSchema::new(json!({"type": "object"})).unwrap().may_give_up());
}
