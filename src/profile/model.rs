//! The profile of one table: plain data, no behaviour; what checks, drift and reports are made from.

use crate::cell::{Domain, Role, Type};
use crate::issue::{Issue, Place};

/// A number with its honesty: exact, or within `error` of the truth.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// The number.
    pub value: f64,
    /// Whether it is exact.
    pub exact: bool,
    /// Half the width of the interval that holds the truth (three standard errors where it is statistical); 0 where
    /// exact.
    pub error: f64,
}

impl Estimate {
    /// An exact number.
    pub fn exact(value: u64) -> Estimate {
        Estimate { value: value as f64, exact: true, error: 0.0 }
    }
}

/// The profile of one table.
#[derive(Debug, Clone, PartialEq)]
pub struct Profile {
    /// What was read.
    pub source: Source,
    /// The numbers of the whole table.
    pub table: Table,
    /// The columns, in file order.
    pub columns: Vec<Column>,
    /// What is odd about the file.
    pub issues: Vec<Issue>,
    /// Whether it was loaded from a saved profile, so that rows are not to be had.
    pub saved: bool,
}

/// What was read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Source {
    /// The file's base name, `stdin`, or the name given.
    pub name: String,
    /// Its size in bytes as it lies there (compressed where it is).
    pub bytes: u64,
    /// `csv`, `tsv`, `jsonl`, `json`, `parquet`, `arrow` (file), `arrow-stream`.
    pub format: String,
    /// `gzip`, where the file is compressed as a whole.
    pub compression: Option<String>,
    /// How CSV was read.
    pub dialect: Option<Dialect>,
    /// `utf-8`, `utf-8-bom`; `None` for binary formats.
    pub encoding: Option<String>,
    /// A hash of the decompressed content, 16 hexadecimal digits.
    pub content_hash: String,
}

/// How CSV was read, and whether that was seen in the file or told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dialect {
    /// The byte between fields.
    pub delimiter: u8,
    /// The quoting byte; `None`: no quoting.
    pub quote: Option<u8>,
    /// Whether the first record names the columns.
    pub header: bool,
    /// `sniffed`, `given` (options) or `reference`.
    pub origin: &'static str,
}

/// The numbers of the whole table.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// Data rows profiled.
    pub rows: u64,
    /// Rows that repeat an earlier row (all copies but the first).
    pub duplicate_rows: Estimate,
    /// How often rows occur.
    pub row_counts: RowCounts,
    /// Records found in the file.
    pub rows_in: u64,
    /// Records that could not be profiled; `rows_in = rows + rows_set_aside`.
    pub rows_set_aside: u64,
}

/// How often rows that differ occur: of all of them, or of those with the smallest hashes, which are a fair draw.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RowCounts {
    /// (times, rows that occur so often), rising.
    pub counts: Vec<(u64, u64)>,
    /// The share of all hashes that is looked at, 0 to 1; 1: every row is counted.
    pub share: f64,
}

impl RowCounts {
    /// Of every row: how often each of those that differ occurs.
    pub fn all(times: impl IntoIterator<Item = u64>) -> RowCounts {
        RowCounts::of(times, 1.0)
    }

    /// Of the rows whose hashes are in a share of all hashes.
    pub fn of(times: impl IntoIterator<Item = u64>, share: f64) -> RowCounts {
        let mut times: Vec<u64> = times.into_iter().collect();
        crate::order::sort(&mut times);
        let counts = times.chunk_by(|a, b| a == b).map(|run| (run[0], run.len() as u64)).collect();
        RowCounts { counts, share }
    }
}

/// The profile of one column.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Its name, made unique.
    pub name: String,
    /// Its place, from 1.
    pub position: usize,
    /// Its type.
    pub ty: Type,
    /// Whether a contract, a reference or an option set the type (else it was inferred).
    pub governed: bool,
    /// What it is for.
    pub role: Role,
    /// Why the role was guessed so.
    pub role_reason: String,
    /// `rows = valid + missing + invalid`.
    pub rows: u64,
    /// Cells that are values of the type.
    pub valid: u64,
    /// Cells that are empty or a null token.
    pub missing: u64,
    /// Cells that are present but not values of the type.
    pub invalid: u64,
    /// The spellings of missing, with their counts; the empty cell is `""`.
    pub null_tokens: Vec<(String, u64)>,
    /// Non-missing cells by narrowest type, for what was inferred from text.
    pub kinds: Vec<(&'static str, u64)>,
    /// The first invalid cells.
    pub invalid_places: Vec<Place>,
    /// Distinct valid values.
    pub distinct: Estimate,
    /// Values that occur once, where exact.
    pub singletons: Option<u64>,
    /// For numeric columns with a valid cell.
    pub numeric: Option<Numeric>,
    /// For text columns with a valid cell.
    pub text: Option<Text>,
    /// For temporal columns with a valid cell.
    pub temporal: Option<Temporal>,
    /// The most frequent values, most frequent first, ties in the order of the values.
    pub top: Vec<TopValue>,
    /// Equal-width counts, for ordered columns.
    pub histogram: Option<Histogram>,
    /// What a person should know about it.
    pub alerts: Vec<Alert>,
    /// Whether the valid values only rise or only fall in file order; `None` where not measured.
    pub order: Option<Order>,
    /// The distribution of the valid values.
    pub distribution: Distribution,
}

/// Whether values only rise or only fall in file order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Order {
    /// Never falls.
    pub rises: bool,
    /// Never rises.
    pub falls: bool,
    /// Never equal to the one before.
    pub strict: bool,
}

/// A value of the column's own domain in the form that loses nothing: a double where that is exact, else its text.
#[derive(Debug, Clone, PartialEq)]
pub enum Scalar {
    /// An integer that a double holds exactly.
    Integer(i64),
    /// A double.
    Float(f64),
    /// Anything else, as text.
    Text(String),
}

/// The statistics of a numeric column. Mean, std, sum, min and max are exact whatever `exact` says.
#[derive(Debug, Clone, PartialEq)]
pub struct Numeric {
    /// The smallest value.
    pub min: Scalar,
    /// The largest value.
    pub max: Scalar,
    /// The arithmetic mean; `None` with infinities of both signs.
    pub mean: Option<f64>,
    /// The sample standard deviation (n − 1); `None` below two values or with an infinity.
    pub std: Option<f64>,
    /// The sum.
    pub sum: Scalar,
    /// Cells equal to zero.
    pub zeros: u64,
    /// Cells below zero.
    pub negatives: u64,
    /// Cells that are infinite.
    pub infinities: u64,
    /// Adjusted Fisher–Pearson skewness G1, as pandas; `None` below three values or without spread.
    pub skewness: Option<f64>,
    /// Sample excess kurtosis G2, as pandas; `None` below four values or without spread.
    pub kurtosis: Option<f64>,
    /// The median of |x − median|.
    pub mad: Option<f64>,
    /// (probability, value), linearly interpolated at (n − 1)·p: 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99.
    pub quantiles: Vec<(f64, Scalar)>,
    /// Whether quantiles, skewness, kurtosis and mad are exact.
    pub exact: bool,
    /// Bounds on the quantiles' error, in their order; empty where exact.
    pub quantile_errors: Vec<f64>,
    /// Bounds on the error of skewness and kurtosis; `None` where exact or not to be had.
    pub shape_error: Option<(f64, f64)>,
    /// Quantiles, min and max as doubles, for those who compute on.
    pub points: Vec<(f64, f64)>,
}

/// The statistics of a text column.
#[derive(Debug, Clone, PartialEq)]
pub struct Text {
    /// The shortest value, in characters.
    pub min_length: u64,
    /// The longest value, in characters.
    pub max_length: u64,
    /// The mean length, in characters.
    pub mean_length: f64,
    /// Shapes of values, most frequent first: `A` upper case, `a` lower case, `9` digit, the rest as it is.
    pub patterns: Vec<(String, u64)>,
    /// Whether lengths and patterns are of all values; else of `sampled` rows.
    pub exact: bool,
    /// Rows in the sample, where not exact.
    pub sampled: u64,
}

/// The range of a temporal column, as ISO 8601 text.
#[derive(Debug, Clone, PartialEq)]
pub struct Temporal {
    /// The earliest.
    pub min: String,
    /// The latest.
    pub max: String,
    /// (format, cells), most frequent first.
    pub formats: Vec<(String, u64)>,
    /// (probability, value) as ISO 8601 text: 0.25, 0.5, 0.75.
    pub quantiles: Vec<(f64, String)>,
    /// Whether the quantiles are exact.
    pub exact: bool,
}

/// A frequent value.
#[derive(Debug, Clone, PartialEq)]
pub struct TopValue {
    /// The value.
    pub value: Scalar,
    /// How many cells hold it.
    pub count: u64,
    /// Bound on the count's error; 0 where exact.
    pub error: u64,
}

/// Equal-width counts: bin i holds edges[i] ≤ x < edges[i+1], the last bin its upper edge too.
#[derive(Debug, Clone, PartialEq)]
pub struct Histogram {
    /// One more than counts, strictly increasing; for temporal columns in days or in seconds since 1970.
    pub edges: Vec<f64>,
    /// Cells per bin.
    pub counts: Vec<u64>,
    /// The edges as ISO 8601 text, for temporal columns.
    pub labels: Vec<String>,
    /// Whether the counts are exact.
    pub exact: bool,
}

/// Something a person should know about a column.
#[derive(Debug, Clone, PartialEq)]
pub struct Alert {
    /// Kebab case id: `constant`, `missing`, `high-cardinality`, `skewed`, `zeros`, `unique`, `imbalanced`, …
    pub code: &'static str,
    /// One plain sentence with its numbers.
    pub message: String,
}

/// The distribution of a column's valid values.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Distribution {
    /// No valid value.
    #[default]
    Absent,
    /// Ordered values.
    Ordered(Ordered),
    /// Unordered values.
    Categories(Categories),
}

impl Distribution {
    /// By how many bits its keys are shifted: at 0 an entry is one value.
    pub fn shift(&self) -> u32 {
        match self {
            Distribution::Absent => 0,
            Distribution::Ordered(ordered) => ordered.shift,
            Distribution::Categories(categories) => categories.shift,
        }
    }
}

/// Counts of ordered keys.
#[derive(Debug, Clone, PartialEq)]
pub struct Ordered {
    /// What the keys stand for.
    pub domain: Domain,
    /// Entries hold `key >> shift`; 0 is exact.
    pub shift: u32,
    /// (bucket, count), by rising bucket.
    pub entries: Vec<(u128, u64)>,
}

/// Counts of unordered values.
#[derive(Debug, Clone, PartialEq)]
pub struct Categories {
    /// Entries hold `hash >> shift`; 0: every entry is one value.
    pub shift: u32,
    /// By rising hash.
    pub entries: Vec<Category>,
}

/// One value, or one bucket of values, of an unordered column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Category {
    /// The value's 64-bit hash, shifted.
    pub hash: u64,
    /// The value, where it is known (a saved profile leaves rare ones out).
    pub label: Option<String>,
    /// Cells that hold it.
    pub count: u64,
}
