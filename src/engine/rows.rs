//! An offset in a text file → the rows that stand there, cell by cell: what a person sees around a bad cell. And the offsets at
//! which to begin: of one row in so many.

use super::plan::{Format, Plan};
use super::text::reader;
use crate::block::{ArrayBlock, Form, RunPlace, Sink, TextBlock, Unit};
use crate::cell::limits;
use crate::error::{Error, Kind, Result};
use crate::issue::Code;
use crate::sketch::places::shown;
use crate::sketch::scan::field_text;
use crate::source::Source;

/// Every so manieth row's offset is known.
pub const APART: u64 = 256;
/// Bytes that are read first.
const FIRST: u64 = 64 << 10;

/// The cells of a row, in the order of the plan's columns; `None` is a field that the record has not.
pub type Cells = Vec<Option<String>>;

/// Whether rows of the plan's file can be read by their offset.
pub fn are_at_offsets(plan: &Plan) -> bool {
    matches!(plan.format, Format::Csv | Format::JsonLines) && !plan.gzip
}

/// The `count` rows behind the first `skip` from this offset on, at which a record begins; fewer at the end of the file.
///
/// # Errors
/// `Unsupported` where rows have no offsets, `Limit` for a record that does not end, and what the source and the reader say.
pub fn rows_at(
    source: &dyn Source,
    plan: &Plan,
    offset: u64,
    skip: usize,
    count: usize,
) -> Result<Vec<Cells>> {
    if !are_at_offsets(plan) {
        return Err(Error::new(Kind::Unsupported, "rows of this file cannot be read one by one"));
    }
    let ahead = plan.bytes.saturating_sub(offset);
    let mut length = FIRST;
    loop {
        let taken = length.min(ahead);
        let mut bytes = vec![0; taken as usize];
        source.read_at(offset, &mut bytes)?;
        let last = taken == ahead;
        let mut rows = Rows { rows: Vec::new(), skip, most: count, scratch: Vec::new() };
        reader(plan).feed(Unit { bytes: &bytes, base: offset, last, stop: u64::MAX }, &mut rows)?;
        if last || rows.rows.len() >= count {
            return Ok(rows.rows);
        }
        if length > 2 * limits::RECORD_BYTES as u64 {
            return Err(Error::new(Kind::Limit, "the rows are too long to be shown"));
        }
        length *= 2;
    }
}

struct Rows {
    rows: Vec<Cells>,
    /// Rows that are still to be left out.
    skip: usize,
    most: usize,
    scratch: Vec<u8>,
}

impl Sink for Rows {
    fn text(&mut self, block: &TextBlock<'_>) {
        let room = self.most.saturating_sub(self.rows.len());
        let from = self.skip.min(block.rows.len());
        self.skip -= from;
        for row in (from..block.rows.len()).take(room) {
            let mut cell = |column: usize| {
                let (text, form) = field_text(block, row * block.n_columns + column, &mut self.scratch);
                (form != Form::Absent).then(|| shown(text))
            };
            let cells = (0..block.n_columns).map(&mut cell).collect();
            self.rows.push(cells);
        }
    }

    fn arrays(&mut self, _: &ArrayBlock<'_>) {}

    fn issue(&mut self, _: Code, _: Option<usize>, _: RunPlace<'_>) {}

    fn set_aside(&mut self, _: Code, _: RunPlace<'_>) {}

    fn unknown_column(&mut self, _: &str, _: u64) {}
}

#[cfg(test)]
mod tests {
    use super::super::{Governing, Options, open};
    use super::*;

    fn plan(text: &str, name: &str) -> Plan {
        let options = Options { name: name.into(), ..Options::default() };
        open(&text.as_bytes(), &options, Governing::default()).unwrap()
    }

    fn shown_at(text: &str, name: &str, offset: usize, skip: usize, count: usize) -> Vec<Vec<String>> {
        let rows = rows_at(&text.as_bytes(), &plan(text, name), offset as u64, skip, count).unwrap();
        let cell = |cell: Option<String>| cell.unwrap_or_else(|| "-".to_owned());
        rows.into_iter().map(|row| row.into_iter().map(cell).collect()).collect()
    }

    #[test]
    fn rows_are_read_from_where_they_begin() {
        let csv = "a,b\n1,\"x\ny \"\"z\"\"\"\n2\n3,c\n";
        assert_eq!(shown_at(csv, "f.csv", 4, 0, 2), [["1", "x\ny \"z\""], ["2", "-"]]);
        assert_eq!(shown_at(csv, "f.csv", csv.find("3,c").unwrap(), 0, 5), [["3", "c"]]);
        assert_eq!(shown_at(csv, "f.csv", 4, 2, 5), [["3", "c"]]);
        let lines = "{\"a\": 1, \"b\": \"x\\ny\"}\n{\"a\": null}\n";
        assert_eq!(shown_at(lines, "f.jsonl", 0, 0, 9), [["1", "x\ny"], ["null", "-"]]);
    }

    #[test]
    fn as_much_is_read_as_the_rows_are_long() {
        let long = "y".repeat(100_000);
        let text = format!("a,b\n1,{long}\n2,{long}\n3,z\n");
        let rows = shown_at(&text, "f.csv", 4, 0, 3);
        assert_eq!(rows.iter().map(|row| row[0].as_str()).collect::<Vec<_>>(), ["1", "2", "3"]);
        assert!(rows[0][1].ends_with('…'));
    }

    #[test]
    fn an_array_has_no_rows_at_offsets() {
        let text = "[{\"a\": 1}]";
        assert!(rows_at(&text.as_bytes(), &plan(text, "f.json"), 0, 0, 1).is_err());
    }
}
