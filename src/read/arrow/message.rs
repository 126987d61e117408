//! One encapsulated message of Arrow IPC: its framing, its metadata, and its body's bytes, each compared with the
//! length of the source before anything is allocated.

use ::arrow::buffer::{Buffer, MutableBuffer};
use ::arrow::ipc::{Message, root_as_message};

use crate::cell::limits;
use crate::error::{Error, Kind, Result};
use crate::read::columnar::{damaged, zeros};
use crate::source::Source;

/// Where a footer says that a message is.
pub(super) struct At(i64);

impl At {
    /// At this byte, which may be a lie.
    pub(super) fn of(offset: i64) -> At {
        At(offset)
    }

    /// The byte.
    ///
    /// # Errors
    /// `Damaged` where it is negative.
    pub(super) fn offset(&self) -> Result<u64> {
        u64::try_from(self.0).map_err(|_| damaged(format!("the footer names a batch at byte {}", self.0)))
    }
}

/// A message whose metadata has been read.
pub(super) struct Found {
    /// Its first byte.
    pub(super) start: u64,
    pub(super) metadata: Vec<u8>,
    body: std::ops::Range<u64>,
    /// The byte behind its body.
    pub(super) end: u64,
}

/// Reads the message that begins here, without its body; `None` at the end of a stream.
///
/// # Errors
/// `Damaged` where it is malformed or goes beyond the source.
pub(super) fn read_header(source: &dyn Source, start: u64) -> Result<Option<Found>> {
    let len = source.len();
    let wrong = |what: &str| damaged(format!("the message at byte {start} {what}"));
    let cut = || damaged(format!("the arrow data ends in the middle: {len} bytes were read"));
    if start == len {
        return Ok(None);
    }
    let mut at = start;
    let mut word = || -> Result<[u8; 4]> {
        let mut bytes = [0; 4];
        if len.checked_sub(at).is_none_or(|left| left < 4) {
            return Err(cut());
        }
        source.read_at(at, &mut bytes)?;
        at += 4;
        Ok(bytes)
    };
    let mut size = word()?;
    if size == [0xff; 4] {
        size = word()?;
    }
    let size = i32::from_le_bytes(size);
    if size == 0 {
        return Ok(None);
    }
    let size = u64::try_from(size).map_err(|_| wrong("has a negative length"))?;
    if size > limits::FOOTER_BYTES {
        return Err(Error::new(
            Kind::Limit,
            format!("the message at byte {start} has {size} bytes of metadata"),
        ));
    }
    if size > len - at {
        return Err(cut());
    }
    let mut metadata = zeros(size as usize, "metadata")?;
    source.read_at(at, &mut metadata)?;
    let body_start = at + size;
    let message = root_as_message(&metadata).map_err(|e| wrong(&format!("is malformed: {e}")))?;
    let body = u64::try_from(message.bodyLength()).map_err(|_| wrong("has a body of negative length"))?;
    if body > len - body_start {
        return Err(cut());
    }
    let end = body_start + body;
    Ok(Some(Found { start, metadata, body: body_start..end, end }))
}

impl Found {
    /// Its metadata, verified.
    ///
    /// # Errors
    /// None in practice: it was verified when read.
    pub(super) fn message(&self) -> Result<Message<'_>> {
        root_as_message(&self.metadata).map_err(|e| damaged(format!("a message is malformed: {e}")))
    }

    /// The bytes of its body, aligned as Arrow wants them.
    ///
    /// # Errors
    /// `Limit` where there is no memory for them, and what the source says.
    pub(super) fn body(&self, source: &dyn Source) -> Result<Buffer> {
        let len = usize::try_from(self.body.end - self.body.start)
            .map_err(|_| Error::new(Kind::Limit, "a batch is larger than the memory"))?;
        // Arrow's buffer aborts where memory is short; a vector can be asked first.
        Vec::<u8>::new()
            .try_reserve_exact(len)
            .map_err(|_| Error::new(Kind::Limit, format!("no memory for a batch of {len} bytes")))?;
        let mut body = MutableBuffer::from_len_zeroed(len);
        source.read_at(self.body.start, body.as_slice_mut())?;
        Ok(body.into())
    }
}
