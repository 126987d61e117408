//! Frictionless descriptors that the tests against frictionless itself do not reach.

use super::*;

fn schema(text: &str) -> Contract {
    parse(text.as_bytes()).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

/// A schema of one field `c`, its further keys in flow style.
fn field(keys: &str) -> Contract {
    schema(&format!("fields: [{{name: c, {keys}}}]\n"))
}

fn reasons(contract: &Contract, sheets: &[Sheet]) -> Vec<String> {
    let findings = check(&contract.objects[0], sheets);
    // Of rows nothing is known here.
    let waiting = findings.iter().filter(|it| it.status == Status::NotRun && it.rule != "blank-rows");
    waiting.map(|it| format!("{}: {}", it.rule, it.reason.as_deref().unwrap_or_default())).collect()
}

#[test]
fn what_is_not_checked_says_why() {
    let table = [
        ("type: date, format: '%U of %Y'", "type: %U of the format \"%U of %Y\" is not supported"),
        ("type: string, format: wkt", "format: the format \"wkt\" is not supported"),
        ("type: geojson", "format: that an object is GeoJSON is not supported"),
        ("type: array, arrayItem: {type: integer}", "items: rules on the items of a list are not supported"),
        ("type: list, itemType: colour", "items: the items or their delimiter are not known"),
        ("type: string, categories: [a]", "allowed-values: categories are not supported; an enum is"),
        ("type: integer, constraints: {pattern: a}", "constraint: fields of type integer have no pattern"),
        ("type: boolean, constraints: {minimum: 1}", "constraint: fields of type boolean have no minimum"),
        (
            "type: object, constraints: {jsonSchema: {type: object}}",
            "format: a JSON Schema for the cells of a column is not supported",
        ),
        (
            "type: object, constraints: {enum: [{}]}",
            "allowed-values: values that are lists or objects are not supported",
        ),
        ("type: date, constraints: {minimum: 5}", "range: the minimum \"5\" is none of the field's own type"),
        (
            "type: integer, constraints: {enum: [1, x]}",
            "allowed-values: \"x\" is none of the field's own type, so that no cell is it",
        ),
        (
            "type: year, constraints: {enum: [2024, '24']}",
            "allowed-values: \"24\" is none of the field's own type, so that no cell is it",
        ),
        (
            "constraints: {pattern: '(?<=a*)b'}",
            "pattern: the pattern is not supported: Error compiling regex: Look-behind assertion without constant size",
        ),
    ];
    for (keys, reason) in table {
        assert_eq!(reasons(&field(keys), &[texts("c", &["{}"])]), [reason], "{keys}");
    }
}

#[test]
fn what_schemas_and_resources_say_besides_is_never_dropped() {
    let table = [
        (
            "{fields: [{name: c}], foreignKeys: [{fields: [c], reference: {resource: x, fields: [c]}}]}",
            "foreign-key: the table x is not given: --with x=FILE",
        ),
        (
            "{path: a.csv, schema: other.json}",
            "schema: the schema stands in another file; give that one, or put it into the descriptor",
        ),
        (
            "{path: a.csv, schema: {fields: [{name: c}]}, dialect: {commentChar: '#'}}",
            "dialect: commentChar of the dialect is not supported",
        ),
        (
            "{path: a.csv, schema: {fields: [{name: c}]}, dialect: {headerRows: [1, 2]}}",
            "dialect: headerRows of the dialect is not supported",
        ),
        (
            "{path: a.csv, schema: {fields: [{name: c}]}, encoding: latin-1}",
            "encoding: files are read as UTF-8 only",
        ),
        (
            "{path: a.csv, schema: {fields: [{name: c}]}, hash: x}",
            "file: hash of a resource is not supported",
        ),
    ];
    for (text, reason) in table {
        assert_eq!(reasons(&schema(text), &[texts("c", &["a"])]), [reason], "{text}");
    }
}

#[test]
fn mistakes_have_their_places() {
    let table = [
        ("fields:\n  - {type: integer}\n", 2, "the field has no \"name\""),
        (
            "fields:\n  - {name: c, type: intger}\n",
            2,
            "unknown type of a field \"intger\"; did you mean \"integer\"?",
        ),
        (
            "fields:\n  - name: c\n    constraints: {requird: true}\n",
            3,
            "unknown constraint \"requird\"; did you mean \"required\"?",
        ),
        (
            "fields:\n  - {name: c, required: true}\n",
            2,
            "\"required\" belongs into the constraints of the field",
        ),
        ("fields: [{name: c}]\nprimaryKey: d\n", 2, "unknown field \"d\"; expected one of c"),
        ("fields: [{name: c}, {name: c}]\n", 1, "the field \"c\" is given twice"),
        (
            "fields: [{name: c}]\nfieldsMatch: sub\n",
            2,
            "unknown fieldsMatch \"sub\"; expected one of exact, equal, subset, superset, partial",
        ),
        (
            "fields: [{name: c, constraints: {pattern: '('}}]\n",
            1,
            "the pattern \"(\" is wrong: unclosed group",
        ),
        ("resources: [{name: a}]\n", 1, "no resource has a schema"),
    ];
    for (text, line, message) in table {
        let error = parse(text.as_bytes()).err().unwrap_or_else(|| panic!("{text}"));
        assert_eq!((error.message(), error.place().map(|it| it.line)), (message, Some(line)), "{text}");
    }
}

#[test]
fn columns_go_by_their_order_unless_the_schema_matches_names() {
    let by = |word: &str| {
        schema(&format!("{{fields: [{{name: a, type: integer}}, {{name: b}}], fieldsMatch: {word}}}"))
    };
    let columns = ["b", "x", "a"];
    let places = |word: &str| -> Vec<(usize, Type)> {
        let governed = by(word).objects[0].governs(&columns);
        governed.into_iter().filter_map(|it| Some((it.column, it.ty?))).collect()
    };
    assert_eq!(places("exact"), [(0, Type::Integer), (1, Type::Text)]);
    assert_eq!(places("subset"), [(0, Type::Text), (2, Type::Integer)]);
    let sheets = [texts("b", &["x"])];
    let told = |word: &str| -> Vec<(&'static str, Status)> {
        let findings = check(&by(word).objects[0], &sheets);
        findings.iter().filter(|it| it.rule.starts_with("column-")).map(|it| (it.rule, it.status)).collect()
    };
    let (pass, fail) = (Status::Pass, Status::Fail);
    assert_eq!(
        told("superset"),
        [("column-presence", pass), ("column-presence", pass), ("column-set", pass), ("column-set", pass)]
    );
    let keyed = schema("{fields: [{name: a}, {name: b}], primaryKey: [a, b], fieldsMatch: superset}");
    let lacks = |findings: Vec<Finding>| {
        findings.into_iter().any(|it| it.rule == "column-presence" && it.status == Status::Fail)
    };
    assert!(lacks(check(&keyed.objects[0], &sheets)), "a field of the primary key is required");
    // The last one is on columns of one name.
    assert_eq!(told("subset"), [("column-presence", fail), ("column-presence", pass), ("column-set", pass)]);
    assert_eq!(
        told("equal"),
        [("column-presence", fail), ("column-presence", pass), ("column-set", fail), ("column-set", pass)]
    );
    assert_eq!(told("exact"), [("column-presence", pass), ("column-presence", fail), ("column-order", fail)]);
}

#[test]
fn the_dialect_of_a_resource_says_how_its_csv_is_written() {
    let text = "{path: x/a.csv, schema: {fields: [{name: c}]}, dialect: {delimiter: ;, quoteChar: \"'\", header: false}}";
    let contract = schema(text);
    let object = contract.object(None, "a.csv").unwrap();
    let dialect = object.dialect;
    assert_eq!(
        (dialect.delimiter, dialect.quote, dialect.header),
        (Some(b';'), Some(Some(b'\'')), Some(false))
    );
    assert_eq!(object.physical_name.as_deref(), Some("a.csv"));
    assert!(!object.is_closed(), "without a header there are no names");
}

/// A descriptor with one of everything.
const WHOLE: &str = "name: shop
resources:
  - name: a
    path: a.csv
    rows: 2
    encoding: utf-8
    dialect:
      delimiter: ;
      csv:
        quoteChar: '|'
    schema:
      fieldsMatch: superset
      primaryKey: c
      missingValues: [x]
      foreignKeys: []
      fields:
        - name: c
          type: string
          format: email
          constraints:
            required: true
            minLength: 1
            pattern: a
            enum: [a@b.org]
        - name: d
          type: date
          format: '%d.%m.%y'
          constraints:
            minimum: 01.01.24
        - name: e
          type: list
          delimiter: ;
          itemType: integer
        - name: f
          type: boolean
          trueValues: [y]
        - name: g
          type: number
          groupChar: ' '
";

#[test]
fn values_of_any_kind_in_any_place_never_panic() {
    never_panics(WHOLE);
}
