//! Files that pyarrow wrote, with the values that were put in as literals, and damaged variants of them.

use super::*;
use crate::cell::{TimeUnit, Type};
use crate::read::columnar::probe::{Gathered, MISSING, no_damage_panics, plan};

const TYPES: &[u8] = include_bytes!("../../../tests/data/columnar/types.arrow");
const LZ4: &[u8] = include_bytes!("../../../tests/data/columnar/stream-lz4.arrows");
const ZSTD: &[u8] = include_bytes!("../../../tests/data/columnar/stream-zstd.arrows");

fn read(bytes: &[u8]) -> Result<(Vec<Leaf>, Gathered)> {
    let file = open(&bytes)?;
    let plan = plan(file.columns());
    let mut sink = Gathered::default();
    let rows = file.read(&bytes, 0..file.units(), &plan, 0, &mut sink)?;
    assert_eq!(rows, sink.n_rows);
    Ok((file.columns().to_vec(), sink))
}

#[test]
fn every_type_has_its_values() {
    let (columns, sink) = read(TYPES).unwrap();
    let micro = |zoned| Type::Timestamp { unit: TimeUnit::Micro, zoned };
    let expected: &[(&str, Type, [&str; 3])] = &[
        ("bool", Type::Boolean, ["true", MISSING, "false"]),
        ("i8", Type::Integer, ["-128", MISSING, "127"]),
        ("i64", Type::Integer, ["-9223372036854775808", MISSING, "9223372036854775807"]),
        ("u32", Type::Integer, ["0", MISSING, "4294967295"]),
        ("u64", Type::WideInteger, ["0", MISSING, "18446744073709551615"]),
        ("f16", Type::Float, ["1.5", MISSING, "-0.25"]),
        ("f32", Type::Float, ["0.10000000149011612", MISSING, "inf"]),
        ("f64", Type::Float, ["0.1", MISSING, "NaN"]),
        ("dec9", Type::Decimal(2), ["123456789", MISSING, "-1"]),
        ("dec38", Type::Decimal(10), ["99999999999999999999999999999999999999", MISSING, "-10000000000"]),
        ("dec50", Type::Text, ["11111111111111111111111111111111111111111111111.123", MISSING, "-2.500"]),
        ("text", Type::Text, ["grün", MISSING, ""]),
        ("large", Type::Text, ["a", MISSING, "bc"]),
        ("category", Type::Text, ["x", MISSING, "x"]),
        ("binary", Type::Binary, ["00ff", MISSING, ""]),
        ("fixed", Type::Binary, ["010203", MISSING, "616263"]),
        ("date", Type::Date, ["-1", MISSING, "19782"]),
        ("date64", Type::Date, ["-1", MISSING, "19782"]),
        ("ts_s", micro(false), ["1709209815000000", MISSING, "-1000000"]),
        (
            "ts_ns",
            Type::Timestamp { unit: TimeUnit::Nano, zoned: false },
            ["1709209815123456789", MISSING, "-1"],
        ),
        ("ts_zoned", micro(true), ["1709209815123456", MISSING, "1709209815123456"]),
        ("time32", Type::Time, ["3723004000", MISSING, "0"]),
        ("time64_ns", Type::Time, ["1", MISSING, "0"]),
        ("duration", Type::Duration, ["1000000", MISSING, "-86400000000"]),
        ("month_day_nano", Type::Text, ["P14M3DT1.5S", MISSING, "PT0S"]),
        ("nothing", Type::Text, [MISSING, MISSING, MISSING]),
        ("struct.a", Type::Integer, ["1", MISSING, MISSING]),
        ("struct.b.c", Type::Text, ["x", MISSING, MISSING]),
        ("list", Type::List, ["[1,null,3]", MISSING, "[]"]),
        ("list_of_struct", Type::List, [r#"[{"d":"2024-02-29","t":"a\"b"}]"#, MISSING, "[null]"]),
        ("map", Type::Json, [r#"{"k":1.5,"l":null}"#, MISSING, "{}"]),
        ("view", Type::Text, ["short", MISSING, "longer than twelve bytes"]),
        ("fixed_list", Type::List, ["[1,2]", MISSING, "[3,null]"]),
        ("runs", Type::Text, ["r", "r", MISSING]),
        ("union", Type::Json, ["1", r#""u""#, "2"]),
        // 2^62 seconds are beyond 64 bits of microseconds.
        ("far", micro(false), [MISSING, MISSING, "0"]),
    ];
    for (name, ty, values) in expected {
        let i = columns.iter().position(|c| c.name == *name).unwrap();
        assert_eq!(columns[i].ty, *ty, "{name}");
        assert_eq!(sink.columns[i], values, "{name}");
    }
}

#[test]
fn streams_give_all_their_batches() {
    for file in [LZ4, ZSTD] {
        let (columns, sink) = read(file).unwrap();
        let got: Vec<_> = columns.iter().map(|c| (c.name.as_str(), c.ty)).collect();
        assert_eq!(got, [("n", Type::Integer), ("word", Type::Text), ("l", Type::List)]);
        assert_eq!(sink.columns[0], (0..300).map(|i| i.to_string()).collect::<Vec<_>>());
        let words = ["red", "green", "blue", MISSING];
        assert_eq!(sink.columns[1], (0..300).map(|i| words[i % 4]).collect::<Vec<_>>());
        let list = |i: usize| format!("[{}]", vec![i.to_string(); i % 3].join(","));
        assert_eq!(sink.columns[2], (0..300).map(list).collect::<Vec<_>>());
        assert_eq!(sink.with_codes, [1].into());
    }
}

#[test]
fn a_plan_of_some_columns_reads_no_others() {
    let file = open(&LZ4).unwrap();
    let mut sink = Gathered::default();
    let plan = plan(&file.columns()[..1]);
    assert_eq!(file.read(&LZ4, 0..1, &plan, 0, &mut sink).unwrap(), 300);
    assert_eq!((sink.columns.len(), sink.columns[0][299].as_str()), (1, "299"));
}

#[test]
fn what_is_no_whole_arrow_file_says_so() {
    let cases: [(&[u8], Kind, &str); 7] = [
        (b"", Kind::Damaged, "the arrow file is empty"),
        (b"a,b", Kind::NotThisFormat, "expected an arrow file or stream, found other first bytes"),
        (
            b"a,b\n1,2\n3,4\n",
            Kind::NotThisFormat,
            "expected an arrow file or stream, found other first bytes",
        ),
        (b"FEA1 and more", Kind::Unsupported, "the file is of feather version 1"),
        (&TYPES[..12], Kind::Damaged, "the arrow file ends without a footer after 12 bytes"),
        (&TYPES[..5000], Kind::Damaged, "the arrow file ends without a footer after 5000 bytes"),
        (&LZ4[..3000], Kind::Damaged, "the arrow data ends in the middle: 3000 bytes were read"),
    ];
    for (bytes, kind, message) in cases {
        let error = read(bytes).err().unwrap();
        assert_eq!((error.kind(), error.message()), (kind, message));
    }
}

#[test]
fn no_damaged_file_panics() {
    for file in [TYPES, LZ4, ZSTD] {
        no_damage_panics(file, 700, |bytes| drop(read(bytes)));
    }
}

/// Every third row from the first one apart, in the second file.
#[cfg(feature = "columnar-write")]
fn apart(bytes: &[u8]) -> Result<[Vec<u8>; 2]> {
    let (mut clean, mut apart, mut row) = (Vec::new(), Vec::new(), 0);
    let mut is_apart = || {
        row += 1;
        row % 3 == 1
    };
    open(&bytes)?.apart(&bytes, &mut is_apart, [&mut clean, &mut apart])?;
    Ok([clean, apart])
}

#[test]
#[cfg(feature = "columnar-write")]
fn rows_that_are_told_apart_have_the_same_values() {
    for file in [TYPES, LZ4, ZSTD] {
        let (columns, whole) = read(file).unwrap();
        for (side, made) in apart(file).unwrap().iter().enumerate() {
            let (now, found) = read(made).unwrap();
            assert_eq!(now, columns);
            for (found, whole) in found.columns.iter().zip(&whole.columns) {
                let rows = whole.iter().enumerate().filter(|(i, _)| (i % 3 == 0) == (side == 1));
                assert_eq!(found.iter().collect::<Vec<_>>(), rows.map(|it| it.1).collect::<Vec<_>>());
            }
        }
    }
}

#[test]
#[cfg(feature = "columnar-write")]
fn no_damaged_file_panics_when_it_is_told_apart() {
    for file in [TYPES, LZ4, ZSTD] {
        no_damage_panics(file, 700, |bytes| drop(apart(bytes)));
    }
}
