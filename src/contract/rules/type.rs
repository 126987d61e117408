//! `type`: the invalid cells of a column, and the type that the file itself gives it → a finding.

use crate::cell::Type;
use crate::cell::classify::Kind;
use crate::finding::Finding;
use crate::profile::Column;

use super::super::findings::Tally;
use super::super::model::{Check, LogicalType, Property};
use super::Case;

/// The public id.
pub(in crate::contract) const ID: &str = "type";

/// # What it checks
/// That each cell that is not missing is a value of the property's `logicalType`; for dates, timestamps and times also of
/// its `format`. Where the file says its types itself (Parquet, Arrow), the column's type has to fit: an integer of any
/// width is an integer, any number is a number, and a column without a value fits everything.
///
/// # Why
/// One cell that does not parse hides nothing here: it is located, it is left out of the other rules, and they go on.
///
/// # Example
/// ```yaml
/// - name: joined
///   logicalType: date
///   logicalTypeOptions:
///     format: yyyy-MM-dd
/// ```
///
/// # Parameters
/// `logicalType`, `logicalTypeOptions.format` of dates, timestamps and times, `logicalTypeOptions.timezone`.
pub(in crate::contract) fn finding(
    check: &Check,
    property: &Property,
    name: &str,
    column: &Column,
    invalid: &Tally,
) -> Finding {
    let expected = expected(check.asserted.or(property.logical), property);
    let fits = column.valid == 0
        || match check.asserted {
            Some(asserted) => is_found(asserted, column),
            None => {
                (property.dates_as_text || property.spelled.is_some()) && column.ty == Type::Text
                    || property.logical.is_none_or(|logical| logical.admits(column.ty))
            }
        };
    let (count, fault, observed) = if fits {
        (column.invalid, format!("not of type {expected}"), None)
    } else {
        let fault = format!("of type {}, not {expected}", column.ty.id());
        (column.valid + column.invalid, fault, Some(column.ty.id().to_owned()))
    };
    Case {
        rule: ID,
        column: Some(name),
        of: "cell",
        check,
        fault,
        virtue: format!("of type {expected}"),
        expected,
        observed,
        count,
        total: column.valid + column.invalid,
        skipped: column.missing,
        places: &invalid.places,
    }
    .judge()
}

/// Whether a column is of this type by what stands in it, whatever it is read as. Dates in text are text.
fn is_found(asserted: LogicalType, column: &Column) -> bool {
    let only = |kinds: &[Kind]| {
        let is_one = |id: &str| kinds.iter().any(|kind| kind.id() == id);
        !column.kinds.is_empty() && column.kinds.iter().all(|(id, _)| is_one(id))
    };
    let whole = [Kind::Integer, Kind::Wide, Kind::LeadingZero];
    let found = match column.ty {
        Type::Text if column.governed && only(&whole) => Type::Integer,
        Type::Text
            if column.governed && only(&[Kind::Integer, Kind::Wide, Kind::LeadingZero, Kind::Float]) =>
        {
            Type::Float
        }
        Type::Text if column.governed && only(&[Kind::Boolean]) => Type::Boolean,
        ty => ty,
    };
    match asserted {
        LogicalType::String => !found.is_numeric() && found != Type::Boolean,
        asserted => asserted.admits(found),
    }
}

/// What is agreed, in words.
pub(in crate::contract) fn expected(agreed: Option<LogicalType>, property: &Property) -> String {
    let word = agreed.map_or("any", LogicalType::id);
    match &property.format {
        // The format is what `date-format` holds its text against.
        Some(_) if property.dates_as_text => format!("text or {word}"),
        Some(format) => format!("{word} ({})", super::cut(format)),
        None => word.to_owned(),
    }
}
