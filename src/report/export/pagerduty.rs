//! Events for PagerDuty's Events API v2: one a file and tier, `trigger` where the tier fails, `resolve` where it does not,
//! none where it cannot be told. The same feed and tier have the same key on every run, so that the next good file closes the
//! incident: a file's name without its dates. The sender adds the `routing_key`, which is a secret.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;
use serde_json::{Value, json};

use super::{Document, Outcome, broken};
use crate::error::Result;
use crate::finding::NEVER_RUN;
use crate::report::json::pretty;
use crate::report::wire::{Finding, Report};

/// The most findings that an event lists.
const LISTED: usize = 20;
/// The longest summary that the API takes, in characters.
const SUMMARY: usize = 1024;

/// The events of all files, as an array.
///
/// # Errors
/// None that a report can cause.
pub fn render(document: Document<'_>) -> Result<Vec<u8>> {
    let mut events: Vec<Value> = document.outcomes.iter().flat_map(events).collect();
    // Of several files of a feed one good one closes nothing.
    let of =
        |event: &Value, word: &str| (event["event_action"] == word).then(|| event["dedup_key"].to_string());
    let bad: BTreeSet<String> = events.iter().filter_map(|it| of(it, "trigger")).collect();
    events.retain(|it| of(it, "resolve").is_none_or(|key| !bad.contains(&key)));
    pretty(&events)
}

fn events(outcome: &Outcome) -> Vec<Value> {
    let file = outcome.file.as_str();
    match &outcome.result {
        Err(message) => {
            let summary = format!("{file} could not be read: {message}");
            vec![trigger(file, "contract", "critical", &summary, json!([]))]
        }
        Ok(report) => [contract(report, file), drift(report, file)].into_iter().flatten().collect(),
    }
}

/// The rule of a contract that is told with the drift that it gates.
const GATE: &str = "drift-gate";

/// Whether something critical might be broken and could not be checked this time: then an incident stays as it is. What is
/// never checked here, as a query, opens none.
fn is_open(report: &Report, of: impl Fn(&&Finding) -> bool) -> bool {
    let waits = |it: &&Finding| {
        it.status == "not_run" && it.severity == "critical" && !NEVER_RUN.contains(&it.rule.as_str())
    };
    report.findings.iter().filter(of).any(|it| waits(&it))
}

/// Schema and contract page somebody; `None` where nothing was asked of them, or it cannot be told.
fn contract(report: &Report, file: &str) -> Option<Value> {
    if report.verdict.readable == "not_run" && report.verdict.as_agreed == "not_run" {
        return None;
    }
    let of = |it: &&Finding| it.card != "same_as_before" && it.rule != GATE;
    let found: Vec<&Finding> = broken(report).into_iter().filter(of).collect();
    // A warning is told on the page, it wakes nobody.
    let is_bad = report.verdict.readable == "critical" || found.iter().any(|it| it.severity == "critical");
    if !is_bad && is_open(report, of) {
        return None;
    }
    Some(event(report, file, "contract", is_bad.then_some("critical"), &found))
}

/// Whether drift makes somebody look: not a first interval that is unusual for its feed, which is an alert once another follows;
/// that an alert still stands is a finding of its own.
fn wakes(report: &Report, it: &Finding) -> bool {
    let Some(timeline) = report.timeline.as_ref().filter(|_| it.severity == "warning") else {
        return it.severity != "info";
    };
    let last = timeline.intervals.len().saturating_sub(1) as u64;
    let of = |column: &str| timeline.columns.iter().find(|series| series.column == column);
    match it.column.as_deref().and_then(of) {
        Some(series) if series.tripped.contains(&last) => series.alerts.contains(&last),
        // What is usual is not known, or it is about the file as a whole.
        _ => true,
    }
}

/// Drift makes somebody look; where a contract gates on it, as its gate is severe.
fn drift(report: &Report, file: &str) -> Option<Value> {
    if report.verdict.same_as_before == "not_run" {
        return None;
    }
    let of = |it: &&Finding| it.card == "same_as_before" || it.rule == GATE;
    let found: Vec<&Finding> = broken(report).into_iter().filter(of).collect();
    let gate = |severity: &str| found.iter().any(|it| it.rule == GATE && it.severity == severity);
    let is_bad = found.iter().any(|it| it.rule != GATE && wakes(report, it));
    let severity = match gate("critical") {
        true => Some("critical"),
        false => (is_bad || gate("warning")).then_some("warning"),
    };
    if severity.is_none() && is_open(report, |it| it.rule == GATE) {
        return None;
    }
    Some(event(report, file, "drift", severity, &found))
}

/// The event of a tier: `resolve` without a severity.
fn event(report: &Report, file: &str, tier: &str, severity: Option<&str>, found: &[&Finding]) -> Value {
    let Some(severity) = severity else {
        return json!({ "event_action": "resolve", "dedup_key": key(file, tier) });
    };
    let told = |it: &&Finding| {
        json!({
            "rule": it.rule, "column": it.column, "severity": it.severity, "message": it.message,
            "count": it.count, "total": it.total,
        })
    };
    let found: Vec<Value> = found.iter().take(LISTED).map(told).collect();
    let summary = format!("{file}: {}", report.verdict.sentence);
    trigger(file, tier, severity, &summary, json!(found))
}

fn trigger(file: &str, tier: &str, severity: &str, summary: &str, findings: Value) -> Value {
    let summary: String = summary.chars().take(SUMMARY).collect();
    json!({
        "event_action": "trigger",
        "dedup_key": key(file, tier),
        "payload": {
            "summary": summary,
            "source": file,
            "severity": severity,
            "component": "driftline",
            "group": tier,
            "class": "data quality",
            "custom_details": { "findings": findings },
        },
    })
}

/// A day or a month between other characters than digits, and the time behind it.
static DATE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let day = "(?:19|20)[0-9]{2}[-_./]?(?:0[1-9]|1[0-2])(?:[-_./]?(?:0[1-9]|[12][0-9]|3[01]))?";
    let time = "(?:[Tt_-]?[0-9]{2}[-_:]?[0-9]{2}(?:[-_:]?[0-9]{2})?[Zz]?)?";
    Regex::new(&format!("(^|[^0-9]){day}{time}($|[^0-9])")).ok()
});

/// At most 255 characters, as the API has it.
fn key(file: &str, tier: &str) -> String {
    let feed = DATE.as_ref().map_or(file.into(), |date| date.replace_all(file, "${1}*${2}"));
    let key = format!("driftline/{tier}/{feed}");
    if key.chars().count() <= 255 {
        return key;
    }
    format!("driftline/{tier}/{:016x}", crate::num::hash::bytes(0, feed.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_of_a_feed_have_one_key() {
        let table = [
            ("orders-2024-01-31.csv", "orders-*.csv"),
            ("orders_20240131.csv.gz", "orders_*.csv.gz"),
            ("in/2024/01/31/orders.csv", "in/*/orders.csv"),
            ("orders_20240131T0600.csv", "orders_*.csv"),
            ("orders-2024-01.parquet", "orders-*.parquet"),
            ("2024-01-31", "*"),
            ("region-1.csv", "region-1.csv"),
            ("orders-2024.csv", "orders-2024.csv"),
            ("part-00001234.csv", "part-00001234.csv"),
            ("orders-2024-13-01.csv", "orders-2024-13-01.csv"),
            ("id-1202401319.csv", "id-1202401319.csv"),
        ];
        for (file, feed) in table {
            assert_eq!(key(file, "drift"), format!("driftline/drift/{feed}"));
        }
        assert!(key(&"x".repeat(300), "drift").len() < 40);
    }
}
