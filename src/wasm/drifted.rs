//! What is asked on a drift that was found: where columns drifted, and all of an incident. Both files are read again, in one
//! worker.

use js_sys::{Array, Function, Object};
use wasm_bindgen::prelude::*;

use super::{again, into_js, set, settled};
use crate::engine::Settled;

#[cfg(feature = "monitor")]
use super::incident::Found;

/// A build that does not look for it.
#[cfg(not(feature = "monitor"))]
struct Found;

/// A report on a file, and what it takes to look into its drift.
#[wasm_bindgen]
pub struct Drifted(Found);

/// Joins the partials of the current file and reports on it as [`super::report`] does: `{again}`, else `{drifted}`, a
/// [`Drifted`].
#[wasm_bindgen]
pub fn drifted(
    plan: &[u8],
    partials: Array,
    reference: Option<Vec<u8>>,
    options: JsValue,
    feed: Option<Vec<u8>>,
) -> Result<JsValue, JsValue> {
    let work = || {
        let result = Object::new();
        match settled(plan, &partials)? {
            Settled::Done(state) => {
                set(&result, "again", &JsValue::NULL);
                let found = Found::new(state, reference, options, feed)?;
                set(&result, "drifted", &Drifted(found).into());
            }
            Settled::Again(plan, runs, keep) => set(&result, "again", &again(&plan, &runs, &keep)?),
        }
        Ok(result.into())
    };
    work().map_err(into_js)
}

#[wasm_bindgen]
impl Drifted {
    /// Where the columns drifted, as the report of the command line has it: `{segments}`; with `whole` the document of the
    /// incident besides: `{segments, incident, json, markdown, html, name}`: its three forms as the command line prints them, and what the file of its rules
    /// is called.
    /// `before` reads the reference, where it has rows; its name is `before_name`. `tell` is told the bytes that were read.
    pub fn look(
        self,
        read: &Function,
        size: f64,
        before: Option<Function>,
        before_size: f64,
        before_name: String,
        whole: bool,
        tell: &Function,
    ) -> Result<JsValue, JsValue> {
        let before = before.as_ref().map(|read| (read, before_size, before_name));
        self.0.look((read, size), before, whole, tell).map_err(into_js)
    }
}

#[cfg(not(feature = "monitor"))]
impl Found {
    fn new(
        _: Box<crate::engine::State>,
        _: Option<Vec<u8>>,
        _: JsValue,
        _: Option<Vec<u8>>,
    ) -> crate::error::Result<Found> {
        Err(crate::engine::cannot_compare())
    }

    fn look(
        self,
        _: (&Function, f64),
        _: Option<(&Function, f64, String)>,
        _: bool,
        _: &Function,
    ) -> crate::error::Result<JsValue> {
        Err(crate::engine::cannot_compare())
    }
}
