//! The performance document: its wire types and its text. Field names are a public promise; the JSON Schema is generated from
//! these structs.

mod along;
mod html;
mod markdown;

#[cfg(feature = "cli")]
use std::fmt::Write;

use serde::Serialize;

pub use along::{Along, Input, LeftOut};
pub use html::html;
pub use markdown::markdown;

/// The version of the document.
pub const VERSION: u64 = 1;

/// How a binary classifier does, chunk by chunk.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export_to = "performance.ts"))]
pub struct Document {
    /// The version of this document.
    pub performance: u64,
    /// The file that was learned from.
    pub reference: String,
    /// The file that is judged.
    pub current: String,
    /// The column of probabilities.
    pub probability: String,
    /// The column of decisions.
    pub prediction: Option<String>,
    /// The column of what was true.
    pub target: String,
    /// What the cells of the confusion matrix are shares of: rows of their `true` class, rows decided (`pred`) so, or `all`;
    /// null where they are numbers of rows.
    pub normalized: Option<String>,
    /// Whether probabilities are calibrated before they are believed.
    pub calibrated: bool,
    /// Chunks with a metric whose estimate is beyond its limits.
    pub alerts: u64,
    /// Chunks with a metric whose realised value is.
    pub realised_alerts: u64,
    /// Chunks that could not be judged, or not by each metric.
    pub not_run: u64,
    /// Which inputs drift along with the change.
    pub along: Along,
    /// What else is to be known.
    pub notes: Vec<String>,
    /// Chunks of the reference, in order.
    pub reference_chunks: Vec<Chunk>,
    /// Chunks of the current file, in order.
    pub chunks: Vec<Chunk>,
}

/// A chunk of rows.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export_to = "performance.ts"))]
pub struct Chunk {
    /// The period, or the first and the last row, from 0.
    pub key: String,
    /// Its rows.
    pub rows: u64,
    /// Rows of them that no metric of the probability stands on.
    pub without_probability: u64,
    /// Why it was not judged.
    pub not_run: Option<String>,
    /// The metrics.
    pub metrics: Vec<Measured>,
}

/// A metric of a chunk.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export_to = "performance.ts"))]
pub struct Measured {
    /// Its name.
    pub name: String,
    /// What is expected of it; null where that is undefined.
    pub estimated: Option<f64>,
    /// The standard error of a chunk of this size.
    pub sampling_error: Option<f64>,
    /// The estimate ± 3 standard errors, within what can be.
    pub band: Option<Band>,
    /// What it is by the targets; null where they are not known.
    pub realised: Option<f64>,
    /// Mean ± 3 standard deviations of the realised values of the reference's chunks; of numbers of rows, of their shares,
    /// for a chunk of this size.
    pub limits: Option<Band>,
    /// Whether the estimate is beyond the limits.
    pub alert: bool,
    /// Whether the realised value is.
    pub realised_alert: bool,
    /// Why the estimate is not known, or not judged.
    pub not_run: Option<String>,
}

/// Two ends.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export_to = "performance.ts"))]
pub struct Band {
    /// The lower one.
    pub lower: f64,
    /// The upper one.
    pub upper: f64,
}

/// The document for a terminal: a line a chunk and metric. A `!` marks what is beyond its limits.
#[cfg(feature = "cli")]
pub fn text(document: &Document) -> String {
    let safe = |text: &str| super::text::safe(text);
    let mut out = String::new();
    let (chunks, alerts) = (document.chunks.len(), document.alerts);
    let calibrated = if document.calibrated { "calibrated" } else { "taken as they are" };
    // OK because writing to a String does not fail.
    let _ = writeln!(out, "Performance of {} against {}", safe(&document.current), safe(&document.reference));
    let _ = writeln!(out, "  probabilities are {calibrated}");
    let _ = writeln!(out, "  {alerts} of {chunks} chunks have an estimate beyond its limits");
    if document.chunks.iter().flat_map(|it| &it.metrics).any(|it| it.realised.is_some()) {
        let _ = writeln!(out, "  {} of {chunks} have a realised value beyond them", document.realised_alerts);
    }
    for note in &document.notes {
        let _ = writeln!(out, "  note: {}", safe(note));
    }
    along::of_text(&document.along, chunks, &mut out);
    for chunk in &document.chunks {
        let _ = writeln!(out, "\n{}  {} rows", safe(&chunk.key), crate::words::grouped(chunk.rows));
        if let Some(why) = &chunk.not_run {
            let _ = writeln!(out, "  not run: {}", safe(why));
            continue;
        }
        let _ =
            writeln!(out, "  {:<18} {:>12} {:>10} {:>12}   limits", "", "estimated", "± 3 se", "realised");
        for it in &chunk.metrics {
            let _ = writeln!(
                out,
                "{} {:<18} {:>12} {:>10} {:>11}{}   {}",
                if it.alert { "!" } else { " " },
                it.name,
                shown(it.estimated),
                shown(it.sampling_error.map(|it| 3.0 * it)),
                shown(it.realised),
                if it.realised_alert { "!" } else { " " },
                it.limits.map_or_else(String::new, |it| {
                    format!("{} to {}", shown(Some(it.lower)), shown(Some(it.upper)))
                }),
            );
            if let Some(why) = &it.not_run {
                let _ = writeln!(out, "    not run: {}", safe(why));
            }
        }
    }
    out
}

fn shown(value: Option<f64>) -> String {
    value.map_or_else(|| "–".to_owned(), number)
}

fn number(value: f64) -> String {
    format!("{value:.4}")
}
