//! Columns that are of another type in the current file than in the reference: how they are read, at any cut of the file, and
//! what is said of them.

use super::{Governing, Opaque, Options, Reference, Request, State, governing, report, scan};
use crate::cell::Type;
use crate::profile::saved::{self, Redact};

fn scanned(text: &str, governing: Governing, options: &Options) -> State {
    scan(&text.as_bytes(), options, governing, &|_| {}).expect("a readable file")
}

fn csv(cell: impl Fn(u64) -> String) -> String {
    (0..2_000).fold("x,y\n".to_owned(), |text, i| text + &format!("{},{i}\n", cell(i)))
}

fn named(name: &str) -> Options {
    Options { name: name.into(), ..Options::default() }
}

fn reference(text: &str) -> Reference {
    Reference::Scanned(Box::new(scanned(text, Governing::default(), &named("old.csv"))))
}

fn as_saved(reference: &Reference) -> Reference {
    let Reference::Scanned(state) = reference else { panic!("a scanned reference") };
    let written = saved::write(&state.save(&state.profile(), Redact::Rare)).expect("bytes");
    let saved = saved::read(&written).expect("a saved profile");
    saved.to_profile(&Opaque).expect("a profile");
    Reference::Saved(Box::new(saved))
}

/// What is said of column x, and whether it drifted.
fn told(reference: &Reference, current: &State) -> (Vec<(String, String)>, String) {
    let request = Request { current, reference: Some(reference), as_of: None, drift: None };
    let report = report(request).expect("a report");
    let of_x = report.findings.iter().filter(|it| it.column.as_deref() == Some("x") && it.status == "fail");
    let found = of_x.map(|it| (it.rule.clone(), it.severity.clone())).collect();
    let outcome = report.drift.iter().find(|it| it.column == "x").map(|it| it.outcome.clone());
    (found, outcome.unwrap_or_default())
}

type Case =
    (fn(u64) -> String, fn(u64) -> String, Type, &'static [(&'static str, &'static str)], &'static str);

#[test]
fn what_most_cells_are_is_how_a_column_is_read_and_told() {
    let cases: [Case; 6] = [
        (
            |i| (i % 50).to_string(),
            |i| format!("{}.0", i % 50),
            Type::Float,
            &[("column-retyped", "info")],
            "stable",
        ),
        (
            |i| (i % 50).to_string(),
            |i| format!("{}.{}", i % 50, if i % 4 == 0 { 5 } else { 0 }),
            Type::Float,
            &[("column-retyped", "warning")],
            "stable",
        ),
        (
            |i| (i % 3 == 0).to_string(),
            |i| u8::from(i % 3 == 0).to_string(),
            Type::Integer,
            &[("column-retyped", "critical")],
            "not_comparable",
        ),
        (
            |i| format!("{}.25", i % 50),
            |i| format!("x{}.25", i % 50),
            Type::Text,
            &[("column-retyped", "critical")],
            "not_comparable",
        ),
        // Neither clearly: they are invalid numbers.
        (
            |i| (i % 50).to_string(),
            |i| if i % 5 < 3 { format!("{}.0", i % 50) } else { "x".into() },
            Type::Integer,
            &[("column-emptied", "critical")],
            "drifted",
        ),
        (|i| format!("{}.5", i % 50), |i| (i % 50).to_string(), Type::Float, &[], ""),
    ];
    for (old, new, ty, findings, outcome) in cases {
        let old = reference(&csv(old));
        let text = csv(new);
        let state = scanned(&text, governing(Some(&old), None), &named("new.csv"));
        assert_eq!(state.plan.columns[0].ty, ty, "{}", &text[..20]);
        let (said, is) = told(&old, &state);
        let said: Vec<(&str, &str)> = said.iter().map(|it| (it.0.as_str(), it.1.as_str())).collect();
        if !outcome.is_empty() {
            assert_eq!((said.as_slice(), is.as_str()), (findings, outcome), "{}", &text[..20]);
        }
        let saved = as_saved(&old);
        let again = scanned(&text, governing(Some(&saved), None), &named("new.csv"));
        assert_eq!(again.plan.columns, state.plan.columns);
        assert_eq!(told(&saved, &again), told(&old, &state));
    }
}

#[test]
fn the_cut_of_the_file_does_not_change_how_it_is_read() {
    let old = reference(&csv(|i| (i % 50).to_string()));
    // The sample at the beginning says otherwise than the whole.
    let text = (0..40_000u64).fold("x,y\n".to_owned(), |text, i| {
        text + &if i < 9_000 { format!("{},{i}\n", i % 50) } else { format!("{}.0,{i}\n", i % 50) }
    });
    let read = |unit_bytes: usize, threads: usize| {
        let options = Options { unit_bytes, threads, ..named("new.csv") };
        let state = scanned(&text, governing(Some(&old), None), &options);
        (state.plan.columns.clone(), state.profile())
    };
    let whole = read(4 << 20, 1);
    assert_eq!((whole.0[0].ty, whole.0[0].governed, whole.0[1].governed), (Type::Float, false, true));
    for (unit_bytes, threads) in [(1 << 10, 1), (64 << 10, 3)] {
        assert_eq!(read(unit_bytes, threads), whole, "{unit_bytes} {threads}");
    }
}

#[test]
fn what_is_asked_for_does_not_give_way() {
    let old = reference(&csv(|i| (i % 50).to_string()));
    let text = csv(|i| format!("x{i}"));
    let options = Options { types: vec![("x".into(), Type::Integer)], ..named("new.csv") };
    let state = scanned(&text, governing(Some(&old), None), &options);
    assert_eq!((state.plan.columns[0].ty, state.partial.columns[0].valid), (Type::Integer, 0));
}
