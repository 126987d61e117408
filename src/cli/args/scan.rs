//! How files are read, as it can be typed.

use clap::{ArgAction, Args, ValueEnum};

use crate::cell::Type;
use crate::cli::values;

/// How a file is read.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Reading")]
pub(in crate::cli) struct ScanArgs {
    /// Types of columns, for what should not be guessed: `zip=text,price=decimal(2)`.
    #[arg(long, value_name = "COLUMN=TYPE", value_delimiter = ',', value_parser = values::column_type)]
    pub types: Vec<(String, Type)>,
    /// More spellings of a missing value: `-,unknown`.
    #[arg(long, value_name = "TOKENS", value_delimiter = ',', allow_hyphen_values = true)]
    pub nulls: Vec<String>,
    /// The character between fields: one ASCII character or `tab`. It is that of the current file, as the other two are; how a
    /// reference is written is found out.
    #[arg(long, value_name = "CHAR", value_parser = values::delimiter, allow_hyphen_values = true)]
    pub delimiter: Option<u8>,
    /// The quoting character, or `none`.
    #[arg(long, value_name = "CHAR", value_parser = values::quote, allow_hyphen_values = true)]
    pub quote: Option<values::Quote>,
    /// The first record names the columns.
    #[arg(long, conflicts_with = "no_header", action = ArgAction::SetTrue)]
    pub header: bool,
    /// The first record is data.
    #[arg(long, action = ArgAction::SetTrue)]
    pub no_header: bool,
    /// "Now", for rules that depend on it: `2026-01-31` or `2026-01-31T12:00:00Z`.
    #[arg(long, value_name = "TIME", value_parser = values::time)]
    pub as_of: Option<String>,
    /// Places kept of each issue and finding [default: 100; 1000 for frictionless-json, 10000 for gx-json].
    #[arg(long, value_name = "N")]
    pub places: Option<usize>,
    /// Memory within which numbers are exact; beyond it they are estimates that say so.
    #[arg(long, value_name = "SIZE", default_value = "128MiB", value_parser = values::size)]
    pub memory: u64,
    /// The seed of hashes and samples.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub seed: u64,
    /// Threads that read; all cores unless given. Does not change the result.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
    /// Bytes that a thread takes at a time. Does not change the result.
    #[arg(long, value_name = "SIZE", default_value = "8MiB", value_parser = values::size)]
    pub unit_bytes: u64,
    /// Which values of the data are shown [default: classified for reports, rare for saved profiles].
    #[arg(long, value_name = "LEVEL")]
    pub redact: Option<Redaction>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Redaction {
    /// All.
    None,
    /// All but those of columns that the contract classifies as confidential, restricted or personal.
    Classified,
    /// Those that at least 5 rows hold, in columns that do not name their rows; shapes stand for the others.
    Rare,
    /// None; counts, shares and means only.
    Values,
}
