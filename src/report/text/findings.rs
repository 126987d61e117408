//! What is odd about the file, and which rules were broken, with their first places.

use super::escape::{cut, quoted, shown};
use super::number::{count, percent};
use super::paint::Ink;
use super::{LISTED, Look, PLACES, heading, left_out};
use crate::report::wire::{Finding, Issue, Report};

/// Writes the issues, worst first.
pub(super) fn issues(report: &Report, look: Look, out: &mut String) {
    if report.issues.is_empty() {
        return;
    }
    heading("What is odd about the file", look, out);
    let mut sorted: Vec<&Issue> = report.issues.iter().collect();
    sorted.sort_by_key(|issue| std::cmp::Reverse(crate::report::verdict::rank(&issue.severity)));
    for issue in sorted.iter().take(LISTED) {
        says(&issue.severity, &issue.code, issue.column.as_deref(), &issue.message, look, out);
        for place in issue.places.iter().take(PLACES) {
            let text = if place.text.is_empty() { String::new() } else { quoted(&place.text) };
            at(place.row, place.line, place.byte, &text, look, out);
        }
        more(issue.count, issue.places.len(), look, out);
    }
    left_out(sorted.len(), "issues", look, out);
}

/// Writes the findings that fail by severity, then what was not run, then how many passed.
pub(super) fn findings(report: &Report, look: Look, out: &mut String) {
    if report.findings.is_empty() {
        return;
    }
    heading("Rules", look, out);
    let with =
        |status: &str| report.findings.iter().filter(|finding| finding.status == status).collect::<Vec<_>>();
    let failing = with("fail");
    for finding in failing.iter().take(LISTED) {
        fails(finding, look, out);
    }
    left_out(failing.len(), "broken rules", look, out);
    let waiting = with("not_run");
    for finding in waiting.iter().take(LISTED) {
        says("not run", &finding.rule, finding.column.as_deref(), &finding.message, look, out);
        if let Some(reason) = &finding.reason {
            line(&shown(reason), look, out);
        }
    }
    left_out(waiting.len(), "rules that were not run", look, out);
    let passed = with("pass").len() as u64;
    if passed > 0 {
        let kept =
            if passed == 1 { "1 rule is kept".into() } else { format!("{} rules are kept", count(passed)) };
        out.push_str(&format!("  {}\n", look.paint.ink(Ink::Good, &kept)));
    }
}

fn fails(finding: &Finding, look: Look, out: &mut String) {
    says(&finding.severity, &finding.rule, finding.column.as_deref(), &finding.message, look, out);
    let mut parts = Vec::new();
    parts.extend(finding.expected.as_ref().map(|text| format!("expected {}", shown(text))));
    parts.extend(finding.observed.as_ref().map(|text| format!("found {}", shown(text))));
    if finding.count > 0 && finding.total > 0 {
        let share = percent(finding.count, finding.total);
        parts.push(format!("{} of {} ({share})", count(finding.count), count(finding.total)));
    }
    if !parts.is_empty() {
        line(&parts.join(" · "), look, out);
    }
    for place in finding.places.iter().take(PLACES) {
        let value = place.value.as_ref().map_or("missing".into(), |value| quoted(value));
        at(place.row, place.line, place.byte, &value, look, out);
    }
    if !finding.places.is_empty() {
        more(finding.count, finding.places.len(), look, out);
    }
}

fn says(severity: &str, id: &str, column: Option<&str>, message: &str, look: Look, out: &mut String) {
    let severity = look.paint.ink(Ink::of(severity), &format!("{severity:<8}"));
    let id = look.paint.ink(Ink::Faint, &format!("[{}]", shown(id)));
    let column = column.map_or(String::new(), |name| look.paint.ink(Ink::Strong, &shown(name)) + ": ");
    out.push_str(&format!("  {severity}  {column}{} {id}\n", shown(message)));
}

fn at(row: u64, place_line: Option<u64>, byte: Option<u64>, text: &str, look: Look, out: &mut String) {
    let mut parts = Vec::new();
    if row > 0 {
        parts.push(format!("row {}", count(row)));
    }
    parts.extend(place_line.map(|number| format!("line {}", count(number))));
    parts.extend(byte.map(|offset| format!("byte {}", count(offset))));
    let colon = if text.is_empty() || parts.is_empty() { "" } else { ": " };
    line(&format!("{}{colon}{text}", parts.join(", ")), look, out);
}

fn more(total: u64, held: usize, look: Look, out: &mut String) {
    let shown = held.min(PLACES) as u64;
    if shown > 0 && total > shown {
        line(&format!("and {} more", count(total - shown)), look, out);
    }
}

fn line(text: &str, look: Look, out: &mut String) {
    let text = cut(text, look.width().saturating_sub(12));
    out.push_str(&format!("            {}\n", look.paint.ink(Ink::Faint, &text)));
}
