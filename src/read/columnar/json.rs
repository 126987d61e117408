//! Nested Arrow values in, their JSON text out: lists, maps, structs inside of lists, unions.
//!
//! Numbers keep all their digits; bytes are hexadecimal text; dates and times are ISO 8601 text; NaN and infinities,
//! which JSON lacks, are null. A map with text keys is an object, any other map a list of pairs.

use ::arrow::array::{Array, ArrayRef, AsArray, OffsetSizeTrait};
use ::arrow::datatypes::{DataType, Float16Type, Float32Type, Float64Type, Int16Type, Int32Type, Int64Type};
use ::arrow::util::display::{ArrayFormatter, FormatOptions};

use super::convert::{Flat, Pieces};
use super::{MAP_ENTRIES, damaged, text};
use crate::error::Result;

/// Appends the i-th value of an array.
type Write<'a> = Box<dyn Fn(usize, &mut Vec<u8>) + 'a>;

/// The JSON text of each value.
///
/// # Errors
/// `Limit` beyond 2 GiB, `Damaged` for what Arrow cannot show.
pub(super) fn texts(array: &ArrayRef) -> Result<Flat> {
    let write = writer(array)?;
    let mut pieces = Pieces::new(array.len());
    for i in 0..array.len() {
        pieces.push(|out| {
            if array.is_valid(i) {
                write(i, out);
            }
        })?;
    }
    drop(write);
    Ok((array.nulls().cloned(), pieces.held()))
}

/// Writes a value, or null.
fn writer(array: &dyn Array) -> Result<Write<'_>> {
    let write = present(array)?;
    let nulls = array.logical_nulls();
    Ok(Box::new(move |i, out| match &nulls {
        Some(nulls) if nulls.is_null(i) => out.extend_from_slice(b"null"),
        _ => write(i, out),
    }))
}

fn present(array: &dyn Array) -> Result<Write<'_>> {
    Ok(match array.data_type() {
        DataType::Null => Box::new(|_, out: &mut Vec<u8>| out.extend_from_slice(b"null")),
        DataType::Boolean => {
            let values = array.as_boolean();
            Box::new(|i, out| out.extend_from_slice(if values.value(i) { b"true" } else { b"false" }))
        }
        DataType::Float16 => {
            let values = array.as_primitive::<Float16Type>();
            Box::new(|i, out| float(values.value(i).to_f64(), out))
        }
        DataType::Float32 => {
            let values = array.as_primitive::<Float32Type>();
            Box::new(|i, out| match values.value(i) {
                v if v.is_finite() => out.extend_from_slice(v.to_string().as_bytes()),
                _ => out.extend_from_slice(b"null"),
            })
        }
        DataType::Float64 => {
            let values = array.as_primitive::<Float64Type>();
            Box::new(|i, out| float(values.value(i), out))
        }
        DataType::Utf8 => {
            let values = array.as_string::<i32>();
            Box::new(|i, out| string(values.value(i), out))
        }
        DataType::LargeUtf8 => {
            let values = array.as_string::<i64>();
            Box::new(|i, out| string(values.value(i), out))
        }
        DataType::Utf8View => {
            let values = array.as_string_view();
            Box::new(|i, out| string(values.value(i), out))
        }
        DataType::Binary => {
            let values = array.as_binary::<i32>();
            Box::new(|i, out| quoted_hex(values.value(i), out))
        }
        DataType::LargeBinary => {
            let values = array.as_binary::<i64>();
            Box::new(|i, out| quoted_hex(values.value(i), out))
        }
        DataType::BinaryView => {
            let values = array.as_binary_view();
            Box::new(|i, out| quoted_hex(values.value(i), out))
        }
        DataType::FixedSizeBinary(_) => {
            let values = array.as_fixed_size_binary();
            Box::new(|i, out| quoted_hex(values.value(i), out))
        }
        ty if ty.is_integer() || ty.is_decimal() => shown(array, false)?,
        ty if ty.is_nested() || matches!(ty, DataType::Dictionary(..)) => nested(array)?,
        _ => shown(array, true)?,
    })
}

fn nested(array: &dyn Array) -> Result<Write<'_>> {
    Ok(match array.data_type() {
        DataType::List(f) if f.name() == MAP_ENTRIES => {
            entries(array.as_list::<i32>().offsets(), array.as_list::<i32>().values())?
        }
        DataType::List(_) => list(array.as_list::<i32>().offsets(), array.as_list::<i32>().values())?,
        DataType::LargeList(_) => list(array.as_list::<i64>().offsets(), array.as_list::<i64>().values())?,
        DataType::FixedSizeList(_, size) => {
            let (size, lists) = (usize::try_from(*size).unwrap_or(0), array.as_fixed_size_list());
            let item = writer(lists.values())?;
            Box::new(move |i, out| items(i * size..(i + 1) * size, &item, out))
        }
        DataType::ListView(_) => views(array.as_list_view::<i32>())?,
        DataType::LargeListView(_) => views(array.as_list_view::<i64>())?,
        DataType::Struct(fields) => {
            let columns =
                array.as_struct().columns().iter().map(|c| writer(c)).collect::<Result<Vec<_>>>()?;
            Box::new(move |i, out| {
                out.push(b'{');
                for (n, (field, write)) in fields.iter().zip(&columns).enumerate() {
                    if n > 0 {
                        out.push(b',');
                    }
                    string(field.name(), out);
                    out.push(b':');
                    write(i, out);
                }
                out.push(b'}');
            })
        }
        DataType::Map(..) => entries(array.as_map().offsets(), array.as_map().entries())?,
        DataType::Union(..) => {
            let union = array.as_union();
            let mut members = std::collections::BTreeMap::new();
            for id in union.type_ids() {
                if !members.contains_key(id) {
                    members.insert(*id, writer(union.child(*id))?);
                }
            }
            Box::new(move |i, out| {
                if let Some(write) = members.get(&union.type_id(i)) {
                    write(union.value_offset(i), out);
                }
            })
        }
        DataType::Dictionary(..) => {
            let dictionary = array.as_any_dictionary();
            let item = writer(dictionary.values())?;
            let keys = if dictionary.values().is_empty() { Vec::new() } else { dictionary.normalized_keys() };
            Box::new(move |i, out| match keys.get(i) {
                Some(&key) => item(key, out),
                None => out.extend_from_slice(b"null"),
            })
        }
        DataType::RunEndEncoded(ends, _) => {
            macro_rules! runs {
                ($ty:ty) => {{
                    let runs = array.as_run_opt::<$ty>().ok_or_else(|| damaged("runs without ends"))?;
                    let item = writer(runs.values())?;
                    Box::new(move |i, out: &mut Vec<u8>| item(runs.get_physical_index(i), out))
                }};
            }
            match ends.data_type() {
                DataType::Int16 => runs!(Int16Type),
                DataType::Int32 => runs!(Int32Type),
                _ => runs!(Int64Type),
            }
        }
        other => return Err(damaged(format!("expected a nested value, found {other}"))),
    })
}

fn list<'a, O: OffsetSizeTrait>(offsets: &'a [O], values: &'a ArrayRef) -> Result<Write<'a>> {
    let item = writer(values)?;
    Ok(Box::new(move |i, out| items(offsets[i].as_usize()..offsets[i + 1].as_usize(), &item, out)))
}

fn views<O: OffsetSizeTrait>(lists: &::arrow::array::GenericListViewArray<O>) -> Result<Write<'_>> {
    let item = writer(lists.values())?;
    Ok(Box::new(move |i, out| {
        let start = lists.value_offset(i).as_usize();
        items(start..start + lists.value_size(i).as_usize(), &item, out);
    }))
}

fn entries<'a>(offsets: &'a [i32], entries: &'a dyn Array) -> Result<Write<'a>> {
    let Some([keys, values]) = entries.as_struct_opt().map(|it| it.columns()) else {
        return Err(damaged("a map without keys and values"));
    };
    let text = matches!(keys.data_type(), DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View);
    let (key, value) = (writer(keys)?, writer(values)?);
    Ok(Box::new(move |i, out| {
        out.push(if text { b'{' } else { b'[' });
        let range = offsets[i] as usize..offsets[i + 1] as usize;
        for at in range.clone() {
            if at > range.start {
                out.push(b',');
            }
            if !text {
                out.push(b'[');
            }
            key(at, out);
            out.push(if text { b':' } else { b',' });
            value(at, out);
            if !text {
                out.push(b']');
            }
        }
        out.push(if text { b'}' } else { b']' });
    }))
}

fn items(range: std::ops::Range<usize>, item: &Write<'_>, out: &mut Vec<u8>) {
    out.push(b'[');
    for at in range.clone() {
        if at > range.start {
            out.push(b',');
        }
        item(at, out);
    }
    out.push(b']');
}

/// What Arrow's own formatter shows; null where it cannot (a date beyond its calendar).
fn shown(array: &dyn Array, quoted: bool) -> Result<Write<'_>> {
    const OPTIONS: FormatOptions<'static> = FormatOptions::new();
    let formatter = ArrayFormatter::try_new(array, &OPTIONS).map_err(|e| damaged(e.to_string()))?;
    Ok(Box::new(move |i, out| match formatter.value(i).try_to_string() {
        Ok(text) if quoted => string(&text, out),
        Ok(text) => out.extend_from_slice(text.as_bytes()),
        Err(_) => out.extend_from_slice(b"null"),
    }))
}

fn float(value: f64, out: &mut Vec<u8>) {
    if value.is_finite() {
        out.extend_from_slice(value.to_string().as_bytes());
    } else {
        out.extend_from_slice(b"null");
    }
}

fn string(value: &str, out: &mut Vec<u8>) {
    // OK to ignore: writing text to a vector cannot fail.
    let _ = serde_json::to_writer(out, value);
}

fn quoted_hex(bytes: &[u8], out: &mut Vec<u8>) {
    out.push(b'"');
    text::hex(bytes, out);
    out.push(b'"');
}
