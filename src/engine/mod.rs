//! The pipeline in order, and the only module that sees every floor: a source and options in, the state of a table
//! out, and from states and a contract the report. Hosts bring the source, the threads and the clock.

mod agreed;
mod apart;
#[cfg(feature = "monitor")]
mod cells;
mod columnar;
mod comparison;
mod early;
mod feed;
mod gates;
mod history;
#[cfg(feature = "monitor")]
pub mod incident;
mod interval;
pub mod joints;
#[cfg(feature = "cli")]
mod kept;
mod keys;
#[cfg(feature = "monitor")]
mod like;
pub mod locate;
mod look;
mod many;
mod marks;
#[cfg(feature = "monitor")]
mod multivariate;
pub mod offenders;
mod open;
mod options;
#[cfg(feature = "monitor")]
mod other_tool;
#[cfg(feature = "contract")]
mod others;
pub mod outlet;
#[cfg(feature = "monitor")]
mod performance;
mod pieces;
mod plan;
mod profile;
pub mod quarantine;
pub mod raw;
mod redact;
mod reference;
mod repeats;
mod report;
pub mod rows;
mod saved;
mod scan;
#[cfg(feature = "monitor")]
mod segments;
mod settle;
mod sketching;
mod split;
mod text;
#[cfg(feature = "monitor")]
mod together;
#[cfg(feature = "monitor")]
mod words_together;

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use crate::error::{Error, Kind, Result};
use crate::source::Source;

pub use agreed::Agreed;
pub use apart::apart;
#[cfg(feature = "monitor")]
pub use cells::{Column, Columns, cells};
pub use early::early;
pub use gates::watched;
pub use history::{History, Over, WINDOW};
pub use interval::interval_of;
#[cfg(feature = "cli")]
pub use kept::Kept;
#[cfg(feature = "monitor")]
pub use like::like;
pub use look::{Look, look};
pub use marks::{MARKS, Marks};
#[cfg(feature = "monitor")]
pub use multivariate::Cut;
pub use open::open;
pub use options::{GovernedColumn, Governing, LEAST_MEMORY, MEMORY, Options, UNIT_BYTES};
#[cfg(feature = "monitor")]
pub use other_tool::{Read, other_tool};
#[cfg(feature = "contract")]
pub use others::{governing_of, not_wanted, other, wanted};
#[cfg(feature = "monitor")]
pub use performance::{Asked, AskedAlong, Ranker, Side, Told, performance};
pub use pieces::{Cutting, Piece, Stretch, Take, pieces};
pub use plan::{Format, Plan, Run};
pub use redact::redact;
pub use reference::{Reference, governing};
pub use report::{Request, cannot_compare, needs_clock, report, report_in, report_on, report_over};
pub use saved::Opaque;
pub use scan::{Progress, Scan, Scanned, scan as scan_run};
#[cfg(feature = "monitor")]
pub use segments::{Scanned as ScannedFile, segments};
pub use settle::{Settled, State, settle};
pub use split::{By, INTERVALS, Interval, Split, split, split_alone};
#[cfg(feature = "monitor")]
pub use together::together;

/// Scans a file with as many threads as the options say; how many does not change the state.
///
/// # Errors
/// What the source, the readers and the contract say.
pub fn scan(
    source: &(dyn Source + Sync),
    options: &Options,
    governing: Governing,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<State> {
    let mut plan = open(source, options, governing)?;
    let mut runs = plan.runs(options.threads.max(1));
    let mut kept = Vec::new();
    loop {
        let mut scanned = scan_all(source, &plan, &runs, options, progress)?;
        scanned.append(&mut kept);
        match settle(plan, scanned)? {
            Settled::Done(state) => return Ok(*state),
            Settled::Again(next, again, keep) => {
                plan = *next;
                runs = again;
                kept = keep;
            }
        }
    }
}

fn scan_all(
    source: &(dyn Source + Sync),
    plan: &Plan,
    runs: &[Run],
    options: &Options,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Vec<Scanned>> {
    // A browser's worker has no others.
    if runs.len() == 1 || options.threads <= 1 {
        let one = |run: &Run| scan_run(source, plan, *run, options.unit_bytes, progress);
        return runs.iter().map(one).collect();
    }
    let next = AtomicUsize::new(0);
    let failed = AtomicBool::new(false);
    let results: Mutex<Vec<Result<Scanned>>> = Mutex::new(Vec::new());
    let lost = || Error::new(Kind::Unreadable, "a scanning thread stopped");
    std::thread::scope(|scope| {
        for _ in 0..options.threads.min(runs.len()) {
            scope.spawn(|| {
                while let Some(run) = runs.get(next.fetch_add(1, Ordering::Relaxed)) {
                    if failed.load(Ordering::Relaxed) {
                        return;
                    }
                    let result = scan_run(source, plan, *run, options.unit_bytes, progress);
                    failed.fetch_or(result.is_err(), Ordering::Relaxed);
                    if let Ok(mut results) = results.lock() {
                        results.push(result);
                    }
                }
            });
        }
    });
    let scanned = results.into_inner().map_err(|_| lost())?.into_iter().collect::<Result<Vec<_>>>()?;
    if scanned.len() == runs.len() { Ok(scanned) } else { Err(lost()) }
}

#[cfg(all(test, feature = "contract"))]
mod column_rules_tests;
#[cfg(all(test, feature = "contract"))]
mod date_tests;
#[cfg(test)]
mod retyped_tests;
#[cfg(all(test, feature = "contract"))]
mod row_rules_tests;
