//! What another tool would have said of the same two files.

use serde::{Deserialize, Serialize};

use super::Scalar;

wire! {
/// What another tool says of the same two files, or what methods say that were asked for.
pub struct Like {
    /// `evidently`, `nannyml`, `alibi`; `driftline` where only methods of our own were asked for.
    pub tool: String,
    /// Its version.
    pub version: String,
    /// One sentence.
    pub sentence: String,
    /// Its verdict on the table; null where it has none, or where that depends on what was not run.
    pub drifted: Option<bool>,
    /// What the verdict was made of: the share of drifted columns, or the smallest p-value.
    pub score: Scalar,
    /// What that was held against.
    pub threshold: Scalar,
    /// The columns that both files have, in the reference's order.
    pub columns: Vec<LikeColumn>,
    /// Statistics of the table as a whole.
    pub table: Vec<LikeMethod>,
    /// Columns by falling number of alerts.
    pub ranking: Vec<Ranked>,
}
}

wire! {
/// What it says of a column.
pub struct LikeColumn {
    /// The column.
    pub column: String,
    /// What the column is to it: `numerical`, `categorical`, `text`, `continuous`; null where it does not look at it.
    pub class: Option<String>,
    /// Its methods.
    pub methods: Vec<LikeMethod>,
    /// How many of them, from the first on, decide.
    pub decides: u64,
    /// Its verdict; null where no deciding method was run.
    pub drifted: Option<bool>,
    /// Our own outcome beside it.
    pub ours: Option<String>,
    /// Why ours says otherwise; null where both agree.
    pub differs: Option<String>,
    /// Why it does not look at the column.
    pub left_out: Option<String>,
}
}

wire! {
/// One of its methods.
pub struct LikeMethod {
    /// Its own name for it; `auto` or `asked` where it came to none.
    pub name: String,
    /// Its score; of chunks the current file's largest.
    pub value: Scalar,
    /// Its p-value, where it is a test.
    pub p_value: Scalar,
    /// The lower threshold, of chunks.
    pub lower: Scalar,
    /// The threshold.
    pub upper: Scalar,
    /// What it says; null where it was not run.
    pub drifted: Option<bool>,
    /// Why it was not run, or what its number is.
    pub reason: Option<String>,
    /// Its statistic of every chunk, the reference's first.
    pub chunks: Vec<LikeChunk>,
}
}

wire! {
/// The statistic of one chunk.
pub struct LikeChunk {
    /// What the chunk is called.
    pub key: String,
    /// Whether it is one of the reference.
    pub reference: bool,
    /// The statistic; null where it is not defined.
    pub value: Scalar,
    /// Its p-value, where that decides.
    pub p_value: Scalar,
    /// Its standard error, by the reference.
    pub sampling_error: Scalar,
    /// The band of three such errors: its lower end.
    pub low: Scalar,
    /// And its upper end.
    pub high: Scalar,
    /// Whether it alerts.
    pub alert: bool,
}
}

wire! {
/// A column's place by alerts.
pub struct Ranked {
    /// The column.
    pub column: String,
    /// The alerts of the current file's chunks.
    pub alerts: u64,
}
}
