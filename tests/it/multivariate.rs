//! Drift of columns together: NannyML's numbers on data sets that it ships, and our own.

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
