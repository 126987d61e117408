//! Rows of Parquet and Arrow files set apart: two files of the same format and schema, whose rows are those of the file.

use std::path::Path;
use std::sync::Arc;

use arrow::array::{
    Array, ArrayRef, BooleanArray, Decimal128Array, DictionaryArray, FixedSizeBinaryArray, Float64Array,
    Int64Array, LargeStringArray, ListArray, MapBuilder, RecordBatch, StringArray, StringBuilder,
    StringViewArray, StructArray, TimestampNanosecondArray, UInt32Builder,
};
use arrow::compute::{concat_batches, filter_record_batch};
use arrow::datatypes::{DataType, Field, Fields, Int32Type, Int64Type, Schema, SchemaRef};
use arrow::ipc::CompressionType;
use arrow::ipc::reader::{FileReader, StreamReader};
use arrow::ipc::writer::{FileWriter, IpcWriteOptions, StreamWriter};
use bytes::Bytes;
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::basic::Compression;
use parquet::column::reader::get_typed_column_reader;
use parquet::data_type::{
    ByteArray, ByteArrayType, FixedLenByteArray, FixedLenByteArrayType, Int32Type as I32, Int96, Int96Type,
};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::{WriterProperties, WriterVersion};
use parquet::file::reader::{FileReader as _, SerializedFileReader};
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::parser::parse_message_type;

use crate::command::{Ended, driftline};

const CONTRACT: &str = "{apiVersion: v3.1.0, kind: DataContract, id: a, version: 1.0.0, status: active, schema: [{name: t, \
     properties: [{name: id, logicalType: integer, logicalTypeOptions: {maximum: MOST}}, {name: category, required: NEEDED}]}]}";

/// Rows with ids from 0: a category is missing where the id can be divided by 11.
fn table(rows: std::ops::Range<i64>) -> RecordBatch {
    let n = rows.end - rows.start;
    let category: StringArray =
        rows.clone().map(|i| (i % 11 != 0).then(|| format!("k{}", i * 7 % 300))).collect();
    let lists =
        |i: i64| (i % 5 != 0).then(|| (0..i % 4).map(|n| (n != 2).then_some(n * i)).collect::<Vec<_>>());
    let deep: StringArray = rows.clone().map(|i| (i % 3 != 0).then(|| format!("s{}", i % 9))).collect();
    let deep = StructArray::try_new(
        Fields::from(vec![Field::new("x", DataType::Utf8, true)]),
        vec![Arc::new(deep)],
        Some(rows.clone().map(|i| i % 13 != 0).collect::<Vec<bool>>().into()),
    );
    let mut maps = MapBuilder::new(None, StringBuilder::new(), UInt32Builder::new());
    for i in rows.clone() {
        for n in 0..i % 3 {
            maps.keys().append_value(format!("m{n}"));
            maps.values().append_option((n == 0).then_some(i as u32));
        }
        maps.append(i % 7 != 0).unwrap();
    }
    let views: StringViewArray =
        rows.clone().map(|i| (i % 4 != 0).then(|| format!("a text that is long, of row {i}"))).collect();
    let coded: DictionaryArray<Int32Type> = category.iter().collect();
    let amounts = rows.clone().map(|i| (i % 6 != 0).then_some(i128::from(i) * 1_000_003));
    let amounts = amounts.collect::<Decimal128Array>().with_precision_and_scale(20, 3).unwrap();
    let times: TimestampNanosecondArray = rows.clone().map(|i| Some(i * 1_000_000_007)).collect();
    let sixteen = FixedSizeBinaryArray::try_from_sparse_iter_with_size(
        rows.clone().map(|i| Some((i as u128).to_be_bytes())),
        16,
    )
    .unwrap();
    let columns: Vec<(&str, ArrayRef)> = vec![
        ("id", Arc::new(Int64Array::from_iter_values(rows.clone()))),
        ("category", Arc::new(category)),
        ("large", Arc::new(rows.clone().map(|i| Some(format!("{i:x}"))).collect::<LargeStringArray>())),
        ("amount", Arc::new(amounts)),
        ("at", Arc::new(times.with_timezone("Europe/Berlin"))),
        ("rate", Arc::new(rows.clone().map(|i| Some((i as f64).sqrt())).collect::<Float64Array>())),
        (
            "flag",
            Arc::new(rows.clone().map(|i| (i % 2 == 0).then_some(i % 3 == 0)).collect::<BooleanArray>()),
        ),
        ("list", Arc::new(ListArray::from_iter_primitive::<Int64Type, _, _>(rows.clone().map(lists)))),
        ("deep", Arc::new(deep.unwrap())),
        ("map", Arc::new(maps.finish())),
        ("view", Arc::new(views)),
        ("coded", Arc::new(coded)),
        ("uuid", Arc::new(sixteen)),
        ("nothing", Arc::new(Int64Array::new_null(n as usize))),
    ];
    let fields = columns.iter().map(|(name, array)| {
        let field = Field::new(*name, array.data_type().clone(), *name != "id");
        field.with_metadata([("unit".to_owned(), format!("of {name}"))])
    });
    let schema =
        Schema::new_with_metadata(fields.collect::<Fields>(), [("owner".to_owned(), "us".to_owned())]);
    RecordBatch::try_new(Arc::new(schema), columns.into_iter().map(|it| it.1).collect()).unwrap()
}

fn parquet(
    rows: i64,
    group_rows: usize,
    properties: impl Fn(
        parquet::file::properties::WriterPropertiesBuilder,
    ) -> parquet::file::properties::WriterPropertiesBuilder,
) -> Vec<u8> {
    let properties =
        properties(WriterProperties::builder().set_max_row_group_row_count(Some(group_rows))).build();
    let batch = table(0..rows);
    let mut writer = ArrowWriter::try_new(Vec::new(), batch.schema(), Some(properties)).unwrap();
    writer.append_key_value_metadata(KeyValue::new("made by".to_owned(), "hand".to_owned()));
    writer.write(&batch).unwrap();
    writer.into_inner().unwrap()
}

fn arrow(rows: i64, batch_rows: i64, is_file: bool, compression: Option<CompressionType>) -> Vec<u8> {
    let options = IpcWriteOptions::default().try_with_compression(compression).unwrap();
    let all = table(0..rows);
    let batches = (0..rows)
        .step_by(batch_rows as usize)
        .map(|at| all.slice(at as usize, batch_rows.min(rows - at) as usize));
    if is_file {
        let mut writer = FileWriter::try_new_with_options(Vec::new(), &all.schema(), options).unwrap();
        writer.write_metadata("made by", "hand");
        batches.for_each(|batch| writer.write(&batch).unwrap());
        return writer.into_inner().unwrap();
    }
    let mut writer = StreamWriter::try_new_with_options(Vec::new(), &all.schema(), options).unwrap();
    batches.for_each(|batch| writer.write(&batch).unwrap());
    writer.into_inner().unwrap()
}

/// The rows of a file and its schema.
fn read(name: &str, bytes: &[u8]) -> RecordBatch {
    let all = |schema: SchemaRef, batches: Vec<RecordBatch>| concat_batches(&schema, &batches).unwrap();
    let bytes = Bytes::copy_from_slice(bytes);
    if name.ends_with(".parquet") {
        let reader = ParquetRecordBatchReaderBuilder::try_new(bytes).unwrap();
        let schema = reader.schema().clone();
        return all(schema, reader.build().unwrap().map(Result::unwrap).collect());
    }
    if bytes.starts_with(b"ARROW1") {
        let reader = FileReader::try_new(std::io::Cursor::new(bytes), None).unwrap();
        assert_eq!(reader.custom_metadata()["made by"], "hand");
        return all(reader.schema(), reader.map(Result::unwrap).collect());
    }
    let reader = StreamReader::try_new(std::io::Cursor::new(bytes), None).unwrap();
    all(reader.schema(), reader.map(Result::unwrap).collect())
}

/// Sets apart what breaks the contract: the two files and what was said.
fn apart(folder: &Path, name: &str, bytes: &[u8], rest: &str) -> ([Vec<u8>; 2], Ended) {
    std::fs::write(folder.join(name), bytes).unwrap();
    let line = format!("check {name} --contract agreed.yaml --quarantine apart --places 3 {rest}");
    let ended = driftline(folder, &line, b"");
    assert!(ended.code < 2, "{}", ended.err);
    let (stem, ending) = name.rsplit_once('.').unwrap();
    let made = |kind: &str| std::fs::read(folder.join(format!("apart/{stem}.{kind}.{ending}"))).unwrap();
    ([made("clean"), made("quarantined")], ended)
}

fn agreed(folder: &Path, most: i64, needed: bool) {
    let text = CONTRACT.replace("MOST", &most.to_string()).replace("NEEDED", &needed.to_string());
    std::fs::write(folder.join("agreed.yaml"), text).unwrap();
}

/// Checks that the two files are the rows of the file, and that the sums and the table say so.
fn is_told_apart(
    name: &str,
    bytes: &[u8],
    is_bad: impl Fn(i64) -> bool,
    made: &[Vec<u8>; 2],
    folder: &Path,
    ended: &Ended,
) {
    let whole = read(name, bytes);
    let bad: Vec<i64> = (0..whole.num_rows() as i64).filter(|i| is_bad(*i)).collect();
    for (side, made) in made.iter().enumerate() {
        let mask: BooleanArray =
            (0..whole.num_rows() as i64).map(|i| Some(is_bad(i) == (side == 1))).collect();
        let found = read(name, made);
        assert_eq!(found.schema(), whole.schema(), "{name}");
        assert!(found == filter_record_batch(&whole, &mask).unwrap(), "{name}, {side}");
    }
    let grouped = |n: usize| if n < 1000 { n.to_string() } else { format!("{},{:03}", n / 1000, n % 1000) };
    let (all, apart) = (whole.num_rows(), bad.len());
    let sums = format!(
        "{name}: {} rows = {} clean + {} quarantined",
        grouped(all),
        grouped(all - apart),
        grouped(apart)
    );
    assert!(ended.err.contains(&sums), "{sums}{}", ended.err);
    let stem = name.rsplit_once('.').unwrap().0;
    let lines = std::fs::read_to_string(folder.join(format!("apart/{stem}.violations.csv"))).unwrap();
    let mut rows: Vec<i64> =
        lines.lines().skip(1).map(|line| line.split(',').next().unwrap().parse().unwrap()).collect();
    rows.dedup();
    assert_eq!(rows, bad.iter().map(|i| i + 1).collect::<Vec<_>>(), "{name}");
}

#[test]
fn rows_of_parquet_are_set_apart_whatever_the_groups_and_codecs() {
    let folder = tempfile::tempdir().unwrap();
    agreed(folder.path(), 24_000, true);
    let is_bad = |i| i % 11 == 0 || i > 24_000;
    for (group_rows, version, codec, rest) in [
        (700, WriterVersion::PARQUET_1_0, Compression::SNAPPY, "--threads 1"),
        (9_000, WriterVersion::PARQUET_2_0, Compression::ZSTD(Default::default()), "--threads 2"),
        (100_000, WriterVersion::PARQUET_1_0, Compression::GZIP(Default::default()), "--threads 2"),
        (100_000, WriterVersion::PARQUET_2_0, Compression::LZ4_RAW, ""),
        (10_000, WriterVersion::PARQUET_2_0, Compression::UNCOMPRESSED, ""),
    ] {
        let bytes = parquet(25_000, group_rows, |it| it.set_writer_version(version).set_compression(codec));
        let (made, ended) = apart(folder.path(), "t.parquet", &bytes, rest);
        is_told_apart("t.parquet", &bytes, is_bad, &made, folder.path(), &ended);
        let whole = SerializedFileReader::new(Bytes::from(bytes)).unwrap();
        for made in made {
            let made = SerializedFileReader::new(Bytes::from(made)).unwrap();
            let (now, then) = (made.metadata().file_metadata(), whole.metadata().file_metadata());
            assert_eq!(now.schema(), then.schema());
            assert_eq!(now.key_value_metadata(), then.key_value_metadata());
            for group in made.metadata().row_groups() {
                assert!(group.columns().iter().all(|it| it.compression() == codec), "{codec}");
            }
            assert!(made.num_row_groups() <= whole.num_row_groups());
        }
    }
}

#[test]
fn a_large_file_keeps_its_row_groups_and_small_ones_are_joined() {
    let folder = tempfile::tempdir().unwrap();
    agreed(folder.path(), 1_000_000, true);
    let bytes = parquet(210_000, 70_000, |it| it.set_compression(Compression::SNAPPY));
    let (made, ended) = apart(folder.path(), "t.parquet", &bytes, "");
    is_told_apart("t.parquet", &bytes, |i| i % 11 == 0, &made, folder.path(), &ended);
    let groups = made.map(|it| SerializedFileReader::new(Bytes::from(it)).unwrap().num_row_groups());
    assert_eq!(groups, [2, 1]);
}

#[test]
fn rows_of_arrow_are_set_apart_in_files_and_streams() {
    let folder = tempfile::tempdir().unwrap();
    agreed(folder.path(), 4_900, true);
    let is_bad = |i| i % 11 == 0 || i > 4_900;
    for (is_file, batch_rows, compression, rest) in [
        (true, 1_000, None, "--threads 1"),
        (true, 10, Some(CompressionType::LZ4_FRAME), "--threads 2"),
        (true, 5_000, Some(CompressionType::ZSTD), ""),
        (false, 999, None, ""),
        (false, 5_000, Some(CompressionType::ZSTD), "--threads 2"),
    ] {
        let bytes = arrow(5_000, batch_rows, is_file, compression);
        let (made, ended) = apart(folder.path(), "t.arrow", &bytes, rest);
        assert_eq!(made.each_ref().map(|it| it.starts_with(b"ARROW1")), [is_file; 2]);
        is_told_apart("t.arrow", &bytes, is_bad, &made, folder.path(), &ended);
    }
}

#[test]
fn either_side_may_be_empty() {
    let folder = tempfile::tempdir().unwrap();
    let files = [
        ("t.parquet", parquet(3_000, 1_000, |it| it)),
        ("t.arrow", arrow(3_000, 1_000, true, None)),
        ("s.arrow", arrow(3_000, 1_000, false, None)),
    ];
    for (most, all_bad) in [(1_000_000, false), (-1, true)] {
        agreed(folder.path(), most, false);
        for (name, bytes) in &files {
            let (made, ended) = apart(folder.path(), name, bytes, "");
            is_told_apart(name, bytes, |_| all_bad, &made, folder.path(), &ended);
        }
    }
    let none = [("t.parquet", parquet(0, 1_000, |it| it)), ("t.arrow", arrow(0, 1_000, true, None))];
    for (name, bytes) in &none {
        let (made, ended) = apart(folder.path(), name, bytes, "");
        is_told_apart(name, bytes, |_| false, &made, folder.path(), &ended);
    }
}

#[test]
fn what_a_dictionary_is_replaced_by_stays() {
    let folder = tempfile::tempdir().unwrap();
    agreed(folder.path(), 6, false);
    let texts = [["a", "b"], ["b", "c"], ["c", "c"], ["d", "a"]];
    let batches = texts.iter().zip(0..).map(|(texts, at)| {
        let coded: DictionaryArray<Int32Type> = texts.iter().copied().map(Some).collect();
        let ids = Int64Array::from(vec![2 * at, 2 * at + 1]);
        RecordBatch::try_from_iter([("id", Arc::new(ids) as ArrayRef), ("category", Arc::new(coded))])
            .unwrap()
    });
    let batches: Vec<RecordBatch> = batches.collect();
    let mut writer = StreamWriter::try_new(Vec::new(), &batches[0].schema()).unwrap();
    batches.iter().for_each(|batch| writer.write(batch).unwrap());
    let bytes = writer.into_inner().unwrap();
    let (made, ended) = apart(folder.path(), "s.arrow", &bytes, "");
    is_told_apart("s.arrow", &bytes, |i| i > 6, &made, folder.path(), &ended);
}

#[test]
fn what_arrow_has_no_type_for_stays_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    agreed(folder.path(), 1, false);
    let message = "message m { required int32 id = 7; optional int96 at; optional binary category (UTF8);
         optional fixed_len_byte_array(12) span (INTERVAL);
         optional group pairs (MAP) { repeated group key_value { required binary key (UTF8); optional int32 value; } }
         repeated int32 bare; }";
    let schema = Arc::new(parse_message_type(message).unwrap());
    let properties = Arc::new(WriterProperties::builder().set_compression(Compression::SNAPPY).build());
    let mut writer = SerializedFileWriter::new(Vec::new(), schema, properties).unwrap();
    let mut group = writer.next_row_group().unwrap();
    let mut at = Int96::new();
    at.set_data(3, 2, 1);
    let bytes = |bytes: &[u8]| ByteArray::from(bytes.to_vec());
    let span = FixedLenByteArray::from((0..12).collect::<Vec<u8>>());
    column::<I32>(&mut group, &[0, 1, 2, 3], None);
    column::<Int96Type>(&mut group, &[at, at], Some((&[1, 0, 0, 1], &[])));
    column::<ByteArrayType>(
        &mut group,
        &[bytes(b"\xff\xfe"), bytes("ü".as_bytes()), bytes(b"\xc3")],
        Some((&[1, 1, 0, 1], &[])),
    );
    column::<FixedLenByteArrayType>(&mut group, &[span.clone(), span], Some((&[0, 1, 1, 0], &[])));
    column::<ByteArrayType>(
        &mut group,
        &[bytes(b"k"), bytes(b"l"), bytes(b"m")],
        Some((&[2, 2, 0, 1, 2], &[0, 1, 0, 0, 0])),
    );
    column::<I32>(&mut group, &[5, 6], Some((&[3, 2, 0, 1, 3], &[0, 1, 0, 0, 0])));
    column::<I32>(&mut group, &[7, 8, 9], Some((&[1, 1, 0, 0, 1], &[0, 1, 0, 0, 0])));
    group.close().unwrap();
    let whole = writer.into_inner().unwrap();
    let (made, _) = apart(folder.path(), "t.parquet", &whole, "");
    is_dealt_out::<I32>(&whole, &made, 0);
    is_dealt_out::<Int96Type>(&whole, &made, 1);
    is_dealt_out::<ByteArrayType>(&whole, &made, 2);
    is_dealt_out::<FixedLenByteArrayType>(&whole, &made, 3);
    is_dealt_out::<ByteArrayType>(&whole, &made, 4);
    is_dealt_out::<I32>(&whole, &made, 5);
    is_dealt_out::<I32>(&whole, &made, 6);
    let schema = |bytes: &[u8]| {
        let reader = SerializedFileReader::new(Bytes::copy_from_slice(bytes)).unwrap();
        assert!(reader.metadata().file_metadata().num_rows() >= 2);
        reader.metadata().file_metadata().schema().clone()
    };
    assert_eq!([schema(&made[0]), schema(&made[1])], [schema(&whole), schema(&whole)]);
}

/// Checks that a column of the two files, one behind the other, is that of the file.
fn is_dealt_out<T: parquet::data_type::DataType>(whole: &[u8], made: &[Vec<u8>; 2], column: usize) {
    let read = |bytes: &[u8]| {
        let reader = SerializedFileReader::new(Bytes::copy_from_slice(bytes)).unwrap();
        let column = reader.get_row_group(0).unwrap().get_column_reader(column).unwrap();
        let (mut definition, mut repetition, mut values) = (Vec::new(), Vec::new(), Vec::new());
        get_typed_column_reader::<T>(column)
            .read_records(9, Some(&mut definition), Some(&mut repetition), &mut values)
            .unwrap();
        (definition, repetition, values)
    };
    let (whole, [clean, bad]) = (read(whole), made.each_ref().map(|it| read(it)));
    assert_eq!([clean.0, bad.0].concat(), whole.0);
    assert_eq!([clean.1, bad.1].concat(), whole.1);
    assert_eq!([clean.2, bad.2].concat(), whole.2);
}

fn column<T: parquet::data_type::DataType>(
    group: &mut SerializedRowGroupWriter<'_, Vec<u8>>,
    values: &[T::T],
    levels: Option<(&[i16], &[i16])>,
) {
    let mut column = group.next_column().unwrap().unwrap();
    let repetition = levels.map(|it| it.1).filter(|it| !it.is_empty());
    column.typed::<T>().write_batch(values, levels.map(|it| it.0), repetition).unwrap();
    column.close().unwrap();
}

#[test]
fn elements_of_an_array_are_set_apart_as_they_stand() {
    let folder = tempfile::tempdir().unwrap();
    agreed(folder.path(), 2, true);
    let bad = "{\n  \"id\": 3,\n  \"category\": \"}\\u00e9[\", \"more\": {\"x\": [1, {\"y\": null}]}}";
    let text = format!(
        "\n [ {{\"id\":1, \"category\":\"a\\\\\"}} ,\n\n{bad},{{\"id\": 2}}\t,  7,{{\"category\": \"ü\", \"id\": 2}}\n] \n"
    );
    for unit in ["", "--threads 2", "--unit-bytes 1KiB"] {
        let ([clean, apart], ended) = apart(folder.path(), "t.json", text.as_bytes(), unit);
        let clean = String::from_utf8(clean).unwrap();
        assert_eq!(clean, "[{\"id\":1, \"category\":\"a\\\\\"},\n{\"category\": \"ü\", \"id\": 2}]\n");
        assert_eq!(String::from_utf8(apart).unwrap(), format!("[{bad},\n{{\"id\": 2}},\n7]\n"));
        let sums = "t.json: 4 rows = 2 clean + 2 quarantined, and 1 that is no row; ";
        assert!(ended.err.contains(sums), "{}", ended.err);
        let bytes = format!("{} bytes = 0 of the header + ", text.len());
        assert!(ended.err.contains(&bytes) && ended.err.contains(" between records"), "{}", ended.err);
    }
    for (text, expected) in [("[{\"id\": 1, \"category\": \"a\"}]", 0), ("[{\"id\": 9}]", 1)] {
        let (made, _) = apart(folder.path(), "t.json", text.as_bytes(), "");
        assert_eq!(made[expected], format!("{text}\n").into_bytes());
        assert_eq!(made[1 - expected], b"[]\n");
    }
}
