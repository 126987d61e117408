//! Saved profiles on either side of `drift`; codes that are written in another way, and columns that count rows, in a feed.

use std::fmt::Write as _;
use std::path::Path;

use serde_json::Value;

use crate::command::driftline;

/// A thousand rows: a code, a number, a category, a count of rows.
fn rows(seed: usize, moved: f64, code: impl Fn(usize) -> String) -> String {
    let mut text = "code,x,kind,seq\n".to_owned();
    for i in 0..1_000 {
        let at = (i + 1) * 7_919 * seed % 10_007;
        let (x, kind) = (at as f64 / 10_007.0 + moved, ["a", "a", "b", "c"][at % 4]);
        writeln!(text, "{},{x:.4},{kind},{}", code(at), 1_000 * seed + i).unwrap();
    }
    text
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write("before.csv", &rows(3, 0.0, |at| format!("{at:05}")));
    write("now.csv", &rows(5, 0.4, |at| at.to_string()));
    write("later.csv", &rows(5, 0.4, |at| format!("{at:05}")));
    for name in ["before", "later"] {
        let line = format!("profile {name}.csv --save {name}.profile.json");
        assert_eq!(driftline(folder.path(), &line, b"").code, 0);
    }
    folder
}

fn report(folder: &Path, line: &str) -> Value {
    let ended = driftline(folder, &format!("drift {line} --format json"), b"");
    let said: Value = serde_json::from_str(&ended.out).unwrap_or_else(|_| panic!("{line}: {}", ended.err));
    said.as_array().and_then(|all| all.last()).unwrap_or(&said).clone()
}

fn outcomes(report: &Value) -> Vec<(String, String)> {
    let word = |it: &Value, key: &str| it[key].as_str().unwrap().to_owned();
    report["drift"].as_array().unwrap().iter().map(|it| (word(it, "column"), word(it, "outcome"))).collect()
}

fn finding<'a>(report: &'a Value, rule: &str) -> Option<&'a Value> {
    report["findings"].as_array().unwrap().iter().find(|it| it["rule"] == rule)
}

#[test]
fn either_side_may_be_a_saved_profile() {
    let folder = folder();
    let files = report(folder.path(), "--reference before.csv later.csv");
    let both = report(folder.path(), "--reference before.profile.json later.profile.json");
    let current = report(folder.path(), "--reference before.csv later.profile.json");
    assert_eq!(outcomes(&files), outcomes(&both));
    assert_eq!(outcomes(&files), outcomes(&current));
    assert!(outcomes(&files).contains(&("x".into(), "drifted".into())), "{files:#}");
    let psi = |report: &Value| report["drift"][1]["psi"].as_f64().unwrap();
    assert!((psi(&files) - psi(&both)).abs() < 0.01, "{} {}", psi(&files), psi(&both));
    assert_eq!(finding(&both, "saved-profile").expect("told")["status"], "not_run");
}

#[test]
fn what_needs_rows_says_that_there_are_none() {
    let folder = folder();
    let line = "drift --reference before.csv later.profile.json --chunks 4";
    let ended = driftline(folder.path(), line, b"");
    assert_eq!(ended.code, 2, "{}", ended.err);
    assert!(ended.err.contains("no rows to cut"), "{}", ended.err);
    let placed = report(folder.path(), "--reference before.csv later.profile.json --where");
    assert!(placed["segments"]["not_run"][0].as_str().unwrap().contains("no rows"), "{placed:#}");
}

#[test]
fn lost_leading_zeros_are_a_changed_format() {
    let folder = folder();
    let said = report(folder.path(), "--reference before.csv now.csv");
    let found = said["findings"].as_array().unwrap().iter().find(|it| {
        it["column"] == "code"
            && it["message"].as_str().is_some_and(|it| it.contains("leading zeros had been lost"))
    });
    assert_eq!(found.unwrap_or_else(|| panic!("{said:#}"))["severity"], "warning");
    let same = report(folder.path(), "--reference before.csv before.csv");
    assert!(finding(&same, "id-format").is_none() && finding(&same, "format-changed").is_none());
}

#[test]
fn a_count_of_rows_does_not_drift_in_a_feed() {
    let folder = tempfile::tempdir().unwrap();
    let mut names = String::new();
    for day in 1..=8 {
        let name = format!("x-2026-01-{day:02}.csv");
        std::fs::write(folder.path().join(&name), rows(day, 0.0, |at| format!("{at:05}"))).unwrap();
        write!(names, " {name}").unwrap();
    }
    let said = report(folder.path(), &names);
    assert!(outcomes(&said).contains(&("seq".into(), "left_out".into())), "{:#}", said["drift"]);
}
