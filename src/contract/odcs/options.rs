//! `logicalTypeOptions` and `enum` of a property → rules on its values.

use super::super::exact::Exact;
use super::super::formats;
use super::super::mistakes::Mistakes;
use super::super::model::{Check, CheckKind, LogicalType, Property};
use super::super::rules::ValueRule;
use super::super::rules::allowed_values::AllowedValues;
use super::super::rules::format::HasFormat;
use super::super::rules::length::Length;
use super::super::rules::multiple_of::MultipleOf;
use super::super::rules::pattern::Pattern;
use super::super::rules::range::{Bound, Range};
use super::super::scalar::{Scalar, ScalarKind};
use super::super::wording::{cut, near, quoted};
use super::super::yaml::{Content, Key, Node};
use super::{dates, get, given};

const STRING: [&str; 5] = ["minLength", "maxLength", "pattern", "format", "enum"];
const NUMBER: [&str; 7] =
    ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "format", "enum"];
const TEMPORAL: [&str; 8] = [
    "format",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "timezone",
    "defaultTimezone",
    "enum",
];
const ARRAY: [&str; 3] = ["minItems", "maxItems", "uniqueItems"];
const OBJECT: [&str; 3] = ["minProperties", "maxProperties", "required"];
const VECTOR: [&str; 7] = [
    "dimensions",
    "elementType",
    "distanceMetric",
    "normalized",
    "embeddingModel",
    "embeddingModelVersion",
    "format",
];
/// Formats of ODCS that say nothing about the text.
const FREE_FORMATS: [&str; 2] = ["binary", "password"];
const NUMBER_FORMATS: [&str; 12] =
    ["i8", "i16", "i32", "i64", "i128", "u8", "u16", "u32", "u64", "u128", "f32", "f64"];

/// Reads `logicalTypeOptions`.
pub(super) fn read(node: &Node, property: &mut Property, mistakes: &mut Mistakes) {
    let entries = mistakes.map(node, "a mapping of options");
    check_names(entries, property.logical, mistakes);
    if let Some(node) = given(entries, "pattern") {
        property.checks.extend(pattern(node, mistakes));
    }
    bounds(entries, property, mistakes);
    format(entries, property, mistakes);
    if let (Some(node), Some(LogicalType::Timestamp { zoned })) =
        (given(entries, "timezone"), &mut property.logical)
    {
        *zoned = mistakes.boolean(node).unwrap_or(false);
    }
    for word in ARRAY.iter().chain(&OBJECT).chain(&VECTOR[..1]) {
        if let Some(node) = given(entries, word) {
            let reason = format!("{word} is not supported");
            property.checks.push(Check::not_run("items", format!("{word} {}", node.found()), reason));
        }
    }
}

/// Bounds of length and value, multiples and lists of values: the words that ODCS, Table Schema and JSON Schema share.
pub(in crate::contract) fn bounds(entries: &[(Key, Node)], property: &mut Property, mistakes: &mut Mistakes) {
    length(entries, property, mistakes);
    range(entries, property, mistakes);
    if let Some(node) = given(entries, "enum") {
        property.checks.extend(allowed_values(node, mistakes));
    }
    if let Some(node) = given(entries, "multipleOf") {
        property.checks.extend(multiple_of(node, mistakes));
    }
}

/// The one rule on values that a mapping of bounds is: of length, range or multiples.
pub(super) fn value_rule(entries: &[(Key, Node)], mistakes: &mut Mistakes) -> Option<Box<dyn ValueRule>> {
    let mut property = Property::named("");
    bounds(entries, &mut property, mistakes);
    property.checks.into_iter().find_map(|check| match check.kind {
        CheckKind::Values(rule) => Some(rule),
        _ => None,
    })
}

/// Notes options that are not known, or that belong to another type.
fn check_names(entries: &[(Key, Node)], logical: Option<LogicalType>, mistakes: &mut Mistakes) {
    let words: &[&str] = match logical {
        Some(LogicalType::String) => &STRING,
        Some(LogicalType::Number | LogicalType::Integer) => &NUMBER,
        Some(LogicalType::Date | LogicalType::Timestamp { .. } | LogicalType::Time) => &TEMPORAL,
        Some(LogicalType::Array) => &ARRAY,
        Some(LogicalType::Object | LogicalType::Map) => &OBJECT,
        Some(LogicalType::Vector) => &VECTOR,
        Some(LogicalType::Boolean) => &["enum"],
        None => &[],
    };
    let all: Vec<&str> = [&STRING[..], &NUMBER, &TEMPORAL, &ARRAY, &OBJECT, &VECTOR].concat();
    for (key, _) in entries {
        let word = key.text.as_str();
        match logical {
            Some(ty) if !words.contains(&word) && all.contains(&word) => {
                mistakes.add(key.place, format!("{word:?} is no option of logicalType {}", ty.id()));
            }
            Some(_) => known_one(key, words, mistakes),
            None => known_one(key, &all, mistakes),
        }
    }
}

fn known_one(key: &Key, words: &[&str], mistakes: &mut Mistakes) {
    if !words.contains(&key.text.as_str()) {
        mistakes.unknown(key.place, "option", &key.text, words);
    }
}

fn length(entries: &[(Key, Node)], property: &mut Property, mistakes: &mut Mistakes) {
    let mut bound = |word| given(entries, word).and_then(|node| Some((node, mistakes.natural(node)?)));
    let (least, most) = (bound("minLength"), bound("maxLength"));
    if let (Some((_, least)), Some((node, most))) = (least, most)
        && most < least
    {
        mistakes.add(node.place, format!("maxLength {most} is below minLength {least}"));
    }
    if least.is_some() || most.is_some() {
        let rule = Length { least: least.map(|(_, n)| n), most: most.map(|(_, n)| n) };
        property.checks.push(Check::strict(CheckKind::Values(Box::new(rule))));
    }
}

/// A pattern as a rule.
pub(in crate::contract) fn pattern(node: &Node, mistakes: &mut Mistakes) -> Option<Check> {
    match Pattern::new(mistakes.text(node)?) {
        Ok(pattern) => Some(Check::strict(CheckKind::Values(Box::new(pattern)))),
        Err(message) => {
            mistakes.add(node.place, message);
            None
        }
    }
}

fn multiple_of(node: &Node, mistakes: &mut Mistakes) -> Option<Check> {
    let number = node.number().filter(|it| it.canonical().0 > 0);
    if number.is_none() {
        mistakes.expected(node, "a number above 0");
    }
    number.map(|step| Check::strict(CheckKind::Values(Box::new(MultipleOf(step)))))
}

/// A list of values, plain or objects with a `value`, as a rule.
pub(super) fn allowed_values(node: &Node, mistakes: &mut Mistakes) -> Option<Check> {
    let mut values = Vec::new();
    let items = mistakes.list(node, "a list of values");
    for item in items {
        let scalar = match &item.content {
            Content::Map(entries) => match get(entries, "value") {
                Some(value) => value,
                None => {
                    mistakes.add(item.place, "the allowed value has no \"value\"");
                    continue;
                }
            },
            _ => item,
        };
        // Null in the list says nothing: missing cells are not looked at.
        if let Some(text) = if scalar.is_null() { None } else { mistakes.text(scalar) } {
            values.push(text.to_owned());
        }
    }
    if items.is_empty() {
        if matches!(node.content, Content::List(_)) {
            mistakes.add(node.place, "the list of allowed values is empty");
        }
        return None;
    }
    Some(Check::strict(CheckKind::Values(Box::new(AllowedValues::of(values)))))
}

fn range(entries: &[(Key, Node)], property: &mut Property, mistakes: &mut Mistakes) {
    // A date bound may be written as the column's own dates are.
    let format = given(entries, "format").and_then(Node::scalar).map(|scalar| scalar.text.as_str());
    let own = |node: &Node| dates::bound(&node.scalar()?.text, format?, property.logical?);
    let foreign = format.is_some_and(|format| !format.starts_with("yyyy-MM-dd"));
    let is_read =
        format.zip(property.logical).is_some_and(|(format, logical)| dates::is_read(format, logical));
    let mut unread = false;
    let mut end = |word: &str, exclusive: &str| {
        let mut strict = false;
        let mut node = given(entries, word);
        if let Some(other) = given(entries, exclusive) {
            match other.scalar() {
                Some(Scalar { kind: ScalarKind::Boolean(value), .. }) => strict = *value,
                _ if node.is_none() => (node, strict) = (Some(other), true),
                // Of two bounds the one counts that leaves less.
                _ => {
                    let bounds = (
                        bound(other, property.logical).ok(),
                        node.and_then(|it| bound(it, property.logical).ok()),
                    );
                    if let (Some(mine), Some(inclusive)) = bounds {
                        let ends = if word == "minimum" { (&inclusive, &mine) } else { (&mine, &inclusive) };
                        if !crossed(ends.0, ends.1) {
                            (node, strict) = (Some(other), true);
                        }
                    }
                }
            }
        }
        let node = node?;
        match bound(node, property.logical).or_else(|expected| own(node).ok_or(expected)) {
            Ok(bound) => Some((bound, strict, node)),
            Err(expected) => {
                if foreign && expected != A_NUMBER && !is_read {
                    unread = true
                } else {
                    mistakes.expected(node, expected)
                }
                None
            }
        }
    };
    let low = end("minimum", "exclusiveMinimum");
    let high = end("maximum", "exclusiveMaximum");
    if let (Some((low, _, _)), Some((high, _, node))) = (&low, &high)
        && crossed(low, high)
    {
        mistakes.add(node.place, format!("the maximum {} is below the minimum", node.found()));
    }
    if unread {
        let reason = "bounds in a date format that is not supported; write them as yyyy-MM-dd";
        property.checks.push(Check::not_run("range", "dates within bounds", reason));
    }
    let side = |end: Option<(Bound, bool, &Node)>| end.map(|(bound, strict, _)| (bound, strict));
    let rule = Range { low: side(low), high: side(high) };
    if rule.low.is_some() || rule.high.is_some() {
        property.checks.push(Check::strict(CheckKind::Values(Box::new(rule))));
    }
}

const A_NUMBER: &str = "a number";

fn bound(node: &Node, logical: Option<LogicalType>) -> Result<Bound, &'static str> {
    let scalar = node.scalar();
    let number = || node.number().map(Bound::Number);
    let temporal = || scalar.and_then(|scalar| Bound::temporal(&scalar.text));
    match logical {
        Some(LogicalType::Date | LogicalType::Timestamp { .. }) => {
            temporal().filter(|b| matches!(b, Bound::Moment(..))).ok_or("a date such as 2024-01-31")
        }
        Some(LogicalType::Time) => {
            temporal().filter(|b| matches!(b, Bound::Time(..))).ok_or("a time such as 09:30:00")
        }
        Some(_) => number().ok_or(A_NUMBER),
        None => number().or_else(temporal).ok_or("a number, date or time"),
    }
}

fn crossed(low: &Bound, high: &Bound) -> bool {
    match (low, high) {
        (Bound::Number(low), Bound::Number(high)) => {
            let (unscaled, scale) = high.canonical();
            low.order_decimal(unscaled, scale).is_lt()
        }
        (Bound::Moment(low, _), Bound::Moment(high, _)) => high < low,
        (Bound::Time(low, _), Bound::Time(high, _)) => high < low,
        _ => false,
    }
}

fn format(entries: &[(Key, Node)], property: &mut Property, mistakes: &mut Mistakes) {
    let Some(node) = given(entries, "format") else { return };
    let Some(text) = mistakes.text(node) else { return };
    match property.logical {
        Some(LogicalType::Date | LogicalType::Timestamp { .. } | LogicalType::Time) => {
            // ODCS 3.0 had no timestamps: a date with hours in its format was one.
            if property.logical == Some(LogicalType::Date) && has_hours(text) {
                property.logical = Some(LogicalType::Timestamp { zoned: false });
            }
            property.format = Some(text.to_owned());
        }
        Some(LogicalType::Number | LogicalType::Integer) => number_format(text, node, property, mistakes),
        Some(LogicalType::String) => {
            if let Some(format) = formats::named(text) {
                property.checks.push(Check::strict(CheckKind::Values(Box::new(HasFormat(format)))));
            } else if FREE_FORMATS.contains(&text) {
                let reason = format!("of the format {} there is nothing to check", quoted(text));
                property.checks.push(Check::not_run("format", text, reason));
            } else {
                let words = [&formats::names()[..], &FREE_FORMATS].concat();
                if near(text, words.iter().copied()).is_some() {
                    mistakes.unknown(node.place, "format of a string", text, &words);
                } else {
                    let reason = format!("the format {} is not known", quoted(text));
                    property.checks.push(Check::not_run("format", cut(text), reason));
                }
            }
        }
        _ => {}
    }
}

/// Whether a pattern in JDK letters has hours, outside quotes.
fn has_hours(format: &str) -> bool {
    format.split('\'').step_by(2).any(|part| part.contains(['H', 'h', 'K', 'k']))
}

fn number_format(text: &str, node: &Node, property: &mut Property, mistakes: &mut Mistakes) {
    let bits = text.get(1..).and_then(|bits| bits.parse::<u32>().ok());
    let (Some(bits), true) = (bits, NUMBER_FORMATS.contains(&text)) else {
        mistakes.unknown(node.place, "format of a number", text, &NUMBER_FORMATS);
        return;
    };
    let whole = |value: i128| Some((Bound::Number(Exact::integer(value)), false));
    let rule = match &text[..1] {
        "i" if bits < 128 => Range { low: whole(-(1 << (bits - 1))), high: whole((1 << (bits - 1)) - 1) },
        "u" if bits < 128 => Range { low: whole(0), high: whole((1 << bits) - 1) },
        "u" => Range { low: whole(0), high: None },
        // The largest float of 32 bits.
        "f" if bits == 32 => {
            let end = |text| Exact::parse(text).map(|it| (Bound::Number(it), false));
            Range { low: end("-3.4028234663852886e38"), high: end("3.4028234663852886e38") }
        }
        // What is wider than any number that is read leaves nothing to check.
        _ => return,
    };
    property.checks.push(Check::strict(CheckKind::Values(Box::new(rule))));
}
