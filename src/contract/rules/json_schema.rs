//! `json-schema`: a JSON Schema → a probe on texts that are JSON.

use std::sync::Arc;

use crate::cell::{Type, Value};
use crate::sketch::probe::Probe;

#[cfg(feature = "cli")]
use super::super::tree::Tree;
use super::super::value_schema::{GaveUp, ValueSchema};
use super::super::wording::cut;
use super::ValueRule;
#[cfg(feature = "cli")]
use super::{Parameters, parameters};

/// # What it checks
/// That each valid text is JSON, and valid by a JSON Schema (drafts 4, 6, 7, 2019-09, 2020-12; the last where `$schema` does
/// not say). `format` is not looked at, as in other validators; `unevaluatedProperties`, `unevaluatedItems` and references to
/// other documents are not supported.
///
/// # Why
/// A payload in a column has columns of its own, and they change without anybody being told.
///
/// # Example
/// ```yaml
/// - name: payload
///   logicalType: string
///   quality:
///     - type: custom
///       engine: driftline
///       implementation:
///         rule: json-schema
///         schema:
///           type: object
///           required: [id]
///           properties:
///             id: {type: integer}
/// ```
///
/// # Parameters
/// `schema`; `mustBe` and the other operators allow some offenders. A missing cell is none; what is no JSON is an offender.
///
/// # Missing and invalid cells
/// Neither is looked at: both are counted as skipped. Text that is no JSON is valid text, and an offender.
#[derive(Debug, Clone)]
pub(in crate::contract) struct MatchesSchema(Arc<ValueSchema>);

impl MatchesSchema {
    /// The rule of this schema.
    pub(in crate::contract) fn new(schema: ValueSchema) -> MatchesSchema {
        MatchesSchema(Arc::new(schema))
    }
}

impl ValueRule for MatchesSchema {
    fn id(&self) -> &'static str {
        "json-schema"
    }

    fn expected(&self) -> String {
        format!("JSON that is valid by {}", cut(&self.0.root().to_string()))
    }

    fn fault(&self) -> String {
        format!("not {}", self.expected())
    }

    fn virtue(&self) -> String {
        self.expected()
    }

    fn written(&self, _: Type) -> Option<Result<Box<dyn Probe>, String>> {
        Some(self.probe(Type::Text))
    }

    fn probe(&self, ty: Type) -> Result<Box<dyn Probe>, String> {
        if !matches!(ty, Type::Text | Type::Json | Type::List) {
            return Err(format!("a JSON Schema does not apply to a column of type {}", ty.id()));
        }
        Ok(Box::new(self.clone()))
    }

    fn gives_up(&self) -> Option<Box<dyn Probe>> {
        self.0.may_give_up().then(|| Box::new(GivesUp(self.clone())) as Box<dyn Probe>)
    }

    #[cfg(feature = "cli")]
    fn parameters(&self) -> Option<Parameters> {
        Some(parameters([("schema", Some(Tree::json_value(self.0.root())))]))
    }
}

impl Probe for MatchesSchema {
    fn breaks(&self, value: Value<'_>) -> bool {
        if let Value::Text(text) = value { self.0.takes(text) == Ok(false) } else { true }
    }
}

/// The texts of which the schema cannot tell within its steps.
struct GivesUp(MatchesSchema);

impl Probe for GivesUp {
    fn breaks(&self, value: Value<'_>) -> bool {
        matches!(value, Value::Text(text) if (self.0).0.takes(text) == Err(GaveUp))
    }
}
