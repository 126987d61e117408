//! The incident document: what happened to a file, for people who have to act. Its wire types; the JSON Schema is generated
//! from these structs.

use serde::Serialize;

use super::wire::{Drift, Finding, Report, Segments, Violation};

/// The version of the document.
pub const VERSION: u64 = 1;

/// Findings and rows that are told.
const TOLD: usize = 20;

/// What happened to a file.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export_to = "incident.ts"))]
pub struct Incident {
    /// The version of this document.
    pub incident: u64,
    /// The file.
    pub file: String,
    /// Its rows.
    pub rows: u64,
    /// What it was compared with.
    pub reference: Option<String>,
    /// "Now", where something depended on it.
    pub as_of: Option<String>,
    /// `ok`, `warning`, `critical`, `not_run`.
    pub verdict: String,
    /// One sentence.
    pub sentence: String,
    /// What tripped, the worst first.
    pub tripped: Vec<Finding>,
    /// Findings at warning or above in all.
    pub tripped_in_all: u64,
    /// When it began, where the history says.
    pub since: Option<Since>,
    /// The comparison of the column that tripped first, with its two shapes.
    pub column: Option<Drift>,
    /// Where columns drifted.
    pub segments: Option<Segments>,
    /// Rules that would have caught it.
    pub rules: Vec<ProposedRule>,
    /// The same as a contract in ODCS YAML; null where there is no rule, or where it would name what is redacted.
    pub contract: Option<String>,
    /// The rows that these rules set apart.
    pub apart: Option<Apart>,
    /// What was not done, and why.
    pub not_run: Vec<String>,
}

/// When a column began to trip.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export_to = "incident.ts"))]
pub struct Since {
    /// The column.
    pub column: String,
    /// What this interval is called.
    pub now: String,
    /// The first interval of those in a row, up to this one, in which it tripped; null where it does not trip now.
    pub first: Option<String>,
    /// How many these are.
    pub intervals: u64,
    /// Intervals before this one that are known.
    pub known: u64,
    /// Those of them in which it tripped.
    pub trips: u64,
}

/// A rule, with what it does to both files.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export_to = "incident.ts"))]
pub struct ProposedRule {
    /// The column.
    pub column: String,
    /// The rule's id.
    pub rule: String,
    /// What it asks for.
    pub expected: String,
    /// Why: what the reference has.
    pub evidence: String,
    /// Offenders in the current file, and cells or rows looked at.
    pub current: u64,
    /// See `current`.
    pub current_of: u64,
    /// Offenders in the reference; null where its rows are not there.
    pub reference: Option<u64>,
    /// Cells or rows of the reference that were looked at.
    pub reference_of: Option<u64>,
}

/// Rows that the rules set apart.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export_to = "incident.ts"))]
pub struct Apart {
    /// How many.
    pub rows: u64,
    /// The others.
    pub clean: u64,
    /// PSI, less chance, of the column with these rows; null where it is not compared.
    pub psi: Option<f64>,
    /// The same without them.
    pub psi_clean: Option<f64>,
    /// The first of them.
    pub places: Vec<Violation>,
    /// The command that sets them apart.
    pub command: String,
    /// The command that keeps this file from counting as usual; null without a history.
    pub accept: Option<String>,
    /// What was written, where that was asked for.
    pub written: Option<String>,
}

/// What is added to a report.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Added {
    /// The column that tripped first.
    pub column: Option<String>,
    /// When it began.
    pub since: Option<Since>,
    /// Rules that would have caught it.
    pub rules: Vec<ProposedRule>,
    /// The contract of these.
    pub contract: Option<String>,
    /// The rows that they set apart.
    pub apart: Option<Apart>,
    /// What was not done, and why.
    pub not_run: Vec<String>,
}

impl Incident {
    /// Of a report whose values may be shown, and what was found besides, which may name any value.
    pub fn new(report: &Report, added: Added) -> Incident {
        let is_bad = |it: &&Finding| it.status == "fail" && it.severity != "info";
        let Added { column, since, mut rules, mut contract, mut apart, mut not_run } = added;
        if report.driftline.options.redact.is_some() && contract.take().is_some() {
            not_run.push("the rules name values that are redacted here: --redact none shows them".to_owned());
            for rule in &mut rules {
                (rule.expected, rule.evidence) =
                    (super::redact::REDACTED.into(), super::redact::REDACTED.into());
            }
            if let Some(apart) = &mut apart {
                apart
                    .places
                    .iter_mut()
                    .for_each(|it| it.value = it.value.as_deref().map(crate::profile::patterns::mask));
            }
        }
        Incident {
            incident: VERSION,
            file: report.source.name.clone(),
            rows: report.table.rows,
            reference: report.reference.as_ref().map(|it| it.source.name.clone()),
            as_of: report.driftline.options.as_of.clone(),
            verdict: report.verdict.overall.clone(),
            sentence: report.verdict.sentence.clone(),
            tripped: first(report, column.as_deref()).into_iter().take(TOLD).cloned().collect(),
            tripped_in_all: report.findings.iter().filter(is_bad).count() as u64,
            since,
            column: report.drift.iter().find(|it| Some(&it.column) == column.as_ref()).cloned(),
            segments: report.segments.clone().filter(|it| !it.columns.is_empty() || !it.not_run.is_empty()),
            rules,
            contract,
            apart,
            not_run,
        }
    }
}

/// What failed at warning or above, worst first: by severity; then what is said of the column that drifted farthest; then in
/// the report's order.
pub fn first<'a>(report: &'a Report, column: Option<&str>) -> Vec<&'a Finding> {
    let mut found: Vec<&Finding> =
        report.findings.iter().filter(|it| it.status == "fail" && it.severity != "info").collect();
    let is_other = |it: &Finding| column.is_none() || it.column.as_deref() != column;
    crate::order::sort_by_key(&mut found, |it| {
        (std::cmp::Reverse(super::verdict::rank(&it.severity)), is_other(it), it.rule != "drift")
    });
    found
}
