//! The report document and its renderers, one file per format. The wire types are the only ones that know serde.

pub mod wire;

pub mod build;
#[cfg(feature = "monitor")]
#[cfg_attr(not(feature = "cli"), allow(dead_code))]
pub mod export;
#[cfg(feature = "monitor")]
pub mod incident;
pub mod json;
#[cfg(feature = "monitor")]
pub mod performance;
pub mod redact;
#[cfg(feature = "cli")]
pub mod text;
#[cfg(feature = "cli")]
pub mod unread;
pub mod verdict;

#[cfg(test)]
pub(crate) mod sample;
#[cfg(all(test, feature = "ts"))]
mod typescript;

pub use build::{Parts, build};
