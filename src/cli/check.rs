//! `driftline check FILE… --contract C --reference R`

use super::args::{CheckArgs, Format};
use std::path::PathBuf;

use super::job::{Input, Job, Pipeline, Scan};
use super::output::{self, Host};
use super::values::Methods;
use super::{Stop, exit, inputs, profile, quarantine, scan};
use crate::error::{Error, Kind};

/// Checks files against a contract, a reference or both, in one scan each.
pub(super) fn run(args: &CheckArgs, host: &mut Host<'_>, pipeline: &dyn Pipeline) -> Result<u8, Stop> {
    if let Some(rule) = &args.explain {
        host.print(crate::contract::explain(rule)?.as_bytes())?;
        return Ok(exit::OK);
    }
    let files = inputs::paths(&args.files)?;
    let read = files
        .iter()
        .chain(&args.contract)
        .chain(&args.reference)
        .chain(args.with.iter().map(|it| &it.1))
        .cloned()
        .collect::<Vec<_>>();
    output::apart(args.output.output.as_deref(), &read)?;
    output::apart(args.save.as_deref(), &read)?;
    profile::one_is_saved(args.save.as_deref(), &files)?;
    inputs::once(&read)?;
    if args.quarantine.is_some() {
        quarantine::apart(&files)?;
    }
    let mut sections = vec!["profile".to_string()];
    if args.contract.is_some() {
        sections.push("check".into());
    }
    if args.reference.is_some() {
        sections.push("drift".into());
    }
    let job = Job {
        sections,
        contract: args.contract.as_deref().map(inputs::contract).transpose()?,
        others: others(&args.with)?,
        reference: args.reference.as_deref().map(inputs::open).transpose()?,
        save: args.save.is_some(),
        quarantine: args.quarantine.clone(),
        fail_fast: args.fail_fast.then(|| args.output.fail_on.severity()),
        rows: args.output.format == Format::FrictionlessJson,
        methods: Methods::ids(&args.methods),
        like: None,
        segments: false,
        incident: false,
        columns: Vec::new(),
        multivariate: false,
        intervals: None,
        scan: Scan::of(&args.scan, args.output.format.places()),
    };
    scan::run(&files, &job, &args.output, host, pipeline, &mut |outcome| {
        profile::save(args.save.as_deref(), &outcome)
    })
}

/// The files of other tables.
fn others(given: &[(String, PathBuf)]) -> Result<Vec<(String, Input)>, Stop> {
    let mut others: Vec<(String, Input)> = Vec::with_capacity(given.len());
    for (table, path) in given {
        if others.iter().any(|it| it.0 == *table) {
            let twice = Error::new(Kind::Usage, format!("the table {table:?} is given twice"));
            return Err(twice.into());
        }
        others.push((table.clone(), inputs::open(path)?));
    }
    Ok(others)
}
