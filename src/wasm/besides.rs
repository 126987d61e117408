//! What is asked on a file besides its report, of its rows and those of the file that it was compared with.

use js_sys::{Array, Function, Object};
use wasm_bindgen::prelude::*;

use super::{again, into_js, set, settled};
use crate::engine::Settled;

#[cfg(feature = "monitor")]
use super::performance::Case;

/// A build that cannot be asked.
#[cfg(not(feature = "monitor"))]
struct Case;

/// A scanned file with its reference.
#[wasm_bindgen]
pub struct Besides(Case);

/// Joins the partials of the current file: `{again}` as [`super::settle`] does, else `{besides}`, a [`Besides`].
#[wasm_bindgen]
pub fn besides(
    plan: &[u8],
    partials: Array,
    reference: Option<Vec<u8>>,
    options: JsValue,
) -> Result<JsValue, JsValue> {
    let work = || {
        let result = Object::new();
        match settled(plan, &partials)? {
            Settled::Done(state) => {
                set(&result, "again", &JsValue::NULL);
                set(&result, "besides", &Besides(Case::new(state, reference, options)?).into());
            }
            Settled::Again(plan, runs, keep) => set(&result, "again", &again(&plan, &runs, &keep)?),
        }
        Ok(result.into())
    };
    work().map_err(into_js)
}

#[wasm_bindgen]
impl Besides {
    /// The reference's file is at hand: one with rows, that `read` reads.
    pub fn against(&mut self, read: Function, size: f64) {
        self.0.against(read, size);
    }

    /// How a binary classifier does on the chunks of both files: `{document, json, markdown, html}`, the latter three as the command line
    /// writes them. `asked` says which columns play which role, and how rows are cut.
    pub fn performance(self, read: &Function, size: f64, asked: JsValue) -> Result<JsValue, JsValue> {
        self.0.performance(read, size, asked).map_err(into_js)
    }
}

#[wasm_bindgen]
impl Besides {
    /// The report with what is asked of the comparison besides: what `evidently`, `nannyml` or `alibi` would have said, or what the
    /// columns say `together`: `{document, json}`, the latter as the command line writes it.
    pub fn compared(self, read: &Function, size: f64, asked: &str) -> Result<JsValue, JsValue> {
        self.0.compared(read, size, asked).map_err(into_js)
    }
}

#[cfg(not(feature = "monitor"))]
impl Case {
    /// All builds make one, since the glue of all is the same; here it can do nothing.
    fn new(_: Box<crate::engine::State>, _: Option<Vec<u8>>, _: JsValue) -> crate::error::Result<Case> {
        Ok(Case)
    }

    fn against(&mut self, _: Function, _: f64) {}

    fn compared(self, _: &Function, _: f64, _: &str) -> crate::error::Result<JsValue> {
        Err(crate::engine::cannot_compare())
    }

    fn performance(self, _: &Function, _: f64, _: JsValue) -> crate::error::Result<JsValue> {
        Err(crate::engine::cannot_compare())
    }
}
