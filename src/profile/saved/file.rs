//! A saved profile in, its JSON file out; `parse` is the way back. The file's own types are the only ones here that know
//! serde, so that the others may change; a new version of them gets a new number and keeps the old ones readable.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::key::Key;
use super::{Column, Redact, Saved, bytes, ranks};
use crate::cell::{TimeUnit, Type};
use crate::error::{Error, Kind, Result};
use crate::profile::{Distribution, Source};

/// The version of the file's format.
pub const VERSION: u32 = 2;

/// All types; decimals with one scale for all.
pub(super) const TYPES: [Type; 16] = [
    Type::Boolean,
    Type::Integer,
    Type::WideInteger,
    Type::Float,
    Type::Text,
    Type::Date,
    Type::Timestamp { unit: TimeUnit::Micro, zoned: false },
    Type::Timestamp { unit: TimeUnit::Micro, zoned: true },
    Type::Timestamp { unit: TimeUnit::Nano, zoned: false },
    Type::Timestamp { unit: TimeUnit::Nano, zoned: true },
    Type::Time,
    Type::Duration,
    Type::List,
    Type::Json,
    Type::Binary,
    Type::Decimal(0),
];

/// The saved profile's file.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct File {
    /// The format's version: 2.
    pub(super) driftline_profile: u32,
    /// The seed of hashes.
    pub(super) seed: u64,
    /// Which texts of values it may hold: `none`, `rare` or `values` were left out.
    pub(super) redact: String,
    /// The files it was made of, by content hash and name.
    pub(super) sources: Vec<FileSource>,
    /// Rows profiled.
    pub(super) rows: u64,
    /// Records found.
    pub(super) rows_in: u64,
    /// Records that could not be profiled.
    pub(super) rows_set_aside: u64,
    /// Row hashes: base 64 with runs of zero bytes as `(length)`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) duplicates: String,
    /// The columns, in file order.
    pub(super) columns: Vec<FileColumn>,
}

#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct FileSource {
    /// Base name.
    pub(super) name: String,
    /// Size as it lay there.
    pub(super) bytes: u64,
    /// Its format.
    pub(super) format: String,
    /// `gzip` or absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) compression: Option<String>,
    /// `utf-8`, `utf-8-bom` or absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) encoding: Option<String>,
    /// How CSV was read: delimiter, quote or nothing, header, origin.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) dialect: Option<(u8, Option<u8>, bool, String)>,
    /// A hash of the decompressed content.
    pub(super) content_hash: String,
}

#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct FileColumn {
    /// Its name.
    pub(super) name: String,
    /// Its type: the word of the report, but `wide-integer`, `decimal(2)`, `timestamp(us)`, `timestamp(ns,zoned)`.
    #[serde(rename = "type")]
    pub(super) ty: String,
    /// Whether a contract, a reference or an option set the type.
    #[serde(default, skip_serializing_if = "is_default")]
    pub(super) governed: bool,
    /// Whether the format itself says the type.
    #[serde(default, skip_serializing_if = "is_default")]
    pub(super) typed: bool,
    /// The accepted formats, as bits.
    #[serde(default, skip_serializing_if = "is_default")]
    pub(super) formats: u32,
    /// The accepted null tokens, as bits.
    #[serde(default, skip_serializing_if = "is_default")]
    pub(super) nulls: u32,
    /// More spellings of missing.
    #[serde(default, skip_serializing_if = "is_default")]
    pub(super) more_nulls: Vec<String>,
    /// rows = valid + missing + invalid.
    pub(super) rows: u64,
    /// Valid cells.
    pub(super) valid: u64,
    /// Missing cells.
    #[serde(default, skip_serializing_if = "is_default")]
    pub(super) missing: u64,
    /// Invalid cells.
    #[serde(default, skip_serializing_if = "is_default")]
    pub(super) invalid: u64,
    /// Cells equal to zero.
    #[serde(default, skip_serializing_if = "is_default")]
    pub(super) zeros: u64,
    /// Cells below zero.
    #[serde(default, skip_serializing_if = "is_default")]
    pub(super) negatives: u64,
    /// Infinite cells.
    #[serde(default, skip_serializing_if = "is_default")]
    pub(super) infinities: u64,
    /// Non-missing cells by narrowest type.
    #[serde(default, skip_serializing_if = "is_default")]
    pub(super) kinds: BTreeMap<String, u64>,
    /// The spellings of missing.
    #[serde(default, skip_serializing_if = "is_default")]
    pub(super) null_tokens: BTreeMap<String, u64>,
    /// The smallest and the largest key.
    #[serde(default, skip_serializing_if = "is_default")]
    pub(super) range: Option<(Key, Key)>,
    /// Buckets are keys (text: hashes) shifted right by so many bits.
    #[serde(default, skip_serializing_if = "is_default")]
    pub(super) shift: u32,
    /// The first bucket, then the steps to the next ones.
    #[serde(default, skip_serializing_if = "is_default")]
    pub(super) buckets: Vec<Key>,
    /// Cells per bucket.
    #[serde(default, skip_serializing_if = "is_default")]
    pub(super) counts: Vec<u64>,
    /// The values of text, where they are known; empty where none is.
    #[serde(default, skip_serializing_if = "is_default")]
    pub(super) labels: Vec<Option<String>>,
    /// The exact sum, as `duplicates`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub(super) sum: String,
    /// The exact sum of squares, as `duplicates`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub(super) squares: String,
    /// The distinct counter, where `shift` is above 0: base 64 of each byte's distance from the first one, in unary.
    #[serde(default, skip_serializing_if = "is_default")]
    pub(super) distinct: String,
    /// Whether its values are withheld: fewer buckets, no texts, the range of the outer buckets.
    #[serde(default, skip_serializing_if = "is_default")]
    pub(super) withheld: bool,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// The order in which the files of a saved profile stand.
pub(super) fn source_order(a: &Source, b: &Source) -> std::cmp::Ordering {
    let key = |source: &Source| (source.content_hash.clone(), source.name.clone(), source.bytes);
    key(a).cmp(&key(b)).then_with(|| format!("{a:?}").cmp(&format!("{b:?}")))
}

/// A type with all that the report's word leaves out.
pub(super) fn type_word(ty: Type) -> String {
    match ty {
        Type::WideInteger => "wide-integer".into(),
        Type::Decimal(scale) => format!("decimal({scale})"),
        Type::Timestamp { unit, zoned } => {
            let unit = if unit == TimeUnit::Nano { "ns" } else { "us" };
            format!("timestamp({unit}{})", if zoned { ",zoned" } else { "" })
        }
        other => other.id().into(),
    }
}

/// The bytes of the file, with one newline at the end.
///
/// # Errors
/// `Limit` where it cannot be written as JSON; none of this crate's does that.
pub fn write(saved: &Saved) -> Result<Vec<u8>> {
    let file = File {
        driftline_profile: VERSION,
        seed: saved.seed,
        redact: match saved.redact {
            Redact::None => "none",
            Redact::Rare => "rare",
            Redact::Values => "values",
        }
        .into(),
        sources: saved.sources.iter().map(to_source).collect(),
        rows: saved.rows,
        rows_in: saved.rows_in,
        rows_set_aside: saved.rows_set_aside,
        duplicates: bytes::encode(&saved.duplicates),
        columns: saved.columns.iter().map(to_column).collect(),
    };
    let mut written = serde_json::to_vec(&file).map_err(|error| {
        Error::new(Kind::Limit, format!("saved profile cannot be written as JSON: {error}"))
    })?;
    written.push(b'\n');
    Ok(written)
}

fn to_source(source: &Source) -> FileSource {
    FileSource {
        name: source.name.clone(),
        bytes: source.bytes,
        format: source.format.clone(),
        compression: source.compression.clone(),
        encoding: source.encoding.clone(),
        dialect: source
            .dialect
            .as_ref()
            .map(|dialect| (dialect.delimiter, dialect.quote, dialect.header, dialect.origin.to_string())),
        content_hash: source.content_hash.clone(),
    }
}

fn to_column(column: &Column) -> FileColumn {
    let (shift, keys, counts): (u32, Vec<u128>, Vec<u64>) = match &column.distribution {
        Distribution::Absent => (0, Vec::new(), Vec::new()),
        Distribution::Ordered(ordered) => {
            let (keys, counts) = ordered.entries.iter().copied().unzip();
            (ordered.shift, keys, counts)
        }
        Distribution::Categories(categories) => {
            let entries = categories.entries.iter().map(|entry| (u128::from(entry.hash), entry.count));
            let (keys, counts) = entries.unzip();
            (categories.shift, keys, counts)
        }
    };
    let labels = match &column.distribution {
        Distribution::Categories(categories)
            if categories.entries.iter().any(|entry| entry.label.is_some()) =>
        {
            categories.entries.iter().map(|entry| entry.label.clone()).collect()
        }
        _ => Vec::new(),
    };
    let mut last = 0;
    let buckets = keys.iter().map(|&key| Key(key.wrapping_sub(std::mem::replace(&mut last, key)))).collect();
    let plan = &column.plan;
    FileColumn {
        name: plan.name.clone(),
        ty: type_word(plan.ty),
        governed: plan.governed,
        typed: plan.typed,
        formats: plan.formats,
        nulls: plan.nulls,
        more_nulls: plan.more_nulls.clone(),
        rows: column.rows,
        valid: column.valid,
        missing: column.missing,
        invalid: column.invalid,
        zeros: column.zeros,
        negatives: column.negatives,
        infinities: column.infinities,
        kinds: column.kinds.clone(),
        null_tokens: column.null_tokens.clone(),
        range: column.range.map(|(min, max)| (Key(min), Key(max))),
        shift,
        buckets,
        counts,
        labels,
        sum: bytes::encode(&column.sum),
        squares: bytes::encode(&column.squares),
        distinct: ranks::encode(&column.distinct),
        withheld: column.withheld,
    }
}
