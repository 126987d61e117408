//! A job of the command line in, calls to the engine out. The one file of the command line that knows the engine.

mod feed;
mod incident;
mod kept;
mod like;
mod others;
mod segments;

use std::path::Path;
use std::sync::Arc;

use self::feed::Feed;
use self::others::Others;
use super::job::{Input, Job, Outcome, Pipeline, Prepared, Scan, Step, Watch};
use super::source::FileSource;
use super::{clock, inputs, quarantine, rows};
use crate::drift;
use crate::engine::{self, Cut, Opaque, Options, Progress, Reference, Side, State};
use crate::error::{Error, Result};
use crate::profile::Profile;
use crate::profile::saved::{self, Saved, Sketches};
use crate::report::export::frictionless::Rows;
use crate::report::incident::{Added, Incident};
use crate::report::wire;
use crate::source::Source;

/// The engine of this build.
pub(super) struct Engine;

impl Pipeline for Engine {
    fn prepare<'a>(&'a self, job: &'a Job, watch: Watch<'_>) -> Result<Box<dyn Prepared + 'a>> {
        let contract = job.contract.as_ref().map(|contract| contract.text.as_bytes());
        if let Some(contract) = &job.contract {
            crate::contract::parse(contract.text.as_bytes())
                .map_err(|error| of_contract(&contract.path, &error))?;
        }
        let read = |input: &Input| {
            reference(input, &job.scan, contract, watch).map_err(|error| error.of_file(&input.name))
        };
        let reference = job.reference.as_ref().map(read).transpose()?;
        let feed = job.intervals.as_ref().map(|it| Feed::new(it, reference.as_ref())).transpose()?.flatten();
        Ok(Box::new(Ready { job, contract, others: Others::new(&job.others), reference, feed }))
    }

    fn profile(&self, input: &Input, scan: &Scan) -> Result<Profile> {
        match reference(input, scan, None, &|_| {})? {
            Reference::Scanned(state) => Ok(state.profile()),
            saved => saved.profile(),
        }
    }

    fn sketches(&self) -> &dyn Sketches {
        &Opaque
    }
}

struct Ready<'a> {
    job: &'a Job,
    contract: Option<&'a [u8]>,
    others: Others<'a>,
    reference: Option<Reference>,
    feed: Option<Feed>,
}

impl Prepared for Ready<'_> {
    fn file(&self, input: &Input, watch: Watch<'_>) -> Result<Outcome> {
        if self.job.sections.iter().any(|it| it == "drift") && inputs::is_profile(input)? {
            return kept::compared(self, input);
        }
        let before = self.feed.as_ref().map(|feed| feed.reference(input)).transpose()?.flatten();
        let mut governing = engine::governing(before.as_ref().or(self.reference.as_ref()), self.contract);
        if let Some(contract) = self.contract {
            governing.others = self.others.of(input, contract, &self.job.scan, watch)?;
        }
        if let Some(least) = self.job.fail_fast {
            let options = options_of(input, &self.job.scan);
            let plan = engine::open(input.source.as_ref(), &options, governing.clone())?;
            if let Some(mut report) = engine::early(input.source.as_ref(), plan, least)? {
                engine::redact(&mut report, self.contract, self.job.scan.shown())?;
                let told = Some(format!("{}: not scanned", input.name));
                return Ok(Outcome { report, saved: None, incident: None, told, rows: Rows::default() });
            }
        }
        let state = scanned(input, &self.job.scan, governing, watch)?;
        let options = drift::Options { methods: self.job.methods.clone(), ..drift::Options::default() };
        let as_of = match &self.job.scan.as_of {
            None if engine::needs_clock(&state)? => Some(clock::now()),
            given => given.clone(),
        };
        let request = engine::Request {
            current: &state,
            reference: self.reference.as_ref(),
            as_of: as_of.as_deref(),
            drift: Some(&options),
        };
        let mut report = match (&self.feed, &self.job.intervals) {
            (Some(feed), _) => feed.report(request, input, (&self.job.scan, !self.job.incident))?,
            (None, Some(intervals)) => {
                feed::cut(request, &state, input, (intervals, &options_of(input, &self.job.scan)))?
            }
            (None, None) => engine::report(request)?,
        };
        let happened = self.besides(&mut report, before.as_ref(), (&state, input), watch)?;
        debug_assert_eq!(report.sections, self.job.sections);
        let saved = self.job.save.then(|| state.save(&state.profile(), self.job.scan.kept()));
        let folder = self.job.quarantine.as_deref().filter(|_| self.contract.is_some());
        let told = folder.map(|folder| self.set_apart(folder, input, &state, &report));
        let told = told.transpose()?;
        let rows = if self.job.rows && self.contract.is_some() && state.plan.format.is_text() {
            let contract = crate::contract::parse(self.contract.unwrap_or_default())?;
            let missing = rows::missing(contract.object(None, &state.plan.name)?, &state.plan);
            let rows = rows::read(input.source.as_ref(), &state.plan, &report, missing)?;
            input.source.unchanged()?;
            rows
        } else {
            Rows::default()
        };
        engine::redact(&mut report, self.contract, self.job.scan.shown())?;
        let is_whole = report.driftline.options.redact.is_none();
        let incident = happened.map(|it| Incident::new(&report, it));
        Ok(Outcome { report, saved, incident, told, rows: if is_whole { rows } else { Rows::default() } })
    }
}

impl Ready<'_> {
    /// Adds what was asked for besides; of an incident, what is told in a document of its own.
    fn besides(
        &self,
        report: &mut wire::Report,
        before: Option<&Reference>,
        (state, input): (&State, &Input),
        watch: Watch<'_>,
    ) -> Result<Option<Added>> {
        if let Some(asked) = &self.job.like {
            let options = |input| options_of(input, &self.job.scan);
            let now = options(input);
            let given = self.reference.as_ref().zip(self.job.reference.as_ref());
            let given = given.map(|(reference, input)| (reference, (input, options(input))));
            let given = given.as_ref().map(|(reference, (input, options))| (*reference, (*input, options)));
            let intervals = (self.job.intervals.as_ref(), &self.job.columns[..]);
            like::add(report, given, (state, (input, &now)), intervals, asked)?;
            input.source.unchanged()?;
        }
        if self.job.segments {
            segments::add(report, self, before, (state, input))?;
        }
        let happened = match self.job.incident {
            true => Some(incident::add(report, self, before, (state, input), watch)?),
            false => None,
        };
        if self.job.multivariate {
            self.together(report, input, state)?;
        }
        Ok(happened)
    }

    /// Adds what the columns say together.
    fn together(&self, report: &mut wire::Report, input: &Input, state: &State) -> Result<()> {
        let reference = match (&self.reference, &self.job.reference) {
            (Some(Reference::Scanned(before)), Some(file)) => Ok((file, before.as_ref())),
            (_, Some(file)) => Err(inputs::no_rows(file)),
            _ => Err("there is no reference".to_owned()),
        };
        let scan = &self.job.scan;
        let columns = &self.job.columns[..];
        let cut = Cut { by: None, columns, unit_bytes: scan.unit_bytes, memory: scan.memory };
        let now = Side { source: input.source.as_ref(), state };
        let both =
            reference.map(|(file, before)| (Side { source: file.source.as_ref(), state: before }, now));
        engine::together(report, both, cut)?;
        input.source.unchanged()
    }

    /// Writes the rows that break a rule and the others; what was written, in words.
    fn set_apart(
        &self,
        folder: &Path,
        input: &Input,
        state: &State,
        report: &wire::Report,
    ) -> Result<String> {
        let (plan, source) = (&state.plan, input.source.as_ref());
        let mut agreed = report.findings.iter().filter(|it| it.card == "as_agreed");
        let words = if agreed.all(|it| it.count == it.places.len() as u64) {
            quarantine::write(folder, &input.name, source, plan, report)?
        } else {
            // The report holds the first places only.
            let mut governing = engine::governing(self.reference.as_ref(), self.contract);
            governing.others.clone_from(&plan.governing.others);
            let scan = Scan { places: usize::MAX, ..self.job.scan.clone() };
            let state = scanned(input, &scan, governing, &|_| {})?;
            let whole = engine::report(engine::Request {
                current: &state,
                reference: None,
                as_of: None,
                drift: None,
            })?;
            quarantine::write(folder, &input.name, source, plan, &whole)?
        };
        source.unchanged()?;
        Ok(format!("{}: {words}", input.name))
    }
}

/// A mistake in a contract, with the file that holds it.
fn of_contract(path: &str, error: &Error) -> Error {
    let named = Error::new(error.kind(), format!("{path}: {error}"));
    match error.hint() {
        Some(hint) => named.with_hint(hint),
        None => named,
    }
}

/// The reference: a saved profile is read, a data file is scanned, its columns as the contract has them.
pub(super) fn reference(
    input: &Input,
    scan: &Scan,
    contract: Option<&[u8]>,
    watch: Watch<'_>,
) -> Result<Reference> {
    if inputs::is_profile(input)? {
        return Ok(Reference::Saved(Box::new(saved_profile(input)?)));
    }
    let governing = engine::Governing::of_reference(contract);
    // A dialect that is given is that of the current file.
    let scan = Scan { delimiter: None, quote: None, header: None, ..scan.clone() };
    Ok(Reference::Scanned(Box::new(scanned(input, &scan, governing, watch)?)))
}

/// What a saved profile holds.
fn saved_profile(input: &Input) -> Result<Saved> {
    let mut bytes = vec![0; input.source.len() as usize];
    input.source.read_at(0, &mut bytes)?;
    saved::read(&bytes)
}

/// The state of a data file.
pub(super) fn scanned(
    input: &Input,
    scan: &Scan,
    governing: engine::Governing,
    watch: Watch<'_>,
) -> Result<engine::State> {
    let options = options_of(input, scan);
    let source: &Arc<FileSource> = &input.source;
    let progress = |step: Progress| watch(Step { bytes: step.bytes, rows: step.rows });
    let state = engine::scan(source.as_ref(), &options, governing, &progress)?;
    source.unchanged()?;
    Ok(state)
}

fn options_of(input: &Input, scan: &Scan) -> Options {
    Options {
        name: input.name.clone(),
        memory: scan.memory,
        seed: scan.seed,
        places: scan.places,
        delimiter: scan.delimiter,
        quote: scan.quote,
        header: scan.header,
        types: scan.types.clone(),
        nulls: scan.nulls.clone(),
        unit_bytes: scan.unit_bytes,
        threads: scan.threads,
    }
}
