//! One run of a file → its partial, unit by unit.

use super::columnar::Groups;
use super::plan::{Plan, Run};
use super::sketching::{Begins, Sketching};
use super::text::TextRun;
use crate::contract;
use crate::error::Result;
use crate::sketch::pack::{Pack, damaged};
use crate::sketch::partial::Partial;
use crate::sketch::places::Places;
use crate::sketch::table::Table;
use crate::source::Source;

/// How far a scan is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Bytes of the source that are read.
    pub bytes: u64,
    /// Rows that are scanned.
    pub rows: u64,
}

/// What a run gave.
#[derive(Debug, Clone)]
pub struct Scanned {
    /// The run.
    pub run: Run,
    /// Where its first record begins; `None`: it could not be told.
    pub start: Option<u64>,
    /// Where the next run's first record begins.
    pub end: u64,
    /// What was found.
    pub found: Found,
}

/// The outcome of a pass over a run.
#[derive(Debug, Clone)]
pub enum Found {
    /// A partial of the profile.
    Partial(Box<Partial>),
    /// Counts of hashes, by column of the pass.
    Keys(Vec<Table<u64>>),
    /// The places of what repeats, by column of the state.
    Repeats(Vec<(u64, Places)>),
}

impl Pack for Scanned {
    fn pack(&self, out: &mut Vec<u8>) {
        (self.run, self.start, self.end).pack(out);
        match &self.found {
            Found::Partial(partial) => {
                0u8.pack(out);
                partial.pack(out);
            }
            Found::Keys(tables) => {
                1u8.pack(out);
                tables.iter().map(Table::sorted).collect::<Vec<_>>().pack(out);
            }
            Found::Repeats(places) => {
                2u8.pack(out);
                places.pack(out);
            }
        }
    }

    fn unpack(input: &mut &[u8]) -> Result<Scanned> {
        let (run, start, end) = Pack::unpack(input)?;
        let found = match u8::unpack(input)? {
            0 => Found::Partial(Box::new(Partial::unpack(input)?)),
            1 => Found::Keys(Vec::<Vec<(u64, u64)>>::unpack(input)?.into_iter().map(Table::of).collect()),
            2 => Found::Repeats(Pack::unpack(input)?),
            _ => return Err(damaged("an unknown pass")),
        };
        Ok(Scanned { run, start, end, found })
    }
}

/// The rules of the plan's contract on its columns.
///
/// # Errors
/// Those of the contract.
pub(super) fn rules(plan: &Plan) -> Result<contract::Compiled> {
    match &plan.governing.contract {
        None => Ok(contract::Compiled::default()),
        Some(text) => {
            let contract = text.contract()?;
            let columns: Vec<_> = plan.columns.iter().map(|it| (it.name.clone(), it.ty)).collect();
            let known = contract::Known { spreads: &plan.spreads, others: &plan.governing.others };
            Ok(contract.object(None, &plan.name)?.compile(&columns, known))
        }
    }
}

/// The scan of one run. Text is supplied by the host, as its bytes come; of columnar files it reads a group at a time.
pub struct Scan {
    run: Run,
    sketching: Sketching,
    reading: Reading,
}

enum Reading {
    Text(Box<TextRun>),
    Groups(Box<Groups>),
}

impl Scan {
    /// The scan of this run of the plan's file.
    ///
    /// # Errors
    /// Those of the contract; `NeedsColumnar` where this build cannot read the format.
    pub fn new(plan: &Plan, run: Run) -> Result<Scan> {
        let reading = if plan.format.is_text() {
            Reading::Text(Box::new(TextRun::new(plan, run)))
        } else {
            Reading::Groups(Box::new(Groups::new(plan, run)?))
        };
        Ok(Scan { run, sketching: Sketching::new(plan)?, reading })
    }

    /// The offset in the source of the bytes to supply next; `None`: the file is columnar, see [`Scan::advance`].
    pub fn offset(&mut self) -> Option<u64> {
        match &mut self.reading {
            Reading::Text(text) => Some(text.feed().offset()),
            Reading::Groups(_) => None,
        }
    }

    /// Where the host is to put the source's next bytes, as many as it likes but not beyond its end; nothing is to be
    /// put there for a columnar file. [`Scan::supplied`] then reads them.
    pub fn room(&mut self, bytes: usize) -> &mut [u8] {
        match &mut self.reading {
            Reading::Text(text) => text.feed().room(bytes),
            Reading::Groups(_) => &mut [],
        }
    }

    /// Reads what was put into [`Scan::room`]. Returns whether the run goes on.
    ///
    /// # Errors
    /// What the reader says.
    pub fn supplied(&mut self) -> Result<bool> {
        match &mut self.reading {
            Reading::Text(text) => text.supplied(&mut self.sketching),
            Reading::Groups(_) => Ok(false),
        }
    }

    /// Reads the next bytes of text, or the next group, from the source. Returns whether the run goes on.
    ///
    /// # Errors
    /// What the source and the reader say.
    pub fn advance(&mut self, source: &dyn Source, unit_bytes: usize) -> Result<bool> {
        match &mut self.reading {
            Reading::Groups(groups) => groups.read(source, self.sketching.begin(self.run.start)),
            Reading::Text(text) => {
                let feed = text.feed();
                let (from, bytes) = (feed.offset(), feed.ahead().min(unit_bytes.max(1) as u64));
                source.read_at(from, feed.room(bytes as usize))?;
                text.supplied(&mut self.sketching)
            }
        }
    }

    /// Bytes of the source and rows that are read.
    pub fn progress(&mut self) -> Progress {
        match &mut self.reading {
            Reading::Text(text) => Progress {
                bytes: text.feed().offset() - self.run.start.min(text.feed().offset()),
                rows: text.rows(),
            },
            Reading::Groups(groups) => groups.progress(),
        }
    }

    /// What the run gave.
    pub fn finish(self) -> Scanned {
        let run = self.run;
        let (start, end, rows, lines, content) = match self.reading {
            Reading::Text(text) => text.finish(),
            Reading::Groups(groups) => groups.finish(),
        };
        let found = self.sketching.finish(start.unwrap_or(run.start), end, rows, lines, content);
        Scanned { run, start, end, found }
    }
}

/// Scans a run, reading so many bytes at a time; tells how far it is now and then.
///
/// # Errors
/// What the source and the reader say.
pub fn scan(
    source: &dyn Source,
    plan: &Plan,
    run: Run,
    unit_bytes: usize,
    progress: &dyn Fn(Progress),
) -> Result<Scanned> {
    let mut scan = Scan::new(plan, run)?;
    let mut told = Progress { bytes: 0, rows: 0 };
    loop {
        let goes_on = scan.advance(source, unit_bytes)?;
        let now = scan.progress();
        progress(Progress { bytes: now.bytes - told.bytes, rows: now.rows - told.rows });
        told = now;
        if !goes_on {
            return Ok(scan.finish());
        }
    }
}
