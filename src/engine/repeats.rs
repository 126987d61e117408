//! The pass that locates the cells and keys whose value occurs more than once, once it is known which values these are: it
//! reads the columns that must be unique and nothing else.

use super::plan::Plan;
use crate::block::{ArrayBlock, RunPlace, Sink, TextBlock};
use crate::cell::plan::ColumnPlan;
use crate::contract::Compiled;
use crate::issue::Code;
use crate::sketch::places::Places;
use crate::sketch::probe::{ColumnProbes, Repeated};
use crate::sketch::row_cells::RowCell;
use crate::sketch::rows::{Asks, Judged, KeyOf, Row, RowKey, RowProbe, RowRule, RowRules, RowTally};
use crate::sketch::texts::text_hash;

/// Locates what repeats.
pub(super) struct Repeats {
    plans: Vec<ColumnPlan>,
    rules: RowRules,
    tallies: Vec<RowTally>,
    /// The state that each tally belongs to.
    states: Vec<u64>,
    segment: u64,
    places: usize,
}

impl Repeats {
    /// The pass of a plan that knows what repeats, over the rules of its contract.
    pub(super) fn new(plan: &Plan, compiled: Compiled) -> Repeats {
        let n_columns = plan.columns.len();
        let probes = |repeated: &Option<Repeated>| {
            let repeated = repeated.clone()?;
            Some(ColumnProbes { repeated: Some(repeated), ..ColumnProbes::default() })
        };
        let of = |state: usize| plan.repeated.get(state).and_then(probes);
        let is_conditional = compiled.rows.keys.iter().any(|key| key.condition.is_some());
        let read = |rules: &mut RowRules, column: usize| {
            if let Err(at) = rules.reads.binary_search(&column) {
                rules.reads.insert(at, column);
            }
        };
        // What a condition reads is known of all of them together.
        let (reads, written) = match is_conditional {
            true => (compiled.rows.reads, compiled.rows.written),
            false => (Vec::new(), Vec::new()),
        };
        let mut rules = RowRules { reads, written, ..RowRules::default() };
        let mut states = Vec::new();
        let mut add = |rules: &mut RowRules, state: usize, columns: Vec<usize>, probe: Box<dyn RowProbe>| {
            rules.rules.push(RowRule { condition: None, asks: Asks::Row(probe), columns });
            states.push(state as u64);
        };
        for column in 0..n_columns {
            if let Some(probes) = of(column) {
                read(&mut rules, column);
                add(&mut rules, column, vec![column], Box::new(RepeatedCell { column, probes }));
            }
        }
        for (i, key) in compiled.rows.keys.into_iter().enumerate() {
            if let Some(probes) = of(n_columns + i) {
                let columns = key.columns.clone();
                columns.iter().for_each(|column| read(&mut rules, *column));
                add(&mut rules, n_columns + i, columns, Box::new(RepeatedKey { key, probes }));
            }
        }
        Repeats {
            plans: plan.columns.clone(),
            tallies: vec![RowTally::default(); states.len()],
            rules,
            states,
            segment: 0,
            places: plan.budget().places,
        }
    }

    /// A segment begins here.
    pub(super) fn begin(&mut self, segment: u64) {
        self.segment = segment;
    }

    /// What was located, by state.
    pub(super) fn finish(self) -> Vec<(u64, Places)> {
        self.states.into_iter().zip(self.tallies.into_iter().map(|it| it.broken)).collect()
    }
}

struct RepeatedCell {
    column: usize,
    probes: ColumnProbes,
}

impl RowProbe for RepeatedCell {
    fn judge(&self, row: &Row<'_>) -> Judged {
        let is_repeated = match row.raw(self.column) {
            None | Some(RowCell::Missing | RowCell::Invalid) => return Judged::Skipped,
            Some(RowCell::Key(key)) if self.probes.repeats_key(*key) => true,
            Some(RowCell::Text(text)) if self.probes.repeats_text(text) => true,
            Some(cell) => cell.hash(row.ty(self.column)).is_some_and(|hash| self.probes.repeats_hash(hash)),
        };
        if is_repeated { Judged::Breaks } else { Judged::Holds }
    }
}

struct RepeatedKey {
    key: RowKey,
    probes: ColumnProbes,
}

impl RowProbe for RepeatedKey {
    fn judge(&self, row: &Row<'_>) -> Judged {
        let mut text = Vec::with_capacity(64);
        if self.key.of(row, &mut text) != KeyOf::Key {
            return Judged::Skipped;
        }
        if self.probes.repeats_hash(text_hash(&text)) { Judged::Breaks } else { Judged::Holds }
    }
}

impl Sink for Repeats {
    fn text(&mut self, block: &TextBlock<'_>) {
        self.rules.judge_text(block, &self.plans, &mut self.tallies, self.segment, self.places);
    }

    fn arrays(&mut self, block: &ArrayBlock<'_>) {
        self.rules.judge_arrays(block, &self.plans, &mut self.tallies, self.segment, self.places);
    }

    fn issue(&mut self, _: Code, _: Option<usize>, _: RunPlace<'_>) {}

    fn set_aside(&mut self, _: Code, _: RunPlace<'_>) {}

    fn unknown_column(&mut self, _: &str, _: u64) {}
}
