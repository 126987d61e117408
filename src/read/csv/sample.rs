//! The head of a CSV file in, its first records as texts out: for the header and for sniffing, where a few records are
//! looked at many times. The rules are those of [`super::CsvReader`].

use std::borrow::Cow;
use std::ops::Range;

use super::Dialect;

/// One field of a sample.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell<'a> {
    /// Its text, quotes undone.
    pub text: Cow<'a, [u8]>,
    /// How it was quoted.
    pub quoting: Quoting,
}

impl<'a> Cell<'a> {
    /// Without text yet.
    fn new() -> Cell<'a> {
        Cell { text: Cow::Borrowed(&[]), quoting: Quoting::Bare }
    }

    /// Adds these bytes of the head; copies nothing while the text stands there as it is.
    fn push(&mut self, head: &'a [u8], bytes: Range<usize>) {
        let next = &head[bytes.clone()];
        match &mut self.text {
            Cow::Borrowed(text) if text.is_empty() => *text = next,
            Cow::Borrowed(text) if std::ptr::eq(text.as_ptr_range().end, next.as_ptr()) => {
                *text = &head[bytes.start - text.len()..bytes.end];
            }
            text => text.to_mut().extend_from_slice(next),
        }
    }
}

/// How a field of a sample was quoted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quoting {
    /// Not at all.
    Bare,
    /// As it should be.
    Quoted,
    /// With text behind the closing quote, or without one.
    Broken,
}

/// One record of a sample.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record<'a> {
    /// Its fields.
    pub cells: Vec<Cell<'a>>,
    /// Offset of its first byte.
    pub start: usize,
    /// Offset of the next record: behind its line end.
    pub end: usize,
    /// Line breaks before its first byte.
    pub line: u64,
    /// Line breaks before the next record.
    pub next_line: u64,
}

/// At most `limit` records from the start of `head`, blank lines skipped. A last record without a line end is left
/// out unless the file ends with it (`whole`).
pub fn records(head: &[u8], dialect: Dialect, whole: bool, limit: usize) -> Vec<Record<'_>> {
    let mut found = Vec::new();
    let (mut at, mut line) = (0, 0);
    while found.len() < limit && at < head.len() {
        if let Some((end, _)) = line_end(head, at) {
            at = end;
            line += 1;
            continue;
        }
        let Some(record) = record(head, dialect, at, line, whole) else { break };
        at = record.end;
        line = record.next_line;
        found.push(record);
    }
    found
}

/// The end of the line break that begins at this offset, and whether the bytes end with it.
fn line_end(head: &[u8], at: usize) -> Option<(usize, bool)> {
    let end = match head.get(at)? {
        b'\n' => at + 1,
        b'\r' if head.get(at + 1) == Some(&b'\n') => at + 2,
        b'\r' => at + 1,
        _ => return None,
    };
    Some((end, end == head.len()))
}

/// Where the bytes from this offset on end that are none of these; the first is none.
#[inline]
fn run(head: &[u8], from: usize, is_end: impl Fn(u8) -> bool) -> usize {
    head[from..].iter().position(|byte| is_end(*byte)).map_or(head.len(), |length| from + length)
}

fn record(head: &[u8], dialect: Dialect, start: usize, line: u64, whole: bool) -> Option<Record<'_>> {
    let mut cells = Vec::new();
    let mut cell = Cell::new();
    let (mut at, mut next_line) = (start, line);
    let (mut in_quotes, mut at_start) = (false, true);
    loop {
        let Some(&byte) = head.get(at) else {
            if !whole {
                return None;
            }
            if in_quotes {
                cell.quoting = Quoting::Broken;
            }
            cells.push(cell);
            return Some(Record { cells, start, end: at, line, next_line });
        };
        if in_quotes {
            if Some(byte) != dialect.quote {
                let end = run(head, at, |byte| Some(byte) == dialect.quote);
                next_line += head[at..end].iter().filter(|byte| **byte == b'\n').count() as u64;
                cell.push(head, at..end);
                at = end - 1;
            } else if head.get(at + 1) == Some(&byte) {
                cell.push(head, at..at + 1);
                at += 1;
            } else {
                in_quotes = false;
            }
        } else if byte == dialect.delimiter {
            cells.push(std::mem::replace(&mut cell, Cell::new()));
            at_start = true;
            at += 1;
            continue;
        } else if let Some((end, at_end)) = line_end(head, at) {
            if byte == b'\r' && at_end && !whole {
                return None;
            }
            cells.push(cell);
            return Some(Record { cells, start, end, line, next_line: next_line + 1 });
        } else if at_start && Some(byte) == dialect.quote {
            in_quotes = true;
            cell.quoting = Quoting::Quoted;
        } else {
            if cell.quoting == Quoting::Quoted {
                cell.quoting = Quoting::Broken;
            }
            let end = run(head, at, |byte| byte == dialect.delimiter || matches!(byte, b'\n' | b'\r'));
            cell.push(head, at..end);
            at = end - 1;
        }
        at_start = false;
        at += 1;
    }
}
