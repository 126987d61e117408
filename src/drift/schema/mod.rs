//! Two tables in, the columns that both have and what has changed about the tables themselves out. One kind of change, one
//! file; what a consumer of the table breaks on is critical.

mod duplicates;
mod format;
mod freshness;
mod keys;
mod removed_added;
mod renamed;
mod reordered;
mod retyped;
mod shapes;
mod table;
mod uniqueness;

pub(crate) use retyped::retyped;

use super::Options;
use crate::finding::{Finding, Severity, Status, Tier};
use crate::order;
use crate::profile::{Column, Profile};
use std::collections::BTreeMap;

/// The columns that both have, in the reference's order, and the findings about tables and schemas.
pub(crate) struct Schema<'a> {
    pub pairs: Vec<(&'a Column, &'a Column)>,
    pub findings: Vec<Finding>,
}

/// Compares the tables as wholes: rows, content, columns, types and formats. A column that is only called otherwise is
/// compared with its old self.
pub(crate) fn compare<'a>(reference: &'a Profile, current: &'a Profile, options: &Options) -> Schema<'a> {
    let mut findings = table::findings(reference, current);
    findings.extend(duplicates::finding(reference, current, options));
    let now: BTreeMap<&str, &Column> = order::map(current.columns.iter().map(|c| (c.name.as_str(), c)));
    let before: BTreeMap<&str, &Column> = order::map(reference.columns.iter().map(|c| (c.name.as_str(), c)));
    let removed: Vec<&Column> =
        reference.columns.iter().filter(|c| !now.contains_key(c.name.as_str())).collect();
    let added: Vec<&Column> =
        current.columns.iter().filter(|c| !before.contains_key(c.name.as_str())).collect();
    findings.extend(format::of_source(reference, current, &removed, &added));
    let renamed = renamed::matches(&removed, &added, options);
    let mut pairs = Vec::new();
    for column in &reference.columns {
        let called = renamed.iter().find(|it| std::ptr::eq(it.reference, column));
        findings.extend(called.map(|it| it.finding(options)));
        let other = now.get(column.name.as_str()).copied().or(called.map(|it| it.current));
        let Some(other) = other else {
            findings.push(removed_added::removed(column, options));
            continue;
        };
        pairs.push((column, other));
        findings.extend(retyped::finding(column, other));
        findings.extend(format::of_column(column, other));
    }
    let found = |column: &&&Column| renamed.iter().any(|it| std::ptr::eq(it.current, **column));
    findings.extend(added.iter().filter(|it| !found(it)).map(|it| removed_added::added(it)));
    findings.extend(reordered::finding(&pairs));
    findings.extend(keys::findings(&pairs));
    findings.extend(pairs.iter().filter_map(|(a, b)| freshness::finding(a, b)));
    findings.extend(pairs.iter().filter_map(|(a, b)| uniqueness::finding(a, b)));
    Schema { pairs, findings }
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

/// A check that could not be made, and why.
fn unknown(rule: &'static str, column: Option<&Column>, reason: &str) -> Finding {
    let named = column.map_or(String::new(), |it| format!("{}: ", super::words::quoted(&it.name)));
    Finding {
        column: column.map(|it| it.name.clone()),
        reason: Some(reason.into()),
        ..Finding::new(
            rule,
            Tier::Drift,
            Severity::Info,
            Status::NotRun,
            format!("{named}not measured: {reason}"),
        )
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
    fn integers_with_a_point_are_told_and_an_empty_column_is_not_retyped() {
        let x = |values: [f64; 2]| vec![floats_of("x", values)];
        let (note, warning) = (("column-retyped", Severity::Info), ("column-retyped", Severity::Warning));
        assert_eq!(said(vec![integers("x", [1, 2])], x([1.5, 2.0])), [warning]);
        assert_eq!(said(vec![integers("x", [1, 2])], x([1.0, 1e300])), [note]);
        assert_eq!(said(x([1.5, 2.0]), vec![integers("x", [1, 2])]), []);
        let agreed = Column { governed: true, ..floats_of("x", [1.0, 2.0]) };
        assert_eq!(said(vec![integers("x", [1, 2])], vec![agreed]), []);
        let many = || integers("x", 0..600);
        let halves = coarse(floats_of("x", (0..600).map(|i| f64::from(i) / 2.0)), 100);
        assert_eq!(said(vec![many()], vec![halves]), [note]);
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
