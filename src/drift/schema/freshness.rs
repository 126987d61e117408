//! Freshness: whether the newest time of the rows lies before the newest of the reference.
//!
//! Only of moments that follow the split (`left_out::follows_the_split`): at least half of one side lies outside of the other's
//! range, as times of rows do and birth dates do not. Were both sides drawn alike, all m current values would lie below the
//! share g of the reference that is newer with a chance of about (1 − g)^m.

use super::super::left_out;
use super::super::pair::{self, Pair};
use super::super::unix_time;
use super::super::words::{percent, quoted};
use super::of;
use crate::cell::Type;
use crate::finding::{Finding, Severity};
use crate::num;
use crate::profile::{Column, Ordered};

/// The chance, at most, of a file as new as the reference.
const CHANCE: f64 = 0.001;
/// The share of the reference that is newer, at least.
const NEWER: f64 = 0.001;
/// Words in the names of times that are not those of the rows.
const BIRTHS: [&str; 7] = ["birth", "born", "dob", "geburt", "geboren", "naissance", "nacimiento"];

/// A file that goes back in time, by one of its columns.
pub(super) fn finding(reference: &Column, current: &Column) -> Option<Finding> {
    let paired = pair::pair(reference, current)?;
    let Pair::Ordered { reference: a, current: b } = &paired else { return None };
    let is_unix = unix_time::is(reference, a) && unix_time::is(current, b);
    if !is_unix && !matches!(reference.ty, Type::Date | Type::Timestamp { .. }) || is_birth(&current.name) {
        return None;
    }
    left_out::follows_the_split(reference, &paired)?;
    let newest = b.entries.last()?.0;
    let newer: u64 = a.entries.iter().rev().take_while(|it| it.0 > newest).map(|it| it.1).sum();
    let share = newer as f64 / reference.valid.max(1) as f64;
    if share < NEWER || current.valid as f64 * num::ln_1p(-share) > num::ln(CHANCE) {
        return None;
    }
    let (before, now) = (end(reference, a, is_unix)?, end(current, b, is_unix)?);
    let message = format!(
        "the file goes back in time: the newest {} is {now}, and {before} was in the reference, {} of whose rows are newer",
        quoted(&current.name),
        percent(share)
    );
    Some(of("freshness", Severity::Warning, current, message, (format!("newest after {before}"), now)))
}

fn is_birth(name: &str) -> bool {
    let lower = name.to_lowercase();
    BIRTHS.iter().any(|word| lower.contains(word))
}

/// The newest value; of a number since 1970 the end of its range.
fn end(column: &Column, side: &Ordered, is_unix: bool) -> Option<String> {
    if !is_unix {
        return column.temporal.as_ref().map(|it| it.max.clone());
    }
    let (_, high) = side.domain.bucket(side.entries.last()?.0, side.shift);
    let most = column.numeric.as_ref().and_then(|it| it.points.last()).map(|it| it.1);
    unix_time::shown(most.unwrap_or(side.domain.number(high)), side)
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::*;
    use super::*;
    use crate::cell::{TimeUnit, domain, temporal};
    use crate::profile::Temporal;

    const DAY: i64 = 86_400;
    /// 2024-03-01 in seconds.
    const FIRST: i64 = 1_709_251_200;

    /// Times of 400 rows a day, of days from 2024-03-01.
    fn times(name: &str, days: std::ops::Range<i64>) -> Column {
        let ty = Type::Timestamp { unit: TimeUnit::Micro, zoned: false };
        let seconds: Vec<i64> = days.flat_map(|d| (0..400).map(move |i| FIRST + d * DAY + i * 216)).collect();
        let max = temporal::show(*seconds.last().expect("a day") * 1_000_000, ty);
        let held =
            Temporal { min: String::new(), max, formats: Vec::new(), quantiles: Vec::new(), exact: true };
        let column = keys(name, ty, seconds.into_iter().map(|s| domain::signed(s * 1_000_000).into()));
        Column { temporal: Some(held), ..column }
    }

    fn says(a: &Column, b: &Column) -> Option<String> {
        finding(a, b).map(|it| it.message)
    }

    #[test]
    fn a_file_that_goes_back_in_time_is_told_with_both_ends() {
        let month = times("created_at", 0..28);
        for back in [-40..-39, 9..10, 26..27, -10..3] {
            let found = says(&month, &times("created_at", back.clone())).expect("goes back");
            assert!(found.contains("2024-03-28T23:56:24 was in the reference"), "{found}");
            let saved = coarse(month.clone(), 2_048);
            assert!(says(&saved, &times("created_at", back)).is_some(), "saved");
        }
        let found = says(&month, &times("created_at", 9..10)).expect("goes back");
        assert!(
            found.contains("newest \"created_at\" is 2024-03-10T23:56:24") && found.contains("64 %"),
            "{found}"
        );
        let numbers = |days: std::ops::Range<i64>| {
            integers("event_ts", days.flat_map(|d| (0..400).map(move |i| FIRST + d * DAY + i * 216)))
        };
        assert!(says(&numbers(0..28), &numbers(3..4)).expect("goes back").contains("2024-03-28T23:56:24"));
        assert_eq!(says(&numbers(0..28), &numbers(28..29)), None);
    }

    #[test]
    fn files_that_go_on_the_newest_day_again_and_dates_of_births_are_silent() {
        let month = times("created_at", 0..28);
        for on in [28..29, 27..28, 0..28, 20..40, 2..28] {
            assert_eq!(says(&month, &times("created_at", on.clone())), None, "{on:?}");
        }
        assert_eq!(says(&times("born", 0..28), &times("born", 3..4)), None, "no time of rows");
    }

    /// Few rows drawn from the reference's own times.
    #[test]
    fn files_of_one_law_hardly_ever_go_back() {
        let dates = |seed: u64, rows: usize| {
            let mut stream = Stream(seed << 32);
            let mut all: Vec<i64> = (0..rows).map(|_| (stream.next() * 20_000.0) as i64).collect();
            all.sort_unstable();
            let max = temporal::show(all[rows - 1], Type::Date);
            let held =
                Temporal { min: String::new(), max, formats: Vec::new(), quantiles: Vec::new(), exact: true };
            Column {
                temporal: Some(held),
                ..keys("valid", Type::Date, all.into_iter().map(|d| domain::signed(d).into()))
            }
        };
        let alarms = [1, 2, 5, 30, 1_000].iter().flat_map(|&m| (0..60).map(move |seed| (m, seed)));
        let alarms = alarms.filter(|&(m, seed)| says(&dates(7, 5_000), &dates(seed * 2 + 100, m)).is_some());
        assert!(alarms.count() <= 2);
    }
}
