//! Two scanned files in, what their rows say together out: the columns are read in row order first.

use std::collections::BTreeMap;

use super::cells::{Column, Columns, cells};
use super::performance::Side;
use crate::cell::Type;
use crate::cell::period::Period;
use crate::drift::like::nannyml::{self, reconstruction as nanny};
use crate::drift::like::{Chunk, MethodSaid};
use crate::drift::multivariate::{Frame, Variable};
use crate::error::{Error, Kind, Result};

/// How both files are cut, and which of their columns are looked at together.
#[derive(Debug, Clone, Copy)]
pub struct Cut<'a> {
    /// The column and the period of chunks; chunks are rows in their order without them.
    pub by: Option<(&'a str, Period)>,
    /// The columns by their names; all that can be where none is named.
    pub columns: &'a [String],
    /// Bytes read at a time.
    pub unit_bytes: usize,
    /// Bytes of cells held, of each file.
    pub memory: u64,
}

/// What NannyML calculates of whole rows; its classifier is told as not run.
///
/// # Errors
/// `Usage` for a column that one of the files has not; what the sources and the readers say.
pub(super) fn reconstruction(
    (reference, before): (Side<'_>, &[Chunk]),
    (current, now): (Side<'_>, &[Chunk]),
    cut: Cut<'_>,
) -> Result<Vec<MethodSaid>> {
    let known = reference.state.profile();
    let is_there = |name: &str| current.state.plan.columns.iter().any(|it| it.name == name);
    for name in cut.columns {
        if !(is_there(name) && known.columns.iter().any(|it| it.name == *name)) {
            return Err(Error::new(Kind::Usage, format!("no column {name:?} in both files")));
        }
    }
    let is_asked = |name: &String| cut.columns.is_empty() || cut.columns.contains(name);
    let looked = known.columns.iter().filter(|it| is_there(&it.name) && is_asked(&it.name));
    let looked: Vec<(&str, bool)> =
        looked.filter_map(|it| Some((it.name.as_str(), nannyml::is_categorical(it)?))).collect();
    let read = |side: Side<'_>, chunks: &[Chunk]| table(side, chunks, &looked, cut);
    let said = match read(reference, before).and_then(|old| Ok((old, read(current, now)?))) {
        Ok((old, new)) => {
            let frames = (old.frame(&looked), new.frame(&looked));
            nanny::reconstruction(old.rows(&frames.0), new.rows(&frames.1))
        }
        Err(error) if error.kind() == Kind::Limit => nanny::not_run(error.to_string()),
        Err(error) => return Err(error),
    };
    Ok(vec![said, nanny::domain_classifier()])
}

/// The rows of a file with their chunks.
struct Table {
    read: Columns,
    keys: Vec<String>,
    chunk: Vec<usize>,
    booleans: Vec<bool>,
    words: [String; 2],
}

fn table(side: Side<'_>, chunks: &[Chunk], looked: &[(&str, bool)], cut: Cut<'_>) -> Result<Table> {
    let names: Vec<&str> = looked.iter().map(|it| it.0).chain(cut.by.map(|it| it.0)).collect();
    let read = cells(side.source, side.state, &names, cut.unit_bytes, cut.memory)?;
    let keys: Vec<String> = chunks.iter().map(|it| it.key.clone()).collect();
    let chunk = match (cut.by, read.columns.get(looked.len())) {
        (Some((_, period)), Some(time)) => {
            let mut known: BTreeMap<i64, usize> = BTreeMap::new();
            let mut of = |number: i64| {
                let place = || {
                    let label = period.label(number);
                    keys.iter().position(|it| *it == label).unwrap_or(usize::MAX)
                };
                *known.entry(number).or_insert_with(place)
            };
            let at = |time: &f64| {
                if time.is_nan() { usize::MAX } else { of(period.number(time.floor() as i64)) }
            };
            time.values.iter().map(at).collect()
        }
        _ => {
            let all = chunks.iter().enumerate();
            let mut chunk = Vec::with_capacity(read.rows);
            all.for_each(|(at, it)| chunk.resize(chunk.len() + it.profile.table.rows as usize, at));
            chunk.resize(read.rows, usize::MAX);
            chunk
        }
    };
    let whole = |it: &Column| it.ty == Type::Boolean && it.missing + it.invalid == 0;
    let booleans = read.columns.iter().take(looked.len()).map(whole).collect();
    Ok(Table { read, keys, chunk, booleans, words: ["False", "True"].map(str::to_owned) })
}

impl Table {
    fn frame(&self, looked: &[(&str, bool)]) -> Frame<'_> {
        let columns = self.read.columns.iter().zip(looked).map(|(it, (_, is_categorical))| {
            let labels = match it.ty {
                _ if !is_categorical => None,
                Type::Text => Some(&it.labels[..]),
                Type::Boolean => Some(&self.words[..]),
                _ => None,
            };
            Variable { name: &it.name, values: &it.values, labels }
        });
        Frame { rows: self.read.rows, columns: columns.collect() }
    }

    fn rows<'a>(&'a self, frame: &'a Frame<'a>) -> nanny::Rows<'a> {
        nanny::Rows { frame, booleans: &self.booleans, keys: &self.keys, chunk: &self.chunk }
    }
}
