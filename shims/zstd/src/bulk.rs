//! Whole buffers at once: compressed frames in, bytes out, up to the caller's limit.

use std::io::{Cursor, Error, ErrorKind, Result, Write};
use std::marker::PhantomData;

use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};
use ruzstd::encoding::{CompressionLevel, compress};

use crate::frame::{Frame, Header};

/// Decompresses buffers. It keeps nothing between calls; the lifetime is that of zstd's dictionaries, unused here.
#[derive(Debug, Default)]
pub struct Decompressor<'a>(PhantomData<&'a ()>);

impl Decompressor<'static> {
    /// A decompressor without a dictionary.
    ///
    /// # Errors
    /// None; zstd's own can fail.
    pub fn new() -> Result<Self> {
        Ok(Self::default())
    }
}

impl Decompressor<'_> {
    /// Decompresses every frame of `source` into the spare capacity of `destination`, from the cursor's position
    /// on, and returns the number of bytes written. The vector is never re-allocated; its length becomes the end of
    /// what was written. Beside it, a window of at most about twice the spare capacity is allocated.
    ///
    /// # Errors
    /// `InvalidData` or `UnexpectedEof` for damaged frames, `WriteZero` where the capacity is too small,
    /// `Unsupported` for a dictionary. The vector then ends at the cursor's position.
    pub fn decompress_to_buffer(
        &mut self,
        source: &[u8],
        destination: &mut Cursor<&mut Vec<u8>>,
    ) -> Result<usize> {
        let start = usize::try_from(destination.position()).map_err(Error::other)?;
        let out = &mut **destination.get_mut();
        if start > out.len() {
            return Err(Error::new(ErrorKind::InvalidInput, "cursor is past the end of the buffer"));
        }
        out.truncate(start);
        let end = out.capacity();
        decompress_into(source, out, end)
    }

    /// Decompresses every frame of `data` into a new vector of at most `capacity` bytes. Memory grows with what was
    /// really decompressed, so a capacity that a damaged file made up costs nothing.
    ///
    /// # Errors
    /// Those of [`Self::decompress_to_buffer`], and `OutOfMemory`.
    pub fn decompress(&mut self, data: &[u8], capacity: usize) -> Result<Vec<u8>> {
        let mut out = Vec::new();
        // Most columns shrink by less than 16 times: one allocation of the right size for them.
        out.try_reserve_exact(capacity.min(data.len().saturating_mul(16))).map_err(out_of_memory)?;
        decompress_into(data, &mut out, capacity)?;
        Ok(out)
    }
}

/// Compresses buffers, whatever the level to a third or a half more than level 1 of zstd does.
#[derive(Debug, Default)]
pub struct Compressor<'a>(PhantomData<&'a ()>);

impl Compressor<'static> {
    /// A compressor.
    ///
    /// # Errors
    /// None; zstd's own can fail.
    pub fn new(_level: i32) -> Result<Self> {
        Ok(Self::default())
    }
}

impl Compressor<'_> {
    /// Compresses `source` to a frame that is written to `destination` from the cursor's position on, and returns the number of
    /// bytes written. The vector's length becomes the end of what was written; it grows where its capacity is too small.
    ///
    /// # Errors
    /// `InvalidInput` where the cursor is past the end of the vector.
    pub fn compress_to_buffer(
        &mut self,
        source: &[u8],
        destination: &mut Cursor<&mut Vec<u8>>,
    ) -> Result<usize> {
        let start = usize::try_from(destination.position()).map_err(Error::other)?;
        let out = &mut **destination.get_mut();
        if start > out.len() {
            return Err(Error::new(ErrorKind::InvalidInput, "cursor is past the end of the buffer"));
        }
        out.truncate(start);
        compress(source, &mut *out, CompressionLevel::Fastest);
        Ok(out.len() - start)
    }
}

fn decompress_into(mut source: &[u8], out: &mut Vec<u8>, end: usize) -> Result<usize> {
    let start = out.len();
    let mut all = || {
        while !source.is_empty() {
            match Frame::parse(source)? {
                Frame::Skippable { len } => {
                    let rest = usize::try_from(len).ok().and_then(|len| source.get(len..));
                    source = rest.ok_or_else(|| {
                        Error::new(ErrorKind::UnexpectedEof, "skippable zstd frame is cut short")
                    })?;
                }
                Frame::Data(header) => {
                    source = &source[header.len..];
                    decompress_frame(&header, &mut source, &mut Bounded { out, start, end })?;
                }
            }
        }
        Ok(())
    };
    match all() {
        Ok(()) => Ok(out.len() - start),
        Err(error) => {
            out.truncate(start);
            Err(error)
        }
    }
}

/// Decompresses the blocks that follow `header`, and moves `source` behind them.
fn decompress_frame(header: &Header, source: &mut &[u8], out: &mut Bounded<'_>) -> Result<()> {
    if header.dictionary != 0 {
        return Err(Error::new(
            ErrorKind::Unsupported,
            format!("zstd dictionary {} is not at hand", header.dictionary),
        ));
    }
    let start = out.out.len();
    let room = (out.end - start) as u64;
    if header.content_size.is_some_and(|n| n > room) {
        return Err(out.too_small());
    }
    let limit = header.content_size.unwrap_or(room);
    // A new decoder per frame: a reused one allocates the claimed window up front, a new one as it fills.
    let mut decoder = FrameDecoder::new();
    decoder.set_max_window_size(u64::MAX);
    decoder.init(&header.bounded(limit)[..]).map_err(damaged)?;
    while !decoder.is_finished() {
        decoder.decode_blocks(&mut *source, BlockDecodingStrategy::UptoBlocks(1)).map_err(damaged)?;
        decoder.collect_to_writer(&mut *out)?;
    }
    let written = (out.out.len() - start) as u64;
    if header.content_size.is_some_and(|n| n != written) {
        return Err(damaged(format!("expected {} bytes, found {written}", limit)));
    }
    if decoder.get_checksum_from_data().is_some_and(|sum| Some(sum) != decoder.get_calculated_checksum()) {
        return Err(damaged("its checksum does not match"));
    }
    Ok(())
}

/// A vector that is written from `start` on and does not grow past `end` bytes.
struct Bounded<'a> {
    out: &'a mut Vec<u8>,
    start: usize,
    end: usize,
}

impl Bounded<'_> {
    fn too_small(&self) -> Error {
        let room = self.end - self.start;
        Error::new(
            ErrorKind::WriteZero,
            format!("zstd data decompresses to more than the {room} bytes expected"),
        )
    }
}

impl Write for Bounded<'_> {
    fn write(&mut self, bytes: &[u8]) -> Result<usize> {
        let (len, capacity) = (self.out.len(), self.out.capacity());
        if bytes.len() > self.end - len {
            return Err(self.too_small());
        }
        if bytes.len() > capacity - len {
            let grown = (capacity * 2).clamp(len + bytes.len(), self.end);
            self.out.try_reserve_exact(grown - len).map_err(out_of_memory)?;
        }
        self.out.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> Result<()> {
        Ok(())
    }
}

fn damaged(why: impl std::fmt::Display) -> Error {
    Error::new(ErrorKind::InvalidData, format!("damaged zstd frame: {why}"))
}

fn out_of_memory(why: std::collections::TryReserveError) -> Error {
    Error::new(ErrorKind::OutOfMemory, why)
}

#[cfg(test)]
mod tests;
