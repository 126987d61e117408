//! The state of one column: counts, tallies, values and places. Filled by the kernels of `scan`, merged in any order.

use super::keys::{Keys, Shape};
use super::order::Stretch;
use super::pack::{Pack, damaged, pack_struct};
use super::places::Places;
use super::tally::Tally;
use super::texts::{Added, Texts, text_hash};
use crate::block::Form;
use crate::cell::classify::{Kind, classify, is_surely_text};
use crate::cell::plan::ColumnPlan;
use crate::cell::{Domain, Type, number, tokens};
use crate::error::Result;

/// What a column's state may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowance {
    /// Canonical bytes of values.
    pub budget: u64,
    /// The seed of the sketches.
    pub seed: u64,
    /// Places kept of each kind.
    pub places: usize,
}

/// The valid values of a column.
#[derive(Debug, Clone)]
pub enum Values {
    /// Ordered, 64 bits.
    Keys(Keys<u64>),
    /// Ordered, 128 bits.
    Wide(Keys<u128>),
    /// Unordered.
    Texts(Texts),
}

/// When cells are tallied by narrowest type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tallying {
    /// Once per distinct value while text is within its budget, else per cell: text formats.
    Value,
    /// Per cell, because the form matters too: JSON.
    Cell,
    /// Never: the format says the type.
    Never,
}

/// The state of one column.
#[derive(Debug, Clone)]
pub struct ColumnState {
    /// Cells that are values.
    pub valid: u64,
    /// Cells that are not there, empty, or a null token.
    pub missing: u64,
    /// The invalid ones, with their first places.
    pub invalid: Places,
    /// Cells by narrowest type, as far as they were tallied cell by cell.
    pub tally: Tally,
    /// When they are.
    pub tallying: Tallying,
    /// The valid values.
    pub values: Values,
    /// Cells equal to each of the plan's additional null tokens.
    pub more_nulls: Vec<u64>,
    /// Whether values rise or fall, by segment.
    pub order: Vec<Stretch>,
    /// The cells that break each row-level rule.
    pub broken: Vec<Places>,
    /// The missing cells of a required column.
    pub lacking: Places,
    /// The cells whose value occurs more than once, in a pass that locates them.
    pub repeated: Places,
}

impl Values {
    fn new(ty: Type, allowance: Allowance) -> Values {
        let Allowance { budget, seed, .. } = allowance;
        match Domain::of(ty) {
            None => Values::Texts(Texts::new(budget, seed)),
            Some(domain) => {
                let shape = Shape { domain, numeric: ty.is_numeric(), hashed: false, budget, seed };
                if domain.bits() == 128 {
                    Values::Wide(Keys::new(shape))
                } else {
                    Values::Keys(Keys::new(shape))
                }
            }
        }
    }
}

impl ColumnState {
    /// Nothing seen yet of a column that is read so.
    pub fn new(plan: &ColumnPlan, tallying: Tallying, n_rules: usize, allowance: Allowance) -> ColumnState {
        ColumnState {
            tallying,
            values: Values::new(plan.ty, allowance),
            more_nulls: vec![0; plan.more_nulls.len()],
            broken: vec![Places::default(); n_rules],
            ..ColumnState::of_key(allowance)
        }
    }

    /// Nothing seen yet of a key of several columns, of which only how many there are is counted.
    pub fn of_key(allowance: Allowance) -> ColumnState {
        ColumnState {
            valid: 0,
            missing: 0,
            invalid: Places::default(),
            tally: Tally::default(),
            tallying: Tallying::Never,
            values: Values::new(Type::Text, allowance),
            more_nulls: Vec::new(),
            order: Vec::new(),
            broken: Vec::new(),
            lacking: Places::default(),
            repeated: Places::default(),
        }
    }

    /// Cells seen.
    pub fn rows(&self) -> u64 {
        self.valid + self.missing + self.invalid.count
    }

    /// Counts the values from here on as they are counted past the budget.
    pub fn pass_budget(&mut self) {
        match &mut self.values {
            Values::Keys(keys) => keys.pass_budget(),
            Values::Wide(keys) => keys.pass_budget(),
            Values::Texts(texts) => {
                texts.pass_budget();
                if let (Some(passed), Tallying::Value) = (texts.take_passed(), self.tallying) {
                    passed.iter().for_each(|it| tally_text(&mut self.tally, it.text, it.count));
                }
            }
        }
    }

    /// Whether the values are more than the budget holds beyond a doubt of one in thousands.
    pub fn surely_passed(&self) -> bool {
        match &self.values {
            Values::Keys(keys) => keys.are_surely_more_than(keys.most()),
            Values::Wide(keys) => keys.are_surely_more_than(keys.most()),
            Values::Texts(texts) => texts.surely_passed(),
        }
    }

    /// Counts a valid text `n` times and keeps the tallies in step; where it went.
    #[inline]
    pub fn add_text(&mut self, text: &[u8], hash: u64, n: u64) -> Added {
        let Values::Texts(texts) = &mut self.values else { return Added::Hashed };
        let added = texts.add(text, hash, n);
        if added == Added::Hashed {
            self.after_hashing(text, n);
        }
        added
    }

    /// Counts `n` valid texts once each and keeps the tallies in step.
    pub(super) fn add_each_text<'a>(&mut self, n: usize, text: &impl Fn(usize) -> &'a [u8], hashes: &[u64]) {
        let Values::Texts(texts) = &mut self.values else { return };
        let taken = texts.add_each(n, text, hashes);
        if texts.hashed().is_none() {
            return;
        }
        texts.add_each_hash(&hashes[taken..n]);
        let passed = texts.take_passed();
        if self.tallying == Tallying::Value {
            if let Some(passed) = passed {
                passed.iter().for_each(|it| tally_text(&mut self.tally, it.text, it.count));
            }
            (taken..n).for_each(|i| tally_text(&mut self.tally, text(i), 1));
        }
    }

    fn after_hashing(&mut self, text: &[u8], n: u64) {
        let Values::Texts(texts) = &mut self.values else { return };
        let passed = texts.take_passed();
        if self.tallying == Tallying::Value {
            match passed {
                Some(passed) => passed.iter().for_each(|it| tally_text(&mut self.tally, it.text, it.count)),
                None => tally_text(&mut self.tally, text, n),
            }
        }
    }

    /// Brings the state into its final form: to be called when all cells are counted.
    pub fn settle(&mut self) {
        match &mut self.values {
            Values::Keys(keys) => keys.settle(),
            Values::Wide(keys) => keys.settle(),
            Values::Texts(texts) => texts.settle(),
        }
    }

    /// The tallies of all cells.
    pub fn whole_tally(&self) -> Tally {
        let mut tally = self.tally.clone();
        if let (Tallying::Value, Values::Texts(texts)) = (self.tallying, &self.values) {
            texts.unsorted().for_each(|it| tally_text(&mut tally, it.text, it.count));
        }
        tally
    }

    /// Joins the state of other cells of the same column, read by the same plan.
    pub fn merge(&mut self, other: &ColumnState, places: usize) {
        self.valid += other.valid;
        self.missing += other.missing;
        self.invalid.merge(&other.invalid, places);
        self.tally.merge(&other.tally);
        match (&mut self.values, &other.values) {
            (Values::Keys(mine), Values::Keys(others)) => mine.merge(others),
            (Values::Wide(mine), Values::Wide(others)) => mine.merge(others),
            (Values::Texts(mine), Values::Texts(others)) => {
                mine.merge(others);
                let passed = mine.take_passed();
                if let (Some(passed), Tallying::Value) = (passed, self.tallying) {
                    passed.iter().for_each(|it| tally_text(&mut self.tally, it.text, it.count));
                }
            }
            // One plan gives one kind of values.
            _ => {}
        }
        self.more_nulls.iter_mut().zip(&other.more_nulls).for_each(|(a, b)| *a += b);
        self.order.extend_from_slice(&other.order);
        crate::order::sort_by_key(&mut self.order, |stretch| stretch.segment);
        self.broken.iter_mut().zip(&other.broken).for_each(|(a, b)| a.merge(b, places));
        self.lacking.merge(&other.lacking, places);
        self.repeated.merge(&other.repeated, places);
    }

    /// The hash under which a text is counted.
    pub fn hash_of(text: &[u8]) -> u64 {
        text_hash(text)
    }
}

#[inline]
fn tally_text(tally: &mut Tally, text: &[u8], n: u64) {
    if is_surely_text(text) {
        tally.kinds[Kind::Text as usize] += n;
        return;
    }
    // A null token that is kept as a value was tallied as a token, cell by cell.
    if tokens::find(number::trim(text)).is_none() {
        tally.add(classify(text, Form::Bare), text, n);
    }
}

impl Pack for Tallying {
    fn pack(&self, out: &mut Vec<u8>) {
        (*self as u8).pack(out);
    }

    fn unpack(input: &mut &[u8]) -> Result<Tallying> {
        match u8::unpack(input)? {
            0 => Ok(Tallying::Value),
            1 => Ok(Tallying::Cell),
            2 => Ok(Tallying::Never),
            _ => Err(damaged("an unknown way of tallying")),
        }
    }
}

impl Pack for Values {
    fn pack(&self, out: &mut Vec<u8>) {
        match self {
            Values::Keys(keys) => {
                0u8.pack(out);
                keys.pack(out);
            }
            Values::Wide(keys) => {
                1u8.pack(out);
                keys.pack(out);
            }
            Values::Texts(texts) => {
                2u8.pack(out);
                texts.pack(out);
            }
        }
    }

    fn unpack(input: &mut &[u8]) -> Result<Values> {
        match u8::unpack(input)? {
            0 => Ok(Values::Keys(Keys::unpack(input)?)),
            1 => Ok(Values::Wide(Keys::unpack(input)?)),
            2 => Ok(Values::Texts(Texts::unpack(input)?)),
            _ => Err(damaged("an unknown kind of values")),
        }
    }
}

pack_struct!(ColumnState {
    valid,
    missing,
    invalid,
    tally,
    tallying,
    values,
    more_nulls,
    order,
    broken,
    lacking,
    repeated
});
