//! What is left out, by level, of one of everything; that no format lets a value through is held by the command's tests.

use super::*;
use crate::report::sample;
use crate::report::wire::{Quantiles, TopValue};

fn redacted(level: Level, classified: &[&str]) -> Report {
    let mut report = sample::report();
    let classified: Vec<String> = classified.iter().map(|&name| name.to_owned()).collect();
    redact(&mut report, level, &classified);
    report
}

#[test]
fn where_nothing_is_hidden_the_report_stays_as_it_is() {
    for level in [Level::None, Level::Classified] {
        assert_eq!(redacted(level, &[]), sample::report());
    }
    assert_eq!(redacted(Level::None, &["city"]), sample::report());
}

#[test]
fn only_the_classified_column_loses_its_values() {
    let (whole, report) = (sample::report(), redacted(Level::Classified, &["city"]));
    assert_eq!(report.driftline.options.redact.as_deref(), Some("classified"));
    assert_eq!(report.columns[0], whole.columns[0]);
    assert!(!whole.columns[1].top.is_empty() && report.columns[1].top.is_empty());
    let range = report.findings.iter().find(|it| it.rule == "range").unwrap();
    assert_eq!(range.message, "3 of 1,000 break the rule, first in row 9; agreed is 0 … 120");
    assert_eq!((&range.observed, range.places[0].value.as_deref()), (&None, Some("-9")));
    assert_eq!((range.places[0].row, range.places[1].value.as_ref()), (9, None));
}

#[test]
fn what_a_verdict_says_is_said_anew() {
    let report = redacted(Level::Values, &[]);
    let said = report.verdict.reasons.iter().any(|it| it.message.starts_with("3 of 1,000 break the rule"));
    assert!(said, "{:?}", report.verdict);
    let whole = sample::report().verdict;
    assert_eq!((report.verdict.overall, report.verdict.as_agreed), (whole.overall, whole.as_agreed));
}

#[test]
fn a_value_that_five_rows_hold_is_shown_but_where_it_names_the_row() {
    let value = |count, error| TopValue { value: Scalar::Integer(1), count, exact: error == 0, error };
    let mut report = sample::report();
    report.columns[0].top = vec![value(9, 0), value(9, 5), value(5, 0), value(4, 0)];
    report.columns[1].top = report.columns[0].top.clone();
    report.columns[1].role = Role::Id.id().into();
    redact(&mut report, Level::Rare, &[]);
    let counts: Vec<u64> = report.columns[0].top.iter().map(|top| top.count).collect();
    assert_eq!((counts, report.columns[1].top.len()), (vec![9, 5], 0));
}

#[test]
fn quantiles_stay_where_five_rows_are_beyond_them() {
    for (valid, kept) in [(1000, 7), (499, 5), (100, 5), (99, 3), (20, 3), (19, 1), (10, 1), (9, 0)] {
        let mut numeric = sample::report().columns[0].numeric.clone().unwrap();
        of_numeric(&mut numeric, valid);
        let Quantiles { p01, p05, p25, p50, p75, p95, p99 } = &numeric.quantiles;
        let found = [p01, p05, p25, p50, p75, p95, p99].iter().filter(|it| ***it != Scalar::Null).count();
        assert_eq!(found, kept, "{valid}");
        assert_eq!((&numeric.min, &numeric.max), (&Scalar::Null, &Scalar::Null));
        assert_eq!(numeric.reasons["min"], REDACTED);
        assert_ne!(numeric.mean, Scalar::Null);
    }
}

#[test]
fn of_four_values_no_statistic_is_left() {
    let mut numeric = sample::report().columns[0].numeric.clone().unwrap();
    of_numeric(&mut numeric, 4);
    for value in [numeric.mean, numeric.std, numeric.sum, numeric.mad, numeric.kurtosis] {
        assert_eq!(value, Scalar::Null);
    }
}

#[test]
fn edges_are_rounded_to_a_tenth_of_a_bin() {
    for (edges, rounded) in [
        ([18_234.0, 28_000.0, 37_766.0], [18_200.0, 28_000.0, 37_800.0]),
        ([0.1234, 0.2434, 0.3634], [0.12, 0.24, 0.36]),
        ([-3.0, 0.0, 3.0], [-3.0, 0.0, 3.0]),
        ([5.0, 5.0, 5.0], [5.0, 5.0, 5.0]),
        ([1.5e300, 2.5e300, 3.5e300], [1.5e300, 2.5e300, 3.5e300]),
        ([1.04e-9, 2.54e-9, 4.04e-9], [1.0e-9, 2.5e-9, 4.0e-9]),
    ] {
        let mut found = edges;
        blunt(&mut found);
        for (found, rounded) in found.iter().zip(&rounded) {
            assert!((found - rounded).abs() <= rounded.abs() * 1e-12, "{edges:?}: {found} {rounded}");
        }
    }
}

#[test]
fn days_become_months() {
    for (text, told) in [
        ("1963-10-18 … 1969-04-24", "1963-10 … 1969-04"),
        ("≤ 2024-01-02", "≤ 2024-01"),
        ("2024-01-02T10:00:00Z", "2024-01"),
        ("12.5 … 18", "12.5 … 18"),
        ("10:15:00", "10:15:00"),
        ("-2024-01-02", "-2024-01-02"),
        ("é024-01-02", "é024-01-02"),
    ] {
        assert_eq!(months(text), told);
    }
}

#[test]
fn words_of_levels_are_read_back() {
    for level in [Level::None, Level::Classified, Level::Rare, Level::Values] {
        assert_eq!(Level::named(level.id()), Some(level));
    }
    assert_eq!(Level::named("some"), None);
}
