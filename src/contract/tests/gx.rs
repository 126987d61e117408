//! Suites of Great Expectations that the tests against its own results do not reach.

use super::*;
use crate::contract::parse;
use crate::finding::Severity;

fn suite(expectations: &str) -> Contract {
    let text = format!(
        "{{\"name\": \"s\", \"expectations\": [{expectations}], \"suite_parameters\": {{\"most\": 40}}}}"
    );
    parse(text.as_bytes()).expect("a suite")
}

fn ages() -> Sheet {
    let valid = |raw, value: i64| Cell::Valid(raw, Value::Integer(value.into()));
    Sheet {
        name: "age",
        ty: Type::Integer,
        cells: vec![valid("34", 34), Cell::Invalid("x7"), valid("41", 41), Cell::Missing],
    }
}

#[test]
fn suites_of_old_have_other_words() {
    let text = br#"{"expectation_suite_name": "old", "data_asset_type": null, "meta": {"great_expectations.__version__": "0.18"},
        "expectations": [{"expectation_type": "expect_column_values_to_be_between",
            "kwargs": {"column": "age", "minValue": 0, "maxValue": 40}, "meta": {"notes": {"content": "x"}}}]}"#;
    let contract = parse(text).unwrap();
    assert_eq!((contract.id.as_str(), contract.objects[0].rules()), ("old", 3));
    let findings = check(&contract.objects[0], &[ages()]);
    let range = findings.iter().find(|it| it.rule == "range").unwrap();
    assert_eq!((range.status, range.count, range.total, range.origin), (Status::Fail, 1, 2, Some(0)));
    // The cell that is no number is told, where Great Expectations raises.
    let ty = findings.iter().find(|it| it.rule == "type").unwrap();
    assert_eq!((ty.status, ty.count, ty.origin), (Status::Fail, 1, Some(0)));
}

#[test]
fn parameters_stand_for_values() {
    let between = |max: &str| {
        let kwargs = format!("{{\"column\": \"age\", \"max_value\": {{\"$PARAMETER\": \"{max}\"}}}}");
        suite(&format!("{{\"type\": \"expect_column_values_to_be_between\", \"kwargs\": {kwargs}}}"))
    };
    let findings = check(&between("most").objects[0], &[ages()]);
    assert_eq!(findings.iter().find(|it| it.rule == "range").unwrap().count, 1);
    let found = |sum: &str| {
        let findings = check(&between(sum).objects[0], &[ages()]);
        findings.iter().find(|it| it.rule == "range").unwrap().expected.clone()
    };
    assert_eq!(found("most + 1").as_deref(), Some("at most 41"));
    assert_eq!(found("most * 2 - most / 4").as_deref(), Some("at most 70"));
    let findings = check(&between("least + 1").objects[0], &[ages()]);
    let range = findings.iter().find(|it| it.rule == "range").unwrap();
    let reason = "the parameter least + 1 of max_value has no value";
    assert_eq!((range.status, range.reason.as_deref()), (Status::NotRun, Some(reason)));
}

#[test]
fn what_is_not_checked_says_why() {
    let table = [
        (
            r#"{"type": "expect_query_results_to_match_comparison", "kwargs": {"base_query": "SELECT 1"}}"#,
            "comparison_query is missing",
        ),
        (
            r#"{"type": "expect_query_results_to_match_comparison", "kwargs": {"base_query": "SELECT SUM(a) FROM {batch}", "comparison_query": "SELECT COUNT(*) FROM o"}}"#,
            "base_query needs a database, unless it is SELECT COUNT(*) FROM a table; found \"SELECT SUM(a) FROM {batch}\"",
        ),
        (
            r#"{"type": "expect_column_values_to_be_betwen", "kwargs": {"column": "age"}}"#,
            "the expectation \"expect_column_values_to_be_betwen\" is not known; did you mean \"expect_column_values_to_be_between\"?",
        ),
        (
            r#"{"type": "unexpected_rows_expectation", "kwargs": {"unexpected_rows_query": "SELECT DISTINCT id FROM {batch} WHERE id = 1"}}"#,
            "the query is not understood: it is not SELECT … FROM {batch} WHERE …",
        ),
        (
            r#"{"type": "unexpected_rows_expectation", "kwargs": {"unexpected_rows_query": "SELECT * FROM {batch} WHERE \"no such\" = 'x'"}}"#,
            "the column \"no such\" is missing",
        ),
        (r#"{"type": "my_own", "kwargs": {}}"#, "the expectation \"my_own\" is not known"),
        (
            r#"{"type": "expect_column_values_to_be_in_set", "kwargs": {"column": "age", "value_set": null}}"#,
            "value_set is null or missing",
        ),
        (
            r#"{"type": "expect_column_values_to_be_between", "kwargs": {"column": "age"}}"#,
            "neither min_value nor max_value is given",
        ),
        (
            r#"{"type": "expect_column_values_to_not_be_null", "kwargs": {"column": "age", "row_condition": "id > 1", "condition_parser": "pandas"}}"#,
            "the column \"id\" is missing",
        ),
        (
            r#"{"type": "expect_column_values_to_not_be_null", "kwargs": {"column": "age", "row_condition": "age.str.len() > 1", "condition_parser": "pandas"}}"#,
            "the row condition is not understood: expected a value, found \")\" at character 13",
        ),
        (
            r#"{"type": "expect_column_values_to_be_of_type", "kwargs": {"column": "age", "type_": "GEOMETRY"}}"#,
            "the type's name is not one that is known",
        ),
    ];
    for (expectation, reason) in table {
        let findings = check(&suite(expectation).objects[0], &[ages()]);
        let told = findings.iter().find(|it| it.origin == Some(0)).unwrap();
        assert_eq!((told.status, told.reason.as_deref()), (Status::NotRun, Some(reason)), "{expectation}");
    }
}

#[test]
fn severities_and_tolerances_are_kept() {
    let expectation = r#"{"type": "expect_column_values_to_not_be_null", "severity": "warning",
        "kwargs": {"column": "age", "mostly": 0.745}}"#;
    let findings = check(&suite(expectation).objects[0], &[ages()]);
    let required = findings.iter().find(|it| it.rule == "required").unwrap();
    assert_eq!((required.status, required.severity, required.count), (Status::Pass, Severity::Warning, 1));
    assert!(required.message.ends_with("agreed is at most 25.5 %"), "{}", required.message);
}

#[test]
fn mistakes_have_their_places() {
    let table = [
        ("{\"expectations\": [\n{\"kwargs\": {}}]}", 2, "the expectation has no \"type\""),
        (
            "{\"expectations\": [{\"type\": \"expect_column_values_to_match_regex\",\n\"kwargs\": {\"column\": \"a\", \"regex\": \"(\"}}]}",
            0,
            "",
        ),
        (
            "{\"expectations\": [{\"type\": \"expect_column_mean_to_be_between\",\n\"kwargs\": {\"column\": \"a\", \"min_value\": [1]}}]}",
            0,
            "",
        ),
        (
            "{\"expectations\": [{\"type\": \"expect_column_values_to_not_be_null\", \"kwargs\": {\"column\": \"a\", \"mostly\": 2}}]}",
            1,
            "expected mostly within 0 and 1, found 2",
        ),
    ];
    for (text, line, message) in table {
        match parse(text.as_bytes()) {
            Err(error) => {
                assert_eq!(
                    (error.message(), error.place().map(|it| it.line)),
                    (message, Some(line)),
                    "{text}"
                );
            }
            Ok(_) => assert_eq!(line, 0, "{text}"),
        }
    }
}
