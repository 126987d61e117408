//! How a binary classifier does: both files once more, the cells of the columns that play a role.

use js_sys::{Function, Object};
use serde::Deserialize;
use wasm_bindgen::prelude::*;

use super::{Blob, PageOptions, bytes, parsed, room, set};
use crate::cell::period::Period;
use crate::engine::{self, Asked, AskedAlong, By, Ranker, Reference, Side, State};
use crate::error::{Error, Kind, Result};
use crate::performance::metric::Metric;
use crate::performance::normalize::Normalize;
use crate::report::{json, performance as document};
use crate::sketch::pack::from_bytes;

/// A scanned file with its reference.
pub(super) struct Case {
    pub(super) state: Box<State>,
    pub(super) reference: Option<Reference>,
    /// The reference's file, where it has rows: what reads it, and its bytes.
    pub(super) before: Option<(Function, f64)>,
    pub(super) options: PageOptions,
}

/// What is asked for, as the page says it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PageAsked {
    probability: String,
    prediction: Option<String>,
    target: String,
    timestamp: Option<String>,
    /// Of these three at most one is given.
    period: Option<String>,
    rows: Option<f64>,
    chunks: Option<f64>,
    /// What the cells of the confusion matrix are shares of; none: numbers of rows.
    normalize: Option<String>,
    /// The metric whose change inputs are related to.
    along: Option<String>,
    /// By what inputs are ordered.
    rank: String,
}

fn usage(why: String) -> Error {
    Error::new(Kind::Usage, why)
}

impl PageAsked {
    fn by(&self) -> Result<By> {
        if let Some(word) = &self.period {
            let period = Period::of(word).ok_or_else(|| usage(format!("{word:?} is no period")))?;
            let column =
                self.timestamp.clone().ok_or_else(|| usage("a period needs a timestamp".to_owned()))?;
            return Ok(By::Time { column, period });
        }
        Ok(self.rows.map_or(By::Parts(self.chunks.map_or(10, |it| it as u64)), |it| By::Rows(it as u64)))
    }

    fn normalize(&self) -> Result<Option<Normalize>> {
        let of = |word: &String| {
            Normalize::of(word).ok_or_else(|| usage(format!("{word:?} is nothing to be a share of")))
        };
        self.normalize.as_ref().map(of).transpose()
    }

    fn along(&self) -> Result<AskedAlong> {
        let named = |name: &String| {
            let found = Metric::ALL.iter().find(|it| it.1 == name).map(|it| it.0);
            found.ok_or_else(|| usage(format!("unknown metric {name:?}")))
        };
        Ok(AskedAlong {
            by: Ranker::of(&self.rank).ok_or_else(|| usage(format!("{:?} is no order", self.rank)))?,
            metric: self.along.as_ref().map(named).transpose()?,
            ..AskedAlong::default()
        })
    }
}

impl Case {
    pub(super) fn new(state: Box<State>, reference: Option<Vec<u8>>, options: JsValue) -> Result<Case> {
        let reference = reference.map(|it| from_bytes::<Reference>(&it)).transpose()?;
        Ok(Case { state, reference, before: None, options: PageOptions::of(options)? })
    }

    /// See [`super::besides::Besides::against`].
    pub(super) fn against(&mut self, read: Function, size: f64) {
        self.before = Some((read, size));
    }

    /// See [`super::besides::Besides::performance`].
    pub(super) fn performance(self, read: &Function, size: f64, asked: JsValue) -> Result<JsValue> {
        let asked: PageAsked =
            serde_wasm_bindgen::from_value(asked).map_err(|error| usage(format!("wrong roles: {error}")))?;
        let (Some(Reference::Scanned(before)), Some((read_before, size_before))) =
            (&self.reference, &self.before)
        else {
            return Err(Error::new(Kind::Usage, "performance: not run: the reference has no rows")
                .with_hint("give the data file as the reference"));
        };
        let options = self.options.options(String::new());
        let is_told = |it: &Metric| asked.prediction.is_some() || it.is_of_ranking();
        let along = asked.along()?;
        room::make((size + size_before) as u64);
        let found = engine::performance(
            Side { source: &Blob { read: read_before, size: *size_before }, state: before },
            Side { source: &Blob { read, size }, state: &self.state },
            &Asked {
                probability: &asked.probability,
                prediction: asked.prediction.as_deref(),
                target: &asked.target,
                timestamp: asked.timestamp.as_deref(),
                by: asked.by()?,
                metrics: Metric::ALL.iter().map(|it| it.0).filter(is_told).collect(),
                normalize: asked.normalize()?,
                along,
                unit_bytes: options.unit_bytes,
                memory: options.memory,
                seed: options.seed,
            },
        )?;
        let json = json::pretty(&found)?;
        let result = Object::new();
        set(&result, "document", &parsed(&json)?);
        set(&result, "json", &bytes(&json));
        set(&result, "markdown", &bytes(document::markdown(&found).as_bytes()));
        set(&result, "html", &bytes(document::html(&found).as_bytes()));
        Ok(result.into())
    }
}
