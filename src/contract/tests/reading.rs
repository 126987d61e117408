//! Right contracts: what they say about parsing, and which of their tables is meant.

use super::*;
use crate::cell::TimeUnit;

#[test]
fn the_contract_says_how_columns_are_parsed() {
    let contract = contract(
        "  - name: t
    properties:
      - {name: a, physicalName: A, logicalType: integer}
      - {name: b, logicalType: timestamp, logicalTypeOptions: {format: 'dd/MM/yyyy HH:mm', timezone: true}}
      - {name: c, quality: [{metric: missingValues, arguments: {missingValues: [null, '', n/a, 0]}, mustBe: 0}]}
      - {name: gone, logicalType: date}
",
    );
    let governed = contract.objects[0].governs(&["c", "x", "A", "b", "a"]);
    let short: Vec<_> =
        governed.iter().map(|g| (g.column, g.ty, g.format.as_deref(), g.nulls.join("|"))).collect();
    let zoned = Type::Timestamp { unit: TimeUnit::Micro, zoned: true };
    let expected = [
        (0, None, None, "|n/a|0".to_owned()),
        (2, Some(Type::Integer), None, String::new()),
        (3, Some(zoned), Some("dd/MM/yyyy HH:mm"), String::new()),
    ];
    assert_eq!(short, expected);
}

#[test]
fn the_object_is_the_named_one_or_the_one_of_the_file_or_the_first() {
    let contract = contract("  - {name: a}\n  - {name: b, physicalName: B.csv}\n  - {name: c}\n");
    let name = |named, file| contract.object(named, file).map(|object| object.name.clone());
    assert_eq!(name(Some("c"), "a.csv").unwrap(), "c");
    assert_eq!(name(None, "b.csv.gz").unwrap(), "b");
    assert_eq!(name(None, "B.csv").unwrap(), "b");
    assert_eq!(name(None, "x.csv").unwrap(), "a");
    let error = name(Some("d1"), "a.csv").unwrap_err();
    assert_eq!(error.to_string(), "the contract has no schema object \"d1\"");
    let none = parse(b"{apiVersion: v3.1.0, kind: DataContract, id: a, version: '1'}").unwrap();
    assert!(none.object(None, "a.csv").unwrap_err().is_usage());
}

#[test]
fn contracts_of_older_and_newer_versions_are_read() {
    // ODCS 3.0: timestamps are dates with hours, rules have old names and no operator. 3.2: maps.
    let contract = contract(
        "  - name: t
    properties:
      - name: at
        logicalType: date
        logicalTypeOptions: {minimum: \"2020-01-01 00:00:00\", format: \"yyyy-MM-dd HH:mm:ss\"}
      - {name: day, logicalType: date, logicalTypeOptions: {exclusiveMinimum: 2020-01-01, format: \"'Hh' dd.MM.yyyy\"}}
      - {name: id, quality: [{rule: nullCheck, severity: error, dimension: completeness}]}
      - {name: prefs, logicalType: map, map: {key: {logicalType: string}, value: {logicalType: string}}}
      - {name: tags, logicalType: array, items: {logicalType: string}, logicalTypeOptions: {maxItems: 3}}
",
    );
    let object = &contract.objects[0];
    let types: Vec<_> = object.properties.iter().map(|p| p.logical.map(|logical| logical.target())).collect();
    let moment = Type::Timestamp { unit: TimeUnit::Micro, zoned: false };
    assert_eq!(types, [Some(moment), Some(Type::Date), None, Some(Type::Json), Some(Type::List)]);
    let compiled =
        object.compile(&[("at".to_owned(), moment), ("day".to_owned(), Type::Date)], Known::default());
    let rules: Vec<_> = compiled.columns.iter().map(|column| column.rules.clone()).collect();
    assert_eq!(rules, [vec!["range"], vec!["range", "date-format"]]);
}

#[test]
fn the_contract_of_flights_names_its_columns_and_holds_its_rules() {
    let contract = parse(include_bytes!("../../../tests/data/contracts/flights.odcs.yaml")).unwrap();
    let object = contract.object(None, "flights.csv.gz").unwrap();
    assert_eq!((object.name.as_str(), object.properties.len()), ("flights", 19));
    let columns: Vec<(String, Type)> =
        object.properties.iter().map(|p| (p.name.clone(), p.logical.unwrap().target())).collect();
    let compiled = object.compile(&columns, Known::default());
    assert_eq!(compiled.columns.iter().map(|column| column.rules.len()).sum::<usize>(), 18);
    assert_eq!(compiled.columns.iter().filter(|column| column.probes.required).count(), 14);
    let carrier = &compiled.columns[9];
    assert_eq!((carrier.column.as_str(), carrier.rules.as_slice()), ("carrier", ["length"].as_slice()));
    assert!(
        carrier.probes.rules[0].breaks(Value::Text("UAL"))
            && !carrier.probes.rules[0].breaks(Value::Text("9E"))
    );
}

#[test]
fn dates_in_a_format_of_their_own_are_read_by_it_and_held_against_it_where_they_are_text() {
    let table = [
        ("date, logicalTypeOptions: {format: yyyyMMdd}", ["20240131", "20241301", ""], Some(1)),
        ("date, logicalTypeOptions: {format: 'd/M/yy'}", ["1/2/24", "x", "13/13/24"], Some(2)),
        (
            "timestamp, logicalTypeOptions: {format: 'MM/dd/yyyy hh:mm a'}",
            ["01/31/2024 10:11 PM", "", ""],
            Some(0),
        ),
        ("time, logicalTypeOptions: {format: 'hh:mm a'}", ["10:11 PM", "22:11", ""], Some(1)),
        ("date, logicalTypeOptions: {format: \"YYYY-'W'ww\"}", ["2024-W05", "x", ""], None),
    ];
    for (logical, cells, broken) in table {
        let order = "{type: custom, engine: driftline, implementation: {rule: increasing}}";
        let contract = one(&format!("logicalType: {logical}, quality: [{order}]"));
        let governed = contract.objects[0].governs(&["c"]);
        let is_text = governed[0].ty == Some(Type::Text);
        assert_eq!(
            (is_text, governed[0].spelled.is_none()),
            (broken.is_none(), broken.is_none()),
            "{logical}"
        );
        let findings = check(&contract.objects[0], &[texts("c", &cells)]);
        let of = |rule: &str| findings.iter().find(|it| it.rule == rule).unwrap();
        assert_eq!(of("type").status, Status::Pass, "{logical}");
        assert_eq!(of("increasing").status, Status::NotRun, "{logical}");
        let finding = of("date-format");
        let status = broken.map_or(Status::NotRun, |n| if n == 0 { Status::Pass } else { Status::Fail });
        assert_eq!((finding.status, finding.count), (status, broken.unwrap_or(0)), "{}", finding.message);
    }
}
