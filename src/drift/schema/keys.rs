//! Keys: columns that name their rows, whether they still do, and whether new rows have old names.

use super::super::left_out;
use super::super::pair;
use super::super::words::{count, percent, quoted};
use super::of;
use crate::cell::Type;
use crate::finding::{Finding, Severity};
use crate::profile::{Column, Distribution};

/// The least share, and number, of current keys that the reference had.
const SHARE: f64 = 0.01;
const CELLS: u64 = 5;

/// Duplicates in a column that had none, and keys of earlier rows on rows of another time.
pub(super) fn findings(pairs: &[(&Column, &Column)]) -> Vec<Finding> {
    let later = pairs.iter().find(|(a, b)| {
        let moment = matches!(a.ty, Type::Date | Type::Timestamp { .. });
        moment && pair::pair(a, b).is_some_and(|paired| left_out::follows_the_split(a, &paired).is_some())
    });
    let keys = pairs.iter().filter(|(a, _)| left_out::id(a).is_some());
    keys.flat_map(|(a, b)| [duplicates(a, b), later.and_then(|time| reused(a, b, &time.1.name))])
        .flatten()
        .collect()
}

fn duplicates(reference: &Column, current: &Column) -> Option<Finding> {
    let unique = |column: &Column| column.distinct.exact && column.distinct.value == column.valid as f64;
    if !unique(reference) || unique(current) || !current.distinct.exact {
        return None;
    }
    let copies = current.valid.saturating_sub(current.distinct.value as u64);
    let message = format!(
        "{} named each row once, and {} of its {} values repeat another now",
        quoted(&current.name),
        count(copies),
        count(current.valid)
    );
    let words = ("no value twice".into(), format!("{} copies", count(copies)));
    Some(Finding {
        count: copies,
        total: current.valid,
        ..of("key-duplicates", Severity::Warning, current, message, words)
    })
}

/// Keys that the reference had; `None` where the rows are the reference's own, or single keys are not known.
fn reused(reference: &Column, current: &Column, time: &str) -> Option<Finding> {
    let shared = shared(reference, current)?;
    let share = shared as f64 / current.valid.max(1) as f64;
    if shared < CELLS || share < SHARE {
        return None;
    }
    let message = format!(
        "{} has keys again that the reference had: {} of {} ({}), though its rows are of another time by {}",
        quoted(&current.name),
        count(shared),
        count(current.valid),
        percent(share),
        quoted(time)
    );
    let words = ("new keys".into(), format!("{} old ones", count(shared)));
    Some(Finding {
        count: shared,
        total: current.valid,
        ..of("key-reuse", Severity::Warning, current, message, words)
    })
}

/// Current cells whose value the reference has too.
pub(super) fn shared(reference: &Column, current: &Column) -> Option<u64> {
    match (&reference.distribution, &current.distribution) {
        (Distribution::Ordered(a), Distribution::Ordered(b))
            if a.shift == 0 && b.shift == 0 && a.domain == b.domain =>
        {
            let has = |key: u128| a.entries.binary_search_by_key(&key, |e| e.0).is_ok();
            Some(b.entries.iter().filter(|e| has(e.0)).map(|e| e.1).sum())
        }
        (Distribution::Categories(a), Distribution::Categories(b)) if a.shift == 0 && b.shift == 0 => {
            let has = |hash: u64| a.entries.binary_search_by_key(&hash, |e| e.hash).is_ok();
            Some(b.entries.iter().filter(|e| has(e.hash)).map(|e| e.count).sum())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::*;
    use super::*;
    use crate::cell::domain;

    fn said(a: &[Column], b: &[Column]) -> Vec<&'static str> {
        let pairs: Vec<(&Column, &Column)> = a.iter().zip(b).collect();
        findings(&pairs).into_iter().map(|finding| finding.rule).collect()
    }

    fn days(from: i64) -> Column {
        keys("day", Type::Date, (from..from + 100).map(|d| domain::signed(d).into()))
    }

    #[test]
    fn a_key_that_names_two_rows_is_a_warning() {
        let ids = |values: Vec<i64>| [integers("order_id", values)];
        assert_eq!(
            said(&ids((0..100).collect()), &ids((100..200).chain([150]).collect())),
            ["key-duplicates"]
        );
        assert!(said(&ids((0..100).collect()), &ids((100..200).collect())).is_empty());
        let amounts = |values: Vec<i64>| [integers("amount", values)];
        assert!(said(&amounts((0..100).collect()), &amounts(vec![1, 1])).is_empty());
    }

    #[test]
    fn old_keys_on_rows_of_another_time_are_a_warning() {
        let table = |from: i64, day: i64| [integers("order_id", from..from + 100), days(day)];
        assert_eq!(said(&table(0, 19_000), &table(50, 19_500)), ["key-reuse"]);
        assert!(said(&table(0, 19_000), &table(100, 19_500)).is_empty(), "new keys");
        assert!(
            said(&table(0, 19_000), &table(50, 19_000)).is_empty(),
            "the same time: a snapshot has old keys"
        );
    }
}
