//! What a host may ask for, and what governs how a file is read.

use super::agreed::Agreed;
use crate::cell::Type;
use crate::cell::spelling::Spelling;
use crate::contract::Other;
use crate::sketch::pack::{Pack, damaged, pack_struct};
use crate::sketch::partial::Budget;

/// The default budget for the canonical bytes of a table's state: 128 MiB.
pub const MEMORY: u64 = 128 << 20;
/// The least budget: below it not even the counters fit.
pub const LEAST_MEMORY: u64 = 1 << 20;
/// The default size of the units in which a file is read: 4 MiB.
pub const UNIT_BYTES: usize = 4 << 20;

/// The options of a scan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// The file's base name.
    pub name: String,
    /// Canonical bytes of the state.
    pub memory: u64,
    /// The seed of sketches and samples.
    pub seed: u64,
    /// Places kept per finding and issue.
    pub places: usize,
    /// The delimiter of CSV; `None`: sniffed.
    pub delimiter: Option<u8>,
    /// The quote of CSV; `None`: sniffed; `Some(None)`: there is none.
    pub quote: Option<Option<u8>>,
    /// Whether the first record names the columns; `None`: sniffed.
    pub header: Option<bool>,
    /// Types of columns, by name.
    pub types: Vec<(String, Type)>,
    /// Spellings of missing, besides the usual ones.
    pub nulls: Vec<String>,
    /// Bytes read at once; does not change the result.
    pub unit_bytes: usize,
    /// Threads or workers; does not change the result.
    pub threads: usize,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            name: String::new(),
            memory: MEMORY,
            seed: 0,
            places: crate::cell::limits::PLACES,
            delimiter: None,
            quote: None,
            header: None,
            types: Vec::new(),
            nulls: Vec::new(),
            unit_bytes: UNIT_BYTES,
            threads: 1,
        }
    }
}

impl Options {
    /// How much the state may hold.
    pub fn budget(&self) -> Budget {
        Budget { memory: self.memory.max(LEAST_MEMORY), seed: self.seed, places: self.places }
    }
}

/// What a contract and a reference say about how the current file is to be read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Governing {
    /// Columns by name.
    pub columns: Vec<GovernedColumn>,
    /// The reference's delimiter, quote and header, where it was CSV.
    pub dialect: Option<(u8, Option<u8>, bool)>,
    /// The contract, where there is one.
    pub contract: Option<Agreed>,
    /// The other tables that its rules refer to, as far as they are given.
    pub others: Vec<Other>,
    /// Whether the contract says only how columns are read, and has no rules: the file is a reference.
    pub types_only: bool,
}

impl Governing {
    /// What a contract says about the reading of a reference, so that a column that is not what it looks like is the same on
    /// both sides of a comparison.
    pub fn of_reference(contract: Option<&[u8]>) -> Governing {
        Governing { contract: contract.map(Agreed::from), types_only: true, ..Governing::default() }
    }
}

/// How one column is to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GovernedColumn {
    /// The column.
    pub name: String,
    /// Its type, where that is governed.
    pub ty: Option<Type>,
    /// Whether the type gives way where most cells are clearly of another: that of a reference does, what is agreed or
    /// asked for does not.
    pub yields: bool,
    /// The accepted date formats; 0: those that the file is found to have.
    pub formats: u32,
    /// The null tokens; `None`: those usual for the type.
    pub nulls: Option<u32>,
    /// More spellings of missing.
    pub more_nulls: Vec<String>,
    /// How its dates are written, where they are in none of the usual formats.
    pub spelled: Option<Spelling>,
}

pack_struct!(GovernedColumn { name, ty, yields, formats, nulls, more_nulls, spelled });
pack_struct!(Governing { columns, dialect, contract, others, types_only });

impl Pack for Type {
    fn pack(&self, out: &mut Vec<u8>) {
        use crate::cell::TimeUnit;
        let pair: (u8, u8) = match self {
            Type::Boolean => (0, 0),
            Type::Integer => (1, 0),
            Type::WideInteger => (2, 0),
            Type::Decimal(scale) => (3, *scale),
            Type::Float => (4, 0),
            Type::Text => (5, 0),
            Type::Date => (6, 0),
            Type::Timestamp { unit, zoned } => (7, u8::from(*unit == TimeUnit::Nano) << 1 | u8::from(*zoned)),
            Type::Time => (8, 0),
            Type::Duration => (9, 0),
            Type::List => (10, 0),
            Type::Json => (11, 0),
            Type::Binary => (12, 0),
        };
        pair.pack(out);
    }

    fn unpack(input: &mut &[u8]) -> crate::error::Result<Type> {
        use crate::cell::TimeUnit;
        Ok(match <(u8, u8)>::unpack(input)? {
            (0, _) => Type::Boolean,
            (1, _) => Type::Integer,
            (2, _) => Type::WideInteger,
            (3, scale @ 0..=38) => Type::Decimal(scale),
            (4, _) => Type::Float,
            (5, _) => Type::Text,
            (6, _) => Type::Date,
            (7, bits) => Type::Timestamp {
                unit: if bits & 2 == 0 { TimeUnit::Micro } else { TimeUnit::Nano },
                zoned: bits & 1 == 1,
            },
            (8, _) => Type::Time,
            (9, _) => Type::Duration,
            (10, _) => Type::List,
            (11, _) => Type::Json,
            (12, _) => Type::Binary,
            _ => return Err(damaged("an unknown type")),
        })
    }
}
