//! `minimum` and `maximum` of dates, timestamps and times: bounds on the first or the last value of a column → a finding.

use std::cmp::Ordering;

use crate::profile::Column;

#[cfg(feature = "cli")]
use super::super::tree::Tree;
use super::super::wording::within;
use super::range::Bound;
use super::{Judgement, ProfileRule};
#[cfg(feature = "cli")]
use super::{Parameters, parameters};

/// Bounds on the first or the last moment of a column.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::contract) struct Extreme {
    /// Whether it is the last one.
    pub(in crate::contract) last: bool,
    /// The lower bound, and whether it is exclusive.
    pub(in crate::contract) low: Option<(Bound, bool)>,
    /// The upper bound, and whether it is exclusive.
    pub(in crate::contract) high: Option<(Bound, bool)>,
}

impl ProfileRule for Extreme {
    fn id(&self) -> &'static str {
        if self.last { "maximum" } else { "minimum" }
    }

    fn expected(&self) -> String {
        let side = |end: &Option<(Bound, bool)>| end.as_ref().map(|(bound, strict)| (bound.text(), *strict));
        within(side(&self.low), side(&self.high))
    }

    fn judge(&self, column: &Column, _: Option<&str>) -> Result<Judgement, String> {
        let Some(temporal) = &column.temporal else {
            return Err(match column.valid {
                0 => "every cell is missing or invalid".to_owned(),
                _ => format!("moments do not bound a column of type {}", column.ty.id()),
            });
        };
        let text = if self.last { &temporal.max } else { &temporal.min };
        let found = Bound::temporal(text).ok_or_else(|| format!("{text} is not understood"))?;
        let keeps = |end: &Option<(Bound, bool)>, side: Ordering| match end {
            None => Ok(true),
            Some((bound, strict)) => match found.compare(bound) {
                Some(order) => Ok(order == side || order == Ordering::Equal && !strict),
                None => Err(format!("{} does not compare with {text}", bound.text())),
            },
        };
        let holds = keeps(&self.low, Ordering::Greater)? && keeps(&self.high, Ordering::Less)?;
        let what = if self.last { "maximum" } else { "minimum" };
        let message = format!("the {what} is {text}; agreed is {}", self.expected());
        Ok(Judgement { holds, message, observed: Some(text.clone()) })
    }

    #[cfg(feature = "cli")]
    fn expectation(&self) -> Option<(&'static str, Parameters)> {
        let bound = |end: &Option<(Bound, bool)>| end.as_ref().map(|it| it.0.tree());
        let strict = |end: &Option<(Bound, bool)>| end.as_ref().filter(|it| it.1).map(|_| Tree::Flag(true));
        let kind = match self.last {
            true => "expect_column_max_to_be_between",
            false => "expect_column_min_to_be_between",
        };
        Some((
            kind,
            parameters([
                ("min_value", bound(&self.low)),
                ("strict_min", strict(&self.low)),
                ("max_value", bound(&self.high)),
                ("strict_max", strict(&self.high)),
            ]),
        ))
    }
}
