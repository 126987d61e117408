//! A JSON Schema (drafts 4 to 2020-12) → whether one JSON value is valid. `format` says nothing, as in the validators that
//! other tools use; what refers to other documents, and `unevaluated…`, is not supported.
//!
//! Source: JSON Schema Validation, drafts 4, 6, 7, 2019-09 and 2020-12.

mod compile;
mod keywords;
mod node;

use std::collections::BTreeMap;

use serde_json::Value;

use super::rules::pattern::Pattern;

/// Schemas that are applied to one value, before it is given up, where some refer to others.
const STEPS: u32 = 100_000;
/// The deepest nesting of schemas that are applied.
const DEPTH: u32 = 200;

/// The drafts, by what their keywords mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Draft {
    D4,
    D6,
    D7,
    D2019,
    D2020,
}

/// A schema that values are held against.
#[derive(Debug, Clone)]
pub(super) struct ValueSchema {
    root: Value,
    draft: Draft,
    patterns: BTreeMap<String, Pattern>,
    /// Where `$ref`s lead, as pointers into the root.
    targets: BTreeMap<String, String>,
}

/// A value took too many steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct GaveUp;

impl ValueSchema {
    /// Reads a schema.
    ///
    /// # Errors
    /// In words, where it is no schema or has what is not supported.
    pub(super) fn new(root: Value) -> Result<ValueSchema, String> {
        compile::compile(root)
    }

    /// The schema as it was given.
    pub(super) fn root(&self) -> &Value {
        &self.root
    }

    /// Reads a schema that stands in a contract.
    ///
    /// # Errors
    /// Those of [`Self::new`].
    pub(super) fn of(node: &super::yaml::Node) -> Result<ValueSchema, String> {
        ValueSchema::new(node::json(node))
    }

    /// Whether it may give up: without references it goes over a value as often as it is long, at most.
    pub(super) fn may_give_up(&self) -> bool {
        !self.targets.is_empty()
    }

    /// Whether a text is JSON that the schema takes.
    ///
    /// # Errors
    /// Where that takes too many steps.
    pub(super) fn takes(&self, text: &str) -> Result<bool, GaveUp> {
        let Ok(value) = serde_json::from_str(text) else { return Ok(false) };
        let steps = if self.may_give_up() { STEPS } else { u32::MAX };
        keywords::Pass { schema: self, steps }.takes(&self.root, &value, DEPTH)
    }
}

#[cfg(test)]
mod tests;
