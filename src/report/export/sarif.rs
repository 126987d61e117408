//! SARIF 2.1.0, as GitHub code scanning and editors read it: a result a place, with the line of the file; what was not run
//! is a notification of the invocation, so that nobody takes it for a pass.
//!
//! Source: "Static Analysis Results Interchange Format (SARIF) Version 2.1.0", OASIS Standard, 27 March 2020.

use serde::Serialize;
use serde_json::{Value, json};

use super::{Document, broken, odd, reason, rule, title, waiting};
use crate::error::Result;
use crate::num::hash;
use crate::report::json::pretty;
use crate::report::wire::{Finding, Issue, Report};

/// The document of all files.
///
/// # Errors
/// None that a report can cause.
pub fn render(document: Document<'_>) -> Result<Vec<u8>> {
    let mut log = Log::default();
    for outcome in document.outcomes {
        match &outcome.result {
            Ok(report) => log.report(report, &outcome.file),
            Err(message) => {
                log.unread = true;
                log.notes.push(json!({
                    "level": "error",
                    "message": { "text": message },
                    "locations": [{ "physicalLocation": { "artifactLocation": { "uri": uri(&outcome.file) } } }],
                }));
            }
        }
    }
    pretty(&log.document())
}

#[derive(Default)]
struct Log {
    rules: Vec<String>,
    results: Vec<Value>,
    notes: Vec<Value>,
    unread: bool,
}

#[derive(Serialize)]
struct Sarif {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Value; 1],
}

impl Log {
    fn document(self) -> Sarif {
        let rules: Vec<Value> = self
            .rules
            .iter()
            .map(|id| {
                let help = rule::help(id);
                json!({ "id": id, "shortDescription": { "text": help }, "help": { "text": help } })
            })
            .collect();
        let run = json!({
            "tool": { "driver": {
                "name": "driftline",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            } },
            "columnKind": "unicodeCodePoints",
            "invocations": [{
                "executionSuccessful": !self.unread,
                "toolExecutionNotifications": self.notes,
            }],
            "results": self.results,
        });
        Sarif { schema: "https://json.schemastore.org/sarif-2.1.0.json", version: "2.1.0", runs: [run] }
    }

    fn report(&mut self, report: &Report, file: &str) {
        for finding in broken(report) {
            self.finding(finding, file);
        }
        for issue in odd(report) {
            self.issue(issue, file);
        }
        for finding in waiting(report) {
            let rule = title(&finding.rule, finding.column.as_deref());
            let reason = reason(finding);
            self.notes.push(json!({
                "level": "note",
                "message": { "text": format!("{rule} was not run: {reason}") },
                "associatedRule": { "id": finding.rule },
            }));
        }
    }

    fn finding(&mut self, finding: &Finding, file: &str) {
        let column = finding.column.as_deref();
        let result = |text: String, place: Option<(Option<u64>, Option<u64>)>, key: &str| Found {
            rule: &finding.rule,
            severity: &finding.severity,
            text,
            file,
            column,
            place,
            key: key.to_owned(),
        };
        if finding.places.is_empty() {
            self.push(result(finding.message.clone(), None, ""));
        }
        for place in &finding.places {
            let value =
                place.value.as_ref().map_or("a missing cell".to_owned(), |value| format!("{value:?}"));
            let column = place.column.as_str();
            let text = format!("{value} in row {} of {column}: {}", place.row, finding.message);
            let key = format!("{} {}", place.row, place.value.as_deref().unwrap_or_default());
            self.push(result(text, Some((place.line, place.byte)), &key));
        }
    }

    fn issue(&mut self, issue: &Issue, file: &str) {
        let first = issue.places.first();
        self.push(Found {
            rule: &issue.code,
            severity: &issue.severity,
            text: issue.message.clone(),
            file,
            column: issue.column.as_deref(),
            place: first.map(|it| (it.line, it.byte)),
            key: String::new(),
        });
    }

    fn push(&mut self, found: Found<'_>) {
        let index = self.rules.iter().position(|id| id == found.rule).unwrap_or_else(|| {
            self.rules.push(found.rule.to_owned());
            self.rules.len() - 1
        });
        self.results.push(found.result(index));
    }
}

/// One result before it is written.
struct Found<'a> {
    rule: &'a str,
    severity: &'a str,
    text: String,
    file: &'a str,
    column: Option<&'a str>,
    /// Line and byte.
    place: Option<(Option<u64>, Option<u64>)>,
    /// What tells it from the other results of its rule and column.
    key: String,
}

impl Found<'_> {
    fn result(&self, index: usize) -> Value {
        let level = match self.severity {
            "critical" => "error",
            "warning" => "warning",
            _ => "note",
        };
        let mut physical = json!({ "artifactLocation": { "uri": uri(self.file) } });
        let region = match self.place {
            Some((Some(line), _)) => Some(json!({ "startLine": line.max(1) })),
            Some((None, Some(byte))) => Some(json!({ "byteOffset": byte, "byteLength": 0 })),
            _ => None,
        };
        if let Some(region) = region {
            physical["region"] = region;
        }
        let mut location = json!({ "physicalLocation": physical });
        if let Some(column) = self.column {
            location["logicalLocations"] = json!([{ "name": column, "kind": "member" }]);
        }
        let key = format!("{}\0{}\0{}\0{}", self.file, self.rule, self.column.unwrap_or_default(), self.key);
        json!({
            "ruleId": self.rule,
            "ruleIndex": index,
            "level": level,
            "message": { "text": self.text },
            "locations": [location],
            "partialFingerprints": { "driftline/v1": format!("{:016x}", hash::bytes(0, key.as_bytes())) },
        })
    }
}

/// A file's name as a relative reference.
fn uri(name: &str) -> String {
    let mut out = String::new();
    for byte in name.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                out.push(char::from(byte))
            }
            byte => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}
