//! Moments in, the calendar period they lie in out: hours, days, weeks, months, quarters and years, without a zone.

use super::temporal::{civil_from_days, days_from_civil};
use super::types::Type;

/// A calendar period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    /// From a full hour to the next.
    Hour,
    /// A day.
    Day,
    /// From a Monday to the next; called as ISO 8601 does.
    Week,
    /// A month.
    Month,
    /// Three months.
    Quarter,
    /// A year.
    Year,
}

const HOUR: i64 = 3_600;
const DAY: i64 = 86_400;

impl Period {
    /// All of them with their words, shortest first.
    pub const ALL: [(Period, &'static str); 6] = [
        (Period::Hour, "hour"),
        (Period::Day, "day"),
        (Period::Week, "week"),
        (Period::Month, "month"),
        (Period::Quarter, "quarter"),
        (Period::Year, "year"),
    ];

    /// Its word.
    pub fn id(self) -> &'static str {
        Period::ALL.iter().find(|it| it.0 == self).map_or("", |it| it.1)
    }

    /// The period that a word stands for.
    pub fn of(word: &str) -> Option<Period> {
        Period::ALL.iter().find(|it| it.1 == word).map(|it| it.0)
    }

    /// The number of the period that this second since 1970 lies in; periods are numbered in order, without gaps.
    pub fn number(self, seconds: i64) -> i64 {
        let days = seconds.div_euclid(DAY);
        match self {
            Period::Hour => seconds.div_euclid(HOUR),
            Period::Day => days,
            // The first of January 1970 was a Thursday.
            Period::Week => (days + 3).div_euclid(7),
            Period::Month | Period::Quarter | Period::Year => {
                let (year, month, _) = civil_from_days(days);
                let months = year * 12 + i64::from(month) - 1;
                match self {
                    Period::Month => months,
                    Period::Quarter => months.div_euclid(3),
                    _ => year,
                }
            }
        }
    }

    /// The day since 1970 on which the period of this number begins.
    pub fn first_day(self, number: i64) -> i64 {
        let month = |months: i64| {
            let (year, month) = (months.div_euclid(12), months.rem_euclid(12));
            days_from_civil(year, month as u32 + 1, 1)
        };
        match self {
            Period::Hour => number.div_euclid(24),
            Period::Day => number,
            Period::Week => number * 7 - 3,
            Period::Month => month(number),
            Period::Quarter => month(number * 3),
            Period::Year => month(number * 12),
        }
    }

    /// What the period of this number is called: `2013-01-05T07`, `2013-01-05`, `2013-W01`, `2013-01`, `2013-Q1`, `2013`.
    pub fn label(self, number: i64) -> String {
        let first = self.first_day(number);
        let (year, month, day) = civil_from_days(first);
        match self {
            Period::Hour => format!("{year:04}-{month:02}-{day:02}T{:02}", number.rem_euclid(24)),
            Period::Day => format!("{year:04}-{month:02}-{day:02}"),
            Period::Week => {
                // A week belongs to the year of its Thursday.
                let (year, ..) = civil_from_days(first + 3);
                let week = (first + 3 - days_from_civil(year, 1, 1)) / 7 + 1;
                format!("{year:04}-W{week:02}")
            }
            Period::Month => format!("{year:04}-{month:02}"),
            Period::Quarter => format!("{year:04}-Q{}", (month - 1) / 3 + 1),
            Period::Year => format!("{year:04}"),
        }
    }
}

/// Seconds since 1970 of a value of a temporal column that has a date; `None` for other types.
pub fn seconds(ty: Type, value: i64) -> Option<i64> {
    match ty {
        Type::Date => value.checked_mul(DAY),
        Type::Timestamp { unit, .. } => Some(value.div_euclid(unit.per_second())),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_called_as_iso_8601_calls_them() {
        // Python 3.11: datetime.isocalendar(), strftime.
        for (day, week, month, quarter) in [
            ((2013, 1, 1), "2013-W01", "2013-01", "2013-Q1"),
            ((2012, 12, 31), "2013-W01", "2012-12", "2012-Q4"),
            ((2010, 1, 3), "2009-W53", "2010-01", "2010-Q1"),
            ((1969, 12, 31), "1970-W01", "1969-12", "1969-Q4"),
            ((2024, 2, 29), "2024-W09", "2024-02", "2024-Q1"),
            ((1900, 7, 1), "1900-W26", "1900-07", "1900-Q3"),
        ] {
            let (year, m, d) = day;
            let seconds = days_from_civil(year, m, d) * DAY + 5 * HOUR + 59;
            let label = |period: Period| period.label(period.number(seconds));
            assert_eq!(label(Period::Week), week, "{day:?}");
            assert_eq!(label(Period::Month), month);
            assert_eq!(label(Period::Quarter), quarter);
            assert_eq!(label(Period::Year), format!("{year}"));
            assert_eq!(label(Period::Day), format!("{year}-{m:02}-{d:02}"));
            assert_eq!(label(Period::Hour), format!("{year}-{m:02}-{d:02}T05"));
        }
    }

    #[test]
    fn a_period_holds_the_moments_between_its_beginning_and_the_next() {
        for (period, _) in Period::ALL {
            for number in [-1_000, -1, 0, 1, 517, 2_013] {
                let (first, next) = (period.first_day(number) * DAY, period.first_day(number + 1) * DAY);
                if period == Period::Hour {
                    continue;
                }
                assert!(first < next);
                for (seconds, expected) in [(first - 1, number - 1), (first, number), (next - 1, number)] {
                    assert_eq!(period.number(seconds), expected, "{period:?} {number}");
                }
            }
        }
    }
}
