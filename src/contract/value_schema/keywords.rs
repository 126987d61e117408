//! What the keywords of a schema say of a value.

use std::collections::BTreeSet;

use serde_json::{Map, Number, Value};

use super::{Draft, GaveUp, ValueSchema};

type Entries = Map<String, Value>;
type Verdict = Result<bool, GaveUp>;

/// One value that is held against a schema.
pub(super) struct Pass<'a> {
    pub(super) schema: &'a ValueSchema,
    /// Schemas that may still be applied.
    pub(super) steps: u32,
}

impl Pass<'_> {
    /// Whether a schema takes a value.
    pub(super) fn takes(&mut self, schema: &Value, value: &Value, depth: u32) -> Verdict {
        let depth = depth.checked_sub(1).ok_or(GaveUp)?;
        self.steps = self.steps.checked_sub(1).ok_or(GaveUp)?;
        let Value::Object(entries) = schema else { return Ok(schema.as_bool().unwrap_or(true)) };
        for word in ["$ref", "$dynamicRef", "$recursiveRef"] {
            let Some(reference) = entries.get(word).and_then(Value::as_str) else { continue };
            let all = self.schema;
            let target = all.targets.get(reference).and_then(|pointer| all.root.pointer(pointer));
            if let Some(target) = target
                && !self.takes(target, value, depth)?
            {
                return Ok(false);
            }
            // What stands beside it is ignored there.
            if self.schema.draft <= Draft::D7 {
                return Ok(true);
            }
        }
        let of_its_kind = match value {
            Value::Number(number) => numbers(entries, number),
            Value::String(text) => self.texts(entries, text),
            Value::Array(items) => self.items(entries, items, depth)?,
            Value::Object(object) => self.object(entries, (value, object), depth)?,
            Value::Null | Value::Bool(_) => true,
        };
        Ok(of_its_kind && self.is_one(entries, value) && self.combined(entries, value, depth)?)
    }

    fn is_one(&self, entries: &Entries, value: &Value) -> bool {
        let draft = self.schema.draft;
        let is_typed = match entries.get("type") {
            Some(Value::Array(types)) => types.iter().any(|it| is_of(value, it, draft)),
            Some(one) => is_of(value, one, draft),
            None => true,
        };
        let is_listed = entries
            .get("enum")
            .and_then(Value::as_array)
            .is_none_or(|items| items.iter().any(|it| equal(it, value)));
        let wanted = entries.get("const").filter(|_| draft > Draft::D4);
        is_typed && is_listed && wanted.is_none_or(|it| equal(it, value))
    }

    fn combined(&mut self, entries: &Entries, value: &Value, depth: u32) -> Verdict {
        let list = |word: &str| entries.get(word).and_then(Value::as_array);
        for schema in list("allOf").into_iter().flatten() {
            if !self.takes(schema, value, depth)? {
                return Ok(false);
            }
        }
        for (word, most) in [("anyOf", usize::MAX), ("oneOf", 1)] {
            let Some(schemas) = list(word) else { continue };
            let mut taking = 0;
            for schema in schemas {
                taking += usize::from(self.takes(schema, value, depth)?);
                if taking > most || taking == 1 && most > 1 {
                    break;
                }
            }
            if taking == 0 || taking > most {
                return Ok(false);
            }
        }
        if let Some(schema) = entries.get("not")
            && self.takes(schema, value, depth)?
        {
            return Ok(false);
        }
        let Some(condition) = entries.get("if").filter(|_| self.schema.draft >= Draft::D7) else {
            return Ok(true);
        };
        let word = if self.takes(condition, value, depth)? { "then" } else { "else" };
        entries.get(word).map_or(Ok(true), |schema| self.takes(schema, value, depth))
    }

    fn texts(&self, entries: &Entries, text: &str) -> bool {
        let length = || text.chars().count() as f64;
        let is_long = within(entries, "minLength", "maxLength", length);
        let pattern = entries.get("pattern").and_then(Value::as_str);
        is_long && pattern.is_none_or(|pattern| self.matches(pattern, text))
    }

    fn matches(&self, pattern: &str, text: &str) -> bool {
        self.schema.patterns.get(pattern).is_none_or(|it| it.finds(text))
    }

    fn items(&mut self, entries: &Entries, items: &[Value], depth: u32) -> Verdict {
        if !within(entries, "minItems", "maxItems", || items.len() as f64)
            || entries.get("uniqueItems") == Some(&Value::Bool(true)) && !are_unique(items)
        {
            return Ok(false);
        }
        let is_2020 = self.schema.draft == Draft::D2020;
        let (first, rest) = match entries.get("items") {
            Some(Value::Array(first)) if !is_2020 => (Some(first), entries.get("additionalItems")),
            rest if is_2020 => (entries.get("prefixItems").and_then(Value::as_array), rest),
            rest => (None, rest),
        };
        let first = first.map_or(&[][..], Vec::as_slice);
        for (i, item) in items.iter().enumerate() {
            if let Some(schema) = first.get(i).or(rest)
                && !self.takes(schema, item, depth)?
            {
                return Ok(false);
            }
        }
        let Some(schema) = entries.get("contains").filter(|_| self.schema.draft > Draft::D4) else {
            return Ok(true);
        };
        let mut found = 0_u64;
        for item in items {
            found += u64::from(self.takes(schema, item, depth)?);
        }
        if self.schema.draft < Draft::D2019 {
            return Ok(found > 0);
        }
        let bound = |word: &str, usual: f64| entries.get(word).and_then(Value::as_f64).unwrap_or(usual);
        let found = found as f64;
        Ok(found >= bound("minContains", 1.0) && found <= bound("maxContains", f64::INFINITY))
    }

    fn object(&mut self, entries: &Entries, (whole, object): (&Value, &Entries), depth: u32) -> Verdict {
        if !within(entries, "minProperties", "maxProperties", || object.len() as f64)
            || !entries.get("required").is_none_or(|names| has_all(object, names))
        {
            return Ok(false);
        }
        let named = |word: &str| entries.get(word).and_then(Value::as_object);
        let patterns = named("patternProperties");
        for (name, value) in object {
            let mut is_known = false;
            if let Some(schema) = named("properties").and_then(|it| it.get(name)) {
                is_known = true;
                if !self.takes(schema, value, depth)? {
                    return Ok(false);
                }
            }
            for (pattern, schema) in patterns.into_iter().flatten() {
                if !self.matches(pattern, name) {
                    continue;
                }
                is_known = true;
                if !self.takes(schema, value, depth)? {
                    return Ok(false);
                }
            }
            if let Some(schema) = entries.get("additionalProperties").filter(|_| !is_known)
                && !self.takes(schema, value, depth)?
            {
                return Ok(false);
            }
            if let Some(schema) = entries.get("propertyNames").filter(|_| self.schema.draft > Draft::D4)
                && !self.takes(schema, &Value::String(name.clone()), depth)?
            {
                return Ok(false);
            }
        }
        self.dependencies(entries, (whole, object), depth)
    }

    fn dependencies(
        &mut self,
        entries: &Entries,
        (whole, object): (&Value, &Entries),
        depth: u32,
    ) -> Verdict {
        let named = |word: &str| entries.get(word).and_then(Value::as_object);
        let is_old = self.schema.draft <= Draft::D7;
        let words: &[&str] =
            if is_old { &["dependencies"] } else { &["dependentRequired", "dependentSchemas"] };
        for (name, then) in words.iter().filter_map(|word| named(word)).flatten() {
            if !object.contains_key(name) {
                continue;
            }
            let holds = if then.is_array() { has_all(object, then) } else { self.takes(then, whole, depth)? };
            if !holds {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// Whether an object has all of the listed names.
fn has_all(object: &Entries, names: &Value) -> bool {
    let mut names = names.as_array().into_iter().flatten().filter_map(Value::as_str);
    names.all(|name| object.contains_key(name))
}

fn is_of(value: &Value, ty: &Value, draft: Draft) -> bool {
    match ty.as_str().unwrap_or_default() {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "number" => value.is_number(),
        _ => value.as_number().is_some_and(|number| {
            !number.is_f64() || draft > Draft::D4 && number.as_f64().is_some_and(|it| it.fract() == 0.0)
        }),
    }
}

fn numbers(entries: &Entries, number: &Number) -> bool {
    let value = number.as_f64().unwrap_or(f64::NAN);
    let bound = |word: &str| entries.get(word).and_then(Value::as_f64);
    // Draft 4 has a flag there.
    let is_strict = |word: &str| entries.get(word).and_then(Value::as_bool).unwrap_or(false);
    let above = bound("minimum").is_none_or(|it| value > it || value == it && !is_strict("exclusiveMinimum"));
    let below = bound("maximum").is_none_or(|it| value < it || value == it && !is_strict("exclusiveMaximum"));
    above
        && below
        && bound("exclusiveMinimum").is_none_or(|it| value > it)
        && bound("exclusiveMaximum").is_none_or(|it| value < it)
        && entries.get("multipleOf").and_then(Value::as_number).is_none_or(|by| is_multiple(number, by))
}

/// As Python's validator has it: of whole numbers by the remainder, else by the quotient of doubles.
fn is_multiple(number: &Number, by: &Number) -> bool {
    if let (Some(number), Some(by)) = (number.as_i64(), by.as_i64()) {
        return by == 0 || number.checked_rem(by).is_none_or(|rest| rest == 0);
    }
    let (value, by) = (number.as_f64().unwrap_or(f64::NAN), by.as_f64().unwrap_or(f64::NAN));
    (value / by).fract() == 0.0
}

fn within(entries: &Entries, least: &str, most: &str, size: impl Fn() -> f64) -> bool {
    let bound = |word: &str| entries.get(word).and_then(Value::as_f64);
    bound(least).is_none_or(|it| size() >= it) && bound(most).is_none_or(|it| size() <= it)
}

/// Numbers are equal by their value, and no boolean is a number.
fn equal(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => {
            a == b || a.as_f64() == b.as_f64() && (a.is_f64() || b.is_f64())
        }
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| equal(a, b)),
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(name, a)| b.get(name).is_some_and(|b| equal(a, b)))
        }
        (a, b) => a == b,
    }
}

fn are_unique(items: &[Value]) -> bool {
    let mut seen = BTreeSet::new();
    items.iter().all(|item| {
        let mut text = String::new();
        spell(item, &mut text);
        seen.insert(text)
    })
}

/// The same text for what is equal.
fn spell(value: &Value, text: &mut String) {
    match value {
        Value::Number(number) => match number.as_f64().filter(|it| number.is_f64() && it.fract() == 0.0) {
            Some(whole) => text.push_str(&format!("{whole:.0}")),
            None => text.push_str(&number.to_string()),
        },
        Value::Array(items) => {
            text.push('[');
            for item in items {
                spell(item, text);
                text.push(',');
            }
            text.push(']');
        }
        Value::Object(entries) => {
            text.push('{');
            // In the order of the names: a document's order does not matter.
            let sorted: std::collections::BTreeMap<_, _> = entries.iter().collect();
            for (name, value) in sorted {
                text.push_str(&Value::String(name.clone()).to_string());
                text.push(':');
                spell(value, text);
                text.push(',');
            }
            text.push('}');
        }
        other => text.push_str(&other.to_string()),
    }
}
