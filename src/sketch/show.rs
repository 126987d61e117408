//! Keys as text: exactly the value, for places, top values and ranges.

use crate::cell::{Type, domain, temporal};

/// The text of a key of an ordered type.
pub fn key_text(key: u128, ty: Type) -> String {
    match ty {
        Type::Boolean => if key == 0 { "false" } else { "true" }.to_owned(),
        Type::WideInteger => domain::wide_of(key).to_string(),
        Type::Decimal(scale) => decimal_text(domain::wide_of(key), scale),
        Type::Float => float_text(domain::float_of(key as u64)),
        Type::Date | Type::Timestamp { .. } | Type::Time | Type::Duration => {
            temporal::show(domain::signed_of(key as u64), ty)
        }
        _ => domain::signed_of(key as u64).to_string(),
    }
}

/// A decimal with its point.
pub fn decimal_text(value: i128, scale: u8) -> String {
    if scale == 0 {
        return value.to_string();
    }
    let digits = format!("{:0>width$}", value.unsigned_abs(), width = usize::from(scale) + 1);
    let (whole, fraction) = digits.split_at(digits.len() - usize::from(scale));
    format!("{}{whole}.{fraction}", if value < 0 { "-" } else { "" })
}

/// The shortest text that reads back as this float.
pub fn float_text(value: f64) -> String {
    if value.is_infinite() {
        return if value < 0.0 { "-Infinity" } else { "Infinity" }.to_owned();
    }
    format!("{value}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_keep_their_digits() {
        assert_eq!(decimal_text(-5, 2), "-0.05");
        assert_eq!(decimal_text(123_456, 3), "123.456");
        assert_eq!(decimal_text(7, 0), "7");
        assert_eq!(decimal_text(i128::MIN, 38), "-1.70141183460469231731687303715884105728");
    }
}
