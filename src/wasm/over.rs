//! A file over time: its rows by the periods of a column.

use js_sys::{Array, Function, Object};
use wasm_bindgen::prelude::*;

use super::{Blob, again, into_js, set, settled, to_js};
use crate::cell::period::Period;
use crate::engine::{self, By, History, Options, Reference, Settled};
use crate::error::{Error, Kind};
use crate::sketch::pack::from_bytes;

/// Joins the partials of a file and reads it once more by the periods of a column: `{again}` as `settle` does, else
/// `{timeline}` as the report has it. Each period is compared with the reference, or with those before it.
#[wasm_bindgen]
pub fn over(
    read: &Function,
    size: f64,
    plan: &[u8],
    partials: Array,
    reference: Option<Vec<u8>>,
    column: String,
    period: &str,
) -> Result<JsValue, JsValue> {
    let work = || {
        if !cfg!(feature = "contract") {
            return Err(engine::cannot_compare());
        }
        let result = Object::new();
        let state = match settled(plan, &partials)? {
            Settled::Done(state) => state,
            Settled::Again(plan, runs, keep) => {
                set(&result, "again", &again(&plan, &runs, &keep)?);
                return Ok(result.into());
            }
        };
        let period =
            Period::of(period).ok_or_else(|| Error::new(Kind::Usage, format!("{period:?} is no period")))?;
        let reference = reference.map(|it| from_bytes::<Reference>(&it)).transpose()?;
        let (by, options) = (By::Time { column, period }, Options { threads: 1, ..Options::default() });
        let split = engine::split_alone(&Blob { read, size }, &state, &options, &by)?;
        let history = History::of_split(split, reference.as_ref(), engine::WINDOW, &[])?;
        set(&result, "again", &JsValue::NULL);
        set(&result, "timeline", &to_js(&history.summary().1)?);
        Ok(result.into())
    };
    work().map_err(into_js)
}
