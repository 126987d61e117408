//! JUnit XML, as Jenkins, GitLab and the others read it: a suite a file, a case a rule and column, those that are kept
//! included. What was not run is skipped with its reason; what fails below the failing severity passes and says so.

use super::{Document, Outcome, reason, told};
use crate::report::wire::{Finding, Issue, Report};

/// The document of all files.
pub fn render(document: Document<'_>) -> String {
    let suites: Vec<Suite> = document.outcomes.iter().map(|outcome| suite(outcome, document)).collect();
    let sum = |count: fn(&Suite) -> usize| suites.iter().map(count).sum::<usize>();
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    out.push_str(&format!(
        "<testsuites name=\"driftline\" tests=\"{}\" failures=\"{}\" errors=\"{}\">\n",
        sum(|it| it.tests),
        sum(|it| it.failures),
        sum(|it| it.errors),
    ));
    for suite in &suites {
        out.push_str(&format!(
            "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\">\n{}  </testsuite>\n",
            text(&suite.name),
            suite.tests,
            suite.failures,
            suite.errors,
            suite.skipped,
            suite.cases,
        ));
    }
    out.push_str("</testsuites>\n");
    out
}

#[derive(Default)]
struct Suite {
    name: String,
    cases: String,
    tests: usize,
    failures: usize,
    errors: usize,
    skipped: usize,
}

/// What is inside of a case.
enum Body {
    Pass,
    Told(String),
    Failure { message: String, kind: String, text: String },
    Error(String),
    Skipped(String),
}

fn suite(outcome: &Outcome, document: Document<'_>) -> Suite {
    let mut suite = Suite { name: outcome.file.clone(), ..Suite::default() };
    match &outcome.result {
        Err(message) => suite.case("readable", "is readable", Body::Error(message.clone())),
        Ok(report) => read(report, document, &mut suite),
    }
    suite
}

fn read(report: &Report, document: Document<'_>, suite: &mut Suite) {
    suite.case("readable", "is readable", Body::Pass);
    for issue in &report.issues {
        let name = named(&issue.code, issue.column.as_deref());
        suite.case("readable", &name, of_issue(issue, document));
    }
    for finding in &report.findings {
        let name = named(&finding.rule, finding.column.as_deref());
        suite.case(&finding.card, &name, of_finding(finding, document));
    }
}

fn named(rule: &str, column: Option<&str>) -> String {
    column.map_or_else(|| rule.to_owned(), |column| format!("{column}: {rule}"))
}

fn of_finding(finding: &Finding, document: Document<'_>) -> Body {
    match finding.status.as_str() {
        "pass" => Body::Pass,
        "not_run" => Body::Skipped(reason(finding).to_owned()),
        _ if document.fails(&finding.severity) => Body::Failure {
            message: finding.message.clone(),
            kind: finding.severity.clone(),
            text: told(finding),
        },
        _ => Body::Told(format!("{}: {}", finding.severity, told(finding))),
    }
}

fn of_issue(issue: &Issue, document: Document<'_>) -> Body {
    if document.fails(&issue.severity) {
        let (message, kind) = (issue.message.clone(), issue.severity.clone());
        Body::Failure { text: message.clone(), message, kind }
    } else {
        Body::Told(format!("{}: {}", issue.severity, issue.message))
    }
}

impl Suite {
    fn case(&mut self, class: &str, name: &str, body: Body) {
        self.tests += 1;
        let class = format!("{}.{class}", self.name);
        let inner = match body {
            Body::Pass => String::new(),
            Body::Told(told) => format!("<system-out>{}</system-out>", text(&told)),
            Body::Failure { message, kind, text: told } => {
                self.failures += 1;
                let (message, kind) = (text(&message), text(&kind));
                format!("<failure message=\"{message}\" type=\"{kind}\">{}</failure>", text(&told))
            }
            Body::Error(message) => {
                self.errors += 1;
                format!("<error message=\"{0}\" type=\"unreadable\">{0}</error>", text(&message))
            }
            Body::Skipped(reason) => {
                self.skipped += 1;
                format!("<skipped message=\"{}\"/>", text(&reason))
            }
        };
        let head = format!("    <testcase classname=\"{}\" name=\"{}\"", text(&class), text(name));
        self.cases.push_str(&if inner.is_empty() {
            format!("{head}/>\n")
        } else {
            format!("{head}>\n      {inner}\n    </testcase>\n")
        });
    }
}

/// Text of an element or an attribute. What XML 1.0 has no way to write becomes a replacement character; line breaks are
/// references, because attributes would lose them.
fn text(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    for c in raw.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("&#10;"),
            '\t' => out.push_str("&#9;"),
            '\r' => out.push_str("&#13;"),
            '\0'..='\x1f' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}
