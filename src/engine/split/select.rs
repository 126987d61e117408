//! Some rows of a typed column, copied together.

use std::ops::Range;

use crate::block::{Array, Bits, Strings, Values};

/// Rows of a column, in the order of the ranges they were asked for in.
pub(super) struct Selected<'a> {
    validity: Option<Vec<u8>>,
    codes: Option<Vec<u32>>,
    dictionary: u64,
    values: Held<'a>,
}

enum Held<'a> {
    /// A dictionary's values, or none: as they were.
    Whole(Values<'a>),
    Booleans(Vec<u8>),
    Integers(Vec<i64>),
    Wides(Vec<i128>),
    Floats(Vec<f64>),
    Strings(Vec<i32>, Vec<u8>),
}

impl<'a> Selected<'a> {
    /// The rows of these ranges.
    pub(super) fn of(array: &Array<'a>, ranges: &[Range<usize>]) -> Selected<'a> {
        Selected {
            validity: array.validity.map(|it| bits(&it, ranges)),
            codes: array.codes.map(|it| copied(it, ranges)),
            dictionary: array.dictionary,
            values: if array.codes.is_some() {
                Held::Whole(array.values)
            } else {
                match &array.values {
                    Values::Booleans(it) => Held::Booleans(bits(it, ranges)),
                    Values::Integers(it) => Held::Integers(copied(it, ranges)),
                    Values::Wides(it) => Held::Wides(copied(it, ranges)),
                    Values::Floats(it) => Held::Floats(copied(it, ranges)),
                    Values::Strings(it) => strings(it, ranges),
                    Values::Nulls => Held::Whole(Values::Nulls),
                }
            },
        }
    }

    /// As a column of a block.
    pub(super) fn array(&self) -> Array<'_> {
        fn all(bytes: &[u8]) -> Bits<'_> {
            Bits { bytes, offset: 0 }
        }
        Array {
            validity: self.validity.as_deref().map(all),
            codes: self.codes.as_deref(),
            dictionary: self.dictionary,
            values: match &self.values {
                Held::Whole(values) => *values,
                Held::Booleans(bytes) => Values::Booleans(all(bytes)),
                Held::Integers(values) => Values::Integers(values),
                Held::Wides(values) => Values::Wides(values),
                Held::Floats(values) => Values::Floats(values),
                Held::Strings(offsets, bytes) => Values::Strings(Strings { offsets, bytes }),
            },
        }
    }
}

fn copied<T: Copy>(values: &[T], ranges: &[Range<usize>]) -> Vec<T> {
    ranges.iter().flat_map(|range| values[range.clone()].iter().copied()).collect()
}

fn bits(bits: &Bits<'_>, ranges: &[Range<usize>]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (i, row) in ranges.iter().flat_map(Clone::clone).enumerate() {
        if i & 7 == 0 {
            bytes.push(0);
        }
        bytes[i >> 3] |= u8::from(bits.get(row)) << (i & 7);
    }
    bytes
}

fn strings<'a>(strings: &Strings<'_>, ranges: &[Range<usize>]) -> Held<'a> {
    let (mut offsets, mut bytes) = (vec![0], Vec::new());
    for range in ranges.iter().filter(|it| !it.is_empty()) {
        let (from, to) = (strings.offsets[range.start], strings.offsets[range.end]);
        let by = bytes.len() as i32 - from;
        offsets.extend(strings.offsets[range.start + 1..=range.end].iter().map(|offset| offset + by));
        bytes.extend_from_slice(&strings.bytes[from as usize..to as usize]);
    }
    Held::Strings(offsets, bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rows_of_the_ranges_are_there_in_their_order() {
        let ranges = [1..3, 5..6];
        let strings = Strings { offsets: &[2, 3, 5, 5, 6, 7, 9], bytes: b"..abbcdee" };
        let validity = Some(Bits { bytes: &[0b0101_0100], offset: 1 });
        let plain = |values| Array { validity, codes: None, dictionary: 0, values };
        let selected = Selected::of(&plain(Values::Strings(strings)), &ranges);
        let array = selected.array();
        let Values::Strings(found) = array.values else { panic!("strings") };
        assert_eq!((0..3).map(|i| found.get(i)).collect::<Vec<_>>(), [&b"bb"[..], b"", b"ee"]);
        let bits = array.validity.unwrap();
        assert_eq!([bits.get(0), bits.get(1), bits.get(2)], [true, false, true]);
        let selected = Selected::of(&plain(Values::Integers(&[0, 1, 2, 3, 4, 5])), &ranges);
        let Values::Integers(found) = selected.array().values else { panic!("integers") };
        assert_eq!(found, [1, 2, 5]);
        let coded = Array { codes: Some(&[0, 1, 0, 1, 0, 1]), ..plain(Values::Strings(strings)) };
        assert_eq!(Selected::of(&coded, &ranges).array().codes, Some(&[1, 0, 1][..]));
    }
}
