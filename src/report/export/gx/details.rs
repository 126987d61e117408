//! What an expectation found, in the fields that Great Expectations has for its kind.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::report::wire::{Column, Finding, Report};

/// Values in a partial list, as Great Expectations has it.
const PARTIAL: usize = 20;

/// The `result` of an expectation.
pub(super) fn details(config: &Value, finding: &Finding, column: Option<&Column>, report: &Report) -> Value {
    let kind = config["type"].as_str().unwrap_or_default();
    if kind == "expect_query_results_to_match_comparison" {
        let percent = if finding.count > 0 { 100.0 } else { 0.0 };
        return json!({ "unexpected_count": finding.count, "unexpected_percent": percent });
    }
    if let Some(found) = of_table(finding, report) {
        return found;
    }
    let is_of_rows = config["kwargs"]["column_A"].is_string() || config["kwargs"]["column_list"].is_array();
    if column.is_none() && (is_of_rows || finding.total + finding.skipped > 0) {
        return rows(config, finding);
    }
    let Some(column) = column else { return json!({}) };
    match finding.rule.as_str() {
        "most-common" => return json!({ "observed_value": modes(finding, column) }),
        "contains-values" => return distinct(finding),
        "quantile" => return quantiles(finding),
        "kl-divergence" | "minimum" | "maximum" => {
            let observed = finding.observed.as_deref();
            let number = observed.and_then(|it| it.parse::<f64>().ok());
            let told = match (finding.rule.as_str(), number) {
                ("kl-divergence", number) => json!(number),
                (_, Some(number)) => json!(number),
                (_, None) => json!(observed),
            };
            return json!({ "observed_value": told });
        }
        // Of a column of objects Great Expectations looks at each, as we do of what another contract types.
        "type"
            if kind.contains("_type")
                && finding.origin.is_some()
                && finding.observed.as_deref().is_some_and(|it| it != "object") =>
        {
            return json!({ "observed_value": finding.observed });
        }
        _ => {}
    }
    if kind.starts_with("expect_column_distinct_values_") {
        return strangers(finding, column);
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

/// Of a rule on the table.
fn of_table(finding: &Finding, report: &Report) -> Option<Value> {
    Some(match finding.rule.as_str() {
        "row-count" => {
            // "1,234 rows"
            let digits =
                |told: &str| told.chars().filter(char::is_ascii_digit).collect::<String>().parse::<u64>();
            let counted = finding.observed.as_deref().and_then(|told| digits(told).ok());
            json!({ "observed_value": counted.unwrap_or(report.table.rows) })
        }
        "column-count" => json!({ "observed_value": report.table.columns }),
        "column-set" | "column-order" => {
            let names: Vec<&str> = report.columns.iter().map(|it| it.name.as_str()).collect();
            json!({ "observed_value": names })
        }
        "column-presence" => json!({}),
        _ => return None,
    })
}

/// The most frequent values.
fn modes(finding: &Finding, column: &Column) -> Vec<Value> {
    let told = finding.observed.as_deref().unwrap_or_default();
    let several = serde_json::from_str::<Vec<String>>(told).ok().filter(|it| it.len() > 1);
    let all = several.unwrap_or_else(|| vec![told.to_owned()]);
    all.iter().map(|it| value(Some(it), column)).collect()
}

/// "2 missing, 3 others": of the values that are agreed, and of those that are not.
fn distinct(finding: &Finding) -> Value {
    let told = finding.observed.as_deref().unwrap_or_default();
    let number = |part: &str| part.split(' ').next().and_then(|it| it.parse::<u64>().ok());
    let mut parts = told.split(", ");
    let mut result = json!({ "observed_value": null });
    if let Some(missing) = parts.next().and_then(number) {
        result["missing_count"] = json!(missing);
    }
    if let Some(others) = parts.next().and_then(number) {
        result["unexpected_count"] = json!(others);
        if others == 0 {
            result["partial_unexpected_list"] = json!([]);
        }
    }
    result
}

/// The distinct values that are not in a set, as far as the report has all of their places.
fn strangers(finding: &Finding, column: &Column) -> Value {
    let mut all: Vec<&str> = finding.places.iter().filter_map(|it| it.value.as_deref()).collect();
    crate::order::sort(&mut all);
    all.dedup();
    let mut values: Vec<Value> = all.iter().map(|it| value(Some(it), column)).collect();
    if values.iter().all(Value::is_number) {
        crate::order::sort_by(&mut values, |a, b| {
            let number = |it: &Value| it.as_f64().unwrap_or_default();
            number(a).total_cmp(&number(b))
        });
    }
    let mut result = json!({ "observed_value": null });
    if finding.places.len() as u64 == finding.count {
        result["unexpected_count"] = json!(values.len());
    }
    values.truncate(PARTIAL);
    result["partial_unexpected_list"] = json!(values);
    result
}

fn quantiles(finding: &Finding) -> Value {
    let told = finding.observed.as_deref().unwrap_or_default().split("; ");
    let pairs = told.filter_map(|it| {
        let (p, value) = it.split_once(": ")?;
        Some((p.parse::<f64>().ok()?, value.parse::<f64>().ok()?))
    });
    let (quantiles, values): (Vec<f64>, Vec<f64>) = pairs.unzip();
    json!({ "observed_value": { "quantiles": quantiles, "values": values } })
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

/// The most frequent values with their counts; those of equal count in order, objects as the list of their values.
fn frequent(values: &[Value]) -> Vec<Value> {
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    let mut each: Vec<(Value, u64)> = Vec::new();
    for value in values {
        let value = match value {
            Value::Object(of) => Value::Array(of.values().cloned().collect()),
            other => other.clone(),
        };
        let at = *places.entry(value.to_string()).or_insert(each.len());
        match each.get_mut(at) {
            Some((_, count)) => *count += 1,
            None => each.push((value, 1)),
        }
    }
    // Of equally frequent ones the first stay.
    crate::order::sort_by_key(&mut each, |it| std::cmp::Reverse(it.1));
    each.truncate(PARTIAL);
    crate::order::sort_by(&mut each, |a, b| b.1.cmp(&a.1).then_with(|| in_order(&a.0, &b.0)));
    each.into_iter().map(|(value, count)| json!({ "value": value, "count": count })).collect()
}

/// Python's order of values of one kind; values of different kinds stay as they are.
fn in_order(a: &Value, b: &Value) -> Ordering {
    match (a, b) {
        (Value::String(a), Value::String(b)) => a.cmp(b),
        (Value::Array(a), Value::Array(b)) => {
            let first = a.iter().zip(b).map(|(a, b)| in_order(a, b)).find(|it| it.is_ne());
            first.unwrap_or_else(|| a.len().cmp(&b.len()))
        }
        _ => match (a.as_f64(), b.as_f64()) {
            (Some(a), Some(b)) => a.total_cmp(&b),
            _ => Ordering::Equal,
        },
    }
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
    let each = frequent(&values);
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
