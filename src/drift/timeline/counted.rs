//! The intervals before → whether a column of whole numbers goes on counting from one interval to the next.

use super::past::{Mark, Past, Point};

/// Steps that must have led upwards before the next one is no surprise. Ranges that vary by chance meet.
const STEPS: usize = 3;

/// How often the values of a column have begun where those of the interval before ended, or beyond; `None` where they have not
/// always, this time included, or where that is too few times to tell. Incidents say nothing.
pub(super) fn steps(before: &[Past], column: &str, now: &Point) -> Option<u64> {
    let usual = before.iter().filter(|past| past.mark != Some(Mark::Incident));
    let mut ranges: Vec<(f64, f64)> =
        usual.filter_map(|past| past.columns.get(column)).filter_map(|point| point.whole).collect();
    let known = ranges.len().saturating_sub(1);
    ranges.push(now.whole?);
    let goes_on = |pair: &[(f64, f64)]| pair[0].1 <= pair[1].0 && pair[0].0 < pair[1].1;
    (known >= STEPS && ranges.windows(2).all(goes_on)).then_some(known as u64)
}
