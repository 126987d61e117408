//! What `performance` takes.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{FailOn, Period, ScanArgs};

#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("cut").multiple(false))]
pub(in crate::cli) struct PerformanceArgs {
    /// The file to judge; `-` is stdin.
    #[arg(value_name = "CURRENT")]
    pub file: PathBuf,
    /// The data file to learn from: it has the targets.
    #[arg(long, value_name = "REFERENCE")]
    pub reference: PathBuf,
    /// The column of the probability of the positive class, 0 to 1.
    #[arg(long, value_name = "COLUMN")]
    pub probability: String,
    /// The column of the model's decision, 0 or 1; without one only roc_auc and average_precision are told.
    #[arg(long, value_name = "COLUMN")]
    pub prediction: Option<String>,
    /// The column of what was true, 0 or 1. The reference has it; where the current file has it, performance is realised too.
    #[arg(long, value_name = "COLUMN")]
    pub target: String,
    /// The column that rows are ordered by.
    #[arg(long, value_name = "COLUMN")]
    pub timestamp: Option<String>,
    /// Cut both files into chunks by periods of --timestamp.
    #[arg(long, value_enum, value_name = "PERIOD", group = "cut", requires = "timestamp")]
    pub period: Option<Period>,
    /// Cut both files into chunks of so many rows.
    #[arg(long, value_name = "N", group = "cut")]
    pub chunk_rows: Option<u64>,
    /// Cut both files into so many chunks of equal size, and one of what is left over.
    #[arg(long, value_name = "N", group = "cut", default_value_t = 10)]
    pub chunks: u64,
    /// The metrics to tell; all unless given.
    #[arg(long, value_name = "METRICS", value_delimiter = ',')]
    pub metrics: Vec<String>,
    /// Tell the cells of the confusion matrix as shares of the rows of their true class, of the rows decided so, or of all rows;
    /// unless given, as numbers of rows.
    #[arg(long, value_enum, value_name = "OF", requires = "prediction")]
    pub normalize: Option<Normalized>,
    /// Columns whose drift is related to the change of a metric; unless given, all of both files that play no role above and do
    /// not name their rows.
    #[arg(long, value_name = "COLUMNS", value_delimiter = ',')]
    pub inputs: Vec<String>,
    /// By what these are ordered: how their drift goes with the change, or how many chunks drift.
    #[arg(long, value_enum, value_name = "BY", default_value_t = Rank::Correlation)]
    pub rank: Rank,
    /// The metric whose change they are related to; unless given, the first that is told and is no number of rows.
    #[arg(long, value_name = "METRIC")]
    pub rank_metric: Option<String>,
    /// Which of its values; unless given, the realised ones where each chunk has one.
    #[arg(long, value_enum, value_name = "VALUES")]
    pub rank_of: Option<RankOf>,
    /// Text for a terminal, JSON, Markdown, or a page with charts.
    #[arg(long, value_enum, default_value_t = PerformanceFormat::Text, value_name = "FORMAT")]
    pub format: PerformanceFormat,
    /// Where to write it, instead of stdout.
    #[arg(short, long, value_name = "OUT")]
    pub output: Option<PathBuf>,
    /// From which severity on the exit code is 1; an alert, and a chunk that could not be judged, are warnings.
    #[arg(long, value_name = "SEVERITY", default_value = "critical")]
    pub fail_on: FailOn,
    /// An exit code of their own for warnings below --fail-on.
    #[arg(long, value_name = "N")]
    pub warn_exit: Option<u8>,
    #[command(flatten)]
    pub scan: ScanArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Normalized {
    /// Rows that truly are of the cell's class.
    True,
    /// Rows that were decided so.
    Pred,
    /// All rows.
    All,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Rank {
    /// Pearson's r of drift and change over the chunks.
    Correlation,
    /// Chunks beyond the input's threshold.
    Alerts,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum RankOf {
    /// What is expected.
    Estimated,
    /// What it is by the targets.
    Realised,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum PerformanceFormat {
    /// A line a chunk and metric.
    Text,
    /// A document.
    Json,
    /// For a ticket, a pull request or a chat.
    Markdown,
    /// One static page with charts of what was estimated and realised.
    Html,
}
