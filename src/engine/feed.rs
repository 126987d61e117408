//! The bytes of a run of text as a host supplies them: decompressed, hashed, and held from where the reader stands.

use super::plan::{Plan, Run};
use crate::error::Result;
use crate::read::gzip;
use crate::sketch::content::{Content, ContentHasher};

/// What the host has supplied and the reader is not done with. The byte before the run is supplied too: a record may
/// begin at the very border.
pub(super) struct Feed {
    run: Run,
    /// Bytes of the source.
    size: u64,
    /// Offset in the source of the next byte to supply.
    next: u64,
    inflate: Option<gzip::Inflate>,
    compressed: Vec<u8>,
    /// Longer than what it holds, so that room for more need not be made anew.
    buffer: Vec<u8>,
    /// Bytes of the buffer that are supplied.
    filled: usize,
    /// Bytes at its front that are done with.
    done: usize,
    /// Bytes of the buffer that are hashed.
    hashed: usize,
    /// Offset behind the last byte of the buffer.
    read_to: u64,
    last: bool,
    hasher: ContentHasher,
}

impl Feed {
    pub(super) fn new(plan: &Plan, run: Run) -> Feed {
        let before = u64::from(run.record.is_none() && run.start > 0);
        Feed {
            run,
            size: plan.bytes,
            next: run.start - before,
            inflate: plan.gzip.then(gzip::Inflate::default),
            compressed: Vec::new(),
            buffer: Vec::new(),
            filled: 0,
            done: 0,
            hashed: 0,
            read_to: run.start - before,
            last: false,
            hasher: ContentHasher::new(run.start),
        }
    }

    /// Offset in the source of the next byte to supply.
    pub(super) fn offset(&self) -> u64 {
        self.next
    }

    /// Bytes of the source that lie ahead.
    pub(super) fn ahead(&self) -> u64 {
        self.size.saturating_sub(self.next)
    }

    /// Where the next bytes of the source go; all of them must be written before [`Feed::fill`].
    pub(super) fn room(&mut self, bytes: usize) -> &mut [u8] {
        self.next += bytes as u64;
        self.compact();
        if self.inflate.is_some() {
            let from = self.compressed.len();
            self.compressed.resize(from + bytes, 0);
            return &mut self.compressed[from..];
        }
        let from = self.filled;
        self.filled += bytes;
        if self.buffer.len() < self.filled {
            self.buffer.resize(self.filled, 0);
        }
        &mut self.buffer[from..self.filled]
    }

    /// Takes in what was supplied, or of compressed bytes a piece. Returns whether there is more of it.
    ///
    /// # Errors
    /// Those of the decompressor.
    pub(super) fn fill(&mut self) -> Result<bool> {
        let ended = self.next >= self.size;
        self.compact();
        if let Some(inflate) = &mut self.inflate {
            self.buffer.truncate(self.filled);
            let used = inflate.feed(&self.compressed, &mut self.buffer)?;
            self.filled = self.buffer.len();
            self.compressed.drain(..used);
            self.last = ended && self.compressed.is_empty();
            if self.last {
                inflate.finish()?;
            }
        } else {
            self.last = ended;
        }
        self.hash();
        Ok(!self.compressed.is_empty())
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.buffer[self.done..self.filled]
    }

    pub(super) fn buffered(&self) -> usize {
        self.filled - self.done
    }

    /// Offset of the first of [`Feed::bytes`] in the decompressed file.
    pub(super) fn base(&self) -> u64 {
        self.read_to - self.buffered() as u64
    }

    /// Offset behind the last of [`Feed::bytes`].
    pub(super) fn read_to(&self) -> u64 {
        self.read_to
    }

    /// Whether nothing comes behind [`Feed::bytes`].
    pub(super) fn is_last(&self) -> bool {
        self.last
    }

    pub(super) fn skip_to(&mut self, offset: u64) {
        let by = offset.saturating_sub(self.base()).min(self.buffered() as u64);
        self.done += by as usize;
    }

    /// The hash of the run's bytes.
    pub(super) fn content(self) -> Content {
        self.hasher.finish()
    }

    fn compact(&mut self) {
        self.buffer.copy_within(self.done..self.filled, 0);
        self.filled -= self.done;
        self.hashed -= self.done;
        self.done = 0;
    }

    /// Hashes what is new and lies within the run.
    fn hash(&mut self) {
        let (from, start) = (self.hashed, self.read_to);
        self.hashed = self.filled;
        self.read_to += (self.hashed - from) as u64;
        let clip = |offset: u64| (offset.clamp(start, self.read_to) - start) as usize;
        let (first, last) = (clip(self.run.start), clip(self.run.end));
        self.hasher.feed(&self.buffer[from + first..from + last]);
    }
}
