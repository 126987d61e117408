//! One run of a file → its partial: bytes are asked of the source unit by unit, cut into records, and sketched.

use super::keys::KeyScanner;
use super::plan::{Format, Pass, Plan, Run};
use crate::block::{RecordReader, Sink, Unit};
use crate::cell::limits;
use crate::cell::plan::ColumnPlan;
use crate::contract;
use crate::error::{Error, Kind, Result};
use crate::read::{csv, gzip, json};
use crate::sketch::content::{Content, ContentHasher};
use crate::sketch::pack::{Pack, damaged};
use crate::sketch::partial::{Partial, Scanner};
use crate::sketch::probe::ColumnProbes;
use crate::sketch::table::Table;
use crate::source::Source;

/// How far a scan is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Bytes of the source read since the last call.
    pub bytes: u64,
    /// Rows scanned since the last call.
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
        }
    }

    fn unpack(input: &mut &[u8]) -> Result<Scanned> {
        let (run, start, end) = Pack::unpack(input)?;
        let found = match u8::unpack(input)? {
            0 => Found::Partial(Box::new(Partial::unpack(input)?)),
            1 => Found::Keys(Vec::<Vec<(u64, u64)>>::unpack(input)?.into_iter().map(Table::of).collect()),
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
            let contract = contract::parse(text)?;
            let columns: Vec<_> = plan.columns.iter().map(|it| (it.name.clone(), it.ty)).collect();
            Ok(contract.object(None, &plan.name)?.compile(&columns))
        }
    }
}

/// Scans a run.
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
    let mut rules = rules(plan)?;
    let mut probes: Vec<ColumnProbes> =
        rules.columns.iter_mut().map(|column| std::mem::take(&mut column.probes)).collect();
    probes.resize_with(plan.columns.len(), ColumnProbes::default);
    for (probes, repeated) in probes.iter_mut().zip(&plan.repeated) {
        probes.repeated.clone_from(repeated);
    }
    if let Pass::Keys { columns, slice, of, .. } = &plan.pass {
        let mut scanner = KeyScanner::new(&plan.columns, columns, *slice, *of);
        let (start, end, ..) =
            drive(source, plan, run, unit_bytes, &mut Starting::Fixed(&mut scanner), progress)?;
        return Ok(Scanned { run, start, end, found: Found::Keys(scanner.finish()) });
    }
    let mut scanner = Starting::Open(None, &plan.columns, &probes, plan);
    let (start, end, rows, lines, content) = drive(source, plan, run, unit_bytes, &mut scanner, progress)?;
    let partial = scanner.into_scanner(start.unwrap_or(run.start)).finish(end, rows, lines, content);
    Ok(Scanned { run, start, end, found: Found::Partial(Box::new(partial)) })
}

/// A sink that is made when the run's first record is known, since places are relative to it.
enum Starting<'a, 'b> {
    Fixed(&'b mut dyn Sink),
    Open(Option<Box<Scanner<'a>>>, &'a [ColumnPlan], &'a [ColumnProbes], &'a Plan),
}

impl<'a> Starting<'a, '_> {
    fn begin(&mut self, segment: u64) -> &mut dyn Sink {
        match self {
            Starting::Fixed(sink) => *sink,
            Starting::Open(scanner, columns, probes, plan) => scanner
                .get_or_insert_with(|| {
                    Box::new(Scanner::new(columns, probes, plan.format.tallying(), plan.budget(), segment))
                })
                .as_mut(),
        }
    }

    fn into_scanner(mut self, segment: u64) -> Scanner<'a> {
        self.begin(segment);
        match self {
            Starting::Open(Some(scanner), ..) => *scanner,
            Starting::Open(None, columns, probes, plan) => {
                Scanner::new(columns, probes, plan.format.tallying(), plan.budget(), segment)
            }
            // OK because only the profile pass asks, and it is open.
            Starting::Fixed(_) => unreachable!("a fixed sink has no scanner"),
        }
    }
}

type Driven = (Option<u64>, u64, u64, u64, Content);

fn drive(
    source: &dyn Source,
    plan: &Plan,
    run: Run,
    unit_bytes: usize,
    sink: &mut Starting<'_, '_>,
    progress: &dyn Fn(Progress),
) -> Result<Driven> {
    if !plan.format.is_text() {
        return super::columnar::drive(source, plan, run, sink.begin(run.start), progress);
    }
    let names: Vec<String> = plan.columns.iter().map(|it| it.name.clone()).collect();
    let mut reader: Box<dyn RecordReader> = match plan.format {
        Format::JsonLines => Box::new(json::JsonReader::new(json::Shape::Lines, &names)),
        Format::JsonArray => Box::new(json::JsonReader::new(json::Shape::Array, &names)),
        _ => Box::new(csv::CsvReader::new(plan.dialect, names.len())),
    };
    Driver {
        feed: Feed::new(source, plan, run, unit_bytes),
        plan,
        run,
        start: run.record,
        at: run.record.unwrap_or(run.start),
        rows: 0,
        progress,
    }
    .drive(reader.as_mut(), sink)
}

struct Driver<'a> {
    feed: Feed<'a>,
    plan: &'a Plan,
    run: Run,
    start: Option<u64>,
    /// Offset of the first byte that the reader is not done with.
    at: u64,
    rows: u64,
    progress: &'a dyn Fn(Progress),
}

impl Driver<'_> {
    fn drive(mut self, reader: &mut dyn RecordReader, sink: &mut Starting<'_, '_>) -> Result<Driven> {
        loop {
            let more = self.feed.more()?;
            if self.start.is_none() && !self.find_start() && !self.feed.last {
                // Too few bytes to tell where a record begins; past a few units the predecessor will say.
                if self.feed.buffered() < 4 * self.feed.unit_bytes.max(64 << 10) {
                    continue;
                }
                return self.undecided();
            }
            let Some(start) = self.start else { return self.undecided() };
            if start < self.run.end {
                self.feed.skip_to(self.at);
                let unit = Unit {
                    bytes: self.feed.bytes(),
                    base: self.at,
                    last: self.feed.last,
                    stop: self.run.end,
                };
                let used = reader.feed(unit, sink.begin(start))?;
                self.at += used as u64;
                self.feed.skip_to(self.at);
                if used == 0 && !self.feed.last && self.feed.buffered() > limits::RECORD_BYTES {
                    return Err(self.too_long());
                }
            }
            let rows = reader.rows();
            (self.progress)(Progress { bytes: more, rows: rows - self.rows });
            self.rows = rows;
            if self.feed.last || (self.at >= self.run.end && self.feed.read_to >= self.run.end) {
                break;
            }
        }
        let end = self.at;
        Ok((self.start, end, self.rows, reader.lines(), self.feed.hasher.finish()))
    }

    /// Speculates on where the first record of a run in the middle of a file begins.
    fn find_start(&mut self) -> bool {
        let before = self.feed.bytes();
        self.start = match self.plan.format {
            Format::Csv => csv::record_start(before, self.plan.dialect),
            _ => before.iter().position(|&b| b == b'\n').map(|at| at + 1),
        }
        .map(|at| self.feed.base() + at as u64);
        self.at = self.start.unwrap_or(self.at);
        self.start.is_some()
    }

    /// The rest of the run is read for its hash alone.
    fn undecided(mut self) -> Result<Driven> {
        while !self.feed.last && self.feed.read_to < self.run.end {
            let more = self.feed.more()?;
            (self.progress)(Progress { bytes: more, rows: 0 });
            self.feed.skip_to(self.feed.read_to);
        }
        Ok((None, self.run.end, 0, 0, self.feed.hasher.finish()))
    }

    fn too_long(&self) -> Error {
        Error::new(
            Kind::Limit,
            format!("the record at byte {} is longer than {} MiB", self.at, limits::RECORD_BYTES >> 20),
        )
        .with_hint("a quote that is never closed is the usual reason; see --quote")
    }
}

/// Reads a run's bytes, decompressed, into a buffer that begins where the reader stands. The byte before the run is
/// read too: a record may begin at the very border.
struct Feed<'a> {
    source: &'a dyn Source,
    run: Run,
    unit_bytes: usize,
    inflate: Option<gzip::Inflate>,
    compressed: Vec<u8>,
    compressed_at: u64,
    buffer: Vec<u8>,
    /// Bytes at the front of the buffer that are done with.
    done: usize,
    /// Offset behind the last byte read.
    read_to: u64,
    last: bool,
    hasher: ContentHasher,
}

impl<'a> Feed<'a> {
    fn new(source: &'a dyn Source, plan: &Plan, run: Run, unit_bytes: usize) -> Feed<'a> {
        let before = u64::from(run.record.is_none() && run.start > 0);
        Feed {
            source,
            run,
            unit_bytes: unit_bytes.max(1),
            inflate: plan.gzip.then(gzip::Inflate::default),
            compressed: Vec::new(),
            compressed_at: 0,
            buffer: Vec::new(),
            done: 0,
            read_to: run.start - before,
            last: false,
            hasher: ContentHasher::new(run.start),
        }
    }

    fn bytes(&self) -> &[u8] {
        &self.buffer[self.done..]
    }

    fn buffered(&self) -> usize {
        self.buffer.len() - self.done
    }

    fn base(&self) -> u64 {
        self.read_to - self.buffered() as u64
    }

    fn skip_to(&mut self, offset: u64) {
        let by = offset.saturating_sub(self.base()).min(self.buffered() as u64);
        self.done += by as usize;
    }

    /// Reads another unit; longer ones while a record does not end. Returns how many bytes of the source it took.
    fn more(&mut self) -> Result<u64> {
        self.buffer.drain(..self.done);
        self.done = 0;
        let wanted = self.unit_bytes.max(self.buffer.len());
        let from = self.buffer.len();
        let took = match self.inflate.take() {
            Some(mut inflate) => {
                let took = self.inflate_more(&mut inflate, from + wanted);
                self.inflate = Some(inflate);
                took?
            }
            None => {
                let rest = self.source.len().saturating_sub(self.read_to);
                let n = rest.min(wanted as u64) as usize;
                self.buffer.resize(from + n, 0);
                self.source.read_at(self.read_to, &mut self.buffer[from..])?;
                self.last = n as u64 == rest;
                n as u64
            }
        };
        self.hash(from);
        Ok(took)
    }

    fn inflate_more(&mut self, inflate: &mut gzip::Inflate, until: usize) -> Result<u64> {
        let mut took = 0;
        while self.buffer.len() < until {
            if self.compressed.is_empty() {
                let rest = self.source.len() - self.compressed_at;
                let n = rest.min(self.unit_bytes.max(64 << 10) as u64) as usize;
                if n == 0 {
                    inflate.finish()?;
                    self.last = true;
                    break;
                }
                self.compressed.resize(n, 0);
                self.source.read_at(self.compressed_at, &mut self.compressed)?;
                self.compressed_at += n as u64;
                took += n as u64;
            }
            let used = inflate.feed(&self.compressed, &mut self.buffer)?;
            self.compressed.drain(..used);
        }
        Ok(took)
    }

    /// Hashes what is new and lies within the run.
    fn hash(&mut self, from: usize) {
        let start = self.read_to;
        self.read_to += (self.buffer.len() - from) as u64;
        let clip = |offset: u64| (offset.clamp(start, self.read_to) - start) as usize;
        let (first, last) = (clip(self.run.start), clip(self.run.end));
        self.hasher.feed(&self.buffer[from + first..from + last]);
    }
}
