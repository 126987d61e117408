//! The number of rows against that of the intervals before.

use crate::drift::words::{count, percent};
use crate::finding::{Finding, Severity, Status, Tier};

/// Intervals that must be known.
const LEAST: usize = 7;
/// Median absolute deviations, as standard deviations of a normal law, beyond which a number is unusual.
const SPREADS: f64 = 3.5;
/// A median absolute deviation of a normal law in standard deviations: 1 / Φ⁻¹(3/4).
const NORMAL: f64 = 1.482_602_218_505_602;
/// The least change that counts.
const CHANGE: f64 = 0.2;
/// Below this share of the median, the file is a stump.
const STUMP: f64 = 0.1;

/// What there is to say of so many rows on this day after those; `None` with fewer than seven intervals. Unusual is, after
/// Iglewicz & Hoaglin (1993), what lies outside median ± 3.5 robust standard deviations, 20 % away from it, and 20 % away from
/// whatever was on the same day of the week.
pub(super) fn finding((day, rows): (Option<i64>, u64), before: &[(Option<i64>, u64)]) -> Option<Finding> {
    if before.len() < LEAST {
        return None;
    }
    let is_same = |it: Option<i64>| it.zip(day).is_some_and(|(a, b)| a.rem_euclid(7) == b.rem_euclid(7));
    let near = |it: u64| (rows as f64 - it as f64).abs() <= CHANGE * it as f64;
    let has_been = before.iter().any(|it| is_same(it.0) && near(it.1));
    let before: Vec<f64> = before.iter().map(|it| it.1 as f64).collect();
    let middle = median(before.clone());
    let spread = NORMAL * median(before.iter().map(|it| (it - middle).abs()).collect());
    let rows_now = rows as f64;
    let usual = format!("{} rows", count(middle.round() as u64));
    let said = |severity, status, what: String| Finding {
        expected: Some(format!("about {usual}")),
        observed: Some(format!("{} rows", count(rows))),
        total: rows,
        ..Finding::new("row-count-history", Tier::Drift, severity, status, what)
    };
    let change = if middle > 0.0 { rows_now / middle - 1.0 } else { f64::from(u8::from(rows > 0)) };
    let of = format!("{} rows, where the median of {} intervals is {usual}", count(rows), before.len());
    if rows_now < STUMP * middle {
        return Some(said(Severity::Critical, Status::Fail, format!("only {of}")));
    }
    if (rows_now - middle).abs() > SPREADS * spread && change.abs() > CHANGE && !has_been {
        let sign = if change > 0.0 { "+" } else { "−" };
        let what = format!("{of} ({sign}{})", percent(change.abs()));
        return Some(said(Severity::Warning, Status::Fail, what));
    }
    Some(said(Severity::Info, Status::Pass, of))
}

/// The median of these numbers of rows; `None` with fewer than seven.
pub(super) fn usual(rows: Vec<u64>) -> Option<f64> {
    (rows.len() >= LEAST).then(|| median(rows.into_iter().map(|it| it as f64).collect()))
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_unstable_by(f64::total_cmp);
    let middle = values.len() / 2;
    match values.len() {
        0 => 0.0,
        n if n % 2 == 1 => values[middle],
        _ => f64::midpoint(values[middle - 1], values[middle]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_count_is_held_against_those_before() {
        let usual = [100, 102, 98, 101, 99, 100, 103];
        let said = |rows, before: &[u64]| {
            let before: Vec<_> = before.iter().map(|it| (None, *it)).collect();
            finding((None, rows), &before).map(|it| (it.status, it.severity))
        };
        assert_eq!(said(100, &usual[..6]), None);
        assert_eq!(said(101, &usual), Some((Status::Pass, Severity::Info)));
        assert_eq!(said(119, &usual), Some((Status::Pass, Severity::Info)), "less than 20 %");
        assert_eq!(said(121, &usual), Some((Status::Fail, Severity::Warning)));
        assert_eq!(said(60, &usual), Some((Status::Fail, Severity::Warning)));
        assert_eq!(said(9, &usual), Some((Status::Fail, Severity::Critical)));
        // A feed that varies much: 50 rows are within 3.5 spreads.
        assert_eq!(said(50, &[100, 60, 140, 80, 120, 90, 150]), Some((Status::Pass, Severity::Info)));
        assert_eq!(said(5, &[0; 8]), Some((Status::Fail, Severity::Warning)));
    }

    #[test]
    fn a_sunday_may_be_as_the_sunday_before() {
        let week: Vec<_> =
            (0..10).map(|day| (Some(day), if day % 7 == 6 { 50 } else { 100 + day as u64 })).collect();
        let on = |day, rows| finding((Some(day), rows), &week).map(|it| it.status);
        assert_eq!(on(13, 52), Some(Status::Pass));
        assert_eq!(on(12, 52), Some(Status::Fail));
        assert_eq!(on(13, 30), Some(Status::Fail));
    }
}
