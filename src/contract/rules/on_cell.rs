//! A rule on the value of one cell, as a rule on rows: of some rows, or on what is written in the cell.

use crate::cell::Type;
use crate::sketch::probe::Probe;
use crate::sketch::rows::{Judged, Row, RowProbe};

use super::ValueRule;

/// The rule on the cells of a column.
pub(in crate::contract) struct OnCell {
    column: usize,
    /// Whether it is on what is written, whatever the column's type.
    written: bool,
    probe: Box<dyn Probe>,
}

impl OnCell {
    /// The rule on the column at a place, of this type.
    ///
    /// # Errors
    /// In words, where the rule is none on such values.
    pub(in crate::contract) fn new(
        column: usize,
        rule: &dyn ValueRule,
        ty: Type,
        written: bool,
    ) -> Result<OnCell, String> {
        let probe = match written {
            true => rule.written(ty).unwrap_or_else(|| Err("the rule is not on text".to_owned()))?,
            false => rule.probe(ty)?,
        };
        Ok(OnCell { column, written, probe })
    }

    /// What finds the rows on which the rule gives up; `None` of a rule that never does.
    pub(in crate::contract) fn guard(column: usize, rule: &dyn ValueRule, written: bool) -> Option<OnCell> {
        Some(OnCell { column, written, probe: rule.gives_up()? })
    }
}

impl RowProbe for OnCell {
    fn judge(&self, row: &Row<'_>) -> Judged {
        let value = match self.written {
            true => row.written(self.column).and_then(|cell| cell.value(Type::Text)),
            false => row.value(self.column),
        };
        match value {
            None => Judged::Skipped,
            Some(value) if self.probe.breaks(value) => Judged::Breaks,
            Some(_) => Judged::Holds,
        }
    }
}
