//! Tests of the whole stage: a contract and hand-fed cells → findings.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::cell::{Role, Type, Value};
use crate::finding::{Finding, Status, Violation};
use crate::profile::{Column, Distribution, Estimate, Profile, RowCounts, Source, Table};

use super::{ColumnViolations, Contract, Known, SchemaObject, Tally, Violations, parse};

mod checks;
mod frictionless;
mod gx;
mod json_schema;
mod mistakes;
mod reading;
mod shapes;

/// A cell as the readers would classify it.
#[derive(Debug, Clone, Copy)]
enum Cell {
    Valid(&'static str, Value<'static>),
    Missing,
    Invalid(&'static str),
}

/// A column of a hand-made table.
struct Sheet {
    name: &'static str,
    ty: Type,
    cells: Vec<Cell>,
}

fn column(sheet: &Sheet, position: usize) -> Column {
    let count = |is: fn(&Cell) -> bool| sheet.cells.iter().filter(|cell| is(cell)).count() as u64;
    Column {
        name: sheet.name.to_owned(),
        position,
        ty: sheet.ty,
        governed: true,
        role: Role::Category,
        role_reason: String::new(),
        rows: sheet.cells.len() as u64,
        valid: count(|cell| matches!(cell, Cell::Valid(..))),
        missing: count(|cell| matches!(cell, Cell::Missing)),
        invalid: count(|cell| matches!(cell, Cell::Invalid(_))),
        null_tokens: Vec::new(),
        kinds: Vec::new(),
        invalid_places: Vec::new(),
        distinct: Estimate::exact(0),
        singletons: None,
        numeric: None,
        text: None,
        temporal: None,
        top: Vec::new(),
        histogram: None,
        alerts: Vec::new(),
        order: None,
        distribution: Distribution::Absent,
    }
}

fn profile(sheets: &[Sheet]) -> Profile {
    let rows = sheets.first().map_or(0, |sheet| sheet.cells.len() as u64);
    Profile {
        source: Source::default(),
        table: Table {
            rows,
            duplicate_rows: Estimate::exact(0),
            row_counts: RowCounts::default(),
            rows_in: rows,
            rows_set_aside: 0,
        },
        columns: sheets.iter().enumerate().map(|(i, sheet)| column(sheet, i + 1)).collect(),
        issues: Vec::new(),
        saved: false,
    }
}

/// Scans the table with the object's probes, as the sketches would, and judges it.
fn check(object: &SchemaObject, sheets: &[Sheet]) -> Vec<Finding> {
    let columns: Vec<(String, Type)> = sheets.iter().map(|sheet| (sheet.name.to_owned(), sheet.ty)).collect();
    let compiled = object.compile(&columns, Known::default());
    let scan = |(i, sheet): (usize, &Sheet)| {
        let probes = &compiled.columns[i].probes;
        let mut found =
            ColumnViolations { broken: vec![Tally::default(); probes.rules.len()], ..Default::default() };
        let mut groups: BTreeMap<&str, Vec<Violation>> = BTreeMap::new();
        let add = |tally: &mut Tally, place: &Violation| {
            tally.count += 1;
            tally.places.push(place.clone());
        };
        for (row, cell) in sheet.cells.iter().enumerate() {
            let row = row as u64 + 1;
            let place = |value: Option<&str>| Violation {
                row,
                line: Some(row + 1),
                byte: None,
                column: sheet.name.to_owned(),
                value: value.map(str::to_owned),
            };
            match cell {
                Cell::Missing => add(&mut found.missing, &place(None)),
                Cell::Invalid(raw) => add(&mut found.invalid, &place(Some(raw))),
                Cell::Valid(raw, value) => {
                    for (probe, tally) in probes.rules.iter().zip(&mut found.broken) {
                        if probe.breaks(*value) {
                            add(tally, &place(Some(raw)));
                        }
                    }
                    groups.entry(raw).or_default().push(place(Some(raw)));
                }
            }
        }
        if probes.unique {
            let mut places: Vec<Violation> =
                groups.into_values().filter(|group| group.len() > 1).flatten().collect();
            places.sort_by_key(|place| place.row);
            found.duplicates = Some(Tally { count: places.len() as u64, places });
        }
        found
    };
    let columns: Vec<ColumnViolations> = sheets.iter().enumerate().map(scan).collect();
    object.findings(&compiled, &profile(sheets), &Violations { columns, ..Violations::default() })
}

/// `status rule column: message`, failures first.
fn told(findings: &[Finding]) -> Vec<String> {
    let line = |f: &Finding| {
        format!("{} {} {}: {}", f.status.id(), f.rule, f.column.as_deref().unwrap_or("-"), f.message)
    };
    let mut sorted: Vec<&Finding> = findings.iter().collect();
    sorted.sort_by_key(|finding| Reverse(finding.status == Status::Fail));
    sorted.into_iter().map(line).collect()
}

fn integers(name: &'static str, values: &[i64]) -> Sheet {
    let cells = values.iter().map(|&value| Cell::Valid("n", Value::Integer(value.into()))).collect();
    Sheet { name, ty: Type::Integer, cells }
}

fn texts(name: &'static str, values: &[&'static str]) -> Sheet {
    let cell = |&value: &&'static str| {
        if value.is_empty() { Cell::Missing } else { Cell::Valid(value, Value::Text(value)) }
    };
    Sheet { name, ty: Type::Text, cells: values.iter().map(cell).collect() }
}

fn contract(schema: &str) -> Contract {
    let text = format!("apiVersion: v3.1.0\nkind: DataContract\nid: a\nversion: 1.0.0\nschema:\n{schema}");
    parse(text.as_bytes()).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

/// A contract of one property `c`, its further keys in flow style.
fn one(keys: &str) -> Contract {
    contract(&format!("  - {{name: t, properties: [{{name: c, {keys}}}]}}\n"))
}

/// Puts values of every kind into every place of a text that is read; contracts that come of it check a table.
fn never_panics(whole: &str) {
    assert!(parse(whole.as_bytes()).is_ok());
    let lines: Vec<&str> = whole.lines().collect();
    for (i, line) in lines.iter().enumerate() {
        let Some((key, _)) = line.split_once(':') else { continue };
        for value in
            ["", "~", "[]", "{}", "-1", "1e999", "'é%'", "[1, {a: b}, ~]", "{a: [b]}", "true", "'%'", "'('"]
        {
            let mut changed = lines.clone();
            let text = format!("{key}: {value}");
            changed[i] = &text;
            if let Ok(contract) = parse(changed.join("\n").as_bytes())
                && let Some(object) = contract.objects.first()
            {
                let _ = check(object, &[texts("c", &["", "é", "a@b.org"]), texts("d", &["01.01.24"])]);
            }
        }
    }
}
