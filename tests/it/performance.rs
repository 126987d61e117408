//! `driftline performance` against NannyML 0.13.1 on the data set that it ships, and what it refuses.

use std::fmt::Write as _;
use std::path::Path;

use serde_json::Value;

use crate::command::driftline;

fn json(folder: &Path, line: &str) -> (i32, Value) {
    let ended = driftline(folder, &format!("performance {line} --format json"), b"");
    let json = serde_json::from_str(&ended.out).unwrap_or_else(|_| panic!("{line}: {}", ended.err));
    (ended.code, json)
}

fn data() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/performance")
}

const CAR_LOAN: &str = "--reference car-loan-reference.csv --probability y_pred_proba --prediction y_pred \
                        --target repaid car-loan-current.csv --chunk-rows 1000";

/// The value at a path, or NaN.
fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or(f64::NAN)
}

#[test]
fn estimates_bands_limits_and_alerts_are_those_of_nannyml() {
    let (code, found) = json(&data(), CAR_LOAN);
    assert_eq!(code, 0);
    let text = std::fs::read_to_string(data().join("car-loan-nannyml.json")).unwrap();
    let expected: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(found["calibrated"], expected["calibrated"]);
    let (chunks, all) = (found["chunks"].as_array().unwrap(), expected["chunks"].as_array().unwrap());
    assert_eq!((chunks.len(), all.len()), (4, 4));
    for (chunk, expected) in chunks.iter().zip(all) {
        assert_eq!(chunk["key"], expected["key"]);
        for metric in chunk["metrics"].as_array().unwrap() {
            let name = metric["name"].as_str().unwrap();
            let theirs = &expected["metrics"][name];
            let is_count = name.contains("tive");
            // Their limits of numbers of rows are those of a whole chunk, also for the last one of 500 rows; NannyML draws the
            // resamples behind average precision without a seed; ties of scores are sorted as numpy happens to.
            let is_smaller = is_count && chunk["rows"] == 500;
            let near = match name {
                "roc_auc" => 0.01,
                "average_precision" => 0.4,
                _ => 1e-9,
            };
            let pairs = [
                (&metric["estimated"], "value", 1e-9),
                (&metric["realised"], "realized", 1e-9),
                (&metric["sampling_error"], "sampling_error", near),
                (&metric["limits"]["lower"], "lower_threshold", 1e-9),
                (&metric["limits"]["upper"], "upper_threshold", 1e-9),
            ];
            for (ours, key, tolerance) in pairs {
                let factor = if is_smaller && key.ends_with("threshold") { 0.5 } else { 1.0 };
                let (ours, theirs) = (number(ours), factor * number(&theirs[key]));
                let is_near = (ours - theirs).abs() <= tolerance * theirs.abs().max(1e-3);
                assert!(is_near, "{} {name} {key}: {ours}, not {theirs}", chunk["key"]);
            }
            if !is_smaller {
                assert_eq!(metric["alert"], theirs["alert"], "{} {name}", chunk["key"]);
            }
            let half = 3.0 * number(&metric["sampling_error"]);
            let lower = (number(&metric["estimated"]) - half).max(0.0);
            assert!((number(&metric["band"]["lower"]) - lower).abs() < 1e-9, "{name}");
        }
    }
}

#[test]
fn alerts_and_chunks_that_cannot_be_judged_decide_the_exit_code() {
    let line = format!("performance {CAR_LOAN}");
    let ended = driftline(&data(), &format!("{line} --fail-on warning"), b"");
    assert_eq!(ended.code, 1);
    assert!(ended.out.contains("3 of 4 chunks have an estimate beyond its limits"), "{}", ended.out);
    assert_eq!(driftline(&data(), &format!("{line} --warn-exit 9"), b"").code, 9);
    let same = CAR_LOAN.replace("car-loan-current.csv", "car-loan-reference.csv");
    assert_eq!(json(&data(), &format!("{same} --fail-on warning")).0, 0);
}

/// Scores on so many days, decided at 0.5; targets follow the scores. Rows come in no order of time.
fn scores(days: u32, target: bool) -> String {
    let mut text = String::from("at,p,d,y\n");
    for i in 0..days * 100 {
        let (day, p) = (i * 7 % days, f64::from(i * 37 % 97) / 96.0);
        let y = if target { u8::from(f64::from(i * 61 % 89) / 88.0 < p).to_string() } else { String::new() };
        writeln!(text, "2024-01-{:02},{p:.3},{},{y}", day + 1, u8::from(p >= 0.5)).unwrap();
    }
    text
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let known = scores(10, true);
    let files = [
        ("known.csv", known.clone()),
        ("unknown.csv", scores(3, false)),
        ("outside.csv", known.replacen(",1.000,", ",1.5,", 1)),
        ("words.csv", known.replace(",1,", ",yes,").replace(",0,", ",n/e,")),
        ("one.csv", "p,d,y\n0.1,0,0\n0.2,0,0\n0.3,1,0\n".into()),
        ("empty.csv", "p,d,y\n,,\n,,\n".into()),
        ("nothing.csv", "p,d,y\n".into()),
        ("three.csv", "p,d,y\n0.1,0,2\n0.2,0,0\n0.3,1,0\n".into()),
    ];
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    assert_eq!(driftline(folder.path(), "profile known.csv --save saved.json", b"").code, 0);
    folder
}

const KNOWN: &str = "--reference known.csv --probability p --prediction d --target y";

#[test]
fn chunks_are_periods_or_rows_and_targets_need_not_be_known() {
    let folder = folder();
    let keys = |line: &str| {
        let (_, found) = json(folder.path(), &format!("{KNOWN} {line}"));
        let chunks = found["chunks"].as_array().unwrap().clone();
        assert!(chunks.iter().flat_map(|it| it["metrics"].as_array().unwrap()).all(|it| {
            it["realised"].is_null() && it["realised_alert"] == false && it["estimated"].is_number()
        }));
        chunks.iter().map(|it| it["key"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(keys("--timestamp at --period day unknown.csv"), ["2024-01-01", "2024-01-02", "2024-01-03"]);
    assert_eq!(keys("--timestamp at --period month unknown.csv"), ["2024-01"]);
    assert_eq!(keys("--chunk-rows 200 unknown.csv"), ["[0:199]", "[200:299]"]);
    assert_eq!(keys("--chunks 2 unknown.csv --metrics roc_auc,f1"), ["[0:149]", "[150:299]"]);
}

#[test]
fn the_same_rows_in_another_order_are_the_same_periods() {
    let folder = folder();
    let (_, found) = json(folder.path(), &format!("{KNOWN} --timestamp at --period day known.csv"));
    let mut lines: Vec<String> = scores(10, true).lines().map(str::to_owned).collect();
    lines[1..].sort_by_key(|it| it[..10].to_owned());
    std::fs::write(folder.path().join("sorted.csv"), lines.join("\n")).unwrap();
    let (_, sorted) = json(folder.path(), &format!("{KNOWN} --timestamp at --period day sorted.csv"));
    assert_eq!(found["chunks"].as_array().unwrap().len(), 10);
    assert_eq!(found["chunks"], sorted["chunks"]);
}

#[test]
fn what_cannot_be_judged_says_why() {
    let folder = folder();
    let not_run = |line: &str| {
        let line = format!("{KNOWN} {line} --fail-on warning");
        let (code, found) = json(folder.path(), &line);
        assert_eq!(code, 1, "{line}");
        found
    };
    let outside = not_run("--chunks 10 outside.csv");
    assert_eq!(outside["not_run"], 1);
    let reasons: Vec<&Value> =
        outside["chunks"].as_array().unwrap().iter().map(|it| &it["not_run"]).collect();
    assert!(reasons.iter().any(|it| *it == "1 probabilities lie outside 0–1"), "{reasons:?}");
    let empty = not_run("--chunks 1 empty.csv");
    assert_eq!(empty["chunks"][0]["not_run"], "no row has a probability");
    let words = not_run("--chunks 10 words.csv");
    assert_eq!(words["not_run"], 10);
    assert_eq!(words["notes"][0], "1,000 invalid cells of column \"d\" of \"words.csv\" count as missing");
    let f1 = words["chunks"][0]["metrics"].as_array().unwrap().iter().find(|it| it["name"] == "f1").unwrap();
    assert_eq!(f1["not_run"], "no row has both a decision and a probability");
    let nothing = not_run("--chunks 10 nothing.csv");
    assert_eq!(nothing["notes"], serde_json::json!(["the current file has no rows that could be judged"]));
    let table = [
        (
            "--reference words.csv --probability p --prediction d --target y words.csv",
            "expected only 0 and 1",
        ),
        ("--reference known.csv --probability p --prediction d --target y three.csv", "2 in a row"),
        ("--reference known.csv --probability q --target y known.csv", "no column \"q\""),
        ("--reference known.csv --probability at --target y known.csv", "expected numbers of 0 to 1"),
        ("--reference known.csv --probability p --target p known.csv", "expected only 0 and 1"),
        ("--reference outside.csv --probability p --target y known.csv", "probabilities outside 0–1"),
        ("--reference one.csv --probability p --target y known.csv", "fewer than two rows of a class"),
        ("--reference saved.json --probability p --target y known.csv", "a saved profile, which has no rows"),
        ("--reference known.csv --probability p --target y known.csv --metrics f1", "f1 needs --prediction"),
        ("--reference known.csv --probability p --target y known.csv --metrics f9", "unknown metric"),
        ("--reference known.csv --probability p --target y known.csv --chunk-rows 0", "at least one row"),
        ("--reference known.csv --probability p --target y known.csv --timestamp p --period day", "dates"),
        ("--reference known.csv --probability p --target y known.csv --period day", "--timestamp"),
    ];
    for (line, why) in table {
        let ended = driftline(folder.path(), &format!("performance {line}"), b"");
        assert_eq!((ended.code, ended.out.as_str()), (2, ""), "{line}: {}", ended.err);
        assert!(ended.err.contains(why), "{line}: {}", ended.err);
    }
}

#[test]
fn the_page_has_a_chart_of_every_metric() {
    let ended = driftline(&data(), &format!("performance {CAR_LOAN} --format html"), b"");
    assert_eq!(ended.code, 0, "{}", ended.err);
    assert_eq!(ended.out.matches("<svg class=\"chart\"").count(), 11);
    for part in [
        "class=\"estimated\" d=\"M",
        "class=\"realised\" d=\"M",
        "class=\"band\" d=\"M",
        "<circle class=\"alert\"",
        "<h2><code>roc_auc</code></h2>",
        "<p class=\"note legend\">Blue:",
    ] {
        assert!(ended.out.contains(part), "{part}");
    }
    assert!(!ended.out.contains("NaN") && !ended.out.contains("<script"));
    // A name is text.
    let folder = folder();
    std::fs::rename(folder.path().join("unknown.csv"), folder.path().join("<img>.csv")).unwrap();
    let ended = driftline(folder.path(), &format!("performance {KNOWN} --format html <img>.csv"), b"");
    assert!(
        ended.out.contains("Performance of &lt;img&gt;.csv") && !ended.out.contains("<img>"),
        "{}",
        ended.err
    );
}

#[test]
fn metrics_that_one_class_leaves_undefined_say_so() {
    let folder = folder();
    let text = "p,d,y\n0,0,0\n0,0,0\n0,0,0\n";
    std::fs::write(folder.path().join("none.csv"), text).unwrap();
    let (_, found) = json(folder.path(), &format!("{KNOWN} --chunks 1 none.csv"));
    let metrics = found["chunks"][0]["metrics"].as_array().unwrap();
    let of = |name: &str| metrics.iter().find(|it| it["name"] == name).unwrap();
    assert_eq!(of("roc_auc")["realised"], Value::Null);
    assert_eq!(of("accuracy")["realised"], 1.0);
    assert_eq!(of("accuracy")["not_run"], Value::Null);
    let is_known = of("roc_auc")["estimated"].is_number();
    assert_eq!(of("roc_auc")["not_run"].is_null(), is_known);
}

#[test]
fn the_markdown_has_a_table_of_every_metric_and_names_are_text() {
    let ended = driftline(&data(), &format!("performance {CAR_LOAN} --format markdown"), b"");
    assert_eq!(ended.code, 0, "{}", ended.err);
    assert!(ended.out.starts_with("# ⚠️ Performance of car-loan-current.csv\n"), "{}", ended.out);
    assert!(ended.out.contains("3 of 4 chunks have an estimate beyond its limits"), "{}", ended.out);
    assert_eq!(ended.out.matches("| Chunk | Rows | Estimated |").count(), 11);
    assert_eq!(ended.out.matches("| `[0:999]` | 1,000 | ").count(), 11);
    let folder = folder();
    std::fs::rename(folder.path().join("outside.csv"), folder.path().join("<img>|`@a`.csv")).unwrap();
    let line = format!("performance {KNOWN} --format markdown <img>|`@a`.csv");
    let ended = driftline(folder.path(), &line, b"");
    assert!(
        ended.out.contains("Performance of &lt;img&gt;\\|\\`&#64;a\\`.csv\n"),
        "{}{}",
        ended.err,
        ended.out
    );
    assert!(ended.out.contains("\n## Not run\n\n- `["), "{}", ended.out);
    assert!(!ended.out.contains("<img>"));
}

const INPUTS: &str = "--reference car-loan-inputs-reference.csv --probability y_pred_proba --prediction y_pred \
                      --target repaid car-loan-inputs-current.csv --chunk-rows 100";

#[test]
fn inputs_are_ranked_as_nannyml_ranks_them() {
    // Each 50th row of the synthetic car loan data; which versions is told there.
    let text = std::fs::read_to_string(data().join("car-loan-inputs-nannyml.json")).unwrap();
    let expected: Value = serde_json::from_str(&text).unwrap();
    let near = |found: &Value, expected: &Value, what: &str| {
        let (found, expected) = (number(found), number(expected));
        assert!((found - expected).abs() < 1e-10, "{what}: {found}, not {expected}");
    };
    for of in ["estimated", "realised"] {
        for metric in ["roc_auc", "recall"] {
            let (_, found) = json(&data(), &format!("{INPUTS} --rank-metric {metric} --rank-of {of}"));
            let along = &found["along"];
            assert_eq!((&along["metric"], &along["of"]), (&Value::from(metric), &Value::from(of)));
            assert_eq!(along["method"], "jensen_shannon");
            near(&along["reference_mean"], &expected[format!("{of} {metric} mean")], metric);
            let (inputs, ranks) = (
                along["inputs"].as_array().unwrap(),
                &expected[format!("{of} {metric}")].as_array().unwrap(),
            );
            assert_eq!(inputs.len(), 7);
            for (input, theirs) in inputs.iter().zip(ranks.iter()) {
                let column = theirs[0].as_str().unwrap();
                assert_eq!(input["column"], column, "{of} {metric}");
                near(&input["correlation"], &theirs[1], column);
                near(&input["p_value"], &theirs[2], column);
                near(&input["threshold"], &expected["threshold"][column], column);
                assert_eq!(input["alerts"].as_u64().unwrap() > 0, theirs[3] == true);
                for (drift, theirs) in input["drift"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .zip(expected["drift"][column].as_array().unwrap())
                {
                    near(drift, theirs, column);
                }
            }
        }
    }
    let (_, found) = json(&data(), &format!("{INPUTS} --rank alerts"));
    let counted: Vec<Value> = found["along"]["inputs"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| serde_json::json!([it["column"], it["alerts"]]))
        .collect();
    assert_eq!(Value::from(counted), expected["alerts"]);
}

#[test]
fn what_goes_along_is_said_in_words_and_few_chunks_decide_nothing() {
    let line = format!("performance {INPUTS} --rank-of estimated");
    let ended = driftline(&data(), &line, b"");
    let sentence = "3 of 7 inputs drift along with the change of estimated roc_auc: car_value, salary_range, \
                    repaid_loan_on_prev_car. A correlation is no cause";
    for part in [
        sentence,
        "! car_value                  5 of 10 chunks drift; goes with it: r = 0.86 over 10 chunks, p = 0.002\n",
        "  driver_tenure              1 of 10 chunks drift; does not go with it: r = -0.53 over 10 chunks",
    ] {
        assert!(ended.out.contains(part), "{part}: {}", ended.out);
    }
    let page = driftline(&data(), &format!("{line} --format html"), b"").out;
    assert!(page.contains(sentence) && page.contains("<th scope=\"row\">car_value</th>"), "{page}");
    let markdown = driftline(&data(), &format!("{line} --format markdown"), b"").out;
    assert!(markdown.contains("| `car_value` | 5 of 10 | 0.8573 | 0.0015 | goes with it |"), "{markdown}");
    let (_, few) = json(&data(), &INPUTS.replace("--chunk-rows 100", "--chunks 4"));
    for input in few["along"]["inputs"].as_array().unwrap() {
        assert_eq!((&input["goes_along"], &input["q_value"]), (&Value::Null, &Value::Null));
        assert!(input["sentence"].as_str().unwrap().starts_with("undecided, so few chunks"), "{input}");
    }
    assert!(few["along"]["sentence"].as_str().unwrap().ends_with("; 7 are undecided"), "{few}");
}

#[test]
fn inputs_are_what_plays_no_role_and_names_no_rows() {
    let folder = folder();
    let mut text = String::from("at,p,d,y,x,n,id,note\n");
    for i in 0..1000 {
        let (p, late) = (f64::from(i * 37 % 97) / 96.0, i / 500);
        let (y, d) = (u8::from(f64::from(i * 61 % 89) / 88.0 < p), u8::from(p >= 0.5));
        writeln!(
            text,
            "2024-01-{:02},{p:.3},{d},{y},{},{},{i},words {i}",
            i / 100 + 1,
            i % 7 + 9 * late,
            i % 5
        )
        .unwrap();
    }
    std::fs::write(folder.path().join("inputs.csv"), &text).unwrap();
    let part = |from: usize, to: usize| {
        let lines: Vec<&str> = text.lines().collect();
        format!("{}\n{}\n", lines[0], lines[from + 1..=to].join("\n"))
    };
    std::fs::write(folder.path().join("before.csv"), part(0, 500)).unwrap();
    let roles = "--reference before.csv --probability p --prediction d --target y";
    let columns = |line: &str| {
        let (_, found) = json(folder.path(), &format!("{roles} {line} inputs.csv"));
        let names = |of: &str| {
            let all = found["along"][of].as_array().unwrap();
            all.iter().map(|it| it["column"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        let mut inputs = names("inputs");
        inputs.sort();
        (inputs.join(","), names("left_out").join(","))
    };
    assert_eq!(columns("--timestamp at"), ("n,x".to_owned(), "id,note".to_owned()));
    assert_eq!(columns(""), ("n,x".to_owned(), "at,id,note".to_owned()));
    assert_eq!(columns("--inputs p,id,note,at"), ("id,note,p".to_owned(), "at".to_owned()));
    // A rest of a few rows is all chance.
    let (_, found) = json(folder.path(), &format!("{roles} --chunk-rows 99 inputs.csv"));
    let x = &found["along"]["inputs"][0];
    assert_eq!((&x["column"], &x["drift"][10].is_null()), (&Value::from("x"), &false));
    let (_, found) = json(folder.path(), &format!("{roles} --chunk-rows 199 inputs.csv"));
    assert_eq!(found["along"]["inputs"][0]["drift"][5], Value::Null);
    for (line, why) in [
        ("--inputs x,none", "no column \"none\" in \"before.csv\""),
        ("--rank-metric true_positive", "true_positive is a number of rows"),
        ("--rank-metric f1 --metrics roc_auc", "f1 is not among the metrics that are told"),
        ("--rank-metric f9", "unknown metric"),
    ] {
        let ended = driftline(folder.path(), &format!("performance {roles} {line} inputs.csv"), b"");
        assert_eq!(ended.code, 2, "{line}");
        assert!(ended.err.contains(why), "{line}: {}", ended.err);
    }
}

#[test]
fn cells_of_the_confusion_matrix_are_shares_as_nannyml_normalizes_them() {
    let text = std::fs::read_to_string(data().join("car-loan-inputs-nannyml.json")).unwrap();
    let expected: Value = serde_json::from_str(&text).unwrap();
    for (word, note) in [
        ("true", "the rows that truly are of their class"),
        ("pred", "the rows that were decided so"),
        ("all", "all rows"),
    ] {
        let (_, found) = json(&data(), &format!("{INPUTS} --normalize {word} --rank-metric true_positive"));
        assert_eq!(
            (&found["normalized"], &found["along"]["metric"]),
            (&word.into(), &"true_positive".into())
        );
        assert_eq!(found["notes"][0], format!("the cells of the confusion matrix are shares of {note}"));
        for (name, theirs) in expected["normalized"][word].as_object().unwrap() {
            for (at, chunk) in found["chunks"].as_array().unwrap().iter().enumerate() {
                let metrics = chunk["metrics"].as_array().unwrap();
                let it = metrics.iter().find(|it| it["name"] == *name).unwrap();
                for (ours, theirs) in [
                    (&it["estimated"], &theirs["value"][at]),
                    (&it["sampling_error"], &theirs["sampling_error"][at]),
                    (&it["realised"], &theirs["realized"][at]),
                    (&it["limits"]["lower"], &theirs["lower"]),
                    (&it["limits"]["upper"], &theirs["upper"]),
                    (&it["band"]["lower"], &theirs["low"][at]),
                    (&it["band"]["upper"], &theirs["high"][at]),
                ] {
                    let (ours, theirs) = (number(ours), number(theirs));
                    assert!((ours - theirs).abs() < 1e-10, "{word} {name} {at}: {ours}, not {theirs}");
                }
                assert_eq!(it["alert"], theirs["alert"][at], "{word} {name} {at}");
            }
        }
    }
    let folder = folder();
    std::fs::write(folder.path().join("none.csv"), "p,d,y\n0.1,0,0\n0.2,0,1\n0.3,0,0\n").unwrap();
    let (_, found) = json(folder.path(), &format!("{KNOWN} --normalize pred --chunks 1 none.csv"));
    let metrics = found["chunks"][0]["metrics"].as_array().unwrap();
    let it = metrics.iter().find(|it| it["name"] == "true_positive").unwrap();
    assert_eq!((&it["estimated"], &it["realised"]), (&Value::Null, &Value::Null));
    assert_eq!(it["not_run"], "there is no row that it could be a share of");
    let line = "performance --reference known.csv --probability p --target y --normalize all known.csv";
    let ended = driftline(folder.path(), line, b"");
    assert!(ended.code == 2 && ended.err.contains("--prediction"), "{}", ended.err);
}
