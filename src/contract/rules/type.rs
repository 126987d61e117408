//! `type`: the invalid cells of a column, and the type that the file itself gives it → a finding.

use crate::cell::Type;
use crate::cell::classify::Kind;
use crate::finding::Finding;
use crate::profile::Column;

use super::super::findings::Tally;
use super::super::model::{Check, FrameType, LogicalType, Property};
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
    let (expected, virtue, fits) = match check.asserted.as_slice() {
        [] => {
            let expected = expected(property.logical, property);
            let is_dated_text = property.dates_as_text || property.spelled.is_some();
            let fits = column.valid == 0
                || is_dated_text && column.ty == Type::Text
                || property.logical.is_none_or(|logical| logical.admits(column.ty));
            (expected.clone(), format!("of type {expected}"), fits)
        }
        asserted => {
            let mut words: Vec<&str> = asserted.iter().map(|it| it.logical.id()).collect();
            words.dedup();
            let expected = words.join(" or ");
            (expected.clone(), format!("of type {expected}"), is_found(asserted, column))
        }
    };
    let (count, fault, observed) = if fits {
        (column.invalid, format!("not of type {expected}"), None)
    } else {
        let found = if check.asserted.is_empty() { column.ty.id() } else { frame_type(column) };
        let fault = format!("of type {found}, not {expected}");
        (column.valid + column.invalid, fault, Some(found.to_owned()))
    };
    // What is missing everywhere has a type, too, to a data frame.
    let is_empty = !check.asserted.is_empty() && column.valid + column.invalid == 0;
    let (count, total, skipped) = match is_empty {
        true => (if fits { 0 } else { column.missing }, column.missing, 0),
        false => (count, column.valid + column.invalid, column.missing),
    };
    Case {
        rule: ID,
        column: Some(name),
        of: "cell",
        check,
        fault,
        virtue,
        expected,
        observed,
        count,
        total,
        skipped,
        places: &invalid.places,
    }
    .judge()
}

/// What stands in a column, whatever it is read as.
fn found(column: &Column) -> Type {
    let only = |kinds: &[Kind]| {
        let is_one = |id: &str| kinds.iter().any(|kind| kind.id() == id);
        !column.kinds.is_empty() && column.kinds.iter().all(|(id, _)| is_one(id))
    };
    let whole = [Kind::Integer, Kind::Wide, Kind::LeadingZero];
    match column.ty {
        Type::Text if column.governed && only(&whole) => Type::Integer,
        Type::Text
            if column.governed && only(&[Kind::Integer, Kind::Wide, Kind::LeadingZero, Kind::Float]) =>
        {
            Type::Float
        }
        Type::Text if column.governed && only(&[Kind::Boolean]) => Type::Boolean,
        ty => ty,
    }
}

/// Whether a column is one of these types to a data frame: whole numbers of which some are missing are floats there, and so
/// is a column without a value. Dates in text are text, and dates.
fn is_found(asserted: &[FrameType], column: &Column) -> bool {
    if column.valid + column.invalid == 0 {
        return column.missing == 0 || asserted.iter().any(|it| it.logical == LogicalType::Number);
    }
    let found = found(column);
    let is_whole = LogicalType::Integer.admits(found);
    let is_full = column.missing == 0;
    asserted.iter().any(|one| match one.logical {
        LogicalType::String => !found.is_numeric() && found != Type::Boolean,
        LogicalType::Integer => is_whole && (is_full || one.nullable),
        LogicalType::Number => found.is_numeric() && !(is_whole && is_full),
        logical => logical.admits(found),
    })
}

/// The type of such a column, in the words of a data frame where those differ.
fn frame_type(column: &Column) -> &'static str {
    let found = found(column);
    match found {
        _ if column.valid + column.invalid == 0 => "float (no value)",
        found if LogicalType::Integer.admits(found) && column.missing > 0 => "float (missing cells)",
        found => found.id(),
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
