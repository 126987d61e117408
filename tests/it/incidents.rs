//! Thirty days of flights as daily drops. On one of them a carrier's air times are in seconds, and three of ten malformed: the day
//! is told with its column, its carrier and rules that would have caught it.

use std::fmt::Write as _;
use std::path::Path;

use serde_json::Value;

use crate::command::driftline;
use crate::files::real;

const COLUMNS: [&str; 9] =
    ["dep_time", "dep_delay", "arr_delay", "carrier", "flight", "origin", "dest", "air_time", "distance"];
const CARRIER: &str = "UA";
/// The planted day, among those of February and the first two of March.
const PLANTED: &str = "2013-02-25";

/// January as one file, and the thirty days behind it as a file each; their names.
fn drops(folder: &Path) -> Vec<String> {
    let all = String::from_utf8(real("flights.csv").0).unwrap();
    let header: Vec<&str> = all.lines().next().unwrap().split(',').collect();
    let at = |name: &str| header.iter().position(|it| *it == name).unwrap();
    let (month, day, carrier, kept) = (at("month"), at("day"), at("carrier"), COLUMNS.map(at));
    let head = COLUMNS.join(",") + "\n";
    let mut january = head.clone();
    let mut days: std::collections::BTreeMap<String, String> = std::collections::BTreeMap::new();
    let mut planted = 0;
    for row in all.lines().skip(1) {
        let cells: Vec<&str> = row.split(',').collect();
        let date = format!("2013-{:0>2}-{:0>2}", cells[month], cells[day]);
        let is_planted = date == PLANTED && cells[carrier] == CARRIER;
        planted += u32::from(is_planted);
        let cell = |&i: &usize| match cells[i].parse::<u32>() {
            Ok(minutes) if is_planted && i == at("air_time") && planted % 10 < 3 => format!("{minutes} min"),
            Ok(minutes) if is_planted && i == at("air_time") => (minutes * 60).to_string(),
            _ => cells[i].to_owned(),
        };
        let line = kept.iter().map(cell).collect::<Vec<_>>().join(",");
        if cells[month] == "1" {
            writeln!(january, "{line}").unwrap();
        } else if date.as_str() < "2013-03-03" && cells[month].len() == 1 {
            writeln!(days.entry(date).or_insert_with(|| head.clone()), "{line}").unwrap();
        }
    }
    std::fs::write(folder.join("january.csv"), january).unwrap();
    let write = |(date, text): (String, String)| {
        let name = format!("flights_{date}.csv");
        std::fs::write(folder.join(&name), text).unwrap();
        name
    };
    days.into_iter().map(write).collect()
}

fn json(folder: &Path, line: &str) -> Value {
    let ended = driftline(folder, &format!("{line} --format json"), b"");
    serde_json::from_str(&ended.out).unwrap_or_else(|_| panic!("{line}: {}", ended.err))
}

/// The first failure of a report.
fn first(report: &Value) -> &Value {
    report["findings"].as_array().unwrap().iter().find(|it| it["status"] == "fail").unwrap()
}

#[test]
fn a_planted_day_of_thirty_is_told_and_its_rows_are_set_apart() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let names = drops(at);
    assert_eq!(names.len(), 30);
    let day = format!("flights_{PLANTED}.csv");
    let before = names.iter().position(|it| *it == day).unwrap();
    for name in &names[..before] {
        assert_eq!(
            driftline(at, &format!("drift --reference january.csv --history past {name}"), b"").code,
            0
        );
    }
    let line = format!("incident --reference january.csv --history past {day} --quarantine apart");
    let told = json(at, &line);
    // The first finding is the column, in either report.
    assert_eq!(told["tripped"][0]["column"], "air_time");
    assert_eq!(told["since"]["first"], PLANTED);
    assert_eq!(told["since"]["known"], before);
    // Its PSI, and the segment that carries it.
    let psi = told["column"]["psi"].as_f64().unwrap();
    assert!(psi >= 0.25, "{psi}");
    let segment = &told["segments"]["columns"][0]["segments"][0];
    assert_eq!(
        segment["parts"],
        serde_json::json!([{"column": "carrier", "kind": "value", "values": [CARRIER]}])
    );
    let carries = segment["carries"].as_f64().unwrap();
    assert!(carries >= 0.8, "{carries}");
    // The rules flag the day's rows and none of the reference.
    for rule in told["rules"].as_array().unwrap() {
        assert!(rule["current"].as_u64() > Some(0) && rule["reference"] == 0, "{rule}");
    }
    let contract = format!("apart/flights_{PLANTED}.proposed.odcs.yaml");
    assert_eq!(std::fs::read_to_string(at.join(&contract)).unwrap(), told["contract"].as_str().unwrap());
    assert_eq!(
        told["apart"]["command"],
        format!("driftline check {day} --contract {contract} --quarantine apart")
    );
    // Applied, they leave a file that has not drifted.
    let again = format!("check {day} --contract {contract} --quarantine again");
    assert_eq!(driftline(at, &again, b"").code, 1);
    let clean = format!("flights_{PLANTED}.clean.csv");
    let bytes = |folder: &str| std::fs::read(at.join(folder).join(&clean)).unwrap();
    assert_eq!(bytes("again"), bytes("apart"));
    let after = json(at, &format!("drift --reference january.csv again/{clean}"));
    let column = after["drift"].as_array().unwrap().iter().find(|it| it["column"] == "air_time").unwrap();
    let psi_clean = column["psi"].as_f64().unwrap();
    assert!(psi_clean < 0.1, "{psi_clean}");
    // On the clean days before they flag one row in a thousand at most.
    let (mut flagged, mut rows) = (0, 0);
    for name in &names[..before] {
        let report = json(at, &format!("check {name} --contract {contract}"));
        rows += report["table"]["rows"].as_u64().unwrap();
        let counts = report["findings"].as_array().unwrap().iter().map(|it| it["count"].as_u64().unwrap());
        flagged += counts.sum::<u64>();
    }
    println!(
        "PSI {psi}, {CARRIER} carries {carries}; clean {psi_clean}; {flagged} of {rows} clean rows flagged"
    );
    assert!(flagged as f64 <= 0.001 * rows as f64, "{flagged} of {rows}");
    // The document adds nothing to the history; the same drift as a report has the column first too.
    assert_eq!(std::fs::read_dir(at.join("past")).unwrap().count(), before);
    let report = json(at, &format!("drift --reference january.csv --history past {day} --where"));
    assert_eq!(first(&report)["column"], "air_time");
    assert_eq!(report["segments"], told["segments"]);
}

/// A table of which one value became another in one shop, and a new shop came.
fn shops(folder: &Path, name: &str, is_now: bool) {
    let mut text = String::from("shop,state,price\n");
    for i in 0..2_000_u32 {
        let k = i * 7_919 % 10_007;
        let shop = ["north", "south", "it's \"<b>`"][(k % 3) as usize];
        let state = ["new", "paid", "sent"][(k / 3 % 3) as usize];
        let is_broken = is_now && k % 3 == 2;
        let state = if is_broken && k % 2 == 0 { "N/V" } else { state };
        let price = if is_broken { 10_000 + k % 50 } else { 10 + k % 50 };
        writeln!(text, "\"{}\",{state},{price}", shop.replace('"', "\"\"")).unwrap();
    }
    std::fs::write(folder.join(name), text).unwrap();
}

#[test]
fn hostile_values_are_text_and_rules_hold_them() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    shops(at, "before.csv", false);
    shops(at, "now.csv", true);
    let told = json(at, "incident --reference before.csv now.csv --fail-on warning");
    let rules: Vec<&str> =
        told["rules"].as_array().unwrap().iter().map(|it| it["rule"].as_str().unwrap()).collect();
    assert!(rules.contains(&"allowed-values") && rules.contains(&"range"), "{rules:?}");
    assert_eq!(told["since"], Value::Null);
    assert!(told["not_run"][0].as_str().unwrap().contains("--history"), "{}", told["not_run"]);
    std::fs::write(at.join("c.yaml"), told["contract"].as_str().unwrap()).unwrap();
    assert_eq!(driftline(at, "check before.csv --contract c.yaml --fail-on info", b"").code, 0);
    assert_eq!(driftline(at, "check now.csv --contract c.yaml", b"").code, 1);
    let ended = driftline(at, "incident --reference before.csv now.csv --fail-on warning --format html", b"");
    assert_eq!(ended.code, 1);
    assert!(ended.out.contains("&lt;b&gt;") && !ended.out.contains("<b>`"), "{}", ended.out);
    // The bins of the worst column, and code that scrolls by itself.
    assert!(ended.out.contains("Its part of the PSI") && ended.out.contains("pre { overflow-x: auto;"));
    let markdown = driftline(at, "incident --reference before.csv now.csv", b"");
    assert_eq!(markdown.code, 0);
    assert!(!markdown.out.contains("is it's \"<b>"), "{}", markdown.out);
    let hidden = driftline(at, "incident --reference before.csv now.csv --redact values", b"").out;
    assert!(
        hidden.contains("--redact none") && !hidden.contains("N/V") && !hidden.contains("it's"),
        "{hidden}"
    );
}

#[test]
fn a_saved_reference_and_a_quiet_file_have_their_document_too() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    shops(at, "before.csv", false);
    shops(at, "now.csv", true);
    assert_eq!(driftline(at, "profile before.csv --save before.json", b"").code, 0);
    let told = json(at, "incident --reference before.json now.csv");
    assert!(told["rules"].as_array().unwrap().iter().all(|it| it["reference"].is_null()));
    assert!(told["rules"].as_array().unwrap().iter().any(|it| it["rule"] == "range"));
    let quiet = json(at, "incident --reference before.csv before.csv");
    assert_eq!(quiet["column"], Value::Null);
    assert_eq!(quiet["rules"], serde_json::json!([]));
}

/// A feed of readings. Now some are missing at one site, all are higher by a little, and a word stands for many.
fn readings(folder: &Path, name: &str, is_now: bool) {
    let mut text = String::from("site,value,level,label\n");
    for i in 0..3_000_u32 {
        let k = i * 7_919 % 10_007;
        let site = ["a", "b", "c", "d"][(k % 4) as usize];
        let is_lost = k % 50 == 1 || is_now && site == "b" && k % 3 > 0;
        let value = if is_lost { String::new() } else { (k % 100).to_string() };
        let level =
            f64::from(k % 1_000) / 10.0 + if is_now { 20.0 - f64::from(k % 1_000) / 50.0 } else { 0.0 };
        let label = if is_now && site == "c" { "unknown".to_owned() } else { format!("x{}", k % 3_000) };
        writeln!(text, "{site},{value},{level:.2},{label}").unwrap();
    }
    std::fs::write(folder.join(name), text).unwrap();
}

#[test]
fn a_rule_is_proposed_for_each_kind_of_drift() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    readings(at, "before.csv", false);
    readings(at, "now.csv", true);
    let told = json(at, "incident --reference before.csv now.csv");
    let rule = |column: &str| {
        let all = told["rules"].as_array().unwrap().iter();
        let of = all.filter(|it| it["column"] == column).map(|it| it["rule"].as_str().unwrap());
        of.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(rule("value"), ["required"], "{}", told["rules"]);
    // All of its values are among the old ones.
    assert_eq!(rule("level"), ["mean"], "{}", told["rules"]);
    let found = told["segments"]["columns"].as_array().unwrap().iter();
    let missing = found.clone().find(|it| it["column"] == "value" && it["of"] == "missing").unwrap();
    assert_eq!(missing["segments"][0]["parts"][0]["values"], serde_json::json!(["b"]));
    std::fs::write(at.join("c.yaml"), told["contract"].as_str().unwrap()).unwrap();
    assert_eq!(driftline(at, "check before.csv --contract c.yaml --fail-on warning", b"").code, 0);
    assert_eq!(driftline(at, "check now.csv --contract c.yaml --fail-on warning", b"").code, 1);
    // Of other formats and from a pipe the same is told.
    let text = std::fs::read(at.join("now.csv")).unwrap();
    let piped = driftline(at, "incident --reference before.csv --format json -", &text);
    let piped: Value = serde_json::from_str(&piped.out).unwrap();
    assert_eq!((&piped["segments"], &piped["rules"]), (&told["segments"], &told["rules"]));
}

#[test]
fn a_rule_holds_within_the_segment_where_the_whole_range_is_wider() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    for is_now in [false, true] {
        let mut text = String::from("shop,price\n");
        for i in 0..3_000_u32 {
            let k = i * 7_919 % 10_007;
            let price = match k % 3 {
                0 if is_now => 500 + k % 60,
                0 => 1 + k % 50,
                _ => 1 + k % 2_000,
            };
            writeln!(text, "{},{price}", ["it's a \\ \u{e9}", "b", "c"][(k % 3) as usize]).unwrap();
        }
        std::fs::write(at.join(if is_now { "now.csv" } else { "before.csv" }), text).unwrap();
    }
    let told = json(at, "incident --reference before.csv now.csv");
    let contract = told["contract"].as_str().unwrap_or_else(|| panic!("{told}"));
    assert!(contract.contains("rule: range") && contract.contains("when: \"`shop` = "), "{contract}");
    let rule = &told["rules"][0];
    assert_eq!((&rule["reference"], &told["apart"]["rows"]), (&Value::from(0), &rule["current"]));
    // A third of the rows are set apart, so that the clean file lacks these prices.
    assert!(told["apart"]["psi_clean"].as_f64() < told["apart"]["psi"].as_f64(), "{}", told["apart"]);
    std::fs::write(at.join("c.yaml"), contract).unwrap();
    assert_eq!(driftline(at, "check before.csv --contract c.yaml --fail-on info", b"").code, 0);
    assert_eq!(driftline(at, "check now.csv --contract c.yaml", b"").code, 1);
}

#[test]
fn a_rule_holds_within_a_range_of_another_column_and_for_texts() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    for is_now in [false, true] {
        let mut text = String::from("weight,method\n");
        for i in 0..4_000_u32 {
            let k = i * 7_919 % 10_007;
            let weight = match i % 10 {
                0..3 => k % 50,
                3..5 => 50,
                _ => 80 + k % 20,
            };
            // Heavy parcels go by truck or ship; now most of them go by bike, as some of the light ones did all along.
            let method = match (weight >= 80, i / 10 % 4) {
                (true, 1..) if is_now => "bike",
                (_, 0) => "truck",
                (_, 1) => "ship",
                (true, _) => "truck",
                (false, 2) => "van",
                (false, _) => "bike",
            };
            writeln!(text, "{weight},{method}").unwrap();
        }
        std::fs::write(at.join(if is_now { "now.csv" } else { "before.csv" }), text).unwrap();
    }
    let told = json(at, "incident --reference before.csv now.csv");
    let contract = told["contract"].as_str().unwrap_or_else(|| panic!("{told}"));
    assert!(contract.contains("rule: allowed-values") && contract.contains("`weight` >= "), "{contract}");
    assert!(
        contract.contains("values: [\"truck\", \"ship\"]")
            || contract.contains("values: [\"ship\", \"truck\"]"),
        "{contract}"
    );
    std::fs::write(at.join("c.yaml"), contract).unwrap();
    assert_eq!(driftline(at, "check before.csv --contract c.yaml --fail-on info", b"").code, 0);
    assert_eq!(driftline(at, "check now.csv --contract c.yaml", b"").code, 1);
}
