use super::*;
use crate::block::{Field, Form, RowStart};
use crate::cell::Type;
use crate::cell::tokens;
use crate::sketch::column::Values as State;

fn plan(ty: Type) -> ColumnPlan {
    let nulls = if ty == Type::Text { tokens::TEXT } else { tokens::FULL };
    ColumnPlan {
        name: "x".into(),
        ty,
        formats: 1,
        nulls,
        more_nulls: vec!["?!".into(), "-999".into()],
        spelled: None,
        governed: false,
        typed: false,
    }
}

/// How a column is scanned.
#[derive(Clone, Copy)]
struct Way {
    segment: u64,
    memory: u64,
    /// Rows of a block.
    block: usize,
    /// As a column of many values from the beginning.
    many: bool,
    tallying: Tallying,
}

const USUAL: Way =
    Way { segment: 0, memory: 1 << 20, block: usize::MAX, many: false, tallying: Tallying::Value };

/// One column of cells, one a line, scanned as a segment of its own.
fn scanned_as(cells: &[(&str, Form)], ty: Type, way: Way) -> Partial {
    let budget = Budget { memory: way.memory, seed: 1, places: 3 };
    let mut scanner = Scanner::new(vec![plan(ty)], Vec::new(), way.tallying, budget, way.segment);
    scanner.expect_many(&[way.many]);
    let (mut base, mut done) = (way.segment, 0);
    for cells in cells.chunks(way.block) {
        let (mut bytes, mut fields, mut rows) = (Vec::new(), Vec::new(), Vec::new());
        for (row, (cell, form)) in cells.iter().enumerate() {
            rows.push(RowStart { start: bytes.len() as u32, line: (done + row) as u64 });
            fields.push(Field::new(bytes.len() as u32, cell.len() as u32, *form));
            bytes.extend_from_slice(cell.as_bytes());
            bytes.push(b'\n');
        }
        scanner.text(&TextBlock {
            bytes: &bytes,
            base,
            n_columns: 1,
            fields: &fields,
            rows: &rows,
            first_row: done as u64,
        });
        base += bytes.len() as u64;
        done += cells.len();
    }
    scanner.finish(base, done as u64, done as u64, Content::default())
}

fn scanned(cells: &[&str], ty: Type, segment: u64, memory: u64) -> Partial {
    let cells: Vec<(&str, Form)> = cells.iter().map(|cell| (*cell, Form::Bare)).collect();
    scanned_as(&cells, ty, Way { segment, memory, ..USUAL })
}

#[test]
fn every_cell_is_valid_missing_or_invalid() {
    let cases: [(Type, &[&str], (u64, u64, u64)); 6] = [
        (Type::Integer, &["1", " 2 ", "NA", "", "x", "1.5", "?!", "-999"], (2, 4, 2)),
        (Type::Float, &["1", "1.5", "1e3", "nan", "-", "1,5"], (3, 2, 1)),
        (Type::Text, &["a", "NA", "", "-", "None", "?!"], (3, 3, 0)),
        (Type::Boolean, &["true", "No", "1", "null"], (2, 1, 1)),
        (Type::Date, &["2024-01-02", "2024-13-02", "01/04/2024", "N/A"], (1, 1, 2)),
        (Type::WideInteger, &["170141183460469231731687303715884105727", "1", "x"], (2, 0, 1)),
    ];
    for (ty, cells, expected) in cases {
        let column = &scanned(cells, ty, 0, 1 << 20).columns[0];
        assert_eq!((column.valid, column.missing, column.invalid.count), expected, "{ty:?}");
        assert_eq!(column.rows(), cells.len() as u64);
    }
}

#[test]
fn tallies_do_not_depend_on_the_type_that_was_speculated() {
    let cells = [
        "1",
        "-5",
        "007",
        "1.5",
        "1e3",
        "99999999999999999999",
        "true",
        "2024-01-02",
        "2024-01-02T10:00:00Z",
        "10:30",
        " 7 ",
        " NA ",
        "NA",
        "",
        "x",
        "DE",
        "-",
        "9007199254740993",
        "-999",
        "12/31/2024",
    ];
    let expected = scanned(&cells, Type::Text, 0, 1 << 20).columns[0].whole_tally();
    let micro = Type::Timestamp { unit: crate::cell::TimeUnit::Micro, zoned: false };
    for ty in [Type::Integer, Type::Float, Type::Boolean, Type::Date, micro, Type::WideInteger, Type::Time] {
        assert_eq!(scanned(&cells, ty, 0, 1 << 20).columns[0].whole_tally(), expected, "{ty:?}");
    }
}

#[test]
fn invalid_cells_are_placed_at_row_line_and_byte() {
    let partial = scanned(&["1", "x", "3"], Type::Integer, 100, 1 << 20);
    let place = &partial.columns[0].invalid.first[0];
    assert_eq!(
        (place.row, place.line, place.byte, place.text.as_slice()),
        (Some(1), Some(1), Some(102), &b"x"[..])
    );
}

#[test]
fn text_past_its_budget_has_the_tallies_of_every_cell() {
    let cells: Vec<String> = (0..60_000).map(|i| format!("v{i:06}")).collect();
    let cells: Vec<&str> = cells.iter().map(String::as_str).chain(["1", "2", "2024-01-02"]).collect();
    let partial = scanned(&cells, Type::Text, 0, 1 << 20);
    let State::Texts(texts) = &partial.columns[0].values else { panic!("text") };
    assert!(texts.hashed().is_some());
    let tally = partial.columns[0].whole_tally();
    assert_eq!(tally.present(), 60_003);
    assert_eq!(tally.kinds[crate::cell::classify::Kind::Integer as usize], 2);
}

#[test]
fn partials_merge_to_the_same_bytes_in_any_order() {
    let all: Vec<String> = (0..3_000).map(|i| format!("{}", (i * i) % 977)).collect();
    for ty in [Type::Integer, Type::Text, Type::Float] {
        let parts: Vec<Partial> = all
            .chunks(1_000)
            .enumerate()
            .map(|(i, part)| {
                scanned(&part.iter().map(String::as_str).collect::<Vec<_>>(), ty, i as u64 * 10_000, 1 << 20)
            })
            .collect();
        let merged = |order: [usize; 3]| {
            let mut first = parts[order[0]].clone();
            order[1..].iter().for_each(|&i| first.merge(&parts[i]).expect("one plan"));
            crate::sketch::pack::to_bytes(&first)
        };
        assert_eq!(merged([0, 1, 2]), merged([2, 1, 0]), "{ty:?}");
        assert_eq!(merged([0, 1, 2]), merged([1, 2, 0]), "{ty:?}");
    }
}

/// Few spellings in any order, then sorted ones, then ever new ones, then the few again.
fn spellings() -> Vec<String> {
    let few = [
        "1",
        "-5",
        "007",
        "1.50",
        "2.5",
        "NA",
        "",
        "true",
        "No",
        "x",
        "DE",
        "2024-01-02",
        "01/04/2024",
        "-",
        "-999",
    ];
    let mut cells: Vec<String> = (0..9_000).map(|i: usize| few[i * i % 31 % few.len()].to_owned()).collect();
    cells.extend((0..6_000).map(|i| (i / 7).to_string()));
    cells.extend((0..30_000).map(|i| format!("{}.{:03}", i % 113, i % 997)));
    cells.extend((0..9_000).map(|i: usize| few[i % few.len()].to_owned()));
    cells
}

#[test]
fn cells_met_before_count_as_those_that_were_not() {
    let spellings = spellings();
    let bare: Vec<(&str, Form)> = spellings.iter().map(|cell| (cell.as_str(), Form::Bare)).collect();
    let micro = Type::Timestamp { unit: crate::cell::TimeUnit::Micro, zoned: false };
    for ty in [Type::Integer, Type::Float, Type::Text, Type::Boolean, Type::Date, micro, Type::Time] {
        let bytes = |block| crate::sketch::pack::to_bytes(&scanned_as(&bare, ty, Way { block, ..USUAL }));
        // In its first block a column has met nothing yet.
        assert_eq!(bytes(512), bytes(usize::MAX), "{ty:?}");
        assert_eq!(bytes(61), bytes(usize::MAX), "{ty:?}");
    }
}

#[test]
fn a_number_and_a_string_of_the_same_bytes_stay_apart() {
    let forms = [Form::JsonNumber, Form::JsonString, Form::JsonBoolean];
    let cells: Vec<(&str, Form)> =
        (0..8_000).map(|i: usize| (["1", "22", "true"][i % 3], forms[i * i % 7 % 3])).collect();
    for ty in [Type::Integer, Type::Text, Type::Boolean] {
        let way = Way { tallying: Tallying::Cell, ..USUAL };
        let bytes = |block| crate::sketch::pack::to_bytes(&scanned_as(&cells, ty, Way { block, ..way }));
        assert_eq!(bytes(512), bytes(usize::MAX), "{ty:?}");
    }
}

#[test]
fn a_column_of_many_values_may_be_counted_so_from_the_beginning() {
    let cells: Vec<String> = (0..90_000u64).map(|i| (1_000_000 + i * 7).to_string()).collect();
    let cells: Vec<(&str, Form)> = cells.iter().map(|cell| (cell.as_str(), Form::Bare)).collect();
    for ty in [Type::Integer, Type::Float, Type::Text] {
        let scanned = |cells, many| scanned_as(cells, ty, Way { many, block: 512, ..USUAL });
        let (guessed, counted) = (scanned(&cells, true), scanned(&cells, false));
        assert!(guessed.columns[0].surely_passed() && counted.columns[0].surely_passed(), "{ty:?}");
        assert_eq!(
            crate::sketch::pack::to_bytes(&guessed),
            crate::sketch::pack::to_bytes(&counted),
            "{ty:?}"
        );
        assert!(!scanned(&cells[..20_000], true).columns[0].surely_passed(), "a wrong guess is not proven");
    }
}
