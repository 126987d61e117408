//! Times as integers since 1970: the name of a column and its values in, whether they are such, and how one reads, out.

use crate::cell::{TimeUnit, Type, temporal};
use crate::profile::{Column, Ordered};

/// Seconds since 1970 of the years 2000 to 2099: of other integers few lie there.
const FROM: f64 = 946_684_800.0;
const TO: f64 = 4_102_444_800.0;

/// Whether the name says a time, and every value is one of this century in a single unit.
pub(super) fn is(column: &Column, side: &Ordered) -> bool {
    matches!(column.ty, Type::Integer) && is_named_so(&column.name) && per_second(side).is_some()
}

/// How many of the unit make a second: seconds, milliseconds, microseconds, nanoseconds.
fn per_second(side: &Ordered) -> Option<i64> {
    let (first, last) = (side.entries.first()?, side.entries.last()?);
    let low = side.domain.number(side.domain.bucket(first.0, side.shift).0);
    let high = side.domain.number(side.domain.bucket(last.0, side.shift).1);
    let fits = |scale: &i64| low >= FROM * *scale as f64 && high < TO * *scale as f64;
    [1, 1_000, 1_000_000, 1_000_000_000].into_iter().find(fits)
}

/// The moment of a value, as a column of timestamps shows it.
pub(super) fn shown(value: f64, side: &Ordered) -> Option<String> {
    let micros = value / per_second(side)? as f64 * 1e6;
    Some(temporal::show(micros as i64, Type::Timestamp { unit: TimeUnit::Micro, zoned: false }))
}

/// `event_time`, `createdAt`, `ts`.
fn is_named_so(name: &str) -> bool {
    let camel = ["At", "Time", "Timestamp", "Ts", "Date", "Epoch"].iter().any(|it| name.ends_with(it));
    camel
        || name.to_lowercase().split(|c: char| !c.is_alphanumeric()).any(|word| {
            matches!(word, "time" | "timestamp" | "ts" | "epoch" | "unix" | "date" | "datetime" | "at")
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_times_are_told_from_others() {
        for name in ["event_time", "createdAt", "ts", "TIMESTAMP", "unix", "updated at", "eventTs"] {
            assert!(is_named_so(name), "{name}");
        }
        for name in ["amount", "attempts", "sometimes", "bytes", "format", "plate"] {
            assert!(!is_named_so(name), "{name}");
        }
    }
}
