//! Mergeable summaries of column blocks; knows no file format.

#[cfg(test)]
#[macro_use]
mod laws;

pub mod big;
pub mod count_min;
pub mod exact_sum;
pub mod hyperloglog;
pub mod pack;
pub mod probe;
pub mod row_hashes;
pub mod row_sample;

pub use count_min::CountMin;
pub use exact_sum::ExactSum;
pub use hyperloglog::HyperLogLog;
pub use row_hashes::RowHashes;
pub use row_sample::RowSample;
