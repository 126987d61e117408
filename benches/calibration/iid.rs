//! Two samples of one law, many times over: in how many runs some column is called drifted; and of the first column moved by half a
//! standard deviation, in how many it is.

use std::ops::Range;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use driftline::drift::like::{Chunk, Tool};
use driftline::drift::{self, Outcome};
use driftline::engine::{self, By, Options, Reference};
use driftline::profile::Profile;

use super::draw::{self, Law};
use super::{Bytes, drifted, percent, scanned, wilson};

/// The upper end of the 95 % interval of the false alarms of a row that had all of its runs.
const LIMIT: f64 = 0.065;
/// A row that passes the limit goes on to so many times its runs: of 2,000 runs at a rate of exactly 5 %, one in five passes
/// it by chance, of 8,000 one in 15,000.
const MORE: u64 = 4;
/// Alarms that are promised at most.
const LEVEL: f64 = 0.05;
/// Runs with drift, and runs of other tools.
const FEWER: u64 = 200;
/// Chunks of NannyML.
const CHUNKS: u64 = 10;
/// Cells of a table beyond which the other tools are asked in fewer runs.
const LARGE: u64 = 19_000;

/// Rows of the reference and of the current file, and columns.
const SIZES: [(u64, u64, u64); 17] = [
    (30, 30, 1),
    (100, 100, 1),
    (1_000, 1_000, 1),
    (30, 30, 20),
    (10_000, 30, 1),
    (10_000, 100, 1),
    (10_000, 1_000, 1),
    (10_000, 10_000, 1),
    (1_000, 1_000, 20),
    (100, 100, 200),
    (10_000, 100, 20),
    (1_000, 1_000, 200),
    (10_000, 10_000, 20),
    (100_000, 100_000, 1),
    (1_000_000, 1_000, 1),
    (1_000_000, 1_000_000, 1),
    (10_000, 10_000, 200),
];

/// What was counted in some runs.
#[derive(Debug, Clone, Copy, Default)]
struct Counted {
    runs: u64,
    alarms: u64,
    planted: u64,
    found: u64,
    /// Runs of Evidently and NannyML, their alarms, and what they found.
    others: u64,
    alarmed: [u64; 2],
    with_drift: u64,
    seen: [u64; 2],
}

impl Counted {
    fn add(&mut self, other: Counted) {
        self.runs += other.runs;
        self.alarms += other.alarms;
        self.planted += other.planted;
        self.found += other.found;
        self.others += other.others;
        self.with_drift += other.with_drift;
        for i in 0..2 {
            self.alarmed[i] += other.alarmed[i];
            self.seen[i] += other.seen[i];
        }
    }
}

/// Prints the table; whether all of it is within its limits.
pub(crate) fn table(runs: u64, most: Option<u64>) -> bool {
    println!(
        "| law | rows before | rows now | columns | runs | false alarms | upper 95 % | found | Evidently: alarms | found | NannyML: alarms | found |"
    );
    println!("|---|---|---|---|---|---|---|---|---|---|---|---|");
    let mut within = true;
    for (reference, current, columns) in SIZES {
        for law in Law::ALL {
            let cells = (reference + current) * columns;
            let runs = most.map_or(runs, |most| runs.min((most / cells).max(20)));
            let sizes = (reference, current, columns);
            let mut counted = row(law, sizes, 0..runs, runs);
            let (mut low, mut high) = wilson(counted.alarms, counted.runs);
            if runs >= 2_000 && high > LIMIT {
                counted.add(row(law, sizes, runs..MORE * runs, runs));
                (low, high) = wilson(counted.alarms, counted.runs);
            }
            // Few runs cannot show that a rate is below the limit, only that it is above what is promised.
            let is_within = if runs >= 2_000 { high <= LIMIT } else { low <= LEVEL };
            within &= is_within;
            println!(
                "| {} | {reference} | {current} | {columns} | {} | {} | {:.1} %{} | {} | {} | {} | {} | {} |",
                law.word(),
                counted.runs,
                percent(counted.alarms, counted.runs),
                100.0 * high,
                if is_within { "" } else { " **!**" },
                percent(counted.found, counted.planted),
                percent(counted.alarmed[0], counted.others),
                percent(counted.seen[0], counted.with_drift),
                percent(counted.alarmed[1], counted.others),
                percent(counted.seen[1], counted.with_drift),
            );
        }
    }
    within
}

/// These runs of a row, on all cores; each is seeded by its number, so how many cores there are does not matter.
fn row(law: Law, sizes: (u64, u64, u64), of: Range<u64>, runs: u64) -> Counted {
    let (next, all) = (AtomicU64::new(of.start), Mutex::new(Counted::default()));
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                let mut own = Counted::default();
                loop {
                    let run = next.fetch_add(1, Ordering::Relaxed);
                    if run >= of.end {
                        break;
                    }
                    own.add(one(law, sizes, run, runs));
                }
                all.lock().unwrap().add(own);
            });
        }
    });
    all.into_inner().unwrap()
}

fn one(law: Law, (rows, rows_now, columns): (u64, u64, u64), run: u64, runs: u64) -> Counted {
    let seed = 1_000 * run + law as u64;
    let draw = |rows, stream: u64, moved| draw::table(law, rows, columns, seed + 10 * stream, moved);
    let text = draw(rows, 1, false);
    let reference = Reference::Scanned(Box::new(scanned(text.clone(), None)));
    let before = reference.profile().unwrap();
    let own = |now: &Profile| -> Vec<String> {
        let found = drift::compare(&before, now, &drift::Options::default()).columns;
        found.into_iter().filter(|it| it.outcome == Outcome::Drifted).map(|it| it.column).collect()
    };
    let mut counted = Counted { runs: 1, ..Counted::default() };
    let same = draw(rows_now, 2, false);
    let now = scanned(same.clone(), Some(&reference)).profile();
    counted.alarms = u64::from(!own(&now).is_empty());
    let fewer = if (rows + rows_now) * columns > LARGE { 10 } else { FEWER };
    // Runs with drift, and those of other tools, are spread evenly.
    if !run.is_multiple_of((runs / fewer).max(1)) {
        return counted;
    }
    let moved = draw(rows_now, 3, true);
    let there = scanned(moved.clone(), Some(&reference)).profile();
    (counted.planted, counted.found) = (1, u64::from(own(&there).iter().any(|it| it == "v1")));
    (counted.others, counted.with_drift) = (1, 1);
    counted.alarmed[0] = u64::from(!drifted(Tool::Evidently, (&before, &now), None).is_empty());
    counted.seen[0] =
        u64::from(drifted(Tool::Evidently, (&before, &there), None).iter().any(|it| it == "v1"));
    let of_reference = chunks(text, &reference);
    let nannyml = |text: Vec<u8>, now: &Profile| {
        drifted(Tool::NannyMl, (&before, now), Some((&of_reference, &chunks(text, &reference))))
    };
    counted.alarmed[1] = u64::from(!nannyml(same, &now).is_empty());
    counted.seen[1] = u64::from(nannyml(moved, &there).iter().any(|it| it == "v1"));
    counted
}

/// The ten chunks of a file.
fn chunks(text: Vec<u8>, reference: &Reference) -> Vec<Chunk> {
    let state = scanned(text.clone(), Some(reference));
    let options = Options { threads: 1, ..Options::default() };
    let split = engine::split(&Bytes(text), &state, &options, &By::Parts(CHUNKS)).unwrap();
    split.intervals.into_iter().map(|it| Chunk { key: it.key, profile: it.state.profile() }).collect()
}
