//! The mistakes in a contract's text.

use serde::Serialize;
use wasm_bindgen::prelude::*;

use super::{into_js, to_js};
use crate::contract;
use crate::error::{Kind, Place};

/// A mistake and where it is, from 1; the column counts characters.
#[derive(Serialize)]
struct Mistake {
    line: u64,
    column: u64,
    message: String,
}

/// Every mistake of a contract, in the order of its text: a list of `{line, column, message}`.
#[wasm_bindgen]
pub fn mistakes(text: &str) -> Result<JsValue, JsValue> {
    let found = match contract::parse(text.as_bytes()) {
        Ok(_) => Vec::new(),
        Err(error) if error.kind() == Kind::NeedsContract => return Err(into_js(error)),
        Err(error) => error.mistakes(),
    };
    let mistake = |(Place { line, column }, message)| Mistake { line, column, message };
    to_js(&found.into_iter().map(mistake).collect::<Vec<_>>()).map_err(into_js)
}
