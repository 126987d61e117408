//! The tables as wholes: row counts, and the same bytes again.

use super::super::words::{count, percent};
use super::{fail, unknown};
use crate::finding::{Finding, Severity, Status, Tier};
use crate::profile::Profile;

/// Rows, the same file again, and what is not measured.
pub(super) fn findings(reference: &Profile, current: &Profile) -> Vec<Finding> {
    let (n, m) = (reference.table.rows, current.table.rows);
    let mut findings = Vec::new();
    if m == 0 && n > 0 {
        let message = format!("the current file has no rows; the reference has {}", count(n));
        findings.push(Finding {
            expected: Some(format!("{} rows", count(n))),
            observed: Some("0 rows".into()),
            ..fail("no-rows", Severity::Critical, message)
        });
    } else if n == 0 {
        findings.push(unknown(
            "row-count",
            None,
            "the reference has no rows, so that nothing can be compared with it",
        ));
    } else {
        let change = m as f64 / n as f64 - 1.0;
        let sign = if change > 0.0 {
            "+"
        } else if change < 0.0 {
            "−"
        } else {
            ""
        };
        let message = format!("{} → {} rows ({sign}{})", count(n), count(m), percent(change.abs()));
        findings.push(Finding::new("row-count", Tier::Drift, Severity::Info, Status::Pass, message));
    }
    let hash = &current.source.content_hash;
    if !hash.is_empty() && *hash == reference.source.content_hash {
        let message = "same file again: its content is the reference's, byte for byte".to_string();
        findings.push(fail("same-file", Severity::Warning, message));
    }
    let alone = "without a history of earlier files the natural variation of these columns is unknown";
    findings.push(unknown("history", None, alone));
    findings
}
