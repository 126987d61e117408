//! Keys and exact integers in, [`Scalar`]s that lose nothing out.

use crate::cell::Domain;
use crate::cell::domain::{signed_of, wide_of};

use super::Scalar;

/// The largest integer below which a double holds every one.
const EXACT: u128 = 1 << 53;

/// The value of a key.
pub fn of_key(domain: Domain, key: u128) -> Scalar {
    match domain {
        Domain::Boolean | Domain::Signed | Domain::Wide(_) => {
            of_integer(integer_of(domain, key), scale_of(domain))
        }
        Domain::Float => Scalar::Float(domain.number(key)),
    }
}

/// The integer of a key: unscaled for decimals, 0 for floats, which have none.
pub fn integer_of(domain: Domain, key: u128) -> i128 {
    match domain {
        Domain::Boolean => key as i128,
        Domain::Signed => signed_of(key as u64).into(),
        Domain::Wide(_) => wide_of(key),
        Domain::Float => 0,
    }
}

/// The digits behind the decimal point.
pub fn scale_of(domain: Domain) -> u8 {
    if let Domain::Wide(scale) = domain { scale } else { 0 }
}

/// An integer over 10^scale: a decimal is text with all its digits, an integer beyond 2^53 is text too.
pub fn of_integer(value: i128, scale: u8) -> Scalar {
    of_digits(value < 0, &value.unsigned_abs().to_string(), scale)
}

/// As [`of_integer`], from the decimal digits of the magnitude.
pub fn of_digits(negative: bool, digits: &str, scale: u8) -> Scalar {
    let sign = if negative { "-" } else { "" };
    if scale > 0 {
        let scale = usize::from(scale);
        let digits = format!("{digits:0>width$}", width = scale + 1);
        let (whole, fraction) = digits.split_at(digits.len() - scale);
        return Scalar::Text(format!("{sign}{whole}.{fraction}"));
    }
    match digits.parse::<i64>() {
        Ok(value) if u128::from(value.unsigned_abs()) <= EXACT => {
            Scalar::Integer(if negative { -value } else { value })
        }
        _ => Scalar::Text(format!("{sign}{digits}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cell::domain::{float, signed, wide};

    #[test]
    fn nothing_is_rounded() {
        let text = |text: &str| Scalar::Text(text.into());
        assert_eq!(of_key(Domain::Signed, signed(-5).into()), Scalar::Integer(-5));
        assert_eq!(of_key(Domain::Signed, signed(i64::MIN).into()), text("-9223372036854775808"));
        assert_eq!(of_key(Domain::Signed, signed(1 << 53).into()), Scalar::Integer(1 << 53));
        assert_eq!(of_key(Domain::Signed, signed((1 << 53) + 1).into()), text("9007199254740993"));
        assert_eq!(of_key(Domain::Wide(2), wide(-5)), text("-0.05"));
        assert_eq!(of_key(Domain::Wide(2), wide(12_340)), text("123.40"));
        assert_eq!(of_key(Domain::Wide(0), wide(i128::MAX)), text("170141183460469231731687303715884105727"));
        assert_eq!(of_key(Domain::Float, float(0.1).into()), Scalar::Float(0.1));
        assert_eq!(of_key(Domain::Boolean, 1), Scalar::Integer(1));
    }
}
