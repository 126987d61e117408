//! One static HTML file: verdict, broken rules with their places, what drifted, the columns. No script, nothing fetched, a
//! policy that says so; light and dark, from a phone's width on; print works. What stands in the data is text.

mod incident;
mod segments;
mod timeline;

use super::{Document, at, behind, broken, drifted, effect, odd, psi, range, reason, scalar, turns, waiting};
use crate::report::redact;
use crate::report::wire::{Column, Finding, Report};
use crate::words::grouped;

pub use incident::incident;

/// Entries of a list and places of a finding that are shown.
const LISTED: usize = 500;
const PLACES: usize = 20;

pub(in crate::report) const STYLE: &str = include_str!("html.css");

/// The document of all files.
pub fn render(document: Document<'_>) -> String {
    let title = match document.outcomes {
        [one] => text(&one.file),
        many => format!("{} files", many.len()),
    };
    let mut out = head(&title);
    for outcome in document.outcomes {
        match &outcome.result {
            Ok(report) => of(report, &outcome.file, &mut out),
            Err(message) => out.push_str(&format!(
                "<article>\n<h1>{}</h1>\n<p class=\"sentence critical\">It could not be read: {}</p>\n</article>\n",
                text(&outcome.file),
                text(message)
            )),
        }
    }
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

/// Everything up to the first element; `title` is HTML.
fn head(title: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>{title} – Driftline</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n"
    )
}

fn of(report: &Report, file: &str, out: &mut String) {
    let verdict = &report.verdict;
    out.push_str(&format!(
        "<article>\n<h1>{}</h1>\n<p class=\"sentence {}\">{}</p>\n<dl class=\"cards\">\n",
        text(file),
        word(&verdict.overall),
        text(&verdict.sentence)
    ));
    for (question, answer) in [
        ("Readable?", &verdict.readable),
        ("As agreed?", &verdict.as_agreed),
        ("Same as before?", &verdict.same_as_before),
    ] {
        let shown = word(answer).replace('_', " ");
        out.push_str(&format!("<div class=\"{}\"><dt>{question}</dt><dd>{shown}</dd></div>\n", word(answer)));
    }
    out.push_str("</dl>\n");
    if let Some(notice) = redact::notice(report) {
        out.push_str(&format!("<p>{}</p>\n", text(&notice)));
    }
    section("Broken rules", &broken(report), out, finding);
    section("Not checked", &waiting(report), out, not_run);
    section("Odd about the file", &odd(report), out, |issue, out| {
        let places: Vec<(String, String)> =
            issue.places.iter().map(|it| (at(it.row, it.line, it.byte), text(&it.text))).collect();
        let name = title(&issue.code, issue.column.as_deref());
        entry(&issue.severity, &name, &issue.message, &[], &places, issue.count, out);
    });
    drifts(report, out);
    segments::segments(report, out);
    together(report, out);
    timeline::section(report, out);
    columns(report, out);
    let kept = report.findings.iter().filter(|it| it.status == "pass").count() as u64;
    if kept > 0 {
        out.push_str(&format!("<p class=\"note\">{} rules are kept.</p>\n", grouped(kept)));
    }
    out.push_str("</article>\n");
}

fn section<T>(heading: &str, items: &[T], out: &mut String, each: impl Fn(&T, &mut String)) {
    if items.is_empty() {
        return;
    }
    out.push_str(&format!("<section>\n<h2>{heading}</h2>\n"));
    items.iter().take(LISTED).for_each(|item| each(item, out));
    rest(items.len(), out);
    out.push_str("</section>\n");
}

fn rest(all: usize, out: &mut String) {
    if all > LISTED {
        out.push_str(&format!("<p class=\"note\">and {} more</p>\n", grouped((all - LISTED) as u64)));
    }
}

fn finding(finding: &&Finding, out: &mut String) {
    let mut facts = Vec::new();
    facts.extend(finding.expected.as_ref().map(|it| ("Expected", text(it))));
    facts.extend(finding.observed.as_ref().map(|it| ("Found", text(it))));
    let places: Vec<(String, String)> = finding
        .places
        .iter()
        .map(|it| {
            let value = it.value.as_deref().map_or_else(|| "<i>missing</i>".to_owned(), text);
            (at(it.row, it.line, it.byte), value)
        })
        .collect();
    let name = title(&finding.rule, finding.column.as_deref());
    entry(&finding.severity, &name, &finding.message, &facts, &places, finding.count, out);
}

fn not_run(finding: &&Finding, out: &mut String) {
    let name = title(&finding.rule, finding.column.as_deref());
    entry("not_run", &name, reason(finding), &[], &[], 0, out);
}

fn title(rule: &str, column: Option<&str>) -> String {
    let column = column.map_or_else(String::new, |name| format!("<b>{}</b> ", text(name)));
    format!("{column}<code>{}</code>", text(rule))
}

/// An entry of a list. `name`, `facts` and `places` are HTML.
fn entry(
    severity: &str,
    name: &str,
    message: &str,
    facts: &[(&str, String)],
    places: &[(String, String)],
    count: u64,
    out: &mut String,
) {
    let severity = word(severity);
    out.push_str(&format!(
        "<div class=\"entry {severity}\">\n<p><span class=\"badge\">{}</span> {name}</p>\n<p>{}</p>\n",
        severity.replace('_', " "),
        text(message)
    ));
    if !facts.is_empty() {
        let facts: String =
            facts.iter().map(|(name, value)| format!("<dt>{name}</dt><dd>{value}</dd>")).collect();
        out.push_str(&format!("<dl class=\"facts\">{facts}</dl>\n"));
    }
    if !places.is_empty() {
        out.push_str("<table class=\"places\"><tbody>\n");
        for (place, value) in places.iter().take(PLACES) {
            out.push_str(&format!("<tr><td>{place}</td><td><code>{value}</code></td></tr>\n"));
        }
        out.push_str("</tbody></table>\n");
        let shown = places.len().min(PLACES) as u64;
        if count > shown {
            out.push_str(&format!("<p class=\"note\">and {} more</p>\n", grouped(count - shown)));
        }
    }
    out.push_str("</div>\n");
}

fn drifts(report: &Report, out: &mut String) {
    let found = drifted(report);
    if found.is_empty() {
        return;
    }
    out.push_str(
        "<section>\n<h2>Drifted</h2>\n<div class=\"wide\"><table><thead><tr><th>Column</th><th>Kinds</th>\
         <th class=\"n\">PSI</th><th>Effect</th><th>May be behind it</th></tr></thead><tbody>\n",
    );
    for drift in found.iter().take(LISTED) {
        let effect =
            effect(drift).map_or_else(String::new, |(name, value)| format!("{} {value}", text(name)));
        out.push_str(&format!(
            "<tr><th scope=\"row\">{}</th><td>{}</td><td class=\"n\">{}</td><td>{effect}</td><td>{}</td></tr>\n",
            text(&drift.column),
            text(&drift.kinds.join(", ")),
            psi(drift),
            text(&behind(drift)),
        ));
    }
    out.push_str("</tbody></table></div>\n");
    rest(found.len(), out);
    out.push_str("</section>\n");
}

fn together(report: &Report, out: &mut String) {
    let Some(found) = &report.multivariate else { return };
    out.push_str("<section>\n<h2>Columns together</h2>\n");
    for line in super::together(found) {
        out.push_str(&format!("<p>{}</p>\n", text(&line)));
    }
    if found.structure.changed > 0 {
        out.push_str(
            "<div class=\"wide\"><table><thead><tr><th>Column</th><th>Column</th><th>Measure</th>\
             <th class=\"n\">Before</th><th class=\"n\">Now</th><th class=\"n\">q</th></tr></thead><tbody>\n",
        );
        for pair in found.structure.largest.iter().filter(|it| it.drifted).take(LISTED) {
            out.push_str(&format!(
                "<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td><td class=\"n\">{:.3}</td><td class=\"n\">{:.3}</td>\
                 <td class=\"n\">{:.2e}</td></tr>\n",
                text(&pair.first),
                text(&pair.second),
                text(&pair.measure),
                pair.reference,
                pair.current,
                pair.q_value,
            ));
        }
        out.push_str("</tbody></table></div>\n");
        rest(found.structure.changed as usize, out);
    }
    out.push_str("</section>\n");
}

fn columns(report: &Report, out: &mut String) {
    out.push_str(&format!(
        "<section>\n<h2>Columns</h2>\n<p>{} rows, {} columns, {} bytes.</p>\n<div class=\"wide\"><table><thead><tr>\
         <th>Column</th><th>Type</th><th>Shape</th><th class=\"n\">Missing</th><th class=\"n\">Invalid</th>\
         <th class=\"n\">Distinct</th><th>Range or most frequent</th></tr></thead><tbody>\n",
        grouped(report.table.rows),
        grouped(report.table.columns),
        grouped(report.source.bytes),
    ));
    for column in report.columns.iter().take(LISTED) {
        let about = if column.distinct.exact { "" } else { "≈ " };
        out.push_str(&format!(
            "<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td>\
             <td class=\"n\">{about}{}</td><td>{}</td></tr>\n",
            text(&column.name),
            text(&column.ty),
            shape(column),
            grouped(column.missing),
            grouped(column.invalid),
            grouped(column.distinct.value as u64),
            extent(column),
        ));
    }
    out.push_str("</tbody></table></div>\n");
    rest(report.columns.len(), out);
    out.push_str("</section>\n");
}

/// The histogram, else the most frequent values, as bars.
fn shape(column: &Column) -> String {
    let counts: Vec<u64> = match &column.histogram {
        Some(histogram) => histogram.counts.clone(),
        None => column.top.iter().map(|it| it.count).collect(),
    };
    let most = counts.iter().copied().max().unwrap_or(0);
    if most == 0 {
        return String::new();
    }
    let width = 100.0 / counts.len() as f64;
    let bars: String = counts
        .iter()
        .enumerate()
        .filter(|it| *it.1 > 0)
        .map(|(i, &count)| {
            let height = (count as f64 / most as f64 * 24.0).max(1.0);
            format!(
                "<rect x=\"{:.2}\" y=\"{:.2}\" width=\"{:.2}\" height=\"{height:.2}\"/>",
                i as f64 * width,
                24.0 - height,
                (width * 0.9).max(0.4),
            )
        })
        .collect();
    format!("<svg viewBox=\"0 0 100 24\" preserveAspectRatio=\"none\" aria-hidden=\"true\">{bars}</svg>")
}

/// The ends of an ordered column, else the most frequent values.
fn extent(column: &Column) -> String {
    range(column).map_or_else(
        || {
            let first: Vec<String> = column.top.iter().take(3).map(|it| text(&scalar(&it.value))).collect();
            first.join(", ")
        },
        |range| text(&range),
    )
}

/// A word of the report as a class and a text: one of those that there are.
fn word(word: &str) -> &'static str {
    ["ok", "warning", "critical", "info"].into_iter().find(|known| *known == word).unwrap_or("not_run")
}

/// The longest text that is shown, in characters.
const SHOWN: usize = 300;

/// Text of an element, cut; control characters have no place in HTML.
pub(in crate::report) fn text(raw: &str) -> String {
    let mut out = String::new();
    for c in raw.chars().take(SHOWN) {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' => out.push(' '),
            c if turns(c) => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    if raw.chars().nth(SHOWN).is_some() {
        out.push('…');
    }
    out
}
