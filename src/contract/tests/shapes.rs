//! Parts of a contract that have nothing to do with a file: what a version of ODCS allows is read, what none does is told
//! with its place. Checked against the JSON Schemas of ODCS 3.0.2, 3.1.0 and 3.2.0 with jsonschema 4.26.0.

use super::super::parse;

/// Everything that ODCS 3.2 has words for, one thing a line.
const FULL: &str = r##"apiVersion: v3.2.0
kind: DataContract
id: orders-1
name: Orders
version: 2.3.0
status: active
tenant: ACME
dataProduct: quantum
domain: NO
description: {purpose: p, limitations: l, usage: u, customProperties: [{property: a, value: [1]}], more: 1}
tags: [finance, "1"]
context: {instructions: i, verifiedStatements: [{question: q, answer: a}], constraints: [{constraint: c, tags: [t]}]}
servers: [{server: s, type: local, path: ./t.csv, format: csv, roles: [{role: r}]}]
team: {name: n, members: [{username: bob, role: Owner, dateIn: 2024-01-31}]}
roles: [{role: r, access: read, firstLevelApprovers: a}]
support: [{channel: '#x', tool: slack, url: 'https://x.y'}]
price: {priceAmount: 9.95, priceCurrency: USD, priceUnit: megabyte}
slaDefaultElement: t.d
slaProperties: [{property: availability, value: 99.9, unit: percent}, {property: endOfSupport, value: null}]
authoritativeDefinitions: [{url: 'https://x.y', type: t, id: a-1, description: d}]
customProperties: [{property: ref, value: {a: [1]}, vendor: v}]
contractCreatedTs: 2022-11-15T02:59:43+00:00
schema:
  - name: t
    id: t_1
    synonyms: [{synonym: s, locale: de}]
    deprecated: false
    properties:
      - {name: id, logicalType: integer, primaryKey: true, primaryKeyPosition: 1, examples: [1, a, [2]], semanticType: measure}
      - {name: a, logicalType: array, items: {logicalType: object, properties: [{name: x, logicalType: string}]}}
      - {name: m, logicalType: map, map: {key: {logicalType: string}, value: {logicalType: integer}}}
      - {name: e, logicalType: string, enum: [{value: 1, label: one}, {value: 1, label: two}, {value: null}]}
      - {name: f, logicalType: string, logicalTypeOptions: {format: barcode}, transformSourceObjects: [a.b]}
      - {name: k, logicalType: integer, relationships: [{id: r, type: foreignKey, to: u.id}], partitionKeyPosition: -1}
      - {name: b, logicalType: number, logicalTypeOptions: {minimum: 1, exclusiveMinimum: 0}}
      - {name: q, logicalType: string, quality: [{type: sql, query: SELECT MAX(q) FROM t, mustBe: z, dimension: accuracy}]}
"##;

/// ODCS 3.0: a list of people, no ids, and keys of one's own in most parts.
const OLD: &str = r##"apiVersion: v3.0.2
kind: DataContract
id: orders-1
version: 2.3.0
status: active
team: [{name: bob, since: 2020}]
support: [{channel: c, url: 'https://x.y', hours: 9-17}]
customProperties: [{property: a}]
slaProperties: [{property: latency, value: 4, unit: d, owner: me}]
price: {priceAmount: 1, discount: none}
servers: [{server: s, type: sqlserver, host: h, database: d, schema: s, port: 1433, own: x}]
schema:
  - name: t
    properties:
      - {name: c, quality: [{rule: nullCheck, mustBe: 0, owner: me}]}
"##;

fn told(text: &str) -> String {
    parse(text.as_bytes()).err().map_or_else(|| "fine".to_owned(), |error| error.to_string())
}

#[test]
fn all_that_a_version_allows_is_read() {
    assert_eq!(told(FULL), "fine");
    assert_eq!(told(OLD), "fine");
}

#[test]
fn what_no_version_allows_is_told_with_its_place() {
    let text = "text, in quotes where it looks like a number";
    let table = [
        ("version: 2.3.0", "version: 1.0", format!("line 5, column 10: expected {text}, found \"1.0\"")),
        ("name: Orders", "name: 5", format!("line 4, column 7: expected {text}, found \"5\"")),
        ("domain: NO", "domain: true", format!("line 9, column 9: expected {text}, found \"true\"")),
        (
            "description: {purpose: p, limitations: l, usage: u, customProperties: [{property: a, value: [1]}], more: 1}",
            "description: x",
            "line 10, column 14: expected a mapping of usage, purpose, limitations, authoritativeDefinitions, \
             customProperties, found \"x\""
                .to_owned(),
        ),
        ("tags: [finance, \"1\"]", "tags: [1]", format!("line 11, column 8: expected {text}, found \"1\"")),
        ("tags: [finance, \"1\"]", "tags: x", "line 11, column 7: expected a list, found \"x\"".to_owned()),
        ("question: q", "questoin: q", "line 12, column 49: the statement has no \"question\"".to_owned()),
        ("type: local, ", "", "line 13, column 11: the server has no \"type\"".to_owned()),
        (
            "type: local",
            "type: locale",
            "line 13, column 29: unknown type of server \"locale\"; did you mean \"local\"?".to_owned(),
        ),
        (", format: csv", "", "line 13, column 11: the server of type local has no \"format\"".to_owned()),
        (
            "path: ./t.csv",
            "path: ./t.csv, pfad: x",
            "line 13, column 51: unknown key of the server \"pfad\"".to_owned(),
        ),
        (
            "team: {name: n, members: [{username: bob, role: Owner, dateIn: 2024-01-31}]}",
            "team: x",
            "line 14, column 7: expected a mapping with members, or a list of them, found \"x\"".to_owned(),
        ),
        ("{username: bob, ", "{", "line 14, column 27: the team member has no \"username\"".to_owned()),
        ("priceAmount: 9.95", "priceAmount: x", "line 17, column 22: expected a number, found \"x\"".to_owned()),
        (
            "{property: availability, value: 99.9, ",
            "{property: availability, ",
            "line 19, column 17: the service level has no \"value\"".to_owned(),
        ),
        (
            "{property: availability, ",
            "{",
            "line 19, column 17: the service level has no \"property\"".to_owned(),
        ),
        (
            "property: availability",
            "property: freshnes",
            "line 19, column 28: unknown service level \"freshnes\"; did you mean \"freshness\"?".to_owned(),
        ),
        ("id: a-1", "id: a b", "line 20, column 62: expected an id of letters, digits, _ and -, found \"a b\"".to_owned()),
        (
            "customProperties: [{property: ref, value: {a: [1]}, vendor: v}]",
            "customProperties: {a: 1}",
            "line 21, column 19: expected a list, found a mapping".to_owned(),
        ),
        ("synonym: s, ", "", "line 26, column 16: the synonym has no \"synonym\"".to_owned()),
        ("deprecated: false", "deprecated: x", "line 27, column 17: expected true or false, found \"x\"".to_owned()),
        (
            "primaryKeyPosition: 1",
            "primaryKeyPosition: one",
            "line 29, column 80: expected a whole number, found \"one\"".to_owned(),
        ),
        (
            "logicalType: array, items",
            "logicalType: string, items",
            "line 30, column 40: \"items\" belong to the logicalType array, found \"string\"".to_owned(),
        ),
        (
            "items: {logicalType: object",
            "items: {logicalType: objekt",
            "line 30, column 60: unknown logicalType \"objekt\"; did you mean \"object\"?".to_owned(),
        ),
        ("{key: {logicalType: string}, value", "{value", "line 31, column 42: the map has no \"key\"".to_owned()),
        ("label: two", "label: one", "line 32, column 71: the value \"1\" is given twice".to_owned()),
        (
            "type: foreignKey, to",
            "type: foreignKey, from: t.k, to",
            "line 34, column 89: a relationship of a property has no \"from\": it is from the property".to_owned(),
        ),
    ];
    let mut wrongs = Vec::new();
    for (right, wrong, expected) in table {
        assert!(FULL.contains(right), "{right}");
        let found = told(&FULL.replacen(right, wrong, 1));
        if found.lines().next() != Some(expected.as_str()) {
            wrongs.push(format!("{wrong}\n  {found}\n  {expected}"));
        }
    }
    assert!(wrongs.is_empty(), "{}", wrongs.join("\n"));
    let near = "hours: 9-17}]";
    assert_eq!(told(&OLD.replacen(near, "url: y}]", 1)).split(':').next(), Some("line 7, column 44"));
    let typo = OLD.replacen("mustBe: 0, owner: me", "mustBeLesThan: 1", 1);
    assert_eq!(
        told(&typo),
        "line 15, column 47: unknown key of a quality rule \"mustBeLesThan\"; did you mean \"mustBeLessThan\"?"
    );
}
