//! The real files, as sources.

use std::path::PathBuf;

use driftline::engine::{self, Governing, Options, State};
use driftline::error::{Error, Kind, Result};
use driftline::source::Source;

/// Bytes in memory as a source.
pub(crate) struct Bytes(pub(crate) Vec<u8>);

impl Source for Bytes {
    fn len(&self) -> u64 {
        self.0.len() as u64
    }

    fn read_at(&self, offset: u64, buffer: &mut [u8]) -> Result<()> {
        let start = offset as usize;
        let bytes =
            self.0.get(start..start + buffer.len()).ok_or_else(|| Error::new(Kind::Unreadable, "the end"))?;
        buffer.copy_from_slice(bytes);
        Ok(())
    }
}

/// A real file; without it the test fails and says how to get it.
pub(crate) fn real(name: &str) -> Bytes {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/data").join(name);
    match std::fs::read(&path) {
        Ok(bytes) => Bytes(bytes),
        Err(error) => panic!("{}: {error}; run scripts/real-data.sh first", path.display()),
    }
}

/// The state of a scanned source.
pub(crate) fn scanned(source: &Bytes, options: &Options) -> State {
    scanned_with(source, options, Governing::default())
}

/// The same with what governs it.
pub(crate) fn scanned_with(source: &Bytes, options: &Options, governing: Governing) -> State {
    engine::scan(source, options, governing, &|_| {}).expect("a readable file")
}
