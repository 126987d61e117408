//! A field of a Table Schema → a property with its rules.

use crate::cell::{Type, Value};
use crate::cell::{strptime, temporal};

use super::super::exact::Exact;
use super::super::mistakes::Mistakes;
use super::super::model::{Check, CheckKind, LogicalType, Property};
use super::super::moment::DAY;
use super::super::rules::ValueRule;
use super::super::rules::allowed_values::AllowedValues;
use super::super::rules::length::Length;
use super::super::rules::pattern::Pattern;
use super::super::rules::range::{Bound, Range};
use super::super::rules::{required, r#type};
use super::super::scalar::ScalarKind;
use super::super::wording::quoted;
use super::super::yaml::{Key, Node, get};
use super::reader::{Point, Reader, Stamp, text_format};
use super::rules::{Items, OneOf, Reads, Typed};
use super::{given, texts, words};

const TYPES: [&str; 17] = [
    "string",
    "number",
    "integer",
    "boolean",
    "object",
    "array",
    "list",
    "date",
    "time",
    "datetime",
    "year",
    "yearmonth",
    "duration",
    "geopoint",
    "geojson",
    "any",
    "default",
];
const CONSTRAINTS: [&str; 11] = [
    "required",
    "unique",
    "minLength",
    "maxLength",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "pattern",
    "enum",
    "jsonSchema",
];
/// The empty cell among the usual spellings of missing.
const EMPTY: u32 = 1;
/// Not a number, in the spellings that a column of numbers may have: a value to frictionless, no value to us.
const NAN: u32 = 1 << 8 | 1 << 9 | 1 << 19 | 1 << 20;

/// Reads a field; `missing` are the schema's own spellings of missing.
pub(super) fn read(node: &Node, missing: &[String], mistakes: &mut Mistakes) -> Property {
    let entries = mistakes.map(node, "a field");
    let mut property = Property::default();
    match get(entries, "name") {
        Some(name) => property.name = mistakes.text(name).unwrap_or_default().to_owned(),
        None if entries.is_empty() => {}
        None => mistakes.add(node.place, "the field has no \"name\""),
    }
    for (key, _) in entries {
        if key.text == "required" || key.text == "unique" {
            mistakes.add(key.place, format!("{:?} belongs into the constraints of the field", key.text));
        }
    }
    let word = given(entries, "type").and_then(|node| mistakes.text(node)).unwrap_or("string");
    let format = given(entries, "format").and_then(|node| mistakes.text(node)).unwrap_or("default");
    let note = format!("type is \"{word}/{format}\"");
    let format = format.strip_prefix("fmt:").unwrap_or(format);
    let notes = vec![(r#type::ID, String::new(), note)];
    let mut field = Field { word, format, entries, checks: Vec::new(), notes };
    let Some(mut reader) = field.reader(mistakes) else {
        if let Some(node) = given(entries, "type") {
            mistakes.unknown(node.place, "type of a field", word, &TYPES);
        }
        return property;
    };
    let constraints = given(entries, "constraints").map_or(&[][..], |it| mistakes.map(it, "constraints"));
    // What anything is, is left to be found out; unless cells are compared with each other as they are written.
    let is_compared = ["unique", "enum"].iter().any(|word| given(constraints, word).is_some());
    if is_compared && matches!(reader, Reader::Any) {
        reader = Reader::Text(None);
    }
    match reader.native() {
        Some((logical, format)) => {
            (property.logical, property.format) = (Some(logical), format.map(str::to_owned));
            field.checks.push(Check::strict(CheckKind::Type));
        }
        None if matches!(reader, Reader::Any) => {}
        None => {
            property.logical = Some(LogicalType::String);
            let word = if field.format == "default" { word.to_owned() } else { format!("{word} ({format})") };
            field.add(Reads { reader: reader.clone(), word });
        }
    }
    field.constraints(constraints, &reader, mistakes);
    field.not_run();
    property.missing_values = match given(entries, "missingValues") {
        Some(node) => texts(node, mistakes),
        None => missing.to_vec(),
    };
    let has_empty = property.missing_values.iter().any(String::is_empty);
    // Without bare numbers there are no digits in it, so that it is no number at all.
    let is_number = matches!(reader, Reader::Number { bare: true, .. });
    property.usual_missing = Some(if has_empty { EMPTY } else { 0 } | if is_number { NAN } else { 0 });
    (property.checks, property.notes) = (field.checks, field.notes);
    property
}

struct Field<'a> {
    word: &'a str,
    format: &'a str,
    entries: &'a [(Key, Node)],
    checks: Vec<Check>,
    /// What frictionless says of a breach of each.
    notes: Vec<(&'static str, String, String)>,
}

impl Field<'_> {
    fn add(&mut self, rule: impl ValueRule + 'static) {
        self.checks.push(Check::strict(CheckKind::Values(Box::new(rule))));
    }

    /// How its cells are read; `None` for a type that is not known.
    fn reader(&mut self, mistakes: &mut Mistakes) -> Option<Reader> {
        let text = |word: &str, usual: &str, mistakes: &mut Mistakes| {
            let node = given(self.entries, word).filter(|node| node.scalar().is_some());
            node.and_then(|node| mistakes.text(node)).unwrap_or(usual).to_owned()
        };
        let bare = given(self.entries, "bareNumber").is_none_or(|it| mistakes.boolean(it).unwrap_or(true));
        let words = |word: &str, usual: [&str; 4], mistakes: &mut Mistakes| match given(self.entries, word) {
            Some(node) => texts(node, mistakes),
            None => usual.map(str::to_owned).to_vec(),
        };
        Some(match self.word {
            "string" => self.text(),
            "integer" => Reader::Integer { bare },
            "number" => Reader::Number {
                bare,
                decimal: text("decimalChar", ".", mistakes),
                group: text("groupChar", "", mistakes),
            },
            "boolean" => Reader::Boolean(
                words("trueValues", ["true", "True", "TRUE", "1"], mistakes),
                words("falseValues", ["false", "False", "FALSE", "0"], mistakes),
            ),
            "date" => self.stamped(Reader::Date),
            "time" => self.stamped(Reader::Time),
            "datetime" => self.stamped(Reader::Datetime),
            "year" => Reader::Year,
            "yearmonth" => Reader::YearMonth,
            "duration" => Reader::Duration,
            "geopoint" => Reader::Geopoint(match self.format {
                "array" => Point::Array,
                "object" => Point::Object,
                _ => Point::Default,
            }),
            "object" | "geojson" => Reader::Object,
            "array" => Reader::Array,
            "list" => {
                let delimiter = text("delimiter", ",", mistakes);
                let word = text("itemType", "string", mistakes);
                let mut item = Field {
                    word: &word,
                    format: "default",
                    entries: &[],
                    checks: Vec::new(),
                    notes: Vec::new(),
                };
                let reader = item.reader(mistakes);
                let is_plain = reader.as_ref().is_some_and(|it| !matches!(it, Reader::List(..)));
                match reader.filter(|_| is_plain && !delimiter.is_empty()) {
                    Some(reader) => Reader::List(delimiter, Box::new(reader)),
                    None => {
                        self.missed("items", "itemType", "the items or their delimiter are not known");
                        Reader::Any
                    }
                }
            }
            "any" | "default" => Reader::Any,
            _ => return None,
        })
    }

    fn text(&mut self) -> Reader {
        let format = text_format(self.format);
        if format.is_none() && self.format != "default" {
            self.missed(
                "format",
                self.format,
                &format!("the format {} is not supported", quoted(self.format)),
            );
        }
        Reader::Text(format)
    }

    fn stamped(&mut self, of: fn(Stamp) -> Reader) -> Reader {
        match self.format {
            "default" => of(Stamp::Default),
            "any" => of(Stamp::Any),
            pattern => match strptime::unread(pattern) {
                None => of(Stamp::Pattern(pattern.to_owned())),
                Some(directive) => {
                    let reason = format!("{directive} of the format {} is not supported", quoted(pattern));
                    self.missed("type", pattern, &reason);
                    Reader::Text(None)
                }
            },
        }
    }

    /// Notes something that is agreed and not checked.
    fn missed(&mut self, rule: &'static str, expected: &str, reason: &str) {
        self.checks.push(Check::not_run(rule, expected, reason));
    }

    /// Notes what stands beside the constraints and is not checked.
    fn not_run(&mut self) {
        for (word, rule, reason) in [
            ("arrayItem", "items", "rules on the items of a list are not supported"),
            ("categories", "allowed-values", "categories are not supported; an enum is"),
        ] {
            if given(self.entries, word).is_some() {
                self.missed(rule, word, reason);
            }
        }
        if self.word == "geojson" {
            self.missed("format", "geojson", "that an object is GeoJSON is not supported");
        }
    }

    fn constraints(&mut self, entries: &[(Key, Node)], reader: &Reader, mistakes: &mut Mistakes) {
        let mut suiting = Vec::new();
        for (key, node) in entries {
            let word = key.text.as_str();
            if !CONSTRAINTS.contains(&word) {
                mistakes.unknown(key.place, "constraint", word, &CONSTRAINTS);
            } else if !suits(word, reader, self.word) {
                let reason = format!("fields of type {} have no {word}", self.word);
                self.missed("constraint", word, &reason);
            } else if !node.is_null() {
                suiting.push((word, node));
            }
        }
        for (word, kind) in [("required", CheckKind::Required), ("unique", CheckKind::Unique)] {
            let Some(node) = of(&suiting, word) else { continue };
            if mistakes.boolean(node).unwrap_or(false) {
                if word == "required" {
                    self.notes.push((required::ID, required::EXPECTED.to_owned(), words::note(word, node)));
                }
                self.checks.push(Check::strict(kind));
            }
        }
        self.lengths(&suiting, reader, mistakes);
        self.ranges(&suiting, reader);
        if let Some((node, text)) =
            of(&suiting, "pattern").and_then(|node| Some((node, mistakes.text(node)?)))
        {
            match Pattern::whole(text) {
                Ok(pattern) => self.typed(pattern, reader, ("pattern", node)),
                Err(message) => mistakes.add(node.place, message),
            }
        }
        if let Some(node) = of(&suiting, "enum") {
            self.allowed(node, reader, mistakes);
        }
        if of(&suiting, "jsonSchema").is_some() {
            self.missed("format", "jsonSchema", "a JSON Schema for the cells of a column is not supported");
        }
    }

    /// Characters of texts, items of what holds items.
    fn lengths(&mut self, entries: &[(&str, &Node)], reader: &Reader, mistakes: &mut Mistakes) {
        for word in ["minLength", "maxLength"] {
            let Some(node) = of(entries, word) else { continue };
            let Some(count) = mistakes.natural(node) else { continue };
            let bounds = match word {
                "minLength" => Length { least: Some(count), most: None },
                _ => Length { least: None, most: Some(count) },
            };
            match reader {
                Reader::Text(_) => self.typed(bounds, reader, (word, node)),
                _ => self.noted(Items { reader: reader.clone(), bounds }, (word, node)),
            }
        }
    }

    fn ranges(&mut self, entries: &[(&str, &Node)], reader: &Reader) {
        for word in ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"] {
            let Some(node) = of(entries, word) else { continue };
            let Some(bound) = bound(node, reader) else {
                let text = node.scalar().map_or_else(|| node.found(), |scalar| quoted(&scalar.text));
                self.missed("range", word, &format!("the {word} {text} is none of the field's own type"));
                continue;
            };
            let end = Some((bound, word.starts_with("exclusive")));
            let range = match word {
                "minimum" | "exclusiveMinimum" => Range { low: end, high: None },
                _ => Range { low: None, high: end },
            };
            self.typed(range, reader, (word, node));
        }
    }

    /// Adds a rule on the values of the cells.
    fn typed(&mut self, rule: impl ValueRule + 'static, reader: &Reader, of: (&str, &Node)) {
        if reader.native().is_some() {
            self.noted(rule, of);
        } else {
            self.noted(Typed { reader: reader.clone(), rule }, of);
        }
    }

    /// Adds the rule of a constraint, with what frictionless says of its breach.
    fn noted(&mut self, rule: impl ValueRule + 'static, (constraint, node): (&str, &Node)) {
        self.notes.push((rule.id(), rule.expected(), words::note(constraint, node)));
        self.add(rule);
    }

    fn allowed(&mut self, node: &Node, reader: &Reader, mistakes: &mut Mistakes) {
        let mut values = Vec::new();
        for item in mistakes.list(node, "a list of values") {
            let Some(scalar) = item.scalar() else {
                self.missed("allowed-values", "enum", "values that are lists or objects are not supported");
                return;
            };
            match (scalar.kind, reader) {
                (ScalarKind::Null, _) => {}
                (ScalarKind::Boolean(value), Reader::Boolean(yes, no)) => {
                    values.extend(if value { yes.first() } else { no.first() }.cloned());
                }
                // A number of the schema's own, which has no decimal comma.
                (ScalarKind::Integer | ScalarKind::Float, Reader::Number { decimal, .. }) => {
                    values.push(scalar.text.replace('.', decimal));
                }
                _ => values.push(scalar.text.clone()),
            }
        }
        let mut suiting = Vec::new();
        for value in values {
            match as_value(reader, &value) {
                Some(value) => suiting.push(value),
                None => {
                    let reason =
                        format!("{} is none of the field's own type, so that no cell is it", quoted(&value));
                    self.missed("allowed-values", &value, &reason);
                }
            }
        }
        match reader.native() {
            None => self.noted(OneOf::new(reader.clone(), suiting), ("enum", node)),
            Some(_) => self.noted(AllowedValues::of(suiting), ("enum", node)),
        }
    }
}

/// The value of a constraint.
fn of<'a>(entries: &[(&str, &'a Node)], word: &str) -> Option<&'a Node> {
    entries.iter().find(|entry| entry.0 == word).map(|entry| entry.1)
}

/// A value of the schema as a column of the native type compares it, or as the reader reads it.
fn as_value(reader: &Reader, text: &str) -> Option<String> {
    let value = reader.read(text)?;
    if reader.native().is_none() {
        return Some(text.to_owned());
    }
    Some(match value {
        Value::Date(days) => temporal::show(days, Type::Date),
        Value::Integer(_) | Value::Float(_) => reader.plain(text)?.into_owned(),
        _ => text.to_owned(),
    })
}

/// Whether fields read so have the constraint.
fn suits(constraint: &str, reader: &Reader, word: &str) -> bool {
    match constraint {
        "required" | "unique" => true,
        "enum" => word != "list",
        "minLength" | "maxLength" => {
            matches!(reader, Reader::Text(_) | Reader::Array | Reader::Object | Reader::List(..))
                && word != "geojson"
        }
        "pattern" => word == "string",
        "jsonSchema" => matches!(reader, Reader::Array | Reader::Object),
        _ => !matches!(reader.target(), Type::Text | Type::Boolean),
    }
}

/// A bound as the field's own cells are written, or as a number of the schema.
fn bound(node: &Node, reader: &Reader) -> Option<Bound> {
    let text = &node.scalar()?.text;
    if matches!(reader, Reader::Integer { .. } | Reader::Number { .. })
        && let Some(number) = node.number()
    {
        return Some(Bound::Number(number));
    }
    Some(match reader.read(text)? {
        Value::Integer(_) | Value::Float(_) => Bound::Number(Exact::parse(&reader.plain(text)?)?),
        Value::Date(days) => Bound::Moment(i128::from(days) * DAY, text.clone()),
        Value::Timestamp(moment) => Bound::Moment(moment, text.clone()),
        Value::Time(time) => Bound::Time(time, text.clone()),
        _ => return None,
    })
}
