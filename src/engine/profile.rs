//! The state of a table → its profile.

use super::plan::{Format, Plan};
use super::settle::State;
use crate::cell::plan::ColumnPlan;
use crate::profile::column::Facts;
use crate::profile::{self, Column, Dialect, Profile, Source};
use crate::sketch::column::ColumnState;
use crate::sketch::mirror::Mirror;
use crate::sketch::partial::Partial;
use crate::sketch::rows::as_text;

impl State {
    /// What was read.
    pub fn source(&self) -> Source {
        let plan = &self.plan;
        let tabs = plan.format == Format::Csv && plan.dialect.delimiter == b'\t';
        let format = if tabs { "tsv" } else { plan.format.id() };
        let origin = match plan.origin {
            1 => "given",
            2 => "reference",
            _ => "sniffed",
        };
        let dialect = Dialect {
            delimiter: plan.dialect.delimiter,
            quote: plan.dialect.quote,
            header: plan.header,
            origin,
        };
        let encoding = if plan.bom { "utf-8-bom" } else { "utf-8" };
        Source {
            name: plan.name.clone(),
            bytes: plan.bytes,
            format: format.to_owned(),
            compression: plan.gzip.then(|| "gzip".to_owned()),
            dialect: (plan.format == Format::Csv).then_some(dialect),
            encoding: plan.format.is_text().then(|| encoding.to_owned()),
            content_hash: self.partial.content_hash(plan.format.is_text()),
        }
    }

    /// The profile of the table.
    pub fn profile(&self) -> Profile {
        let parts = profile::build::Parts {
            source: self.source(),
            plans: &self.plan.columns,
            head: &self.plan.head,
            data_line: self.plan.data_line,
        };
        profile::build::build(parts, &self.partial)
    }
}

/// The profile of a column of these cells, read as a column of the plan is.
pub(super) fn profile_of(plan: &Plan, partial: &Partial, column: usize, state: &ColumnState) -> Column {
    profile_as(plan, partial, (column, &plan.columns[column]), state)
}

/// The profile of a column of some rows.
pub(super) fn profile_of_mirror(
    plan: &Plan,
    partial: &Partial,
    mirror: &Mirror,
    state: &ColumnState,
) -> Column {
    let as_is = &plan.columns[mirror.column];
    let written = mirror.written.then(|| as_text(as_is));
    profile_as(plan, partial, (mirror.column, written.as_ref().unwrap_or(as_is)), state)
}

fn profile_as(
    plan: &Plan,
    partial: &Partial,
    (column, column_plan): (usize, &ColumnPlan),
    state: &ColumnState,
) -> Column {
    Facts {
        index: column,
        plan: column_plan,
        state,
        tally: state.whole_tally(),
        segments: &partial.segments,
        lines: plan.data_line,
        sample: &[],
    }
    .column()
}
