//! Mergeable summaries of column blocks; knows no file format.

pub mod probe;
