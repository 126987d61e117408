//! What an interval is called → the day it stands for, and its place among others.

use std::cmp::Ordering;

use crate::cell::period::Period;
use crate::cell::temporal::{civil_from_days, days_from_civil};

/// The day since 1970 that a name holds: the first `2026-01-31`, `2026_01_31` or `20260131` in it that is a day of the
/// years 1900 to 2199.
pub fn day(name: &str) -> Option<i64> {
    let bytes = name.as_bytes();
    (0..bytes.len()).find_map(|at| {
        let bounded = at == 0 || !bytes[at - 1].is_ascii_digit();
        if bounded { date_at(&bytes[at..]) } else { None }
    })
}

/// A date at the start of these bytes, not followed by a digit.
fn date_at(bytes: &[u8]) -> Option<i64> {
    let number = |from: usize, to: usize| {
        let digits = bytes.get(from..to).filter(|it| it.iter().all(u8::is_ascii_digit))?;
        Some(digits.iter().fold(0_u32, |all, digit| all * 10 + u32::from(digit - b'0')))
    };
    let year = number(0, 4).filter(|it| (1_900..2_200).contains(it))?;
    let (month, day, end) = match bytes.get(4) {
        Some(mark @ (b'-' | b'_' | b'.')) if bytes.get(7) == Some(mark) => {
            (number(5, 7)?, number(8, 10)?, 10)
        }
        _ => (number(4, 6)?, number(6, 8)?, 8),
    };
    if bytes.get(end).is_some_and(u8::is_ascii_digit)
        || !(1..=12).contains(&month)
        || !(1..=31).contains(&day)
    {
        return None;
    }
    let days = days_from_civil(i64::from(year), month, day);
    // The thirtieth of February is another day than it says.
    (civil_from_days(days) == (i64::from(year), month, day)).then_some(days)
}

/// The order of intervals: by day where both have one, then by name.
pub fn order(a: &str, b: &str) -> Ordering {
    match (day(a), day(b)) {
        (Some(x), Some(y)) => x.cmp(&y).then_with(|| a.cmp(b)),
        _ => a.cmp(b),
    }
}

/// What the interval is called that a file of this name is: the date in the name, or the name without what cannot be in the
/// name of a file everywhere. A saved profile is called as its interval is.
pub fn of_file(name: &str) -> String {
    if let Some(day) = day(name) {
        return Period::Day.label(day);
    }
    let plain = |it: char| if it.is_ascii_alphanumeric() || "-_+".contains(it) { it } else { '_' };
    name.split('.').next().unwrap_or(name).chars().take(60).map(plain).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_of_a_name_is_its_first_date() {
        for (name, expected) in [
            ("2013-01-01", Some(15_706)),
            ("churn_20130101.csv", Some(15_706)),
            ("export.2013_01_01_v2.parquet", Some(15_706)),
            ("2013-01-01T07", Some(15_706)),
            ("s3-2013.01.01.csv", Some(15_706)),
            ("id-120130101.csv", None),
            ("201301011.csv", None),
            ("2013-02-30", None),
            ("2013-01", None),
            ("2013-W01", None),
            ("today.csv", None),
            ("99990101", None),
            ("", None),
        ] {
            assert_eq!(day(name), expected, "{name}");
        }
    }

    #[test]
    fn files_are_called_by_their_day_or_their_name() {
        for (name, expected) in [
            ("churn_20130101.csv", "2013-01-01"),
            ("2013-01-01.profile.json", "2013-01-01"),
            ("week 3.parquet", "week_3"),
            ("naïve.csv", "na_ve"),
            (".csv", ""),
        ] {
            assert_eq!(of_file(name), expected, "{name}");
        }
    }

    #[test]
    fn days_come_before_names() {
        assert_eq!(order("x_20240102", "a_20240103"), Ordering::Less);
        assert_eq!(order("2013-01", "2013-02"), Ordering::Less);
        assert_eq!(order("b", "a"), Ordering::Greater);
    }
}
