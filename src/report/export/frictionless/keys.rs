//! Values that must be unique, and keys that must be another table's.

use serde_json::json;

use super::kinds::{Kind, error};
use super::{Errors, Foreign, Placed};
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
