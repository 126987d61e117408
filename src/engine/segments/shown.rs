//! The rows that are shown as examples: their cells, as they stand in the file.

use std::collections::BTreeMap;

use super::super::plan::Plan;
use super::super::sketching::Begins;
use super::super::split::{read, runs};
use super::{Scanned, places};
use crate::block::{ArrayBlock, Form, RunPlace, Sink, TextBlock};
use crate::error::Result;
use crate::issue::Code;
use crate::report::wire;
use crate::sketch::places::shown;
use crate::sketch::row_cells::RowCell;
use crate::sketch::scan::field_text;

/// Columns of a row that are shown.
const COLUMNS: usize = 8;

/// Fills the cells of the examples, and their columns up to as many as are shown.
///
/// # Errors
/// What the source and the readers say.
pub(super) fn fill(columns: &mut [wire::Drifted], current: Scanned<'_>, unit_bytes: usize) -> Result<()> {
    let places = places(current.state);
    let names: Vec<&String> = current.state.plan.columns.iter().map(|it| &it.name).collect();
    let mut wanted: BTreeMap<u64, Vec<Option<String>>> = BTreeMap::new();
    for segment in columns.iter_mut().flat_map(|it| &mut it.segments) {
        for name in &names {
            if segment.columns.len() < COLUMNS && !segment.columns.contains(name) {
                segment.columns.push((*name).clone());
            }
        }
        wanted.extend(segment.examples.iter().map(|it| (it.row, Vec::new())));
    }
    if wanted.is_empty() {
        return Ok(());
    }
    let mut gather = Gather { plan: &current.state.plan, rows: wanted, row: 0, scratch: Vec::new() };
    for (run, _) in runs(current.state) {
        read(current.source, &current.state.plan, run, unit_bytes, &mut gather)?;
    }
    for segment in columns.iter_mut().flat_map(|it| &mut it.segments) {
        for example in &mut segment.examples {
            let cells = gather.rows.get(&example.row);
            let cell =
                |name: &String| places.get(name.as_str()).and_then(|at| cells?.get(*at)).cloned().flatten();
            example.cells = segment.columns.iter().map(cell).collect();
        }
    }
    Ok(())
}

struct Gather<'a> {
    plan: &'a Plan,
    /// The cells of the wanted rows, by the row from 1.
    rows: BTreeMap<u64, Vec<Option<String>>>,
    row: u64,
    scratch: Vec<u8>,
}

impl Begins for Gather<'_> {
    fn begin(&mut self, _: u64) -> &mut dyn Sink {
        self
    }
}

impl Sink for Gather<'_> {
    fn text(&mut self, block: &TextBlock<'_>) {
        let first = self.row + 1;
        self.row += block.rows.len() as u64;
        let Gather { plan, rows, scratch, row } = self;
        for (number, cells) in rows.range_mut(first..=*row) {
            let at = (number - first) as usize;
            let mut cell = |place: usize| {
                let index = at * block.n_columns + place;
                let is_missing = RowCell::of_field(block, index, &plan.columns[place]) == RowCell::Missing;
                let (text, form) = field_text(block, index, scratch);
                (form != Form::Absent && !is_missing).then(|| shown(text))
            };
            *cells = (0..plan.columns.len()).map(&mut cell).collect();
        }
    }

    fn arrays(&mut self, block: &ArrayBlock<'_>) {
        let first = self.row + 1;
        self.row += block.n_rows as u64;
        let Gather { plan, rows, row, .. } = self;
        for (number, cells) in rows.range_mut(first..=*row) {
            let at = (number - first) as usize;
            let cell = |place: usize| {
                let cell = block.columns.get(place).map_or(RowCell::Missing, |it| RowCell::of_array(it, at));
                (cell != RowCell::Missing).then(|| shown(&cell.shown(plan.columns[place].ty)))
            };
            *cells = (0..plan.columns.len()).map(cell).collect();
        }
    }

    fn issue(&mut self, _: Code, _: Option<usize>, _: RunPlace<'_>) {}

    fn set_aside(&mut self, _: Code, _: RunPlace<'_>) {}

    fn unknown_column(&mut self, _: &str, _: u64) {}
}
