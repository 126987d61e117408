//! The rows of a columnar file told apart by a quarantine into two files of its format. Without the feature
//! `columnar-write`, a clear message.

use std::io::Write;

use super::plan::Plan;
use super::quarantine::Quarantine;
use crate::error::Result;
#[cfg(not(feature = "columnar-write"))]
use crate::error::{Error, Kind};
use crate::source::Source;

/// Writes the clean rows of a Parquet or Arrow file into the first sink and those that are set apart into the second. Memory is
/// bounded by a column of a row group, or by a batch.
///
/// # Errors
/// What the source and the reader say, `Unsupported` for types that are not written, `Unreadable` where a sink fails.
#[cfg(feature = "columnar-write")]
pub fn apart(
    source: &dyn Source,
    plan: &Plan,
    quarantine: &mut Quarantine,
    sinks: [&mut (dyn Write + Send); 2],
) -> Result<()> {
    use super::pieces::Piece;
    use super::plan::Format;
    use crate::read::{arrow, parquet};
    let mut row = 0;
    let mut is_apart = || {
        row += 1;
        quarantine.sort(Piece::Row(row), 0).is_quarantined()
    };
    match plan.format {
        Format::Parquet => parquet::open(source)?.apart(source, &mut is_apart, sinks),
        _ => arrow::open(source)?.apart(source, &mut is_apart, sinks),
    }
}

/// The same in a build that does not write such files.
#[cfg(not(feature = "columnar-write"))]
pub fn apart(_: &dyn Source, plan: &Plan, _: &mut Quarantine, _: [&mut (dyn Write + Send); 2]) -> Result<()> {
    let what = format!("this build does not write {}", plan.format.id());
    Err(Error::new(Kind::Unsupported, what).with_hint("build it with the feature \"columnar-write\""))
}
