//! One file in, a profile for each of its intervals out: by a time column, or by rows in file order. The file was scanned
//! before, so that types, the number of intervals and the rows of each run are known.

mod select;
mod sink;
mod whose;

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use self::sink::Splitter;
use self::whose::Whose;
use super::columnar::Groups;
use super::history::Over;
use super::options::{LEAST_MEMORY, Options};
use super::plan::{Pass, Plan, Run};
use super::settle::State;
use super::sketching::Begins;
use super::text::TextRun;
use crate::cell::period::Period;
use crate::error::{Error, Kind, Result};
use crate::sketch::partial::Partial;
use crate::source::Source;

/// The most intervals of a file.
pub const INTERVALS: u64 = 4_096;

/// What makes two rows belong to the same interval.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum By {
    /// The period that the value of this column lies in; rows in any order.
    Time {
        /// The column, by its name.
        column: String,
        /// The period.
        period: Period,
    },
    /// So many rows in file order; the last interval has the rest.
    Rows(u64),
    /// So many intervals in file order, whose sizes differ by at most one.
    Parts(u64),
}

/// One interval.
#[derive(Debug, Clone)]
pub struct Interval {
    /// What it is called: the period, or the rows, from 1.
    pub key: String,
    /// Its rows.
    pub state: State,
}

/// A file in intervals, in their order.
#[derive(Debug, Clone)]
pub struct Split {
    /// What they are.
    pub over: Over,
    /// Those that have rows.
    pub intervals: Vec<Interval>,
    /// Rows whose time is missing or invalid, and which are in no interval.
    pub left_out: u64,
}

/// Reads the file once more, into a state an interval. The budget of the whole is shared by all of them.
///
/// # Errors
/// `Usage` where there is no such column, it has no dates, or there would be more than [`INTERVALS`]; what the source and the
/// readers say.
pub fn split(source: &(dyn Source + Sync), state: &State, options: &Options, by: &By) -> Result<Split> {
    joined(state, by, |cut| {
        let runs = runs(state);
        let one = |it: &(Run, u64)| cut.scan(source, it, options.unit_bytes);
        if options.threads.min(runs.len()) > 1 {
            at_once(&runs, options.threads, &one)
        } else {
            Ok(runs.iter().map(one).collect())
        }
    })
}

/// The same where the host has one thread.
///
/// # Errors
/// Those of [`split`].
pub fn split_alone(source: &dyn Source, state: &State, options: &Options, by: &By) -> Result<Split> {
    joined(state, by, |cut| {
        Ok(runs(state).iter().map(|it| cut.scan(source, it, options.unit_bytes)).collect())
    })
}

/// How runs are cut.
struct Cut {
    plan: Plan,
    whose: Whose,
}

impl Cut {
    fn scan(&self, source: &dyn Source, (run, before): &(Run, u64), unit_bytes: usize) -> Result<Found> {
        scan(source, &self.plan, *run, self.whose.behind(*before), unit_bytes)
    }
}

/// What was found in all runs, by interval.
fn joined(
    state: &State,
    by: &By,
    scan_all: impl FnOnce(&Cut) -> Result<Vec<Result<Found>>>,
) -> Result<Split> {
    let whose = Whose::new(state, by)?;
    let cut = Cut { plan: shared(&state.plan, whose.count()), whose };
    let found = scan_all(&cut)?;
    let Cut { plan, whose } = cut;
    let (mut all, mut left_out) = (BTreeMap::<i64, Partial>::new(), 0);
    for one in found {
        let one = one?;
        left_out += one.left_out;
        for (number, partial) in one.partials {
            match all.get_mut(&number) {
                Some(whole) => whole.merge(&partial)?,
                None => _ = all.insert(number, partial),
            }
        }
    }
    let rows = state.partial.rows();
    let interval = |(number, partial): (i64, Partial)| {
        let key = whose.key(number, rows);
        Interval { state: State { plan: Plan { name: key.clone(), ..plan.clone() }, partial }, key }
    };
    let over = match by {
        By::Time { period, .. } => Over::Periods(period.id()),
        By::Rows(_) | By::Parts(_) => Over::Rows,
    };
    Ok(Split { over, intervals: all.into_iter().map(interval).collect(), left_out })
}

/// Does the same for all runs with so many threads.
fn at_once(
    runs: &[(Run, u64)],
    threads: usize,
    one: &(dyn Fn(&(Run, u64)) -> Result<Found> + Sync),
) -> Result<Vec<Result<Found>>> {
    let next = AtomicUsize::new(0);
    let found: Mutex<Vec<Result<Found>>> = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..threads.min(runs.len()) {
            scope.spawn(|| {
                while let Some(run) = runs.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let one = one(run);
                    if let Ok(mut found) = found.lock() {
                        found.push(one);
                    }
                }
            });
        }
    });
    let lost = || Error::new(Kind::Unreadable, "a scanning thread stopped");
    let found = found.into_inner().map_err(|_| lost())?;
    if found.len() == runs.len() { Ok(found) } else { Err(lost()) }
}

/// The plan of the states: no rules, nothing guessed, and an equal share of the budget.
fn shared(plan: &Plan, intervals: u64) -> Plan {
    let (memory, seed, places) = plan.budget;
    let mut plan = Plan {
        budget: ((memory / intervals.max(1)).max(LEAST_MEMORY / 4), seed, places.min(1)),
        pass: Pass::Profile,
        many: Vec::new(),
        repeated: Vec::new(),
        spreads: Vec::new(),
        ..plan.clone()
    };
    plan.governing.contract = None;
    plan
}

/// The runs that were scanned, each with the rows before it.
pub(super) fn runs(state: &State) -> Vec<(Run, u64)> {
    let mut before = 0;
    let segments = state.partial.segments.iter().filter(|it| it.rows > 0);
    segments
        .map(|segment| {
            let run = Run { start: segment.start, end: segment.end, record: Some(segment.start) };
            let at = (run, before);
            before += segment.rows;
            at
        })
        .collect()
}

/// What a run gave.
struct Found {
    partials: BTreeMap<i64, Partial>,
    left_out: u64,
}

fn scan(source: &dyn Source, plan: &Plan, run: Run, whose: Whose, unit_bytes: usize) -> Result<Found> {
    let mut sink = Splitter::new(plan, whose, run.start);
    read(source, plan, run, unit_bytes, &mut sink)?;
    let (partials, left_out) = sink.finish(run.end);
    Ok(Found { partials, left_out })
}

/// Reads a run whose start is known.
pub(super) fn read(
    source: &dyn Source,
    plan: &Plan,
    run: Run,
    unit_bytes: usize,
    sink: &mut dyn Begins,
) -> Result<()> {
    if plan.format.is_text() {
        // Compressed bytes have no offset of their own: the run is the whole file.
        let run = if plan.gzip { Run { start: 0, end: u64::MAX, ..run } } else { run };
        let mut text = TextRun::new(plan, run);
        loop {
            let feed = text.feed();
            let (from, bytes) = (feed.offset(), feed.ahead().min(unit_bytes.max(1) as u64));
            source.read_at(from, feed.room(bytes as usize))?;
            if !text.supplied(sink)? {
                break;
            }
        }
    } else {
        let mut groups = Groups::new(plan, run)?;
        while groups.read(source, sink.begin(run.start))? {}
    }
    Ok(())
}

#[cfg(test)]
mod tests;
