//! The one wire format: what `--format json` prints, the page renders and the exporters read. Field names are a public
//! promise; JSON Schema and TypeScript types are generated from these structs.

use serde::{Deserialize, Serialize};

macro_rules! wire {
    ($(#[$meta:meta])* pub struct $name:ident { $($body:tt)* }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        #[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
        #[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export_to = "report.ts"))]
        pub struct $name { $($body)* }
    };
}

mod column;
mod explanation;
mod like;
mod multivariate;
mod segments;
mod timeline;

pub use column::{
    Alert, Column, Count, Histogram, Numeric, NumericError, Order, Quantiles, Temporal, Text, TopValue,
};
pub use explanation::{Evidence, Explanation, Interval};
pub use like::{Like, LikeChunk, LikeColumn, LikeMethod, Ranked};
pub use multivariate::{
    Attribution, ChangedPair, Classifier, LeftOut, Multivariate, Reconstruction, Structure,
};
pub use segments::{Drifted, ExampleRow, Segment, SegmentPart, Segments};
pub use timeline::{Series, Timeline, TimelineInterval, Usual};

/// A value of a column's own domain: a number where a double holds it exactly, else text; infinities are the texts
/// `Infinity` and `-Infinity`; `null` is undefined.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export_to = "report.ts"))]
#[serde(untagged)]
pub enum Scalar {
    /// An integer that a double holds exactly.
    Integer(i64),
    /// A finite double.
    Float(f64),
    /// Everything else.
    Text(String),
    /// Undefined.
    Null,
}

impl Scalar {
    /// A double as the wire has it: an infinity as its text, what is not a number as null.
    pub fn number(value: f64) -> Scalar {
        if value.is_finite() {
            Scalar::Float(value)
        } else if value.is_nan() {
            Scalar::Null
        } else {
            Scalar::Text(if value > 0.0 { "Infinity" } else { "-Infinity" }.into())
        }
    }

    /// The same, null where there is none.
    pub fn maybe(value: Option<f64>) -> Scalar {
        value.map_or(Scalar::Null, Scalar::number)
    }

    /// The nearest double, where it is a number.
    pub fn as_f64(&self) -> Option<f64> {
        match self {
            Scalar::Integer(value) => Some(*value as f64),
            Scalar::Float(value) => Some(*value),
            Scalar::Text(text) => text.parse().ok().filter(|value: &f64| !value.is_nan()),
            Scalar::Null => None,
        }
    }
}

wire! {
/// The report on one current file.
pub struct Report {
    /// Which program wrote it, with the options that shaped it.
    pub driftline: Driftline,
    /// What was asked for: `profile`, `check`, `drift`.
    pub sections: Vec<String>,
    /// The current file.
    pub source: Source,
    /// The reference, where there is one.
    pub reference: Option<Reference>,
    /// The contract, where there is one.
    pub contract: Option<Contract>,
    /// The whole table.
    pub table: Table,
    /// The columns in file order.
    pub columns: Vec<Column>,
    /// What is odd about the file.
    pub issues: Vec<Issue>,
    /// What rules and measures say, worst first.
    pub findings: Vec<Finding>,
    /// The comparison with the reference, one entry a column, in file order.
    pub drift: Vec<Drift>,
    /// The file among the intervals of its feed, or its own intervals; only where that was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub timeline: Option<Timeline>,
    /// What another tool says of the same files; only where that was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub like: Option<Like>,
    /// Where columns drifted; only where that was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub segments: Option<Segments>,
    /// What the columns say together; only where that was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub multivariate: Option<Multivariate>,
    /// Whether the file was not scanned, since it was broken at first sight: all numbers are then those of a sample of its rows.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<bool>"))]
    pub first_look: bool,
    /// The answer.
    pub verdict: Verdict,
}
}

wire! {
/// Which program wrote a report, with the options that shaped it.
pub struct Driftline {
    /// The program's version.
    pub version: String,
    /// The report format's version.
    pub report: u32,
    /// The options that can change the report (never threads or unit sizes).
    pub options: Options,
}
}

wire! {
/// The options that can change a report.
pub struct Options {
    /// The budget for canonical bytes of a table's state.
    pub memory: u64,
    /// The seed of hashes and samples.
    pub seed: u64,
    /// "Now", as given or as the host's clock said; `null` where nothing depended on it.
    pub as_of: Option<String>,
    /// Places kept per finding and issue.
    pub places: u64,
    /// The level at which values were left out, where some were: `classified`, `rare`, `values`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub redact: Option<String>,
}
}

wire! {
/// A file that was read.
pub struct Source {
    /// Base name.
    pub name: String,
    /// Size as it lies there.
    pub bytes: u64,
    /// `csv`, `tsv`, `jsonl`, `json`, `parquet`, `arrow`, `arrow-stream`, `profile`.
    pub format: String,
    /// `gzip` or null.
    pub compression: Option<String>,
    /// How CSV was read.
    pub dialect: Option<Dialect>,
    /// `utf-8`, `utf-8-bom` or null.
    pub encoding: Option<String>,
    /// A hash of the decompressed content.
    pub content_hash: String,
}
}

wire! {
/// How CSV was read.
pub struct Dialect {
    /// One character.
    pub delimiter: String,
    /// One character or null.
    pub quote: Option<String>,
    /// Whether the first record names the columns.
    pub header: bool,
    /// `sniffed`, `given` or `reference`.
    pub origin: String,
}
}

wire! {
/// What the current file was compared with.
pub struct Reference {
    /// The file, or the file that the saved profile was made of.
    pub source: Source,
    /// Its rows.
    pub rows: u64,
    /// Whether only its saved profile was there.
    pub saved: bool,
}
}

wire! {
/// The contract that was checked.
pub struct Contract {
    /// Its `id`.
    pub id: Option<String>,
    /// Its `name`, else that of the schema object.
    pub name: Option<String>,
    /// Its `version`.
    pub version: Option<String>,
    /// How many rules it holds.
    pub rules: u64,
}
}

wire! {
/// A count or an estimate of one.
pub struct Estimate {
    /// The number.
    pub value: f64,
    /// Whether it is exact.
    pub exact: bool,
    /// Half the width of the interval that holds the truth; 0 where exact.
    pub error: f64,
}
}

wire! {
/// The whole table.
pub struct Table {
    /// Rows profiled.
    pub rows: u64,
    /// Number of columns.
    pub columns: u64,
    /// rows × columns.
    pub cells: u64,
    /// Missing cells.
    pub missing: u64,
    /// Invalid cells.
    pub invalid: u64,
    /// Rows that repeat an earlier row.
    pub duplicate_rows: Estimate,
    /// Every record of the file accounted for.
    pub ledger: Ledger,
}
}

wire! {
/// Every record of the file accounted for: `rows_in = rows_profiled + rows_set_aside`.
pub struct Ledger {
    /// Records in the file.
    pub rows_in: u64,
    /// Records profiled.
    pub rows_profiled: u64,
    /// Records that could not be.
    pub rows_set_aside: u64,
}
}

wire! {
/// What is odd about the file.
pub struct Issue {
    /// Kebab case id.
    pub code: String,
    /// `critical`, `warning`, `info`.
    pub severity: String,
    /// The column, where it belongs to one.
    pub column: Option<String>,
    /// How often.
    pub count: u64,
    /// One sentence.
    pub message: String,
    /// The first places.
    pub places: Vec<Place>,
}
}

wire! {
/// A place in the file.
pub struct Place {
    /// Data row, from 1; 0 is not in a data row.
    pub row: u64,
    /// Physical line, from 1.
    pub line: Option<u64>,
    /// Byte offset in the decompressed file.
    pub byte: Option<u64>,
    /// What stands there.
    pub text: String,
}
}

wire! {
/// What a rule or a measure says.
pub struct Finding {
    /// The rule's id.
    pub rule: String,
    /// Which question it answers: `readable`, `as_agreed`, `same_as_before`.
    pub card: String,
    /// `critical`, `warning`, `info`.
    pub severity: String,
    /// `fail`, `pass`, `not_run`.
    pub status: String,
    /// The column.
    pub column: Option<String>,
    /// One sentence.
    pub message: String,
    /// What was agreed.
    pub expected: Option<String>,
    /// What was found.
    pub observed: Option<String>,
    /// Offending cells or rows.
    pub count: u64,
    /// Cells or rows looked at.
    pub total: u64,
    /// count / total.
    pub share: f64,
    /// Cells left out.
    pub skipped: u64,
    /// The first offenders.
    pub places: Vec<Violation>,
    /// Why it was not run.
    pub reason: Option<String>,
    /// Which entry of the contract's own list it answers, from 0; only where the contract is one, as a suite of
    /// expectations is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub origin: Option<u64>,
}
}

wire! {
/// A cell that breaks a rule.
pub struct Violation {
    /// Data row, from 1.
    pub row: u64,
    /// Physical line, from 1.
    pub line: Option<u64>,
    /// Byte offset in the decompressed file.
    pub byte: Option<u64>,
    /// The column.
    pub column: String,
    /// The raw text; null for a missing cell.
    pub value: Option<String>,
}
}

wire! {
/// The comparison of one column with the reference.
pub struct Drift {
    /// The column.
    pub column: String,
    /// `stable`, `drifted`, `too_few_rows`, `not_comparable`, `left_out`.
    pub outcome: String,
    /// What kinds of drift: `location`, `spread`, `shape`, `category-share`, `range-escape`, `missing`, `invalid`,
    /// `new-categories`, `vanished-categories`, `constant-changed`.
    pub kinds: Vec<String>,
    /// Population stability index, as it is usually computed.
    pub psi: Scalar,
    /// PSI less what two samples of this size show without drift.
    pub psi_corrected: Scalar,
    /// The 95 % confidence interval of the PSI, less chance, over these bins.
    #[serde(default)]
    pub psi_interval: Option<Interval>,
    /// `none`, `small`, `moderate`, `severe` by the corrected PSI; null where not compared.
    pub band: Option<String>,
    /// The effect that speaks to a person.
    pub effect: Option<Effect>,
    /// Holm over the kinds of this column.
    pub p_value: Scalar,
    /// Benjamini–Hochberg over the columns.
    pub q_value: Scalar,
    /// The PSI that this many rows would have shown with 80 % power.
    pub detectable: Scalar,
    /// The measures taken.
    pub methods: Vec<Method>,
    /// The bins, with their parts of the PSI; largest first.
    pub contributions: Vec<Contribution>,
    /// Both shapes on shared edges or categories, for a chart.
    pub overlay: Option<Overlay>,
    /// In words: why it was left out or not compared, or what was found.
    pub reason: Option<String>,
    /// What has been usual for it, where its history is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub usual: Option<Usual>,
    /// What may be behind the drift; these never decide.
    #[serde(default)]
    pub explanations: Vec<Explanation>,
    /// What the reference calls the column, where that is another name.
    #[serde(default)]
    pub renamed_from: Option<String>,
}
}

wire! {
/// A size of effect.
pub struct Effect {
    /// `wasserstein / robust sd`, `Cohen's h`, `total variation`.
    pub name: String,
    /// Its value.
    pub value: f64,
    /// Its 95 % confidence interval.
    #[serde(default)]
    pub interval: Option<Interval>,
}
}

wire! {
/// One drift measure.
pub struct Method {
    /// Kebab case id.
    pub name: String,
    /// Its statistic.
    pub value: Scalar,
    /// Its p-value, where it has one.
    pub p_value: Scalar,
    /// What it is held against.
    pub threshold: Scalar,
    /// What it says alone.
    pub drifted: bool,
    /// Why it has no value.
    pub reason: Option<String>,
}
}

wire! {
/// One bin of the comparison.
pub struct Contribution {
    /// `12.5 … 18`, a category, `missing`, `invalid` or `other`.
    pub bin: String,
    /// `range`, `category`, `missing`, `invalid`, `other`.
    pub kind: String,
    /// Share in the reference.
    pub reference: f64,
    /// Share in the current file.
    pub current: f64,
    /// Its part of the PSI.
    pub psi: f64,
}
}

wire! {
/// Two shapes on shared bins, as shares of the valid cells.
pub struct Overlay {
    /// For ordered columns: one more than the shares.
    pub edges: Vec<f64>,
    /// For categories: as many as the shares; for ordered columns empty, or the edges as ISO 8601 text.
    pub labels: Vec<String>,
    /// Reference shares.
    pub reference: Vec<f64>,
    /// Current shares.
    pub current: Vec<f64>,
}
}

wire! {
/// The answer: `ok`, `warning`, `critical` or `not_run` on each question.
pub struct Verdict {
    /// Is it readable?
    pub readable: String,
    /// Is it as agreed?
    pub as_agreed: String,
    /// Is it the same as before?
    pub same_as_before: String,
    /// The worst of them.
    pub overall: String,
    /// One sentence.
    pub sentence: String,
    /// What decides it, worst first.
    pub reasons: Vec<Reason>,
}
}

wire! {
/// One reason of the verdict.
pub struct Reason {
    /// `critical`, `warning`, `info`.
    pub severity: String,
    /// `readable`, `as_agreed`, `same_as_before`.
    pub card: String,
    /// The column, where there is one.
    pub column: Option<String>,
    /// One sentence.
    pub message: String,
}
}
