//! What may be behind a drift, and how far its sizes are known.

use serde::{Deserialize, Serialize};

wire! {
/// What may be behind the drift of a column.
pub struct Explanation {
    /// `scale`, `sign-flip`, `shifted`, `clipped`, `new-default`, `rounding`, `truncation`, `text-shape`, `script`,
    /// `cell-format`.
    pub id: String,
    /// One sentence.
    pub message: String,
    /// What it rests on.
    pub evidence: Vec<Evidence>,
}
}

wire! {
/// One number, or value, of both sides.
pub struct Evidence {
    /// What it is.
    pub what: String,
    /// In the reference.
    pub reference: String,
    /// In the current file.
    pub current: String,
}
}

wire! {
/// A 95 % confidence interval.
pub struct Interval {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}
}
