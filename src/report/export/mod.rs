//! Reports in, the documents of other tools out: one file a format, each a pure function of the wire report. One document
//! may speak of several files, those that could not be read included.

#[cfg(feature = "cli")]
pub mod frictionless;
#[cfg(feature = "cli")]
pub mod github;
#[cfg(feature = "cli")]
pub mod gx;
pub mod html;
pub mod junit;
pub mod markdown;
#[cfg(feature = "cli")]
pub mod pagerduty;
#[cfg(feature = "cli")]
pub mod prometheus;
pub mod sarif;

mod rule;
mod segments;
#[cfg(test)]
#[cfg(feature = "cli")]
mod tests;
mod timeline;
mod together;

use self::together::together;
use super::redact::REDACTED;
use super::verdict::rank;
use super::wire::{Column, Drift, Finding, Issue, Report, Scalar, Violation};
use crate::finding::Severity;

/// What became of one file.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// Its path as it was given.
    pub file: String,
    /// The report, or why the file could not be read.
    pub result: Result<Box<Report>, String>,
}

/// Several files and from which severity on a finding fails the run.
#[derive(Debug, Clone, Copy)]
pub struct Document<'a> {
    /// One a file, in the order they were given.
    pub outcomes: &'a [Outcome],
    /// The least severity that counts as a failure; what is below is told and passes.
    pub fail_on: Severity,
}

impl Document<'_> {
    /// Whether something of this severity fails the run.
    fn fails(&self, severity: &str) -> bool {
        rank(severity) >= rank(self.fail_on.id())
    }
}

/// Whether a character moves, colours or turns around what stands beside it: controls and bidirectional marks.
fn turns(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{61c}' | '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// `rule`, or `rule of column`.
fn title(rule: &str, column: Option<&str>) -> String {
    column.map_or_else(|| rule.to_owned(), |column| format!("{rule} of {column}"))
}

/// Findings that fail, worst first, in the report's order among equals.
fn broken(report: &Report) -> Vec<&Finding> {
    let mut found: Vec<&Finding> = report.findings.iter().filter(|it| it.status == "fail").collect();
    crate::order::sort_by_key(&mut found, |it| std::cmp::Reverse(rank(&it.severity)));
    found
}

/// Findings that were not run, in the report's order.
fn waiting(report: &Report) -> Vec<&Finding> {
    report.findings.iter().filter(|it| it.status == "not_run").collect()
}

/// Why a finding was not run.
fn reason(finding: &Finding) -> &str {
    finding.reason.as_deref().unwrap_or(&finding.message)
}

/// The ends of an ordered column.
fn range(column: &Column) -> Option<String> {
    let (min, max) = match (&column.numeric, &column.temporal) {
        (Some(numeric), _) => (scalar(&numeric.min), scalar(&numeric.max)),
        (_, Some(temporal)) => (temporal.min.clone(), temporal.max.clone()),
        _ => return None,
    };
    Some(if column.redacted { REDACTED.to_owned() } else { format!("{min} … {max}") })
}

/// Columns that drifted, in file order.
fn drifted(report: &Report) -> Vec<&Drift> {
    report.drift.iter().filter(|it| it.outcome == "drifted").collect()
}

/// The PSI of a column with three decimals.
fn psi(drift: &Drift) -> String {
    drift.psi.as_f64().map_or_else(|| "–".into(), |psi| format!("{psi:.3}"))
}

/// The name of an effect and its value, with its 95 % interval.
fn effect(drift: &Drift) -> Option<(&str, String)> {
    drift.effect.as_ref().map(|it| {
        let sure =
            it.interval.as_ref().map_or(String::new(), |it| format!(" ({:.3} … {:.3})", it.low, it.high));
        (it.name.as_str(), format!("{:.3}{sure}", it.value))
    })
}

/// What may be behind a column's drift, sentence by sentence.
fn behind(drift: &Drift) -> String {
    drift.explanations.iter().map(|it| it.message.as_str()).collect::<Vec<_>>().join("; ")
}

/// A value of a column as text.
fn scalar(value: &Scalar) -> String {
    match value {
        Scalar::Integer(value) => value.to_string(),
        Scalar::Float(value) => value.to_string(),
        Scalar::Text(text) => text.clone(),
        Scalar::Null => String::new(),
    }
}

/// Issues, worst first.
fn odd(report: &Report) -> Vec<&Issue> {
    let mut found: Vec<&Issue> = report.issues.iter().collect();
    crate::order::sort_by_key(&mut found, |it| std::cmp::Reverse(rank(&it.severity)));
    found
}

/// `row 2, line 3, byte 40: "x7"`.
fn place(violation: &Violation) -> String {
    let mut text = at(violation.row, violation.line, violation.byte);
    match &violation.value {
        Some(value) => text.push_str(&format!(": {value:?}")),
        None => text.push_str(": missing"),
    }
    text
}

fn at(row: u64, line: Option<u64>, byte: Option<u64>) -> String {
    let mut parts = Vec::new();
    if row > 0 {
        parts.push(format!("row {row}"));
    }
    parts.extend(line.map(|line| format!("line {line}")));
    parts.extend(byte.map(|byte| format!("byte {byte}")));
    parts.join(", ")
}

/// What a finding says in several lines: the sentence, what was agreed and found, its places.
fn told(finding: &Finding) -> String {
    let mut lines = vec![finding.message.clone()];
    lines.extend(finding.expected.as_ref().map(|text| format!("expected: {text}")));
    lines.extend(finding.observed.as_ref().map(|text| format!("found: {text}")));
    lines.extend(finding.places.iter().map(place));
    let held = finding.places.len() as u64;
    if held > 0 && finding.count > held {
        lines.push(format!("and {} more", finding.count - held));
    }
    lines.join("\n")
}
