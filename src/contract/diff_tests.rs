use super::*;
use crate::contract::parse;

fn changes(old: &str, new: &str) -> Vec<Change> {
    let read = |keys: &str| {
        let text = format!(
            "{{apiVersion: v3.1.0, kind: DataContract, id: a, version: 1.0.0, schema: [{{name: t, {keys}}}]}}"
        );
        parse(text.as_bytes()).unwrap_or_else(|error| panic!("{error}: {keys}"))
    };
    diff(&read(old), &read(new))
}

fn ways(old: &str, new: &str) -> Vec<Direction> {
    changes(old, new).into_iter().map(|it| it.direction).collect()
}

fn told(old: &str, new: &str) -> Vec<String> {
    let changes = changes(old, new);
    let text = |it: &Option<String>| it.clone().unwrap_or_else(|| "–".to_owned());
    changes
        .iter()
        .map(|it| {
            let column = it.column.as_deref().unwrap_or("*");
            format!("{column} {} {}: {} → {}", it.rule, it.direction.id(), text(&it.old), text(&it.new))
        })
        .collect()
}

#[test]
fn every_rule_that_changed_says_which_way() {
    let one = |keys: &str| format!("properties: [{{name: c, {keys}}}]");
    let table = [
        ("logicalType: integer", "logicalType: number", "c type loosened: integer → number"),
        ("logicalType: date", "logicalType: string", "c type loosened: date → string"),
        ("logicalType: string", "logicalType: integer", "c type tightened: string → integer"),
        ("logicalType: date", "logicalType: timestamp", "c type both: date → timestamp"),
        ("logicalType: array", "logicalType: string", "c type both: array → string"),
        ("required: true", "required: false", "c required loosened: no missing cell → –"),
        ("unique: false", "unique: true", "c unique tightened: – → no value twice"),
        (
            "logicalType: integer, logicalTypeOptions: {minimum: 0, maximum: 9}",
            "logicalType: integer, logicalTypeOptions: {minimum: 1, maximum: 9}",
            "c range tightened: 0 … 9 → 1 … 9",
        ),
        (
            "logicalType: integer, logicalTypeOptions: {minimum: 0, maximum: 9}",
            "logicalType: integer, logicalTypeOptions: {minimum: 1, maximum: 10}",
            "c range both: 0 … 9 → 1 … 10",
        ),
        (
            "logicalType: integer, logicalTypeOptions: {minimum: 0}",
            "logicalType: integer, logicalTypeOptions: {exclusiveMinimum: 0}",
            "c range tightened: at least 0 → more than 0",
        ),
        (
            "logicalType: string, logicalTypeOptions: {maxLength: 3}",
            "logicalType: string, logicalTypeOptions: {maxLength: 5}",
            "c length loosened: at most 3 characters → at most 5 characters",
        ),
        ("enum: [a, b]", "enum: [a, b, c]", "c allowed-values loosened: a, b → a, b, c"),
        ("enum: [a, b]", "enum: [a, c]", "c allowed-values both: a, b → a, c"),
        (
            "quality: [{metric: nullValues, unit: percent, mustBeLessThan: 5}]",
            "quality: [{metric: nullValues, unit: percent, mustBeLessThan: 1}]",
            "c required tightened: no missing cell; offenders: less than 5 % → no missing cell; offenders: less than 1 %",
        ),
        (
            "quality: [{metric: nullValues, mustBe: 0, severity: warning}]",
            "quality: [{metric: nullValues, mustBe: 0}]",
            "c required tightened: no missing cell; warning → no missing cell",
        ),
    ];
    for (old, new, change) in table {
        assert_eq!(told(&one(old), &one(new)), [change], "{old} / {new}");
    }
    assert_eq!(told(&one("enum: [a]"), &one("enum: [a]")), Vec::<String>::new());
}

#[test]
fn parameters_of_own_rules_say_which_way() {
    use Direction::{Both, Loosened, Tightened};
    let table = [
        ("quantile, p: 0.5, mustBeLessThan: 10", "quantile, p: 0.5, mustBeLessThan: 5", Some(Tightened)),
        ("quantile, p: 0.5, mustBeLessThan: 10", "quantile, p: 0.6, mustBeLessThan: 5", Some(Both)),
        (
            "quantile, quantiles: [0.1, 0.9], ranges: [[1, 2], [5, 9]]",
            "quantile, quantiles: [0.1, 0.9], ranges: [[1, 2], [5, null]]",
            Some(Loosened),
        ),
        ("multiple-of, multipleOf: 2", "multiple-of, multipleOf: 4", Some(Tightened)),
        ("multiple-of, multipleOf: 4", "multiple-of, multipleOf: 2", Some(Loosened)),
        ("multiple-of, multipleOf: 2", "multiple-of, multipleOf: 3", Some(Both)),
        ("multiple-of, multipleOf: 2", "multiple-of, multipleOf: 2.0", None),
        ("z-score, threshold: 3", "z-score, threshold: 2", Some(Tightened)),
        ("z-score, threshold: 3, oneSided: true", "z-score, threshold: 3", Some(Tightened)),
        ("outliers, multiplier: 1.5", "outliers, multiplier: 3", Some(Loosened)),
        ("outliers, method: iqr", "outliers, method: std", Some(Both)),
        ("increasing", "increasing, strict: true", Some(Tightened)),
        ("required", "required, when: id > 5", Some(Loosened)),
        ("required, when: id > 5", "required", Some(Tightened)),
        ("required, when: id > 5", "required, when: id > 6", Some(Loosened)),
        ("required, when: id > 5", "required, when: id > 5 and d = 'x'", Some(Loosened)),
        ("required, when: id > 5", "required, when: d = 'x'", Some(Both)),
        ("mean, mustBeLessThan: 5", "mean, mustBeLessThan: 5, when: id > 5", Some(Both)),
        (
            "required, mustBeLessThan: 5, unit: percent",
            "required, when: id > 5, mustBeLessThan: 5, unit: percent",
            Some(Both),
        ),
        ("mean, mustBeBetween: [1, 10]", "mean, mustBeBetween: [2, 9]", Some(Tightened)),
        ("distinct-count, mustBeLessThan: 10", "distinct-count, mustBeLessThan: 5", Some(Tightened)),
        ("length, minLength: 1", "length, minLength: 2", Some(Tightened)),
        ("format, format: email", "format, format: uri", Some(Both)),
        ("pattern, pattern: a+", "pattern, pattern: a*", Some(Both)),
        ("allowed-values, values: [a, b]", "allowed-values, values: [b, a]", None),
        ("forbidden-values, values: [a]", "forbidden-values, values: [a, b]", Some(Tightened)),
        ("most-common, values: [a]", "most-common, values: [a, b]", Some(Loosened)),
        ("most-common, values: [a], ties: true", "most-common, values: [a]", Some(Tightened)),
        ("contains-values, values: [a]", "contains-values, values: [a, b]", Some(Tightened)),
        ("contains-values, values: [a]", "contains-values, values: [a], closed: true", Some(Tightened)),
        ("range, minimum: 1", "range, minimum: '2024-01-01'", Some(Both)),
        ("expression, expression: id > 5", "expression, expression: id > 6", Some(Tightened)),
        ("expression, expression: id > 5 and d = 'x'", "expression, expression: d = 'x'", Some(Loosened)),
        ("expression, expression: id > 5", "expression, expression: id < 6", Some(Both)),
        ("foreign-key, table: u, to: a", "foreign-key, table: u, to: b", Some(Both)),
        ("drift, on: psi >= 0.25", "drift, on: psi >= 0.1", Some(Tightened)),
        ("drift, on: psi >= 0.25", "drift, on: psi_corrected >= 0.25", Some(Both)),
        (
            "kl-divergence, threshold: 0.1, values: [a, b], weights: [0.5, 0.5]",
            "kl-divergence, threshold: 0.2, values: [a, b], weights: [0.5, 0.5]",
            Some(Loosened),
        ),
        (
            "pattern, pattern: a, mustBeGreaterThan: 3",
            "pattern, pattern: b, mustBeGreaterThan: 3",
            Some(Both),
        ),
        ("range, minimum: 1, mustBeGreaterThan: 3", "range, minimum: 2, mustBeGreaterThan: 3", Some(Both)),
    ];
    let one = |rule: &str| {
        format!(
            "properties: [{{name: id}}, {{name: d}}, {{name: c, quality: [{{type: custom, engine: driftline, \
             implementation: {{rule: {rule}}}}}]}}]"
        )
    };
    for (old, new, expected) in table {
        let changes = ways(&one(old), &one(new));
        assert_eq!(changes, expected.into_iter().collect::<Vec<_>>(), "{old} / {new}");
    }
}

#[test]
fn rules_of_tables_and_services_say_which_way() {
    use Direction::{Both, Loosened, Tightened};
    let rows = |operator: &str| format!("quality: [{{metric: rowCount, {operator}}}]");
    let nulls =
        |operator: &str| format!("properties: [{{name: c, quality: [{{metric: nullValues, {operator}}}]}}]");
    let own = |rule: &str| {
        format!(
            "quality: [{{type: custom, engine: driftline, implementation: {{rule: {rule}}}}}], \
             properties: [{{name: c}}, {{name: d}}]"
        )
    };
    let age = |word: &str, value: &str, unit: &str| {
        format!(
            "properties: [{{name: c, logicalType: date}}]}}], slaProperties: [{{property: {word}, value: {value}, \
             unit: {unit}, element: t.c"
        )
    };
    let key = |columns: &str, to: &str| {
        format!("properties: [{{name: c}}, {{name: d}}], relationships: [{{from: [{columns}], to: [{to}]}}]")
    };
    let table = [
        (age("freshness", "2", "d"), age("freshness", "1", "d"), Some(Tightened)),
        (age("freshness", "1", "d"), age("freshness", "2", "d"), Some(Loosened)),
        (age("freshness", "1", "d"), age("freshness", "24", "h"), None),
        // Older values may stay.
        (age("retention", "1", "y"), age("retention", "2", "y"), Some(Loosened)),
        (rows("mustBeGreaterThan: 10"), rows("mustBeGreaterThan: 20"), Some(Tightened)),
        (rows("mustBeGreaterThan: 10"), rows("mustBeGreaterOrEqualTo: 11"), None),
        (rows("mustBeBetween: [1, 100]"), rows("mustBeBetween: [5, 500]"), Some(Both)),
        (rows("mustNotBe: 0"), rows("mustBeGreaterThan: 0"), Some(Tightened)),
        (rows("mustNotBeBetween: [1, 5]"), rows("mustNotBeBetween: [2, 3]"), Some(Loosened)),
        (nulls("mustBe: 0"), nulls("mustBeLessThan: 1"), None),
        (nulls("mustBe: 0"), nulls("mustBeLessThan: 1, unit: percent"), Some(Loosened)),
        (nulls("mustBeLessThan: 5"), nulls("mustBeLessThan: 5, unit: percent"), Some(Both)),
        (own("unique, columns: [c, d]"), own("unique, columns: [d, c]"), None),
        (own("unique, columns: [c, d]"), own("unique, columns: [c, e]"), Some(Both)),
        (own("columns, names: [c]"), own("columns, names: [c, d]"), Some(Tightened)),
        (own("columns, names: [c, d]"), own("columns, names: [d, c], closed: true"), Some(Tightened)),
        (own("columns, least: 1"), own("columns, least: 2"), Some(Tightened)),
        (
            own("drift, on: psi > 0.2, columns: [c]"),
            own("drift, on: psi > 0.2, columns: [c, d]"),
            Some(Tightened),
        ),
        (key("c, d", "u.a, u.b"), key("d, c", "u.b, u.a"), None),
        (key("c, d", "u.a, u.b"), key("d, c", "u.a, u.b"), Some(Both)),
    ];
    for (old, new, expected) in table {
        assert_eq!(ways(&old, &new), expected.into_iter().collect::<Vec<_>>(), "{old} / {new}");
    }
    let (c, d) = (own("required, column: c"), own("required, column: d"));
    assert_eq!(
        told(&c, &d),
        ["d required tightened: – → no missing cell", "c required loosened: no missing cell → –"]
    );
}

#[test]
fn columns_and_tables_come_and_go() {
    let old = "properties: [{name: a}, {name: b, required: true}], quality: [{metric: rowCount, mustBeGreaterThan: 10}]";
    let new = "properties: [{name: a, physicalName: x}, {name: c}], quality: [{metric: rowCount, mustBeGreaterThan: 5}]";
    assert_eq!(
        told(old, new),
        [
            "* row-count loosened: more than 10 → more than 5",
            "a column-presence both: a → x",
            "c column-presence tightened: – → is there",
            "b column-presence loosened: is there → –",
            "b required loosened: no missing cell → –",
        ]
    );
}
