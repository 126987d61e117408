//! The calls that parquet and arrow-ipc make into the `zstd` crate, in pure Rust over ruzstd.
//!
//! Compressed frames go in, their bytes come out, never more than the caller allowed; and the other way, fast rather than
//! small. Only what those two crates use is here, so a new call of theirs is a compile error and not a surprise.

#![forbid(unsafe_code)]

pub mod bulk;
mod frame;
pub mod zstd_safe;

/// The accepted compression levels, those of libzstd 1.5.
#[must_use]
pub fn compression_level_range() -> std::ops::RangeInclusive<i32> {
    -131_072..=22
}
