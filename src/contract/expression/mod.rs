//! Expressions on the cells of a row: `end_date >= start_date`, `country == 'DE' and amount > 0`.
//!
//! A comparison with a missing or invalid cell is neither true nor false, as in SQL; so are `and`, `or` and `not` of it,
//! unless the other side decides. Under pandas's logic it is false, and `!=` true.

mod bind;
#[cfg(feature = "contract")]
mod parse;

use std::fmt;

pub(super) use bind::{Bound, Columns, Logic, column};
#[cfg(feature = "contract")]
pub(super) use parse::parse;

use super::exact::Exact;

/// An expression as it was written.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Expression {
    Or(Vec<Expression>),
    And(Vec<Expression>),
    Not(Box<Expression>),
    Compare(Box<Expression>, Comparison, Box<Expression>),
    In(Box<Expression>, Vec<Expression>),
    Missing {
        of: Box<Expression>,
        negated: bool,
    },
    Arithmetic(Box<Expression>, Arithmetic, Box<Expression>),
    Length(Box<Expression>),
    /// A text, and SQL's pattern of it.
    Like(Box<Expression>, String),
    Column(String),
    Number(Exact),
    Text(String),
    Boolean(bool),
}

/// How two values are to stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Comparison {
    Equal,
    Unequal,
    Less,
    AtMost,
    Greater,
    AtLeast,
}

/// What is done with two numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Arithmetic {
    Plus,
    Minus,
    Times,
    By,
}

impl Expression {
    /// The columns it reads, each once, as they come.
    pub(super) fn columns(&self) -> Vec<&str> {
        let mut names = Vec::new();
        self.gather(&mut names);
        names
    }

    fn gather<'a>(&'a self, names: &mut Vec<&'a str>) {
        match self {
            Expression::Column(name) if !names.contains(&name.as_str()) => names.push(name),
            Expression::Or(all) | Expression::And(all) => all.iter().for_each(|it| it.gather(names)),
            Expression::Not(one)
            | Expression::Missing { of: one, .. }
            | Expression::Length(one)
            | Expression::Like(one, _) => one.gather(names),
            Expression::Compare(left, _, right) | Expression::Arithmetic(left, _, right) => {
                left.gather(names);
                right.gather(names);
            }
            Expression::In(one, all) => {
                one.gather(names);
                all.iter().for_each(|it| it.gather(names));
            }
            _ => {}
        }
    }
}

impl fmt::Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Comparison::Equal => "=",
            Comparison::Unequal => "<>",
            Comparison::Less => "<",
            Comparison::AtMost => "<=",
            Comparison::Greater => ">",
            Comparison::AtLeast => ">=",
        })
    }
}

impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let joined = |f: &mut fmt::Formatter<'_>, all: &[Expression], word: &str| {
            f.write_str("(")?;
            for (i, one) in all.iter().enumerate() {
                if i > 0 {
                    f.write_str(word)?;
                }
                write!(f, "{one}")?;
            }
            f.write_str(")")
        };
        match self {
            Expression::Or(all) => joined(f, all, " or "),
            Expression::And(all) => joined(f, all, " and "),
            Expression::Not(one) => write!(f, "not ({one})"),
            Expression::Compare(left, comparison, right) => write!(f, "{left} {comparison} {right}"),
            Expression::In(one, all) => {
                write!(f, "{one} in ")?;
                joined(f, all, ", ")
            }
            Expression::Missing { of, negated } => {
                write!(f, "{of} is {}null", if *negated { "not " } else { "" })
            }
            Expression::Arithmetic(left, with, right) => {
                let sign = match with {
                    Arithmetic::Plus => "+",
                    Arithmetic::Minus => "-",
                    Arithmetic::Times => "*",
                    Arithmetic::By => "/",
                };
                write!(f, "({left} {sign} {right})")
            }
            Expression::Length(one) => write!(f, "length({one})"),
            Expression::Like(one, pattern) => write!(f, "{one} like '{}'", pattern.replace('\'', "''")),
            Expression::Column(name) => {
                let is_plain = name.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '.')
                    && !name.starts_with(|c: char| c.is_ascii_digit());
                if is_plain && !name.is_empty() { f.write_str(name) } else { write!(f, "`{name}`") }
            }
            Expression::Number(number) => f.write_str(number.text()),
            Expression::Text(text) => write!(f, "'{}'", text.replace('\'', "''")),
            Expression::Boolean(value) => write!(f, "{value}"),
        }
    }
}
