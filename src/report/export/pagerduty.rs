//! Events for PagerDuty's Events API v2: one a file and tier, `trigger` where the tier fails, `resolve` where it does not.
//! The same file and tier have the same key on every run, so that the next good run closes the incident. The sender adds
//! the `routing_key`, which is a secret.

use serde_json::{Value, json};

use super::{Document, Outcome, broken};
use crate::error::Result;
use crate::report::json::pretty;
use crate::report::wire::Report;

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
        Ok(report) => {
            // Schema and contract page somebody, drift makes somebody look.
            [
                ("contract", ["readable", "as_agreed"].as_slice(), "critical"),
                ("drift", &["same_as_before"], "warning"),
            ]
            .into_iter()
            .filter_map(|(tier, cards, severity)| event(report, file, tier, cards, severity))
            .collect()
        }
    }
}

/// The event of a tier; `None` where nothing was asked of it.
fn event(report: &Report, file: &str, tier: &str, cards: &[&str], severity: &str) -> Option<Value> {
    let verdict = |card: &str| match card {
        "readable" => report.verdict.readable.as_str(),
        "as_agreed" => report.verdict.as_agreed.as_str(),
        _ => report.verdict.same_as_before.as_str(),
    };
    let words: Vec<&str> = cards.iter().map(|card| verdict(card)).collect();
    if words.iter().all(|word| *word == "not_run") {
        return None;
    }
    // A warning of the contract tier is told on the page, it wakes nobody.
    let is_bad = words.iter().any(|word| *word == "critical" || (tier == "drift" && *word == "warning"));
    if !is_bad {
        return Some(json!({ "event_action": "resolve", "dedup_key": key(file, tier) }));
    }
    let found: Vec<Value> = broken(report)
        .into_iter()
        .filter(|finding| cards.contains(&finding.card.as_str()))
        .take(LISTED)
        .map(|it| {
            json!({
                "rule": it.rule, "column": it.column, "severity": it.severity, "message": it.message,
                "count": it.count, "total": it.total,
            })
        })
        .collect();
    let summary = format!("{file}: {}", report.verdict.sentence);
    Some(trigger(file, tier, severity, &summary, json!(found)))
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
