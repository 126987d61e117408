//! The JSON reader against serde_json's own values, against itself under any cutting, and case by case.

use super::*;
use crate::block::Form;
use crate::read::collect::Collect;
use proptest::prelude::*;
use serde_json::Value;

fn names(columns: &[&str]) -> Vec<String> {
    columns.iter().map(|&name| name.to_owned()).collect()
}

fn read(shape: Shape, columns: &[&str], text: &str) -> Collect {
    let mut reader = JsonReader::new(shape, &names(columns));
    Collect::of(&mut reader, text.as_bytes(), &[]).expect("no limit is passed")
}

#[test]
fn records_become_rows_of_fields() {
    use Form::{JsonBoolean, JsonEscaped, JsonList, JsonNull, JsonNumber, JsonObject, JsonString};
    let text = r#"{"s": "a", "e": "\u00e9\n", "n": -1.5e3, "b": true, "z": null, "l": [1, {"x": 2}], "o": {"y": {}}}"#;
    let found = read(Shape::Lines, &["s", "e", "n", "b", "z", "l", "o", "gone"], text);
    assert_eq!(
        found.texts(),
        [["a", "é\n", "-1.5e3", "true", "null", r#"[1, {"x": 2}]"#, r#"{"y": {}}"#, "-"]]
    );
    let forms: Vec<_> = found.rows[0].iter().flatten().map(|cell| cell.0).collect();
    assert_eq!(forms, [JsonString, JsonEscaped, JsonNumber, JsonBoolean, JsonNull, JsonList, JsonObject]);
}

#[test]
fn nested_objects_are_flattened() {
    let text = "{\"id\": 1, \"user\": {\"name\": \"Ann\", \"at\": {\"city\": \"Rome\"}}}\n\
                {\"user\": {\"at\": {\"city\": \"Oslo\"}, \"name\": \"Bob\"}, \"id\": 2}\n\
                {\"id\": 3, \"user\": null}\n{\"id\": 4, \"user.name\": \"Eve\"}\n";
    let columns = columns_of(text.as_bytes(), Shape::Lines, true);
    assert_eq!(columns, ["id", "user.name", "user.at.city"]);
    let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
    let found = read(Shape::Lines, &columns, text);
    assert_eq!(
        found.texts(),
        [["1", "Ann", "Rome"], ["2", "Bob", "Oslo"], ["3", "-", "-"], ["4", "Eve", "-"]]
    );
    assert!(found.issues.is_empty() && found.unknown.is_empty() && found.aside.is_empty());
}

#[test]
fn odd_records_are_set_aside_or_counted() {
    let text = "{\"a\": 1}\n\n  {\"a\": 2, \"a\": 3}\r\n{\"a\": \n[1]\n\"x\"\n{\"b\": 1}\n{\"a\": 01}\n{\"a\": 5}x\n\
                {\"a\": \"\\ud83d\"}\n{\"a\": 9";
    let found = read(Shape::Lines, &["a"], text);
    assert_eq!(found.texts(), [["1"], ["3"], ["-"], ["\u{fffd}"]]);
    let aside: Vec<_> = found.aside.iter().map(|told| (told.0, told.3.expect("a line"))).collect();
    use Code::{MalformedRecord, NotAnObject};
    let expected = [(3, MalformedRecord), (4, NotAnObject), (5, NotAnObject), (7, MalformedRecord)];
    let expected = expected.into_iter().chain([(8, MalformedRecord), (10, MalformedRecord)]);
    assert_eq!(aside, expected.map(|(line, code)| (code, line)).collect::<Vec<_>>());
    assert_eq!(found.codes(), [Code::DuplicateKey]);
    assert_eq!(found.unknown, [("b".to_owned(), 51)]);
}

#[test]
fn bytes_that_are_not_utf8_set_a_record_aside() {
    let mut reader = JsonReader::new(Shape::Lines, &names(&["a"]));
    let found =
        Collect::of(&mut reader, b"{\"a\": \"\xe9\"}\n{\"a\": 1}\n", &[]).expect("no limit is passed");
    assert_eq!(found.texts(), [["1"]]);
    assert_eq!(found.aside[0].0, Code::MalformedRecord);
}

#[test]
fn elements_of_an_array_are_found_behind_malformed_ones() {
    for (text, rows, n_aside) in [
        ("[{\"a\": 1}, {\"a\": 2}]", vec!["1", "2"], 0),
        ("[\n  {\n    \"a\": 1\n  },\n  {\n    \"a\": 2\n  }\n]\n", vec!["1", "2"], 0),
        ("[]", vec![], 0),
        ("{\n\"a\": 1\n}\n", vec!["1"], 0),
        ("{\"a\": 1}{\"a\": 2}\n{\"a\": 3}", vec!["1", "2", "3"], 0),
        ("[{\"a\": 1}, {\"a\": [2}, {\"a\": 3}]", vec!["1", "3"], 1),
        ("[{\"a\": 1}, {\"a\": 2, {\"a\": 3}]", vec!["1", "3"], 1),
        ("[{\"a\": 1}, 5, [6], \"x\", null, {\"a\": 3}]", vec!["1", "3"], 4),
        ("[{\"a\": 1},\n{\"a\": \"2},\n{\"a\": 3}]", vec!["1", "3"], 1),
        ("[{\"a\": 1}, {\"a\": 2}, {\"a\"", vec!["1", "2"], 1),
        ("[{\"a\": 1}, oops, {\"a\": 2}]", vec!["1", "2"], 1),
    ] {
        let found = read(Shape::Array, &["a"], text);
        assert_eq!(found.texts().concat(), rows, "{text}");
        assert_eq!(found.aside.len(), n_aside, "{text}");
    }
}

#[test]
fn hostile_records_neither_panic_nor_recurse() {
    let deep = format!("{{\"a\": {}{}}}\n", "{\"a\": ".repeat(10_000), "}".repeat(10_000));
    let found = read(Shape::Lines, &[], &deep);
    assert_eq!(found.aside.len(), 1, "a value is missing");
    let deep = format!("{{\"a\": {}1{}}}\n", "{\"a\": ".repeat(10_000), "}".repeat(10_000));
    let columns = columns_of(deep.as_bytes(), Shape::Lines, true);
    assert_eq!(columns, [vec!["a"; crate::cell::limits::NESTING].join(".")]);
    let brackets = format!("{{\"a\": {}{}}}\n", "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(read(Shape::Array, &["a"], &brackets).rows.len(), 1);
    let keys: Vec<String> = (0..20_000).map(|i| format!("\"k{i}\": {i}")).collect();
    let wide = format!("{{{}}}\n", keys.join(", ")).repeat(3);
    let columns = columns_of(wide.as_bytes(), Shape::Lines, true);
    assert_eq!(columns.len(), 20_000);
    let mut reader = JsonReader::new(Shape::Lines, &columns);
    let found = Collect::of(&mut reader, wide.as_bytes(), &[]).expect("no limit is passed");
    assert_eq!(found.texts()[2][19_999], "19999");
    let digits = format!("{{\"a\": {}}}", "9".repeat(1_000_000));
    assert_eq!(read(Shape::Lines, &["a"], &digits).texts()[0][0].len(), 1_000_000);
}

#[test]
fn a_long_string_is_read_once_the_unit_holds_it() {
    let text = format!("{{\"a\": \"{}\"}}\n", "x".repeat(50 << 20));
    for shape in [Shape::Lines, Shape::Array] {
        let mut reader = JsonReader::new(shape, &names(&["a"]));
        let mut found = Collect::default();
        let mut size = 64 << 10;
        loop {
            let end = text.len().min(size);
            let unit =
                Unit { bytes: &text.as_bytes()[..end], base: 0, last: end == text.len(), stop: u64::MAX };
            if reader.feed(unit, &mut found).expect("no limit is passed") > 0 {
                break;
            }
            size *= 2;
        }
        assert_eq!(found.texts()[0][0].len(), 50 << 20);
    }
}

/// Values of JSON, a little deep.
fn values() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        "[a-z\"\\\\\n,{}é]{0,4}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
            proptest::collection::btree_map("[a-c]", inner, 0..3)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

/// The dotted names and texts of an object's fields, from serde_json's tree.
fn flattened(prefix: &str, value: &Value, fields: &mut Vec<(String, String)>) {
    for (key, value) in value.as_object().expect("an object") {
        let name = format!("{prefix}{key}");
        match value {
            Value::Object(_) => flattened(&format!("{name}."), value, fields),
            Value::String(text) => fields.push((name, text.clone())),
            other => fields.push((name, other.to_string())),
        }
    }
}

fn odd_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => values().prop_map(|value| value.to_string()),
        3 => Just(",".to_owned()), 2 => Just("\n".to_owned()), 2 => Just("{\"a\":1}".to_owned()),
        1 => Just("[".to_owned()), 1 => Just("]".to_owned()), 1 => Just("{".to_owned()), 1 => Just("}".to_owned()),
        1 => Just("\"".to_owned()), 1 => Just("\\".to_owned()), 1 => Just(" ".to_owned()), 1 => Just("1".to_owned()),
        1 => Just("{\"a\":1,\"a\":2,\"z\":0}\n".to_owned()),
    ];
    proptest::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn fields_are_those_of_serde_json(
        records in proptest::collection::vec(proptest::collection::btree_map("[a-c]", values(), 0..4), 0..5),
    ) {
        let records: Vec<Value> =
            records.into_iter().map(|map| Value::Object(map.into_iter().collect())).collect();
        let lines: String = records.iter().map(|record| format!("{record}\n")).collect();
        let array = serde_json::to_string_pretty(&records).expect("values are JSON");
        for (shape, text) in [(Shape::Lines, lines), (Shape::Array, array)] {
            let columns = columns_of(text.as_bytes(), shape, true);
            let mut reader = JsonReader::new(shape, &columns);
            let found = Collect::of(&mut reader, text.as_bytes(), &[]).expect("no limit is passed");
            prop_assert!(found.aside.is_empty() && found.unknown.is_empty());
            prop_assert_eq!(found.rows.len(), records.len());
            for (row, record) in found.texts().iter().zip(&records) {
                let mut fields = Vec::new();
                flattened("", record, &mut fields);
                for (name, text) in fields {
                    let Some(column) = columns.iter().position(|column| *column == name) else {
                        prop_assert_eq!(&text, "null");
                        continue;
                    };
                    // A list is shown as it stands, with its white space.
                    if !text.starts_with('[') {
                        prop_assert_eq!(&row[column], &text);
                    }
                }
            }
        }
    }

    #[test]
    fn any_cutting_into_units_says_the_same(
        text in odd_text(), sizes in proptest::collection::vec(1usize..40, 1..6), lines: bool,
    ) {
        let shape = if lines { Shape::Lines } else { Shape::Array };
        let columns = names(&["a", "b", "b.a", "c.b"]);
        let mut reader = JsonReader::new(shape, &columns);
        let cut = Collect::of(&mut reader, text.as_bytes(), &sizes).expect("no limit is passed");
        let mut whole = JsonReader::new(shape, &columns);
        prop_assert_eq!(cut, Collect::of(&mut whole, text.as_bytes(), &[]).expect("no limit is passed"));
        prop_assert_eq!(reader.lines(), whole.lines());
        prop_assert_eq!(reader.lines(), text.matches('\n').count() as u64);
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(
        prop_oneof![Just(b'{'), Just(b'"'), Just(b'\n'), Just(b','), Just(b':'), any::<u8>()], 0..80), lines: bool) {
        let shape = if lines { Shape::Lines } else { Shape::Array };
        let mut reader = JsonReader::new(shape, &names(&["a"]));
        let _ = Collect::of(&mut reader, &bytes, &[7]).expect("no limit is passed");
        let _ = columns_of(&bytes, shape, lines);
    }
}
