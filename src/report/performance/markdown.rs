//! The performance document as Markdown.

use super::along::of_markdown;
use super::html::names;
use super::{Chunk, Document, Measured, number, shown};
use crate::report::export::markdown::{cell, code, mark, plain};
use crate::words::grouped;

/// Chunks of a metric that are told; the latest.
const CHUNKS: usize = 100;

/// The document.
pub fn markdown(document: &Document) -> String {
    let is_odd =
        document.chunks.is_empty() || document.alerts + document.realised_alerts + document.not_run > 0;
    let mut out = format!(
        "# {} Performance of {}\n\n{}.\n",
        mark(if is_odd { "warning" } else { "ok" }),
        plain(&document.current),
        told(document),
    );
    if !document.notes.is_empty() {
        out.push('\n');
        document.notes.iter().for_each(|it| out.push_str(&format!("- {}\n", plain(it))));
    }
    of_markdown(&document.along, document.chunks.len(), &mut out);
    for name in names(document) {
        metric(document, name, &mut out);
    }
    chunks_not_run(document, &mut out);
    out
}

fn told(document: &Document) -> String {
    let calibrated = if document.calibrated { "calibrated" } else { "taken as they are" };
    let mut parts = vec![format!(
        "{} of {} chunks have an estimate beyond its limits",
        grouped(document.alerts),
        grouped(document.chunks.len() as u64)
    )];
    if document.chunks.iter().flat_map(|it| &it.metrics).any(|it| it.realised.is_some()) {
        parts.push(format!("{} a realised value", grouped(document.realised_alerts)));
    }
    if document.not_run > 0 {
        parts.push(format!("{} could not be judged, or not by each metric", grouped(document.not_run)));
    }
    format!(
        "Held against {}; probabilities are {calibrated}. {}",
        code(&document.reference),
        parts.join(", ")
    )
}

fn metric(document: &Document, name: &str, out: &mut String) {
    let of = |chunk: &'_ Chunk| chunk.metrics.iter().position(|it| it.name == name);
    let told: Vec<(&Chunk, &Measured)> =
        document.chunks.iter().filter_map(|it| Some((it, &it.metrics[of(it)?]))).collect();
    if told.is_empty() {
        return;
    }
    out.push_str(&format!(
        "\n## {}\n\n| Chunk | Rows | Estimated | ± 3 se | Realised | Limits | Beyond them |\n\
         | :-- | --: | --: | --: | --: | :-- | :-- |\n",
        code(name)
    ));
    let skipped = told.len().saturating_sub(CHUNKS);
    for (chunk, it) in &told[skipped..] {
        let limits =
            it.limits.map_or_else(String::new, |it| format!("{} to {}", number(it.lower), number(it.upper)));
        out.push_str(&format!(
            "| {} | {} | {} | {} | {} | {limits} | {} |\n",
            cell(&chunk.key),
            grouped(chunk.rows),
            shown(it.estimated),
            shown(it.sampling_error.map(|it| 3.0 * it)),
            shown(it.realised),
            beyond(it),
        ));
    }
    if skipped > 0 {
        out.push_str(&format!("\n{} chunks before these are not shown.\n", grouped(skipped as u64)));
    }
}

fn beyond(it: &Measured) -> String {
    match (it.alert, it.realised_alert) {
        (true, true) => "both".to_owned(),
        (true, false) => "estimated".to_owned(),
        (false, true) => "realised".to_owned(),
        (false, false) => {
            it.not_run.as_deref().map_or_else(String::new, |why| format!("not run: {}", plain(why)))
        }
    }
}

fn chunks_not_run(document: &Document, out: &mut String) {
    let not_run: Vec<(&Chunk, &String)> =
        document.chunks.iter().filter_map(|it| Some((it, it.not_run.as_ref()?))).collect();
    if not_run.is_empty() {
        return;
    }
    out.push_str("\n## Not run\n\n");
    for (chunk, why) in not_run.iter().take(CHUNKS) {
        out.push_str(&format!("- {}: {}\n", code(&chunk.key), plain(why)));
    }
    let more = not_run.len().saturating_sub(CHUNKS);
    if more > 0 {
        out.push_str(&format!("- and {} more\n", grouped(more as u64)));
    }
}
