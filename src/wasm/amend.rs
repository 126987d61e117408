//! The rules that a contract's text writes out, and one change to it.

use serde::Serialize;
use wasm_bindgen::prelude::*;

use super::{into_js, to_js};
use crate::error::Result;

/// A rule of a contract as it is written.
#[derive(Serialize)]
struct PageRule {
    column: Option<String>,
    rule: String,
    nth: usize,
    expected: String,
    severity: String,
    evidence: Option<String>,
    line: u64,
}

/// The rules of a contract on a file of this name, in the order of its text: a list of `{column, rule, nth, expected, severity,
/// evidence, line}`.
#[wasm_bindgen(js_name = writtenRules)]
pub fn written_rules(text: &str, file: &str) -> std::result::Result<JsValue, JsValue> {
    to_js(&rules(text, file).map_err(into_js)?).map_err(into_js)
}

/// The text of a contract with one change. `rule` is `{column, rule, nth}`, `change` is `{kind}` with `allow` or `widen` and
/// their `values`, `tolerate` with `count` and `total` of offenders, or `remove`; both are JSON.
#[wasm_bindgen]
pub fn amend(text: &str, file: &str, rule: &str, change: &str) -> std::result::Result<String, JsValue> {
    amended(text, file, rule, change).map_err(into_js)
}

#[cfg(feature = "contract")]
fn rules(text: &str, file: &str) -> Result<Vec<PageRule>> {
    let rules = crate::contract::written_rules(text, file)?;
    let rule = |it: crate::contract::Written| PageRule {
        column: it.column,
        rule: it.rule,
        nth: it.nth,
        expected: it.expected,
        severity: it.severity,
        evidence: it.evidence,
        line: it.line,
    };
    Ok(rules.into_iter().map(rule).collect())
}

#[cfg(feature = "contract")]
fn amended(text: &str, file: &str, rule: &str, change: &str) -> Result<String> {
    use crate::contract::{Amendment, Target};
    use crate::error::{Error, Kind};

    #[derive(serde::Deserialize)]
    struct PageTarget {
        column: Option<String>,
        rule: String,
        nth: usize,
    }

    #[derive(serde::Deserialize)]
    #[serde(tag = "kind", rename_all = "lowercase")]
    enum Change {
        Allow { values: Vec<String> },
        Widen { values: Vec<String> },
        Tolerate { count: u64, total: u64 },
        Remove,
    }

    let wrong = |error: serde_json::Error| Error::new(Kind::Usage, format!("wrong change: {error}"));
    let asked: PageTarget = serde_json::from_str(rule).map_err(wrong)?;
    let amendment = match serde_json::from_str(change).map_err(wrong)? {
        Change::Allow { values } => Amendment::Allow(values),
        Change::Widen { values } => Amendment::Widen(values),
        Change::Tolerate { count, total } => Amendment::Tolerate(count, total),
        Change::Remove => Amendment::Remove,
    };
    let target = Target { file, column: asked.column.as_deref(), rule: &asked.rule, nth: asked.nth };
    crate::contract::amend(text, target, &amendment)
}

#[cfg(not(feature = "contract"))]
fn rules(_: &str, _: &str) -> Result<Vec<PageRule>> {
    crate::contract::parse(&[]).map(|_| Vec::new())
}

#[cfg(not(feature = "contract"))]
fn amended(_: &str, _: &str, _: &str, _: &str) -> Result<String> {
    crate::contract::parse(&[]).map(|_| String::new())
}
