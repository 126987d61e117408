//! `foreign-key`: values that must be some row's of another table → a rule on rows, over the hashes of that table's keys.

use std::sync::Arc;

use crate::cell::Type;
use crate::cell::spelling::Spelling;
use crate::error::Result;
use crate::sketch::pack::{Pack, pack_struct, take, take_count};
use crate::sketch::reference::{Cells, Reference};
use crate::sketch::rows::{Judged, Row, RowProbe};

use super::super::model::Dialect;
#[cfg(feature = "cli")]
use super::super::tree::Tree;
use super::super::wording::{cut, listed};
#[cfg(feature = "cli")]
use super::{Parameters, parameters};

/// # What it checks
/// That the values of a column, or of several together, occur in a row of another table. Values are compared as they are
/// shown: the integer 7 is the number 7.0 and the text "7" of the other table, but not the text "7.0".
///
/// # Why
/// An order without its customer drops out of every join, and nothing else says so.
///
/// # Example
/// ```yaml
/// properties:
///   - name: customer_id
///     relationships:
///       - {type: foreignKey, to: customers.id}
/// ```
///
/// # Parameters
/// ODCS's `relationships` of a column (`to`) or of a table (`from`, `to`, with a list for keys of several columns); the rule
/// `foreign-key` of our own with `table`, `columns` and `when`. The other table is a file too: `--with customers=customers.csv`,
/// or dropped on the page; a table that refers to itself needs none.
///
/// # Missing and invalid cells
/// A row with a missing or invalid cell in its key is counted as skipped, as SQL has it; with the Table Schema of Frictionless only
/// one that has no cell of it at all. Rows of the other table whose key has such a cell are nobody's key.
pub(in crate::contract) const ID: &str = "foreign-key";

/// What is referred to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::contract) struct Target {
    /// The other table; `None`: the same.
    pub(in crate::contract) table: Option<String>,
    /// Its columns, one for each that refers.
    pub(in crate::contract) columns: Vec<String>,
    /// Whether only a row without any cell is left out, as Frictionless has it.
    pub(in crate::contract) unless_all_missing: bool,
}

/// A table that rules refer to, and the keys of it that they need.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Wanted {
    /// What the contract calls it; `None`: the table itself.
    pub table: Option<String>,
    /// The columns of each key.
    pub keys: Vec<Vec<String>>,
    /// The types that they are read as, by column, as far as that is agreed.
    pub types: Vec<(String, Type)>,
    /// The patterns of their dates, where these are in none of the usual formats.
    pub spelled: Vec<(String, Spelling)>,
    /// How its CSV is written, as far as that is agreed; it comes before what is said of all files.
    pub dialect: Dialect,
}

/// What is known of another table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Other {
    /// What the contract calls it; `None`: the table itself.
    pub table: Option<String>,
    /// Its rows.
    pub rows: u64,
    /// The keys that are referred to.
    pub keys: Vec<OtherKey>,
}

/// One key of another table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OtherKey {
    /// Its columns.
    pub columns: Vec<String>,
    /// The hashes of the keys that occur, rising.
    pub hashes: Arc<Vec<u64>>,
    /// Why they are not to be had.
    pub lacks: Option<String>,
}

/// The hashes are bits through and through: eight bytes each are the least, and quick to read.
impl Pack for OtherKey {
    fn pack(&self, out: &mut Vec<u8>) {
        self.columns.pack(out);
        self.lacks.pack(out);
        (self.hashes.len() as u64).pack(out);
        out.reserve(8 * self.hashes.len());
        self.hashes.iter().for_each(|hash| out.extend_from_slice(&hash.to_le_bytes()));
    }

    fn unpack(input: &mut &[u8]) -> Result<OtherKey> {
        let (columns, lacks) = Pack::unpack(input)?;
        let bytes = take_count(input)?.saturating_mul(8);
        let (hashes, _) = take(input, bytes)?.as_chunks();
        let hashes = Arc::new(hashes.iter().map(|it| u64::from_le_bytes(*it)).collect());
        Ok(OtherKey { columns, hashes, lacks })
    }
}

pack_struct!(Dialect { delimiter, quote, header });
pack_struct!(Wanted { table, keys, types, spelled, dialect });
pack_struct!(Other { table, rows, keys });

/// Why a rule that looks into another table was not checked.
pub(super) fn not_given(table: &str) -> String {
    let table = cut(table);
    format!("the table {table} is not given: --with {table}=FILE")
}

impl Target {
    fn name(&self) -> String {
        match &self.table {
            Some(table) => format!("{}.{}", cut(table), listed(&self.columns)),
            None => format!("{} of this table", listed(&self.columns)),
        }
    }

    /// Its parameters by the names of our own engine.
    #[cfg(feature = "cli")]
    pub(in crate::contract) fn parameters(&self) -> Parameters {
        parameters([("table", self.table.as_ref().map(Tree::text)), ("to", Some(Tree::texts(&self.columns)))])
    }

    /// What is agreed, in words.
    pub(in crate::contract) fn expected(&self) -> String {
        format!("a value of {}", self.name())
    }

    /// What an offender is, after "is" or "are".
    pub(in crate::contract) fn fault(&self) -> String {
        format!("not in {}", self.name())
    }

    /// What the others are.
    pub(in crate::contract) fn virtue(&self) -> String {
        format!("in {}", self.name())
    }

    /// The rule on these columns.
    ///
    /// # Errors
    /// In words, where the other table is not known.
    pub(super) fn probe(&self, columns: &[usize], others: &[Other]) -> std::result::Result<Refers, String> {
        if columns.len() != self.columns.len() {
            return Err(format!("{} columns cannot refer to {} of them", columns.len(), self.columns.len()));
        }
        let Some(other) = others.iter().find(|it| it.table == self.table) else {
            return Err(match &self.table {
                Some(table) => not_given(table),
                None => "the keys of the table itself were not read".to_owned(),
            });
        };
        let Some(key) = other.keys.iter().find(|it| it.columns == self.columns) else {
            return Err(format!("{} was not read", self.name()));
        };
        match &key.lacks {
            Some(reason) => Err(reason.clone()),
            None => Ok(Refers {
                reference: Reference { columns: columns.to_vec() },
                hashes: key.hashes.clone(),
                unless_all_missing: self.unless_all_missing,
            }),
        }
    }
}

/// The rule on the columns of a file.
pub(super) struct Refers {
    reference: Reference,
    hashes: Arc<Vec<u64>>,
    unless_all_missing: bool,
}

impl RowProbe for Refers {
    fn judge(&self, row: &Row<'_>) -> Judged {
        let hash = match self.reference.of(row) {
            Cells::All(hash) => hash,
            Cells::Some(hash) if self.unless_all_missing => hash,
            Cells::Some(_) | Cells::None | Cells::Invalid => return Judged::Skipped,
        };
        if self.hashes.binary_search(&hash).is_ok() { Judged::Holds } else { Judged::Breaks }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sketch::pack::{from_bytes, to_bytes};

    #[test]
    fn keys_cross_as_they_are_and_cut_short_are_refused() {
        let key = |columns: &[&str], hashes: Vec<u64>, lacks: Option<&str>| OtherKey {
            columns: columns.iter().map(|&it| it.into()).collect(),
            hashes: Arc::new(hashes),
            lacks: lacks.map(Into::into),
        };
        let keys = vec![
            key(&["a", "b"], vec![1, 1 << 40, u64::MAX], None),
            key(&["c"], Vec::new(), Some("too many")),
        ];
        let other = Other { table: Some("t".into()), rows: 7, keys };
        let bytes = to_bytes(&other);
        assert_eq!(from_bytes::<Other>(&bytes).unwrap(), other);
        assert!((0..bytes.len()).all(|end| from_bytes::<Other>(&bytes[..end]).is_err()));
        let types = vec![("a".to_owned(), Type::Integer)];
        let wanted =
            Wanted { table: None, keys: vec![vec!["a".into()], Vec::new()], types, ..Wanted::default() };
        assert_eq!(from_bytes::<Wanted>(&to_bytes(&wanted)).unwrap(), wanted);
    }
}
