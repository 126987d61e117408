//! The other tables that a contract refers to: what is wanted of them, and their files in, the hashes of their keys out.

use js_sys::{Array, Function, Object};
use wasm_bindgen::prelude::*;

use super::{Blob, PageOptions, again, bytes, into_js, opened, set, settled};
#[cfg(feature = "contract")]
use crate::contract::Wanted;
use crate::engine::{self, Governing, Settled, State};
use crate::error::Result;
#[cfg(feature = "contract")]
use crate::sketch::pack::{from_bytes, to_bytes};

/// The other tables that the contract of a file refers to: `[{table, wanted}]`. `table` is what the contract calls it, null
/// for the file itself; `wanted` is for [`open_other`] and [`other`].
#[wasm_bindgen]
pub fn wanted(contract: &[u8], file: &str) -> std::result::Result<Array, JsValue> {
    all_wanted(contract, file).map_err(into_js)
}

#[cfg(feature = "contract")]
fn all_wanted(contract: &[u8], file: &str) -> Result<Array> {
    let each = |it: &Wanted| {
        let one = Object::new();
        set(&one, "table", &it.table.as_deref().map_or(JsValue::NULL, JsValue::from_str));
        set(&one, "wanted", &bytes(&to_bytes(it)));
        one
    };
    Ok(engine::wanted(contract, file)?.iter().map(each).collect())
}

#[cfg(not(feature = "contract"))]
fn all_wanted(_: &[u8], _: &str) -> Result<Array> {
    Ok(Array::new())
}

/// The plan of the scan of another table, whose columns are read as the contract has them: as `open` does.
#[wasm_bindgen(js_name = openOther)]
pub fn open_other(
    read: &Function,
    size: f64,
    name: String,
    options: JsValue,
    wanted: &[u8],
) -> std::result::Result<JsValue, JsValue> {
    let work = || {
        let options = PageOptions::of(options)?.options(name);
        let (options, governing) = as_agreed(wanted, options)?;
        opened(&Blob { read, size }, &options, governing)
    };
    work().map_err(into_js)
}

/// How the other table is read: as the contract has it.
#[cfg(feature = "contract")]
fn as_agreed(wanted: &[u8], options: engine::Options) -> Result<(engine::Options, Governing)> {
    let wanted: Wanted = from_bytes(wanted)?;
    let dialect = wanted.dialect;
    let options = engine::Options {
        types: wanted.types.clone(),
        delimiter: dialect.delimiter.or(options.delimiter),
        quote: dialect.quote.or(options.quote),
        header: dialect.header.or(options.header),
        ..options
    };
    Ok((options, engine::governing_of(&wanted)))
}

#[cfg(not(feature = "contract"))]
fn as_agreed(_: &[u8], _: engine::Options) -> Result<(engine::Options, Governing)> {
    Err(engine::cannot_compare())
}

/// Joins the partials of another table and reads it once more: `{again}` as `settle` does, else `{other}`, for
/// `governing`.
#[wasm_bindgen]
pub fn other(
    read: &Function,
    size: f64,
    plan: &[u8],
    partials: Array,
    wanted: &[u8],
    options: JsValue,
) -> std::result::Result<JsValue, JsValue> {
    let work = || {
        let options = PageOptions::of(options)?.options(String::new());
        let result = Object::new();
        match settled(plan, &partials)? {
            Settled::Done(state) => {
                set(&result, "again", &JsValue::NULL);
                set(&result, "other", &bytes(&known(&Blob { read, size }, &state, wanted, &options)?));
            }
            Settled::Again(plan, runs, keep) => set(&result, "again", &again(&plan, &runs, &keep)?),
        }
        Ok(result.into())
    };
    work().map_err(into_js)
}

#[cfg(feature = "contract")]
fn known(source: &Blob<'_>, state: &State, wanted: &[u8], options: &engine::Options) -> Result<Vec<u8>> {
    let wanted = from_bytes(wanted)?;
    engine::other(source, state, &wanted, options.unit_bytes, options.memory).map(|it| to_bytes(&it))
}

#[cfg(not(feature = "contract"))]
fn known(_: &Blob<'_>, _: &State, _: &[u8], _: &engine::Options) -> Result<Vec<u8>> {
    Err(engine::cannot_compare())
}
