//! The rows of a Parquet file told apart into two Parquet files of the same schema, metadata and codecs. Columns go by one after
//! the other, as values with their levels: what a reader makes of them does not matter, so nothing of them changes. The row
//! groups are those of the file; small ones are joined.

mod column;
mod properties;

use std::io::Write;
use std::sync::{Arc, OnceLock};

use ::arrow::buffer::BooleanBuffer;
use ::parquet::errors::Result as ParquetResult;
use ::parquet::file::metadata::ParquetMetaDataReader;
use ::parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter, SerializedRowGroupWriter};

use self::column::Column;
use super::ParquetFile;
use super::chunks::Chunks;
use super::rows::of_group;
use crate::error::{Error, Kind, Result};
use crate::read::columnar::{damaged, unwritten};
use crate::source::Source;

/// Fewer rows of a row group are joined with those of the next.
const JOINED_ROWS: u64 = 65_536;
/// The same in bytes.
const JOINED_BYTES: u64 = 16 << 20;

/// Where a file is written.
type Sink<'a> = &'a mut (dyn Write + Send);

/// One of the two files.
struct Side<'a> {
    file: SerializedFileWriter<Sink<'a>>,
    /// Rows that wait for more, and about how many bytes they are.
    held: (u64, u64),
}

impl<'a> Side<'a> {
    /// Takes so many more rows of so many bytes each; whether they are to be written now.
    fn takes(&mut self, rows: u64, bytes: u64) -> bool {
        let (before, size) = self.held;
        self.held = (before + rows, size.saturating_add(rows.saturating_mul(bytes)));
        let writes = rows > 0 && (self.held.0 >= JOINED_ROWS || self.held.1 >= JOINED_BYTES);
        if writes {
            self.held = (0, 0);
        }
        writes
    }

    fn group(&mut self, writes: bool) -> Result<Option<SerializedRowGroupWriter<'_, Sink<'a>>>> {
        writes.then(|| self.file.next_row_group()).transpose().map_err(unwritten)
    }
}

impl ParquetFile {
    /// Writes every row into the second sink that `is_apart` says of, which is asked row by row in order, and all others into
    /// the first.
    ///
    /// # Errors
    /// `Damaged` for pages that contradict themselves or the footer, `Limit` for pages that grow too much, `Unsupported` where
    /// there are no columns, `Unreadable` where a sink fails, and what the source says.
    pub fn apart(
        &self,
        source: &dyn Source,
        is_apart: &mut dyn FnMut() -> bool,
        sinks: [Sink<'_>; 2],
    ) -> Result<()> {
        let metadata = ParquetMetaDataReader::decode_metadata(&self.footer)
            .map_err(|e| damaged(format!("the footer is malformed: {e}")))?;
        let descr = metadata.file_metadata().schema_descr_ptr();
        if descr.num_columns() == 0 {
            return Err(Error::new(Kind::Unsupported, "rows without columns cannot be set apart"));
        }
        let properties = Arc::new(properties::of(&metadata));
        let side = |sink| -> Result<Side<'_>> {
            let file = SerializedFileWriter::new(sink, descr.root_schema_ptr(), Arc::clone(&properties));
            Ok(Side { file: file.map_err(unwritten)?, held: (0, 0) })
        };
        let [clean, apart] = sinks;
        let mut sides = [side(clean)?, side(apart)?];
        let mut columns: Vec<Box<dyn Column>> = descr.columns().iter().map(column::of).collect();
        for group in 0..self.metadata.num_row_groups() {
            self.group_apart(group, source, is_apart, &mut columns, &mut sides)?;
        }
        for (at, mut side) in sides.into_iter().enumerate() {
            if let Some(mut group) = side.group(side.held.0 > 0)? {
                for column in &mut columns {
                    let mut file = next(Some(&mut group))?;
                    column.flush(at, &mut file)?;
                    file.map_or(Ok(()), SerializedColumnWriter::close).map_err(unwritten)?;
                }
                group.close().map_err(unwritten)?;
            }
            side.file.finish().map_err(unwritten)?;
        }
        Ok(())
    }

    fn group_apart(
        &self,
        group: usize,
        source: &dyn Source,
        is_apart: &mut dyn FnMut() -> bool,
        columns: &mut [Box<dyn Column>],
        sides: &mut [Side<'_>; 2],
    ) -> Result<()> {
        let metadata = self.metadata.row_group(group);
        let rows = metadata.num_rows() as u64;
        let apart = BooleanBuffer::collect_bool(rows as usize, |_| is_apart());
        let n_apart = apart.count_set_bits() as u64;
        let bytes = metadata.total_byte_size().max(0) as u64 / rows.max(1);
        let [clean, bad] = sides;
        let writes = [clean.takes(rows - n_apart, bytes), bad.takes(n_apart, bytes)];
        if rows == 0 {
            return Ok(());
        }
        let mut groups = [clean.group(writes[0])?, bad.group(writes[1])?];
        for (at, column) in columns.iter_mut().enumerate() {
            let error = Arc::new(OnceLock::new());
            let pages = Chunks::new(self, group, 0..rows, source, Arc::clone(&error)).pages(at)?;
            let [clean, bad] = &mut groups;
            let mut files = [next(clean.as_mut())?, next(bad.as_mut())?];
            column.split(pages, &apart, &mut files).map_err(|e| match error.get() {
                Some(_) => of_group(group, &error, ""),
                None => e,
            })?;
            files.into_iter().flatten().try_for_each(SerializedColumnWriter::close).map_err(unwritten)?;
        }
        let closed: ParquetResult<Vec<_>> = groups.into_iter().flatten().map(|it| it.close()).collect();
        closed.map(drop).map_err(unwritten)
    }
}

/// The next column of a row group that is written.
fn next<'b>(
    group: Option<&'b mut SerializedRowGroupWriter<'_, Sink<'_>>>,
) -> Result<Option<SerializedColumnWriter<'b>>> {
    let column = group.map(SerializedRowGroupWriter::next_column).transpose().map_err(unwritten)?;
    Ok(column.flatten())
}
