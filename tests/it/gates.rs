//! A contract's rule `drift`: pairs of files, a folder that remembers, a file that is cut; and every format that tells of it.

use std::fmt::Write as _;
use std::path::Path;

use serde_json::Value;

use crate::command::driftline;

/// A contract on `amount` and `kind` with these quality rules at its table.
fn contract(folder: &Path, rules: &str) {
    let text = format!(
        "apiVersion: v3.1.0\nkind: DataContract\nid: feed\nversion: 1.0.0\nstatus: active\nschema:\n  - name: feed\n    \
         properties:\n      - {{name: amount, logicalType: number}}\n      - {{name: kind, logicalType: string}}\n    \
         quality:\n{rules}"
    );
    std::fs::write(folder.join("c.yaml"), text).unwrap();
}

fn gate(implementation: &str, severity: &str) -> String {
    format!(
        "      - {{type: custom, engine: driftline, implementation: {{rule: drift, {implementation}}}{severity}}}\n"
    )
}

/// A day of a feed at this level; `shift` of its `kind`s are `d`.
fn day(folder: &Path, name: &str, level: f64, shift: u32) {
    let mut text = String::from("amount,kind\n");
    for i in 0..600_u32 {
        let noise = f64::from(i * 7_919 % 1_000) / 500.0;
        let kind = if i % 10 < shift { "d" } else { ["a", "b", "c"][(i % 3) as usize] };
        writeln!(text, "{:.3},{kind}", level + noise).unwrap();
    }
    std::fs::write(folder.join(name), text).unwrap();
}

fn run(folder: &Path, line: &str) -> (i32, Value) {
    let ended = driftline(folder, &format!("{line} --format json"), b"");
    (ended.code, serde_json::from_str(&ended.out).unwrap_or_else(|_| panic!("{line}: {}", ended.err)))
}

/// What became of the gates: status, severity and message of each.
fn gates(report: &Value) -> Vec<(String, String, String)> {
    let findings = report["findings"].as_array().unwrap().iter();
    let text = |it: &Value, key: &str| it[key].as_str().unwrap().to_owned();
    findings
        .filter(|it| it["rule"] == "drift-gate")
        .map(|it| (text(it, "status"), text(it, "severity"), text(it, "message")))
        .collect()
}

#[test]
fn a_gate_decides_wherever_a_comparison_is_made_and_is_never_kept_without_one() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    day(at, "before.csv", 0.0, 0);
    day(at, "same.csv", 0.01, 0);
    day(at, "moved.csv", 1.0, 2);
    for (implementation, severity, same, moved) in [
        ("on: psi >= 0.25", "", ("pass", 0), ("fail", 1)),
        ("on: psi_corrected >= 0.25, columns: [kind]", ", severity: warning", ("pass", 0), ("fail", 0)),
        ("on: new_category_share > 5 %, columns: [kind]", "", ("pass", 0), ("fail", 1)),
        ("on: p(kolmogorov-smirnov) < 1e-6, columns: [amount]", "", ("pass", 0), ("fail", 1)),
        ("on: hellinger > 0.2, columns: [amount, kind]", "", ("pass", 0), ("fail", 1)),
        ("on: row count change > 10 %", "", ("pass", 0), ("pass", 0)),
        ("on: missing_share_change > 0", "", ("pass", 0), ("pass", 0)),
        ("on: psi >= 0.25 for 2 of 3 intervals", "", ("not_run", 0), ("not_run", 0)),
        ("on: kolmogorov-smirnov > 0.1, columns: [kind]", "", ("not_run", 0), ("not_run", 0)),
    ] {
        contract(at, &gate(implementation, severity));
        for (file, (status, code)) in [("same.csv", same), ("moved.csv", moved)] {
            let check = run(at, &format!("check --contract c.yaml --reference before.csv {file}"));
            let drift = run(at, &format!("drift --contract c.yaml --reference before.csv {file}"));
            assert_eq!(check.0, code, "{implementation}: {file}");
            assert_eq!(gates(&check.1)[0].0, status, "{implementation}: {:?}", gates(&check.1));
            assert_eq!((check.0, gates(&check.1)), (drift.0, gates(&drift.1)), "{implementation}");
        }
        let (code, alone) = run(at, "check --contract c.yaml moved.csv");
        let told = gates(&alone).remove(0);
        assert_eq!((code, told.0.as_str()), (0, "not_run"));
        assert_eq!(told.2, "not checked: there is nothing to compare with; give a reference");
    }
}

#[test]
fn every_format_carries_a_broken_gate() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    day(at, "before.csv", 0.0, 0);
    day(at, "moved.csv", 1.0, 2);
    contract(
        at,
        &(gate("on: psi >= 0.25, columns: [amount]", "")
            + &gate("on: psi >= 0.1, columns: [kind]", ", severity: warning")),
    );
    let line = "check --contract c.yaml --reference before.csv moved.csv";
    for (format, parts) in [
        ("text", &["psi >= 0.25: "][..]),
        ("markdown", &["psi &gt;= 0.25: "]),
        ("html", &["psi &gt;= 0.25: "]),
        ("junit", &["drift-gate", "psi &gt;= 0.25: "]),
        ("sarif", &["\"level\": \"error\"", "\"level\": \"warning\"", "psi >= 0.25: "]),
        ("github", &["::error", "::warning", "psi >= 0.25: "]),
        ("prometheus", &["rule=\"drift-gate\"", "severity=\"critical\""]),
        ("pagerduty", &["psi >= 0.25: ", "\"severity\": \"critical\"", "\"severity\": \"warning\""]),
    ] {
        let ended = driftline(at, &format!("{line} --format {format}"), b"");
        assert_eq!(ended.code, 1, "{format}: {}", ended.err);
        for part in parts {
            assert!(ended.out.contains(part), "{format}: {part}\n{}", ended.out);
        }
    }
    // The drift tier is as severe as the gate, and the contract tier is not what is broken.
    let events: Value =
        serde_json::from_str(&driftline(at, &format!("{line} --format pagerduty"), b"").out).unwrap();
    assert_eq!(
        (&events[0]["event_action"], &events[0]["dedup_key"]),
        (&"resolve".into(), &"driftline/contract/moved.csv".into())
    );
    assert_eq!(events[1]["payload"]["severity"], "critical");
    // Redacted reports keep the number of breaches and lose nothing else that decides.
    let (code, hidden) = run(at, &format!("{line} --redact values"));
    assert_eq!((code, gates(&hidden)[0].0.as_str()), (1, "fail"));
}

#[test]
fn mistakes_are_told_with_their_place_and_what_was_meant() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    day(at, "a.csv", 0.0, 0);
    for (implementation, message) in [
        ("on: pis >= 1", "did you mean \"psi\"?"),
        ("on: psi >= 1, colums: [amount]", "did you mean \"columns\"?"),
        ("on: psi >= 1, columns: [amont]", "unknown property \"amont\"; did you mean \"amount\"?"),
        ("on: psi = 1", "expected a condition such as"),
        ("columns: [amount]", "the rule has no \"on\""),
        ("on: row_count_change > 1, columns: [kind]", "row_count_change is of the table"),
    ] {
        contract(at, &gate(implementation, ""));
        let ended = driftline(at, "check --contract c.yaml a.csv", b"");
        assert_eq!(ended.code, 2, "{implementation}");
        assert!(ended.err.contains(message), "{implementation}: {}", ended.err);
        assert!(ended.err.contains("line 12"), "{implementation}: {}", ended.err);
    }
    let told = driftline(at, "check --explain drift", b"");
    assert!(told.out.contains("psi >= 0.25 for 2 of 3 intervals"), "{}", told.out);
}

/// A feed of March: its levels by day; days without one bring no file.
const LEVELS: [(u32, f64); 28] = [
    (1, 0.0),
    (2, 0.02),
    (3, 0.0),
    (4, 0.01),
    (5, 0.03),
    (6, 0.0),
    (7, 0.01),
    (8, 0.02),
    (9, 0.0),
    (10, 0.01),
    (11, 0.03),
    (12, 0.0),
    // A noisy day, on which nobody is called.
    (13, 1.5),
    (14, 0.01),
    (15, 0.02),
    // A shift that stays, with a day without a file in it, and its end.
    (16, 1.5),
    (18, 1.5),
    (19, 1.5),
    (20, 0.0),
    (21, 0.01),
    (22, 0.02),
    (23, 0.0),
    (24, 0.01),
    (25, 0.02),
    (26, 1.5),
    (28, 1.5),
    (29, 0.0),
    (30, 0.01),
];

/// By day: whether a single interval breaks `psi >= 0.25`, whether two of three do, and whether the alert of the timeline stands.
const EXPECTED: &str = "\
13 fail pass quiet
14 pass pass quiet
15 pass pass quiet
16 fail pass quiet
18 fail fail alert
19 fail fail alert
20 pass fail alert
21 pass fail alert
22 pass pass quiet
23 pass pass quiet
26 fail pass quiet
28 fail fail alert
29 pass fail alert
30 pass fail alert
";

#[test]
fn thirty_days_open_hold_and_resolve_a_gate() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    day(at, "before.csv", 0.0, 0);
    let one = "on: psi >= 0.25, columns: [amount]";
    let two = "on: psi >= 0.25 for 2 of 3 intervals, columns: [amount]";
    contract(at, &(gate(one, "") + &gate(two, "")));
    let line = |number: u32| {
        format!("drift --contract c.yaml --reference before.csv --history past feed_2024-03-{number:02}.csv")
    };
    let told = |number: u32| {
        let (code, report) = run(at, &line(number));
        let mut found = gates(&report);
        found.sort_by_key(|it| it.2.contains("intervals"));
        let find = |long: bool| {
            let all = report["findings"].as_array().unwrap().iter();
            let mut of = all.filter(|it| it["rule"] == "drift-gate");
            let it = of.find(|it| it["expected"].as_str().unwrap().contains("intervals") == long).unwrap();
            (it["status"].as_str().unwrap().to_owned(), it["message"].as_str().unwrap().to_owned())
        };
        let series = report["timeline"]["columns"].as_array().unwrap().iter();
        let last = report["timeline"]["intervals"].as_array().unwrap().len() - 1;
        let stands = series
            .filter(|it| it["column"] == "amount")
            .any(|it| it["alerts"].as_array().unwrap().contains(&Value::from(last)));
        let (short, long) = (find(false), find(true));
        assert_eq!(code, i32::from(short.0 == "fail" || long.0 == "fail"), "day {number}");
        (short, long, if stands { "alert" } else { "quiet" })
    };
    let mut found = String::new();
    for (number, level) in LEVELS {
        day(at, &format!("feed_2024-03-{number:02}.csv"), level, 0);
        let (short, long, alert) = told(number);
        match number {
            1 | 2 => assert_eq!(long.0, "not_run", "day {number}: {}", long.1),
            // That an alert may stand at all is known from the twelfth interval on.
            3..=12 => assert_eq!((short.0.as_str(), long.0.as_str()), ("pass", "pass"), "day {number}"),
            24 | 25 => {}
            _ => writeln!(found, "{number} {} {} {alert}", short.0, long.0).unwrap(),
        }
        if number == 18 {
            assert!(long.1.contains("in 2024-03-16, ") && long.1.contains("in 2024-03-18"), "{}", long.1);
        }
        if number == 20 {
            assert!(long.1.contains("in 2024-03-18, "), "{}", long.1);
        }
    }
    assert_eq!(found, EXPECTED);
    // A late file takes the place of its day, and one that is run again says what it said.
    day(at, "feed_2024-03-17.csv", 0.0, 0);
    let (short, long, _) = told(17);
    assert_eq!((short.0.as_str(), long.0.as_str()), ("pass", "pass"));
    assert_eq!(told(18).1.0, "fail", "16 and 18 are two of three still");
    assert_eq!(told(30).1.0, "fail");
    // What somebody calls normal is no breach.
    assert_eq!(driftline(at, "history past --normal 2024-03-28,2024-03-26", b"").code, 0);
    assert_eq!(told(30).1.0, "pass");
}

#[test]
fn a_file_that_is_cut_is_judged_interval_by_interval() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let mut text = String::from("at,amount,kind\n");
    for number in 1..=14_u32 {
        let level = if matches!(number, 10 | 11) { 2.0 } else { 0.0 };
        for i in 0..300_u32 {
            let noise = f64::from(i * 7_919 % 1_000) / 500.0;
            writeln!(text, "2024-03-{number:02},{:.3},a", level + noise).unwrap();
        }
    }
    std::fs::write(at.join("month.csv"), text).unwrap();
    day(at, "before.csv", 0.0, 0);
    contract(at, &gate("on: psi >= 0.25 for 2 of 3 intervals, columns: [amount]", ""));
    let (code, report) = run(at, "drift --contract c.yaml --reference before.csv --by at month.csv");
    let (status, _, message) = gates(&report).remove(0);
    assert_eq!((code, status.as_str()), (1, "fail"), "{message}");
    assert!(message.contains("in 2024-03-10, ") && message.ends_with("in 2024-03-11"), "{message}");
    contract(at, &gate("on: psi >= 0.25 for 3 intervals, columns: [amount]", ""));
    let (code, report) = run(at, "drift --contract c.yaml --reference before.csv --by at month.csv");
    assert_eq!((code, gates(&report).remove(0).0.as_str()), (0, "pass"));
}
