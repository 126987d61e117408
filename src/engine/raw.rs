//! An offset in a text file → the record of a row as it stands there: what was written, before anything was undone.

use super::pieces::{Cutting, Piece, Stretch};
use super::plan::Plan;
use super::rows::are_at_offsets;
use crate::cell::limits;
use crate::error::{Error, Kind, Result};
use crate::source::Source;

/// Bytes that are read at once.
const STEP: u64 = 64 << 10;

/// The record of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Raw {
    /// Its bytes from its first on, at most as many as asked for; its line end and blank lines behind it belong to it.
    pub bytes: Vec<u8>,
    /// How many it has.
    pub length: u64,
}

/// The record of the row behind the first `skip` from this offset on, at which a record begins, with at most `most` of its
/// bytes; `None` behind the last.
///
/// # Errors
/// `Unsupported` where rows have no offsets, `Limit` for a record that does not end, and what the source and the reader say.
pub fn raw_at(source: &dyn Source, plan: &Plan, offset: u64, skip: u64, most: usize) -> Result<Option<Raw>> {
    if !are_at_offsets(plan) {
        return Err(Error::new(Kind::Unsupported, "records of this file cannot be read one by one"));
    }
    let stretch = Stretch { start: offset, end: u64::MAX, record: offset, rows: 0 };
    let mut cutting = Cutting::new(plan, stretch)?;
    let wanted = Piece::Row(skip + 1);
    let mut found: Option<Raw> = None;
    let (mut is_past, mut waiting) = (false, 0);
    loop {
        let (from, step) = (cutting.offset(), cutting.ahead().min(STEP));
        source.read_at(from, cutting.room(step as usize))?;
        waiting += step;
        let goes_on = cutting.supplied(&mut |piece, bytes| {
            waiting = 0;
            if piece == wanted && !is_past {
                let raw = found.get_or_insert_with(|| Raw { bytes: Vec::new(), length: 0 });
                let room = most.saturating_sub(raw.bytes.len()).min(bytes.len());
                raw.bytes.extend_from_slice(&bytes[..room]);
                raw.length += bytes.len() as u64;
            } else {
                is_past |= found.is_some();
            }
            Ok(())
        })?;
        if is_past || !goes_on {
            return Ok(found);
        }
        if waiting > 2 * limits::RECORD_BYTES as u64 {
            return Err(Error::new(Kind::Limit, "the record is too long to be shown"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Governing, Options, open};
    use super::*;

    fn raw(text: &[u8], name: &str, offset: usize, skip: u64, most: usize) -> Option<(String, u64)> {
        let options = Options { name: name.into(), ..Options::default() };
        let plan = open(&text, &options, Governing::default()).unwrap();
        let raw = raw_at(&text, &plan, offset as u64, skip, most).unwrap();
        raw.map(|it| (String::from_utf8_lossy(&it.bytes).into_owned(), it.length))
    }

    #[test]
    fn a_record_comes_as_it_stands() {
        let csv = "\u{feff}a,b\r\n1,\"say \"\"hi\"\"\r\nthere\"\r\n\r\n2\r\n3,c";
        let at = csv.find("1,").unwrap();
        let cases = [
            (0, Some("1,\"say \"\"hi\"\"\r\nthere\"\r\n\r\n")),
            (1, Some("2\r\n")),
            (2, Some("3,c")),
            (3, None),
        ];
        for (skip, expected) in cases {
            let expected = expected.map(|it: &str| (it.to_owned(), it.len() as u64));
            assert_eq!(raw(csv.as_bytes(), "f.csv", at, skip, 1 << 10), expected, "{skip}");
        }
        assert_eq!(raw(csv.as_bytes(), "f.csv", at, 0, 3), Some(("1,\"".to_owned(), 25)));
        let lines = b"{\"a\": \"x\\ny\"}\nnot json\n{\"a\": 2}\n";
        assert_eq!(raw(lines, "f.jsonl", 0, 0, 99), Some(("{\"a\": \"x\\ny\"}\n".to_owned(), 14)));
        assert_eq!(raw(lines, "f.jsonl", 0, 1, 99), Some(("{\"a\": 2}\n".to_owned(), 9)));
        let bad = b"a,b\n1,\xff\xfe\n2,x\n";
        assert_eq!(raw(bad, "f.csv", 4, 0, 99), Some(("1,\u{fffd}\u{fffd}\n".to_owned(), 5)));
    }

    #[test]
    fn a_long_record_is_counted_to_its_end() {
        let long = "y".repeat(300_000);
        let text = format!("a,b\n1,\"{long}\"\n2,z\n");
        let (shown, length) = raw(text.as_bytes(), "f.csv", 4, 0, 10).unwrap();
        assert_eq!((shown.as_str(), length), ("1,\"yyyyyyy", 300_005));
        assert_eq!(raw(text.as_bytes(), "f.csv", 4, 1, 10), Some(("2,z\n".to_owned(), 4)));
    }

    #[test]
    fn an_array_has_no_records_at_offsets() {
        let text = "[{\"a\": 1}]".as_bytes();
        let options = Options { name: "f.json".into(), ..Options::default() };
        let plan = open(&text, &options, Governing::default()).unwrap();
        assert!(raw_at(&text, &plan, 0, 0, 9).is_err());
    }
}
