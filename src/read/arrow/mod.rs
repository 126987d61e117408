//! An Arrow IPC file or stream (Feather too) as byte ranges in, blocks of typed arrays out. A file has a footer that
//! names its batches; a stream is followed from message to message.

#[cfg(feature = "columnar-write")]
mod apart;
mod check;
mod message;
#[cfg(test)]
mod tests;

// Arrow's own functions take the dictionaries in it; it is only looked up.
#[allow(clippy::disallowed_types)]
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use ::arrow::array::{ArrayRef, RecordBatch};
use ::arrow::datatypes::{Schema, SchemaRef};
use ::arrow::ipc::convert::try_fb_to_schema;
use ::arrow::ipc::reader::{read_dictionary, read_record_batch};
use ::arrow::ipc::{Message, MessageHeader, root_as_footer};

use self::message::{At, Found};
use super::columnar::{Emitter, Leaf, damaged, leaves, position, zeros};
use crate::block::Sink;
use crate::cell::limits;
use crate::cell::plan::ColumnPlan;
use crate::error::{Error, Kind, Result};
use crate::source::Source;

#[allow(clippy::disallowed_types)]
type Dictionaries = HashMap<i64, ArrayRef>;

/// An open Arrow file or stream: its schema, and where its batches are.
pub struct ArrowFile {
    head: Vec<u8>,
    schema: SchemaRef,
    columns: Vec<Leaf>,
    body: Body,
}

enum Body {
    File { dictionaries: Vec<At>, batches: Vec<At> },
    Stream { start: u64 },
}

/// Reads the schema of an Arrow file or stream, and a file's footer.
///
/// # Errors
/// `NotThisFormat` where the first bytes are not Arrow's, `Damaged` for a truncated or lying file, `Unsupported` for
/// Feather version 1 and big-endian data, `Limit` beyond the limits, and what the source says.
pub fn open(source: &dyn Source) -> Result<ArrowFile> {
    let len = source.len();
    if len == 0 {
        return Err(damaged("the arrow file is empty"));
    }
    let mut magic = [0; 6];
    let n = magic.len().min(usize::try_from(len).unwrap_or(usize::MAX));
    source.read_at(0, &mut magic[..n])?;
    if &magic[..4] == b"FEA1" {
        return Err(Error::new(Kind::Unsupported, "the file is of feather version 1")
            .with_hint("write it again as feather version 2 or as parquet"));
    }
    if &magic == b"ARROW1" { open_file(source) } else { open_stream(source) }
}

fn open_file(source: &dyn Source) -> Result<ArrowFile> {
    let len = source.len();
    let cut = || {
        damaged(format!("the arrow file ends without a footer after {len} bytes"))
            .with_hint("it was probably cut off while being written or copied")
    };
    let mut tail = [0; 10];
    if len < 18 {
        return Err(cut());
    }
    source.read_at(len - 10, &mut tail)?;
    if &tail[4..] != b"ARROW1" {
        return Err(cut());
    }
    let size = i32::from_le_bytes([tail[0], tail[1], tail[2], tail[3]]);
    let Some(size) = u64::try_from(size).ok().filter(|&size| size <= len - 18) else {
        return Err(damaged(format!("the footer says it has {size} bytes, the file has {len}")));
    };
    if size > limits::FOOTER_BYTES {
        let most = limits::FOOTER_BYTES;
        return Err(Error::new(Kind::Limit, format!("the footer has {size} bytes, more than {most}")));
    }
    let mut head = zeros(size as usize, "footer")?;
    source.read_at(len - 10 - size, &mut head)?;
    let footer = root_as_footer(&head).map_err(|e| damaged(format!("the footer is malformed: {e}")))?;
    let schema = footer.schema().ok_or_else(|| damaged("the footer has no schema"))?;
    let schema = try_fb_to_schema(schema).map_err(|e| damaged(format!("the schema is malformed: {e}")))?;
    let place = |block: &::arrow::ipc::Block| At::of(block.offset());
    let body = Body::File {
        dictionaries: footer.dictionaries().into_iter().flatten().map(place).collect(),
        batches: footer.recordBatches().into_iter().flatten().map(place).collect(),
    };
    opened(head, schema, body)
}

fn open_stream(source: &dyn Source) -> Result<ArrowFile> {
    let other =
        || Error::new(Kind::NotThisFormat, "expected an arrow file or stream, found other first bytes");
    let mut first = [0; 4];
    if source.len() < 8 {
        return Err(other());
    }
    source.read_at(0, &mut first)?;
    let marked = first == [0xff; 4];
    let found = match message::read_header(source, 0) {
        Ok(Some(found)) => found,
        Err(error) if marked || error.kind() == Kind::Unreadable => return Err(error),
        _ => return Err(other()),
    };
    let parsed = found.message()?;
    let Some(schema) = parsed.header_as_schema() else {
        return Err(if marked { damaged("the arrow stream does not begin with a schema") } else { other() });
    };
    let schema = try_fb_to_schema(schema).map_err(|e| damaged(format!("the schema is malformed: {e}")))?;
    let start = found.end;
    opened(found.metadata, schema, Body::Stream { start })
}

fn opened(head: Vec<u8>, schema: Schema, body: Body) -> Result<ArrowFile> {
    check::schema(&schema)?;
    let columns = leaves(schema.fields())?;
    Ok(ArrowFile { head, schema: Arc::new(schema), columns, body })
}

impl ArrowFile {
    /// Its columns in order; names as they stand, so not always unique.
    pub fn columns(&self) -> &[Leaf] {
        &self.columns
    }

    /// How many units it can be read in: a file's batches; a stream is one unit.
    pub fn units(&self) -> usize {
        match &self.body {
            Body::File { batches, .. } => batches.len(),
            Body::Stream { .. } => 1,
        }
    }

    /// The bytes of a file's footer or of a stream's schema: what a content hash can begin with.
    pub fn head(&self) -> &[u8] {
        &self.head
    }

    /// Sends the rows of these units, with as many of the first columns as the plan has. `first_row` is the index of
    /// their first row within the run; returns that of the row behind their last. Arrays have the types of
    /// [`Self::columns`], whatever the plan says.
    ///
    /// # Errors
    /// `Damaged` for messages that contradict themselves or end too early, `Limit` for buffers that grow too much, and
    /// what the source says. Rows before the damage have been sent.
    pub fn read(
        &self,
        source: &dyn Source,
        units: Range<usize>,
        plan: &[ColumnPlan],
        first_row: u64,
        sink: &mut dyn Sink,
    ) -> Result<u64> {
        let wanted = plan.len().min(self.columns.len());
        let last = self.columns[..wanted].last().map_or(0, |leaf| leaf.path[0] + 1);
        let mut emitter = Emitter::new(&self.columns[..wanted], first_row, 0);
        self.batches(source, units, (0..last).collect(), &mut |unit, batch| {
            if let Some(unit) = unit {
                emitter.go_on_at(position(unit, 0));
            }
            emitter.batch(&batch, sink)
        })?;
        Ok(emitter.row())
    }

    /// Hands out the batches of these units with the columns of these places; of a file each with its unit.
    ///
    /// # Errors
    /// Those of [`Self::read`], and what `take` says.
    fn batches(
        &self,
        source: &dyn Source,
        units: Range<usize>,
        columns: Vec<usize>,
        take: Take<'_>,
    ) -> Result<()> {
        let mut reading =
            Reading { schema: &self.schema, projection: columns, dictionaries: Dictionaries::new() };
        if units.is_empty() {
            return Ok(());
        }
        match &self.body {
            Body::File { dictionaries, batches } => {
                let first = units.start;
                let batches = batches.get(units).ok_or_else(|| damaged("there is no such batch"))?;
                let mut read = |at: &At, unit: usize| {
                    let found = message::read_header(source, at.offset()?)?;
                    let found = found.ok_or_else(|| damaged("the footer names a batch that is not there"))?;
                    reading.read(source, &found)?.map_or(Ok(()), |batch| take(Some(unit), batch))
                };
                dictionaries.iter().try_for_each(|at| read(at, first))?;
                batches.iter().zip(first..).try_for_each(|(at, unit)| read(at, unit))
            }
            Body::Stream { start } => {
                let mut at = *start;
                while let Some(found) = message::read_header(source, at)? {
                    at = found.end;
                    reading.read(source, &found)?.map_or(Ok(()), |batch| take(None, batch))?;
                }
                Ok(())
            }
        }
    }
}

/// Who takes batches.
type Take<'a> = &'a mut dyn FnMut(Option<usize>, RecordBatch) -> Result<()>;

/// What is known while messages are read.
struct Reading<'a> {
    schema: &'a SchemaRef,
    projection: Vec<usize>,
    dictionaries: Dictionaries,
}

impl Reading<'_> {
    /// The batch of a message; `None` where it was a dictionary.
    fn read(&mut self, source: &dyn Source, found: &Found) -> Result<Option<RecordBatch>> {
        let message = found.message()?;
        let wrong = |what: String| damaged(format!("the message at byte {}: {what}", found.start));
        match message.header_type() {
            MessageHeader::DictionaryBatch => self.dictionary(source, found, &message).map(|()| None),
            MessageHeader::RecordBatch => {
                let batch =
                    message.header_as_record_batch().ok_or_else(|| wrong("it has no batch".into()))?;
                let body = found.body(source)?;
                check::batch(
                    &batch,
                    self.schema.fields().iter().map(|f| f.data_type()),
                    message.version(),
                    &body,
                )
                .map_err(|e| Error::new(e.kind(), format!("the message at byte {}: {e}", found.start)))?;
                let (schema, version) = (Arc::clone(self.schema), message.version());
                let projection = Some(&self.projection[..]);
                read_record_batch(&body, batch, schema, &self.dictionaries, projection, &version)
                    .map(Some)
                    .map_err(|e| wrong(e.to_string()))
            }
            other => Err(wrong(format!("expected a batch, found {other:?}"))),
        }
    }

    fn dictionary(&mut self, source: &dyn Source, found: &Found, message: &Message<'_>) -> Result<()> {
        let wrong = |what: String| damaged(format!("the dictionary at byte {}: {what}", found.start));
        let dictionary =
            message.header_as_dictionary_batch().ok_or_else(|| wrong("it has no batch".into()))?;
        let batch = dictionary.data().ok_or_else(|| wrong("it has no values".into()))?;
        let body = found.body(source)?;
        let ty = check::dictionary_type(self.schema, dictionary.id())
            .ok_or_else(|| wrong("no column has it".into()))?;
        check::batch(&batch, std::iter::once(&ty), message.version(), &body)
            .map_err(|e| Error::new(e.kind(), format!("the dictionary at byte {}: {e}", found.start)))?;
        read_dictionary(&body, dictionary, self.schema, &mut self.dictionaries, &message.version())
            .map_err(|e| wrong(e.to_string()))
    }
}
