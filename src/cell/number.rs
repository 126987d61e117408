//! Numbers from text: an own integer loop and `fast-float2`.

/// Cuts ASCII white space off both ends.
#[inline]
pub fn trim(text: &[u8]) -> &[u8] {
    match (text.first(), text.last()) {
        (Some(first), Some(last)) if first.is_ascii_whitespace() || last.is_ascii_whitespace() => {
            text.trim_ascii()
        }
        _ => text,
    }
}

/// A 64-bit integer: an optional sign and digits, nothing else.
#[inline]
pub fn integer(text: &[u8]) -> Option<i64> {
    let (digits, negative) = match text.first()? {
        b'-' => (&text[1..], true),
        b'+' => (&text[1..], false),
        _ => (text, false),
    };
    if digits.is_empty() || digits.len() > 19 {
        return None;
    }
    let mut value: u64 = 0;
    for &byte in digits {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        // Nineteen digits stay below 2^64.
        value = value * 10 + u64::from(digit);
    }
    if negative {
        if value <= 1 << 63 { Some((value as i64).wrapping_neg()) } else { None }
    } else {
        i64::try_from(value).ok()
    }
}

/// A plain decimal: an optional sign, digits, a point, digits, no leading zeros and no exponent, where mantissa and
/// power of ten are exact doubles, so that one division rounds correctly (Clinger, "How to read floating point numbers
/// accurately", 1990). `None` for everything else, which [`float`] may still read.
#[inline]
pub fn plain_decimal(text: &[u8]) -> Option<f64> {
    let (digits, negative) = match text.first()? {
        b'-' => (&text[1..], true),
        _ => (text, false),
    };
    if digits.len() > 18 || has_leading_zero(digits) {
        return None;
    }
    let mut mantissa: u64 = 0;
    let mut point = None;
    for (at, &byte) in digits.iter().enumerate() {
        let digit = byte.wrapping_sub(b'0');
        if digit <= 9 {
            mantissa = mantissa * 10 + u64::from(digit);
        } else if byte == b'.' && point.is_none() && at > 0 {
            point = Some(at);
        } else {
            return None;
        }
    }
    let fraction = digits.len() - (point? + 1);
    if fraction == 0 || mantissa > 1 << 53 {
        return None;
    }
    let value = mantissa as f64 / super::domain::pow10(fraction as u8);
    Some(if negative { -value } else { value })
}

/// A 128-bit integer, leading zeros and all.
pub fn wide(text: &[u8]) -> Option<i128> {
    let (digits, negative) = match text.first()? {
        b'-' => (&text[1..], true),
        b'+' => (&text[1..], false),
        _ => (text, false),
    };
    if digits.is_empty() {
        return None;
    }
    let mut value: i128 = 0;
    for &byte in digits {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        value = value.checked_mul(10)?.checked_sub(i128::from(digit))?;
    }
    if negative { Some(value) } else { value.checked_neg() }
}

/// A decimal with at most `scale` digits behind the point, as an integer without the point.
pub fn decimal(text: &[u8], scale: u8) -> Option<i128> {
    let (whole, fraction) = match text.iter().position(|&b| b == b'.') {
        Some(at) => (&text[..at], &text[at + 1..]),
        None => (text, &[][..]),
    };
    let fraction = match fraction.iter().rposition(|&b| b != b'0') {
        Some(last) => &fraction[..=last],
        None => &[][..],
    };
    if fraction.len() > usize::from(scale) || !fraction.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let mut digits = Vec::with_capacity(whole.len() + usize::from(scale) + 1);
    digits.extend_from_slice(whole);
    digits.extend_from_slice(fraction);
    digits.resize(whole.len() + usize::from(scale), b'0');
    wide(&digits)
}

/// A float: decimal or scientific, or `inf`/`infinity` in any case; NaN is none.
#[inline]
pub fn float(text: &[u8]) -> Option<f64> {
    let value: f64 = fast_float2::parse(text).ok()?;
    if value.is_nan() { None } else { Some(value) }
}

/// A whole number that is written as another number: `5.0`, `2e3`; up to 2⁵³, beyond which a float may stand for several.
pub fn whole(text: &[u8]) -> Option<i64> {
    let value = float(text).filter(|value| value.abs() <= 9_007_199_254_740_992.0)?;
    (value.trunc() == value).then_some(value as i64)
}

/// Whether the digits before a point begin with a zero that says nothing: `007`, `-01.5`, but not `0` or `0.5`.
#[inline]
pub fn has_leading_zero(text: &[u8]) -> bool {
    let digits = match text.first() {
        Some(b'-' | b'+') => &text[1..],
        _ => text,
    };
    digits.len() > 1 && digits[0] == b'0' && digits[1].is_ascii_digit()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_of_64_bits_and_nothing_else() {
        let cases: [(&str, Option<i64>); 14] = [
            ("0", Some(0)),
            ("-0", Some(0)),
            ("+7", Some(7)),
            ("-9223372036854775808", Some(i64::MIN)),
            ("9223372036854775807", Some(i64::MAX)),
            ("9223372036854775808", None),
            ("-9223372036854775809", None),
            ("9999999999999999999", None),
            ("", None),
            ("-", None),
            ("1.0", None),
            ("1e5", None),
            (" 1", None),
            ("716277643516076032", Some(716_277_643_516_076_032)),
        ];
        for (text, expected) in cases {
            assert_eq!(integer(text.as_bytes()), expected, "{text:?}");
        }
    }

    #[test]
    fn wide_integers_up_to_128_bits() {
        assert_eq!(wide(b"-170141183460469231731687303715884105728"), Some(i128::MIN));
        assert_eq!(wide(b"170141183460469231731687303715884105727"), Some(i128::MAX));
        assert_eq!(wide(b"170141183460469231731687303715884105728"), None);
        assert_eq!(wide(b"12x"), None);
    }

    #[test]
    fn decimals_lose_their_point_but_no_digit() {
        assert_eq!(decimal(b"12.5", 2), Some(1250));
        assert_eq!(decimal(b"-0.05", 2), Some(-5));
        assert_eq!(decimal(b"3", 3), Some(3000));
        assert_eq!(decimal(b"1.230", 2), Some(123));
        assert_eq!(decimal(b"1.234", 2), None);
        assert_eq!(decimal(b"1.-2", 2), None);
    }

    #[test]
    fn floats_without_nan() {
        assert_eq!(float(b"1e5"), Some(1e5));
        assert_eq!(float(b"-Infinity"), Some(f64::NEG_INFINITY));
        assert_eq!(float(b"nan"), None);
        assert_eq!(float(b"0x10"), None);
        assert_eq!(float(b"1,5"), None);
        assert_eq!(float(b"1.5 "), None);
    }

    #[test]
    fn plain_decimals_are_the_floats_of_the_general_parser() {
        for text in
            ["0.5", "-12.25", "3.14159265358979", "0.8444218515250481", "100.10", "-0.0", "9007199254740.992"]
        {
            let expected = float(text.as_bytes()).map(f64::to_bits);
            assert_eq!(plain_decimal(text.as_bytes()).map(f64::to_bits), expected, "{text}");
        }
        for text in ["", "-", ".5", "5.", "1", "1e5", "00.5", "+1.5", "1.2.3", "1.5x", "0.99999999999999999"]
        {
            assert_eq!(plain_decimal(text.as_bytes()), None, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn a_plain_decimal_never_differs_from_the_general_parser(text in "-?[0-9]{1,9}\\.[0-9]{1,12}") {
            if let Some(value) = plain_decimal(text.as_bytes()) {
                proptest::prop_assert_eq!(Some(value.to_bits()), float(text.as_bytes()).map(f64::to_bits));
            }
        }
    }

    #[test]
    fn whole_numbers_may_be_written_with_a_point_or_an_exponent() {
        let cases = [
            ("5.0", Some(5)),
            ("-2e3", Some(-2_000)),
            ("9007199254740992.0", Some(1 << 53)),
            ("9007199254740994.0", None),
            ("1.5", None),
            ("inf", None),
            ("x", None),
        ];
        for (text, expected) in cases {
            assert_eq!(whole(text.as_bytes()), expected, "{text:?}");
        }
    }

    #[test]
    fn leading_zeros() {
        for text in ["007", "-01", "00", "00.5"] {
            assert!(has_leading_zero(text.as_bytes()), "{text}");
        }
        for text in ["0", "0.5", "-0.5", "10", "", "-"] {
            assert!(!has_leading_zero(text.as_bytes()), "{text}");
        }
    }
}
