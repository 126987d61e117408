//! How often a comparison alarms where nothing has drifted, and how often it finds what has: `make calibration`. Two tables, in
//! Markdown: samples of one law (`iid`), and real days (`days`, of `target/data/flights.csv`), each beside the defaults of Evidently
//! and NannyML as `drift --as` reproduces them. Ends with 1 where a limit is passed.
//!
//! `CALIBRATION_RUNS` is the number of runs a cell (2000), `CALIBRATION_CELLS` the most cells of a table that a row of the table may
//! draw in all of its runs (none unless given): rows of large tables then have fewer runs, and say how many.

#![allow(
    missing_docs,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::unwrap_used,
    clippy::disallowed_methods
)]

mod days;
mod draw;
mod iid;

use driftline::drift::like::{self, Chunk, Chunks, Tool};
use driftline::engine::{self, Governing, Options, Reference, State};
use driftline::profile::Profile;

fn main() {
    let asked: Vec<String> = std::env::args().skip(1).filter(|it| !it.starts_with('-')).collect();
    let wants = |part: &str| asked.is_empty() || asked.iter().any(|it| it == part);
    let mut within = true;
    if wants("iid") {
        within &= iid::table(number("CALIBRATION_RUNS").unwrap_or(2_000), number("CALIBRATION_CELLS"));
    }
    if wants("days") {
        within &= days::table();
    }
    if !within {
        eprintln!("a limit is passed");
        std::process::exit(1);
    }
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().and_then(|it| it.parse().ok())
}

/// The state of a CSV file, read as its reference says.
fn scanned(text: Vec<u8>, reference: Option<&Reference>) -> State {
    let options = Options { name: "drawn.csv".into(), threads: 1, ..Options::default() };
    let governing = reference.map_or_else(Governing::default, |it| engine::governing(Some(it), None));
    engine::scan(&Bytes(text), &options, governing, &|_| {}).unwrap()
}

/// The columns that a tool's defaults call drifted.
fn drifted(tool: Tool, both: (&Profile, &Profile), chunks: Option<(&[Chunk], &[Chunk])>) -> Vec<String> {
    let chunks = chunks.map(|(reference, current)| Chunks { reference, current, rows: &[] });
    let said = like::compare(both, chunks, &[], &like::Options::of(tool)).unwrap();
    said.columns.into_iter().filter(|it| it.drifted == Some(true)).map(|it| it.column).collect()
}

/// The 95 % interval of a share, k of n, by Wilson.
fn wilson(k: u64, n: u64) -> (f64, f64) {
    const Z: f64 = 1.959_963_984_540_054;
    let (n, p) = (n as f64, k as f64 / n.max(1) as f64);
    let middle = p + Z * Z / (2.0 * n);
    let half = Z * driftline::num::sqrt(p * (1.0 - p) / n + Z * Z / (4.0 * n * n));
    let whole = 1.0 + Z * Z / n;
    ((middle - half) / whole, (middle + half) / whole)
}

fn percent(k: u64, n: u64) -> String {
    if n == 0 { "–".into() } else { format!("{:.1} %", 100.0 * k as f64 / n as f64) }
}

/// A file in memory.
struct Bytes(Vec<u8>);

impl driftline::source::Source for Bytes {
    fn len(&self) -> u64 {
        self.0.len() as u64
    }

    fn read_at(&self, offset: u64, buffer: &mut [u8]) -> driftline::error::Result<()> {
        let from = offset as usize;
        buffer.copy_from_slice(&self.0[from..from + buffer.len()]);
        Ok(())
    }
}
