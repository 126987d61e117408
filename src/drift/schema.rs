//! Two tables in, the columns that both have and what has changed about the tables themselves out.

use super::Options;
use super::pair;
use super::words::{count, percent, quoted};
use crate::finding::{Finding, Severity, Status, Tier};
use crate::order;
use crate::profile::{Column, Profile};
use std::collections::BTreeMap;

/// The columns that both have, in the reference's order, and the findings about tables and schemas.
pub(crate) struct Schema<'a> {
    pub pairs: Vec<(&'a Column, &'a Column)>,
    pub findings: Vec<Finding>,
}

/// Compares the tables as wholes: rows, content, columns and types.
pub(crate) fn compare<'a>(reference: &'a Profile, current: &'a Profile, options: &Options) -> Schema<'a> {
    let mut findings = table(reference, current);
    let now: BTreeMap<&str, &Column> = order::map(current.columns.iter().map(|c| (c.name.as_str(), c)));
    let before: BTreeMap<&str, &Column> = order::map(reference.columns.iter().map(|c| (c.name.as_str(), c)));
    let mut pairs = Vec::new();
    for column in &reference.columns {
        let Some(&other) = now.get(column.name.as_str()) else {
            findings.push(removed(column, options));
            continue;
        };
        pairs.push((column, other));
        if retyped(column, other) {
            findings.push(of(
                "column-retyped",
                Severity::Critical,
                column,
                format!("{} was {} and is {} now", quoted(&column.name), column.ty.id(), other.ty.id()),
                (column.ty.id().into(), other.ty.id().into()),
            ));
        }
    }
    for column in current.columns.iter().filter(|c| !before.contains_key(c.name.as_str())) {
        let message = format!("{} is not in the reference", quoted(&column.name));
        findings.push(of(
            "column-added",
            Severity::Info,
            column,
            message,
            ("no such column".into(), "present".into()),
        ));
    }
    let positions: Vec<usize> = pairs.iter().map(|(_, c)| c.position).collect();
    if let Some(i) = positions.windows(2).position(|w| w[0] > w[1]) {
        let (first, second) = (&pairs[i + 1].1.name, &pairs[i].1.name);
        let message = format!(
            "the columns are in another order: {} now comes before {}",
            quoted(first),
            quoted(second)
        );
        findings.push(fail("columns-reordered", Severity::Info, message));
    }
    Schema { pairs, findings }
}

/// Whether both have values, of types that cannot be held against each other.
pub(crate) fn retyped(reference: &Column, current: &Column) -> bool {
    reference.valid > 0 && current.valid > 0 && !pair::comparable(reference.ty, current.ty)
}

fn table(reference: &Profile, current: &Profile) -> Vec<Finding> {
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
        findings
            .push(not_run("row-count", "the reference has no rows, so that nothing can be compared with it"));
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
    findings.push(not_run("history", alone));
    findings
}

fn removed(column: &Column, options: &Options) -> Finding {
    let name = quoted(&column.name);
    let (severity, message) = if options.targets.contains(&column.name) {
        (Severity::Info, format!("{name}, a target or prediction, is not in the current file"))
    } else {
        (Severity::Critical, format!("{name} is missing from the current file"))
    };
    of("column-removed", severity, column, message, (format!("column {name}"), "no such column".into()))
}

fn of(
    rule: &'static str,
    severity: Severity,
    column: &Column,
    message: String,
    (expected, observed): (String, String),
) -> Finding {
    Finding {
        column: Some(column.name.clone()),
        expected: Some(expected),
        observed: Some(observed),
        ..fail(rule, severity, message)
    }
}

fn fail(rule: &'static str, severity: Severity, message: String) -> Finding {
    Finding::new(rule, Tier::Drift, severity, Status::Fail, message)
}

fn not_run(rule: &'static str, reason: &str) -> Finding {
    let message = format!("not measured: {reason}");
    Finding {
        reason: Some(reason.into()),
        ..Finding::new(rule, Tier::Drift, Severity::Info, Status::NotRun, message)
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;
    use super::*;

    fn said(a: Vec<Column>, b: Vec<Column>) -> Vec<(&'static str, Severity)> {
        let options = Options { targets: vec!["label".into()], ..Options::default() };
        let (a, b) = (profile(a), profile(b));
        let findings = compare(&a, &b, &options).findings;
        findings.iter().filter(|f| f.status == Status::Fail).map(|f| (f.rule, f.severity)).collect()
    }

    #[test]
    fn a_removed_or_retyped_column_is_critical_and_an_added_one_is_not() {
        let x = || integers("x", [1, 2]);
        assert_eq!(
            said(vec![x(), integers("y", [1, 2])], vec![x()]),
            [("column-removed", Severity::Critical)]
        );
        assert_eq!(said(vec![x()], vec![x(), integers("y", [1, 2])]), [("column-added", Severity::Info)]);
        assert_eq!(said(vec![x()], vec![texts("x", &[("a", 2)])]), [("column-retyped", Severity::Critical)]);
        assert_eq!(
            said(vec![x(), integers("label", [0, 1])], vec![x()]),
            [("column-removed", Severity::Info)]
        );
    }

    #[test]
    fn integer_to_decimal_and_an_empty_column_are_not_retyped() {
        assert_eq!(said(vec![integers("x", [1, 2])], vec![floats_of("x", [1.5, 2.0])]), []);
        assert_eq!(said(vec![integers("x", [1, 2])], vec![holed(texts("x", &[]), 2, 0)]), []);
    }

    #[test]
    fn another_order_of_columns_is_worth_a_note() {
        let (x, y) = (|| integers("x", [1]), || integers("y", [1]));
        assert_eq!(said(vec![x(), y()], vec![y(), x()]), [("columns-reordered", Severity::Info)]);
    }

    #[test]
    fn no_rows_is_critical_and_the_same_bytes_are_a_warning() {
        assert_eq!(
            said(vec![integers("x", [1])], vec![integers("x", [])])[0],
            ("no-rows", Severity::Critical)
        );
        let mut one = profile(vec![integers("x", [1])]);
        one.source.content_hash = "00ff".into();
        let findings = compare(&one, &one, &Options::default()).findings;
        assert!(findings.iter().any(|f| f.rule == "same-file" && f.severity == Severity::Warning));
    }
}
