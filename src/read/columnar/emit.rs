//! Record batches in, blocks to the sink out, at most [`super::BLOCK_ROWS`] rows each.

use ::arrow::array::{Array as _, ArrayRef, AsArray, RecordBatch};
use ::arrow::buffer::NullBuffer;

use super::convert::{Column, convert};
use super::dictionary::Dictionary;
use super::{BLOCK_ROWS, Leaf, damaged};
use crate::block::{Array, ArrayBlock, RunPlace, Sink};
use crate::error::{Kind, Result};
use crate::issue::Code;

/// Sends the rows of record batches, with the columns of these leaves in order.
pub(in crate::read) struct Emitter {
    leaves: Vec<Leaf>,
    dictionaries: Vec<Dictionary>,
    row: u64,
    position: u64,
}

/// The position of a row of a group (a row group, a batch): the same however the file is cut.
pub(in crate::read) fn position(group: usize, row: u64) -> u64 {
    (group as u64) << 40 | row
}

impl Emitter {
    /// Begins at this row of the run, which has this position in the file.
    pub(in crate::read) fn new(leaves: &[Leaf], first_row: u64, position: u64) -> Self {
        let dictionaries = leaves.iter().map(|_| Dictionary::default()).collect();
        Emitter { leaves: leaves.to_vec(), dictionaries, row: first_row, position }
    }

    /// Goes on at this position of the file.
    pub(in crate::read) fn go_on_at(&mut self, position: u64) {
        self.position = position;
    }

    /// Index of the next row within the run.
    pub(in crate::read) fn row(&self) -> u64 {
        self.row
    }

    /// Sends all rows of a batch whose schema is that of the leaves.
    ///
    /// # Errors
    /// `Damaged` where a struct lacks a field, `Limit` where one row has over 2 GiB of text in a column.
    pub(in crate::read) fn batch(&mut self, batch: &RecordBatch, sink: &mut dyn Sink) -> Result<()> {
        let mut start = 0;
        while start < batch.num_rows() {
            let n_rows = BLOCK_ROWS.min(batch.num_rows() - start);
            self.block(batch, start, n_rows, sink)?;
            start += n_rows;
        }
        Ok(())
    }

    fn block(&mut self, batch: &RecordBatch, start: usize, n_rows: usize, sink: &mut dyn Sink) -> Result<()> {
        let columns: Result<Vec<Column>> = self
            .leaves
            .iter()
            .zip(&mut self.dictionaries)
            .map(|(leaf, known)| {
                let (array, parents) = find(batch, &leaf.path)?;
                let parents = parents.map(|p| p.slice(start, n_rows));
                convert(&array.slice(start, n_rows), leaf.ty, parents, known)
            })
            .collect();
        let columns = match columns {
            // Offsets are 32-bit: fewer rows have shorter text.
            Err(error) if error.kind() == Kind::Limit && n_rows > 1 => {
                let half = n_rows / 2;
                self.block(batch, start, half, sink)?;
                return self.block(batch, start + half, n_rows - half, sink);
            }
            other => other?,
        };
        for (i, column) in columns.iter().enumerate() {
            column.ill_formed(n_rows, &mut |row, text| {
                let place = RunPlace { row: Some(self.row + row as u64), line: None, byte: None, text };
                sink.issue(Code::BadUtf8, Some(i), place);
            });
        }
        let arrays: Vec<Array<'_>> = columns.iter().map(Column::array).collect();
        sink.arrays(&ArrayBlock { n_rows, columns: &arrays, first_row: self.row, position: self.position });
        self.row += n_rows as u64;
        self.position += n_rows as u64;
        Ok(())
    }
}

/// The array of a leaf, and which rows all structs around it have.
fn find(batch: &RecordBatch, path: &[usize]) -> Result<(ArrayRef, Option<NullBuffer>)> {
    let missing = || damaged("a column of the schema is not in the data");
    let (first, below) = path.split_first().ok_or_else(missing)?;
    let mut array = batch.columns().get(*first).ok_or_else(missing)?;
    let mut parents = None;
    for i in below {
        let outer = array.as_struct_opt().ok_or_else(missing)?;
        parents = NullBuffer::union(parents.as_ref(), outer.nulls());
        array = outer.columns().get(*i).ok_or_else(missing)?;
    }
    Ok((array.clone(), parents))
}
