//! A file and its profile in, what its interval is called out.

use crate::cell::Role;
use crate::cell::period::Period;
use crate::drift::timeline::key;
use crate::profile::Profile;

/// What the interval of a file in a folder is called: the day in its name, else that of the newest time in the columns that say
/// when a row came about. `None` where neither says one.
pub fn interval_of(name: &str, profile: &Profile) -> Option<String> {
    if key::day(name).is_some() { Some(key::of_file(name)) } else { newest(profile) }
}

fn newest(profile: &Profile) -> Option<String> {
    let times = profile.columns.iter().filter(|it| it.role == Role::Timestamp);
    let days = times.filter_map(|it| it.temporal.as_ref().and_then(|it| key::day(&it.max)));
    days.max().map(|day| Period::Day.label(day))
}
