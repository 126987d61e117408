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

/// The text of a contract with one change. `rule` is its id, which of several such rules it is, and its column, unless it is on
/// the table; `change` is `allow` or `widen` and the values, `tolerate`, how many and of how many, or `remove`.
#[wasm_bindgen]
pub fn amend(
    text: &str,
    file: &str,
    rule: Vec<String>,
    change: Vec<String>,
) -> std::result::Result<String, JsValue> {
    amended(text, file, &rule, &change).map_err(into_js)
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
fn amended(text: &str, file: &str, rule: &[String], change: &[String]) -> Result<String> {
    use crate::contract::{Amendment, Target};
    use crate::error::{Error, Kind};

    let wrong = || Error::new(Kind::Usage, "wrong change");
    let number =
        |text: Option<&String>| -> Result<u64> { text.and_then(|it| it.parse().ok()).ok_or_else(wrong) };
    let (kind, rest) = change.split_first().ok_or_else(wrong)?;
    let amendment = match kind.as_str() {
        "allow" => Amendment::Allow(rest.to_vec()),
        "widen" => Amendment::Widen(rest.to_vec()),
        "tolerate" => Amendment::Tolerate(number(rest.first())?, number(rest.get(1))?),
        "remove" => Amendment::Remove,
        _ => return Err(wrong()),
    };
    let target = Target {
        file,
        column: rule.get(2).map(String::as_str),
        rule: rule.first().ok_or_else(wrong)?,
        nth: number(rule.get(1))? as usize,
    };
    crate::contract::amend(text, target, &amendment)
}

#[cfg(not(feature = "contract"))]
fn rules(_: &str, _: &str) -> Result<Vec<PageRule>> {
    crate::contract::parse(&[]).map(|_| Vec::new())
}

#[cfg(not(feature = "contract"))]
fn amended(_: &str, _: &str, _: &[String], _: &[String]) -> Result<String> {
    crate::contract::parse(&[]).map(|_| String::new())
}
