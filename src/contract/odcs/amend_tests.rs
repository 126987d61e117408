//! Changes to the text of a contract: what is written there afterwards, and what is refused.

use super::super::{Amendment, Target, amend, parse, written_rules};
use Amendment::{Allow, Remove, Tolerate, Widen};

const TEXT: &str = "\
# People, as agreed with the office.
apiVersion: v3.1.0
kind: DataContract
id: people
version: 1.0.0
status: active
schema:
  - name: people
    quality:
      - metric: rowCount # at least some
        mustBeGreaterThan: 0
    properties:
      - name: id   # the key
        logicalType: integer
        required: true
        unique: true
      - name: country
        quality:
          # Where they live.
          - metric: invalidValues
            arguments:
              validValues: [ DE, 'FR' ] # for now
            mustBe: 0
          - type: custom
            engine: driftline
            implementation:
              rule: length
              minLength: 2
              maxLength: 2
      - name: age
        logicalType: integer
        logicalTypeOptions:
          minimum: 0 # nobody is younger
          maximum: 120
      - {name: flow, logicalType: integer, required: true}
      - name: since
        logicalType: date
        logicalTypeOptions: {minimum: \"2020-01-01\"}
      - name: kind
        enum:
          - value: a
            description: The first.
          - value: b
            description: The second.

      - name: size
        enum:
        - 1
        - 2
        quality:
        - metric: nullValues
          unit: percent
          mustBeLessThan: 5
team: []
";

fn changed(column: &str, rule: &str, amendment: &Amendment) -> Result<String, String> {
    let column = Some(column).filter(|it| !it.is_empty());
    let target = Target { file: "people.csv", column, rule, nth: 0 };
    amend(TEXT, target, amendment).map_err(|error| error.to_string())
}

/// The lines that went and those that came.
fn difference(changed: &str) -> (Vec<&str>, Vec<&str>) {
    let (old, new): (Vec<&str>, Vec<&str>) = (TEXT.lines().collect(), changed.lines().collect());
    let same = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let rest = old.len().min(new.len()) - same;
    let tail = old.iter().rev().zip(new.iter().rev()).take(rest).take_while(|(a, b)| a == b).count();
    (old[same..old.len() - tail].to_vec(), new[same..new.len() - tail].to_vec())
}

fn texts(values: &[&str]) -> Vec<String> {
    values.iter().map(|value| (*value).to_owned()).collect()
}

#[test]
fn one_thing_is_changed_and_all_else_stays() {
    let line = "              validValues: [ DE, 'FR' ] # for now";
    let table: [(&str, &str, Amendment, &[&str], &[&str]); 16] = [
        (
            "country",
            "allowed-values",
            Allow(texts(&["ZZ", "no", "a, b"])),
            &[line],
            &["              validValues: [ DE, 'FR', ZZ, \"no\", \"a, b\" ] # for now"],
        ),
        (
            "country",
            "allowed-values",
            Tolerate(3, 40_000),
            &["            mustBe: 0"],
            &["            mustBeLessOrEqualTo: 3"],
        ),
        (
            "country",
            "length",
            Widen(texts(&["GER", "DE"])),
            &["              maxLength: 2"],
            &["              maxLength: 3"],
        ),
        (
            "country",
            "length",
            Remove,
            &[
                "          - type: custom",
                "            engine: driftline",
                "            implementation:",
                "              rule: length",
                "              minLength: 2",
                "              maxLength: 2",
            ],
            &[],
        ),
        (
            "age",
            "range",
            Widen(texts(&["-5", "7"])),
            &["          minimum: 0 # nobody is younger"],
            &["          minimum: -5 # nobody is younger"],
        ),
        (
            "age",
            "range",
            Remove,
            &[
                "        logicalTypeOptions:",
                "          minimum: 0 # nobody is younger",
                "          maximum: 120",
            ],
            &[],
        ),
        (
            "age",
            "type",
            Tolerate(1, 3),
            &[],
            &[
                "        quality:",
                "          - type: custom",
                "            engine: driftline",
                "            implementation:",
                "              rule: type",
                "              unit: percent",
                "              mustBeLessOrEqualTo: 33.3334",
            ],
        ),
        ("id", "required", Remove, &["        required: true"], &["        required: false"]),
        (
            "id",
            "unique",
            Tolerate(2, 100),
            &["        unique: true"],
            &[
                "        unique: false",
                "        quality:",
                "          - metric: duplicateValues",
                "            unit: percent",
                "            mustBeLessOrEqualTo: 2",
            ],
        ),
        (
            "flow",
            "required",
            Remove,
            &["      - {name: flow, logicalType: integer, required: true}"],
            &["      - {name: flow, logicalType: integer, required: false}"],
        ),
        (
            "since",
            "range",
            Widen(texts(&["2019-12-31"])),
            &["        logicalTypeOptions: {minimum: \"2020-01-01\"}"],
            &["        logicalTypeOptions: {minimum: \"2019-12-31\"}"],
        ),
        ("kind", "allowed-values", Allow(texts(&["c"])), &[], &["          - value: c"]),
        ("size", "allowed-values", Allow(texts(&["3"])), &[], &["        - 3"]),
        (
            "size",
            "required",
            Tolerate(7, 100),
            &["          mustBeLessThan: 5"],
            &["          mustBeLessOrEqualTo: 7"],
        ),
        (
            "size",
            "required",
            Remove,
            &[
                "        quality:",
                "        - metric: nullValues",
                "          unit: percent",
                "          mustBeLessThan: 5",
            ],
            &[],
        ),
        (
            "",
            "row-count",
            Remove,
            &["    quality:", "      - metric: rowCount # at least some", "        mustBeGreaterThan: 0"],
            &[],
        ),
    ];
    for (column, rule, amendment, went, came) in table {
        let text =
            changed(column, rule, &amendment).unwrap_or_else(|error| panic!("{column} {rule}: {error}"));
        assert_eq!(difference(&text), (went.to_vec(), came.to_vec()), "{column} {rule} {amendment:?}");
        parse(text.as_bytes()).unwrap();
    }
}

#[test]
fn line_ends_and_the_byte_order_mark_stay() {
    let text = format!("\u{feff}{}", TEXT.replace('\n', "\r\n"));
    let target = Target { file: "people.csv", column: Some("id"), rule: "unique", nth: 0 };
    let text = amend(&text, target, &Tolerate(1, 100)).unwrap();
    assert_eq!(
        text,
        format!("\u{feff}{}", changed("id", "unique", &Tolerate(1, 100)).unwrap().replace('\n', "\r\n"))
    );
    let open = TEXT.trim_end().replace("team: []", "").trim_end().to_owned();
    let target = Target { file: "people.csv", column: Some("size"), rule: "allowed-values", nth: 0 };
    assert!(
        amend(&open, target, &Allow(texts(&["3"])))
            .unwrap()
            .contains("        - 2\n        - 3\n        quality:")
    );
}

#[test]
fn what_cannot_be_changed_says_why() {
    let table: [(&str, &str, Amendment, &str); 9] = [
        ("flow", "type", Tolerate(1, 10), "this mapping cannot be changed here"),
        ("age", "range", Tolerate(1, 10), "allows no offender where it is written"),
        ("age", "range", Widen(texts(&["x"])), "cannot have such a bound"),
        ("age", "range", Widen(texts(&["7"])), "has these values within its bounds"),
        ("age", "range", Allow(texts(&["7"])), "has no list of values"),
        ("nowhere", "range", Remove, "does not write this rule out"),
        ("age", "pattern", Remove, "does not write this rule out"),
        ("", "row-count", Tolerate(1, 10), "has nothing to tolerate"),
        ("since", "range", Remove, "cannot be changed here"),
    ];
    for (column, rule, amendment, message) in table {
        match changed(column, rule, &amendment) {
            Err(error) => assert!(error.contains(message), "{column} {rule}: {error}"),
            // A mapping in one line loses its key as a whole.
            Ok(text) => {
                assert!(message.contains("cannot be changed") && !text.contains("2020-01-01"), "{text}")
            }
        }
    }
    let alias = TEXT
        .replace("validValues: [ DE, 'FR' ] # for now", "validValues: &all [DE, FR]")
        .replace("- 1\n        - 2", "- *all");
    let target = Target { file: "", column: Some("country"), rule: "allowed-values", nth: 0 };
    assert!(amend(&alias, target, &Allow(texts(&["ZZ"]))).is_err());
    let suite = "{\"expectations\": [], \"expectation_suite_name\": \"s\"}";
    assert!(amend(suite, target, &Remove).unwrap_err().to_string().contains("only contracts of ODCS"));
}

#[test]
fn a_type_goes_with_its_format_and_stays_while_rules_build_on_it() {
    let text = TEXT.replace(
        "        logicalTypeOptions: {minimum: \"2020-01-01\"}",
        "        logicalTypeOptions:\n          format: yyyy-MM-dd",
    );
    let target = |column| Target { file: "people.csv", column: Some(column), rule: "type", nth: 0 };
    let changed = amend(&text, target("since"), &Remove).unwrap();
    let untyped = "      - name: since\n        logicalType: string\n        customProperties:\n          \
                   - {property: driftline.logicalType, value: any}\n      - name: kind\n";
    assert!(changed.contains(untyped), "{changed}");
    let kept = |text: &str| {
        text.contains("logicalType: string") && text.contains("driftline.logicalType, value: any")
    };
    let flow = amend(&text, target("flow"), &Remove).unwrap();
    assert!(kept(&flow), "{flow}");
    for own in [
        "customProperties: [{property: a, value: b}]",
        "customProperties:\n          - property: a\n            value: b",
    ] {
        let text = text.replace("- name: since\n", &format!("- name: since\n        {own}\n"));
        let changed = amend(&text, target("since"), &Remove).unwrap();
        assert!(kept(&changed) && changed.matches("customProperties").count() == 1, "{changed}");
        assert!(changed.contains("property: a"), "{changed}");
    }
    let error = amend(&text, target("age"), &Remove).unwrap_err().to_string();
    assert!(error.contains("is what the column's other rules build on"), "{error}");
}

#[test]
fn every_rule_is_listed_where_it_is_written() {
    let rules = written_rules(TEXT, "people.csv").unwrap();
    let told: Vec<String> = rules
        .iter()
        .map(|it| format!("{} {} {} {}", it.line, it.column.as_deref().unwrap_or("-"), it.rule, it.expected))
        .collect();
    assert_eq!(told[0], "10 - row-count a number of rows; offenders: more than 0");
    assert!(told.contains(&"15 id required no missing cell".to_owned()), "{told:#?}");
    assert!(told.contains(&"20 country allowed-values DE, FR".to_owned()), "{told:#?}");
    assert!(told.contains(&"32 age range 0 … 120".to_owned()), "{told:#?}");
    let contract = parse(TEXT.as_bytes()).unwrap();
    let all = contract.objects[0].rules() - contract.objects[0].properties.len() as u64;
    assert_eq!(rules.len() as u64, all);
}
