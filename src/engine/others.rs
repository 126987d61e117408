//! Another table that the rules of a contract refer to: its scanned file in, the hashes of the keys that are referred to out.

use std::sync::Arc;

use super::options::{GovernedColumn, Governing};
use super::plan::Plan;
use super::settle::State;
use super::sketching::Begins;
use super::split::{read, runs};
use crate::block::{ArrayBlock, RunPlace, Sink, TextBlock};
use crate::cell::Type;
use crate::cell::plan::WHOLE;
use crate::contract::{self, Other, OtherKey, Wanted};
use crate::error::{Error, Kind, Result};
use crate::issue::Code;
use crate::sketch::reference::{Cells, Reference};
use crate::sketch::rows::{RowCells, RowRules};
use crate::source::Source;
use crate::words::grouped;

/// The other tables that the contract of a file refers to, the file itself included.
///
/// # Errors
/// Those of the contract.
pub fn wanted(contract: &[u8], file: &str) -> Result<Vec<Wanted>> {
    let contract = contract::parse(contract)?;
    Ok(contract.wanted(contract.object(None, file)?))
}

/// How the columns that are wanted of another table are read.
pub fn governing_of(wanted: &Wanted) -> Governing {
    let spelled = |name: &String| wanted.spelled.iter().find(|it| it.0 == *name).map(|it| it.1.clone());
    let column = |(name, ty): &(String, Type)| GovernedColumn {
        name: name.clone(),
        ty: Some(*ty),
        yields: false,
        // Another tool may write the keys that it stores as floats, as pandas does where one is missing.
        formats: if *ty == Type::Integer { WHOLE } else { 0 },
        nulls: None,
        more_nulls: Vec::new(),
        spelled: spelled(name),
    };
    Governing { columns: wanted.types.iter().map(column).collect(), ..Governing::default() }
}

/// What is wanted of a table whose file was scanned: reads it once more. `memory` is the most bytes that the keys may take; a
/// key that has more, or a column that is not there, is said to be lacking.
///
/// # Errors
/// What the source and the readers say.
pub fn other(
    source: &dyn Source,
    state: &State,
    wanted: &Wanted,
    unit_bytes: usize,
    memory: u64,
) -> Result<Other> {
    let plan = &state.plan;
    let mut rules = RowRules::default();
    let mut keys = Vec::with_capacity(wanted.keys.len());
    for columns in &wanted.keys {
        let place = |name: &String| plan.columns.iter().position(|it| it.name == *name);
        let absent = columns.iter().find(|name| place(name).is_none());
        let places: Vec<usize> = columns.iter().filter_map(place).collect();
        rules.reads.extend(&places);
        keys.push(Collected {
            columns: columns.clone(),
            reference: Reference { columns: places },
            hashes: Vec::new(),
            sorted: 0,
            lacks: absent.map(|name| format!("the file {:?} has no column {name:?}", plan.name)),
        });
    }
    rules.reads.sort_unstable();
    rules.reads.dedup();
    let most = (memory / 8 / keys.len().max(1) as u64) as usize;
    let mut collector = Collector { plan, rules, keys, most };
    if !wanted.keys.is_empty() {
        for (run, _) in runs(state) {
            read(source, plan, run, unit_bytes, &mut collector)?;
        }
    }
    Ok(Other {
        table: wanted.table.clone(),
        rows: state.partial.rows(),
        keys: collector.keys.into_iter().map(Collected::finish).collect(),
    })
}

/// The error of a table that nothing refers to.
pub fn not_wanted(table: &str, wanted: &[Wanted]) -> Error {
    let tables: Vec<&str> = wanted.iter().filter_map(|it| it.table.as_deref()).collect();
    let error = Error::new(Kind::Usage, format!("the contract refers to no table {table:?}"));
    match tables.as_slice() {
        [] => error.with_hint("it refers to no other table"),
        tables => error.with_hint(format!("it refers to {}", tables.join(", "))),
    }
}

/// The hashes of one key.
struct Collected {
    columns: Vec<String>,
    reference: Reference,
    hashes: Vec<u64>,
    /// So many of them are sorted and differ.
    sorted: usize,
    lacks: Option<String>,
}

impl Collected {
    fn add(&mut self, hash: u64, most: usize) {
        self.hashes.push(hash);
        if self.hashes.len() >= (2 * self.sorted).max(1 << 16) {
            self.sort();
            if self.sorted > most {
                self.lacks = Some(format!(
                    "the other table has more than {} different keys, which is all that --memory allows",
                    grouped(most as u64)
                ));
                self.hashes = Vec::new();
            }
        }
    }

    fn sort(&mut self) {
        crate::order::sort(&mut self.hashes);
        self.hashes.dedup();
        self.sorted = self.hashes.len();
    }

    fn finish(mut self) -> OtherKey {
        self.sort();
        OtherKey { columns: self.columns, hashes: Arc::new(self.hashes), lacks: self.lacks }
    }
}

struct Collector<'a> {
    plan: &'a Plan,
    rules: RowRules,
    keys: Vec<Collected>,
    most: usize,
}

fn collect(keys: &mut [Collected], cells: &RowCells<'_>, rows: usize, most: usize) {
    for key in keys {
        for row in 0..rows {
            if key.lacks.is_some() {
                break;
            }
            if let Cells::All(hash) | Cells::Some(hash) = key.reference.of(&cells.row(row)) {
                key.add(hash, most);
            }
        }
    }
}

impl Begins for Collector<'_> {
    fn begin(&mut self, _: u64) -> &mut dyn Sink {
        self
    }
}

impl Sink for Collector<'_> {
    fn text(&mut self, block: &TextBlock<'_>) {
        let cells = self.rules.text_cells(block, &self.plan.columns);
        collect(&mut self.keys, &cells, block.rows.len(), self.most);
    }

    fn arrays(&mut self, block: &ArrayBlock<'_>) {
        let cells = self.rules.array_cells(block, &self.plan.columns);
        collect(&mut self.keys, &cells, block.n_rows, self.most);
    }

    fn issue(&mut self, _: Code, _: Option<usize>, _: RunPlace<'_>) {}

    fn set_aside(&mut self, _: Code, _: RunPlace<'_>) {}

    fn unknown_column(&mut self, _: &str, _: u64) {}
}
