//! The files of a feed before the current one, as saved profiles: what the current one is compared with, and what is usual.

use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;

use super::{bytes, into_js};
use crate::drift::timeline::key;
use crate::engine::{self, History, Over, Reference, Request, State};
use crate::error;
use crate::profile::Profile;
use crate::profile::saved::{self, Redact, Saved};
use crate::report::wire::Report;
use crate::sketch::pack::{from_bytes, pack_struct, to_bytes};

/// A file that came before.
struct Kept {
    /// What its interval is called.
    key: String,
    /// The bytes of its saved profile.
    saved: Vec<u8>,
}

pack_struct!(Kept { key, saved });

/// The feed with one file more, in place of one that is called so too.
#[wasm_bindgen(js_name = feedWith)]
pub fn feed_with(feed: Option<Vec<u8>>, name: &str, saved: Vec<u8>) -> Result<Uint8Array, JsValue> {
    let work = || {
        compares()?;
        saved::read(&saved)?;
        let mut kept = feed.map_or_else(|| Ok(Vec::new()), |it| from_bytes::<Vec<Kept>>(&it))?;
        let key = key::of_file(name);
        kept.retain(|it| it.key != key);
        kept.push(Kept { key, saved });
        crate::order::sort_by(&mut kept, |a, b| key::order(&a.key, &b.key));
        Ok(bytes(&to_bytes(&kept)))
    };
    work().map_err(into_js)
}

/// The files before one of this name together, as a reference; undefined where there are none.
#[wasm_bindgen(js_name = feedBefore)]
pub fn feed_before(feed: Vec<u8>, name: &str) -> Result<Option<Uint8Array>, JsValue> {
    let work = || {
        compares()?;
        Ok(window(&feed, name)?.map(|it| bytes(&to_bytes(&it))))
    };
    work().map_err(into_js)
}

/// The files before one of this name together.
pub(super) fn window(feed: &[u8], name: &str) -> error::Result<Option<Reference>> {
    // Where the name says no day, all that came before is before it.
    let key = key::day(name).map(|_| key::of_file(name));
    let mut history = History::new(Over::Files, None, engine::WINDOW)?;
    for (_, saved) in before(feed, key.as_deref())? {
        history.hold(None, saved);
    }
    Ok(history.window()?.map(|it| Reference::Saved(Box::new(it))))
}

/// The saved profile of a scanned file, as the command line keeps it.
#[wasm_bindgen(js_name = savedOf)]
pub fn saved_of(state: &[u8]) -> Result<Uint8Array, JsValue> {
    let work = || {
        compares()?;
        let state = from_bytes::<State>(state)?;
        Ok(bytes(&saved::write(&state.save(&state.profile(), Redact::Rare))?))
    };
    work().map_err(into_js)
}

/// All builds have the same functions; this one may not compare.
fn compares() -> error::Result<()> {
    if cfg!(feature = "contract") { Ok(()) } else { Err(engine::cannot_compare()) }
}

/// The files before this one, in their order; all of them where it is not known.
fn before(feed: &[u8], key: Option<&str>) -> error::Result<Vec<(String, Saved)>> {
    let kept = from_bytes::<Vec<Kept>>(feed)?.into_iter();
    let kept = kept.filter(|it| key.is_none_or(|key| key::order(&it.key, key).is_lt()));
    kept.map(|it| Ok((it.key, saved::read(&it.saved)?))).collect()
}

/// The report on a file as the next of its feed.
pub(super) fn report(request: Request<'_>, profile: &Profile, feed: &[u8]) -> error::Result<Report> {
    compares()?;
    let plan = &request.current.plan;
    let key = key::of_file(&plan.name);
    let watched = engine::watched(plan.governing.contract.as_ref(), &plan.name)?;
    let mut history = History::new(Over::Files, request.reference, engine::WINDOW)?.watching(&watched);
    for (key, saved) in before(feed, Some(&key))? {
        history.add(&key, None, saved)?;
    }
    engine::report_in(request, profile, &history, &key)
}
