//! Where columns drifted.

use serde::{Deserialize, Serialize};

use super::Scalar;

wire! {
/// Where columns drifted: the segments of the rows that carry most of it.
pub struct Segments {
    /// The columns that drifted, farthest first.
    pub columns: Vec<Drifted>,
    /// Rows of the reference that were looked at; null where only its saved profile was there.
    pub reference_rows: Option<u64>,
    /// Rows of the current file that were looked at.
    pub current_rows: u64,
    /// Whether these are a sample.
    pub sampled: bool,
    /// Columns whose values were tried as segments.
    pub tried: u64,
    /// What was not looked at, and why.
    pub not_run: Vec<String>,
}
}

wire! {
/// One measure of a column that drifted.
pub struct Drifted {
    /// The column.
    pub column: String,
    /// What the segments carry a part of: `psi`, less chance, or the change of the share of `missing` or `invalid` cells.
    pub of: String,
    /// Its size over the rows that were looked at.
    pub size: f64,
    /// How many segments were held against it.
    pub searched: u64,
    /// What carries most of it; none where it is spread over all rows.
    pub segments: Vec<Segment>,
}
}

wire! {
/// Rows for which all conditions hold.
pub struct Segment {
    /// The conditions.
    pub parts: Vec<SegmentPart>,
    /// The part that goes away when these rows are left out of both sides, 0 to 1.
    pub carries: f64,
    /// `new` (the reference has no such rows), `gone` (the current file has none), `shift` (their values are others), `mix`
    /// (their share of the rows is another); null where that needs the rows of the reference.
    pub origin: Option<String>,
    /// Their rows in the reference, of those looked at; null where that is not known, or where the rows are a stretch of the file.
    pub reference: Option<u64>,
    /// Their rows in the current file, of those looked at.
    pub current: u64,
    /// PSI, less chance, between their rows in the reference and in the current file.
    pub within: Scalar,
    /// The columns of the examples: that which drifted, those of the conditions, then the first others.
    pub columns: Vec<String>,
    /// Rows that show the drift.
    pub examples: Vec<ExampleRow>,
}
}

wire! {
/// A condition on one column, or on where a row stands.
pub struct SegmentPart {
    /// The column; null for a stretch of the file.
    pub column: Option<String>,
    /// `value` (one of the values), `range` (from the first to the last value, an empty text is no bound), `period` (from the
    /// first to the last, by their names), `rows` (from the first to the last data row), `missing`, `invalid`.
    pub kind: String,
    /// The values, or the two ends.
    pub values: Vec<String>,
}
}

wire! {
/// A row of the current file.
pub struct ExampleRow {
    /// Data row, from 1.
    pub row: u64,
    /// Its cells; null is a missing cell.
    pub cells: Vec<Option<String>>,
}
}

impl SegmentPart {
    /// The condition in words: `source is api_v2`.
    pub fn words(&self) -> String {
        let name = self.column.as_deref().unwrap_or_default();
        let [first, last] = [self.values.first(), self.values.last()].map(|it| it.map_or("", String::as_str));
        match self.kind.as_str() {
            "missing" => format!("{name} is missing"),
            "invalid" => format!("{name} is invalid"),
            "rows" => format!("rows {first} to {last}"),
            "range" | "period" if first == last => format!("{name} is {first}"),
            "range" if first.is_empty() => format!("{name} ≤ {last}"),
            "range" if last.is_empty() => format!("{name} ≥ {first}"),
            "range" | "period" => format!("{name} is {first} to {last}"),
            _ => format!("{name} is {}", self.values.join(" or ")),
        }
    }
}

impl Segment {
    /// The conditions in words.
    pub fn words(&self) -> String {
        self.parts.iter().map(SegmentPart::words).collect::<Vec<_>>().join(" and ")
    }

    /// What happened, in words.
    pub fn happened(&self) -> &'static str {
        match self.origin.as_deref() {
            Some("new") => "the reference has no such rows",
            Some("gone") => "the current file has no such rows",
            Some("shift") => "their values are others than before",
            Some("mix") => "their values are as before, their share of the rows is another",
            _ => "their rows",
        }
    }
}

impl Drifted {
    /// What the segments carry a part of, in words.
    pub fn what(&self) -> &'static str {
        match self.of.as_str() {
            "missing" => "the change of its missing cells",
            "invalid" => "the change of its invalid cells",
            _ => "its drift",
        }
    }
}
