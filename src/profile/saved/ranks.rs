//! Bytes that are mostly near each other, as the registers of a distinct counter are: each one's distance from a common
//! base in unary, 0, 1, −1, 2, −2, …, which takes about three bits a register; as base 64. Empty where there are none.

use super::bytes;
use crate::error::{Error, Kind, Result};

/// The base, then the number of bytes in three bytes.
const HEAD: usize = 4;

/// How many zeros stand for a byte, before the one that ends it.
fn zeros(byte: u8, base: u8) -> u8 {
    let distance = base.wrapping_sub(byte) as i8;
    ((distance << 1) ^ (distance >> 7)) as u8
}

fn byte(zeros: u8, base: u8) -> u8 {
    base.wrapping_sub((zeros >> 1) ^ (zeros & 1).wrapping_neg())
}

/// The base that takes the fewest bits; the smallest of several.
fn best(bytes: &[u8]) -> u8 {
    let mut counts = [0u64; 256];
    bytes.iter().for_each(|&byte| counts[usize::from(byte)] += 1);
    let bits = |base: u8| -> u64 {
        (0..=255u8).zip(&counts).map(|(byte, count)| count * u64::from(zeros(byte, base))).sum()
    };
    (0..=255).min_by_key(|&base| bits(base)).unwrap_or(0)
}

/// The text of these bytes, at most a megabyte. Equal bytes have equal texts.
pub(super) fn encode(ranks: &[u8]) -> String {
    if ranks.is_empty() {
        return String::new();
    }
    let base = best(ranks);
    let mut out = vec![base];
    out.extend_from_slice(&(ranks.len() as u32).to_le_bytes()[..HEAD - 1]);
    let mut bit = out.len() * 8;
    for &rank in ranks {
        bit += usize::from(zeros(rank, base));
        out.resize(bit / 8 + 1, 0);
        out[bit / 8] |= 1 << (bit % 8);
        bit += 1;
    }
    bytes::encode(&out)
}

/// The bytes of a text that [`encode`] wrote.
///
/// # Errors
/// `Damaged` where it did not write it; `Limit` beyond a megabyte.
pub(super) fn decode(text: &str) -> Result<Vec<u8>> {
    let damaged = || Error::new(Kind::Damaged, "saved profile holds a distinct counter that cannot be read");
    let packed = bytes::decode(text)?;
    if packed.is_empty() {
        return Ok(packed);
    }
    let (&[base, a, b, c], bits) = packed.split_first_chunk::<HEAD>().ok_or_else(damaged)?;
    let count = u32::from_le_bytes([a, b, c, 0]) as usize;
    let mut ranks = Vec::new();
    let mut run = 0u32;
    for bit in (0..bits.len() * 8).map(|i| bits[i / 8] >> (i % 8) & 1) {
        if bit == 0 {
            run += 1;
        } else {
            ranks.push(byte(u8::try_from(run).map_err(|_| damaged())?, base));
            run = 0;
        }
    }
    if ranks.len() == count && encode(&ranks) == text { Ok(ranks) } else { Err(damaged()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_come_back() {
        for base in [0, 7, 130, 255u8] {
            for length in [0u32, 1, 7, 64, 5000] {
                let ranks: Vec<u8> =
                    (0..length).map(|i| base.wrapping_add((i * i % 7) as u8).wrapping_sub(3)).collect();
                assert_eq!(decode(&encode(&ranks)).unwrap(), ranks);
            }
        }
        let all: Vec<u8> = (0..=255).collect();
        assert_eq!(decode(&encode(&all)).unwrap(), all);
        assert_eq!(encode(&[5, 5, 6, 4]), "BQQAAEs");
    }

    #[test]
    fn hostile_text_is_an_error() {
        // Too short, fewer than it says, a base that is not the best, zeros behind the last, none of four, no base 64.
        for text in ["BQ", "BQUAAEs", "BAQAAIoB", "BQQAAEsA", "BQQAAA", "x", "(300)"] {
            assert!(decode(text).is_err(), "{text}");
        }
    }
}
