//! The bytes of a column chunk that some of its rows need: its dictionary and their pages.

use std::ops::Range;

use bytes::Bytes;

use super::thrift::{PageHeader, PageKind};

/// A chunk, perhaps with a gap: whole data pages in front of the wanted ones, and those behind them, are left out.
/// Offsets are those of the whole chunk.
pub(super) struct Kept {
    head: Bytes,
    gap: Gap,
    tail: Bytes,
}

/// Data pages that are left out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Gap {
    /// Where they begin.
    pub(super) start: usize,
    /// The byte behind them.
    pub(super) end: usize,
    /// Their rows.
    pub(super) rows: u64,
}

impl Kept {
    /// The whole chunk.
    pub(super) fn all(chunk: Bytes) -> Kept {
        Kept { head: Bytes::new(), gap: Gap::default(), tail: chunk }
    }

    /// What these rows of a column without repetition need. Where a header makes no sense, all from there on is kept, so
    /// that whoever reads it says what is wrong.
    pub(super) fn of_rows(chunk: &[u8], rows: &Range<u64>) -> Kept {
        let mut gap: Option<Gap> = None;
        let (mut at, mut row) = (0, 0);
        let end = loop {
            if row >= rows.end || at >= chunk.len() {
                break at.min(chunk.len());
            }
            let Some(header) = PageHeader::read(&chunk[at..]) else { break chunk.len() };
            let end = at.saturating_add(header.len).saturating_add(header.compressed);
            if end > chunk.len() {
                break chunk.len();
            }
            if matches!(header.kind, PageKind::Data | PageKind::DataV2) {
                row += u64::from(header.values);
                let gap = gap.get_or_insert(Gap { start: at, end: at, rows: 0 });
                if row <= rows.start && gap.end == at {
                    (gap.end, gap.rows) = (end, row);
                }
            }
            at = end;
        };
        let gap = gap.unwrap_or_default();
        Kept {
            head: Bytes::copy_from_slice(&chunk[..gap.start]),
            gap,
            tail: Bytes::copy_from_slice(&chunk[gap.end..end.max(gap.end)]),
        }
    }

    /// The gap, where it begins at this offset.
    pub(super) fn gap_at(&self, at: usize) -> Option<Gap> {
        (self.gap.rows > 0 && at == self.gap.start).then_some(self.gap)
    }

    /// The bytes from this offset on, up to the gap or the end.
    pub(super) fn from(&self, at: usize) -> Bytes {
        if at < self.head.len() {
            self.head.slice(at..)
        } else {
            self.tail.slice(at.saturating_sub(self.gap.end).min(self.tail.len())..)
        }
    }
}
