//! Arrow strings and bytes in, strings with 32-bit offsets out: text as it stands, bytes in hexadecimal, and the text
//! of what has no type of ours (wide decimals, intervals with months).

use ::arrow::array::{Array as _, ArrayRef, AsArray, GenericByteArray};
use ::arrow::buffer::ScalarBuffer;
use ::arrow::datatypes::{
    ByteArrayType, DataType, Decimal256Type, IntervalMonthDayNanoType, IntervalUnit, IntervalYearMonthType,
};

use super::convert::{Flat, Held, Pieces};
use super::damaged;
use crate::error::{Error, Kind, Result};

/// One block's text of one column is beyond 2 GiB.
pub(super) fn too_long() -> Error {
    Error::new(Kind::Limit, "the text of a column is longer than 2 GiB in one block of rows")
}

/// Text as it stands. Fixed-size bytes are Parquet's intervals.
pub(super) fn texts(array: &ArrayRef) -> Result<Flat> {
    let held = match array.data_type() {
        DataType::Utf8 => short(array.as_string::<i32>()),
        DataType::Binary => short(array.as_binary::<i32>()),
        DataType::LargeUtf8 => long(array.as_string::<i64>())?,
        DataType::LargeBinary => long(array.as_binary::<i64>())?,
        DataType::Utf8View => {
            let views = array.as_string_view();
            pieces(array, |i, out| out.extend_from_slice(views.value(i).as_bytes()))?
        }
        DataType::BinaryView => {
            let views = array.as_binary_view();
            pieces(array, |i, out| out.extend_from_slice(views.value(i)))?
        }
        DataType::Decimal256(..) => {
            let decimals = array.as_primitive::<Decimal256Type>();
            pieces(array, |i, out| out.extend_from_slice(decimals.value_as_string(i).as_bytes()))?
        }
        DataType::Interval(IntervalUnit::YearMonth) => {
            let months = array.as_primitive::<IntervalYearMonthType>();
            pieces(array, |i, out| interval(months.value(i).into(), 0, 0, out))?
        }
        DataType::Interval(IntervalUnit::MonthDayNano) => {
            let values = array.as_primitive::<IntervalMonthDayNanoType>();
            pieces(array, |i, out| {
                let v = values.value(i);
                interval(v.months.into(), v.days.into(), v.nanoseconds.into(), out);
            })?
        }
        DataType::FixedSizeBinary(12) => {
            let values = array.as_fixed_size_binary();
            pieces(array, |i, out| {
                let part = |at: usize| {
                    let mut four = [0; 4];
                    four.copy_from_slice(&values.value(i)[at..at + 4]);
                    u32::from_le_bytes(four)
                };
                interval(part(0).into(), part(4).into(), i128::from(part(8)) * 1_000_000, out);
            })?
        }
        other => return Err(damaged(format!("expected text, found {other}"))),
    };
    Ok((array.nulls().cloned(), held))
}

/// Bytes in lower-case hexadecimal.
pub(super) fn hexes(array: &ArrayRef) -> Result<Flat> {
    let held = match array.data_type() {
        DataType::Binary => {
            let values = array.as_binary::<i32>();
            pieces(array, |i, out| hex(values.value(i), out))?
        }
        DataType::LargeBinary => {
            let values = array.as_binary::<i64>();
            pieces(array, |i, out| hex(values.value(i), out))?
        }
        DataType::BinaryView => {
            let values = array.as_binary_view();
            pieces(array, |i, out| hex(values.value(i), out))?
        }
        DataType::FixedSizeBinary(_) => {
            let values = array.as_fixed_size_binary();
            pieces(array, |i, out| hex(values.value(i), out))?
        }
        other => return Err(damaged(format!("expected bytes, found {other}"))),
    };
    Ok((array.nulls().cloned(), held))
}

/// Appends bytes in lower-case hexadecimal.
pub(super) fn hex(bytes: &[u8], out: &mut Vec<u8>) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    out.extend(bytes.iter().flat_map(|b| [DIGITS[usize::from(b >> 4)], DIGITS[usize::from(b & 15)]]));
}

/// Appends a length of time as ISO 8601 writes it, months, days and seconds apart because they do not convert.
pub(super) fn interval(months: i64, days: i64, nanoseconds: i128, out: &mut Vec<u8>) {
    let mut text = String::from("P");
    if months != 0 {
        text.push_str(&format!("{months}M"));
    }
    if days != 0 {
        text.push_str(&format!("{days}D"));
    }
    if nanoseconds != 0 || (months == 0 && days == 0) {
        let (size, sign) = (nanoseconds.unsigned_abs(), if nanoseconds < 0 { "-" } else { "" });
        let seconds = format!("{}.{:09}", size / 1_000_000_000, size % 1_000_000_000);
        let seconds = seconds.trim_end_matches('0').trim_end_matches('.');
        text.push_str(&format!("T{sign}{seconds}S"));
    }
    out.extend_from_slice(text.as_bytes());
}

fn pieces(array: &ArrayRef, write: impl Fn(usize, &mut Vec<u8>)) -> Result<Held> {
    let mut pieces = Pieces::new(array.len());
    for i in 0..array.len() {
        pieces.push(|out| {
            if array.is_valid(i) {
                write(i, out);
            }
        })?;
    }
    Ok(pieces.held())
}

fn short<T: ByteArrayType<Offset = i32>>(array: &GenericByteArray<T>) -> Held {
    Held::Strings { offsets: array.offsets().inner().clone(), bytes: array.values().clone() }
}

fn long<T: ByteArrayType<Offset = i64>>(array: &GenericByteArray<T>) -> Result<Held> {
    let offsets: &[i64] = array.offsets();
    let (first, last): (i64, i64) = (offsets[0], offsets[offsets.len() - 1]);
    i32::try_from(last - first).map_err(|_| too_long())?;
    let short: Vec<i32> = offsets.iter().map(|&o: &i64| (o - first) as i32).collect();
    let bytes = array.values().slice_with_length(first as usize, (last - first) as usize);
    Ok(Held::Strings { offsets: ScalarBuffer::from(short), bytes })
}
