//! Columns whose values say nothing about drift: both profiles of a column in, the reason for leaving them out, out.
//! Missing and invalid cells of such columns are compared all the same.

use super::kinds::constant_changed;
use super::pair::Pair;
use super::{unix_time, words};
use crate::cell::{Role, Type};
use crate::profile::{Column, Distribution, Ordered};

/// Distinct values of the valid cells from which a column names its rows.
const UNIQUE: f64 = 0.999;
/// Distinct values of the valid cells from which texts have nothing in common to compare.
const NEARLY_UNIQUE: f64 = 0.9;
/// A range of at most so many values a cell is filled by a counter.
const DENSE: f64 = 2.0;
/// Fewer cells than these are unique by chance.
const CELLS: u64 = 20;

/// Why the values are not compared, if they are not.
pub(crate) fn reason(reference: &Column, current: &Column, pair: &Pair<'_>) -> Option<String> {
    if reference.valid == 0 && current.valid == 0 {
        return Some("no valid value on either side".into());
    }
    if reference.valid == 0 || current.valid == 0 {
        let side = if reference.valid == 0 { "reference" } else { "current file" };
        return Some(format!("the {side} has no valid value in it"));
    }
    follows_the_split(reference, pair)
        .or_else(|| constant(reference, current, pair))
        .or_else(|| id(reference))
        .or_else(|| counter(reference, current, pair))
        .or_else(|| nearly_unique(reference))
}

fn constant(reference: &Column, current: &Column, pair: &Pair<'_>) -> Option<String> {
    let one = |column: &Column| column.distinct.exact && column.distinct.value == 1.0;
    (one(reference) && one(current) && constant_changed::changed(pair) == Some(false))
        .then(|| "constant: the same value everywhere, before and now".into())
}

fn uniqueness(column: &Column) -> f64 {
    if is_strict(column) {
        return 1.0;
    }
    column.distinct.value / column.valid.max(1) as f64
}

/// Whether values only rise or only fall, so that each is another one: known exactly where distinct values are estimated.
fn is_strict(column: &Column) -> bool {
    column.order.is_some_and(|order| order.strict && (order.rises || order.falls))
}

/// Why a column names its rows, if it does.
pub(super) fn id(column: &Column) -> Option<String> {
    let code =
        matches!(column.ty, Type::Integer | Type::WideInteger | Type::Text) && column.role != Role::FreeText;
    let is_unique = uniqueness(column) >= UNIQUE || column.ty.is_bytes() && may_be_unique(column);
    if !code || column.valid < CELLS || !is_unique {
        return None;
    }
    let why = if is_strict(column) {
        "they only rise or fall"
    } else if is_of_one_format(column) {
        "they have one fixed format"
    } else if column.role == Role::Id || named_like_an_id(&column.name) {
        "it is named like an id"
    } else {
        return None;
    };
    let distinct = words::percent(uniqueness(column).min(1.0));
    let error = column.distinct.error / column.valid as f64;
    let within = if uniqueness(column) >= UNIQUE {
        String::new()
    } else {
        format!(" (estimated, within {})", words::percent(error))
    };
    Some(format!("an id: {distinct} of its values are distinct{within} and {why}"))
}

/// Whether a column names its rows, also where only an estimate tells that all its values may differ; of texts without a telling
/// name then the current file's format says that they are codes.
pub(super) fn key(reference: &Column, current: &Column) -> bool {
    let whole =
        matches!(reference.ty, Type::Integer | Type::WideInteger) && named_like_an_id(&reference.name);
    id(reference).is_some()
        || reference.valid >= CELLS
            && may_be_unique(reference)
            && (whole || reference.ty.is_bytes() && is_of_one_format(current) && is_code(current))
}

/// Whether distinct values are estimated, and each may be another one.
fn may_be_unique(column: &Column) -> bool {
    let valid = column.valid.max(1) as f64;
    let most = (column.distinct.value + column.distinct.error) / valid;
    !column.distinct.exact && most >= UNIQUE && column.distinct.value / valid >= NEARLY_UNIQUE
}

fn is_of_one_format(column: &Column) -> bool {
    let text = column.text.as_ref();
    text.is_some_and(|t| t.exact && t.min_length == t.max_length && t.patterns.len() <= 3)
}

/// Whether its shapes have digits and no space.
fn is_code(column: &Column) -> bool {
    let text = column.text.as_ref();
    text.is_some_and(|t| t.patterns.iter().all(|it| it.0.contains('9') && !it.0.contains(' ')))
}

/// Whether each value is another one, as far as that is known exactly.
pub(super) fn is_unique(column: &Column) -> bool {
    is_strict(column) || column.distinct.exact && column.distinct.value == column.valid as f64
}

/// Why a column counts its rows. Where the reference is merged from several files, in what order its values stood is not known, nor
/// exactly how many differ; those of the current file tell, by their order, or, since a saved profile does not keep it either, by
/// their name or their place.
fn counter(reference: &Column, current: &Column, pair: &Pair<'_>) -> Option<String> {
    let whole =
        |column: &Column| matches!(column.ty, Type::Integer | Type::WideInteger) && column.valid >= CELLS;
    let unique = |column: &Column| {
        let estimated = (column.distinct.value + column.distinct.error) / column.valid.max(1) as f64;
        estimated >= UNIQUE && uniqueness(column) >= NEARLY_UNIQUE
    };
    if !whole(reference) || !whole(current) || reference.order.is_some() || !unique(reference) {
        return None;
    }
    let monotone = current.order.is_some_and(|order| order.strict && (order.rises || order.falls));
    let why = if monotone {
        "its values only rise or fall"
    } else if unique(current) && named_like_an_id(&current.name) {
        "it is named like an id"
    } else if unique(current) && is_consecutive(current) && moved(pair) >= 0.5 {
        "its values are nearly consecutive and have moved on"
    } else {
        return None;
    };
    Some(format!("an id: {why}, and hardly any of the reference's repeats"))
}

/// Whether the values fill at least half of their range. Of so many drawn by chance, a fifth would repeat.
fn is_consecutive(column: &Column) -> bool {
    let Distribution::Ordered(held) = &column.distribution else { return false };
    let (Some(first), Some(last)) = (held.entries.first(), held.entries.last()) else { return false };
    let (low, high) = (held.domain.bucket(first.0, held.shift).0, held.domain.bucket(last.0, held.shift).1);
    held.domain.number(high) - held.domain.number(low) < DENSE * column.valid as f64
}

/// The share of the side that is farther outside of the other's range.
fn moved(pair: &Pair<'_>) -> f64 {
    let Pair::Ordered { reference, current } = pair else { return 0.0 };
    outside(current, reference).max(outside(reference, current))
}

fn named_like_an_id(name: &str) -> bool {
    let lower = name.to_lowercase();
    let camel = name.ends_with("Id") || name.ends_with("ID");
    camel
        || lower
            .split(|c: char| !c.is_alphanumeric())
            .any(|w| matches!(w, "id" | "uuid" | "guid" | "key" | "pk"))
}

/// Time-derived columns: moments, or calendar numbers by their name, that hardly overlap.
pub(super) fn follows_the_split(column: &Column, pair: &Pair<'_>) -> Option<String> {
    let Pair::Ordered { reference, current } = pair else { return None };
    let is_unix = unix_time::is(column, reference) && unix_time::is(column, current);
    let moment = matches!(column.ty, Type::Date | Type::Timestamp { .. }) || is_unix;
    let calendar = matches!(column.ty, Type::Integer) && named_like_a_calendar(&column.name);
    let apart = moved(pair);
    if !(moment && apart >= 0.5 || calendar && apart >= 1.0) {
        return None;
    }
    let range = |side: &Ordered| {
        let ends = (side.entries.first(), side.entries.last());
        let (Some(first), Some(last)) = ends else { return String::new() };
        let key = |bucket: u128, upper: bool| {
            let (low, high) = side.domain.bucket(bucket, side.shift);
            let key = if upper { high } else { low };
            let moment = if is_unix { unix_time::shown(side.domain.number(key), side) } else { None };
            moment.unwrap_or_else(|| words::value(column.ty, side.domain, key))
        };
        let (low, high) = (key(first.0, false), key(last.0, true));
        if low == high { low } else { format!("{low} … {high}") }
    };
    Some(format!(
        "it follows the split in time: {} in the reference, {} now",
        range(reference),
        range(current)
    ))
}

fn named_like_a_calendar(name: &str) -> bool {
    let lower = name.to_lowercase();
    lower.split(|c: char| !c.is_alphanumeric()).any(|w| {
        matches!(w, "year" | "yr" | "quarter" | "month" | "week" | "day" | "date" | "yearmonth" | "period")
    })
}

/// The share of one side outside the other's range.
fn outside(side: &Ordered, of: &Ordered) -> f64 {
    let (Some(first), Some(last)) = (of.entries.first(), of.entries.last()) else { return 0.0 };
    let all: u64 = side.entries.iter().map(|e| e.1).sum();
    let out: u64 = side.entries.iter().filter(|e| e.0 < first.0 || e.0 > last.0).map(|e| e.1).sum();
    out as f64 / all.max(1) as f64
}

/// Whether texts are nearly all different, so that they are left out of the comparison.
pub(crate) fn hardly_repeats(column: &Column) -> bool {
    nearly_unique(column).is_some()
}

/// Why hardly any value of texts repeats, if so.
pub(super) fn nearly_unique(column: &Column) -> Option<String> {
    (column.ty.is_bytes() && column.valid >= CELLS && uniqueness(column) >= NEARLY_UNIQUE).then(|| {
        format!(
            "free text: {} of its values are distinct, none is common enough to compare",
            words::percent(uniqueness(column).min(1.0))
        )
    })
}

#[cfg(test)]
mod tests {
    use super::super::pair::pair;
    use super::super::testing::*;
    use super::*;
    use crate::cell::domain;
    use crate::profile::Order;

    fn why(a: &Column, b: &Column) -> Option<String> {
        reason(a, b, &pair(a, b).expect("comparable"))
    }

    #[test]
    fn rising_and_named_ids_are_left_out_but_never_floats() {
        let rising = Column {
            order: Some(Order { rises: true, falls: false, strict: true }),
            ..integers("n", 0..100)
        };
        assert!(why(&rising, &integers("n", 100..200)).expect("an id").contains("rise or fall"));
        assert!(
            why(&integers("orderId", 0..100), &integers("orderId", 0..100)).expect("an id").contains("named")
        );
        assert_eq!(why(&integers("amount", 0..100), &integers("amount", 0..100)), None);
        let floats = floats_of("score id", (0..100).map(|i| f64::from(i) / 7.0));
        assert_eq!(why(&floats, &floats), None);
    }

    #[test]
    fn a_rising_id_is_one_also_where_its_distinct_values_are_estimated() {
        let sparse = |from: i64| integers("n", (0..1000).map(|i| from + 9 * i));
        let mut rising =
            Column { order: Some(Order { rises: true, falls: false, strict: true }), ..sparse(0) };
        rising.distinct.exact = false;
        (rising.distinct.value, rising.distinct.error) = (985.0, 24.0);
        assert!(why(&rising, &sparse(9000)).expect("an id").contains("rise or fall"));
        rising.order = None;
        assert_eq!(why(&rising, &sparse(9000)), None);
    }

    #[test]
    fn a_counter_is_left_out_where_the_reference_is_merged() {
        let now = Column {
            order: Some(Order { rises: true, falls: false, strict: true }),
            ..integers("n", 500..600)
        };
        assert!(why(&integers("n", 0..500), &now).expect("an id").starts_with("an id"));
        assert_eq!(why(&integers("n", (0..500).map(|i| i / 2)), &now), None);
        // Neither order is known: two saved profiles.
        for name in ["n", "order_id"] {
            assert!(
                why(&integers(name, 0..500), &integers(name, 500..600)).expect("an id").starts_with("an id")
            );
        }
        let apart = |from: i64| (0..500).map(move |i| from + 9 * i);
        assert!(why(&integers("orderId", apart(0)), &integers("orderId", apart(9_000))).is_some());
        assert_eq!(why(&integers("cents", apart(0)), &integers("cents", apart(9_000))), None, "a shift");
        assert_eq!(
            why(&integers("cents", 0..500), &integers("cents", 100..600)),
            None,
            "no counter goes back"
        );
        // Half of a range drawn by chance: a fifth repeats.
        let drawn = |from: i64| (0..500).map(move |i: i64| from + i * i * 7 % 1_000);
        assert_eq!(why(&integers("n", 0..500), &integers("n", drawn(2_000))), None);
    }

    #[test]
    fn seconds_since_1970_that_move_on_follow_the_split() {
        let day =
            |from: i64, scale: i64| integers("event_ts", (0..400).map(move |i| (from + i / 4 * 60) * scale));
        for scale in [1, 1_000, 1_000_000, 1_000_000_000] {
            let why = why(&day(1_709_251_200, scale), &day(1_709_337_600, scale)).expect("left out");
            assert!(why.starts_with("it follows the split in time: 2024-03-01T00:00:00"), "{why}");
        }
        assert_eq!(why(&day(1_709_251_200, 1), &day(1_709_251_260, 1)), None, "they meet");
        let named = |name, from| Column {
            ..keys(name, Type::Integer, (0_i64..400).map(|i| domain::signed(from + i / 4).into()))
        };
        assert_eq!(why(&named("bytes", 1_709_251_200), &named("bytes", 1_709_337_600)), None, "no time");
        assert_eq!(why(&named("time", 300), &named("time", 900)), None, "no moments");
    }

    #[test]
    fn moments_and_months_that_do_not_meet_follow_the_split() {
        let days = |from: i64| keys("d", Type::Date, (from..from + 28).map(|d| domain::signed(d).into()));
        assert!(
            why(&days(15_737), &days(15_765))
                .expect("left out")
                .contains("2013-02-01 … 2013-02-28 in the reference")
        );
        assert_eq!(why(&days(15_737), &days(15_740)), None);
        let months = |m| integers("month", [m, m, m + 1]);
        assert!(why(&months(2), &months(5)).is_some());
        assert_eq!(why(&integers("rooms", [2, 2, 3]), &integers("rooms", [5, 6])), None);
    }

    #[test]
    fn constants_empty_columns_and_free_text_are_left_out() {
        assert!(why(&integers("x", [1; 9]), &integers("x", [1; 9])).is_some());
        assert!(why(&integers("x", []), &integers("x", [])).is_some());
        assert!(why(&integers("x", []), &integers("x", [1])).is_some());
        let text = drawn("note", (0..200).map(|i| format!("some words {i}")));
        assert!(why(&text, &text).expect("left out").starts_with("free text"));
    }
}
