//! A schema as it is written → one whose keywords are of the right kinds, with its patterns compiled and its references followed.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::super::rules::ValueRule;
use super::super::rules::pattern::Pattern;
use super::super::wording::quoted;
use super::{Draft, ValueSchema};

/// The deepest nesting of a schema.
const NESTING: usize = 100;

const ONE: [&str; 8] =
    ["not", "if", "then", "else", "additionalProperties", "additionalItems", "contains", "propertyNames"];
const LISTS: [&str; 4] = ["allOf", "anyOf", "oneOf", "prefixItems"];
const NAMED: [&str; 5] = ["properties", "patternProperties", "dependentSchemas", "$defs", "definitions"];
const COUNTS: [&str; 8] = [
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "minProperties",
    "maxProperties",
    "minContains",
    "maxContains",
];
const TYPES: [&str; 7] = ["null", "boolean", "object", "array", "number", "string", "integer"];

pub(super) fn compile(root: Value) -> Result<ValueSchema, String> {
    let draft = draft(&root)?;
    let mut compiling =
        Compiling { draft, patterns: BTreeMap::new(), references: Vec::new(), names: BTreeMap::new() };
    compiling.schema(&root, "", 0)?;
    let Compiling { patterns, references, names, .. } = compiling;
    let mut targets = BTreeMap::new();
    for reference in references {
        let pointer = pointer(&reference, &names);
        let found = pointer
            .filter(|pointer| matches!(root.pointer(pointer), Some(Value::Object(_) | Value::Bool(_))));
        let found = found.ok_or_else(|| format!("{} does not lead to a schema in it", quoted(&reference)))?;
        targets.insert(reference, found);
    }
    Ok(ValueSchema { root, draft, patterns, targets })
}

fn draft(root: &Value) -> Result<Draft, String> {
    let Some(name) = root.get("$schema").and_then(Value::as_str) else { return Ok(Draft::D2020) };
    for (part, draft) in
        [("draft-04", Draft::D4), ("draft-06", Draft::D6), ("draft-07", Draft::D7), ("2019-09", Draft::D2019)]
    {
        if name.contains(part) {
            return Ok(draft);
        }
    }
    if name.contains("draft-03") { Err("draft 3 is not supported".to_owned()) } else { Ok(Draft::D2020) }
}

/// Where a reference leads: `#`, `#/pointer`, `#name` or an `$id` of the document.
fn pointer(reference: &str, names: &BTreeMap<String, String>) -> Option<String> {
    let (document, fragment) = reference.split_once('#').unwrap_or((reference, ""));
    let base = if document.is_empty() { "" } else { names.get(document)? };
    let fragment = unescaped(fragment)?;
    if fragment.is_empty() || fragment.starts_with('/') {
        return Some(format!("{base}{fragment}"));
    }
    names.get(&format!("#{fragment}")).cloned()
}

/// A fragment without its percent signs.
fn unescaped(fragment: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(fragment.len());
    let mut rest = fragment.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
        let (high, low) = (digit(rest.next())?, digit(rest.next())?);
        bytes.push((high * 16 + low) as u8);
    }
    String::from_utf8(bytes).ok()
}

struct Compiling {
    draft: Draft,
    patterns: BTreeMap<String, Pattern>,
    references: Vec<String>,
    /// `$id`s, and anchors with their `#`, by where they are.
    names: BTreeMap<String, String>,
}

impl Compiling {
    fn schema(&mut self, schema: &Value, at: &str, depth: usize) -> Result<(), String> {
        if depth > NESTING {
            return Err(format!("it is nested deeper than {NESTING}"));
        }
        let entries = match schema {
            Value::Bool(_) => return Ok(()),
            Value::Object(entries) => entries,
            _ => {
                return Err(format!(
                    "there is no schema at {}",
                    quoted(if at.is_empty() { "/" } else { at })
                ));
            }
        };
        for (word, value) in entries {
            let at = format!("{at}/{}", word.replace('~', "~0").replace('/', "~1"));
            self.keyword(word, value, &at, depth).map_err(|reason| {
                reason.unwrap_or_else(|| format!("{} is not what a schema has", quoted(&at)))
            })?;
        }
        self.names(entries, at);
        Ok(())
    }

    fn names(&mut self, entries: &Map<String, Value>, at: &str) {
        let text = |word: &str| entries.get(word).and_then(Value::as_str);
        for id in ["$id", "id"].into_iter().filter_map(text) {
            let id = if id.starts_with('#') { id } else { id.trim_end_matches('#') };
            self.names.insert(id.to_owned(), at.to_owned());
        }
        for anchor in ["$anchor", "$dynamicAnchor"].into_iter().filter_map(text) {
            self.names.insert(format!("#{anchor}"), at.to_owned());
        }
    }

    /// Checks a keyword; the error is a reason, or that its value is of another kind.
    fn keyword(&mut self, word: &str, value: &Value, at: &str, depth: usize) -> Result<(), Option<String>> {
        let is = |holds: bool| if holds { Ok(()) } else { Err(None) };
        match word {
            "unevaluatedProperties" | "unevaluatedItems" if self.draft >= Draft::D2019 => {
                Err(Some(format!("{word} is not supported")))
            }
            "$ref" | "$dynamicRef" | "$recursiveRef" => {
                self.references.push(value.as_str().ok_or(None)?.to_owned());
                Ok(())
            }
            "type" => is(match value {
                Value::Array(types) => types.iter().all(is_type),
                one => is_type(one),
            }),
            "enum" => is(value.is_array()),
            "minimum" | "maximum" | "multipleOf" => is(value.is_number()),
            "exclusiveMinimum" | "exclusiveMaximum" if self.draft == Draft::D4 => is(value.is_boolean()),
            "exclusiveMinimum" | "exclusiveMaximum" => is(value.is_number()),
            "uniqueItems" => is(value.is_boolean()),
            "pattern" => self.pattern(value.as_str().ok_or(None)?).map_err(Some),
            "required" => is(is_texts(value)),
            "dependentRequired" => is(value.as_object().is_some_and(|it| it.values().all(is_texts))),
            "dependencies" if self.draft <= Draft::D7 => {
                for (name, value) in value.as_object().ok_or(None)? {
                    if !value.is_array() {
                        self.schema(value, &format!("{at}/{name}"), depth + 1).map_err(Some)?;
                    } else if !is_texts(value) {
                        return Err(None);
                    }
                }
                Ok(())
            }
            "items" if value.is_array() && self.draft <= Draft::D2019 => self.list(value, at, depth),
            "items" => self.schema(value, at, depth + 1).map_err(Some),
            _ if COUNTS.contains(&word) => {
                is(value.as_f64().is_some_and(|it| it >= 0.0 && it.fract() == 0.0))
            }
            _ if ONE.contains(&word) => self.schema(value, at, depth + 1).map_err(Some),
            _ if LISTS.contains(&word) => self.list(value, at, depth),
            _ if NAMED.contains(&word) => {
                for (name, schema) in value.as_object().ok_or(None)? {
                    if word == "patternProperties" {
                        self.pattern(name).map_err(Some)?;
                    }
                    let at = format!("{at}/{}", name.replace('~', "~0").replace('/', "~1"));
                    self.schema(schema, &at, depth + 1).map_err(Some)?;
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn list(&mut self, value: &Value, at: &str, depth: usize) -> Result<(), Option<String>> {
        for (i, schema) in value.as_array().ok_or(None)?.iter().enumerate() {
            self.schema(schema, &format!("{at}/{i}"), depth + 1).map_err(Some)?;
        }
        Ok(())
    }

    fn pattern(&mut self, text: &str) -> Result<(), String> {
        if self.patterns.contains_key(text) {
            return Ok(());
        }
        let pattern = Pattern::new(text)?;
        if pattern.gives_up().is_some() {
            return Err(format!(
                "look-around and back-references in {} are not supported here",
                quoted(text)
            ));
        }
        self.patterns.insert(text.to_owned(), pattern);
        Ok(())
    }
}

fn is_type(value: &Value) -> bool {
    value.as_str().is_some_and(|it| TYPES.contains(&it))
}

fn is_texts(value: &Value) -> bool {
    value.as_array().is_some_and(|it| it.iter().all(Value::is_string))
}
