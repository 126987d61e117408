//! Bytes in, column blocks out: a reader per format.

#[cfg(feature = "columnar")]
pub mod arrow;
#[cfg(feature = "columnar")]
mod columnar;
pub mod gzip;
#[cfg(feature = "columnar")]
pub mod parquet;

#[cfg(feature = "columnar")]
pub use columnar::Leaf;
