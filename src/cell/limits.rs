//! The table of limits that keep hostile files from exhausting memory. Passing one is an error or a counted issue,
//! never a panic.

/// The longest record of CSV or JSON that is read, in bytes; longer ones are an error of kind `Limit`.
pub const RECORD_BYTES: usize = 256 << 20;
/// The most columns that are profiled.
pub const COLUMNS: usize = 50_000;
/// The deepest nesting of JSON and of Parquet schemas.
pub const NESTING: usize = 64;
/// The largest Parquet or Arrow footer, in bytes.
pub const FOOTER_BYTES: u64 = 256 << 20;
/// The most bytes that one compressed byte may become, beyond the first 64 MiB.
pub const INFLATION: u64 = 1_100;
/// The longest piece of a cell that is shown in a report, in bytes.
pub const SHOWN_BYTES: usize = 256;
/// The longest column name, in bytes; the rest is cut.
pub const NAME_BYTES: usize = 1_024;
/// Places kept for an issue, a finding or an invalid cell, unless an option says otherwise.
pub const PLACES: usize = 100;
