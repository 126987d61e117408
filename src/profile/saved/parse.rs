//! The bytes of a file in, a saved profile out, every figure of it checked; of every version so far.

use std::fmt;

use serde::Deserialize;

use super::file::{File, FileColumn, FileSource, TYPES, VERSION, source_order, type_word};
use super::{Column, ENTRIES, Redact, Saved, bytes, ranks};
use crate::cell::plan::ColumnPlan;
use crate::cell::{Domain, Type, limits};
use crate::error::{Error, Kind, Result};
use crate::profile::{Categories, Category, Dialect, Distribution, Ordered, Source};

/// The most files that a saved profile is made of.
const SOURCES: usize = 100_000;

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
    let found = version.driftline_profile;
    if !(1..=u64::from(VERSION)).contains(&found) {
        return Err(Error::new(
            Kind::Incompatible,
            format!("expected a saved profile of version 1 to {VERSION}, found version {found}"),
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

fn type_of(word: &str) -> Option<Type> {
    if let Some(scale) = word.strip_prefix("decimal(").and_then(|rest| rest.strip_suffix(')')) {
        let scale: u8 = scale.parse().ok()?;
        return (scale <= 38 && type_word(Type::Decimal(scale)) == word).then_some(Type::Decimal(scale));
    }
    TYPES.into_iter().find(|ty| type_word(*ty) == word)
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
        columns.push(from_column(column, file.driftline_profile).map_err(|error| match error.kind() {
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

fn from_column(column: FileColumn, version: u32) -> Result<Column> {
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
    let shift = distribution.shift();
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
            spelled: None,
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
        distinct: counter(&column.distinct, version, shift)?,
        withheld: column.withheld,
    })
}

/// The distinct counter. In version 1 columns have one even where their values say how many are distinct.
fn counter(text: &str, version: u32, shift: u32) -> Result<Vec<u8>> {
    match (version, shift) {
        (1, 0) => bytes::decode(text).map(|_| Vec::new()),
        (1, _) => bytes::decode(text),
        (_, 0) if !text.is_empty() => Err(Error::new(Kind::Damaged, "a distinct counter beside all values")),
        _ => ranks::decode(text),
    }
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
