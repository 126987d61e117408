//! Arrow fields in, the columns a profile has out: structs are flattened into dotted names, every other field is a
//! column with one of our types.

use ::arrow::datatypes::{DataType, Field, Fields, IntervalUnit, TimeUnit as Unit};

use crate::cell::{TimeUnit, Type, limits};
use crate::error::{Error, Kind, Result};

/// A column of a typed file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaf {
    /// Its name; fields of structs are joined by dots. Not yet unique.
    pub name: String,
    /// Its type.
    pub ty: Type,
    /// The index of the field and of the struct's field on each level below it.
    pub(in crate::read) path: Vec<usize>,
}

/// The columns of these fields, in the order of the file.
///
/// # Errors
/// `Limit` beyond [`limits::NESTING`] levels.
pub(in crate::read) fn leaves(fields: &Fields) -> Result<Vec<Leaf>> {
    let mut found = Vec::new();
    walk(fields, "", &mut Vec::new(), &mut found)?;
    Ok(found)
}

fn walk(fields: &Fields, prefix: &str, path: &mut Vec<usize>, found: &mut Vec<Leaf>) -> Result<()> {
    for (i, field) in fields.iter().enumerate() {
        path.push(i);
        let name = match prefix {
            "" => field.name().clone(),
            _ => format!("{prefix}.{}", field.name()),
        };
        match field.data_type() {
            DataType::Struct(inner) if !inner.is_empty() => {
                if path.len() >= limits::NESTING {
                    return Err(too_deep());
                }
                walk(inner, &name, path, found)?;
            }
            ty => {
                if depth(ty) + path.len() > limits::NESTING + 1 {
                    return Err(too_deep());
                }
                found.push(Leaf { name, ty: type_of(ty), path: path.clone() });
            }
        }
        path.pop();
    }
    Ok(())
}

fn too_deep() -> Error {
    Error::new(Kind::Limit, format!("columns are nested deeper than {} levels", limits::NESTING))
}

fn children(ty: &DataType) -> Vec<&Field> {
    match ty {
        DataType::List(f)
        | DataType::LargeList(f)
        | DataType::FixedSizeList(f, _)
        | DataType::ListView(f)
        | DataType::LargeListView(f)
        | DataType::Map(f, _) => vec![f],
        DataType::Struct(fields) => fields.iter().map(|f| &**f).collect(),
        DataType::Union(fields, _) => fields.iter().map(|(_, f)| &**f).collect(),
        DataType::RunEndEncoded(_, values) => vec![values],
        _ => Vec::new(),
    }
}

fn depth(ty: &DataType) -> usize {
    let below = match ty {
        DataType::Dictionary(_, values) => depth(values),
        _ => children(ty).into_iter().map(|f| depth(f.data_type())).max().unwrap_or(0),
    };
    below + 1
}

/// How many Parquet columns a field of this type is made of.
pub(in crate::read) fn primitives(ty: &DataType) -> usize {
    match children(ty) {
        fields if fields.is_empty() => 1,
        fields => fields.into_iter().map(|f| primitives(f.data_type())).sum(),
    }
}

/// The type of a column of this Arrow type. Decimals of more than 38 digits and intervals with months are text.
pub(in crate::read) fn type_of(ty: &DataType) -> Type {
    match ty {
        DataType::Boolean => Type::Boolean,
        DataType::Int8
        | DataType::Int16
        | DataType::Int32
        | DataType::Int64
        | DataType::UInt8
        | DataType::UInt16
        | DataType::UInt32 => Type::Integer,
        DataType::UInt64 => Type::WideInteger,
        DataType::Decimal32(_, scale) | DataType::Decimal64(_, scale) | DataType::Decimal128(_, scale) => {
            Type::Decimal(u8::try_from(*scale).unwrap_or(0))
        }
        DataType::Decimal256(precision, scale) if *precision <= 38 => {
            Type::Decimal(u8::try_from(*scale).unwrap_or(0))
        }
        DataType::Float16 | DataType::Float32 | DataType::Float64 => Type::Float,
        DataType::Binary | DataType::LargeBinary | DataType::BinaryView | DataType::FixedSizeBinary(_) => {
            Type::Binary
        }
        DataType::Date32 | DataType::Date64 => Type::Date,
        DataType::Timestamp(unit, zone) => Type::Timestamp {
            unit: if *unit == Unit::Nanosecond { TimeUnit::Nano } else { TimeUnit::Micro },
            zoned: zone.is_some(),
        },
        DataType::Time32(_) | DataType::Time64(_) => Type::Time,
        DataType::Duration(_) | DataType::Interval(IntervalUnit::DayTime) => Type::Duration,
        DataType::List(_)
        | DataType::LargeList(_)
        | DataType::FixedSizeList(..)
        | DataType::ListView(_)
        | DataType::LargeListView(_) => Type::List,
        DataType::Map(..) | DataType::Struct(_) | DataType::Union(..) => Type::Json,
        DataType::Dictionary(_, values) => type_of(values),
        DataType::RunEndEncoded(_, values) => type_of(values.data_type()),
        DataType::Null
        | DataType::Utf8
        | DataType::LargeUtf8
        | DataType::Utf8View
        | DataType::Decimal256(..)
        | DataType::Interval(_) => Type::Text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    #[test]
    fn structs_become_dotted_columns_and_lists_stay_whole() {
        let inner = Fields::from(vec![
            Field::new("b", DataType::Int8, true),
            Field::new("c", DataType::new_list(DataType::Utf8, true), true),
        ]);
        let fields = Fields::from(vec![
            Field::new("a", DataType::Struct(inner), true),
            Field::new("d", DataType::UInt64, true),
        ]);
        let found = leaves(&fields).unwrap();
        let got: Vec<_> = found.iter().map(|l| (l.name.as_str(), l.ty, l.path.as_slice())).collect();
        assert_eq!(
            got,
            [
                ("a.b", Type::Integer, &[0, 0][..]),
                ("a.c", Type::List, &[0, 1]),
                ("d", Type::WideInteger, &[1])
            ]
        );
    }

    #[test]
    fn nesting_has_a_limit() {
        let deep = |levels| {
            let mut ty = DataType::Int8;
            for _ in 0..levels {
                ty = DataType::Struct(Fields::from(vec![Arc::new(Field::new("x", ty, true))]));
            }
            leaves(&Fields::from(vec![Field::new("x", ty, true)]))
        };
        assert!(deep(limits::NESTING - 1).is_ok());
        assert_eq!(deep(limits::NESTING).unwrap_err().kind(), Kind::Limit);
    }
}
