//! Contracts held against small tables.

use super::*;
use crate::contract::parse;
use crate::finding::Severity;

fn valid(raw: &'static str, value: i64) -> Cell {
    Cell::Valid(raw, Value::Integer(value.into()))
}

fn people() -> Vec<Sheet> {
    let date = |raw, days| Cell::Valid(raw, Value::Date(days));
    vec![
        Sheet {
            name: "id",
            ty: Type::Integer,
            cells: vec![valid("1", 1), valid("2", 2), valid("2", 2), valid("4", 4), valid("5", 5)],
        },
        texts("name", &["Ann", "Bob", "", "Dan", "Eve"]),
        Sheet {
            name: "age",
            ty: Type::Integer,
            cells: vec![
                valid("34", 34),
                Cell::Invalid("x7"),
                valid("41", 41),
                valid("-5", -5),
                valid("29", 29),
            ],
        },
        texts("country", &["DE", "FR", "ZZ", "DE", ""]),
        Sheet {
            name: "joined",
            ty: Type::Date,
            cells: vec![
                date("2024-01-02", 19_724),
                Cell::Invalid("2024-13-02"),
                date("2024-03-01", 19_783),
                Cell::Invalid("01/04/2024"),
                date("2024-05-01", 19_844),
            ],
        },
        texts("score", &["0.5", "1.5", "", "9.9", "0.1"]),
    ]
}

#[test]
fn five_people_have_eight_bad_cells() {
    let contract = parse(include_bytes!("../../../tests/data/contracts/people.odcs.yaml")).unwrap();
    let object = contract.object(None, "people.csv").unwrap();
    let findings = check(object, &people());
    let failed: Vec<&Finding> = findings.iter().filter(|finding| finding.status == Status::Fail).collect();
    let cell = |rule: &str, row: u64, column: &str, value: Option<&str>| {
        (rule.to_owned(), row, column.to_owned(), value.map(str::to_owned))
    };
    let located: Vec<_> = failed
        .iter()
        .flat_map(|f| f.places.iter().map(|p| cell(f.rule, p.row, &p.column, p.value.as_deref())))
        .collect();
    let expected = [
        cell("unique", 2, "id", Some("2")),
        cell("unique", 3, "id", Some("2")),
        cell("required", 3, "name", None),
        cell("type", 2, "age", Some("x7")),
        cell("range", 4, "age", Some("-5")),
        cell("allowed-values", 3, "country", Some("ZZ")),
        cell("type", 2, "joined", Some("2024-13-02")),
        cell("type", 4, "joined", Some("01/04/2024")),
    ];
    assert_eq!(located, expected);
    assert_eq!(failed.iter().map(|finding| finding.count).sum::<u64>(), 8);
    assert!(failed.iter().all(|finding| finding.severity == Severity::Critical));
    let expected = [
        "fail unique id: 2 of 5 cells are not unique, first \"2\" in row 2",
        "fail required name: 1 of 5 cells is missing, first in row 3",
        "fail type age: 1 of 5 cells is not of type integer, first \"x7\" in row 2",
        "fail range age: 1 of 4 cells is outside 0 … 120, first \"-5\" in row 4",
        "fail allowed-values country: 1 of 4 cells is not one of 2 allowed values, first \"ZZ\" in row 3",
        "fail type joined: 2 of 5 cells are not of type date (yyyy-MM-dd), first \"2024-13-02\" in row 2",
        "pass column-presence id: column \"id\" is there",
        "pass column-presence name: column \"name\" is there",
        "pass column-presence age: column \"age\" is there",
        "pass column-presence country: column \"country\" is there",
        "pass column-presence joined: column \"joined\" is there",
        "pass type id: all 5 cells are of type integer",
        "pass type name: all 4 cells are of type string",
        "pass type country: all 4 cells are of type string",
    ];
    assert_eq!(told(&findings), expected);
    assert_eq!(findings.len() as u64, object.rules());
    let range = failed.iter().find(|finding| finding.rule == "range").unwrap();
    assert_eq!((range.total, range.skipped, range.expected.as_deref()), (4, 1, Some("0 … 120")));
    assert_eq!(range.observed.as_deref(), Some("\"-5\""));
}

#[test]
fn rules_of_a_missing_column_are_not_run_and_never_pass() {
    let contract =
        one("logicalType: integer, required: true, unique: true, logicalTypeOptions: {minimum: 0}");
    let findings = check(&contract.objects[0], &[integers("C", &[1])]);
    let expected = [
        "fail column-presence c: column \"c\" is missing (renamed to \"C\"?)",
        "not_run type c: not checked: the column is missing",
        "not_run required c: not checked: the column is missing",
        "not_run unique c: not checked: the column is missing",
        "not_run range c: not checked: the column is missing",
    ];
    assert_eq!(told(&findings), expected);
    assert_eq!(findings[0].severity, Severity::Critical);
}

#[test]
fn a_file_without_rows_is_critical_and_nothing_passes_on_its_cells() {
    let contract = contract(
        "  - name: t
    quality: [{metric: rowCount, mustBeGreaterThan: 0, severity: info}]
    properties: [{name: c, logicalType: string, required: true}]
",
    );
    let findings = check(&contract.objects[0], &[texts("c", &[])]);
    let expected = [
        "fail no-rows -: the file has no rows, so no rule on its cells could be checked",
        "fail row-count -: the file has 0 rows; agreed is more than 0",
        "pass column-presence c: column \"c\" is there",
        "not_run type c: not checked: the file has no rows",
        "not_run required c: not checked: the file has no rows",
    ];
    assert_eq!(told(&findings), expected);
    assert_eq!((findings[0].severity, findings[2].severity), (Severity::Critical, Severity::Info));
}

#[test]
fn what_is_not_checked_says_why() {
    let table = [
        (
            "quality: [{type: sql, query: select 1, mustBe: 0}]",
            "quality",
            "a query needs a database, unless it is SELECT COUNT(*) FROM the table WHERE a condition",
        ),
        (
            "quality: [{type: text, description: be nice}]",
            "quality",
            "a rule in prose is for a person to check",
        ),
        (
            "quality: [{type: custom, engine: soda, implementation: x}]",
            "quality",
            "rules of the engine \"soda\" are not supported",
        ),
        (
            "quality: [{metric: invalidValues, mustBe: 0}]",
            "quality",
            "invalidValues has neither validValues nor pattern",
        ),
        (
            "quality: [{metric: rowCount, unit: percent, mustBe: 1}]",
            "quality",
            "percent of how many rows is not said",
        ),
        ("quality: [{rule: freshness, mustBe: 1}]", "quality", "the rule \"freshness\" is not supported"),
        (
            "logicalTypeOptions: {multipleOf: 5}",
            "multiple-of",
            "multiples of a number do not apply to a column of type text",
        ),
        (
            "logicalTypeOptions: {format: password}, logicalType: string",
            "format",
            "of the format \"password\" there is nothing to check",
        ),
        (
            "logicalTypeOptions: {minimum: 3}",
            "range",
            "a range of numbers does not apply to a column of type text",
        ),
        ("relationships: [{to: a.b}]", "foreign-key", "the table a is not given: --with a=FILE"),
    ];
    for (keys, rule, reason) in table {
        let contract = one(keys);
        let findings = check(&contract.objects[0], &[texts("c", &["a"])]);
        let last = findings.last().unwrap();
        assert_eq!(
            (last.rule, last.status, last.reason.as_deref()),
            (rule, Status::NotRun, Some(reason)),
            "{keys}"
        );
    }
    let look_around = one("logicalTypeOptions: {pattern: '(?<=a*)b'}");
    let findings = check(&look_around.objects[0], &[texts("c", &["a"])]);
    assert!(findings[1].reason.as_deref().unwrap().starts_with("the pattern is not supported: "));
}

#[test]
fn rules_with_no_cell_left_are_not_run() {
    let contract = one("logicalType: string, unique: true, logicalTypeOptions: {minLength: 1}");
    let findings = check(&contract.objects[0], &[texts("c", &["", ""])]);
    let statuses: Vec<_> = findings.iter().map(|finding| (finding.rule, finding.status)).collect();
    let expected = [
        ("column-presence", Status::Pass),
        ("type", Status::NotRun),
        ("unique", Status::NotRun),
        ("length", Status::NotRun),
    ];
    assert_eq!(statuses, expected);
}

#[test]
fn tolerances_and_severities_are_kept() {
    let quality = |rule: &str| format!("quality: [{{{rule}}}]");
    let values = "metric: invalidValues, arguments: {validValues: [a, b]}";
    let table = [
        (quality(&format!("{values}, mustBe: 0")), Status::Fail, Severity::Critical),
        (
            quality(&format!("{values}, mustBeLessOrEqualTo: 1, severity: warning")),
            Status::Pass,
            Severity::Warning,
        ),
        (quality(&format!("{values}, unit: percent, mustBeLessThan: 25")), Status::Fail, Severity::Critical),
        (
            quality(&format!("{values}, unit: percent, mustBeLessOrEqualTo: 25, severity: low")),
            Status::Pass,
            Severity::Warning,
        ),
        (quality("metric: nullValues, mustBe: 1, severity: trivial"), Status::Pass, Severity::Info),
        (
            quality("metric: missingValues, unit: percent, mustBeLessThan: 20, severity: WARN"),
            Status::Fail,
            Severity::Warning,
        ),
        (quality("metric: duplicateValues, mustBe: 2"), Status::Pass, Severity::Critical),
        (quality("metric: duplicateValues, mustBeLessThan: 2"), Status::Fail, Severity::Critical),
        (quality("metric: rowCount, mustBeBetween: [5, 6]"), Status::Pass, Severity::Critical),
        (quality("rule: nullCheck"), Status::Fail, Severity::Critical),
        (quality("rule: validValues, validValues: [a, b, z]"), Status::Pass, Severity::Critical),
    ];
    // Five rows: four valid, of which two are equal and one is not allowed, and one missing.
    let sheet = || [texts("c", &["a", "b", "b", "z", ""])];
    for (keys, status, severity) in table {
        let contract = one(&keys);
        let findings = check(&contract.objects[0], &sheet());
        let last = findings.last().unwrap();
        assert_eq!((last.status, last.severity), (status, severity), "{keys}: {last:?}");
    }
    let contract = one(&quality(&format!("{values}, unit: percent, mustBeLessOrEqualTo: 25")));
    let told = told(&check(&contract.objects[0], &sheet()));
    let expected = "pass allowed-values c: 1 of 4 cells is not one of 2 allowed values, first \"z\" in row 4; \
                    agreed is at most 25 %";
    assert_eq!(told[1], expected);
}

#[test]
fn exclusive_bounds_are_read_as_numbers_and_as_booleans() {
    for keys in [
        "exclusiveMinimum: 0, exclusiveMaximum: 5",
        "minimum: 0, exclusiveMinimum: true, maximum: 5, exclusiveMaximum: true",
    ] {
        let contract = one(&format!("logicalType: integer, logicalTypeOptions: {{{keys}}}"));
        let findings = check(&contract.objects[0], &[integers("c", &[0, 1, 4, 5])]);
        assert_eq!((findings[2].count, findings[2].total), (2, 4), "{keys}");
        assert_eq!(findings[2].expected.as_deref(), Some("more than 0 and less than 5"));
    }
    let contract = one("logicalType: integer, logicalTypeOptions: {format: u8}");
    let findings = check(&contract.objects[0], &[integers("c", &[-1, 0, 255, 256])]);
    assert_eq!((findings[2].rule, findings[2].count), ("range", 2));
}

#[test]
fn enums_may_be_plain_or_objects() {
    for keys in ["enum: [DE, {value: FR, label: France}]", "logicalTypeOptions: {enum: [DE, FR]}"] {
        let contract = one(keys);
        let findings = check(&contract.objects[0], &[texts("c", &["DE", "FR", "NO"])]);
        assert_eq!((findings[1].rule, findings[1].count), ("allowed-values", 1), "{keys}");
    }
}

#[test]
fn a_type_that_the_file_gives_must_fit() {
    let contract = one("logicalType: integer");
    let findings = check(&contract.objects[0], &[texts("c", &["1", "2", ""])]);
    assert_eq!(told(&findings)[0], "fail type c: 2 of 2 cells are of type text, not integer");
    assert_eq!(findings[1].observed.as_deref(), Some("text"));
    let findings = check(&contract.objects[0], &[texts("c", &["", ""])]);
    assert_eq!(findings[1].status, Status::NotRun);
}

#[test]
fn a_primary_key_is_required_and_unique_unless_it_has_several_columns() {
    let alone = one("primaryKey: true, required: true");
    let findings = check(&alone.objects[0], &[texts("c", &["a", "a", ""])]);
    assert_eq!(
        findings.iter().map(|f| (f.rule, f.count)).collect::<Vec<_>>(),
        [("column-presence", 0), ("required", 1), ("unique", 2)]
    );
    let keys = "  - {name: t, properties: [{name: c, primaryKey: true}, {name: d, primaryKey: true}]}\n";
    let findings = check(&contract(keys).objects[0], &[texts("c", &["a", "a"]), texts("d", &["a", "b"])]);
    let rules: Vec<_> = findings.iter().map(|f| (f.rule, f.status)).collect();
    assert_eq!(
        rules[2..],
        [("unique", Status::NotRun), ("required", Status::Pass), ("required", Status::Pass)]
    );
}

#[test]
fn objects_are_checked_by_their_dotted_columns() {
    let text = "  - {name: t, properties: [{name: place, logicalType: object, properties: [{name: city, required: true}]}]}\n";
    let contract = contract(text);
    let findings = check(&contract.objects[0], &[texts("place.city", &["Bonn", ""])]);
    let expected = [
        "fail required place.city: 1 of 2 cells is missing, first in row 2",
        "pass column-presence place: columns of the object \"place\" are there",
        "pass column-presence place.city: column \"place.city\" is there",
        "pass type place: all values are of type object",
    ];
    assert_eq!(told(&findings), expected);
    let findings = check(&contract.objects[0], &[texts("place", &["{}"])]);
    let expected = [
        "fail type place: 1 of 1 cell is of type text, not object",
        "pass column-presence place: column \"place\" is there",
        "not_run required place.city: not checked: the object it lies in is one column of the file",
    ];
    assert_eq!(told(&findings), expected);
}

#[test]
fn findings_stand_in_file_order_and_missing_columns_last() {
    let text = "  - {name: t, properties: [{name: z, required: true}, {name: gone, required: true}, {name: a, required: true}]}\n";
    let findings = check(&contract(text).objects[0], &[texts("a", &["1"]), texts("z", &["1"])]);
    let order: Vec<_> = findings.iter().map(|f| (f.rule, f.column.as_deref().unwrap())).collect();
    let presence = "column-presence";
    let expected = [
        (presence, "z"),
        (presence, "gone"),
        (presence, "a"),
        ("required", "a"),
        ("required", "z"),
        ("required", "gone"),
    ];
    assert_eq!(order, expected);
}

#[test]
fn a_saved_profile_has_no_cells_to_check() {
    let contract = one("logicalType: string, required: true, unique: true, enum: [a]");
    let object = &contract.objects[0];
    let sheets = [texts("c", &["a", ""])];
    let compiled = object.compile(&[("c".to_owned(), Type::Text)], Known::default());
    let findings = object.findings(&compiled, &profile(&sheets), &Violations::default());
    let statuses: Vec<_> = findings.iter().map(|finding| (finding.rule, finding.status)).collect();
    let expected = [
        ("column-presence", Status::Pass),
        ("type", Status::Pass),
        ("required", Status::Fail),
        ("unique", Status::NotRun),
        ("allowed-values", Status::NotRun),
    ];
    assert_eq!(statuses, expected);
}

#[test]
fn a_column_has_at_most_as_many_rules_as_a_verdict_has_bits() {
    let rules = "{metric: invalidValues, arguments: {validValues: [a]}, mustBe: 0}, ".repeat(70);
    let contract = one(&format!("quality: [{rules}]"));
    let findings = check(&contract.objects[0], &[texts("c", &["a"])]);
    let passed = findings.iter().filter(|f| f.rule == "allowed-values" && f.status == Status::Pass).count();
    let left = findings.iter().filter(|f| f.status == Status::NotRun).count();
    assert_eq!((passed, left), (64, 6));
}

#[test]
fn formats_and_multiples_are_checked_cell_by_cell() {
    let contract = one("logicalType: string, logicalTypeOptions: {format: iban}");
    let sheet = texts("c", &["DE89370400440532013000", "DE89370400440532013001", ""]);
    let findings = check(&contract.objects[0], &[sheet]);
    let format = findings.iter().find(|finding| finding.rule == "format").unwrap();
    assert_eq!((format.status, format.count, format.total, format.skipped), (Status::Fail, 1, 2, 1));
    assert!(
        format.message.starts_with("1 of 2 cells is not of the format iban, first"),
        "{}",
        format.message
    );

    let contract = one("logicalType: integer, logicalTypeOptions: {multipleOf: 0.5e1}");
    let cells = vec![valid("5", 5), valid("7", 7), Cell::Invalid("x")];
    let findings = check(&contract.objects[0], &[Sheet { name: "c", ty: Type::Integer, cells }]);
    let multiple = findings.iter().find(|finding| finding.rule == "multiple-of").unwrap();
    assert_eq!((multiple.status, multiple.count, multiple.places[0].row), (Status::Fail, 1, 2));
}
