//! What the Arrow library would slice or allocate by without asking: the lengths, buffers and types in a message's
//! metadata, compared with the body there is.

use ::arrow::datatypes::{DataType, Field, Schema, UnionMode};
use ::arrow::ipc::{MetadataVersion, RecordBatch};

use crate::cell::limits;
use crate::error::{Error, Kind, Result};
use crate::read::columnar::damaged;

/// A buffer may always become as large as this.
const FREE_BYTES: u64 = 64 << 20;

/// Refuses types that cannot be.
///
/// # Errors
/// `Damaged` with the column's name.
pub(super) fn schema(schema: &Schema) -> Result<()> {
    schema.fields().iter().try_for_each(|f| {
        let wrong = |ty| damaged(format!("column {:?} cannot have the type {ty}", f.name()));
        possible(f.data_type(), limits::NESTING).map_err(wrong)
    })
}

fn possible(ty: &DataType, depth: usize) -> std::result::Result<(), String> {
    if depth == 0 {
        return Err("of endless nesting".into());
    }
    let fine = match ty {
        DataType::FixedSizeBinary(n) => *n >= 0,
        DataType::FixedSizeList(_, n) => *n > 0,
        DataType::Decimal32(p, s) => (1..=9).contains(p) && s.unsigned_abs() <= 9,
        DataType::Decimal64(p, s) => (1..=18).contains(p) && s.unsigned_abs() <= 18,
        DataType::Decimal128(p, s) => (1..=38).contains(p) && s.unsigned_abs() <= 38,
        DataType::Decimal256(p, s) => (1..=76).contains(p) && s.unsigned_abs() <= 76,
        DataType::Dictionary(keys, values) => {
            possible(values, depth - 1)?;
            keys.is_dictionary_key_type()
        }
        DataType::RunEndEncoded(ends, _) => ends.data_type().is_run_ends_type(),
        DataType::Map(entries, _) => {
            matches!(entries.data_type(), DataType::Struct(fields) if fields.len() == 2)
        }
        _ => true,
    };
    if !fine {
        return Err(ty.to_string());
    }
    below(ty).into_iter().try_for_each(|f| possible(f.data_type(), depth - 1))
}

/// The fields inside of a type, in the order of their buffers.
fn below(ty: &DataType) -> Vec<&Field> {
    match ty {
        DataType::List(f)
        | DataType::LargeList(f)
        | DataType::FixedSizeList(f, _)
        | DataType::ListView(f)
        | DataType::LargeListView(f)
        | DataType::Map(f, _) => vec![f],
        DataType::Struct(fields) => fields.iter().map(|f| &**f).collect(),
        DataType::Union(fields, _) => fields.iter().map(|(_, f)| &**f).collect(),
        DataType::RunEndEncoded(ends, values) => vec![ends, values],
        _ => Vec::new(),
    }
}

/// The type of the values of the dictionary with this id.
pub(super) fn dictionary_type(schema: &Schema, id: i64) -> Option<DataType> {
    #[allow(deprecated, reason = "the library has no other way yet")]
    fn find(field: &Field, id: i64) -> Option<DataType> {
        match field.data_type() {
            DataType::Dictionary(_, values) if field.dict_id() == Some(id) => Some((**values).clone()),
            DataType::Dictionary(_, values) => below(values).into_iter().find_map(|f| find(f, id)),
            ty => below(ty).into_iter().find_map(|f| find(f, id)),
        }
    }
    schema.fields().iter().find_map(|f| find(f, id))
}

/// Checks a batch with columns of these types against its body.
///
/// # Errors
/// `Damaged` where a length, a number or a place cannot be, `Limit` where a buffer would grow too much.
pub(super) fn batch<'a>(
    batch: &RecordBatch<'_>,
    types: impl Iterator<Item = &'a DataType>,
    version: MetadataVersion,
    body: &[u8],
) -> Result<()> {
    let mut walk = Walk { batch, body, version, node: 0, buffer: 0, variadic: 0 };
    if !(0..=i64::from(i32::MAX)).contains(&batch.length()) {
        return Err(damaged(format!("expected a number of rows, found {}", batch.length())));
    }
    for ty in types {
        let node = walk.node;
        walk.column(ty)?;
        let rows = walk.nodes_len(node)?;
        if rows != batch.length() {
            return Err(damaged(format!("expected columns of {} rows, found {rows}", batch.length())));
        }
    }
    Ok(())
}

struct Walk<'a> {
    batch: &'a RecordBatch<'a>,
    body: &'a [u8],
    version: MetadataVersion,
    node: usize,
    buffer: usize,
    variadic: usize,
}

impl Walk<'_> {
    fn nodes_len(&self, i: usize) -> Result<i64> {
        let nodes = self.batch.nodes().filter(|nodes| i < nodes.len());
        let node = *nodes.ok_or_else(|| damaged("it describes too few columns"))?.get(i);
        if node.length() < 0 || node.length() > i64::from(u32::MAX) {
            return Err(damaged(format!("expected a length, found {}", node.length())));
        }
        if !(0..=node.length()).contains(&node.null_count()) {
            return Err(damaged(format!("{} of {} values are missing", node.null_count(), node.length())));
        }
        Ok(node.length())
    }

    fn column(&mut self, ty: &DataType) -> Result<()> {
        let rows = self.nodes_len(self.node)? as u64;
        let nulls = self.batch.nodes().map_or(0, |nodes| nodes.get(self.node).null_count());
        self.node += 1;
        let validity = if nulls > 0 { rows.div_ceil(8) } else { 0 };
        let offsets = if rows == 0 { 0 } else { rows + 1 };
        match ty {
            DataType::Null | DataType::RunEndEncoded(..) => {}
            DataType::Struct(_) | DataType::FixedSizeList(..) => self.next(1, validity)?,
            DataType::Union(_, mode) => {
                if self.version < MetadataVersion::V5 {
                    self.next(1, 0)?;
                }
                self.next(1, rows)?;
                if *mode == UnionMode::Dense {
                    self.aligned(4)?;
                    self.next(4, rows)?;
                }
            }
            DataType::Utf8 | DataType::Binary | DataType::LargeUtf8 | DataType::LargeBinary => {
                self.next(1, validity)?;
                self.next(if matches!(ty, DataType::Utf8 | DataType::Binary) { 4 } else { 8 }, offsets)?;
                self.next(1, 0)?;
            }
            DataType::List(_) | DataType::LargeList(_) | DataType::Map(..) => {
                self.next(1, validity)?;
                self.next(if matches!(ty, DataType::LargeList(_)) { 8 } else { 4 }, offsets)?;
            }
            DataType::ListView(_) | DataType::LargeListView(_) => {
                let width = if matches!(ty, DataType::ListView(_)) { 4 } else { 8 };
                self.next(1, validity)?;
                self.next(width, rows)?;
                self.next(width, rows)?;
            }
            DataType::Utf8View | DataType::BinaryView => {
                let counts = self.batch.variadicBufferCounts().filter(|c| self.variadic < c.len());
                let count = counts.ok_or_else(|| damaged("it lacks a number of buffers"))?.get(self.variadic);
                self.variadic += 1;
                let known = self.batch.buffers().map_or(0, |b| b.len());
                let count = usize::try_from(count).ok().filter(|&n| n <= known);
                self.next(1, validity)?;
                self.next(16, rows)?;
                let count = count.ok_or_else(|| damaged("it claims too many buffers"))?;
                (0..count).try_for_each(|_| self.next(1, 0))?;
            }
            _ => {
                self.next(1, validity)?;
                match ty {
                    DataType::Boolean => self.next(1, rows.div_ceil(8))?,
                    DataType::FixedSizeBinary(n) => {
                        self.next(1, rows.saturating_mul(u64::try_from(*n).unwrap_or(0)))?;
                    }
                    DataType::Dictionary(keys, _) => self.next(keys.primitive_width().unwrap_or(1), rows)?,
                    _ => self.next(ty.primitive_width().unwrap_or(1), rows)?,
                }
            }
        }
        if let DataType::FixedSizeList(_, size) = ty {
            let items = self.nodes_len(self.node)? as u64;
            if rows.checked_mul(u64::try_from(*size).unwrap_or(0)) != Some(items) {
                return Err(damaged(format!("{rows} lists of {size} items are not {items} items")));
            }
        }
        below(ty).into_iter().try_for_each(|f| self.column(f.data_type()))
    }

    /// Whether the next buffer begins at a multiple of this; the library aligns all buffers but those it asks this of.
    fn aligned(&self, width: i64) -> Result<()> {
        let buffer = self.batch.buffers().filter(|b| self.buffer < b.len()).map(|b| *b.get(self.buffer));
        match buffer {
            Some(buffer) if buffer.offset() % width != 0 => {
                Err(damaged(format!("a buffer begins at byte {}, no multiple of {width}", buffer.offset())))
            }
            _ => Ok(()),
        }
    }

    /// The next buffer, which after decompression must have `items` of `width` bytes, or more of them.
    fn next(&mut self, width: usize, items: u64) -> Result<()> {
        let wanted = items.saturating_mul(width as u64);
        let buffers = self.batch.buffers().filter(|b| self.buffer < b.len());
        let buffer = *buffers.ok_or_else(|| damaged("it describes too few buffers"))?.get(self.buffer);
        self.buffer += 1;
        let place = usize::try_from(buffer.offset()).ok().zip(usize::try_from(buffer.length()).ok());
        let bytes = place.and_then(|(at, len)| self.body.get(at..at.checked_add(len)?));
        let bytes = bytes.ok_or_else(|| damaged("a buffer lies outside of its body"))?;
        let mut size = bytes.len() as u64;
        if self.batch.compression().is_some() && !bytes.is_empty() {
            let (head, rest) =
                bytes.split_first_chunk::<8>().ok_or_else(|| damaged("a buffer is too short"))?;
            size = match i64::from_le_bytes(*head) {
                -1 => rest.len() as u64,
                n => u64::try_from(n).map_err(|_| damaged(format!("a buffer has {n} bytes")))?,
            };
            if size > (rest.len() as u64).saturating_mul(limits::INFLATION).max(FREE_BYTES) {
                return Err(Error::new(Kind::Limit, format!("{} bytes would become {size}", rest.len())));
            }
        }
        if size < wanted || !size.is_multiple_of(width as u64) {
            return Err(damaged(format!(
                "expected a buffer of {items} times {width} bytes, found {size} bytes"
            )));
        }
        Ok(())
    }
}
