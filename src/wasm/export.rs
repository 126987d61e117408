//! A report as a document of another tool.

use wasm_bindgen::prelude::*;

use super::into_js;
use crate::error::{Error, Kind, Result};

/// The bytes that the command line writes of a report of its own with `--format`: `html`, `markdown`, `junit` or `sarif`. The
/// report is given as its JSON.
#[wasm_bindgen]
pub fn exported(report: &[u8], format: &str) -> std::result::Result<Vec<u8>, JsValue> {
    document(report, format).map_err(into_js)
}

#[cfg(feature = "monitor")]
fn document(report: &[u8], format: &str) -> Result<Vec<u8>> {
    use crate::finding::Severity;
    use crate::report::export::{Document, Outcome, html, junit, markdown, sarif};
    use crate::report::wire::Report;

    let wrong = |why: String| Error::new(Kind::Usage, why);
    let report: Report = serde_json::from_slice(report).map_err(|error| wrong(error.to_string()))?;
    let outcome = Outcome { file: report.source.name.clone(), result: Ok(Box::new(report)) };
    let document = Document { outcomes: &[outcome], fail_on: Severity::Critical };
    match format {
        "html" => Ok(html::render(document).into_bytes()),
        "markdown" => Ok(markdown::render(document).into_bytes()),
        "junit" => Ok(junit::render(document).into_bytes()),
        "sarif" => sarif::render(document),
        _ => Err(wrong(format!("{format:?} is no document"))),
    }
}

#[cfg(not(feature = "monitor"))]
fn document(_: &[u8], _: &str) -> Result<Vec<u8>> {
    Err(Error::new(Kind::Usage, "this build makes no documents"))
}
