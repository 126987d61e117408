//! As other tools decide, from the command line: the tool's verdict is the exit code, ours stands beside it.

use std::fmt::Write as _;
use std::path::Path;

use serde_json::Value;

use crate::command::driftline;

/// Rows of three columns: one that moves by this much, one of few letters, one without drift.
fn table(folder: &Path, name: &str, rows: u32, moved: f64) {
    let mut text = String::from("when,amount,kind,other\n");
    for i in 0..rows {
        let noise = |stream: u32| {
            let mut x =
                i.wrapping_add(rows).wrapping_mul(2_654_435_761).wrapping_add(stream.wrapping_mul(40_503));
            x = (x ^ (x >> 15)).wrapping_mul(2_246_822_519);
            x = (x ^ (x >> 13)).wrapping_mul(3_266_489_917);
            f64::from(x ^ (x >> 16)) / 4_294_967_296.0
        };
        let day = 1 + i * 20 / rows;
        let kind = ["a", "b", "c", "d"][(noise(1) * 4.0) as usize];
        writeln!(text, "2024-03-{day:02},{:.4},{kind},{:.4}", noise(2) + moved, noise(3)).unwrap();
    }
    std::fs::write(folder.join(name), text).unwrap();
}

fn run(folder: &Path, line: &str) -> (i32, Value) {
    let line = format!("drift --reference before.csv {line} --fail-on warning --format json");
    let ended = driftline(folder, &line, b"");
    let json = serde_json::from_str(&ended.out).unwrap_or_else(|_| panic!("{line}: {}", ended.err));
    (ended.code, json)
}

fn column<'a>(report: &'a Value, name: &str) -> &'a Value {
    let columns = report["like"]["columns"].as_array().unwrap().iter();
    columns.into_iter().find(|it| it["column"] == name).unwrap_or(&Value::Null)
}

#[test]
fn the_tools_verdict_is_the_exit_code_and_ours_stands_beside_it() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    table(at, "before.csv", 3_000, 0.0);
    table(at, "few.csv", 34, 0.0);
    table(at, "moved.csv", 3_000, 0.6);
    // Evidently's distances alarm on few rows, ours do not.
    let (code, report) = run(at, "few.csv --as evidently");
    assert_eq!((code, &report["like"]["drifted"]), (1, &Value::Bool(true)), "{}", report["like"]["sentence"]);
    let amount = column(&report, "amount");
    assert_eq!(amount["methods"][0]["name"], "wasserstein");
    assert_eq!(column(&report, "when")["left_out"], "it compares no dates and times");
    assert!(amount["differs"].as_str().unwrap().contains("34 rows"), "{amount}");
    // One drifted column of three is no dataset drift to Evidently: what we say of it is information then.
    let (code, report) = run(at, "moved.csv --as evidently");
    assert_eq!((code, &report["like"]["drifted"]), (0, &Value::Bool(false)));
    assert_eq!(
        (&column(&report, "amount")["drifted"], column(&report, "amount")["ours"].as_str()),
        (&Value::Bool(true), Some("drifted"))
    );
    assert_eq!(run(at, "moved.csv --as evidently --drift-share 0.3").0, 1);
    assert_eq!(run(at, "moved.csv").0, 1);
    let (code, report) = run(at, "moved.csv --as alibi --correction fdr");
    assert_eq!((code, column(&report, "kind")["methods"][0]["name"].as_str()), (1, Some("chi2")));
}

#[test]
fn nannyml_has_chunks_of_both_files_and_says_so_where_there_are_none() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    table(at, "before.csv", 3_000, 0.0);
    table(at, "moved.csv", 1_005, 0.6);
    for (how, keys) in [
        ("", ["[0:299]", "[0:99]", "[1000:1004]"]),
        ("--chunk-rows 500", ["[0:499]", "[0:499]", "[1000:1004]"]),
        ("--by when --period week", ["2024-W09", "2024-W09", "2024-W12"]),
    ] {
        let (code, report) = run(at, &format!("moved.csv --as nannyml {how}"));
        let method = &column(&report, "amount")["methods"][0];
        let chunks = method["chunks"].as_array().unwrap();
        let current: Vec<&Value> = chunks.iter().filter(|it| it["reference"] == false).collect();
        let ends = [&chunks[0], current[0], current[current.len() - 1]].map(|it| it["key"].as_str().unwrap());
        assert_eq!((ends, code), (keys, 1), "{how}");
        assert!(current.iter().all(|it| it["alert"] == true), "{how}");
        assert_eq!(report["like"]["ranking"][0]["column"], "amount");
    }
    assert_eq!(driftline(at, "profile before.csv --save before.profile.json", b"").code, 0);
    let line = "drift --reference before.profile.json moved.csv --as nannyml --format json";
    let report: Value = serde_json::from_str(&driftline(at, line, b"").out).unwrap();
    let finding =
        report["findings"].as_array().unwrap().iter().find(|it| it["rule"] == "as-nannyml").unwrap();
    assert_eq!((finding["status"].as_str(), report.get("like")), (Some("not_run"), None));
}

#[test]
fn a_method_asked_for_decides_on_its_columns() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    table(at, "before.csv", 3_000, 0.0);
    table(at, "moved.csv", 3_000, 0.1);
    let (code, report) = run(at, "moved.csv --method amount=wasserstein:0.05 --method all=psi:9");
    assert_eq!(code, 1);
    assert_eq!(column(&report, "amount")["methods"][0]["name"], "wasserstein");
    assert_eq!(column(&report, "kind")["methods"][0]["name"], "psi");
    assert_eq!(run(at, "moved.csv --method amount=wasserstein:0.2").0, 0);
    let text =
        driftline(at, "drift --reference before.csv moved.csv --method amount=psi --as evidently", b"").out;
    assert!(text.contains("As evidently 0.7.23 decides") && text.contains("psi"), "{text}");
    for wrong in ["--method amount", "--drift-share 2 --as evidently", "--as deepchecks"] {
        assert_eq!(
            driftline(at, &format!("drift --reference before.csv moved.csv {wrong}"), b"").code,
            2,
            "{wrong}"
        );
    }
    assert_eq!(driftline(at, "drift --history past moved.csv --as alibi", b"").code, 2);
}
