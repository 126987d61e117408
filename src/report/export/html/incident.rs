//! The incident document as one static page.

use super::super::at;
use super::super::markdown::{BINS, began};
use super::super::segments::{carries, happened, spread};
use super::segments::examples;
use super::{head, text, title, word};
use crate::report::incident::{Apart, Incident};
use crate::report::wire::Contribution;
use crate::words::grouped;

/// The page.
pub fn incident(incident: &Incident) -> String {
    let name = text(&incident.file);
    let mut out = head(&format!("Incident: {name}"));
    let reference = incident
        .reference
        .as_deref()
        .map_or(String::new(), |it| format!(" against <code>{}</code>", text(it)));
    out.push_str(&format!(
        "<article>\n<h1>Incident: {name}</h1>\n<p class=\"sentence {}\">{}</p>\n<p>{} rows{reference}.</p>\n",
        word(&incident.verdict),
        text(&incident.sentence),
        grouped(incident.rows),
    ));
    tripped(incident, &mut out);
    shapes(incident, &mut out);
    places(incident, &mut out);
    rules(incident, &mut out);
    if let Some(found) = &incident.apart {
        apart(found, &mut out);
    }
    if !incident.not_run.is_empty() {
        let items: String = incident.not_run.iter().map(|it| format!("<li>{}</li>", text(it))).collect();
        out.push_str(&format!("<section>\n<h2>Not done</h2>\n<ul>{items}</ul>\n</section>\n"));
    }
    out.push_str("</article>\n</main>\n</body>\n</html>\n");
    out
}

fn tripped(incident: &Incident, out: &mut String) {
    out.push_str("<section>\n<h2>What tripped</h2>\n");
    for finding in &incident.tripped {
        out.push_str(&format!(
            "<div class=\"entry {0}\">\n<p><span class=\"badge\">{0}</span> {1}</p>\n<p>{2}</p>\n</div>\n",
            word(&finding.severity),
            title(&finding.rule, finding.column.as_deref()),
            text(&finding.message),
        ));
    }
    if incident.tripped.is_empty() {
        out.push_str("<p>Nothing at warning or above.</p>\n");
    }
    let more = incident.tripped_in_all - incident.tripped.len() as u64;
    if more > 0 {
        out.push_str(&format!("<p class=\"note\">and {} more</p>\n", grouped(more)));
    }
    out.push_str("</section>\n");
    if let Some(since) = &incident.since {
        out.push_str(&format!(
            "<section>\n<h2>Since when</h2>\n<p>{}</p>\n</section>\n",
            text(&began(since))
        ));
    }
}

fn shapes(incident: &Incident, out: &mut String) {
    let Some(drift) = &incident.column else { return };
    out.push_str(&format!("<section>\n<h2>{}, before and now</h2>\n", text(&drift.column)));
    if !drift.contributions.is_empty() {
        bins(&drift.contributions, out);
    }
    for explanation in &drift.explanations {
        out.push_str(&format!("<p>May be behind it: {}</p>\n", text(&explanation.message)));
    }
    out.push_str("</section>\n");
}

/// The bins with the largest parts of the PSI, each with both shares as numbers and as bars.
fn bins(parts: &[Contribution], out: &mut String) {
    let shown = parts.iter().take(BINS);
    let most = shown.clone().flat_map(|it| [it.reference, it.current]).fold(0.0, f64::max);
    out.push_str(
        "<div class=\"wide\"><table class=\"bins\"><thead><tr><th>Bin</th><th class=\"n\">Before</th><th class=\"n\">Now</th>\
         <th class=\"n\">Its part of the PSI</th><td></td></tr></thead><tbody>\n",
    );
    for part in shown {
        out.push_str(&format!(
            "<tr><th scope=\"row\">{}</th><td class=\"n\">{:.2} %</td><td class=\"n\">{:.2} %</td><td class=\"n\">{:.3}</td>\
             <td>{}</td></tr>\n",
            text(&part.bin),
            part.reference * 100.0,
            part.current * 100.0,
            part.psi,
            bars(part, most),
        ));
    }
    out.push_str("</tbody></table></div>\n<p class=\"note\">Shares of all rows. Upper bar: before. Lower bar: now.</p>\n");
}

fn bars(part: &Contribution, most: f64) -> String {
    let width = |share: f64| if most > 0.0 { share / most * 100.0 } else { 0.0 };
    format!(
        "<svg viewBox=\"0 0 100 24\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><rect class=\"before\" y=\"3\" width=\"{:.2}\" \
         height=\"8\"/><rect y=\"13\" width=\"{:.2}\" height=\"8\"/></svg>",
        width(part.reference),
        width(part.current),
    )
}

fn places(incident: &Incident, out: &mut String) {
    let Some(found) = &incident.segments else { return };
    out.push_str("<section>\n<h2>Where</h2>\n");
    for column in &found.columns {
        let name = text(&column.column);
        if column.segments.is_empty() {
            out.push_str(&format!("<p><b>{name}</b>: {}</p>\n", text(&spread(column))));
        }
        for (place, segment) in column.segments.iter().enumerate() {
            out.push_str(&format!(
                "<p><b>{name}</b>: <b>{}</b> carries {}; {}</p>\n",
                text(&segment.words()),
                carries(column, segment),
                text(&happened(segment)),
            ));
            if place == 0 {
                examples(segment, out);
            }
        }
    }
    found
        .not_run
        .iter()
        .for_each(|it| out.push_str(&format!("<p class=\"note\">Not run: {}</p>\n", text(it))));
    out.push_str("</section>\n");
}

fn rules(incident: &Incident, out: &mut String) {
    if incident.rules.is_empty() {
        return;
    }
    out.push_str(
        "<section>\n<h2>Rules that would have caught it</h2>\n<div class=\"wide\"><table><thead><tr><th>Column</th><th>Rule</th>\
         <th>Why</th><th class=\"n\">Breaks it now</th><th class=\"n\">Broke it before</th></tr></thead><tbody>\n",
    );
    for rule in &incident.rules {
        let of = |count: u64, all: u64| format!("{} of {}", grouped(count), grouped(all));
        let before =
            rule.reference.zip(rule.reference_of).map_or("not known".to_owned(), |it| of(it.0, it.1));
        out.push_str(&format!(
            "<tr><th scope=\"row\">{}</th><td>{}: {}</td><td>{}</td><td class=\"n\">{}</td><td class=\"n\">{before}</td></tr>\n",
            text(&rule.column),
            text(&rule.rule),
            text(&rule.expected),
            text(&rule.evidence),
            of(rule.current, rule.current_of),
        ));
    }
    out.push_str("</tbody></table></div>\n");
    if let Some(contract) = &incident.contract {
        let lines: Vec<String> = contract.lines().map(text).collect();
        out.push_str(&format!("<pre><code>{}\n</code></pre>\n", lines.join("\n")));
    }
    out.push_str("</section>\n");
}

fn apart(found: &Apart, out: &mut String) {
    let (rows, clean) = (grouped(found.rows), grouped(found.clean));
    out.push_str("<section>\n<h2>The rows set apart</h2>\n");
    let (words, to) = match found.rows {
        0 => ("No single row breaks these rules.".to_owned(), "To check files"),
        _ => (format!("{rows} rows break these rules, {clean} do not."), "To set them apart"),
    };
    out.push_str(&format!("<p>{words}"));
    if let (Some(before), Some(after)) = (found.psi, found.psi_clean) {
        out.push_str(&format!(" PSI, less chance: {before:.3} with them, {after:.3} without."));
    }
    out.push_str("</p>\n<table class=\"places\"><tbody>\n");
    for place in &found.places {
        let value = place
            .value
            .as_deref()
            .map_or("<i>missing</i>".to_owned(), |it| format!("<code>{}</code>", text(it)));
        let (place, column) = (at(place.row, place.line, None), text(&place.column));
        out.push_str(&format!("<tr><td>{place}</td><td>{column}</td><td>{value}</td></tr>\n"));
    }
    out.push_str("</tbody></table>\n");
    if let Some(written) = &found.written {
        out.push_str(&format!("<p>Written: {}</p>\n", text(written)));
    }
    out.push_str(&format!(
        "<p>{to}, with the rules above as that file:</p>\n<pre><code>{}</code></pre>\n",
        text(&found.command)
    ));
    if let Some(accept) = &found.accept {
        out.push_str(&format!(
            "<p>So that this file says nothing about what is usual:</p>\n<pre><code>{}</code></pre>\n",
            text(accept)
        ));
    }
    out.push_str("</section>\n");
}
