//! The files of a feed before the current one, as saved profiles: what the current one is compared with, and what is usual.

use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;

use super::{bytes, into_js};
use crate::drift::timeline::{Mark, key};
use crate::engine::{self, History, Marks, Over, Reference, Request, State};
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

/// The files that came before, in their order.
#[derive(Default)]
pub(super) struct Feed {
    /// Whether they are from the folder of a history, whose intervals are called by their days.
    folder: bool,
    /// The bytes of that folder's marks, where it has some.
    marks: Option<Vec<u8>>,
    kept: Vec<Kept>,
}

pack_struct!(Feed { folder, marks, kept });

impl Feed {
    /// Of a folder with these marks, without files.
    pub(super) fn of_folder(marks: Option<Vec<u8>>) -> Feed {
        Feed { folder: true, marks, kept: Vec::new() }
    }

    /// Adds the file of an interval, in place of one that is called so too.
    ///
    /// # Errors
    /// Where this is no saved profile.
    pub(super) fn add(&mut self, key: String, saved: Vec<u8>) -> error::Result<()> {
        saved::read(&saved)?;
        self.kept.retain(|it| it.key != key);
        self.kept.push(Kept { key, saved });
        crate::order::sort_by(&mut self.kept, |a, b| key::order(&a.key, &b.key));
        Ok(())
    }

    /// The files before this one, in their order; all of them where it is not known.
    fn before(&self, key: Option<&str>) -> error::Result<Vec<(&str, Option<Mark>, Saved)>> {
        let marks = match &self.marks {
            Some(marks) if cfg!(feature = "monitor") => Marks::read(marks)?,
            _ => Marks::default(),
        };
        let kept = self.kept.iter();
        let kept = kept.filter(|it| key.is_none_or(|key| key::order(&it.key, key).is_lt()));
        kept.map(|it| Ok((&it.key[..], marks.of(&it.key), saved::read(&it.saved)?))).collect()
    }
}

/// The feed with one file more, in place of one that is called so too.
#[wasm_bindgen(js_name = feedWith)]
pub fn feed_with(feed: Option<Vec<u8>>, name: &str, saved: Vec<u8>) -> Result<Uint8Array, JsValue> {
    let work = || {
        compares()?;
        let mut feed = feed.map_or_else(|| Ok(Feed::default()), |it| from_bytes::<Feed>(&it))?;
        feed.add(key::of_file(name), saved)?;
        Ok(bytes(&to_bytes(&feed)))
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
    for (_, mark, saved) in from_bytes::<Feed>(feed)?.before(key.as_deref())? {
        history.hold(mark, saved);
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

/// The report on a file as the next of its feed.
pub(super) fn report(request: Request<'_>, profile: &Profile, feed: &[u8]) -> error::Result<Report> {
    compares()?;
    let plan = &request.current.plan;
    let feed = from_bytes::<Feed>(feed)?;
    let of_folder = feed.folder && cfg!(feature = "monitor");
    let of_folder = of_folder.then(|| engine::interval_of(&plan.name, profile)).flatten();
    let key = of_folder.unwrap_or_else(|| key::of_file(&plan.name));
    let watched = engine::watched(plan.governing.contract.as_ref(), &plan.name)?;
    let mut history = History::new(Over::Files, request.reference, engine::WINDOW)?.watching(&watched);
    for (key, mark, saved) in feed.before(Some(&key))? {
        history.add(key, mark, saved)?;
    }
    engine::report_in(request, profile, &history, &key)
}
