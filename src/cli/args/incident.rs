//! What `incident` takes.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{FailOn, ScanArgs};

#[derive(Debug, Args)]
pub(in crate::cli) struct IncidentArgs {
    /// The file that something happened to; `-` is stdin.
    #[arg(value_name = "CURRENT")]
    pub file: PathBuf,
    /// The reference: a data file or a saved profile. Without one, the intervals before in the history.
    #[arg(long, value_name = "REFERENCE")]
    pub reference: Option<PathBuf>,
    /// The folder that --history of `drift` keeps: since when, and beyond what is usual. It is read and not added to.
    #[arg(long, value_name = "DIR")]
    pub history: Option<PathBuf>,
    /// What the interval is called, as `2026-01-31`; else the date in the file's name, or its newest time.
    #[arg(long, value_name = "KEY", requires = "history")]
    pub interval: Option<String>,
    /// Intervals before this one that it is compared with, where no reference is given.
    #[arg(long, value_name = "N", default_value_t = 28, value_parser = clap::value_parser!(u16).range(1..=366))]
    pub window: u16,
    /// The data contract that was agreed on; what breaks it is told too.
    #[arg(long, value_name = "CONTRACT")]
    pub contract: Option<PathBuf>,
    /// A folder for the rows that break the proposed rules, for the others, and for the rules as a contract. With --contract the
    /// rows are those that break that.
    #[arg(long, value_name = "DIR")]
    pub quarantine: Option<PathBuf>,
    /// What comes out.
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = IncidentFormat::Markdown)]
    pub format: IncidentFormat,
    /// Where to write it, instead of stdout.
    #[arg(short, long, value_name = "OUT")]
    pub output: Option<PathBuf>,
    /// From which severity on the exit code is 1.
    #[arg(long, value_name = "SEVERITY", default_value = "critical")]
    pub fail_on: FailOn,
    /// An exit code of their own for warnings below --fail-on.
    #[arg(long, value_name = "N")]
    pub warn_exit: Option<u8>,
    #[command(flatten)]
    pub scan: ScanArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum IncidentFormat {
    /// For a ticket, a pull request or a chat.
    Markdown,
    /// One static page.
    Html,
    /// The document.
    Json,
}
