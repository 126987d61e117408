//! Which interval a row belongs to.

use super::super::settle::State;
use super::{By, INTERVALS};
use crate::block::{ArrayBlock, TextBlock};
use crate::cell::period::{Period, seconds};
use crate::cell::plan::ColumnPlan;
use crate::cell::{Type, domain};
use crate::error::{Error, Kind, Result};
use crate::profile::Distribution;
use crate::sketch::row_cells::RowCell;
use crate::words::grouped;

/// How rows are numbered by their interval.
#[derive(Debug, Clone)]
pub(super) enum Whose {
    /// By the period of a column.
    Time { column: usize, plan: ColumnPlan, period: Period, count: u64 },
    /// By how many rows came before.
    Rows { size: u64, rows: u64, first: u64 },
    /// By how many rows came before, in so many parts.
    Parts { parts: u64, rows: u64, first: u64 },
}

impl Whose {
    /// By what was asked for.
    ///
    /// # Errors
    /// Those of [`super::split`].
    pub(super) fn new(state: &State, by: &By) -> Result<Whose> {
        let rows = state.partial.rows();
        let whose = match by {
            By::Rows(0) | By::Parts(0) => {
                return Err(Error::new(Kind::Usage, "an interval has at least one row"));
            }
            By::Rows(size) => Whose::Rows { size: *size, rows, first: 0 },
            By::Parts(parts) => Whose::Parts { parts: (*parts).min(rows.max(1)), rows, first: 0 },
            By::Time { column, period } => {
                let names = &state.plan.columns;
                let at =
                    names.iter().position(|it| it.name == *column).ok_or_else(|| no_column(state, column))?;
                let plan = names[at].clone();
                if seconds(plan.ty, 0).is_none() {
                    let what = format!("column {column:?} is {}, not a date or timestamp", plan.ty.id());
                    return Err(Error::new(Kind::Usage, what).with_hint(temporal(state)));
                }
                let count = periods(state, at, *period);
                Whose::Time { column: at, plan, period: *period, count }
            }
        };
        if whose.count() > INTERVALS {
            let what = format!(
                "that would be {} intervals, and at most {} are compared",
                grouped(whose.count()),
                grouped(INTERVALS)
            );
            return Err(Error::new(Kind::Usage, what).with_hint("take longer ones"));
        }
        Ok(whose)
    }

    /// How many intervals there may be.
    pub(super) fn count(&self) -> u64 {
        match self {
            Whose::Time { count, .. } => *count,
            Whose::Rows { size, rows, .. } => rows.div_ceil(*size),
            Whose::Parts { parts, .. } => *parts,
        }
    }

    /// The same for a run that begins behind so many rows.
    pub(super) fn behind(&self, before: u64) -> Whose {
        let mut whose = self.clone();
        if let Whose::Rows { first, .. } | Whose::Parts { first, .. } = &mut whose {
            *first = before;
        }
        whose
    }

    /// What the interval of this number is called.
    pub(super) fn key(&self, number: i64, rows: u64) -> String {
        let between = |from: u64, to: u64| format!("rows {}–{}", from + 1, to);
        let number_of = number.unsigned_abs();
        match self {
            Whose::Time { period, .. } => period.label(number),
            Whose::Rows { size, .. } => between(number_of * size, ((number_of + 1) * size).min(rows)),
            Whose::Parts { parts, .. } => {
                // Row r is in part ⌊r · parts / rows⌋.
                let first = |part: u64| (part as u128 * rows as u128).div_ceil(u128::from(*parts)) as u64;
                between(first(number_of), first(number_of + 1))
            }
        }
    }

    /// The interval of each row of a block; `None`: of none.
    pub(super) fn text(&self, block: &TextBlock<'_>, numbers: &mut Vec<Option<i64>>) {
        numbers.clear();
        let Whose::Time { column, plan, period, .. } = self else {
            return numbers
                .extend((0..block.rows.len()).map(|row| self.of_row(block.first_row + row as u64)));
        };
        numbers.extend((0..block.rows.len()).map(|row| {
            of_cell(&RowCell::of_field(block, row * block.n_columns + column, plan), plan.ty, *period)
        }));
    }

    /// The same of typed rows.
    pub(super) fn arrays(&self, block: &ArrayBlock<'_>, numbers: &mut Vec<Option<i64>>) {
        numbers.clear();
        let Whose::Time { column, plan, period, .. } = self else {
            return numbers.extend((0..block.n_rows).map(|row| self.of_row(block.first_row + row as u64)));
        };
        let Some(array) = block.columns.get(*column) else {
            return numbers.resize(block.n_rows, None);
        };
        numbers
            .extend((0..block.n_rows).map(|row| of_cell(&RowCell::of_array(array, row), plan.ty, *period)));
    }

    fn of_row(&self, row: u64) -> Option<i64> {
        match self {
            Whose::Time { .. } => None,
            Whose::Rows { size, first, .. } => i64::try_from((first + row) / size).ok(),
            Whose::Parts { parts, rows, first } => {
                let part = u128::from(first + row) * u128::from(*parts) / u128::from((*rows).max(1));
                i64::try_from(part).ok()
            }
        }
    }
}

fn of_cell(cell: &RowCell<'_>, ty: Type, period: Period) -> Option<i64> {
    let RowCell::Key(key) = cell else { return None };
    seconds(ty, domain::signed_of(*key as u64)).map(|it| period.number(it))
}

/// The periods between the earliest and the latest value of a column.
fn periods(state: &State, column: usize, period: Period) -> u64 {
    let profile = state.profile();
    let Some(column) = profile.columns.get(column) else { return 0 };
    let Distribution::Ordered(ordered) = &column.distribution else { return 0 };
    let (Some(first), Some(last)) = (ordered.entries.first(), ordered.entries.last()) else { return 0 };
    let number = |key: u128| {
        seconds(column.ty, domain::signed_of(key as u64)).map_or(0, |seconds| period.number(seconds))
    };
    let low = ordered.domain.bucket(first.0, ordered.shift).0;
    let high = ordered.domain.bucket(last.0, ordered.shift).1;
    number(high).abs_diff(number(low)).saturating_add(1)
}

fn no_column(state: &State, name: &str) -> Error {
    Error::new(Kind::Usage, format!("there is no column {name:?}")).with_hint(temporal(state))
}

fn temporal(state: &State) -> String {
    let with_dates = state.plan.columns.iter().filter(|it| seconds(it.ty, 0).is_some());
    let names: Vec<String> = with_dates.take(5).map(|it| format!("{:?}", it.name)).collect();
    if names.is_empty() {
        "no column has dates; --chunk-rows and --chunks cut by rows".to_owned()
    } else {
        format!("columns with dates: {}", names.join(", "))
    }
}
