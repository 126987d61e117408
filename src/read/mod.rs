//! Bytes of a file in, blocks of rows and what is odd about them out: one folder per format. Knows no statistics.

#[cfg(feature = "columnar")]
pub mod arrow;
#[cfg(test)]
mod collect;
#[cfg(feature = "columnar")]
mod columnar;
pub mod csv;
pub mod gzip;
pub mod header;
pub mod json;
#[cfg(feature = "columnar")]
pub mod parquet;
pub mod sniff;
