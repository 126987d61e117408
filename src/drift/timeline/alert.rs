//! From single intervals to an alert: two of the last three tripped raise it, three quiet ones end it.

/// How many of the last intervals must have tripped, and of how many.
pub(super) const RAISED: (usize, usize) = (2, 3);

/// Whether an alert stands after an interval, from whether it stood before and which of the intervals tripped, the newest
/// last: so many of so many raise it, and as many quiet ones end it. Intervals in which the column was not measured do not
/// count at all.
pub fn stands((least, of): (usize, usize), stood: bool, tripped: &[bool]) -> bool {
    let recent = &tripped[tripped.len().saturating_sub(of)..];
    let count = recent.iter().filter(|it| **it).count();
    count >= least || stood && count > 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_alert_needs_two_of_three_and_ends_after_three_quiet_ones() {
        // a trip an interval, and whether an alert stands after it
        let table = [
            (&[0, 0, 1, 0, 0, 1, 0, 0][..], &[0, 0, 0, 0, 0, 0, 0, 0][..]),
            (&[1, 0, 1, 0, 0, 0, 1], &[0, 0, 1, 1, 1, 0, 0]),
            (&[1, 1, 0, 0, 1, 0, 0, 0], &[0, 1, 1, 1, 1, 1, 1, 0]),
        ];
        for (trips, expected) in table {
            let trips: Vec<bool> = trips.iter().map(|it| *it == 1).collect();
            let mut stood = false;
            for (i, expected) in expected.iter().enumerate() {
                stood = stands(RAISED, stood, &trips[..=i]);
                assert_eq!(stood, *expected == 1, "{trips:?} at {i}");
            }
        }
    }
}
