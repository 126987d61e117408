//! Parquet and Arrow files of several row groups, parts and batches: one report, whoever reads which of them.

use std::sync::Arc;

use arrow::array::{
    ArrayRef, BooleanArray, DictionaryArray, Float64Array, Int64Array, ListArray, RecordBatch, StringArray,
    StructArray,
};
use arrow::datatypes::{DataType, Field, Int32Type, Int64Type};
use arrow::ipc::writer::FileWriter;
use driftline::engine::{self, Governing, Options, Request};
use driftline::error::Kind;
use driftline::report::json::{Layout, bytes};
use parquet::arrow::ArrowWriter;
use parquet::file::properties::{EnabledStatistics, WriterProperties, WriterVersion};

use crate::files::Bytes;
use crate::same_bytes::one_report;

fn mixed(i: u64) -> u64 {
    (i ^ (i >> 7)).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 20
}

fn table(rows: std::ops::Range<u64>) -> RecordBatch {
    let texts = |text: fn(u64) -> Option<String>| Arc::new(rows.clone().map(text).collect::<StringArray>());
    let category = texts(|i| (i % 11 != 0).then(|| format!("k{}", mixed(i) % 300)));
    let hex = texts(|i| Some(format!("{:012x}", mixed(i))));
    let ids: Int64Array = rows.clone().map(|i| Some(i as i64 * 3)).collect();
    let floats: Float64Array = rows.clone().map(|i| (i % 7 != 0).then(|| mixed(i) as f64 / 1024.0)).collect();
    let flags: BooleanArray = rows.clone().map(|i| Some(mixed(i).is_multiple_of(2))).collect();
    let lists = ListArray::from_iter_primitive::<Int64Type, _, _>(
        rows.clone()
            .map(|i| (i % 5 != 0).then(|| (0..i % 4).map(|n| Some(n as i64 + 1)).collect::<Vec<_>>())),
    );
    let inner: ArrayRef =
        Arc::new(rows.clone().map(|i| Some(format!("s{}", i % 9))).collect::<StringArray>());
    let nested = StructArray::from(vec![(Arc::new(Field::new("x", DataType::Utf8, true)), inner)]);
    let coded: DictionaryArray<Int32Type> = category.iter().collect();
    let columns: [(&str, ArrayRef); 8] = [
        ("id", Arc::new(ids)),
        ("category", category),
        ("hex", hex),
        ("amount", Arc::new(floats)),
        ("flag", Arc::new(flags)),
        ("list", Arc::new(lists)),
        ("nested", Arc::new(nested)),
        ("coded", Arc::new(coded)),
    ];
    RecordBatch::try_from_iter(columns).expect("columns of one length")
}

fn parquet(version: WriterVersion, page_rows: usize, group_rows: usize, rows: u64) -> Bytes {
    let properties = WriterProperties::builder()
        .set_writer_version(version)
        .set_data_page_row_count_limit(page_rows)
        .set_write_batch_size(page_rows.min(1_024))
        .set_max_row_group_row_count(Some(group_rows))
        .set_dictionary_page_size_limit(64 << 10)
        .set_statistics_enabled(EnabledStatistics::None)
        .build();
    let batch = table(0..rows);
    let mut writer = ArrowWriter::try_new(Vec::new(), batch.schema(), Some(properties)).expect("a writer");
    writer.write(&batch).expect("rows");
    Bytes(writer.into_inner().expect("a footer"))
}

#[test]
fn a_parquet_file_has_one_report_for_any_number_of_threads() {
    let full = 128 << 20;
    for (version, page_rows, group_rows, rows, memory) in [
        (WriterVersion::PARQUET_1_0, 5_000, 150_000, 170_000, 1 << 20),
        (WriterVersion::PARQUET_2_0, 70_000, 1 << 20, 140_000, full),
        (WriterVersion::PARQUET_2_0, 777, 9_000, 40_000, 1 << 20),
    ] {
        one_report(&parquet(version, page_rows, group_rows, rows), "t.parquet", memory, &[1 << 20], None);
    }
}

#[test]
fn an_arrow_file_has_one_report_for_any_number_of_threads() {
    let all = table(0..40_000);
    let mut writer = FileWriter::try_new(Vec::new(), &all.schema()).expect("a writer");
    for start in (0..40_000).step_by(5_000) {
        writer.write(&all.slice(start, 5_000)).expect("rows");
    }
    let file = Bytes(writer.into_inner().expect("a footer"));
    one_report(&file, "t.arrow", 1 << 20, &[1 << 20], None);
}

/// What a scan with so many threads makes of it, a report or an error's kind.
fn outcome(file: &Bytes, threads: usize) -> Result<String, Kind> {
    let options = Options { name: "t.parquet".into(), threads, ..Options::default() };
    let state = engine::scan(file, &options, Governing::default(), &|_| {}).map_err(|e| e.kind())?;
    let report = engine::report(Request { current: &state, reference: None, as_of: None, drift: None });
    report
        .map(|it| String::from_utf8(bytes(&it, Layout::Pretty).expect("json")).expect("text"))
        .map_err(|e| e.kind())
}

#[test]
fn damage_is_the_same_for_any_number_of_threads() {
    let file = parquet(WriterVersion::PARQUET_1_0, 20_000, 1 << 20, 140_000);
    let mut state = 7u64;
    let mut random = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    let mut broken = 0;
    for round in 0..60 {
        let mut wrong = Bytes(file.0.clone());
        for _ in 0..=random(3) {
            let at = random(wrong.0.len());
            wrong.0[at] ^= 1 << random(8);
        }
        let (one, two) = (outcome(&wrong, 1), outcome(&wrong, 2));
        assert!(one == two, "round {round}: {:?} and {:?}", one.err(), two.err());
        broken += usize::from(one.is_err());
    }
    assert!((5..55).contains(&broken), "{broken} of 60 were refused");
}
