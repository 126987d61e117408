//! Columns whose values are of another type than before: one that cannot be held against the old one, or integers that came to
//! be written with a point.

use super::super::pair;
use super::super::words::{count, quoted};
use super::of;
use crate::cell::Type;
use crate::finding::{Finding, Severity};
use crate::profile::{Column, Distribution};

/// Whether both have values, of types that cannot be held against each other.
pub(crate) fn retyped(reference: &Column, current: &Column) -> bool {
    reference.valid > 0 && current.valid > 0 && !pair::comparable(reference.ty, current.ty)
}

/// The same as a finding; and integers that are written with a point now, which are compared as numbers all the same.
pub(super) fn finding(reference: &Column, current: &Column) -> Option<Finding> {
    if let Some(pointed) = pointed(reference, current) {
        return Some(pointed);
    }
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

/// What is said of integers that are written with a point now, as programs do that hold missing values as floats: a note where
/// all are whole numbers still, a warning where they are not.
fn pointed(reference: &Column, current: &Column) -> Option<Finding> {
    let was_whole = matches!(reference.ty, Type::Integer | Type::WideInteger);
    let is_pointed = matches!(current.ty, Type::Float | Type::Decimal(_));
    // What is agreed is how it is read, not how it is written.
    if !was_whole || !is_pointed || current.governed || reference.valid == 0 || current.valid == 0 {
        return None;
    }
    let name = quoted(&current.name);
    let types = (reference.ty.id().to_owned(), current.ty.id().to_owned());
    let (severity, message) = match broken(current) {
        Some(0) => (
            Severity::Info,
            format!(
                "{name} was integer and is written with decimals now, all of them zero: it is compared as numbers"
            ),
        ),
        Some(cells) => (
            Severity::Warning,
            format!(
                "{name} was integer and is {} now: {} of {} values are no whole numbers; it is compared as numbers",
                types.1,
                count(cells),
                count(current.valid)
            ),
        ),
        None => {
            (Severity::Info, format!("{name} was integer and is {} now: it is compared as numbers", types.1))
        }
    };
    Some(of("column-retyped", severity, current, message, types))
}

/// Cells that are no whole numbers; `None` where the profile holds buckets, not values.
fn broken(column: &Column) -> Option<u64> {
    let Distribution::Ordered(side) = &column.distribution else { return None };
    let is_broken = |entry: &&(u128, u64)| {
        let value = side.domain.number(entry.0);
        value.is_finite() && value != value.trunc()
    };
    (side.shift == 0).then(|| side.entries.iter().filter(is_broken).map(|it| it.1).sum())
}
