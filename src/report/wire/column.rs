//! A column in the report: counts, statistics, values, shapes.

use serde::{Deserialize, Serialize};

use super::{Estimate, Place, Scalar};

wire! {
/// One column.
pub struct Column {
    /// Its name.
    pub name: String,
    /// Its place, from 1.
    pub position: u64,
    /// Its type's word.
    #[serde(rename = "type")]
    pub ty: String,
    /// Whether a contract, reference or option set the type.
    pub governed: bool,
    /// Its role's word.
    pub role: String,
    /// Why the role was guessed so.
    pub role_reason: String,
    /// rows = valid + missing + invalid.
    pub rows: u64,
    /// Valid cells.
    pub valid: u64,
    /// Missing cells.
    pub missing: u64,
    /// Invalid cells.
    pub invalid: u64,
    /// The spellings of missing.
    pub null_tokens: Vec<Count>,
    /// Non-missing cells by narrowest type.
    pub kinds: Vec<Count>,
    /// The first invalid cells.
    pub invalid_places: Vec<Place>,
    /// Distinct valid values.
    pub distinct: Estimate,
    /// Values that occur once, where exact.
    pub singletons: Option<u64>,
    /// For numeric columns.
    pub numeric: Option<Numeric>,
    /// For text columns.
    pub text: Option<Text>,
    /// For temporal columns.
    pub temporal: Option<Temporal>,
    /// The most frequent values.
    pub top: Vec<TopValue>,
    /// Equal-width counts.
    pub histogram: Option<Histogram>,
    /// What a person should know.
    pub alerts: Vec<Alert>,
    /// Whether values only rise or fall in file order.
    pub order: Option<Order>,
    /// Whether values of it were left out.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<bool>"))]
    pub redacted: bool,
}
}

wire! {
/// Something with a count.
pub struct Count {
    /// What.
    pub value: String,
    /// How many.
    pub count: u64,
}
}

wire! {
/// Whether values only rise or fall in file order.
pub struct Order {
    /// Never falls.
    pub rises: bool,
    /// Never rises.
    pub falls: bool,
    /// Never twice the same in a row.
    pub strict: bool,
}
}

wire! {
/// The statistics of a numeric column. min, max, mean, std, sum, zeros and negatives are always exact.
pub struct Numeric {
    /// Smallest.
    pub min: Scalar,
    /// Largest.
    pub max: Scalar,
    /// Arithmetic mean.
    pub mean: Scalar,
    /// Sample standard deviation, n − 1.
    pub std: Scalar,
    /// Sum.
    pub sum: Scalar,
    /// Cells equal to zero.
    pub zeros: u64,
    /// Cells below zero.
    pub negatives: u64,
    /// Infinite cells.
    pub infinities: u64,
    /// G1.
    pub skewness: Scalar,
    /// G2, excess.
    pub kurtosis: Scalar,
    /// Median absolute deviation from the median.
    pub mad: Scalar,
    /// Linear interpolation at (n − 1)·p.
    pub quantiles: Quantiles,
    /// Whether quantiles, skewness, kurtosis and mad are exact.
    pub exact: bool,
    /// Bounds on their errors, where not exact.
    pub error: Option<NumericError>,
    /// Why a number above is null, by its name.
    pub reasons: std::collections::BTreeMap<String, String>,
}
}

wire! {
/// The quantiles, by probability.
pub struct Quantiles {
    /// 1 %.
    #[serde(rename = "0.01")]
    pub p01: Scalar,
    /// 5 %.
    #[serde(rename = "0.05")]
    pub p05: Scalar,
    /// 25 %.
    #[serde(rename = "0.25")]
    pub p25: Scalar,
    /// 50 %.
    #[serde(rename = "0.5")]
    pub p50: Scalar,
    /// 75 %.
    #[serde(rename = "0.75")]
    pub p75: Scalar,
    /// 95 %.
    #[serde(rename = "0.95")]
    pub p95: Scalar,
    /// 99 %.
    #[serde(rename = "0.99")]
    pub p99: Scalar,
}
}

wire! {
/// Bounds on the errors of a numeric column's estimates.
pub struct NumericError {
    /// Of the quantiles.
    pub quantiles: Quantiles,
    /// Of the skewness.
    pub skewness: Scalar,
    /// Of the kurtosis.
    pub kurtosis: Scalar,
}
}

wire! {
/// The statistics of a text column; lengths in characters.
pub struct Text {
    /// Shortest.
    pub min_length: u64,
    /// Longest.
    pub max_length: u64,
    /// Mean.
    pub mean_length: f64,
    /// Shapes: `A` upper case, `a` lower case, `9` digit.
    pub patterns: Vec<Count>,
    /// Whether of all values; else of a sample.
    pub exact: bool,
    /// Rows in the sample.
    pub sampled: u64,
}
}

wire! {
/// The range of a temporal column, ISO 8601.
pub struct Temporal {
    /// Earliest.
    pub min: String,
    /// Latest.
    pub max: String,
    /// Formats seen.
    pub formats: Vec<Count>,
    /// 0.25, 0.5, 0.75.
    pub quantiles: std::collections::BTreeMap<String, String>,
    /// Whether the quantiles are exact.
    pub exact: bool,
}
}

wire! {
/// A frequent value.
pub struct TopValue {
    /// The value.
    pub value: Scalar,
    /// Cells that hold it.
    pub count: u64,
    /// Whether the count is exact.
    pub exact: bool,
    /// Bound on the count's error.
    pub error: u64,
}
}

wire! {
/// Equal-width counts.
pub struct Histogram {
    /// One more than counts.
    pub edges: Vec<f64>,
    /// Cells per bin.
    pub counts: Vec<u64>,
    /// The edges as ISO 8601 text, for temporal columns.
    pub labels: Vec<String>,
    /// Whether the counts are exact.
    pub exact: bool,
}
}

wire! {
/// Something a person should know about a column.
pub struct Alert {
    /// Kebab case id.
    pub code: String,
    /// One sentence.
    pub message: String,
}
}
