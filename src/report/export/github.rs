//! Annotations of a GitHub Actions run: workflow commands, one a line. What stands in a cell is data and can never become
//! a command: line breaks are escaped, so that every line that is written begins with a command of ours.

use super::{Document, broken, odd, place, title, turns};

/// The annotations of all files; the worst come first, because GitHub shows ten of each kind a step.
///
/// Source: "Workflow commands for GitHub Actions", GitHub Docs.
pub fn render(document: Document<'_>) -> String {
    let mut out = String::new();
    for outcome in document.outcomes {
        let file = outcome.file.as_str();
        match &outcome.result {
            Ok(report) => {
                for finding in broken(report) {
                    let first = finding.places.first();
                    let mut message = finding.message.clone();
                    for at in finding.places.iter().skip(1).take(4) {
                        message.push_str(&format!("\n{}", place(at)));
                    }
                    let place = Place { file, line: first.and_then(|it| it.line) };
                    let title = title(&finding.rule, finding.column.as_deref());
                    command(&finding.severity, place, &title, &message, &mut out);
                }
                for issue in odd(report).into_iter().filter(|issue| issue.severity != "info") {
                    let line = issue.places.first().and_then(|it| it.line);
                    let place = Place { file, line };
                    command(
                        &issue.severity,
                        place,
                        &title(&issue.code, issue.column.as_deref()),
                        &issue.message,
                        &mut out,
                    );
                }
                let sentence = &report.verdict.sentence;
                command("info", Place { file, line: None }, "verdict", sentence, &mut out);
            }
            Err(message) => {
                command("critical", Place { file, line: None }, "unreadable", message, &mut out);
            }
        }
    }
    out
}

struct Place<'a> {
    file: &'a str,
    line: Option<u64>,
}

fn command(severity: &str, place: Place<'_>, title: &str, message: &str, out: &mut String) {
    let word = match severity {
        "critical" => "error",
        "warning" => "warning",
        _ => "notice",
    };
    let line = place.line.map_or_else(String::new, |line| format!(",line={line}"));
    let (file, title) = (property(place.file), property(title));
    out.push_str(&format!("::{word} file={file}{line},title={title}::{}\n", data(message)));
}

/// A message: no line break of it ends the command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property's value: nor does anything in it end the property, or colour the log.
fn property(text: &str) -> String {
    let plain: String = text.chars().map(|c| if turns(c) && !"\r\n".contains(c) { ' ' } else { c }).collect();
    data(&plain).replace(':', "%3A").replace(',', "%2C")
}
