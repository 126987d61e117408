//! `driftline drift --reference R CURRENT…`

use super::args::DriftArgs;
use super::job::{Job, Pipeline, Scan};
use super::output::{self, Host};
use super::values::Methods;
use super::{Stop, inputs, scan};

/// Compares files or saved profiles with a reference, which is read once.
pub(super) fn run(args: &DriftArgs, host: &mut Host<'_>, pipeline: &dyn Pipeline) -> Result<u8, Stop> {
    let files = inputs::paths(&args.files)?;
    let read = files.iter().chain([&args.reference]).cloned().collect::<Vec<_>>();
    output::apart(args.output.output.as_deref(), &read)?;
    let job = Job {
        sections: vec!["profile".into(), "drift".into()],
        contract: None,
        reference: Some(inputs::open(&args.reference)?),
        save: false,
        quarantine: None,
        rows: false,
        methods: Methods::ids(&args.methods),
        scan: Scan::of(&args.scan, args.output.format.places()),
    };
    scan::run(&files, &job, &args.output, host, pipeline, &mut |_| Ok(()))
}
