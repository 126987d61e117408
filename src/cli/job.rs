//! What a command asks of the engine, in the engine's words; and what it gets back.

use std::path::PathBuf;
use std::sync::Arc;

use super::args::{Format, Redaction, ScanArgs};
use super::source::FileSource;
use crate::cell::period::Period;
use crate::cell::{Type, limits};
use crate::drift::like;
use crate::error::Result;
use crate::finding::Severity;
use crate::profile::Profile;
use crate::profile::saved::{Redact, Saved, Sketches};
use crate::report::export::frictionless::Rows;
use crate::report::incident::Incident;
use crate::report::redact::Level;
use crate::report::wire;

/// A file to be read.
#[derive(Debug, Clone)]
pub(super) struct Input {
    /// Its base name, or `stdin`.
    pub name: String,
    /// Its bytes.
    pub source: Arc<FileSource>,
}

/// A contract's text.
#[derive(Debug, Clone)]
pub(super) struct ContractText {
    /// Its path, as it was given.
    pub path: String,
    /// All of it.
    pub text: String,
}

/// What a command asks for, the same for all of its files.
#[derive(Debug)]
pub(super) struct Job {
    /// `profile`, `check`, `drift`.
    pub sections: Vec<String>,
    /// What was agreed.
    pub contract: Option<ContractText>,
    /// The other tables that the contract refers to, by the names that it has for them.
    pub others: Vec<(String, Input)>,
    /// What was before.
    pub reference: Option<Input>,
    /// Whether the saved profile is wanted too.
    pub save: bool,
    /// Where rows that break a rule are set apart.
    pub quarantine: Option<PathBuf>,
    /// The least severity of a broken rule on columns for which a file is not scanned.
    pub fail_fast: Option<Severity>,
    /// Whether the rows that the report speaks of are wanted too.
    pub rows: bool,
    /// Methods that are told of every compared column, by id.
    pub methods: Vec<&'static str>,
    /// Whose decision is told besides, and decides.
    pub like: Option<like::Options>,
    /// Whether it is told where columns drifted.
    pub segments: bool,
    /// Whether an incident is told: rules that would have caught it are sought, and the file is not added to the history.
    pub incident: bool,
    /// Whether the columns are looked at together, too.
    pub multivariate: bool,
    /// The columns that are looked at together; all that can be where none is named.
    pub columns: Vec<String>,
    /// The intervals that files are, or are cut into.
    pub intervals: Option<Intervals>,
    /// How files are read.
    pub scan: Scan,
}

/// The intervals that files are, or are cut into.
#[derive(Debug, Clone)]
pub(super) struct Intervals {
    /// Which they are.
    pub of: Of,
    /// How many before one it is compared with, where there is no reference.
    pub window: usize,
}

/// What an interval is.
#[derive(Debug, Clone)]
pub(super) enum Of {
    /// A file each, and those that this folder remembers.
    Files {
        /// Where earlier intervals are kept.
        folder: Option<PathBuf>,
        /// What the one file is called.
        key: Option<String>,
    },
    /// A period each, by this column.
    Time(String, Period),
    /// So many rows each.
    Rows(u64),
    /// So many of them.
    Parts(u64),
}

/// Places kept for formats that list all offenders.
const LISTED: usize = 10_000;

/// How files are read.
#[derive(Debug, Clone)]
pub(super) struct Scan {
    pub memory: u64,
    pub seed: u64,
    pub threads: usize,
    pub unit_bytes: usize,
    pub places: usize,
    pub as_of: Option<String>,
    pub delimiter: Option<u8>,
    pub quote: Option<Option<u8>>,
    pub header: Option<bool>,
    pub types: Vec<(String, Type)>,
    pub nulls: Vec<String>,
    /// Which values are shown, where that was said.
    pub redact: Option<Level>,
}

impl Format {
    /// Places kept where nobody says how many.
    pub(super) fn places(self) -> usize {
        match self {
            Format::GxJson => LISTED,
            // As many errors as frictionless tells of a file.
            Format::FrictionlessJson => 1_000,
            _ => limits::PLACES,
        }
    }
}

impl Scan {
    /// What was typed, with the machine's cores where no threads were, and so many places where nobody says how many.
    pub(super) fn of(args: &ScanArgs, places: usize) -> Scan {
        let cores = || std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        Scan {
            memory: args.memory,
            seed: args.seed,
            threads: args.threads.map_or_else(cores, usize::from),
            unit_bytes: usize::try_from(args.unit_bytes).unwrap_or(usize::MAX),
            places: args.places.unwrap_or(places),
            as_of: args.as_of.clone(),
            delimiter: args.delimiter,
            quote: args.quote.map(|quote| quote.0),
            header: if args.header || args.no_header { Some(args.header) } else { None },
            types: args.types.clone(),
            nulls: args.nulls.clone(),
            redact: args.redact.map(level),
        }
    }
}

impl Scan {
    /// Which values a report shows.
    pub(super) fn shown(&self) -> Level {
        self.redact.unwrap_or_default()
    }

    /// Which values a saved profile keeps.
    pub(super) fn kept(&self) -> Redact {
        Level::kept(self.redact)
    }
}

fn level(typed: Redaction) -> Level {
    match typed {
        Redaction::None => Level::None,
        Redaction::Classified => Level::Classified,
        Redaction::Rare => Level::Rare,
        Redaction::Values => Level::Values,
    }
}

/// How far the scan of a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Step {
    /// Bytes read, of the file as it lies there.
    pub bytes: u64,
    /// Rows found.
    pub rows: u64,
}

/// Who is told how far the scan is; from any thread.
pub(super) type Watch<'a> = &'a (dyn Fn(Step) + Sync);

/// What became of a file.
#[derive(Debug)]
pub(super) struct Outcome {
    /// The report document.
    pub report: wire::Report,
    /// The saved profile, where the job wants it.
    pub saved: Option<Saved>,
    /// What happened, where the job asks for it.
    pub incident: Option<Incident>,
    /// What was written where, to be told.
    pub told: Option<String>,
    /// The rows that the report speaks of, where the job wants them.
    pub rows: Rows,
}

/// The engine, as the commands see it.
pub(super) trait Pipeline {
    /// Reads the contract and the reference, once for all files.
    fn prepare<'a>(&'a self, job: &'a Job, watch: Watch<'_>) -> Result<Box<dyn Prepared + 'a>>;

    /// The profile of a file, or what a saved profile holds.
    fn profile(&self, input: &Input, scan: &Scan) -> Result<Profile>;

    /// What the sketches know about the bytes in saved profiles.
    fn sketches(&self) -> &dyn Sketches;
}

/// A job whose contract and reference are read.
pub(super) trait Prepared {
    /// Profiles, checks and compares one file.
    fn file(&self, input: &Input, watch: Watch<'_>) -> Result<Outcome>;
}
