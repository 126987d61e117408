//! A profile, findings and comparisons in, the report document out: plain data becomes wire data, and the verdict is
//! drawn from it.

use std::collections::BTreeMap;

use super::{verdict, wire};
use crate::finding::{Finding, Tier, Violation};
use crate::issue::{Issue, Place};
use crate::profile as model;

/// The version of the report format.
pub const FORMAT: u32 = 1;

/// What a report is made of.
pub struct Parts<'a> {
    /// The current file.
    pub profile: &'a model::Profile,
    /// What it was compared with.
    pub reference: Option<&'a model::Profile>,
    /// The contract that was checked.
    pub contract: Option<wire::Contract>,
    /// What rules and measures said, in any order.
    pub findings: &'a [Finding],
    /// The comparison of each column, in file order.
    pub drift: Vec<wire::Drift>,
    /// The intervals of the feed, where they were asked for.
    pub timeline: Option<wire::Timeline>,
    /// The options that shaped it.
    pub options: wire::Options,
    /// What was asked for: `profile`, `check`, `drift`.
    pub sections: Vec<String>,
}

/// The report document with its verdict.
pub fn build(parts: Parts<'_>) -> wire::Report {
    let profile = parts.profile;
    let asked = parts.contract.is_some() || parts.reference.is_some_and(|reference| reference.table.rows > 0);
    let mut findings: Vec<wire::Finding> = parts.findings.iter().map(finding).collect();
    order(&mut findings);
    let mut report = wire::Report {
        driftline: wire::Driftline {
            version: env!("CARGO_PKG_VERSION").into(),
            report: FORMAT,
            options: parts.options,
        },
        sections: parts.sections,
        source: source(&profile.source),
        reference: parts.reference.map(|reference| wire::Reference {
            source: source(&reference.source),
            rows: reference.table.rows,
            saved: reference.saved,
        }),
        contract: parts.contract,
        table: table(profile),
        columns: profile.columns.iter().map(column).collect(),
        issues: profile.issues.iter().map(|found| issue(found, asked)).collect(),
        findings,
        drift: parts.drift,
        timeline: parts.timeline,
        like: None,
        segments: None,
        multivariate: None,
        first_look: false,
        verdict: verdict::unasked(),
    };
    report.verdict = verdict::of(&report);
    report
}

/// The order in which findings are told.
pub(crate) fn order(findings: &mut [wire::Finding]) {
    crate::order::sort_by(findings, worst_first);
}

/// The rank of each finding in a report: the worst is 0.
pub fn ranks(findings: &[Finding]) -> Vec<usize> {
    let mut sorted: Vec<(usize, wire::Finding)> = findings.iter().map(finding).enumerate().collect();
    crate::order::sort_by(&mut sorted, |a, b| worst_first(&a.1, &b.1));
    let mut ranks = vec![0; findings.len()];
    for (rank, (at, _)) in sorted.iter().enumerate() {
        ranks[*at] = rank;
    }
    ranks
}

/// Failures by severity, then share and count; then what was not run; then what passed.
fn worst_first(a: &wire::Finding, b: &wire::Finding) -> std::cmp::Ordering {
    let rank = |found: &wire::Finding| match found.status.as_str() {
        "fail" => 0,
        "not_run" => 1,
        _ => 2,
    };
    rank(a)
        .cmp(&rank(b))
        .then_with(|| verdict::rank(&b.severity).cmp(&verdict::rank(&a.severity)))
        .then_with(|| if rank(a) == 0 { b.share.total_cmp(&a.share) } else { std::cmp::Ordering::Equal })
        .then_with(|| if rank(a) == 0 { b.count.cmp(&a.count) } else { std::cmp::Ordering::Equal })
}

fn source(source: &model::Source) -> wire::Source {
    let byte = |byte: u8| char::from(byte).to_string();
    wire::Source {
        name: source.name.clone(),
        bytes: source.bytes,
        format: source.format.clone(),
        compression: source.compression.clone(),
        dialect: source.dialect.as_ref().map(|dialect| wire::Dialect {
            delimiter: byte(dialect.delimiter),
            quote: dialect.quote.map(byte),
            header: dialect.header,
            origin: dialect.origin.into(),
        }),
        encoding: source.encoding.clone(),
        content_hash: source.content_hash.clone(),
    }
}

fn table(profile: &model::Profile) -> wire::Table {
    let columns = profile.columns.len() as u64;
    let sum = |of: fn(&model::Column) -> u64| profile.columns.iter().map(of).fold(0, u64::saturating_add);
    wire::Table {
        rows: profile.table.rows,
        columns,
        cells: profile.table.rows.saturating_mul(columns),
        missing: sum(|column| column.missing),
        invalid: sum(|column| column.invalid),
        duplicate_rows: estimate(profile.table.duplicate_rows),
        ledger: wire::Ledger {
            rows_in: profile.table.rows_in,
            rows_profiled: profile.table.rows,
            rows_set_aside: profile.table.rows_set_aside,
        },
    }
}

fn column(column: &model::Column) -> wire::Column {
    wire::Column {
        name: column.name.clone(),
        position: column.position as u64,
        ty: column.ty.id().into(),
        governed: column.governed,
        role: column.role.id().into(),
        role_reason: column.role_reason.clone(),
        rows: column.rows,
        valid: column.valid,
        missing: column.missing,
        invalid: column.invalid,
        null_tokens: counts(&column.null_tokens),
        kinds: counts(&column.kinds),
        invalid_places: column.invalid_places.iter().map(place).collect(),
        distinct: estimate(column.distinct),
        singletons: column.singletons,
        numeric: column.numeric.as_ref().map(|found| numeric(found, column.valid)),
        text: column.text.as_ref().map(|text| wire::Text {
            min_length: text.min_length,
            max_length: text.max_length,
            mean_length: finite(text.mean_length),
            patterns: counts(&text.patterns),
            exact: text.exact,
            sampled: text.sampled,
        }),
        temporal: column.temporal.as_ref().map(temporal),
        top: column.top.iter().map(top).collect(),
        histogram: column.histogram.as_ref().and_then(histogram),
        alerts: column
            .alerts
            .iter()
            .map(|alert| wire::Alert { code: alert.code.into(), message: alert.message.clone() })
            .collect(),
        order: column.order.map(|order| wire::Order {
            rises: order.rises,
            falls: order.falls,
            strict: order.strict,
        }),
        redacted: false,
    }
}

fn temporal(temporal: &model::Temporal) -> wire::Temporal {
    wire::Temporal {
        min: temporal.min.clone(),
        max: temporal.max.clone(),
        formats: counts(&temporal.formats),
        quantiles: temporal.quantiles.iter().map(|(p, value)| (p.to_string(), value.clone())).collect(),
        exact: temporal.exact,
    }
}

fn top(top: &model::TopValue) -> wire::TopValue {
    wire::TopValue { value: scalar(&top.value), count: top.count, exact: top.error == 0, error: top.error }
}

/// A histogram whose edges JSON cannot hold is left out.
fn histogram(histogram: &model::Histogram) -> Option<wire::Histogram> {
    histogram.edges.iter().all(|edge| edge.is_finite()).then(|| wire::Histogram {
        edges: histogram.edges.clone(),
        counts: histogram.counts.clone(),
        labels: histogram.labels.clone(),
        exact: histogram.exact,
    })
}

fn numeric(numeric: &model::Numeric, valid: u64) -> wire::Numeric {
    let shape = |pick: fn((f64, f64)) -> f64| wire::Scalar::maybe(numeric.shape_error.map(pick));
    let errors: Vec<(f64, model::Scalar)> = numeric
        .quantiles
        .iter()
        .zip(&numeric.quantile_errors)
        .map(|((p, _), &error)| (*p, model::Scalar::Float(error)))
        .collect();
    wire::Numeric {
        min: scalar(&numeric.min),
        max: scalar(&numeric.max),
        mean: wire::Scalar::maybe(numeric.mean),
        std: wire::Scalar::maybe(numeric.std),
        sum: scalar(&numeric.sum),
        zeros: numeric.zeros,
        negatives: numeric.negatives,
        infinities: numeric.infinities,
        skewness: wire::Scalar::maybe(numeric.skewness),
        kurtosis: wire::Scalar::maybe(numeric.kurtosis),
        mad: wire::Scalar::maybe(numeric.mad),
        quantiles: quantiles(&numeric.quantiles),
        exact: numeric.exact,
        error: (!numeric.exact).then(|| wire::NumericError {
            quantiles: quantiles(&errors),
            skewness: shape(|(skewness, _)| skewness),
            kurtosis: shape(|(_, kurtosis)| kurtosis),
        }),
        reasons: reasons(numeric, valid),
    }
}

/// Why a statistic is null, by its name.
fn reasons(numeric: &model::Numeric, valid: u64) -> BTreeMap<String, String> {
    let sum = scalar(&numeric.sum);
    let table = [
        ("sum", sum.as_f64(), 1),
        ("mean", numeric.mean, 1),
        ("std", numeric.std, 2),
        ("skewness", numeric.skewness, 3),
        ("kurtosis", numeric.kurtosis, 4),
        ("mad", numeric.mad, 1),
    ];
    let missing = table.into_iter().filter(|(_, value, _)| value.is_none_or(f64::is_nan));
    missing
        .map(|(name, _, least)| {
            let reason = if numeric.infinities > 0 {
                "there are infinite values".into()
            } else if valid < least {
                format!("needs at least {least} values, and there {}", are(valid))
            } else {
                "not defined, as the values have no spread or are beyond what a double holds".into()
            };
            (name.to_string(), reason)
        })
        .collect()
}

fn are(count: u64) -> String {
    if count == 1 { "is 1".into() } else { format!("are {count}") }
}

fn quantiles(values: &[(f64, model::Scalar)]) -> wire::Quantiles {
    let at = |p: f64| {
        values.iter().find(|(found, _)| *found == p).map_or(wire::Scalar::Null, |(_, value)| scalar(value))
    };
    wire::Quantiles {
        p01: at(0.01),
        p05: at(0.05),
        p25: at(0.25),
        p50: at(0.5),
        p75: at(0.75),
        p95: at(0.95),
        p99: at(0.99),
    }
}

fn scalar(value: &model::Scalar) -> wire::Scalar {
    match value {
        model::Scalar::Integer(value) => wire::Scalar::Integer(*value),
        model::Scalar::Float(value) => wire::Scalar::number(*value),
        model::Scalar::Text(text) => wire::Scalar::Text(text.clone()),
    }
}

fn estimate(estimate: model::Estimate) -> wire::Estimate {
    wire::Estimate { value: finite(estimate.value), exact: estimate.exact, error: finite(estimate.error) }
}

/// A double that JSON can hold: the nearest finite one, 0 for what is not a number.
fn finite(value: f64) -> f64 {
    if value.is_nan() { 0.0 } else { value.clamp(f64::MIN, f64::MAX) }
}

fn counts<T: AsRef<str>>(pairs: &[(T, u64)]) -> Vec<wire::Count> {
    pairs
        .iter()
        .map(|(value, count)| wire::Count { value: value.as_ref().to_string(), count: *count })
        .collect()
}

fn issue(issue: &Issue, asked: bool) -> wire::Issue {
    wire::Issue {
        code: issue.code.id().into(),
        severity: verdict::severity(issue.code, asked).id().into(),
        column: issue.column.clone(),
        count: issue.count,
        message: issue.message.clone(),
        places: issue.places.iter().map(place).collect(),
    }
}

fn place(place: &Place) -> wire::Place {
    wire::Place { row: place.row, line: place.line, byte: place.byte, text: place.text.clone() }
}

pub(crate) fn finding(finding: &Finding) -> wire::Finding {
    wire::Finding {
        rule: finding.rule.into(),
        card: match finding.tier {
            Tier::Readable => verdict::READABLE,
            Tier::Contract => verdict::AS_AGREED,
            Tier::Drift => verdict::SAME_AS_BEFORE,
        }
        .into(),
        severity: finding.severity.id().into(),
        status: finding.status.id().into(),
        column: finding.column.clone(),
        message: finding.message.clone(),
        expected: finding.expected.clone(),
        observed: finding.observed.clone(),
        count: finding.count,
        total: finding.total,
        share: finite(finding.share()),
        skipped: finding.skipped,
        places: finding.places.iter().map(violation).collect(),
        reason: finding.reason.clone(),
        origin: finding.origin,
    }
}

fn violation(violation: &Violation) -> wire::Violation {
    wire::Violation {
        row: violation.row,
        line: violation.line,
        byte: violation.byte,
        column: violation.column.clone(),
        value: violation.value.clone(),
    }
}

#[cfg(test)]
#[path = "build_tests.rs"]
mod tests;
