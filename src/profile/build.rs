//! The merged state of a table → its profile.

use super::column::Facts;
use super::{Estimate, Profile, RowCounts, Source, Table, issues};
use crate::cell::plan::ColumnPlan;
use crate::sketch::partial::Partial;
use crate::sketch::places::LocalPlace;

/// What a profile is made of besides the state.
pub struct Parts<'a> {
    /// What was read.
    pub source: Source,
    /// How the columns were read.
    pub plans: &'a [ColumnPlan],
    /// Oddities of the header and the head: code, column + 1, place.
    pub head: &'a [(u8, u64, LocalPlace)],
    /// Line breaks before the first data record.
    pub data_line: u64,
}

/// The profile of a table.
pub fn build(parts: Parts<'_>, partial: &Partial) -> Profile {
    let rows = partial.rows();
    let set_aside = partial.segments.iter().map(|it| it.set_aside).sum();
    let mut hashes = partial.row_hashes.clone();
    let (value, exact, error) = hashes.duplicates(rows);
    let share = hashes.share();
    let row_counts = RowCounts::of(hashes.entries().iter().map(|it| it.1), share);
    let mut sample = partial.sample.clone();
    let sample = sample.rows();
    let columns = parts
        .plans
        .iter()
        .zip(&partial.columns)
        .enumerate()
        .map(|(index, (plan, state))| {
            let segments = &partial.segments;
            Facts { index, plan, state, tally: state.whole_tally(), segments, lines: parts.data_line, sample }
                .column()
        })
        .collect();
    Profile {
        issues: issues::issues(&parts, partial),
        source: parts.source,
        table: Table {
            rows,
            duplicate_rows: Estimate { value, exact, error },
            row_counts,
            rows_in: rows + set_aside,
            rows_set_aside: set_aside,
        },
        columns,
        saved: false,
    }
}
