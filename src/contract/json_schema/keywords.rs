//! The keywords of one value → the type of a column and the rules on its cells.

use crate::cell::plan::{NO_NULL, OWN_FORM, WHOLE};

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
use super::super::scalar::ScalarKind;
use super::super::wording::{listed, quoted};
use super::super::yaml::{Content, Node};
use super::parts::Parts;

/// Keywords of objects that are not checked.
pub(super) const OF_OBJECTS: [&str; 10] = [
    "patternProperties",
    "propertyNames",
    "minProperties",
    "maxProperties",
    "dependencies",
    "dependentRequired",
    "dependentSchemas",
    "if",
    "not",
    "unevaluatedItems",
];
/// Keywords of single values that are not checked.
const OF_VALUES: [&str; 11] = [
    "items",
    "prefixItems",
    "additionalItems",
    "contains",
    "minContains",
    "maxContains",
    "minItems",
    "maxItems",
    "uniqueItems",
    "contentEncoding",
    "contentSchema",
];
const TYPES: [&str; 7] = ["string", "integer", "number", "boolean", "array", "object", "null"];
/// All keywords of draft 6 to 2020-12.
pub(super) const ALL: [&str; 60] = [
    "$anchor",
    "$comment",
    "$defs",
    "$dynamicAnchor",
    "$dynamicRef",
    "$id",
    "$ref",
    "$schema",
    "$vocabulary",
    "additionalItems",
    "additionalProperties",
    "allOf",
    "anyOf",
    "const",
    "contains",
    "contentEncoding",
    "contentMediaType",
    "contentSchema",
    "default",
    "definitions",
    "dependencies",
    "dependentRequired",
    "dependentSchemas",
    "deprecated",
    "description",
    "else",
    "enum",
    "examples",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "format",
    "id",
    "if",
    "items",
    "maxContains",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minContains",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "not",
    "oneOf",
    "pattern",
    "patternProperties",
    "prefixItems",
    "properties",
    "propertyNames",
    "readOnly",
    "required",
    "then",
    "title",
    "type",
    "unevaluatedItems",
    "unevaluatedProperties",
    "uniqueItems",
];

/// Reads the keywords of a property; whether it may be null.
pub(super) fn read(parts: &Parts<'_>, property: &mut Property, mistakes: &mut Mistakes) -> bool {
    let mut keywords = Keywords { parts, checks: Vec::new(), mistakes };
    let (logical, is_nullable) = keywords.logical_type();
    let logical = logical.or_else(|| keywords.type_of_values());
    let is_nullable = is_nullable && keywords.has_null();
    if let Some(logical) = logical {
        property.logical = Some(logical);
        let form = match logical {
            LogicalType::String | LogicalType::Object => OWN_FORM,
            LogicalType::Integer => WHOLE,
            _ => 0,
        };
        property.strictness = form | if is_nullable { 0 } else { NO_NULL };
        keywords.checks.push(Check::strict(CheckKind::Type));
    }
    if keywords.is_date() && logical == Some(LogicalType::String) {
        property.logical = Some(LogicalType::Date);
        property.format = Some("%Y-%m-%d".to_owned());
        property.strictness &= !OWN_FORM;
    } else {
        keywords.format();
    }
    keywords.values();
    keywords.ranges();
    keywords.texts();
    keywords.not_run(logical);
    property.checks = keywords.checks;
    is_nullable
}

struct Keywords<'a, 'b> {
    parts: &'a Parts<'b>,
    checks: Vec<Check>,
    mistakes: &'a mut Mistakes,
}

impl Keywords<'_, '_> {
    fn add(&mut self, rule: impl ValueRule + 'static) {
        self.checks.push(Check::strict(CheckKind::Values(Box::new(rule))));
    }

    fn missed(&mut self, rule: &'static str, expected: &str, reason: impl Into<String>) {
        self.checks.push(Check::not_run(rule, expected, reason));
    }

    /// The type that all cells are of, where there is one, and whether they may be null.
    fn logical_type(&mut self) -> (Option<LogicalType>, bool) {
        let mut is_nullable = self.parts.is_nullable;
        let Some(types) = self.parts.types() else { return (None, true) };
        if let (Some(word), Some(node)) =
            (types.iter().find(|it| !TYPES.contains(it)), self.parts.get("type"))
        {
            self.mistakes.unknown(node.place, "type", word, &TYPES);
        }
        is_nullable |= types.contains(&"null");
        let words: Vec<&str> = types.into_iter().filter(|it| *it != "null").collect();
        let logical = match words.as_slice() {
            ["string"] => LogicalType::String,
            ["integer"] => LogicalType::Integer,
            ["number"] | ["number", "integer"] | ["integer", "number"] => LogicalType::Number,
            ["boolean"] => LogicalType::Boolean,
            ["array"] => LogicalType::Array,
            ["object"] => LogicalType::Object,
            [] => {
                self.missed("type", "null", "that every value is null is not supported");
                return (None, true);
            }
            words => {
                self.missed("type", &listed(words), "several types of one property are not supported");
                return (None, is_nullable);
            }
        };
        (Some(logical), is_nullable)
    }

    /// The type of the values of `enum` or `const`, where they are of one.
    fn type_of_values(&self) -> Option<LogicalType> {
        let list = self.parts.get("enum").map(|it| &it.content);
        let one = self.parts.get("const");
        let values: Vec<&Node> = match (list, one) {
            (_, Some(one)) => vec![one],
            (Some(Content::List(items)), None) => items.iter().collect(),
            _ => return None,
        };
        let mut found = None;
        for scalar in values.iter().filter(|it| !it.is_null()) {
            let logical = match scalar.scalar()?.kind {
                ScalarKind::Boolean(_) => LogicalType::Boolean,
                ScalarKind::Integer | ScalarKind::Float => LogicalType::Number,
                ScalarKind::Text | ScalarKind::Null => LogicalType::String,
            };
            if found.is_some_and(|other| other != logical) {
                return None;
            }
            found = Some(logical);
        }
        found
    }

    /// Whether null is among the values of every `enum` and `const`.
    fn has_null(&self) -> bool {
        let is_in = |list: &Node| match &list.content {
            Content::List(items) => items.iter().any(Node::is_null),
            _ => true,
        };
        self.parts.all("enum").into_iter().all(is_in)
            && self.parts.all("const").into_iter().all(Node::is_null)
    }

    /// Whether its texts are dates, and no rule looks at them as texts.
    fn is_date(&self) -> bool {
        let format = self.parts.get("format").and_then(Node::scalar);
        format.is_some_and(|it| it.text == "date")
            && self.parts.unread(&["pattern", "minLength", "maxLength"]).is_empty()
    }

    fn format(&mut self) {
        let Some(text) = self.parts.get("format").and_then(|node| self.mistakes.text(node)) else { return };
        match formats::named(text) {
            Some(format) => self.add(HasFormat(format)),
            None => self.missed("format", text, format!("the format {} is not supported", quoted(text))),
        }
    }

    /// `enum` and `const`.
    fn values(&mut self) {
        let mut lists: Vec<Vec<&Node>> = self.parts.all("const").into_iter().map(|node| vec![node]).collect();
        for node in self.parts.all("enum") {
            lists.push(self.mistakes.list(node, "a list of values").iter().collect());
        }
        for list in lists {
            let scalars: Option<Vec<_>> = list.iter().map(|node| node.scalar()).collect();
            let Some(scalars) = scalars else {
                self.missed("allowed-values", "values", "values that are lists or objects are not supported");
                continue;
            };
            let values = scalars.iter().filter(|it| it.kind != ScalarKind::Null).map(|it| it.text.clone());
            self.add(AllowedValues::of(values.collect()));
        }
    }

    fn ranges(&mut self) {
        for (low, high, is_strict) in
            [("minimum", "maximum", false), ("exclusiveMinimum", "exclusiveMaximum", true)]
        {
            let mut bounds = |word: &str| -> Vec<(Bound, bool)> {
                let nodes = self.parts.all(word);
                let numbers = nodes.into_iter().filter_map(|node| self.mistakes.number(node));
                numbers.map(|number| (Bound::Number(number), is_strict)).collect()
            };
            let (low, high) = (bounds(low), bounds(high));
            if let ([low], [high]) = (low.as_slice(), high.as_slice()) {
                self.add(Range { low: Some(low.clone()), high: Some(high.clone()) });
                continue;
            }
            for low in low {
                self.add(Range { low: Some(low), high: None });
            }
            for high in high {
                self.add(Range { low: None, high: Some(high) });
            }
        }
        for node in self.parts.all("multipleOf") {
            match node.number().filter(|it| it.canonical().0 > 0) {
                Some(step) => self.add(MultipleOf(step)),
                None => self.mistakes.expected(node, "a number above 0"),
            }
        }
    }

    fn texts(&mut self) {
        let mut count = |word| self.parts.get(word).and_then(|node| self.mistakes.natural(node));
        let (least, most) = (count("minLength"), count("maxLength"));
        if least.is_some() || most.is_some() {
            self.add(Length { least, most });
        }
        for node in self.parts.all("pattern") {
            match self.mistakes.text(node).map(Pattern::new) {
                Some(Ok(pattern)) => self.add(pattern),
                Some(Err(message)) => self.mistakes.add(node.place, message),
                None => {}
            }
        }
    }

    /// What has no rule of ours.
    fn not_run(&mut self, logical: Option<LogicalType>) {
        let lost = self.parts.lost.clone();
        for (word, reason) in lost {
            self.missed("schema", &word, reason);
        }
        let mut words = self.parts.unread(&OF_VALUES);
        // An object with properties speaks of these itself.
        if logical != Some(LogicalType::Object) || self.parts.get("properties").is_none() {
            words.extend(self.parts.unread(&OF_OBJECTS));
            for (key, meant) in self.parts.mistyped() {
                let reason =
                    format!("the keyword {} is not known; did you mean {meant:?}?", quoted(&key.text));
                self.missed("schema", &key.text, reason);
            }
        }
        for word in words {
            self.missed("items", word, format!("{word} is not supported"));
        }
    }
}
