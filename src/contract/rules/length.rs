//! `length`: bounds on the characters of a text → a probe.

use crate::cell::{Type, Value};
use crate::profile::Column;
use crate::sketch::probe::Probe;

#[cfg(feature = "cli")]
use super::super::exact::Exact;
#[cfg(feature = "cli")]
use super::super::tree::Tree;
use super::ValueRule;
#[cfg(feature = "cli")]
use super::{Parameters, parameters};

/// # What it checks
/// That each valid text has as many characters (Unicode scalar values, neither bytes nor UTF-16 units) as agreed, the
/// bounds included.
///
/// # Why
/// Cut texts and shifted columns show in their lengths first.
///
/// # Example
/// ```yaml
/// - name: country
///   logicalType: string
///   logicalTypeOptions:
///     minLength: 2
///     maxLength: 2
/// ```
///
/// # Parameters
/// `logicalTypeOptions.minLength`, `maxLength`.
///
/// # Missing and invalid cells
/// Neither is looked at, and an empty text is missing: both are counted as skipped. Shares are of the valid cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::contract) struct Length {
    /// The least.
    pub(in crate::contract) least: Option<u64>,
    /// The most.
    pub(in crate::contract) most: Option<u64>,
}

impl ValueRule for Length {
    fn id(&self) -> &'static str {
        "length"
    }

    fn expected(&self) -> String {
        match (self.least, self.most) {
            (Some(least), Some(most)) if least == most => format!("{least} characters"),
            (Some(least), Some(most)) => format!("{least} … {most} characters"),
            (Some(least), None) => format!("at least {least} characters"),
            (None, Some(most)) => format!("at most {most} characters"),
            (None, None) => "any number of characters".to_owned(),
        }
    }

    fn fault(&self) -> String {
        format!("not {} long", self.expected())
    }

    fn virtue(&self) -> String {
        format!("{} long", self.expected())
    }

    #[cfg(feature = "cli")]
    fn extent(&self) -> super::super::extent::Extent {
        let end = |end: Option<u64>| end.map(|it| (Exact::integer(it.into()), false));
        super::super::extent::Extent::Interval(end(self.least), end(self.most))
    }

    fn written(&self, _: Type) -> Option<Result<Box<dyn Probe>, String>> {
        Some(self.probe(Type::Text))
    }

    fn probe(&self, ty: Type) -> Result<Box<dyn Probe>, String> {
        if ty != Type::Text {
            return Err(format!("a length does not apply to a column of type {}", ty.id()));
        }
        Ok(Box::new(*self))
    }

    fn observed(&self, column: &Column) -> Option<String> {
        let text = column.text.as_ref().filter(|text| text.exact)?;
        Some(format!("{} … {} characters", text.min_length, text.max_length))
    }

    #[cfg(feature = "cli")]
    fn parameters(&self) -> Option<Parameters> {
        let number = |it: Option<u64>| it.map(|it| Tree::Number(it.to_string()));
        Some(parameters([("minLength", number(self.least)), ("maxLength", number(self.most))]))
    }
}

impl Probe for Length {
    fn breaks(&self, value: Value<'_>) -> bool {
        let Value::Text(text) = value else { return true };
        let length = text.chars().count() as u64;
        self.least.is_some_and(|least| length < least) || self.most.is_some_and(|most| length > most)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_counted_not_bytes() {
        let rule = Length { least: Some(2), most: Some(3) };
        let table = [("a", true), ("ab", false), ("äöü", false), ("𝒳𝒴", false), ("abcd", true), ("", true)];
        for (text, broken) in table {
            assert_eq!(rule.breaks(Value::Text(text)), broken, "{text}");
        }
    }

    #[test]
    fn only_text_has_a_length() {
        let rule = Length { least: None, most: Some(3) };
        assert!(rule.probe(Type::Text).is_ok() && rule.probe(Type::Integer).is_err());
        assert_eq!(rule.fault(), "not at most 3 characters long");
    }
}
