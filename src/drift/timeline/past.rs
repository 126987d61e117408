//! What later intervals know of an earlier one: a few numbers a column.

use super::key;
use crate::cell::Type;
use crate::drift::{ColumnDrift, Comparison, Kind, Outcome};
use crate::finding::Finding;
use crate::order;
use crate::profile::{Column, Distribution, Profile, Scalar};
use std::collections::BTreeMap;

/// What a person has said about an interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Something was wrong with it: it says nothing about what is usual.
    Incident,
    /// It was as it should be, although it tripped.
    Normal,
}

impl Mark {
    /// Its word.
    pub fn id(self) -> &'static str {
        match self {
            Mark::Incident => "incident",
            Mark::Normal => "normal",
        }
    }

    /// The mark of a word.
    pub fn named(word: &str) -> Option<Mark> {
        [Mark::Incident, Mark::Normal].into_iter().find(|it| it.id() == word)
    }
}

/// An interval that was compared.
#[derive(Debug, Clone, PartialEq)]
pub struct Past {
    /// What it is called.
    pub key: String,
    /// The day it stands for.
    pub day: Option<i64>,
    /// Its rows.
    pub rows: u64,
    /// The hash of its content; empty where it is part of a file.
    pub content_hash: String,
    /// What a person has said.
    pub mark: Option<Mark>,
    /// Whether there was something to compare it with.
    pub compared: bool,
    /// Its columns, by name.
    pub columns: BTreeMap<String, Point>,
    /// Warnings and worse on it, in the order of the comparison.
    pub said: Vec<Finding>,
}

/// A column in an interval.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// PSI beyond chance; `None` where it was not compared.
    pub psi: Option<f64>,
    /// The Wasserstein distance in robust standard deviations.
    pub moved: Option<f64>,
    /// The share of missing cells, 0 to 1.
    pub missing: f64,
    /// The share of invalid cells.
    pub invalid: f64,
    /// The change of these shares from the reference's.
    pub changes: (f64, f64),
    /// The median of a numeric column.
    pub median: Option<f64>,
    /// What became of it.
    pub outcome: Option<Outcome>,
    /// The smallest and the largest value of a column of whole numbers.
    pub(super) whole: Option<(f64, f64)>,
    /// The kinds of drift.
    pub kinds: Vec<Kind>,
    /// Whether it drifted beyond what is usual for it, or drifted while that is unknown.
    pub tripped: bool,
    /// Whether it was known what is usual.
    pub known: bool,
    /// Whether a person has called its interval normal.
    pub(super) normal: bool,
    /// Whether an alert stands after it.
    pub alert: bool,
    /// The keys or hashes of its values, where they are few and known one by one.
    pub(super) values: Vec<u128>,
}

/// More values than this are no set.
const SET: usize = 64;

impl Past {
    /// Of a profile and what came of its comparison, if there was one. Nothing has tripped yet.
    pub(super) fn new(
        key: &str,
        mark: Option<Mark>,
        profile: &Profile,
        comparison: Option<&Comparison>,
    ) -> Past {
        let compared: BTreeMap<&str, &ColumnDrift> = order::map(
            comparison.into_iter().flat_map(|it| &it.columns).map(|column| (column.column.as_str(), column)),
        );
        let point = |column: &Column| {
            let drift = compared.get(column.name.as_str()).copied();
            (column.name.clone(), Point::new(column, drift, mark))
        };
        Past {
            key: key.to_owned(),
            day: key::day(key),
            rows: profile.table.rows,
            content_hash: profile.source.content_hash.clone(),
            mark,
            compared: comparison.is_some(),
            columns: order::map(profile.columns.iter().map(point)),
            said: Vec::new(),
        }
    }

    /// Whether it says what is usual for a column.
    pub(super) fn is_usual(&self, column: &Point) -> bool {
        match self.mark {
            Some(Mark::Incident) => false,
            Some(Mark::Normal) => true,
            // Before anything was known, what drifted may well be usual.
            None => !(column.tripped && column.known),
        }
    }
}

impl Point {
    fn new(column: &Column, drift: Option<&ColumnDrift>, mark: Option<Mark>) -> Point {
        let share = |count: u64| count as f64 / column.rows.max(1) as f64;
        let of = |name: &str| {
            let methods = drift.into_iter().flat_map(|it| &it.methods);
            methods.filter(|it| it.name == name).find_map(|it| it.value)
        };
        let median = column.numeric.as_ref().and_then(|it| it.points.iter().find(|point| point.0 == 0.5));
        Point {
            psi: drift.and_then(|it| it.psi_corrected),
            moved: of("wasserstein"),
            missing: share(column.missing),
            invalid: share(column.invalid),
            changes: (of("missing-share").unwrap_or(0.0), of("invalid-share").unwrap_or(0.0)),
            median: median.map(|it| it.1),
            outcome: drift.map(|it| it.outcome),
            whole: whole(column),
            kinds: drift.map_or_else(Vec::new, |it| it.kinds.clone()),
            tripped: false,
            known: false,
            normal: mark == Some(Mark::Normal),
            alert: false,
            values: values(&column.distribution),
        }
    }
}

fn whole(column: &Column) -> Option<(f64, f64)> {
    let it = column.numeric.as_ref().filter(|_| matches!(column.ty, Type::Integer | Type::WideInteger))?;
    let number = |it: &Scalar| match it {
        Scalar::Integer(x) => Some(*x as f64),
        Scalar::Float(x) => Some(*x),
        Scalar::Text(text) => text.parse().ok(),
    };
    Some((number(&it.min)?, number(&it.max)?))
}

/// The keys or hashes of few values.
pub(super) fn values(distribution: &Distribution) -> Vec<u128> {
    match distribution {
        Distribution::Ordered(it) if it.shift == 0 && it.entries.len() <= SET => {
            it.entries.iter().map(|entry| entry.0).collect()
        }
        Distribution::Categories(it) if it.shift == 0 && it.entries.len() <= SET => {
            it.entries.iter().map(|entry| entry.hash.into()).collect()
        }
        _ => Vec::new(),
    }
}
