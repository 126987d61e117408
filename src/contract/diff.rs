//! Two contracts → what became stricter and what became laxer. What is tightened breaks who delivers: a file that passed
//! may fail. What is loosened breaks who relies on it: a value may come that could not.

use super::extent::Extent;
use super::form::Form;
use super::model::{Check, CheckKind, Contract, LogicalType, Property, SchemaObject};
use crate::finding::Severity;

/// Which way a rule changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// It allows less.
    Tightened,
    /// It allows more.
    Loosened,
    /// It allows other things, or it cannot be told.
    Both,
}

impl Direction {
    /// The word for it.
    pub fn id(self) -> &'static str {
        match self {
            Direction::Tightened => "tightened",
            Direction::Loosened => "loosened",
            Direction::Both => "both",
        }
    }

    /// From what was allowed to what is; `None` where that is the same.
    fn between(old: &Extent, new: &Extent) -> Option<Direction> {
        match (new.holds(old), old.holds(new)) {
            (true, true) => None,
            (true, false) => Some(Direction::Loosened),
            (false, true) => Some(Direction::Tightened),
            (false, false) => Some(Direction::Both),
        }
    }
}

/// A change of one rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The table.
    pub table: String,
    /// The column, where the rule is on one.
    pub column: Option<String>,
    /// The rule's public id.
    pub rule: &'static str,
    /// Which way.
    pub direction: Direction,
    /// What was agreed; `None`: nothing.
    pub old: Option<String>,
    /// What is agreed now; `None`: nothing.
    pub new: Option<String>,
}

/// The changes from one contract to another: by table, in the order of the new one; what is gone comes last.
pub fn diff(old: &Contract, new: &Contract) -> Vec<Change> {
    let mut changes = Vec::new();
    let single = old.objects.len() == 1 && new.objects.len() == 1;
    for object in &new.objects {
        let before = old.objects.iter().find(|it| single || it.name == object.name);
        tables(before, Some(object), &mut changes);
    }
    for object in &old.objects {
        if !single && !new.objects.iter().any(|it| it.name == object.name) {
            tables(Some(object), None, &mut changes);
        }
    }
    changes
}

fn tables(old: Option<&SchemaObject>, new: Option<&SchemaObject>, changes: &mut Vec<Change>) {
    let table = new.or(old).map_or_else(String::new, |it| it.name.clone());
    let mut add = |column: Option<&str>, rule, direction, old: Option<String>, new: Option<String>| {
        changes.push(Change {
            table: table.clone(),
            column: column.map(str::to_owned),
            rule,
            direction,
            old,
            new,
        });
    };
    compare(None, old.map_or(&[], |it| &it.checks), new.map_or(&[], |it| &it.checks), &mut add);
    let find = |object: Option<&'_ SchemaObject>, name: &str| -> Option<usize> {
        object?.properties.iter().position(|it| it.name == name)
    };
    let none: &[Property] = &[];
    let (olds, news) = (old.map_or(none, |it| &it.properties), new.map_or(none, |it| &it.properties));
    for property in news {
        let name = property.name.as_str();
        match find(old, name).map(|at| &olds[at]) {
            Some(before) => {
                if before.optional != property.optional {
                    let way = if before.optional { Direction::Tightened } else { Direction::Loosened };
                    let words = |it: &Property| {
                        Some(if it.optional { "may be there" } else { "is there" }.to_owned())
                    };
                    add(Some(name), "column-presence", way, words(before), words(property));
                }
                if before.column() != property.column() {
                    let column = |it: &Property| Some(it.column().to_owned());
                    add(Some(name), "column-presence", Direction::Both, column(before), column(property));
                }
                types(before, property, &mut add);
                compare(Some(name), &before.checks, &property.checks, &mut add);
            }
            None => {
                add(Some(name), "column-presence", Direction::Tightened, None, Some("is there".to_owned()));
                compare(Some(name), &[], &property.checks, &mut add);
            }
        }
    }
    for property in olds {
        let name = property.name.as_str();
        if find(new, name).is_none() {
            add(Some(name), "column-presence", Direction::Loosened, Some("is there".to_owned()), None);
            compare(Some(name), &property.checks, &[], &mut add);
        }
    }
}

type Add<'a> = dyn FnMut(Option<&str>, &'static str, Direction, Option<String>, Option<String>) + 'a;

/// A type that is another one: a whole number is a number, and a cell of a number, a date, a time or a boolean is a text.
fn types(old: &Property, new: &Property, add: &mut Add<'_>) {
    let told = |it: &Property| {
        let word = it.logical.map(|logical| logical.id().to_owned())?;
        Some(it.format.as_ref().map_or(word.clone(), |format| format!("{word} ({format})")))
    };
    let (before, after) = (told(old), told(new));
    if before == after {
        return;
    }
    let way = match (is_one(old.logical, new.logical), is_one(new.logical, old.logical)) {
        (true, false) => Direction::Loosened,
        (false, true) => Direction::Tightened,
        _ => Direction::Both,
    };
    add(Some(&new.name), "type", way, before, after);
}

/// Whether a cell of one type is always one of the other.
fn is_one(of: Option<LogicalType>, other: Option<LogicalType>) -> bool {
    use LogicalType::{Boolean, Date, Integer, Number, String, Time, Timestamp};
    match (of, other) {
        (_, None) | (Some(Integer), Some(Number)) => true,
        (Some(of), Some(String)) => {
            matches!(of, Boolean | Date | Integer | Number | String | Time | Timestamp { .. })
        }
        _ => false,
    }
}

/// The rules of a column or a table: those of one id and one text are the same, of the others each is held against the next
/// of its id on the same column.
fn compare(column: Option<&str>, old: &[Check], new: &[Check], add: &mut Add<'_>) {
    // What the type is, is told apart.
    let of = |checks: &[Check]| -> Vec<(usize, Form)> {
        let is_told = |check: &Check| matches!(&check.kind, CheckKind::Type) && check.tolerance.is_none();
        let rest = checks.iter().enumerate().filter(|(_, check)| !is_told(check));
        rest.map(|(at, check)| (at, Form::of(check, column))).collect()
    };
    let (mut olds, mut news) = (of(old), of(new));
    let mut pairs = Vec::new();
    for exact in [true, false] {
        for (n, form) in std::mem::take(&mut news) {
            let same = |(_, other): &(usize, Form)| {
                other.id == form.id && other.column == form.column && (other.text == form.text || !exact)
            };
            match olds.iter().position(same) {
                Some(at) => pairs.push((n, form, olds.remove(at))),
                None => news.push((n, form)),
            }
        }
    }
    crate::order::sort_by_key(&mut pairs, |pair| pair.0);
    for (n, form, (o, before)) in &pairs {
        changed(column, (&old[*o], before), (&new[*n], form), add);
    }
    for (n, form) in &news {
        add(form.place(column), form.id, Direction::Tightened, None, Some(words(&new[*n], form)));
    }
    for (o, form) in &olds {
        add(form.place(column), form.id, Direction::Loosened, Some(words(&old[*o], form)), None);
    }
}

/// Which way the rows changed that a rule is for: to judge more of them is to allow less.
fn rows(old: &Form, new: &Form, is_share: bool) -> Option<Direction> {
    let way = match (&old.rows, &new.rows) {
        (None, None) => None,
        (None, Some(_)) => Some(Direction::Loosened),
        (Some(_), None) => Some(Direction::Tightened),
        (Some(old), Some(new)) => Direction::between(new, old),
    };
    // A mean of fewer rows may be any, and so may a share.
    if new.is_by_row && !is_share { way } else { way.map(|_| Direction::Both) }
}

fn changed(
    column: Option<&str>,
    (old, before): (&Check, &Form),
    (new, after): (&Check, &Form),
    add: &mut Add<'_>,
) {
    let mut ways = Vec::new();
    let is_count = matches!(old.kind, CheckKind::RowCount);
    if (&before.text, &before.extent) != (&after.text, &after.extent) {
        let is_share = old.tolerance.percent || new.tolerance.percent;
        let way = [Direction::between(&before.extent, &after.extent), rows(before, after, is_share)];
        // Where so many have to break a rule, to allow less is to allow more.
        let is_upper = [old, new].iter().all(|it| it.tolerance.is_upper());
        let told = |it: Direction| if is_upper || is_count { it } else { Direction::Both };
        ways.extend(way.into_iter().flatten().map(told));
    }
    if old.tolerance != new.tolerance && !is_count {
        let unit = old.tolerance.percent == new.tolerance.percent
            || old.tolerance.is_none()
            || new.tolerance.is_none();
        let way = Direction::between(&Extent::allowed(&old.tolerance), &Extent::allowed(&new.tolerance));
        ways.extend(if unit { way } else { Some(Direction::Both) });
    }
    if old.severity != new.severity {
        ways.push(if new.severity > old.severity { Direction::Tightened } else { Direction::Loosened });
    }
    if old.critical_above != new.critical_above {
        let at = |check: &Check| check.critical_above.as_ref().map_or(100.0, |it| it.nearest());
        ways.push(if at(new) < at(old) { Direction::Tightened } else { Direction::Loosened });
    }
    let Some(first) = ways.first().copied() else { return };
    let way = if ways.iter().all(|it| *it == first) { first } else { Direction::Both };
    add(after.place(column), after.id, way, Some(words(old, before)), Some(words(new, after)));
}

/// A check in words, with how often it may be broken and how bad that is.
fn words(check: &Check, form: &Form) -> String {
    let mut text = form.text.clone();
    if !check.tolerance.is_none() && !matches!(check.kind, CheckKind::RowCount) {
        text += &format!("; offenders: {}", check.tolerance.words());
    }
    if check.severity != Severity::Critical {
        text += &format!("; {}", check.severity.id());
    }
    if let Some(most) = &check.critical_above {
        text += &format!(", critical above {} %", most.text());
    }
    text
}

#[cfg(test)]
#[path = "diff_tests.rs"]
mod tests;
