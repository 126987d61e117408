//! A hash of a file's content that any cutting at its block borders gives: a sum over hashed blocks.

use super::pack::pack_struct;
use crate::num::hash;

/// Blocks are this long, the last one of a file may be shorter; runs begin at multiples of it.
pub const BLOCK: u64 = 1024;

/// The sum over the blocks seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Content {
    sum: u64,
    bytes: u64,
}

pack_struct!(Content { sum, bytes });

impl Content {
    /// Joins the blocks of another part of the file.
    pub fn merge(&mut self, other: &Content) {
        self.sum = self.sum.wrapping_add(other.sum);
        self.bytes += other.bytes;
    }

    /// Adds something that is not cut, such as a footer or the digest of a table's rows.
    pub fn add_whole(&mut self, index: u64, bytes: &[u8]) {
        self.sum = self.sum.wrapping_add(hash::word(index, block_hash(bytes)));
        self.bytes += bytes.len() as u64;
    }

    /// 16 hexadecimal digits.
    pub fn hex(&self) -> String {
        format!("{:016x}", hash::word(self.bytes, self.sum))
    }
}

/// Hashes the bytes of a run as they are read, whatever the pieces.
#[derive(Debug, Clone, Default)]
pub struct ContentHasher {
    content: Content,
    offset: u64,
    partial: Vec<u8>,
}

impl ContentHasher {
    /// A hasher of bytes from this offset on, a multiple of [`BLOCK`].
    pub fn new(offset: u64) -> ContentHasher {
        ContentHasher { content: Content::default(), offset, partial: Vec::with_capacity(BLOCK as usize) }
    }

    /// The next bytes.
    pub fn feed(&mut self, mut bytes: &[u8]) {
        if !self.partial.is_empty() {
            let missing = (BLOCK as usize - self.partial.len()).min(bytes.len());
            self.partial.extend_from_slice(&bytes[..missing]);
            bytes = &bytes[missing..];
            if self.partial.len() < BLOCK as usize {
                return;
            }
            let block = std::mem::take(&mut self.partial);
            self.block(&block);
            self.partial = block;
            self.partial.clear();
        }
        let mut blocks = bytes.chunks_exact(BLOCK as usize);
        for block in &mut blocks {
            self.block(block);
        }
        self.partial.extend_from_slice(blocks.remainder());
    }

    fn block(&mut self, block: &[u8]) {
        self.content.add_whole(self.offset, block);
        self.offset += block.len() as u64;
    }

    /// The hash of all bytes fed; the last block may be short only at the file's end.
    pub fn finish(mut self) -> Content {
        if !self.partial.is_empty() {
            let block = std::mem::take(&mut self.partial);
            self.block(&block);
        }
        self.content
    }
}

/// Four independent lanes of multiply and rotate, so that the multiplier's latency is hidden.
fn block_hash(bytes: &[u8]) -> u64 {
    const K: u64 = 0x9fb2_1c65_1e98_df25;
    let mut lanes = [1u64, 2, 3, 4];
    let mut chunks = bytes.chunks_exact(32);
    for chunk in &mut chunks {
        for (lane, word) in lanes.iter_mut().zip(chunk.chunks_exact(8)) {
            let mut bytes = [0; 8];
            bytes.copy_from_slice(word);
            *lane = (*lane ^ u64::from_le_bytes(bytes)).wrapping_mul(K).rotate_left(29);
        }
    }
    let tail = hash::bytes(bytes.len() as u64, chunks.remainder());
    lanes.iter().fold(tail, |h, lane| hash::word(h, *lane))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_pieces_and_any_runs_give_the_same_hash() {
        let bytes: Vec<u8> = (0..10_000u32).map(|i| ((i * i) >> 3) as u8).collect();
        let mut whole = ContentHasher::new(0);
        whole.feed(&bytes);
        let whole = whole.finish();
        for piece in [1, 7, 1000, 1024, 4096] {
            let mut hasher = ContentHasher::new(0);
            bytes.chunks(piece).for_each(|it| hasher.feed(it));
            assert_eq!(hasher.finish(), whole, "{piece}");
        }
        let mut left = ContentHasher::new(0);
        left.feed(&bytes[..3072]);
        let mut right = ContentHasher::new(3072);
        right.feed(&bytes[3072..]);
        let mut merged = right.finish();
        merged.merge(&left.finish());
        assert_eq!(merged, whole);
        let mut changed = bytes.clone();
        changed[5_000] ^= 1;
        let mut hasher = ContentHasher::new(0);
        hasher.feed(&changed);
        assert_ne!(hasher.finish().hex(), whole.hex());
    }
}
