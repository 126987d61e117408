//! `pattern`: a regular expression in ECMA 262's dialect → a probe.

use regex::{Regex, RegexBuilder};

use crate::cell::{Type, Value};
use crate::sketch::probe::Probe;

use super::super::wording::{cut, quoted};
use super::ValueRule;

/// The largest compiled program, in bytes.
const PROGRAM_BYTES: usize = 1 << 20;
/// The largest cache of a lazy automaton, in bytes.
const CACHE_BYTES: usize = 4 << 20;
/// The deepest nesting of groups.
const NESTING: u32 = 100;

/// # What it checks
/// That the pattern is found somewhere in each valid text, as ECMA 262 and ODCS have it: `^` and `$` anchor it. `\d`,
/// `\w` and `\b` mean ASCII. Matching takes time linear in the text; what cannot have that (look-around,
/// back-references) is not run.
///
/// # Why
/// Identifiers have a shape, and a shape that changes means another source.
///
/// # Example
/// ```yaml
/// - name: tailnum
///   logicalType: string
///   logicalTypeOptions:
///     pattern: ^[A-Z0-9]+$
/// ```
///
/// # Parameters
/// `logicalTypeOptions.pattern`, or `metric: invalidValues` with `pattern`; the operator allows some, in rows or in
/// percent of the valid cells.
#[derive(Debug, Clone)]
pub(in crate::contract) struct Pattern {
    text: String,
    regex: Result<Regex, String>,
}

impl Pattern {
    /// Compiles it. The error is a mistake of whoever wrote it; a feature that this engine does not have is none, and
    /// [`ValueRule::probe`] tells it.
    pub(in crate::contract) fn new(text: &str) -> Result<Pattern, String> {
        Pattern::compile(text, &translate(text))
    }

    /// The same, where the pattern has to match the whole text.
    pub(in crate::contract) fn whole(text: &str) -> Result<Pattern, String> {
        Pattern::compile(text, &format!("^(?:{})$", translate(text)))
    }

    fn compile(text: &str, translated: &str) -> Result<Pattern, String> {
        let mut builder = RegexBuilder::new(translated);
        let builder = builder.size_limit(PROGRAM_BYTES).dfa_size_limit(CACHE_BYTES).nest_limit(NESTING);
        let regex = match builder.build() {
            Ok(regex) => Ok(regex),
            Err(regex::Error::CompiledTooBig(_)) => Err("the pattern is too large".to_owned()),
            Err(error) => {
                let whole = error.to_string();
                let last = whole.lines().last().unwrap_or_default();
                let reason = last.strip_prefix("error: ").unwrap_or(last);
                let wrong =
                    ["unclosed", "unopened", "repetition operator missing", "invalid repetition count range"];
                if wrong.iter().any(|start| reason.starts_with(start)) {
                    return Err(format!("the pattern {} is wrong: {reason}", quoted(text)));
                }
                Err(format!("the pattern is not supported: {reason}"))
            }
        };
        Ok(Pattern { text: text.to_owned(), regex })
    }
}

/// ECMA 262 → the engine's dialect: the ASCII classes, and what is literal within brackets there.
fn translate(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len() + 16);
    let mut chars = pattern.chars();
    let mut bracket = false;
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('d') => out.push_str("[0-9]"),
                Some('D') => out.push_str("[^0-9]"),
                Some('w') => out.push_str("[0-9A-Za-z_]"),
                Some('W') => out.push_str("[^0-9A-Za-z_]"),
                Some('b') if bracket => out.push_str("\\x08"),
                Some('b') => out.push_str("(?-u:\\b)"),
                Some(next) => out.extend(['\\', next]),
                None => out.push('\\'),
            },
            '[' if bracket => out.push_str("\\["),
            '[' => {
                bracket = true;
                out.push('[');
            }
            ']' => {
                bracket = false;
                out.push(']');
            }
            '&' | '~' if bracket => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    out
}

impl ValueRule for Pattern {
    fn id(&self) -> &'static str {
        "pattern"
    }

    fn expected(&self) -> String {
        cut(&self.text)
    }

    fn fault(&self) -> String {
        format!("not matched by {}", cut(&self.text))
    }

    fn virtue(&self) -> String {
        format!("matched by {}", cut(&self.text))
    }

    fn probe(&self, ty: Type) -> Result<Box<dyn Probe>, String> {
        if ty != Type::Text {
            return Err(format!("a pattern does not apply to a column of type {}", ty.id()));
        }
        Ok(Box::new(Search(self.regex.clone()?)))
    }
}

struct Search(Regex);

impl Probe for Search {
    fn breaks(&self, value: Value<'_>) -> bool {
        if let Value::Text(text) = value { !self.0.is_match(text) } else { true }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_is_searched_for() {
        let table = [
            ("b", "abc", false),
            ("^b", "abc", true),
            ("^[A-Z]{2}$", "DE", false),
            ("^[A-Z]{2}$", "DE\n", true),
            (r"^\d+$", "٣", true),
            (r"^\D$", "٣", false),
            (r"^\w+$", "é", true),
            (r"^[\w.]+$", "a.b", false),
            (r"^[^\d]$", "x", false),
            (r"\bfoo\b", "a foo b", false),
            (r"^[[]$", "[", false),
            (r"^[a&&b]$", "&", false),
            (r"^[~~]$", "~", false),
            (r"^\/\u0041\-$", "/A-", false),
            (r"(?<year>\d{4})", "in 2024", false),
            ("", "", false),
        ];
        for (pattern, text, broken) in table {
            let probe = Pattern::new(pattern).unwrap().probe(Type::Text).unwrap();
            assert_eq!(probe.breaks(Value::Text(text)), broken, "{pattern} {text:?}");
        }
    }

    #[test]
    fn a_whole_pattern_matches_the_whole_text() {
        let table = [("a|b", "ab", true), ("a|b", "b", false), ("b", "abc", true), ("[A-Z]+", "DE", false)];
        for (pattern, text, broken) in table {
            let probe = Pattern::whole(pattern).unwrap().probe(Type::Text).unwrap();
            assert_eq!(probe.breaks(Value::Text(text)), broken, "{pattern} {text:?}");
        }
    }

    #[test]
    fn what_the_engine_cannot_is_not_run_and_what_is_wrong_is_a_mistake() {
        let table = [
            (r"^(?!x)", Ok("the pattern is not supported: look-around")),
            (r"(a)\1", Ok("the pattern is not supported: backreferences are not supported")),
            (r"(\w{1000}){1000}", Ok("the pattern is too large")),
            ("(a", Err("unclosed group")),
            ("[a", Err("unclosed character class")),
            ("*a", Err("repetition operator missing expression")),
        ];
        for (text, outcome) in table {
            match (Pattern::new(text), outcome) {
                (Ok(pattern), Ok(reason)) => {
                    let found = pattern.probe(Type::Text).err().unwrap();
                    assert!(found.starts_with(reason), "{text}: {found}");
                }
                (Err(found), Err(mistake)) => assert!(found.ends_with(mistake), "{text}: {found}"),
                (found, _) => panic!("{text}: {found:?}"),
            }
        }
        assert!(Pattern::new("a").unwrap().probe(Type::Integer).is_err());
    }
}
