//! Expectations on the table as a whole.

use super::super::exact::Exact;
use super::super::mistakes::Mistakes;
use super::super::model::{Check, CheckKind};
use super::super::rules::columns::Columns;
use super::super::rules::rows::{OnRows, What};
use super::super::tolerance::{Operator, Tolerance};
use super::kwargs::Kwargs;
use super::{query, rows};

/// The rule of an expectation on a table; `None` where it is on a column, or not known.
pub(super) fn check(kind: &str, kwargs: &Kwargs<'_>, mistakes: &mut Mistakes) -> Option<Check> {
    if let (Some(lacking), true) = (kwargs.lacks_parameter(), kind.starts_with("expect_table_")) {
        return Some(Check::not_run("expectation", kind, format!("the parameter {lacking} has no value")));
    }
    let columns = |columns| Some(Check::strict(CheckKind::Columns(columns)));
    match kind {
        "expect_table_row_count_to_be_between" | "expect_table_row_count_to_equal" => {
            let when = match rows::when(kwargs) {
                Ok(when) => when,
                Err(reason) => return Some(Check::not_run("row-count", kind, reason)),
            };
            let (least, most) = range(kind, kwargs, mistakes);
            let number = |count: u64| Exact::integer(count.into());
            let operator = match (least, most) {
                (least, most) if least == most => Operator::Be(number(least)),
                (least, u64::MAX) => Operator::GreaterOrEqual(number(least)),
                (0, most) => Operator::LessOrEqual(number(most)),
                (least, most) => Operator::Between(number(least), number(most)),
            };
            let tolerance = Tolerance { operator, percent: false };
            let counted =
                |when| OnRows { what: What::Counted, columns: Vec::new(), when: Some(when), written: false };
            let kind = when.map_or(CheckKind::RowCount, |when| CheckKind::Rows(counted(when)));
            Some(Check { tolerance, ..Check::strict(kind) })
        }
        "expect_table_row_count_to_equal_other_table" => {
            let table = kwargs.text("other_table_name")?;
            Some(Check::strict(CheckKind::RowCountOf(table)))
        }
        query::KIND => Some(query::check(kwargs, mistakes)),
        "unexpected_rows_expectation" => Some(rows::unexpected(kwargs, mistakes)),
        "expect_table_column_count_to_be_between" | "expect_table_column_count_to_equal" => {
            let (least, most) = range(kind, kwargs, mistakes);
            columns(Columns::Count(least, most))
        }
        "expect_column_to_exist" => {
            let (name, at) = (kwargs.text("column")?, kwargs.number(&["column_index"], mistakes)?);
            columns(Columns::At(name, at.nearest().clamp(0.0, 1e9) as u64))
        }
        "expect_table_columns_to_match_set" => {
            let names = kwargs.texts("column_set")?;
            let is_open = kwargs.get("exact_match").is_some() && !kwargs.flag("exact_match");
            columns(Columns::Set { names, closed: !is_open })
        }
        "expect_table_columns_to_match_ordered_list" => columns(Columns::Order(kwargs.texts("column_list")?)),
        _ => None,
    }
}

fn range(kind: &str, kwargs: &Kwargs<'_>, mistakes: &mut Mistakes) -> (u64, u64) {
    if kind.ends_with("_to_equal") {
        let value = kwargs.number(&["value"], mistakes).map_or(0, |it| it.nearest().clamp(0.0, 1e18) as u64);
        return (value, value);
    }
    kwargs.counts(mistakes)
}
