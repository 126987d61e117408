//! A suite of Great Expectations (0.x and 1.x JSON) → [`Contract`]: a column for each that the suite names, a rule for each
//! expectation, with its place in the suite. What has no rule of ours is a rule that says why it is not run; nothing is
//! dropped.
//!
//! Where a suite bounds the numbers of a column, the column is read as numbers, and a cell that is none is an invalid cell
//! of the `type` rule; Great Expectations raises there. What it asks of texts and of lists of values it asks of what is
//! written in the cells, whatever their type.

mod columns;
mod kwargs;
mod query;
mod rows;
mod table;
mod whole;

use crate::error::Result;
use crate::finding::Severity;

use super::mistakes::Mistakes;
use super::model::{Check, CheckKind, Contract, FrameType, LogicalType, Property, SchemaObject};
use super::rules::columns::Columns;
use super::wording::{cut, nearest, quoted};
use super::yaml::{self, Content, Key, Node, get};
use kwargs::Kwargs;

/// Whether the tree is a suite: it has a list of expectations.
pub(super) fn is_suite(tree: &Node) -> bool {
    let Content::Map(entries) = &tree.content else { return false };
    get(entries, "expectations").is_some_and(|node| matches!(node.content, Content::List(_)))
}

/// Reads the tree. Errors are those of a malformed suite: an expectation without a type, arguments that are none.
pub(super) fn read(tree: &Node) -> Result<Contract> {
    let mut mistakes = Mistakes::default();
    let entries = mistakes.map(tree, "a suite with expectations");
    let text = |word: &str| get(entries, word).and_then(Node::scalar).map(|scalar| scalar.text.clone());
    let name = text("name").or_else(|| text("expectation_suite_name")).unwrap_or_default();
    let parameters =
        ["suite_parameters", "evaluation_parameters"].into_iter().find_map(|word| get(entries, word));
    let mut suite = Suite {
        object: SchemaObject { name: name.clone(), ..SchemaObject::default() },
        parameters: parameters.map_or(&[], |node| match &node.content {
            Content::Map(entries) => entries.as_slice(),
            _ => &[],
        }),
    };
    if let Some(list) = get(entries, "expectations") {
        for (i, item) in mistakes.list(list, "a list of expectations").iter().enumerate() {
            suite.expectation(i as u64, item, &mut mistakes);
        }
    }
    suite.finish();
    match mistakes.into_error() {
        Some(error) => Err(error.with_hint("see the expectation gallery of Great Expectations")),
        None => Ok(Contract {
            id: name.clone(),
            name: Some(name),
            objects: vec![suite.object],
            ..Contract::default()
        }),
    }
}

/// An expectation within another contract, as a mapping or as its text: the column that it is on, and its rules.
pub(super) fn embedded(node: &Node, mistakes: &mut Mistakes) -> (Option<String>, Vec<Check>) {
    let parsed;
    let node = match node.scalar().map(|scalar| yaml::parse(scalar.text.as_bytes())) {
        Some(Ok(tree)) => {
            parsed = tree;
            &parsed
        }
        _ => node,
    };
    let entries = mistakes.map(node, "an expectation");
    let kind = ["type", "expectation_type", "expectation"].iter().find_map(|word| get(entries, word));
    let Some(kind) = kind.and_then(|node| mistakes.text(node)) else {
        if !entries.is_empty() {
            mistakes.add(node.place, "the expectation has no \"type\"");
        }
        return (None, Vec::new());
    };
    let none = Vec::new();
    let kwargs = match get(entries, "kwargs").map(|node| &node.content) {
        Some(Content::Map(kwargs)) => kwargs,
        _ => &none,
    };
    let kwargs = Kwargs { entries: kwargs, parameters: &[], place: node.place };
    match mapped(kind, &kwargs, mistakes) {
        Mapped::Table(check) => (None, vec![*check]),
        Mapped::Column(column, checks) => (Some(column), checks),
        Mapped::Exists(column) => {
            let columns = Columns::Set { names: vec![column], closed: false };
            (None, vec![Check::strict(CheckKind::Columns(columns))])
        }
        Mapped::Type(column, _) => {
            let check = Check::not_run("type", cut(kind), "a type is agreed on by logicalType");
            (Some(column), vec![check])
        }
    }
}

struct Suite<'a> {
    object: SchemaObject,
    parameters: &'a [(Key, Node)],
}

/// What an expectation is to us.
enum Mapped {
    /// Rules on cells or on a number of a column.
    Column(String, Vec<Check>),
    /// The column is there.
    Exists(String),
    /// The column is of one of these types.
    Type(String, Vec<FrameType>),
    /// A rule on the table.
    Table(Box<Check>),
}

impl Suite<'_> {
    fn expectation(&mut self, index: u64, node: &Node, mistakes: &mut Mistakes) {
        let entries = mistakes.map(node, "an expectation");
        let Some(kind) = get(entries, "type").or_else(|| get(entries, "expectation_type")) else {
            if !entries.is_empty() {
                mistakes.add(node.place, "the expectation has no \"type\"");
            }
            return;
        };
        let Some(kind) = mistakes.text(kind) else { return };
        let severity = get(entries, "severity").and_then(Node::scalar).map(|it| it.text.to_ascii_lowercase());
        let severity = match severity.as_deref() {
            Some("warning") => Severity::Warning,
            Some("info") => Severity::Info,
            _ => Severity::Critical,
        };
        let none = Vec::new();
        let kwargs = match get(entries, "kwargs").map(|node| &node.content) {
            Some(Content::Map(kwargs)) => kwargs,
            _ => &none,
        };
        let kwargs = kwargs::calculated(kwargs, self.parameters);
        let kwargs = Kwargs { entries: &kwargs, parameters: self.parameters, place: node.place };
        let finish = |mut check: Check| {
            (check.severity, check.origin) = (severity, Some(index));
            check
        };
        match mapped(kind, &kwargs, mistakes) {
            Mapped::Table(check) => self.object.checks.push(finish(*check)),
            Mapped::Exists(column) => {
                let property = self.property(&column);
                if property.origin.is_none() {
                    property.origin = Some(index);
                    return;
                }
                // Asked for once more.
                let columns = Columns::Set { names: vec![column], closed: false };
                self.object.checks.push(finish(Check::strict(CheckKind::Columns(columns))));
            }
            Mapped::Type(column, asserted) => {
                let property = self.property(&column);
                let check = Check { asserted, ..Check::strict(CheckKind::Type) };
                property.checks.push(finish(check));
            }
            Mapped::Column(column, checks) => {
                self.property(&column).checks.extend(checks.into_iter().map(finish));
            }
        }
    }

    fn property(&mut self, name: &str) -> &mut Property {
        let properties = &mut self.object.properties;
        let at = properties.iter().position(|it| it.name == name).unwrap_or_else(|| {
            properties.push(Property::named(name));
            properties.len() - 1
        });
        &mut properties[at]
    }

    fn finish(&mut self) {
        for property in &mut self.object.properties {
            if let Some(origin) = columns::numeric_bounds(property) {
                if columns::asks_numbers_only(property) {
                    property.logical = Some(LogicalType::Number);
                }
                let asserted = [LogicalType::Number, LogicalType::Integer, LogicalType::Boolean];
                let asserted = asserted.map(|logical| FrameType { logical, nullable: true }).to_vec();
                property.checks.push(Check { origin, asserted, ..Check::strict(CheckKind::Type) });
            }
            crate::order::sort_by_key(&mut property.checks, Check::rank);
        }
        crate::order::sort_by_key(&mut self.object.checks, Check::rank);
    }
}

fn mapped(kind: &str, kwargs: &Kwargs<'_>, mistakes: &mut Mistakes) -> Mapped {
    let found = table::check(kind, kwargs, mistakes).or_else(|| rows::check(kind, kwargs, mistakes));
    if let Some(check) = found {
        return Mapped::Table(Box::new(check));
    }
    let Some(column) = kwargs.text("column") else {
        return Mapped::Table(Box::new(not_run(kind, columns::KNOWN)));
    };
    let when = match rows::when(kwargs) {
        Ok(when) => when,
        Err(reason) => {
            let check = Check::not_run(columns::rule_of(kind), cut(kind), reason);
            return Mapped::Column(column, vec![check]);
        }
    };
    match kind {
        "expect_column_to_exist" => return Mapped::Exists(column),
        "expect_column_values_to_be_of_type"
        | "expect_column_type_to_be"
        | "expect_column_values_to_be_in_type_list" => {
            let types = columns::frame_types(kwargs);
            if types.is_empty() {
                let check = Check::not_run("type", cut(kind), "the type's name is not one that is known");
                return Mapped::Column(column, vec![check]);
            }
            return Mapped::Type(column, types);
        }
        _ => {}
    }
    match (columns::checks(kind, kwargs, mistakes), when) {
        (Some(mut checks), when) => {
            checks.iter_mut().for_each(|check| check.written = true);
            match when {
                Some(when) if checks.len() == 1 => {
                    let check = rows::conditional(checks.remove(0), &column, when);
                    Mapped::Column(column, vec![check])
                }
                _ => Mapped::Column(column, checks),
            }
        }
        (None, _) => Mapped::Column(column, vec![not_run(kind, columns::KNOWN)]),
    }
}

/// An expectation that has no rule of ours.
fn not_run(kind: &str, known: &[&str]) -> Check {
    let reason = match nearest(kind, known.iter().copied()).filter(|meant| *meant != kind) {
        Some(meant) => format!("the expectation {} is not known; did you mean {meant:?}?", quoted(kind)),
        None => format!("the expectation {} is not known", quoted(kind)),
    };
    Check::not_run("expectation", cut(kind), reason)
}
