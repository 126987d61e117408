//! Some columns of a file as the bins of their cells, row by row; of a large file a sample of its rows.

use super::super::plan::Plan;
use super::super::settle::State;
use super::super::sketching::Begins;
use super::super::split::{read, runs};
use super::places;
use crate::block::{ArrayBlock, RunPlace, Sink, TextBlock};
use crate::drift::segments::{Cell, Coder, Side};
use crate::error::{Error, Kind, Result};
use crate::issue::Code;
use crate::num::hash;
use crate::sketch::row_cells::RowCell;
use crate::sketch::texts::text_hash;
use crate::source::Source;

/// A column with what its bins are.
pub(in crate::engine) struct Coded<'a> {
    /// Its name in this file.
    pub name: String,
    /// Its bins.
    pub coder: &'a Coder,
    /// Which file this is.
    pub side: Side,
}

/// The bins of some columns.
#[derive(Debug, Default)]
pub(in crate::engine) struct Codes {
    /// The rows, from 0.
    pub rows: Vec<u64>,
    /// A bin a row, in the order of the columns asked for.
    pub columns: Vec<Vec<u8>>,
    /// Whether rows were left out.
    pub is_sampled: bool,
}

/// Reads them; rows are taken by the hash of their number, about `most` of them.
///
/// # Errors
/// What the source and the readers say.
pub(in crate::engine) fn coded(
    source: &dyn Source,
    state: &State,
    columns: &[Coded<'_>],
    (most, seed): (u64, u64),
    unit_bytes: usize,
) -> Result<Codes> {
    let places = places(state);
    let n = state.partial.rows();
    let is_sampled = n > most;
    let limit =
        if is_sampled { (u128::from(u64::MAX) * u128::from(most) / u128::from(n)) as u64 } else { u64::MAX };
    let place = |it: &Coded<'_>| places.get(it.name.as_str()).copied();
    let mut gather = Gather {
        plan: &state.plan,
        columns: columns.iter().map(|it| (place(it), it)).collect(),
        codes: Codes { rows: Vec::new(), columns: vec![Vec::new(); columns.len()], is_sampled },
        row: 0,
        limit,
        seed,
    };
    for (run, _) in runs(state) {
        read(source, &state.plan, run, unit_bytes, &mut gather)?;
    }
    if gather.row != n {
        return Err(Error::new(Kind::Unreadable, "the file changed while it was read"));
    }
    Ok(gather.codes)
}

struct Gather<'a> {
    plan: &'a Plan,
    columns: Vec<(Option<usize>, &'a Coded<'a>)>,
    codes: Codes,
    /// The next row.
    row: u64,
    /// Hashes up to here are taken.
    limit: u64,
    seed: u64,
}

impl Gather<'_> {
    fn add(&mut self, cell: impl Fn(&Plan, usize) -> Cell) {
        let row = self.row;
        self.row += 1;
        if self.codes.is_sampled && hash::word(self.seed, row) > self.limit {
            return;
        }
        self.codes.rows.push(row);
        for ((place, coded), codes) in self.columns.iter().zip(&mut self.codes.columns) {
            let cell = place.map_or(Cell::Missing, |place| cell(self.plan, place));
            codes.push(coded.coder.code(coded.side, cell));
        }
    }
}

fn plain(cell: &RowCell<'_>) -> Cell {
    match cell {
        RowCell::Missing => Cell::Missing,
        RowCell::Invalid => Cell::Invalid,
        RowCell::Key(key) => Cell::Key(*key),
        RowCell::Text(text) => Cell::Hash(text_hash(text)),
    }
}

impl Begins for Gather<'_> {
    fn begin(&mut self, _: u64) -> &mut dyn Sink {
        self
    }
}

impl Sink for Gather<'_> {
    fn text(&mut self, block: &TextBlock<'_>) {
        for row in 0..block.rows.len() {
            self.add(|plan, place| {
                plain(&RowCell::of_field(block, row * block.n_columns + place, &plan.columns[place]))
            });
        }
    }

    fn arrays(&mut self, block: &ArrayBlock<'_>) {
        for row in 0..block.n_rows {
            self.add(|_, place| {
                block.columns.get(place).map_or(Cell::Missing, |it| plain(&RowCell::of_array(it, row)))
            });
        }
    }

    fn issue(&mut self, _: Code, _: Option<usize>, _: RunPlace<'_>) {}

    fn set_aside(&mut self, _: Code, _: RunPlace<'_>) {}

    fn unknown_column(&mut self, _: &str, _: u64) {}
}
