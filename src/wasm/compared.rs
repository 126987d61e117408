//! Other words on a comparison: what another tool would have said, and what the columns say together.

use js_sys::{Function, Object};
use wasm_bindgen::prelude::*;

use super::performance::Case;
use super::{Blob, bytes, level_of, parsed, redacted, reported, room, set};
use crate::drift::like::{self, Tool};
use crate::engine::{self, Cut, Options, Reference, Side};
use crate::error::{Error, Kind, Result};
use crate::report::json;

impl Case {
    /// See [`super::besides::Besides::compared`].
    pub(super) fn compared(self, read: &Function, size: f64, asked: &str) -> Result<JsValue> {
        let lacks =
            |what: &str| Error::new(Kind::Usage, what).with_hint("give the data file as the reference");
        let reference = self.reference.as_ref().ok_or_else(|| lacks("there is nothing to compare with"))?;
        // A saved reference has no file, and nothing is read of it.
        let (read_before, size_before) = self.before.as_ref().map_or((read, size), |it| (&it.0, it.1));
        let (now, was) = (Blob { read, size }, Blob { read: read_before, size: size_before });
        let state = &*self.state;
        let options = Options { threads: 1, ..self.options.options(state.plan.name.clone()) };
        room::make((size + size_before) as u64);
        let as_of = self.options.as_of.clone();
        let (mut report, _) = reported(state, &state.profile(), Some(reference), as_of, None)?;
        if asked == "together" {
            let sides = match reference {
                Reference::Scanned(before) => {
                    Ok((Side { source: &was, state: before }, Side { source: &now, state }))
                }
                _ => Err("the reference is a saved profile, which has no rows".to_owned()),
            };
            let cut = Cut { by: None, columns: &[], unit_bytes: options.unit_bytes, memory: options.memory };
            engine::together(&mut report, sides, cut)?;
        } else {
            let tool = [Tool::Evidently, Tool::NannyMl, Tool::Alibi].into_iter().find(|it| it.id() == asked);
            let tool = tool.ok_or_else(|| Error::new(Kind::Usage, format!("{asked:?} is no tool")))?;
            let (before, now) = ((reference, (&was as _, &options)), (state, (&now as _, &options)));
            engine::other_tool(&mut report, before, now, (None, &[]), &like::Options::of(tool))?;
        }
        redacted(&mut report, &state.plan.governing, level_of(self.options.redact.as_deref())?)?;
        let json = json::pretty(&report)?;
        let result = Object::new();
        set(&result, "document", &parsed(&json)?);
        set(&result, "json", &bytes(&json));
        Ok(result.into())
    }
}
