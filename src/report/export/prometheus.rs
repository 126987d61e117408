//! Prometheus's text exposition format, for a textfile collector or a push gateway: gauges that are 0 or 1 per rule, so
//! that an alert fires and recovers; counts and shares beside them.
//!
//! Source: "Exposition formats", Prometheus documentation, version 0.0.4.

use std::collections::BTreeMap;

use super::{Document, turns};
use crate::report::wire::Report;

/// The metrics of all files.
pub fn render(document: Document<'_>) -> String {
    let mut metrics = Metrics::default();
    for outcome in document.outcomes {
        let file = outcome.file.as_str();
        metrics.add(READABLE, &[("file", file)], f64::from(u8::from(outcome.result.is_ok())));
        if let Ok(report) = &outcome.result {
            of(report, file, &mut metrics);
        }
    }
    metrics.text()
}

type Name = (&'static str, &'static str);

const READABLE: Name = ("driftline_file_readable", "1 where the file could be read");
const VERDICT: Name = ("driftline_verdict", "0 ok, 1 warning, 2 critical, on each question that was asked");
const ROWS: Name = ("driftline_rows", "Rows of the file");
const SET_ASIDE: Name = ("driftline_rows_set_aside", "Records that could not be profiled");
const MISSING: Name = ("driftline_missing_cells", "Missing cells of a column");
const INVALID: Name = ("driftline_invalid_cells", "Cells of a column that are not of its type");
const FAILED: Name = ("driftline_rule_failed", "1 where the rule is broken, 0 where it is kept");
const NOT_RUN: Name = ("driftline_rule_not_run", "1 where the rule could not be checked");
const OFFENDERS: Name = ("driftline_rule_offenders", "Cells or rows that break the rule");
const ISSUES: Name = ("driftline_issues", "How often something odd was found");
const DRIFTED: Name = ("driftline_column_drifted", "1 where the column drifted, 0 where it is stable");
const PSI: Name = ("driftline_column_psi", "Population stability index of a column against the reference");

fn of(report: &Report, file: &str, metrics: &mut Metrics) {
    let verdict = &report.verdict;
    for (card, word) in [
        ("readable", &verdict.readable),
        ("as_agreed", &verdict.as_agreed),
        ("same_as_before", &verdict.same_as_before),
    ] {
        let value = match word.as_str() {
            "ok" => 0.0,
            "warning" => 1.0,
            "critical" => 2.0,
            _ => continue,
        };
        metrics.add(VERDICT, &[("file", file), ("question", card)], value);
    }
    metrics.add(ROWS, &[("file", file)], report.table.rows as f64);
    metrics.add(SET_ASIDE, &[("file", file)], report.table.ledger.rows_set_aside as f64);
    for column in &report.columns {
        let labels = [("file", file), ("column", column.name.as_str())];
        metrics.add(MISSING, &labels, column.missing as f64);
        metrics.add(INVALID, &labels, column.invalid as f64);
    }
    for issue in &report.issues {
        let column = issue.column.as_deref().unwrap_or_default();
        metrics.add(ISSUES, &[("file", file), ("code", &issue.code), ("column", column)], issue.count as f64);
    }
    let mut seen: BTreeMap<(&str, Option<&str>), u64> = BTreeMap::new();
    for finding in &report.findings {
        let (rule, column) = (finding.rule.as_str(), finding.column.as_deref());
        // A column may have a rule twice; a series must not be there twice.
        let nth = seen.entry((rule, column)).or_default();
        *nth += 1;
        let (is_first, nth) = (*nth == 1, nth.to_string());
        let mut labels = vec![
            ("file", file),
            ("rule", rule),
            ("column", column.unwrap_or_default()),
            ("severity", finding.severity.as_str()),
        ];
        if !is_first {
            labels.push(("nth", &nth));
        }
        let is = |status: &str| f64::from(u8::from(finding.status == status));
        metrics.add(NOT_RUN, &labels, is("not_run"));
        if finding.status != "not_run" {
            metrics.add(FAILED, &labels, is("fail"));
            metrics.add(OFFENDERS, &labels, finding.count as f64);
        }
    }
    for drift in &report.drift {
        let labels = [("file", file), ("column", drift.column.as_str())];
        if matches!(drift.outcome.as_str(), "stable" | "drifted") {
            metrics.add(DRIFTED, &labels, f64::from(u8::from(drift.outcome == "drifted")));
        }
        if let Some(psi) = drift.psi.as_f64() {
            metrics.add(PSI, &labels, psi);
        }
    }
}

/// Samples by metric, in the order in which the metrics came.
#[derive(Default)]
struct Metrics(Vec<(Name, Vec<String>)>);

impl Metrics {
    fn add(&mut self, name: Name, labels: &[(&str, &str)], value: f64) {
        let labels: Vec<String> =
            labels.iter().map(|(label, text)| format!("{label}=\"{}\"", escaped(text))).collect();
        let sample = format!("{}{{{}}} {}", name.0, labels.join(","), number(value));
        match self.0.iter_mut().find(|it| it.0.0 == name.0) {
            Some((_, samples)) => samples.push(sample),
            None => self.0.push((name, vec![sample])),
        }
    }

    fn text(&self) -> String {
        let mut out = String::new();
        for ((name, help), samples) in &self.0 {
            out.push_str(&format!("# HELP {name} {help}\n# TYPE {name} gauge\n"));
            samples.iter().for_each(|sample| out.push_str(&format!("{sample}\n")));
        }
        out
    }
}

/// A label's value.
fn escaped(text: &str) -> String {
    let plain: String = text.chars().map(|c| if turns(c) && c != '\n' { ' ' } else { c }).collect();
    plain.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
}

fn number(value: f64) -> String {
    if value.is_nan() {
        "NaN".into()
    } else if value.is_infinite() {
        if value > 0.0 { "+Inf".into() } else { "-Inf".into() }
    } else {
        value.to_string()
    }
}
