//! Events for PagerDuty's Events API v2: one a file and tier, `trigger` where the tier fails, `resolve` where it does not.
//! The same file and tier have the same key on every run, so that the next good run closes the incident. The sender adds
//! the `routing_key`, which is a secret.

use serde_json::{Value, json};

use super::{Document, Outcome, broken};
use crate::error::Result;
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
    let events: Vec<Value> = document.outcomes.iter().flat_map(events).collect();
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

/// Schema and contract page somebody; `None` where nothing was asked of them.
fn contract(report: &Report, file: &str) -> Option<Value> {
    if report.verdict.readable == "not_run" && report.verdict.as_agreed == "not_run" {
        return None;
    }
    let of = |it: &&Finding| it.card != "same_as_before" && it.rule != GATE;
    let found: Vec<&Finding> = broken(report).into_iter().filter(of).collect();
    // A warning is told on the page, it wakes nobody.
    let is_bad = report.verdict.readable == "critical" || found.iter().any(|it| it.severity == "critical");
    Some(event(report, file, "contract", is_bad.then_some("critical"), &found))
}

/// Drift makes somebody look; where a contract gates on it, as its gate is severe.
fn drift(report: &Report, file: &str) -> Option<Value> {
    if report.verdict.same_as_before == "not_run" {
        return None;
    }
    let of = |it: &&Finding| it.card == "same_as_before" || it.rule == GATE;
    let found: Vec<&Finding> = broken(report).into_iter().filter(of).collect();
    let gate = |severity: &str| found.iter().any(|it| it.rule == GATE && it.severity == severity);
    let is_bad = ["critical", "warning"].contains(&report.verdict.same_as_before.as_str());
    let severity = match gate("critical") {
        true => Some("critical"),
        false => (is_bad || gate("warning")).then_some("warning"),
    };
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

/// At most 255 characters, as the API has it.
fn key(file: &str, tier: &str) -> String {
    let key = format!("driftline/{tier}/{file}");
    if key.chars().count() <= 255 {
        return key;
    }
    format!("driftline/{tier}/{:016x}", crate::num::hash::bytes(0, file.as_bytes()))
}
