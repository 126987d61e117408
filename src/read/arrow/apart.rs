//! The rows of an Arrow file or stream told apart into two of the same kind, schema, metadata and compression, batch by batch.
//! Dictionaries are kept whole.

use std::io::Write;
use std::sync::Arc;

use ::arrow::array::{
    Array as _, ArrayData, ArrayRef, BinaryViewArray, BooleanArray, MutableArrayData, RecordBatch,
    RecordBatchOptions, StringViewArray, make_array,
};
use ::arrow::buffer::BooleanBuffer;
use ::arrow::compute::filter_record_batch;
use ::arrow::datatypes::{DataType, SchemaRef};
use ::arrow::error::{ArrowError, Result as ArrowResult};
use ::arrow::ipc::writer::{DictionaryHandling, FileWriter, IpcWriteOptions, StreamWriter};
use ::arrow::ipc::{CompressionType, root_as_footer};

use super::{ArrowFile, Body, message};
use crate::error::{Error, Kind, Result};
use crate::read::columnar::{damaged, unwritten};
use crate::source::Source;

/// Where a file is written.
type Sink<'a> = &'a mut (dyn Write + Send);

enum Out<'a> {
    File(Box<FileWriter<Sink<'a>>>),
    Stream(Box<StreamWriter<Sink<'a>>>),
}

impl Out<'_> {
    fn write(&mut self, batch: &RecordBatch) -> ArrowResult<()> {
        match self {
            Out::File(file) => file.write(batch),
            Out::Stream(stream) => stream.write(batch),
        }
    }

    fn finish(self) -> ArrowResult<()> {
        match self {
            Out::File(mut file) => file.finish(),
            Out::Stream(mut stream) => stream.finish(),
        }
    }
}

impl ArrowFile {
    /// Writes every row into the second sink that `is_apart` says of, which is asked row by row in order, and all others into
    /// the first.
    ///
    /// # Errors
    /// Those of [`Self::read`], `Unsupported` for types whose rows the library does not tell apart, `Unreadable` where a sink
    /// fails.
    pub fn apart(
        &self,
        source: &dyn Source,
        is_apart: &mut dyn FnMut() -> bool,
        sinks: [Sink<'_>; 2],
    ) -> Result<()> {
        let compression = self.compression(source)?;
        let [clean, apart] = sinks;
        let mut outs = [self.out(clean, compression)?, self.out(apart, compression)?];
        let columns = (0..self.schema.fields().len()).collect();
        self.batches(source, 0..self.units(), columns, &mut |_, batch| {
            let apart = BooleanBuffer::collect_bool(batch.num_rows(), |_| is_apart());
            for (out, rows) in outs.iter_mut().zip([!&apart, apart]) {
                match rows.count_set_bits() {
                    0 => continue,
                    n if n == batch.num_rows() => out.write(&batch).map_err(unwritten)?,
                    _ => out.write(&self.of_rows(&batch, rows)?).map_err(unwritten)?,
                }
            }
            Ok(())
        })?;
        outs.into_iter().try_for_each(Out::finish).map_err(unwritten)
    }

    fn out<'a>(&self, sink: Sink<'a>, compression: Option<CompressionType>) -> Result<Out<'a>> {
        let options = IpcWriteOptions::default()
            .with_dictionary_handling(DictionaryHandling::Resend)
            .try_with_compression(compression)
            .map_err(unwritten)?;
        let schema = &self.schema;
        Ok(match self.body {
            Body::File { .. } => {
                let mut file = FileWriter::try_new_with_options(sink, schema, options).map_err(unwritten)?;
                let footer = root_as_footer(&self.head)
                    .map_err(|e| damaged(format!("the footer is malformed: {e}")))?;
                for pair in footer.custom_metadata().into_iter().flatten() {
                    let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
                    file.write_metadata(text(pair.key()), text(pair.value()));
                }
                Out::File(Box::new(file))
            }
            Body::Stream { .. } => {
                let stream = StreamWriter::try_new_with_options(sink, schema, options);
                Out::Stream(Box::new(stream.map_err(unwritten)?))
            }
        })
    }

    /// How the first batch is compressed.
    fn compression(&self, source: &dyn Source) -> Result<Option<CompressionType>> {
        let mut at = match &self.body {
            Body::File { batches, .. } => match batches.first() {
                Some(at) => at.offset()?,
                None => return Ok(None),
            },
            Body::Stream { start } => *start,
        };
        while let Some(found) = message::read_header(source, at)? {
            if let Some(batch) = found.message()?.header_as_record_batch() {
                return Ok(batch.compression().map(|it| it.codec()));
            }
            at = found.end;
        }
        Ok(None)
    }

    /// These rows of a batch, and of what they are views of no more than they need.
    fn of_rows(&self, batch: &RecordBatch, rows: BooleanBuffer) -> Result<RecordBatch> {
        let refused = |e: ArrowError| {
            Error::new(Kind::Unsupported, format!("the rows of this file cannot be told apart: {e}"))
                .with_hint("write it again as parquet")
        };
        let rows = filter_record_batch(batch, &BooleanArray::new(rows, None)).map_err(refused)?;
        if !self.schema.fields().iter().any(|field| has_views(field.data_type())) {
            return Ok(rows);
        }
        let columns = rows.columns().iter().map(|column| compact(&column.to_data()).map(make_array));
        let columns = columns.collect::<ArrowResult<Vec<ArrayRef>>>().map_err(refused)?;
        let options = RecordBatchOptions::new().with_row_count(Some(rows.num_rows()));
        let schema: SchemaRef = Arc::clone(&self.schema);
        RecordBatch::try_new_with_options(schema, columns, &options).map_err(refused)
    }
}

fn has_views(ty: &DataType) -> bool {
    match ty {
        DataType::Utf8View | DataType::BinaryView | DataType::ListView(_) | DataType::LargeListView(_) => {
            true
        }
        DataType::List(f) | DataType::LargeList(f) | DataType::FixedSizeList(f, _) | DataType::Map(f, _) => {
            has_views(f.data_type())
        }
        DataType::Struct(fields) => fields.iter().any(|f| has_views(f.data_type())),
        _ => false,
    }
}

/// The array with only as much of what its views are of as they show.
fn compact(data: &ArrayData) -> ArrowResult<ArrayData> {
    match data.data_type() {
        ty if !has_views(ty) => Ok(data.clone()),
        DataType::Utf8View => Ok(StringViewArray::from(data.clone()).gc().to_data()),
        DataType::BinaryView => Ok(BinaryViewArray::from(data.clone()).gc().to_data()),
        DataType::ListView(_) | DataType::LargeListView(_) => {
            let mut copy = MutableArrayData::new(vec![data], false, data.len());
            copy.try_extend(0, 0, data.len())?;
            with_compact_children(copy.freeze())
        }
        _ => with_compact_children(data.clone()),
    }
}

fn with_compact_children(data: ArrayData) -> ArrowResult<ArrayData> {
    let children = data.child_data().iter().map(compact).collect::<ArrowResult<Vec<_>>>()?;
    data.into_builder().child_data(children).build()
}
