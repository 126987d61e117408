//! CSV and its kin: bytes in, text blocks out. The dialect is sniffed from a head sample, a run's start is speculated
//! from its border, and records are cut by a state machine that agrees with csv-core byte for byte.

mod check;
mod dialect;
mod look;
mod mask;
mod reader;
mod sample;
mod start;

pub use dialect::{Sniffed, sniff};
pub use reader::CsvReader;
pub use sample::{Cell, Quoting, Record, records};
pub use start::record_start;

/// How a CSV file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dialect {
    /// Between the fields of a record.
    pub delimiter: u8,
    /// Around fields that hold delimiters or line ends; `None` where quotes mean nothing.
    pub quote: Option<u8>,
}

impl Default for Dialect {
    fn default() -> Dialect {
        Dialect { delimiter: b',', quote: Some(b'"') }
    }
}
