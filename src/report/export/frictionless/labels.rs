//! The header against the fields → errors of labels, as frictionless's `Header` finds them.

use serde_json::{Value, json};

use super::kinds::{Kind, error};
use super::{Agreed, Placed, Told};
use crate::report::wire::Report;

/// The labels of a file; none where it has no header.
pub(super) fn of(report: &Report, told: &Told) -> Vec<String> {
    if report.source.dialect.as_ref().is_some_and(|dialect| !dialect.header) {
        return Vec::new();
    }
    let names = || report.columns.iter().map(|it| it.name.clone()).collect();
    told.rows.labels.clone().unwrap_or_else(names)
}

/// What is wrong with the labels.
pub(super) fn errors(agreed: &Agreed, labels: &[String]) -> Vec<Placed> {
    let fields = &agreed.fields;
    if labels.is_empty() || fields.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut add = |kind: Kind, at: usize, label: &str, field: &str, note: &str| {
        let place = json!({
            "labels": labels,
            "rowNumbers": [1],
            "label": label,
            "fieldName": field,
            "fieldNumber": at + 1,
        });
        found.push(((1, kind, at), error(kind, note, place)));
    };
    for (at, label) in labels.iter().enumerate() {
        let is_field = if agreed.by_order {
            at < fields.len()
        } else {
            !agreed.closed || fields.iter().any(|field| field.name == *label)
        };
        if !is_field {
            add(Kind::ExtraLabel, at, label, "", "");
        }
    }
    let missing = fields.iter().filter(|field| field.column.is_none() && !field.optional);
    for (i, field) in missing.enumerate() {
        add(Kind::MissingLabel, labels.len() + i, "", &field.name, "");
    }
    let pairs = labels.iter().zip(fields).enumerate().filter(|_| agreed.by_order);
    for (at, (label, field)) in pairs {
        let same = |(_, other): &(usize, &String)| *other == label;
        let twice: Vec<String> =
            labels[..at].iter().enumerate().filter(same).map(|(at, _)| (at + 1).to_string()).collect();
        if label.is_empty() {
            add(Kind::BlankLabel, at, "", &field.name, "");
        } else if !twice.is_empty() {
            let note = format!("at position \"{}\"", twice.join(", "));
            add(Kind::DuplicateLabel, at, label, &field.name, &note);
        } else if *label != field.name {
            add(Kind::IncorrectLabel, at, label, &field.name, "");
        }
    }
    if agreed.any && fields.iter().all(|field| field.column.is_none()) {
        found.push(((1, Kind::UnmatchedHeader, 0), unmatched(labels)));
    }
    found
}

fn unmatched(labels: &[String]) -> Value {
    error(Kind::UnmatchedHeader, "", json!({ "labels": labels, "rowNumbers": [1] }))
}
