//! What is asked of a frame, or of a size, without decompressing.

use crate::frame::{Frame, MAX_RATIO};

/// The first frame is cut short, is not zstd, or claims more bytes than its length can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ContentSizeError;

impl std::fmt::Display for ContentSizeError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("could not get the content size of a zstd frame")
    }
}

impl std::error::Error for ContentSizeError {}

/// Bytes that the first frame of `src` says it decompresses to; `None` where it does not say.
///
/// Callers allocate what this returns, so a size that no frame of this length could produce is an error.
///
/// # Errors
/// [`ContentSizeError`] as its documentation says.
pub fn get_frame_content_size(src: &[u8]) -> Result<Option<u64>, ContentSizeError> {
    match Frame::parse(src).map_err(|_| ContentSizeError)? {
        Frame::Skippable { .. } => Ok(None),
        Frame::Data(header) => match header.content_size {
            Some(n) if n > (src.len() as u64).saturating_mul(MAX_RATIO) => Err(ContentSizeError),
            size => Ok(size),
        },
    }
}

/// The largest compressed size, in bytes, of `src_size` bytes (libzstd's `ZSTD_COMPRESSBOUND`).
#[must_use]
pub fn compress_bound(src_size: usize) -> usize {
    const BLOCK: usize = 128 << 10;
    let margin = if src_size < BLOCK { (BLOCK - src_size) >> 11 } else { 0 };
    src_size.saturating_add(src_size >> 8).saturating_add(margin)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_says_its_size_or_that_it_does_not_know() {
        const MAGIC: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];
        let frame = |rest: &[u8]| [&MAGIC, rest].concat();
        // RFC 8878, 3.1.1.1: the descriptor's top two bits and bit 5 give the width of the content size.
        let cases = [
            (frame(&[0x20, 5]), Ok(Some(5))),
            (frame(&[0x00, 0x00]), Ok(None)),
            (frame(&[0x60, 0x00, 0x01]), Ok(Some(512))),
            (frame(&[0xa0, 0x00, 0x01, 0, 0]), Ok(Some(256))),
            (frame(&[0x20]), Err(ContentSizeError)),
            (frame(&[0xe0, 0, 0, 0, 0, 0, 0, 0, 0x10]), Err(ContentSizeError)),
            (vec![0x50, 0x2a, 0x4d, 0x18, 0, 0, 0, 0], Ok(None)),
            (b"PAR1".to_vec(), Err(ContentSizeError)),
            (Vec::new(), Err(ContentSizeError)),
        ];
        for (bytes, expected) in cases {
            assert_eq!(get_frame_content_size(&bytes), expected, "{bytes:02x?}");
        }
    }

    #[test]
    fn the_bound_is_libzstds() {
        // python: zstandard's ZSTD_compressBound, by the macro in zstd.h 1.5.7.
        assert_eq!([0, 1, 131_072, 1_000_000].map(compress_bound), [64, 64, 131_584, 1_003_906]);
    }
}
