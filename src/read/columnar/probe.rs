//! For the tests: a sink that keeps every value as text, and damage to files.

use crate::block::{ArrayBlock, RunPlace, Sink, TextBlock, Values};
use crate::cell::plan::ColumnPlan;
use crate::issue::Code;

use super::Leaf;

/// What a missing value looks like.
pub(in crate::read) const MISSING: &str = "∅";

#[derive(Default)]
pub(in crate::read) struct Gathered {
    pub(in crate::read) columns: Vec<Vec<String>>,
    pub(in crate::read) issues: Vec<(Code, Option<usize>, Option<u64>, Vec<u8>)>,
    pub(in crate::read) n_rows: u64,
    /// Columns that came as codes at least once.
    pub(in crate::read) with_codes: std::collections::BTreeSet<usize>,
}

impl Sink for Gathered {
    fn text(&mut self, _: &TextBlock<'_>) {
        panic!("typed formats have no text");
    }

    fn arrays(&mut self, block: &ArrayBlock<'_>) {
        assert_eq!(block.first_row, self.n_rows);
        assert!(block.n_rows <= super::BLOCK_ROWS);
        self.n_rows += block.n_rows as u64;
        self.columns.resize(block.columns.len(), Vec::new());
        for (i, array) in block.columns.iter().enumerate() {
            if array.codes.is_some() {
                self.with_codes.insert(i);
            }
            for row in 0..block.n_rows {
                let at = array.codes.map_or(row, |codes| codes[row] as usize);
                let valid = array.validity.is_none_or(|v| v.get(row));
                let value = match array.values {
                    Values::Nulls => MISSING.into(),
                    _ if !valid => MISSING.into(),
                    Values::Booleans(bits) => bits.get(at).to_string(),
                    Values::Integers(values) => values[at].to_string(),
                    Values::Wides(values) => values[at].to_string(),
                    Values::Floats(values) => values[at].to_string(),
                    Values::Strings(strings) => String::from_utf8_lossy(strings.get(at)).into_owned(),
                };
                self.columns[i].push(value);
            }
        }
    }

    fn issue(&mut self, code: Code, column: Option<usize>, place: RunPlace<'_>) {
        self.issues.push((code, column, place.row, place.text.to_vec()));
    }

    fn set_aside(&mut self, _: Code, _: RunPlace<'_>) {
        panic!("typed formats set nothing aside");
    }

    fn unknown_column(&mut self, _: &str, _: u64) {
        panic!("typed formats have a schema");
    }
}

/// A plan of these columns.
pub(in crate::read) fn plan(columns: &[Leaf]) -> Vec<ColumnPlan> {
    let plan = |leaf: &Leaf| ColumnPlan {
        name: leaf.name.clone(),
        ty: leaf.ty,
        formats: 0,
        nulls: 0,
        more_nulls: Vec::new(),
        spelled: None,
        governed: true,
        typed: true,
    };
    columns.iter().map(plan).collect()
}

/// Reads every damaged variant of a file; fails on the first that panics. Each is cut, or has some bytes changed.
pub(in crate::read) fn no_damage_panics(file: &[u8], rounds: u64, read: fn(&[u8])) {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut random = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    for round in 0..rounds {
        let mut wrong = file.to_vec();
        match random(8) {
            0 => wrong.truncate(random(file.len())),
            1 => drop(wrong.drain(..random(file.len()))),
            kind => {
                // The footer is small and rules everything: half of the damage goes there.
                let from = if kind < 5 { file.len() * 2 / 3 } else { 0 };
                for _ in 0..=random(4) {
                    let at = from + random(file.len() - from);
                    wrong[at] = match random(6) {
                        0 => 0,
                        1 => 0xff,
                        2 => 0x7f,
                        3 => wrong[at] ^ (1 << random(8)),
                        4 => wrong[random(file.len())],
                        _ => random(256) as u8,
                    };
                }
            }
        }
        if std::panic::catch_unwind(|| read(&wrong)).is_err() {
            panic!("damage in round {round} panics");
        }
    }
}
