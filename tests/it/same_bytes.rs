//! Same bytes and options, same report: whatever the units, the threads, the compression.

use driftline::engine::{self, Governing, Options, Request};
use driftline::report::json::{Layout, bytes};
use proptest::prelude::*;

use crate::files::{Bytes, real};

fn report(
    source: &Bytes,
    name: &str,
    memory: u64,
    unit_bytes: usize,
    threads: usize,
    contract: Option<&[u8]>,
) -> String {
    let options = Options { name: name.to_owned(), memory, unit_bytes, threads, ..Options::default() };
    let governing = engine::governing(None, contract);
    let state = engine::scan(source, &options, governing, &|_| {}).expect("a readable file");
    let document = engine::report(Request { current: &state, reference: None, as_of: None, drift: None })
        .expect("a report");
    String::from_utf8(bytes(&document, Layout::Pretty).expect("json")).expect("text")
}

fn first_difference(a: &str, b: &str) -> String {
    let line = a.lines().zip(b.lines()).position(|(a, b)| a != b).unwrap_or(0);
    let around =
        |text: &str| text.lines().skip(line.saturating_sub(3)).take(5).collect::<Vec<_>>().join("\n");
    format!("line {line}:\n{}\n-- against\n{}", around(a), around(b))
}

/// Fails where units of these sizes or several threads give another report than all of it at once.
#[track_caller]
pub(crate) fn one_report(source: &Bytes, name: &str, memory: u64, units: &[usize], contract: Option<&[u8]>) {
    let expected = report(source, name, memory, usize::MAX >> 8, 1, contract);
    for &unit in units {
        for threads in [1, 2, 5] {
            let found = report(source, name, memory, unit, threads, contract);
            assert!(
                found == expected,
                "{name}, {unit} bytes, {threads}: {}",
                first_difference(&found, &expected)
            );
        }
    }
}

const FULL: u64 = 128 << 20;

#[test]
fn real_files_have_one_report() {
    for name in ["zipcodes.csv", "movies.json", "sp500.csv", "weather.csv"] {
        let file = real(name);
        one_report(&file, name, FULL, &[1 << 10, 4 << 10, 64 << 10], None);
        one_report(&file, name, 1 << 20, &[4 << 10, 64 << 10], None);
    }
    for name in ["flights-200k.arrow", "flights-3m.parquet"] {
        one_report(&real(name), name, FULL, &[1 << 20], None);
    }
    one_report(&real("flights.csv"), "flights.csv", FULL, &[1 << 20], None);
    let mut head = real("flights.csv");
    head.0.truncate(3 << 20);
    one_report(&head, "head.csv", 1 << 20, &[1 << 10, 64 << 10], None);
}

#[test]
fn a_checked_file_has_one_report_duplicates_and_places_included() {
    let contract = include_bytes!("../data/contracts/people.odcs.yaml");
    let people = include_str!("../data/people.csv");
    let (header, rows) = people.split_once('\n').expect("a header");
    let mut text = format!("{header}\n");
    for i in 0..400 {
        text.push_str(rows);
        text.push_str(&format!("{},\"Zo\né\",30,FR,2024-01-02,1\n", 1_000 + i));
    }
    one_report(&Bytes(text.into_bytes()), "people.csv", FULL, &[1 << 10, 5_000], Some(contract));
    let mut unique = String::from("id,name,age,country,joined,score\n");
    for i in 0..60_000u64 {
        unique.push_str(&format!("{},n{i},30,DE,2024-01-02,1\n", if i == 59_000 { 17 } else { i * 7_919 }));
    }
    // Past the budget, where duplicates are found by slices of hashes.
    let source = Bytes(unique.into_bytes());
    one_report(&source, "people.csv", 1 << 20, &[16 << 10, 300 << 10], Some(contract));
    let found = report(&source, "people.csv", 1 << 20, 64 << 10, 2, Some(contract));
    let document: serde_json::Value = serde_json::from_str(&found).expect("json");
    let all = document["findings"].as_array().expect("findings");
    let unique = all.iter().find(|it| it["rule"] == "unique").expect("the rule");
    assert_eq!(unique["status"], "pass", "17 is no multiple of 7919: {unique}");
}

#[test]
fn a_repeated_key_past_the_budget_is_found_at_its_places() {
    let contract = include_bytes!("../data/contracts/people.odcs.yaml");
    let mut text = String::from("id,name,age,country,joined,score\n");
    for i in 0..60_000u64 {
        text.push_str(&format!("{},n{i},30,DE,2024-01-02,1\n", if i == 59_000 { 7_919 } else { i * 7_919 }));
    }
    let source = Bytes(text.into_bytes());
    let found = report(&source, "people.csv", 1 << 20, 64 << 10, 2, Some(contract));
    let document: serde_json::Value = serde_json::from_str(&found).expect("json");
    let all = document["findings"].as_array().expect("findings");
    let unique = all.iter().find(|it| it["rule"] == "unique").expect("the rule");
    assert_eq!((unique["status"].as_str(), unique["count"].as_u64()), (Some("fail"), Some(2)));
    let rows: Vec<u64> =
        unique["places"].as_array().expect("places").iter().filter_map(|it| it["row"].as_u64()).collect();
    assert_eq!(rows, [2, 59_001]);
}

/// Records with every trap, shifted byte by byte against the borders of runs and units.
#[test]
fn quotes_and_line_breaks_that_straddle_every_border_have_one_report() {
    let pattern = [
        "1,\"a\nb\",x\n",
        "2,\"he said \"\"hi\"\"\",y\n",
        "3,st\"ray,z\n",
        "4,\"tail\" text,\n",
        "5,\"\r\n\",\"\"\r\n",
        "6,short\n",
        "7,a,b,c,d\n",
        "\n",
        "8,\"é\u{2028}\",NA\n",
    ];
    for shift in (0..1_024).step_by(37) {
        let mut text = format!("id,text,{}\n", "h".repeat(shift + 1));
        while text.len() < 9 << 10 {
            pattern.iter().for_each(|record| text.push_str(record));
        }
        one_report(&Bytes(text.into_bytes()), "t.csv", FULL, &[1 << 10, 2_500], None);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_csv_has_one_report(cells in proptest::collection::vec("[a-c1-3\",\n\r .-]{0,6}", 600..1_500)) {
        let mut text = String::from("a,b,c\n");
        for (i, cell) in cells.iter().enumerate() {
            text.push_str(cell);
            text.push(if i % 3 == 2 { '\n' } else { ',' });
        }
        one_report(&Bytes(text.into_bytes()), "t.csv", FULL, &[1 << 10], None);
    }

    #[test]
    fn any_json_lines_have_one_report(rows in proptest::collection::vec((any::<i32>(), "[a-z\"\\\\\n]{0,5}", 0..9u8), 200..600)) {
        let mut text = String::new();
        for (n, word, kind) in rows {
            text.push_str(&match kind {
                0 => format!("{{\"n\": {n}, \"late\": true}}\n"),
                1 => "not json\n".to_owned(),
                2 => format!("{{\"w\": {}, \"o\": {{\"x\": {n}}}}}\n", serde_json::json!(word)),
                _ => format!("{{\"n\": {n}, \"w\": {}}}\n", serde_json::json!(word)),
            });
        }
        one_report(&Bytes(text.into_bytes()), "t.jsonl", FULL, &[1 << 10, 3_000], None);
    }
}

#[test]
fn governing_nothing_is_the_default() {
    assert_eq!(engine::governing(None, None), Governing::default());
}
