//! An expression → a `row_condition` of Great Expectations 1.9 and later, in the form of an object.

use super::super::expression::{Comparison, Expression};
use super::super::tree::Tree;

/// The condition; nothing where Great Expectations has no such form.
pub(super) fn condition(expression: &Expression) -> Option<Tree> {
    match expression {
        Expression::Or(all) => {
            let parts: Option<Vec<Tree>> = all.iter().map(condition).collect();
            Some(Tree::map([("type", Tree::text("or")), ("conditions", Tree::List(parts?))]))
        }
        // There is no "or" within an "and", and no nesting of one within itself.
        Expression::And(all) => {
            let parts: Option<Vec<Tree>> = all.iter().map(simple).collect();
            Some(Tree::map([("type", Tree::text("and")), ("conditions", Tree::List(parts?))]))
        }
        other => simple(other),
    }
}

fn simple(expression: &Expression) -> Option<Tree> {
    let compared = |column: &Expression, operator: &str, parameter: Tree| {
        Some(Tree::map([
            ("type", Tree::text("comparison")),
            ("column", column_of(column)?),
            ("operator", Tree::text(operator)),
            ("parameter", parameter),
        ]))
    };
    match expression {
        Expression::Compare(column, comparison, value) => {
            let operator = match comparison {
                Comparison::Equal => "==",
                Comparison::Unequal => "!=",
                Comparison::Less => "<",
                Comparison::AtMost => "<=",
                Comparison::Greater => ">",
                Comparison::AtLeast => ">=",
            };
            compared(column, operator, literal(value)?)
        }
        Expression::In(column, values) => {
            let values: Option<Vec<Tree>> = values.iter().map(literal).collect();
            compared(column, "IN", Tree::List(values?))
        }
        Expression::Not(inner) => match inner.as_ref() {
            Expression::In(column, values) => {
                let values: Option<Vec<Tree>> = values.iter().map(literal).collect();
                compared(column, "NOT_IN", Tree::List(values?))
            }
            _ => None,
        },
        Expression::Missing { of, negated } => Some(Tree::map([
            ("type", Tree::text("nullity")),
            ("column", column_of(of)?),
            ("is_null", Tree::Flag(!negated)),
        ])),
        _ => None,
    }
}

fn column_of(expression: &Expression) -> Option<Tree> {
    let Expression::Column(name) = expression else { return None };
    Some(Tree::map([("name", Tree::text(name))]))
}

fn literal(expression: &Expression) -> Option<Tree> {
    Some(match expression {
        Expression::Number(number) => Tree::Number(number.text().to_owned()),
        Expression::Text(text) => Tree::text(text),
        Expression::Boolean(value) => Tree::Flag(*value),
        _ => return None,
    })
}
