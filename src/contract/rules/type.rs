//! `type`: the invalid cells of a column, and the type that the file itself gives it → a finding.

use crate::cell::Type;
use crate::cell::classify::Kind;
use crate::finding::{Finding, Status, Tier};
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
///
/// # Missing and invalid cells
/// A missing cell is counted as skipped. Every other one that is no value of the type is an offender, and all other rules count it
/// as skipped. Shares are of the cells that are there.
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
    let frame = (!check.asserted.is_empty()).then(|| frame_type(column));
    let (count, fault, observed) = if fits {
        (column.invalid, format!("not of type {expected}"), frame.map(str::to_owned))
    } else {
        let found = frame.unwrap_or(column.ty.id());
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

/// Numbers by their kinds: whole ones, with a point or an exponent, beyond 64 bits.
const NUMBERS: [Kind; 4] = [Kind::Integer, Kind::LeadingZero, Kind::Float, Kind::Wide];

/// Whether what stands in a column is of these kinds, whatever it is read as.
fn holds_only(column: &Column, kinds: &[Kind]) -> bool {
    let is_one = |id: &str| kinds.iter().any(|kind| kind.id() == id);
    !column.kinds.is_empty() && column.kinds.iter().all(|(id, _)| is_one(id))
}

/// The type that pandas gives such a column of a CSV: whole numbers of which some are missing are floats, and so is a
/// column without a value.
fn frame_type(column: &Column) -> &'static str {
    let is_full = column.missing == 0;
    match column.ty {
        _ if column.valid + column.invalid == 0 => "float64",
        _ if holds_only(column, &[Kind::Boolean]) => {
            if is_full {
                "bool"
            } else {
                "object"
            }
        }
        _ if holds_only(column, &NUMBERS[..2]) => {
            if is_full {
                "int64"
            } else {
                "float64"
            }
        }
        _ if holds_only(column, &NUMBERS[..3]) => "float64",
        _ if holds_only(column, &NUMBERS) => "object",
        _ if !column.kinds.is_empty() => "str",
        // Those of a file that says its types.
        Type::Boolean => {
            if is_full {
                "bool"
            } else {
                "object"
            }
        }
        Type::Integer => {
            if is_full {
                "int64"
            } else {
                "float64"
            }
        }
        Type::Float => "float64",
        Type::Date | Type::Timestamp { .. } => "datetime64",
        Type::WideInteger | Type::Decimal(_) => "object",
        _ => "str",
    }
}

/// Whether a column is one of these types to a data frame. Dates in text are text, and dates.
fn is_found(asserted: &[FrameType], column: &Column) -> bool {
    if column.valid + column.invalid + column.missing == 0 {
        return true;
    }
    let frame = frame_type(column);
    asserted.iter().any(|one| match one.logical {
        // Of a column that is read as numbers, the cells that are none break the rule.
        LogicalType::Number if one.nullable && column.ty.is_numeric() => true,
        LogicalType::Number if one.nullable => holds_only(column, &NUMBERS) || frame == "float64",
        LogicalType::Integer if one.nullable => {
            holds_only(column, &[Kind::Integer, Kind::LeadingZero, Kind::Wide])
        }
        LogicalType::Number => frame == "float64",
        LogicalType::Integer => frame == "int64",
        LogicalType::Boolean => frame == "bool" || holds_only(column, &[Kind::Boolean]),
        LogicalType::String => matches!(frame, "str" | "object"),
        logical => logical.admits(column.ty),
    })
}

/// The finding on an object that is there as the columns of what lies in it, in each row that has it.
pub(in crate::contract) fn of_parts(check: &Check, property: &Property, name: &str, rows: u64) -> Finding {
    let expected = expected(property.logical, property);
    let message = format!("all values are of type {expected}");
    let mut finding = Finding::new(ID, Tier::Contract, check.severity, Status::Pass, message);
    finding.column = Some(name.to_owned());
    finding.expected = Some(expected);
    finding.total = rows;
    finding
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
