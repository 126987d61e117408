//! Bytes of a file in, blocks of rows and what is odd about them out: one folder per format. Knows no statistics.

#[cfg(test)]
mod collect;
pub mod csv;
pub mod header;
pub mod json;
pub mod sniff;
