//! Where a column drifted, as a command: planted rows are found, in every format, and nothing hidden is told.

use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use arrow::array::{ArrayRef, Float64Array, RecordBatch, StringArray};
use parquet::arrow::ArrowWriter;
use serde_json::Value;

use crate::command::driftline;

/// A table of orders. Of the rows from `api_v2` this part of the amounts is in cents.
fn orders(folder: &Path, name: &str, seed: u32, cents: u32, sources: &[&str]) {
    let mut text = String::from("id,source,amount,day,note\n");
    for i in 0..3_000_u32 {
        let k = (i * 7_919 + seed * 104_729) % 100_003;
        let source = sources[(k % sources.len() as u32) as usize];
        let amount = f64::from(k % 977) / 7.0 + 1.0;
        let amount = if source == "api_v2" && k / 7 % 100 < cents { amount * 100.0 } else { amount };
        writeln!(text, "{seed}{i:05},{source},{amount:.2},2024-03-{:02},n{}", 1 + i / 150, k % 5).unwrap();
    }
    std::fs::write(folder.join(name), text).unwrap();
}

const SOURCES: [&str; 4] = ["web", "shop", "api_v1", "api_v2"];

fn json(folder: &Path, line: &str) -> Value {
    let ended = driftline(folder, &format!("{line} --format json"), b"");
    serde_json::from_str(&ended.out).unwrap_or_else(|_| panic!("{line}: {}", ended.err))
}

fn first(report: &Value) -> &Value {
    &report["segments"]["columns"][0]["segments"][0]
}

#[test]
fn the_source_that_changed_carries_the_drift() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    orders(at, "before.csv", 1, 0, &SOURCES);
    orders(at, "now.csv", 2, 100, &SOURCES);
    let report = json(at, "drift --reference before.csv now.csv --where");
    assert_eq!(report["segments"]["columns"][0]["column"], "amount");
    let segment = first(&report);
    assert_eq!(
        segment["parts"],
        serde_json::json!([{"column": "source", "kind": "value", "values": ["api_v2"]}])
    );
    assert!(segment["carries"].as_f64().unwrap() > 0.95, "{segment}");
    assert_eq!(segment["origin"], "shift");
    let example = &segment["examples"][0];
    assert_eq!(example["cells"][1], "api_v2");
    assert_eq!(segment["columns"][0], "amount");
    // How it is read changes nothing.
    let other = json(at, "drift --reference before.csv now.csv --where --threads 1 --unit-bytes 1KiB");
    assert_eq!(other["segments"], report["segments"]);
    assert!(json(at, "drift --reference before.csv now.csv").get("segments").is_none());
    for format in ["text", "markdown", "html"] {
        let told =
            driftline(at, &format!("drift --reference before.csv now.csv --where --format {format}"), b"")
                .out;
        assert!(told.contains("source is api\\_v2") || told.contains("source is api_v2"), "{told}");
        assert!(told.contains("100 % of its drift"), "{told}");
    }
}

#[test]
fn more_rows_of_a_source_and_a_new_one_are_other_incidents() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    orders(at, "before.csv", 1, 100, &SOURCES);
    orders(at, "more.csv", 2, 100, &["web", "api_v2", "api_v2", "shop", "api_v2", "api_v1"]);
    assert_eq!(first(&json(at, "drift --reference before.csv more.csv --where"))["origin"], "mix");
    orders(at, "without.csv", 1, 0, &SOURCES[..3]);
    orders(at, "new.csv", 2, 100, &SOURCES);
    let report = json(at, "drift --reference without.csv new.csv --where");
    let columns = report["segments"]["columns"].as_array().unwrap();
    let amount = columns.iter().find(|it| it["column"] == "amount").unwrap();
    assert_eq!(amount["segments"][0]["origin"], "new");
}

#[test]
fn a_saved_reference_has_no_rows_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    orders(at, "before.csv", 1, 0, &SOURCES);
    orders(at, "now.csv", 2, 100, &SOURCES);
    assert_eq!(driftline(at, "profile before.csv --save before.json", b"").code, 0);
    let report = json(at, "drift --reference before.json now.csv --where");
    let segment = first(&report);
    assert_eq!(segment["parts"][0]["values"], serde_json::json!(["api_v2"]));
    assert!(segment["origin"].is_null());
    assert!(report["segments"]["reference_rows"].is_null());
    assert!(report["segments"]["not_run"][0].as_str().unwrap().contains("saved profile"));
    let told = driftline(at, "drift --reference before.json now.csv --where", b"").out;
    assert!(told.contains("not run: the reference is a saved profile"), "{told}");
}

#[test]
fn hidden_values_are_not_told() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    orders(at, "before.csv", 1, 0, &SOURCES);
    orders(at, "now.csv", 2, 100, &SOURCES);
    for format in ["text", "json", "markdown", "html"] {
        let line = format!("drift --reference before.csv now.csv --where --redact values --format {format}");
        let told = driftline(at, &line, b"").out;
        assert!(told.contains("redacted") && !told.contains("api_v2"), "{told}");
    }
    let rare =
        driftline(at, "drift --reference before.csv now.csv --where --redact rare --format json", b"").out;
    assert!(rare.contains("api_v2") && rare.contains("\"aaa_a9\""), "{rare}");
}

/// A table whose columns are of every kind that is compared, moved by a step.
fn kinds(folder: &Path, name: &str, step: u32) {
    let mut text = String::from("whole,price,half,on,day,at,kind,word,gap\n");
    for i in 0..4_000_u32 {
        let k = i * 7_919 % 10_007;
        let price = if step > 0 { format!("{}.25", k % 311 + 40) } else { (k % 311).to_string() };
        let half = f64::from(k % 500 + 30 * step) / 3.0;
        let (on, hour) = (k % 5 < 2 + step, (k % 6 + step * 3) % 24);
        let kind = ["a", "b", "c", "d"][(k % (3 + step)) as usize];
        let gap = if k % 10 < 1 + 2 * step {
            ""
        } else if k % 97 < 5 * step {
            "x"
        } else {
            "7"
        };
        let (day, month) = (k % 28 + 1, 1 + k / 28 % (2 + step));
        writeln!(
            text,
            "{},{price},{half:.3},{on},2024-{month:02}-{day:02},2024-01-02T{hour:02}:15:00,{kind},w{},{gap}",
            k % (40 + 15 * step),
            k % (70 + 20 * step),
        )
        .unwrap();
    }
    std::fs::write(folder.join(name), text).unwrap();
}

#[test]
fn rows_are_counted_in_the_bins_of_the_comparison() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    kinds(at, "before.csv", 0);
    kinds(at, "now.csv", 1);
    assert_eq!(driftline(at, "profile before.csv --save before.json", b"").code, 0);
    for reference in ["before.csv", "before.json"] {
        let report = json(at, &format!("drift --reference {reference} now.csv --where"));
        let mut compared = 0;
        for found in report["segments"]["columns"].as_array().unwrap().iter().filter(|it| it["of"] == "psi") {
            let drift = report["drift"].as_array().unwrap().iter().find(|it| it["column"] == found["column"]);
            let (size, psi) =
                (found["size"].as_f64().unwrap(), drift.unwrap()["psi_corrected"].as_f64().unwrap());
            assert!((size - psi).abs() < 1e-9, "{reference}: {}: {size}, {psi}", found["column"]);
            compared += 1;
        }
        assert!(compared >= 7, "{reference}: {compared}");
    }
}

/// The same table as Parquet.
fn parquet(folder: &Path, csv: &str, name: &str) {
    let text = std::fs::read_to_string(folder.join(csv)).unwrap();
    let cell = |at: usize| text.lines().skip(1).map(move |it| it.split(',').nth(at).unwrap());
    let amounts: Float64Array = cell(2).map(|it| it.parse::<f64>().ok()).collect();
    let texts = |at: usize| Arc::new(cell(at).map(Some).collect::<StringArray>()) as ArrayRef;
    let columns = [("source", texts(1)), ("amount", Arc::new(amounts) as ArrayRef), ("note", texts(4))];
    let batch = RecordBatch::try_from_iter(columns).unwrap();
    let file = std::fs::File::create(folder.join(name)).unwrap();
    let mut writer = ArrowWriter::try_new(file, batch.schema(), None).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
}

#[test]
fn columns_of_parquet_have_the_same_segments() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    for (name, seed, cents) in [("before", 1, 0), ("now", 2, 100)] {
        orders(at, &format!("{name}.csv"), seed, cents, &SOURCES);
        parquet(at, &format!("{name}.csv"), &format!("{name}.parquet"));
    }
    let text = json(at, "drift --reference before.csv now.csv --where");
    for line in ["--reference before.parquet now.parquet", "--reference before.csv now.parquet"] {
        let typed = json(at, &format!("drift {line} --where"));
        for field in ["parts", "carries", "origin", "reference", "current", "within"] {
            assert_eq!(first(&typed)[field], first(&text)[field], "{line}: {field}");
        }
        let rows = |it: &Value| [0, 1, 2].map(|at| first(it)["examples"][at]["row"].clone());
        assert_eq!(rows(&typed), rows(&text));
        assert_eq!(first(&typed)["examples"][0]["cells"][1], "api_v2");
    }
}
