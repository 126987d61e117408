//! Rules that look into a second file: foreign keys, and as many rows as another table has.

use std::path::Path;

use serde_json::Value;

use crate::command::driftline;

const ORDERS: &str = "id,customer,shop,parent\n1,7,a,\n2,8,a,1\n3,,b,1\n4,9,c,2\n5,7.0,a,6\n";

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write("orders.csv", ORDERS);
    write("customers.csv", "key,name,shop\n7,Ann,a\n8,Bob,a\n10,Cy,b\n");
    write("floats.csv", "key,shop\n7.0,a\n8.0,a\n8.5,b\n,c\n");
    write("customers.jsonl", "{\"key\": 7.0, \"shop\": \"a\"}\n{\"key\": 8, \"shop\": \"b\"}\n");
    folder
}

fn contract(folder: &Path, keys: &str) {
    let text = format!(
        "{{apiVersion: v3.1.0, kind: DataContract, id: a, version: 1.0.0, schema: [{{name: orders, {keys}}}]}}"
    );
    std::fs::write(folder.join("c.yaml"), text).unwrap();
}

fn finding(report: &str, rule: &str) -> Value {
    let report: Value = serde_json::from_str(report).unwrap();
    let report = report.as_array().map_or(&report, |all| &all[0]);
    let mut all = report["findings"].as_array().unwrap().iter();
    all.find(|it| it["rule"] == rule).unwrap_or_else(|| panic!("{report:#}")).clone()
}

fn rows(finding: &Value) -> Vec<u64> {
    finding["places"].as_array().unwrap().iter().map(|it| it["row"].as_u64().unwrap()).collect()
}

#[test]
fn values_that_are_no_rows_of_the_other_table_are_offenders() {
    let folder = folder();
    let one = "properties: [{name: customer, relationships: [{to: customers.key}]}]";
    let two = "properties: [{name: id}], relationships: \
               [{type: foreignKey, from: [orders.customer, orders.shop], to: [customers.key, customers.shop]}]";
    let own = "quality: [{type: custom, engine: driftline, implementation: \
               {rule: foreign-key, column: customer, table: customers, to: key, when: id < 5}}]";
    let itself = "properties: [{name: parent, relationships: [{to: orders.id}]}]";
    let typed = "properties: [{name: customer, logicalType: integer, relationships: [{to: customers.key}]}]";
    // contract, what is given, status, offenders' rows, judged, left out
    let table = [
        (one, "--with customers=customers.csv", "fail", &[4][..], 4, 1),
        (one, "--with customers=customers.csv --threads 2 --unit-bytes 7", "fail", &[4], 4, 1),
        (one, "--with customers=customers.jsonl", "fail", &[4], 4, 1),
        (two, "--with customers=customers.csv", "fail", &[4], 4, 1),
        (two, "--with customers=customers.jsonl", "fail", &[2, 4], 4, 1),
        (own, "--with customers=customers.csv", "fail", &[4], 3, 1),
        (itself, "", "fail", &[5], 4, 1),
        (one, "--with customers=floats.csv", "fail", &[4], 4, 1),
        (typed, "--with customers=floats.csv", "fail", &[4], 3, 2),
        (one, "", "not_run", &[], 0, 0),
    ];
    for (keys, given, status, offenders, judged, skipped) in table {
        contract(folder.path(), keys);
        let line = format!("check orders.csv --contract c.yaml --format json {given}");
        let done = driftline(folder.path(), &line, b"");
        let found = finding(&done.out, "foreign-key");
        assert_eq!(found["status"], status, "{keys} {given}: {found:#}");
        assert_eq!(rows(&found), offenders, "{keys} {given}");
        assert_eq!((&found["total"], &found["skipped"]), (&judged.into(), &skipped.into()), "{keys} {given}");
        assert_eq!(done.code, i32::from(status == "fail"), "{keys} {given}");
    }
}

#[test]
fn what_cannot_be_looked_up_says_why() {
    let folder = folder();
    contract(folder.path(), "properties: [{name: customer, relationships: [{to: customers.number}]}]");
    let check = |given: &str| {
        let line = format!("check orders.csv --contract c.yaml --format json {given}");
        driftline(folder.path(), &line, b"")
    };
    let told = |given: &str| finding(&check(given).out, "foreign-key")["reason"].clone();
    assert_eq!(told(""), "the table customers is not given: --with customers=FILE");
    let reason = "the file \"customers.csv\" has no column \"number\"";
    assert_eq!(told("--with customers=customers.csv"), reason);
    let wrong = check("--with customer=customers.csv");
    assert_eq!(wrong.code, 2);
    assert!(wrong.err.contains("it refers to customers"), "{}", wrong.err);
    let twice = check("--with customers=customers.csv --with customers=customers.csv");
    assert_eq!(twice.code, 2);
    assert_eq!(check("--with customers=none.csv").code, 3);
}

#[test]
fn a_table_may_have_to_be_as_long_as_another() {
    let folder = folder();
    let suite = r#"{"name": "s", "expectations": [{"type": "expect_table_row_count_to_equal_other_table",
        "kwargs": {"other_table_name": "customers"}}]}"#;
    std::fs::write(folder.path().join("c.yaml"), suite).unwrap();
    for (given, status) in
        [("--with customers=customers.csv", "fail"), ("--with customers=orders.csv", "pass")]
    {
        let line = format!("check orders.csv --contract c.yaml --format json {given}");
        let found = finding(&driftline(folder.path(), &line, b"").out, "row-count");
        assert_eq!(found["status"], status, "{found:#}");
    }
}

/// Of the same numbers, great_expectations 1.24.1 says so (`_validate` of the expectation, 4 rows with 4 and with 3).
#[test]
fn two_queries_that_count_rows_are_compared() {
    let folder = folder();
    let told = |base: &str, other: &str, given: &str| {
        let suite = serde_json::json!({"name": "s", "expectations": [{
            "type": "expect_query_results_to_match_comparison",
            "kwargs": {"base_query": base, "comparison_data_source_name": "shop", "comparison_query": other},
        }]});
        std::fs::write(folder.path().join("c.json"), suite.to_string()).unwrap();
        let line = format!("check orders.csv --contract c.json --format gx-json {given}");
        let done = driftline(folder.path(), &line, b"");
        let found: Value = serde_json::from_str(&done.out).unwrap_or_else(|_| panic!("{}", done.err));
        let found = &found["results"][0];
        let raised = found["exception_info"]["exception_message"].clone();
        (found["success"].clone(), found["result"].clone(), raised)
    };
    let (own, other) = ("SELECT COUNT(*) FROM {batch}", "select count(*) as n from public.customers;");
    let result = |n: u64| serde_json::json!({"unexpected_count": n, "unexpected_percent": n as f64 * 100.0});
    let (yes, no) = (Value::Bool(true), Value::Bool(false));
    assert_eq!(told(own, other, "--with customers=orders.csv"), (yes, result(0), Value::Null));
    assert_eq!(told(own, other, "--with customers=customers.csv"), (no.clone(), result(1), Value::Null));
    let lacking = Value::from("the table customers is not given: --with customers=FILE");
    assert_eq!(told(own, other, "").2, lacking);
    let summed = told(own, "SELECT SUM(id) FROM customers", "");
    assert_eq!(summed.0, no);
    assert!(summed.2.as_str().unwrap().starts_with("comparison_query needs a database"), "{}", summed.2);
}

#[test]
fn foreign_keys_of_frictionless_leave_out_only_rows_without_any_cell() {
    let folder = folder();
    let schema = r#"{"fields": [{"name": "id"}, {"name": "customer"}, {"name": "shop"}, {"name": "parent"}],
        "foreignKeys": [{"fields": ["customer", "shop"],
                         "reference": {"resource": "customers", "fields": ["key", "shop"]}}]}"#;
    std::fs::write(folder.path().join("schema.json"), schema).unwrap();
    let line = "check orders.csv --contract schema.json --format json --with customers=customers.csv";
    let found = finding(&driftline(folder.path(), line, b"").out, "foreign-key");
    assert_eq!(rows(&found), [3, 4, 5], "{found:#}");
}

#[test]
fn another_table_is_read_as_its_part_of_the_contract_says() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write("days.csv", "day\n20240131\n20240201\n");
    write("sales.csv", "id,day\n1,31.1.24\n2,2.2.24\n");
    let day =
        |format: &str| format!("{{name: day, logicalType: date, logicalTypeOptions: {{format: {format}}}}}");
    let sales = day("d.M.yy").replace("}}", "}, relationships: [{to: days.day}]}");
    let text = format!(
        "{{apiVersion: v3.1.0, kind: DataContract, id: a, version: 1.0.0, schema: [{{name: sales, properties: \
         [{{name: id}}, {sales}]}}, {{name: days, properties: [{}]}}]}}",
        day("yyyyMMdd")
    );
    write("c.yaml", &text);
    let line = "check sales.csv --contract c.yaml --with days=days.csv --format json";
    let done = driftline(folder.path(), line, b"");
    assert_eq!(rows(&finding(&done.out, "foreign-key")), [2], "{}", done.err);
    // The dialect of a resource is that of its file, whatever the other is written in.
    write("a.csv", "id,of\n1,7\n2,9\n");
    write("b.csv", "key|name\n7|x;y,z\n8|p;q,r\n");
    let package = serde_json::json!({ "resources": [
        { "name": "a", "path": "a.csv", "schema": { "fields": [{ "name": "id" }, { "name": "of", "type": "integer" }],
          "foreignKeys": [{ "fields": "of", "reference": { "resource": "b", "fields": "key" } }] } },
        { "name": "b", "path": "b.csv", "dialect": { "delimiter": "|" },
          "schema": { "fields": [{ "name": "key", "type": "integer" }, { "name": "name" }] } },
    ] });
    write("p.json", &package.to_string());
    let line = "check a.csv --contract p.json --with b=b.csv --format json --delimiter ,";
    let done = driftline(folder.path(), line, b"");
    assert_eq!(rows(&finding(&done.out, "foreign-key")), [2], "{}", done.err);
}
