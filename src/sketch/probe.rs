//! Probes: row-level rules of a contract, run with the scan. A contract compiles its rules to these; the sketches call
//! them once per distinct value while a column is within its budget, else per cell.

use crate::cell::Value;

/// A row-level rule on the valid values of one column.
pub trait Probe: Send + Sync {
    /// Whether the value breaks the rule.
    fn breaks(&self, value: Value<'_>) -> bool;
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
}
