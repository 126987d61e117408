//! What can be typed: data only, no behaviour.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

mod incident;
mod performance;
mod scan;

pub(super) use incident::{IncidentArgs, IncidentFormat};
pub(super) use performance::{Normalized, PerformanceArgs, PerformanceFormat, Rank, RankOf};
pub(super) use scan::{Redaction, ScanArgs};

use super::values;
use crate::drift::like::Asked;
use crate::finding::Severity;

/// Is this data file readable, as agreed, and the same as before?
///
/// Exit codes: 0 nothing at or above --fail-on; 1 something is; 2 wrong usage or a wrong contract; 3 the data could not
/// be read. With several files the worst decides.
#[derive(Debug, Parser)]
#[command(name = "driftline", version, max_term_width = 100)]
pub(super) struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Tell what is in a file: types, gaps, distinct values, ranges, shapes, oddities.
    Profile(ProfileArgs),
    /// Check a file against a data contract (ODCS), a reference, or both.
    Check(CheckArgs),
    /// Compare a file with a reference: has it drifted?
    Drift(DriftArgs),
    /// Tell what happened to a file: what drifted, since when, where, and which rule would have caught it.
    Incident(Box<IncidentArgs>),
    /// Tell how a binary classifier does, also where targets are not known yet (CBPE).
    Performance(Box<PerformanceArgs>),
    /// List the intervals of a feed, and say which of them were incidents.
    History(HistoryArgs),
    /// Make data contracts.
    Contract(ContractArgs),
    /// Join saved profiles of parts into that of the whole.
    Merge(MergeArgs),
    /// Print the JSON Schema of the report or of the saved profile.
    Schema(SchemaArgs),
}

#[derive(Debug, Args)]
pub(super) struct ProfileArgs {
    /// Files to profile; `-` is stdin, a directory is the data files in it.
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Write the saved profile, a small file that can stand for this one as a reference.
    #[arg(long, value_name = "PROFILE")]
    pub save: Option<PathBuf>,
    #[command(flatten)]
    pub scan: ScanArgs,
    #[command(flatten)]
    pub output: OutputArgs,
}

#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("against").required(true).multiple(true))]
pub(super) struct CheckArgs {
    /// Files to check; `-` is stdin, a directory is the data files in it.
    #[arg(required_unless_present = "explain", value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Tell what a rule checks, why, and how it is agreed, instead.
    #[arg(long, value_name = "RULE", group = "against", exclusive = true)]
    pub explain: Option<String>,
    /// The data contract: ODCS in YAML or JSON, a suite of Great Expectations, a Frictionless Table Schema, resource or data
    /// package, or a JSON Schema of the records.
    #[arg(long, value_name = "CONTRACT", group = "against")]
    pub contract: Option<PathBuf>,
    /// The reference: a data file or a saved profile.
    #[arg(long, value_name = "REFERENCE", group = "against")]
    pub reference: Option<PathBuf>,
    /// Another table that the contract refers to, and its file: customers=customers.csv. May be given more than once.
    #[arg(long = "with", value_name = "TABLE=FILE", requires = "contract", value_parser = values::table)]
    pub with: Vec<(String, PathBuf)>,
    /// Write the saved profile, without the values of columns that the contract classifies.
    #[arg(long, value_name = "PROFILE")]
    pub save: Option<PathBuf>,
    /// A folder for the rows that break a rule and for the others, as they stand, and a table of what is wrong.
    #[arg(long, value_name = "DIR", requires = "contract")]
    pub quarantine: Option<PathBuf>,
    /// Do not scan a file that its columns alone condemn, at or above --fail-on.
    #[arg(long, requires = "contract", conflicts_with = "quarantine")]
    pub fail_fast: bool,
    /// Methods to tell of every compared column besides, by name, or `all`; they decide nothing.
    #[arg(long, value_name = "METHODS", value_delimiter = ',', value_parser = values::methods)]
    pub methods: Vec<values::Methods>,
    #[command(flatten)]
    pub scan: ScanArgs,
    #[command(flatten)]
    pub output: OutputArgs,
}

#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("intervals").multiple(false))]
pub(super) struct DriftArgs {
    /// Files or saved profiles to compare; `-` is stdin, a directory is the data files in it. Several files are intervals of
    /// one feed, in the order of the dates in their names.
    #[arg(required = true, value_name = "CURRENT")]
    pub files: Vec<PathBuf>,
    /// The reference: a data file or a saved profile. Without one, an interval is compared with those before it.
    #[arg(long, value_name = "REFERENCE")]
    pub reference: Option<PathBuf>,
    /// A data contract, of which the rule `drift` says from when on drift is a breach; its other rules are checked too.
    #[arg(long, value_name = "CONTRACT")]
    pub contract: Option<PathBuf>,
    /// A folder of saved profiles, one an interval: the file is held against what has been usual, and added to it.
    #[arg(long, value_name = "DIR", group = "intervals")]
    pub history: Option<PathBuf>,
    /// What the interval is called, as `2026-01-31`; else the date in the file's name, or its newest time.
    #[arg(long, value_name = "KEY", requires = "history")]
    pub interval: Option<String>,
    /// Intervals before one that it is compared with, where no reference is given.
    #[arg(long, value_name = "N", default_value_t = 28, value_parser = clap::value_parser!(u16).range(1..=366))]
    pub window: u16,
    /// Cut the file into intervals by this column of dates or timestamps.
    #[arg(long, value_name = "COLUMN", group = "intervals")]
    pub by: Option<String>,
    /// How long an interval of --by is.
    #[arg(long, value_enum, value_name = "PERIOD", default_value_t = Period::Day, requires = "by")]
    pub period: Period,
    /// Cut the file into intervals of so many rows.
    #[arg(long, value_name = "N", group = "intervals")]
    pub chunk_rows: Option<u64>,
    /// Cut the file into so many intervals of equal size.
    #[arg(long, value_name = "N", group = "intervals")]
    pub chunks: Option<u64>,
    /// Methods to tell of every compared column besides, by name, or `all`; they decide nothing.
    #[arg(long, value_name = "METHODS", value_delimiter = ',', value_parser = values::methods)]
    pub methods: Vec<values::Methods>,
    /// Tell where the drifted columns drifted: the values of other columns, periods and stretches of the file that carry most of
    /// it, with example rows.
    #[arg(long = "where")]
    pub segments: bool,
    /// Decide as another tool does: its tests, bins, thresholds and verdicts, quirks included; ours is told beside it.
    #[arg(long = "as", value_enum, value_name = "TOOL", requires = "reference")]
    pub like: Option<As>,
    /// The method, and its threshold, that decides: COLUMN is a name, `numerical`, `categorical`, `text` or `all`, METHOD one
    /// of the tool's names (without --as one of ours) or `auto`, THRESHOLD a number, for NannyML also `3sd`.
    #[arg(long, value_name = "COLUMN=METHOD[:THRESHOLD]", value_parser = Asked::parse, requires = "reference")]
    pub method: Vec<Asked>,
    /// The share of drifted columns from which Evidently calls a dataset drifted.
    #[arg(long, value_name = "SHARE", default_value_t = 0.5, value_parser = values::share, requires = "like")]
    pub drift_share: f64,
    /// How Alibi Detect corrects p-values over the columns.
    #[arg(long, value_enum, value_name = "CORRECTION", default_value_t = Correct::Bonferroni, requires = "like")]
    pub correction: Correct,
    /// Look at the columns together, too: a classifier that tells the files apart, principal components, and pairs of columns
    /// that go together otherwise. It reads rows of both files once more.
    #[arg(long, requires = "reference")]
    pub multivariate: bool,
    /// The columns that are looked at together, by --multivariate and by NannyML's reconstruction error; all that can be unless
    /// given.
    #[arg(long, value_name = "COLUMNS", value_delimiter = ',', requires = "reference")]
    pub columns: Vec<String>,
    #[command(flatten)]
    pub scan: ScanArgs,
    #[command(flatten)]
    pub output: OutputArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum As {
    /// Evidently 0.7.23's DataDriftPreset.
    Evidently,
    /// NannyML 0.13.1's univariate drift, reconstruction error, data quality and summary statistics, over chunks of both files.
    Nannyml,
    /// Alibi Detect 0.13.0's TabularDrift.
    Alibi,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Correct {
    /// Any p-value below the level over the number of columns.
    Bonferroni,
    /// Benjamini and Hochberg's false-discovery rate.
    Fdr,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Period {
    /// An hour.
    Hour,
    /// A day.
    Day,
    /// A week, from Monday on.
    Week,
    /// A month.
    Month,
    /// Three months.
    Quarter,
    /// A year.
    Year,
}

#[derive(Debug, Args)]
pub(super) struct HistoryArgs {
    /// The folder that --history of `drift` keeps.
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// Something was wrong with these intervals: they say nothing about what is usual.
    #[arg(long, value_name = "KEY", value_delimiter = ',')]
    pub incident: Vec<String>,
    /// These intervals were as they should be, although they drifted.
    #[arg(long, value_name = "KEY", value_delimiter = ',')]
    pub normal: Vec<String>,
    /// Take back what was said of these intervals.
    #[arg(long, value_name = "KEY", value_delimiter = ',')]
    pub unmark: Vec<String>,
}

#[derive(Debug, Args)]
pub(super) struct ContractArgs {
    #[command(subcommand)]
    pub command: ContractCommand,
}

#[derive(Debug, Subcommand)]
pub(super) enum ContractCommand {
    /// Write down what files have in common as a contract to be read, corrected and agreed on.
    Infer(InferArgs),
    /// Tell what became stricter or laxer from one contract to another.
    Diff(DiffArgs),
    /// Write a contract in another format, and tell what became of its rules.
    Convert(ConvertArgs),
}

#[derive(Debug, Args)]
pub(super) struct ConvertArgs {
    /// The contract: any that `check --contract` takes.
    #[arg(value_name = "CONTRACT")]
    pub contract: PathBuf,
    /// What to write: ODCS v3.1, or a suite of Great Expectations 1.x.
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub to: Converting,
    /// Where to write the contract, instead of stdout.
    #[arg(short, long, value_name = "OUT")]
    pub output: Option<PathBuf>,
    /// What became of the rules, on stderr: text, or JSON.
    #[arg(long, value_enum, default_value_t = DiffFormat::Text, value_name = "FORMAT")]
    pub coverage: DiffFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Converting {
    /// Open Data Contract Standard, YAML.
    Odcs,
    /// A suite of Great Expectations, JSON.
    Gx,
}

#[derive(Debug, Args)]
pub(super) struct DiffArgs {
    /// The contract as it was.
    #[arg(value_name = "OLD")]
    pub old: PathBuf,
    /// The contract as it is.
    #[arg(value_name = "NEW")]
    pub new: PathBuf,
    /// A data file: which of its cells the new contract refuses or takes that the old one did not.
    #[arg(long, value_name = "FILE")]
    pub on: Option<PathBuf>,
    /// Exit 1 where a change breaks them: producers by what is tightened, consumers by what is loosened.
    #[arg(long, value_enum, value_name = "WHOM")]
    pub breaking: Option<Party>,
    /// Text for a terminal, or JSON.
    #[arg(long, value_enum, default_value_t = DiffFormat::Text, value_name = "FORMAT")]
    pub format: DiffFormat,
    #[command(flatten)]
    pub scan: ScanArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Party {
    /// Who delivers files.
    Producer,
    /// Who relies on them.
    Consumer,
    /// Either.
    Any,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum DiffFormat {
    /// A line a change.
    Text,
    /// A document.
    Json,
}

#[derive(Debug, Args)]
pub(super) struct InferArgs {
    /// Files or saved profiles of one table, better several; `-` is stdin, a directory is the data files in it.
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Where to write the contract, instead of stdout.
    #[arg(short, long, value_name = "OUT")]
    pub output: Option<PathBuf>,
    #[command(flatten)]
    pub scan: ScanArgs,
}

#[derive(Debug, Args)]
pub(super) struct MergeArgs {
    /// Saved profiles of parts of one table; `-` is stdin.
    #[arg(required = true, value_name = "PROFILE")]
    pub files: Vec<PathBuf>,
    /// Where to write the merged profile, instead of stdout.
    #[arg(short, long, value_name = "OUT")]
    pub output: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct SchemaArgs {
    /// Of which document.
    pub document: Document,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Document {
    /// What `--format json` prints.
    Report,
    /// What `--save` writes.
    Profile,
    /// What `incident --format json` prints.
    Incident,
    /// What `performance --format json` prints.
    Performance,
    /// What `--format json` prints of a file that could not be read.
    Unread,
}

/// What comes out.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Output")]
pub(super) struct OutputArgs {
    /// What comes out. `json` is one document, or an array of them where several files were given.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: Format,
    /// Where to write the report, instead of stdout.
    #[arg(short, long, value_name = "OUT")]
    pub output: Option<PathBuf>,
    /// Add one JSON line as the last line of stdout: verdict, counts, exit code, files.
    #[arg(long)]
    pub summary_line: bool,
    /// From which severity on the exit code is 1.
    #[arg(long, value_name = "SEVERITY", default_value = "critical")]
    pub fail_on: FailOn,
    /// An exit code of their own for warnings below --fail-on.
    #[arg(long, value_name = "N")]
    pub warn_exit: Option<u8>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// Tables for a terminal.
    Text,
    /// The report document.
    Json,
    /// For a comment on a pull request, or a chat.
    Markdown,
    /// One static page.
    Html,
    /// The shape of a Great Expectations validation result.
    GxJson,
    /// The shape of a validation report of frictionless.
    FrictionlessJson,
    /// Test cases, one a rule and column.
    Junit,
    /// Code scanning and editors: a result a place.
    Sarif,
    /// Annotations of a GitHub Actions run.
    Github,
    /// Metrics: gauges that are 0 or 1 per rule.
    Prometheus,
    /// Events for PagerDuty's Events API v2; the sender adds the routing key.
    Pagerduty,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum FailOn {
    /// A broken schema or contract, a file that is not data.
    Critical,
    /// Also drift and odd files.
    Warning,
    /// Anything.
    Info,
}

impl FailOn {
    /// The severity of that word.
    pub(super) fn severity(self) -> Severity {
        match self {
            FailOn::Critical => Severity::Critical,
            FailOn::Warning => Severity::Warning,
            FailOn::Info => Severity::Info,
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_arguments_do_not_contradict_each_other() {
        use clap::CommandFactory;
        super::Cli::command().debug_assert();
    }
}
