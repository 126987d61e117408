//! The state of one run: blocks in, a partial out. Partials of a table merge in any order to the same state.

use std::collections::BTreeMap;

use super::batch::Batch;
use super::by_code::ByCode;
use super::cells::Cells;
use super::column::{Allowance, ColumnState, Tallying};
use super::content::Content;
use super::front::Front;
use super::memo::Memo;
use super::mirror::Mirror;
use super::pack::{damaged, pack_struct};
use super::places::{LocalPlace, Places, Segment, kept};
use super::probe::ColumnProbes;
use super::row_cells::RowCell;
use super::row_hashes::RowHashes;
use super::row_sample::RowSample;
use super::rows::{self, RowRules, RowTally, as_text};
use super::scan::{Context, field_text};
use super::unique_hashes::UniqueHashes;
use crate::block::{ArrayBlock, RunPlace, Sink, TextBlock, Values};
use crate::cell::plan::ColumnPlan;
use crate::cell::{domain, limits, number, parse};
use crate::error::Result;
use crate::issue::Code;
use crate::num::hash;

/// How much a table's state may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget {
    /// Canonical bytes of the whole state.
    pub memory: u64,
    /// The seed of hashes and samples.
    pub seed: u64,
    /// Places kept of each kind.
    pub places: usize,
}

impl Budget {
    /// The share of each of this many columns: what row hashes (1/16) and the row sample (1/64) leave.
    pub fn column(&self, n_columns: usize) -> Allowance {
        let columns = self.memory - self.rows() - self.sample();
        Allowance { budget: columns / (n_columns as u64).max(1), seed: self.seed, places: self.places }
    }

    fn rows(&self) -> u64 {
        self.memory / 16
    }

    fn sample(&self) -> u64 {
        self.memory / 64
    }
}

/// The state of a part of a table.
#[derive(Debug, Clone)]
pub struct Partial {
    /// The columns, in the plan's order; behind them the keys of the rules on rows, which hold no values,
    /// and their mirrors.
    pub columns: Vec<ColumnState>,
    /// Hashes of the rows.
    pub row_hashes: RowHashes,
    /// A sample of the rows.
    pub sample: RowSample,
    /// Oddities, of the table (column 0) and of columns (index + 1).
    pub issues: BTreeMap<(u8, u64), Places>,
    /// What was scanned.
    pub segments: Vec<Segment>,
    /// JSON keys without a column, with the offset of their first appearance.
    pub unknown: BTreeMap<String, u64>,
    /// The content of the runs.
    pub content: Content,
    /// The sum of all rows' hashes: what identifies rows that are not read as bytes.
    pub digest: u64,
    /// Places kept of each kind.
    pub places: u64,
    /// What each rule on rows counted.
    pub judged: Vec<RowTally>,
    /// The hashes of the cells and keys that must differ.
    pub unique: UniqueHashes,
}

pack_struct!(Partial {
    columns,
    row_hashes,
    sample,
    issues,
    segments,
    unknown,
    content,
    digest,
    places,
    judged,
    unique
});

impl Partial {
    /// Rows profiled.
    pub fn rows(&self) -> u64 {
        self.segments.iter().map(|it| it.rows).sum()
    }

    /// 16 hexadecimal digits that identify the content: its bytes, or of a columnar file its footer and its rows.
    pub fn content_hash(&self, is_text: bool) -> String {
        let mut content = self.content;
        if !is_text {
            content.add_whole(1, &self.digest.to_le_bytes());
        }
        content.hex()
    }

    /// Joins the state of other runs.
    ///
    /// # Errors
    /// `Incompatible` where the partials are not of the same plan.
    pub fn merge(&mut self, other: &Partial) -> Result<()> {
        if self.columns.len() != other.columns.len() || self.judged.len() != other.judged.len() {
            return Err(damaged("partials of different plans"));
        }
        let places = self.places as usize;
        self.columns.iter_mut().zip(&other.columns).for_each(|(a, b)| a.merge(b, places));
        self.judged.iter_mut().zip(&other.judged).for_each(|(a, b)| a.merge(b, places));
        self.unique.merge(&other.unique);
        self.row_hashes.merge(&other.row_hashes);
        self.sample.merge(&other.sample);
        for (key, found) in &other.issues {
            self.issues.entry(*key).or_default().merge(found, places);
        }
        self.segments.extend_from_slice(&other.segments);
        crate::order::sort(&mut self.segments);
        for (name, byte) in &other.unknown {
            let first = self.unknown.entry(name.clone()).or_insert(*byte);
            *first = (*first).min(*byte);
        }
        self.content.merge(&other.content);
        self.digest = self.digest.wrapping_add(other.digest);
        Ok(())
    }
}

/// Fills a partial from the blocks of one run.
pub struct Scanner {
    plans: Vec<ColumnPlan>,
    probes: Vec<ColumnProbes>,
    rules: RowRules,
    allowance: Allowance,
    memos: Vec<Memo>,
    fronts: Vec<Front>,
    by_codes: Vec<ByCode>,
    segment: u64,
    seed: u64,
    hashes: Vec<u64>,
    scratch: Vec<u8>,
    batch: Batch,
    partial: Partial,
}

impl Scanner {
    /// A scanner of the segment that begins at `segment`, for columns that are read so, with the probes of the first of
    /// them; the others have none.
    pub fn new(
        plans: Vec<ColumnPlan>,
        mut probes: Vec<ColumnProbes>,
        tallying: Tallying,
        budget: Budget,
        segment: u64,
    ) -> Scanner {
        probes.resize_with(plans.len(), ColumnProbes::default);
        let allowance = budget.column(plans.len());
        let columns = plans
            .iter()
            .zip(&probes)
            .map(|(plan, probes)| ColumnState::new(plan, tallying, probes.rules.len(), allowance))
            .collect();
        Scanner {
            memos: plans.iter().map(|_| Memo::default()).collect(),
            fronts: plans.iter().map(|_| Front::default()).collect(),
            by_codes: plans.iter().map(|_| ByCode::default()).collect(),
            plans,
            probes,
            segment,
            seed: hash::word(budget.seed, 0x726f_7773),
            hashes: Vec::new(),
            scratch: Vec::new(),
            batch: Batch::default(),
            partial: Partial {
                columns,
                row_hashes: RowHashes::new(budget.rows()),
                sample: RowSample::new(budget.sample()),
                issues: BTreeMap::new(),
                segments: Vec::new(),
                unknown: BTreeMap::new(),
                content: Content::default(),
                digest: 0,
                places: budget.places as u64,
                judged: Vec::new(),
                unique: UniqueHashes::default(),
            },
            rules: RowRules::default(),
            allowance,
        }
    }

    /// Judges rows too; the probes are those of the rules' keys.
    pub fn judge_rows(&mut self, rules: RowRules, mut probes: Vec<ColumnProbes>) {
        probes.resize_with(rules.keys.len(), ColumnProbes::default);
        self.probes.append(&mut probes);
        self.partial.columns.extend(rules.keys.iter().map(|_| ColumnState::of_key(self.allowance)));
        let state = |plan: &ColumnPlan| ColumnState::new(plan, Tallying::Never, 0, self.allowance);
        let mirror = |mirror: &Mirror| match self.plans.get(mirror.column) {
            Some(plan) if mirror.written => state(&as_text(plan)),
            Some(plan) => state(plan),
            None => ColumnState::of_key(self.allowance),
        };
        let mirrors: Vec<_> = rules.mirrors.iter().map(mirror).collect();
        self.partial.columns.extend(mirrors);
        self.partial.judged = vec![RowTally::default(); rules.rules.len()];
        self.rules = rules;
    }

    /// Collects the hashes of the cells and keys that must differ, too, within so many bytes.
    pub fn collect_unique(&mut self, memory: u64) {
        let unique = self.probes.iter().enumerate().filter(|(_, it)| it.unique).map(|(column, _)| column);
        self.partial.unique = UniqueHashes::new(unique, memory);
    }

    /// Counts these columns from the beginning as if they had passed their budget. The state is the same if they do.
    pub fn expect_many(&mut self, many: &[bool]) {
        let columns = self.partial.columns.iter_mut().zip(many).filter(|(_, many)| **many);
        columns.for_each(|(column, _)| column.pass_budget());
    }

    /// Holds no more than the state itself: for hosts that fill many states at once. The state is the same.
    pub fn be_frugal(&mut self) {
        self.fronts.iter_mut().for_each(Front::close);
    }

    /// The partial of the run; `end` is where the next run's first record begins.
    pub fn finish(mut self, end: u64, rows: u64, lines: u64, content: Content) -> Partial {
        let set_aside = self
            .partial
            .issues
            .iter()
            .filter(|((code, _), _)| sets_aside(*code))
            .map(|(_, places)| places.count)
            .sum();
        let seen = self.fronts.iter_mut().zip(&mut self.by_codes);
        for (column, (front, by_code)) in self.partial.columns.iter_mut().zip(seen) {
            column.count_seen(&front.take());
            by_code.count_into(column);
        }
        self.partial.columns.iter_mut().for_each(ColumnState::settle);
        self.partial.unique.settle();
        self.partial.row_hashes.settle();
        self.partial.sample.settle();
        self.partial.segments = vec![Segment { start: self.segment, end, rows, set_aside, lines }];
        self.partial.content = content;
        self.partial
    }

    fn context<'b>(&'b mut self, column: usize) -> (&'b mut ColumnState, Context<'b>, &'b mut [u64]) {
        let context = Context {
            plan: &self.plans[column],
            probes: &self.probes[column],
            memo: &mut self.memos[column],
            front: &mut self.fronts[column],
            by_code: &mut self.by_codes[column],
            segment: self.segment,
            places: self.partial.places as usize,
            salt: hash::mix(column as u64 + 1),
            batch: &mut self.batch,
        };
        (&mut self.partial.columns[column], context, &mut self.hashes)
    }

    fn keep_hashes(&mut self) {
        for hash in &self.hashes {
            self.partial.row_hashes.insert(hash::mix(*hash ^ self.seed));
            self.partial.digest = self.partial.digest.wrapping_add(*hash);
        }
    }

    /// What the rules on rows judge a block into.
    fn judged(&mut self) -> (&RowRules, &[ColumnPlan], rows::Into<'_>) {
        let n_columns = self.plans.len();
        let into = rows::Into {
            tallies: &mut self.partial.judged,
            keys: self.partial.columns.get_mut(n_columns..).unwrap_or_default(),
            probes: self.probes.get(n_columns..).unwrap_or_default(),
            segment: self.segment,
            unique: &mut self.partial.unique,
            n_columns,
            places: self.partial.places as usize,
        };
        (&self.rules, &self.plans, into)
    }

    fn place(&self, place: RunPlace<'_>) -> LocalPlace {
        LocalPlace {
            segment: self.segment,
            row: place.row,
            line: place.line,
            byte: place.byte,
            text: kept(place.text),
            present: true,
        }
    }
}

fn sets_aside(code: u8) -> bool {
    code == Code::MalformedRecord as u8 || code == Code::NotAnObject as u8
}

impl Sink for Scanner {
    fn text(&mut self, block: &TextBlock<'_>) {
        self.hashes.clear();
        self.hashes.resize(block.rows.len(), 0);
        for column in 0..self.plans.len().min(block.n_columns) {
            let (state, mut context, hashes) = self.context(column);
            state.scan(block, column, &mut context, hashes);
        }
        self.keep_hashes();
        for column in self.partial.unique.columns().filter(|it| *it < self.plans.len()) {
            let plan = &self.plans[column];
            let cell = |row: usize| RowCell::of_field(block, row * block.n_columns + column, plan);
            let hashes = (0..block.rows.len()).filter_map(|row| cell(row).hash(plan.ty));
            self.partial.unique.add(column, hashes);
        }
        if !self.rules.is_empty() {
            let (rules, plans, into) = self.judged();
            rules.text(block, plans, into);
        }
        for (row, start) in block.rows.iter().enumerate() {
            let position = block.base + u64::from(start.start);
            let hash = hash::word(self.seed, position);
            if self.partial.sample.wants(hash) {
                let mut cells = Cells::with_capacity(self.plans.len());
                for (column, plan) in self.plans.iter().enumerate() {
                    let index = row * block.n_columns + column;
                    push_text_cell(block, index, plan, &mut self.scratch, &mut cells);
                }
                self.partial.sample.insert(hash, position, cells);
            }
        }
    }

    fn arrays(&mut self, block: &ArrayBlock<'_>) {
        self.hashes.clear();
        self.hashes.resize(block.n_rows, 0);
        for (column, array) in block.columns.iter().enumerate().take(self.plans.len()) {
            let (state, mut context, hashes) = self.context(column);
            state.scan_array(array, block.first_row, &mut context, hashes);
        }
        self.keep_hashes();
        for column in self.partial.unique.columns().filter(|it| *it < self.plans.len()) {
            let (Some(array), ty) = (block.columns.get(column), self.plans[column].ty) else { continue };
            let hashes = (0..block.n_rows).filter_map(|row| RowCell::of_array(array, row).hash(ty));
            self.partial.unique.add(column, hashes);
        }
        if !self.rules.is_empty() {
            let (rules, plans, into) = self.judged();
            rules.arrays(block, plans, into);
        }
        for row in 0..block.n_rows {
            let position = block.position + row as u64;
            let hash = hash::word(self.seed, position);
            if self.partial.sample.wants(hash) {
                let mut cells = Cells::with_capacity(block.columns.len());
                block.columns.iter().for_each(|array| push_array_cell(array, row, &mut cells));
                self.partial.sample.insert(hash, position, cells);
            }
        }
    }

    fn issue(&mut self, code: Code, column: Option<usize>, place: RunPlace<'_>) {
        let local = self.place(place);
        let most = self.partial.places as usize;
        let key = (code as u8, column.map_or(0, |it| it as u64 + 1));
        self.partial.issues.entry(key).or_default().add(most, || local);
    }

    fn set_aside(&mut self, code: Code, place: RunPlace<'_>) {
        self.issue(code, None, place);
    }

    fn unknown_column(&mut self, name: &str, byte: u64) {
        let unknown = &mut self.partial.unknown;
        if unknown.len() < limits::COLUMNS || unknown.contains_key(name) {
            let first = unknown.entry(name.to_owned()).or_insert(byte);
            *first = (*first).min(byte);
        }
    }
}

/// A cell of the sample: a text as it is, an ordered value as the 16 bytes of its key.
fn push_text_cell(
    block: &TextBlock<'_>,
    index: usize,
    plan: &ColumnPlan,
    scratch: &mut Vec<u8>,
    cells: &mut Cells,
) {
    use crate::block::Form;
    let (text, form) = field_text(block, index, scratch);
    if matches!(form, Form::Absent | Form::JsonNull) || text.is_empty() {
        cells.push(None);
    } else if plan.ty.is_bytes() {
        cells.push(Some(text));
    } else {
        cells.push(parse::key(number::trim(text), plan).map(u128::to_le_bytes).as_ref().map(|it| &it[..]));
    }
}

fn push_array_cell(array: &crate::block::Array<'_>, row: usize, cells: &mut Cells) {
    if array.validity.is_some_and(|bits| !bits.get(row)) {
        return cells.push(None);
    }
    let at = array.codes.map_or(row, |codes| codes[row] as usize);
    let key: u128 = match &array.values {
        Values::Strings(strings) => return cells.push(Some(strings.get(at))),
        Values::Booleans(bits) => bits.get(at).into(),
        Values::Integers(values) => domain::signed(values[at]).into(),
        Values::Wides(values) => domain::wide(values[at]),
        Values::Floats(values) if values[at].is_nan() => return cells.push(None),
        Values::Floats(values) => domain::float(values[at]).into(),
        Values::Nulls => return cells.push(None),
    };
    cells.push(Some(&key.to_le_bytes()));
}

#[cfg(test)]
mod tests;
