//! What exports tell of a timeline: its columns, most trips first, and the intervals in which something tripped.

use crate::report::wire::{Series, Timeline, TimelineInterval};

/// Columns and intervals that are shown; of intervals the latest.
pub(super) const COLUMNS: usize = 30;
pub(super) const INTERVALS: usize = 60;

/// An interval in which a column tripped, after which an alert stands, or of which a person said something.
pub(super) struct Told<'a> {
    pub(super) interval: &'a TimelineInterval,
    pub(super) tripped: Vec<&'a str>,
    pub(super) alerts: Vec<&'a str>,
}

/// The columns, most trips first, then by the largest PSI beyond chance.
pub(super) fn ranked(timeline: &Timeline) -> Vec<&Series> {
    let mut columns: Vec<&Series> = timeline.columns.iter().collect();
    crate::order::sort_by(&mut columns, |a, b| {
        b.tripped.len().cmp(&a.tripped.len()).then(largest(b).total_cmp(&largest(a)))
    });
    columns
}

/// The largest PSI beyond chance.
pub(super) fn largest(series: &Series) -> f64 {
    series.psi.iter().filter_map(|it| it.as_f64()).fold(0.0, f64::max)
}

/// The band of a PSI beyond chance, as the decision names it; nothing where it was not compared.
pub(super) fn band(psi: Option<f64>) -> &'static str {
    match psi {
        None => "",
        Some(psi) if psi < 0.02 => "none",
        Some(psi) if psi < 0.1 => "small",
        Some(psi) if psi < 0.25 => "moderate",
        Some(_) => "severe",
    }
}

/// Whether an alert stands after the last interval, or how many were raised before.
pub(super) fn alert(series: &Series, timeline: &Timeline) -> String {
    let stands = series.alerts.last().is_some_and(|it| *it + 1 == timeline.intervals.len() as u64);
    match (stands, series.alerts.len()) {
        (true, _) => "stands".to_owned(),
        (false, 0) => String::new(),
        (false, past) => format!("{past} past"),
    }
}

/// The intervals that there is something to say of, the latest first.
pub(super) fn told(timeline: &Timeline) -> Vec<Told<'_>> {
    let whose = |at: usize, of: fn(&Series) -> &[u64]| -> Vec<&str> {
        let has = |it: &&Series| of(it).binary_search(&(at as u64)).is_ok();
        timeline.columns.iter().filter(has).map(|it| it.column.as_str()).collect()
    };
    let all = timeline.intervals.iter().enumerate().rev().map(|(at, interval)| Told {
        interval,
        tripped: whose(at, |it| &it.tripped),
        alerts: whose(at, |it| &it.alerts),
    });
    all.filter(|it| !it.tripped.is_empty() || !it.alerts.is_empty() || it.interval.mark.is_some()).collect()
}

/// What was compared, in words.
pub(super) fn sentence(timeline: &Timeline) -> String {
    let compared = timeline.intervals.iter().filter(|it| it.compared).count() as u64;
    let against = if timeline.reference == "given" { "the reference" } else { "those before it" };
    let out = match timeline.left_out {
        0 => String::new(),
        rows => format!(" {} rows have no time and are in no interval.", crate::words::grouped(rows)),
    };
    format!(
        "{} of {} intervals were compared with {against}.{out}",
        crate::words::grouped(compared),
        crate::words::grouped(timeline.intervals.len() as u64)
    )
}
