//! A `quality` rule of a property or a table → rules with severity and tolerance, or `not_run` with the reason.

use crate::finding::Severity;

use super::super::gx;
use super::super::mistakes::Mistakes;
use super::super::model::{CRITICAL_ABOVE, Check, CheckKind};
use super::super::tolerance::{Operator, Tolerance};
use super::super::wording::{cut, quoted};
use super::super::yaml::{Content, Key, Node};
use super::{get, given, known, optional_text, options, own, sql};

pub(in crate::contract) const OPERATORS: [&str; 8] = [
    "mustBe",
    "mustNotBe",
    "mustBeGreaterThan",
    "mustBeGreaterOrEqualTo",
    "mustBeLessThan",
    "mustBeLessOrEqualTo",
    "mustBeBetween",
    "mustNotBeBetween",
];

const OTHER_KEYS: [&str; 24] = [
    "type",
    "metric",
    "rule",
    "arguments",
    "validValues",
    "query",
    "engine",
    "implementation",
    "severity",
    "unit",
    "dimension",
    "name",
    "description",
    "id",
    "method",
    "businessImpact",
    "scheduler",
    "schedule",
    "tags",
    "authoritativeDefinitions",
    "customProperties",
    "column",
    "property",
    "dialect",
];

const DIMENSIONS: [&str; 7] =
    ["accuracy", "completeness", "conformity", "consistency", "coverage", "timeliness", "uniqueness"];

const METRICS: [&str; 5] = ["nullValues", "missingValues", "invalidValues", "duplicateValues", "rowCount"];

/// What a quality rule says.
#[derive(Debug, Default)]
pub(super) struct Quality {
    /// The rules it becomes.
    pub(super) checks: Vec<Check>,
    /// Spellings of missing that it adds.
    pub(super) missing_values: Vec<String>,
    /// The columns it is about, where a rule of a table names them.
    pub(super) properties: Option<Vec<String>>,
}

/// Reads one rule; `column` is that of the property it stands at, `tables` are the names of its table.
pub(super) fn read(node: &Node, column: Option<&str>, tables: &[&str], mistakes: &mut Mistakes) -> Quality {
    let entries = mistakes.map(node, "a quality rule");
    let words: Vec<&str> = OTHER_KEYS.iter().chain(&OPERATORS).copied().collect();
    let is_open = mistakes.is_open;
    mistakes.known(entries, "key of a quality rule", &words, is_open);
    if let Some(node) = given(entries, "dimension")
        && let Some(word) = mistakes.text(node)
        && !DIMENSIONS.contains(&word)
    {
        mistakes.unknown(node.place, "dimension", word, &DIMENSIONS);
    }
    let severity = severity(optional_text(entries, "severity", mistakes).as_deref());
    let kind = match given(entries, "type") {
        Some(node) => mistakes.text(node).map(str::to_owned),
        None => Some(if is_prose(entries) { "text" } else { "library" }.to_owned()),
    };
    let name = optional_text(entries, "name", mistakes);
    let description =
        || name.clone().or_else(|| optional_text(entries, "description", &mut Mistakes::default()));
    let agreed = || cut(description().as_deref().unwrap_or("a quality rule"));
    let other = other_than_number(entries);
    let mut quality = match kind.as_deref() {
        Some("sql") if other.is_some() => Quality::not_run(agreed(), other.unwrap_or_default()),
        Some("library") => library(node, entries, mistakes),
        Some("sql") => {
            needs(entries, node, &["query"], mistakes);
            query(node, entries, (tables, column), agreed(), mistakes)
        }
        Some("text") => Quality::not_run(agreed(), "a rule in prose is for a person to check"),
        Some("custom") => {
            needs(entries, node, &["engine", "implementation"], mistakes);
            let engine = optional_text(entries, "engine", mistakes).unwrap_or_default();
            let plain = engine.replace(['_', '-', ' '], "").to_ascii_lowercase();
            match given(entries, "implementation") {
                Some(node) if plain == own::ENGINE => Quality {
                    checks: own::read(node, entries, column, mistakes).into_iter().collect(),
                    ..Quality::default()
                },
                Some(node) if plain == "greatexpectations" => {
                    let (of, checks) = gx::embedded(node, mistakes);
                    let properties = of.filter(|it| column != Some(it.as_str())).map(|it| vec![it]);
                    Quality { checks, properties, ..Quality::default() }
                }
                _ => Quality::not_run(
                    agreed(),
                    format!("rules of the engine {} are not supported", quoted(&engine)),
                ),
            }
        }
        Some(other) => {
            if let Some(node) = get(entries, "type") {
                mistakes.unknown(
                    node.place,
                    "type of quality rule",
                    other,
                    &["library", "sql", "text", "custom"],
                );
            }
            Quality::default()
        }
        None => Quality::default(),
    };
    let critical_above = custom(entries, CRITICAL_ABOVE).and_then(|node| mistakes.number(node));
    for check in &mut quality.checks {
        check.severity = severity;
        check.critical_above.clone_from(&critical_above);
    }
    quality
}

/// Whether a rule without a type says nothing that could be counted.
fn is_prose(entries: &[(Key, Node)]) -> bool {
    let counts = |key: &Key| ["metric", "rule", "arguments", "validValues"].contains(&key.text.as_str());
    let is_held = |key: &Key| counts(key) || OPERATORS.contains(&key.text.as_str());
    !entries.is_empty() && !entries.iter().any(|(key, _)| is_held(key))
}

/// What a query finds may be anything, and so may what `mustBe` and `mustNotBe` name.
fn other_than_number(entries: &[(Key, Node)]) -> Option<String> {
    let is_any = |key: &Key| ["mustBe", "mustNotBe"].contains(&key.text.as_str());
    let found = entries.iter().find(|(key, node)| is_any(key) && node.number().is_none())?;
    Some(format!("{} is held against {}, which is no number", found.0.text, found.1.found()))
}

/// The value of a custom property.
pub(super) fn custom<'a>(entries: &'a [(Key, Node)], name: &str) -> Option<&'a Node> {
    let Content::List(items) = &given(entries, "customProperties")?.content else { return None };
    items.iter().find_map(|item| {
        let Content::Map(entries) = &item.content else { return None };
        let is = get(entries, "property").and_then(Node::scalar).is_some_and(|it| it.text == name);
        if is { get(entries, "value") } else { None }
    })
}

fn needs(entries: &[(Key, Node)], node: &Node, words: &[&str], mistakes: &mut Mistakes) {
    for word in words {
        if get(entries, word).is_none() {
            mistakes.add(node.place, format!("the quality rule has no {word:?}"));
        }
    }
}

/// A query, where it counts the rows that meet a condition.
fn query(
    node: &Node,
    entries: &[(Key, Node)],
    (tables, column): (&[&str], Option<&str>),
    agreed: String,
    mistakes: &mut Mistakes,
) -> Quality {
    let text = optional_text(entries, "query", mistakes).unwrap_or_default();
    let has_operator = entries.iter().any(|(key, _)| OPERATORS.contains(&key.text.as_str()));
    let operator = if has_operator { operator(node, entries, false, mistakes) } else { None };
    let is_percent = given(entries, "unit").and_then(Node::scalar).is_some_and(|it| it.text == "percent");
    let check = match operator {
        Some(_) if is_percent => Err("percent of what a query counts is not said".to_owned()),
        Some(operator) => sql::check(&text, operator, tables, column),
        None => Err("a query without an operator such as \"mustBe\" needs a database".to_owned()),
    };
    match check {
        Ok(check) => Quality { checks: vec![check], ..Quality::default() },
        Err(reason) => Quality::not_run(agreed, reason),
    }
}

impl Quality {
    fn not_run(expected: impl Into<String>, reason: impl Into<String>) -> Quality {
        Quality { checks: vec![Check::not_run("quality", expected, reason)], ..Quality::default() }
    }
}

/// The standard leaves severities free; an authored rule without one is critical, and so is one whose word nobody knows.
fn severity(word: Option<&str>) -> Severity {
    match word.unwrap_or_default().trim().to_ascii_lowercase().as_str() {
        "warning" | "warn" | "minor" | "low" | "medium" | "moderate" => Severity::Warning,
        "info" | "information" | "trivial" | "notice" => Severity::Info,
        _ => Severity::Critical,
    }
}

/// The metric of a word under `rule`. ODCS 3.0 had no fixed list of them; these are the words of its own examples.
pub(in crate::contract) fn metric(word: &str) -> Option<&'static str> {
    Some(match word {
        "nullCheck" | "nullCount" => "nullValues",
        "duplicateCount" | "duplicates" | "uniqueCheck" => "duplicateValues",
        "validValues" | "invalidCount" => "invalidValues",
        "countCheck" => "rowCount",
        word => METRICS.iter().find(|it| **it == word)?,
    })
}

fn library(node: &Node, entries: &[(Key, Node)], mistakes: &mut Mistakes) -> Quality {
    let Some(metric_node) = given(entries, "metric").or_else(|| given(entries, "rule")) else {
        if !entries.is_empty() {
            mistakes.add(node.place, "the quality rule has no \"metric\"");
        }
        return Quality::default();
    };
    let Some(word) = mistakes.text(metric_node) else { return Quality::default() };
    let old = given(entries, "metric").is_none();
    let metric = if old { metric(word).unwrap_or(word) } else { word };
    let percent =
        optional_text(entries, "unit", mistakes).is_some_and(|unit| unit == "percent" || unit == "%");
    let operator = operator(node, entries, old, mistakes);
    let tolerance = operator.map_or_else(Tolerance::none, |operator| Tolerance { operator, percent });
    let mut quality = match metric {
        "rowCount" if percent => Quality::not_run("a number of rows", "percent of how many rows is not said"),
        "rowCount" => of(CheckKind::RowCount),
        "nullValues" | "missingValues" => of(CheckKind::Required),
        "duplicateValues" => of(CheckKind::Unique),
        "invalidValues" => Quality::default(),
        other if old => Quality::not_run(cut(other), format!("the rule {} is not supported", quoted(other))),
        other => {
            mistakes.unknown(metric_node.place, "metric", other, &METRICS);
            return Quality::default();
        }
    };
    arguments(entries, metric, &mut quality, mistakes);
    if metric == "invalidValues" && quality.checks.is_empty() {
        quality = Quality::not_run("no invalid values", "invalidValues has neither validValues nor pattern");
    }
    for check in &mut quality.checks {
        check.tolerance = tolerance.clone();
    }
    quality
}

fn of(kind: CheckKind) -> Quality {
    Quality { checks: vec![Check::strict(kind)], ..Quality::default() }
}

fn arguments(entries: &[(Key, Node)], metric: &str, quality: &mut Quality, mistakes: &mut Mistakes) {
    // In ODCS 3.0 the values stood beside the rule.
    if let (Some(node), "invalidValues") = (given(entries, "validValues"), metric) {
        quality.checks.extend(options::allowed_values(node, mistakes));
    }
    let Some(node) = given(entries, "arguments") else { return };
    let arguments = mistakes.map(node, "a mapping of arguments");
    let words: &[&str] = match metric {
        "invalidValues" => &["validValues", "pattern"],
        "missingValues" | "nullValues" => &["missingValues"],
        "duplicateValues" => &["properties"],
        _ => &[],
    };
    known(arguments, &format!("argument of {metric}"), words, mistakes);
    match metric {
        "invalidValues" => {
            if let Some(node) = given(arguments, "validValues") {
                quality.checks.extend(options::allowed_values(node, mistakes));
            }
            if let Some(node) = given(arguments, "pattern") {
                quality.checks.extend(options::pattern(node, mistakes));
            }
        }
        "missingValues" => {
            if let Some(node) = given(arguments, "missingValues") {
                let items = mistakes.list(node, "a list of values").iter().filter(|item| !item.is_null());
                let texts = items.filter_map(|item| mistakes.text(item).map(str::to_owned)).collect();
                quality.missing_values = texts;
            }
        }
        "duplicateValues" => {
            if let Some(node) = given(arguments, "properties") {
                let items = mistakes.list(node, "a list of properties");
                let names = items.iter().filter_map(|item| mistakes.text(item).map(str::to_owned)).collect();
                quality.properties = Some(names);
            }
        }
        _ => {}
    }
}

/// The one operator; a rule of ODCS 3.0 may have none, which allows no offender.
pub(super) fn operator(
    node: &Node,
    entries: &[(Key, Node)],
    old: bool,
    mistakes: &mut Mistakes,
) -> Option<Operator> {
    let mut given = entries.iter().filter(|(key, _)| OPERATORS.contains(&key.text.as_str()));
    let Some((key, value)) = given.next() else {
        if !old {
            mistakes.add(node.place, "the quality rule has no operator such as \"mustBe\"");
        }
        return None;
    };
    if let Some((second, _)) = given.next() {
        mistakes.add(second.place, format!("a second operator beside {:?}", key.text));
    }
    let (word, found) = (key.text.as_str(), value);
    if word.ends_with("Between") {
        let Content::List(ends) = &found.content else {
            mistakes.expected(found, "a list of two numbers");
            return None;
        };
        let [low, high] = ends.as_slice() else {
            mistakes.add(found.place, format!("expected a list of two numbers, found {}", ends.len()));
            return None;
        };
        let (low, high) = (mistakes.number(low)?, mistakes.number(high)?);
        return Some(if word == "mustBeBetween" {
            Operator::Between(low, high)
        } else {
            Operator::NotBetween(low, high)
        });
    }
    let number = mistakes.number(found)?;
    Some(match word {
        "mustNotBe" => Operator::NotBe(number),
        "mustBeGreaterThan" => Operator::Greater(number),
        "mustBeGreaterOrEqualTo" => Operator::GreaterOrEqual(number),
        "mustBeLessThan" => Operator::Less(number),
        "mustBeLessOrEqualTo" => Operator::LessOrEqual(number),
        _ => Operator::Be(number),
    })
}
