//! What repeats, and when: duplicate rows, keys, times of rows and texts, by the command, from files and from saved profiles.

use std::fmt::Write as _;
use std::path::Path;

use serde_json::Value;

use crate::command::driftline;

/// Orders with a key, a time within a day, a city and a comment that never repeats.
fn orders(
    folder: &Path,
    name: &str,
    day: u32,
    keys: std::ops::Range<u32>,
    change: impl Fn(u32, &str) -> String,
) {
    let mut text = String::from("order_id,created_at,city,comment\n");
    for i in keys.clone() {
        let second = (i - keys.start) * 86_000 / (keys.end - keys.start);
        let (hour, minute) = (second / 3_600, second / 60 % 60);
        let city = ["Bern", "Basel", "Chur"][(i % 3) as usize];
        let comment = format!("text {}", u64::from(i) * 7_919 + u64::from(day));
        let at = format!("2024-03-{day:02} {hour:02}:{minute:02}:{:02}", second % 60);
        writeln!(text, "{}", change(i, &format!("O-{i:06},{at},{city},{comment}"))).unwrap();
    }
    std::fs::write(folder.join(name), text).unwrap();
}

/// (rule, status) of what is told beside the drift of columns, for one reference and one current file.
fn told(folder: &Path, reference: &str, current: &str) -> Vec<(String, String)> {
    let ended = driftline(folder, &format!("drift --reference {reference} {current} --format json"), b"");
    let report: Value = serde_json::from_str(&ended.out).unwrap_or_else(|_| panic!("{}", ended.err));
    let rules = ["duplicate-rows", "key-duplicates", "key-reuse", "id-format", "freshness", "uniqueness"];
    let word = |it: &Value, of: &str| it[of].as_str().unwrap().to_owned();
    let findings = report["findings"].as_array().unwrap().iter();
    let kept = findings.filter(|it| it["status"] != "pass" && rules.contains(&it["rule"].as_str().unwrap()));
    kept.map(|it| (word(it, "rule"), word(it, "status"))).collect()
}

#[test]
fn what_repeats_and_when_is_told_of_files_and_as_far_as_they_know_of_saved_profiles() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let as_it_is = |_: u32, row: &str| row.to_owned();
    orders(at, "before.csv", 10, 0..6_000, as_it_is);
    orders(at, "after.csv", 11, 6_000..9_000, as_it_is);
    orders(at, "old.csv", 4, 6_000..9_000, as_it_is);
    orders(at, "again.csv", 11, 3_000..6_000, as_it_is);
    orders(at, "twice.csv", 11, 6_000..9_000, |_, row| format!("{row}\n{row}"));
    orders(at, "flat.csv", 11, 6_000..9_000, |_, row| {
        let (rest, _) = row.rsplit_once(',').unwrap();
        format!("{rest},n/k")
    });
    let saved = driftline(at, "profile before.csv --save before.json", b"");
    assert_eq!(saved.code, 0, "{}", saved.err);
    let fails = |rules: &[&str]| -> Vec<(String, String)> {
        rules.iter().map(|it| ((*it).to_owned(), "fail".to_owned())).collect()
    };
    for (current, expected) in [
        ("after.csv", &[][..]),
        ("old.csv", &["freshness"]),
        ("again.csv", &["key-reuse"]),
        ("twice.csv", &["duplicate-rows", "key-duplicates", "uniqueness"]),
        ("flat.csv", &["uniqueness"]),
    ] {
        assert_eq!(told(at, "before.csv", current), fails(expected), "{current}");
        let from_saved = told(at, "before.json", current);
        for (rule, status) in &from_saved {
            assert!(status == "not_run" || expected.contains(&rule.as_str()), "{current}: {rule} {status}");
        }
        for rule in expected {
            assert!(from_saved.iter().any(|it| it.0 == *rule), "{current}: nothing is said of {rule}");
        }
    }
}

/// Rows of few values repeat the more, the more there are: no change.
#[test]
fn rows_of_few_values_repeat_in_a_large_file_and_that_is_no_change() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let draw = |name: &str, seed: u64, rows: u64| {
        let mut text = String::from("city,score\n");
        let mut state = seed;
        for _ in 0..rows {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            writeln!(text, "{},{}", ["a", "b", "c"][(state >> 33) as usize % 3], (state >> 40) % 200)
                .unwrap();
        }
        std::fs::write(at.join(name), text).unwrap();
    };
    draw("large.csv", 1, 20_000);
    draw("small.csv", 2, 700);
    assert_eq!(told(at, "large.csv", "small.csv"), []);
    assert_eq!(told(at, "small.csv", "large.csv"), []);
}
