//! A text file cut into its records as they stand: every byte once, in order, with the row that it belongs to, or as what
//! stands between the records of an array. What a quarantine is written from.

use super::feed::Feed;
use super::plan::{Format, Plan, Run};
use super::text::reader;
use crate::block::{ArrayBlock, RowStart, RunPlace, Sink, TextBlock, Unit};
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
    /// A record that is no row, by the offset of its first byte.
    SetAside(u64),
    /// What stands around the records of an array, which then come whole and alone.
    Between,
}

/// Who takes pieces.
pub type Take<'a> = &'a mut dyn FnMut(Piece, &[u8]) -> Result<()>;

/// Hands out the file of a plan piece by piece, decompressed. A record may come in several parts.
///
/// # Errors
/// `Unsupported` for formats whose records do not stand by themselves, what the source and the reader say, and what
/// `take` says.
pub fn pieces(source: &dyn Source, plan: &Plan, unit_bytes: usize, take: Take<'_>) -> Result<()> {
    let mut cutting = Cutting::new(plan, Stretch::whole(plan))?;
    loop {
        let (from, bytes) = (cutting.offset(), cutting.ahead().min(unit_bytes.max(1) as u64));
        source.read_at(from, cutting.room(bytes as usize))?;
        if !cutting.supplied(take)? {
            return Ok(());
        }
    }
}

/// A part of a file that begins and ends between two records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// Its first byte.
    pub start: u64,
    /// The byte behind its last; of the last one, or of a compressed file, `u64::MAX`.
    pub end: u64,
    /// Where its first record may begin.
    pub record: u64,
    /// Rows before it.
    pub rows: u64,
}

impl Stretch {
    /// The whole file of a plan.
    pub fn whole(plan: &Plan) -> Stretch {
        Stretch { start: 0, end: u64::MAX, record: plan.data_start, rows: 0 }
    }
}

/// Cuts a stretch of a file as its bytes come.
pub struct Cutting {
    feed: Feed,
    cut: Cut,
}

impl Cutting {
    /// A cutting of this stretch; of a compressed file there is only the whole.
    ///
    /// # Errors
    /// `Unsupported` for formats whose records do not stand by themselves.
    pub fn new(plan: &Plan, stretch: Stretch) -> Result<Cutting> {
        if !plan.format.is_text() {
            let what = format!("rows of {} do not stand by themselves", plan.format.id());
            return Err(Error::new(Kind::Unsupported, what));
        }
        let whole = if plan.gzip { u64::MAX } else { plan.bytes };
        let Stretch { start, record, rows, .. } = stretch;
        let end = stretch.end.min(whole);
        let reader = reader(plan);
        let is_array = plan.format == Format::JsonArray;
        let (first, current) = (record.max(start), if is_array { Piece::Between } else { Piece::Head });
        let cut = Cut { reader, is_array, at: start, first, end, rows, current, length: None, enough: 0 };
        Ok(Cutting { feed: Feed::new(plan, Run { start, end, record: Some(record) }), cut })
    }

    /// The offset in the source of the bytes to supply next.
    pub fn offset(&self) -> u64 {
        self.feed.offset()
    }

    /// How many bytes of the source may be supplied.
    pub fn ahead(&self) -> u64 {
        self.feed.ahead()
    }

    /// Where the host is to put the source's next bytes, not beyond its end; [`Cutting::supplied`] then cuts them.
    pub fn room(&mut self, bytes: usize) -> &mut [u8] {
        self.feed.room(bytes)
    }

    /// Cuts what was put into [`Cutting::room`]. Returns whether the stretch goes on.
    ///
    /// # Errors
    /// Those of the decompressor and the reader, and what `take` says.
    pub fn supplied(&mut self, take: Take<'_>) -> Result<bool> {
        loop {
            let more = self.feed.fill()?;
            self.cut.take(&mut self.feed, take)?;
            if self.feed.is_last() || self.cut.at >= self.cut.end {
                return Ok(false);
            }
            if !more {
                return Ok(true);
            }
        }
    }
}

struct Cut {
    reader: Box<dyn crate::block::RecordReader>,
    is_array: bool,
    /// Offset of the next byte to hand out.
    at: u64,
    /// Offset of the first record.
    first: u64,
    /// Offset behind the last record.
    end: u64,
    /// Rows before the first record.
    rows: u64,
    /// What the next byte belongs to, unless another record begins there.
    current: Piece,
    /// The bytes of `current` where they are known.
    length: Option<usize>,
    /// How many bytes must be there before they are worth another look.
    enough: usize,
}

impl Cut {
    fn take(&mut self, feed: &mut Feed, take: Take<'_>) -> Result<()> {
        let last = feed.is_last() || feed.read_to() >= self.end;
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
        let bytes = &bytes[..bytes.len().min((self.end - self.at.min(self.end)) as usize)];
        let mut starts = Starts(Vec::new());
        let used = self.reader.feed(Unit { bytes, base: self.at, last, stop: u64::MAX }, &mut starts)?;
        crate::order::sort_by_key(&mut starts.0, |start| start.0);
        let used = if last { bytes.len() } else { used };
        let mut from = 0;
        for (start, piece, length) in starts.0 {
            let piece = if let Piece::Row(row) = piece { Piece::Row(self.rows + row) } else { piece };
            let to = (start.saturating_sub(self.at) as usize).clamp(from, used);
            self.hand(&bytes[from..to], take)?;
            (from, self.current, self.length) = (to, piece, length);
        }
        self.hand(&bytes[from..used], take)?;
        if used == 0 && !last {
            self.enough = 2 * feed.buffered();
        }
        self.at += used as u64;
        feed.skip_to(self.at);
        Ok(())
    }

    /// Hands out bytes of the current piece. A record of an array is handed out whole, and what follows it is none of it.
    fn hand(&mut self, bytes: &[u8], take: Take<'_>) -> Result<()> {
        let is_record = matches!(self.current, Piece::Row(_) | Piece::SetAside(_));
        let (record, rest) = if self.is_array && is_record && !bytes.is_empty() {
            // A row is an object, and behind it are brackets, commas and white space.
            let end = || bytes.iter().rposition(|&byte| byte == b'}').map_or(bytes.len(), |at| at + 1);
            bytes.split_at(self.length.take().unwrap_or_else(end).min(bytes.len()))
        } else {
            (bytes, &bytes[bytes.len()..])
        };
        if !record.is_empty() {
            take(self.current, record)?;
        }
        if self.is_array && is_record && !bytes.is_empty() {
            self.current = Piece::Between;
        }
        if rest.is_empty() { Ok(()) } else { take(Piece::Between, rest) }
    }
}

/// Where the records of a unit begin, what they are, and how long those are that are no rows.
struct Starts(Vec<(u64, Piece, Option<usize>)>);

impl Sink for Starts {
    fn text(&mut self, block: &TextBlock<'_>) {
        let rows = block.rows.iter().zip(block.first_row + 1..);
        let start =
            |(row, number): (&RowStart, u64)| (block.base + u64::from(row.start), Piece::Row(number), None);
        self.0.extend(rows.map(start));
    }

    fn arrays(&mut self, _: &ArrayBlock<'_>) {}

    fn issue(&mut self, _: Code, _: Option<usize>, _: RunPlace<'_>) {}

    fn set_aside(&mut self, _: Code, place: RunPlace<'_>) {
        self.0.extend(place.byte.map(|byte| (byte, Piece::SetAside(byte), Some(place.text.len()))));
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
        let lines = "{\"a\": 1}\n{\"a\": 2}\nnot json\nnone\n{\"a\": 3}\n";
        let of_lines = [
            (Row(1), "{\"a\": 1}\n"),
            (Row(2), "{\"a\": 2}\n"),
            (SetAside(18), "not json\n"),
            (SetAside(27), "none\n"),
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
    fn stretches_are_cut_as_the_whole_is() {
        let text = "a,b\r\n1,\"x\ny\"\r\n\r\n2,z\r\n3\n4,5\n";
        let plan = open(&text.as_bytes(), &Options::default(), Governing::default()).unwrap();
        let whole = cut(text, "", 1 << 20);
        let third = text.find("2,z").unwrap() as u64;
        let mut joined = Vec::new();
        for stretch in [
            Stretch { start: 0, end: third, record: plan.data_start, rows: 0 },
            Stretch { start: third, end: u64::MAX, record: third, rows: 1 },
        ] {
            for unit in [3, 1 << 20] {
                let mut cutting = Cutting::new(&plan, stretch).unwrap();
                let mut found: Vec<(Piece, String)> = Vec::new();
                loop {
                    let (from, bytes) = (cutting.offset(), cutting.ahead().min(unit));
                    text.as_bytes().read_at(from, cutting.room(bytes as usize)).unwrap();
                    let goes_on = cutting.supplied(&mut |piece, bytes| {
                        let text = std::str::from_utf8(bytes).unwrap();
                        match found.last_mut() {
                            Some(last) if last.0 == piece => last.1.push_str(text),
                            _ => found.push((piece, text.to_owned())),
                        }
                        Ok(())
                    });
                    if !goes_on.unwrap() {
                        break;
                    }
                }
                if unit == 3 {
                    joined.extend(found);
                } else {
                    assert!(joined.ends_with(&found), "{found:?}");
                }
            }
        }
        assert_eq!(joined, whole);
    }

    #[test]
    fn the_records_of_an_array_come_whole_without_what_is_between_them() {
        use Piece::{Between, Head, Row, SetAside};
        let text =
            "\u{feff} [\n{\"a\": {\"b\": \"}]\\u00e9\"}} ,\n\n{\"a\":[1, 2]},[3], 4 ,{\"a\": nul},{}\n]\n";
        let expected = [
            (Head, "\u{feff}"),
            (Between, " [\n"),
            (Row(1), "{\"a\": {\"b\": \"}]\\u00e9\"}}"),
            (Between, " ,\n\n"),
            (Row(2), "{\"a\":[1, 2]}"),
            (Between, ","),
            (SetAside(47), "[3]"),
            (Between, ", "),
            (SetAside(52), "4"),
            (Between, " ,"),
            (SetAside(55), "{\"a\": nul}"),
            (Between, ","),
            (Row(3), "{}"),
            (Between, "\n]\n"),
        ];
        for unit in [1, 2, 3, 7, 1 << 20] {
            let found = cut(text, "f.json", unit);
            let found: Vec<(Piece, &str)> = found.iter().map(|it| (it.0, it.1.as_str())).collect();
            assert_eq!(found, expected, "by {unit}");
        }
    }
}
