//! A run of text, cut into records as its bytes come.

use super::feed::Feed;
use super::plan::{Format, Plan, Run};
use super::sketching::Begins;
use crate::block::{RecordReader, Unit};
use crate::cell::limits;
use crate::error::{Error, Kind, Result};
use crate::read::{csv, json};
use crate::sketch::content::Content;

/// How many bytes are looked at for the first record of a run in the middle of a file. Past them the run before it
/// will say where it begins.
const START_BYTES: usize = 16 << 20;

/// The reader of the plan's format.
pub(super) fn reader(plan: &Plan) -> Box<dyn RecordReader> {
    let names: Vec<String> = plan.columns.iter().map(|it| it.name.clone()).collect();
    match plan.format {
        Format::JsonLines => Box::new(json::JsonReader::new(json::Shape::Lines, &names)),
        Format::JsonArray => Box::new(json::JsonReader::new(json::Shape::Array, &names)),
        _ => Box::new(csv::CsvReader::new(plan.dialect, names.len())),
    }
}

/// Speculates on where the first record begins in bytes from the middle of a file.
pub(super) fn record_start(bytes: &[u8], format: Format, dialect: csv::Dialect) -> Option<usize> {
    match format {
        Format::Csv => csv::record_start(bytes, dialect),
        _ => bytes.iter().position(|&b| b == b'\n').map(|at| at + 1),
    }
}

/// A run of text, fed.
pub(super) struct TextRun {
    format: Format,
    dialect: csv::Dialect,
    run: Run,
    feed: Feed,
    reader: Box<dyn RecordReader>,
    start: Option<u64>,
    /// Offset of the first byte that the reader is not done with.
    at: u64,
    /// How many bytes must be there before they are worth another look.
    enough: usize,
    /// Where the first record begins could not be told: the rest of the run is read for its hash alone.
    undecided: bool,
}

impl TextRun {
    pub(super) fn new(plan: &Plan, run: Run) -> TextRun {
        TextRun {
            format: plan.format,
            dialect: plan.dialect,
            run,
            feed: Feed::new(plan, run),
            reader: reader(plan),
            start: run.record,
            at: run.record.unwrap_or(run.start),
            enough: 0,
            undecided: false,
        }
    }

    pub(super) fn feed(&mut self) -> &mut Feed {
        &mut self.feed
    }

    pub(super) fn rows(&self) -> u64 {
        self.reader.rows()
    }

    /// Reads what was supplied. Returns whether the run goes on.
    ///
    /// # Errors
    /// Those of the decompressor and the reader; `Limit` for a record that does not end.
    pub(super) fn supplied(&mut self, sketching: &mut dyn Begins) -> Result<bool> {
        loop {
            let more = self.feed.fill()?;
            self.read(sketching)?;
            let done = if self.undecided { self.feed.read_to() } else { self.at.min(self.feed.read_to()) };
            if self.feed.is_last() || done >= self.run.end {
                return Ok(false);
            }
            if !more {
                return Ok(true);
            }
        }
    }

    fn read(&mut self, sketching: &mut dyn Begins) -> Result<()> {
        let last = self.feed.is_last();
        if self.feed.buffered() < self.enough && !last {
            return Ok(());
        }
        self.enough = 0;
        if self.start.is_none() && !self.undecided && !self.find_start() {
            self.enough = 2 * self.feed.buffered();
            self.undecided = last || self.enough > START_BYTES;
            if !self.undecided {
                return Ok(());
            }
        }
        let Some(start) = self.start else {
            self.enough = 0;
            self.feed.skip_to(self.feed.read_to());
            return Ok(());
        };
        self.feed.skip_to(self.at);
        if start >= self.run.end {
            return Ok(());
        }
        let unit = Unit { bytes: self.feed.bytes(), base: self.at, last, stop: self.run.end };
        let used = self.reader.feed(unit, sketching.begin(start))?;
        self.at += used as u64;
        self.feed.skip_to(self.at);
        if used == 0 && !last {
            if self.feed.buffered() > limits::RECORD_BYTES {
                return Err(self.too_long());
            }
            // A record that does not end yet is not begun anew with every few bytes.
            self.enough = (2 * self.feed.buffered()).min(limits::RECORD_BYTES + 1);
        }
        Ok(())
    }

    fn find_start(&mut self) -> bool {
        let bytes = self.feed.bytes();
        let record = record_start(bytes, self.format, self.dialect);
        self.start = record.map(|at| self.feed.base() + at as u64);
        self.at = self.start.unwrap_or(self.at);
        self.start.is_some()
    }

    /// Where the first record begins, where the next run's does, rows, line breaks and the content.
    pub(super) fn finish(self) -> (Option<u64>, u64, u64, u64, Content) {
        if self.undecided {
            return (None, self.run.end, 0, 0, self.feed.content());
        }
        (self.start, self.at, self.reader.rows(), self.reader.lines(), self.feed.content())
    }

    fn too_long(&self) -> Error {
        Error::new(
            Kind::Limit,
            format!("the record at byte {} is longer than {} MiB", self.at, limits::RECORD_BYTES >> 20),
        )
        .with_hint("a quote that is never closed is the usual reason; see --quote")
    }
}
