//! What becomes of plain data on the wire.

use super::*;
use crate::finding::{Severity, Status};
use crate::report::sample;

#[test]
fn the_ledger_and_the_cells_add_up() {
    let report = sample::report();
    let table = &report.table;
    assert_eq!(table.cells, table.rows * table.columns);
    assert_eq!(table.ledger.rows_in, table.ledger.rows_profiled + table.ledger.rows_set_aside);
    assert_eq!((table.missing, table.invalid), (1, 3));
    for column in &report.columns {
        assert_eq!(column.rows, column.valid + column.missing + column.invalid);
    }
}

#[test]
fn a_quantile_stands_at_its_probability() {
    let numeric = sample::report().columns[0].numeric.clone().unwrap();
    assert_eq!(numeric.quantiles.p25, wire::Scalar::Float(2.5));
    assert_eq!(numeric.quantiles.p99, wire::Scalar::Float(9.9));
    let error = numeric.error.unwrap();
    assert_eq!(error.quantiles.p01, wire::Scalar::Float(0.5));
    assert_eq!(error.kurtosis, wire::Scalar::Text("Infinity".into()));
}

#[test]
fn what_is_undefined_says_why() {
    let mut numeric = sample::numeric();
    let said = |numeric: &model::Numeric, valid| reasons(numeric, valid).into_iter().collect::<Vec<_>>();
    assert_eq!(
        said(&numeric, 2),
        [("skewness".into(), "needs at least 3 values, and there are 2".to_string())]
    );
    assert!(said(&numeric, 9)[0].1.starts_with("not defined"));
    numeric.infinities = 1;
    assert_eq!(said(&numeric, 9)[0].1, "there are infinite values");
    numeric.skewness = Some(1.0);
    assert!(said(&numeric, 9).is_empty());
}

#[test]
fn no_number_on_the_wire_is_beyond_json() {
    let mut profile = sample::profile();
    profile.table.duplicate_rows = model::Estimate { value: f64::NAN, exact: false, error: f64::INFINITY };
    if let Some(histogram) = &mut profile.columns[0].histogram {
        histogram.edges[0] = f64::NEG_INFINITY;
    }
    if let Some(text) = &mut profile.columns[1].text {
        text.mean_length = f64::NAN;
    }
    let report = build(Parts {
        profile: &profile,
        reference: None,
        contract: None,
        findings: &[],
        drift: Vec::new(),
        timeline: None,
        options: sample::options(),
        sections: vec!["profile".into()],
    });
    assert_eq!(report.table.duplicate_rows.value, 0.0);
    assert_eq!(report.table.duplicate_rows.error, f64::MAX);
    assert_eq!(report.columns[0].histogram, None);
    let bytes = crate::report::json::bytes(&report, crate::report::json::Layout::Compact).unwrap();
    let back: wire::Report = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(back, report);
}

#[test]
fn findings_stand_worst_first() {
    let found: Vec<Finding> = [
        (Status::Pass, Severity::Critical, 0),
        (Status::NotRun, Severity::Critical, 0),
        (Status::Fail, Severity::Warning, 900),
        (Status::Fail, Severity::Critical, 1),
        (Status::Fail, Severity::Critical, 2),
    ]
    .map(|(status, severity, count)| {
        let mut finding = sample::failing("range", Tier::Contract, severity, count);
        finding.status = status;
        finding
    })
    .to_vec();
    let profile = sample::profile();
    let report = build(Parts {
        profile: &profile,
        reference: None,
        contract: None,
        findings: &found,
        drift: Vec::new(),
        timeline: None,
        options: sample::options(),
        sections: vec!["profile".into()],
    });
    let order: Vec<(&str, u64)> =
        report.findings.iter().map(|finding| (finding.status.as_str(), finding.count)).collect();
    assert_eq!(order, [("fail", 2), ("fail", 1), ("fail", 900), ("not_run", 0), ("pass", 0)]);
}
