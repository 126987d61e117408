//! Wrong contracts: every mistake has its line and column, and nothing panics.

use crate::contract::parse;
use crate::error::Kind;

const HEAD: &str = "apiVersion: v3.1.0\nkind: DataContract\nid: a\nversion: 1.0.0\n";

/// The message of a contract whose only property has these lines (from line 8, indented by 8 to column 9).
fn message(property: &str) -> String {
    let lines: String = property.lines().map(|line| format!("        {line}\n")).collect();
    let text = format!("{HEAD}schema:\n  - name: t\n    properties:\n      - name: c\n{lines}");
    parse(text.as_bytes()).map_or_else(|error| error.to_string(), |_| "fine".to_owned())
}

#[test]
fn mistakes_in_a_property_have_line_column_and_what_was_meant() {
    let table = [
        (
            "requird: true",
            "line 9, column 9: unknown key of a property \"requird\"; did you mean \"required\"?",
        ),
        ("required: maybe", "line 9, column 19: expected true or false, found \"maybe\""),
        ("logicalType: strng", "line 9, column 22: unknown logicalType \"strng\"; did you mean \"string\"?"),
        ("logicalType: int64", "line 9, column 22: unknown logicalType \"int64\"; did you mean \"integer\"?"),
        (
            "logicalType: integer\nlogicalTypeOptions:\n  minLength: 2",
            "line 11, column 11: \"minLength\" is no option of logicalType integer",
        ),
        (
            "logicalType: integer\nlogicalTypeOptions:\n  minimun: 2",
            "line 11, column 11: unknown option \"minimun\"; did you mean \"minimum\"?",
        ),
        (
            "logicalType: integer\nlogicalTypeOptions:\n  minimum: \"2\"",
            "line 11, column 20: expected a number, found \"2\"",
        ),
        (
            "logicalType: integer\nlogicalTypeOptions: {minimum: 9, maximum: 1}",
            "line 10, column 51: the maximum \"1\" is below the minimum",
        ),
        (
            "logicalType: date\nlogicalTypeOptions: {minimum: 2024-13-01}",
            "line 10, column 39: expected a date such as 2024-01-31, found \"2024-13-01\"",
        ),
        (
            "logicalTypeOptions: {minLength: 3, maxLength: 2}",
            "line 9, column 55: maxLength 2 is below minLength 3",
        ),
        (
            "logicalTypeOptions: {minLength: -1}",
            "line 9, column 41: expected a whole number from 0, found \"-1\"",
        ),
        (
            "logicalTypeOptions: {pattern: '[a'}",
            "line 9, column 39: the pattern \"[a\" is wrong: unclosed character class",
        ),
        ("physicalName: [x]", "line 9, column 23: expected text, found a list"),
        ("enum: []", "line 9, column 15: the list of allowed values is empty"),
        ("enum: DE", "line 9, column 15: expected a list of values, found \"DE\""),
        ("enum: [{label: x}]", "line 9, column 16: the allowed value has no \"value\""),
        ("quality: {}", "line 9, column 18: expected a list of quality rules, found a mapping"),
        (
            "quality: [{metric: nullValue, mustBe: 0}]",
            "line 9, column 28: unknown metric \"nullValue\"; did you mean \"nullValues\"?",
        ),
        (
            "quality: [{metric: nullValues}]",
            "line 9, column 19: the quality rule has no operator such as \"mustBe\"",
        ),
        (
            "quality: [{metric: nullValues, mustBe: 0, mustNotBe: 1}]",
            "line 9, column 51: a second operator beside \"mustBe\"",
        ),
        (
            "quality: [{metric: nullValues, mustBeBetween: [1]}]",
            "line 9, column 55: expected a list of two numbers, found 1",
        ),
        ("quality: [{metric: nullValues, mustBe: x}]", "line 9, column 48: expected a number, found \"x\""),
        (
            "quality: [{metric: invalidValues, mustBe: 0, arguments: {validValue: [a]}}]",
            "line 9, column 66: unknown argument of invalidValues \"validValue\"; did you mean \"validValues\"?",
        ),
        ("quality: [{type: sql, mustBe: 0}]", "line 9, column 19: the quality rule has no \"query\""),
        (
            "quality: [{rule: nullCheck, dimension: complete}]",
            "line 9, column 48: unknown dimension \"complete\"; expected one of accuracy, completeness, conformity, \
             consistency, coverage, timeliness, uniqueness",
        ),
        (
            "quality: [{type: libary}]",
            "line 9, column 26: unknown type of quality rule \"libary\"; did you mean \"library\"?",
        ),
    ];
    for (property, expected) in table {
        let found = message(property);
        assert_eq!(found.lines().next(), Some(expected), "{property}");
    }
}

#[test]
fn mistakes_of_the_whole_have_line_and_column() {
    let table = [
        (
            "- a\n",
            "line 1, column 1: expected a contract with apiVersion, kind, id, version and schema, found a list",
        ),
        ("id: a\nkind: DataContract\nversion: 1\n", "line 1, column 1: the contract has no \"apiVersion\""),
        (
            "apiVersion: v2.2.2\nkind: DataContract\nid: a\nversion: 1\n",
            "line 1, column 13: expected an ODCS version from v3.0.0 to v3.2.0, found \"v2.2.2\"",
        ),
        (
            "apiVersion: v3.1.0\nkind: Contract\nid: a\nversion: 1\n",
            "line 2, column 7: expected DataContract, found \"Contract\"",
        ),
        (
            &format!("{HEAD}schemas: []\n"),
            "line 5, column 1: unknown key of a contract \"schemas\"; did you mean \"schema\"?",
        ),
        (
            "apiVersion: v3.1.0\nkind: DataContract\nid:\nversion: 1\n",
            "line 3, column 1: expected text, found nothing",
        ),
        (
            &format!("{HEAD}schema: {{}}\n"),
            "line 5, column 9: expected a list of schema objects, found a mapping",
        ),
        (
            &format!("{HEAD}schema:\n  - properties: []\n"),
            "line 6, column 5: the schema object has no \"name\"",
        ),
        (
            &format!("{HEAD}schema:\n  - name: t\n    properties:\n      - name: a\n      - name: a\n"),
            "line 9, column 9: the property \"a\" is given twice",
        ),
        (
            &format!("{HEAD}schema:\n  - name: t\n    properties:\n      - logicalType: date\n"),
            "line 8, column 9: the property has no \"name\"",
        ),
    ];
    for (text, expected) in table {
        let error = parse(text.as_bytes()).unwrap_err();
        assert_eq!(error.to_string().lines().next(), Some(expected), "{text}");
        assert_eq!(error.kind(), Kind::Usage);
    }
}

#[test]
fn the_operator_of_an_own_rule_stands_inside_or_beside_it() {
    use super::super::diff;
    let rule = |implementation: &str, beside: &str| {
        format!(
            "{HEAD}schema:\n  - {{name: t, properties: [{{name: c, quality: [{{type: custom, engine: driftline, \
             implementation: {{rule: {implementation}}}{beside}}}]}}]}}\n"
        )
    };
    let table = [
        ("mean", "mustBeBetween: [2, 3]"),
        ("quantile, p: 0.5", "mustBeLessThan: 3"),
        ("pattern, pattern: a", "mustBeLessThan: 3, unit: percent"),
        ("type", "mustBeLessOrEqualTo: 1"),
        ("required, when: c > 1", "mustBe: 1"),
    ];
    for (word, operator) in table {
        let read = |text: &str| parse(text.as_bytes()).unwrap_or_else(|error| panic!("{error}\n{text}"));
        let inside = read(&rule(&format!("{word}, {operator}"), ""));
        let beside = read(&rule(word, &format!(", {operator}")));
        assert_eq!(diff(&inside, &beside), [], "{word}");
    }
    let twice = parse(rule("mean, mustBe: 1", ", mustBe: 2").as_bytes()).unwrap_err().to_string();
    assert!(twice.ends_with("the implementation has an operator already: \"mustBe\""), "{twice}");
    let none = parse(rule("mean", "").as_bytes()).unwrap_err().to_string();
    assert!(none.ends_with("the quality rule has no operator such as \"mustBe\""), "{none}");
}

#[test]
fn several_mistakes_are_told_at_once() {
    let found =
        message("requird: true\nunqiue: true\nlogicalType: txt\nphysicalTyp: x\ndescriptio: y\ntag: z");
    let expected = "\
line 9, column 9: unknown key of a property \"requird\"; did you mean \"required\"?
line 10, column 9: unknown key of a property \"unqiue\"; did you mean \"unique\"?
line 11, column 22: unknown logicalType \"txt\"; expected one of string, date, timestamp, time, number, integer, object, \
array, boolean, map, vector
line 12, column 9: unknown key of a property \"physicalTyp\"; did you mean \"physicalType\"?
line 13, column 9: unknown key of a property \"descriptio\"; did you mean \"description\"?
line 14, column 9: unknown key of a property \"tag\"; did you mean \"tags\"?";
    assert_eq!(found, expected);
}

#[test]
fn legal_parts_that_are_not_checked_are_accepted() {
    let text = format!(
        "{HEAD}status: active\nservers:\n  - {{server: x, type: local, path: a.csv, format: csv}}\nteam: [{{username: u}}]\n\
         slaProperties: [{{property: latency, value: 4, unit: d}}]\nprice: {{priceAmount: 9.95}}\nsupport: []\n\
         context: {{}}\nschema:\n  - name: t\n    physicalType: file\n    properties:\n      - name: '2024'\n        \
         physicalType: int\n        examples: [1]\n        required: yes\n        primaryKeyPosition: 1\n"
    );
    let contract = parse(text.as_bytes()).unwrap();
    assert_eq!(contract.objects[0].properties[0].name, "2024");
}

#[test]
fn json_is_read_as_well() {
    let text = "{\n\t\"apiVersion\": \"3.1.0\", \"kind\": \"DataContract\", \"id\": \"a\", \"version\": \"1\",\n\t\"schema\": [\
                {\"name\": \"t\", \"properties\": [{\"name\": \"c\", \"logicalType\": \"date\"}]}]\n}";
    assert_eq!(parse(text.as_bytes()).unwrap().objects[0].properties.len(), 1);
}

#[test]
fn broken_contracts_never_panic() {
    let whole = include_bytes!("../../../tests/data/contracts/flights.odcs.yaml");
    assert!(parse(whole).is_ok());
    for end in 0..whole.len().min(1_500) {
        let _ = parse(&whole[..end]);
    }
    let junk: [&[u8]; 13] =
        [b"[", b"{", b"- ", b": ", b"\"", b"*a ", b"&a ", b"\0", b"\xff", b"? ", b"|\n", b"<<: ", b"!!x "];
    for (i, piece) in junk.iter().cycle().take(400).enumerate() {
        let at = i * 7 % whole.len();
        let mut text = whole[..at].to_vec();
        text.extend_from_slice(piece);
        text.extend_from_slice(&whole[at + i % 5..]);
        let _ = parse(&text);
        let _ = parse(&piece.repeat(300));
    }
}

#[test]
fn an_error_knows_every_mistake() {
    let lines: String = (0..103).map(|i| format!("      - {{name: c{i}, requird: true}}\n")).collect();
    let text = format!("{HEAD}schema:\n  - name: t\n    properties:\n{lines}");
    let error = parse(text.as_bytes()).unwrap_err();
    assert!(error.to_string().ends_with("(and 3 more)"));
    let all = error.mistakes();
    assert_eq!(all.iter().map(|(place, _)| place.line).collect::<Vec<_>>(), (8..111).collect::<Vec<_>>());
    assert!(all.iter().all(|(place, text)| place.column > 19 && text.contains("did you mean \"required\"?")));
    let not_yaml = parse(b"kind: [").unwrap_err();
    assert_eq!(not_yaml.mistakes(), [(not_yaml.place().unwrap(), not_yaml.message().to_owned())]);
}
