//! How a file's columns were written → how to write them again: the same codec, dictionary or encoding, and the file's own
//! metadata.

use ::parquet::basic::{Compression, Encoding, Type as Physical};
use ::parquet::file::metadata::{ColumnChunkMetaData, ParquetMetaData};
use ::parquet::file::properties::WriterProperties;

/// The properties, by the first row group.
pub(super) fn of(metadata: &ParquetMetaData) -> WriterProperties {
    let mut properties = WriterProperties::builder()
        .set_key_value_metadata(metadata.file_metadata().key_value_metadata().cloned());
    let columns = metadata.row_groups().first().map_or(&[][..], |group| group.columns());
    for chunk in columns {
        let path = chunk.column_path();
        properties = properties
            .set_column_compression(path.clone(), codec(chunk.compression()))
            .set_column_dictionary_enabled(path.clone(), has_dictionary(chunk));
        if let Some(encoding) = encoding(chunk) {
            properties = properties.set_column_encoding(path.clone(), encoding);
        }
    }
    properties.build()
}

/// The codec, or for those that are not written the one that comes closest.
fn codec(codec: Compression) -> Compression {
    match codec {
        Compression::BROTLI(_) | Compression::LZO => Compression::ZSTD(Default::default()),
        // The same blocks, in a framing that all readers agree on.
        Compression::LZ4 => Compression::LZ4_RAW,
        codec => codec,
    }
}

fn has_dictionary(chunk: &ColumnChunkMetaData) -> bool {
    chunk.encodings().any(|it| matches!(it, Encoding::RLE_DICTIONARY | Encoding::PLAIN_DICTIONARY))
}

/// The encoding of the values, where it is one that is chosen and that its type can have.
fn encoding(chunk: &ColumnChunkMetaData) -> Option<Encoding> {
    let can_have = |it: &Encoding| match chunk.column_type() {
        Physical::INT32 | Physical::INT64 => *it == Encoding::DELTA_BINARY_PACKED,
        Physical::FLOAT | Physical::DOUBLE => *it == Encoding::BYTE_STREAM_SPLIT,
        Physical::BYTE_ARRAY => {
            matches!(it, Encoding::DELTA_LENGTH_BYTE_ARRAY | Encoding::DELTA_BYTE_ARRAY)
        }
        _ => false,
    };
    chunk.encodings().find(can_have)
}
