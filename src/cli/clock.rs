//! What time it is.

use std::time::{SystemTime, UNIX_EPOCH};

use crate::cell::temporal::civil_from_days;

/// The machine's time as ISO 8601 in UTC, in whole seconds.
pub(super) fn now() -> String {
    // A clock before 1970 is one that was never set.
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |it| it.as_secs());
    let (year, month, day) = civil_from_days((seconds / 86_400) as i64);
    let second = seconds % 86_400;
    let (hour, minute, second) = (second / 3_600, second / 60 % 60, second % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}
