//! Files that pyarrow wrote, with the values that were put in as literals, and damaged variants of them.

use super::*;
use crate::cell::{TimeUnit, Type};
use crate::issue::Code;
use crate::read::columnar::probe::{Gathered, MISSING, no_damage_panics, plan};

const TYPES: &[u8] = include_bytes!("../../../tests/data/columnar/types.parquet");
const CODECS: &[u8] = include_bytes!("../../../tests/data/columnar/codecs.parquet");
const ENCODINGS: &[u8] = include_bytes!("../../../tests/data/columnar/encodings.parquet");
const EMPTY: &[u8] = include_bytes!("../../../tests/data/columnar/empty.parquet");
const BROTLI: &[u8] = include_bytes!("../../../tests/data/columnar/brotli.parquet");
const INT96: &[u8] = include_bytes!("../../../tests/data/columnar/int96.parquet");

fn read(bytes: &[u8]) -> Result<(Vec<Leaf>, Gathered)> {
    let file = open(&bytes)?;
    let plan = plan(file.columns());
    let mut sink = Gathered::default();
    let mut row = 0;
    for part in 0..file.parts() {
        row += file.rows(&bytes, part..part + 1, &plan, row)?.send_part(&mut sink)?;
    }
    assert_eq!(row, sink.n_rows);
    Ok((file.columns().to_vec(), sink))
}

#[test]
fn every_type_has_its_values() {
    let (columns, sink) = read(TYPES).unwrap();
    let timestamp = |unit, zoned| Type::Timestamp { unit, zoned };
    let (micro, nano) = (timestamp(TimeUnit::Micro, false), timestamp(TimeUnit::Nano, false));
    let expected: &[(&str, Type, [&str; 3])] = &[
        ("bool", Type::Boolean, ["true", MISSING, "false"]),
        ("i8", Type::Integer, ["-128", MISSING, "127"]),
        ("i16", Type::Integer, ["-32768", MISSING, "32767"]),
        ("i32", Type::Integer, ["-2147483648", MISSING, "2147483647"]),
        ("i64", Type::Integer, ["-9223372036854775808", MISSING, "9223372036854775807"]),
        ("u8", Type::Integer, ["0", MISSING, "255"]),
        ("u16", Type::Integer, ["0", MISSING, "65535"]),
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
        ("ts_s", micro, ["1709209815000000", MISSING, "-1000000"]),
        ("ts_ms", micro, ["1709209815123000", MISSING, "-1000000"]),
        ("ts_us", micro, ["1709209815123456", MISSING, "-1000000"]),
        ("ts_ns", nano, ["1709209815123456789", MISSING, "-1"]),
        ("ts_zoned", timestamp(TimeUnit::Micro, true), ["1709209815123456", MISSING, "1709209815123456"]),
        ("time32", Type::Time, ["3723004000", MISSING, "0"]),
        ("time64_us", Type::Time, ["86399999999", MISSING, "0"]),
        ("time64_ns", Type::Time, ["1", MISSING, "0"]),
        ("nothing", Type::Text, [MISSING, MISSING, MISSING]),
        ("struct.a", Type::Integer, ["1", MISSING, MISSING]),
        ("struct.b.c", Type::Text, ["x", MISSING, MISSING]),
        ("list", Type::List, ["[1,null,3]", MISSING, "[]"]),
        ("list_of_struct", Type::List, [r#"[{"d":"2024-02-29","t":"a\"b"}]"#, MISSING, "[null]"]),
        ("map", Type::Json, [r#"{"k":1.5,"l":null}"#, MISSING, "{}"]),
    ];
    for (i, (name, ty, values)) in expected.iter().enumerate() {
        assert_eq!((columns[i].name.as_str(), columns[i].ty), (*name, *ty));
        assert_eq!(sink.columns[i], values, "{name}");
    }
    assert_eq!(columns.len(), expected.len());
    assert!(sink.with_codes.contains(&15) && !sink.with_codes.contains(&4));
}

#[test]
fn every_codec_and_row_group_gives_the_same_values() {
    let file = open(&CODECS).unwrap();
    assert_eq!((file.parts(), file.n_rows()), (4, 400));
    let (columns, sink) = read(CODECS).unwrap();
    assert_eq!(columns.len(), 10);
    for (i, codec) in ["none", "snappy", "gzip", "zstd", "lz4"].iter().enumerate() {
        let text = |i: u64| if i.is_multiple_of(7) { MISSING.into() } else { format!("{codec} {}", i % 5) };
        assert_eq!(sink.columns[i], (0..400).map(text).collect::<Vec<_>>(), "{codec}");
        let squares: Vec<_> = (0..400u64).map(|i| (i * i).to_string()).collect();
        assert_eq!(sink.columns[i + 5], squares, "{codec}");
    }
    assert_eq!(sink.with_codes, (0..5).collect());
}

#[test]
fn a_plan_of_some_columns_reads_no_others() {
    let file = open(&CODECS).unwrap();
    let mut sink = Gathered::default();
    let plan = plan(&file.columns()[..2]);
    assert_eq!(file.rows(&CODECS, 3..4, &plan, 0).unwrap().send_part(&mut sink).unwrap(), 100);
    assert_eq!((sink.columns.len(), sink.columns[1][2].as_str()), (2, "snappy 2"));
}

#[test]
fn every_encoding_gives_its_values() {
    let (_, sink) = read(ENCODINGS).unwrap();
    let delta = |i: i64| if i % 5 == 0 { MISSING.into() } else { (i * 3 - 200).to_string() };
    assert_eq!(sink.columns[0], (0..400).map(delta).collect::<Vec<_>>());
    assert_eq!(sink.columns[1], (0..400).map(|i| format!("prefix-{}", i / 3)).collect::<Vec<_>>());
    assert_eq!(sink.columns[2], (0..400).map(|i| "ab".repeat(i % 4)).collect::<Vec<_>>());
    assert_eq!(sink.columns[3], (0..400).map(|i| (f64::from(i) / 8.0).to_string()).collect::<Vec<_>>());
    assert_eq!(sink.columns[4], (0..400).map(|i| (i % 3 == 0).to_string()).collect::<Vec<_>>());
    let list = |i: usize| format!("[{}]", vec![i.to_string(); i % 3].join(","));
    assert_eq!(sink.columns[5], (0..400).map(list).collect::<Vec<_>>());
}

#[test]
fn an_empty_table_has_columns_and_no_rows() {
    let (columns, sink) = read(EMPTY).unwrap();
    assert_eq!((columns.len(), sink.n_rows), (10, 0));
}

#[test]
fn old_timestamps_reach_the_year_9999() {
    let (columns, sink) = read(INT96).unwrap();
    assert_eq!(columns[0].ty, Type::Timestamp { unit: TimeUnit::Micro, zoned: false });
    assert_eq!(sink.columns[0], ["1709209815123456", MISSING, "253402214400000000"]);
}

#[test]
#[cfg(not(feature = "brotli"))]
fn brotli_is_named_where_it_is_left_out() {
    let error = read(BROTLI).err().unwrap();
    assert_eq!((error.kind(), error.message()), (Kind::Unsupported, "the pages are compressed with brotli"));
    assert_eq!(error.hint(), Some("the command line reads it"));
}

#[test]
#[cfg(feature = "brotli")]
fn brotli_gives_its_values() {
    let (_, sink) = read(BROTLI).unwrap();
    assert_eq!(sink.columns[0][..3], [MISSING, "none 1", "none 2"]);
}

#[test]
fn ill_formed_text_is_an_issue_and_not_an_error() {
    let at = TYPES.windows(5).position(|w| w == "grün".as_bytes()).unwrap();
    let mut wrong = TYPES.to_vec();
    wrong[at + 2] = 0xff;
    let (_, sink) = read(&wrong).unwrap();
    assert_eq!(sink.issues, [(Code::BadUtf8, Some(15), Some(0), b"gr\xff\xbcn".to_vec())]);
    assert_eq!(sink.n_rows, 3);
}

#[test]
fn what_is_no_whole_parquet_file_says_so() {
    let cases: [(&[u8], Kind, &str); 6] = [
        (b"", Kind::Damaged, "the parquet file is empty"),
        (b"a,b\n1,2\n", Kind::NotThisFormat, "expected a parquet file, found neither of its two marks"),
        (
            b"a,b\n1,2\n3,4\n5,6\n",
            Kind::NotThisFormat,
            "expected a parquet file, found neither of its two marks",
        ),
        (&TYPES[..10], Kind::Damaged, "the parquet file ends without a footer after 10 bytes"),
        (&TYPES[..999], Kind::Damaged, "the parquet file ends without a footer after 999 bytes"),
        (&TYPES[3..], Kind::Damaged, ""),
    ];
    for (bytes, kind, message) in cases {
        let error = read(bytes).err().unwrap();
        assert_eq!(error.kind(), kind, "{error}");
        assert!(message.is_empty() || error.message() == message, "{error}");
    }
}

#[test]
fn a_footer_that_lies_about_its_length_is_damage() {
    for (length, kind) in [(TYPES.len() as u32, Kind::Damaged), (u32::MAX, Kind::Limit), (0, Kind::Damaged)] {
        let mut wrong = TYPES.to_vec();
        let at = wrong.len() - 8;
        wrong[at..at + 4].copy_from_slice(&length.to_le_bytes());
        assert_eq!(read(&wrong).err().unwrap().kind(), kind, "{length}");
    }
}

#[test]
fn an_encrypted_file_is_unsupported() {
    let mut wrong = TYPES.to_vec();
    let at = wrong.len() - 1;
    wrong[at] = b'E';
    assert_eq!(read(&wrong).err().unwrap().kind(), Kind::Unsupported);
}

#[test]
fn a_damaged_page_says_where() {
    let file = open(&CODECS).unwrap();
    let chunk = file.metadata.row_group(2).column(1);
    let mut wrong = CODECS.to_vec();
    let at = chunk.data_page_offset() as usize;
    wrong[at..at + 8].fill(0xff);
    let error = read(&wrong).err().unwrap();
    assert_eq!(error.kind(), Kind::Damaged);
    assert!(
        error.message().starts_with("row group 2: column \"snappy\", page that ends at byte "),
        "{error}"
    );
}

#[test]
fn no_damaged_file_panics() {
    for file in [TYPES, CODECS, ENCODINGS, EMPTY, BROTLI, INT96] {
        no_damage_panics(file, 400, |bytes| drop(read(bytes)));
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
    for file in [TYPES, CODECS, ENCODINGS, EMPTY, BROTLI, INT96] {
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
    for file in [TYPES, CODECS, ENCODINGS, EMPTY, BROTLI, INT96] {
        no_damage_panics(file, 400, |bytes| drop(apart(bytes)));
    }
}
