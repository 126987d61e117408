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
        // A reference governs, too, but only to its own type.
        if current.governed && !reference.governed {
            let name = quoted(&current.name);
            let message = format!(
                "{name} is read as {is}, as is agreed, and was {was} in the reference: give its data file, or a profile \
                 made with --types {name}={is}"
            );
            return of("column-retyped", Severity::Info, current, message, (was.into(), is.into()));
        }
        let message = format!("{} was {was} and is {is} now", quoted(&current.name));
        of("column-retyped", Severity::Critical, current, message, (was.into(), is.into()))
    })
}
