//! Contracts that are inferred: read back without a mistake, kept by their own files, and quiet about what only one has.

use std::fmt::Write as _;
use std::path::Path;

use serde_json::Value;

use crate::command::driftline;

/// A file of so many orders; `shift` moves the numbers about.
fn orders(rows: u32, shift: u32) -> String {
    let mut text = String::from("id,when,amount,country,mail,code,note,extra\n");
    for i in 0..rows {
        let k = i.wrapping_mul(7919) + shift;
        let country = ["DE", "FR", "yes", "ü: #1"][(k % 4) as usize];
        let amount = if k.is_multiple_of(50) { String::new() } else { format!("{}.{:02}", k % 900, k % 100) };
        let _ = writeln!(
            text,
            "{},2024-{:02}-{:02},{amount},{country},u{i}@example.org,AB-{:04},\"note {}\",{}",
            1000 + i + shift * rows,
            1 + k % 12,
            1 + k % 28,
            k % 10_000,
            k % 1000,
            k % 3,
        );
    }
    text
}

fn failed(folder: &Path, file: &str, contract: &str) -> Vec<String> {
    let line = format!("check {file} --contract {contract} --format json");
    let done = driftline(folder, &line, b"");
    let report: Value =
        serde_json::from_str(&done.out).unwrap_or_else(|_| panic!("{} {}", done.code, done.err));
    let findings = report["findings"].as_array().unwrap().iter().filter(|it| it["status"] != "pass");
    let text = |it: &Value, key: &str| it[key].as_str().unwrap_or("-").to_owned();
    findings
        .map(|it| {
            format!(
                "{} {} {} {}",
                text(it, "status"),
                text(it, "severity"),
                text(it, "rule"),
                text(it, "column")
            )
        })
        .collect()
}

#[test]
fn files_keep_the_contract_that_is_inferred_from_them() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    for (name, shift) in [("a.csv", 0), ("b.csv", 1), ("c.csv", 2), ("d.csv", 3)] {
        std::fs::write(path.join(name), orders(2_000, shift)).unwrap();
    }
    let told = driftline(path, "contract infer a.csv b.csv c.csv -o all.yaml", b"");
    assert_eq!((told.code, told.out.as_str()), (0, ""), "{}", told.err);
    for file in ["a.csv", "b.csv", "c.csv", "d.csv"] {
        assert_eq!(failed(path, file, "all.yaml"), Vec::<String>::new(), "{file}");
    }
    let text = std::fs::read_to_string(path.join("all.yaml")).unwrap();
    for line in [
        "unique: true",
        "validValues: [\"DE\", \"FR\", \"yes\", \"ü: #1\"]",
        "format: email",
        "pattern: \"^[A-Z]{2}\\\\-[0-9]{4}$\"",
        "value: \"2,000 rows in 3 files\"",
        "mustBeLessOrEqualTo: 4000",
        "value: \"120 of 6,000 cells are missing\"",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
    // The same bytes from a saved profile are not asked for, but the same contract of the same files is.
    assert_eq!(driftline(path, "contract infer a.csv b.csv c.csv", b"").out, text);
}

#[test]
fn one_bad_cell_is_a_warning_at_most_and_a_hundredth_is_critical() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let clean = orders(2_000, 0);
    std::fs::write(path.join("a.csv"), &clean).unwrap();
    assert_eq!(driftline(path, "contract infer a.csv -o c.yaml", b"").code, 0);
    let table = [
        (1, Vec::new()),
        (10, vec!["fail warning allowed-values country"]),
        (100, vec!["fail critical allowed-values country"]),
    ];
    for (bad, expected) in table {
        std::fs::write(path.join("bad.csv"), clean.replacen(",DE,", ",ZZ,", bad)).unwrap();
        assert_eq!(failed(path, "bad.csv", "c.yaml"), expected, "{bad}");
    }
}

#[test]
fn what_only_some_files_have_is_not_agreed_on() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    std::fs::write(path.join("a.csv"), orders(500, 0)).unwrap();
    std::fs::write(path.join("b.csv"), orders(500, 1).replace("extra", "other").replace(",yes,", ",no,"))
        .unwrap();
    let told = driftline(path, "contract infer a.csv b.csv", b"");
    assert!(told.out.contains("Not in every file, and so left out: extra, other."), "{}", told.out);
    assert!(
        !told.out.contains("- name: extra") && !told.out.contains("validValues: [\"DE\""),
        "{}",
        told.out
    );
    std::fs::write(path.join("few.csv"), orders(20, 0)).unwrap();
    let few = driftline(path, "contract infer few.csv", b"").out;
    assert!(few.contains("logicalType: date") && !few.contains("severity: warning"), "{few}");
    std::fs::write(path.join("none.csv"), "a,b\n").unwrap();
    let none = driftline(path, "contract infer none.csv", b"");
    assert_eq!(none.code, 2, "{}", none.err);
}

#[test]
fn hostile_names_and_values_are_written_so_that_they_are_read_back() {
    let names = [
        "a: #b",
        "yes",
        "- x",
        "\"q\"\"r\"",
        "\"two\nlines\"",
        "ü 🦀",
        "null",
        "1.5",
        "{a: 1}",
        "&x *y",
        "%TAG",
        "'s'",
        "\u{2028}sep",
        "\\back",
        "<script>",
        "a\u{85}b",
        "@at",
        "`tick`",
        "!!str",
        "? k",
    ];
    let mut csv = names.join(",");
    csv.push('\n');
    for row in 0..600usize {
        let cells = (0..names.len()).map(|column| match column % 4 {
            0 => ["yes", "\"no: #\"", "~"][row % 3].to_owned(),
            1 => ["\"\\\"", "'x'", "\u{2028}"][(row + column) % 3].replace("\"\\\"", "\"a\\\""),
            2 => format!("{}", (row * 31) % 97),
            _ => format!("k-{row:04}"),
        });
        csv.push_str(&cells.collect::<Vec<_>>().join(","));
        csv.push('\n');
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    std::fs::write(path.join("h.csv"), csv).unwrap();
    let told = driftline(path, "contract infer h.csv -o h.yaml", b"");
    assert_eq!(told.code, 0, "{}", told.err);
    assert_eq!(failed(path, "h.csv", "h.yaml"), Vec::<String>::new());
    let done = driftline(path, "check h.csv --contract h.yaml --format json", b"");
    let report: Value = serde_json::from_str(&done.out).unwrap();
    let found = report["findings"].as_array().unwrap().iter().filter(|it| it["rule"] == "column-presence");
    assert_eq!(found.count(), names.len());
}

#[test]
fn every_rule_that_is_inferred_can_be_removed() {
    use driftline::contract::{Amendment, Target, amend, infer, written_rules};
    use driftline::engine::{Governing, Options, scan};
    let rows: String = (0..2000)
        .map(|i| {
            format!("{i},{},{}.5,2024-01-{:02},AB-{:04}\n", ["DE", "FR"][i % 2], i % 90, i % 28 + 1, i % 7919)
        })
        .collect();
    let text = format!("id,country,amount,day,code\n{rows}");
    let state = scan(
        &text.as_bytes(),
        &Options { name: "f.csv".into(), ..Options::default() },
        Governing::default(),
        &|_| {},
    )
    .unwrap();
    let mut text = infer(&[state.profile()]).unwrap();
    let all = written_rules(&text, "f.csv").unwrap();
    assert!(all.len() > 8 && all.iter().filter(|it| it.evidence.is_some()).count() > 6, "{all:#?}");
    for left in (0..all.len()).rev() {
        let rule = written_rules(&text, "f.csv").unwrap().pop().unwrap();
        let target =
            Target { file: "f.csv", column: rule.column.as_deref(), rule: &rule.rule, nth: rule.nth };
        text = amend(&text, target, &Amendment::Remove)
            .unwrap_or_else(|error| panic!("{rule:?}: {error}\n{text}"));
        assert_eq!(written_rules(&text, "f.csv").unwrap().len(), left, "{rule:?}");
    }
}
