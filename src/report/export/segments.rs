//! What the documents that people read have in common where they tell of segments.

use crate::report::wire::{Drifted, Segment};
use crate::words::grouped;

/// `93 % of its drift`.
pub(super) fn carries(column: &Drifted, segment: &Segment) -> String {
    format!("{:.0} % of {}", segment.carries * 100.0, column.what())
}

/// `their values are others than before: 120 rows before, 130 now`.
pub(super) fn happened(segment: &Segment) -> String {
    let before = segment.reference.map_or(String::new(), |it| format!("{} rows before, ", grouped(it)));
    format!("{}: {before}{} now", segment.happened(), grouped(segment.current))
}

/// `none of 240 segments carries its drift; it is spread over the rows`.
pub(super) fn spread(column: &Drifted) -> String {
    let searched = grouped(column.searched);
    format!("none of {searched} segments carries {}; it is spread over the rows", column.what())
}
