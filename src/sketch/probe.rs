//! Probes: row-level rules of a contract, run with the scan. A contract compiles its rules to these; the sketches call
//! them once per distinct value while a column is within its budget, else per cell.

use std::sync::Arc;

use crate::cell::Value;

/// A row-level rule on the valid values of one column.
pub trait Probe: Send + Sync {
    /// Whether the value breaks the rule.
    fn breaks(&self, value: Value<'_>) -> bool;
}

/// The values of a column that occur more than once, for the pass that locates them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Repeated {
    /// Keys, rising.
    Keys(Arc<Vec<u128>>),
    /// Texts, rising.
    Texts(Arc<Vec<Box<[u8]>>>),
    /// Hashes of the cells, rising: columns past their budget.
    Hashes(Arc<Vec<u64>>),
}

/// The probes of one column. Bit i of a verdict is set where `rules[i]` is broken.
#[derive(Default)]
pub struct ColumnProbes {
    /// At most 64 rules on valid values.
    pub rules: Vec<Box<dyn Probe>>,
    /// Whether a missing cell is a violation.
    pub required: bool,
    /// Whether duplicates must be located, by a further pass.
    pub unique: bool,
    /// The values to locate, in that pass.
    pub repeated: Option<Repeated>,
}

impl ColumnProbes {
    /// Whether valid cells must be looked at.
    #[inline]
    pub fn watches(&self) -> bool {
        !self.rules.is_empty() || self.repeated.is_some()
    }

    /// Whether cells met before may be left unlooked at, as long as what is remembered breaks no rule: nothing is to be
    /// located.
    #[inline]
    pub fn may_remember(&self) -> bool {
        self.repeated.is_none()
    }

    /// The rules that a value breaks.
    pub fn verdict(&self, value: Value<'_>) -> u64 {
        let mut verdict = 0;
        for (bit, rule) in self.rules.iter().enumerate().take(64) {
            verdict |= u64::from(rule.breaks(value)) << bit;
        }
        verdict
    }

    /// The rules that a text breaks; ill-formed UTF-8 is replaced first.
    pub fn text_verdict(&self, raw: &[u8]) -> u64 {
        if self.rules.is_empty() { 0 } else { self.verdict(Value::Text(&String::from_utf8_lossy(raw))) }
    }

    /// Whether a cell of this hash is to be located.
    #[inline]
    pub fn repeats_hash(&self, hash: u64) -> bool {
        matches!(&self.repeated, Some(Repeated::Hashes(hashes)) if hashes.binary_search(&hash).is_ok())
    }

    /// Whether a cell of this key is to be located.
    #[inline]
    pub fn repeats_key(&self, key: u128) -> bool {
        matches!(&self.repeated, Some(Repeated::Keys(keys)) if keys.binary_search(&key).is_ok())
    }

    /// Whether a cell of this text is to be located.
    #[inline]
    pub fn repeats_text(&self, text: &[u8]) -> bool {
        matches!(&self.repeated, Some(Repeated::Texts(all)) if all.binary_search_by(|it| it.as_ref().cmp(text)).is_ok())
    }
}
