//! Numbers as people write them → exact decimals, held against values without rounding integers or decimals to doubles.

use std::cmp::Ordering;

use crate::cell::Value;

/// The most digits that 128 bits hold whatever they are.
const DIGITS: usize = 38;

/// A decimal number: `unscaled / 10^scale`, with the double nearest to it for columns of doubles.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Exact {
    unscaled: i128,
    scale: u8,
    nearest: f64,
    text: String,
}

impl Exact {
    /// Reads an optional sign, digits with an optional point, an optional exponent. Beyond 38 digits the number is kept
    /// as far out as 128 bits go (very large) or cut 38 digits behind the point (very small, though never to 0), so that
    /// numbers of up to 38 digits compare as with the number itself.
    pub(super) fn parse(text: &str) -> Option<Exact> {
        let nearest: f64 = text.parse().ok()?;
        let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
        let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
            // The double's parser has seen that an exponent is digits; too many of them are merely far out.
            Some((m, e)) => {
                (m, e.parse::<i64>().unwrap_or(if e.starts_with('-') { -99_999 } else { 99_999 }))
            }
            None => (unsigned, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        if !mantissa.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
            return None;
        }
        let digits: String = [whole, fraction].concat();
        let digits = digits.trim_start_matches('0');
        let mut point = exponent.clamp(-99_999, 99_999) - fraction.len() as i64;
        let significant = digits.trim_end_matches('0');
        point += (digits.len() - significant.len()) as i64;
        let (size, scale) = scaled(significant, point);
        let unscaled = if text.starts_with('-') { -size } else { size };
        Some(Exact { unscaled, scale, nearest, text: text.to_owned() })
    }

    /// An integer.
    pub(super) fn integer(value: i128) -> Exact {
        Exact { unscaled: value, scale: 0, nearest: value as f64, text: value.to_string() }
    }

    /// The canonical form: no zeros at the end of a fraction. Equal numbers have equal forms.
    pub(super) fn canonical(&self) -> (i128, u8) {
        canonical(self.unscaled, self.scale)
    }

    /// The double nearest to it.
    pub(super) fn nearest(&self) -> f64 {
        self.nearest
    }

    /// The text it was written as.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// How a value stands to this number; `None` for what is not a number. Floats are held against the nearest double,
    /// so that 0.1 in the file equals 0.1 in the contract.
    pub(super) fn order(&self, value: Value<'_>) -> Option<Ordering> {
        match value {
            Value::Integer(value) => Some(self.order_decimal(value, 0)),
            Value::Decimal(value, scale) => Some(self.order_decimal(value, scale)),
            Value::Float(value) => value.partial_cmp(&self.nearest),
            _ => None,
        }
    }

    /// How `unscaled / 10^scale` stands to this number.
    pub(super) fn order_decimal(&self, unscaled: i128, scale: u8) -> Ordering {
        order((unscaled, scale), (self.unscaled, self.scale))
    }

    /// Whether `part / whole`, as a percentage, is below, at or above this number.
    pub(super) fn order_percent(&self, part: u64, whole: u64) -> Ordering {
        let ours = self.unscaled.checked_mul(i128::from(whole));
        let theirs = power(self.scale).and_then(|unit| unit.checked_mul(i128::from(part) * 100));
        match (theirs, ours) {
            (Some(theirs), Some(ours)) => theirs.cmp(&ours),
            _ => (part as f64 * 100.0 / whole as f64).total_cmp(&self.nearest),
        }
    }
}

/// The decimal that a double was written as: the one of at most 15 digits, 9 of them behind the point, that it is the
/// double nearest to. There is at most one, since decimals of 15 digits survive as doubles.
pub(super) fn written(value: f64) -> Option<(i128, u8)> {
    let mut unit = 1.0;
    for scale in 0..=9 {
        let unscaled = (value * unit).round();
        if unscaled.abs() >= 1e15 {
            return None;
        }
        if unscaled / unit == value {
            return Some((unscaled as i128, scale));
        }
        unit *= 10.0;
    }
    None
}

/// How two decimals (unscaled, scale) stand to each other, without rounding.
pub(super) fn order((a, a_scale): (i128, u8), (b, b_scale): (i128, u8)) -> Ordering {
    if a_scale == b_scale {
        return a.cmp(&b);
    }
    let (Some(a_unit), Some(b_unit)) = (power(a_scale), power(b_scale)) else {
        return Ordering::Less;
    };
    let whole = a.div_euclid(a_unit).cmp(&b.div_euclid(b_unit));
    whole.then_with(|| {
        // Both rests are below 10^38 once brought to the larger scale.
        let most = a_scale.max(b_scale);
        let rest =
            |value: i128, unit: i128, scale: u8| value.rem_euclid(unit) * power(most - scale).unwrap_or(1);
        rest(a, a_unit, a_scale).cmp(&rest(b, b_unit, b_scale))
    })
}

/// The canonical form of `unscaled / 10^scale`.
pub(super) fn canonical(mut unscaled: i128, mut scale: u8) -> (i128, u8) {
    while scale > 0 && unscaled % 10 == 0 {
        unscaled /= 10;
        scale -= 1;
    }
    (unscaled, scale)
}

fn power(exponent: u8) -> Option<i128> {
    10i128.checked_pow(u32::from(exponent))
}

/// `digits · 10^point` as a 128-bit integer and a scale.
fn scaled(digits: &str, point: i64) -> (i128, u8) {
    if digits.is_empty() {
        return (0, 0);
    }
    let size = digits.len() as i64 + point;
    if size > DIGITS as i64 {
        return (i128::MAX, 0);
    }
    if point >= 0 {
        let value: i128 = digits.parse().unwrap_or(i128::MAX);
        return (value.saturating_mul(power(point as u8).unwrap_or(i128::MAX)), 0);
    }
    // Digits that do not fit behind the point become a last 1: not zero, and between the same neighbours.
    let behind = (-point).min(DIGITS as i64 - size.max(0));
    let kept = (digits.len() as i64 + point + behind).max(0) as usize;
    if kept == digits.len() {
        return (digits.parse().unwrap_or(i128::MAX), behind as u8);
    }
    let value: i128 = digits[..kept].parse().unwrap_or(0);
    (value.saturating_add(i128::from(value == 0)), behind as u8)
}

#[cfg(test)]
mod tests {
    use super::*;
    use Ordering::{Equal, Greater, Less};

    fn exact(text: &str) -> Exact {
        Exact::parse(text).unwrap_or_else(|| panic!("{text}"))
    }

    #[test]
    fn equal_numbers_have_equal_forms() {
        for same in
            [["1", "1.0"], ["1e2", "100"], ["0.10", ".1"], ["-0", "0"], ["+5", "5"], ["1500e-2", "15"]]
        {
            assert_eq!(exact(same[0]).canonical(), exact(same[1]).canonical(), "{same:?}");
        }
        assert_eq!(exact("-12.340").canonical(), (-1234, 2));
    }

    #[test]
    fn integers_and_decimals_compare_without_rounding() {
        let table = [
            (Value::Integer(9_007_199_254_740_993), "9007199254740992", Greater),
            (Value::Integer(9_007_199_254_740_993), "9007199254740993", Equal),
            (Value::Integer(-1), "-0.5", Less),
            (Value::Integer(0), "-0.5", Greater),
            (Value::Integer(3), "3.00", Equal),
            (Value::Decimal(1_234, 2), "12.34", Equal),
            (Value::Decimal(-1_234, 2), "-12.341", Greater),
            (Value::Decimal(1, 38), "0", Greater),
            (Value::Decimal(10i128.pow(38) - 1, 0), "1e400", Less),
            (Value::Integer(0), "1e-400", Less),
            (Value::Integer(0), "-1e-400", Greater),
            (Value::Float(0.1), "0.1", Equal),
            (Value::Float(0.3), "0.1", Greater),
            (Value::Float(f64::NEG_INFINITY), "-1e308", Less),
        ];
        for (value, text, order) in table {
            assert_eq!(exact(text).order(value), Some(order), "{value:?} {text}");
        }
        assert_eq!(exact("1").order(Value::Text("1")), None);
    }

    #[test]
    fn doubles_are_the_decimals_that_they_were_written_as() {
        for text in
            ["0", "-0.5", "378.40", "18.92", "0.1", "1e14", "123456.789012345", "-2599.99", "4", "1e-9"]
        {
            let found = written(text.parse().unwrap()).map(|it| canonical(it.0, it.1));
            assert_eq!(found, Some(exact(text).canonical()), "{text}");
        }
        for value in [f64::NAN, f64::INFINITY, 1e15, 0.1 + 0.2, 18.92 * 20.0, 1.0 / 3.0, 1e-10] {
            assert_eq!(written(value), None, "{value}");
        }
    }

    #[test]
    fn what_is_no_decimal_number_is_not_read() {
        for text in ["", "-", "x", "0x10", "inf", "NaN", "1_000", "1,5", ".", "1e"] {
            assert_eq!(Exact::parse(text), None, "{text}");
        }
    }

    #[test]
    fn percentages_compare_exactly() {
        assert_eq!(exact("33.3").order_percent(1, 3), Greater);
        assert_eq!(exact("5").order_percent(5, 100), Equal);
        assert_eq!(exact("0.1").order_percent(1, 1_000), Equal);
        assert_eq!(exact("0.1").order_percent(1, 1_001), Less);
    }
}
