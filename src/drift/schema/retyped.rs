//! Columns whose values are of a type that cannot be held against the old one.

use super::super::pair;
use super::super::words::quoted;
use super::of;
use crate::finding::{Finding, Severity};
use crate::profile::Column;

/// Whether both have values, of types that cannot be held against each other.
pub(crate) fn retyped(reference: &Column, current: &Column) -> bool {
    reference.valid > 0 && current.valid > 0 && !pair::comparable(reference.ty, current.ty)
}

/// The same as a finding.
pub(super) fn finding(reference: &Column, current: &Column) -> Option<Finding> {
    retyped(reference, current).then(|| {
        let (was, is) = (reference.ty.id(), current.ty.id());
        let message = format!("{} was {was} and is {is} now", quoted(&current.name));
        of("column-retyped", Severity::Critical, current, message, (was.into(), is.into()))
    })
}
