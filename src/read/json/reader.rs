//! Units of JSON bytes in; blocks of fields, records set aside and keys without a column out. Nothing depends on how the
//! bytes are cut into units.

use super::Shape;
use super::element::{End, end_of};
use super::record::{Keys, Said, Unknown};
use crate::block::{Field, RecordReader, RowStart, RunPlace, Sink, TextBlock, Unit};
use crate::cell::limits::{COLUMNS, RECORD_BYTES};
use crate::error::{Error, Kind, Result};
use crate::issue::Code;

/// Rows after which a block is sent.
const BLOCK_ROWS: usize = 2_048;
/// Fields after which a block is sent.
const BLOCK_FIELDS: usize = 65_536;
/// Bytes after which a block is sent, so that with one more record offsets stay within 32 bits.
const BLOCK_BYTES: usize = 1 << 30;

/// Reads JSON records into these columns.
#[derive(Debug)]
pub struct JsonReader {
    shape: Shape,
    keys: Keys,
    n_columns: usize,
    /// Whether the opening bracket of the array has been passed.
    opened: bool,
    fields: Vec<Field>,
    rows: Vec<RowStart>,
    said: Said,
    lines: u64,
    n_rows: u64,
}

impl JsonReader {
    /// A reader at the start of a run; the columns are dotted names, as [`columns_of`] gives them.
    pub fn new(shape: Shape, columns: &[String]) -> JsonReader {
        JsonReader {
            shape,
            keys: Keys::new(columns),
            n_columns: columns.len(),
            opened: false,
            fields: Vec::new(),
            rows: Vec::new(),
            said: Said::default(),
            lines: 0,
            n_rows: 0,
        }
    }
}

/// The columns of the records in these first bytes of a file (without a byte order mark), in the order in which their
/// keys first appear; `whole` if the bytes are all there is. A key that is only ever null or an object gives none but
/// those of its objects.
pub fn columns_of(head: &[u8], shape: Shape, whole: bool) -> Vec<String> {
    let mut reader = JsonReader::new(shape, &[]);
    let unit = Unit { bytes: head, base: 0, last: whole, stop: u64::MAX };
    // A record beyond the limit ends the sample; the scan will tell.
    let _ = reader.feed(unit, &mut Nowhere);
    let unknown = reader.keys.unknown;
    let is_parent = |name: &String| {
        let dotted = format!("{name}.");
        unknown.range(dotted.clone()..).next().is_some_and(|(next, _)| next.starts_with(&dotted))
    };
    let kept = unknown.iter().filter(|(name, it)| !it.only_null || !is_parent(name));
    let mut names: Vec<(usize, &String)> = kept.map(|(name, it)| (it.position, name)).collect();
    crate::order::sort(&mut names);
    names.into_iter().map(|(_, name)| name.clone()).collect()
}

/// The offset of the first line that begins strictly behind `bytes[0]`: where a run over JSON lines may begin.
pub fn record_start(bytes: &[u8]) -> Option<usize> {
    bytes.iter().position(|&byte| byte == b'\n').map(|at| at + 1)
}

/// A sink for those who want the keys only.
struct Nowhere;

impl Sink for Nowhere {
    fn text(&mut self, _: &TextBlock<'_>) {}
    fn arrays(&mut self, _: &crate::block::ArrayBlock<'_>) {}
    fn issue(&mut self, _: Code, _: Option<usize>, _: RunPlace<'_>) {}
    fn set_aside(&mut self, _: Code, _: RunPlace<'_>) {}
    fn unknown_column(&mut self, _: &str, _: u64) {}
}

impl RecordReader for JsonReader {
    fn feed(&mut self, unit: Unit<'_>, sink: &mut dyn Sink) -> Result<usize> {
        let stop = usize::try_from(unit.stop.saturating_sub(unit.base)).unwrap_or(usize::MAX);
        let line = self.lines;
        let mut scan = Scan { reader: self, sink, unit, stop, block: 0, at: 0, line };
        let result = match scan.reader.shape {
            Shape::Lines => scan.lines(),
            Shape::Array => scan.elements(),
        };
        scan.flush();
        let (at, line) = (scan.at, scan.line);
        self.lines = line;
        result.map(|()| at)
    }

    fn lines(&self) -> u64 {
        self.lines
    }

    fn rows(&self) -> u64 {
        self.n_rows
    }
}

/// One feed. All offsets are into the unit.
struct Scan<'a, 's> {
    reader: &'s mut JsonReader,
    sink: &'s mut dyn Sink,
    unit: Unit<'a>,
    stop: usize,
    block: usize,
    /// All before it is done with.
    at: usize,
    /// Line breaks before `at`.
    line: u64,
}

impl<'a> Scan<'a, '_> {
    fn lines(&mut self) -> Result<()> {
        let bytes = self.unit.bytes;
        while self.at < bytes.len().min(self.stop) {
            let rest = &bytes[self.at..];
            let (length, next) = match rest.iter().position(|&byte| byte == b'\n') {
                Some(length) => (length, length + 1),
                None if self.unit.last => (rest.len(), rest.len()),
                None => return self.incomplete(),
            };
            self.fits(length)?;
            let line = rest[..length].trim_ascii_end();
            let text = line.trim_ascii_start();
            if !text.is_empty() {
                self.record(self.at + line.len() - text.len(), text);
            }
            self.at += next;
            self.line += (next - length) as u64;
            self.flush_if_full();
        }
        Ok(())
    }

    fn elements(&mut self) -> Result<()> {
        let bytes = self.unit.bytes;
        while self.at < bytes.len() {
            let byte = bytes[self.at];
            let is_separator = match byte {
                b'[' => !self.reader.opened,
                b']' | b',' => true,
                _ => byte.is_ascii_whitespace(),
            };
            if is_separator {
                match byte {
                    b'[' => self.reader.opened = true,
                    b']' => self.reader.opened = false,
                    b'\n' => self.line += 1,
                    _ => {}
                }
                self.at += 1;
                continue;
            }
            if self.at >= self.stop {
                break;
            }
            let rest = &bytes[self.at..];
            let length = match end_of(rest) {
                End::At(length) => length,
                End::Missing if self.unit.last => rest.len(),
                End::Missing => return self.incomplete(),
            };
            self.fits(length)?;
            let text = rest[..length].trim_ascii_end();
            self.record(self.at, text);
            self.at += length;
            self.line += rest[..length].iter().filter(|&&byte| byte == b'\n').count() as u64;
            self.flush_if_full();
        }
        Ok(())
    }

    /// The record that begins at `at` does not end in this unit.
    fn incomplete(&self) -> Result<()> {
        self.fits(self.unit.bytes.len() - self.at)
    }

    fn fits(&self, length: usize) -> Result<()> {
        if length < RECORD_BYTES {
            return Ok(());
        }
        let byte = self.unit.base + self.at as u64;
        Err(Error::new(
            Kind::Limit,
            format!("the record at byte {byte} is longer than {} MiB", RECORD_BYTES >> 20),
        )
        .with_hint("write the records as an array of objects, or as an object a line"))
    }

    /// Reads one record, which is not empty and begins at `start`.
    fn record(&mut self, start: usize, text: &'a [u8]) {
        let reader = &mut *self.reader;
        let place =
            RunPlace { row: None, line: Some(self.line), byte: Some(self.unit.base + start as u64), text };
        let Ok(json) = std::str::from_utf8(text) else {
            return self.sink.set_aside(Code::MalformedRecord, place);
        };
        if text.first() != Some(&b'{') {
            let is_json = serde_json::from_str::<serde::de::IgnoredAny>(json).is_ok();
            let code = if is_json { Code::NotAnObject } else { Code::MalformedRecord };
            return self.sink.set_aside(code, place);
        }
        let n_fields = reader.fields.len();
        reader.fields.resize(n_fields + reader.n_columns, Field::ABSENT);
        let block = &self.unit.bytes[self.block..];
        let row = &mut reader.fields[n_fields..];
        if reader.keys.read(block, json, row, &mut reader.said).is_err() {
            reader.fields.truncate(n_fields);
            reader.said.duplicates.clear();
            reader.said.unknown.clear();
            return self.sink.set_aside(Code::MalformedRecord, place);
        }
        let row = reader.n_rows + reader.rows.len() as u64;
        reader.rows.push(RowStart { start: (start - self.block) as u32, line: self.line });
        if !reader.said.duplicates.is_empty() || !reader.said.unknown.is_empty() {
            self.tell(row, n_fields);
        }
    }

    #[cold]
    fn tell(&mut self, row: u64, n_fields: usize) {
        let reader = &mut *self.reader;
        let base = self.unit.base + self.block as u64;
        for (column, start) in reader.said.duplicates.drain(..) {
            let text = reader.fields[n_fields + column].bytes(&self.unit.bytes[self.block..]);
            let place =
                RunPlace { row: Some(row), line: Some(self.line), byte: Some(base + start as u64), text };
            self.sink.issue(Code::DuplicateKey, Some(column), place);
        }
        for (name, start, is_null) in reader.said.unknown.drain(..) {
            let position = reader.keys.unknown.len();
            if let Some(known) = reader.keys.unknown.get_mut(&name) {
                known.only_null &= is_null;
            } else if position < COLUMNS {
                self.sink.unknown_column(&name, base + start as u64);
                reader.keys.unknown.insert(name, Unknown { position, only_null: is_null });
            }
        }
    }

    fn flush_if_full(&mut self) {
        let reader = &*self.reader;
        let is_full = reader.rows.len() == BLOCK_ROWS
            || reader.fields.len() + reader.n_columns > BLOCK_FIELDS
            || self.at - self.block > BLOCK_BYTES;
        if is_full {
            self.flush();
        }
    }

    /// Sends the rows gathered; the next block begins at `at`.
    fn flush(&mut self) {
        let reader = &mut *self.reader;
        if !reader.rows.is_empty() {
            self.sink.text(&TextBlock {
                bytes: &self.unit.bytes[self.block..self.at],
                base: self.unit.base + self.block as u64,
                n_columns: reader.n_columns,
                fields: &reader.fields,
                rows: &reader.rows,
                first_row: reader.n_rows,
            });
            reader.n_rows += reader.rows.len() as u64;
        }
        reader.fields.clear();
        reader.rows.clear();
        self.block = self.at;
    }
}

#[cfg(test)]
mod tests;
