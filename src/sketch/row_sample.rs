//! A sample of whole rows: rows with seeded hashes of their place in, the rows of the smallest hashes out, as many as
//! a budget of bytes holds.
//!
//! Let `limit` be the smallest hash h such that all rows with hashes ≤ h take more than the budget; the sample is the
//! rows with hashes < limit. Both are functions of the set of rows alone. A union's limit is at most either part's,
//! as it has no fewer bytes below any h, so a part has never dropped what the union keeps.

use super::cells::Cells;
use super::pack::{Pack, damaged};
use crate::error::Result;

/// What a row and a cell weigh beside their bytes: about what they take in memory.
const ROW_BYTES: u64 = 48;
const CELL_BYTES: u64 = 16;

/// A row of the sample.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SampledRow {
    /// The seeded hash of its place.
    pub hash: u64,
    /// Its byte offset or row number.
    pub position: u64,
    /// Its cells' bytes, `None` where missing.
    pub cells: Cells,
}

impl SampledRow {
    fn weight(&self) -> u64 {
        ROW_BYTES + CELL_BYTES * self.cells.len() as u64 + self.cells.bytes() as u64
    }
}

/// The rows of the smallest hashes.
#[derive(Debug, Clone)]
pub struct RowSample {
    budget: u64,
    /// Every row with a hash below it is kept; `None`: every row.
    limit: Option<u64>,
    /// May weigh up to half more than the budget, in any order, until the next settling.
    rows: Vec<SampledRow>,
    weight: u64,
    settled: bool,
}

impl RowSample {
    /// An empty sample of this many bytes.
    pub fn new(budget: u64) -> RowSample {
        RowSample { budget, limit: None, rows: Vec::new(), weight: 0, settled: true }
    }

    /// Whether a row with this hash may be kept; ask before its cells are copied.
    #[inline]
    pub fn wants(&self, hash: u64) -> bool {
        self.limit.is_none_or(|limit| hash < limit)
    }

    /// Offers a row. Positions are unique. A row that weighs more than a sixteenth of the budget is never kept: it would
    /// crowd out the others.
    pub fn insert(&mut self, hash: u64, position: u64, cells: Cells) {
        let row = SampledRow { hash, position, cells };
        let weight = row.weight();
        if weight <= self.budget / 16 && self.wants(hash) {
            self.push(row, weight);
        }
    }

    fn push(&mut self, row: SampledRow, weight: u64) {
        self.rows.push(row);
        self.weight += weight;
        self.settled = false;
        if self.weight > self.budget + self.budget / 2 {
            self.settle();
        }
    }

    /// Adds the other's rows. The smaller budget holds.
    pub fn merge(&mut self, other: &RowSample) {
        self.limit = self.limit.into_iter().chain(other.limit).min();
        self.settled = false;
        if other.budget < self.budget {
            self.budget = other.budget;
            self.rows.retain(|row| row.weight() <= other.budget / 16);
            self.weight = self.rows.iter().map(SampledRow::weight).sum();
        }
        for row in &other.rows {
            let weight = row.weight();
            if weight <= self.budget / 16 && self.wants(row.hash) {
                self.push(row.clone(), weight);
            }
        }
        self.settle();
    }

    /// The rows, by rising hash, then position.
    pub fn rows(&mut self) -> &[SampledRow] {
        self.settle();
        &self.rows
    }

    /// The smallest hash whose row was dropped; `None` where the sample is every row (but the heavy ones).
    pub fn limit(&mut self) -> Option<u64> {
        self.settle();
        self.limit
    }

    /// Sorts the rows and drops what the budget does not hold: to be called when all were offered.
    pub(super) fn settle(&mut self) {
        if std::mem::replace(&mut self.settled, true) {
            return;
        }
        crate::order::sort(&mut self.rows);
        self.weight = 0;
        for row in &self.rows {
            self.weight += row.weight();
            if self.weight > self.budget {
                self.limit = Some(self.limit.map_or(row.hash, |limit| limit.min(row.hash)));
                break;
            }
        }
        if let Some(limit) = self.limit {
            let kept = self.rows.partition_point(|row| row.hash < limit);
            self.rows.truncate(kept);
            self.weight = self.rows.iter().map(SampledRow::weight).sum();
        }
    }
}

/// The budget, the limit, then the rows in order.
impl Pack for RowSample {
    fn pack(&self, out: &mut Vec<u8>) {
        if !self.settled {
            let mut settled = self.clone();
            settled.settle();
            return settled.pack(out);
        }
        (self.budget, self.limit, self.rows.len() as u64).pack(out);
        for row in &self.rows {
            (row.hash, row.position).pack(out);
            row.cells.pack(out);
        }
    }

    fn unpack(input: &mut &[u8]) -> Result<RowSample> {
        let (budget, limit) = <(u64, Option<u64>)>::unpack(input)?;
        let mut sample = RowSample { limit, ..RowSample::new(budget) };
        for _ in 0..super::pack::take_count(input)? {
            let (hash, position, cells) = <(u64, u64, Cells)>::unpack(input)?;
            let row = SampledRow { hash, position, cells };
            let weight = row.weight();
            let fits = sample.wants(hash) && weight <= budget / 16 && sample.weight + weight <= budget;
            if !fits || sample.rows.last().is_some_and(|last| *last > row) {
                return Err(damaged("an impossible row"));
            }
            sample.weight += weight;
            sample.rows.push(row);
        }
        Ok(sample)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    type Row = (u64, u64, Cells);

    fn of(rows: &[Row], budget: u64) -> RowSample {
        let mut sample = RowSample::new(budget);
        for (hash, position, cells) in rows {
            if sample.wants(*hash) {
                sample.insert(*hash, *position, cells.clone());
            }
        }
        sample
    }

    fn row() -> impl Strategy<Value = Row> {
        let text = proptest::collection::vec(any::<u8>(), 0..60);
        let cells = proptest::collection::vec(proptest::option::of(text), 0..3)
            .prop_map(|cells| cells.iter().map(Option::as_deref).collect());
        (prop_oneof![any::<u64>(), 0u64..30], any::<u64>(), cells)
    }

    laws!(laws_within_the_budget, make: |rows: &[Row]| of(rows, 1 << 30), inputs: row());
    laws!(laws_beyond_the_budget, make: |rows: &[Row]| of(rows, 3000), inputs: row());

    proptest! {
        #[test]
        fn the_sample_is_the_longest_prefix_that_fits(rows in proptest::collection::vec(row(), 0..200)) {
            let mut sample = of(&rows, 3000);
            let mut sorted: Vec<SampledRow> = rows
                .into_iter()
                .map(|(hash, position, cells)| SampledRow { hash, position, cells })
                .filter(|row| row.weight() <= 3000 / 16)
                .collect();
            sorted.sort();
            let mut weight = 0;
            let fitting = sorted.iter().take_while(|row| { weight += row.weight(); weight <= 3000 }).count();
            let limit = sorted.get(fitting).map(|row| row.hash);
            sorted.retain(|row| limit.is_none_or(|limit| row.hash < limit));
            prop_assert_eq!(sample.limit(), limit);
            prop_assert_eq!(sample.rows(), &sorted[..]);
        }
    }

    #[test]
    fn budgets_meet_at_the_smaller() {
        let rows: Vec<Row> = (0..100u64)
            .map(|i| (i.wrapping_mul(0x9e37_79b9_7f4a_7c15), i, Cells::from_iter([None])))
            .collect();
        let mut merged = of(&rows[..50], 1 << 20);
        merged.merge(&of(&rows[50..], 2000));
        assert_eq!(merged.rows(), of(&rows, 2000).rows());
        assert_eq!(merged.rows().len(), 2000 / 64);
    }

    #[test]
    fn a_heavy_row_is_not_kept() {
        let heavy = Cells::from_iter([Some(&[b'x'; 2000][..])]);
        let mut sample = of(&[(0, 1, heavy), (1, 2, Cells::default())], 3000);
        assert_eq!((sample.rows().len(), sample.limit()), (1, None));
    }
}
