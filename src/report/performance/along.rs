//! Which inputs drift along with the change of a metric: its part of the performance document, in words too.

use std::fmt::Write;

use serde::Serialize;

use crate::report::export::html::text;
use crate::report::export::markdown::{cell, plain};

/// Inputs that a document for people shows.
const SHOWN: usize = 50;
/// Columns that the sentence names.
const NAMED: usize = 5;

/// Which inputs drift along with the change of a metric, chunk by chunk.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export_to = "performance.ts"))]
pub struct Along {
    /// What the inputs are ordered by: `correlation` or `alerts`.
    pub by: String,
    /// How the drift of an input is measured.
    pub method: String,
    /// The metric; null where there is none to relate to.
    pub metric: Option<String>,
    /// Whether its `estimated` or its `realised` values are taken.
    pub of: Option<String>,
    /// Their mean over the chunks of the reference; the change of a chunk is its distance from it.
    pub reference_mean: Option<f64>,
    /// One sentence.
    pub sentence: String,
    /// The inputs, in this order.
    pub inputs: Vec<Input>,
    /// Columns that were not looked at.
    pub left_out: Vec<LeftOut>,
}

/// An input of the model.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export_to = "performance.ts"))]
pub struct Input {
    /// The column.
    pub column: String,
    /// What it is taken for: `continuous` or `categorical`.
    pub class: String,
    /// Chunks of the current file that drift beyond the threshold.
    pub alerts: u64,
    /// The threshold: the mean of the reference's chunks and three of their standard deviations.
    pub threshold: Option<f64>,
    /// Its drift in each chunk of the current file, in their order; null where it is not known.
    pub drift: Vec<Option<f64>>,
    /// Chunks of which both the drift and the metric are known.
    pub chunks: u64,
    /// Pearson's r of its drift with the change of the metric over these; null where it is undefined.
    pub correlation: Option<f64>,
    /// The two-sided p-value of r.
    pub p_value: Option<f64>,
    /// The p-value once it is known how many inputs were looked at (Benjamini and Hochberg).
    pub q_value: Option<f64>,
    /// Whether its drift goes with the change; null where that is undecided.
    pub goes_along: Option<bool>,
    /// The same in words.
    pub sentence: String,
}

/// A column that was not looked at.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export_to = "performance.ts"))]
pub struct LeftOut {
    /// The column.
    pub column: String,
    /// Why.
    pub reason: String,
}

impl Input {
    /// The sentence on it, in a file of which so many chunks can be compared.
    pub fn words(&self) -> String {
        let Some((r, p)) = self.correlation.zip(self.p_value) else {
            return match self.chunks {
                0 | 1 => "undecided: fewer than two chunks have both its drift and the metric".to_owned(),
                _ => "undecided: its drift or the metric is the same in each chunk".to_owned(),
            };
        };
        let evidence = format!("r = {r:.2} over {} chunks, {}", self.chunks, probability(p));
        match self.goes_along {
            Some(true) => format!("goes with it: {evidence}"),
            Some(false) if r > 0.0 && self.alerts == 0 && p <= 0.05 => {
                format!("hardly drifts, no chunk is beyond its threshold: {evidence}")
            }
            Some(false) => format!("does not go with it: {evidence}"),
            None if self.q_value.is_none() => {
                format!("undecided, so few chunks tell little: {evidence}")
            }
            None => format!("undecided, among so many inputs that may be chance: {evidence}"),
        }
    }
}

impl Input {
    /// What the sentence says before its numbers, for tables that have these.
    fn verdict(&self) -> &str {
        let before = self.sentence.split(": ").next().filter(|_| self.correlation.is_some());
        before.unwrap_or(&self.sentence)
    }
}

impl Along {
    /// The sentence on all of them.
    pub fn words(&self) -> String {
        let Some((metric, of)) = self.metric.as_ref().zip(self.of.as_ref()) else {
            return "which inputs go with the change of performance is not known: no such metric is told"
                .into();
        };
        let metric = format!("the change of {of} {metric}");
        let along: Vec<&str> = self
            .inputs
            .iter()
            .filter(|it| it.goes_along == Some(true))
            .map(|it| it.column.as_str())
            .collect();
        let all = self.inputs.len();
        if all == 0 {
            return format!("there is no input whose drift could go with {metric}");
        }
        if along.is_empty() {
            let undecided = self.inputs.iter().filter(|it| it.goes_along.is_none()).count();
            return match (all, undecided) {
                (1, 0) => format!("the only input does not drift along with {metric}"),
                (1, _) => format!("whether the only input drifts along with {metric} is undecided"),
                (_, 0) => format!("none of {all} inputs drifts along with {metric}"),
                (_, 1) => {
                    format!("none of {all} inputs surely drifts along with {metric}; one is undecided")
                }
                _ => format!(
                    "none of {all} inputs surely drifts along with {metric}; {undecided} are undecided"
                ),
            };
        }
        let more = if along.len() > NAMED { " and others" } else { "" };
        let (noun, verb) = match (all, along.len()) {
            (1, _) => ("input", "drifts"),
            (_, 1) => ("inputs", "drifts"),
            _ => ("inputs", "drift"),
        };
        format!(
            "{} of {all} {noun} {verb} along with {metric}: {}{more}. A correlation is no cause: what drifts at the same time goes along too",
            along.len(),
            along.iter().take(NAMED).copied().collect::<Vec<_>>().join(", ")
        )
    }
}

fn probability(p: f64) -> String {
    if p < 0.001 { "p < 0.001".to_owned() } else { format!("p = {p:.3}") }
}

/// For a terminal.
#[cfg(feature = "cli")]
pub(super) fn of_text(along: &Along, chunks: usize, out: &mut String) {
    let safe = |text: &str| crate::report::text::safe(text);
    // OK because writing to a String does not fail.
    let _ = writeln!(out, "\n  {}", safe(&along.sentence));
    for it in along.inputs.iter().take(SHOWN) {
        let mark = if it.goes_along == Some(true) { "!" } else { " " };
        let _ = writeln!(
            out,
            "{mark} {:<26} {} of {chunks} chunks drift; {}",
            safe(&it.column),
            it.alerts,
            safe(&it.sentence)
        );
    }
    let more = along.inputs.len().saturating_sub(SHOWN);
    if more > 0 {
        let _ = writeln!(out, "  and {more} more");
    }
    for it in along.left_out.iter().take(SHOWN) {
        let _ = writeln!(out, "  left out: {}: {}", safe(&it.column), safe(&it.reason));
    }
}

/// As Markdown.
pub(super) fn of_markdown(along: &Along, chunks: usize, out: &mut String) {
    // OK because writing to a String does not fail.
    let _ = write!(out, "\n## Inputs and the change\n\n{}.\n", plain(&capital(&along.sentence)));
    if !along.inputs.is_empty() {
        out.push_str(
            "\n| Input | Chunks that drift | r | p | Its drift |\n| :-- | --: | --: | --: | :-- |\n",
        );
    }
    for it in along.inputs.iter().take(SHOWN) {
        let _ = writeln!(
            out,
            "| {} | {} of {chunks} | {} | {} | {} |",
            cell(&it.column),
            it.alerts,
            it.correlation.map_or_else(|| "–".to_owned(), |it| format!("{it:.4}")),
            it.p_value.map_or_else(|| "–".to_owned(), |it| plain(&short(it))),
            plain(it.verdict()),
        );
    }
    rest(along, |line| {
        let _ = write!(out, "\n{}.\n", plain(line));
    });
}

/// As a part of a page.
pub(super) fn of_html(along: &Along, chunks: usize, out: &mut String) {
    // OK because writing to a String does not fail.
    let _ = write!(
        out,
        "<section>\n<h2>Inputs and the change</h2>\n<p>{}.</p>\n",
        text(&capital(&along.sentence))
    );
    if !along.inputs.is_empty() {
        out.push_str(
            "<div class=\"wide\"><table><thead><tr><th>Input</th><th class=\"n\">Chunks that drift</th><th class=\"n\">r</th>\
             <th class=\"n\">p</th><th>Its drift</th></tr></thead><tbody>\n",
        );
        for it in along.inputs.iter().take(SHOWN) {
            let _ = writeln!(
                out,
                "<tr><th scope=\"row\">{}</th><td class=\"n\">{} of {chunks}</td><td class=\"n\">{}</td><td class=\"n\">{}</td>\
                 <td>{}</td></tr>",
                text(&it.column),
                it.alerts,
                it.correlation.map_or_else(|| "–".to_owned(), |it| format!("{it:.4}")),
                it.p_value.map_or_else(|| "–".to_owned(), |it| text(&short(it))),
                text(it.verdict()),
            );
        }
        out.push_str("</tbody></table></div>\n");
    }
    rest(along, |line| {
        let _ = writeln!(out, "<p class=\"note\">{}.</p>", text(line));
    });
    out.push_str("</section>\n");
}

/// What is not in the table.
fn rest(along: &Along, mut line: impl FnMut(&str)) {
    let more = along.inputs.len().saturating_sub(SHOWN);
    if more > 0 {
        line(&format!("And {more} more"));
    }
    for it in along.left_out.iter().take(SHOWN) {
        line(&format!("Left out: {}: {}", it.column, it.reason));
    }
}

fn short(p: f64) -> String {
    if p < 0.0001 { "< 0.0001".to_owned() } else { format!("{p:.4}") }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map_or_else(String::new, |it| it.to_uppercase().collect());
    first + letters.as_str()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn input(r: f64, p: f64, q: Option<f64>, goes_along: Option<bool>) -> Input {
        Input {
            column: "x".into(),
            class: "continuous".into(),
            alerts: u64::from(goes_along == Some(true)),
            threshold: Some(0.1),
            drift: Vec::new(),
            chunks: 10,
            correlation: Some(r).filter(|it| it.is_finite()),
            p_value: Some(p),
            q_value: q,
            goes_along,
            sentence: String::new(),
        }
    }

    #[test]
    fn a_sentence_says_what_the_numbers_say() {
        let table = [
            (input(0.93, 1e-4, Some(5e-4), Some(true)), "goes with it: r = 0.93 over 10 chunks, p < 0.001"),
            (
                input(0.31, 0.385, Some(0.4), Some(false)),
                "does not go with it: r = 0.31 over 10 chunks, p = 0.385",
            ),
            (
                input(0.9, 0.01, Some(0.02), Some(false)),
                "hardly drifts, no chunk is beyond its threshold: r = 0.90 over 10 chunks, p = 0.010",
            ),
            (
                input(0.99, 0.01, None, None),
                "undecided, so few chunks tell little: r = 0.99 over 10 chunks, p = 0.010",
            ),
            (
                input(0.7, 0.03, Some(0.2), None),
                "undecided, among so many inputs that may be chance: r = 0.70 over 10 chunks, p = 0.030",
            ),
            (
                input(f64::NAN, 0.0, None, None),
                "undecided: its drift or the metric is the same in each chunk",
            ),
        ];
        for (input, words) in table {
            assert_eq!(input.words(), words);
        }
    }

    #[test]
    fn a_sentence_on_all_counts_them() {
        let along = |inputs: Vec<Input>| {
            let (by, method) = ("correlation".to_owned(), "jensen_shannon".to_owned());
            let (metric, of) = (Some("f1".to_owned()), Some("estimated".to_owned()));
            let (reference_mean, sentence, left_out) = (Some(0.9), String::new(), Vec::new());
            Along { by, method, metric, of, reference_mean, sentence, inputs, left_out }
        };
        let of = |goes_along| input(0.9, 1e-4, None, goes_along);
        let table = [
            (vec![], "there is no input whose drift could go with the change of estimated f1"),
            (vec![of(Some(false))], "the only input does not drift along with the change of estimated f1"),
            (
                vec![of(None)],
                "whether the only input drifts along with the change of estimated f1 is undecided",
            ),
            (
                vec![of(None), of(Some(false))],
                "surely drifts along with the change of estimated f1; one is undecided",
            ),
            (vec![of(None); 3], "; 3 are undecided"),
            (
                vec![of(Some(true)); 7],
                "7 of 7 inputs drift along with the change of estimated f1: x, x, x, x, x and others. A",
            ),
        ];
        for (inputs, words) in table {
            let found = along(inputs).words();
            assert!(found.contains(words), "{found}");
        }
        let none = Along { metric: None, of: None, ..along(vec![of(None)]) };
        assert!(none.words().ends_with("no such metric is told"));
    }

    #[test]
    fn names_and_reasons_are_text_in_each_document() {
        let mut along = Along {
            by: "correlation".into(),
            method: "jensen_shannon".into(),
            metric: Some("roc_auc".into()),
            of: Some("realised".into()),
            reference_mean: Some(0.9),
            sentence: String::new(),
            inputs: vec![Input { column: "<b>|`@x`".into(), ..input(0.93, 1e-4, None, Some(true)) }],
            left_out: vec![LeftOut { column: "<i>".into(), reason: "an id".into() }],
        };
        along.sentence = along.words();
        let (mut page, mut markdown) = (String::new(), String::new());
        of_html(&along, 10, &mut page);
        of_markdown(&along, 10, &mut markdown);
        assert!(page.contains("1 of 1 input drifts along") && !page.contains("<b>") && !page.contains("<i>"));
        assert!(markdown.contains("| `` <b>\\|`@x` `` | 1 of 10 |"), "{markdown}");
        assert!(markdown.contains("roc\\_auc: &lt;b&gt;\\|\\`&#64;x\\`."), "{markdown}");
        assert!(markdown.contains("Left out: &lt;i&gt;: an id."), "{markdown}");
    }
}
