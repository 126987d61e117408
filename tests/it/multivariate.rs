//! Drift of columns together: NannyML's numbers on data sets that it ships, and our own.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::command::driftline;

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/multivariate")
}

fn report(folder: &Path, line: &str) -> (i32, Value) {
    let ended = driftline(folder, &format!("drift {line} --format json"), b"");
    (ended.code, serde_json::from_str(&ended.out).unwrap_or_else(|_| panic!("{line}: {}", ended.err)))
}

fn statistic<'a>(report: &'a Value, name: &str) -> &'a Value {
    let all = report["like"]["table"].as_array().unwrap();
    all.iter().find(|it| it["name"] == name).unwrap()
}

/// Whether both are the same number to the digits that NannyML prints, or both are none.
fn same(found: &Value, expected: &Value) -> bool {
    match (found.as_f64(), expected.as_f64()) {
        (Some(found), Some(expected)) => (found - expected).abs() <= 1e-9 * expected.abs(),
        (found, expected) => found.is_none() && expected.is_none(),
    }
}

#[test]
fn reconstruction_errors_limits_and_alerts_are_those_of_nannyml() {
    // nannyml 0.13.1, scikit-learn 1.9.1, pandas 3.1.1: DataReconstructionDriftCalculator on every 50th and 100th row of the car
    // loans that it ships, every 60th and 120th of the credit cards, all of the Titanic, and on columns with nulls, a constant and a
    // new category.
    let text = std::fs::read_to_string(data().join("nannyml.json")).unwrap();
    let expected: Value = serde_json::from_str(&text).unwrap();
    for (name, expected) in expected.as_object().unwrap() {
        let columns: Vec<&str> =
            expected["columns"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
        for run in expected["runs"].as_array().unwrap() {
            let how = run["how"].as_str().unwrap();
            let line = format!(
                "--reference {name}-reference.csv {name}-current.csv --as nannyml --columns {} {how}",
                columns.join(",")
            );
            let (_, found) = report(&data(), &line);
            let found = statistic(&found, "reconstruction_error");
            let what = format!("{name} {how}: {found}");
            assert!(same(&found["lower"], &run["lower"]) && same(&found["upper"], &run["upper"]), "{what}");
            let (ours, theirs) = (found["chunks"].as_array().unwrap(), run["chunks"].as_array().unwrap());
            assert_eq!(ours.len(), theirs.len(), "{what}");
            for (ours, theirs) in ours.iter().zip(theirs) {
                // Periods are called as ISO 8601 does.
                assert_eq!((&ours["key"], &ours["reference"]), (&theirs[0], &theirs[1]), "{what}");
                let keys = ["value", "sampling_error", "low", "high"];
                let all = keys.iter().enumerate().all(|(i, key)| same(&ours[key], &theirs[i + 2]));
                assert!(all && ours["alert"] == theirs[6], "{what}: {ours} {theirs}");
            }
        }
    }
}

#[test]
fn what_nannyml_cannot_reconstruct_is_not_run_and_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let text = |empty: &str| -> String {
        let row = |i: u32| format!("{},{},{},{empty}\n", f64::from(i % 7) * 1.5, i.is_multiple_of(3), i % 5);
        std::iter::once("x,flag,y,none\n".to_owned()).chain((0..60).map(row)).collect()
    };
    std::fs::write(at.join("before.csv"), text("")).unwrap();
    std::fs::write(at.join("now.csv"), text("1")).unwrap();
    let line = "--reference before.csv now.csv --as nannyml --chunk-rows 20";
    for (columns, why, is_run) in [
        ("x,none", "has no value, as in \"none\"", false),
        ("x,flag", "booleans are the only categories", false),
        ("x,y", "the error would be rounding alone", false),
        ("x", "of one column nothing is lost", true),
    ] {
        let (_, found) = report(at, &format!("{line} --columns {columns}"));
        let found = statistic(&found, "reconstruction_error");
        assert!(found["reason"].as_str().unwrap().contains(why), "{columns}: {found}");
        assert_eq!(found["drifted"], Value::Null);
        assert_eq!(found["chunks"].as_array().unwrap().is_empty(), !is_run);
    }
    let (_, found) = report(at, line);
    let classifier = statistic(&found, "domain_classifier_auroc");
    assert!(classifier["reason"].as_str().unwrap().contains("--multivariate"), "{classifier}");
    let ended = driftline(at, &format!("drift {line} --columns x,nowhere"), b"");
    assert!(ended.code == 2 && ended.err.contains("no column \"nowhere\""), "{}", ended.err);
    let text = driftline(at, &format!("drift {line} --columns x"), b"").out;
    assert!(text.contains("reconstruction_error") && text.contains("domain_classifier_auroc"), "{text}");
}

/// Numbers of which two go together by so much, labels that follow each other in so many of 100 rows, an id and a constant.
fn table(folder: &Path, name: &str, rows: u32, (correlation, follows): (f64, u32)) {
    let mut state = u64::from(rows) * 7_919 + (correlation.abs() * 100.0) as u64;
    // SplitMix64.
    let mut next = || {
        state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let x = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((x ^ (x >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    };
    let mut text = String::from("id,speed,lo<b>ad,temperature,zone,shift,unit\n");
    for i in 0..rows {
        let mut normal = || (0..12).map(|_| next()).sum::<f64>() - 6.0;
        let (a, b, c) = (normal(), normal(), normal());
        let b = correlation * a + (1.0 - correlation * correlation).sqrt() * b;
        let zone = (next() * 4.0) as usize;
        let shift = if next() * 100.0 < f64::from(follows) { zone } else { (next() * 4.0) as usize };
        let letters = ["n", "e", "s", "w"];
        writeln!(text, "{},{a:.4},{b:.4},{c:.4},{},{},km", i + 1, letters[zone], letters[shift]).unwrap();
    }
    std::fs::write(folder.join(name), text).unwrap();
}

fn finding<'a>(report: &'a Value, rule: &str) -> &'a Value {
    report["findings"].as_array().unwrap().iter().find(|it| it["rule"] == rule).unwrap_or(&Value::Null)
}

#[test]
fn what_no_column_shows_is_found_in_all_formats_and_the_same_for_any_units() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    table(at, "before.csv", 900, (0.7, 80));
    table(at, "turned.csv", 700, (-0.7, 10));
    table(at, "same.csv", 800, (0.7, 80));
    let line = "--reference before.csv turned.csv --multivariate --fail-on warning";
    let (code, found) = report(at, line);
    let together = &found["multivariate"];
    assert_eq!(code, 1);
    // No column by itself.
    let drifted = |it: &&Value| it["outcome"] == "drifted";
    assert_eq!(found["drift"].as_array().unwrap().iter().find(drifted), None);
    for rule in ["domain-classifier", "correlation-change"] {
        assert_eq!(finding(&found, rule)["status"], "fail", "{rule}: {together}");
    }
    let message = finding(&found, "correlation-change")["message"].as_str().unwrap();
    assert!(message.contains("\"speed\" and \"lo<b>ad\" now go against each other"), "{message}");
    assert!(message.contains("\"zone\" and \"shift\" are less tied"), "{message}");
    let parts = together["classifier"]["attribution"].as_array().unwrap();
    let sum: f64 = parts.iter().filter_map(|it| it["share"].as_f64()).sum();
    assert!((sum - 1.0).abs() < 1e-9, "{parts:?}");
    let left: Vec<&str> =
        together["left_out"].as_array().unwrap().iter().filter_map(|it| it["column"].as_str()).collect();
    assert_eq!(left, ["id", "unit"]);
    for (format, what) in
        [("text", "Columns together"), ("markdown", "### Columns together"), ("html", "<h2>Columns together")]
    {
        let out = driftline(at, &format!("drift {line} --format {format}"), b"").out;
        assert!(out.contains(what) && out.contains("cramers-v"), "{format}: {out}");
        assert!(format != "html" || !out.contains("lo<b>"), "{out}");
    }
    let plain = driftline(at, &format!("drift {line} --format json"), b"").out;
    for way in ["--threads 1", "--threads 3 --unit-bytes 700"] {
        assert!(driftline(at, &format!("drift {line} {way} --format json"), b"").out == plain, "{way}");
    }
    let (code, found) = report(
        at,
        "--reference before.csv same.csv --multivariate --fail-on warning --columns speed,lo<b>ad,zone",
    );
    assert_eq!((code, &found["multivariate"]["drifted"]), (0, &Value::Bool(false)), "{found}");
    assert_eq!(found["multivariate"]["columns"], serde_json::json!(["speed", "lo<b>ad", "zone"]));
}

#[test]
fn large_files_are_sampled_and_what_cannot_be_looked_at_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    table(at, "before.csv", 3_000, (0.5, 50));
    table(at, "now.csv", 2_500, (0.5, 50));
    let (_, found) = report(at, "--reference before.csv now.csv --multivariate --memory 1MiB");
    let together = &found["multivariate"];
    assert_eq!(together["sampled"], Value::Bool(true));
    assert_eq!(together["reference_rows"], together["current_rows"]);
    let (_, other) = report(at, "--reference before.csv now.csv --multivariate --memory 1MiB --seed 7");
    assert_ne!(together["classifier"]["auc"], other["multivariate"]["classifier"]["auc"]);
    assert_eq!(driftline(at, "profile before.csv --save before.profile.json", b"").code, 0);
    let ended =
        driftline(at, "drift --reference before.profile.json now.csv --multivariate --format json", b"");
    assert!(ended.err.starts_with("multivariate: not run: \"before.profile.json\""), "{}", ended.err);
    let found: Value = serde_json::from_str(&ended.out).unwrap();
    let finding = finding(&found, "multivariate");
    assert_eq!((finding["status"].as_str(), found.get("multivariate")), (Some("not_run"), None));
    table(at, "few.csv", 20, (0.5, 50));
    let (_, found) = report(at, "--reference before.csv few.csv --multivariate");
    let why = found["multivariate"]["classifier"]["not_run"].as_str().unwrap();
    assert!(why.contains("50 rows"), "{why}");
    let ended = driftline(at, "drift --reference before.csv now.csv --multivariate --columns none", b"");
    assert!(ended.code == 2 && ended.err.contains("no column \"none\""), "{}", ended.err);
    assert_eq!(driftline(at, "drift --history past now.csv --multivariate", b"").code, 2);
}
