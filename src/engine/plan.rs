//! The plan of a scan: everything that a worker needs to scan a run of a file, small enough to be sent around.

use super::options::{GovernedColumn, Governing};
use crate::cell::classify::Kind;
use crate::cell::plan::{ANY_SIZE, ColumnPlan};
use crate::cell::spelling::Spelling;
use crate::cell::{Type, limits, tokens};
use crate::contract::Spread;
use crate::error::Result;
use crate::issue::Code;
use crate::read::csv;
use crate::sketch::column::Tallying;
use crate::sketch::content::BLOCK;
use crate::sketch::pack::{Pack, damaged, pack_struct};
use crate::sketch::partial::Budget;
use crate::sketch::places::LocalPlace;
use crate::sketch::probe::Repeated;
use crate::sketch::tally::Tally;

/// The format of a source, without its compression.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Delimited text.
    Csv,
    /// One JSON object a line.
    JsonLines,
    /// A JSON array of objects.
    JsonArray,
    /// Parquet.
    Parquet,
    /// Arrow IPC file.
    ArrowFile,
    /// Arrow IPC stream.
    ArrowStream,
}

impl Format {
    /// Whether it is read as records of text.
    pub fn is_text(self) -> bool {
        matches!(self, Format::Csv | Format::JsonLines | Format::JsonArray)
    }

    /// A word for hosts.
    pub fn id(self) -> &'static str {
        match self {
            Format::Csv => "csv",
            Format::JsonLines => "jsonl",
            Format::JsonArray => "json",
            Format::Parquet => "parquet",
            Format::ArrowFile => "arrow",
            Format::ArrowStream => "arrow-stream",
        }
    }

    /// How its cells are tallied.
    pub fn tallying(self) -> Tallying {
        match self {
            Format::Csv => Tallying::Value,
            Format::JsonLines | Format::JsonArray => Tallying::Cell,
            _ => Tallying::Never,
        }
    }
}

/// What the pass over the file is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pass {
    /// The profile, and the rules with it.
    Profile,
    /// Exact counts of the cells of these columns whose hash falls into this slice, for `unique` past the budget.
    Keys {
        /// Indices of the columns.
        columns: Vec<u64>,
        /// Which slice.
        slice: u64,
        /// Of how many.
        of: u64,
        /// Hashes that earlier slices found repeated, by column.
        found: Vec<Vec<u64>>,
    },
    /// The places of the values that occur more than once, and nothing else.
    Repeats,
    /// The profile again, locating the values that occur more than once and the numbers beyond fences.
    Locate,
}

/// The plan of a scan.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The file's base name.
    pub name: String,
    /// Its size in bytes, compressed where it is.
    pub bytes: u64,
    /// Its format.
    pub format: Format,
    /// Whether it is compressed as a whole.
    pub gzip: bool,
    /// Whether it begins with a byte order mark.
    pub bom: bool,
    /// How CSV is written.
    pub dialect: csv::Dialect,
    /// Whether the first record names the columns.
    pub header: bool,
    /// Where the dialect is from: 0 sniffed, 1 given, 2 the reference.
    pub origin: u8,
    /// Where the first data record may begin.
    pub data_start: u64,
    /// Line breaks before it.
    pub data_line: u64,
    /// The columns.
    pub columns: Vec<ColumnPlan>,
    /// Oddities of the header and of the head: code, column + 1, place.
    pub head: Vec<(u8, u64, LocalPlace)>,
    /// Parts of row groups, batches or units of a columnar file.
    pub groups: u64,
    /// What identifies a columnar file: its footer.
    pub footer: Vec<u8>,
    /// Bytes of state, seed, places.
    pub budget: (u64, u64, u64),
    /// What governs the reading.
    pub governing: Governing,
    /// The least length of a run, in bytes.
    pub run_bytes: u64,
    /// Whether a column is counted from the beginning as one past its budget; none where nothing is known.
    pub many: Vec<bool>,
    /// What the pass is for.
    pub pass: Pass,
    /// The values to locate, by column.
    pub repeated: Vec<Option<Repeated>>,
    /// What the numbers are like that fences of the contract are made of, once they are known.
    pub spreads: Vec<Spread>,
    /// How many passes came before.
    pub round: u64,
}

/// A contiguous part of a file for one worker: bytes of text, or groups of a columnar file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Run {
    /// Its first byte or group.
    pub start: u64,
    /// The byte or group behind its last.
    pub end: u64,
    /// Where its first record begins, once that is proven.
    pub record: Option<u64>,
}

pack_struct!(Run { start, end, record });

impl Plan {
    /// How much the state may hold.
    pub fn budget(&self) -> Budget {
        Budget { memory: self.budget.0, seed: self.budget.1, places: self.budget.2 as usize }
    }

    /// Whether the file can be scanned in several runs.
    pub fn is_splittable(&self) -> bool {
        !self.gzip && !matches!(self.format, Format::JsonArray | Format::ArrowStream)
    }

    /// The runs of at most this many workers. Text is cut at multiples of [`BLOCK`] bytes; where, does not change the
    /// result.
    pub fn runs(&self, workers: usize) -> Vec<Run> {
        if !self.format.is_text() {
            let parts = if self.is_splittable() { (workers as u64).min(self.groups).max(1) } else { 1 };
            let border = |i: u64| self.groups * i / parts;
            return (0..parts)
                .map(|i| Run { start: border(i), end: border(i + 1), record: Some(border(i)) })
                .collect();
        }
        let first = |end| Run { start: 0, end, record: Some(self.data_start) };
        let most = self.bytes / self.run_bytes.max(BLOCK);
        let parts = if self.is_splittable() { (workers as u64).min(most).max(1) } else { 1 };
        if parts == 1 {
            return vec![first(if self.gzip { u64::MAX } else { self.bytes })];
        }
        let border = |i: u64| if i == parts { self.bytes } else { self.bytes / parts * i / BLOCK * BLOCK };
        let rest = (1..parts).map(|i| Run { start: border(i), end: border(i + 1), record: None });
        std::iter::once(first(border(1)))
            .chain(rest)
            .filter(|run| run.start < run.end || run.start == 0)
            .collect()
    }

    /// Why the file is no data: a rule, and what it is instead.
    pub fn no_data(&self) -> Option<(&'static str, &'static str)> {
        let is = |code: Code| self.head.iter().any(|(it, ..)| *it == code as u8);
        match () {
            () if is(Code::HtmlPage) => Some(("html-page", "an HTML page")),
            () if is(Code::ErrorBody) => Some(("error-body", "an error message in JSON")),
            () => None,
        }
    }

    /// The column's plan by what its cells are, as far as nothing governs it.
    pub fn decided(&self, column: usize, tally: &Tally) -> ColumnPlan {
        let mut plan = self.columns[column].clone();
        if plan.typed {
            return plan;
        }
        let decision = tally.decide();
        let told = self.governing.columns.iter().find(|it| it.name == plan.name);
        let gives_way = |it: &&GovernedColumn| it.yields && it.ty.is_some_and(|ty| tally.retypes(ty));
        let nulls = told.and_then(|it| it.nulls);
        let governed = told.filter(|it| !gives_way(it));
        plan.governed = governed.is_some_and(|it| it.ty.is_some());
        plan.ty = governed.and_then(|it| it.ty).unwrap_or(decision.ty);
        plan.spelled = governed.and_then(|it| it.spelled.clone());
        plan.formats = match governed {
            Some(GovernedColumn { formats, .. }) if *formats != 0 => *formats,
            _ if !plan.ty.is_temporal() => 0,
            _ => tally.formats_read().0.max(1),
        };
        if plan.ty == Type::Integer && plan.formats & ANY_SIZE != 0 && tally.kinds[Kind::Wide as usize] > 0 {
            plan.ty = Type::WideInteger;
        }
        let usual = if self.format == Format::Csv { tally.nulls(plan.ty) } else { tokens::NONE };
        plan.nulls = nulls.unwrap_or(usual);
        plan
    }

    /// A column of this name, to be read as text until more is known.
    pub fn column(&self, name: String, nulls: &[String]) -> ColumnPlan {
        let governed = self.governing.columns.iter().find(|it| it.name == name);
        let mut more_nulls: Vec<String> = nulls.to_vec();
        more_nulls.extend(governed.iter().flat_map(|it| it.more_nulls.iter().cloned()));
        more_nulls.dedup();
        let nulls = if self.format == Format::Csv { tokens::TEXT } else { tokens::NONE };
        ColumnPlan {
            name,
            ty: Type::Text,
            formats: 0,
            nulls,
            more_nulls,
            spelled: None,
            governed: false,
            typed: false,
        }
    }

    /// Makes names unique, as the readers do with a header's.
    pub fn unique_names(names: impl Iterator<Item = String>) -> Vec<String> {
        let mut taken = std::collections::BTreeSet::new();
        let mut unique = Vec::new();
        for name in names.take(limits::COLUMNS) {
            let mut candidate = name.clone();
            let mut n = 2u64;
            while !taken.insert(candidate.clone()) {
                candidate = format!("{name}_{n}");
                n += 1;
            }
            unique.push(candidate);
        }
        unique
    }
}

impl Pack for Format {
    fn pack(&self, out: &mut Vec<u8>) {
        (*self as u8).pack(out);
    }

    fn unpack(input: &mut &[u8]) -> Result<Format> {
        const ALL: [Format; 6] = [
            Format::Csv,
            Format::JsonLines,
            Format::JsonArray,
            Format::Parquet,
            Format::ArrowFile,
            Format::ArrowStream,
        ];
        ALL.get(usize::from(u8::unpack(input)?)).copied().ok_or_else(|| damaged("an unknown format"))
    }
}

impl Pack for Pass {
    fn pack(&self, out: &mut Vec<u8>) {
        match self {
            Pass::Profile => 0u8.pack(out),
            Pass::Keys { columns, slice, of, found } => {
                1u8.pack(out);
                (columns.clone(), *slice, *of, found.clone()).pack(out);
            }
            Pass::Locate => 2u8.pack(out),
            Pass::Repeats => 3u8.pack(out),
        }
    }

    fn unpack(input: &mut &[u8]) -> Result<Pass> {
        Ok(match u8::unpack(input)? {
            0 => Pass::Profile,
            1 => {
                let (columns, slice, of, found) = Pack::unpack(input)?;
                Pass::Keys { columns, slice, of, found }
            }
            2 => Pass::Locate,
            _ => Pass::Repeats,
        })
    }
}

impl Pack for Repeated {
    fn pack(&self, out: &mut Vec<u8>) {
        match self {
            Repeated::Keys(keys) => {
                0u8.pack(out);
                keys.as_ref().pack(out);
            }
            Repeated::Texts(texts) => {
                1u8.pack(out);
                texts.as_ref().pack(out);
            }
            Repeated::Hashes(hashes) => {
                2u8.pack(out);
                hashes.as_ref().pack(out);
            }
        }
    }

    fn unpack(input: &mut &[u8]) -> Result<Repeated> {
        Ok(match u8::unpack(input)? {
            0 => Repeated::Keys(Vec::unpack(input)?.into()),
            1 => Repeated::Texts(Vec::unpack(input)?.into()),
            _ => Repeated::Hashes(Vec::unpack(input)?.into()),
        })
    }
}

impl Pack for csv::Dialect {
    fn pack(&self, out: &mut Vec<u8>) {
        (self.delimiter, self.quote).pack(out);
    }

    fn unpack(input: &mut &[u8]) -> Result<csv::Dialect> {
        let (delimiter, quote) = Pack::unpack(input)?;
        Ok(csv::Dialect { delimiter, quote })
    }
}

pack_struct!(Spelling { pattern, length });
pack_struct!(ColumnPlan { name, ty, formats, nulls, more_nulls, spelled, governed, typed });
pack_struct!(Plan {
    name,
    bytes,
    format,
    gzip,
    bom,
    dialect,
    header,
    origin,
    data_start,
    data_line,
    columns,
    head,
    groups,
    footer,
    budget,
    governing,
    run_bytes,
    many,
    pass,
    repeated,
    spreads,
    round
});
