//! Blocks in, the rows of each interval to a scanner of its own.

use std::collections::BTreeMap;

use super::super::plan::Plan;
use super::super::sketching::Begins;
use super::select::Selected;
use super::whose::Whose;
use crate::block::{ArrayBlock, Field, RowStart, RunPlace, Sink, TextBlock};
use crate::issue::Code;
use crate::sketch::content::Content;
use crate::sketch::partial::{Partial, Scanner};

/// Beyond so many intervals, scanners hold nothing but their states.
const FRUGAL: u64 = 64;
/// Where a block changes between intervals more often than this, its rows are gathered by interval first.
const CHANGES: usize = 8;

/// A scanner an interval.
pub(super) struct Splitter<'a> {
    plan: &'a Plan,
    whose: Whose,
    segment: u64,
    scanners: BTreeMap<i64, (Scanner, u64)>,
    left_out: u64,
    numbers: Vec<Option<i64>>,
    fields: Vec<Field>,
    rows: Vec<RowStart>,
}

impl<'a> Splitter<'a> {
    /// For the run that begins at `segment`.
    pub(super) fn new(plan: &'a Plan, whose: Whose, segment: u64) -> Splitter<'a> {
        Splitter {
            plan,
            whose,
            segment,
            scanners: BTreeMap::new(),
            left_out: 0,
            numbers: Vec::new(),
            fields: Vec::new(),
            rows: Vec::new(),
        }
    }

    /// The partials by the numbers of their intervals, and the rows that are in none.
    pub(super) fn finish(self, end: u64) -> (BTreeMap<i64, Partial>, u64) {
        let done = |(scanner, rows): (Scanner, u64)| scanner.finish(end, rows, 0, Content::default());
        (self.scanners.into_iter().map(|(number, it)| (number, done(it))).collect(), self.left_out)
    }

    /// The scanner of an interval, which takes so many rows now, and the rows it had before.
    fn scanner(&mut self, number: i64, rows: usize) -> (&mut Scanner, u64) {
        let (plan, segment, frugal) = (self.plan, self.segment, self.whose.count() > FRUGAL);
        let (scanner, had) = self.scanners.entry(number).or_insert_with(|| {
            let tallying = plan.format.tallying();
            let mut scanner =
                Scanner::new(plan.columns.clone(), Vec::new(), tallying, plan.budget(), segment);
            if frugal {
                scanner.be_frugal();
            }
            (scanner, 0)
        });
        let first = *had;
        *had += rows as u64;
        (scanner, first)
    }
}

/// The stretches of rows of one interval: (interval, from, to).
fn stretches(numbers: &[Option<i64>]) -> Vec<(Option<i64>, usize, usize)> {
    let mut found: Vec<(Option<i64>, usize, usize)> = Vec::new();
    for (row, number) in numbers.iter().enumerate() {
        match found.last_mut() {
            Some(last) if last.0 == *number => last.2 = row + 1,
            _ => found.push((*number, row, row + 1)),
        }
    }
    found
}

/// The stretches of each interval.
fn by_interval(
    stretches: Vec<(Option<i64>, usize, usize)>,
) -> BTreeMap<Option<i64>, Vec<std::ops::Range<usize>>> {
    let mut by: BTreeMap<Option<i64>, Vec<std::ops::Range<usize>>> = BTreeMap::new();
    for (number, from, to) in stretches {
        by.entry(number).or_default().push(from..to);
    }
    by
}

impl Begins for Splitter<'_> {
    fn begin(&mut self, _: u64) -> &mut dyn Sink {
        self
    }
}

impl Sink for Splitter<'_> {
    fn text(&mut self, block: &TextBlock<'_>) {
        let mut numbers = std::mem::take(&mut self.numbers);
        self.whose.text(block, &mut numbers);
        let stretches = stretches(&numbers);
        self.numbers = numbers;
        let n = block.n_columns;
        if stretches.len() <= CHANGES {
            for (number, from, to) in stretches {
                let Some(number) = number else {
                    self.left_out += (to - from) as u64;
                    continue;
                };
                let (scanner, first_row) = self.scanner(number, to - from);
                let (fields, rows) = (&block.fields[from * n..to * n], &block.rows[from..to]);
                scanner.text(&TextBlock { fields, rows, first_row, ..*block });
            }
            return;
        }
        for (number, ranges) in by_interval(stretches) {
            let count = ranges.iter().map(ExactSizeIterator::len).sum();
            let Some(number) = number else {
                self.left_out += count as u64;
                continue;
            };
            let (mut fields, mut rows) = (std::mem::take(&mut self.fields), std::mem::take(&mut self.rows));
            fields.clear();
            rows.clear();
            for range in ranges {
                fields.extend_from_slice(&block.fields[range.start * n..range.end * n]);
                rows.extend_from_slice(&block.rows[range]);
            }
            let (scanner, first_row) = self.scanner(number, count);
            scanner.text(&TextBlock { fields: &fields, rows: &rows, first_row, ..*block });
            (self.fields, self.rows) = (fields, rows);
        }
    }

    fn arrays(&mut self, block: &ArrayBlock<'_>) {
        let mut numbers = std::mem::take(&mut self.numbers);
        self.whose.arrays(block, &mut numbers);
        let stretches = stretches(&numbers);
        self.numbers = numbers;
        for (number, ranges) in by_interval(stretches) {
            let count = ranges.iter().map(ExactSizeIterator::len).sum();
            let Some(number) = number else {
                self.left_out += count as u64;
                continue;
            };
            let selected: Vec<Selected> = block.columns.iter().map(|it| Selected::of(it, &ranges)).collect();
            let columns: Vec<_> = selected.iter().map(Selected::array).collect();
            let position = block.position + ranges[0].start as u64;
            let (scanner, first_row) = self.scanner(number, count);
            scanner.arrays(&ArrayBlock { n_rows: count, columns: &columns, first_row, position });
        }
    }

    // What is odd about the file was told when it was scanned as a whole.
    fn issue(&mut self, _: Code, _: Option<usize>, _: RunPlace<'_>) {}

    fn set_aside(&mut self, _: Code, _: RunPlace<'_>) {}

    fn unknown_column(&mut self, _: &str, _: u64) {}
}
