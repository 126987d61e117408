//! `pattern`: a regular expression in ECMA 262's dialect → a probe.

use regex::{Regex, RegexBuilder};

use crate::cell::{Type, Value};
use crate::sketch::probe::Probe;

#[cfg(feature = "cli")]
use super::super::tree::Tree;
use super::super::wording::{cut, quoted};
use super::ValueRule;
use super::backtracking::{Backtracking, GivesUp};
#[cfg(feature = "cli")]
use super::{Parameters, parameters};

/// The largest compiled program, in bytes; the classes of every script are larger.
const PROGRAM_BYTES: usize = 1 << 20;
const PYTHON_BYTES: usize = 8 << 20;
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
///
/// # Missing and invalid cells
/// Neither is looked at: both are counted as skipped. Shares are of the valid cells.
#[derive(Debug, Clone)]
pub(in crate::contract) struct Pattern {
    text: String,
    #[cfg_attr(not(feature = "cli"), expect(dead_code, reason = "only what is converted tells it"))]
    whole: bool,
    engine: Result<Engine, String>,
}

#[derive(Debug, Clone)]
enum Engine {
    Linear(Regex),
    Backtracking(Backtracking),
}

impl Pattern {
    /// Compiles it. The error is a mistake of whoever wrote it; a feature that this engine does not have is none, and
    /// [`ValueRule::probe`] tells it.
    pub(in crate::contract) fn new(text: &str) -> Result<Pattern, String> {
        Pattern::compile(text, false, PROGRAM_BYTES, |boundary| translate(text, Dialect::Ecma(boundary)))
    }

    /// The same in the dialect of Python's `re`, in which `\d`, `\w` and `\b` mean the digits and letters of every script.
    pub(in crate::contract) fn python(text: &str) -> Result<Pattern, String> {
        Pattern::compile(text, false, PYTHON_BYTES, |_| translate(text, Dialect::Python))
    }

    /// Whether it is found in a text; false where it is not run.
    pub(in crate::contract) fn finds(&self, text: &str) -> bool {
        match &self.engine {
            Ok(Engine::Linear(regex)) => regex.is_match(text),
            Ok(Engine::Backtracking(engine)) => !engine.breaks(Value::Text(text)),
            Err(_) => false,
        }
    }

    /// The same, where the pattern has to match the whole text.
    pub(in crate::contract) fn whole(text: &str) -> Result<Pattern, String> {
        Pattern::compile(text, true, PROGRAM_BYTES, |boundary| {
            format!("^(?:{})$", translate(text, Dialect::Ecma(boundary)))
        })
    }

    fn compile(
        text: &str,
        whole: bool,
        bytes: usize,
        translated: impl Fn(&str) -> String,
    ) -> Result<Pattern, String> {
        let mut builder = RegexBuilder::new(&translated(BOUNDARY));
        let builder = builder.size_limit(bytes).dfa_size_limit(CACHE_BYTES).nest_limit(NESTING);
        let engine = match builder.build() {
            Ok(regex) => Ok(Engine::Linear(regex)),
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
                Backtracking::new(&translated(BOUNDARY_BY_LOOKING), bytes).map(Engine::Backtracking)
            }
        };
        Ok(Pattern { text: text.to_owned(), whole, engine })
    }
}

/// The border of a word of ASCII letters, for the linear engine and for the other, which cannot switch Unicode off.
const BOUNDARY: &str = "(?-u:\\b)";
const BOUNDARY_BY_LOOKING: &str = "(?:(?<=[0-9A-Za-z_])(?![0-9A-Za-z_])|(?<![0-9A-Za-z_])(?=[0-9A-Za-z_]))";

/// Whose dialect a pattern is in.
#[derive(Clone, Copy)]
enum Dialect<'a> {
    /// ECMA 262, and what a border of a word of ASCII letters is.
    Ecma(&'a str),
    /// Python's `re`.
    Python,
}

/// A dialect → the engine's: its classes, its name for the end, and what is literal within brackets there.
fn translate(pattern: &str, dialect: Dialect<'_>) -> String {
    let mut out = String::with_capacity(pattern.len() + 16);
    let mut chars = pattern.chars().peekable();
    let mut bracket = false;
    while let Some(c) = chars.next() {
        match c {
            '\\' => match (chars.next(), dialect) {
                (Some('b'), _) if bracket => out.push_str("\\x08"),
                (Some('d'), Dialect::Ecma(_)) => out.push_str("[0-9]"),
                (Some('D'), Dialect::Ecma(_)) => out.push_str("[^0-9]"),
                (Some('w'), Dialect::Ecma(_)) => out.push_str("[0-9A-Za-z_]"),
                (Some('W'), Dialect::Ecma(_)) => out.push_str("[^0-9A-Za-z_]"),
                (Some('b'), Dialect::Ecma(boundary)) => out.push_str(boundary),
                (Some('Z'), Dialect::Python) if !bracket => out.push_str("\\z"),
                (Some(next), _) => out.extend(['\\', next]),
                (None, _) => out.push('\\'),
            },
            '[' if bracket => out.push_str("\\["),
            '[' => {
                bracket = true;
                out.push('[');
                out.extend(chars.next_if_eq(&'^'));
                // The first one closes nothing to Python.
                if matches!(dialect, Dialect::Python) && chars.next_if_eq(&']').is_some() {
                    out.push_str("\\]");
                }
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

    fn written(&self, _: Type) -> Option<Result<Box<dyn Probe>, String>> {
        Some(self.probe(Type::Text))
    }

    fn probe(&self, ty: Type) -> Result<Box<dyn Probe>, String> {
        if ty != Type::Text {
            return Err(format!("a pattern does not apply to a column of type {}", ty.id()));
        }
        Ok(match self.engine.clone()? {
            Engine::Linear(regex) => Box::new(Search(regex)),
            Engine::Backtracking(engine) => Box::new(engine),
        })
    }

    fn gives_up(&self) -> Option<Box<dyn Probe>> {
        match &self.engine {
            Ok(Engine::Backtracking(engine)) => Some(Box::new(GivesUp(engine.clone()))),
            _ => None,
        }
    }

    #[cfg(feature = "cli")]
    fn parameters(&self) -> Option<Parameters> {
        let pattern = if self.whole { format!("^(?:{})$", self.text) } else { self.text.clone() };
        Some(parameters([("pattern", Some(Tree::text(pattern)))]))
    }
}

struct Search(Regex);

impl Probe for Search {
    fn breaks(&self, value: Value<'_>) -> bool {
        if let Value::Text(text) = value { !self.0.is_match(text) } else { true }
    }
}

/// Patterns of which each is to be found.
#[derive(Debug, Clone)]
pub(in crate::contract) struct AllPatterns(pub(in crate::contract) Vec<Pattern>);

impl ValueRule for AllPatterns {
    fn id(&self) -> &'static str {
        "pattern"
    }

    fn expected(&self) -> String {
        self.0.iter().map(ValueRule::expected).collect::<Vec<_>>().join(" and ")
    }

    fn fault(&self) -> String {
        format!("not matched by all of {}", self.expected())
    }

    fn virtue(&self) -> String {
        format!("matched by {}", self.expected())
    }

    fn written(&self, _: Type) -> Option<Result<Box<dyn Probe>, String>> {
        Some(self.probe(Type::Text))
    }

    fn probe(&self, ty: Type) -> Result<Box<dyn Probe>, String> {
        let all: Result<Vec<_>, String> = self.0.iter().map(|it| it.probe(ty)).collect();
        Ok(Box::new(AnyBreaks(all?)))
    }

    fn gives_up(&self) -> Option<Box<dyn Probe>> {
        let all: Vec<_> = self.0.iter().filter_map(ValueRule::gives_up).collect();
        (!all.is_empty()).then(|| Box::new(AnyBreaks(all)) as Box<dyn Probe>)
    }
}

/// Several probes as one.
struct AnyBreaks(Vec<Box<dyn Probe>>);

impl Probe for AnyBreaks {
    fn breaks(&self, value: Value<'_>) -> bool {
        self.0.iter().any(|it| it.breaks(value))
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
            (r"^(?!x)", "abc", false),
            (r"^(?!x)", "xbc", true),
            (r"^(?=.*\d)(?=.*[a-z]).{4,}$", "a1b2", false),
            (r"^(?=.*\d)(?=.*[a-z]).{4,}$", "abcd", true),
            (r"(a)\1", "baab", false),
            (r"(a)\1", "aba", true),
            (r"\bfoo\b(?! bar)", "a foo b", false),
            (r"\bfoo\b(?! bar)", "éfoo bar", true),
            (r"(?<!-)\bfoo", "éfoo", false),
        ];
        for (pattern, text, broken) in table {
            let probe = Pattern::new(pattern).unwrap().probe(Type::Text).unwrap();
            assert_eq!(probe.breaks(Value::Text(text)), broken, "{pattern} {text:?}");
        }
    }

    #[test]
    fn a_pattern_of_python_knows_every_script() {
        // As `re.search` of Python 3.11 has it.
        let table = [
            (r"^\d+$", "٣", false),
            (r"^\w+$", "é_1", false),
            (r"^[\w]+$", "日本", false),
            (r"\bfoo\b", "éfoo", true),
            (r"\bfoo\b", "a foo b", false),
            (r"x\Z", "yx", false),
            (r"x\Z", "xy", true),
            (r"^(?!A)\w", "Bé", false),
            (r"^[]a]+$", "]a", false),
            (r"^[[]$", "[", false),
            (r"^[^]]$", "x", false),
            (r"^\w{100}$", "x", true),
        ];
        for (pattern, text, broken) in table {
            let probe = Pattern::python(pattern).unwrap().probe(Type::Text).unwrap();
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
            (r"(?<=a*)b", Ok("the pattern is not supported: ")),
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
