//! How the cells of a column are to be read: speculated from a sample, then decided by the tallies of the whole scan,
//! or governed by a contract, a reference or an option.

use super::Type;
use super::spelling::Spelling;

/// The bit among a column's formats of which JSON values are valid only in their own form: no number as a text, nothing
/// but an object as an object.
pub const OWN_FORM: u32 = 1 << 17;
/// The bit among a column's formats of which JSON's null is no missing value but an invalid one.
pub const NO_NULL: u32 = 1 << 18;
/// The bit among a column's formats of which integers may be written as whole numbers with a point or an exponent.
pub const WHOLE: u32 = 1 << 19;
/// The bit among a column's formats of which integers may be as large as 128 bits hold, where there are any beyond 64.
pub const ANY_SIZE: u32 = 1 << 20;

/// The bit among the formats of a column of text of which a list or an object of JSON is no value.
pub const PLAIN: u32 = 1 << 22;

/// The bit among a column's formats of which a timestamp is none without its time of day.
pub const TIMED: u32 = 1 << 21;

/// How one column is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnPlan {
    /// Its name, made unique.
    pub name: String,
    /// What its cells are parsed as.
    pub ty: Type,
    /// Bit i: the i-th format of [`crate::cell::temporal::FORMATS`] is accepted. 0 for what is not temporal, but for the bits
    /// [`OWN_FORM`], [`NO_NULL`], [`WHOLE`] and [`ANY_SIZE`].
    pub formats: u32,
    /// Bit i: the i-th token of [`crate::cell::tokens::TOKENS`] is missing.
    pub nulls: u32,
    /// More spellings of missing, given by an option or a contract.
    pub more_nulls: Vec<String>,
    /// How its dates are written, where they are in none of the usual formats.
    pub spelled: Option<Spelling>,
    /// The type is not up to the tallies.
    pub governed: bool,
    /// The format itself says the type (Parquet, Arrow), so that cells cannot be invalid.
    pub typed: bool,
}
