//! How the cells of a column are to be read: speculated from a sample, then decided by the tallies of the whole scan,
//! or governed by a contract, a reference or an option.

use super::Type;

/// How one column is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnPlan {
    /// Its name, made unique.
    pub name: String,
    /// What its cells are parsed as.
    pub ty: Type,
    /// Bit i: the i-th format of [`crate::cell::temporal::FORMATS`] is accepted. 0 for what is not temporal.
    pub formats: u32,
    /// Bit i: the i-th token of [`crate::cell::tokens::TOKENS`] is missing.
    pub nulls: u32,
    /// More spellings of missing, given by an option or a contract.
    pub more_nulls: Vec<String>,
    /// The type is not up to the tallies.
    pub governed: bool,
    /// The format itself says the type (Parquet, Arrow), so that cells cannot be invalid.
    pub typed: bool,
}
