//! The shape of a Great Expectations validation result (1.x, result format COMPLETE), for what reads such results today.
//! With a suite as the contract there is a result an expectation, in the suite's order; with another contract one a rule.
//!
//! Lists of unexpected values hold the places that the report keeps; counts are of all cells.

mod details;

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::{Document, Outcome};
use crate::error::Result;
use crate::report::json::pretty;
use crate::report::wire::{Column, Finding, Report};

/// The document: one result, or an array of them for several files. `suite` is the contract's text.
///
/// # Errors
/// None that a report can cause.
pub fn render(document: Document<'_>, suite: Option<&[u8]>) -> Result<Vec<u8>> {
    let suite: Option<Value> = suite.and_then(|text| serde_json::from_slice(text).ok());
    let mut all: Vec<Value> =
        document.outcomes.iter().map(|outcome| validation(outcome, suite.as_ref())).collect();
    match all.len() {
        1 => pretty(&all.remove(0)),
        _ => pretty(&all),
    }
}

fn validation(outcome: &Outcome, suite: Option<&Value>) -> Value {
    let results = match &outcome.result {
        Ok(report) => results(report, suite),
        Err(message) => configs(suite).iter().map(|config| raised(config, message)).collect(),
    };
    let successful = results.iter().filter(|it| it["success"] == true).count();
    let evaluated = results.len();
    let success = successful == evaluated && outcome.result.is_ok();
    let percent =
        if evaluated == 0 { Value::Null } else { json!(successful as f64 / evaluated as f64 * 100.0) };
    let name = suite.and_then(|it| it.get("name").or_else(|| it.get("expectation_suite_name")));
    let contract = outcome.result.as_ref().ok().and_then(|report| report.contract.as_ref());
    let name = name.cloned().unwrap_or_else(|| json!(contract.and_then(|it| it.id.clone())));
    json!({
        "success": success,
        "results": results,
        "suite_name": name,
        "suite_parameters": suite.and_then(|it| it.get("suite_parameters")).cloned().unwrap_or_else(|| json!({})),
        "statistics": {
            "evaluated_expectations": evaluated,
            "successful_expectations": successful,
            "unsuccessful_expectations": evaluated - successful,
            "success_percent": percent,
        },
        "meta": { "driftline_version": env!("CARGO_PKG_VERSION"), "file": outcome.file },
        "id": null,
    })
}

/// The configurations of a suite, those of 0.x in the words of 1.x.
fn configs(suite: Option<&Value>) -> Vec<Value> {
    let list = suite.and_then(|it| it.get("expectations")).and_then(Value::as_array);
    list.into_iter()
        .flatten()
        .map(|item| {
            let mut config = item.as_object().cloned().unwrap_or_default();
            if let Some(kind) = config.remove("expectation_type") {
                config.insert("type".into(), kind);
            }
            config.entry("kwargs").or_insert_with(|| json!({}));
            config.entry("meta").or_insert_with(|| json!({}));
            config.entry("severity").or_insert_with(|| json!("critical"));
            Value::Object(config)
        })
        .collect()
}

fn results(report: &Report, suite: Option<&Value>) -> Vec<Value> {
    let columns: BTreeMap<&str, &Column> = report.columns.iter().map(|it| (it.name.as_str(), it)).collect();
    let configs = configs(suite);
    if configs.is_empty() {
        let agreed = report.findings.iter().filter(|it| it.card == "as_agreed");
        return agreed.map(|finding| result(&config_of(finding), finding, report, &columns)).collect();
    }
    let mut found: BTreeMap<u64, &Finding> = BTreeMap::new();
    for finding in &report.findings {
        if let Some(origin) = finding.origin {
            // Of several rules that one expectation is, the one that fails.
            let kept = found.entry(origin).or_insert(finding);
            let is_of_type = kept.rule == "type" && finding.rule != "type";
            if kept.status != "fail" && (finding.status == "fail" || is_of_type) {
                *kept = finding;
            }
        }
    }
    let each = configs.iter().zip(0..);
    each.map(|(config, i)| match found.get(&i) {
        Some(finding) => result(config, finding, report, &columns),
        None => raised(config, "the expectation was not checked"),
    })
    .collect()
}

/// A rule of another contract in the words of Great Expectations.
fn config_of(finding: &Finding) -> Value {
    let kind = match finding.rule.as_str() {
        "column-presence" => "expect_column_to_exist",
        "type" => "expect_column_values_to_be_of_type",
        "required" => "expect_column_values_to_not_be_null",
        "unique" => "expect_column_values_to_be_unique",
        "range" => "expect_column_values_to_be_between",
        "length" => "expect_column_value_lengths_to_be_between",
        "allowed-values" => "expect_column_values_to_be_in_set",
        "pattern" => "expect_column_values_to_match_regex",
        "row-count" => "expect_table_row_count_to_be_between",
        rule => return config(&format!("driftline_{}", rule.replace('-', "_")), finding),
    };
    config(kind, finding)
}

fn config(kind: &str, finding: &Finding) -> Value {
    let mut kwargs = Map::new();
    if let Some(column) = &finding.column {
        kwargs.insert("column".into(), json!(column));
    }
    let meta = json!({ "rule": finding.rule, "expected": finding.expected });
    json!({ "type": kind, "kwargs": kwargs, "meta": meta, "severity": finding.severity })
}

/// Reasons that are none for a column without a value.
const NO_TYPE: [&str; 3] = ["not apply to a column of type", "have no order", "and the column is of type"];

fn result(config: &Value, finding: &Finding, report: &Report, columns: &BTreeMap<&str, &Column>) -> Value {
    let reason = finding.reason.as_deref().unwrap_or_default();
    let column = finding.column.as_deref().and_then(|name| columns.get(name)).copied();
    let has_none = match reason {
        _ if report.table.rows == 0 => true,
        "no row meets the condition" => true,
        // Cells that could not be read are no missing ones.
        "every cell is missing or invalid" => column.is_none_or(|it| it.invalid == 0),
        // A column without a value has no type that it could be wrong for.
        _ => {
            NO_TYPE.iter().any(|it| reason.contains(it))
                && column.is_some_and(|it| it.valid + it.invalid == 0)
        }
    };
    let success = match finding.status.as_str() {
        "not_run" if !has_none => return raised(config, reason),
        "not_run" if is_number(config) => return without_values(config),
        // Without a cell to look at, Great Expectations calls a rule on cells a success.
        "not_run" => true,
        status => status == "pass",
    };
    evaluated(config, success, &details::details(config, finding, column, report))
}

fn evaluated(config: &Value, success: bool, result: &Value) -> Value {
    json!({
        "success": success,
        "expectation_config": config,
        "result": result,
        "meta": {},
        "exception_info": { "raised_exception": false, "exception_traceback": null, "exception_message": null },
    })
}

/// Whether an expectation is on a number, or on the set, of all values of a column.
fn is_number(config: &Value) -> bool {
    let kind = config["type"].as_str().unwrap_or_default();
    let is_on_cells =
        ["expect_column_values_", "expect_column_value_lengths_"].iter().any(|it| kind.starts_with(it));
    let is_set = kind.starts_with("expect_column_distinct_values_to_")
        && kind != "expect_column_distinct_values_to_be_in_set";
    kind.starts_with("expect_column_")
        && !is_on_cells
        && (is_set
            || kind.ends_with("_to_be_between")
            || kind.contains("_most_common_")
            || kind.contains("_kl_"))
}

/// The result of a column without values: its sum, and a count or a share of them, is 0; any other number is none, and
/// breaks what is expected of it.
fn without_values(config: &Value) -> Value {
    let (kind, kwargs) = (config["type"].as_str().unwrap_or_default(), &config["kwargs"]);
    let is_zero =
        kind.contains("_unique_value") || kind.contains("_proportion_of_") || kind.contains("_column_sum_");
    let is_strict = |word: &str| kwargs[word].as_bool().unwrap_or(false);
    let keeps = |bound: &str, strict: &str, inside: fn(f64) -> bool| {
        kwargs[bound].as_f64().is_none_or(|it| inside(it) || it == 0.0 && !is_strict(strict))
    };
    let holds = is_zero
        && keeps("min_value", "strict_min", |it| it < 0.0)
        && keeps("max_value", "strict_max", |it| it > 0.0);
    let observed = match kind {
        _ if is_zero => json!(0),
        kind if kind.contains("_most_common_") => json!([]),
        kind if kind.contains("_quantile_") => {
            let quantiles = kwargs["quantile_ranges"]["quantiles"].clone();
            let none = vec![Value::Null; quantiles.as_array().map_or(0, Vec::len)];
            json!({ "quantiles": quantiles, "values": none })
        }
        _ => Value::Null,
    };
    evaluated(config, holds, &json!({ "observed_value": observed }))
}

fn raised(config: &Value, message: &str) -> Value {
    json!({
        "success": false,
        "expectation_config": config,
        "result": {},
        "meta": {},
        "exception_info": { "raised_exception": true, "exception_traceback": null, "exception_message": message },
    })
}
