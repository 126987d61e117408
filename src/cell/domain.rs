//! Order-preserving keys: every ordered type is counted under an unsigned key whose order is the values' order, so
//! that one table serves them all and `key >> shift` is a coarser, still ordered, bucket.

use super::types::{TimeUnit, Type};

/// How keys and values of an ordered column belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Domain {
    /// `false` is key 0, `true` key 1.
    Boolean,
    /// A signed 64-bit integer with its sign bit flipped; also days, microseconds and nanoseconds.
    Signed,
    /// A signed 128-bit integer with its sign bit flipped, with this many digits behind the decimal point.
    Wide(u8),
    /// The ordered bits of a float; NaN never gets here and −0 is 0.
    Float,
}

const SIGN64: u64 = 1 << 63;
const SIGN128: u128 = 1 << 127;

impl Domain {
    /// The domain of an ordered type; `None` for what is held as bytes.
    pub fn of(ty: Type) -> Option<Domain> {
        match ty {
            Type::Boolean => Some(Domain::Boolean),
            Type::Integer | Type::Date | Type::Timestamp { .. } | Type::Time | Type::Duration => {
                Some(Domain::Signed)
            }
            Type::WideInteger => Some(Domain::Wide(0)),
            Type::Decimal(scale) => Some(Domain::Wide(scale)),
            Type::Float => Some(Domain::Float),
            Type::Text | Type::List | Type::Json | Type::Binary => None,
        }
    }

    /// The key's width in bits: 128 for wide integers and decimals, else 64.
    pub fn bits(self) -> u32 {
        if matches!(self, Domain::Wide(_)) { 128 } else { 64 }
    }

    /// The value of a key as the nearest double.
    pub fn number(self, key: u128) -> f64 {
        match self {
            Domain::Boolean => key as f64,
            Domain::Signed => signed_of(key as u64) as f64,
            Domain::Wide(scale) => wide_of(key) as f64 / pow10(scale),
            Domain::Float => float_of(key as u64),
        }
    }

    /// The smallest and the largest key of the bucket `key >> shift`.
    pub fn bucket(self, bucket: u128, shift: u32) -> (u128, u128) {
        if shift == 0 {
            return (bucket, bucket);
        }
        let low = bucket << shift;
        (low, low | ((1u128 << shift) - 1))
    }
}

/// The key of a signed integer.
pub fn signed(value: i64) -> u64 {
    (value as u64) ^ SIGN64
}

/// The signed integer of a key.
pub fn signed_of(key: u64) -> i64 {
    (key ^ SIGN64) as i64
}

/// The key of a wide integer.
pub fn wide(value: i128) -> u128 {
    (value as u128) ^ SIGN128
}

/// The wide integer of a key.
pub fn wide_of(key: u128) -> i128 {
    (key ^ SIGN128) as i128
}

/// The key of a float: its bits, ordered as the numbers are; −0 is 0. NaN has no key: do not ask.
pub fn float(value: f64) -> u64 {
    let bits = (value + 0.0).to_bits();
    if bits & SIGN64 == 0 { bits | SIGN64 } else { !bits }
}

/// The float of a key.
pub fn float_of(key: u64) -> f64 {
    f64::from_bits(if key & SIGN64 == 0 { !key } else { key & !SIGN64 })
}

/// 10 to this power; exact up to 22, correctly rounded beyond.
pub fn pow10(exponent: u8) -> f64 {
    const EXACT: [f64; 39] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
        1e18, 1e19, 1e20, 1e21, 1e22, 1e23, 1e24, 1e25, 1e26, 1e27, 1e28, 1e29, 1e30, 1e31, 1e32, 1e33, 1e34,
        1e35, 1e36, 1e37, 1e38,
    ];
    EXACT[usize::from(exponent).min(38)]
}

/// The unit of a timestamp type, microseconds for every other.
pub fn unit_of(ty: Type) -> TimeUnit {
    if let Type::Timestamp { unit, .. } = ty { unit } else { TimeUnit::Micro }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_keep_the_order_of_their_values() {
        let ints = [i64::MIN, -2, -1, 0, 1, 2, i64::MAX];
        let floats = [f64::NEG_INFINITY, -1e300, -1.0, -1e-310, 0.0, 5e-324, 1.0, f64::MAX, f64::INFINITY];
        assert!(ints.windows(2).all(|w| signed(w[0]) < signed(w[1])));
        assert!(floats.windows(2).all(|w| float(w[0]) < float(w[1])));
        assert!(ints.iter().all(|&x| signed_of(signed(x)) == x && wide_of(wide(x.into())) == x.into()));
        assert!(floats.iter().all(|&x| float_of(float(x)) == x));
    }

    #[test]
    fn negative_zero_is_zero() {
        assert_eq!(float(-0.0), float(0.0));
    }

    #[test]
    fn a_bucket_holds_its_keys() {
        assert_eq!(Domain::Signed.bucket(5, 0), (5, 5));
        assert_eq!(Domain::Signed.bucket(5, 4), (80, 95));
    }
}
