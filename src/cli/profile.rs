//! `driftline profile FILE…`

use std::path::{Path, PathBuf};

use super::args::ProfileArgs;
use super::job::{Job, Outcome, Pipeline, Scan};
use super::output::{self, Host};
use super::{Stop, inputs, scan};
use crate::error::{Error, Kind};
use crate::profile::saved;

/// Profiles files, and saves the profile of one.
pub(super) fn run(args: &ProfileArgs, host: &mut Host<'_>, pipeline: &dyn Pipeline) -> Result<u8, Stop> {
    let files = inputs::paths(&args.files)?;
    output::apart(args.output.output.as_deref(), &files)?;
    output::apart(args.save.as_deref(), &files)?;
    one_is_saved(args.save.as_deref(), &files)?;
    let job = Job {
        sections: vec!["profile".into()],
        contract: None,
        others: Vec::new(),
        reference: None,
        save: args.save.is_some(),
        quarantine: None,
        fail_fast: None,
        rows: false,
        methods: Vec::new(),
        like: None,
        segments: false,
        incident: false,
        columns: Vec::new(),
        multivariate: false,
        intervals: None,
        scan: Scan::of(&args.scan, args.output.format.places()),
    };
    scan::run(&files, &job, &args.output, host, pipeline, &mut |outcome| save(args.save.as_deref(), &outcome))
}

/// That one file at most is saved.
pub(super) fn one_is_saved(save: Option<&Path>, files: &[PathBuf]) -> Result<(), Error> {
    if save.is_none() || files.len() < 2 {
        return Ok(());
    }
    Err(Error::new(Kind::Usage, format!("--save takes one file, found {}", files.len()))
        .with_hint("save each, then join them with driftline merge"))
}

/// Writes the saved profile where it was asked for.
pub(super) fn save(path: Option<&Path>, outcome: &Outcome) -> Result<(), Error> {
    match (path, &outcome.saved) {
        (Some(path), Some(saved)) => output::write(path, &saved::write(saved)?),
        _ => Ok(()),
    }
}
