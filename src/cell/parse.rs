//! A cell's text as a value of its column's type.

use super::classify::boolean;
use super::plan::{ColumnPlan, TIMED, WHOLE};
use super::types::{Type, Value};
use super::{domain, number, temporal};

/// The value of a key of an ordered type.
pub fn value_of(key: u128, ty: Type) -> Value<'static> {
    match ty {
        Type::Boolean => Value::Boolean(key != 0),
        Type::WideInteger => Value::Integer(domain::wide_of(key)),
        Type::Decimal(scale) => Value::Decimal(domain::wide_of(key), scale),
        Type::Float => Value::Float(domain::float_of(key as u64)),
        _ => {
            let signed = domain::signed_of(key as u64);
            match ty {
                Type::Date => Value::Date(signed),
                Type::Timestamp { unit, .. } => {
                    Value::Timestamp(i128::from(signed) * i128::from(1_000_000_000 / unit.per_second()))
                }
                Type::Time => Value::Time(signed),
                Type::Duration => Value::Duration(signed),
                _ => Value::Integer(signed.into()),
            }
        }
    }
}

/// The key of a trimmed text in a column of an ordered type; `None` where it does not parse.
#[inline]
pub fn key(text: &[u8], plan: &ColumnPlan) -> Option<u128> {
    match plan.ty {
        Type::WideInteger => {
            let whole = || if plan.formats & WHOLE == 0 { None } else { number::whole(text) };
            number::wide(text).or_else(|| whole().map(i128::from)).map(domain::wide)
        }
        Type::Decimal(scale) => number::decimal(text, scale).map(domain::wide),
        _ => key64(text, plan).map(u128::from),
    }
}

/// The same for the types whose keys have 64 bits.
#[inline]
pub fn key64(text: &[u8], plan: &ColumnPlan) -> Option<u64> {
    // Only contracts have such patterns, so that a build without them need not read them.
    if cfg!(feature = "contract")
        && let Some(spelling) = &plan.spelled
        && plan.ty.is_temporal()
    {
        return spelling.number(text, plan.ty).map(domain::signed);
    }
    match plan.ty {
        Type::Boolean => boolean(text).map(u64::from),
        Type::Integer => {
            let whole = || if plan.formats & WHOLE == 0 { None } else { number::whole(text) };
            number::integer(text).or_else(whole).map(domain::signed)
        }
        Type::Float => number::float(text).map(domain::float),
        Type::Date => temporal::date(text, plan.formats).map(|it| domain::signed(it.value)),
        Type::Timestamp { unit, .. } => {
            let is_whole = plan.formats & TIMED == 0 || text.contains(&b':');
            let parsed = temporal::timestamp(text, plan.formats, unit).filter(|_| is_whole);
            parsed.map(|it| domain::signed(it.value))
        }
        Type::Time => temporal::time(text).map(domain::signed),
        _ => None,
    }
}
