//! The host's side of reading: a length and byte ranges. Implemented by files natively and by `File.slice` in a worker.

use crate::error::Result;

/// Random access to the bytes of a file, synchronously.
pub trait Source {
    /// Its length in bytes.
    fn len(&self) -> u64;

    /// Whether it has no bytes.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Fills the buffer from this offset.
    ///
    /// # Errors
    /// `Unreadable` where the host cannot give all of them, or the file changed since it was opened.
    fn read_at(&self, offset: u64, buffer: &mut [u8]) -> Result<()>;
}

impl Source for [u8] {
    fn len(&self) -> u64 {
        <[u8]>::len(self) as u64
    }

    fn read_at(&self, offset: u64, buffer: &mut [u8]) -> Result<()> {
        let start = usize::try_from(offset).unwrap_or(usize::MAX);
        match self.get(start..).and_then(|rest| rest.get(..buffer.len())) {
            Some(bytes) => {
                buffer.copy_from_slice(bytes);
                Ok(())
            }
            None => Err(crate::error::Error::new(
                crate::error::Kind::Unreadable,
                format!("the source ends before byte {}", offset.saturating_add(buffer.len() as u64)),
            )),
        }
    }
}

impl<S: Source + ?Sized> Source for &S {
    fn len(&self) -> u64 {
        (**self).len()
    }

    fn read_at(&self, offset: u64, buffer: &mut [u8]) -> Result<()> {
        (**self).read_at(offset, buffer)
    }
}
