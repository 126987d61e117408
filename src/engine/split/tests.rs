use super::super::{Governing, scan as scan_whole};
use super::*;
use crate::profile::Profile;

fn options(threads: usize) -> Options {
    Options { name: "t.csv".into(), threads, unit_bytes: 1 << 10, ..Options::default() }
}

/// A table of 4,000 rows on ten days, in order or not.
fn table(shuffled: bool) -> String {
    let mut text = String::from("when,x,name\n");
    for i in 0..4_000_u64 {
        let day = day(i, shuffled);
        let when = if lost(i) { String::new() } else { format!("2024-03-{:02}T08:00:00", day + 1) };
        text += &format!("{when},{},\"n{}\"\n", i / 10 % (10 + day), i % 3);
    }
    text
}

fn day(row: u64, shuffled: bool) -> u64 {
    if shuffled { row * 7 % 10 } else { row / 400 }
}

fn lost(row: u64) -> bool {
    row % 97 == 3
}

fn cut(text: &str, by: &By, threads: usize) -> Result<Split> {
    let options = options(threads);
    let state = scan_whole(&text.as_bytes(), &options, Governing::default(), &|_| {})?;
    split(&text.as_bytes(), &state, &options, by)
}

fn by_day() -> By {
    By::Time { column: "when".into(), period: Period::Day }
}

fn profiles(split: &Split) -> Vec<(String, Profile)> {
    split.intervals.iter().map(|it| (it.key.clone(), it.state.profile())).collect()
}

#[test]
fn rows_in_any_order_go_to_the_period_of_their_time() {
    for shuffled in [false, true] {
        let split = cut(&table(shuffled), &by_day(), 3).unwrap();
        assert_eq!(split.left_out, (0..4_000).filter(|&row| lost(row)).count() as u64);
        let profiles = profiles(&split);
        assert_eq!(profiles.len(), 10);
        for (number, (key, profile)) in profiles.iter().enumerate() {
            assert_eq!(*key, format!("2024-03-{:02}", number + 1));
            let is_there = |row: &u64| day(*row, shuffled) == number as u64 && !lost(*row);
            assert_eq!(profile.table.rows, (0..4_000).filter(is_there).count() as u64, "{key}");
            assert_eq!(profile.columns[1].distinct.value, 10.0 + number as f64, "{key}");
            assert_eq!(profile.columns[0].missing, 0);
        }
    }
}

#[test]
fn threads_and_the_order_of_rows_do_not_show_in_what_an_interval_holds() {
    let distributions = |threads| {
        let split = cut(&table(true), &by_day(), threads).unwrap();
        profiles(&split).into_iter().map(|(_, it)| it).collect::<Vec<_>>()
    };
    assert_eq!(distributions(1), distributions(3));
}

#[test]
fn rows_are_cut_by_size_and_into_parts() {
    let sizes = |by: &By| {
        let found = profiles(&cut(&table(false), by, 3).unwrap());
        found.into_iter().map(|(key, profile)| (key, profile.table.rows)).collect::<Vec<_>>()
    };
    let by_rows = sizes(&By::Rows(1_500));
    assert_eq!(
        by_rows,
        [("rows 1–1500".into(), 1_500), ("rows 1501–3000".into(), 1_500), ("rows 3001–4000".into(), 1_000)]
    );
    let parts = sizes(&By::Parts(7));
    assert_eq!(parts.iter().map(|it| it.1).sum::<u64>(), 4_000);
    assert!(parts.iter().all(|it| it.1 == 571 || it.1 == 572), "{parts:?}");
    assert_eq!(parts[0].0, "rows 1–572");
    assert_eq!(sizes(&By::Parts(10_000)).len(), 4_000);
}

#[test]
fn what_cannot_be_cut_says_why() {
    let refused = |by: &By| cut(&table(false), by, 1).unwrap_err();
    let by = |column: &str, period| By::Time { column: column.into(), period };
    assert!(refused(&by("x", Period::Day)).message().contains("integer, not a date"));
    assert_eq!(refused(&by("nope", Period::Day)).hint(), Some("columns with dates: \"when\""));
    assert!(refused(&By::Rows(0)).is_usage());
    let long = "t\n0001-01-01\n2024-01-01\n";
    let error = cut(long, &by("t", Period::Day), 1).unwrap_err();
    assert!(error.message().contains("at most 4,096"), "{error}");
    assert_eq!(cut(long, &by("t", Period::Year), 1).unwrap().intervals.len(), 2);
}
