//! Counts, shares and doubles in, the short forms that a person reads out.

use super::escape::shown;
use crate::report::wire::{Estimate, Scalar};
pub(super) use crate::words::grouped as count;
use crate::words::grouped_digits;

/// `1 row`, `2 rows`.
pub(super) fn counted(value: u64, one: &str, many: &str) -> String {
    format!("{} {}", count(value), if value == 1 { one } else { many })
}

/// A share in percent with one decimal; `0 %` and `100 %` only where that is exactly so.
pub(super) fn percent(part: u64, whole: u64) -> String {
    if part == 0 || whole == 0 {
        return "0 %".into();
    }
    if part >= whole {
        return "100 %".into();
    }
    let (part, whole) = (u128::from(part), u128::from(whole));
    if part * 1000 < whole {
        return "<0.1 %".into();
    }
    if (whole - part) * 1000 < whole {
        return ">99.9 %".into();
    }
    let tenths = (part * 2000 + whole) / (2 * whole);
    format!("{}.{} %", tenths / 10, tenths % 10)
}

/// A double with at most six significant digits.
pub(super) fn double(value: f64) -> String {
    if !value.is_finite() {
        return if value.is_nan() {
            "undefined".into()
        } else {
            if value > 0.0 { "∞" } else { "−∞" }.into()
        };
    }
    if value == 0.0 {
        return "0".into();
    }
    let scientific = format!("{value:.5e}");
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let power: i32 = exponent.parse().unwrap_or(0);
    if (-5..15).contains(&power) {
        let decimals = usize::try_from(5 - power).unwrap_or(0);
        let fixed = format!("{value:.decimals$}");
        let short =
            if fixed.contains('.') { fixed.trim_end_matches('0').trim_end_matches('.') } else { &fixed };
        let (sign, digits) = short.strip_prefix('-').map_or(("", short), |digits| ("−", digits));
        let (whole, rest) = digits.split_once('.').unwrap_or((digits, ""));
        let whole = grouped_digits(whole);
        return if rest.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{rest}") };
    }
    let mantissa = mantissa.trim_end_matches('0').trim_end_matches('.');
    format!("{mantissa}e{power}").replace('-', "−")
}

/// A value of a column's own domain; text in quotes is up to the caller. `None` where it is undefined.
pub(super) fn scalar(value: &Scalar) -> Option<String> {
    match value {
        Scalar::Integer(value) => {
            // Years and codes of four digits read better as they are.
            let digits = value.unsigned_abs().to_string();
            let digits = if digits.len() > 4 { grouped_digits(&digits) } else { digits };
            Some(if *value < 0 { format!("−{digits}") } else { digits })
        }
        Scalar::Float(value) => Some(double(*value)),
        Scalar::Text(text) => Some(match text.as_str() {
            "Infinity" => "∞".into(),
            "-Infinity" => "−∞".into(),
            _ => shown(text),
        }),
        Scalar::Null => None,
    }
}

/// `48,213` where exact, else `≈48,211 ±310`.
pub(super) fn estimate(estimate: &Estimate) -> String {
    let whole = |value: f64| count(value.max(0.0).round() as u64);
    if estimate.exact {
        whole(estimate.value)
    } else {
        format!("≈{} ±{}", whole(estimate.value), whole(estimate.error.ceil()))
    }
}

/// Bytes with a binary unit: `31.2 MiB`.
pub(super) fn size(bytes: u64) -> String {
    const UNITS: [&str; 6] = ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];
    if bytes < 1024 {
        return counted(bytes, "byte", "bytes");
    }
    let mut tenths = u128::from(bytes) * 10;
    let mut unit = "";
    for name in UNITS {
        if !unit.is_empty() && tenths < 10_240 {
            break;
        }
        tenths = (tenths + 512) / 1024;
        unit = name;
    }
    format!("{}.{} {unit}", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_never_rounded_to_nothing_or_to_everything() {
        let table = [
            (0, 10, "0 %"),
            (0, 0, "0 %"),
            (10, 10, "100 %"),
            (1, 336_776, "<0.1 %"),
            (336_775, 336_776, ">99.9 %"),
            (1, 1000, "0.1 %"),
            (999, 1000, "99.9 %"),
            (9_996, 10_000, ">99.9 %"),
            (1, 3, "33.3 %"),
            (1, 2, "50.0 %"),
            (u64::MAX - 1, u64::MAX, ">99.9 %"),
        ];
        for (part, whole, wanted) in table {
            assert_eq!(percent(part, whole), wanted, "{part} of {whole}");
        }
    }

    #[test]
    fn doubles_keep_six_digits() {
        let table = [
            (0.0, "0"),
            (5.0, "5"),
            (-5.25, "−5.25"),
            (12.639_070_257, "12.6391"),
            (336_776.0, "336,776"),
            (1_234_567.0, "1,234,567"),
            (0.000_012_345_678, "0.0000123457"),
            (1e-9, "1e−9"),
            (1.5e300, "1.5e300"),
            (f64::INFINITY, "∞"),
        ];
        for (value, wanted) in table {
            assert_eq!(double(value), wanted);
        }
    }

    #[test]
    fn sizes_and_counts_are_short() {
        assert_eq!([size(0), size(1), size(1023)], ["0 bytes", "1 byte", "1,023 bytes"]);
        assert_eq!([size(1024), size(1_572_864), size(1 << 40)], ["1.0 KiB", "1.5 MiB", "1.0 TiB"]);
        assert_eq!(size(u64::MAX), "16.0 EiB");
        assert_eq!(count(1_000_000), "1,000,000");
        assert_eq!(estimate(&Estimate { value: 48_211.4, exact: false, error: 309.2 }), "≈48,211 ±310");
        assert_eq!(estimate(&Estimate { value: 7.0, exact: true, error: 0.0 }), "7");
    }
}
