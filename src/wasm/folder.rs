//! The folder of a feed, as the command line keeps it: its profiles, and what a person has said of its intervals.

use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;

use super::feed::Feed;
use super::{bytes, into_js, parsed};
use crate::drift::timeline::{Mark, key};
use crate::engine::{self, Marks};
use crate::error::{Error, Kind, Result};
use crate::sketch::pack::to_bytes;

/// What the name of a kept interval ends with.
const ENDING: &str = ".profile.json";

/// The files of a folder, taken in one after the other.
#[wasm_bindgen]
pub struct Folder(Feed);

#[wasm_bindgen]
impl Folder {
    /// A folder without profiles, with these marks.
    #[wasm_bindgen(constructor)]
    pub fn new(marks: Option<Vec<u8>>) -> std::result::Result<Folder, JsValue> {
        let work = || {
            is_kept()?;
            Ok(Folder(Feed::of_folder(marks)))
        };
        work().map_err(into_js)
    }

    /// Takes in the saved profile of an interval, in place of one that is called so too.
    pub fn add(&mut self, name: &str, saved: Vec<u8>) -> std::result::Result<(), JsValue> {
        let work = || {
            is_kept()?;
            let key = name.strip_suffix(ENDING).filter(|it| !it.is_empty() && !it.starts_with('.'));
            let key = key.map_or_else(|| key::of_file(name), str::to_owned);
            self.0.add(key, saved).map_err(|error| error.of_file(name))
        };
        work().map_err(into_js)
    }

    /// The feed of its files.
    pub fn feed(self) -> Uint8Array {
        bytes(&to_bytes(&self.0))
    }
}

/// What `history.json` holds, as an object; what is wrong with it.
#[wasm_bindgen(js_name = marksOf)]
pub fn marks_of(marks: &[u8]) -> std::result::Result<JsValue, JsValue> {
    let work = || {
        is_kept()?;
        parsed(&Marks::read(marks)?.write()?)
    };
    work().map_err(into_js)
}

/// The bytes of `history.json`, where this is said of an interval from now on, `incident` or `normal`, or nothing any more.
#[wasm_bindgen]
pub fn marked(
    marks: Option<Vec<u8>>,
    interval: &str,
    mark: Option<String>,
) -> std::result::Result<Uint8Array, JsValue> {
    let work = || {
        is_kept()?;
        let mut marks = marks.map_or_else(|| Ok(Marks::default()), |it| Marks::read(&it))?;
        let unknown = |word: &str| Error::new(Kind::Usage, format!("{word:?} is no mark"));
        let mark = mark.as_deref().map(|it| Mark::named(it).ok_or_else(|| unknown(it))).transpose()?;
        marks.set(interval, mark);
        Ok(bytes(&marks.write()?))
    };
    work().map_err(into_js)
}

/// All builds have the same functions; only one keeps a folder.
fn is_kept() -> Result<()> {
    if cfg!(feature = "monitor") { Ok(()) } else { Err(engine::cannot_compare()) }
}
