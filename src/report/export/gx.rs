//! The shape of a Great Expectations validation result (1.x, result format COMPLETE), for what reads such results today.
//! With a suite as the contract there is a result an expectation, in the suite's order; with another contract one a rule.
//!
//! Lists of unexpected values hold the places that the report keeps; counts are of all cells.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::{Document, Outcome};
use crate::error::Result;
use crate::report::json::pretty;
use crate::report::wire::{Column, Finding, Report};

/// Values in a partial list, as Great Expectations has it.
const PARTIAL: usize = 20;

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
            if kept.status != "fail" && finding.status == "fail" {
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

fn result(config: &Value, finding: &Finding, report: &Report, columns: &BTreeMap<&str, &Column>) -> Value {
    let reason = finding.reason.as_deref().unwrap_or_default();
    let column = finding.column.as_deref().and_then(|name| columns.get(name)).copied();
    let has_none = match reason {
        "the file has no rows" | "no row meets the condition" => true,
        // Cells that could not be read are no missing ones.
        "every cell is missing or invalid" => column.is_none_or(|it| it.invalid == 0),
        // A column without a value has no type that it could be wrong for.
        _ if reason.contains("not apply to a column of type") => {
            column.is_some_and(|it| it.valid + it.invalid == 0)
        }
        _ => false,
    };
    let success = match finding.status.as_str() {
        "not_run" if !has_none => return raised(config, reason),
        "not_run" if is_number(config) => return without_values(config),
        // Without a cell to look at, Great Expectations calls a rule on cells a success.
        "not_run" => true,
        status => status == "pass",
    };
    evaluated(config, success, &details(config, finding, column, report))
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

/// The result of a column without values: a count or a share of them is 0, any other number is none, and breaks what is
/// expected of it.
fn without_values(config: &Value) -> Value {
    let kind = config["type"].as_str().unwrap_or_default();
    let is_count = kind.contains("_unique_value") || kind.contains("_proportion_of_");
    let least = config["kwargs"]["min_value"].as_f64();
    let is_strict = config["kwargs"]["strict_min"].as_bool().unwrap_or(false);
    let holds = is_count && least.is_none_or(|least| least < 0.0 || least == 0.0 && !is_strict);
    let observed = if is_count { json!(0) } else { Value::Null };
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

fn details(config: &Value, finding: &Finding, column: Option<&Column>, report: &Report) -> Value {
    let kind = config["type"].as_str().unwrap_or_default();
    match finding.rule.as_str() {
        "row-count" => {
            // "1,234 rows"
            let digits =
                |told: &str| told.chars().filter(char::is_ascii_digit).collect::<String>().parse::<u64>();
            let counted = finding.observed.as_deref().and_then(|told| digits(told).ok());
            return json!({ "observed_value": counted.unwrap_or(report.table.rows) });
        }
        "column-count" => return json!({ "observed_value": report.table.columns }),
        "column-set" | "column-order" => {
            let names: Vec<&str> = report.columns.iter().map(|it| it.name.as_str()).collect();
            return json!({ "observed_value": names });
        }
        "column-presence" => return json!({}),
        _ => {}
    }
    if column.is_none() && finding.total + finding.skipped > 0 {
        return rows(config, finding);
    }
    let Some(column) = column else { return json!({}) };
    if kind.starts_with("expect_column_most_common_") {
        let most = column.top.first().map_or(0, |it| it.count);
        let modes = column.top.iter().take_while(|it| it.count == most).map(|it| &it.value);
        return json!({ "observed_value": modes.collect::<Vec<_>>() });
    }
    if finding.rule == "quantiles" {
        let told = finding.observed.as_deref().unwrap_or_default().split("; ");
        let pairs = told.filter_map(|it| {
            let (p, value) = it.split_once(": ")?;
            Some((p.parse::<f64>().ok()?, value.parse::<f64>().ok()?))
        });
        let (quantiles, values): (Vec<f64>, Vec<f64>) = pairs.unzip();
        return json!({ "observed_value": { "quantiles": quantiles, "values": values } });
    }
    if finding.rule == "kl-divergence" {
        let observed = finding.observed.as_deref().and_then(|it| it.parse::<f64>().ok());
        return json!({ "observed_value": observed });
    }
    if kind.starts_with("expect_column_distinct_values_") {
        return json!({ "observed_value": null });
    }
    if let (1, Some(observed)) =
        (finding.total, finding.observed.as_deref().and_then(|it| it.parse::<f64>().ok()))
        && finding.places.is_empty()
        && kind.ends_with("_to_be_between")
        && kind != "expect_column_values_to_be_between"
    {
        return json!({ "observed_value": observed });
    }
    cells(config, finding, column, report)
}

/// A rule on several columns: values are lists of two, or objects by column.
fn rows(config: &Value, finding: &Finding) -> Value {
    let kwargs = &config["kwargs"];
    let names: Option<Vec<&str>> =
        kwargs["column_list"].as_array().map(|list| list.iter().filter_map(Value::as_str).collect());
    let value = |raw: Option<&str>| {
        let raw = raw.unwrap_or_default();
        match (serde_json::from_str(raw), &names) {
            (Ok(Value::Array(items)), Some(names)) if items.len() == names.len() => {
                Value::Object(names.iter().map(|it| (*it).to_owned()).zip(items).collect())
            }
            (Ok(value), _) => value,
            (Err(_), _) => json!(raw),
        }
    };
    let values = finding.places.iter().map(|it| value(it.value.as_deref())).collect();
    let elements = finding.total + finding.skipped;
    counts(finding, values, elements, Some(finding.skipped))
}

fn cells(config: &Value, finding: &Finding, column: &Column, report: &Report) -> Value {
    let values = finding.places.iter().map(|it| value(it.value.as_deref(), column)).collect();
    let is_about_missing = finding.rule == "required" || finding.rule == "empty";
    // A condition chooses the rows that are there at all.
    let is_conditional = !config["kwargs"]["row_condition"].is_null();
    let (rows, missing) = match is_conditional {
        true => (finding.total + finding.skipped, finding.skipped),
        false => (report.table.rows, column.missing),
    };
    counts(finding, values, rows, (!is_about_missing).then_some(missing))
}

/// Counts, shares and lists of what is unexpected among so many rows, of which so many are missing; `None`: the rule is
/// about missing cells.
fn counts(finding: &Finding, values: Vec<Value>, rows: u64, missing: Option<u64>) -> Value {
    let count = finding.count;
    let percent = |part: u64, of: u64| {
        if of == 0 { Value::Null } else { json!(part as f64 / of as f64 * 100.0) }
    };
    let partial: Vec<Value> = values.iter().take(PARTIAL).cloned().collect();
    let index: Vec<u64> = finding.places.iter().map(|it| it.row.saturating_sub(1)).collect();
    let mut each: Vec<(Value, u64)> = Vec::new();
    for value in &partial {
        match each.iter_mut().find(|it| it.0 == *value) {
            Some((_, count)) => *count += 1,
            None => each.push((value.clone(), 1)),
        }
    }
    crate::order::sort_by_key(&mut each, |it| std::cmp::Reverse(it.1));
    let each: Vec<Value> =
        each.into_iter().map(|(value, count)| json!({ "value": value, "count": count })).collect();
    let looked_at = rows - missing.unwrap_or(0).min(rows);
    let mut result = json!({
        "element_count": rows,
        "unexpected_count": count,
        "unexpected_percent": percent(count, looked_at),
        "partial_unexpected_list": partial,
        "partial_unexpected_counts": each,
        "partial_unexpected_index_list": index.iter().take(PARTIAL).collect::<Vec<_>>(),
        "unexpected_list": values,
        "unexpected_index_list": index,
    });
    if let Some(missing) = missing {
        result["missing_count"] = json!(missing);
        result["missing_percent"] = percent(missing, rows);
        result["unexpected_percent_total"] = percent(count, rows);
        result["unexpected_percent_nonmissing"] = percent(count, looked_at);
    }
    result
}

/// A cell as JSON has it, by the column's type.
fn value(raw: Option<&str>, column: &Column) -> Value {
    let Some(raw) = raw else { return Value::Null };
    let number = || match raw.trim().parse::<i64>() {
        Ok(value) => Some(json!(value)),
        Err(_) => raw.trim().parse::<f64>().ok().filter(|it| it.is_finite()).map(|it| json!(it)),
    };
    match column.ty.as_str() {
        "integer" | "float" => number().unwrap_or_else(|| json!(raw)),
        "boolean" if raw.eq_ignore_ascii_case("true") => json!(true),
        "boolean" if raw.eq_ignore_ascii_case("false") => json!(false),
        _ => json!(raw),
    }
}
