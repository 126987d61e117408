//! A row group's column chunks for the library, which asks for them by column.

use std::ops::Range;

use ::parquet::arrow::arrow_reader::RowGroups;
use ::parquet::column::page::{PageIterator, PageReader};
use ::parquet::errors::{ParquetError, Result as ParquetResult};
use ::parquet::file::metadata::{ParquetMetaData, RowGroupMetaData};
use bytes::Bytes;

use super::kept::Kept;
use super::pages::{FirstError, Pages};
use super::{ParquetFile, chunk_start};
use crate::error::Result;
use crate::read::columnar::{damaged, zeros};
use crate::source::Source;

/// One row group's chunks, read when the library asks for a column; of each only what these rows need is kept.
pub(super) struct Chunks<'a> {
    file: &'a ParquetFile,
    group: usize,
    rows: Range<u64>,
    source: &'a dyn Source,
    error: FirstError,
}

impl<'a> Chunks<'a> {
    /// The chunks of a group, for these of its rows; the first error is left in `error`.
    pub(super) fn new(
        file: &'a ParquetFile,
        group: usize,
        rows: Range<u64>,
        source: &'a dyn Source,
        error: FirstError,
    ) -> Self {
        Chunks { file, group, rows, source, error }
    }

    /// The pages of one of them.
    ///
    /// # Errors
    /// `Damaged` where there is none, `Limit` where memory lacks, and what the source says.
    pub(super) fn pages(&self, column: usize) -> Result<Pages> {
        let missing = || damaged(format!("there is no column {column}"));
        let group = self.file.metadata.row_groups().get(self.group).ok_or_else(missing)?;
        let chunk = group.columns().get(column).ok_or_else(missing)?;
        let descr = self.file.metadata.file_metadata().schema_descr();
        let descr = descr.columns().get(column).ok_or_else(missing)?.clone();
        // Checked when the file was opened: not negative, and inside of the file.
        let start = chunk_start(chunk) as u64;
        let mut bytes = zeros(chunk.compressed_size() as usize, "a column chunk")?;
        self.source.read_at(start, &mut bytes)?;
        let is_whole = self.rows.start == 0 && self.rows.end >= group.num_rows() as u64;
        let is_whole = is_whole || descr.max_rep_level() > 0;
        let kept = if is_whole { Kept::all(Bytes::from(bytes)) } else { Kept::of_rows(&bytes, &self.rows) };
        Ok(Pages::new(kept, chunk.compression(), descr, self.error.clone()))
    }
}

impl RowGroups for Chunks<'_> {
    fn num_rows(&self) -> usize {
        self.file.metadata.row_group(self.group).num_rows() as usize
    }

    fn column_chunks(&self, column: usize) -> ParquetResult<Box<dyn PageIterator>> {
        let pages = self.pages(column).map_err(|error| {
            let message = error.to_string();
            let _ = self.error.set(error);
            ParquetError::General(message)
        })?;
        Ok(Box::new(Single(Some(Box::new(pages)))))
    }

    fn row_groups(&self) -> Box<dyn Iterator<Item = &RowGroupMetaData> + '_> {
        Box::new(std::iter::once(self.file.metadata.row_group(self.group)))
    }

    fn metadata(&self) -> &ParquetMetaData {
        &self.file.metadata
    }
}

/// The one chunk of a column.
struct Single(Option<Box<dyn PageReader>>);

impl Iterator for Single {
    type Item = ParquetResult<Box<dyn PageReader>>;

    fn next(&mut self) -> Option<Self::Item> {
        self.0.take().map(Ok)
    }
}

impl PageIterator for Single {}
