//! Opaque bytes in, text for a JSON file out, and back: base 64 (RFC 4648, without padding), with long runs of zeros
//! written as their length in parentheses.

use crate::error::{Error, Kind, Result};

/// The most bytes of one slot.
const MOST: usize = 1 << 20;
/// The shortest run of zeros that is written as its length.
const RUN: usize = 6;
const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// The text of these bytes. Equal bytes have equal texts.
pub(super) fn encode(bytes: &[u8]) -> String {
    let mut out = String::new();
    let mut rest = bytes;
    while !rest.is_empty() {
        let plain = plain(rest);
        let (head, tail) = rest.split_at(plain);
        letters(head, &mut out);
        let zeros = tail.iter().take_while(|byte| **byte == 0).count();
        if zeros > 0 {
            out.push_str(&format!("({zeros})"));
        }
        rest = &tail[zeros..];
    }
    out
}

/// How many bytes stand before the first long run of zeros.
fn plain(bytes: &[u8]) -> usize {
    let mut zeros = 0;
    for (i, &byte) in bytes.iter().enumerate() {
        zeros = if byte == 0 { zeros + 1 } else { 0 };
        if zeros == RUN {
            return i + 1 - RUN;
        }
    }
    bytes.len()
}

fn letters(bytes: &[u8], out: &mut String) {
    for group in bytes.chunks(3) {
        let word =
            group.iter().fold(0u32, |word, &byte| word << 8 | u32::from(byte)) << (8 * (3 - group.len()));
        for i in 0..=group.len() {
            out.push(char::from(LETTERS[(word >> (18 - 6 * i) & 63) as usize]));
        }
    }
}

/// The bytes of a text that [`encode`] wrote.
///
/// # Errors
/// `Damaged` where it did not write it; `Limit` beyond a megabyte.
pub(super) fn decode(text: &str) -> Result<Vec<u8>> {
    let damaged = || Error::new(Kind::Damaged, "saved profile holds bytes that are not base 64");
    let mut out = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (head, tail) = rest.split_once('(').unwrap_or((rest, ""));
        numbers(head.as_bytes(), &mut out).ok_or_else(damaged)?;
        if head.len() < rest.len() {
            let (count, tail) = tail.split_once(')').ok_or_else(damaged)?;
            let zeros: usize = count.parse().map_err(|_| damaged())?;
            if zeros > MOST || out.len() + zeros > MOST {
                return Err(Error::new(
                    Kind::Limit,
                    format!("saved profile holds a sketch beyond {MOST} bytes"),
                ));
            }
            out.resize(out.len() + zeros, 0);
            rest = tail;
        } else {
            rest = "";
        }
    }
    if encode(&out) == text { Ok(out) } else { Err(damaged()) }
}

fn numbers(text: &[u8], out: &mut Vec<u8>) -> Option<()> {
    for group in text.chunks(4) {
        let mut word = 0u32;
        for &letter in group {
            let six = match letter {
                b'A'..=b'Z' => letter - b'A',
                b'a'..=b'z' => letter - b'a' + 26,
                b'0'..=b'9' => letter - b'0' + 52,
                b'+' => 62,
                b'/' => 63,
                _ => return None,
            };
            word = word << 6 | u32::from(six);
        }
        word <<= 6 * (4 - group.len());
        out.extend((0..group.len().checked_sub(1)?).map(|i| (word >> (16 - 8 * i)) as u8));
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_come_back() {
        let mut state = 1u64;
        for length in 0..200 {
            let bytes: Vec<u8> = (0..length)
                .map(|_| {
                    state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                    if state >> 62 == 0 { (state >> 40) as u8 } else { 0 }
                })
                .collect();
            assert_eq!(decode(&encode(&bytes)).unwrap(), bytes);
        }
        assert_eq!(encode(b"Man"), "TWFu");
        assert_eq!(encode(b"Ma"), "TWE");
        assert_eq!(encode(&[0; 4096]), "(4096)");
        assert_eq!(encode(&[[7].as_slice(), &[0; 9], &[7]].concat()), "Bw(9)Bw");
    }

    #[test]
    fn hostile_text_is_an_error() {
        for text in [
            "(",
            ")",
            "()",
            "(5)",
            "(x)",
            "(99999999999999999999)",
            "(1000001)(1000001)",
            "A",
            "TWE=",
            "TWF",
            "ä",
            "(7)(7)",
            "AAAAAAAAAAAA",
            "(-7)",
            "(+7)",
        ] {
            assert!(decode(text).is_err(), "{text:?}");
        }
    }
}
