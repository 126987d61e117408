//! The tree of an ODCS contract → where each rule of a column or a table is written.

use super::super::findings::outline;
use super::super::infer::EVIDENCE;
use super::super::mistakes::Mistakes;
use super::super::model::{Check, CheckKind, Property};
use super::super::rules::r#type;
use super::super::yaml::{Content, Key, Node};
use super::quality::custom;
use super::{get, given, options, property, quality};
use crate::error::Place;

/// How a rule is written.
#[derive(Debug, Clone, Copy)]
pub(in crate::contract) enum At<'a> {
    /// A key of the property that is true: `required`, `unique`.
    Flag(&'a Node),
    /// The property's own list of values.
    List(&'a Key, &'a Node),
    /// Keys of the property's `logicalTypeOptions`.
    Options(&'a Key, &'a [(Key, Node)]),
    /// An entry of a list of quality rules.
    Quality(&'a Node),
    /// The property's `logicalType`.
    Type(&'a Key),
}

/// A rule where it is written.
#[derive(Debug, Clone)]
pub(in crate::contract) struct Entry<'a> {
    /// Its public id.
    pub(in crate::contract) rule: &'static str,
    /// What is agreed, in words.
    pub(in crate::contract) expected: String,
    /// `critical`, `warning` or `info`.
    pub(in crate::contract) severity: &'static str,
    /// What it was inferred from.
    pub(in crate::contract) evidence: Option<String>,
    /// Where it begins.
    pub(in crate::contract) place: Place,
    pub(in crate::contract) at: At<'a>,
}

/// The entries of a mapping.
pub(in crate::contract) fn map(node: &Node) -> &[(Key, Node)] {
    if let Content::Map(entries) = &node.content { entries } else { &[] }
}

/// The items of a list.
pub(in crate::contract) fn list(node: Option<&Node>) -> &[Node] {
    match node.map(|node| &node.content) {
        Some(Content::List(items)) => items,
        _ => &[],
    }
}

/// The schema object of a name or a physical name.
pub(in crate::contract) fn object<'a>(tree: &'a Node, name: &str) -> Option<(usize, &'a Node)> {
    let objects = list(given(map(tree), "schema")).iter().enumerate();
    let is = |word: &str, node: &Node| {
        get(map(node), word).and_then(Node::scalar).is_some_and(|it| it.text == name)
    };
    objects
        .clone()
        .find(|(_, node)| is("name", node))
        .or_else(|| objects.clone().find(|(_, node)| is("physicalName", node)))
}

/// The properties of an object and those nested in them: the column of each, its path among the lists of properties, and
/// itself.
pub(in crate::contract) fn properties<'a>(
    node: &'a Node,
    inside: Option<&str>,
    path: &[usize],
    found: &mut Vec<(String, Vec<usize>, &'a Node)>,
) {
    for (i, item) in list(given(map(node), "properties")).iter().enumerate() {
        let text = |word: &str| given(map(item), word).and_then(Node::scalar).map(|it| it.text.clone());
        let Some(name) = text("physicalName").or_else(|| text("name")) else { continue };
        let column = inside.map_or_else(|| name.clone(), |inside| format!("{inside}.{name}"));
        let path = [path, &[i]].concat();
        found.push((column.clone(), path.clone(), item));
        properties(item, Some(&column), &path, found);
    }
}

/// The rules of a property, equals in the order of their findings.
pub(in crate::contract) fn of_property<'a>(node: &'a Node, column: &str) -> Vec<Entry<'a>> {
    let entries = map(node);
    let mut found = Vec::new();
    let mut mistakes = Mistakes::default();
    let whole = property::read(node, entries, (None, &[]), &mut mistakes);
    let key_evidence = custom(entries, EVIDENCE).and_then(Node::scalar).map(|it| it.text.clone());
    for word in ["required", "unique"] {
        if let Some((key, value)) =
            pair(entries, word).filter(|(_, node)| mistakes.boolean(node) == Some(true))
        {
            let kind = if word == "required" { CheckKind::Required } else { CheckKind::Unique };
            let mut entry = entry(&Check::strict(kind), &whole, key.place, At::Flag(value));
            entry.evidence.clone_from(&key_evidence);
            found.push(entry);
        }
    }
    if let Some((key, node)) = pair(entries, "logicalTypeOptions") {
        let mut property = Property { logical: whole.logical, ..Property::named(column) };
        options::read(node, &mut property, &mut mistakes);
        let at = At::Options(key, map(node));
        found.extend(property.checks.iter().map(|check| entry(check, &whole, key.place, at)));
    }
    if let Some((key, node)) = pair(entries, "enum") {
        let check = options::allowed_values(node, &mut mistakes);
        found.extend(check.iter().map(|check| entry(check, &whole, key.place, At::List(key, node))));
    }
    found.extend(of_list(given(entries, "quality"), Some(column), &whole));
    if let Some((key, _)) = pair(entries, "logicalType")
        && whole.logical.is_some()
        && found.iter().all(|entry| entry.rule != r#type::ID)
    {
        found.push(entry(&Check::strict(CheckKind::Type), &whole, key.place, At::Type(key)));
    }
    found
}

/// The rules of a table as a whole.
pub(in crate::contract) fn of_object(node: &Node) -> Vec<Entry<'_>> {
    of_list(given(map(node), "quality"), None, &Property::default())
}

fn of_list<'a>(node: Option<&'a Node>, column: Option<&str>, whole: &Property) -> Vec<Entry<'a>> {
    let mut found = Vec::new();
    for item in list(node) {
        let quality = quality::read(item, column, &[], &mut Mistakes::default());
        let evidence = custom(map(item), EVIDENCE).and_then(Node::scalar).map(|it| it.text.clone());
        found.extend(quality.checks.iter().map(|check| Entry {
            evidence: evidence.clone(),
            ..entry(check, whole, item.place, At::Quality(item))
        }));
    }
    found
}

fn entry<'a>(check: &Check, whole: &Property, place: Place, at: At<'a>) -> Entry<'a> {
    let (rule, mut expected) = outline(&check.kind, Some(whole));
    if !check.tolerance.is_none() {
        expected += &format!("; offenders: {}", check.tolerance.words());
    }
    Entry { rule, expected, severity: check.severity.id(), evidence: None, place, at }
}

/// A key with its value, unless that is null.
pub(in crate::contract) fn pair<'a>(entries: &'a [(Key, Node)], word: &str) -> Option<(&'a Key, &'a Node)> {
    entries.iter().find(|(key, node)| key.text == word && !node.is_null()).map(|(key, node)| (key, node))
}
