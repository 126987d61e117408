//! What Parquet and Arrow IPC share: record batches in, blocks of our typed arrays out.

mod convert;
mod dictionary;
mod emit;
mod json;
mod leaf;
mod number;
#[cfg(test)]
pub(super) mod probe;
mod text;

pub(super) use emit::{Emitter, position};
pub(super) use leaf::Leaf;
pub(super) use leaf::{leaves, primitives};

use crate::error::{Error, Kind};

/// The name of the items of a list that is a map: its entries, a struct of a key and a value.
pub(super) const MAP_ENTRIES: &str = "driftline.map_entries";

/// Rows a block has at most.
pub(super) const BLOCK_ROWS: usize = 8_192;

/// The container contradicts itself.
pub(super) fn damaged(message: impl Into<String>) -> Error {
    Error::new(Kind::Damaged, message)
}

/// The host's sink, or what is written to it, fails.
#[cfg(feature = "columnar-write")]
pub(super) fn unwritten(error: impl std::fmt::Display) -> Error {
    Error::new(Kind::Unreadable, format!("the rows cannot be written: {error}"))
}

/// A buffer of this many zeros.
///
/// # Errors
/// `Limit` where there is no such memory.
pub(super) fn zeros(len: usize, what: &str) -> crate::error::Result<Vec<u8>> {
    let mut buffer = Vec::new();
    buffer
        .try_reserve_exact(len)
        .map_err(|_| Error::new(Kind::Limit, format!("no memory for {len} bytes of {what}")))?;
    buffer.resize(len, 0);
    Ok(buffer)
}
