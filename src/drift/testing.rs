//! Profiles of a few lines for tests: values in, columns and tables out, exact or as coarse as a saved profile.

use super::pair;
use crate::cell::{Domain, Role, Type, domain};
use crate::num::hash;
use crate::profile::patterns::Patterns;
use crate::profile::{
    Categories, Category, Column, Distribution, Estimate, Ordered, Profile, RowCounts, Source, Table, Text,
};
use std::collections::BTreeMap;

/// A seeded stream of numbers in [0, 1).
pub(crate) struct Stream(pub u64);

impl Stream {
    pub(crate) fn next(&mut self) -> f64 {
        self.0 += 1;
        (hash::word(20, self.0) >> 11) as f64 / (1_u64 << 53) as f64
    }

    pub(crate) fn normal(&mut self) -> f64 {
        crate::num::normal_quantile(self.next().max(1e-12))
    }
}

fn column(name: &str, ty: Type, counts: Vec<u64>, distribution: Distribution) -> Column {
    let valid = counts.iter().sum();
    Column {
        name: name.into(),
        position: 1,
        ty,
        governed: false,
        role: Role::Measure,
        role_reason: String::new(),
        rows: valid,
        valid,
        missing: 0,
        invalid: 0,
        null_tokens: Vec::new(),
        kinds: Vec::new(),
        invalid_places: Vec::new(),
        distinct: Estimate::exact(counts.len() as u64),
        singletons: Some(counts.iter().filter(|&&c| c == 1).count() as u64),
        numeric: None,
        text: None,
        temporal: None,
        top: Vec::new(),
        histogram: None,
        alerts: Vec::new(),
        order: None,
        distribution,
    }
}

pub(crate) fn keys(name: &str, ty: Type, keys: impl IntoIterator<Item = u128>) -> Column {
    let mut counts: BTreeMap<u128, u64> = BTreeMap::new();
    keys.into_iter().for_each(|key| *counts.entry(key).or_default() += 1);
    let entries: Vec<(u128, u64)> = counts.into_iter().collect();
    let held = entries.iter().map(|e| e.1).collect();
    let ordered = Ordered { domain: Domain::of(ty).unwrap_or(Domain::Signed), shift: 0, entries };
    let absent = ordered.entries.is_empty();
    column(name, ty, held, if absent { Distribution::Absent } else { Distribution::Ordered(ordered) })
}

pub(crate) fn integers(name: &str, values: impl IntoIterator<Item = i64>) -> Column {
    keys(name, Type::Integer, values.into_iter().map(|x| domain::signed(x).into()))
}

pub(crate) fn floats_of(name: &str, values: impl IntoIterator<Item = f64>) -> Column {
    keys(name, Type::Float, values.into_iter().map(|x| domain::float(x).into()))
}

pub(crate) fn texts(name: &str, values: &[(&str, u64)]) -> Column {
    let mut entries: Vec<Category> = values
        .iter()
        .filter(|v| v.1 > 0)
        .map(|&(text, count)| Category {
            hash: hash::bytes(0, text.as_bytes()),
            label: Some(text.into()),
            count,
        })
        .collect();
    entries.sort_by_key(|e| e.hash);
    let held = entries.iter().map(|e| e.count).collect();
    column(name, Type::Text, held, Distribution::Categories(Categories { shift: 0, entries }))
}

pub(crate) fn drawn(name: &str, values: impl IntoIterator<Item = String>) -> Column {
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    values.into_iter().for_each(|text| *counts.entry(text).or_default() += 1);
    let list: Vec<(&str, u64)> = counts.iter().map(|(text, count)| (text.as_str(), *count)).collect();
    texts(name, &list)
}

/// A column of these codes, with their shapes.
pub(crate) fn coded(values: impl Iterator<Item = String>) -> Column {
    let values: Vec<String> = values.collect();
    let mut patterns = Patterns::default();
    values.iter().for_each(|text| patterns.add(text, 1));
    let text = Text {
        min_length: 1,
        max_length: 9,
        mean_length: 5.0,
        patterns: patterns.top(),
        exact: true,
        sampled: 0,
    };
    Column { text: Some(text), ..drawn("code", values) }
}

/// The column with so many missing and invalid cells besides.
pub(crate) fn holed(mut column: Column, missing: u64, invalid: u64) -> Column {
    column.missing += missing;
    column.invalid += invalid;
    column.rows += missing + invalid;
    column
}

/// The column as a saved profile of so many entries holds it.
pub(crate) fn coarse(mut column: Column, budget: usize) -> Column {
    match &mut column.distribution {
        Distribution::Absent => {}
        Distribution::Ordered(side) => {
            while side.entries.len() > budget {
                *side = pair::coarser(side, side.shift + 1);
            }
        }
        Distribution::Categories(side) => {
            while side.entries.len() > budget {
                *side = pair::fewer(side, side.shift + 1);
            }
            // Rare values are left out by name.
            side.entries.iter_mut().filter(|e| e.count < 5).for_each(|e| e.label = None);
        }
    }
    column
}

pub(crate) fn profile(columns: Vec<Column>) -> Profile {
    let rows = columns.first().map_or(0, |c| c.rows);
    let row_counts = RowCounts { counts: vec![(1, rows)], share: 1.0 };
    Profile {
        source: Source::default(),
        table: Table {
            rows,
            duplicate_rows: Estimate::exact(0),
            row_counts,
            rows_in: rows,
            rows_set_aside: 0,
        },
        columns: columns.into_iter().enumerate().map(|(i, c)| Column { position: i + 1, ..c }).collect(),
        issues: Vec::new(),
        saved: false,
    }
}
