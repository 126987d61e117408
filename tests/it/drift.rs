//! Two months of real flights compared, with planted changes; and that a saved profile stands for its file.

use driftline::engine::{self, Opaque, Options, Reference, Request, State};
use driftline::profile::saved::{self, Redact};
use driftline::report::wire::Report;

use crate::files::{Bytes, real};

/// The flights of a month, each cell of a column replaced.
fn flights(month: &str, column: &str, change: impl Fn(usize, &str) -> String) -> Bytes {
    let all = String::from_utf8(real("flights.csv").0).unwrap();
    let header = all.lines().next().unwrap();
    let at = |name: &str| header.split(',').position(|it| it == name);
    let (month_at, changed) = (at("month").unwrap(), at(column));
    let mut out = format!("{header}\n");
    let rows = all.lines().skip(1).filter(|row| row.split(',').nth(month_at) == Some(month));
    for (i, row) in rows.enumerate() {
        let cells = row.split(',').enumerate();
        let cells = cells.map(|(n, cell)| if changed == Some(n) { change(i, cell) } else { cell.to_owned() });
        out.push_str(&cells.collect::<Vec<_>>().join(","));
        out.push('\n');
    }
    Bytes(out.into_bytes())
}

fn as_they_are(month: &str) -> Bytes {
    flights(month, "", |_, cell| cell.to_owned())
}

fn scanned(source: &Bytes, name: &str, reference: Option<&Reference>) -> State {
    let options = Options { name: name.to_owned(), threads: 2, ..Options::default() };
    engine::scan(source, &options, engine::governing(reference, None), &|_| {}).expect("a readable file")
}

fn february() -> Reference {
    Reference::Scanned(Box::new(scanned(&as_they_are("2"), "february.csv", None)))
}

/// What is left of a reference after its saved profile was written and read.
fn as_saved(reference: &Reference) -> Reference {
    let Reference::Scanned(state) = reference else { panic!("a scanned reference") };
    let written = saved::write(&state.save(&state.profile(), Redact::Rare)).expect("bytes");
    let saved = saved::read(&written).expect("a saved profile");
    saved.to_profile(&Opaque).expect("a profile");
    Reference::Saved(Box::new(saved))
}

fn compared(reference: &Reference, current: &Bytes) -> Report {
    let state = scanned(current, "march.csv", Some(reference));
    let request = Request { current: &state, reference: Some(reference), as_of: None, drift: None };
    engine::report(request).expect("a report")
}

fn outcomes(report: &Report) -> Vec<(String, String)> {
    report.drift.iter().map(|it| (it.column.clone(), it.outcome.clone())).collect()
}

#[test]
fn a_saved_profile_gives_the_verdicts_of_its_file() {
    let february = february();
    let saved = as_saved(&february);
    for month in ["1", "2", "3", "7"] {
        let current = as_they_are(month);
        let (from_file, from_saved) = (compared(&february, &current), compared(&saved, &current));
        assert_eq!(outcomes(&from_file), outcomes(&from_saved), "month {month}");
        assert_eq!(from_file.verdict.overall, from_saved.verdict.overall, "month {month}");
        for (a, b) in from_file.drift.iter().zip(&from_saved.drift) {
            assert_eq!((&a.band, &a.kinds), (&b.band, &b.kinds), "month {month}: {}", a.column);
        }
    }
}

#[test]
fn march_differs_from_february_in_its_days_and_delays() {
    let report = compared(&february(), &as_they_are("3"));
    let expected = [
        ("drifted", &["day", "dep_delay", "arr_delay", "dep_time", "arr_time", "air_time"][..]),
        ("left_out", &["year", "month", "time_hour"]),
    ];
    for (column, outcome) in outcomes(&report) {
        let wanted = expected.iter().find(|(_, columns)| columns.contains(&column.as_str()));
        assert_eq!(outcome, wanted.map_or("stable", |it| it.0), "{column}");
    }
    assert_eq!(report.verdict.same_as_before, "warning");
}

#[test]
fn a_column_times_100_has_drifted_and_no_other_changes() {
    let february = february();
    let before = compared(&february, &as_they_are("3"));
    let planted = flights("3", "distance", |_, cell| format!("{cell}00"));
    let after = compared(&february, &planted);
    for (a, b) in before.drift.iter().zip(&after.drift) {
        if a.column == "distance" {
            assert_eq!((a.outcome.as_str(), b.outcome.as_str()), ("stable", "drifted"));
            assert_eq!(b.band.as_deref(), Some("severe"));
            assert_eq!(b.kinds, ["location", "spread", "range-escape"]);
            assert_eq!(b.explanations.iter().map(|it| it.id.as_str()).collect::<Vec<_>>(), ["scale"]);
        } else {
            assert_eq!(a.outcome, b.outcome, "{}", a.column);
        }
    }
}

#[test]
fn malformed_cells_are_invalid_cells_of_their_column_and_found() {
    let planted =
        flights("3", "distance", |i, cell| if i % 10 < 3 { format!("{cell} mi") } else { cell.to_owned() });
    for reference in [february(), as_saved(&february())] {
        let report = compared(&reference, &planted);
        let column = report.columns.iter().find(|it| it.name == "distance").expect("the column");
        assert_eq!(column.ty, "integer");
        let share = column.invalid as f64 / column.rows as f64;
        assert!((share - 0.3).abs() < 0.001, "{share}");
        assert_eq!(column.invalid_places[0].text, "1069 mi");
        let drift = report.drift.iter().find(|it| it.column == "distance").expect("the column");
        assert_eq!(drift.outcome, "drifted");
        assert!(drift.kinds.iter().any(|kind| kind == "invalid"), "{:?}", drift.kinds);
        let said = report.findings.iter().any(|it| {
            it.column.as_deref() == Some("distance") && it.rule == "invalid-share" && it.status == "fail"
        });
        assert!(said, "{:?}", report.findings.iter().map(|it| &it.rule).collect::<Vec<_>>());
    }
}
