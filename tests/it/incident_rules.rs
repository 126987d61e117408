//! Incidents of columns as such: the rules that would have caught them, and which column is shown.

use std::path::Path;

use serde_json::Value;

use crate::command::driftline;

/// A file of a key, a number and a flag.
fn put(folder: &Path, name: &str, header: &str, row: &dyn Fn(u32) -> String) {
    let rows: String = (0..800).map(|i| row(i) + "\n").collect();
    std::fs::write(folder.join(name), format!("{header}\n{rows}")).unwrap();
}

fn key(i: u32) -> String {
    format!("K{:06}", i * 7919 % 1_000_003)
}

fn amount(i: u32) -> String {
    format!("{:.2}", f64::from(i * 37 % 1_009) / 7.0)
}

fn flag(i: u32) -> bool {
    i * 389 % 1_000 < 300
}

fn incident(folder: &Path, line: &str) -> Value {
    let ended = driftline(folder, &format!("incident {line} --reference old.csv --format json"), b"");
    serde_json::from_str(&ended.out).unwrap_or_else(|_| panic!("{line}: {}", ended.err))
}

#[test]
fn what_is_wrong_with_a_column_as_such_has_its_rule() {
    let folder = tempfile::tempdir().unwrap();
    let header = "key,amount,flag";
    let whole = |i: u32| format!("{},{},{}", key(i), amount(i), flag(i));
    put(folder.path(), "old.csv", header, &whole);
    put(folder.path(), "gone.csv", "key,flag", &|i| format!("{},{}", key(i + 900), flag(i)));
    put(folder.path(), "copies.csv", header, &|i| format!("{},{},{}", key(900 + i / 2), amount(i), flag(i)));
    put(folder.path(), "called.csv", "key,Amount,flag", &|i| whole(i).replacen('K', "K1", 1));
    put(folder.path(), "digits.csv", header, &|i| {
        format!("{},{},{}", key(i + 900), amount(i), u8::from(flag(i)))
    });
    let cases = [
        ("gone.csv", "amount", "column-presence", 0),
        ("copies.csv", "key", "unique", 800),
        ("called.csv", "amount", "column-presence", 0),
        ("digits.csv", "flag", "type", 800),
    ];
    for (file, column, rule, rows) in cases {
        let told = incident(folder.path(), file);
        let rules = told["rules"].as_array().unwrap();
        let found = rules.iter().find(|it| it["rule"] == rule && it["column"] == column);
        assert_eq!(found.map(|it| &it["reference"]), Some(&Value::from(0)), "{file} {rules:?}");
        assert_eq!(told["apart"]["rows"], rows, "{file}");
        assert!(told["segments"].is_null(), "{file} {}", told["segments"]);
        // The contract is one that the command takes, and that the file breaks and the reference keeps.
        std::fs::write(folder.path().join("c.yaml"), told["contract"].as_str().unwrap()).unwrap();
        for (file, holds) in [(file, false), ("old.csv", true)] {
            let ended =
                driftline(folder.path(), &format!("check {file} --contract c.yaml --fail-on warning"), b"");
            assert_eq!(ended.code, i32::from(!holds), "{file} {}{}", ended.out, ended.err);
        }
        let line = format!("incident {file} --reference old.csv");
        let markdown = driftline(folder.path(), &line, b"").out;
        assert!(!markdown.contains("## Where"), "{markdown}");
        assert_eq!(markdown.contains("No single row breaks these rules"), rows == 0, "{markdown}");
    }
}

#[test]
fn the_shape_that_is_shown_is_that_of_the_worst_finding() {
    let folder = tempfile::tempdir().unwrap();
    let header = "key,amount,void";
    put(folder.path(), "old.csv", header, &|i| format!("{},{},", key(i), amount(i)));
    // Filled is a larger change than emptied is, and a lesser fault.
    put(folder.path(), "new.csv", header, &|i| format!("{},,{}", key(i + 900), i % 9));
    let told = incident(folder.path(), "new.csv");
    assert_eq!(told["tripped"][0]["column"], "amount");
    assert_eq!(told["column"]["column"], "amount");
}

/// What is proposed has to hold of the numbers, however they are written.
#[test]
fn integers_with_a_point_are_asked_for_as_numbers() {
    let folder = tempfile::tempdir().unwrap();
    let price = |i: u32| i * 37 % 500;
    put(folder.path(), "old.csv", "price,city", &|i| format!("{},{}", price(i), i % 3));
    put(folder.path(), "new.csv", "price,city", &|i| {
        let price = if i % 4 == 0 { price(i) + 4_000 } else { price(i) };
        format!("{price}.0,{}", i % 3)
    });
    let told = incident(folder.path(), "new.csv");
    let rules: Vec<&Value> = told["rules"].as_array().unwrap().iter().map(|it| &it["rule"]).collect();
    assert_eq!(rules, ["range"]);
    assert_eq!(told["apart"]["rows"], 200);
}
