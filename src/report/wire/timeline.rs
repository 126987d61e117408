//! Intervals of a feed, one after the other.

use serde::{Deserialize, Serialize};

use super::Scalar;

wire! {
/// Intervals one after the other, each held against the reference and against the intervals before it.
pub struct Timeline {
    /// What an interval is: `file`, `hour`, `day`, `week`, `month`, `quarter`, `year`, `rows`.
    pub by: String,
    /// What each is compared with: `given`, one reference for all, or `window`, the intervals before it.
    pub reference: String,
    /// Rows whose time is missing or invalid, and which are in no interval.
    pub left_out: u64,
    /// From the earliest on.
    pub intervals: Vec<TimelineInterval>,
    /// The columns that were compared, each with as many values as there are intervals.
    pub columns: Vec<Series>,
}
}

wire! {
/// One interval.
pub struct TimelineInterval {
    /// What it is called.
    pub key: String,
    /// Its rows.
    pub rows: u64,
    /// Whether there was something to compare it with.
    pub compared: bool,
    /// Columns that drifted beyond what is usual for them.
    pub tripped: u64,
    /// What a person said of it: `incident`, `normal` or null.
    pub mark: Option<String>,
}
}

wire! {
/// A column over the intervals; null where it was not there or not compared.
pub struct Series {
    /// The column.
    pub column: String,
    /// PSI less what two samples of this size show without drift.
    pub psi: Vec<Scalar>,
    /// The share of missing cells.
    pub missing: Vec<Scalar>,
    /// The share of invalid cells.
    pub invalid: Vec<Scalar>,
    /// The median of a numeric column.
    pub median: Vec<Scalar>,
    /// Intervals, by index, in which it drifted beyond what is usual.
    pub tripped: Vec<u64>,
    /// Intervals, by index, after which an alert stands: two of the last three tripped, and not yet three quiet ones.
    pub alerts: Vec<u64>,
    /// The PSI beyond which the next interval would be unusual; null where history is too short.
    pub limit: Scalar,
}
}

wire! {
/// What has been usual for a column.
pub struct Usual {
    /// The intervals that say so.
    pub intervals: u64,
    /// The largest PSI beyond chance among them.
    pub psi: f64,
    /// The largest change of the missing share from the reference's, 0 to 1.
    pub missing: f64,
    /// The largest change of the invalid share.
    pub invalid: f64,
}
}
