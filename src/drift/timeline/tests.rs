use super::super::testing::*;
use super::super::{Options as Deciding, compare};
use super::*;
use crate::profile::{Numeric, Scalar};

/// A day's table: a number around a level, and a category whose third value has this share.
fn day(level: f64, share: f64, seed: u64) -> Profile {
    let mut stream = Stream(seed * 10_000);
    let numbers: Vec<f64> = (0..1_000).map(|_| level + stream.normal()).collect();
    let kinds = (0..1_000).map(|i| {
        let name = if stream.next() < share {
            "c"
        } else if i % 2 == 0 {
            "a"
        } else {
            "b"
        };
        name.to_owned()
    });
    profile(vec![floats_of("x", numbers), drawn("kind", kinds)])
}

/// Pushes days with these levels against a reference at 0; the severity of the finding on x for each.
fn severities(levels: &[f64], marks: &[(usize, Mark)]) -> (Timeline, Vec<Option<Severity>>) {
    let reference = day(0.0, 0.2, 999);
    let mut timeline = Timeline::default();
    let mut found = Vec::new();
    for (i, level) in levels.iter().enumerate() {
        let now = day(*level, 0.2, i as u64 + 1);
        let mut comparison = compare(&reference, &now, &Deciding::default());
        let mark = marks.iter().find(|it| it.0 == i).map(|it| it.1);
        let key = format!("2024-01-{:02}", i + 1);
        timeline.push(&key, mark, (Some(&reference), &now), Some(&mut comparison));
        let of = comparison.findings.iter().filter(|it| it.column.as_deref() == Some("x"));
        found.push(of.filter(|it| it.status == Status::Fail).map(|it| it.severity).max());
    }
    (timeline, found)
}

/// Eleven days that vary, each drifted a little.
const USUAL: [f64; 11] = [0.4, -0.3, 0.2, 0.5, -0.4, 0.1, 0.45, -0.2, 0.3, 0.0, -0.45];

#[test]
fn what_is_usual_for_a_column_is_worth_a_note_only() {
    let levels: Vec<f64> = USUAL.into_iter().chain([0.5, 1.5]).collect();
    let marks: Vec<(usize, Mark)> = (0..11).map(|i| (i, Mark::Normal)).collect();
    let (timeline, found) = severities(&levels, &marks);
    assert_eq!(found[3], Some(Severity::Warning), "nothing is known yet");
    assert_eq!(found[11], Some(Severity::Info), "half a standard deviation has been before");
    assert_eq!(found[12], Some(Severity::Warning), "one and a half have not");
    let x = |i: usize| &timeline.intervals[i].columns["x"];
    assert_eq!((x(11).tripped, x(12).tripped), (false, true));
    assert!(!x(12).alert && x(12).psi > x(11).psi);
}

#[test]
fn a_shift_that_stays_keeps_tripping_until_it_is_called_normal() {
    let levels: Vec<f64> = [0.0; 11].into_iter().chain([1.5; 4]).collect();
    let (timeline, found) = severities(&levels, &[]);
    assert_eq!(found[11..], [Some(Severity::Warning); 4]);
    let alerts: Vec<bool> = timeline.intervals[11..].iter().map(|it| it.columns["x"].alert).collect();
    assert_eq!(alerts, [false, true, true, true]);
    let (_, accepted) = severities(&levels, &[(12, Mark::Normal)]);
    assert_eq!(accepted[13..], [Some(Severity::Info); 2]);
    // An incident says nothing about what is usual.
    let (_, incident) = severities(&levels, &[(12, Mark::Incident)]);
    assert_eq!(incident[13..], [Some(Severity::Warning); 2]);
}

#[test]
fn an_incident_before_anything_is_known_is_not_what_is_usual() {
    let mut levels: Vec<f64> = USUAL.to_vec();
    levels[4] = 3.0;
    levels.extend([0.4, 3.0]);
    let (timeline, found) = severities(&levels, &[]);
    assert_eq!(found[11..], [Some(Severity::Info), Some(Severity::Warning)]);
    assert!(timeline.limit("x").expect("known") < 1.0);
    // Unless a person says so; and what happens again and again is usual.
    assert_eq!(severities(&levels, &[(4, Mark::Normal)]).1[12], Some(Severity::Info));
    levels[8] = 2.8;
    assert_eq!(severities(&levels, &[]).1[12], Some(Severity::Info));
}

#[test]
fn a_column_that_was_emptied_is_not_what_is_usual() {
    let table = |missing: u64| profile(vec![holed(integers("n", 0..1_000 - missing as i64), missing, 0)]);
    let reference = table(0);
    let mut timeline = Timeline::default();
    let mut said = |i: usize, missing: u64| {
        let now = table(missing);
        let mut comparison = compare(&reference, &now, &Deciding::default());
        timeline.push(&format!("2024-01-{i:02}"), None, (Some(&reference), &now), Some(&mut comparison));
        let failed = comparison.findings.iter().filter(|it| it.status == Status::Fail);
        failed.filter(|it| it.column.is_some()).map(|it| it.severity).max()
    };
    for i in 1..=11 {
        assert_eq!(said(i, 0), None);
    }
    assert_eq!(said(12, 1_000), Some(Severity::Critical));
    assert_eq!(said(13, 500), Some(Severity::Warning));
}

#[test]
fn an_alert_that_stands_is_told_on_quiet_days_too() {
    let levels: Vec<f64> = [0.0; 11].into_iter().chain([1.5, 1.5, 0.0, 0.0, 0.0, 0.0]).collect();
    let (timeline, found) = severities(&levels, &[]);
    let alerts: Vec<bool> = timeline.intervals[11..].iter().map(|it| it.columns["x"].alert).collect();
    assert_eq!(alerts, [false, true, true, true, false, false]);
    assert_eq!(found[13..], [Some(Severity::Warning), Some(Severity::Warning), None, None]);
}

/// The severity of what is said of the values of `n` in days of these, each against the day before.
fn of_counters(days: &[std::ops::Range<i64>]) -> Vec<Option<Severity>> {
    let days: Vec<Profile> = days
        .iter()
        .map(|it| {
            let length = it.end - it.start;
            let (min, max) = (Scalar::Integer(it.start), Scalar::Integer(it.end - 1));
            let numeric = Numeric { min, max, ..crate::profile::role::tests::numeric(0.0) };
            let counts = integers("n", (0..600).map(|i| it.start + i * length / 600));
            profile(vec![Column { numeric: Some(numeric), ..counts }])
        })
        .collect();
    let mut timeline = Timeline::default();
    let mut before: Option<&Profile> = None;
    let mut said = Vec::new();
    for (i, now) in days.iter().enumerate() {
        let mut comparison = before.map(|it| compare(it, now, &Deciding::default()));
        timeline.push(&format!("2024-01-{:02}", i + 1), None, (before, now), comparison.as_mut());
        let findings = comparison.iter().flat_map(|it| &it.findings);
        let failed = findings.filter(|it| it.column.is_some() && it.status == Status::Fail);
        said.push(failed.map(|it| it.severity).max());
        before = Some(now);
    }
    said
}

#[test]
fn a_column_that_counts_on_from_day_to_day_warns_until_that_is_known() {
    const WARNS: Option<Severity> = Some(Severity::Warning);
    const NOTE: Option<Severity> = Some(Severity::Info);
    // Lines of orders: 200 orders a day, three lines each.
    let orders = |day: i64| day * 200..(day + 1) * 200;
    let days: Vec<_> = (0..6).map(orders).collect();
    assert_eq!(of_counters(&days), [None, WARNS, WARNS, WARNS, NOTE, NOTE]);
    // A batch, one value a day.
    let batches: Vec<_> = (1..8).map(|day| day..day + 1).collect();
    assert_eq!(of_counters(&batches)[4..], [NOTE; 3]);
    // It begins anew; and it has gone on from elsewhere.
    let anew: Vec<_> = (0..5).chain([0]).map(orders).collect();
    assert_eq!(of_counters(&anew)[5], WARNS);
    let back: Vec<_> = [0, 2, 1, 3, 4, 5].into_iter().map(orders).collect();
    assert_eq!(of_counters(&back)[5], WARNS);
}

#[test]
fn a_change_of_format_is_no_usual_variation() {
    let codes = |prefix: &'static str| {
        profile(vec![coded((0..1_000_u64).map(|i| format!("{prefix}{}", i * 7_919 % 300 + 1_000)))])
    };
    let reference = codes("A-");
    let mut timeline = Timeline::default();
    let mut push = |key: &str, now: &Profile| {
        let mut comparison = compare(&reference, now, &Deciding::default());
        timeline.push(key, None, (Some(&reference), now), Some(&mut comparison));
        comparison.findings.iter().find(|it| it.rule == "format-changed").map(|it| it.severity)
    };
    for i in 1..=10 {
        assert_eq!(push(&format!("2024-01-{i:02}"), &codes("A-")), None);
    }
    assert_eq!(push("2024-01-11", &codes("a-")), Some(Severity::Warning));
}

#[test]
fn values_that_have_been_before_are_not_new() {
    let reference = profile(vec![texts("kind", &[("a", 500), ("b", 500)])]);
    let usual = profile(vec![texts("kind", &[("a", 500), ("b", 450), ("c", 50)])]);
    let other = profile(vec![texts("kind", &[("a", 500), ("b", 450), ("d", 50)])]);
    let mut timeline = Timeline::default();
    let mut push = |key: &str, mark, now: &Profile| {
        let mut comparison = compare(&reference, now, &Deciding::default());
        timeline.push(key, mark, (Some(&reference), now), Some(&mut comparison));
        comparison.findings.iter().find(|it| it.rule == "new-categories").map(|it| it.severity)
    };
    for i in 1..=10 {
        assert_eq!(push(&format!("2024-01-{i:02}"), Some(Mark::Normal), &usual), Some(Severity::Warning));
    }
    assert_eq!(push("2024-01-11", None, &usual), Some(Severity::Info));
    assert_eq!(push("2024-01-12", None, &other), Some(Severity::Warning));
}

#[test]
fn history_says_when_it_is_not_enough_and_the_same_bytes_are_told() {
    let table = |hash: &str| {
        let mut it = day(0.0, 0.2, 5);
        it.source.content_hash = hash.into();
        it
    };
    let reference = day(0.0, 0.2, 1);
    let mut timeline = Timeline::default();
    let mut rules = Vec::new();
    for (key, hash) in [("2024-01-01", "aa"), ("2024-01-02", "bb"), ("2024-01-03", "aa")] {
        let now = table(hash);
        let mut comparison = compare(&reference, &now, &Deciding::default());
        timeline.push(key, None, (Some(&reference), &now), Some(&mut comparison));
        let history: Vec<_> = comparison.findings.iter().filter(|it| it.rule == "history").collect();
        assert_eq!(history.len(), 1);
        assert_eq!(history[0].status, Status::NotRun);
        rules.extend(
            comparison.findings.iter().find(|it| it.rule == "same-file").map(|it| it.message.clone()),
        );
    }
    assert_eq!(rules, ["same file again: its content is that of \"2024-01-01\", byte for byte"]);
}
