//! `driftline merge PROFILE…`

use std::path::Path;

use super::args::MergeArgs;
use super::job::Pipeline;
use super::output::{self, Host};
use super::{Stop, exit, inputs};
use crate::error::{Error, Kind, Result as Read};
use crate::profile::saved::{self, Saved};
use crate::source::Source;

/// The largest saved profile, in bytes.
const PROFILE_BYTES: u64 = 4 << 30;

/// Joins saved profiles; the order does not matter.
pub(super) fn run(args: &MergeArgs, host: &mut Host<'_>, pipeline: &dyn Pipeline) -> Result<u8, Stop> {
    let mut merged: Option<Saved> = None;
    for path in &args.files {
        let name = inputs::shown(path);
        let next = read(path).map_err(|error| error.of_file(&name))?;
        merged = Some(match merged {
            Some(merged) => merged.merge(&next, pipeline.sketches()).map_err(|error| error.of_file(&name))?,
            None => next,
        });
    }
    let Some(merged) = merged else { return Ok(exit::OK) };
    let bytes = saved::write(&merged)?;
    match &args.output {
        Some(path) => output::write(path, &bytes)?,
        None => host.print(&bytes)?,
    }
    Ok(exit::OK)
}

fn read(path: &Path) -> Read<Saved> {
    let input = inputs::open(path)?;
    let length = input.source.len();
    let mut bytes = vec![0; length.min(4096) as usize];
    input.source.read_at(0, &mut bytes)?;
    if !saved::is_profile(&bytes) {
        return saved::read(&bytes);
    }
    if length > PROFILE_BYTES {
        return Err(Error::new(Kind::Limit, format!("saved profile is larger than {PROFILE_BYTES} bytes")));
    }
    bytes.resize(length as usize, 0);
    input.source.read_at(0, &mut bytes)?;
    saved::read(&bytes)
}
