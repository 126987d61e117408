//! Patterns with look-around or back-references: an engine that tries one way after the other and gives up after so many.

use std::sync::Arc;

use fancy_regex::{Regex, RegexBuilder};

use crate::cell::Value;
use crate::sketch::probe::Probe;

/// Ways that are tried on one text.
pub(super) const STEPS: usize = 100_000;

/// A pattern that is not matched in linear time.
#[derive(Debug, Clone)]
pub(super) struct Backtracking(Arc<Regex>);

impl Backtracking {
    /// Compiles it.
    ///
    /// # Errors
    /// Where this engine does not have it, either.
    pub(super) fn new(pattern: &str, size_limit: usize) -> Result<Backtracking, String> {
        let mut builder = RegexBuilder::new(pattern);
        let builder = builder.backtrack_limit(STEPS).delegate_size_limit(size_limit);
        match builder.build() {
            Ok(regex) => Ok(Backtracking(Arc::new(regex))),
            Err(error) => Err(format!("the pattern is not supported: {error}")),
        }
    }
}

impl Probe for Backtracking {
    fn breaks(&self, value: Value<'_>) -> bool {
        if let Value::Text(text) = value { matches!(self.0.is_match(text), Ok(false)) } else { true }
    }
}

/// The texts on which the pattern gives up.
pub(super) struct GivesUp(pub(super) Backtracking);

impl Probe for GivesUp {
    fn breaks(&self, value: Value<'_>) -> bool {
        matches!(value, Value::Text(text) if (self.0).0.is_match(text).is_err())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_gives_up_instead_of_going_on_for_ever() {
        let pattern = Backtracking::new("^(?=(a+)+$)b", 1 << 20).unwrap();
        let hard = format!("{}!", "a".repeat(64));
        let nested = Backtracking::new(r"^(?:(a|a)+)+\1$", 1 << 20).unwrap();
        assert!(GivesUp(nested.clone()).breaks(Value::Text(&hard)));
        assert!(!nested.breaks(Value::Text(&hard)), "what is not known is no offender");
        assert!(!GivesUp(pattern.clone()).breaks(Value::Text("b")) && pattern.breaks(Value::Text("b")));
    }
}
