//! A run of a columnar file: parts of Parquet's row groups, batches of Arrow. Without the `columnar` feature, a clear message.

use super::plan::{Plan, Run};
use super::scan::Progress;
use crate::block::Sink;
#[cfg(feature = "columnar")]
use crate::cell::plan::ColumnPlan;
use crate::error::Result;
#[cfg(feature = "columnar")]
use crate::read::{arrow, parquet};
use crate::sketch::content::Content;
use crate::source::Source;

#[cfg(feature = "columnar")]
enum File {
    Parquet(Box<parquet::ParquetFile>, Option<Box<parquet::Rows>>),
    Arrow(Box<arrow::ArrowFile>),
}

/// The groups of a run, one after the other.
#[cfg(feature = "columnar")]
pub(super) struct Groups {
    run: Run,
    is_parquet: bool,
    columns: Vec<ColumnPlan>,
    file: Option<File>,
    next: u64,
    rows: u64,
    /// Bytes of the file that a group stands for.
    share: u64,
    content: Content,
}

#[cfg(feature = "columnar")]
impl Groups {
    #[expect(clippy::unnecessary_wraps, reason = "the other build cannot")]
    pub(super) fn new(plan: &Plan, run: Run) -> Result<Groups> {
        let mut content = Content::default();
        if run.start == 0 {
            content.add_whole(0, &plan.footer);
        }
        Ok(Groups {
            run,
            is_parquet: plan.format == super::plan::Format::Parquet,
            columns: plan.columns.clone(),
            file: None,
            next: run.start,
            rows: 0,
            share: plan.bytes / plan.groups.max(1),
            content,
        })
    }

    /// Reads the next group. Returns whether there are more.
    ///
    /// # Errors
    /// What the source and the reader say.
    pub(super) fn read(&mut self, source: &dyn Source, sink: &mut dyn Sink) -> Result<bool> {
        let file = match &mut self.file {
            Some(file) => file,
            None if self.is_parquet => {
                self.file.insert(File::Parquet(Box::new(parquet::open(source)?), None))
            }
            None => self.file.insert(File::Arrow(Box::new(arrow::open(source)?))),
        };
        if self.next < self.run.end {
            self.rows = match file {
                File::Parquet(file, open) => {
                    let rows = match open {
                        Some(rows) if !rows.is_done() => rows,
                        _ => {
                            let parts = self.next..self.run.end;
                            open.insert(Box::new(file.rows(source, parts, &self.columns, self.rows)?))
                        }
                    };
                    self.rows + rows.send_part(sink)?
                }
                File::Arrow(file) => {
                    let batch = self.next as usize;
                    file.read(source, batch..batch + 1, &self.columns, self.rows, sink)?
                }
            };
            self.next += 1;
        }
        Ok(self.next < self.run.end)
    }

    pub(super) fn progress(&self) -> Progress {
        Progress { bytes: self.share * (self.next - self.run.start), rows: self.rows }
    }

    /// The first group, the one behind the last, rows, no line breaks, and the content.
    pub(super) fn finish(self) -> (Option<u64>, u64, u64, u64, Content) {
        (Some(self.run.start), self.run.end, self.rows, 0, self.content)
    }
}

/// The groups of a run that this build cannot read.
#[cfg(not(feature = "columnar"))]
pub(super) enum Groups {}

#[cfg(not(feature = "columnar"))]
impl Groups {
    pub(super) fn new(_: &Plan, _: Run) -> Result<Groups> {
        Err(needs_columnar())
    }

    pub(super) fn read(&mut self, _: &dyn Source, _: &mut dyn Sink) -> Result<bool> {
        match *self {}
    }

    pub(super) fn progress(&self) -> Progress {
        match *self {}
    }

    pub(super) fn finish(self) -> (Option<u64>, u64, u64, u64, Content) {
        match self {}
    }
}

/// How many rows the footer of a Parquet file says it has; `None` for other formats.
#[cfg(feature = "columnar")]
pub(super) fn rows(source: &dyn Source, plan: &Plan) -> Result<Option<u64>> {
    if plan.format != super::plan::Format::Parquet {
        return Ok(None);
    }
    Ok(Some(crate::read::parquet::open(source)?.n_rows()))
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
