//! Every cell that breaks a rule, the rows that are set apart for it, and rows to look at: the calls of a worker that go
//! over a file again after it was reported on.

use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use js_sys::{Array, Float64Array, Function, Object, Uint8Array, Uint32Array};
use serde::Serialize;
use wasm_bindgen::prelude::*;

use super::{Blob, Scan, bytes, into_js, room, set, to_js};
use crate::engine::joints::Joints;
use crate::engine::locate::{self, Part, Settling};
use crate::engine::offenders::{Gathering, Group, OfRule};
use crate::engine::outlet::{Chunk, Outlet};
use crate::engine::quarantine::{Quarantine, TABLE_HEAD, name_parts};
use crate::engine::rows::{APART, are_at_offsets, rows_at};
use crate::engine::{self, Cutting, Piece};
use crate::error::{Error, Kind, Result};
use crate::sketch::pack::from_bytes;
use crate::source::Source;

/// Whether there are contracts in this build: without them nothing is located, though the exports are the same.
const HERE: bool = cfg!(feature = "contract");

/// Goes over the file of a report again, part by part: scan, then cut.
#[wasm_bindgen]
pub struct Locating {
    settling: Settling,
    locating: locate::Locating,
    gathering: Gathering,
    apart: Option<Apart>,
    part: Option<Part>,
    cutting: Option<Cut>,
    /// Offset of every so manieth row.
    index: Vec<f64>,
}

/// The rows that are set apart.
struct Apart {
    quarantine: Quarantine,
    clean: Side,
    quarantined: Side,
}

/// One of the two files that are made.
struct Side {
    joints: Joints,
    outlet: Outlet,
}

impl Side {
    fn put(&mut self, piece: Piece, offset: u64, bytes: &[u8]) {
        self.outlet.add(self.joints.before(piece));
        self.outlet.put(offset, bytes);
    }
}

/// Bytes that wait to be handed to the page.
#[derive(Clone, Default)]
struct Held(Arc<Mutex<Vec<u8>>>);

impl Write for Held {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut held = self.0.lock().map_err(|_| io::ErrorKind::Other)?;
        held.try_reserve(bytes.len()).map_err(|_| io::ErrorKind::OutOfMemory)?;
        held.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A file between whose reads the page is handed what was written meanwhile: writers may be sent to other threads, which
/// functions of the page may not.
struct Drains<'a> {
    blob: Blob<'a>,
    sink: &'a Function,
    held: [Held; 2],
}

/// Fewer bytes are not worth a call.
const HANDED: usize = 1 << 20;

impl Drains<'_> {
    /// Hands over what is held, from so many bytes on.
    fn drain(&self, least: usize) -> Result<()> {
        for (to, held) in self.held.iter().enumerate() {
            let unwritable = || Error::new(Kind::Unreadable, "the rows that are set apart cannot be kept");
            let mut held = held.0.lock().map_err(|_| unwritable())?;
            if held.len() > least {
                let (to, chunk) = (JsValue::from(to as u32), bytes(&held));
                self.sink.call2(&JsValue::NULL, &to, &chunk).map_err(|_| unwritable())?;
                held.clear();
            }
        }
        Ok(())
    }
}

impl Source for Drains<'_> {
    fn len(&self) -> u64 {
        self.blob.len()
    }

    fn read_at(&self, offset: u64, buffer: &mut [u8]) -> Result<()> {
        self.drain(HANDED)?;
        self.blob.read_at(offset, buffer)
    }
}

/// The part that is being cut.
struct Cut {
    cutting: Cutting,
    at: u64,
    last: Option<Piece>,
    /// Whether no part follows.
    is_last: bool,
}

#[wasm_bindgen]
impl Locating {
    /// Starts from what a report gave; with `apart` the rows that break a rule are set apart, else they are gathered.
    #[wasm_bindgen(constructor)]
    pub fn new(settling: &[u8], apart: bool) -> std::result::Result<Locating, JsValue> {
        let work = || {
            let settling: Settling = from_bytes(settling)?;
            let side =
                || Side { joints: Joints::of(&settling.plan), outlet: Outlet::new(settling.plan.gzip) };
            let quarantine = || Quarantine::new(settling.rules.clone(), &settling.plan.columns);
            let apart = apart.then(|| Apart { quarantine: quarantine(), clean: side(), quarantined: side() });
            let locating = locate::Locating::new(settling.clone());
            let gathering = Gathering::default();
            Ok(Locating {
                settling,
                locating,
                gathering,
                apart,
                part: None,
                cutting: None,
                index: Vec::new(),
            })
        };
        work().map_err(into_js)
    }

    /// The scan of the next part; undefined: there is none.
    pub fn scan(&self) -> std::result::Result<Option<Scan>, JsValue> {
        if !HERE {
            return Ok(None);
        }
        Ok(self.locating.scan().map_err(into_js)?.map(Scan))
    }

    /// Takes the scan of the part. Where rows are set apart, gives the part's lines of the table; undefined: the part was cut
    /// into smaller ones.
    pub fn scanned(&mut self, scan: Scan) -> std::result::Result<Option<Uint8Array>, JsValue> {
        if !HERE {
            return Ok(None);
        }
        let part = self.locating.scanned(scan.0.finish()).map_err(into_js)?;
        let Some(part) = part else { return Ok(None) };
        let is_first = part.stretch.start == 0;
        let lines = self.apart.as_mut().map(|apart| {
            let lines = apart.quarantine.part(part.offenders());
            if is_first { TABLE_HEAD.to_owned() + &lines } else { lines }
        });
        self.part = Some(part);
        Ok(Some(bytes(lines.unwrap_or_default().as_bytes())))
    }

    /// Begins to cut the part into its records: the offset of the bytes to supply; undefined where that is not needed.
    pub fn cut(&mut self) -> std::result::Result<Option<f64>, JsValue> {
        if !HERE {
            return Ok(None);
        }
        let Some(part) = self.part.take() else { return Ok(None) };
        let stretch = part.stretch;
        if self.is_columnar() && self.apart.is_some() {
            return Ok(None);
        }
        if self.apart.is_none() {
            self.gathering.add(part);
            if !are_at_offsets(&self.settling.plan) {
                return Ok(None);
            }
        }
        let cutting = Cutting::new(&self.settling.plan, stretch).map_err(into_js)?;
        let offset = cutting.offset() as f64;
        let is_last = stretch.end == u64::MAX;
        self.cutting = Some(Cut { cutting, at: stretch.start, last: None, is_last });
        Ok(Some(offset))
    }

    /// Cuts the next bytes of the part. Returns whether it goes on.
    pub fn supply(&mut self, bytes: &Uint8Array) -> std::result::Result<bool, JsValue> {
        if !HERE {
            return Ok(false);
        }
        room::keep();
        let Some(Cut { cutting, at, last, is_last }) = &mut self.cutting else { return Ok(false) };
        bytes.copy_to(cutting.room(bytes.length() as usize));
        let (apart, index) = (&mut self.apart, &mut self.index);
        let goes_on = cutting.supplied(&mut |piece, bytes| {
            if let Some(apart) = apart.as_mut() {
                let to = apart.quarantine.sort(piece, bytes.len());
                if to.is_clean() {
                    apart.clean.put(piece, *at, bytes);
                }
                if to.is_quarantined() {
                    apart.quarantined.put(piece, *at, bytes);
                }
            } else if let Piece::Row(row) = piece
                && *last != Some(piece)
                && row % APART == 1
            {
                index.push(*at as f64);
            }
            *last = Some(piece);
            *at += bytes.len() as u64;
            Ok(())
        });
        let goes_on = goes_on.map_err(into_js)?;
        if let (false, true, Some(apart)) = (goes_on, *is_last, apart) {
            for side in [&mut apart.clean, &mut apart.quarantined] {
                side.outlet.add(side.joints.end());
            }
        }
        Ok(goes_on)
    }

    /// What the clean file and the quarantined one go on with: `[clean, quarantined]`, each a list of bytes and of
    /// `[start, end]` of the file.
    pub fn chunks(&mut self) -> Array {
        let chunks = |outlet: &mut Outlet| -> Array { outlet.taken().into_iter().map(chunk).collect() };
        match &mut self.apart {
            Some(apart) => {
                Array::of2(&chunks(&mut apart.clean.outlet), &chunks(&mut apart.quarantined.outlet))
            }
            None => Array::new(),
        }
    }

    /// Whether the rows of the file are told apart when all parts are scanned, by [`Locating::write`].
    #[wasm_bindgen(getter, js_name = isColumnar)]
    pub fn is_columnar(&self) -> bool {
        !self.settling.plan.format.is_text()
    }

    /// Writes the clean file and the quarantined one of a columnar file: `sink` is called with 0 or 1 and the bytes that follow.
    pub fn write(&mut self, read: &Function, size: f64, sink: &Function) -> std::result::Result<(), JsValue> {
        let Some(apart) = self.apart.as_mut().filter(|_| HERE) else { return Ok(()) };
        let drains = Drains { blob: Blob { read, size }, sink, held: <[Held; 2]>::default() };
        let [mut clean, mut quarantined] = drains.held.clone();
        engine::apart(&drains, &self.settling.plan, &mut apart.quarantine, [&mut clean, &mut quarantined])
            .and_then(|()| drains.drain(0))
            .map_err(into_js)
    }

    /// What became of the rows: `{rows, clean, quarantined, words, stem, ending}`.
    pub fn ledger(&self) -> std::result::Result<JsValue, JsValue> {
        let Some(apart) = &self.apart else { return Ok(JsValue::NULL) };
        let (ledger, (stem, ending)) = (apart.quarantine.ledger, name_parts(&self.settling.plan.name));
        to_js(&Sums {
            clean: ledger.clean_rows,
            quarantined: ledger.quarantined_rows,
            words: if self.is_columnar() { ledger.rows() } else { ledger.words() },
            stem,
            ending,
        })
        .map_err(into_js)
    }

    /// The offenders by rule, in the order of the report's findings on the contract, and the offsets of every so manieth row:
    /// `{rules, index, apart}`; `index` is null where rows cannot be read by offset.
    pub fn finish(self) -> JsValue {
        let result = Object::new();
        let rules: Array = self.gathering.finish().iter().map(of_rule).collect();
        set(&result, "rules", &rules);
        let index = are_at_offsets(&self.settling.plan).then(|| Float64Array::from(&self.index[..]));
        set(&result, "index", &index.map_or(JsValue::NULL, Into::into));
        set(&result, "apart", &JsValue::from(APART as f64));
        result.into()
    }
}

#[derive(Serialize)]
struct Sums<'a> {
    clean: u64,
    quarantined: u64,
    words: String,
    stem: &'a str,
    ending: &'a str,
}

fn chunk(chunk: Chunk) -> JsValue {
    match chunk {
        Chunk::Bytes(chunk) => bytes(&chunk).into(),
        Chunk::Range(start, end) => Array::of2(&(start as f64).into(), &(end as f64).into()).into(),
    }
}

/// Where texts are, they are bytes one after the other, with where each ends; a missing one ends where it begins and is told
/// by `missing`, its place or −1.
fn of_rule(rule: &OfRule) -> JsValue {
    let object = Object::new();
    set(&object, "count", &(rule.count as f64).into());
    set(&object, "rows", &Float64Array::from(&rule.rows[..]));
    set(&object, "lines", &Float64Array::from(&rule.lines[..]));
    set(&object, "bytes", &Float64Array::from(&rule.bytes[..]));
    set(&object, "of", &Uint32Array::from(&rule.of[..]));
    let values: Vec<(&str, u64)> =
        rule.values.iter().map(|it| (it.is.as_deref().unwrap_or_default(), it.count)).collect();
    set(&object, "values", &groups(&values));
    let missing = rule.values.iter().position(|it| it.is.is_none());
    set(&object, "missing", &missing.map_or(-1.0, |it| it as f64).into());
    set(&object, "shaped", &Uint32Array::from(&rule.shaped[..]));
    let shapes: Vec<(&str, u64)> =
        rule.shapes.iter().map(|Group { is, count }| (is.as_str(), *count)).collect();
    set(&object, "shapes", &groups(&shapes));
    object.into()
}

fn groups(groups: &[(&str, u64)]) -> JsValue {
    let object = Object::new();
    let texts: String = groups.iter().map(|it| it.0).collect();
    let mut end = 0;
    let ends: Vec<u32> = groups
        .iter()
        .map(|it| {
            end += it.0.len() as u32;
            end
        })
        .collect();
    let counts: Vec<f64> = groups.iter().map(|it| it.1 as f64).collect();
    set(&object, "texts", &bytes(texts.as_bytes()));
    set(&object, "ends", &Uint32Array::from(&ends[..]));
    set(&object, "counts", &Float64Array::from(&counts[..]));
    object.into()
}

/// A row of the file of a report: the one behind `skip` others from this offset on, as a list of texts, null for a field that
/// the record has not; undefined behind the last.
#[wasm_bindgen(js_name = rowAt)]
pub fn row_at(
    read: &Function,
    size: f64,
    settling: &[u8],
    offset: f64,
    skip: u32,
) -> std::result::Result<JsValue, JsValue> {
    let work = || {
        if !HERE {
            return Ok(JsValue::UNDEFINED);
        }
        let settling: Settling = from_bytes(settling)?;
        if size as u64 != settling.plan.bytes {
            return Err(Error::new(Kind::Unreadable, "the file is not as long as it was"));
        }
        let rows = rows_at(&Blob { read, size }, &settling.plan, offset as u64, skip as usize, 1)?;
        rows.first().map_or(Ok(JsValue::UNDEFINED), to_js)
    };
    let result: Result<JsValue> = work();
    result.map_err(into_js)
}
