//! Mergeable summaries of column blocks; knows no file format.

#[cfg(test)]
#[macro_use]
mod laws;

pub mod batch;
pub mod beyond;
pub mod big;
pub mod by_code;
pub mod cells;
pub mod column;
pub mod content;
pub mod count_min;
pub mod dense;
pub mod exact_sum;
pub mod front;
pub mod hyperloglog;
pub mod keys;
pub mod memo;
pub mod mirror;
pub mod order;
pub mod pack;
pub mod partial;
pub mod places;
pub mod probe;
pub mod quick;
pub mod radix;
pub mod reference;
pub mod row_cells;
pub mod row_hashes;
pub mod row_keys;
mod row_places;
pub mod row_sample;
pub mod rows;
pub mod runs;
pub mod scan;
pub mod scan_arrays;
pub mod scan_texts;
pub mod show;
pub mod sorted_texts;
pub mod sums;
pub mod table;
pub mod tally;
pub mod text_table;
pub mod texts;
pub mod unique_hashes;

pub use exact_sum::ExactSum;
pub use hyperloglog::HyperLogLog;
