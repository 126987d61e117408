//! Day two as a command: a folder of profiles that a file is held against and added to, and files that are cut into
//! intervals; and how often real days trip.

use std::fmt::Write as _;
use std::path::Path;

use driftline::cell::period::Period;
use driftline::engine::{self, By, Governing, History, Options, Request};
use driftline::report::wire::Report;
use serde_json::Value;

use crate::command::driftline;
use crate::files::{Bytes, real};

/// A day of a feed whose level varies from day to day and is far off on some.
fn day(folder: &Path, day: u32, level: f64) -> String {
    let mut text = String::from("id,amount,kind\n");
    for i in 0..800_u32 {
        let noise = f64::from((i * 7_919 + day * 104_729) % 1_000) / 500.0;
        let kind = ["a", "b", "c"][((i + day) % 3) as usize];
        writeln!(text, "{day}{i:04},{:.3},{kind}", level + noise).unwrap();
    }
    let name = format!("feed_2024-03-{day:02}.csv");
    std::fs::write(folder.join(&name), text).unwrap();
    name
}

/// What varies usually.
fn usual(day: u32) -> f64 {
    f64::from(day % 4) / 4.0
}

fn run(folder: &Path, line: &str) -> (i32, Value) {
    let ended = driftline(folder, &format!("{line} --format json"), b"");
    let json = serde_json::from_str(&ended.out).unwrap_or_else(|_| panic!("{line}: {}", ended.err));
    (ended.code, json)
}

fn severities(report: &Value, column: &str) -> Vec<String> {
    let findings = report["findings"].as_array().unwrap().iter();
    let of = findings.filter(|it| it["column"] == column && it["status"] == "fail");
    of.map(|it| it["severity"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_folder_of_profiles_says_what_is_usual() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let reference = day(at, 1, usual(1));
    let line = |name: &str| format!("drift --reference {reference} --history past {name} --fail-on warning");
    for number in 2..14 {
        let (code, report) = run(at, &line(&day(at, number, usual(number))));
        let known = report["findings"]
            .as_array()
            .unwrap()
            .iter()
            .any(|it| it["rule"] == "history" && it["status"] == "pass");
        assert_eq!(known, number >= 12, "day {number}");
        assert!(number < 12 || code == 0, "day {number}: what has been before is no alarm");
    }
    // Within what has been, then beyond it, twice.
    assert_eq!(run(at, &line(&day(at, 14, usual(3)))).0, 0);
    let (code, report) = run(at, &line(&day(at, 15, 3.0)));
    assert_eq!((code, severities(&report, "amount")), (1, vec!["warning".to_owned()]));
    let (_, report) = run(at, &line(&day(at, 16, 3.0)));
    let series = report["timeline"]["columns"].as_array().unwrap();
    let amount = series.iter().find(|it| it["column"] == "amount").unwrap();
    assert_eq!(amount["alerts"], serde_json::json!([14]), "two of three");
    // A late file takes its own place, and a file that is run again stays one interval.
    let before = std::fs::read_dir(at.join("past")).unwrap().count();
    let (_, again) = run(at, &line("feed_2024-03-14.csv"));
    assert_eq!(again["timeline"]["intervals"].as_array().unwrap().len(), 13);
    assert_eq!(std::fs::read_dir(at.join("past")).unwrap().count(), before);
    // What is said to be normal is usual from then on.
    assert_eq!(driftline(at, "history past --normal 2024-03-15", b"").code, 0);
    let listed = driftline(at, "history past", b"").out;
    assert!(listed.contains("2024-03-15") && listed.lines().any(|it| it.ends_with("normal")), "{listed}");
    assert_eq!(run(at, &line("feed_2024-03-16.csv")).0, 0);
    assert_eq!(driftline(at, "history past --incident 2024-03-15", b"").code, 0);
    assert_eq!(run(at, &line("feed_2024-03-16.csv")).0, 1);
    assert_eq!(driftline(at, "history past --incident 2023-01-01", b"").code, 2);
}

#[test]
fn without_a_reference_an_interval_is_compared_with_those_before_it() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    for number in 1..=9 {
        let (code, report) = run(at, &format!("drift --history past {}", day(at, number, usual(number))));
        assert_eq!(code, 0);
        assert_eq!(report["drift"].as_array().unwrap().is_empty(), number == 1, "day {number}");
    }
    let (_, report) = run(at, &format!("drift --history past {}", day(at, 10, usual(2))));
    assert_eq!(report["reference"]["rows"], 9 * 800);
    let (_, few) = run(at, &format!("drift --history past --window 3 {}", day(at, 11, usual(3))));
    assert_eq!(few["reference"]["rows"], 3 * 800);
}

#[test]
fn an_interval_needs_a_name() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    std::fs::rename(at.join(day(at, 1, 0.0)), at.join("today.csv")).unwrap();
    let ended = driftline(at, "drift --history past today.csv", b"");
    assert_eq!(ended.code, 2);
    assert!(ended.err.contains("--interval 2026-01-31"), "{}", ended.err);
    assert_eq!(driftline(at, "drift --history past --interval run-7 today.csv", b"").code, 0);
    assert!(at.join("past/run-7.profile.json").exists());
    assert_eq!(driftline(at, "drift --history past --interval ../x today.csv", b"").code, 2);
    // The newest time of the rows says which day it is.
    std::fs::write(at.join("timed.csv"), "created_at,x\n2024-05-01T10:00:00,1\n2024-05-02T09:00:00,2\n")
        .unwrap();
    assert_eq!(driftline(at, "drift --history past timed.csv", b"").code, 0);
    assert!(at.join("past/2024-05-02.profile.json").exists());
}

#[test]
fn several_files_are_intervals_by_the_dates_in_their_names() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let mut names: Vec<String> =
        (1..=13).map(|it| day(at, it, if it == 13 { 4.0 } else { usual(it) })).collect();
    names.reverse();
    let (_, reports) = run(at, &format!("drift --reference {} {}", names[12], names[..12].join(" ")));
    let last = reports.as_array().unwrap().last().unwrap();
    assert_eq!(last["source"]["name"], "feed_2024-03-13.csv");
    let timeline = &last["timeline"];
    assert_eq!(timeline["intervals"].as_array().unwrap().len(), 12);
    assert_eq!(timeline["intervals"][11]["tripped"], 1);
}

#[test]
fn a_day_without_rows_is_told_and_does_not_make_the_next_one_the_first() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let names: Vec<String> = (1..=10).map(|it| day(at, it, usual(it))).collect();
    for text in ["", "<!doctype html>\n", "id,amount,kind\n"] {
        std::fs::write(at.join(&names[8]), text).unwrap();
        for name in &names[..9] {
            let code = driftline(at, &format!("drift --history past {name}"), b"").code;
            assert_eq!(code != 0, *name == names[8], "{text:?} {name}");
        }
        let (code, next) = run(at, &format!("drift --history past {}", names[9]));
        assert_eq!((code, &next["reference"]["rows"]), (0, &Value::from(6_400)), "{text:?}");
        std::fs::remove_dir_all(at.join("past")).unwrap();
    }
}

#[test]
fn a_day_that_lacks_a_column_is_no_other_table_and_two_are() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let names: Vec<String> = (1..=15).map(|it| day(at, it, usual(it))).collect();
    let without_kind = |name: &str| {
        let text = std::fs::read_to_string(at.join(name)).unwrap();
        let rows: Vec<&str> = text.lines().map(|it| it.rsplit_once(',').unwrap().0).collect();
        std::fs::write(at.join(name), rows.join("\n")).unwrap();
    };
    for i in [9, 12, 13, 14] {
        without_kind(&names[i]);
    }
    let held: Vec<(i32, u64)> = names
        .iter()
        .map(|name| {
            let (code, report) = run(at, &format!("drift --history past {name}"));
            (code, report["reference"]["rows"].as_u64().unwrap_or(0))
        })
        .collect();
    // The tenth day lacks it, and the eleventh is held against the nine before; from the thirteenth on it stays away.
    assert_eq!(held[9..], [(1, 7_200), (0, 7_200), (0, 8_000), (1, 8_800), (1, 8_800), (0, 1_600)]);
}

#[test]
fn pagerduty_opens_holds_and_resolves_as_the_alert_does() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let reference = day(at, 1, usual(1));
    let mut said = Vec::new();
    for number in 2..=21 {
        let level = if matches!(number, 14 | 15) { 6.0 } else { usual(number) };
        let name = day(at, number, level);
        let ended = driftline(
            at,
            &format!("drift --reference {reference} --history past {name} --format pagerduty"),
            b"",
        );
        let events: Value = serde_json::from_str(&ended.out).unwrap();
        let of = |it: &&Value| it["dedup_key"].as_str().is_some_and(|key| key.contains("/drift/"));
        let action = events.as_array().unwrap().iter().find(of).map(|it| it["event_action"].clone());
        said.push(action.map_or_else(String::new, |it| it.as_str().unwrap().to_owned()));
    }
    let wanted =
        ["resolve", "resolve", "trigger", "trigger", "trigger", "resolve", "resolve", "resolve", "resolve"];
    assert_eq!(said[11..], wanted);
}

#[test]
fn exports_tell_the_timeline() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let mut text = String::from("t,<b>|x\n");
    for day in 1..=20_u32 {
        for i in 0..200_u32 {
            let level = if day >= 19 { 5.0 } else { 0.0 };
            writeln!(text, "2024-03-{day:02},{:.2}", f64::from(i * 7_919 % 1_000) / 300.0 + level).unwrap();
        }
    }
    std::fs::write(at.join("month.csv"), text).unwrap();
    let out = |format: &str| driftline(at, &format!("drift --by t month.csv --format {format}"), b"").out;
    let html = out("html");
    for part in [
        "<h2>Over time</h2>",
        "<p>13 of 20 intervals were compared with those before it.</p>",
        "<th scope=\"row\">&lt;b&gt;|x</th>",
        "<i class=\"severe\" title=\"2024-03-20: ",
        "\">!</i>",
        "<th scope=\"row\">2024-03-20</th><td class=\"n\">200</td><td>&lt;b&gt;|x</td><td>&lt;b&gt;|x</td>",
    ] {
        assert!(html.contains(part), "{part}\n{html}");
    }
    let markdown = out("markdown");
    for part in [
        "### Over time",
        "| `<b>\\|x` | ",
        "| `2024-03-20` | 200 | &lt;b&gt;\\|x | &lt;b&gt;\\|x |",
        "| stands |",
    ] {
        assert!(markdown.contains(part), "{part}\n{markdown}");
    }
}

#[test]
fn any_format_is_cut_into_the_same_intervals() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let (mut csv, mut lines) = (String::from("t,x\n"), String::new());
    for i in 0..3_000_u32 {
        let t = format!("2024-03-{:02}", 1 + i * 13 % 20);
        let x = f64::from(i * 7_919 % 1_000) / 10.0;
        writeln!(csv, "{t},{x:?}").unwrap();
        writeln!(lines, "{{\"t\": \"{t}\", \"x\": {x:?}}}").unwrap();
    }
    let array = format!("[{}]", lines.trim_end().replace('\n', ","));
    let zipped = {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        std::io::Write::write_all(&mut encoder, csv.as_bytes()).unwrap();
        encoder.finish().unwrap()
    };
    for (name, bytes) in [
        ("a.csv", csv.as_bytes()),
        ("a.jsonl", lines.as_bytes()),
        ("a.json", array.as_bytes()),
        ("a.csv.gz", &zipped),
    ] {
        std::fs::write(at.join(name), bytes).unwrap();
    }
    let (_, expected) = run(at, "drift --by t a.csv");
    assert_eq!(expected["timeline"]["intervals"].as_array().unwrap().len(), 20);
    assert!(expected["timeline"]["columns"][0]["psi"][19].is_number());
    for name in ["a.jsonl", "a.json", "a.csv.gz"] {
        assert_eq!(run(at, &format!("drift --by t {name}")).1["timeline"], expected["timeline"], "{name}");
    }
    let (_, one) = run(at, "drift --by t a.csv --threads 1 --unit-bytes 1KiB");
    assert_eq!(one["timeline"], expected["timeline"]);
    let (_, weeks) = run(at, "drift --by t --period week a.csv");
    assert_eq!(weeks["timeline"]["by"], "week");
    let (_, parts) = run(at, "drift --chunks 10 --reference a.csv a.csv");
    assert!(parts["timeline"]["intervals"].as_array().unwrap().iter().all(|it| it["rows"] == 300));
    assert_eq!(driftline(at, "drift --by x a.csv", b"").code, 2);
    assert_eq!(driftline(at, "drift a.csv", b"").code, 2);
}

/// The report on a table that is cut into days.
fn by_day(text: &str, column: &str) -> Report {
    let source = Bytes(text.as_bytes().to_vec());
    let options = Options { name: "flights.csv".into(), threads: 2, ..Options::default() };
    let state = engine::scan(&source, &options, Governing::default(), &|_| {}).unwrap();
    let by = By::Time { column: column.into(), period: Period::Day };
    let split = engine::split(&source, &state, &options, &by).unwrap();
    let history = History::of_split(split, None, engine::WINDOW, &[]).unwrap();
    let request = Request { current: &state, reference: None, as_of: None, drift: None };
    engine::report_over(request, &state.profile(), &history).unwrap()
}

/// The share of days with a known history on which some column tripped.
fn tripped(report: &Report) -> f64 {
    let known = &report.timeline.as_ref().unwrap().intervals[17..];
    known.iter().filter(|it| it.tripped > 0).count() as f64 / known.len() as f64
}

#[test]
fn real_days_trip_seldom_and_planted_ones_at_once() {
    let all = String::from_utf8(real("flights.csv").0).unwrap();
    let header = all.lines().next().unwrap();
    let at = |name: &str| header.split(',').position(|it| it == name).unwrap();
    let (month, day, delay) = (at("month"), at("day"), at("dep_delay"));
    let kept =
        ["dep_time", "dep_delay", "arr_delay", "carrier", "origin", "dest", "air_time", "distance"].map(at);
    let mut text = String::from("date,dep_time,dep_delay,arr_delay,carrier,origin,dest,air_time,distance\n");
    for row in all.lines().skip(1) {
        let cells: Vec<&str> = row.split(',').collect();
        let date = format!("2013-{:0>2}-{:0>2}", cells[month], cells[day]);
        // On one day of October the distances are in kilometres, and the delays in seconds.
        let planted = date == "2013-10-17";
        let cell = |&i: &usize| match cells[i].parse::<f64>() {
            Ok(miles) if planted && i == at("distance") => format!("{:.0}", miles * 1.609_344),
            Ok(minutes) if planted && i == delay => format!("{:.0}", minutes * 60.0),
            _ => cells[i].to_owned(),
        };
        writeln!(text, "{date},{}", kept.iter().map(cell).collect::<Vec<_>>().join(",")).unwrap();
    }
    let report = by_day(&text, "date");
    let share = tripped(&report);
    assert!(share <= 0.10, "{share}");
    let timeline = report.timeline.as_ref().unwrap();
    let planted = timeline.intervals.iter().position(|it| it.key == "2013-10-17").unwrap() as u64;
    for name in ["distance", "dep_delay"] {
        let series = timeline.columns.iter().find(|it| it.column == name).unwrap();
        assert!(series.tripped.contains(&planted), "{name}");
    }
}

#[test]
fn counters_and_times_as_integers_are_left_out_of_a_feed_of_saved_profiles() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let mut report = Value::Null;
    for number in 1..=14_i64 {
        let mut text = String::from("row,order_id,sent_ts,amount\n");
        for i in 0..700_i64 {
            let (row, amount) = (number * 1_000 + i, (i * 7_919 + number * 104_729) % 1_000);
            let sent = 1_709_251_200 + number * 86_400 + i / 5 * 60;
            writeln!(text, "{row},{},{sent},{amount}", row * 37).unwrap();
        }
        let name = format!("feed_2024-03-{number:02}.csv");
        std::fs::write(at.join(&name), text).unwrap();
        report = run(at, &format!("drift --history past {name}")).1;
    }
    // All but the last day are known by their saved profiles alone.
    let columns = report["timeline"]["columns"].as_array().unwrap();
    let names: Vec<_> = columns.iter().map(|it| it["column"].as_str().unwrap()).collect();
    assert_eq!(names, ["amount"], "{columns:?}");
    let why = |column: &str| {
        let drift = report["drift"].as_array().unwrap().iter().find(|it| it["column"] == column).unwrap();
        drift["reason"].as_str().unwrap().to_owned()
    };
    assert!(why("row").starts_with("an id") && why("order_id").starts_with("an id"));
    assert!(why("sent_ts").starts_with("it follows the split in time: 2024-03-0"), "{}", why("sent_ts"));
}
