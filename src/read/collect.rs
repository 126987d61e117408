//! A sink for tests that keeps all it is told, in a form that does not depend on how the bytes were cut.

use crate::block::{ArrayBlock, Form, RecordReader, RunPlace, Sink, TextBlock, Unit};
use crate::cell::text::{unescape_json, unquote};
use crate::error::Result;
use crate::issue::Code;

/// A code, a column, a row, a line, a byte and the text there.
pub(super) type Told = (Code, Option<usize>, Option<u64>, Option<u64>, Option<u64>, Vec<u8>);

/// The form and the text of a field; `None` where absent.
pub(super) type Seen = Option<(Form, Vec<u8>)>;

/// All that a reader said.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Collect {
    pub(super) rows: Vec<Vec<Seen>>,
    /// Offset in the file and line of each row.
    pub(super) starts: Vec<(u64, u64)>,
    pub(super) issues: Vec<Told>,
    pub(super) aside: Vec<Told>,
    pub(super) unknown: Vec<(String, u64)>,
    pub(super) quote: u8,
}

fn told(code: Code, column: Option<usize>, place: RunPlace<'_>) -> Told {
    (code, column, place.row, place.line, place.byte, place.text[..place.text.len().min(64)].to_vec())
}

impl Sink for Collect {
    fn text(&mut self, block: &TextBlock<'_>) {
        assert_eq!(block.first_row, self.rows.len() as u64);
        assert_eq!(block.fields.len(), block.rows.len() * block.n_columns);
        for (i, row) in block.rows.iter().enumerate() {
            self.starts.push((block.base + u64::from(row.start), row.line));
            let fields = &block.fields[i * block.n_columns..][..block.n_columns];
            let texts = fields.iter().map(|field| {
                let raw = field.bytes(block.bytes);
                let mut text = Vec::new();
                match field.form() {
                    Form::Absent => return None,
                    Form::Escaped => unquote(raw, self.quote, &mut text),
                    Form::JsonEscaped => unescape_json(raw, &mut text),
                    _ => text.extend_from_slice(raw),
                }
                Some((field.form(), text))
            });
            self.rows.push(texts.collect());
        }
    }

    fn arrays(&mut self, _: &ArrayBlock<'_>) {
        unreachable!("text readers send no arrays");
    }

    fn issue(&mut self, code: Code, column: Option<usize>, place: RunPlace<'_>) {
        self.issues.push(told(code, column, place));
    }

    fn set_aside(&mut self, code: Code, place: RunPlace<'_>) {
        self.aside.push(told(code, None, place));
    }

    fn unknown_column(&mut self, name: &str, byte: u64) {
        if !self.unknown.iter().any(|(known, _)| known == name) {
            self.unknown.push((name.to_owned(), byte));
        }
    }
}

impl Collect {
    /// What the reader says of these bytes when it is fed units of these sizes, over and over; units grow where it
    /// asks for more.
    pub(super) fn of(reader: &mut dyn RecordReader, bytes: &[u8], sizes: &[usize]) -> Result<Collect> {
        let mut all = Collect { quote: b'"', ..Collect::default() };
        let mut start = 0;
        let mut sizes = sizes.iter().copied().cycle();
        let mut size = 0;
        loop {
            size += sizes.next().unwrap_or(bytes.len() + 1).max(1);
            let end = bytes.len().min(start + size);
            let last = end == bytes.len();
            let unit = Unit { bytes: &bytes[start..end], base: start as u64, last, stop: u64::MAX };
            let done = reader.feed(unit, &mut all)?;
            assert!(done <= end - start, "more consumed than fed");
            start += done;
            if done > 0 {
                size = 0;
            }
            if last {
                assert_eq!(start, bytes.len(), "bytes left at the file's end");
                break;
            }
        }
        assert_eq!(reader.rows(), all.rows.len() as u64);
        crate::order::sort_by_key(&mut all.issues, |told| (told.4, told.0, told.1));
        Ok(all)
    }

    /// The codes of the issues, in the order of their places.
    pub(super) fn codes(&self) -> Vec<Code> {
        self.issues.iter().map(|issue| issue.0).collect()
    }

    /// The texts of the rows; `-` where absent.
    pub(super) fn texts(&self) -> Vec<Vec<String>> {
        let text = |cell: &Seen| match cell {
            Some((_, text)) => String::from_utf8_lossy(text).into_owned(),
            None => "-".to_owned(),
        };
        self.rows.iter().map(|row| row.iter().map(text).collect()).collect()
    }
}
