//! The rows of a row group, or of parts of it, decoded and sent.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use ::parquet::arrow::arrow_reader::{ParquetRecordBatchReader, RowSelection, RowSelector};
use ::parquet::arrow::{ProjectionMask, parquet_to_arrow_field_levels, parquet_to_arrow_schema};
use ::parquet::errors::ParquetError;

use super::chunks::Chunks;
use super::pages::FirstError;
use super::parts::PART_ROWS;
use super::{ParquetFile, schema};
use crate::block::Sink;
use crate::cell::plan::ColumnPlan;
use crate::error::{Error, Kind, Result};
use crate::read::columnar::{BLOCK_ROWS, Emitter, damaged, position};
use crate::source::Source;

/// The bytes that a batch of rows should decode to, at most, on average.
const BATCH_BYTES: u64 = 64 << 20;

/// Rows of one row group on their way to a sink. It holds the compressed pages of these rows and their dictionaries.
pub struct Rows {
    group: usize,
    /// The rows of the whole group, as its metadata says.
    expected: u64,
    /// Those to send, within the group.
    rows: Range<u64>,
    /// The first that is not sent.
    next: u64,
    /// Where the part ends that was sent last.
    part_end: u64,
    reading: Option<Reading>,
}

struct Reading {
    reader: ParquetRecordBatchReader,
    emitter: Emitter,
    error: FirstError,
}

impl ParquetFile {
    /// The rows of these parts as far as they lie in the row group of the first, with as many of the first columns as
    /// the plan has. `first_row` is the index of the first of them within the run.
    ///
    /// # Errors
    /// `Damaged` for a malformed schema, `Limit` where memory lacks, and what the source says.
    pub fn rows(
        &self,
        source: &dyn Source,
        parts: Range<u64>,
        plan: &[ColumnPlan],
        first_row: u64,
    ) -> Result<Rows> {
        let wanted = plan.len().min(self.columns.len());
        let (group, rows) = self.parts.of_group(parts)?;
        let metadata = self.metadata.row_group(group);
        let expected = metadata.num_rows() as u64;
        if wanted == 0 || rows.is_empty() {
            let start = rows.start;
            return Ok(Rows { group, expected, rows, next: start, part_end: start, reading: None });
        }
        let descr = self.metadata.file_metadata().schema_descr();
        let mask = ProjectionMask::leaves(descr, 0..self.spans[wanted - 1].end);
        let malformed = |e: ParquetError| damaged(format!("row group {group}: {e}"));
        let all = parquet_to_arrow_schema(descr, None).map_err(malformed)?;
        let hint = schema::wanted(descr, &all.fields, metadata);
        let levels = parquet_to_arrow_field_levels(descr, mask, Some(&hint)).map_err(malformed)?;

        let error = Arc::new(OnceLock::new());
        // One row more than there should be tells whether there are more.
        let end = rows.end + u64::from(rows.end == expected);
        let chunks = Chunks::new(self, group, rows.start..end, source, Arc::clone(&error));
        let row_bytes = metadata.total_byte_size().max(0) as u64 / expected.max(1);
        let batch = (BATCH_BYTES / row_bytes.max(1)).clamp(1, BLOCK_ROWS as u64) as usize;
        let selection = (rows != (0..expected)).then(|| {
            let select = RowSelector::select((end - rows.start) as usize);
            RowSelection::from(vec![RowSelector::skip(rows.start as usize), select])
        });
        let reader = ParquetRecordBatchReader::try_new_with_row_groups(&levels, &chunks, batch, selection)
            .map_err(|e| of_group(group, &error, &e.to_string()))?;
        let emitter = Emitter::new(&self.columns[..wanted], first_row, position(group, rows.start));
        let (next, part_end) = (rows.start, rows.start);
        let reading = Some(Reading { reader, emitter, error });
        Ok(Rows { group, expected, rows, next, part_end, reading })
    }
}

impl Rows {
    /// Sends the rows up to the end of the next part, or a few more; returns how many. Arrays have the types of
    /// [`ParquetFile::columns`], whatever the plan says.
    ///
    /// # Errors
    /// `Damaged` for pages that contradict themselves or the footer, `Limit` for pages that grow too much. Rows before
    /// the damage have been sent.
    pub fn send_part(&mut self, sink: &mut dyn Sink) -> Result<u64> {
        let first = self.next;
        self.part_end = (self.part_end + PART_ROWS).min(self.rows.end);
        let Some(Reading { reader, emitter, error }) = &mut self.reading else {
            self.next = self.part_end;
            return Ok(self.next - first);
        };
        let wrong = |found: String| {
            damaged(format!("row group {}: expected {} rows, found {found}", self.group, self.expected))
        };
        // Behind the last row it is asked for one that must not be there.
        while self.next < self.part_end || self.part_end == self.expected {
            let before = emitter.row();
            match reader.next() {
                Some(batch) => {
                    emitter.batch(&batch.map_err(|e| of_group(self.group, error, &e.to_string()))?, sink)?;
                }
                None if self.next < self.part_end => return Err(wrong(self.next.to_string())),
                None => break,
            }
            self.next += emitter.row() - before;
            if self.next > self.rows.end {
                return Err(wrong("more".into()));
            }
        }
        Ok(self.next - first)
    }

    /// Whether all are sent.
    pub fn is_done(&self) -> bool {
        self.part_end == self.rows.end
    }
}

/// The first error of the pages, because the library keeps only the texts of errors.
pub(super) fn of_group(group: usize, first: &FirstError, message: &str) -> Error {
    let kept = first.get().map(|e| (e.kind(), e.message()));
    let (kind, message) = kept.unwrap_or((Kind::Damaged, message));
    Error::new(kind, format!("row group {group}: {message}"))
}
