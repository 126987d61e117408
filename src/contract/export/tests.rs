//! Contracts written in another format, and read again.

use super::*;

fn converted(text: &str, format: Format) -> Converted {
    convert(text.as_bytes(), format).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

const SUITES: [&str; 4] = [
    include_str!("../../../tests/data/gx/suite.json"),
    include_str!("../../../tests/data/gx/trips-suite.json"),
    include_str!("../../../tests/data/gx/readings-suite.json"),
    include_str!("../../../tests/data/gx/payloads-suite.json"),
];

#[test]
fn suites_are_kept_whole_in_either_format() {
    for suite in SUITES {
        for format in [Format::Odcs, Format::GreatExpectations] {
            let there = converted(suite, format);
            assert_eq!(there.unsupported, [], "{}", there.text);
            let inexact: Vec<_> =
                there.approximated.iter().filter(|it| it.rule != "column-presence").collect();
            let new: Vec<_> = inexact.iter().filter(|it| !it.expected.is_empty()).collect();
            assert_eq!(new, Vec::<&&Loss>::new(), "{}", there.text);
        }
    }
}

const ORDERS: &str = r"{apiVersion: v3.1.0, kind: DataContract, id: orders, version: 1.0.0, schema: [{name: orders,
  quality: [{metric: rowCount, mustBeBetween: [10, 1000], severity: warning},
            {type: custom, engine: driftline, implementation: {rule: expression, expression: end >= start}},
            {type: custom, engine: driftline, implementation: {rule: unique, columns: [id, line]}},
            {type: custom, engine: driftline, implementation: {rule: columns, names: [id, age], closed: false}}],
  properties: [
    {name: id, logicalType: integer, required: true, unique: true},
    {name: age, logicalType: integer, logicalTypeOptions: {minimum: 0, exclusiveMaximum: 120},
     quality: [{metric: nullValues, mustBeLessOrEqualTo: 2.5, unit: percent, severity: warning},
               {type: custom, engine: driftline, implementation: {rule: mean, mustBeBetween: [20, 60]}},
               {type: custom, engine: driftline, implementation: {rule: outliers, multiplier: 3}}]},
    {name: country, logicalType: string,
     quality: [{metric: invalidValues, arguments: {validValues: [DE, FR]}, mustBe: 0},
               {type: custom, engine: driftline, implementation: {rule: length, minLength: 2, when: id > 5}}]},
    {name: line, logicalType: string, logicalTypeOptions: {pattern: '^[A-Z]'}},
    {name: iban, logicalType: string, logicalTypeOptions: {format: iban}},
    {name: day, logicalType: date},
    {name: owner, relationships: [{to: people.id}]}]}]}";

#[test]
fn numbers_of_some_rows_are_written_too() {
    let text = "{apiVersion: v3.1.0, kind: DataContract, id: a, version: 1.0.0, schema: [{name: t, properties: [{name: c, \
                quality: [{type: custom, engine: driftline, implementation: {rule: mean, mustBeLessThan: 5, when: c > 0}}]}]}]}";
    let there = converted(text, Format::Odcs);
    assert_eq!((there.unsupported.len(), there.approximated.len()), (0, 0), "{there:?}");
    assert!(
        there.text.contains("when: \"c > 0\"") && there.text.contains("mustBeLessThan: 5"),
        "{}",
        there.text
    );
    let suite = converted(text, Format::GreatExpectations);
    assert!(suite.text.contains("row_condition") && suite.unsupported.is_empty(), "{}", suite.text);
}

#[test]
fn what_a_suite_cannot_say_is_told() {
    let there = converted(ORDERS, Format::GreatExpectations);
    let lost: Vec<(&str, &str)> =
        there.unsupported.iter().map(|it| (it.column.as_deref().unwrap_or(""), it.rule.as_str())).collect();
    let types = ["country", "line", "iban"].map(|column| (column, "type"));
    let others = [("iban", "format"), ("day", "type"), ("owner", "foreign-key")];
    assert_eq!(lost, [&types[..], &others].concat(), "{}", there.text);
    let suite: serde_json::Value = serde_json::from_str(&there.text).unwrap();
    let kwargs = |kind: &str| {
        let is = |it: &&serde_json::Value| it["type"] == kind;
        let found = suite["expectations"].as_array().unwrap().iter().find(is);
        found.unwrap_or_else(|| panic!("{kind}\n{}", there.text)).clone()
    };
    assert_eq!(kwargs("expect_column_values_to_not_be_null")["kwargs"]["column"], "id");
    let between = kwargs("expect_column_values_to_be_between");
    assert_eq!(
        between["kwargs"],
        serde_json::json!({"column": "age", "min_value": 0, "max_value": 120, "strict_max": true})
    );
    assert_eq!(
        kwargs("expect_column_value_lengths_to_be_between")["kwargs"]["row_condition"]["operator"],
        ">"
    );
    let rows = kwargs("expect_table_row_count_to_be_between");
    assert_eq!((&rows["severity"], &rows["kwargs"]["max_value"]), (&"warning".into(), &1000.into()));
    assert_eq!(kwargs("expect_column_pair_values_a_to_be_greater_than_b")["kwargs"]["column_A"], "end");
    let compound = kwargs("expect_compound_columns_to_be_unique");
    assert_eq!(compound["kwargs"]["column_list"], serde_json::json!(["id", "line"]));
    assert!(there.kept + 3 <= there.rules && there.kept >= 10, "{there:?}");
}

#[test]
fn a_rule_of_two_severities_becomes_two_expectations() {
    let rule = |tolerated: &str, above: &str| {
        let text = format!(
            "{{apiVersion: v3.1.0, kind: DataContract, id: a, version: 1.0.0, schema: [{{name: t, properties: [{{name: c, \
             logicalType: integer, quality: [{{metric: nullValues, unit: percent, mustBeLessOrEqualTo: {tolerated}, severity: \
             warning, customProperties: [{{property: driftline.criticalAbove, value: {above}}}]}}]}}]}}]}}"
        );
        let there = converted(&text, Format::GreatExpectations);
        assert!(there.unsupported.is_empty(), "{there:?}");
        let suite: serde_json::Value = serde_json::from_str(&there.text).unwrap();
        let all = suite["expectations"].as_array().unwrap().iter();
        let all = all.filter(|it| it["type"] == "expect_column_values_to_not_be_null");
        all.map(|it| format!("{} {}", it["kwargs"]["mostly"], it["severity"].as_str().unwrap()))
            .collect::<Vec<_>>()
    };
    assert_eq!(rule("0.25", "1"), ["0.9975 warning", "0.99 critical"]);
    assert_eq!(rule("0", "1"), ["null warning", "0.99 critical"]);
    // Where more is tolerated, every breach is beyond that share.
    assert_eq!(rule("2.5", "1"), ["0.975 critical"]);
}

#[test]
fn integers_that_may_be_missing_may_be_floats_to_pandas() {
    let types = |required: &str| {
        let text = format!(
            "{{apiVersion: v3.1.0, kind: DataContract, id: a, version: 1.0.0, schema: [{{name: t, properties: [{{name: c, \
             logicalType: integer, required: {required}}}]}}]}}"
        );
        let there = converted(&text, Format::GreatExpectations);
        assert_eq!(there.approximated.iter().filter(|it| it.rule == "type").count(), 1, "{there:?}");
        let suite: serde_json::Value = serde_json::from_str(&there.text).unwrap();
        let all = suite["expectations"].as_array().unwrap();
        all.iter().find_map(|it| it["kwargs"].get("type_list")).unwrap().as_array().unwrap().len()
    };
    assert_eq!((types("true"), types("false")), (2, 3));
}

#[test]
fn shares_that_keep_a_rule_are_what_a_tolerance_leaves() {
    let table = [("5", Some("0.95")), ("0.25", Some("0.9975")), ("100", Some("0")), ("2.5", Some("0.975"))];
    for (percent, mostly) in table {
        let text = format!(
            "{{apiVersion: v3.1.0, kind: DataContract, id: a, version: 1.0.0, schema: [{{name: t, properties: \
             [{{name: c, quality: [{{metric: nullValues, mustBeLessOrEqualTo: {percent}, unit: percent}}]}}]}}]}}"
        );
        let there = converted(&text, Format::GreatExpectations);
        let suite: serde_json::Value = serde_json::from_str(&there.text).unwrap();
        let found = suite["expectations"][1]["kwargs"]["mostly"].to_string();
        assert_eq!(Some(found.as_str()), mostly, "{}", there.text);
    }
}

#[test]
fn other_formats_become_odcs() {
    let frictionless = r#"{"fields": [{"name": "id", "type": "integer", "constraints": {"required": true}},
        {"name": "c", "type": "string", "constraints": {"enum": ["a", "b"], "pattern": "x|y"}}], "fieldsMatch": "equal",
        "primaryKey": ["id", "c"]}"#;
    let there = converted(frictionless, Format::Odcs);
    assert!(there.text.contains("primaryKey") || there.text.contains("unique"), "{}", there.text);
    let json_schema = r#"{"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object",
        "required": ["id"], "properties": {"id": {"type": "integer", "minimum": 1}, "s": {"type": "string", "maxLength": 3}}}"#;
    let there = converted(json_schema, Format::Odcs);
    assert!(there.text.contains("maxLength: 3") && there.text.contains("minimum: 1"), "{}", there.text);
}

/// ODCS 3.0 with what 3.1 has other words for, and with what a file has nothing to do with.
const OLD: &str = "\
apiVersion: v3.0.2
kind: DataContract
id: orders-1
name: Orders
version: '2.0'
status: active
domain: NO
tenant: ACME
description: {purpose: p, usage: u}
tags: [finance]
servers: [{server: s, type: local, path: ./t.csv, format: csv, own: x}]
team: [{name: bob, role: Owner}]
price: {priceAmount: 9.95, priceCurrency: USD, discount: none}
slaProperties: [{property: latency, value: 4, unit: d, element: t.d}]
customProperties: [{property: ref, value: gcsc}]
schema:
  - name: t
    physicalType: table
    businessName: Biz
    properties:
      - {name: id, logicalType: integer, physicalType: int, primaryKey: true, primaryKeyPosition: 1, classification: restricted,
         logicalTypeOptions: {minimum: 0, exclusiveMinimum: true, maximum: 9, exclusiveMaximum: false}}
      - {name: d, logicalType: date, quality: [{type: custom, engine: soda, implementation: checks}]}
      - {name: n, quality: [{rule: nullCheck}, {rule: mine, mustBe: 0}, {type: sql, query: SELECT 1}]}
      - {name: m, logicalType: number, quality: [{type: custom, engine: driftline, implementation: {rule: mean}, mustBe: 3}]}
";

#[test]
fn a_contract_of_odcs_loses_nothing() {
    let there = converted(OLD, Format::Odcs);
    for kept in [
        "apiVersion: v3.1.0",
        "domain: \"NO\"",
        "tenant: ACME",
        "purpose: p",
        "tags: [finance]",
        "./t.csv",
        "property: own",
        "username: bob",
        "role: Owner",
        "priceAmount: 9.95",
        "property: price.discount",
        "property: latency",
        "property: ref",
        "physicalType: table",
        "businessName: Biz",
        "primaryKeyPosition: 1",
        "classification: restricted",
        "exclusiveMinimum: 0",
        "engine: soda",
        "implementation: checks",
        "metric: nullValues",
        "SELECT 1",
        "property: driftline.logicalType",
    ] {
        assert!(there.text.contains(kept), "{kept}\n{}", there.text);
    }
    assert_eq!(there.approximated, [], "{}", there.text);
    let (before, after) = (parse(OLD.as_bytes()).unwrap(), parse(there.text.as_bytes()).unwrap());
    assert_eq!(after.objects[0].rules(), before.objects[0].rules());
    assert_eq!(not_checked(&after).len(), not_checked(&before).len());
    assert!(after.objects[0].properties[0].classified);
    // Once more, nothing changes.
    assert_eq!(converted(&there.text, Format::Odcs).text, there.text);
    let new = OLD.replace("v3.0.2", "v3.2.0").replace(", own: x", "").replace("{name: bob", "{username: bob");
    let new = new.replace(", discount: none", "").replace(", exclusiveMaximum: false", "");
    assert!(converted(&new, Format::Odcs).text.starts_with("apiVersion: v3.2.0\n"));
}
