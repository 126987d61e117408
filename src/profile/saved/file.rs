//! A saved profile in, its JSON file out, and back. The file's own types are the only ones here that know serde, so
//! that the others may change; a new version of them gets a new number and keeps the old one readable.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Column, ENTRIES, Redact, Saved, bytes};
use crate::cell::plan::ColumnPlan;
use crate::cell::{Domain, TimeUnit, Type, limits};
use crate::error::{Error, Kind, Result};
use crate::profile::{Categories, Category, Dialect, Distribution, Ordered, Source};

/// The version of the file's format.
pub const VERSION: u32 = 1;
/// The most files that a saved profile is made of.
const SOURCES: usize = 100_000;
/// The largest integer that every JSON reader holds exactly.
const SAFE: u128 = (1 << 53) - 1;

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
    /// The format's version: 1.
    driftline_profile: u32,
    /// The seed of hashes.
    seed: u64,
    /// Which texts of values it may hold: `none`, `rare` or `values` were left out.
    redact: String,
    /// The files it was made of, by content hash and name.
    sources: Vec<FileSource>,
    /// Rows profiled.
    rows: u64,
    /// Records found.
    rows_in: u64,
    /// Records that could not be profiled.
    rows_set_aside: u64,
    /// Row hashes: base 64 with runs of zero bytes as `(length)`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    duplicates: String,
    /// The columns, in file order.
    columns: Vec<FileColumn>,
}

#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct FileSource {
    /// Base name.
    name: String,
    /// Size as it lay there.
    bytes: u64,
    /// Its format.
    format: String,
    /// `gzip` or absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    compression: Option<String>,
    /// `utf-8`, `utf-8-bom` or absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    encoding: Option<String>,
    /// How CSV was read: delimiter, quote or nothing, header, origin.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    dialect: Option<(u8, Option<u8>, bool, String)>,
    /// A hash of the decompressed content.
    content_hash: String,
}

#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct FileColumn {
    /// Its name.
    name: String,
    /// Its type: the word of the report, but `wide-integer`, `decimal(2)`, `timestamp(us)`, `timestamp(ns,zoned)`.
    #[serde(rename = "type")]
    ty: String,
    /// Whether a contract, a reference or an option set the type.
    #[serde(default, skip_serializing_if = "is_default")]
    governed: bool,
    /// Whether the format itself says the type.
    #[serde(default, skip_serializing_if = "is_default")]
    typed: bool,
    /// The accepted formats, as bits.
    #[serde(default, skip_serializing_if = "is_default")]
    formats: u32,
    /// The accepted null tokens, as bits.
    #[serde(default, skip_serializing_if = "is_default")]
    nulls: u32,
    /// More spellings of missing.
    #[serde(default, skip_serializing_if = "is_default")]
    more_nulls: Vec<String>,
    /// rows = valid + missing + invalid.
    rows: u64,
    /// Valid cells.
    valid: u64,
    /// Missing cells.
    #[serde(default, skip_serializing_if = "is_default")]
    missing: u64,
    /// Invalid cells.
    #[serde(default, skip_serializing_if = "is_default")]
    invalid: u64,
    /// Cells equal to zero.
    #[serde(default, skip_serializing_if = "is_default")]
    zeros: u64,
    /// Cells below zero.
    #[serde(default, skip_serializing_if = "is_default")]
    negatives: u64,
    /// Infinite cells.
    #[serde(default, skip_serializing_if = "is_default")]
    infinities: u64,
    /// Non-missing cells by narrowest type.
    #[serde(default, skip_serializing_if = "is_default")]
    kinds: BTreeMap<String, u64>,
    /// The spellings of missing.
    #[serde(default, skip_serializing_if = "is_default")]
    null_tokens: BTreeMap<String, u64>,
    /// The smallest and the largest key.
    #[serde(default, skip_serializing_if = "is_default")]
    range: Option<(Key, Key)>,
    /// Buckets are keys (text: hashes) shifted right by so many bits.
    #[serde(default, skip_serializing_if = "is_default")]
    shift: u32,
    /// The first bucket, then the steps to the next ones.
    #[serde(default, skip_serializing_if = "is_default")]
    buckets: Vec<Key>,
    /// Cells per bucket.
    #[serde(default, skip_serializing_if = "is_default")]
    counts: Vec<u64>,
    /// The values of text, where they are known; empty where none is.
    #[serde(default, skip_serializing_if = "is_default")]
    labels: Vec<Option<String>>,
    /// The exact sum, as `duplicates`.
    #[serde(default, skip_serializing_if = "is_default")]
    sum: String,
    /// The exact sum of squares, as `duplicates`.
    #[serde(default, skip_serializing_if = "is_default")]
    squares: String,
    /// The distinct counter, as `duplicates`.
    #[serde(default, skip_serializing_if = "is_default")]
    distinct: String,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// A key of up to 128 bits: a JSON number up to 2⁵³ − 1, else lower-case hexadecimal text.
#[derive(Clone, Copy, PartialEq)]
struct Key(u128);

impl Serialize for Key {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        match u64::try_from(self.0) {
            Ok(small) if self.0 <= SAFE => serializer.serialize_u64(small),
            _ => serializer.serialize_str(&format!("{:x}", self.0)),
        }
    }
}

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Key, D::Error> {
        struct Visitor;
        impl serde::de::Visitor<'_> for Visitor {
            type Value = Key;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an integer below 2^53 or hexadecimal text")
            }

            fn visit_u64<E: serde::de::Error>(self, value: u64) -> std::result::Result<Key, E> {
                let key = u128::from(value);
                if key <= SAFE {
                    Ok(Key(key))
                } else {
                    Err(E::custom("a key beyond 2^53 is written as text"))
                }
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> std::result::Result<Key, E> {
                let key = u128::from_str_radix(text, 16).map_err(E::custom)?;
                if key > SAFE && format!("{key:x}") == text {
                    Ok(Key(key))
                } else {
                    Err(E::custom("a key is not in its shortest form"))
                }
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

#[cfg(feature = "cli")]
impl schemars::JsonSchema for Key {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Key".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "A key of up to 128 bits: a number up to 2^53 - 1, else lower-case hexadecimal text.",
            "anyOf": [
                {"type": "integer", "minimum": 0, "maximum": 9_007_199_254_740_991_u64},
                {"type": "string", "pattern": "^[0-9a-f]{14,32}$"},
            ],
        })
    }
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

fn type_of(word: &str) -> Option<Type> {
    if let Some(scale) = word.strip_prefix("decimal(").and_then(|rest| rest.strip_suffix(')')) {
        let scale: u8 = scale.parse().ok()?;
        return (scale <= 38 && type_word(Type::Decimal(scale)) == word).then_some(Type::Decimal(scale));
    }
    TYPES.into_iter().find(|ty| type_word(*ty) == word)
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
        distinct: bytes::encode(&column.distinct),
    }
}

/// Whether the bytes look like a saved profile: it says so in its first key.
pub fn is_profile(start: &[u8]) -> bool {
    start
        .trim_ascii_start()
        .strip_prefix(b"{")
        .is_some_and(|rest| rest.trim_ascii_start().starts_with(b"\"driftline_profile\""))
}

/// The saved profile of a file's bytes.
///
/// # Errors
/// `NotThisFormat` where it is none, `Incompatible` where it is of another version, `Damaged` where it contradicts
/// itself, `Limit` where it is beyond what this crate writes.
pub fn read(bytes: &[u8]) -> Result<Saved> {
    #[derive(Deserialize)]
    struct Version {
        driftline_profile: u64,
    }
    if !is_profile(bytes) {
        return Err(Error::new(Kind::NotThisFormat, "expected a saved profile, found something else")
            .with_hint("driftline profile FILE --save PROFILE writes one"));
    }
    let wrong = |error: serde_json::Error| {
        Error::new(Kind::Damaged, format!("saved profile is damaged: {error}"))
            .with_hint("write it again with driftline profile FILE --save PROFILE")
    };
    let version: Version = serde_json::from_slice(bytes).map_err(wrong)?;
    if version.driftline_profile != u64::from(VERSION) {
        let found = version.driftline_profile;
        return Err(Error::new(
            Kind::Incompatible,
            format!("expected a saved profile of version {VERSION}, found version {found}"),
        )
        .with_hint("write it again with this driftline, or use the one that wrote it"));
    }
    let file: File = serde_json::from_slice(bytes).map_err(wrong)?;
    if file.columns.len() > limits::COLUMNS || file.sources.len() > SOURCES {
        return Err(Error::new(
            Kind::Limit,
            format!("saved profile has more than {} columns or {SOURCES} files", limits::COLUMNS),
        ));
    }
    saved(file)
}

#[cold]
fn damaged(why: impl fmt::Display) -> Error {
    Error::new(Kind::Damaged, format!("saved profile is damaged: {why}"))
        .with_hint("write it again with driftline profile FILE --save PROFILE")
}

fn saved(file: File) -> Result<Saved> {
    if file.rows.checked_add(file.rows_set_aside) != Some(file.rows_in) {
        return Err(damaged("its rows do not add up"));
    }
    let redact = match file.redact.as_str() {
        "none" => Redact::None,
        "rare" => Redact::Rare,
        "values" => Redact::Values,
        other => return Err(damaged(format_args!("redaction level {other:?}"))),
    };
    let sources: Vec<Source> = file.sources.into_iter().map(from_source).collect::<Result<_>>()?;
    if !sources.is_sorted_by(|a, b| source_order(a, b).is_le()) {
        return Err(damaged("its files are not sorted"));
    }
    let mut names = std::collections::BTreeSet::new();
    let mut columns = Vec::with_capacity(file.columns.len());
    for column in file.columns {
        let name = column.name.clone();
        if !names.insert(name.clone()) {
            return Err(damaged(format_args!("column {name:?} stands twice")));
        }
        if column.rows != file.rows {
            return Err(damaged(format_args!("column {name:?} has {} of {} rows", column.rows, file.rows)));
        }
        columns.push(from_column(column).map_err(|error| match error.kind() {
            Kind::Damaged => damaged(format_args!("column {name:?}: {}", error.message())),
            _ => error,
        })?);
    }
    Ok(Saved {
        seed: file.seed,
        redact,
        sources,
        rows: file.rows,
        rows_in: file.rows_in,
        rows_set_aside: file.rows_set_aside,
        duplicates: bytes::decode(&file.duplicates)?,
        columns,
    })
}

fn from_source(source: FileSource) -> Result<Source> {
    let dialect = source.dialect.map(|(delimiter, quote, header, origin)| {
        let origin = ["sniffed", "given", "reference"].into_iter().find(|word| *word == origin);
        Ok(Dialect { delimiter, quote, header, origin: origin.ok_or_else(|| damaged("a dialect's origin"))? })
    });
    Ok(Source {
        name: source.name,
        bytes: source.bytes,
        format: source.format,
        compression: source.compression,
        dialect: dialect.transpose()?,
        encoding: source.encoding,
        content_hash: source.content_hash,
    })
}

fn from_column(column: FileColumn) -> Result<Column> {
    let fault = |why: &str| Error::new(Kind::Damaged, why);
    let ty = type_of(&column.ty).ok_or_else(|| fault("an unknown type"))?;
    let cells = [column.missing, column.invalid].into_iter().try_fold(column.valid, u64::checked_add);
    if cells != Some(column.rows) {
        return Err(fault("its cells do not add up"));
    }
    if [column.zeros, column.negatives, column.infinities].iter().any(|&count| count > column.valid) {
        return Err(fault("more zeros, negatives or infinities than values"));
    }
    if !column.more_nulls.is_sorted_by(|a, b| a < b) {
        return Err(fault("its null tokens are not sorted"));
    }
    let distribution = distribution(&column, ty)?;
    let range = column.range.map(|(min, max)| (min.0, max.0));
    match (&distribution, range) {
        (Distribution::Ordered(ordered), Some((min, max))) => {
            let ends =
                (ordered.entries.first().map(|entry| entry.0), ordered.entries.last().map(|entry| entry.0));
            if min > max || (Some(min >> ordered.shift), Some(max >> ordered.shift)) != ends {
                return Err(fault("its range is not that of its values"));
            }
        }
        (Distribution::Ordered(_), None) => return Err(fault("its range is missing")),
        (_, Some(_)) => return Err(fault("a range without ordered values")),
        (_, None) => {}
    }
    Ok(Column {
        plan: ColumnPlan {
            name: column.name,
            ty,
            formats: column.formats,
            nulls: column.nulls,
            more_nulls: column.more_nulls,
            governed: column.governed,
            typed: column.typed,
        },
        rows: column.rows,
        valid: column.valid,
        missing: column.missing,
        invalid: column.invalid,
        zeros: column.zeros,
        negatives: column.negatives,
        infinities: column.infinities,
        kinds: column.kinds,
        null_tokens: column.null_tokens,
        range,
        distribution,
        sum: bytes::decode(&column.sum)?,
        squares: bytes::decode(&column.squares)?,
        distinct: bytes::decode(&column.distinct)?,
    })
}

fn distribution(column: &FileColumn, ty: Type) -> Result<Distribution> {
    let fault = |why: &str| Error::new(Kind::Damaged, why);
    let (many, shift) = (column.buckets.len(), column.shift);
    if many > ENTRIES {
        return Err(Error::new(
            Kind::Limit,
            format!("saved profile has a column of more than {ENTRIES} buckets"),
        ));
    }
    if column.counts.len() != many || (!column.labels.is_empty() && column.labels.len() != many) {
        return Err(fault("its buckets, counts and labels are not equally many"));
    }
    let total = column.counts.iter().try_fold(0u64, |total, &count| total.checked_add(count));
    if total != Some(column.valid) || column.counts.contains(&0) {
        return Err(fault("its counts do not add up to its values"));
    }
    let domain = Domain::of(ty);
    let bits = domain.map_or(64, Domain::bits);
    if shift >= bits || (many == 0 && shift > 0) {
        return Err(fault("its shift is beyond its keys"));
    }
    let mut keys = Vec::with_capacity(many);
    let mut last = 0u128;
    for (i, step) in column.buckets.iter().enumerate() {
        last = last.checked_add(step.0).ok_or_else(|| fault("a bucket beyond its keys"))?;
        let beyond = last.checked_shr(bits - shift).unwrap_or(0) != 0;
        if beyond || (i > 0 && step.0 == 0) {
            return Err(fault("its buckets do not rise or are beyond its keys"));
        }
        keys.push(last);
    }
    if many == 0 {
        return Ok(Distribution::Absent);
    }
    let counts = column.counts.iter().copied();
    if let Some(domain) = domain {
        if !column.labels.is_empty() {
            return Err(fault("labels of ordered values"));
        }
        return Ok(Distribution::Ordered(Ordered {
            domain,
            shift,
            entries: keys.into_iter().zip(counts).collect(),
        }));
    }
    if shift > 0 && !column.labels.is_empty() {
        return Err(fault("labels of buckets"));
    }
    let labels = column.labels.iter().cloned().chain(std::iter::repeat(None));
    let entries = keys.into_iter().zip(counts).zip(labels).map(|((hash, count), label)| Category {
        hash: hash as u64,
        label,
        count,
    });
    Ok(Distribution::Categories(Categories { shift, entries: entries.collect() }))
}
