//! The values of one column with their levels, row group by row group, dealt out to two files by row.

use ::arrow::buffer::BooleanBuffer;
use ::parquet::basic::Type as Physical;
use ::parquet::column::reader::ColumnReaderImpl;
use ::parquet::data_type::{
    BoolType, ByteArray, ByteArrayType, DataType, DoubleType, FixedLenByteArray, FixedLenByteArrayType,
    FloatType, Int32Type, Int64Type, Int96, Int96Type,
};
use ::parquet::file::writer::SerializedColumnWriter;
use ::parquet::schema::types::ColumnDescPtr;

use crate::error::Result;
use crate::read::columnar::{damaged, unwritten};
use crate::read::parquet::pages::Pages;

/// Rows that are read in one go.
const BATCH_ROWS: usize = 8_192;

/// A column of the two files.
pub(super) trait Column {
    /// Deals out the rows of a row group, a bit for each: those of a side without a file are kept until there is one.
    ///
    /// # Errors
    /// `Damaged` where there are not so many rows, what the pages say, and `Unreadable` where a file cannot be written.
    fn split(&mut self, pages: Pages, apart: &BooleanBuffer, files: &mut Files<'_>) -> Result<()>;

    /// Writes what was kept for a side.
    ///
    /// # Errors
    /// `Unreadable` where the file cannot be written.
    fn flush(&mut self, side: usize, file: &mut Option<SerializedColumnWriter<'_>>) -> Result<()>;
}

/// The column in the files that are written.
pub(super) type Files<'a> = [Option<SerializedColumnWriter<'a>>; 2];

/// The column of this description.
pub(super) fn of(descr: &ColumnDescPtr) -> Box<dyn Column> {
    match descr.physical_type() {
        Physical::BOOLEAN => Typed::<BoolType>::boxed(descr),
        Physical::INT32 => Typed::<Int32Type>::boxed(descr),
        Physical::INT64 => Typed::<Int64Type>::boxed(descr),
        Physical::INT96 => Typed::<Int96Type>::boxed(descr),
        Physical::FLOAT => Typed::<FloatType>::boxed(descr),
        Physical::DOUBLE => Typed::<DoubleType>::boxed(descr),
        Physical::BYTE_ARRAY => Typed::<ByteArrayType>::boxed(descr),
        Physical::FIXED_LEN_BYTE_ARRAY => Typed::<FixedLenByteArrayType>::boxed(descr),
    }
}

/// A value that may be a view of a page.
trait Own {
    /// Copies what it is a view of, so that the page can go.
    fn own(&mut self) {}
}

impl Own for bool {}
impl Own for i32 {}
impl Own for i64 {}
impl Own for Int96 {}
impl Own for f32 {}
impl Own for f64 {}

impl Own for ByteArray {
    fn own(&mut self) {
        *self = ByteArray::from(self.data().to_vec());
    }
}

impl Own for FixedLenByteArray {
    fn own(&mut self) {
        *self = FixedLenByteArray::from(self.data().to_vec());
    }
}

/// Values and their levels; of levels that are always 0 there are none.
struct Values<T: DataType> {
    values: Vec<T::T>,
    definition: Vec<i16>,
    repetition: Vec<i16>,
}

impl<T: DataType> Default for Values<T> {
    fn default() -> Self {
        Values { values: Vec::new(), definition: Vec::new(), repetition: Vec::new() }
    }
}

struct Typed<T: DataType> {
    descr: ColumnDescPtr,
    read: Values<T>,
    sides: [Values<T>; 2],
}

impl<T: DataType> Typed<T>
where
    T::T: Own,
{
    fn boxed(descr: &ColumnDescPtr) -> Box<dyn Column> {
        let sides = [Values::default(), Values::default()];
        Box::new(Typed::<T> { descr: descr.clone(), read: Values::default(), sides })
    }

    /// Deals out what was read; `apart` has a bit for each of its rows.
    fn deal(&mut self, apart: &BooleanBuffer) -> Result<()> {
        let (most, read) = (self.descr.max_def_level(), &mut self.read);
        let levels = if most > 0 { read.definition.len() } else { read.values.len() };
        let mut values = read.values.drain(..);
        let (mut next, mut side) = (0, None);
        for level in 0..levels {
            if read.repetition.get(level).is_none_or(|it| *it == 0) {
                side = (next < apart.len()).then(|| usize::from(apart.value(next)));
                next += 1;
            }
            let wrong = || damaged("the levels of a column are not those of its rows");
            let to = side.and_then(|side| self.sides.get_mut(side)).ok_or_else(wrong)?;
            to.repetition.extend(read.repetition.get(level));
            let definition = read.definition.get(level);
            to.definition.extend(definition);
            if definition.is_none_or(|it| *it == most) {
                to.values.push(values.next().ok_or_else(wrong)?);
            }
        }
        if next == apart.len() { Ok(()) } else { Err(rows_are_not(apart.len(), next)) }
    }
}

fn rows_are_not(expected: usize, found: usize) -> crate::error::Error {
    damaged(format!("a column has {found} rows of {expected}"))
}

impl<T: DataType> Column for Typed<T>
where
    T::T: Own,
{
    fn split(&mut self, pages: Pages, apart: &BooleanBuffer, files: &mut Files<'_>) -> Result<()> {
        let mut reader = ColumnReaderImpl::<T>::new(self.descr.clone(), Box::new(pages));
        let mut at = 0;
        // Behind the last row it is asked for one that must not be there.
        loop {
            self.read = Values::default();
            let Values { values, definition, repetition } = &mut self.read;
            let most = BATCH_ROWS.min(apart.len() - at).max(1);
            let (rows, ..) = reader
                .read_records(most, Some(definition), Some(repetition), values)
                .map_err(|e| damaged(e.to_string()))?;
            if rows == 0 {
                return if at == apart.len() { Ok(()) } else { Err(rows_are_not(apart.len(), at)) };
            }
            if rows > apart.len() - at {
                return Err(rows_are_not(apart.len(), at + rows));
            }
            let before = [0, 1].map(|side: usize| self.sides[side].values.len());
            self.deal(&apart.slice(at, rows))?;
            at += rows;
            for (side, file) in files.iter_mut().enumerate() {
                if file.is_some() {
                    self.flush(side, file)?;
                } else {
                    self.sides[side].values.iter_mut().skip(before[side]).for_each(Own::own);
                }
            }
        }
    }

    fn flush(&mut self, side: usize, file: &mut Option<SerializedColumnWriter<'_>>) -> Result<()> {
        let (Some(held), Some(file)) = (self.sides.get_mut(side), file) else { return Ok(()) };
        let definition = (self.descr.max_def_level() > 0).then_some(&held.definition[..]);
        let repetition = (self.descr.max_rep_level() > 0).then_some(&held.repetition[..]);
        file.typed::<T>().write_batch(&held.values, definition, repetition).map_err(unwritten)?;
        *held = Values::default();
        Ok(())
    }
}
