//! What the verdict says of which report.

use super::*;
use crate::finding::{Finding, Status, Tier};
use crate::issue::Issue;
use crate::report::build::{Parts, build};
use crate::report::{sample, wire};

struct Case {
    issues: Vec<Issue>,
    findings: Vec<Finding>,
    drift: Vec<wire::Drift>,
    contract: bool,
    reference: bool,
}

fn plain() -> Case {
    Case { issues: Vec::new(), findings: Vec::new(), drift: Vec::new(), contract: false, reference: false }
}

fn verdict(case: Case) -> Verdict {
    report(case).verdict
}

fn report(case: Case) -> Report {
    let mut profile = sample::profile();
    profile.issues = case.issues;
    build(Parts {
        profile: &profile,
        reference: case.reference.then_some(&sample::profile()),
        contract: case.contract.then_some(wire::Contract { id: None, name: None, version: None, rules: 1 }),
        findings: &case.findings,
        drift: case.drift,
        timeline: None,
        options: sample::options(),
        sections: vec!["profile".into()],
    })
}

fn issue(code: Code, count: u64, message: &str) -> Issue {
    Issue { code, column: None, count, message: message.into(), places: Vec::new() }
}

fn passing(tier: Tier) -> Finding {
    Finding::new("type", tier, Severity::Critical, Status::Pass, "all cells are of the type".into())
}

fn cards(verdict: &Verdict) -> [&str; 4] {
    [&verdict.readable, &verdict.as_agreed, &verdict.same_as_before, &verdict.overall]
}

#[test]
fn a_clean_file_is_readable_and_nothing_else_was_asked() {
    let verdict = verdict(plain());
    assert_eq!(cards(&verdict), ["ok", "not_run", "not_run", "ok"]);
    assert_eq!(verdict.sentence, "Readable, and nothing else was asked.");
    assert!(verdict.reasons.is_empty());
}

#[test]
fn what_was_measured_and_kept_is_said() {
    let contract = Case { contract: true, findings: vec![passing(Tier::Contract)], ..plain() };
    assert_eq!(verdict(contract).sentence, "Readable and as agreed.");
    let reference = Case { reference: true, drift: vec![sample::drift("a", "stable", 0.0)], ..plain() };
    assert_eq!(verdict(reference).sentence, "Readable and the same as before.");
    let both = verdict(Case {
        contract: true,
        reference: true,
        findings: vec![passing(Tier::Contract), passing(Tier::Drift)],
        ..plain()
    });
    assert_eq!(both.sentence, "Readable, as agreed and the same as before.");
    assert_eq!(cards(&both), ["ok"; 4]);
}

#[test]
fn what_was_not_run_is_never_a_pass() {
    let mut waiting = passing(Tier::Contract);
    waiting.status = Status::NotRun;
    let contract = verdict(Case { contract: true, findings: vec![waiting], ..plain() });
    assert_eq!(cards(&contract), ["ok", "not_run", "not_run", "ok"]);
    assert_eq!(contract.sentence, "Readable; no rule of the contract could be measured; 1 rule was not run.");
    let few = sample::drift("a", "too_few_rows", 0.0);
    let mut unmeasured = passing(Tier::Drift);
    unmeasured.status = Status::NotRun;
    let reference =
        verdict(Case { reference: true, drift: vec![few.clone()], findings: vec![unmeasured], ..plain() });
    assert_eq!(cards(&reference), ["ok", "not_run", "not_run", "ok"]);
    let wanted = "Readable; too few rows to say whether it is the same as before.";
    assert_eq!(reference.sentence, wanted);
    // That the rows were counted is no comparison; what is wrong is told all the same.
    let rows = passing(Tier::Drift);
    let counted = |findings| verdict(Case { reference: true, drift: vec![few.clone()], findings, ..plain() });
    assert_eq!(counted(vec![rows.clone()]).sentence, wanted);
    let wrong = sample::failing("column-removed", Tier::Drift, Severity::Critical, 1);
    assert_eq!(cards(&counted(vec![rows, wrong])), ["ok", "not_run", "critical", "critical"]);
    let mut one = passing(Tier::Contract);
    one.status = Status::NotRun;
    let mut there = passing(Tier::Contract);
    there.rule = "column-presence";
    let only = verdict(Case { contract: true, findings: vec![there.clone(), one.clone()], ..plain() });
    assert_eq!(cards(&only), ["ok", "not_run", "not_run", "ok"]);
    let names = verdict(Case { contract: true, findings: vec![there], ..plain() });
    assert_eq!(cards(&names), ["ok", "ok", "not_run", "ok"]);
    let some = verdict(Case { contract: true, findings: vec![passing(Tier::Contract), one], ..plain() });
    assert_eq!(some.sentence, "Readable and as agreed as far as it was checked; 1 rule was not run.");
}

#[test]
fn the_worst_comes_first_and_decides() {
    let verdict = verdict(Case {
        contract: true,
        reference: true,
        issues: vec![
            issue(Code::RaggedRow, 2, "2 ragged rows"),
            issue(Code::BlankLine, 900, "900 blank lines"),
        ],
        findings: vec![
            sample::failing("pattern", Tier::Contract, Severity::Warning, 10),
            sample::failing("range", Tier::Contract, Severity::Critical, 1),
            sample::failing("required", Tier::Contract, Severity::Critical, 5),
        ],
        drift: vec![sample::drift("a", "stable", 0.0), sample::drift("b", "drifted", 0.3)],
    });
    assert_eq!(cards(&verdict), ["warning", "critical", "warning", "critical"]);
    assert_eq!(
        verdict.sentence,
        "Look before using: required is broken; 1 more critical, 3 worth a look; drifted from the reference in 1 of 2 columns."
    );
    let said: Vec<&str> = verdict.reasons.iter().map(|reason| reason.message.as_str()).collect();
    assert_eq!(
        said,
        [
            "required is broken",
            "range is broken",
            "the values have moved up",
            "pattern is broken",
            "2 ragged rows",
            "900 blank lines"
        ]
    );
}

#[test]
fn the_fault_of_an_extract_is_named_first() {
    let fault = |rule: &'static str, column: Option<&str>, message: &str, share: f64| {
        let mut found = sample::failing(rule, Tier::Contract, Severity::Critical, 1);
        found.column = column.map(Into::into);
        found.message = message.into();
        (found.count, found.total) = ((share * 100.0) as u64, 100);
        found
    };
    let said = |findings: Vec<Finding>| verdict(Case { contract: true, findings, ..plain() }).sentence;
    let missing = || fault("column-presence", Some("b"), "column \"b\" is missing (renamed to \"c\"?)", 0.01);
    let cells = || fault("range", Some("a"), "99 of 100 cells are not 0 … 9, first \"x\" in row 7", 0.99);
    assert_eq!(said(vec![cells()]), "Look before using: a: 99 of 100 cells are not 0 … 9.");
    assert_eq!(
        said(vec![cells(), missing()]),
        "Look before using: column \"b\" is missing (renamed to \"c\"?); 1 more critical."
    );
    let none = || fault("no-rows", None, "the file has no rows", 0.01);
    assert!(
        said(vec![cells(), missing(), none()]).starts_with("Look before using: the file has no rows; 2 more")
    );
    let long = fault("range", Some("a"), &"ü".repeat(500), 0.5);
    assert!(said(vec![long]).chars().count() < 160);
}

#[test]
fn an_info_is_a_reason_and_no_warning() {
    let report = report(Case { issues: vec![issue(Code::PaddedCells, 3, "3 padded cells")], ..plain() });
    assert_eq!(cards(&report.verdict), ["ok", "not_run", "not_run", "ok"]);
    assert_eq!(report.verdict.reasons.len(), 1);
    assert_eq!(worst(&report), Some(Severity::Info));
    assert_eq!(tally(&report), [0, 0, 1]);
}

#[test]
fn a_page_that_is_not_data_says_so() {
    for (code, message, wanted) in [
        (Code::HtmlPage, "The file is an HTML page.", "Do not use: the file is an HTML page."),
        (Code::ErrorBody, "HTTP error body", "Do not use: HTTP error body."),
    ] {
        let found = sample::failing(code.id(), Tier::Readable, Severity::Critical, 1);
        let issues = vec![issue(code, 1, message)];
        let verdict = verdict(Case { issues, findings: vec![found], ..plain() });
        assert_eq!(cards(&verdict), ["critical", "not_run", "not_run", "critical"]);
        assert_eq!(verdict.sentence, wanted);
        assert_eq!(verdict.reasons.len(), 1);
    }
}

#[test]
fn no_rows_is_critical_only_where_rows_were_agreed_or_there_before() {
    let none = || vec![issue(Code::NoRows, 1, "no rows")];
    assert_eq!(cards(&verdict(Case { issues: none(), ..plain() }))[0], "warning");
    assert_eq!(cards(&verdict(Case { issues: none(), contract: true, ..plain() }))[0], "critical");
    assert_eq!(cards(&verdict(Case { issues: none(), reference: true, ..plain() }))[0], "critical");
}

#[test]
fn a_drifted_column_speaks_once() {
    let mut found = sample::failing("drift", Tier::Drift, Severity::Info, 0);
    found.column = Some("b".into());
    let drift = vec![sample::drift("b", "drifted", 0.3)];
    let verdict = verdict(Case { reference: true, findings: vec![found], drift, ..plain() });
    assert_eq!(verdict.reasons.len(), 1);
    assert_eq!(verdict.same_as_before, "ok");
}

#[test]
fn a_thousand_reasons_are_twenty() {
    let findings =
        (0..1000).map(|count| sample::failing("range", Tier::Contract, Severity::Warning, count)).collect();
    let verdict = verdict(Case { contract: true, findings, ..plain() });
    assert_eq!(verdict.reasons.len(), REASONS);
    assert!(verdict.sentence.contains("; 999 more worth a look"));
}
