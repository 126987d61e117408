//! An Arrow array in, one of our arrays out, together with the buffers it borrows from. Nothing is copied where the
//! layouts agree.
//!
//! A value that our type cannot hold (a moment beyond 64 bits of microseconds, say) becomes missing: wrapped or cut to
//! the range it would be a wrong value.

use std::rc::Rc;

use ::arrow::array::{Array as _, ArrayRef, AsArray, UInt64Array};
use ::arrow::buffer::{BooleanBuffer, Buffer, NullBuffer, ScalarBuffer};
use ::arrow::compute::take;
use ::arrow::datatypes::{DataType, Int16Type, Int32Type, Int64Type};

use super::dictionary::{Dictionary, Entries};
use super::{damaged, json, number, text};
use crate::block::{Array, Bits, Strings, Values};
use crate::cell::Type;
use crate::error::Result;

/// The buffers behind the values of an array.
pub(super) enum Held {
    Booleans(BooleanBuffer),
    Integers(ScalarBuffer<i64>),
    Wides(ScalarBuffer<i128>),
    Floats(ScalarBuffer<f64>),
    Strings { offsets: ScalarBuffer<i32>, bytes: Buffer },
    Nulls,
}

/// Values, and which of them there are.
pub(super) type Flat = (Option<NullBuffer>, Held);

/// A column of a block with its buffers.
pub(super) struct Column {
    validity: Option<BooleanBuffer>,
    values: ColumnValues,
    /// The text has not been checked to be UTF-8.
    unchecked: bool,
}

enum ColumnValues {
    /// A value a row.
    Each(Held),
    /// A code a row.
    Codes(Vec<u32>, Rc<Entries>),
}

/// Converts an array to this type, which [`super::type_of`] said; rows that its parents lack are missing. `known` is what
/// the column's dictionary was before.
///
/// # Errors
/// `Limit` where the text is beyond 2 GiB, `Damaged` where the array is not of the type.
pub(super) fn convert(
    array: &ArrayRef,
    ty: Type,
    parents: Option<NullBuffer>,
    known: &mut Dictionary,
) -> Result<Column> {
    let unchecked = ty == Type::Text && is_binary(array.data_type());
    if let Some(dictionary) = array.as_any_dictionary_opt() {
        let values = dictionary.values();
        if values.is_empty() {
            return Ok(Column { validity: None, values: ColumnValues::Each(Held::Nulls), unchecked: false });
        }
        let as_it_stands =
            matches!(values.data_type(), DataType::Utf8 | DataType::Binary) && ty == Type::Text;
        if values.len() > array.len() && !as_it_stands {
            let flat = take(values, dictionary.keys(), None).map_err(|e| damaged(e.to_string()))?;
            return convert(&flat, ty, parents, known);
        }
        let codes: Vec<u32> = dictionary.normalized_keys().into_iter().map(|k| k as u32).collect();
        let entries = known.entries(values, unchecked, |values| flat(values, ty))?;
        let mut validity = NullBuffer::union(dictionary.keys().nulls(), parents.as_ref());
        if let Some(valid) = &entries.valid {
            let folded = NullBuffer::from_iter(codes.iter().map(|&code| valid.is_valid(code as usize)));
            validity = NullBuffer::union(validity.as_ref(), Some(&folded));
        }
        return Ok(Column {
            validity: bits(validity),
            values: ColumnValues::Codes(codes, entries),
            unchecked,
        });
    }
    if let DataType::RunEndEncoded(ends, _) = array.data_type() {
        return convert(&unrolled(array, ends.data_type())?, ty, parents, known);
    }
    let (valid, held) = flat(array, ty)?;
    Ok(Column {
        validity: bits(NullBuffer::union(valid.as_ref(), parents.as_ref())),
        values: ColumnValues::Each(held),
        unchecked,
    })
}

fn bits(nulls: Option<NullBuffer>) -> Option<BooleanBuffer> {
    nulls.filter(|n| n.null_count() > 0).map(NullBuffer::into_inner)
}

fn is_binary(ty: &DataType) -> bool {
    match ty {
        DataType::Binary | DataType::LargeBinary | DataType::BinaryView => true,
        DataType::Dictionary(_, values) => is_binary(values),
        _ => false,
    }
}

/// An array with runs, with a value a row.
fn unrolled(array: &ArrayRef, ends: &DataType) -> Result<ArrayRef> {
    macro_rules! unroll {
        ($ty:ty) => {{
            let runs = array.as_run_opt::<$ty>().ok_or_else(|| damaged("runs without ends"))?;
            let at: UInt64Array = (0..runs.len()).map(|i| Some(runs.get_physical_index(i) as u64)).collect();
            take(runs.values(), &at, None).map_err(|e| damaged(e.to_string()))
        }};
    }
    match ends {
        DataType::Int16 => unroll!(Int16Type),
        DataType::Int32 => unroll!(Int32Type),
        _ => unroll!(Int64Type),
    }
}

fn flat(array: &ArrayRef, ty: Type) -> Result<Flat> {
    let nulls = array.nulls().cloned();
    match (array.data_type(), ty) {
        (DataType::Null, _) => Ok((Some(NullBuffer::new_null(array.len())), Held::Nulls)),
        (DataType::Boolean, _) => Ok((nulls, Held::Booleans(array.as_boolean().values().clone()))),
        (DataType::Dictionary(..), _) => {
            // A dictionary of dictionaries: unpack the inner one.
            let inner = array.as_any_dictionary();
            let unpacked = take(inner.values(), inner.keys(), None).map_err(|e| damaged(e.to_string()))?;
            flat(&unpacked, ty)
        }
        (_, Type::List | Type::Json) => json::texts(array),
        (_, Type::Text) => text::texts(array),
        (_, Type::Binary) => text::hexes(array),
        _ => number::numbers(array),
    }
}

impl Column {
    /// The array, borrowed.
    pub(super) fn array(&self) -> Array<'_> {
        let (codes, held) = match &self.values {
            ColumnValues::Each(held) => (None, held),
            ColumnValues::Codes(codes, entries) => (Some(&codes[..]), &entries.held),
        };
        let dictionary = if let ColumnValues::Codes(_, entries) = &self.values { entries.number } else { 0 };
        let values = match held {
            Held::Booleans(values) => Values::Booleans(view(values)),
            Held::Integers(values) => Values::Integers(values),
            Held::Wides(values) => Values::Wides(values),
            Held::Floats(values) => Values::Floats(values),
            Held::Strings { offsets, bytes } => Values::Strings(Strings { offsets, bytes }),
            Held::Nulls => Values::Nulls,
        };
        Array { validity: self.validity.as_ref().map(view), codes, dictionary, values }
    }

    /// Calls back for each row, by its index in the block, whose text is not UTF-8.
    pub(super) fn ill_formed(&self, n_rows: usize, report: &mut dyn FnMut(usize, &[u8])) {
        if !self.unchecked {
            return;
        }
        let found;
        let (codes, held, bad) = match &self.values {
            ColumnValues::Codes(codes, entries) => (Some(codes), &entries.held, &entries.ill_formed),
            ColumnValues::Each(held) => {
                found = held.ill_formed();
                (None, held, &found)
            }
        };
        let (Held::Strings { offsets, bytes }, false) = (held, bad.is_empty()) else { return };
        let strings = Strings { offsets, bytes };
        for row in 0..n_rows {
            let i = codes.map_or(row, |codes| codes[row] as usize);
            if bad[i] && self.validity.as_ref().is_none_or(|v| v.value(row)) {
                report(row, strings.get(i));
            }
        }
    }
}

fn view(bits: &BooleanBuffer) -> Bits<'_> {
    Bits { bytes: bits.values(), offset: bits.offset() }
}

/// Strings from pieces, one after the other.
pub(super) struct Pieces {
    offsets: Vec<i32>,
    bytes: Vec<u8>,
}

impl Pieces {
    pub(super) fn new(n_rows: usize) -> Self {
        let mut offsets = Vec::with_capacity(n_rows + 1);
        offsets.push(0);
        Pieces { offsets, bytes: Vec::new() }
    }

    /// Adds the string that `write` appends.
    ///
    /// # Errors
    /// `Limit` beyond 2 GiB.
    pub(super) fn push(&mut self, write: impl FnOnce(&mut Vec<u8>)) -> Result<()> {
        write(&mut self.bytes);
        let end = i32::try_from(self.bytes.len()).map_err(|_| text::too_long())?;
        self.offsets.push(end);
        Ok(())
    }

    pub(super) fn held(self) -> Held {
        Held::Strings { offsets: self.offsets.into(), bytes: Buffer::from_vec(self.bytes) }
    }
}
