//! A file and its report → what stands in the rows that the report speaks of, and where nothing stands: one more pass over
//! the file, for documents that show whole rows.

use std::collections::BTreeSet;

use crate::contract::SchemaObject;
use crate::engine::{Piece, Plan, UNIT_BYTES, pieces};
use crate::error::Result;
use crate::read::csv;
use crate::report::export::frictionless::Rows;
use crate::report::wire::Report;
use crate::source::Source;

/// The most bytes of rows that are held; further rows have no cells.
const MOST_BYTES: usize = 64 << 20;
/// The most places of blank lines and blank rows that are held; rows behind further ones are numbered without them.
const MOST_BLANK: usize = 100_000;
/// The longest record that may be blank, in bytes.
const BLANK_BYTES: usize = 64 << 10;

/// Per column of the file the spellings of a missing cell.
pub(super) type Missing = Vec<Vec<String>>;

/// The spellings that a contract has for the columns of a file.
pub(super) fn missing(object: &SchemaObject, plan: &Plan) -> Missing {
    let names: Vec<&str> = plan.columns.iter().map(|it| it.name.as_str()).collect();
    let mut missing: Missing = vec![vec![String::new()]; names.len()];
    for property in &object.properties {
        let Some(place) = property.find(&names).and_then(|place| missing.get_mut(place)) else { continue };
        let mut spellings = property.missing_values.clone();
        // Where the contract leaves it open, an empty cell is one.
        spellings.extend(property.usual_missing.is_none().then(String::new));
        *place = spellings;
    }
    missing
}

/// Reads them; of formats other than CSV there is nothing to read.
///
/// # Errors
/// What the source and the reader say.
pub(super) fn read(source: &dyn Source, plan: &Plan, report: &Report, missing: Missing) -> Result<Rows> {
    let Some(dialect) = report.source.dialect.as_ref().map(|_| plan.dialect) else {
        return Ok(Rows::default());
    };
    let places = report.findings.iter().flat_map(|it| &it.places).map(|it| it.row);
    let ragged = report.issues.iter().flat_map(|it| &it.places).map(|it| it.row);
    let wanted: BTreeSet<u64> = places.chain(ragged).filter(|row| *row > 0).collect();
    let mut gather =
        Gather { wanted, dialect, missing, rows: Rows::default(), held: 0, current: Current::default() };
    let mut header = Vec::new();
    let mut last = None;
    pieces(source, plan, UNIT_BYTES, &mut |piece, bytes| {
        if last.replace(piece) != Some(piece) {
            gather.end();
            gather.current = Current { piece: Some(piece), ..Current::default() };
        }
        if piece == Piece::Head && header.len() < MOST_BYTES {
            header.extend_from_slice(bytes);
        }
        gather.add(bytes);
        Ok(())
    })?;
    gather.end();
    let header = header.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&header);
    if plan.header {
        gather.rows.labels = csv::records(header, dialect, true, 1).into_iter().next().map(|it| texts(&it));
    }
    Ok(gather.rows)
}

fn texts(record: &csv::Record<'_>) -> Vec<String> {
    record.cells.iter().map(|cell| String::from_utf8_lossy(&cell.text).into_owned()).collect()
}

struct Gather {
    wanted: BTreeSet<u64>,
    dialect: csv::Dialect,
    missing: Missing,
    rows: Rows,
    held: usize,
    current: Current,
}

/// The record that is being read.
#[derive(Default)]
struct Current {
    piece: Option<Piece>,
    bytes: Vec<u8>,
    /// Line breaks at its end.
    breaks: u64,
    /// Whether the last byte was a carriage return.
    is_return: bool,
    /// Whether its bytes are all there.
    is_cut: bool,
}

impl Gather {
    fn add(&mut self, bytes: &[u8]) {
        let current = &mut self.current;
        for &byte in bytes {
            match byte {
                b'\n' if current.is_return => {}
                b'\n' | b'\r' => current.breaks += 1,
                _ => current.breaks = 0,
            }
            current.is_return = byte == b'\r';
        }
        let Some(Piece::Row(row)) = current.piece else { return };
        let length = current.bytes.len() + bytes.len();
        let is_wanted = self.wanted.contains(&row) && self.held + length <= MOST_BYTES;
        current.is_cut |= !is_wanted && length > BLANK_BYTES;
        if !current.is_cut {
            current.bytes.extend_from_slice(bytes);
        }
    }

    /// Ends the record.
    fn end(&mut self) {
        let current = std::mem::take(&mut self.current);
        let row = match current.piece {
            Some(Piece::Row(row)) => row,
            Some(Piece::Head) => 0,
            _ => return,
        };
        let blank = current.breaks.saturating_sub(1);
        let lines = &mut self.rows.blank_lines;
        if blank > 0 && lines.len() < MOST_BLANK {
            let before = lines.last().map_or(0, |it| it.1);
            lines.push((row, before + blank));
        }
        if row == 0 || current.is_cut {
            return;
        }
        let records = csv::records(&current.bytes, self.dialect, true, 1);
        let Some(record) = records.first() else { return };
        if self.is_blank(record) && self.rows.blank.len() < MOST_BLANK {
            self.rows.blank.insert(row);
        }
        if self.wanted.contains(&row) {
            self.held += current.bytes.len();
            self.rows.cells.insert(row, texts(record));
        }
    }

    /// Whether every field of the record is missing.
    fn is_blank(&self, record: &csv::Record<'_>) -> bool {
        let is_missing = |(at, spellings): (usize, &Vec<String>)| {
            let cell = record.cells.get(at).map(|cell| cell.text.as_ref());
            cell.is_none_or(|cell| spellings.iter().any(|spelling| spelling.as_bytes() == cell))
        };
        self.missing.iter().enumerate().all(is_missing)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gathered(records: &[(Piece, &[u8])]) -> Rows {
        let dialect = csv::Dialect { delimiter: b',', quote: Some(b'"') };
        let mut gather = Gather {
            wanted: [1, 3].into(),
            dialect,
            missing: vec![vec![String::new()], vec!["x".into(), String::new()], vec!["-".into()]],
            rows: Rows::default(),
            held: 0,
            current: Current::default(),
        };
        for (piece, bytes) in records {
            gather.end();
            gather.current = Current { piece: Some(*piece), ..Current::default() };
            for part in bytes.chunks(2) {
                gather.add(part);
            }
        }
        gather.end();
        gather.rows
    }

    #[test]
    fn cells_blank_rows_and_blank_lines_are_found() {
        let rows = gathered(&[
            (Piece::Head, b"a,b\r\n\r\n"),
            (Piece::Row(1), b"1,\"x\ny\"\r\n"),
            (Piece::Row(2), b",\"\"\n\n\n"),
            (Piece::SetAside(17), b"?\n"),
            (Piece::Row(3), b"5"),
            (Piece::Row(4), b",x,-\n"),
            (Piece::Row(5), b",x,\n"),
        ]);
        assert_eq!(rows.cells[&1], ["1", "x\ny"]);
        assert_eq!(rows.cells[&3], ["5"]);
        assert_eq!(rows.cells.len(), 2);
        assert_eq!(rows.blank, [2, 4].into());
        assert_eq!(rows.blank_lines, [(0, 1), (2, 3)]);
    }
}
