//! Keys: columns that name their rows, whether they still do, and whether new rows have old names.

use super::super::left_out;
use super::super::pair::{self, Pair};
use super::super::words::{count, percent, quoted};
use super::{of, unknown};
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
    let keys = pairs.iter().filter(|(a, b)| left_out::key(a, b));
    keys.flat_map(|(a, b)| {
        [duplicates(a, b), later.and_then(|time| reused(a, b, &time.1.name)), unknown_format(a, b)]
    })
    .flatten()
    .collect()
}

fn duplicates(reference: &Column, current: &Column) -> Option<Finding> {
    let valid = current.valid.max(1) as f64;
    if left_out::is_unique(current) || current.valid == 0 {
        return None;
    }
    // Copies: surely so many at least, and perhaps so many.
    let spread = current.distinct.error;
    let least = (valid - current.distinct.value - spread).max(0.0);
    let most = if left_out::is_unique(reference) {
        0.0
    } else {
        let error = reference.distinct.value - reference.distinct.error;
        (1.0 - error / reference.valid.max(1) as f64).clamp(0.0, 1.0)
    };
    if reference.distinct.exact && most > 0.0 {
        return None;
    }
    if least == 0.0 || least / valid <= most {
        return Some(unknown("key-duplicates", Some(current), &unsure(current, most, least as u64)));
    }
    let copies = (valid - current.distinct.value).max(0.0) as u64;
    let named = if most > 0.0 { "hardly ever named two rows" } else { "named each row once" };
    let about = if spread > 0.0 { "about " } else { "" };
    let message = format!(
        "{} {named}, and {about}{} of its {} values repeat another now",
        quoted(&current.name),
        count(copies),
        count(current.valid)
    );
    let before =
        if most > 0.0 { format!("at most {} copies", percent(most)) } else { "no value twice".into() };
    let words = (before, format!("{about}{} copies", count(copies)));
    Some(Finding {
        count: copies,
        total: current.valid,
        ..of("key-duplicates", Severity::Warning, current, message, words)
    })
}

/// Why it is not known whether a key has got copies.
fn unsure(current: &Column, most: f64, copies: u64) -> String {
    if copies > 0 {
        return format!(
            "{} of {} values repeat another now; how many did is known to within {} only, since a saved profile estimates \
             distinct values beyond 2,048",
            count(copies),
            count(current.valid),
            percent(most)
        );
    }
    format!(
        "distinct values are estimated, to within {}: fewer copies are not seen",
        percent(current.distinct.error / current.valid.max(1) as f64)
    )
}

/// Keys that the reference had; `None` where the rows are the reference's own.
fn reused(reference: &Column, current: &Column, time: &str) -> Option<Finding> {
    // Numbers that repeat name other things than rows, where it is not known that the reference's did not.
    if left_out::id(reference).is_none() && !left_out::is_unique(current) {
        return None;
    }
    let (least, most) = within(reference, current)?;
    let few = |cells: u64| cells < CELLS || (cells as f64) < SHARE * current.valid.max(1) as f64;
    if few(most) {
        return None;
    }
    if few(least) {
        let reason = "which keys the reference had is not known: of more values than it can hold (2,048 in a saved profile) only \
                      their counts by ranges or hashes are kept";
        return Some(unknown("key-reuse", Some(current), reason));
    }
    let at_least = if least < most { "at least " } else { "" };
    let message = format!(
        "{} has keys again that the reference had: {at_least}{} of {} ({}), though its rows are of another time by {}",
        quoted(&current.name),
        count(least),
        count(current.valid),
        percent(least as f64 / current.valid.max(1) as f64),
        quoted(time)
    );
    let words = ("new keys".into(), format!("{at_least}{} old ones", count(least)));
    Some(Finding {
        count: least,
        total: current.valid,
        ..of("key-reuse", Severity::Warning, current, message, words)
    })
}

/// Current cells whose key the reference has too: so many at least, and at most. Where only ranges of keys are counted, a range that
/// the reference fills has all of them, and one that it leaves empty has none.
fn within(reference: &Column, current: &Column) -> Option<(u64, u64)> {
    if let Some(exact) = shared(reference, current) {
        return Some((exact, exact));
    }
    let Pair::Ordered { reference: a, current: b } = pair::pair(reference, current)? else {
        return Some((0, current.valid));
    };
    let room = 1_u64.checked_shl(a.shift).unwrap_or(u64::MAX);
    let (mut least, mut most) = (0_u64, 0_u64);
    for &(bucket, cells) in &b.entries {
        let Ok(at) = a.entries.binary_search_by_key(&bucket, |it| it.0) else { continue };
        most = most.saturating_add(cells);
        least = least.saturating_add(if a.entries[at].1 == room { cells } else { 0 });
    }
    Some((least, most))
}

/// Where the shapes of text keys are not to be had.
fn unknown_format(reference: &Column, current: &Column) -> Option<Finding> {
    let lost = |column: &Column| column.text.is_none() && column.valid > 0;
    let reason = "a saved profile does not keep the shapes of ids";
    (reference.ty.is_bytes() && current.ty.is_bytes() && (lost(reference) || lost(current)))
        .then(|| unknown("id-format", Some(current), reason))
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
    use crate::finding::Status;
    use crate::profile::Estimate;

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

    fn verdict(a: Column, b: Column) -> Vec<(&'static str, Status)> {
        let pairs = [(&a, &b), (&days(19_000), &days(19_500))];
        findings(&pairs).into_iter().map(|finding| (finding.rule, finding.status)).collect()
    }

    #[test]
    fn what_a_saved_profile_knows_of_keys_is_told_and_what_it_does_not_is_said() {
        let saved = |column: Column| {
            let distinct = Estimate { value: 0.985 * column.valid as f64, exact: false, error: 1_000.0 };
            Column { distinct, singletons: None, ..coarse(column, 2_048) }
        };
        let numbers = |from: i64| integers("order_id", from..from + 20_000);
        let few = |from: i64| integers("order_id", from..from + 4_000);
        assert_eq!(verdict(saved(numbers(0)), few(4_000)), [("key-reuse", Status::Fail)]);
        assert_eq!(verdict(saved(numbers(0)), few(40_000)), []);
        let sparse = |from: i64, rows: i64| integers("order_id", (0..rows).map(|i| from + 97 * i));
        assert_eq!(verdict(saved(sparse(0, 20_000)), sparse(1, 4_000)), [("key-reuse", Status::NotRun)]);
        let copied = integers("order_id", (40_000..43_800).chain(40_000..40_200));
        assert_eq!(verdict(saved(numbers(0)), copied.clone()), [("key-duplicates", Status::NotRun)]);
        assert_eq!(verdict(numbers(0), copied), [("key-duplicates", Status::Fail)]);
        let half = integers("order_id", (0..4_000).map(|i| 40_000 + i / 2));
        assert_eq!(verdict(saved(numbers(0)), half), [("key-duplicates", Status::Fail)]);
        let texts = |from: u64, rows: u64| drawn("order_id", (from..from + rows).map(|i| format!("P{i:06}")));
        let all = [("key-reuse", Status::NotRun), ("id-format", Status::NotRun)];
        assert_eq!(verdict(saved(texts(0, 20_000)), texts(4_000, 4_000)), all);
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
