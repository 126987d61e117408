//! `slaProperties` → rules on the age of a column's values. What they say of services, not of files, is left alone.

use super::super::mistakes::Mistakes;
use super::super::model::{Check, CheckKind, SchemaObject};
use super::super::rules::age::{Age, unit};
use super::super::yaml::Node;
use super::{given, optional_text};

/// Reads the list into the rules of the columns that it names.
pub(super) fn read(node: &Node, objects: &mut [SchemaObject], mistakes: &mut Mistakes) {
    for item in mistakes.list(node, "a list of service levels") {
        let entries = mistakes.map(item, "a service level");
        let property = optional_text(entries, "property", mistakes).unwrap_or_default();
        let newest = match property.to_ascii_lowercase().as_str() {
            "freshness" | "latency" | "ly" => true,
            "retention" | "re" => false,
            _ => continue,
        };
        let id = if newest { "freshness" } else { "retention" };
        let value = given(entries, "value").and_then(Node::number);
        let word = optional_text(entries, "unit", mistakes).unwrap_or_else(|| "d".to_owned());
        let elements = optional_text(entries, "element", mistakes);
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
                mistakes.add(item.place, format!("the element {element:?} is no property of the schema"));
            }
        }
    }
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
        let own = element.strip_prefix(&object.name).and_then(|rest| rest.strip_prefix('.'));
        let names = [own, Some(element)];
        let property = object.properties.iter_mut().find(|it| names.contains(&Some(it.name.as_str())));
        if let Some(property) = property {
            property.checks.push(Check::strict(CheckKind::Profile(Box::new(rule.clone()))));
            crate::order::sort_by_key(&mut property.checks, Check::rank);
            found = true;
        }
    }
    found
}
