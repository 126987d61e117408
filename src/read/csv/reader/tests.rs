//! The CSV reader against csv-core, against itself under any cutting, and case by case.

use super::*;
use crate::read::collect::Collect;
use crate::read::csv::records;
use proptest::prelude::*;

/// The fields of all records, as csv-core reads them.
fn oracle(bytes: &[u8], delimiter: u8) -> Vec<Vec<Vec<u8>>> {
    let mut reader = csv_core::ReaderBuilder::new().delimiter(delimiter).build();
    let (mut records, mut record) = (Vec::new(), Vec::new());
    let (mut field, mut rest) = (Vec::new(), bytes);
    let mut out = [0; 7];
    loop {
        let (result, n_in, n_out) = reader.read_field(rest, &mut out);
        rest = &rest[n_in..];
        field.extend_from_slice(&out[..n_out]);
        match result {
            csv_core::ReadFieldResult::InputEmpty | csv_core::ReadFieldResult::OutputFull => {}
            csv_core::ReadFieldResult::Field { record_end } => {
                record.push(std::mem::take(&mut field));
                if record_end {
                    records.push(std::mem::take(&mut record));
                }
            }
            csv_core::ReadFieldResult::End => return records,
        }
    }
}

fn odd_bytes(max: usize) -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        4 => Just(&b"a"[..]), 4 => Just(&b","[..]), 4 => Just(&b"\""[..]), 2 => Just(&b"\n"[..]),
        1 => Just(&b"\r"[..]), 1 => Just(&b"\r\n"[..]), 1 => Just(&b";"[..]), 1 => Just("é".as_bytes()),
        1 => Just(&b"\0"[..]), 1 => Just(&b"\xff"[..]), 2 => Just(&b"\",\""[..]),
        1 => Just(&b"a long stretch without any mark in it, or with a single one"[..]),
    ];
    proptest::collection::vec(piece, 0..max).prop_map(|pieces| pieces.concat())
}

fn read(bytes: &[u8], n_columns: usize) -> Collect {
    Collect::of(&mut CsvReader::new(Dialect::default(), n_columns), bytes, &[]).expect("no limit is passed")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn fields_are_those_of_csv_core(bytes in odd_bytes(60), n_columns in 1usize..6) {
        let expected = oracle(&bytes, b',');
        let found = read(&bytes, n_columns);
        prop_assert_eq!(found.rows.len(), expected.len());
        for (row, record) in found.rows.iter().zip(&expected) {
            for (column, cell) in row.iter().enumerate() {
                prop_assert_eq!(cell.as_ref().map(|(_, text)| text), record.get(column));
            }
        }
        let ragged = found.codes().iter().filter(|&&code| code == Code::RaggedRow).count();
        prop_assert_eq!(ragged, expected.iter().filter(|record| record.len() != n_columns).count());
    }

    #[test]
    fn a_sample_is_read_as_csv_core_does(bytes in odd_bytes(60)) {
        let dialect = Dialect { delimiter: b';', quote: Some(b'"') };
        let found = records(&bytes, dialect, true, usize::MAX);
        let cells: Vec<_> = found
            .iter()
            .map(|record| record.cells.iter().map(|cell| cell.text.clone()).collect::<Vec<_>>())
            .collect();
        prop_assert_eq!(cells, oracle(&bytes, b';'));
        let mut reader = CsvReader::new(dialect, 1);
        let read = Collect::of(&mut reader, &bytes, &[]).expect("no limit is passed");
        let starts: Vec<_> = found.iter().map(|record| (record.start as u64, record.line)).collect();
        prop_assert_eq!(read.starts, starts);
    }

    #[test]
    fn any_cutting_into_units_says_the_same(
        bytes in odd_bytes(60), n_columns in 1usize..6, sizes in proptest::collection::vec(1usize..80, 1..6),
    ) {
        let mut reader = CsvReader::new(Dialect::default(), n_columns);
        let cut = Collect::of(&mut reader, &bytes, &sizes).expect("no limit is passed");
        let mut whole = CsvReader::new(Dialect::default(), n_columns);
        prop_assert_eq!(cut, Collect::of(&mut whole, &bytes, &[]).expect("no limit is passed"));
        prop_assert_eq!(reader.lines(), whole.lines());
    }

    #[test]
    fn runs_that_meet_at_a_stop_say_the_same(bytes in odd_bytes(60), stop in 0u64..200) {
        let whole = read(&bytes, 2);
        let mut first = Collect { quote: b'"', ..Collect::default() };
        let unit = Unit { bytes: &bytes, base: 0, last: true, stop };
        let mut reader = CsvReader::new(Dialect::default(), 2);
        let meet = reader.feed(unit, &mut first).expect("no limit is passed");
        let rest = Unit { bytes: &bytes[meet..], base: meet as u64, last: true, stop: u64::MAX };
        let mut second = Collect { quote: b'"', ..Collect::default() };
        CsvReader::new(Dialect::default(), 2).feed(rest, &mut second).expect("no limit is passed");
        prop_assert!(first.starts.iter().all(|&(byte, _)| byte < stop));
        prop_assert!(second.starts.iter().all(|&(byte, _)| byte >= stop));
        let lines = reader.lines();
        let starts: Vec<_> = first.starts.iter().copied()
            .chain(second.starts.iter().map(|&(byte, line)| (byte, line + lines))).collect();
        prop_assert_eq!(starts, whole.starts);
        first.rows.extend(second.rows);
        prop_assert_eq!(first.rows, whole.rows);
    }
}

#[test]
fn odd_records_are_counted_and_located() {
    use Code::{BadUtf8, BlankLine, NulByte, RaggedRow, StrayQuote, UnclosedQuote};
    type Place = (Code, Option<usize>, u64, u64);
    let cases: [(&[u8], &[Place]); 10] = [
        (b"1,2\n3,4\n", &[]),
        (b"1,2\n3\n", &[(RaggedRow, None, 1, 4)]),
        (b"1,2,3\n", &[(RaggedRow, None, 0, 0)]),
        (b"1,2\r\n\r\n3,4\r\n", &[(BlankLine, None, 1, 5)]),
        (b"\"a\nb\",x\"y\n", &[(StrayQuote, Some(1), 1, 6)]),
        (b"\"a\"b,c\n", &[(StrayQuote, Some(0), 0, 0)]),
        (b"1,2\r3,\"4\n5,6\n", &[(UnclosedQuote, Some(1), 1, 7)]),
        (b"1,\"\n\0\"\n", &[(NulByte, Some(1), 0, 3)]),
        (b"1,2\n\xe9t\xe9,4\n", &[(BadUtf8, Some(0), 1, 4)]),
        (b"\"a\nb\",2\n3,\xff\n", &[(BadUtf8, Some(1), 2, 10)]),
    ];
    for (bytes, expected) in cases {
        let found = read(bytes, 2);
        let places: Vec<_> = found
            .issues
            .iter()
            .map(|told| (told.0, told.1, told.3.expect("a line"), told.4.expect("a byte")))
            .collect();
        assert_eq!(places, expected, "{:?}", String::from_utf8_lossy(bytes));
    }
}

#[test]
fn forms_tell_what_is_to_be_undone() {
    let found = read(b"a,\"b\",\"c\"\"d\",\"e\"f,\"\",\n", 7);
    let forms: Vec<_> = found.rows[0].iter().map(|cell| cell.as_ref().map(|(form, _)| *form)).collect();
    let expected = [
        Some(Form::Bare),
        Some(Form::Quoted),
        Some(Form::Escaped),
        Some(Form::Escaped),
        Some(Form::Quoted),
        Some(Form::Bare),
        None,
    ];
    assert_eq!(forms, expected);
}

#[test]
fn without_a_quote_character_quotes_are_text() {
    let mut reader = CsvReader::new(Dialect { delimiter: b'\t', quote: None }, 2);
    let found = Collect::of(&mut reader, b"\"a\t5\"\nb\"\tc\n", &[]).expect("no limit is passed");
    assert_eq!(found.texts(), [["\"a", "5\""], ["b\"", "c"]]);
    assert!(found.issues.is_empty());
}

#[test]
fn wide_and_long_files_come_in_bounded_blocks() {
    struct Largest(usize, usize);
    impl Sink for Largest {
        fn text(&mut self, block: &TextBlock<'_>) {
            self.0 = self.0.max(block.rows.len());
            self.1 = self.1.max(block.fields.len());
        }
        fn arrays(&mut self, _: &crate::block::ArrayBlock<'_>) {}
        fn issue(&mut self, _: Code, _: Option<usize>, _: RunPlace<'_>) {}
        fn set_aside(&mut self, _: Code, _: RunPlace<'_>) {}
        fn unknown_column(&mut self, _: &str, _: u64) {}
    }
    for (n_columns, n_rows) in [(1, 10_000), (1_000, 500)] {
        let bytes = [vec!["1"; n_columns].join(","), "\n".to_owned()].concat().repeat(n_rows);
        let mut largest = Largest(0, 0);
        let mut reader = CsvReader::new(Dialect::default(), n_columns);
        let unit = Unit { bytes: bytes.as_bytes(), base: 0, last: true, stop: u64::MAX };
        reader.feed(unit, &mut largest).expect("no limit is passed");
        assert_eq!(reader.rows(), n_rows as u64);
        assert!(largest.0 <= BLOCK_ROWS && largest.1 <= BLOCK_FIELDS, "{} {}", largest.0, largest.1);
    }
}

#[test]
fn a_record_beyond_the_limit_is_an_error_that_says_where() {
    let mut bytes = b"1\n\"".to_vec();
    bytes.resize(RECORD_BYTES + 2, b'x');
    let unit = Unit { bytes: &bytes, base: 10, last: false, stop: u64::MAX };
    let error =
        CsvReader::new(Dialect::default(), 1).feed(unit, &mut Collect::default()).expect_err("too long");
    assert_eq!(
        (error.kind(), error.message()),
        (Kind::Limit, "the record at byte 12 is longer than 256 MiB")
    );
}

#[test]
fn a_long_cell_is_read_once_the_unit_holds_it() {
    let bytes = [&b"a,\""[..], &b"x,\n".repeat(10 << 20), b"\",b\nc,d,e\n"].concat();
    let mut reader = CsvReader::new(Dialect::default(), 3);
    let mut found = Collect { quote: b'"', ..Collect::default() };
    let mut size = 64 << 10;
    let done = loop {
        let end = bytes.len().min(size);
        let unit = Unit { bytes: &bytes[..end], base: 0, last: end == bytes.len(), stop: u64::MAX };
        match reader.feed(unit, &mut found).expect("no limit is passed") {
            0 => size *= 2,
            done => break done,
        }
    };
    assert_eq!((done, reader.lines()), (bytes.len(), (10 << 20) + 2));
    assert_eq!(
        found.rows[0][1].as_ref().map(|(form, text)| (*form, text.len())),
        Some((Form::Quoted, 30 << 20))
    );
    assert_eq!(found.starts[1].1, (10 << 20) + 1);
}
