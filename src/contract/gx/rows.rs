//! Expectations on several columns of a row, and the conditions that choose rows.

use super::super::expression::{Comparison, Expression, Logic, parse};
use super::super::mistakes::Mistakes;
use super::super::model::{Check, CheckKind};
use super::super::odcs::sql::identifiers;
use super::super::rules::rows::{OnRows, What, When};
use super::super::wording::quoted;
use super::super::yaml::{Content, Node, get};
use super::kwargs::Kwargs;
use crate::sketch::rows::Ignore;

/// Columns that are compared each with each other.
const COLUMNS: usize = 64;

/// The rule of an expectation on several columns; `None` where it is none.
pub(super) fn check(kind: &str, kwargs: &Kwargs<'_>, mistakes: &mut Mistakes) -> Option<Check> {
    let rule = if kind.starts_with("expect_column_pair_") {
        let names = ["column_A", "column_B"].map(|word| kwargs.text(word));
        let [Some(a), Some(b)] = names else {
            return Some(Check::not_run("expectation", kind, "column_A or column_B is missing"));
        };
        let columns = vec![a.clone(), b.clone()];
        let what = match kind {
            "expect_column_pair_values_to_be_equal" => compared(&a, Comparison::Equal, &b),
            "expect_column_pair_values_a_to_be_greater_than_b" if kwargs.flag("or_equal") => {
                compared(&a, Comparison::AtLeast, &b)
            }
            "expect_column_pair_values_a_to_be_greater_than_b" => compared(&a, Comparison::Greater, &b),
            "expect_column_pair_values_to_be_in_set" => pairs(&a, &b, kwargs.get("value_pairs_set")?)?,
            _ => return None,
        };
        (What::Holds(what, Some(ignored(kwargs))), columns)
    } else {
        let columns = kwargs.texts("column_list")?;
        let expression = match kind {
            "expect_compound_columns_to_be_unique" => None,
            "expect_select_column_values_to_be_unique_within_record"
            | "expect_multicolumn_values_to_be_unique" => Some(different(&columns)),
            "expect_multicolumn_values_to_be_equal" => Some(equal(&columns)),
            "expect_multicolumn_sum_to_equal" => {
                let total = kwargs.number(&["sum_total"], mistakes)?;
                Some(sum(&columns, Expression::Number(total))?)
            }
            _ => return None,
        };
        if columns.len() > COLUMNS && expression.is_some() {
            return Some(Check::not_run("expression", kind, format!("more than {COLUMNS} columns")));
        }
        let ignore = ignored(kwargs);
        (expression.map_or(What::Unique(ignore), |it| What::Holds(it, Some(ignore))), columns)
    };
    let (what, columns) = rule;
    let tolerance = kwargs.tolerance(mistakes);
    Some(match when(kwargs) {
        Ok(when) => Check {
            tolerance,
            ..Check::strict(CheckKind::Rows(OnRows { what, columns, when, written: false }))
        },
        Err(reason) => Check::not_run("expression", kind, reason),
    })
}

/// The rule that no row is selected by a query of the form `SELECT … FROM {batch} WHERE …`.
pub(super) fn unexpected(kwargs: &Kwargs<'_>, mistakes: &mut Mistakes) -> Check {
    const KIND: &str = "unexpected_rows_expectation";
    let Some(query) = kwargs.text("unexpected_rows_query") else {
        return Check::not_run("expression", KIND, "unexpected_rows_query is missing");
    };
    let condition = selected(&query).ok_or("it is not SELECT … FROM {batch} WHERE …".to_owned());
    match condition.and_then(|it| parse(&identifiers(it))) {
        Ok(condition) => {
            // A row for which the condition is unknown is not selected, and so keeps the rule.
            let columns: Vec<String> = condition.columns().into_iter().map(str::to_owned).collect();
            let when = Some(When { expression: condition, logic: Logic::Sql });
            let what = What::Holds(Expression::Boolean(false), None);
            let tolerance = kwargs.tolerance(mistakes);
            Check {
                tolerance,
                ..Check::strict(CheckKind::Rows(OnRows { what, columns, when, written: false }))
            }
        }
        Err(message) => Check::not_run("expression", KIND, format!("the query is not understood: {message}")),
    }
}

/// The condition of such a query.
fn selected(query: &str) -> Option<&str> {
    let lower = query.to_ascii_lowercase();
    let (before, _) = lower.split_once("{batch}")?;
    let head: Vec<&str> = before.split_whitespace().collect();
    let is_of_rows = head.get(1).is_some_and(|word| !["distinct", "top"].contains(word));
    let is_plain = head.first() == Some(&"select") && is_of_rows && head.last() == Some(&"from");
    let rest = &query[before.len() + "{batch}".len()..];
    let at = rest.to_ascii_lowercase().find("where")?;
    let is_alone = rest[..at].trim().is_empty() && !before.contains('(');
    (is_plain && is_alone).then(|| rest[at + "where".len()..].trim().trim_end_matches(';'))
}

/// The same rule on the rows that a condition chooses.
pub(super) fn conditional(check: Check, column: &str, when: When) -> Check {
    let what = match check.kind {
        CheckKind::Required => What::Present,
        CheckKind::Unique => What::Unique(Ignore::All),
        CheckKind::Values(rule) => What::Value(rule),
        CheckKind::Rows(rule) => rule.what,
        CheckKind::Aggregate(rule) => What::Number(rule),
        CheckKind::Profile(rule) => What::Whole(rule),
        CheckKind::NotRun { .. } => return check,
        _ => {
            let reason = "row conditions are not supported for it";
            return Check { origin: check.origin, ..Check::not_run("expectation", "", reason) };
        }
    };
    let (columns, written) = (vec![column.to_owned()], check.written);
    let kind = CheckKind::Rows(OnRows { what, columns, when: Some(when), written });
    Check { kind, ..check }
}

fn ignored(kwargs: &Kwargs<'_>) -> Ignore {
    match kwargs.text("ignore_row_if").as_deref() {
        Some("either_value_is_missing" | "any_value_is_missing") => Ignore::Any,
        Some("neither" | "never") => Ignore::Never,
        _ => Ignore::All,
    }
}

fn column(name: &str) -> Box<Expression> {
    Box::new(Expression::Column(name.to_owned()))
}

fn compared(a: &str, comparison: Comparison, b: &str) -> Expression {
    Expression::Compare(column(a), comparison, column(b))
}

fn is_missing(name: &str) -> Expression {
    Expression::Missing { of: column(name), negated: false }
}

fn pairs(a: &str, b: &str, node: &Node) -> Option<Expression> {
    let Content::List(items) = &node.content else { return None };
    let is = |name: &str, value: &Node| match literal(value) {
        Some(value) => Expression::Compare(column(name), Comparison::Equal, Box::new(value)),
        None => is_missing(name),
    };
    let pair = |item: &Node| match &item.content {
        Content::List(pair) => match pair.as_slice() {
            [x, y] => Some(Expression::And(vec![is(a, x), is(b, y)])),
            _ => None,
        },
        _ => None,
    };
    items.iter().map(pair).collect::<Option<Vec<_>>>().map(Expression::Or)
}

/// Every two of the columns differ; missing cells are equal to each other.
fn different(columns: &[String]) -> Expression {
    let mut all = Vec::new();
    for (i, a) in columns.iter().enumerate() {
        for b in &columns[i + 1..] {
            let both_missing = Expression::And(vec![is_missing(a), is_missing(b)]);
            all.push(compared(a, Comparison::Unequal, b));
            all.push(Expression::Not(Box::new(both_missing)));
        }
    }
    Expression::And(all)
}

fn equal(columns: &[String]) -> Expression {
    let Some((first, rest)) = columns.split_first() else { return Expression::Boolean(true) };
    let equals = |other: &String| {
        let both_missing = Expression::And(vec![is_missing(first), is_missing(other)]);
        Expression::Or(vec![compared(first, Comparison::Equal, other), both_missing])
    };
    Expression::And(rest.iter().map(equals).collect())
}

fn sum(columns: &[String], total: Expression) -> Option<Expression> {
    use super::super::expression::Arithmetic::Plus;
    let all = columns.iter().map(|name| *column(name));
    let sum = all.reduce(|sum, next| Expression::Arithmetic(Box::new(sum), Plus, Box::new(next)))?;
    Some(Expression::Compare(Box::new(sum), Comparison::Equal, Box::new(total)))
}

fn literal(node: &Node) -> Option<Expression> {
    use super::super::scalar::ScalarKind;
    let scalar = node.scalar()?;
    match scalar.kind {
        ScalarKind::Null => None,
        ScalarKind::Boolean(value) => Some(Expression::Boolean(value)),
        _ => Some(node.number().map_or_else(|| Expression::Text(scalar.text.clone()), Expression::Number)),
    }
}

/// The condition of an expectation, in the form of 1.9 and later or as text.
///
/// # Errors
/// In words, where it is not understood.
pub(super) fn when(kwargs: &Kwargs<'_>) -> Result<Option<When>, String> {
    let Some(node) = kwargs.get("row_condition") else { return Ok(None) };
    let expression = match &node.content {
        Content::Map(_) => object(node, 0),
        _ => match node.scalar() {
            Some(scalar) => parse(&scalar.text),
            None => Err("it is a list".to_owned()),
        },
    };
    match expression {
        Ok(expression) => Ok(Some(When { expression, logic: Logic::Pandas })),
        Err(message) => Err(format!("the row condition is not understood: {message}")),
    }
}

fn object(node: &Node, depth: usize) -> Result<Expression, String> {
    let Content::Map(entries) = &node.content else { return Err("a condition is no object".to_owned()) };
    let text = |word: &str| get(entries, word).and_then(Node::scalar).map(|scalar| scalar.text.as_str());
    if depth > 8 {
        return Err("it is nested too deep".to_owned());
    }
    let name = || {
        let column = get(entries, "column").ok_or("it has no column")?;
        let named = match &column.content {
            Content::Map(entries) => get(entries, "name").and_then(Node::scalar),
            _ => column.scalar(),
        };
        Ok::<_, String>(Expression::Column(named.ok_or("its column has no name")?.text.clone()))
    };
    let all = || match get(entries, "conditions").map(|node| &node.content) {
        Some(Content::List(items)) => {
            items.iter().map(|item| object(item, depth + 1)).collect::<Result<Vec<_>, _>>()
        }
        _ => Err("it has no conditions".to_owned()),
    };
    match text("type").unwrap_or_default() {
        "and" => all().map(Expression::And),
        "or" => all().map(Expression::Or),
        "nullity" => {
            let negated = text("is_null") == Some("false");
            Ok(Expression::Missing { of: Box::new(name()?), negated })
        }
        "comparison" => {
            let parameter = get(entries, "parameter").ok_or("it has no parameter")?;
            let one = || literal(parameter).map(Box::new).ok_or("its parameter is no value".to_owned());
            let several = || match &parameter.content {
                Content::List(items) => Ok(items.iter().filter_map(literal).collect::<Vec<_>>()),
                _ => Err("its parameter is no list".to_owned()),
            };
            let column = Box::new(name()?);
            let comparison = match text("operator").unwrap_or_default() {
                "==" => Comparison::Equal,
                "!=" => Comparison::Unequal,
                "<" => Comparison::Less,
                "<=" => Comparison::AtMost,
                ">" => Comparison::Greater,
                ">=" => Comparison::AtLeast,
                "IN" => return Ok(Expression::In(column, several()?)),
                "NOT_IN" | "NOT IN" => {
                    return Ok(Expression::Not(Box::new(Expression::In(column, several()?))));
                }
                other => return Err(format!("the operator {} is not known", quoted(other))),
            };
            Ok(Expression::Compare(column, comparison, one()?))
        }
        "pass_through" => parse(text("pass_through_filter").unwrap_or_default()),
        other => Err(format!("the type {} is not known", quoted(other))),
    }
}
