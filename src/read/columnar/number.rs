//! Arrow numbers and times in, 64-bit integers, 128-bit integers or doubles out.

use ::arrow::array::{Array as _, ArrayRef, ArrowPrimitiveType, AsArray, PrimitiveArray};
use ::arrow::buffer::{NullBuffer, ScalarBuffer};
use ::arrow::datatypes::{
    DataType, Date32Type, Date64Type, Decimal32Type, Decimal64Type, Decimal128Type, Decimal256Type,
    DurationMicrosecondType, DurationMillisecondType, DurationNanosecondType, DurationSecondType,
    Float16Type, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type, IntervalDayTimeType,
    IntervalUnit, Time32MillisecondType, Time32SecondType, Time64MicrosecondType, Time64NanosecondType,
    TimeUnit, TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType,
    TimestampSecondType, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};

use super::convert::{Flat, Held};
use super::damaged;
use crate::error::Result;

const DAY_MS: i64 = 86_400_000;

/// The values in our units; those that do not fit are missing.
///
/// # Errors
/// `Damaged` where the array holds neither numbers nor times.
pub(super) fn numbers(array: &ArrayRef) -> Result<Flat> {
    use DataType as D;
    use TimeUnit as U;
    Ok(match array.data_type() {
        D::Int8 => fit::<Int8Type>(array, |v| Some(v.into())),
        D::Int16 => fit::<Int16Type>(array, |v| Some(v.into())),
        D::Int32 => fit::<Int32Type>(array, |v| Some(v.into())),
        D::Int64 => same::<Int64Type>(array),
        D::UInt8 => fit::<UInt8Type>(array, |v| Some(v.into())),
        D::UInt16 => fit::<UInt16Type>(array, |v| Some(v.into())),
        D::UInt32 => fit::<UInt32Type>(array, |v| Some(v.into())),
        D::UInt64 => fit_wide::<UInt64Type>(array, |v| Some(v.into())),
        D::Decimal32(_, scale) => fit_wide::<Decimal32Type>(array, |v| whole(v.into(), *scale)),
        D::Decimal64(_, scale) => fit_wide::<Decimal64Type>(array, |v| whole(v.into(), *scale)),
        D::Decimal128(_, scale) if *scale >= 0 => {
            let array = array.as_primitive::<Decimal128Type>();
            (array.nulls().cloned(), Held::Wides(array.values().clone()))
        }
        D::Decimal128(_, scale) => fit_wide::<Decimal128Type>(array, |v| whole(v, *scale)),
        D::Decimal256(_, scale) => {
            fit_wide::<Decimal256Type>(array, |v| v.to_i128().and_then(|v| whole(v, *scale)))
        }
        D::Float16 => floats::<Float16Type>(array, |v| v.to_f64()),
        D::Float32 => floats::<Float32Type>(array, f64::from),
        D::Float64 => {
            let array = array.as_primitive::<Float64Type>();
            (array.nulls().cloned(), Held::Floats(array.values().clone()))
        }
        D::Date32 => fit::<Date32Type>(array, |v| Some(v.into())),
        D::Date64 => fit::<Date64Type>(array, |v| Some(v.div_euclid(DAY_MS))),
        D::Timestamp(U::Second, _) => fit::<TimestampSecondType>(array, |v| v.checked_mul(1_000_000)),
        D::Timestamp(U::Millisecond, _) => fit::<TimestampMillisecondType>(array, |v| v.checked_mul(1_000)),
        D::Timestamp(U::Microsecond, _) => same::<TimestampMicrosecondType>(array),
        D::Timestamp(U::Nanosecond, _) => same::<TimestampNanosecondType>(array),
        D::Time32(U::Second) => fit::<Time32SecondType>(array, |v| Some(i64::from(v) * 1_000_000)),
        D::Time32(_) => fit::<Time32MillisecondType>(array, |v| Some(i64::from(v) * 1_000)),
        D::Time64(U::Nanosecond) => fit::<Time64NanosecondType>(array, |v| Some(v.div_euclid(1_000))),
        D::Time64(_) => same::<Time64MicrosecondType>(array),
        D::Duration(U::Second) => fit::<DurationSecondType>(array, |v| v.checked_mul(1_000_000)),
        D::Duration(U::Millisecond) => fit::<DurationMillisecondType>(array, |v| v.checked_mul(1_000)),
        D::Duration(U::Microsecond) => same::<DurationMicrosecondType>(array),
        D::Duration(U::Nanosecond) => fit::<DurationNanosecondType>(array, |v| Some(v.div_euclid(1_000))),
        D::Interval(IntervalUnit::DayTime) => fit::<IntervalDayTimeType>(array, |v| {
            (i64::from(v.days) * DAY_MS).checked_add(v.milliseconds.into())?.checked_mul(1_000)
        }),
        other => return Err(damaged(format!("expected numbers or times, found {other}"))),
    })
}

/// A decimal with a scale below 0 as an integer.
fn whole(value: i128, scale: i8) -> Option<i128> {
    if scale >= 0 {
        return Some(value);
    }
    value.checked_mul(10_i128.checked_pow(scale.unsigned_abs().into())?)
}

fn same<T: ArrowPrimitiveType<Native = i64>>(array: &ArrayRef) -> Flat {
    let array = array.as_primitive::<T>();
    (array.nulls().cloned(), Held::Integers(array.values().clone()))
}

fn floats<T: ArrowPrimitiveType>(array: &ArrayRef, widen: impl Fn(T::Native) -> f64) -> Flat {
    let array = array.as_primitive::<T>();
    let values: Vec<f64> = array.values().iter().map(|&v| widen(v)).collect();
    (array.nulls().cloned(), Held::Floats(values.into()))
}

fn fit<T: ArrowPrimitiveType>(array: &ArrayRef, of: impl Fn(T::Native) -> Option<i64>) -> Flat {
    let (nulls, values) = map(array.as_primitive::<T>(), of);
    (nulls, Held::Integers(values))
}

fn fit_wide<T: ArrowPrimitiveType>(array: &ArrayRef, of: impl Fn(T::Native) -> Option<i128>) -> Flat {
    let (nulls, values) = map(array.as_primitive::<T>(), of);
    (nulls, Held::Wides(values))
}

fn map<T: ArrowPrimitiveType, V: ::arrow::datatypes::ArrowNativeType>(
    array: &PrimitiveArray<T>,
    of: impl Fn(T::Native) -> Option<V>,
) -> (Option<NullBuffer>, ScalarBuffer<V>) {
    let mut lost = false;
    let values: Vec<V> = array
        .values()
        .iter()
        .map(|&v| {
            let fitting = of(v);
            lost |= fitting.is_none();
            fitting.unwrap_or_default()
        })
        .collect();
    let mut nulls = array.nulls().cloned();
    if lost {
        let fits = NullBuffer::from_iter(array.values().iter().map(|&v| of(v).is_some()));
        nulls = NullBuffer::union(nulls.as_ref(), Some(&fits));
    }
    (nulls, values.into())
}
