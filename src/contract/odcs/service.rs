//! `slaProperties` → rules on the age of a column's values. What they say of services, not of files, is left alone.

use super::super::exact::Exact;
use super::super::mistakes::Mistakes;
use super::super::model::{Check, CheckKind, Property, SchemaObject};
use super::super::rules::age::{Age, unit};
use super::super::wording::{cut, near};
use super::super::yaml::{Content, Key, Node};
use super::{given, optional_text};

/// The levels of ODCS and its examples, and their short forms.
const LEVELS: [&str; 14] = [
    "availability",
    "throughput",
    "errorRate",
    "generalAvailability",
    "endOfSupport",
    "endOfLife",
    "retention",
    "frequency",
    "latency",
    "timeOfAvailability",
    "timeToDetect",
    "timeToNotify",
    "timeToRepair",
    "freshness",
];
const SHORT: [&str; 12] = ["av", "th", "er", "ga", "es", "el", "re", "fy", "ly", "td", "tn", "tr"];

/// Reads the list into the rules of the columns that it names.
pub(super) fn read(node: &Node, objects: &mut [SchemaObject], mistakes: &mut Mistakes) {
    let items = mistakes.list(node, "a list of service levels");
    let other =
        items.iter().filter_map(word).find(|it| ["freshness", "frequency", "fy"].contains(&it.as_str()));
    for item in items {
        let entries = mistakes.map(item, "a service level");
        let property = optional_text(entries, "property", mistakes).unwrap_or_default();
        let newest = match property.to_ascii_lowercase().as_str() {
            "freshness" | "latency" | "ly" => true,
            "retention" | "re" => false,
            _ => {
                other_level(entries, &property, objects, mistakes);
                continue;
            }
        };
        let id = if newest { "freshness" } else { "retention" };
        let value = given(entries, "value").and_then(Node::number);
        let word = optional_text(entries, "unit", mistakes).unwrap_or_else(|| "d".to_owned());
        let elements = optional_text(entries, "element", mistakes);
        if ["latency", "ly"].contains(&property.to_ascii_lowercase().as_str()) {
            let is_between = elements.as_ref().is_some_and(|it| it.contains(','));
            let reason = match &other {
                _ if is_between => "a latency between two columns is no age of the newest value".to_owned(),
                Some(other) => {
                    format!("beside a {other} the latency is no bound on the age of the newest value")
                }
                None => String::new(),
            };
            if !reason.is_empty() {
                add_to_all(objects, id, &property, &reason);
                continue;
            }
        }
        let duration = optional_text(entries, "value", mistakes).and_then(|text| duration(&text));
        let (value, word) = match duration {
            Some((value, word)) => (Some(value), word.to_owned()),
            None => (value, word),
        };
        let (Some(value), Some(nanoseconds)) = (value, unit(&word)) else {
            let reason = format!("the {property} is no number of seconds, minutes, hours, days or years");
            add_to_all(objects, id, &property, &reason);
            continue;
        };
        let Some(elements) = elements else {
            add_to_all(objects, id, &property, "it names no element, so no column");
            continue;
        };
        let most = (value.nearest() * nanoseconds as f64) as i128;
        let rule = Age { newest, most, words: format!("{} {word}", value.text()) };
        for element in elements.split(',').map(str::trim) {
            if !add(objects, element, &rule) {
                let reason = format!("the element {element:?} is no property of the schema");
                add_to_all(objects, id, &property, &reason);
            }
        }
    }
}

/// A level that no file tells of: one that is known is left alone, a typing error is a mistake, any other is told.
fn other_level(
    entries: &[(Key, Node)],
    property: &str,
    objects: &mut [SchemaObject],
    mistakes: &mut Mistakes,
) {
    let plain: String = property.chars().filter(|c| c.is_alphanumeric()).collect();
    let is_known = LEVELS.iter().chain(&SHORT).any(|it| it.eq_ignore_ascii_case(&plain));
    let Some(node) = given(entries, "property").filter(|_| !is_known && !plain.is_empty()) else { return };
    match near(&plain, LEVELS) {
        Some(_) => mistakes.unknown(node.place, "service level", property, &LEVELS),
        None => add_to_all(
            objects,
            "service-level",
            &cut(property),
            "what this service level says of a file is not known",
        ),
    }
}

/// What a service level is about.
fn word(item: &Node) -> Option<String> {
    let Content::Map(entries) = &item.content else { return None };
    Some(given(entries, "property")?.scalar()?.text.to_ascii_lowercase())
}

/// A duration of ISO 8601 with one part: `P1Y`, `PT48H`.
fn duration(text: &str) -> Option<(Exact, &'static str)> {
    let rest = text.trim().strip_prefix(['P', 'p'])?;
    let (rest, is_time) = rest.strip_prefix(['T', 't']).map_or((rest, false), |rest| (rest, true));
    let digits = rest.get(..rest.len().checked_sub(1)?)?;
    let word = match (rest.chars().last()?.to_ascii_uppercase(), is_time) {
        ('Y', false) => "y",
        ('M', false) => "mo",
        ('W', false) => "w",
        ('D', false) => "d",
        ('H', true) => "h",
        ('M', true) => "min",
        ('S', true) => "s",
        _ => return None,
    };
    digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| Exact::parse(digits))?.map(|value| (value, word))
}

fn add_to_all(objects: &mut [SchemaObject], id: &'static str, expected: &str, reason: &str) {
    for object in objects {
        object.checks.push(Check::not_run(id, expected, reason));
    }
}

/// Adds the rule to a column, by its name alone or behind that of its table; whether there is one.
fn add(objects: &mut [SchemaObject], element: &str, rule: &Age) -> bool {
    let mut found = false;
    for object in objects {
        let tables = [Some(object.name.as_str()), object.physical_name.as_deref()];
        let own =
            tables.into_iter().flatten().find_map(|table| element.strip_prefix(table)?.strip_prefix('.'));
        let names = [own, Some(element)];
        let is_named = |it: &Property| {
            names.contains(&Some(it.name.as_str()))
                || it.physical_name.as_deref().is_some_and(|name| names.contains(&Some(name)))
        };
        let property = object.properties.iter_mut().find(|it| is_named(it));
        if let Some(property) = property {
            property.checks.push(Check::strict(CheckKind::Profile(Box::new(rule.clone()))));
            crate::order::sort_by_key(&mut property.checks, Check::rank);
            found = true;
        }
    }
    found
}
