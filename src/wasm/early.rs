//! What is known to be broken before a file is scanned.

use js_sys::Function;
use serde::Serialize;
use wasm_bindgen::prelude::*;

use super::{Blob, into_js, level_of, redacted, to_js};
use crate::engine::{self, Plan};
use crate::finding::Severity;
use crate::report::verdict;
use crate::report::wire::Reason;
use crate::sketch::pack::from_bytes;

/// What is critical already.
#[derive(Serialize)]
struct Known {
    /// The first of it, as the verdict lists it.
    reasons: Vec<Reason>,
    /// How much there is.
    count: u64,
}

/// What is critical about the file of a plan, whatever its scan will find: `{reasons, count}`; null where nothing is known to
/// be, and in a build without contracts.
#[wasm_bindgen]
pub fn early(read: &Function, size: f64, plan: &[u8], redact: Option<String>) -> Result<JsValue, JsValue> {
    let work = || {
        if !cfg!(feature = "contract") {
            return Ok(JsValue::NULL);
        }
        let plan: Plan = from_bytes(plan)?;
        let governing = plan.governing.clone();
        let Some(mut told) = engine::early(&Blob { read, size }, plan, Severity::Critical)? else {
            return Ok(JsValue::NULL);
        };
        redacted(&mut told, &governing, level_of(redact.as_deref())?)?;
        let [count, ..] = verdict::tally(&told);
        let is_critical = |it: &Reason| it.severity == Severity::Critical.id();
        to_js(&Known { reasons: told.verdict.reasons.into_iter().filter(is_critical).collect(), count })
    };
    work().map_err(into_js)
}
