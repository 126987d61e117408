//! One compressed Parquet page in, exactly as many bytes as its header says out; never more, whatever the page holds.

use std::io::{self, Read};

use ::parquet::basic::Compression;

use crate::error::{Error, Kind, Result};

/// Whether this build reads the codec.
///
/// # Errors
/// `Unsupported` with its name.
pub(super) fn supported(codec: Compression) -> Result<()> {
    let name = match codec {
        Compression::BROTLI(_) if cfg!(not(feature = "brotli")) => "brotli",
        Compression::LZO => "lzo",
        _ => return Ok(()),
    };
    let error = Error::new(Kind::Unsupported, format!("the pages are compressed with {name}"));
    Err(error.with_hint(match name {
        "brotli" => "the command line reads it",
        _ => "write the file again with zstd or snappy",
    }))
}

/// Decompresses `input` to exactly `size` bytes, appended to `out`.
///
/// # Errors
/// Where the input is damaged or longer or shorter than that.
pub(super) fn decompress(codec: Compression, input: &[u8], size: usize, out: &mut Vec<u8>) -> io::Result<()> {
    let start = out.len();
    match codec {
        Compression::UNCOMPRESSED => out.extend_from_slice(input),
        Compression::SNAPPY => {
            if snap::raw::decompress_len(input)? != size {
                return Err(wrong_size());
            }
            reserve(out, size)?;
            out.resize(start + size, 0);
            snap::raw::Decoder::new().decompress(input, &mut out[start..])?;
        }
        Compression::GZIP(_) => bounded(flate2::read::MultiGzDecoder::new(input), size, out)?,
        Compression::ZSTD(_) => {
            out.extend_from_slice(&zstd::bulk::Decompressor::new()?.decompress(input, size)?);
        }
        Compression::LZ4_RAW => block(input, size, out)?,
        Compression::LZ4 => hadoop(input, size, out)?,
        #[cfg(feature = "brotli")]
        Compression::BROTLI(_) => bounded(brotli_decompressor::Decompressor::new(input, 4096), size, out)?,
        other => return Err(io::Error::new(io::ErrorKind::Unsupported, format!("codec {other}"))),
    }
    if out.len() - start == size { Ok(()) } else { Err(wrong_size()) }
}

fn wrong_size() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "not as long as its header says")
}

fn reserve(out: &mut Vec<u8>, size: usize) -> io::Result<()> {
    out.try_reserve_exact(size).map_err(|_| io::Error::new(io::ErrorKind::OutOfMemory, "no memory for it"))
}

/// Reads one byte more than wanted, so that what is too long is seen and not kept.
fn bounded(reader: impl Read, size: usize, out: &mut Vec<u8>) -> io::Result<()> {
    reader.take(size as u64 + 1).read_to_end(out).map(drop)
}

fn block(input: &[u8], size: usize, out: &mut Vec<u8>) -> io::Result<()> {
    let start = out.len();
    reserve(out, size)?;
    out.resize(start + size, 0);
    let n = lz4_flex::block::decompress_into(input, &mut out[start..])
        .map_err(|e| io::Error::new(io::ErrorKind::InvalidData, e.to_string()))?;
    out.truncate(start + n);
    Ok(())
}

/// The old `LZ4` codec, of which three kinds were written: Hadoop's framing, LZ4 frames and bare blocks.
fn hadoop(input: &[u8], size: usize, out: &mut Vec<u8>) -> io::Result<()> {
    let start = out.len();
    let mut attempt = |read: &mut dyn FnMut(&mut Vec<u8>) -> io::Result<()>| {
        out.truncate(start);
        let done =
            read(out).and_then(|()| if out.len() - start == size { Ok(()) } else { Err(wrong_size()) });
        done.is_ok()
    };
    if attempt(&mut |out| framed(input, start + size, out))
        || attempt(&mut |out| bounded(lz4_flex::frame::FrameDecoder::new(input), size, out))
    {
        return Ok(());
    }
    out.truncate(start);
    block(input, size, out)
}

/// Hadoop's framing: the lengths of a block before and after compression, big-endian, then the block, repeated.
fn framed(mut input: &[u8], limit: usize, out: &mut Vec<u8>) -> io::Result<()> {
    while !input.is_empty() {
        let (Some((long, rest)), true) = (input.split_first_chunk::<4>(), out.len() <= limit) else {
            return Err(wrong_size());
        };
        let (short, rest) = rest.split_first_chunk::<4>().ok_or_else(wrong_size)?;
        let (long, short) = (u32::from_be_bytes(*long) as usize, u32::from_be_bytes(*short) as usize);
        if long > limit - out.len() || short > rest.len() {
            return Err(wrong_size());
        }
        let start = out.len();
        block(&rest[..short], long, out)?;
        if out.len() - start != long {
            return Err(wrong_size());
        }
        input = &rest[short..];
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hadoop_blocks_are_joined_and_lies_are_refused() {
        let mut input = Vec::new();
        for part in [&b"hello "[..], b"hello hello hello"] {
            let block = lz4_flex::block::compress(part);
            input.extend((part.len() as u32).to_be_bytes());
            input.extend((block.len() as u32).to_be_bytes());
            input.extend(block);
        }
        let mut out = b"x".to_vec();
        decompress(Compression::LZ4, &input, 23, &mut out).unwrap();
        assert_eq!(out, b"xhello hello hello hello");
        for wrong in [0, 22, 24, 1 << 20] {
            assert!(decompress(Compression::LZ4, &input, wrong, &mut Vec::new()).is_err());
        }
    }

    #[test]
    fn a_page_that_grows_beyond_its_header_is_cut_off() {
        let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        std::io::Write::write_all(&mut gz, &[0; 1 << 20]).unwrap();
        let input = gz.finish().unwrap();
        let mut out = Vec::new();
        assert!(decompress(Compression::GZIP(Default::default()), &input, 1000, &mut out).is_err());
        assert_eq!(out.len(), 1001);
    }
}
