//! Extracts that went wrong, against a contract: the exit code, the rules that are broken, and what is said first.

use std::path::Path;

use serde_json::Value;

use crate::command::driftline;

const CONTRACT: &str = "apiVersion: v3.1.0
kind: DataContract
id: people
version: 1.0.0
status: active
schema:
  - name: people
    properties:
      - {name: id, logicalType: integer, unique: true}
      - {name: name, logicalType: string, required: true}
      - {name: country, logicalType: string, enum: [DE, FR]}
      - {name: joined, logicalType: date}
      - {name: score, logicalType: number, logicalTypeOptions: {minimum: 0, maximum: 100}}
    quality:
      - type: custom
        engine: driftline
        implementation: {rule: columns, names: [id, name, country, joined, score], closed: true}
";

const HEAD: &str = "id,name,country,joined,score\n";

/// 400 rows that keep the contract.
fn body() -> String {
    let row = |i: usize| {
        let (name, country) = (["Ann", "Bob", "Zoë"][i % 3], ["DE", "FR"][i % 2]);
        format!("{i},{name},{country},2024-01-{:02},{}.5\n", 1 + i % 28, i % 90)
    };
    (1..=400).map(row).collect()
}

/// The file with each record's cells as this makes them.
fn cells(change: impl Fn(usize, Vec<&str>) -> Vec<String>) -> String {
    let good = format!("{HEAD}{}", body());
    let record = |(i, line): (usize, &str)| change(i, line.split(',').collect()).join(",") + "\n";
    good.lines().enumerate().map(record).collect()
}

fn owned(cells: &[&str]) -> Vec<String> {
    cells.iter().map(|&cell| cell.to_owned()).collect()
}

fn zipped(text: &str) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    std::io::Write::write_all(&mut out, text.as_bytes()).unwrap();
    out.finish().unwrap()
}

/// The broken rules of a report, with their columns.
fn broken(report: &Value) -> Vec<String> {
    let failed = report["findings"].as_array().unwrap().iter().filter(|it| it["status"] == "fail");
    let named = |it: &Value| match it["column"].as_str() {
        Some(column) => format!("{} {column}", it["rule"].as_str().unwrap()),
        None => it["rule"].as_str().unwrap().to_owned(),
    };
    let mut all: Vec<String> = failed.map(named).collect();
    all.sort();
    all
}

fn check(folder: &Path, name: &str, more: &str) -> (i32, String, String) {
    let ended = driftline(folder, &format!("check {name} --contract people.yaml --format json {more}"), b"");
    (ended.code, ended.out, ended.err)
}

/// A file, its bytes, the exit code, the broken rules, whether its columns alone condemn it.
type Extract = (&'static str, Vec<u8>, i32, Vec<String>, bool);

#[expect(clippy::too_many_lines, reason = "a table")]
fn extracts() -> Vec<Extract> {
    let good = format!("{HEAD}{}", body());
    let with_head = |head: &str| format!("{head}\n{}", body()).into_bytes();
    let without = |column: usize| {
        cells(|_, cells| owned(&[&cells[..column], &cells[column + 1..]].concat())).into_bytes()
    };
    let put = |column: usize, value: &'static str| {
        let change = |i: usize, mut cells: Vec<&str>| {
            if i > 0 {
                cells[column] = value;
            }
            owned(&cells)
        };
        cells(change).into_bytes()
    };
    let more = cells(|i, cells| owned(&[&cells[..], &[if i == 0 { "more" } else { "x" }]].concat()));
    let utf16: Vec<u8> =
        "\u{feff}".chars().chain(good.chars()).flat_map(|c| (c as u16).to_le_bytes()).collect();
    let latin1: Vec<u8> = good.chars().map(|c| c as u8).collect();
    let absent = ["country", "id", "joined", "name", "score"].map(|it| format!("column-presence {it}"));
    let absent: Vec<&str> = absent.iter().map(String::as_str).collect();
    let with = |more: &[&'static str]| -> Vec<String> {
        let mut all = owned(&[&absent[..], more].concat());
        all.sort();
        all
    };
    let only = |rules: &[&str]| owned(rules);
    let gone = only(&["column-presence country", "column-set"]);
    vec![
        ("good.csv", good.clone().into_bytes(), 0, only(&[]), false),
        ("bom.csv", format!("\u{feff}{good}").into_bytes(), 0, only(&[]), false),
        ("crlf.csv", good.replace('\n', "\r\n").into_bytes(), 0, only(&[]), false),
        ("semicolon.csv", good.replace(',', ";").into_bytes(), 0, only(&[]), false),
        ("latin1.csv", latin1, 0, only(&[]), false),
        ("good.csv.gz", zipped(&good), 0, only(&[]), false),
        ("renamed.csv", with_head("id,name,land,joined,score"), 1, gone.clone(), true),
        ("doubled.csv", with_head("id,name,id,joined,score"), 1, gone.clone(), true),
        ("dropped.csv", without(2), 1, gone, true),
        ("upper.csv", with_head("ID,NAME,COUNTRY,JOINED,SCORE"), 1, with(&["column-set"]), true),
        ("headless.csv", body().into_bytes(), 1, with(&["column-set"]), true),
        ("more.csv", more.into_bytes(), 1, only(&["column-set"]), true),
        (
            "swapped.csv",
            with_head("id,name,joined,country,score"),
            1,
            only(&["allowed-values country", "type joined"]),
            false,
        ),
        ("emptied.csv", put(1, ""), 1, only(&["required name"]), false),
        ("retyped.csv", put(4, "1x5"), 1, only(&["type score"]), false),
        ("cut.csv", good.as_bytes()[..good.len() - 40].to_vec(), 1, only(&["type joined"]), false),
        ("twice.csv", format!("{good}{}", body()).into_bytes(), 1, only(&["unique id"]), false),
        (
            "headers.csv",
            format!("{good}{good}").into_bytes(),
            1,
            only(&["allowed-values country", "type id", "type joined", "type score", "unique id"]),
            false,
        ),
        ("header.csv", HEAD.into(), 1, only(&["no-rows"]), false),
        ("empty.csv", Vec::new(), 1, with(&["column-set", "no-rows"]), true),
        ("blank.csv", b"\n\n\n".to_vec(), 1, with(&["column-set", "no-rows"]), true),
        (
            "page.csv",
            b"<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head></html>\n".to_vec(),
            1,
            with(&["column-set", "html-page", "no-rows"]),
            true,
        ),
        (
            "error.csv",
            b"{\"error\": {\"code\": 503, \"message\": \"unavailable\"}}\n".to_vec(),
            1,
            with(&["column-set", "error-body"]),
            true,
        ),
        ("half.csv.gz", zipped(&good)[..600].to_vec(), 3, only(&[]), false),
        ("utf16.csv", utf16, 3, only(&[]), false),
    ]
}

/// How the sentence on a file begins.
fn said(name: &str) -> &'static str {
    let table = [
        ("renamed.csv", "Look before using: column \"country\" is missing (renamed to \"land\"?)"),
        ("doubled.csv", "Look before using: column \"country\" is missing"),
        ("dropped.csv", "Look before using: column \"country\" is missing"),
        ("upper.csv", "Look before using: column \"id\" is missing (renamed to \"ID\"?)"),
        ("headless.csv", "Look before using: column \"id\" is missing"),
        ("more.csv", "Look before using: \"more\" was not agreed"),
        ("emptied.csv", "Look before using: name: 400 of 400 cells are missing"),
        ("retyped.csv", "Look before using: score: 400 of 400 cells are not of type number"),
        ("twice.csv", "Look before using: id: 800 of 800 cells are not unique"),
        ("header.csv", "Look before using: the file has no data rows"),
        ("empty.csv", "Look before using: the file has no data rows"),
        ("blank.csv", "Look before using: the file has no data rows"),
        ("page.csv", "Do not use: this is an HTML page"),
        ("error.csv", "Do not use: "),
    ];
    table.iter().find(|it| it.0 == name).map_or("", |it| it.1)
}

#[test]
fn broken_extracts_are_told_for_what_they_are_early_or_late() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("people.yaml"), CONTRACT).unwrap();
    for (name, bytes, code, rules, early) in extracts() {
        std::fs::write(folder.path().join(name), bytes).unwrap();
        let whole = check(folder.path(), name, "");
        let first = check(folder.path(), name, "--fail-fast");
        assert_eq!((whole.0, first.0), (code, code), "{name}: {}{}", whole.2, first.2);
        assert_eq!(first.2.contains("not scanned"), early, "{name}: {}", first.2);
        if code == 3 {
            continue;
        }
        let report: Value = serde_json::from_str(&whole.1).unwrap();
        assert_eq!(broken(&report), rules, "{name}");
        let sentence = report["verdict"]["sentence"].as_str().unwrap();
        assert!(sentence.starts_with(said(name)), "{name}: {sentence}");
        let told: Value = serde_json::from_str(&first.1).unwrap();
        // That there are no rows is only sure at the end.
        let is_early = |rule: &String| !early || rule != "no-rows";
        let wanted: Vec<String> = rules.iter().filter(|it| is_early(it)).cloned().collect();
        assert_eq!(broken(&told), wanted, "{name} with --fail-fast");
        assert_eq!(told["verdict"]["overall"], report["verdict"]["overall"], "{name}");
    }
}
