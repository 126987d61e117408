//! A job of the command line in, calls to the engine out. The one file of the command line that knows the engine.

use super::job::{Job, Pipeline, Prepared, Watch};
use crate::error::{Error, Kind, Result};
use crate::profile;
use crate::profile::saved::{Column, Sketches};

/// The engine of this build.
pub(super) struct Engine;

#[cold]
fn absent() -> Error {
    Error::new(Kind::Unsupported, "this build has no engine")
}

impl Pipeline for Engine {
    fn prepare<'a>(&'a self, _: &'a Job, _: Watch<'_>) -> Result<Box<dyn Prepared + 'a>> {
        Err(absent())
    }

    fn sketches(&self) -> &dyn Sketches {
        self
    }
}

impl Sketches for Engine {
    fn merge_sums(&self, _: &[u8], _: &[u8]) -> Result<Vec<u8>> {
        Err(absent())
    }

    fn merge_distinct(&self, _: &[u8], _: &[u8]) -> Result<Vec<u8>> {
        Err(absent())
    }

    fn merge_duplicates(&self, _: &[u8], _: &[u8]) -> Result<Vec<u8>> {
        Err(absent())
    }

    fn duplicates(&self, _: &[u8], _: u64) -> Result<profile::Estimate> {
        Err(absent())
    }

    fn fill(&self, _: &Column, _: &mut profile::Column) -> Result<()> {
        Err(absent())
    }
}
