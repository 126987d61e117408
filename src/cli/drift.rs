//! `driftline drift --reference R CURRENT…`

use std::path::PathBuf;

use super::args::{As, Correct, DriftArgs, Period as Given};
use super::job::{Intervals, Job, Of, Pipeline, Scan};
use super::output::{self, Host};
use super::values::Methods;
use super::{Stop, inputs, scan};
use crate::cell::period::Period;
use crate::drift::like::{Correction, Options, Tool, unknown_method};
use crate::drift::timeline::key;
use crate::error::{Error, Kind};

/// Compares files with a reference, which is read once, with the intervals before them, or by their own intervals.
pub(super) fn run(args: &DriftArgs, host: &mut Host<'_>, pipeline: &dyn Pipeline) -> Result<u8, Stop> {
    let mut files = inputs::paths(&args.files)?;
    let read = files.iter().chain(&args.reference).chain(&args.contract).cloned().collect::<Vec<_>>();
    output::apart(args.output.output.as_deref(), &read)?;
    inputs::once(&read)?;
    let of = intervals(args, files.len());
    if args.reference.is_none() && of.is_none() {
        return Err(Error::new(Kind::Usage, "there is nothing to compare the file with").with_hint(
            "give --reference FILE, --history DIR, several files of a feed, or cut the file, as by --by COLUMN",
        )
        .into());
    }
    if matches!(of, Some(Of::Files { .. })) {
        if args.interval.is_some() && files.len() > 1 {
            return Err(Error::new(Kind::Usage, "--interval names one file, and there are several")
                .with_hint("dates in the names of the files name them all")
                .into());
        }
        in_order(&mut files);
    }
    let mut sections = vec!["profile".to_owned()];
    if args.contract.is_some() {
        sections.push("check".into());
    }
    sections.push("drift".into());
    let job = Job {
        sections,
        contract: args.contract.as_deref().map(inputs::contract).transpose()?,
        others: Vec::new(),
        reference: args.reference.as_deref().map(inputs::open).transpose()?,
        save: false,
        quarantine: None,
        fail_fast: None,
        rows: false,
        methods: Methods::ids(&args.methods),
        like: like(args)?,
        segments: args.segments,
        incident: false,
        columns: args.columns.clone(),
        multivariate: args.multivariate,
        intervals: of.map(|of| Intervals { of, window: args.window.into() }),
        scan: Scan::of(&args.scan, args.output.format.places()),
    };
    if let (true, Some(reference)) = (job.multivariate, &job.reference)
        && inputs::is_profile(reference)?
    {
        // OK because the report says it, too.
        _ = writeln!(host.err, "multivariate: not run: {}", inputs::no_rows(reference));
    }
    scan::run(&files, &job, &args.output, host, pipeline, &mut |_| Ok(()))
}

/// What was asked for; several files are a feed by themselves.
fn intervals(args: &DriftArgs, files: usize) -> Option<Of> {
    let by = args.by.clone().map(|column| Of::Time(column, period(args.period)));
    let cut = by.or(args.chunk_rows.map(Of::Rows)).or(args.chunks.map(Of::Parts));
    if cut.is_some() || args.history.is_none() && files < 2 {
        return cut;
    }
    Some(Of::Files { folder: args.history.clone(), key: args.interval.clone() })
}

/// Whose decision was asked for: another tool's, or that of methods of our own.
fn like(args: &DriftArgs) -> Result<Option<Options>, Error> {
    let tool = match args.like {
        Some(As::Evidently) => Tool::Evidently,
        Some(As::Nannyml) => Tool::NannyMl,
        Some(As::Alibi) => Tool::Alibi,
        None if args.method.is_empty() => return Ok(None),
        None => Tool::Own,
    };
    if let Some((what, hint)) = unknown_method(&args.method, tool) {
        return Err(Error::new(Kind::Usage, format!("--method: {what}")).with_hint(hint));
    }
    let correction = match args.correction {
        Correct::Bonferroni => Correction::Bonferroni,
        Correct::Fdr => Correction::FalseDiscovery,
    };
    Ok(Some(Options {
        asked: args.method.clone(),
        drift_share: args.drift_share,
        correction,
        ..Options::of(tool)
    }))
}

fn period(given: Given) -> Period {
    match given {
        Given::Hour => Period::Hour,
        Given::Day => Period::Day,
        Given::Week => Period::Week,
        Given::Month => Period::Month,
        Given::Quarter => Period::Quarter,
        Given::Year => Period::Year,
    }
}

/// By the dates in their names, where all have one; else as they were given.
fn in_order(files: &mut [PathBuf]) {
    let name = |path: &PathBuf| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    if files.iter().all(|path| key::day(&name(path)).is_some()) {
        files.sort_by(|a, b| key::order(&name(a), &name(b)));
    }
}
