//! The browser's host: a thin layer of plain functions that a worker calls. Files come in by ranges through a callback,
//! states cross as bytes, the report as an object and as the very bytes that the command line prints.

pub mod amend;
pub mod besides;
#[cfg(feature = "monitor")]
mod compared;
pub mod drifted;
pub mod early;
pub mod export;
pub mod feed;
pub mod folder;
#[cfg(feature = "monitor")]
mod incident;
pub mod locate;
pub mod mistakes;
pub mod others;
pub mod over;
#[cfg(feature = "monitor")]
mod performance;
pub mod raw;
mod room;

use js_sys::{Array, Error as JsError, Function, Object, Reflect, Uint8Array};
use serde::Deserialize;
use serde::Serialize;
use wasm_bindgen::prelude::*;

use crate::engine::{self, Governing, Options, Plan, Reference, Run, Scanned, Settled, State};
use crate::error::{Error, Kind, Result};
use crate::profile::Profile;
use crate::profile::saved::{self, Redact};
use crate::report::json;
use crate::report::redact::Level;
use crate::report::wire::Report;
use crate::sketch::pack::{Pack, from_bytes, to_bytes};
use crate::source::Source;

/// A file of the page, read by `FileReaderSync` on the other side.
struct Blob<'a> {
    read: &'a Function,
    size: f64,
}

impl Source for Blob<'_> {
    fn len(&self) -> u64 {
        self.size as u64
    }

    fn read_at(&self, offset: u64, buffer: &mut [u8]) -> Result<()> {
        let unreadable = |why: String| {
            Error::new(Kind::Unreadable, why)
                .with_hint("it was changed, moved or removed since it was chosen; choose it again")
        };
        let (offset, length) = (JsValue::from(offset as f64), JsValue::from(buffer.len() as f64));
        let read = self.read.call2(&JsValue::NULL, &offset, &length).map_err(|error| {
            unreadable(
                error
                    .dyn_into::<JsError>()
                    .map_or_else(|_| "the file could not be read".to_owned(), |it| it.message().into()),
            )
        })?;
        let bytes =
            read.dyn_into::<Uint8Array>().map_err(|_| unreadable("the file gave no bytes".to_owned()))?;
        if bytes.length() as usize != buffer.len() {
            return Err(unreadable("the file is shorter than it was".to_owned()));
        }
        bytes.copy_to(buffer);
        Ok(())
    }
}

/// The options of the page; everything may be left out.
#[derive(Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
struct PageOptions {
    memory: Option<f64>,
    seed: Option<f64>,
    places: Option<u32>,
    workers: Option<u32>,
    unit_bytes: Option<u32>,
    delimiter: Option<String>,
    /// An empty text: there is no quoting.
    quote: Option<String>,
    header: Option<bool>,
    as_of: Option<String>,
    /// Which values are shown.
    redact: Option<String>,
    /// Whether what breaks the contract may be located after the report.
    locate: bool,
}

impl PageOptions {
    fn of(value: JsValue) -> Result<PageOptions> {
        if value.is_undefined() || value.is_null() {
            return Ok(PageOptions::default());
        }
        serde_wasm_bindgen::from_value(value)
            .map_err(|error| Error::new(Kind::Usage, format!("wrong options: {error}")))
    }

    fn options(&self, name: String) -> Options {
        let usual = Options { name, ..Options::default() };
        Options {
            memory: self.memory.map_or(usual.memory, |it| it as u64),
            seed: self.seed.map_or(usual.seed, |it| it as u64),
            places: self.places.map_or(usual.places, |it| it as usize),
            threads: self.workers.map_or(1, |it| it as usize),
            unit_bytes: self.unit_bytes.map_or(usual.unit_bytes, |it| it as usize),
            delimiter: self.delimiter.as_deref().and_then(|it| it.bytes().next()),
            quote: self.quote.as_deref().map(|it| it.bytes().next()),
            header: self.header,
            ..usual
        }
    }
}

#[derive(Serialize, Deserialize)]
struct PageRun {
    start: f64,
    end: f64,
    record: Option<f64>,
}

impl PageRun {
    fn of(run: &Run) -> PageRun {
        PageRun { start: run.start as f64, end: run.end as f64, record: run.record.map(|it| it as f64) }
    }

    fn run(&self) -> Run {
        Run { start: self.start as u64, end: self.end as u64, record: self.record.map(|it| it as u64) }
    }
}

#[derive(Serialize)]
struct Opened {
    format: &'static str,
    columnar: bool,
    splittable: bool,
    runs: Vec<PageRun>,
}

/// Sniffs a file and makes the plan of its scan: `{plan, format, columnar, splittable, runs}`.
#[wasm_bindgen]
pub fn open(
    read: &Function,
    size: f64,
    name: String,
    options: JsValue,
    governing: Option<Vec<u8>>,
) -> std::result::Result<JsValue, JsValue> {
    let work = || {
        let options = PageOptions::of(options)?.options(name);
        let governing = governing.map_or_else(|| Ok(Governing::default()), |it| from_bytes(&it))?;
        opened(&Blob { read, size }, &options, governing)
    };
    work().map_err(into_js)
}

fn opened(source: &Blob<'_>, options: &Options, governing: Governing) -> Result<JsValue> {
    let plan = engine::open(source, options, governing)?;
    let columnar = !plan.format.is_text();
    let runs = plan.runs(options.threads).iter().map(PageRun::of).collect();
    let format = plan.format.id();
    let opened = to_js(&Opened { format, columnar, splittable: plan.is_splittable(), runs })?;
    set(&opened, "plan", &bytes(&to_bytes(&plan)));
    Ok(opened)
}

/// A first look at the file of a plan: `{document, rows}`. The document is the report on the rows that the types were speculated
/// from, as if they were the file; `rows` is how many the file has, where its footer says so, else null.
#[wasm_bindgen]
pub fn look(
    read: &Function,
    size: f64,
    plan: &[u8],
    redact: Option<String>,
) -> std::result::Result<JsValue, JsValue> {
    let work = || {
        let look = engine::look(&Blob { read, size }, from_bytes(plan)?)?;
        let mut document = engine::report(engine::Request {
            current: &look.state,
            reference: None,
            as_of: None,
            drift: None,
        })?;
        redacted(&mut document, &look.state.plan.governing, level_of(redact.as_deref())?)?;
        let result = Object::new();
        set(&result, "document", &parsed(&json::pretty(&document)?)?);
        set(&result, "rows", &look.rows.map_or(JsValue::NULL, |rows| JsValue::from(rows as f64)));
        Ok(result.into())
    };
    work().map_err(into_js)
}

/// The scan of a run of a file. Text is supplied as it comes, so that a worker can wait for the file without holding
/// what it has read; the groups of a columnar file are asked for.
#[wasm_bindgen]
pub struct Scan(engine::Scan);

#[wasm_bindgen]
impl Scan {
    /// The scan of a run of the plan's file.
    #[wasm_bindgen(constructor)]
    pub fn new(plan: &[u8], run: JsValue) -> std::result::Result<Scan, JsValue> {
        let work = || {
            let plan: Plan = from_bytes(plan)?;
            let run: PageRun = serde_wasm_bindgen::from_value(run)
                .map_err(|error| Error::new(Kind::Usage, format!("wrong run: {error}")))?;
            let run = run.run();
            let whole = if plan.format.is_text() { plan.bytes } else { plan.groups };
            let share = (run.end.min(whole) - run.start.min(whole)) as f64 / whole.max(1) as f64;
            room::make((plan.bytes as f64 * share) as u64 * 4);
            Ok(Scan(engine::Scan::new(&plan, run)?))
        };
        work().map_err(into_js)
    }

    /// The offset of the bytes to supply next; undefined: the file is columnar, and [`Scan::read`] reads it.
    #[wasm_bindgen(getter)]
    pub fn offset(&mut self) -> Option<f64> {
        self.0.offset().map(|it| it as f64)
    }

    /// Scans the next bytes of the file, as many as the worker likes. Returns whether the run goes on.
    pub fn supply(&mut self, bytes: &Uint8Array) -> std::result::Result<bool, JsValue> {
        room::keep();
        bytes.copy_to(self.0.room(bytes.length() as usize));
        self.0.supplied().map_err(into_js)
    }

    /// Reads and scans the next group of a columnar file. Returns whether the run goes on.
    pub fn read(&mut self, read: &Function, size: f64) -> std::result::Result<bool, JsValue> {
        room::keep();
        self.0.advance(&Blob { read, size }, engine::UNIT_BYTES).map_err(into_js)
    }

    /// Bytes of the file that are read.
    #[wasm_bindgen(getter)]
    pub fn bytes(&mut self) -> f64 {
        self.0.progress().bytes as f64
    }

    /// Rows that are scanned.
    #[wasm_bindgen(getter)]
    pub fn rows(&mut self) -> f64 {
        self.0.progress().rows as f64
    }

    /// The partial of the run.
    pub fn finish(self) -> Uint8Array {
        bytes(&to_bytes(&self.0.finish()))
    }
}

/// Joins the partials of a reference: `{again: {plan, runs, keep}}` where something must be scanned again (keep are
/// partials to hand in with the new ones), else `{state}`.
#[wasm_bindgen]
pub fn settle(plan: &[u8], partials: Array) -> std::result::Result<JsValue, JsValue> {
    let work = || {
        let result = Object::new();
        match settled(plan, &partials)? {
            Settled::Done(state) => {
                set(&result, "again", &JsValue::NULL);
                set(&result, "state", &bytes(&to_bytes(&*state)));
            }
            Settled::Again(plan, runs, keep) => set(&result, "again", &again(&plan, &runs, &keep)?),
        }
        Ok(result.into())
    };
    work().map_err(into_js)
}

fn settled(plan: &[u8], partials: &Array) -> Result<Settled> {
    let lengths = partials.iter().filter_map(|it| it.dyn_into().ok()).map(|it: Uint8Array| it.length());
    room::make(lengths.map(u64::from).sum::<u64>() * 6);
    engine::settle(from_bytes(plan)?, unpacked::<Scanned>(partials)?)
}

fn unpacked<T: Pack>(packed: &Array) -> Result<Vec<T>> {
    let each = packed.iter().filter_map(|it| it.dyn_into::<Uint8Array>().ok());
    each.map(|it| from_bytes(&it.to_vec())).collect()
}

fn again(plan: &Plan, runs: &[Run], keep: &[Scanned]) -> Result<JsValue> {
    let again = Object::new();
    set(&again, "plan", &bytes(&to_bytes(plan)));
    set(&again, "runs", &to_js(&runs.iter().map(PageRun::of).collect::<Vec<_>>())?);
    let keep: Array = keep.iter().map(|it| bytes(&to_bytes(it))).collect();
    set(&again, "keep", &keep);
    Ok(again.into())
}

/// The state of a scanned file as a reference.
#[wasm_bindgen(js_name = referenceOf)]
pub fn reference_of(state: &[u8]) -> std::result::Result<Uint8Array, JsValue> {
    let work = || Ok(bytes(&to_bytes(&Reference::Scanned(Box::new(from_bytes::<State>(state)?)))));
    work().map_err(into_js)
}

/// A saved profile's file as a reference.
#[wasm_bindgen(js_name = profileOf)]
pub fn profile_of(saved_profile: &[u8]) -> std::result::Result<Uint8Array, JsValue> {
    let work = || Ok(bytes(&to_bytes(&Reference::Saved(Box::new(saved::read(saved_profile)?)))));
    work().map_err(into_js)
}

/// What a reference, a contract and the tables that it refers to say about the reading of the current file, for [`open`]; of
/// another than the current one, the contract says only which types its columns have.
#[wasm_bindgen]
pub fn governing(
    reference: Option<Vec<u8>>,
    contract: Option<Vec<u8>>,
    others: Array,
    types_only: bool,
) -> std::result::Result<Uint8Array, JsValue> {
    let work = || {
        if let Some(text) = &contract {
            crate::contract::parse(text)?;
        }
        let reference = reference.map(|it| from_bytes::<Reference>(&it)).transpose()?;
        let mut governing = engine::governing(reference.as_ref(), contract.as_deref());
        governing.others = unpacked(&others)?;
        governing.types_only = types_only;
        Ok(bytes(&to_bytes(&governing)))
    };
    work().map_err(into_js)
}

/// A table that was reported on.
#[wasm_bindgen]
pub struct Table {
    state: Box<State>,
    profile: Profile,
    kept: Redact,
}

#[wasm_bindgen]
impl Table {
    /// The contract that the table keeps, as the command line infers it; undefined of one without rows.
    pub fn infer(&self) -> Option<String> {
        crate::contract::infer(std::slice::from_ref(&self.profile)).ok()
    }

    /// Its saved profile, the bytes that the command line writes.
    pub fn save(self) -> std::result::Result<Uint8Array, JsValue> {
        let save = || Ok(bytes(&saved::write(&self.state.save(&self.profile, self.kept))?));
        save().map_err(into_js)
    }
}

/// Joins the partials of the current file and reports on it: `{again}` as [`settle`] does, else `{json, document,
/// table}`. `json` are the bytes that the command line prints, `table` is a [`Table`]. Where the options want it, there is
/// `settling` too, from which [`locate::Locating`] starts.
#[wasm_bindgen]
pub fn report(
    plan: &[u8],
    partials: Array,
    reference: Option<Vec<u8>>,
    options: JsValue,
    feed: Option<Vec<u8>>,
) -> std::result::Result<JsValue, JsValue> {
    let work = || {
        let options = PageOptions::of(options)?;
        let result = Object::new();
        let state = match settled(plan, &partials)? {
            Settled::Done(state) => state,
            Settled::Again(plan, runs, keep) => {
                set(&result, "again", &again(&plan, &runs, &keep)?);
                return Ok(result.into());
            }
        };
        let reference = reference.map(|it| from_bytes::<Reference>(&it)).transpose()?;
        let profile = state.profile();
        let (mut document, as_of) = reported(&state, &profile, reference.as_ref(), options.as_of, feed)?;
        let level = level_of(options.redact.as_deref())?;
        redacted(&mut document, &state.plan.governing, level)?;
        let json = json::pretty(&document)?;
        set(&result, "again", &JsValue::NULL);
        set(&result, "document", &parsed(&json)?);
        set(&result, "json", &bytes(&json));
        if options.locate && cfg!(feature = "contract") {
            let settling =
                engine::locate::Settling::of(&state, &profile, as_of.as_deref(), reference.as_ref())?;
            set(&result, "settling", &bytes(&to_bytes(&settling)));
        }
        set(&result, "table", &Table { state, profile, kept: Level::kept(level) }.into());
        Ok(result.into())
    };
    work().map_err(into_js)
}

/// The report on a file, with all values, and the time that it depends on.
fn reported(
    state: &State,
    profile: &Profile,
    reference: Option<&Reference>,
    as_of: Option<String>,
    feed: Option<Vec<u8>>,
) -> Result<(Report, Option<String>)> {
    let as_of = match as_of {
        None if engine::needs_clock(state)? => Some(now()),
        given => given,
    };
    let request = engine::Request { current: state, reference, as_of: as_of.as_deref(), drift: None };
    let document = match feed {
        Some(feed) => feed::report(request, profile, &feed)?,
        None => engine::report_on(request, profile)?,
    };
    Ok((document, as_of))
}

/// Leaves out of a report what this level does not show; the usual one where it is not given.
fn redacted(document: &mut Report, governing: &Governing, level: Option<Level>) -> Result<()> {
    engine::redact(document, governing.contract.as_ref().map(engine::Agreed::text), level.unwrap_or_default())
}

fn level_of(word: Option<&str>) -> Result<Option<Level>> {
    let unknown = |word: &str| Error::new(Kind::Usage, format!("{word:?} is no level of redaction"));
    word.map(|word| Level::named(word).ok_or_else(|| unknown(word))).transpose()
}

/// Whether this module reads Parquet and Arrow.
#[wasm_bindgen(js_name = isColumnar)]
pub fn is_columnar() -> bool {
    cfg!(feature = "columnar")
}

/// Runs once when the module starts: a panic's text reaches the console before the trap.
#[wasm_bindgen(start)]
pub fn start() {
    std::panic::set_hook(Box::new(|panic| web_sys::console::error_1(&panic.to_string().into())));
}

/// The browser's time as ISO 8601 in UTC, in whole seconds.
fn now() -> String {
    let text = String::from(js_sys::Date::new_0().to_iso_string());
    text.split('.').next().map(|seconds| format!("{seconds}Z")).unwrap_or(text)
}

fn bytes(bytes: &[u8]) -> Uint8Array {
    Uint8Array::from(bytes)
}

fn to_js<T: Serialize>(value: &T) -> Result<JsValue> {
    parsed(&json::pretty(value)?)
}

/// JSON as an object; the browser's parser is quicker and smaller than building it piece by piece.
fn parsed(json: &[u8]) -> Result<JsValue> {
    let failed = || Error::new(Kind::Limit, "the result could not be handed over");
    let text = std::str::from_utf8(json).map_err(|_| failed())?;
    js_sys::JSON::parse(text).map_err(|_| failed())
}

fn set(object: &JsValue, key: &str, value: &JsValue) {
    // OK because the objects are plain ones made here.
    _ = Reflect::set(object, &key.into(), value);
}

/// A JavaScript error: `name` is the code, `hint` what to do.
fn into_js(error: Error) -> JsValue {
    let js = JsError::new(&error.to_string());
    js.set_name(error.code());
    set(&js, "hint", &error.hint().map_or(JsValue::NULL, Into::into));
    js.into()
}
