//! A contract's text and what shall be agreed from now on → the text with that one change, everything else as it stands.

use super::super::exact::Exact;
use super::super::infer::scalar as written;
use super::super::model::{ANY, Contract, LOGICAL_TYPE, LogicalType};
use super::super::rules::range::Bound;
use super::super::rules::{column_presence, required, row_count, r#type};
use super::super::splice::Splice;
use super::super::yaml::{self, Content, Key, Node};
use super::entries::{self, At, Entry, list, map, pair};
use super::{get, given, quality};
use crate::error::{Error, Kind, Result};

const ALLOWED: &str = "allowed-values";

/// A rule of a contract.
#[derive(Debug, Clone, Copy)]
pub struct Target<'a> {
    /// The file that is held against the contract.
    pub file: &'a str,
    /// The column; `None`: the table.
    pub column: Option<&'a str>,
    /// The rule's public id.
    pub rule: &'a str,
    /// Which of several such rules on the column, from 0.
    pub nth: usize,
}

/// What shall be agreed from now on.
#[derive(Debug, Clone, PartialEq)]
pub enum Amendment {
    /// These values are allowed too.
    Allow(Vec<String>),
    /// These values are within the bounds, of value or of length.
    Widen(Vec<String>),
    /// So many of so many may break the rule.
    Tolerate(u64, u64),
    /// The rule holds no more.
    Remove,
}

/// A rule of a contract as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The column; `None`: the table.
    pub column: Option<String>,
    /// Its public id.
    pub rule: String,
    /// Which of several such rules on the column, from 0.
    pub nth: usize,
    /// What is agreed, in words.
    pub expected: String,
    /// `critical`, `warning` or `info`.
    pub severity: String,
    /// What it was inferred from.
    pub evidence: Option<String>,
    /// The line it begins on.
    pub line: u64,
}

/// The rules of a contract on a file, in the order of its text.
///
/// # Errors
/// Those of the contract; `Usage` where it is not one of ODCS.
pub fn written_rules(text: &str, file: &str) -> Result<Vec<Written>> {
    let (tree, contract) = read(text)?;
    let Some((_, object)) = entries::object(&tree, &contract.object(None, file)?.name) else {
        return Ok(Vec::new());
    };
    let mut found = Vec::new();
    let mut add = |column: Option<&str>, entries: Vec<Entry<'_>>| {
        for (i, entry) in entries.iter().enumerate() {
            found.push(Written {
                column: column.map(str::to_owned),
                rule: entry.rule.to_owned(),
                nth: entries[..i].iter().filter(|other| other.rule == entry.rule).count(),
                expected: entry.expected.clone(),
                severity: entry.severity.to_owned(),
                evidence: entry.evidence.clone(),
                line: entry.place.line,
            });
        }
    };
    add(None, entries::of_object(object));
    let mut properties = Vec::new();
    entries::properties(object, None, &[], &mut properties);
    for (column, _, node) in &properties {
        add(Some(column), entries::of_property(node, column));
    }
    crate::order::sort_by_key(&mut found, |it| it.line);
    Ok(found)
}

fn read(text: &str) -> Result<(Node, Contract)> {
    let tree = yaml::parse(text.as_bytes())?;
    if get(map(&tree), "apiVersion").is_none() {
        return Err(Error::new(Kind::Usage, "only contracts of ODCS are changed here")
            .with_hint("change the text by hand"));
    }
    let contract = super::read(&tree)?;
    Ok((tree, contract))
}

/// The text of a contract with one change. Comments, order and spelling of all else stay.
///
/// # Errors
/// Those of the contract; `Usage` where the rule is not there, cannot be changed so, or is written in a way that is left to a
/// person.
pub fn amend(text: &str, target: Target<'_>, amendment: &Amendment) -> Result<String> {
    let (mark, body) = match text.strip_prefix('\u{feff}') {
        Some(body) => ("\u{feff}", body),
        None => ("", text),
    };
    let (tree, contract) = read(body)?;
    let missing = || Error::new(Kind::Usage, "the contract does not write this rule out");
    let (at, object) =
        entries::object(&tree, &contract.object(None, target.file)?.name).ok_or_else(missing)?;
    let mut found = Vec::new();
    entries::properties(object, None, &[], &mut found);
    let property = target.column.and_then(|column| found.iter().find(|(name, ..)| name == column));
    let (rules, node) = match (target.column, property) {
        (None, _) => (entries::of_object(object), object),
        (Some(column), Some((_, _, node))) => (entries::of_property(node, column), *node),
        (Some(_), None) => return Err(missing()),
    };
    let entry = rules.iter().filter(|it| it.rule == target.rule).nth(target.nth).ok_or_else(missing)?;
    let mut splice = Splice::new(body);
    Change { splice: &mut splice, entry, node, target }.make(amendment)?;
    let changed = splice.finish();
    let after = yaml::parse(changed.as_bytes())?;
    super::read(&after)?;
    let path = property.map(|(_, path, _)| path.as_slice());
    if !same_but(&tree, &after, at, path) || after == tree {
        return Err(Error::new(Kind::Usage, "this rule cannot be changed here")
            .with_hint("it is written in a way of its own; change the text by hand"));
    }
    Ok(format!("{mark}{changed}"))
}

/// Whether two contracts are the same but for a property, or for the rules of a table.
fn same_but(a: &Node, b: &Node, object: usize, property: Option<&[usize]>) -> bool {
    let mut path: Vec<Step<'_>> = vec![Step::Key("schema"), Step::Item(object)];
    match property {
        None => path.push(Step::Key("quality")),
        Some(items) => {
            path.extend(items.iter().flat_map(|item| [Step::Key("properties"), Step::Item(*item)]))
        }
    }
    same(a, b, Some(&path))
}

/// A step into a tree.
pub(super) enum Step<'a> {
    Key(&'a str),
    Item(usize),
}

/// Whether two trees are the same, wherever they stand, but for what is at the end of a path.
pub(super) fn same(a: &Node, b: &Node, path: Option<&[Step<'_>]>) -> bool {
    if path.is_some_and(<[_]>::is_empty) {
        return true;
    }
    let (step, rest) = path.and_then(<[_]>::split_first).unzip();
    match (&a.content, &b.content) {
        (Content::Scalar(a), Content::Scalar(b)) => a == b,
        (Content::List(a), Content::List(b)) => {
            let on = |i: usize| rest.filter(|_| matches!(step, Some(Step::Item(at)) if *at == i));
            a.len() == b.len() && a.iter().zip(b).enumerate().all(|(i, (a, b))| same(a, b, on(i)))
        }
        (Content::Map(a), Content::Map(b)) => {
            let on = |key: &Key| rest.filter(|_| matches!(step, Some(Step::Key(word)) if *word == key.text));
            let is_end = |key: &Key| on(key).is_some_and(<[_]>::is_empty);
            let kept = |entries: &[(Key, Node)]| entries.iter().filter(|(key, _)| !is_end(key)).count();
            kept(a) == kept(b)
                && a.iter()
                    .filter(|(key, _)| !is_end(key))
                    .all(|(key, a)| get(b, &key.text).is_some_and(|b| same(a, b, on(key))))
        }
        _ => false,
    }
}

struct Change<'s, 't, 'a> {
    splice: &'s mut Splice<'t>,
    entry: &'s Entry<'a>,
    /// The property, or the object.
    node: &'a Node,
    target: Target<'s>,
}

impl<'a> Change<'_, '_, 'a> {
    fn make(&mut self, amendment: &Amendment) -> Result<()> {
        match amendment {
            Amendment::Allow(values) => self.allow(values),
            Amendment::Widen(values) => self.widen(values),
            Amendment::Tolerate(count, total) => self.tolerate(*count, *total),
            Amendment::Remove => self.remove(),
        }
    }

    fn refused(&self, what: &str) -> Error {
        let place = self.entry.place;
        let what = format!("the rule {} {what}", self.target.rule);
        Error::new(Kind::Usage, what).at(place.line, place.column)
    }

    /// The mapping that holds the parameters of the rule.
    fn parameters(&self) -> &'a [(Key, Node)] {
        match self.entry.at {
            At::Options(_, entries) => entries,
            At::Quality(item) => {
                let inner = given(map(item), "implementation").or_else(|| given(map(item), "arguments"));
                inner.map_or_else(|| map(item), map)
            }
            _ => &[],
        }
    }

    fn allow(&mut self, values: &[String]) -> Result<()> {
        let own = match self.entry.at {
            At::List(_, node) => Some(node),
            At::Quality(item) => given(map(item), "validValues"),
            _ => None,
        };
        let words = ["validValues", "values", "enum"];
        let node = own.or_else(|| words.iter().find_map(|word| given(self.parameters(), word)));
        let items = list(node);
        let (Some(node), Some(last)) = (node, items.last()) else {
            return Err(self.refused("has no list of values"));
        };
        if self.entry.rule != ALLOWED {
            return Err(self.refused("allows no list of values"));
        }
        // As the values that are there are written.
        let is_plain = items.iter().all(|item| item.number().is_some());
        let is_quoted = !is_plain && items.iter().all(|item| self.splice.is_quoted(item.place));
        let write = |value: &String| match Exact::parse(value) {
            Some(_) if is_plain => value.clone(),
            _ if is_quoted => super::super::infer::quoted(value),
            _ => written(value),
        };
        self.splice.append(node.place, last.place, &values.iter().map(write).collect::<Vec<_>>())
    }

    fn widen(&mut self, values: &[String]) -> Result<()> {
        if self.entry.rule == "length" {
            let lengths = values.iter().map(|value| value.chars().count());
            let (least, most) = (lengths.clone().min().unwrap_or(0), lengths.max().unwrap_or(0));
            return self.bounds("minLength", "maxLength", &least.to_string(), &most.to_string());
        }
        if self.entry.rule != "range" {
            return Err(self.refused("has no bounds"));
        }
        let mut sorted: Vec<&String> = values.iter().filter(|value| bound(value).is_some()).collect();
        crate::order::sort_by(&mut sorted, |a, b| order(a, b).unwrap_or(std::cmp::Ordering::Equal));
        let (Some(low), Some(high)) = (sorted.first(), sorted.last()) else {
            return Err(self.refused("cannot have such a bound"));
        };
        self.bounds("minimum", "maximum", low, high)
    }

    fn bounds(&mut self, least: &str, most: &str, low: &str, high: &str) -> Result<()> {
        let parameters = self.parameters();
        let mut is_changed = false;
        for (word, value, beyond) in
            [(least, low, std::cmp::Ordering::Less), (most, high, std::cmp::Ordering::Greater)]
        {
            let exclusive = format!("exclusive{}{}", word[..1].to_uppercase(), &word[1..]);
            if let Some((key, node)) = pair(parameters, &exclusive)
                && let Some(text) = node.scalar().map(|it| it.text.as_str())
            {
                if matches!(text, "true" | "false") {
                    return Err(self.refused("has a bound that is left out of its range"));
                }
                if order(value, text).is_some_and(|it| it == beyond || it.is_eq()) {
                    self.splice.set(key.place, word)?;
                    self.splice.set(node.place, &as_written(value, node))?;
                    is_changed = true;
                }
            }
            if let Some((_, node)) = pair(parameters, word)
                && let Some(text) = node.scalar().map(|it| it.text.as_str())
                && order(value, text) == Some(beyond)
            {
                self.splice.set(node.place, &as_written(value, node))?;
                is_changed = true;
            }
        }
        if is_changed { Ok(()) } else { Err(self.refused("has these values within its bounds")) }
    }

    fn tolerate(&mut self, count: u64, total: u64) -> Result<()> {
        if total == 0 || [row_count::ID, column_presence::ID].contains(&self.entry.rule) {
            return Err(self.refused("has nothing to tolerate"));
        }
        let percent = percent(count, total);
        let lines = |first: &[&str], inner: usize| -> Vec<String> {
            let pad = " ".repeat(inner);
            let own = [format!("{pad}unit: percent"), format!("{pad}mustBeLessOrEqualTo: {percent}")];
            first.iter().map(|line| (*line).to_owned()).chain(own).collect()
        };
        match self.entry.at {
            At::Quality(item) => self.operator(item, count, &percent),
            At::Flag(node) => {
                let metric = if self.entry.rule == required::ID { "nullValues" } else { "duplicateValues" };
                self.splice.set(node.place, "false")?;
                self.quality(&lines(&[&format!("metric: {metric}")], 0))
            }
            At::Type(_) => self.quality(&lines(
                &["type: custom", "engine: driftline", "implementation:", "  rule: type"],
                2,
            )),
            At::List(..) | At::Options(..) => Err(self
                .refused("allows no offender where it is written")
                .with_hint("accept the values, or write the rule under quality")),
        }
    }

    /// Another operator of a quality rule.
    fn operator(&mut self, item: &Node, count: u64, percent: &str) -> Result<()> {
        let holds = |entries: &&[(Key, Node)]| {
            entries.iter().any(|(key, _)| quality::OPERATORS.contains(&key.text.as_str()))
        };
        let entries = [map(item), self.parameters()].into_iter().find(holds);
        let Some((entries, (key, node))) = entries.and_then(|entries| {
            let found = entries.iter().find(|(key, _)| quality::OPERATORS.contains(&key.text.as_str()))?;
            Some((entries, found))
        }) else {
            return Err(self.refused("has no operator"));
        };
        if !["mustBe", "mustBeLessThan", "mustBeLessOrEqualTo"].contains(&key.text.as_str()) {
            return Err(self.refused("has an operator of its own"));
        }
        let unit = given(entries, "unit").and_then(Node::scalar);
        let is_percent = unit.is_some_and(|it| it.text == "percent" || it.text == "%");
        if key.text != "mustBeLessOrEqualTo" {
            self.splice.set(key.place, "mustBeLessOrEqualTo")?;
        }
        self.splice.set(node.place, &if is_percent { percent.to_owned() } else { count.to_string() })
    }

    /// A further quality rule of the property.
    fn quality(&mut self, lines: &[String]) -> Result<()> {
        match list(given(map(self.node), "quality")).last() {
            Some(last) => self.splice.append_lines(last.place, lines),
            None => self.splice.append_key(self.node.place, "quality", lines),
        }
    }

    /// Options are those of a type: they go with it, unless they are rules.
    fn untype(&mut self, key: &Key) -> Result<()> {
        if let Some((options, _)) = pair(map(self.node), "logicalTypeOptions") {
            let rules = entries::of_property(self.node, "");
            if rules.iter().any(|it| matches!(it.at, At::Options(..))) {
                return Err(self
                    .refused("is what the column's other rules build on")
                    .with_hint("remove those of its logicalTypeOptions first"));
            }
            self.splice.remove_key(options.place)?;
        }
        self.say_any(key)
    }

    /// No type is agreed from now on, in the words that keep the contract valid.
    fn say_any(&mut self, key: &Key) -> Result<()> {
        let entries = map(self.node);
        let Some((_, ty)) = pair(entries, "logicalType") else { return Ok(()) };
        let (string, flow) =
            (LogicalType::String.id(), format!("{{property: {LOGICAL_TYPE}, value: {ANY}}}"));
        if let Some((_, own)) = pair(entries, "customProperties") {
            self.splice.set(ty.place, string)?;
            let Some(last) = list(Some(own)).last().filter(|_| !self.splice.is_flow(own.place)) else {
                return self.splice.append(own.place, own.place, &[flow]);
            };
            return self.splice.append_lines(last.place, &[flow]);
        }
        if self.splice.is_flow(self.node.place) {
            return self.splice.set(ty.place, &format!("{string}, customProperties: [{flow}]"));
        }
        let (end, pad) = (self.splice.line_end(), " ".repeat((key.place.column as usize).saturating_sub(1)));
        self.splice.set(ty.place, &format!("{string}{end}{pad}customProperties:{end}{pad}  - {flow}"))
    }

    fn remove(&mut self) -> Result<()> {
        match self.entry.at {
            At::Flag(node) => self.splice.set(node.place, "false"),
            At::List(key, _) => self.splice.remove_key(key.place),
            At::Type(key) => self.untype(key),
            At::Options(key, entries) => {
                let words: &[&str] = match self.entry.rule {
                    "range" => &["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"],
                    "length" => &["minLength", "maxLength"],
                    ALLOWED => &["enum"],
                    "multiple-of" => &["multipleOf"],
                    "pattern" => &["pattern"],
                    "format" => &["format"],
                    _ => return Err(self.refused("cannot be removed here")),
                };
                let own: Vec<&Key> =
                    entries.iter().map(|it| &it.0).filter(|key| words.contains(&key.text.as_str())).collect();
                if own.len() == entries.len() {
                    return self.splice.remove_key(key.place);
                }
                own.iter().try_for_each(|key| self.splice.remove_key(key.place))
            }
            At::Quality(item) => {
                let entries = map(self.node);
                // Without its entry the type would be a rule that allows no offender.
                if let Some((key, _)) = pair(entries, "logicalType").filter(|_| self.entry.rule == r#type::ID)
                {
                    self.untype(key)?;
                }
                match pair(entries, "quality") {
                    Some((key, node)) if list(Some(node)).len() == 1 => self.splice.remove_key(key.place),
                    _ => self.splice.remove_item(item.place),
                }
            }
        }
    }
}

/// The share in percent, rounded up to four digits behind the point.
fn percent(count: u64, total: u64) -> String {
    let units = (u128::from(count) * 1_000_000).div_ceil(u128::from(total)).min(1_000_000);
    let text = format!("{}.{:04}", units / 10_000, units % 10_000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn bound(text: &str) -> Option<Bound> {
    Exact::parse(text).map(Bound::Number).or_else(|| Bound::temporal(text))
}

/// How two bounds stand to each other; `None` where they are not of one kind.
fn order(a: &str, b: &str) -> Option<std::cmp::Ordering> {
    match (bound(a)?, bound(b)?) {
        (Bound::Number(a), Bound::Number(b)) => {
            let (unscaled, scale) = a.canonical();
            Some(b.order_decimal(unscaled, scale))
        }
        (Bound::Moment(a, _), Bound::Moment(b, _)) => Some(a.cmp(&b)),
        (Bound::Time(a, _), Bound::Time(b, _)) => Some(a.cmp(&b)),
        _ => None,
    }
}

/// A bound as the one that it replaces is written.
fn as_written(value: &str, node: &Node) -> String {
    if node.number().is_some() { value.to_owned() } else { super::super::infer::quoted(value) }
}
