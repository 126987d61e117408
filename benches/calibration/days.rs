//! Real days: the flights that left New York in 2013, each day against the 28 before it; the same rows with their days permuted; and
//! with what is planted on single days.

use driftline::cell::period::Period;
use driftline::drift;
use driftline::drift::like::{Chunk, Tool};
use driftline::engine::{self, By, History, Over, WINDOW};
use driftline::finding::{Severity, Status};
use driftline::num::hash;

use super::{Bytes, drifted, percent, scanned};

const FILE: &str = "target/data/flights.csv";
const COLUMNS: [&str; 13] = [
    "dep_time",
    "sched_dep_time",
    "dep_delay",
    "arr_time",
    "sched_arr_time",
    "arr_delay",
    "carrier",
    "flight",
    "tailnum",
    "origin",
    "dest",
    "air_time",
    "distance",
];
/// Days that something is planted on: from this one on every so many.
const PLANTED: (usize, usize) = (60, 29);
/// The most days that may ring: real ones, and permuted ones.
const LIMITS: (f64, f64) = (0.10, 0.05);

/// What is planted: a word, the column, and what becomes of its cell in a row.
type Plant = (&'static str, &'static str, fn(&str, usize) -> String);

const PLANTS: [Plant; 5] = [
    ("distance in kilometres", "distance", |it, _| times(it, 1.609_344)),
    ("delays in seconds", "dep_delay", |it, _| times(it, 60.0)),
    (
        "a tenth of the air times missing",
        "air_time",
        |it, row| if row % 10 == 0 { String::new() } else { it.into() },
    ),
    ("a carrier of another name", "carrier", |it, _| if it == "UA" { "UAL".into() } else { it.into() }),
    ("a fifth of the delays at 0", "arr_delay", |it, row| if row % 5 == 0 { "0".into() } else { it.into() }),
];

fn times(cell: &str, factor: f64) -> String {
    cell.parse::<f64>().map_or_else(|_| cell.to_owned(), |it| format!("{:.0}", it * factor))
}

/// Other tools are asked on every so many days.
const OTHERS: usize = 4;

/// Days that ring, and planted ones that were found: by ours with what is usual, ours without, Evidently, NannyML.
#[derive(Debug, Default)]
struct Rung {
    /// On which we were asked, and the others.
    days: [u64; 2],
    alarms: [u64; 4],
    planted: u64,
    found: [[u64; 4]; PLANTS.len()],
}

/// Prints the table; whether it is within its limits. Without the file it says so.
pub(crate) fn table() -> bool {
    let Ok(text) = std::fs::read_to_string(FILE) else {
        println!("\nNo {FILE}: scripts/real-data.sh puts it there.");
        return true;
    };
    let rows = rows(&text);
    println!(
        "\n| days | ours, with history | ours, pairs only | Evidently, any column | NannyML, any column |"
    );
    println!("|---|---|---|---|---|");
    let real = rung(&rows, false);
    told("real days that ring", real.alarms, real.days);
    let permuted = rung(&permute(&rows), false);
    told("permuted days that ring", permuted.alarms, permuted.days);
    let planted = rung(&rows, true);
    for (plant, found) in PLANTS.iter().zip(planted.found) {
        told(&format!("found: {}", plant.0), found, [planted.planted; 2]);
    }
    let share = |it: &Rung| it.alarms[0] as f64 / it.days[0].max(1) as f64;
    share(&real) <= LIMITS.0 && share(&permuted) <= LIMITS.1
}

/// A row: ours is asked on all days, the other tools on some.
fn told(word: &str, counts: [u64; 4], of: [u64; 2]) {
    let cells: Vec<String> = counts
        .iter()
        .enumerate()
        .map(|(i, it)| format!("{} of {}", percent(*it, of[i / 2]), of[i / 2]))
        .collect();
    println!("| {word} | {} |", cells.join(" | "));
}

/// Day and cells of every flight, in file order.
fn rows(text: &str) -> Vec<(String, Vec<&str>)> {
    let header: Vec<&str> = text.lines().next().unwrap().split(',').collect();
    let at = |name: &str| header.iter().position(|it| *it == name).unwrap();
    let (month, day, kept) = (at("month"), at("day"), COLUMNS.map(at));
    text.lines()
        .skip(1)
        .map(|line| {
            let cells: Vec<&str> = line.split(',').collect();
            let date = format!("2013-{:0>2}-{:0>2}", cells[month], cells[day]);
            (date, kept.iter().map(|it| cells[*it]).collect())
        })
        .collect()
}

/// The same rows, their days permuted.
fn permute<'a>(rows: &[(String, Vec<&'a str>)]) -> Vec<(String, Vec<&'a str>)> {
    let mut days: Vec<String> = rows.iter().map(|it| it.0.clone()).collect();
    for i in (1..days.len()).rev() {
        days.swap(i, (hash::word(2_013, i as u64) % (i as u64 + 1)) as usize);
    }
    days.into_iter().zip(rows).map(|(day, row)| (day, row.1.clone())).collect()
}

/// The days that are planted.
fn planted(rows: &[(String, Vec<&str>)]) -> Vec<String> {
    let mut days: Vec<&String> = rows.iter().map(|it| &it.0).collect();
    days.sort_unstable();
    days.dedup();
    days.into_iter().skip(PLANTED.0).step_by(PLANTED.1).cloned().collect()
}

fn csv(rows: &[(String, Vec<&str>)], days: &[String]) -> Vec<u8> {
    let plants = COLUMNS.map(|name| PLANTS.iter().find(|it| it.1 == name));
    let mut text = format!("date,{}\n", COLUMNS.join(","));
    for (i, (day, cells)) in rows.iter().enumerate() {
        text.push_str(day);
        let is_planted = days.contains(day);
        for (plant, cell) in plants.iter().zip(cells) {
            text.push(',');
            match plant.filter(|_| is_planted) {
                Some(plant) => text.push_str(&plant.2(cell, i)),
                None => text.push_str(cell),
            }
        }
        text.push('\n');
    }
    text.into_bytes()
}

fn rung(rows: &[(String, Vec<&str>)], plants: bool) -> Rung {
    let days = if plants { planted(rows) } else { Vec::new() };
    let text = csv(rows, &days);
    let state = scanned(text.clone(), None);
    let options = engine::Options { threads: 1, ..engine::Options::default() };
    let by = By::Time { column: "date".into(), period: Period::Day };
    let split = engine::split(&Bytes(text), &state, &options, &by).unwrap();
    let intervals: Vec<Chunk> = split
        .intervals
        .iter()
        .map(|it| {
            let mut profile = it.state.profile();
            profile.source.content_hash.clear();
            Chunk { key: it.key.clone(), profile }
        })
        .collect();
    let summary = History::of_split(split.clone(), None, WINDOW, &[]).unwrap().summary().1;
    let mut history = History::new(Over::Periods("day"), None, WINDOW).unwrap();
    let mut rung = Rung::default();
    for (i, (interval, chunk)) in split.intervals.iter().zip(&intervals).enumerate() {
        let known = if i < WINDOW { None } else { history.next().unwrap() };
        if let Some(before) = known {
            let is_planted = days.contains(&chunk.key);
            // With plants only the planted days are of interest.
            let asks_others = if plants { is_planted } else { i % OTHERS == 0 };
            let said = four(&before, &intervals, i, (&summary, asks_others));
            rung.days[0] += 1;
            rung.days[1] += u64::from(asks_others);
            rung.planted += u64::from(is_planted);
            for (at, columns) in said.iter().enumerate() {
                rung.alarms[at] += u64::from(!columns.is_empty());
                for (plant, found) in PLANTS.iter().zip(&mut rung.found) {
                    found[at] += u64::from(is_planted && columns.iter().any(|name| name == plant.1));
                }
            }
        }
        let saved = interval.state.save(&chunk.profile, driftline::profile::saved::Redact::None);
        history.add_profile(&chunk.key, None, &chunk.profile, saved).unwrap();
    }
    rung
}

/// The columns that ring on a day: ours with what is usual, ours without, Evidently, NannyML.
fn four(
    before: &driftline::profile::Profile,
    days: &[Chunk],
    at: usize,
    (summary, asks_others): (&driftline::report::wire::Timeline, bool),
) -> [Vec<String>; 4] {
    let now = &days[at].profile;
    let tripped = summary.columns.iter().filter(|it| it.tripped.contains(&(at as u64)));
    let usual = tripped.map(|it| it.column.clone()).collect();
    let compared = drift::compare(before, now, &drift::Options::default()).findings;
    let warns =
        |it: &driftline::finding::Finding| it.status == Status::Fail && it.severity >= Severity::Warning;
    let pairs = compared.into_iter().filter(warns).filter_map(|it| it.column).collect();
    if !asks_others {
        return [usual, pairs, Vec::new(), Vec::new()];
    }
    let is_no_day = |it: &String| it != "date";
    let evidently = drifted(Tool::Evidently, (before, now), None).into_iter().filter(is_no_day).collect();
    let chunks = Some((&days[at - WINDOW..at], &days[at..=at]));
    let nannyml = drifted(Tool::NannyMl, (before, now), chunks).into_iter().filter(is_no_day).collect();
    [usual, pairs, evidently, nannyml]
}
