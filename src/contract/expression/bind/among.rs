//! Alternatives that ask whether a value, or a pair of values, is one of many: looked up, not gone through one by one.

use super::{Comparison, Literal, Logic, Operand, Term, Truth};
use crate::contract::exact::canonical;
use crate::sketch::rows::Row;

/// The most terms that alternatives are gathered by.
const TERMS: usize = 16;
/// The largest scale at which decimals of different scales are compared.
const SCALE: u8 = 38;

/// Whether what some terms are stands in a list.
#[derive(Debug)]
pub(super) struct Among {
    first: Term,
    /// `None`: single values.
    second: Option<Term>,
    /// Rising; the second of a single value is [`Key::Missing`].
    members: Vec<Member>,
}

type Member = (Key<Box<str>>, Key<Box<str>>);

/// What a value is looked up by: values that compare as equal have equal keys. A number of a contract has two of them,
/// since it is held against doubles as the double nearest to it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Key<T> {
    Missing,
    Exact(i128, u8),
    Float(u64),
    Text(T),
    Moment(i128),
    Time(i64),
    Boolean(bool),
}

impl Key<Box<str>> {
    fn borrowed(&self) -> Key<&str> {
        match self {
            Key::Missing => Key::Missing,
            Key::Exact(unscaled, scale) => Key::Exact(*unscaled, *scale),
            Key::Float(bits) => Key::Float(*bits),
            Key::Text(text) => Key::Text(text),
            Key::Moment(moment) => Key::Moment(*moment),
            Key::Time(time) => Key::Time(*time),
            Key::Boolean(value) => Key::Boolean(*value),
        }
    }

    /// The keys of a literal.
    fn all(literal: &Literal) -> Vec<Key<Box<str>>> {
        match literal {
            Literal::Number(number) => {
                let (unscaled, scale) = number.canonical();
                let nearest = Operand::Exact(unscaled, scale).float().and_then(float);
                [Key::Exact(unscaled, scale)].into_iter().chain(nearest).collect()
            }
            Literal::Text(text) => vec![Key::Text(text.as_str().into())],
            Literal::Moment(moment) => vec![Key::Moment(*moment)],
            Literal::Time(time) => vec![Key::Time(*time)],
            Literal::Boolean(value) => vec![Key::Boolean(*value)],
        }
    }
}

/// The key of a double; both zeros have the same, and what is no number has none.
fn float<T>(value: f64) -> Option<Key<T>> {
    (!value.is_nan()).then(|| Key::Float((value + 0.0).to_bits()))
}

impl<'a> Operand<'a> {
    /// Its key; `None` where it equals no literal.
    fn key(self) -> Option<Key<&'a str>> {
        match self {
            Operand::Exact(_, scale) if scale > SCALE => None,
            Operand::Exact(unscaled, scale) => {
                let (unscaled, scale) = canonical(unscaled, scale);
                Some(Key::Exact(unscaled, scale))
            }
            Operand::Float(value) => float(value),
            Operand::Text(text) => Some(Key::Text(text)),
            Operand::Moment(moment) => Some(Key::Moment(moment)),
            Operand::Time(time) => Some(Key::Time(time)),
            Operand::Boolean(value) => Some(Key::Boolean(value)),
        }
    }
}

impl Among {
    /// Whether it holds for a row, as it would if each alternative were asked.
    pub(super) fn of(&self, row: &Row<'_>, logic: Logic) -> Option<bool> {
        let Some(second) = &self.second else {
            return match self.first.of(row, logic) {
                Some(value) => Some(value.key().is_some_and(|key| self.has(&(key, Key::Missing)))),
                None => (logic == Logic::Pandas).then_some(false),
            };
        };
        let pair = key_or_missing(&self.first, row, logic).zip(key_or_missing(second, row, logic));
        Some(pair.is_some_and(|pair| self.has(&pair)))
    }

    /// Adds the columns of which it reads how the cells are written.
    pub(super) fn written(&self, columns: &mut Vec<usize>) {
        self.first.written(columns);
        self.second.iter().for_each(|it| it.written(columns));
    }

    fn has(&self, wanted: &(Key<&str>, Key<&str>)) -> bool {
        self.members.binary_search_by(|it| (it.0.borrowed(), it.1.borrowed()).cmp(wanted)).is_ok()
    }

    fn is_of(&self, first: &Term, second: Option<&Term>) -> bool {
        self.first == *first && self.second.as_ref() == second
    }
}

fn key_or_missing<'a>(term: &'a Term, row: &Row<'a>, logic: Logic) -> Option<Key<&'a str>> {
    match term {
        Term::Column(column) | Term::Written(column) if row.is_missing(*column) => Some(Key::Missing),
        term => term.of(row, logic).and_then(Operand::key),
    }
}

/// A test whether a term is a literal, or a column is missing (`None`).
fn test(truth: &Truth) -> Option<(Term, Option<&Literal>)> {
    match truth {
        Truth::Compare(Term::Literal(_), ..) => None,
        Truth::Compare(term, Comparison::Equal, Term::Literal(literal)) => {
            Some((term.clone(), Some(literal)))
        }
        Truth::Missing { column, negated: false } => Some((Term::Column(*column), None)),
        _ => None,
    }
}

/// What one alternative asks of which terms; `None` where it is not such a question.
fn alternative(truth: &Truth, logic: Logic) -> Option<(Term, Option<Term>, Vec<Member>)> {
    let keys = |literal: Option<&Literal>| literal.map_or_else(|| vec![Key::Missing], Key::all);
    match truth {
        Truth::Compare(..) => {
            let (term, literal) = test(truth)?;
            Some((term, None, keys(literal).into_iter().map(|key| (key, Key::Missing)).collect()))
        }
        // With a third truth value, one unknown half is not the end of it.
        Truth::And(both) if logic == Logic::Pandas => {
            let [a, b] = both.as_slice() else { return None };
            let ((first, a), (second, b)) = (test(a)?, test(b)?);
            let (a, b) = (keys(a), keys(b));
            let members = a.iter().flat_map(|a| b.iter().map(move |b| (a.clone(), b.clone())));
            Some((first, Some(second), members.collect()))
        }
        _ => None,
    }
}

/// Whether any of these holds, those that are one question gathered.
pub(super) fn any_of(all: Vec<Truth>, logic: Logic) -> Truth {
    let mut gathered: Vec<Among> = Vec::new();
    let mut rest = Vec::new();
    for truth in all {
        let Some((first, second, members)) = alternative(&truth, logic) else {
            rest.push(truth);
            continue;
        };
        match gathered.iter().position(|it| it.is_of(&first, second.as_ref())) {
            Some(at) => gathered[at].members.extend(members),
            None if gathered.len() < TERMS => gathered.push(Among { first, second, members }),
            None => rest.push(truth),
        }
    }
    for among in &mut gathered {
        among.members.sort_unstable();
        among.members.dedup();
    }
    Truth::Or(gathered.into_iter().map(Truth::Among).chain(rest).collect())
}
