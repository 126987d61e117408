//! Rules on rows: several cells at once, or one where another says so. Run beside the kernels of the columns, on the
//! columns that any of them reads.

use super::column::ColumnState;
use super::mirror::Mirror;
use super::pack::pack_struct;
use super::places::{LocalPlace, Places};
use super::probe::ColumnProbes;
use super::row_cells::RowCell;
pub use super::row_keys::{Ignore, KeyOf, RowKey};
use super::row_places;
use super::texts::text_hash;
use super::unique_hashes::UniqueHashes;
use crate::block::{ArrayBlock, TextBlock};
use crate::cell::plan::ColumnPlan;
use crate::cell::{Domain, Type, Value};

/// What a rule says of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Judged {
    /// It keeps the rule.
    Holds,
    /// It breaks it.
    Breaks,
    /// A cell that the rule needs is missing or invalid.
    Skipped,
}

/// A rule on the cells of a row.
pub trait RowProbe: Send + Sync {
    /// What it says of the row.
    fn judge(&self, row: &Row<'_>) -> Judged;
}

/// A rule with the rows that it is for.
pub struct RowRule {
    /// Which rows; `None`: all. Those that it holds for are.
    pub condition: Option<Box<dyn RowProbe>>,
    /// What is asked of them.
    pub asks: Asks,
    /// The columns that are shown of a row that breaks it.
    pub columns: Vec<usize>,
}

/// What is asked of rows.
pub enum Asks {
    /// Of each by itself.
    Row(Box<dyn RowProbe>),
    /// That some cell of it is there, of any column of the block.
    Filled,
    /// Of each against the one before it.
    Order(Order),
}

/// The order that the values of a column are to come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Order {
    /// The column, of an ordered type.
    pub column: usize,
    /// Whether they are to fall.
    pub falls: bool,
    /// Whether neighbours may not be equal.
    pub strict: bool,
}

impl Order {
    fn is_broken(self, before: u128, key: u128) -> bool {
        before == key && self.strict || if self.falls { key > before } else { key < before }
    }
}

/// All rules on the rows of a table.
#[derive(Default)]
pub struct RowRules {
    /// The columns that they read, rising.
    pub reads: Vec<usize>,
    /// The columns of which they read how the cells are written, rising.
    pub written: Vec<usize>,
    /// Rules on single rows.
    pub rules: Vec<RowRule>,
    /// Keys; the state of each is a column behind those of the table.
    pub keys: Vec<RowKey>,
    /// Columns of some rows; the state of each is a column behind those of the keys.
    pub mirrors: Vec<Mirror>,
}

/// What a rule on rows counted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RowTally {
    /// Rows that it is for and could judge.
    pub judged: u64,
    /// Rows that it is for, with a missing or invalid cell that it needs.
    pub skipped: u64,
    /// Those that break it; of a rule on the order of rows, without the first of each segment.
    pub broken: Places,
    /// For a rule on the order of rows: where each segment began and ended.
    pub ends: Vec<Ends>,
}

/// The first and the last value of a segment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ends {
    segment: u64,
    first: u128,
    last: u128,
    /// The first, in case it breaks the rule.
    place: LocalPlace,
}

pack_struct!(Ends { segment, first, last, place });
pack_struct!(RowTally { judged, skipped, broken, ends });

impl RowTally {
    /// Joins what was counted of other rows.
    pub fn merge(&mut self, other: &RowTally, places: usize) {
        self.judged += other.judged;
        self.skipped += other.skipped;
        self.broken.merge(&other.broken, places);
        self.ends.extend_from_slice(&other.ends);
        crate::order::sort_by_key(&mut self.ends, |it| it.segment);
    }

    /// The rows that break a rule, those at the borders of segments included; the first `most` of them.
    pub fn offenders(&self, rule: &RowRule, most: usize) -> Places {
        let mut all = self.broken.clone();
        let Asks::Order(order) = rule.asks else { return all };
        for pair in self.ends.windows(2) {
            if order.is_broken(pair[0].last, pair[1].first) {
                all.count += 1;
                all.first.push(pair[1].place.clone());
            }
        }
        crate::order::sort_by_key(&mut all.first, |it| (it.segment, it.row));
        all.first.truncate(most);
        all
    }

    /// Goes on behind rows that another tally is of, as if they had come before in this one.
    pub fn go_on_from(&mut self, before: &RowTally) {
        self.ends.splice(0..0, before.ends.last().cloned());
    }

    /// Takes the next value of a segment in.
    fn follow(&mut self, order: Order, segment: u64, key: u128, most: usize, place: impl Fn() -> LocalPlace) {
        match self.ends.last_mut().filter(|it| it.segment == segment) {
            Some(ends) => {
                let before = std::mem::replace(&mut ends.last, key);
                if order.is_broken(before, key) {
                    self.broken.add(most, place);
                }
            }
            None => self.ends.push(Ends { segment, first: key, last: key, place: place() }),
        }
    }
}

/// The cells of some columns of a block.
pub struct RowCells<'a> {
    /// Per column that is read: its index, its plan, its cells.
    columns: Vec<(usize, &'a ColumnPlan, Vec<RowCell<'a>>)>,
    /// Per column that is read as it is written: its index, the texts of its cells.
    written: Vec<(usize, Vec<RowCell<'a>>)>,
}

/// One row of them.
#[derive(Clone, Copy)]
pub struct Row<'a> {
    cells: &'a RowCells<'a>,
    row: usize,
}

impl<'a> RowCells<'a> {
    /// A row of the block.
    pub fn row(&'a self, row: usize) -> Row<'a> {
        Row { cells: self, row }
    }
}

impl<'a> Row<'a> {
    /// Which row of its block it is.
    pub(super) fn index(&self) -> usize {
        self.row
    }

    /// A cell with how its column is read.
    pub(super) fn cell(&self, column: usize) -> Option<(&'a RowCell<'a>, &'a ColumnPlan)> {
        let found = self.cells.columns.iter().find(|it| it.0 == column)?;
        Some((found.2.get(self.row)?, found.1))
    }

    /// A cell as it was read.
    pub fn raw(&self, column: usize) -> Option<&'a RowCell<'a>> {
        self.cell(column).map(|it| it.0)
    }

    /// A cell as it is written, whatever its column's type: a text, or missing.
    pub fn written(&self, column: usize) -> Option<&'a RowCell<'a>> {
        let found = self.cells.written.iter().find(|it| it.0 == column)?;
        found.1.get(self.row)
    }

    /// The type of a column; text where it is not read.
    pub fn ty(&self, column: usize) -> Type {
        self.cell(column).map_or(Type::Text, |it| it.1.ty)
    }

    /// The double of a number; `None` of a cell that is none.
    pub fn number(&self, column: usize) -> Option<f64> {
        let (RowCell::Key(key), plan) = self.cell(column)? else { return None };
        Domain::of(plan.ty).filter(|_| plan.ty.is_numeric()).map(|it| it.number(*key))
    }

    /// The value of a cell; `None` of one that is missing or invalid.
    pub fn value(&self, column: usize) -> Option<Value<'a>> {
        self.cell(column).and_then(|(cell, plan)| cell.value(plan.ty))
    }

    /// The key of an ordered cell; `None` of one that is missing or invalid.
    fn key(&self, column: usize) -> Option<u128> {
        match self.cell(column)? {
            (RowCell::Key(key), _) => Some(*key),
            _ => None,
        }
    }

    /// Whether a cell is missing.
    pub fn is_missing(&self, column: usize) -> bool {
        self.cell(column).is_none_or(|(cell, _)| *cell == RowCell::Missing)
    }

    /// Whether a cell is not of its column's type.
    pub fn is_invalid(&self, column: usize) -> bool {
        self.cell(column).is_some_and(|(cell, _)| *cell == RowCell::Invalid)
    }
}

/// How a column is read whose cells are taken as they are written.
pub fn as_text(plan: &ColumnPlan) -> ColumnPlan {
    ColumnPlan { ty: Type::Text, formats: 0, spelled: None, ..plan.clone() }
}

fn is_missing(cell: Option<RowCell<'_>>) -> bool {
    cell.is_none_or(|cell| cell == RowCell::Missing)
}

pub(super) fn is_for(condition: Option<&dyn RowProbe>, row: &Row<'_>) -> bool {
    condition.is_none_or(|it| it.judge(row) == Judged::Holds)
}

/// What a block's rows are judged into.
pub(super) struct Into<'a> {
    pub(super) tallies: &'a mut [RowTally],
    /// The states of the keys, and of the mirrors behind them.
    pub(super) keys: &'a mut [ColumnState],
    pub(super) probes: &'a [ColumnProbes],
    pub(super) unique: &'a mut UniqueHashes,
    /// Columns of the table, behind which the keys are.
    pub(super) n_columns: usize,
    pub(super) segment: u64,
    pub(super) places: usize,
}

impl<'a> Into<'a> {
    fn tallies(
        tallies: &'a mut [RowTally],
        unique: &'a mut UniqueHashes,
        segment: u64,
        places: usize,
    ) -> Into<'a> {
        Into { tallies, keys: &mut [], probes: &[], unique, n_columns: 0, segment, places }
    }
}

impl RowRules {
    /// Notes that it is read how the cells of a column are written.
    pub fn note_written(&mut self, column: usize) {
        for noted in [&mut self.written, &mut self.reads] {
            if let Err(at) = noted.binary_search(&column) {
                noted.insert(at, column);
            }
        }
    }

    /// Whether there is none; there are none in a build without contracts, which then needs no code for them.
    #[inline]
    pub fn is_empty(&self) -> bool {
        !cfg!(feature = "contract")
            || self.rules.is_empty() && self.keys.is_empty() && self.mirrors.is_empty()
    }

    /// The cells that the rules read of a block of text.
    pub fn text_cells<'a>(&self, block: &TextBlock<'a>, plans: &'a [ColumnPlan]) -> RowCells<'a> {
        let cells = |column: usize, plan: &ColumnPlan| {
            let index = |row| row * block.n_columns + column;
            (0..block.rows.len())
                .map(|row| RowCell::of_field(block, index(row), plan).well_formed())
                .collect::<Vec<_>>()
        };
        let known = |column: &&usize| **column < block.n_columns;
        let reads = self.reads.iter().filter(known);
        let columns = reads.filter_map(|&it| Some((it, plans.get(it)?, cells(it, plans.get(it)?))));
        let written = self.written.iter().filter(known);
        let written = written.filter_map(|&it| Some((it, cells(it, &as_text(plans.get(it)?)))));
        RowCells { columns: columns.collect(), written: written.collect() }
    }

    /// The same of a block of arrays.
    pub fn array_cells<'a>(&self, block: &ArrayBlock<'a>, plans: &'a [ColumnPlan]) -> RowCells<'a> {
        let columns = self.reads.iter().filter_map(|&column| {
            let (array, plan) = (block.columns.get(column)?, plans.get(column)?);
            let cells = (0..block.n_rows).map(|row| RowCell::of_array(array, row).well_formed());
            Some((column, plan, cells.collect()))
        });
        let written = self.written.iter().filter_map(|&column| {
            let (array, ty) = (block.columns.get(column)?, plans.get(column)?.ty);
            let cells = (0..block.n_rows).map(|row| RowCell::of_array(array, row).well_formed().written(ty));
            Some((column, cells.collect()))
        });
        RowCells { columns: columns.collect(), written: written.collect() }
    }

    /// Judges the rows of a block of text by the rules on single rows alone.
    pub fn judge_text(
        &self,
        block: &TextBlock<'_>,
        plans: &[ColumnPlan],
        tallies: &mut [RowTally],
        segment: u64,
        places: usize,
    ) {
        self.text(block, plans, Into::tallies(tallies, &mut UniqueHashes::default(), segment, places));
    }

    /// The same of a block of arrays.
    pub fn judge_arrays(
        &self,
        block: &ArrayBlock<'_>,
        plans: &[ColumnPlan],
        tallies: &mut [RowTally],
        segment: u64,
        places: usize,
    ) {
        self.arrays(block, plans, Into::tallies(tallies, &mut UniqueHashes::default(), segment, places));
    }

    /// Judges the rows of a block of text.
    pub(super) fn text(&self, block: &TextBlock<'_>, plans: &[ColumnPlan], into: Into<'_>) {
        let cells = self.text_cells(block, plans);
        let segment = into.segment;
        let cell = |row: usize, column: usize| {
            let plan = plans.get(column)?;
            Some(RowCell::of_field(block, row * block.n_columns + column, plan))
        };
        let is_blank = |row| (0..block.n_columns).all(|it| is_missing(cell(row, it)));
        self.judge(&cells, block.rows.len(), into, is_blank, |row, columns| {
            row_places::of_text(block, row, columns, segment)
        });
    }

    /// Judges the rows of a block of arrays.
    pub(super) fn arrays(&self, block: &ArrayBlock<'_>, plans: &[ColumnPlan], into: Into<'_>) {
        let cells = self.array_cells(block, plans);
        let segment = into.segment;
        let is_blank =
            |row| block.columns.iter().all(|array| is_missing(Some(RowCell::of_array(array, row))));
        self.judge(&cells, block.n_rows, into, is_blank, |row, columns| {
            row_places::of_array(block, row, columns, segment)
        });
    }

    fn judge(
        &self,
        cells: &RowCells<'_>,
        rows: usize,
        into: Into<'_>,
        is_blank: impl Fn(usize) -> bool,
        place: impl Fn(&Row<'_>, &[usize]) -> LocalPlace,
    ) {
        for (rule, tally) in self.rules.iter().zip(into.tallies) {
            for row in (0..rows).map(|row| cells.row(row)) {
                if !is_for(rule.condition.as_deref(), &row) {
                    continue;
                }
                let probe = match &rule.asks {
                    Asks::Row(probe) => probe,
                    Asks::Filled => {
                        tally.judged += 1;
                        if is_blank(row.index()) {
                            tally.broken.add(into.places, || place(&row, &rule.columns));
                        }
                        continue;
                    }
                    Asks::Order(order) => {
                        match row.key(order.column) {
                            None => tally.skipped += 1,
                            Some(key) => {
                                tally.judged += 1;
                                tally.follow(*order, into.segment, key, into.places, || {
                                    place(&row, &rule.columns)
                                });
                            }
                        }
                        continue;
                    }
                };
                match probe.judge(&row) {
                    Judged::Skipped => tally.skipped += 1,
                    Judged::Holds => tally.judged += 1,
                    Judged::Breaks => {
                        tally.judged += 1;
                        tally.broken.add(into.places, || place(&row, &rule.columns));
                    }
                }
            }
        }
        let (keys, mirrors) = into.keys.split_at_mut(self.keys.len().min(into.keys.len()));
        for (mirror, state) in self.mirrors.iter().zip(mirrors) {
            mirror.count(cells, rows, state);
        }
        let mut text = Vec::new();
        for (i, ((key, state), probes)) in self.keys.iter().zip(keys).zip(into.probes).enumerate() {
            for row in (0..rows).map(|row| cells.row(row)) {
                match key.of(&row, &mut text) {
                    KeyOf::Outside => {}
                    KeyOf::Missing => state.missing += 1,
                    KeyOf::Invalid => state.invalid.count += 1,
                    KeyOf::Key => {
                        let hash = text_hash(&text);
                        state.valid += 1;
                        into.unique.add(into.n_columns + i, [hash]);
                        if probes.repeats_hash(hash) {
                            state.repeated.add(into.places, || place(&row, &key.columns));
                        }
                    }
                }
            }
        }
    }
}
