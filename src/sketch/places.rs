//! The first places of something in a file, whatever the cutting: places are held per segment (the run that saw them)
//! and resolved to rows and lines when all segments are known.

use super::pack::pack_struct;
use crate::cell::limits;
use crate::issue::Place;

/// A place relative to the segment that begins at `segment`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocalPlace {
    /// Where the segment begins: a byte offset, or the index of a row group or batch.
    pub segment: u64,
    /// Row within the segment, from 0; `None` outside the rows.
    pub row: Option<u64>,
    /// Line breaks since the segment's start.
    pub line: Option<u64>,
    /// Offset in the decompressed file.
    pub byte: Option<u64>,
    /// Raw text, cut.
    pub text: Vec<u8>,
    /// Whether there is a cell at all (a missing one has no text).
    pub present: bool,
}

pack_struct!(LocalPlace { segment, row, line, byte, text, present });

/// A count with its first places.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Places {
    /// How often.
    pub count: u64,
    /// The first ones, by segment and then in the order they came.
    pub first: Vec<LocalPlace>,
}

pack_struct!(Places { count, first });

impl Places {
    /// Counts one and keeps its place if it is among the first `most`. Places of a segment come in file order.
    #[inline]
    pub fn add(&mut self, most: usize, place: impl FnOnce() -> LocalPlace) {
        self.count += 1;
        if self.first.len() < most {
            self.first.push(place());
        }
    }

    /// Joins the places of other segments.
    pub fn merge(&mut self, other: &Places, most: usize) {
        self.count += other.count;
        self.first.extend_from_slice(&other.first);
        crate::order::sort_by_key(&mut self.first, |place| place.segment);
        self.first.truncate(most);
    }
}

/// A stretch of the file that one run scanned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Segment {
    /// Where its first record begins.
    pub start: u64,
    /// Where the next segment's first record begins.
    pub end: u64,
    /// Rows profiled in it.
    pub rows: u64,
    /// Records set aside in it.
    pub set_aside: u64,
    /// Line breaks in it.
    pub lines: u64,
}

pack_struct!(Segment { start, end, rows, set_aside, lines });

/// Turns local places into places of the file: rows and lines are counted over the segments before.
pub fn resolve(places: &[LocalPlace], segments: &[Segment], lines_before: u64) -> Vec<Place> {
    places
        .iter()
        .map(|place| {
            let before = segments.iter().filter(|it| it.start < place.segment);
            let (rows, lines) = before.fold((0, lines_before), |sum, it| (sum.0 + it.rows, sum.1 + it.lines));
            Place {
                row: place.row.map_or(0, |row| rows + row + 1),
                line: place.line.map(|line| lines + line + 1),
                byte: place.byte,
                text: shown(&place.text),
            }
        })
        .collect()
}

/// The text of a place for a person: cut at a character, ill-formed UTF-8 replaced.
pub fn shown(text: &[u8]) -> String {
    let text = String::from_utf8_lossy(text);
    if text.len() <= limits::SHOWN_BYTES {
        return text.into_owned();
    }
    let mut cut = limits::SHOWN_BYTES - 4;
    while !text.is_char_boundary(cut) {
        cut -= 1;
    }
    format!("{}…", &text[..cut])
}

/// The raw text to keep for a place: what [`shown`] needs and no more.
pub fn kept(text: &[u8]) -> Vec<u8> {
    text[..text.len().min(limits::SHOWN_BYTES + 4)].to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(segment: u64, row: u64) -> LocalPlace {
        LocalPlace {
            segment,
            row: Some(row),
            line: Some(row),
            byte: None,
            text: b"x".to_vec(),
            present: true,
        }
    }

    #[test]
    fn the_first_places_are_the_same_in_any_order_of_merging() {
        let parts: Vec<Places> =
            (0..3u64).map(|s| Places { count: 2, first: vec![place(s * 10, 0), place(s * 10, 1)] }).collect();
        let merged = |order: [usize; 3]| {
            let mut all = Places::default();
            order.iter().for_each(|&i| all.merge(&parts[i], 3));
            all
        };
        assert_eq!(merged([0, 1, 2]), merged([2, 0, 1]));
        assert_eq!(merged([1, 2, 0]).count, 6);
    }

    #[test]
    fn rows_and_lines_count_over_the_segments_before() {
        let segment = |start, rows| Segment { start, end: start + 10, rows, set_aside: 0, lines: rows + 1 };
        let found = resolve(&[place(10, 2)], &[segment(0, 5), segment(10, 5)], 1);
        assert_eq!((found[0].row, found[0].line), (8, Some(10)));
    }

    #[test]
    fn long_text_is_cut_at_a_character() {
        assert_eq!(shown(&b"ab\xff"[..]), "ab\u{fffd}");
        let long = "é".repeat(300);
        assert!(shown(long.as_bytes()).len() <= limits::SHOWN_BYTES);
        assert_eq!(shown(&kept(long.as_bytes())), shown(long.as_bytes()));
    }
}
