//! A scanned file and names of columns in; the typed cells of these columns in row order out. What looks at several columns of
//! a row at once reads it, within a limit of memory that is told beforehand.

use std::collections::BTreeMap;

use super::plan::Plan;
use super::settle::State;
use super::sketching::Begins;
use super::split::{read, runs};
use crate::block::{ArrayBlock, RunPlace, Sink, TextBlock};
use crate::cell::period::seconds;
use crate::cell::{Type, Value};
use crate::error::{Error, Kind, Result};
use crate::issue::Code;
use crate::sketch::row_cells::RowCell;
use crate::source::Source;
use crate::words::grouped;

/// Bytes that a held cell takes.
const CELL_BYTES: u64 = 8;
/// Bytes that a label takes besides its text.
const LABEL_BYTES: u64 = 64;

/// A column in row order.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// Its type, the profile's.
    pub ty: Type,
    /// A number a row: the value, 0 or 1 of a boolean, seconds since 1970 of dates and timestamps, the index of the label of
    /// text. NaN where there is no valid cell.
    pub values: Vec<f64>,
    /// Texts, in the order in which they first occur.
    pub labels: Vec<String>,
    /// Missing cells.
    pub missing: u64,
    /// Cells that are not of the column's type.
    pub invalid: u64,
}

/// Some columns in row order.
#[derive(Debug, Clone, PartialEq)]
pub struct Columns {
    /// How many rows.
    pub rows: usize,
    /// The columns, as they were asked for.
    pub columns: Vec<Column>,
}

/// Reads the file once more. `memory` is the most bytes that are held.
///
/// # Errors
/// `Usage` for a column that is not there; `Limit` where the cells would not fit; what the source and the readers say.
pub fn cells(
    source: &dyn Source,
    state: &State,
    names: &[&str],
    unit_bytes: usize,
    memory: u64,
) -> Result<Columns> {
    cells_of((source, state), names, None, unit_bytes, memory)
}

/// The same of some rows, by their rising numbers from 0; of all where none are given.
///
/// # Errors
/// Those of [`cells`].
pub(super) fn cells_of(
    (source, state): (&dyn Source, &State),
    names: &[&str],
    rows: Option<&[u64]>,
    unit_bytes: usize,
    memory: u64,
) -> Result<Columns> {
    let n = rows.map_or(state.partial.rows(), |it| it.len() as u64);
    let place = |name: &&str| {
        state.plan.columns.iter().position(|it| it.name == **name).ok_or_else(|| no_column(state, name))
    };
    let places = names.iter().map(place).collect::<Result<Vec<_>>>()?;
    let bytes = n.saturating_mul(CELL_BYTES).saturating_mul(places.len() as u64);
    if bytes > memory {
        return Err(too_many(&state.plan.name, n, places.len(), memory));
    }
    let column = |place: &usize| Column {
        name: state.plan.columns[*place].name.clone(),
        ty: state.plan.columns[*place].ty,
        values: Vec::with_capacity(n as usize),
        labels: Vec::new(),
        missing: 0,
        invalid: 0,
    };
    let mut gather = Gather {
        plan: &state.plan,
        columns: places.iter().map(|it| (*it, column(it), BTreeMap::new())).collect(),
        left: memory - bytes,
        is_full: false,
        wanted: Wanted { rows, taken: 0, seen: 0 },
    };
    for (run, _) in runs(state) {
        read(source, &state.plan, run, unit_bytes, &mut gather)?;
    }
    if gather.is_full {
        return Err(too_many(&state.plan.name, n, places.len(), memory));
    }
    let columns: Vec<Column> = gather.columns.into_iter().map(|it| it.1).collect();
    if columns.iter().any(|it| it.values.len() as u64 != n) {
        return Err(Error::new(Kind::Unreadable, "the file changed while it was read"));
    }
    Ok(Columns { rows: n as usize, columns })
}

fn no_column(state: &State, name: &str) -> Error {
    let names: Vec<String> = state.plan.columns.iter().take(50).map(|it| format!("{:?}", it.name)).collect();
    Error::new(Kind::Usage, format!("no column {name:?} in {:?}", state.plan.name))
        .with_hint(format!("it has {}", names.join(", ")))
}

fn too_many(name: &str, rows: u64, columns: usize, memory: u64) -> Error {
    let what = format!(
        "{} rows of {columns} columns of {name:?} do not fit into the {} MiB that --memory allows",
        grouped(rows),
        grouped(memory >> 20)
    );
    Error::new(Kind::Limit, what).with_hint("give more with --memory, or a sample of the rows")
}

struct Gather<'a> {
    plan: &'a Plan,
    /// Place in the table, cells, and the labels that were met.
    columns: Vec<(usize, Column, BTreeMap<String, usize>)>,
    /// Bytes that labels may still take.
    left: u64,
    is_full: bool,
    wanted: Wanted<'a>,
}

/// Which rows are read.
struct Wanted<'a> {
    rows: Option<&'a [u64]>,
    /// How many of them have been.
    taken: usize,
    /// Rows before the next block.
    seen: u64,
}

impl Wanted<'_> {
    /// The rows of the next block of so many that are.
    fn of(&mut self, n: usize) -> Vec<usize> {
        let from = self.seen;
        self.seen += n as u64;
        let Some(rows) = self.rows else { return (0..n).collect() };
        let rest = rows.get(self.taken..).unwrap_or_default();
        let here: Vec<usize> =
            rest.iter().take_while(|row| **row < self.seen).map(|row| (*row - from) as usize).collect();
        self.taken += here.len();
        here
    }
}

fn add(column: &mut Column, labels: &mut BTreeMap<String, usize>, left: &mut u64, cell: RowCell<'_>) -> bool {
    let cell = cell.well_formed();
    let value = match cell.value(column.ty) {
        None => {
            let is_missing = cell == RowCell::Missing;
            column.missing += u64::from(is_missing);
            column.invalid += u64::from(!is_missing);
            f64::NAN
        }
        Some(Value::Boolean(value)) => f64::from(u8::from(value)),
        Some(Value::Integer(value)) => value as f64,
        Some(Value::Decimal(value, digits)) => value as f64 / crate::num::pow(10.0, f64::from(digits)),
        Some(Value::Float(value)) => value,
        Some(Value::Date(value)) => seconds(Type::Date, value).map_or(f64::NAN, |it| it as f64),
        Some(Value::Timestamp(value)) => value as f64 / 1e9,
        Some(Value::Time(value) | Value::Duration(value)) => value as f64 / 1e6,
        Some(Value::Text(text)) => match labels.get(text) {
            Some(index) => *index as f64,
            None => {
                let bytes = 2 * text.len() as u64 + LABEL_BYTES;
                if bytes > *left {
                    return false;
                }
                *left -= bytes;
                labels.insert(text.to_owned(), column.labels.len());
                column.labels.push(text.to_owned());
                (column.labels.len() - 1) as f64
            }
        },
    };
    column.values.push(value);
    true
}

impl Begins for Gather<'_> {
    fn begin(&mut self, _: u64) -> &mut dyn Sink {
        self
    }
}

impl Sink for Gather<'_> {
    fn text(&mut self, block: &TextBlock<'_>) {
        let Gather { plan, columns, left, is_full, wanted } = self;
        let rows = wanted.of(block.rows.len());
        for (place, column, labels) in columns {
            for &row in &rows {
                if *is_full {
                    return;
                }
                let cell = RowCell::of_field(block, row * block.n_columns + *place, &plan.columns[*place]);
                *is_full = !add(column, labels, left, cell);
            }
        }
    }

    fn arrays(&mut self, block: &ArrayBlock<'_>) {
        let Gather { columns, left, is_full, wanted, .. } = self;
        let rows = wanted.of(block.n_rows);
        for (place, column, labels) in columns {
            for &row in &rows {
                if *is_full {
                    return;
                }
                let cell =
                    block.columns.get(*place).map_or(RowCell::Missing, |it| RowCell::of_array(it, row));
                *is_full = !add(column, labels, left, cell);
            }
        }
    }

    fn issue(&mut self, _: Code, _: Option<usize>, _: RunPlace<'_>) {}

    fn set_aside(&mut self, _: Code, _: RunPlace<'_>) {}

    fn unknown_column(&mut self, _: &str, _: u64) {}
}

#[cfg(test)]
mod tests {
    use super::super::{Governing, Options, scan};
    use super::*;

    const TEXT: &str = "p,c,ok\n0.5,a,true\n,b,false\n0.25,a,true\nx,,true\n0.5,a,true\n0.5,a,true\n0.5,a,true\n\
                        0.5,a,true\n0.5,a,true\n0.5,a,true\n0.5,a,true\n0.5,a,false\n";

    fn read_all(names: &[&str], unit: usize, memory: u64) -> Result<Columns> {
        let options = Options { name: "f.csv".into(), unit_bytes: unit, ..Options::default() };
        let source = TEXT.as_bytes();
        let state = scan(&source, &options, Governing::default(), &|_| {}).unwrap();
        cells(&source, &state, names, unit, memory)
    }

    #[test]
    fn cells_are_those_of_the_profile_in_row_order() {
        for unit in [7, 1 << 20] {
            let found = read_all(&["ok", "p", "c"], unit, 1 << 20).unwrap();
            let [ok, p, c] = &found.columns[..] else { panic!("three columns") };
            assert_eq!(found.rows, 12);
            assert_eq!(ok.values[..4], [1.0, 0.0, 1.0, 1.0]);
            assert!(
                p.values[0] == 0.5 && p.values[1].is_nan() && p.values[2] == 0.25 && p.values[3].is_nan()
            );
            assert_eq!((p.missing, p.invalid), (1, 1));
            assert_eq!((c.labels.join("|"), c.missing), ("a|b".to_owned(), 1));
            assert_eq!(c.values[..3], [0.0, 1.0, 0.0]);
        }
    }

    #[test]
    fn some_rows_are_those_of_all() {
        let all = read_all(&["p", "c"], 1 << 20, 1 << 20).unwrap();
        for unit in [7, 40, 1 << 20] {
            let options = Options { name: "f.csv".into(), unit_bytes: unit, ..Options::default() };
            let source = TEXT.as_bytes();
            let state = scan(&source, &options, Governing::default(), &|_| {}).unwrap();
            let rows = [0, 1, 7, 11];
            let found = cells_of((&source, &state), &["p", "c"], Some(&rows), unit, 1 << 20).unwrap();
            assert_eq!(found.rows, 4);
            for (some, all) in found.columns.iter().zip(&all.columns) {
                let expected = rows.map(|row| all.values[row as usize].to_bits());
                assert_eq!(some.values.iter().map(|it| it.to_bits()).collect::<Vec<_>>(), expected);
            }
        }
    }

    #[test]
    fn what_does_not_fit_is_refused_and_so_is_what_is_not_there() {
        assert_eq!(read_all(&["p", "c"], 1 << 20, 100).unwrap_err().kind(), Kind::Limit);
        assert_eq!(read_all(&["c"], 1 << 20, 100).unwrap_err().kind(), Kind::Limit);
        assert!(read_all(&["none"], 1 << 20, 1 << 20).unwrap_err().is_usage());
    }
}
