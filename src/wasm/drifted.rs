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
    /// The reference's file is at hand: one with rows, that `read` reads.
    pub fn against(&mut self, read: Function, size: f64, name: String) {
        self.0.against(read, size, name);
    }

    /// Where the columns drifted, as the report of the command line has it: `{segments}`; with `whole` the document of the
    /// incident besides: `{segments, incident, json, markdown, html, name}`: its three forms as the command line prints them,
    /// and what the file of its rules is called. `read` reads the current file; `tell` is told the bytes that were read of both.
    pub fn look(self, read: &Function, size: f64, whole: bool, tell: &Function) -> Result<JsValue, JsValue> {
        self.0.look((read, size), whole, tell).map_err(into_js)
    }
}

#[cfg(not(feature = "monitor"))]
impl Found {
    /// All builds make one, since the glue of all is the same; here it can do nothing.
    fn new(
        _: Box<crate::engine::State>,
        _: Option<Vec<u8>>,
        _: JsValue,
        _: Option<Vec<u8>>,
    ) -> crate::error::Result<Found> {
        Ok(Found)
    }

    fn against(&mut self, _: Function, _: f64, _: String) {}

    /// It tells of nothing, for the same reason.
    fn look(self, _: (&Function, f64), _: bool, tell: &Function) -> crate::error::Result<JsValue> {
        _ = tell.call1(&JsValue::NULL, &0.0.into());
        Err(crate::engine::cannot_compare())
    }
}
