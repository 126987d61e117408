//! A rule as two contracts are compared by it: what it is, on which cells, what it says, and what it allows.

use super::expression::{Comparison, Expression};
use super::extent::Extent;
use super::findings::outline;
use super::model::{Check, CheckKind};
use super::rules::rows::{OnRows, What, When};

/// What a check says, without how often it may be broken.
pub(super) struct Form {
    /// The public id.
    pub(super) id: &'static str,
    /// The one column that it is on, where its words do not say so.
    pub(super) column: Option<String>,
    /// What is agreed, in words.
    pub(super) text: String,
    /// What it allows, of the rows that it is for.
    pub(super) extent: Extent,
    /// The rows that it is for; `None`: all.
    pub(super) rows: Option<Extent>,
    /// Whether it keeps what it says of all rows for any of them.
    pub(super) is_by_row: bool,
}

impl Form {
    /// That of a check; `column` is the property that it stands at.
    pub(super) fn of(check: &Check, column: Option<&str>) -> Form {
        let (id, expected) = outline(&check.kind, None);
        let (mut text, mut rows, mut is_by_row) = (expected, None, true);
        let mut column = column.map(str::to_owned);
        let extent = match &check.kind {
            CheckKind::Values(rule) => rule.extent(),
            CheckKind::RowCount => {
                text = check.tolerance.words();
                Extent::allowed(&check.tolerance)
            }
            CheckKind::Aggregate(rule) => Extent::between(rule.low, rule.high),
            CheckKind::Profile(rule) => rule.extent(),
            CheckKind::Columns(rule) => rule.extent(),
            CheckKind::Drift(gate) => gate.extent(),
            CheckKind::Required | CheckKind::Unique | CheckKind::Shape => Extent::same(),
            CheckKind::Rows(rule) => {
                is_by_row =
                    !matches!(rule.what, What::Counted | What::Near(_) | What::Number(_) | What::Whole(_));
                rows = rule.when.as_ref().map(chosen);
                let is_told = matches!(rule.what, What::Holds(..) | What::Filled | What::Counted);
                match rule.columns.as_slice() {
                    [one] if !is_told => column = Some(one.clone()),
                    _ => column = None,
                }
                of_rows(rule)
            }
            CheckKind::Type | CheckKind::RowCountOf(_) | CheckKind::NotRun { .. } => Extent::Opaque,
        };
        Form { id, column, text, extent, rows, is_by_row }
    }

    /// Its column, where it stands at one or names one.
    pub(super) fn place<'a>(&'a self, column: Option<&'a str>) -> Option<&'a str> {
        column.or(self.column.as_deref())
    }
}

/// The rows that a condition chooses.
fn chosen(when: &When) -> Extent {
    condition(&when.expression)
}

fn of_rows(rule: &OnRows) -> Extent {
    match &rule.what {
        What::Holds(expression, None) => condition(expression),
        What::Holds(..) => Extent::Opaque,
        What::Unique(_) => Extent::facts([format!("{:?}", Extent::set(&rule.columns))]),
        What::Value(value) => value.extent(),
        What::Present | What::Missing | What::Filled | What::Counted => Extent::same(),
        What::Order { strict, .. } => Extent::facts(strict.then(|| "strict".to_owned())),
        What::Near(fence) => fence.extent(),
        What::Refers(target) => {
            let pairs = rule.columns.iter().zip(&target.columns);
            let pairs: std::collections::BTreeSet<_> = pairs.collect();
            Extent::facts([format!("{:?} {pairs:?}", target.table)])
        }
        What::Number(number) => Extent::between(number.low, number.high),
        What::Whole(rule) => rule.extent(),
    }
}

/// The rows for which an expression is true: each of what `and` joins restricts, and a comparison with a number is an interval.
fn condition(expression: &Expression) -> Extent {
    let parts = match expression {
        Expression::And(all) => all.iter().map(clause).collect(),
        one => vec![clause(one)],
    };
    Extent::Parts(parts)
}

fn clause(expression: &Expression) -> (String, Extent) {
    if let Expression::Compare(left, comparison, right) = expression
        && let Expression::Number(number) = right.as_ref()
    {
        let end = |strict| Some((number.clone(), strict));
        let extent = match comparison {
            Comparison::Less => Some(Extent::Interval(None, end(true))),
            Comparison::AtMost => Some(Extent::Interval(None, end(false))),
            Comparison::Greater => Some(Extent::Interval(end(true), None)),
            Comparison::AtLeast => Some(Extent::Interval(end(false), None)),
            Comparison::Equal | Comparison::Unequal => None,
        };
        if let Some(extent) = extent {
            let side = if matches!(comparison, Comparison::Less | Comparison::AtMost) { "<" } else { ">" };
            return (format!("{left} {side}"), extent);
        }
    }
    (expression.to_string(), Extent::same())
}
