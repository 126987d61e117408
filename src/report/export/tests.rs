use super::*;
use crate::report::sample;

/// A report whose every text is hostile.
fn hostile() -> Outcome {
    let bad = "a|b`c<script>alert(1)</script>\u{0}\u{1b}]]>\n::error::x%,:\"'&@me";
    let mut report = sample::report();
    report.source.name = bad.into();
    report.verdict.sentence = bad.into();
    for finding in &mut report.findings {
        (finding.message, finding.column, finding.expected) =
            (bad.into(), Some(bad.into()), Some(bad.into()));
        finding.reason = finding.reason.as_ref().map(|_| bad.into());
        for place in &mut finding.places {
            (place.column, place.value) = (bad.into(), Some(bad.into()));
        }
    }
    for (i, issue) in report.issues.iter_mut().enumerate() {
        (issue.message, issue.column) = (bad.into(), Some(format!("{bad}{i}")));
    }
    report.columns.iter_mut().enumerate().for_each(|(i, column)| column.name = format!("{bad}{i}"));
    report.drift.iter_mut().enumerate().for_each(|(i, drift)| drift.column = format!("{bad}{i}"));
    Outcome { file: bad.into(), result: Ok(Box::new(report)) }
}

fn usual() -> Vec<Outcome> {
    vec![
        Outcome { file: "data/people.csv".into(), result: Ok(Box::new(sample::report())) },
        Outcome { file: "gone.csv".into(), result: Err("\"gone.csv\" is not there".into()) },
    ]
}

fn with<T>(outcomes: &[Outcome], render: impl Fn(Document<'_>) -> T) -> T {
    render(Document { outcomes, fail_on: Severity::Critical })
}

fn json(bytes: crate::error::Result<Vec<u8>>) -> serde_json::Value {
    serde_json::from_slice(&bytes.unwrap()).unwrap()
}

#[test]
fn no_text_of_the_data_becomes_a_workflow_command() {
    let out = with(&[hostile()], github::render);
    assert!(out.lines().count() > 1);
    for line in out.lines() {
        let rest = line.strip_prefix("::").unwrap_or_else(|| panic!("{line}"));
        assert!(["error ", "warning ", "notice "].iter().any(|word| rest.starts_with(word)), "{line}");
        assert_eq!(rest.matches("::").next(), Some("::"));
        let (properties, _) = rest.split_once("::").unwrap();
        assert!(!properties.contains(['\r', '\n']) && properties.matches("file=").count() == 1, "{line}");
    }
    assert!(!out.contains('\r'));
}

#[test]
fn github_places_a_finding_at_its_line() {
    let out = with(&usual(), github::render);
    let placed = out.lines().filter(|line| line.contains("file=data/people.csv,line=")).count();
    assert!(placed > 0, "{out}");
    assert!(out.contains("::error file=gone.csv,title=unreadable::"), "{out}");
}

#[test]
fn junit_has_a_case_for_every_rule_and_counts_them() {
    let out = with(&usual(), junit::render);
    let report = sample::report();
    let cases = 2 + report.findings.len() + report.issues.len();
    assert_eq!(out.matches("<testcase ").count(), cases);
    assert!(out.contains(&format!("<testsuites name=\"driftline\" tests=\"{cases}\"")), "{out}");
    let skipped = report.findings.iter().filter(|it| it.status == "not_run").count();
    assert_eq!(out.matches("<skipped ").count(), skipped);
    let fails = report.findings.iter().filter(|it| it.status == "fail" && it.severity == "critical").count();
    assert_eq!(out.matches("<failure ").count(), fails);
    assert_eq!(out.matches("<error ").count(), 1);
    let strict = Document { outcomes: &usual(), fail_on: Severity::Info };
    assert!(junit::render(strict).matches("<failure ").count() > fails);
}

#[test]
fn markup_of_the_data_stays_text() {
    for out in [with(&[hostile()], junit::render), with(&[hostile()], html::render)] {
        assert!(!out.contains("<script>") && !out.contains("]]>") && !out.contains('\0'), "{out}");
        assert!(!out.contains('\u{1b}'));
    }
    let out = with(&[hostile()], markdown::render);
    assert!(!out.contains('\0') && !out.contains("\n::error"), "{out}");
    // Outside of code spans no tag, no mention; a row of a table is one line with its own bars only.
    for line in out.lines().filter(|line| line.starts_with("| ``") || line.starts_with("| `")) {
        let bars = line.replace("\\|", "").matches('|').count();
        assert!(bars == 7 || bars == 6, "{bars}: {line}");
    }
}

#[test]
fn html_is_one_file_that_fetches_nothing() {
    let out = with(&usual(), html::render);
    for word in ["<script", "src=", "href=", "url(", "@import"] {
        assert!(!out.contains(word), "{word}");
    }
    for tag in ["article", "section", "table", "tbody", "div", "dl", "svg", "p"] {
        let open = out.matches(&format!("<{tag}>")).count() + out.matches(&format!("<{tag} ")).count();
        assert_eq!(open, out.matches(&format!("</{tag}>")).count(), "{tag}");
    }
}

#[test]
fn sarif_points_to_its_rules_and_to_lines() {
    let log = json(with(&usual(), sarif::render));
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let results = run["results"].as_array().unwrap();
    assert!(results.iter().any(|it| it["locations"][0]["physicalLocation"]["region"]["startLine"].is_u64()));
    for result in results {
        let index = result["ruleIndex"].as_u64().unwrap() as usize;
        assert_eq!(rules[index]["id"], result["ruleId"]);
    }
    assert_eq!(run["invocations"][0]["executionSuccessful"], false);
    let not_run = sample::report().findings.iter().filter(|it| it.status == "not_run").count();
    let notes = run["invocations"][0]["toolExecutionNotifications"].as_array().unwrap().len();
    assert_eq!(notes, not_run + 1);
}

#[test]
fn prometheus_has_a_series_once_and_escapes_labels() {
    for outcomes in [vec![hostile()], usual()] {
        let out = with(&outcomes, prometheus::render);
        let mut series: Vec<&str> = out
            .lines()
            .filter(|line| !line.starts_with('#'))
            .map(|line| line.rsplit_once(' ').unwrap().0)
            .collect();
        let all = series.len();
        series.sort_unstable();
        series.dedup();
        assert_eq!(series.len(), all);
        assert!(out.lines().all(|line| line.starts_with('#') || line.starts_with("driftline_")), "{out}");
    }
    assert!(with(&usual(), prometheus::render).contains("driftline_file_readable{file=\"gone.csv\"} 0\n"));
}

#[test]
fn pagerduty_triggers_and_resolves_under_one_key() {
    let bad = json(with(&usual(), pagerduty::render));
    let mut good = sample::report();
    good.findings.retain(|it| it.status != "fail");
    for word in [&mut good.verdict.readable, &mut good.verdict.as_agreed, &mut good.verdict.same_as_before] {
        *word = "ok".into();
    }
    let good = [Outcome { file: "data/people.csv".into(), result: Ok(Box::new(good)) }];
    let good = json(with(&good, pagerduty::render));
    let of = |events: &serde_json::Value| -> Vec<(String, String)> {
        let text = |it: &serde_json::Value| it.as_str().unwrap().to_owned();
        events
            .as_array()
            .unwrap()
            .iter()
            .map(|it| (text(&it["event_action"]), text(&it["dedup_key"])))
            .collect()
    };
    let (bad, good) = (of(&bad), of(&good));
    assert!(
        bad.iter().any(|it| it.0 == "trigger") && good.iter().all(|it| it.0 == "resolve"),
        "{bad:?} {good:?}"
    );
    // What could not be checked closes no incident, but for what never can be.
    let waiting = |rule: &str| {
        let mut report = sample::report();
        report.findings.truncate(1);
        for word in [&mut report.verdict.readable, &mut report.verdict.as_agreed] {
            *word = "ok".into();
        }
        report.verdict.same_as_before = "not_run".into();
        let mut found = report.findings[0].clone();
        found.card = "as_agreed".into();
        report.findings.clear();
        (found.rule, found.status, found.severity) = (rule.into(), "not_run".into(), "critical".into());
        report.findings.push(found);
        let outcome = [Outcome { file: "data/people.csv".into(), result: Ok(Box::new(report)) }];
        of(&json(with(&outcome, pagerduty::render))).len()
    };
    assert_eq!((waiting("foreign-key"), waiting("quality")), (0, 1));
    let keys = |events: &[(String, String)]| events.iter().map(|it| it.1.clone()).collect::<Vec<_>>();
    assert_eq!(keys(&bad)[..2], keys(&good)[..]);
}
