//! The performance document as one static page: for every metric a chart of what was estimated and what was realised, chunk by
//! chunk, with band and limits, and the numbers below it. No script, nothing fetched.

use super::along::of_html;
use super::{Chunk, Document, Measured};
use crate::report::export::html::{STYLE, text};
use crate::words::grouped;

/// A chart in units of its own.
const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 180.0;
const EDGE: f64 = 12.0;
/// Chunks of either file that a chart and its table show; the latest.
const CHUNKS: usize = 200;

const CHART: &str = "svg.chart { width: 100%; height: auto; fill: none; } .chart .band { fill: var(--bar); opacity: .25; } \
    .chart .limit { stroke: var(--ink-2); stroke-dasharray: 4 4; } .chart .estimated { stroke: var(--bar); stroke-width: 2; } \
    .chart .realised { stroke: var(--ok); stroke-width: 2; } .chart .alert { fill: var(--critical); } \
    .legend { margin-top: 18px; } .chart .now { stroke: var(--line); } .chart text { fill: var(--ink-2); font-size: 11px; }\n";

/// The page.
pub fn html(document: &Document) -> String {
    let title = text(&document.current);
    let chunks = document.chunks.len();
    let calibrated = if document.calibrated { "calibrated" } else { "taken as they are" };
    let mut out = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>Performance of {title} – Driftline</title>\n<style>\n{STYLE}{CHART}</style>\n</head>\n<body>\n<main>\n<article>\n\
         <h1>Performance of {title}</h1>\n<p>Held against {}; probabilities are {calibrated}. {} of {chunks} chunks have an estimate \
         beyond its limits, {} a realised value, {} could not be judged, or not by each metric.</p>\n",
        text(&document.reference),
        grouped(document.alerts),
        grouped(document.realised_alerts),
        grouped(document.not_run),
    );
    for note in &document.notes {
        out.push_str(&format!("<p class=\"note\">{}</p>\n", text(note)));
    }
    of_html(&document.along, document.chunks.len(), &mut out);
    out.push_str(
        "<p class=\"note legend\">Blue: estimated, with ± 3 standard errors. Green: realised. Dashed: limits. Red: beyond them. Left of the \
         line are the chunks of the reference.</p>\n",
    );
    for name in names(document) {
        metric(document, name, &mut out);
    }
    out.push_str("</article>\n</main>\n</body>\n</html>\n");
    out
}

/// The metrics in the order in which they are told.
pub(super) fn names(document: &Document) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    for it in document.reference_chunks.iter().chain(&document.chunks).flat_map(|it| &it.metrics) {
        if !names.contains(&it.name.as_str()) {
            names.push(&it.name);
        }
    }
    names
}

/// A chunk with a metric of it, where it was judged.
type Point<'a> = (&'a Chunk, Option<&'a Measured>);

fn metric(document: &Document, name: &str, out: &mut String) {
    let of = |chunks: &'_ [Chunk]| -> usize { chunks.len().saturating_sub(CHUNKS) };
    let point = |chunk| -> Point<'_> {
        let chunk: &Chunk = chunk;
        (chunk, chunk.metrics.iter().find(|it| it.name == name))
    };
    let before: Vec<Point<'_>> =
        document.reference_chunks[of(&document.reference_chunks)..].iter().map(point).collect();
    let now: Vec<Point<'_>> = document.chunks[of(&document.chunks)..].iter().map(point).collect();
    out.push_str(&format!("<section>\n<h2><code>{}</code></h2>\n", text(name)));
    chart(name, &before, &now, out);
    out.push_str(
        "<div class=\"wide\"><table><thead><tr><th>Chunk</th><th class=\"n\">Rows</th><th class=\"n\">Estimated</th>\
         <th class=\"n\">± 3 se</th><th class=\"n\">Realised</th><th>Limits</th><th>Beyond them</th></tr></thead><tbody>\n",
    );
    now.iter().for_each(|it| row(*it, out));
    out.push_str("</tbody></table></div>\n</section>\n");
}

fn row((chunk, measured): Point<'_>, out: &mut String) {
    let number = |it: Option<f64>| it.map_or_else(|| "–".to_owned(), |it| format!("{it:.4}"));
    let beyond = match measured {
        Some(Measured { alert: true, realised_alert: true, .. }) => "both".to_owned(),
        Some(Measured { alert: true, .. }) => "estimated".to_owned(),
        Some(Measured { realised_alert: true, .. }) => "realised".to_owned(),
        Some(it) => it.not_run.as_deref().map_or_else(String::new, text),
        None => chunk.not_run.as_deref().map_or_else(String::new, text),
    };
    out.push_str(&format!(
        "<tr><th scope=\"row\">{}</th><td class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td>\
         <td>{}</td><td>{beyond}</td></tr>\n",
        text(&chunk.key),
        grouped(chunk.rows),
        number(measured.and_then(|it| it.estimated)),
        number(measured.and_then(|it| it.sampling_error).map(|it| 3.0 * it)),
        number(measured.and_then(|it| it.realised)),
        measured.and_then(|it| it.limits).map_or_else(String::new, |it| {
            format!("{} to {}", number(Some(it.lower)), number(Some(it.upper)))
        }),
    ));
}

fn chart(name: &str, before: &[Point<'_>], now: &[Point<'_>], out: &mut String) {
    let all: Vec<Point<'_>> = before.iter().chain(now).copied().collect();
    let numbers = |it: &Measured| {
        let ends = [it.band, it.limits].into_iter().flatten().flat_map(|it| [it.lower, it.upper]);
        [it.estimated, it.realised].into_iter().flatten().chain(ends).collect::<Vec<f64>>()
    };
    let values: Vec<f64> =
        all.iter().filter_map(|it| it.1).flat_map(numbers).filter(|it| it.is_finite()).collect();
    let (low, high) = values
        .iter()
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), it| (low.min(*it), high.max(*it)));
    if !(low.is_finite() && high.is_finite()) {
        out.push_str("<p class=\"note\">No chunk has a value.</p>\n");
        return;
    }
    let step = (WIDTH - 2.0 * EDGE) / (all.len().max(2) - 1) as f64;
    let x = |at: usize| EDGE + at as f64 * step;
    let span = if high > low { high - low } else { 1.0 };
    let y = |value: f64| HEIGHT - EDGE - (value - low) / span * (HEIGHT - 2.0 * EDGE);
    let mut marks = String::new();
    if !before.is_empty() && !now.is_empty() {
        let at = x(before.len()) - step / 2.0;
        marks += &format!("<path class=\"now\" d=\"M{at:.1} 0V{HEIGHT}\"/>");
    }
    marks += &areas(&all, &x, &y);
    let line = |class: &str, of: &dyn Fn(&Measured) -> Option<f64>| {
        format!("<path class=\"{class}\" d=\"{}\"/>", path(&all, of, &x, &y))
    };
    marks += &line("limit", &|it| it.limits.map(|it| it.lower));
    marks += &line("limit", &|it| it.limits.map(|it| it.upper));
    marks += &line("estimated", &|it| it.estimated);
    marks += &line("realised", &|it| it.realised);
    for (at, measured) in all.iter().enumerate().filter_map(|(at, it)| Some((at, it.1?))) {
        let beyond = [
            measured.estimated.filter(|_| measured.alert),
            measured.realised.filter(|_| measured.realised_alert),
        ];
        for value in beyond.into_iter().flatten() {
            marks += &format!("<circle class=\"alert\" cx=\"{:.1}\" cy=\"{:.1}\" r=\"4\"/>", x(at), y(value));
        }
    }
    out.push_str(&format!(
        "<svg class=\"chart\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" aria-label=\"{} estimated and realised over {} chunks, \
         {low:.4} to {high:.4}\">{marks}<text x=\"2\" y=\"10\">{high:.4}</text><text x=\"2\" y=\"{}\">{low:.4}</text></svg>\n",
        text(name),
        all.len(),
        HEIGHT - 2.0,
    ));
}

/// The band around the estimates: an area for each stretch of chunks that have one.
fn areas(all: &[Point<'_>], x: &dyn Fn(usize) -> f64, y: &dyn Fn(f64) -> f64) -> String {
    let band = |at: usize| all.get(at).and_then(|it| it.1).and_then(|it| it.band);
    let mut out = String::new();
    let mut at = 0;
    while at < all.len() {
        let end = (at..all.len()).find(|it| band(*it).is_none()).unwrap_or(all.len());
        let upper = (at..end).filter_map(|it| Some((it, band(it)?.upper)));
        let lower = (at..end).rev().filter_map(|it| Some((it, band(it)?.lower)));
        let points: Vec<String> =
            upper.chain(lower).map(|(at, value)| format!("{:.1} {:.1}", x(at), y(value))).collect();
        if !points.is_empty() {
            out += &format!("<path class=\"band\" d=\"M{}Z\"/>", points.join("L"));
        }
        at = end + 1;
    }
    out
}

/// A line with gaps where there is no value.
fn path(
    all: &[Point<'_>],
    of: &dyn Fn(&Measured) -> Option<f64>,
    x: &dyn Fn(usize) -> f64,
    y: &dyn Fn(f64) -> f64,
) -> String {
    let (mut out, mut is_open) = (String::new(), false);
    for (at, point) in all.iter().enumerate() {
        let value = point.1.and_then(of).filter(|it| it.is_finite());
        if let Some(value) = value {
            let word = if is_open { "L" } else { "M" };
            out += &format!("{word}{:.1} {:.1}", x(at), y(value));
        }
        is_open = value.is_some();
    }
    out
}
