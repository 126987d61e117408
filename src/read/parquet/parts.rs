//! The parts that a file is read in: a row group, or 65,536 rows of a larger one, so that workers can share it. A writer's
//! usual row group is a million rows.

use std::ops::Range;

use crate::error::Result;
use crate::read::columnar::damaged;

/// Rows of a part, at most.
pub(super) const PART_ROWS: u64 = 65_536;

/// The parts of a file. A row group without rows has none.
pub(super) struct Parts {
    /// The rows of each row group.
    rows: Vec<u64>,
    /// The parts before each row group, and all.
    before: Vec<u64>,
}

impl Parts {
    /// The parts of row groups of so many rows.
    pub(super) fn new(rows: Vec<u64>) -> Parts {
        let mut before = vec![0];
        before.extend(rows.iter().scan(0, |parts, rows| {
            *parts += rows.div_ceil(PART_ROWS);
            Some(*parts)
        }));
        Parts { rows, before }
    }

    /// How many there are.
    pub(super) fn len(&self) -> u64 {
        self.before.last().copied().unwrap_or(0)
    }

    /// The row group of the first of these parts, and which of its rows they are.
    ///
    /// # Errors
    /// `Damaged` where there is no such part.
    pub(super) fn of_group(&self, parts: Range<u64>) -> Result<(usize, Range<u64>)> {
        if parts.is_empty() || parts.start >= self.len() {
            return Err(damaged(format!("there is no part {}", parts.start)));
        }
        let group = self.before.partition_point(|&before| before <= parts.start) - 1;
        let within = |part: u64| ((part - self.before[group]) * PART_ROWS).min(self.rows[group]);
        Ok((group, within(parts.start)..within(parts.end)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_lie_in_their_row_groups() {
        let parts = Parts::new(vec![10, 0, 200_000, PART_ROWS, 0]);
        assert_eq!(parts.len(), 1 + 4 + 1);
        for (of, group, rows) in [
            (0..1, 0, 0..10),
            (0..6, 0, 0..10),
            (1..2, 2, 0..65_536),
            (2..4, 2, 65_536..196_608),
            (2..6, 2, 65_536..200_000),
            (4..5, 2, 196_608..200_000),
            (5..6, 3, 0..65_536),
        ] {
            assert_eq!(parts.of_group(of.clone()).unwrap(), (group, rows), "{of:?}");
        }
        for none in [6..7, 6..6, 2..2] {
            assert!(parts.of_group(none).is_err());
        }
        assert_eq!(Parts::new(Vec::new()).len(), 0);
    }
}
