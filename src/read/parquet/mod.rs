//! A Parquet file as byte ranges in, blocks of typed arrays out: first the footer, then rows of a row group, of which
//! only the chunks of the wanted columns are read.

#[cfg(feature = "columnar-write")]
mod apart;
mod chunks;
mod codec;
mod kept;
mod packed;
mod pages;
mod parts;
mod rows;
mod schema;
#[cfg(test)]
mod tests;
mod thrift;

use std::sync::Arc;

use ::arrow::datatypes::Fields;
use ::parquet::arrow::parquet_to_arrow_schema;
use ::parquet::file::metadata::{ColumnChunkMetaData, FileMetaData, ParquetMetaData, ParquetMetaDataReader};

use self::parts::Parts;
pub use self::rows::Rows;
use super::columnar::{Leaf, damaged, leaves, primitives, zeros};
use crate::cell::limits;
use crate::error::{Error, Kind, Result};
use crate::source::Source;

/// An open Parquet file: what its footer says.
pub struct ParquetFile {
    footer: Vec<u8>,
    metadata: ParquetMetaData,
    columns: Vec<Leaf>,
    /// The Parquet columns of each of `columns`, as a range.
    spans: Vec<std::ops::Range<usize>>,
    parts: Parts,
}

/// Reads the footer of a Parquet file.
///
/// # Errors
/// `NotThisFormat` where neither end has Parquet's mark, `Damaged` for a truncated or lying footer, `Unsupported` for
/// encrypted files and codecs that this build lacks, `Limit` for a footer or a nesting beyond the limits, and what the
/// source says.
pub fn open(source: &dyn Source) -> Result<ParquetFile> {
    let footer = read_footer(source)?;
    if thrift::says_encrypted(&footer) {
        return Err(encrypted());
    }
    let metadata = ParquetMetaDataReader::decode_metadata(&footer)
        .map_err(|e| damaged(format!("the footer is malformed: {e}")))?;
    let bare = schema::bare(metadata.file_metadata().schema_descr())?;
    check_groups(&metadata, source.len())?;
    let descr = metadata.file_metadata().schema_descr();
    let fields = parquet_to_arrow_schema(descr, None)
        .map_err(|e| damaged(format!("the schema is malformed: {e}")))?
        .fields;
    let fields = schema::shown(descr, &fields);
    let columns = leaves(&fields)?;
    let spans = spans(&fields, &columns, descr.num_columns())?;
    let old = metadata.file_metadata();
    let file = FileMetaData::new(old.version(), old.num_rows(), None, None, Arc::new(bare), None);
    let metadata = ParquetMetaData::new(file, metadata.row_groups().to_vec());
    let parts = Parts::new(metadata.row_groups().iter().map(|group| group.num_rows() as u64).collect());
    Ok(ParquetFile { footer, metadata, columns, spans, parts })
}

fn encrypted() -> Error {
    Error::new(Kind::Unsupported, "the parquet file is encrypted")
        .with_hint("decrypt it first; keys are not read")
}

fn read_footer(source: &dyn Source) -> Result<Vec<u8>> {
    let len = source.len();
    if len == 0 {
        return Err(damaged("the parquet file is empty"));
    }
    let mut head = [0; 4];
    if len >= 4 {
        source.read_at(0, &mut head)?;
    }
    let starts = head == *b"PAR1" || head == *b"PARE";
    if len < 12 {
        return Err(not_parquet(starts, len));
    }
    let mut tail = [0; 8];
    source.read_at(len - 8, &mut tail)?;
    match &tail[4..] {
        b"PAR1" => {}
        b"PARE" => return Err(encrypted()),
        _ => return Err(not_parquet(starts, len)),
    }
    let size = u64::from(u32::from_le_bytes([tail[0], tail[1], tail[2], tail[3]]));
    if size > limits::FOOTER_BYTES {
        let most = limits::FOOTER_BYTES;
        return Err(Error::new(Kind::Limit, format!("the footer has {size} bytes, more than {most}")));
    }
    if size > len - 12 {
        return Err(damaged(format!("the footer says it has {size} bytes, the file has {len}")));
    }
    let mut footer = zeros(size as usize, "footer")?;
    source.read_at(len - 8 - size, &mut footer)?;
    Ok(footer)
}

fn not_parquet(starts: bool, len: u64) -> Error {
    if starts {
        damaged(format!("the parquet file ends without a footer after {len} bytes"))
            .with_hint("it was probably cut off while being written or copied")
    } else {
        Error::new(Kind::NotThisFormat, "expected a parquet file, found neither of its two marks")
    }
}

/// Compares what the row groups say with each other and with the length of the file.
fn check_groups(metadata: &ParquetMetaData, len: u64) -> Result<()> {
    let mut rows = 0i64;
    for (i, group) in metadata.row_groups().iter().enumerate() {
        let wrong = |what: String| damaged(format!("row group {i}: {what}"));
        if group.num_rows() < 0 {
            return Err(wrong(format!("expected a number of rows, found {}", group.num_rows())));
        }
        rows = rows.checked_add(group.num_rows()).ok_or_else(|| wrong("too many rows".into()))?;
        for chunk in group.columns() {
            let name = chunk.column_path().string();
            codec::supported(chunk.compression())?;
            if chunk.file_path().is_some_and(|path| !path.is_empty()) {
                return Err(Error::new(Kind::Unsupported, format!("column {name:?} lies in another file")));
            }
            let end = u64::try_from(chunk_start(chunk)).ok().zip(u64::try_from(chunk.compressed_size()).ok());
            let end = end.and_then(|(start, size)| start.checked_add(size));
            if end.is_none_or(|end| end > len) {
                return Err(wrong(format!("column {name:?} lies outside of the file's {len} bytes")));
            }
        }
    }
    let total = metadata.file_metadata().num_rows();
    if rows != total {
        return Err(damaged(format!("the footer says {total} rows, its row groups {rows}")));
    }
    Ok(())
}

/// The chunk's first byte. Some writers say 0 for a dictionary that is not there.
fn chunk_start(chunk: &ColumnChunkMetaData) -> i64 {
    let data = chunk.data_page_offset();
    chunk.dictionary_page_offset().filter(|&at| at > 0 && at < data).unwrap_or(data)
}

/// The Parquet columns that each of our columns is made of.
fn spans(fields: &Fields, columns: &[Leaf], total: usize) -> Result<Vec<std::ops::Range<usize>>> {
    let mut start = 0;
    let spans: Vec<_> = columns
        .iter()
        .map(|leaf| {
            let mut fields = fields;
            let mut width = 1;
            for &i in &leaf.path {
                match fields[i].data_type() {
                    ::arrow::datatypes::DataType::Struct(inner) => fields = inner,
                    ty => width = primitives(ty),
                }
            }
            start += width;
            start - width..start
        })
        .collect();
    if start == total { Ok(spans) } else { Err(damaged(format!("expected {total} columns, found {start}"))) }
}

impl ParquetFile {
    /// Its columns in order; names as they stand, so not always unique.
    pub fn columns(&self) -> &[Leaf] {
        &self.columns
    }

    /// How many parts it can be read in: row groups, large ones by [`parts::PART_ROWS`] rows.
    pub fn parts(&self) -> u64 {
        self.parts.len()
    }

    /// The rows of all row groups.
    pub fn n_rows(&self) -> u64 {
        self.metadata.row_groups().iter().map(|group| group.num_rows() as u64).sum()
    }

    /// The footer's bytes, which name every byte range of the file: what a content hash can begin with.
    pub fn footer(&self) -> &[u8] {
        &self.footer
    }
}
