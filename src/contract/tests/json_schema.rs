//! JSON Schemas that the tests against jsonschema itself do not reach.

use super::*;

fn schema(text: &str) -> Contract {
    parse(text.as_bytes()).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

fn waiting(contract: &Contract) -> Vec<String> {
    let findings = check(&contract.objects[0], &[texts("c", &["a"])]);
    let waiting = findings.iter().filter(|it| it.status == Status::NotRun);
    waiting.map(|it| format!("{}: {}", it.rule, it.reason.as_deref().unwrap_or_default())).collect()
}

#[test]
fn keywords_of_values_that_are_not_checked_say_why() {
    let table: [(&str, &[&str]); 16] = [
        ("type: [string, integer]", &["type: several types of one property are not supported"]),
        ("type: 'null'", &["type: that every value is null is not supported"]),
        ("type: string, format: idn-email", &["format: the format \"idn-email\" is not supported"]),
        ("enum: [a, [b]]", &["allowed-values: values that are lists or objects are not supported"]),
        ("items: {type: string}", &["items: items is not supported"]),
        (
            "minItems: 1, uniqueItems: true",
            &["items: minItems is not supported", "items: uniqueItems is not supported"],
        ),
        ("not: {const: a}", &["items: not is not supported"]),
        ("anyOf: [{type: string}, {type: integer}]", &["schema: more than one branch is not supported"]),
        ("oneOf: [{type: string}, {type: 'null'}, {const: null}]", &[]),
        ("$ref: other.json", &["schema: references to other documents are not supported"]),
        ("$ref: '#/$defs/none'", &["schema: references to other documents are not supported"]),
        ("$ref: '#/properties/c'", &["schema: a schema that refers to itself is not supported"]),
        ("minimun: 5", &["schema: the keyword \"minimun\" is not known; did you mean \"minimum\"?"]),
        (
            "pattern: '(?<=a*)b'",
            &[
                "pattern: the pattern is not supported: Error compiling regex: Look-behind assertion without constant size",
            ],
        ),
        ("minimum: 5", &["range: a range of numbers does not apply to a column of type text"]),
        ("type: string, title: x, examples: [1], x-unit: km, default: a, $comment: y", &[]),
    ];
    for (keys, reasons) in table {
        assert_eq!(waiting(&schema(&format!("properties:\n  c: {{{keys}}}\n"))), reasons, "{keys}");
    }
    assert_eq!(waiting(&schema("properties: {c: true}")), [""; 0]);
    let reason = "schema: that a property must be absent is not supported";
    assert_eq!(waiting(&schema("properties: {c: false}")), [reason]);
}

#[test]
fn a_schema_that_refers_to_itself_is_read_once() {
    let reason =
        "schema: a schema that refers to itself is read once: what lies in this object is not checked";
    let table = [
        ("type: object\nproperties:\n  c: {$ref: '#'}\n", vec!["c"]),
        (
            "$defs:\n  a: {type: object, properties: {b: {$ref: '#/$defs/b'}}}\n  b: {type: object, properties: {a: \
             {$ref: '#/$defs/a'}, n: {type: string}}}\nproperties:\n  c: {$ref: '#/$defs/a'}\n",
            vec!["c", "c.b", "c.b.a", "c.b.n"],
        ),
        (
            "type: array\nitems: {$ref: '#/$defs/a'}\n$defs:\n  a: {type: object, required: [c], properties: {c: \
             {$ref: '#/$defs/a'}}}\n",
            vec!["c"],
        ),
    ];
    for (text, names) in table {
        let contract = schema(text);
        let found: Vec<&str> = contract.objects[0].properties.iter().map(|it| it.name.as_str()).collect();
        assert_eq!(found, names, "{text}");
        assert!(waiting(&contract).contains(&reason.to_owned()), "{text}");
    }
}

#[test]
fn keywords_of_objects_that_are_not_checked_say_why() {
    let table = [
        ("patternProperties: {x: {}}", "schema: patternProperties is not supported"),
        ("dependentRequired: {c: [d]}", "schema: dependentRequired is not supported"),
        ("if: {}, then: {}", "schema: if is not supported"),
        ("minProperties: 1", "schema: minProperties is not supported"),
        (
            "additionalProperties: {type: string}",
            "column-set: a schema for additionalProperties is not supported",
        ),
        ("propertes: {}", "schema: the keyword \"propertes\" is not known; did you mean \"properties\"?"),
        (
            "allOf: [{properties: {c: {type: integer}}}]",
            "schema: the property stands in several parts of the schema; the first is read",
        ),
    ];
    for (keys, reason) in table {
        assert_eq!(waiting(&schema(&format!("{{properties: {{c: {{}}}}, {keys}}}"))), [reason], "{keys}");
    }
}

#[test]
fn what_is_required_is_told_apart_from_what_may_be_absent() {
    let text = "properties:\n  c: {type: [string, 'null']}\n  d: {type: object, properties: {e: {type: string}}, required: [e]}\n\
                required: [c]\n";
    let contract = schema(text);
    let optional: Vec<(&str, bool)> =
        contract.objects[0].properties.iter().map(|it| (it.name.as_str(), it.optional)).collect();
    assert_eq!(optional, [("c", false), ("d", true), ("d.e", true)]);
    let reasons = waiting(&contract);
    assert!(
        reasons[0].ends_with("that a property is there while its value may be null is not supported"),
        "{reasons:?}"
    );
    assert!(
        reasons.iter().any(|it| it.ends_with("in an object that may be absent is not supported")),
        "{reasons:?}"
    );
}

#[test]
fn schemas_are_told_from_other_contracts() {
    let table = [
        ("{$schema: 'https://json-schema.org/draft/2020-12/schema', required: [c]}", 2),
        ("{type: object, required: [c]}", 3),
        ("{definitions: {r: {required: [c]}}, $ref: '#/definitions/r'}", 2),
        ("{type: array, items: {properties: {c: {type: string}}}}", 2),
        ("{properties: {c: {type: string, minLength: 1}, d: {}}}", 4),
    ];
    for (text, rules) in table {
        assert_eq!(schema(text).objects[0].rules(), rules, "{text}");
    }
    let odcs = parse(b"{apiVersion: v3.1.0, properties: {}}").unwrap_err();
    assert!(odcs.message().contains("kind"), "{odcs}");
}

#[test]
fn mistakes_have_their_places() {
    let table = [
        ("properties:\n  c: {type: strng}\n", 2, "unknown type \"strng\"; did you mean \"string\"?"),
        ("properties:\n  c: {minimum: x}\n", 2, "expected a number, found \"x\""),
        ("properties:\n  c: {minLength: -1}\n", 2, "expected a whole number from 0, found \"-1\""),
        ("properties:\n  c: {multipleOf: 0}\n", 2, "expected a number above 0, found \"0\""),
        ("properties:\n  c: {pattern: '('}\n", 2, "the pattern \"(\" is wrong: unclosed group"),
        ("properties:\n  c: {enum: a}\n", 2, "expected a list of values, found \"a\""),
        ("properties: {c: {}}\nrequired: c\n", 2, "expected a list of names, found \"c\""),
    ];
    for (text, line, message) in table {
        let error = parse(text.as_bytes()).err().unwrap_or_else(|| panic!("{text}"));
        assert_eq!((error.message(), error.place().map(|it| it.line)), (message, Some(line)), "{text}");
    }
}

#[test]
fn schemas_that_turn_in_circles_or_explode_end() {
    let circle = "{$defs: {a: {allOf: [{$ref: '#/$defs/b'}]}, b: {allOf: [{$ref: '#/$defs/a'}]}}, properties: {c: {$ref: '#/$defs/a'}}}";
    assert_eq!(waiting(&schema(circle)).len(), 1);
    let level = |i: usize| {
        let next = format!("{{$ref: '#/$defs/n{}'}}", i + 1);
        format!("n{i}: {{type: object, properties: {{x: {next}, y: {next}}}}}")
    };
    let levels: Vec<String> = (0..20).map(level).collect();
    let deep = format!("{{$defs: {{{}}}, $ref: '#/$defs/n0'}}", levels.join(", "));
    let error = parse(deep.as_bytes()).unwrap_err();
    assert!(error.message().starts_with("more than 10000 properties, or 32 levels of them"), "{error}");
}

/// A schema with one of everything.
const WHOLE: &str = "$schema: http://json-schema.org/draft-07/schema#
title: row
required: [c]
additionalProperties: false
allOf: []
definitions:
  size: {type: integer}
properties:
  c:
    type: string
    format: email
    minLength: 1
    maxLength: 9
    pattern: a
    enum: [a]
    anyOf: []
  d:
    $ref: '#/definitions/size'
  e:
    type: number
    minimum: 0
    exclusiveMaximum: 9
    multipleOf: 0.1
    const: 5
  f:
    type: object
    properties: {g: {type: boolean}}
    required: [g]
";

#[test]
fn values_of_any_kind_in_any_place_never_panic() {
    never_panics(WHOLE);
}
