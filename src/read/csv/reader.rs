//! Units of CSV bytes in; blocks of fields, and what is odd about them, out. Records end at LF, CRLF or CR; quotes open
//! a field only at its first byte; a doubled quote is a quote; what follows a closing quote is text. Nothing is an error
//! but a record beyond the limit, and nothing depends on how the bytes are cut into units.
//!
//! The state machine moves only at the bytes that [`super::mask`] marks, and it is the only judge of whether a quote
//! counts: a stray quote cannot change what other fields mean.

use super::Dialect;
use super::check::{LineCursor, check};
use super::mask::{LANES, Marks, Needles};
use crate::block::{Field, Form, RecordReader, RowStart, RunPlace, Sink, TextBlock, Unit};
use crate::cell::limits::RECORD_BYTES;
use crate::error::{Error, Kind, Result};
use crate::issue::Code;

/// Rows after which a block is sent.
const BLOCK_ROWS: usize = 512;
/// Fields after which a block is sent.
const BLOCK_FIELDS: usize = 262_144;
/// Bytes after which a block is sent, so that with one more record offsets stay within 32 bits.
const BLOCK_BYTES: usize = 1 << 30;

/// Reads the records of a CSV file; see the file's head for its rules.
#[derive(Debug)]
pub struct CsvReader {
    needles: Needles,
    delimiter: u8,
    n_columns: usize,
    fields: Vec<Field>,
    rows: Vec<RowStart>,
    strays: Vec<Stray>,
    lines: u64,
    n_rows: u64,
}

/// A field of the current record with something odd about its quotes; told once the record is whole.
#[derive(Debug, Clone, Copy)]
struct Stray {
    code: Code,
    column: usize,
}

impl CsvReader {
    /// A reader of records of this many fields, at the start of a run.
    pub fn new(dialect: Dialect, n_columns: usize) -> CsvReader {
        CsvReader {
            needles: Needles::new(dialect.delimiter, dialect.quote),
            delimiter: dialect.delimiter,
            n_columns,
            fields: Vec::new(),
            rows: Vec::new(),
            strays: Vec::new(),
            lines: 0,
            n_rows: 0,
        }
    }
}

impl RecordReader for CsvReader {
    fn feed(&mut self, unit: Unit<'_>, sink: &mut dyn Sink) -> Result<usize> {
        let stop = usize::try_from(unit.stop.saturating_sub(unit.base)).unwrap_or(usize::MAX);
        if stop == 0 {
            return Ok(0);
        }
        let line = self.lines;
        let mut scan = Scan {
            reader: self,
            sink,
            unit,
            stop,
            block: 0,
            record: 0,
            record_line: line,
            line,
            field: 0,
            column: 0,
            mode: Mode::Open,
            escaped: false,
        };
        let result = scan.run();
        let (consumed, line) = (scan.record, scan.record_line);
        self.lines = line;
        result.map(|()| consumed)
    }

    fn lines(&self) -> u64 {
        self.lines
    }

    fn rows(&self) -> u64 {
        self.n_rows
    }
}

/// What the next marked byte is seen in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// At a field's start or in an unquoted field.
    Open,
    /// Between quotes.
    Quoted,
    /// Between quotes, at the second one of a doubled quote.
    Doubled,
    /// Behind the closing quote, at the field's end.
    Closed,
    /// In text behind a closing quote.
    Tail,
    /// At the LF of a CRLF whose record has ended.
    Lf,
}

/// Whether to go on.
#[derive(PartialEq, Eq)]
enum Step {
    On,
    Stop,
}

/// One feed. All offsets are into the unit.
struct Scan<'a, 's> {
    reader: &'s mut CsvReader,
    sink: &'s mut dyn Sink,
    unit: Unit<'a>,
    stop: usize,
    block: usize,
    record: usize,
    record_line: u64,
    line: u64,
    field: usize,
    column: usize,
    mode: Mode,
    escaped: bool,
}

impl Scan<'_, '_> {
    fn run(&mut self) -> Result<()> {
        let bytes = self.unit.bytes;
        let needles = self.reader.needles;
        let mut at = 0;
        while at < bytes.len() {
            let marks = needles.of(&bytes[at..]);
            let mut bits = marks.delimiters | marks.others;
            while bits != 0 {
                self.bare_fields(at, marks, &mut bits);
                if bits == 0 {
                    break;
                }
                let hit = at + bits.trailing_zeros() as usize;
                bits &= bits - 1;
                if self.plain_field(at, hit, &mut bits) {
                    continue;
                }
                if self.mark(hit, bytes[hit])? == Step::Stop {
                    self.flush();
                    return Ok(());
                }
            }
            at += LANES;
        }
        self.finish()
    }

    /// Ends the unquoted fields up to the first mark of this block that is no delimiter.
    #[inline(always)]
    fn bare_fields(&mut self, block: usize, marks: Marks, bits: &mut u64) {
        // All bits below the lowest other mark that is left.
        let others = marks.others & *bits;
        let mut plain = *bits & others.wrapping_sub(1) & !others;
        let count = plain.count_ones();
        if self.mode != Mode::Open || self.column + count as usize > self.reader.n_columns {
            return;
        }
        *bits ^= plain;
        let (from, mut start) = (self.block, self.field);
        self.reader.fields.extend((0..count).map(|_| {
            let end = block + plain.trailing_zeros() as usize;
            plain &= plain - 1;
            let field = Field::new((start - from) as u32, (end - start) as u32, Form::Bare);
            start = end + 1;
            field
        }));
        self.field = start;
        self.column += count as usize;
    }

    /// Ends a field without going through the modes where that is plain: at the delimiter behind an unquoted one, and
    /// at the opening quote of one whose next mark is its closing quote with a delimiter behind, all in this block.
    #[inline(always)]
    fn plain_field(&mut self, block: usize, at: usize, bits: &mut u64) -> bool {
        let bytes = self.unit.bytes;
        if self.mode != Mode::Open || self.column >= self.reader.n_columns {
            return false;
        }
        let delimiter = self.reader.delimiter;
        let byte = bytes[at];
        if byte == delimiter {
            let start = (self.field - self.block) as u32;
            self.reader.fields.push(Field::new(start, (at - self.field) as u32, Form::Bare));
            self.column += 1;
            self.field = at + 1;
            return true;
        }
        if at != self.field || byte == b'\n' || byte == b'\r' || *bits == 0 {
            return false;
        }
        let close = block + bits.trailing_zeros() as usize;
        if bytes[close] != byte || close + 1 >= block + LANES || bytes.get(close + 1) != Some(&delimiter) {
            return false;
        }
        // The marks of the closing quote and of the delimiter.
        *bits &= *bits - 1;
        *bits &= *bits - 1;
        let start = (at + 1 - self.block) as u32;
        self.reader.fields.push(Field::new(start, (close - at - 1) as u32, Form::Quoted));
        self.column += 1;
        self.field = close + 2;
        true
    }

    /// Moves over one marked byte.
    #[inline]
    fn mark(&mut self, at: usize, byte: u8) -> Result<Step> {
        match self.mode {
            Mode::Open if byte == self.reader.delimiter => self.end_field(at),
            Mode::Open if byte == b'\n' || byte == b'\r' => {
                return if at == self.record {
                    Ok(self.blank_line(at, byte))
                } else {
                    self.end_record(at, byte)
                };
            }
            Mode::Open if at == self.field => {
                self.mode = Mode::Quoted;
                self.escaped = false;
            }
            Mode::Open => self.stray(Code::StrayQuote),
            Mode::Quoted => self.in_quotes(at, byte),
            Mode::Doubled => self.mode = Mode::Quoted,
            Mode::Closed | Mode::Tail => {
                if byte == self.reader.delimiter {
                    self.end_field(at);
                } else if byte == b'\n' || byte == b'\r' {
                    return self.end_record(at, byte);
                }
            }
            Mode::Lf => self.mode = Mode::Open,
        }
        Ok(Step::On)
    }

    #[inline]
    fn in_quotes(&mut self, at: usize, byte: u8) {
        if byte == b'\n' {
            self.line += 1;
            return;
        }
        if byte == b'\r' || byte == self.reader.delimiter {
            return;
        }
        match self.unit.bytes.get(at + 1) {
            Some(&next) if next == byte => {
                self.escaped = true;
                self.mode = Mode::Doubled;
            }
            Some(&next) if next == self.reader.delimiter || next == b'\n' || next == b'\r' => {
                self.mode = Mode::Closed;
            }
            Some(_) => {
                self.stray(Code::StrayQuote);
                self.mode = Mode::Tail;
            }
            None if self.unit.last => self.mode = Mode::Closed,
            None => {}
        }
    }

    #[cold]
    fn stray(&mut self, code: Code) {
        let stray = Stray { code, column: self.column };
        let told =
            self.reader.strays.last().is_some_and(|last| last.column == stray.column && last.code == code);
        if stray.column < self.reader.n_columns && !told {
            self.reader.strays.push(stray);
        }
    }

    #[inline]
    fn end_field(&mut self, at: usize) {
        if self.column < self.reader.n_columns {
            let (start, end, form) = match self.mode {
                Mode::Closed if !self.escaped => (self.field + 1, at - 1, Form::Quoted),
                Mode::Quoted if !self.escaped => (self.field + 1, at, Form::Quoted),
                Mode::Open | Mode::Lf => (self.field, at, Form::Bare),
                Mode::Closed | Mode::Quoted | Mode::Doubled | Mode::Tail => (self.field, at, Form::Escaped),
            };
            self.reader.fields.push(Field::new((start - self.block) as u32, (end - start) as u32, form));
        }
        self.column += 1;
        self.field = at + 1;
        self.mode = Mode::Open;
    }

    #[inline]
    fn end_record(&mut self, at: usize, byte: u8) -> Result<Step> {
        if byte == b'\r' && at + 1 == self.unit.bytes.len() && !self.unit.last {
            return Ok(Step::On); // An LF may follow.
        }
        // Before the field is made, whose length must fit.
        if at - self.record >= RECORD_BYTES {
            return Err(self.too_long());
        }
        self.end_field(at);
        self.end_row(at);
        let step = self.next_line(at, byte);
        let fields = self.reader.fields.len() + self.reader.n_columns;
        if self.reader.rows.len() == BLOCK_ROWS || fields > BLOCK_FIELDS || at - self.block > BLOCK_BYTES {
            self.flush();
        }
        Ok(step)
    }

    /// Completes the row of the record that ends at this byte.
    #[inline]
    fn end_row(&mut self, at: usize) {
        self.reader.rows.push(RowStart { start: (self.record - self.block) as u32, line: self.record_line });
        if self.column != self.reader.n_columns {
            self.ragged(at);
        }
        if !self.reader.strays.is_empty() {
            self.tell_strays();
        }
    }

    /// Begins the record behind this line end.
    #[inline]
    fn next_line(&mut self, at: usize, byte: u8) -> Step {
        self.record = at + 1;
        self.mode = Mode::Open;
        if byte == b'\r' && self.unit.bytes.get(at + 1) == Some(&b'\n') {
            self.record = at + 2;
            self.mode = Mode::Lf;
        }
        self.field = self.record;
        self.column = 0;
        self.line += 1;
        self.record_line = self.line;
        if self.record >= self.stop { Step::Stop } else { Step::On }
    }

    #[cold]
    fn blank_line(&mut self, at: usize, byte: u8) -> Step {
        if byte == b'\r' && at + 1 == self.unit.bytes.len() && !self.unit.last {
            return Step::On;
        }
        let place =
            RunPlace { row: None, line: Some(self.line), byte: Some(self.unit.base + at as u64), text: b"" };
        self.sink.issue(Code::BlankLine, None, place);
        self.next_line(at, byte)
    }

    /// Index within the run of the last row of the block.
    fn last_row(&self) -> u64 {
        self.reader.n_rows + self.reader.rows.len() as u64 - 1
    }

    #[cold]
    fn ragged(&mut self, at: usize) {
        for _ in self.column..self.reader.n_columns {
            self.reader.fields.push(Field::ABSENT);
        }
        let place = RunPlace {
            row: Some(self.last_row()),
            line: Some(self.record_line),
            byte: Some(self.unit.base + self.record as u64),
            text: &self.unit.bytes[self.record..at],
        };
        self.sink.issue(Code::RaggedRow, None, place);
    }

    #[cold]
    fn tell_strays(&mut self) {
        let row = self.last_row();
        let first = self.reader.fields.len() - self.reader.n_columns;
        let mut cursor = LineCursor { at: self.record, line: self.record_line };
        for stray in &self.reader.strays {
            let field = self.reader.fields[first + stray.column];
            let start = self.block + field.start();
            let place = RunPlace {
                row: Some(row),
                line: Some(cursor.line_at(self.unit.bytes, start)),
                byte: Some(self.unit.base + start as u64),
                text: &self.unit.bytes[start..start + field.len()],
            };
            self.sink.issue(stray.code, Some(stray.column), place);
        }
        self.reader.strays.clear();
    }

    /// Sends the rows gathered; the next block begins at the current record.
    fn flush(&mut self) {
        let reader = &mut *self.reader;
        if !reader.rows.is_empty() {
            let block = TextBlock {
                bytes: &self.unit.bytes[self.block..self.record],
                base: self.unit.base + self.block as u64,
                n_columns: reader.n_columns,
                fields: &reader.fields,
                rows: &reader.rows,
                first_row: reader.n_rows,
            };
            check(&block, self.sink);
            self.sink.text(&block);
            reader.n_rows += reader.rows.len() as u64;
        }
        reader.fields.clear();
        reader.rows.clear();
        self.block = self.record;
    }

    /// The unit's bytes are used up: ends the last record of the file, or drops what is begun.
    fn finish(&mut self) -> Result<()> {
        let end = self.unit.bytes.len();
        if end.saturating_sub(self.record) >= RECORD_BYTES {
            return Err(self.too_long());
        }
        if self.unit.last && self.record < end {
            if self.mode == Mode::Quoted {
                self.stray(Code::UnclosedQuote);
            }
            self.end_field(end);
            self.end_row(end);
            self.record = end;
            self.record_line = self.line;
        } else {
            self.reader.fields.truncate(self.reader.rows.len() * self.reader.n_columns);
            self.reader.strays.clear();
        }
        self.flush();
        Ok(())
    }

    #[cold]
    fn too_long(&self) -> Error {
        let byte = self.unit.base + self.record as u64;
        Error::new(
            Kind::Limit,
            format!("the record at byte {byte} is longer than {} MiB", RECORD_BYTES >> 20),
        )
        .with_hint(
            "a quote that is never closed joins all that follows; name the file's quote character, or none",
        )
    }
}

#[cfg(test)]
mod tests;
