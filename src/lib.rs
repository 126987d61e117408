//! Driftline: is a data file readable, as agreed, and the same as before?
//!
//! One pipeline in one direction: bytes are read into column blocks, blocks are sketched into mergeable partials,
//! partials merge into a profile, contract and drift turn the profile into findings, and the report carries them all.
//! The core does no IO and knows no clock; hosts (`cli`, `wasm`) bring both.

// Tables of cases are long, and tests may read files.
#![cfg_attr(test, allow(clippy::too_many_lines, clippy::type_complexity, clippy::disallowed_methods))]

pub mod block;
pub mod cell;
#[cfg(feature = "cli")]
pub mod cli;
#[cfg_attr(not(feature = "contract"), allow(dead_code))]
pub mod contract;
pub mod drift;
pub mod engine;
pub mod error;
pub mod finding;
pub mod issue;
pub mod num;
pub mod order;
#[cfg(feature = "monitor")]
pub mod performance;
pub mod profile;
pub mod read;
pub mod report;
pub mod sketch;
pub mod source;
#[cfg(target_arch = "wasm32")]
pub mod wasm;
pub mod words;
