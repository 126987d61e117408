//! An expression on the columns of a file: names become columns, literals become what they are compared with; and what it
//! says of a row.

mod among;
mod like;

use std::cmp::Ordering;

use among::Among;

use super::{Arithmetic, Comparison, Expression};
use crate::cell::{Type, Value};
use crate::contract::exact::{Exact, order, written};
use crate::contract::moment::{DAY, microseconds, nanoseconds};
use crate::contract::wording::quoted;
use crate::sketch::rows::{Judged, Row, RowProbe};
use crate::sketch::show::decimal_text;

/// What a comparison with a missing or invalid cell is, and what is calculated with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::contract) enum Logic {
    /// Unknown, as in SQL: the row is left out unless something else decides. Doubles are the decimals they were written as.
    Sql,
    /// False, and `!=` true, as in pandas; doubles are doubles.
    Pandas,
}

/// An expression that can be evaluated.
#[derive(Debug)]
pub(in crate::contract) struct Bound {
    truth: Truth,
    logic: Logic,
}

#[derive(Debug)]
enum Truth {
    Or(Vec<Truth>),
    And(Vec<Truth>),
    Not(Box<Truth>),
    Compare(Term, Comparison, Term),
    Among(Among),
    Like(Term, Vec<char>),
    Missing { column: usize, negated: bool },
    Holds(usize),
    Constant(bool),
}

#[derive(Debug, Clone, PartialEq)]
enum Term {
    Column(usize),
    /// A column as its cells are written.
    Written(usize),
    Literal(Literal),
    Arithmetic(Box<Term>, Arithmetic, Box<Term>),
    Length(Box<Term>),
}

#[derive(Debug, Clone, PartialEq)]
enum Literal {
    Number(Exact),
    Text(String),
    Moment(i128),
    Time(i64),
    Boolean(bool),
}

/// What can be compared with each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Number,
    Text,
    Moment,
    Time,
    Duration,
    Boolean,
}

impl Class {
    fn of(ty: Type) -> Class {
        match ty {
            Type::Date | Type::Timestamp { .. } => Class::Moment,
            Type::Time => Class::Time,
            Type::Duration => Class::Duration,
            Type::Boolean => Class::Boolean,
            ty if ty.is_numeric() => Class::Number,
            _ => Class::Text,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Class::Number => "a number",
            Class::Text => "text",
            Class::Moment => "a date",
            Class::Time => "a time of day",
            Class::Duration => "a duration",
            Class::Boolean => "true or false",
        }
    }
}

/// A value on its way.
#[derive(Debug, Clone, Copy)]
enum Operand<'a> {
    Exact(i128, u8),
    Float(f64),
    Text(&'a str),
    Moment(i128),
    Time(i64),
    Boolean(bool),
}

impl Expression {
    /// The expression on the columns of a file.
    ///
    /// # Errors
    /// In words: a column that is not there, two things that cannot be compared.
    pub(in crate::contract) fn bind(&self, columns: Columns<'_>, logic: Logic) -> Result<Bound, String> {
        Ok(Bound { truth: Binder { columns, logic }.truth(self)?, logic })
    }
}

/// The place of a column in the file, and its type, by its name in the contract.
pub(in crate::contract) type Columns<'a> = &'a dyn Fn(&str) -> Option<(usize, Type)>;

/// The same, or why there is none.
pub(in crate::contract) fn column(columns: Columns<'_>, name: &str) -> Result<(usize, Type), String> {
    columns(name).ok_or_else(|| format!("the column {} is missing", quoted(name)))
}

struct Binder<'a> {
    columns: Columns<'a>,
    logic: Logic,
}

impl Binder<'_> {
    fn find(&self, name: &str) -> Result<(usize, Class), String> {
        column(self.columns, name).map(|(at, ty)| (at, Class::of(ty)))
    }

    fn truth(&self, expression: &Expression) -> Result<Truth, String> {
        let all = |all: &[Expression]| all.iter().map(|it| self.truth(it)).collect::<Result<Vec<_>, _>>();
        Ok(match expression {
            Expression::Or(several) => among::any_of(all(several)?, self.logic),
            Expression::And(several) => Truth::And(all(several)?),
            Expression::Not(one) => Truth::Not(Box::new(self.truth(one)?)),
            Expression::Compare(left, comparison, right) => self.comparison(left, *comparison, right)?,
            Expression::In(one, several) => {
                let equal = |it: &Expression| self.comparison(one, Comparison::Equal, it);
                among::any_of(several.iter().map(equal).collect::<Result<Vec<_>, _>>()?, self.logic)
            }
            Expression::Missing { of, negated } => match of.as_ref() {
                Expression::Column(name) => Truth::Missing { column: self.find(name)?.0, negated: *negated },
                other => return Err(format!("\"is null\" asks about a column, not about {other}")),
            },
            Expression::Column(name) => match self.find(name)? {
                (column, Class::Boolean) => Truth::Holds(column),
                (_, class) => return Err(format!("{} is {}, not true or false", quoted(name), class.word())),
            },
            Expression::Boolean(value) => Truth::Constant(*value),
            Expression::Like(one, pattern) => match self.term(one)? {
                (term, Class::Text) => Truth::Like(term, pattern.chars().collect()),
                (_, class) => return Err(format!("{one} is {}, not text", class.word())),
            },
            other => return Err(format!("{other} is neither true nor false")),
        })
    }

    fn comparison(
        &self,
        left: &Expression,
        comparison: Comparison,
        right: &Expression,
    ) -> Result<Truth, String> {
        let (mut a, mut a_class) = self.term(left)?;
        let (mut b, mut b_class) = self.term(right)?;
        if a_class != b_class {
            // A literal becomes what it is compared with.
            if let Some(read) = literal_as(&b, a_class, self.logic) {
                (b, b_class) = (read, a_class);
            } else if let Some(read) = literal_as(&a, b_class, self.logic) {
                (a, a_class) = (read, b_class);
            }
        }
        let is_pandas = self.logic == Logic::Pandas;
        match (a_class, b_class) {
            (_, Class::Text) if is_pandas => (a, a_class) = as_written(a, a_class),
            (Class::Text, _) if is_pandas => (b, b_class) = as_written(b, b_class),
            _ => {}
        }
        // To pandas, what is of different types is unequal; but codes with leading zeros, which are text here, are its numbers.
        let may_be_codes = matches!(
            ((&a, a_class), (&b, b_class)),
            ((Term::Column(_), Class::Text), (Term::Literal(_), Class::Number))
                | ((Term::Literal(_), Class::Number), (Term::Column(_), Class::Text))
        );
        let is_told =
            is_pandas && matches!(comparison, Comparison::Equal | Comparison::Unequal) && !may_be_codes;
        if a_class != b_class && !is_told {
            let (a, b) = (a_class.word(), b_class.word());
            return Err(format!("{left} is {a} and {right} is {b}: they cannot be compared"));
        }
        Ok(Truth::Compare(a, comparison, b))
    }

    fn term(&self, expression: &Expression) -> Result<(Term, Class), String> {
        let number = |one: &Expression| match self.term(one)? {
            (term, Class::Number) => Ok(Box::new(term)),
            (_, class) => Err(format!("{one} is {}, not a number", class.word())),
        };
        Ok(match expression {
            Expression::Column(name) => {
                let (column, class) = self.find(name)?;
                (Term::Column(column), class)
            }
            Expression::Number(value) => (Term::Literal(Literal::Number(value.clone())), Class::Number),
            Expression::Text(text) => (Term::Literal(Literal::Text(text.clone())), Class::Text),
            Expression::Boolean(value) => (Term::Literal(Literal::Boolean(*value)), Class::Boolean),
            Expression::Arithmetic(left, with, right) => {
                (Term::Arithmetic(number(left)?, *with, number(right)?), Class::Number)
            }
            Expression::Length(one) => match self.term(one)? {
                (term, Class::Text) => (Term::Length(Box::new(term)), Class::Number),
                (_, class) => return Err(format!("{one} is {}, which has no length", class.word())),
            },
            other => return Err(format!("{other} is true or false, not a value to compare")),
        })
    }
}

/// A column of dates, times or words for true and false as pandas has it: text.
fn as_written(term: Term, class: Class) -> (Term, Class) {
    match (term, class) {
        (Term::Column(column), Class::Moment | Class::Time | Class::Duration | Class::Boolean) => {
            (Term::Written(column), Class::Text)
        }
        other => other,
    }
}

/// A literal read as what it is compared with.
fn literal_as(term: &Term, class: Class, logic: Logic) -> Option<Term> {
    let Term::Literal(literal) = term else { return None };
    let read = match (literal, class) {
        (Literal::Text(text), Class::Moment) => Literal::Moment(nanoseconds(text)?),
        (Literal::Text(text), Class::Time) => Literal::Time(microseconds(text)?),
        (Literal::Text(text), Class::Number) => Literal::Number(Exact::parse(text)?),
        (Literal::Text(text), Class::Boolean) => Literal::Boolean(match text.to_ascii_lowercase().as_str() {
            "true" => true,
            "false" => false,
            _ => return None,
        }),
        (Literal::Number(number), Class::Boolean) => Literal::Boolean(match number.canonical() {
            (0, 0) => false,
            (1, 0) => true,
            _ => return None,
        }),
        (Literal::Boolean(value), Class::Number) if logic == Logic::Pandas => {
            Literal::Number(Exact::integer((*value).into()))
        }
        _ => return None,
    };
    Some(Term::Literal(read))
}

impl Bound {
    /// The columns of which it reads how the cells are written.
    pub(in crate::contract) fn written(&self) -> Vec<usize> {
        let mut columns = Vec::new();
        self.truth.written(&mut columns);
        columns
    }

    /// Whether it holds for a row; `None`: a cell that would decide is missing or invalid.
    fn holds(&self, row: &Row<'_>) -> Option<bool> {
        self.truth.of(row, self.logic)
    }
}

impl RowProbe for Bound {
    fn judge(&self, row: &Row<'_>) -> Judged {
        match self.holds(row) {
            Some(true) => Judged::Holds,
            Some(false) => Judged::Breaks,
            None => Judged::Skipped,
        }
    }
}

impl Truth {
    fn written(&self, columns: &mut Vec<usize>) {
        match self {
            Truth::Or(all) | Truth::And(all) => all.iter().for_each(|it| it.written(columns)),
            Truth::Not(one) => one.written(columns),
            Truth::Like(one, _) => one.written(columns),
            Truth::Compare(a, _, b) => [a, b].into_iter().for_each(|it| it.written(columns)),
            Truth::Among(among) => among.written(columns),
            Truth::Missing { .. } | Truth::Holds(_) | Truth::Constant(_) => {}
        }
    }

    fn of(&self, row: &Row<'_>, logic: Logic) -> Option<bool> {
        match self {
            Truth::Or(all) => any(all, row, logic, true),
            Truth::And(all) => any(all, row, logic, false),
            Truth::Not(one) => one.of(row, logic).map(|it| !it),
            Truth::Among(among) => among.of(row, logic),
            Truth::Like(term, pattern) => match term.of(row, logic) {
                Some(Operand::Text(text)) => Some(like::is_like(text, pattern)),
                _ => (logic == Logic::Pandas).then_some(false),
            },
            Truth::Missing { column, negated } => Some(row.is_missing(*column) != *negated),
            Truth::Constant(value) => Some(*value),
            Truth::Holds(column) => match row.value(*column) {
                Some(Value::Boolean(value)) => Some(value),
                _ => (logic == Logic::Pandas).then_some(false),
            },
            Truth::Compare(left, comparison, right) => {
                let order = left.of(row, logic).zip(right.of(row, logic)).map(|(a, b)| a.order(b));
                match (order, logic) {
                    (Some(order), _) => Some(comparison.holds(order)),
                    (None, Logic::Pandas) => Some(*comparison == Comparison::Unequal),
                    (None, Logic::Sql) => None,
                }
            }
        }
    }
}

/// Whether any is `decisive`: then that is the answer, else the opposite if all are known.
fn any(all: &[Truth], row: &Row<'_>, logic: Logic, decisive: bool) -> Option<bool> {
    let mut is_known = true;
    for one in all {
        match one.of(row, logic) {
            Some(found) if found == decisive => return Some(decisive),
            Some(_) => {}
            None => is_known = false,
        }
    }
    is_known.then_some(!decisive)
}

impl Comparison {
    fn holds(self, order: Option<Ordering>) -> bool {
        match (self, order) {
            (Comparison::Unequal, order) => order != Some(Ordering::Equal),
            (_, None) => false,
            (Comparison::Equal, Some(order)) => order.is_eq(),
            (Comparison::Less, Some(order)) => order.is_lt(),
            (Comparison::AtMost, Some(order)) => order.is_le(),
            (Comparison::Greater, Some(order)) => order.is_gt(),
            (Comparison::AtLeast, Some(order)) => order.is_ge(),
        }
    }
}

impl Term {
    fn written(&self, columns: &mut Vec<usize>) {
        match self {
            Term::Written(column) => columns.push(*column),
            Term::Arithmetic(a, _, b) => [a, b].into_iter().for_each(|it| it.written(columns)),
            Term::Length(one) => one.written(columns),
            Term::Column(_) | Term::Literal(_) => {}
        }
    }

    fn of<'a>(&'a self, row: &Row<'a>, logic: Logic) -> Option<Operand<'a>> {
        Some(match self {
            Term::Column(column) => match row.value(*column)? {
                Value::Boolean(value) => Operand::Boolean(value),
                Value::Integer(value) => Operand::Exact(value, 0),
                Value::Decimal(value, scale) => Operand::Exact(value, scale),
                Value::Float(value) => Operand::Float(value),
                Value::Text(text) => Operand::Text(text),
                Value::Date(days) => Operand::Moment(i128::from(days) * DAY),
                Value::Timestamp(nanoseconds) => Operand::Moment(nanoseconds),
                Value::Time(microseconds) | Value::Duration(microseconds) => Operand::Time(microseconds),
            },
            Term::Written(column) => match row.written(*column)?.value(Type::Text)? {
                Value::Text(text) => Operand::Text(text),
                _ => return None,
            },
            Term::Literal(Literal::Number(number)) => {
                let (unscaled, scale) = number.canonical();
                Operand::Exact(unscaled, scale)
            }
            Term::Literal(Literal::Text(text)) => Operand::Text(text),
            Term::Literal(Literal::Moment(moment)) => Operand::Moment(*moment),
            Term::Literal(Literal::Time(time)) => Operand::Time(*time),
            Term::Literal(Literal::Boolean(value)) => Operand::Boolean(*value),
            Term::Arithmetic(left, with, right) => {
                let (a, b) = (left.of(row, logic)?, right.of(row, logic)?);
                match logic {
                    Logic::Sql => a.written().with(*with, b.written())?,
                    Logic::Pandas => a.with(*with, b)?,
                }
            }
            Term::Length(one) => match one.of(row, logic)? {
                Operand::Text(text) => Operand::Exact(text.chars().count() as i128, 0),
                _ => return None,
            },
        })
    }
}

impl Operand<'_> {
    fn float(self) -> Option<f64> {
        match self {
            Operand::Exact(value, 0) => Some(value as f64),
            // Read as text is, so that 0.1 is the double nearest to it.
            Operand::Exact(value, scale) => decimal_text(value, scale).parse().ok(),
            Operand::Float(value) => Some(value),
            Operand::Boolean(value) => Some(f64::from(u8::from(value))),
            _ => None,
        }
    }

    /// A double as the decimal that it was written as.
    fn written(self) -> Self {
        match self {
            Operand::Float(value) => {
                written(value).map_or(self, |(unscaled, scale)| Operand::Exact(unscaled, scale))
            }
            other => other,
        }
    }

    /// Arithmetic is exact as long as both are whole numbers or decimals and 128 bits hold the result, else of doubles.
    /// Nothing is divided by zero.
    fn with<'b>(self, with: Arithmetic, other: Operand<'_>) -> Option<Operand<'b>> {
        if let (Operand::Exact(a, a_scale), Operand::Exact(b, b_scale)) = (self, other)
            && let Some((value, scale)) = exact(a, a_scale, with, b, b_scale)
        {
            return Some(Operand::Exact(value, scale));
        }
        let (a, b) = (self.float()?, other.float()?);
        let value = match with {
            Arithmetic::Plus => a + b,
            Arithmetic::Minus => a - b,
            Arithmetic::Times => a * b,
            Arithmetic::By if b == 0.0 => return None,
            Arithmetic::By => a / b,
        };
        (!value.is_nan()).then_some(Operand::Float(value))
    }

    fn order(self, other: Operand<'_>) -> Option<Ordering> {
        match (self, other) {
            (Operand::Exact(a, a_scale), Operand::Exact(b, b_scale)) => {
                Some(order((a, a_scale), (b, b_scale)))
            }
            (Operand::Text(a), Operand::Text(b)) => Some(a.cmp(b)),
            (Operand::Moment(a), Operand::Moment(b)) => Some(a.cmp(&b)),
            (Operand::Time(a), Operand::Time(b)) => Some(a.cmp(&b)),
            (Operand::Boolean(a), Operand::Boolean(b)) => Some(a.cmp(&b)),
            (a, b) => a.float()?.partial_cmp(&b.float()?),
        }
    }
}

fn exact(a: i128, a_scale: u8, with: Arithmetic, b: i128, b_scale: u8) -> Option<(i128, u8)> {
    let scale = a_scale.max(b_scale);
    let raised = |value: i128, from: u8| value.checked_mul(10i128.checked_pow(u32::from(scale - from))?);
    match with {
        Arithmetic::Plus => Some((raised(a, a_scale)?.checked_add(raised(b, b_scale)?)?, scale)),
        Arithmetic::Minus => Some((raised(a, a_scale)?.checked_sub(raised(b, b_scale)?)?, scale)),
        Arithmetic::Times => Some((a.checked_mul(b)?, a_scale.checked_add(b_scale)?)),
        Arithmetic::By => None,
    }
}
