//! Values that must be unique, and keys that must be another table's.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use super::kinds::{Kind, error};
use super::{Errors, Foreign, NO_KEY, Placed, Unread};
use crate::cell::same::same;
use crate::cell::{TimeUnit, Type};
use crate::report::wire::{Column, Violation};

/// A value as it is compared with others of its column.
pub(super) fn value(place: &Violation, column: Option<&Column>) -> String {
    let text = place.value.as_deref().unwrap_or_default();
    let ty = match column.map_or("", |column| column.ty.as_str()) {
        "integer" => Type::WideInteger,
        "float" => Type::Float,
        "date" => Type::Date,
        "timestamp" => Type::Timestamp { unit: TimeUnit::Nano, zoned: false },
        "time" => Type::Time,
        "boolean" => Type::Boolean,
        _ => Type::Text,
    };
    same(ty, text)
}

impl Errors<'_> {
    /// Rows of which no cell of a key of several fields is read; that they are like others says nothing then.
    pub(super) fn unread_keys(&self, unread: &Unread<'_>, placed: &mut Vec<Placed>) {
        let agreed = &self.told.agreed;
        let field = |name: &String| agreed.fields.iter().find(|it| it.name == *name)?.column;
        let Some(columns) = agreed.key_fields.iter().map(field).collect::<Option<Vec<usize>>>() else {
            return;
        };
        let name = |at: &usize| self.report.columns.get(*at).map_or("", |it| it.name.as_str());
        let is_read = |row: u64, at: &usize| {
            let cell = self.cells(row).get(*at).map_or("", String::as_str);
            !cell.is_empty() && !unread.contains(&(name(at), row))
        };
        let names: Vec<&str> = columns.iter().map(name).collect();
        let rows: BTreeSet<u64> = unread.iter().filter(|it| names.contains(&it.0)).map(|it| it.1).collect();
        let lost: BTreeMap<u64, u64> = rows
            .into_iter()
            .filter(|row| !columns.iter().any(|at| is_read(*row, at)))
            .map(|row| (self.number(row), row))
            .collect();
        placed.retain(|((at, kind, _), _)| *kind != Kind::PrimaryKey || !lost.contains_key(at));
        placed.extend(lost.values().map(|row| self.row(Kind::PrimaryKey, *row, NO_KEY)));
    }

    /// A row whose key is not in the other table.
    pub(super) fn foreign(&self, key: &Foreign, row: u64) -> Placed {
        let cells = self.cells(row);
        let own = |name: &String| {
            let field = self.told.agreed.fields.iter().find(|it| it.name == *name);
            let cell = field.and_then(|field| cells.get(field.column?));
            cell.cloned().unwrap_or_default()
        };
        let values: Vec<String> = key.fields.iter().map(own).collect();
        // Python's word for a missing value.
        let told: Vec<&str> =
            values.iter().map(|value| if value.is_empty() { "None" } else { value.as_str() }).collect();
        let note = format!(
            "for \"{}\": values \"{}\" not found in the lookup table \"{}\" as \"{}\"",
            key.fields.join(", "),
            told.join(", "),
            key.table,
            key.to.join(", ")
        );
        let number = self.number(row);
        let place = json!({
            "cells": cells,
            "rowNumber": number,
            "fieldNames": key.fields,
            "fieldCells": values,
            "referenceName": key.table,
            "referenceFieldNames": key.to,
        });
        ((number, Kind::ForeignKey, 0), error(Kind::ForeignKey, &note, place))
    }
}
