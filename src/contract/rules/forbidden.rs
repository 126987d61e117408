//! `forbidden-values` and `forbidden-pattern`: what no value may be → probes.

use crate::cell::{Type, Value};
use crate::sketch::probe::Probe;

use super::super::wording::listed;
#[cfg(feature = "cli")]
use super::Parameters;
use super::ValueRule;
use super::allowed_values::AllowedValues;

/// # What it checks
/// That no valid value is one of the list; values are compared as `allowed-values` does.
///
/// # Why
/// Placeholders such as 9999 or "test" parse well and are not data.
///
/// # Example
/// ```json
/// {"type": "expect_column_values_to_not_be_in_set", "kwargs": {"column": "age", "value_set": [0, 999]}}
/// ```
///
/// # Parameters
/// `value_set`, and `mostly`.
///
/// # Missing and invalid cells
/// Neither is looked at: both are counted as skipped. Shares are of the valid cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::contract) struct ForbiddenValues(pub(in crate::contract) AllowedValues);

impl ValueRule for ForbiddenValues {
    fn id(&self) -> &'static str {
        "forbidden-values"
    }

    fn expected(&self) -> String {
        format!("none of {}", listed(&self.0.values))
    }

    fn fault(&self) -> String {
        match self.0.values.len() {
            1 => "the one forbidden value".to_owned(),
            n => format!("one of {n} forbidden values"),
        }
    }

    fn virtue(&self) -> String {
        "no forbidden value".to_owned()
    }

    #[cfg(feature = "cli")]
    fn extent(&self) -> super::super::extent::Extent {
        super::super::extent::Extent::AllBut(self.0.values.iter().cloned().collect())
    }

    fn written(&self, ty: Type) -> Option<Result<Box<dyn Probe>, String>> {
        Some(self.0.written(ty)?.map(|it| Box::new(Not(it)) as Box<dyn Probe>))
    }

    fn probe(&self, ty: Type) -> Result<Box<dyn Probe>, String> {
        Ok(Box::new(Not(self.0.probe(ty)?)))
    }

    #[cfg(feature = "cli")]
    fn parameters(&self) -> Option<Parameters> {
        self.0.parameters()
    }
}

/// # What it checks
/// That the pattern is found in no valid text; patterns are those of `pattern`.
///
/// # Why
/// Markup, control characters or personal data have no place in a column of codes.
///
/// # Example
/// ```json
/// {"type": "expect_column_values_to_not_match_regex", "kwargs": {"column": "name", "regex": "\\d"}}
/// ```
///
/// # Parameters
/// `regex`, and `mostly`.
///
/// # Missing and invalid cells
/// Neither is looked at: both are counted as skipped. Shares are of the valid cells.
#[cfg(feature = "contract")]
#[derive(Debug, Clone)]
pub(in crate::contract) struct ForbiddenPattern(pub(in crate::contract) super::pattern::Pattern);

#[cfg(feature = "contract")]
impl ValueRule for ForbiddenPattern {
    fn id(&self) -> &'static str {
        "forbidden-pattern"
    }

    fn expected(&self) -> String {
        format!("nothing matched by {}", self.0.expected())
    }

    fn fault(&self) -> String {
        self.0.virtue()
    }

    fn virtue(&self) -> String {
        self.0.fault()
    }

    fn written(&self, ty: Type) -> Option<Result<Box<dyn Probe>, String>> {
        Some(self.0.written(ty)?.map(|it| Box::new(Not(it)) as Box<dyn Probe>))
    }

    fn probe(&self, ty: Type) -> Result<Box<dyn Probe>, String> {
        Ok(Box::new(Not(self.0.probe(ty)?)))
    }

    fn gives_up(&self) -> Option<Box<dyn Probe>> {
        self.0.gives_up()
    }

    #[cfg(feature = "cli")]
    fn parameters(&self) -> Option<Parameters> {
        self.0.parameters()
    }
}

struct Not(Box<dyn Probe>);

impl Probe for Not {
    fn breaks(&self, value: Value<'_>) -> bool {
        !self.0.breaks(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forbidden_is_what_allowed_is_not() {
        let rule = ForbiddenValues(AllowedValues::of(vec!["0".into(), "999".into()]));
        let probe = rule.probe(Type::Integer).unwrap();
        for (value, broken) in [(0, true), (999, true), (34, false)] {
            assert_eq!(probe.breaks(Value::Integer(value)), broken, "{value}");
        }
        assert_eq!(rule.fault(), "one of 2 forbidden values");
        assert!(rule.probe(Type::Json).is_err());
    }
}
