//! Two contracts → what became stricter and what became laxer. What is tightened breaks who delivers: a file that passed
//! may fail. What is loosened breaks who relies on it: a value may come that could not.

use std::collections::BTreeSet;

use super::findings::outline;
use super::model::{Check, CheckKind, Contract, Property, SchemaObject};
use super::tolerance::{Operator, Tolerance};
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

/// What the values are that a rule allows, as far as two of them can be compared.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Extent {
    /// Those between two ends, each with whether it is exclusive.
    Interval(Option<(f64, bool)>, Option<(f64, bool)>),
    /// These.
    Set(BTreeSet<String>),
    /// All but these.
    AllBut(BTreeSet<String>),
    /// It cannot be told.
    Opaque,
}

impl Extent {
    /// Whether all that the other allows is allowed, too.
    fn holds(&self, other: &Extent) -> bool {
        match (self, other) {
            (Extent::Interval(low, high), Extent::Interval(other_low, other_high)) => {
                let reaches = |mine: &Option<(f64, bool)>, theirs: &Option<(f64, bool)>, sign: f64| match (
                    mine, theirs,
                ) {
                    (None, _) => true,
                    (Some(_), None) => false,
                    (Some((mine, strict)), Some((theirs, also))) => {
                        sign * mine < sign * theirs || (mine == theirs && (!strict || *also))
                    }
                };
                reaches(low, other_low, 1.0) && reaches(high, other_high, -1.0)
            }
            (Extent::Set(mine), Extent::Set(theirs)) => theirs.is_subset(mine),
            (Extent::AllBut(mine), Extent::AllBut(theirs)) => mine.is_subset(theirs),
            _ => false,
        }
    }

    fn direction(old: &Extent, new: &Extent) -> Direction {
        match (new.holds(old), old.holds(new)) {
            (true, false) => Direction::Loosened,
            (false, true) => Direction::Tightened,
            _ => Direction::Both,
        }
    }
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

/// A type that is another one: a whole number is a number, anything else is other values.
fn types(old: &Property, new: &Property, add: &mut Add<'_>) {
    let told = |it: &Property| {
        let word = it.logical.map(|logical| logical.id().to_owned())?;
        Some(it.format.as_ref().map_or(word.clone(), |format| format!("{word} ({format})")))
    };
    let (before, after) = (told(old), told(new));
    if before == after {
        return;
    }
    let word = |it: &Property| it.logical.map(super::LogicalType::id);
    let way = match (word(old), word(new)) {
        (None, Some(_)) | (Some("number"), Some("integer")) => Direction::Tightened,
        (Some(_), None) | (Some("integer"), Some("number")) => Direction::Loosened,
        _ => Direction::Both,
    };
    add(Some(&new.name), "type", way, before, after);
}

/// What a check says, without how often it may be broken.
fn said(check: &Check) -> (&'static str, String, Extent) {
    let (id, expected) = outline(&check.kind, None);
    let extent = match &check.kind {
        CheckKind::Values(rule) => rule.extent(),
        CheckKind::RowCount => return (id, check.tolerance.words(), allowed(&check.tolerance)),
        CheckKind::Aggregate(rule) => Extent::Interval(rule.low, rule.high),
        _ => Extent::Opaque,
    };
    (id, expected, extent)
}

/// How many offenders are allowed.
fn allowed(tolerance: &Tolerance) -> Extent {
    let end = |number: &super::exact::Exact, strict| Some((number.nearest(), strict));
    match &tolerance.operator {
        Operator::Be(number) => Extent::Interval(end(number, false), end(number, false)),
        Operator::Greater(number) => Extent::Interval(end(number, true), None),
        Operator::GreaterOrEqual(number) => Extent::Interval(end(number, false), None),
        Operator::Less(number) => Extent::Interval(Some((0.0, false)), end(number, true)),
        Operator::LessOrEqual(number) => Extent::Interval(Some((0.0, false)), end(number, false)),
        Operator::Between(low, high) => Extent::Interval(end(low, false), end(high, false)),
        Operator::NotBe(_) | Operator::NotBetween(..) => Extent::Opaque,
    }
}

/// The rules of a column or a table: those of one id and one text are the same, of the others each is held against the next
/// of its id.
fn compare(column: Option<&str>, old: &[Check], new: &[Check], add: &mut Add<'_>) {
    // What the type is, is told apart.
    let of = |checks: &[Check]| -> Vec<usize> {
        let is_told = |check: &Check| matches!(&check.kind, CheckKind::Type) && check.tolerance.is_none();
        (0..checks.len()).filter(|i| !is_told(&checks[*i])).collect()
    };
    let (mut olds, mut news) = (of(old), of(new));
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for exact in [true, false] {
        news.retain(|&n| {
            let (id, text, _) = said(&new[n]);
            let same = |o: &usize| {
                let (other, told, _) = said(&old[*o]);
                other == id && (told == text || !exact)
            };
            let Some(at) = olds.iter().position(same) else { return true };
            pairs.push((olds.remove(at), n));
            false
        });
    }
    crate::order::sort_by_key(&mut pairs, |pair| pair.1);
    for (o, n) in pairs {
        changed(column, &old[o], &new[n], add);
    }
    for n in news {
        let (id, _, _) = said(&new[n]);
        add(column, id, Direction::Tightened, None, Some(words(&new[n])));
    }
    for o in olds {
        let (id, _, _) = said(&old[o]);
        add(column, id, Direction::Loosened, Some(words(&old[o])), None);
    }
}

fn changed(column: Option<&str>, old: &Check, new: &Check, add: &mut Add<'_>) {
    let ((id, old_text, old_extent), (_, new_text, new_extent)) = (said(old), said(new));
    let mut ways = Vec::new();
    if old_text != new_text {
        ways.push(Extent::direction(&old_extent, &new_extent));
    }
    let is_count = matches!(old.kind, CheckKind::RowCount);
    if old.tolerance != new.tolerance && !is_count {
        let unit = old.tolerance.percent == new.tolerance.percent
            || old.tolerance.is_none()
            || new.tolerance.is_none();
        let way = Extent::direction(&allowed(&old.tolerance), &allowed(&new.tolerance));
        ways.push(if unit { way } else { Direction::Both });
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
    add(column, id, way, Some(words(old)), Some(words(new)));
}

/// A check in words, with how often it may be broken and how bad that is.
fn words(check: &Check) -> String {
    let (_, mut text, _) = said(check);
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
mod tests {
    use super::*;
    use crate::contract::parse;

    fn told(old: &str, new: &str) -> Vec<String> {
        let read = |keys: &str| {
            let text = format!(
                "{{apiVersion: v3.1.0, kind: DataContract, id: a, version: 1.0.0, schema: [{{name: t, {keys}}}]}}"
            );
            parse(text.as_bytes()).unwrap_or_else(|error| panic!("{error}: {keys}"))
        };
        let changes = diff(&read(old), &read(new));
        let text = |it: &Option<String>| it.clone().unwrap_or_else(|| "–".to_owned());
        changes
            .iter()
            .map(|it| {
                let column = it.column.as_deref().unwrap_or("*");
                format!("{column} {} {}: {} → {}", it.rule, it.direction.id(), text(&it.old), text(&it.new))
            })
            .collect()
    }

    #[test]
    fn every_rule_that_changed_says_which_way() {
        let one = |keys: &str| format!("properties: [{{name: c, {keys}}}]");
        let table = [
            ("logicalType: integer", "logicalType: number", "c type loosened: integer → number"),
            ("logicalType: date", "logicalType: string", "c type both: date → string"),
            ("required: true", "required: false", "c required loosened: no missing cell → –"),
            ("unique: false", "unique: true", "c unique tightened: – → no value twice"),
            (
                "logicalType: integer, logicalTypeOptions: {minimum: 0, maximum: 9}",
                "logicalType: integer, logicalTypeOptions: {minimum: 1, maximum: 9}",
                "c range tightened: 0 … 9 → 1 … 9",
            ),
            (
                "logicalType: integer, logicalTypeOptions: {minimum: 0, maximum: 9}",
                "logicalType: integer, logicalTypeOptions: {minimum: 1, maximum: 10}",
                "c range both: 0 … 9 → 1 … 10",
            ),
            (
                "logicalType: integer, logicalTypeOptions: {minimum: 0}",
                "logicalType: integer, logicalTypeOptions: {exclusiveMinimum: 0}",
                "c range tightened: at least 0 → more than 0",
            ),
            (
                "logicalType: string, logicalTypeOptions: {maxLength: 3}",
                "logicalType: string, logicalTypeOptions: {maxLength: 5}",
                "c length loosened: at most 3 characters → at most 5 characters",
            ),
            ("enum: [a, b]", "enum: [a, b, c]", "c allowed-values loosened: a, b → a, b, c"),
            ("enum: [a, b]", "enum: [a, c]", "c allowed-values both: a, b → a, c"),
            (
                "quality: [{metric: nullValues, unit: percent, mustBeLessThan: 5}]",
                "quality: [{metric: nullValues, unit: percent, mustBeLessThan: 1}]",
                "c required tightened: no missing cell; offenders: less than 5 % → no missing cell; offenders: less than 1 %",
            ),
            (
                "quality: [{metric: nullValues, mustBe: 0, severity: warning}]",
                "quality: [{metric: nullValues, mustBe: 0}]",
                "c required tightened: no missing cell; warning → no missing cell",
            ),
        ];
        for (old, new, change) in table {
            assert_eq!(told(&one(old), &one(new)), [change], "{old} / {new}");
        }
        assert_eq!(told(&one("enum: [a]"), &one("enum: [a]")), Vec::<String>::new());
    }

    #[test]
    fn columns_and_tables_come_and_go() {
        let old = "properties: [{name: a}, {name: b, required: true}], quality: [{metric: rowCount, mustBeGreaterThan: 10}]";
        let new = "properties: [{name: a, physicalName: x}, {name: c}], quality: [{metric: rowCount, mustBeGreaterThan: 5}]";
        assert_eq!(
            told(old, new),
            [
                "* row-count loosened: more than 10 → more than 5",
                "a column-presence both: a → x",
                "c column-presence tightened: – → is there",
                "b column-presence loosened: is there → –",
                "b required loosened: no missing cell → –",
            ]
        );
    }
}
