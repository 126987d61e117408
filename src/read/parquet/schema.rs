//! A Parquet schema in, and for the library: the schema it shall read by, and the Arrow types it shall read as.
//!
//! Text is read as bytes, because ill-formed UTF-8 is an issue of the data and must not stop the reading; where a chunk
//! has a dictionary, as codes. Old 96-bit timestamps are read as microseconds, which reach beyond the year 2262;
//! intervals as their 12 bytes, because Arrow's type would drop their months; maps as lists of their entries, because
//! the library's maps take it on trust that there are as many keys as values.

use std::sync::Arc;

use ::arrow::datatypes::{DataType, Field, FieldRef, Fields, IntervalUnit, TimeUnit};
use ::parquet::basic::{ConvertedType, Encoding, LogicalType, Repetition, Type as Physical};
use ::parquet::errors::ParquetError;
use ::parquet::file::metadata::{ColumnChunkMetaData, RowGroupMetaData};
use ::parquet::schema::types::{SchemaDescriptor, Type as SchemaType, TypePtr};

use crate::error::Result;
use crate::read::columnar::{MAP_ENTRIES, damaged};

/// The schema without the marks of maps, and without those of text and intervals outside of lists.
pub(super) fn bare(schema: &SchemaDescriptor) -> Result<SchemaDescriptor> {
    let root = schema.root_schema();
    let fields = root.get_fields().iter().map(strip).collect::<Result<Vec<_>>>()?;
    let root = SchemaType::group_type_builder(root.name()).with_fields(fields).build();
    Ok(SchemaDescriptor::new(Arc::new(root.map_err(|e| damaged(format!("the schema is malformed: {e}")))?)))
}

fn strip(node: &TypePtr) -> Result<TypePtr> {
    let info = node.get_basic_info();
    let fail = |e| damaged(format!("the schema is malformed at {:?}: {e}", info.name()));
    let marked = matches!(
        info.converted_type(),
        ConvertedType::LIST | ConvertedType::MAP | ConvertedType::MAP_KEY_VALUE
    ) || info.logical_type_ref().is_some();
    if repeated(node) || (node.is_group() && marked) {
        return unmapped(node).map_err(fail);
    }
    let id = info.has_id().then(|| info.id());
    if node.is_group() {
        let fields = node.get_fields().iter().map(strip).collect::<Result<Vec<_>>>()?;
        let group =
            SchemaType::group_type_builder(info.name()).with_repetition(info.repetition()).with_id(id);
        return Ok(Arc::new(group.with_fields(fields).build().map_err(fail)?));
    }
    let text = is_text(info.logical_type_ref(), info.converted_type());
    if !text && info.converted_type() != ConvertedType::INTERVAL {
        return Ok(node.clone());
    }
    let SchemaType::PrimitiveType { physical_type, type_length, .. } = &**node else {
        return Ok(node.clone());
    };
    let plain = SchemaType::primitive_type_builder(info.name(), *physical_type)
        .with_repetition(info.repetition())
        .with_length(*type_length)
        .with_id(id);
    Ok(Arc::new(plain.build().map_err(fail)?))
}

fn repeated(node: &SchemaType) -> bool {
    let info = node.get_basic_info();
    info.has_repetition() && info.repetition() == Repetition::REPEATED
}

/// The node with its maps as lists of their entries.
fn unmapped(node: &TypePtr) -> std::result::Result<TypePtr, ParquetError> {
    if !node.is_group() {
        return Ok(node.clone());
    }
    let info = node.get_basic_info();
    let is_map = matches!(info.converted_type(), ConvertedType::MAP | ConvertedType::MAP_KEY_VALUE);
    let is_map = is_map || matches!(info.logical_type_ref(), Some(LogicalType::Map));
    let mut fields = node.get_fields().iter().map(unmapped).collect::<std::result::Result<Vec<_>, _>>()?;
    let mut marks = (info.logical_type_ref().cloned(), info.converted_type());
    if let [entries] = fields.as_mut_slice()
        && is_map
        && entries.is_group()
        && entries.get_fields().len() == 2
        && repeated(entries)
    {
        let named = SchemaType::group_type_builder(MAP_ENTRIES)
            .with_repetition(Repetition::REPEATED)
            .with_fields(entries.get_fields().to_vec());
        *entries = Arc::new(named.build()?);
        marks = (Some(LogicalType::List), ConvertedType::LIST);
    }
    let mut group = SchemaType::group_type_builder(info.name())
        .with_logical_type(marks.0)
        .with_converted_type(marks.1)
        .with_id(info.has_id().then(|| info.id()))
        .with_fields(fields);
    if info.has_repetition() {
        group = group.with_repetition(info.repetition());
    }
    Ok(Arc::new(group.build()?))
}

fn is_text(logical: Option<&LogicalType>, converted: ConvertedType) -> bool {
    match logical {
        Some(LogicalType::String | LogicalType::Json | LogicalType::Enum) => true,
        Some(_) => false,
        None => matches!(converted, ConvertedType::UTF8 | ConvertedType::JSON | ConvertedType::ENUM),
    }
}

/// What the fields of a file are to the profile, of those that Arrow has for its schema.
pub(super) fn shown(schema: &SchemaDescriptor, fields: &Fields) -> Fields {
    map(fields, &mut |column, ty, _| {
        let descr = schema.columns().get(column)?;
        match ty {
            _ if descr.physical_type() == Physical::INT96 => {
                Some(DataType::Timestamp(TimeUnit::Microsecond, None))
            }
            DataType::Interval(_) => Some(DataType::Interval(IntervalUnit::MonthDayNano)),
            _ => None,
        }
    })
}

/// What a row group's fields shall be read as, of those that Arrow has for the bare schema.
pub(super) fn wanted(schema: &SchemaDescriptor, fields: &Fields, group: &RowGroupMetaData) -> Fields {
    map(fields, &mut |column, ty, in_list| {
        let descr = schema.columns().get(column)?;
        match ty {
            _ if descr.physical_type() == Physical::INT96 => {
                Some(DataType::Timestamp(TimeUnit::Microsecond, None))
            }
            DataType::Binary if !in_list && has_codes(group.columns().get(column)?) => {
                Some(DataType::Dictionary(Box::new(DataType::UInt32), Box::new(DataType::Binary)))
            }
            _ => None,
        }
    })
}

/// Whether all data pages of a chunk hold codes, as far as its metadata says.
fn has_codes(chunk: &ColumnChunkMetaData) -> bool {
    if let Some(mask) = chunk.page_encoding_stats_mask() {
        return mask.is_only(Encoding::RLE_DICTIONARY) || mask.is_only(Encoding::PLAIN_DICTIONARY);
    }
    chunk.encodings().any(|e| matches!(e, Encoding::RLE_DICTIONARY | Encoding::PLAIN_DICTIONARY))
}

/// Replaces the types of the Parquet columns under these fields, which are counted through.
fn map(fields: &Fields, change: &mut dyn FnMut(usize, &DataType, bool) -> Option<DataType>) -> Fields {
    let mut column = 0;
    fields.iter().map(|f| retyped(f, &mut column, false, change)).collect()
}

fn retyped(
    field: &FieldRef,
    column: &mut usize,
    in_list: bool,
    change: &mut dyn FnMut(usize, &DataType, bool) -> Option<DataType>,
) -> FieldRef {
    let mut below = |f: &FieldRef, in_list| retyped(f, column, in_list, change);
    let ty = match field.data_type() {
        DataType::Struct(fields) => DataType::Struct(fields.iter().map(|f| below(f, in_list)).collect()),
        DataType::List(f) => DataType::List(below(f, true)),
        DataType::LargeList(f) => DataType::LargeList(below(f, true)),
        DataType::FixedSizeList(f, n) => DataType::FixedSizeList(below(f, true), *n),
        DataType::Map(f, sorted) => DataType::Map(below(f, true), *sorted),
        ty => {
            let changed = change(*column, ty, in_list);
            *column += 1;
            changed.unwrap_or_else(|| ty.clone())
        }
    };
    Arc::new(Field::new(field.name(), ty, field.is_nullable()))
}
