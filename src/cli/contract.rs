//! `driftline contract infer FILE…`

use super::args::{ContractArgs, ContractCommand, InferArgs};
use super::job::{Pipeline, Scan};
use super::output::{self, Host};
use super::{Stop, exit, inputs};
use crate::cell::limits;
use crate::contract;

/// Makes contracts.
pub(super) fn run(args: &ContractArgs, host: &mut Host<'_>, pipeline: &dyn Pipeline) -> Result<u8, Stop> {
    match &args.command {
        ContractCommand::Infer(args) => infer(args, host, pipeline),
    }
}

fn infer(args: &InferArgs, host: &mut Host<'_>, pipeline: &dyn Pipeline) -> Result<u8, Stop> {
    let files = inputs::paths(&args.files)?;
    output::apart(args.output.as_deref(), &files)?;
    let scan = Scan::of(&args.scan, limits::PLACES);
    let mut profiles = Vec::with_capacity(files.len());
    for path in &files {
        let read = || pipeline.profile(&inputs::open(path)?, &scan);
        profiles.push(read().map_err(|error| error.of_file(&inputs::shown(path)))?);
    }
    let text = contract::infer(&profiles)?;
    match &args.output {
        Some(path) => output::write(path, text.as_bytes())?,
        None => host.print(text.as_bytes())?,
    }
    Ok(exit::OK)
}
