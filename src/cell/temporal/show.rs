//! Dates, timestamps, times and durations as ISO 8601 text.

use super::super::types::{TimeUnit, Type};
use super::civil_from_days;

/// ISO 8601 text of a temporal value of this type.
pub fn show(value: i64, ty: Type) -> String {
    match ty {
        Type::Timestamp { unit, zoned } => {
            let per_day = 86_400 * unit.per_second();
            let mut text = show_day(value.div_euclid(per_day));
            text.push('T');
            text.push_str(&show_clock(value.rem_euclid(per_day), unit));
            if zoned {
                text.push('Z');
            }
            text
        }
        Type::Time => show_clock(value, TimeUnit::Micro),
        Type::Duration => {
            let sign = if value < 0 { "-" } else { "" };
            let micros = value.unsigned_abs();
            let seconds = format!("{}.{:06}", micros / 1_000_000, micros % 1_000_000);
            format!("{sign}PT{}S", seconds.trim_end_matches('0').trim_end_matches('.'))
        }
        _ => show_day(value),
    }
}

fn show_day(days: i64) -> String {
    let (year, month, day) = civil_from_days(days.clamp(-400_000_000_000, 400_000_000_000));
    if (0..=9999).contains(&year) {
        format!("{year:04}-{month:02}-{day:02}")
    } else {
        format!("{year:+05}-{month:02}-{day:02}")
    }
}

fn show_clock(value: i64, unit: TimeUnit) -> String {
    let seconds = value.div_euclid(unit.per_second());
    let rest = value.rem_euclid(unit.per_second());
    let clock = format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    if rest == 0 {
        return clock;
    }
    let fraction = match unit {
        TimeUnit::Micro => format!("{rest:06}"),
        TimeUnit::Nano => format!("{rest:09}"),
    };
    format!("{clock}.{}", fraction.trim_end_matches('0'))
}
