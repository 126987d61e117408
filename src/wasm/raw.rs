//! The record of a row as it stands in the file of a report.

use js_sys::{Function, Object};
use wasm_bindgen::prelude::*;

use super::{Blob, bytes, into_js, set};
use crate::engine::locate::Settling;
use crate::engine::raw::raw_at;
use crate::error::{Error, Kind, Result};
use crate::sketch::pack::from_bytes;

/// More bytes of a record are not handed to the page.
const MOST: usize = 1 << 20;

/// The record of the row behind `skip` others from this offset on, as `{bytes, length}`: its first bytes, and how many it has;
/// undefined behind the last.
#[wasm_bindgen(js_name = rawAt)]
pub fn raw(
    read: &Function,
    size: f64,
    settling: &[u8],
    offset: f64,
    skip: f64,
) -> std::result::Result<JsValue, JsValue> {
    let work = || {
        // Asked of the build that has all.
        if !cfg!(feature = "monitor") {
            return Ok(JsValue::UNDEFINED);
        }
        let settling: Settling = from_bytes(settling)?;
        if size as u64 != settling.plan.bytes {
            return Err(Error::new(Kind::Unreadable, "the file is not as long as it was"));
        }
        let found = raw_at(&Blob { read, size }, &settling.plan, offset as u64, skip as u64, MOST)?;
        Ok(found.map_or(JsValue::UNDEFINED, |raw| {
            let object = Object::new();
            set(&object, "bytes", &bytes(&raw.bytes));
            set(&object, "length", &(raw.length as f64).into());
            object.into()
        }))
    };
    let result: Result<JsValue> = work();
    result.map_err(into_js)
}
