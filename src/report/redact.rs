//! A report in, the same report without the values of the data out. It works on the finished document, so that every
//! format that is made of one holds no more; sentences that could hold a value are written anew from counts.

mod intervals;
mod segments;

use std::collections::{BTreeMap, BTreeSet};

use super::verdict;
use super::wire::{Alert, Column, Contribution, Drift, Finding, Numeric, Report, Scalar};
use crate::cell::Role;
use crate::profile::patterns::mask;
use crate::profile::saved::{RARE, Redact};
use crate::words::grouped;

/// What stands where a value, a bound or a sentence was left out.
pub const REDACTED: &str = "redacted";

/// Which values of the data a report may show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Level {
    /// All.
    None,
    /// All but those of columns that the contract classifies.
    #[default]
    Classified,
    /// Those that at least [`RARE`] rows hold, in columns that do not name their rows.
    Rare,
    /// None.
    Values,
}

impl Level {
    /// The word of the wire format and of the options.
    pub fn id(self) -> &'static str {
        match self {
            Level::None => "none",
            Level::Classified => "classified",
            Level::Rare => "rare",
            Level::Values => "values",
        }
    }

    /// Which texts of values a saved profile keeps where this level was asked for, or none was.
    pub fn kept(asked: Option<Level>) -> Redact {
        match asked {
            Some(Level::None) => Redact::None,
            Some(Level::Values) => Redact::Values,
            // What the contract classifies is withheld besides, where the profile is saved.
            None | Some(Level::Classified | Level::Rare) => Redact::Rare,
        }
    }

    /// The level of a word.
    pub fn named(word: &str) -> Option<Level> {
        [Level::None, Level::Classified, Level::Rare, Level::Values].into_iter().find(|it| it.id() == word)
    }
}

/// What a reader should know of a report in which values were left out.
#[cfg(feature = "monitor")]
pub fn notice(report: &Report) -> Option<String> {
    let columns = report.columns.iter().filter(|column| column.redacted).count();
    let level = report.driftline.options.redact.as_deref()?;
    let of = if columns == 1 { "1 column".into() } else { format!("{} columns", grouped(columns as u64)) };
    Some(format!("values of {of} are redacted ({level}); where one would stand, there is its shape"))
}

/// What of a column is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shown {
    All,
    /// What many rows hold.
    Common,
    Nothing,
}

/// The level, and what it means for the columns of a report.
struct Redaction {
    columns: BTreeMap<String, Shown>,
    /// What is known of text that belongs to no column, as a record is.
    others: Shown,
}

impl Redaction {
    fn new(report: &Report, level: Level, classified: &[String]) -> Redaction {
        let classified: BTreeSet<&str> = classified.iter().map(String::as_str).collect();
        let of = |column: &Column| match level {
            Level::None => Shown::All,
            _ if classified.contains(column.name.as_str()) => Shown::Nothing,
            Level::Classified => Shown::All,
            Level::Rare if column.role == Role::Id.id() => Shown::Nothing,
            Level::Rare => Shown::Common,
            Level::Values => Shown::Nothing,
        };
        let columns: BTreeMap<_, _> = report.columns.iter().map(|it| (it.name.clone(), of(it))).collect();
        let is_whole = columns.values().all(|it| *it == Shown::All);
        Redaction { columns, others: if is_whole { Shown::All } else { Shown::Nothing } }
    }

    /// What of a column, or of what belongs to none or to several, is shown.
    fn of(&self, column: Option<&str>) -> Shown {
        column.and_then(|name| self.columns.get(name)).copied().unwrap_or(self.others)
    }
}

/// Leaves out of a report what a level does not show; `classified` are the columns that the contract classifies. Says in
/// the report's options that it did.
pub fn redact(report: &mut Report, level: Level, classified: &[String]) {
    let redaction = Redaction::new(report, level, classified);
    if redaction.others == Shown::All {
        return;
    }
    let shown = |column: Option<&str>| redaction.of(column);
    report.driftline.options.redact = Some(level.id().into());
    for column in &mut report.columns {
        of_column(column, shown(Some(&column.name)));
    }
    for issue in &mut report.issues {
        if shown(issue.column.as_deref()) != Shown::All {
            issue.places.iter_mut().for_each(|place| place.text = mask(&place.text));
        }
    }
    // Without contracts there are none of them.
    if !cfg!(feature = "contract") {
        return;
    }
    for finding in &mut report.findings {
        // A rule over several columns shows cells of each.
        let is_of_several = finding.places.iter().any(|it| Some(&it.column) != finding.column.as_ref());
        let column = finding.column.as_deref().filter(|_| !is_of_several);
        if shown(column) != Shown::All {
            of_finding(finding);
        }
    }
    let rows = report.reference.as_ref().map_or(0, |it| it.rows).max(report.table.rows);
    for drift in &mut report.drift {
        of_drift(drift, shown(Some(&drift.column)), rows);
    }
    if let Some(timeline) = &mut report.timeline {
        intervals::of_timeline(timeline, &redaction);
    }
    if let Some(like) = &mut report.like {
        intervals::of_like(like, &redaction);
    }
    if let Some(found) = &mut report.segments {
        segments::of_segments(found, &redaction);
    }
    for it in report.multivariate.iter_mut().flat_map(|it| &mut it.left_out) {
        if shown(Some(&it.column)) != Shown::All {
            it.reason = REDACTED.into();
        }
    }
    report.verdict = verdict::of(report);
}

fn of_column(column: &mut Column, shown: Shown) {
    if shown == Shown::All {
        return;
    }
    column.redacted = true;
    column.invalid_places.iter_mut().for_each(|place| place.text = mask(&place.text));
    column.top.retain(|top| shown == Shown::Common && top.count.saturating_sub(top.error) >= RARE);
    for alert in &mut column.alerts {
        of_alert(alert, column.valid, column.top.is_empty());
    }
    if let Some(text) = &mut column.text {
        text.patterns.retain(|pattern| pattern.count >= RARE);
    }
    if let Some(numeric) = &mut column.numeric {
        of_numeric(numeric, column.valid);
    }
    if let Some(temporal) = &mut column.temporal {
        (temporal.min, temporal.max) = (REDACTED.into(), REDACTED.into());
        temporal.quantiles.retain(|p, _| p.parse().is_ok_and(|p| is_common(p, column.valid)));
        temporal.quantiles.values_mut().for_each(|value| *value = months(value));
    }
    match &mut column.histogram {
        Some(histogram) if shown == Shown::Common && column.valid >= RARE => {
            blunt(&mut histogram.edges);
            histogram.labels.iter_mut().for_each(|label| *label = months(label));
        }
        histogram => *histogram = None,
    }
}

/// Of these two the sentences hold the value.
fn of_alert(alert: &mut Alert, valid: u64, is_hidden: bool) {
    match alert.code.as_str() {
        "constant" if is_hidden => alert.message = format!("all {} values are the same", grouped(valid)),
        "imbalanced" if is_hidden => alert.message = "more than 90 % of the values are the same".into(),
        _ => (),
    }
}

/// Whether enough rows lie beyond a quantile on either side.
fn is_common(p: f64, valid: u64) -> bool {
    p.min(1.0 - p) * valid as f64 >= RARE as f64
}

fn of_numeric(numeric: &mut Numeric, valid: u64) {
    let mut hide = |name: &str, value: &mut Scalar| {
        *value = Scalar::Null;
        numeric.reasons.insert(name.into(), REDACTED.into());
    };
    hide("min", &mut numeric.min);
    hide("max", &mut numeric.max);
    if valid < RARE {
        let few = [
            ("mean", &mut numeric.mean),
            ("std", &mut numeric.std),
            ("sum", &mut numeric.sum),
            ("skewness", &mut numeric.skewness),
            ("kurtosis", &mut numeric.kurtosis),
            ("mad", &mut numeric.mad),
        ];
        few.into_iter().for_each(|(name, value)| hide(name, value));
    }
    let quantiles = &mut numeric.quantiles;
    let all = [
        (0.01, &mut quantiles.p01),
        (0.05, &mut quantiles.p05),
        (0.25, &mut quantiles.p25),
        (0.5, &mut quantiles.p50),
        (0.75, &mut quantiles.p75),
        (0.95, &mut quantiles.p95),
        (0.99, &mut quantiles.p99),
    ];
    for (p, value) in all {
        if !is_common(p, valid) {
            *value = Scalar::Null;
        }
    }
}

/// Rounds the edges of bins to a tenth of the narrowest, so that the outer ones are no values.
fn blunt(edges: &mut [f64]) {
    let widths = edges.windows(2).filter_map(|pair| pair.get(1).zip(pair.first()).map(|(b, a)| b - a));
    let narrowest = widths.filter(|width| *width > 0.0).fold(f64::INFINITY, f64::min);
    if !narrowest.is_finite() {
        return;
    }
    // Powers of ten, `up` for those below one, so that 0.3 stays the double that is written so.
    let (mut step, mut up) = (1.0, 1.0);
    while step <= narrowest / 100.0 {
        step *= 10.0;
    }
    while step / up > narrowest / 10.0 && up < 1e300 {
        if step > 1.0 { step /= 10.0 } else { up *= 10.0 }
    }
    for edge in edges {
        let rounded = (*edge * up / step).round() * step / up;
        if rounded.is_finite() {
            *edge = rounded;
        }
    }
}

/// A text with the months of the days and times in it, which are in ISO 8601.
fn months(text: &str) -> String {
    let month = |word: &str| {
        let is_day = |bytes: &[u8]| {
            let parts = bytes.iter().take(10).enumerate();
            bytes.len() >= 10
                && parts
                    .into_iter()
                    .all(|(i, byte)| if matches!(i, 4 | 7) { *byte == b'-' } else { byte.is_ascii_digit() })
        };
        if is_day(word.as_bytes()) { word.get(..7).unwrap_or(word).to_owned() } else { word.to_owned() }
    };
    text.split(' ').map(month).collect::<Vec<_>>().join(" ")
}

/// Rules of which no sentence holds a value: they speak of columns, files and shares.
const OPEN: [&str; 32] = [
    "alert",
    "column-added",
    "column-count",
    "column-emptied",
    "column-order",
    "column-presence",
    "column-removed",
    "column-renamed",
    "column-retyped",
    "column-set",
    "columns-reordered",
    "correlation-change",
    "delimiter-changed",
    "domain-classifier",
    "duplicate-rows",
    "error-body",
    "format-changed",
    "history",
    "html-page",
    "intervals",
    "invalid-share",
    "key-duplicates",
    "key-reuse",
    "missing-share",
    "multivariate",
    "no-rows",
    "null-tokens",
    "reconstruction-error",
    "required",
    "row-count",
    "row-count-history",
    "same-file",
];

fn of_finding(finding: &mut Finding) {
    for place in &mut finding.places {
        place.value = place.value.as_deref().map(mask);
    }
    if OPEN.contains(&finding.rule.as_str()) {
        return;
    }
    let is_told = finding.observed.take().is_some() || finding.count > 0;
    if finding.card == verdict::SAME_AS_BEFORE {
        finding.expected = None;
        finding.reason = finding.reason.as_ref().map(|_| REDACTED.into());
        let column = finding.column.as_deref().map_or_else(String::new, |name| format!("\"{name}\""));
        finding.message = format!("{column}: {} ({REDACTED})", told(finding));
        return;
    }
    // A rule that holds without saying what was found names what was agreed.
    if finding.status == "not_run" || !is_told && finding.status == "pass" {
        return;
    }
    let first = finding.places.first().filter(|_| finding.count > 0);
    let first = first.map_or_else(String::new, |it| format!(", first in row {}", grouped(it.row)));
    let agreed = finding.expected.as_deref().unwrap_or("as the contract says");
    finding.message = match (finding.count, finding.status.as_str()) {
        (0, "pass") => format!("holds: agreed is {agreed}"),
        (0, _) => format!("does not hold: agreed is {agreed}"),
        (count, _) => {
            format!(
                "{} of {} break the rule{first}; agreed is {agreed}",
                grouped(count),
                grouped(finding.total)
            )
        }
    };
}

/// What the rule of a drift says, without its values.
fn told(finding: &Finding) -> String {
    let words = match (finding.rule.as_str(), finding.status.as_str()) {
        ("drift", "fail") => "it has drifted",
        ("drift", "pass") => "it is stable",
        ("drift", _) => "it is not compared",
        ("range-escape", _) => "it has values beyond the reference's range",
        ("new-categories", _) => "it has values that the reference never had",
        ("vanished-categories", _) => "values of the reference do not occur",
        ("constant-changed", _) => "its one value is another",
        (rule, _) => rule,
    };
    match finding.count {
        0 => words.to_owned(),
        count => format!("{words}, in {} of {} cells", grouped(count), grouped(finding.total)),
    }
}

fn of_drift(drift: &mut Drift, shown: Shown, rows: u64) {
    if shown == Shown::All {
        return;
    }
    let is_common = |part: &Contribution| {
        let cells = part.reference.max(part.current) * rows as f64;
        shown == Shown::Common && cells >= RARE as f64
    };
    for (i, part) in drift.contributions.iter_mut().enumerate() {
        let is_kept = match part.kind.as_str() {
            "category" => is_common(part),
            "range" if shown == Shown::Common => {
                part.bin = months(&part.bin);
                true
            }
            "range" => false,
            _ => true,
        };
        if !is_kept {
            part.bin = format!("{REDACTED} {}", i + 1);
        }
    }
    if let Some(overlay) = &mut drift.overlay {
        blunt(&mut overlay.edges);
        let is_ordered = !overlay.edges.is_empty();
        let cells = overlay.reference.iter().zip(&overlay.current);
        let cells: Vec<f64> = cells.map(|(a, b)| a.max(*b) * rows as f64).collect();
        for (i, label) in overlay.labels.iter_mut().enumerate() {
            let is_common = cells.get(i).is_some_and(|cells| *cells >= RARE as f64);
            *label = match shown == Shown::Common {
                true if is_ordered => months(label),
                true if is_common => continue,
                _ => format!("{REDACTED} {}", i + 1),
            };
        }
        if is_ordered && shown == Shown::Nothing {
            drift.overlay = None;
        }
    }
    for explanation in &mut drift.explanations {
        explanation.message = format!("it looks like {} ({REDACTED})", explanation.id);
        explanation.evidence.clear();
    }
    drift.reason = drift.reason.as_ref().map(|_| REDACTED.into());
}

#[cfg(test)]
#[path = "redact_tests.rs"]
mod tests;
