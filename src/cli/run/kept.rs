//! A file that is compared by its saved profile: what needs its rows is refused or told as not run.

use super::super::job::{Input, Of, Outcome};
use super::super::{clock, inputs};
use super::{Ready, like, saved_profile};
use crate::drift;
use crate::engine::{self, Cut, Kept};
use crate::error::{Error, Kind, Result};
use crate::report::export::frictionless::Rows;
use crate::report::incident::{Added, Incident};
use crate::report::wire;

/// The report on it.
///
/// # Errors
/// `Usage` where its rows are wanted: to cut it, or to set them apart; those of the engine.
pub(super) fn compared(ready: &Ready<'_>, input: &Input) -> Result<Outcome> {
    let job = ready.job;
    if job.quarantine.is_some() || job.intervals.as_ref().is_some_and(|it| !matches!(it.of, Of::Files { .. }))
    {
        let what = "a saved profile has no rows to cut or to set apart";
        return Err(Error::new(Kind::Usage, what).with_hint("give the data file that it was made of"));
    }
    let kept = Kept::new(saved_profile(input)?, &input.name, ready.contract, job.scan.memory)?;
    let options = drift::Options { methods: job.methods.clone(), ..drift::Options::default() };
    let as_of = match &job.scan.as_of {
        None if kept.needs_clock()? => Some(clock::now()),
        given => given.clone(),
    };
    let as_of = as_of.as_deref();
    let reference = ready.reference.as_ref();
    let mut report = match &ready.feed {
        Some(feed) => feed.report_kept(&kept, input, (reference, as_of, &options), !job.incident)?,
        None => kept.report(reference, None, as_of, &options)?,
    };
    if let Some(asked) = &job.like {
        let reference = reference.ok_or_else(like::alone)?;
        engine::like(&mut report, reference, kept.profile(), None, asked)?;
    }
    let why = inputs::no_rows(input);
    if job.segments {
        report.segments = Some(nowhere(&why));
    }
    if job.multivariate {
        let columns = &job.columns[..];
        let cut = Cut { by: None, columns, unit_bytes: job.scan.unit_bytes, memory: job.scan.memory };
        engine::together(&mut report, Err(why.clone()), cut)?;
    }
    engine::redact(&mut report, ready.contract, job.scan.shown())?;
    let incident = job.incident.then(|| {
        let not_run = vec![format!("which rule would have caught it is not known: {why}")];
        Incident::new(&report, Added { not_run, ..Added::default() })
    });
    Ok(Outcome { report, saved: None, incident, told: None, rows: Rows::default() })
}

/// Where it drifted is not looked for.
fn nowhere(why: &str) -> wire::Segments {
    wire::Segments {
        columns: Vec::new(),
        reference_rows: None,
        current_rows: 0,
        sampled: false,
        tried: 0,
        not_run: vec![why.to_owned()],
    }
}
