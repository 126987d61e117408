//! Both files once more: where columns drifted, and the document of an incident.

use std::sync::atomic::{AtomicU64, Ordering};

use js_sys::{Function, Object};
use wasm_bindgen::prelude::*;

use super::{Blob, PageOptions, bytes, feed, level_of, parsed, redacted, reported, room, set, to_js};
use crate::engine::incident::{Case, Which, added};
use crate::engine::{self, Governing, Options, Reference, ScannedFile, State};
use crate::error::{Error, Kind, Result};
use crate::report::export;
use crate::report::incident::Incident;
use crate::report::json;
use crate::report::wire::Report;
use crate::sketch::pack::from_bytes;
use crate::source::Source;

/// A report on a file, and what it takes to look into its drift.
pub(super) struct Found {
    state: Box<State>,
    report: Report,
    reference: Reference,
    /// The reference's file, where it has rows: what reads it, its bytes, its name.
    before: Option<(Function, f64, String)>,
    options: PageOptions,
}

/// A file of the page that tells how many bytes were read of it and of others.
struct Telling<'a> {
    blob: Blob<'a>,
    read: &'a AtomicU64,
    tell: &'a Function,
}

impl Source for Telling<'_> {
    fn len(&self) -> u64 {
        self.blob.len()
    }

    fn read_at(&self, offset: u64, buffer: &mut [u8]) -> Result<()> {
        room::keep();
        self.blob.read_at(offset, buffer)?;
        let all = self.read.fetch_add(buffer.len() as u64, Ordering::Relaxed) + buffer.len() as u64;
        // OK because nothing depends on whether somebody listens.
        _ = self.tell.call1(&JsValue::NULL, &(all as f64).into());
        Ok(())
    }
}

impl Found {
    pub(super) fn new(
        state: Box<State>,
        reference: Option<Vec<u8>>,
        options: JsValue,
        feed: Option<Vec<u8>>,
    ) -> Result<Found> {
        let options = PageOptions::of(options)?;
        let given = reference.map(|it| from_bytes::<Reference>(&it)).transpose()?;
        let before = match (&given, &feed) {
            (None, Some(feed)) => feed::window(feed, &state.plan.name)?,
            _ => None,
        };
        let (report, _) = reported(&state, &state.profile(), given.as_ref(), options.as_of.clone(), feed)?;
        let reference = given.or(before).ok_or_else(|| {
            Error::new(Kind::Usage, "there is nothing that the file was compared with")
                .with_hint("add a reference")
        })?;
        Ok(Found { state, report, reference, before: None, options })
    }

    /// See [`super::drifted::Drifted::with`].
    pub(super) fn against(&mut self, read: Function, size: f64, name: String) {
        let has_rows = matches!(self.reference, Reference::Scanned(_));
        self.before = Some((read, size, name)).filter(|_| has_rows);
    }

    /// See [`super::drifted::Drifted::look`].
    pub(super) fn look(
        mut self,
        (read, size): (&Function, f64),
        whole: bool,
        tell: &Function,
    ) -> Result<JsValue> {
        let done = AtomicU64::new(0);
        let telling = |read, size| Telling { blob: Blob { read, size }, read: &done, tell };
        let current = telling(read, size);
        let (state, options) = (&*self.state, self.options.options(self.state.plan.name.clone()));
        let options = Options { threads: 1, ..options };
        let before = self.before.as_ref().map(|(read, size, name)| (telling(read, *size), name));
        let file = before.as_ref().map(|it| &it.0 as &dyn Source);
        let now = ScannedFile { source: &current, state };
        self.report.segments = Some(engine::segments(&self.report, &self.reference, file, now, &options)?);
        let told = if whole {
            let case = Case {
                report: &self.report,
                reference: &self.reference,
                file,
                current: now,
                options: &options,
            };
            let rescan = |which: Which, governing: Governing, places: usize| match &before {
                Some((file, name)) if which == Which::Reference => {
                    let options = Options { places, name: String::clone(name), ..options.clone() };
                    engine::scan(file, &options, governing, &|_| {})
                }
                _ => engine::scan(&current, &Options { places, ..options.clone() }, governing, &|_| {}),
            };
            Some(added(&case, &rescan)?)
        } else {
            None
        };
        let level = level_of(self.options.redact.as_deref())?;
        redacted(&mut self.report, &state.plan.governing, level)?;
        let result = Object::new();
        set(&result, "segments", &to_js(&self.report.segments)?);
        if let Some(told) = told {
            document(&Incident::new(&self.report, told.added), &result)?;
        }
        Ok(result.into())
    }
}

/// The document, and its three forms.
fn document(incident: &Incident, result: &JsValue) -> Result<()> {
    let json = json::pretty(incident)?;
    set(result, "incident", &parsed(&json)?);
    set(result, "json", &bytes(&json));
    set(result, "markdown", &bytes(export::markdown::incident(incident).as_bytes()));
    set(result, "html", &bytes(export::html::incident(incident).as_bytes()));
    set(result, "name", &engine::incident::contract_name(&incident.file).into());
    Ok(())
}
