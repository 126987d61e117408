//! The header of a zstd frame (RFC 8878, section 3.1): bytes in; its kind, window and content size out.

use std::io::{Error, ErrorKind, Result};

/// Most bytes that one compressed byte can become: an RLE block is 4 bytes long and yields at most 128 KiB.
pub(crate) const MAX_RATIO: u64 = (128 << 10) / 4;

const MAGIC: u32 = 0xFD2F_B528;
const SKIPPABLE: std::ops::RangeInclusive<u32> = 0x184D_2A50..=0x184D_2A5F;

pub(crate) enum Frame {
    /// Metadata that decoders leave out; `len` is the whole frame, in bytes.
    Skippable {
        len: u64,
    },
    Data(Header),
}

pub(crate) struct Header {
    /// Length of the header itself, in bytes, magic number included.
    pub(crate) len: usize,
    /// How far back a match may reach, in bytes.
    pub(crate) window: u64,
    /// Decompressed size in bytes, where the frame says it.
    pub(crate) content_size: Option<u64>,
    /// Whether four bytes of XXH64 follow the last block.
    pub(crate) checksum: bool,
    /// 0 where the frame needs no dictionary.
    pub(crate) dictionary: u32,
}

impl Frame {
    /// Reads the header at the start of `src`.
    pub(crate) fn parse(src: &[u8]) -> Result<Self> {
        let magic = little_endian(src, 0, 4)? as u32;
        if SKIPPABLE.contains(&magic) {
            return Ok(Self::Skippable { len: 8 + little_endian(src, 4, 4)? });
        }
        if magic != MAGIC {
            return Err(Error::new(
                ErrorKind::InvalidData,
                format!("not a zstd frame: expected {MAGIC:#010x}, found {magic:#010x}"),
            ));
        }
        let descriptor = little_endian(src, 4, 1)? as u8;
        let single_segment = descriptor & 0x20 != 0;
        let mut at = 5;
        let mut take = |width: usize| -> Result<u64> {
            at += width;
            little_endian(src, at - width, width)
        };
        let window = if single_segment { 0 } else { window_size(take(1)? as u8) };
        let dictionary = take([0, 1, 2, 4][usize::from(descriptor & 3)])? as u32;
        let content_size = match (descriptor >> 6, single_segment) {
            (0, false) => None,
            (0, true) => Some(take(1)?),
            (1, _) => Some(take(2)? + 256),
            (2, _) => Some(take(4)?),
            _ => Some(take(8)?),
        };
        let window = if single_segment { content_size.unwrap_or(0) } else { window };
        Ok(Self::Data(Header { len: at, window, content_size, checksum: descriptor & 4 != 0, dictionary }))
    }
}

impl Header {
    /// A header for the same blocks whose window is no larger than one block, or output of `limit` bytes, needs, and
    /// without content size: a frame that claims a window of gigabytes costs only what it is allowed to become.
    pub(crate) fn bounded(&self, limit: u64) -> [u8; 6] {
        let window = self.window.min(limit.max(128 << 10));
        let byte = (0..=u8::MAX).find(|&b| window_size(b) >= window).unwrap_or(u8::MAX);
        let [a, b, c, d] = MAGIC.to_le_bytes();
        [a, b, c, d, if self.checksum { 4 } else { 0 }, byte]
    }
}

/// RFC 8878, 3.1.1.1.2: five bits of exponent, three of mantissa.
fn window_size(descriptor: u8) -> u64 {
    let base = 1_u64 << (10 + (descriptor >> 3));
    base + base / 8 * u64::from(descriptor & 7)
}

fn little_endian(src: &[u8], at: usize, width: usize) -> Result<u64> {
    let bytes = src
        .get(at..at + width)
        .ok_or_else(|| Error::new(ErrorKind::UnexpectedEof, "zstd frame is cut short"))?;
    Ok(bytes.iter().rev().fold(0, |n, &b| n << 8 | u64::from(b)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bounded_header_covers_the_limit_and_not_much_more() {
        for (claimed, limit) in [(1 << 40, 1000), (1 << 40, 5_000_000), (1 << 21, 1 << 40), (300, 1 << 40)] {
            let header =
                Header { len: 0, window: claimed, content_size: None, checksum: true, dictionary: 0 };
            let Ok(Frame::Data(bounded)) = Frame::parse(&header.bounded(limit)) else {
                panic!("not a frame")
            };
            let needed = claimed.min(limit.max(131_072));
            assert!(
                bounded.window >= needed && bounded.window <= (needed + needed / 8).max(1024),
                "{}",
                bounded.window
            );
            assert_eq!((bounded.content_size, bounded.checksum), (None, true));
        }
    }
}
