//! A run of a columnar file: row groups of Parquet, batches of Arrow. Without the `columnar` feature, a clear message.

use super::plan::{Plan, Run};
use super::scan::Progress;
use crate::block::Sink;
use crate::error::Result;
use crate::sketch::content::Content;
use crate::source::Source;

#[cfg(feature = "columnar")]
pub(super) fn drive(
    source: &dyn Source,
    plan: &Plan,
    run: Run,
    sink: &mut dyn Sink,
    progress: &dyn Fn(Progress),
) -> Result<(Option<u64>, u64, u64, u64, Content)> {
    use super::plan::Format;
    use crate::read::{arrow, parquet};
    let mut rows = 0;
    let share = plan.bytes / plan.groups.max(1);
    let report = |before: u64, now: u64| progress(Progress { bytes: share, rows: now - before });
    if plan.format == Format::Parquet {
        let file = parquet::open(source)?;
        for group in run.start..run.end {
            let next = file.read(source, group as usize, &plan.columns, rows, sink)?;
            report(rows, next);
            rows = next;
        }
    } else {
        let file = arrow::open(source)?;
        for unit in run.start..run.end {
            let next = file.read(source, unit as usize..unit as usize + 1, &plan.columns, rows, sink)?;
            report(rows, next);
            rows = next;
        }
    }
    let mut content = Content::default();
    if run.start == 0 {
        content.add_whole(0, &plan.footer);
    }
    Ok((Some(run.start), run.end, rows, 0, content))
}

#[cfg(not(feature = "columnar"))]
pub(super) fn drive(
    _: &dyn Source,
    _: &Plan,
    _: Run,
    _: &mut dyn Sink,
    _: &dyn Fn(Progress),
) -> Result<(Option<u64>, u64, u64, u64, Content)> {
    Err(needs_columnar())
}

/// How many rows the footer of a Parquet file says it has; `None` for other formats.
#[cfg(feature = "columnar")]
pub(super) fn rows(source: &dyn Source, plan: &Plan) -> Result<Option<u64>> {
    if plan.format != super::plan::Format::Parquet {
        return Ok(None);
    }
    Ok(Some(crate::read::parquet::open(source)?.groups().sum()))
}

#[cfg(not(feature = "columnar"))]
#[expect(clippy::unnecessary_wraps, reason = "the other build reads a footer")]
pub(super) fn rows(_: &dyn Source, _: &Plan) -> Result<Option<u64>> {
    Ok(None)
}

/// The error of a build without the feature; the page answers it by loading the module that has it.
#[cfg(not(feature = "columnar"))]
pub(super) fn needs_columnar() -> crate::error::Error {
    use crate::error::{Error, Kind};
    Error::new(Kind::NeedsColumnar, "this build cannot read Parquet and Arrow")
        .with_hint("build it with the feature \"columnar\"")
}
