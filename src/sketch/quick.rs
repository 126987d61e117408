//! Numbers as they cross between workers by the million: as compact as those of [`super::pack`], without a loop both ways.
//!
//! Seven bits a byte: as many zero bits as bytes follow the first, a one, then the number, all from the lowest bit on.
//! What needs more than 56 bits is a zero byte and eight bytes. No saved file holds them.

use super::pack::{damaged, take};
use crate::error::Result;

/// Appends a number.
#[inline]
pub fn put(value: u64, out: &mut Vec<u8>) {
    let count = bytes_of(value);
    let from = out.len();
    if count > 8 {
        out.push(0);
        out.extend_from_slice(&value.to_le_bytes());
    } else {
        out.extend_from_slice(&((value << 1 | 1) << (count - 1)).to_le_bytes());
        out.truncate(from + count);
    }
}

/// Takes a number off the front.
///
/// # Errors
/// `Damaged` where the input ends early or holds what [`put`] does not write.
#[inline]
pub fn get(input: &mut &[u8]) -> Result<u64> {
    let count = input.first().map_or(1, |first| first.trailing_zeros() as usize + 1);
    let mut bytes = [0; 8];
    if count > 8 {
        bytes.copy_from_slice(&take(input, 9)?[1..]);
    } else if let Some(eight) = input.first_chunk::<8>() {
        bytes = *eight;
        *input = &input[count..];
    } else {
        bytes[..count].copy_from_slice(take(input, count)?);
    }
    let word = u64::from_le_bytes(bytes);
    let value = if count > 8 { word } else { word << (64 - 8 * count) >> (64 - 7 * count) };
    if bytes_of(value) == count { Ok(value) } else { Err(damaged("a number that is not canonical")) }
}

#[inline]
fn bytes_of(value: u64) -> usize {
    let bits = 64 - (value | 1).leading_zeros();
    (bits.div_ceil(7) as usize).min(9)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn packed(value: u64) -> Vec<u8> {
        let mut out = Vec::new();
        put(value, &mut out);
        out
    }

    proptest! {
        #[test]
        fn numbers_come_out_as_they_went_in(values in proptest::collection::vec(any::<u64>(), 0..9), shift in 0u32..64) {
            let mut out = Vec::new();
            values.iter().for_each(|value| put(value >> shift, &mut out));
            let mut input = out.as_slice();
            for value in values {
                prop_assert_eq!(get(&mut input).unwrap(), value >> shift);
            }
            prop_assert!(input.is_empty() && get(&mut input).is_err());
        }

        #[test]
        fn other_bytes_are_an_error_or_the_number_of_those_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..12)) {
            let mut input = bytes.as_slice();
            if let Ok(value) = get(&mut input) {
                prop_assert_eq!(&bytes[..bytes.len() - input.len()], packed(value));
            }
        }
    }

    #[test]
    fn numbers_take_as_many_bytes_as_they_need() {
        let lengths = [0, 127, 128, (1 << 56) - 1, 1 << 56, u64::MAX].map(|value| packed(value).len());
        assert_eq!(lengths, [1, 1, 2, 8, 9, 9]);
    }
}
