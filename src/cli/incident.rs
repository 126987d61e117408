//! `driftline incident --reference R CURRENT`

use super::args::{IncidentArgs, IncidentFormat};
use super::exit::Policy;
use super::job::{Intervals, Job, Of, Pipeline, Scan};
use super::output::{self, Host};
use super::{Stop, inputs, quarantine, scan};
use crate::cell::limits;
use crate::error::{Error, Kind};
use crate::report::json::{self, Layout};
use crate::report::{export, verdict};

/// Tells what happened to a file, where, since when, and which rule would have caught it.
pub(super) fn run(args: &IncidentArgs, host: &mut Host<'_>, pipeline: &dyn Pipeline) -> Result<u8, Stop> {
    if args.reference.is_none() && args.history.is_none() {
        return Err(Error::new(Kind::Usage, "there is nothing to compare the file with")
            .with_hint("give --reference FILE, or the folder of a feed: --history DIR")
            .into());
    }
    let read: Vec<_> =
        [&args.file].into_iter().chain(&args.reference).chain(&args.contract).cloned().collect();
    output::apart(args.output.as_deref(), &read)?;
    if args.quarantine.is_some() {
        quarantine::apart(std::slice::from_ref(&args.file))?;
    }
    if let Some(folder) = args.history.as_ref().filter(|it| !it.is_dir()) {
        let what = format!("cannot find the folder {:?}", folder.display().to_string());
        return Err(Error::new(Kind::Usage, what)
            .with_hint("it is the one that `drift --history` keeps")
            .into());
    }
    inputs::once(&read)?;
    let mut sections = vec!["profile".to_owned()];
    sections.extend(args.contract.as_ref().map(|_| "check".to_owned()));
    sections.push("drift".to_owned());
    let of =
        args.history.clone().map(|folder| Of::Files { folder: Some(folder), key: args.interval.clone() });
    let job = Job {
        sections,
        contract: args.contract.as_deref().map(inputs::contract).transpose()?,
        others: Vec::new(),
        reference: args.reference.as_deref().map(inputs::open).transpose()?,
        save: false,
        quarantine: args.quarantine.clone(),
        fail_fast: None,
        rows: false,
        methods: Vec::new(),
        like: None,
        segments: true,
        incident: true,
        columns: Vec::new(),
        multivariate: false,
        intervals: of.map(|of| Intervals { of, window: args.window.into() }),
        scan: Scan::of(&args.scan, limits::PLACES),
    };
    let prepared = scan::prepare(&job, host, pipeline)?;
    let outcome = scan::one(&args.file, prepared.as_ref(), host.progress)
        .map_err(|error| error.of_file(&inputs::shown(&args.file)))?;
    let Some(incident) = outcome.incident else { return Ok(super::exit::OK) };
    let bytes = match args.format {
        IncidentFormat::Markdown => export::markdown::incident(&incident).into_bytes(),
        IncidentFormat::Html => export::html::incident(&incident).into_bytes(),
        IncidentFormat::Json => json::bytes(&incident, Layout::Pretty)?,
    };
    match &args.output {
        Some(path) => output::write(path, &bytes)?,
        None => host.print(&bytes)?,
    }
    let policy = Policy { fail_on: args.fail_on.severity(), warn_exit: args.warn_exit };
    Ok(policy.of(verdict::worst(&outcome.report)))
}
