//! What profile, check and drift share: files in, a report each out, and the worst exit code.

use std::path::{Path, PathBuf};

use super::args::OutputArgs;
use super::exit::Policy;
use super::job::{Job, Outcome, Pipeline, Prepared, Step};
use super::output::{Host, Reports, Summary};
use super::progress::Bar;
use super::{Stop, complain, inputs};
use crate::error::Result;
use crate::report::verdict;
use crate::source::Source;

/// Reads every file, writes every report. A file that cannot be read is told, and the others are still read.
pub(super) fn run(
    files: &[PathBuf],
    job: &Job,
    output: &OutputArgs,
    host: &mut Host<'_>,
    pipeline: &dyn Pipeline,
    save: &mut dyn FnMut(Outcome) -> Result<()>,
) -> std::result::Result<u8, Stop> {
    let policy = Policy { fail_on: output.fail_on.severity(), warn_exit: output.warn_exit };
    let prepared = prepare(job, host, pipeline)?;
    let contract = job.contract.as_ref().map(|contract| contract.text.as_bytes());
    let mut reports = Reports::new(output, policy.fail_on, contract, files.len() > 1);
    let mut summary = Summary::new();
    for path in files {
        let name = inputs::shown(path);
        match one(path, prepared.as_ref(), host.progress) {
            Ok(mut outcome) => {
                let code = policy.of(verdict::worst(&outcome.report));
                let rows = std::mem::take(&mut outcome.rows);
                reports.push(&name, &outcome.report, rows, host)?;
                summary.report(name, &outcome.report, code);
                if let Some(told) = &outcome.told {
                    // OK because what is told twice is not worth an error.
                    _ = writeln!(host.err, "{told}");
                }
                save(outcome)?;
            }
            Err(error) => {
                summary.error(name.clone(), &error);
                reports.unread(name.clone(), &error, host)?;
                complain(&error.of_file(&name), host);
            }
        }
    }
    reports.finish(host)?;
    if output.summary_line {
        summary.print(host)?;
    }
    Ok(summary.code())
}

/// Reads what is the same for all files.
///
/// # Errors
/// What the contract and the reference say.
pub(super) fn prepare<'a>(
    job: &'a Job,
    host: &Host<'_>,
    pipeline: &'a dyn Pipeline,
) -> Result<Box<dyn Prepared + 'a>> {
    let (name, bytes) =
        job.reference.as_ref().map_or((String::new(), 0), |input| (input.name.clone(), input.source.len()));
    let bar = Bar::new(&name, bytes, host.progress && job.reference.is_some());
    let prepared = pipeline.prepare(job, &|step: Step| bar.tell(step))?;
    if let Some(reference) = &job.reference {
        reference.source.unchanged()?;
    }
    Ok(prepared)
}

/// Reads one file.
///
/// # Errors
/// What the file and its reader say.
pub(super) fn one(path: &Path, prepared: &dyn Prepared, progress: bool) -> Result<Outcome> {
    let input = inputs::open(path)?;
    let bar = Bar::new(&input.name, input.source.len(), progress);
    let outcome = prepared.file(&input, &|step: Step| bar.tell(step));
    // A file that changed explains whatever went wrong with it.
    input.source.unchanged()?;
    outcome
}
