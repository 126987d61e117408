//! Numbers and values in, the text of messages out.

use crate::cell::{Domain, Type, domain, temporal};
use crate::num;
pub(crate) use crate::words::grouped as count;

/// The longest value from the data in a message, in characters.
const SHOWN: usize = 40;

/// A share as a percentage with as many digits as it needs: `0.04 %`, `95 %`.
pub(crate) fn percent(share: f64) -> String {
    let percent = share * 100.0;
    let near_end = percent.min(100.0 - percent);
    let digits = if near_end >= 10.0 || near_end <= 0.0 {
        0
    } else if near_end >= 0.95 {
        1
    } else {
        3
    };
    format!("{} %", trimmed(format!("{percent:.digits$}")))
}

/// A number to six significant digits.
pub(crate) fn number(x: f64) -> String {
    if x == 0.0 || !x.is_finite() {
        return if x == 0.0 { "0".into() } else { format!("{x}") };
    }
    let magnitude = num::log10(x.abs());
    if !(-4.0..15.0).contains(&magnitude) {
        let text = format!("{x:.5e}");
        return match text.split_once('e') {
            Some((digits, exponent)) => format!("{}e{exponent}", trimmed(digits.into())),
            None => text,
        };
    }
    let digits = (5.0 - magnitude.floor()).clamp(0.0, 9.0) as usize;
    trimmed(format!("{x:.digits$}"))
}

/// A statistic to three significant digits: `0.312`, `< 0.0001`.
pub(crate) fn statistic(x: f64) -> String {
    if x > 0.0 && x < 0.0001 {
        return "< 0.0001".into();
    }
    let digits = if x.abs() >= 100.0 {
        0
    } else if x.abs() >= 1.0 {
        2
    } else if x.abs() >= 0.001 || x == 0.0 {
        3
    } else {
        4
    };
    trimmed(format!("{x:.digits$}"))
}

/// A value from the data, quoted and cut.
pub(crate) fn quoted(text: &str) -> String {
    format!("\"{}\"", cut(text))
}

/// A value from the data, cut, control characters replaced.
pub(crate) fn cut(text: &str) -> String {
    let mut shown: String =
        text.chars().take(SHOWN).map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect();
    if text.chars().nth(SHOWN).is_some() {
        shown.push('…');
    }
    shown
}

/// The value of a key in its column's own terms.
pub(crate) fn value(ty: Type, domain: Domain, key: u128) -> String {
    match domain {
        Domain::Boolean => if key == 0 { "false" } else { "true" }.into(),
        Domain::Signed => signed(ty, domain::signed_of(key as u64)),
        Domain::Wide(0) => domain::wide_of(key).to_string(),
        Domain::Wide(_) | Domain::Float => number(domain.number(key)),
    }
}

fn signed(ty: Type, x: i64) -> String {
    match ty {
        Type::Date | Type::Timestamp { .. } | Type::Time => temporal::show(x, ty),
        Type::Duration => format!("{} s", number(x as f64 / 1e6)),
        _ => x.to_string(),
    }
}

fn trimmed(text: String) -> String {
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_string() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cell::TimeUnit;

    #[test]
    fn counts_shares_and_numbers_are_short() {
        assert_eq!(
            [0, 999, 1_000, 41_200, 1_234_567].map(count),
            ["0", "999", "1,000", "41,200", "1,234,567"]
        );
        assert_eq!(
            [0.0, 0.95, 1.0, 0.0004, 0.0123, 0.99996].map(percent),
            ["0 %", "95 %", "100 %", "0.04 %", "1.2 %", "99.996 %"]
        );
        assert_eq!(
            [0.0, 12.5, -3.0, 1_234_567.0, 1e-9, 1e300, 0.1 + 0.2].map(number),
            ["0", "12.5", "-3", "1234567", "1e-9", "1e300", "0.3"]
        );
        assert_eq!(
            [0.31, 0.0, 1e-30, 123.4, 0.0316].map(statistic),
            ["0.31", "0", "< 0.0001", "123", "0.032"]
        );
    }

    #[test]
    fn keys_read_as_their_columns_values() {
        let key = |x: i64| u128::from(domain::signed(x));
        let stamp = Type::Timestamp { unit: TimeUnit::Nano, zoned: false };
        assert_eq!(value(Type::Date, Domain::Signed, key(15_706)), "2013-01-01");
        assert_eq!(value(stamp, Domain::Signed, key(-1_500_000_000)), "1969-12-31T23:59:58.5");
        assert_eq!(value(Type::Time, Domain::Signed, key(3_600_000_000)), "01:00:00");
        assert_eq!(value(Type::Integer, Domain::Signed, key(-7)), "-7");
        assert_eq!(value(Type::Decimal(2), Domain::Wide(2), domain::wide(1250)), "12.5");
        assert_eq!(value(Type::Boolean, Domain::Boolean, 1), "true");
    }

    #[test]
    fn long_and_hostile_values_are_cut() {
        assert_eq!(quoted("a\nb"), "\"a\u{fffd}b\"");
        assert_eq!(quoted(&"x".repeat(100)).chars().count(), SHOWN + 3);
    }
}
