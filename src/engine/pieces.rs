//! A text file cut into its records as they stand: every byte once, in order, with the row that it belongs to. What a
//! quarantine is written from.

use super::feed::Feed;
use super::plan::{Format, Plan, Run};
use super::text::reader;
use crate::block::{ArrayBlock, RunPlace, Sink, TextBlock, Unit};
use crate::error::{Error, Kind, Result};
use crate::issue::Code;
use crate::source::Source;

/// What a piece of a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece {
    /// What stands before the first record: a byte order mark, the header.
    Head,
    /// The record of this data row, from 1, with its line end and blank lines behind it.
    Row(u64),
    /// A record that is no row.
    SetAside,
}

/// Who takes pieces.
pub type Take<'a> = &'a mut dyn FnMut(Piece, &[u8]) -> Result<()>;

/// Hands out the file of a plan piece by piece, decompressed. A record may come in several parts.
///
/// # Errors
/// `Unsupported` for formats whose records do not stand by themselves, what the source and the reader say, and what
/// `take` says.
pub fn pieces(source: &dyn Source, plan: &Plan, unit_bytes: usize, take: Take<'_>) -> Result<()> {
    if !matches!(plan.format, Format::Csv | Format::JsonLines) {
        let what = format!("records of {} cannot be set apart as they stand", plan.format.id());
        return Err(Error::new(Kind::Unsupported, what).with_hint("it is done for CSV and JSON lines"));
    }
    let end = if plan.gzip { u64::MAX } else { plan.bytes };
    let mut feed = Feed::new(plan, Run { start: 0, end, record: Some(plan.data_start) });
    let mut cut =
        Cut { reader: reader(plan), at: 0, first: plan.data_start, current: Piece::Head, enough: 0 };
    loop {
        let (from, bytes) = (feed.offset(), feed.ahead().min(unit_bytes.max(1) as u64));
        source.read_at(from, feed.room(bytes as usize))?;
        loop {
            let more = feed.fill()?;
            cut.take(&mut feed, take)?;
            if feed.is_last() {
                return Ok(());
            }
            if !more {
                break;
            }
        }
    }
}

struct Cut {
    reader: Box<dyn crate::block::RecordReader>,
    /// Offset of the next byte to hand out.
    at: u64,
    /// Offset of the first record.
    first: u64,
    /// What the next byte belongs to, unless another record begins there.
    current: Piece,
    /// How many bytes must be there before they are worth another look.
    enough: usize,
}

impl Cut {
    fn take(&mut self, feed: &mut Feed, take: Take<'_>) -> Result<()> {
        let last = feed.is_last();
        if feed.buffered() < self.enough && !last {
            return Ok(());
        }
        self.enough = 0;
        if self.at < self.first {
            let head = (self.first - self.at).min(feed.buffered() as u64);
            take(Piece::Head, &feed.bytes()[..head as usize])?;
            self.at += head;
            feed.skip_to(self.at);
            if self.at < self.first {
                return Ok(());
            }
        }
        let bytes = feed.bytes();
        let mut starts = Starts(Vec::new());
        let used = self.reader.feed(Unit { bytes, base: self.at, last, stop: u64::MAX }, &mut starts)?;
        crate::order::sort_by_key(&mut starts.0, |start| start.0);
        let used = if last { bytes.len() } else { used };
        let mut from = 0;
        for (start, piece) in starts.0 {
            let to = (start.saturating_sub(self.at) as usize).clamp(from, used);
            if to > from {
                take(self.current, &bytes[from..to])?;
            }
            (from, self.current) = (to, piece);
        }
        if used > from {
            take(self.current, &bytes[from..used])?;
        }
        if used == 0 && !last {
            self.enough = 2 * feed.buffered();
        }
        self.at += used as u64;
        feed.skip_to(self.at);
        Ok(())
    }
}

/// Where the records of a unit begin.
struct Starts(Vec<(u64, Piece)>);

impl Sink for Starts {
    fn text(&mut self, block: &TextBlock<'_>) {
        let rows = block.rows.iter().zip(block.first_row + 1..);
        self.0.extend(rows.map(|(row, number)| (block.base + u64::from(row.start), Piece::Row(number))));
    }

    fn arrays(&mut self, _: &ArrayBlock<'_>) {}

    fn issue(&mut self, _: Code, _: Option<usize>, _: RunPlace<'_>) {}

    fn set_aside(&mut self, _: Code, place: RunPlace<'_>) {
        self.0.extend(place.byte.map(|byte| (byte, Piece::SetAside)));
    }

    fn unknown_column(&mut self, _: &str, _: u64) {}
}

#[cfg(test)]
mod tests {
    use super::super::{Governing, Options, open};
    use super::*;

    /// The pieces of a text, joined by what they are.
    fn cut(text: &str, name: &str, unit: usize) -> Vec<(Piece, String)> {
        let options = Options { name: name.into(), ..Options::default() };
        let plan = open(&text.as_bytes(), &options, Governing::default()).unwrap();
        let mut found: Vec<(Piece, Vec<u8>)> = Vec::new();
        pieces(&text.as_bytes(), &plan, unit, &mut |piece, bytes| {
            match found.last_mut() {
                Some(last) if last.0 == piece => last.1.extend_from_slice(bytes),
                _ => found.push((piece, bytes.to_vec())),
            }
            Ok(())
        })
        .unwrap();
        found.into_iter().map(|(piece, bytes)| (piece, String::from_utf8(bytes).unwrap())).collect()
    }

    #[test]
    fn every_byte_belongs_to_a_record() {
        use Piece::{Head, Row, SetAside};
        let csv = "\u{feff}a,b\r\n1,\"x\ny\"\r\n\r\n2,z\r\n3\n4,\"he said \"\"hi\"\"\"";
        let expected = [
            (Head, "\u{feff}a,b\r\n"),
            (Row(1), "1,\"x\ny\"\r\n\r\n"),
            (Row(2), "2,z\r\n"),
            (Row(3), "3\n"),
            (Row(4), "4,\"he said \"\"hi\"\"\""),
        ];
        let lines = "{\"a\": 1}\n{\"a\": 2}\nnot json\n{\"a\": 3}\n";
        let of_lines = [
            (Row(1), "{\"a\": 1}\n"),
            (Row(2), "{\"a\": 2}\n"),
            (SetAside, "not json\n"),
            (Row(3), "{\"a\": 3}\n"),
        ];
        for unit in [1, 2, 3, 7, 1 << 20] {
            for (text, name, expected) in [(csv, "f.csv", &expected[..]), (lines, "f.jsonl", &of_lines)] {
                let found = cut(text, name, unit);
                let found: Vec<(Piece, &str)> = found.iter().map(|it| (it.0, it.1.as_str())).collect();
                assert_eq!(found, expected, "{name} by {unit}");
            }
        }
    }

    #[test]
    fn an_array_has_no_records_of_its_own() {
        let text = "[{\"a\": 1}]";
        let plan = open(&text.as_bytes(), &Options::default(), Governing::default()).unwrap();
        let error = pieces(&text.as_bytes(), &plan, 1 << 20, &mut |_, _| Ok(())).unwrap_err();
        assert_eq!(error.kind(), Kind::Unsupported);
    }
}
