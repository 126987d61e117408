//! A short cell in two machine words: compared, and read as a number, without a loop over its bytes.

use super::domain::pow10;

/// The most bytes of a cell that has a word.
pub const WIDEST: usize = 16;

/// The bytes of a cell of 1 to 16 of them, and their number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    low: u64,
    high: u64,
    len: u32,
}

/// Which bits of the two words so many bytes fill.
const FILLED: [[u64; 2]; WIDEST + 1] = {
    let mut filled = [[0; 2]; WIDEST + 1];
    let mut len = 1;
    while len <= WIDEST {
        filled[len] =
            if len <= 8 { [u64::MAX >> (64 - 8 * len), 0] } else { [u64::MAX, u64::MAX >> (128 - 8 * len)] };
        len += 1;
    }
    filled
};

const TENS: [u64; 9] = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000];

impl Word {
    /// The word of the `len` bytes from `start` on. `None` where they are none or more than 16, or where fewer than 16
    /// bytes are left to be read at once.
    #[inline]
    pub fn at(bytes: &[u8], start: usize, len: usize) -> Option<Word> {
        let filled = FILLED.get(len)?;
        let chunk = bytes.get(start..)?.first_chunk::<WIDEST>()?;
        let both = u128::from_le_bytes(*chunk);
        let word =
            Word { low: both as u64 & filled[0], high: (both >> 64) as u64 & filled[1], len: len as u32 };
        (len > 0).then_some(word)
    }

    /// The two words and the number of bytes.
    #[inline]
    pub fn parts(self) -> (u64, u64, u32) {
        (self.low, self.high, self.len)
    }

    /// The bytes, and zeros behind them.
    pub fn bytes(low: u64, high: u64) -> [u8; WIDEST] {
        (u128::from(low) | u128::from(high) << 64).to_le_bytes()
    }

    /// An integer of at most 16 digits with or without a minus; everything else is `None`, which
    /// [`super::number::integer`] may still read.
    #[inline]
    pub fn integer(self) -> Option<i64> {
        let is_negative = self.low as u8 == b'-';
        let word = if is_negative { self.behind_first() } else { self };
        let value = word.digits()? as i64;
        Some(if is_negative { -value } else { value })
    }

    /// What [`super::number::plain_decimal`] gives for these bytes.
    #[inline]
    pub fn plain_decimal(self) -> Option<f64> {
        let is_negative = self.low as u8 == b'-';
        let word = if is_negative { self.behind_first() } else { self };
        let (in_low, in_high) = (first_of(word.low, b'.'), first_of(word.high, b'.'));
        let point = if in_low < 8 { in_low } else { 8 + in_high };
        let fraction = word.len.checked_sub(point + 2)? + 1;
        // Zeros before other digits say nothing; a point comes behind a digit.
        if point == 0 || (point > 1 && word.low as u8 == b'0') {
            return None;
        }
        let mantissa = word.without(point).digits()?;
        if mantissa > 1 << 53 {
            return None;
        }
        let value = mantissa as f64 / pow10(fraction as u8);
        Some(if is_negative { -value } else { value })
    }

    #[inline]
    fn behind_first(self) -> Word {
        Word { low: self.low >> 8 | self.high << 56, high: self.high >> 8, len: self.len - 1 }
    }

    /// Without the byte at this place of its bytes.
    #[inline]
    fn without(self, place: u32) -> Word {
        let next = self.behind_first();
        let [before_low, before_high] = FILLED[place as usize & (WIDEST - 1)];
        Word {
            low: self.low & before_low | next.low & !before_low,
            high: self.high & before_high | next.high & !before_high,
            len: next.len,
        }
    }

    /// The number that all of the bytes, 1 to 16 digits, are.
    #[inline]
    fn digits(self) -> Option<u64> {
        let (first, rest) = if self.len <= 8 {
            (0, eight_digits(self.low, self.len)?)
        } else {
            let rest = eight_digits(self.high, self.len - 8)?;
            (eight_digits(self.low, 8)? * TENS[self.len as usize & 7 | (self.len as usize & 16) >> 1], rest)
        };
        Some(first + rest)
    }
}

/// Where the first of eight bytes is that equals `byte`; 8 where none does.
#[inline]
fn first_of(word: u64, byte: u8) -> u32 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let differs = word ^ (ONES * byte as u64);
    // The lowest byte that is marked is truly zero; a borrow can mark only bytes above it.
    let zeros = differs.wrapping_sub(ONES) & !differs & (ONES << 7);
    zeros.trailing_zeros() / 8
}

/// The number that the lowest `len` (1 to 8) bytes are, if all of them are digits: zeros are put before them, then pairs of
/// digits, of pairs and of fours are joined (D. Lemire, "Quickly parsing eight digits", 2018).
#[inline]
fn eight_digits(word: u64, len: u32) -> Option<u64> {
    const ZEROS: u64 = 0x3030_3030_3030_3030;
    let free = (64 - 8 * len) & 63;
    let missing = !(u64::MAX << free);
    let word = word << free | ZEROS & missing;
    let digits = word ^ ZEROS;
    if len == 0
        || digits.wrapping_add(0x0606_0606_0606_0606) & 0xF0F0_F0F0_F0F0_F0F0 | digits & 0xF0F0_F0F0_F0F0_F0F0
            != 0
    {
        return None;
    }
    let pairs = digits.wrapping_mul(10 << 8 | 1) >> 8 & 0x00FF_00FF_00FF_00FF;
    let fours = pairs.wrapping_mul(100 << 16 | 1) >> 16 & 0x0000_FFFF_0000_FFFF;
    Some(fours.wrapping_mul(10_000 << 32 | 1) >> 32)
}

#[cfg(test)]
mod tests {
    use super::super::number;
    use super::*;
    use proptest::prelude::*;

    fn word(text: &str) -> Option<Word> {
        let padded = format!("{text},7\"\u{ff}padding padding");
        Word::at(padded.as_bytes(), 0, text.len())
    }

    proptest! {
        #[test]
        fn numbers_are_read_as_byte_by_byte(text in "[-+]?[0-9]{0,9}|-?[0-9]{1,8}\\.[0-9]{0,7}|[0-9./:;,eE+-]{0,17}|.{0,4}") {
            let Some(word) = word(&text) else {
                prop_assert!(text.is_empty() || text.len() > WIDEST);
                return Ok(());
            };
            let bytes = text.as_bytes();
            if let Some(integer) = word.integer() {
                prop_assert_eq!(Some(integer), number::integer(bytes));
            } else {
                prop_assert!(number::integer(bytes).is_none() || text.starts_with('+'));
            }
            prop_assert_eq!(word.plain_decimal(), number::plain_decimal(bytes));
            let (low, high, len) = word.parts();
            prop_assert_eq!(&Word::bytes(low, high)[..len as usize], bytes);
        }
    }

    #[test]
    fn the_longest_and_the_odd() {
        let integer = |text| word(text).and_then(Word::integer);
        assert_eq!(integer("9999999999999999"), Some(9_999_999_999_999_999));
        assert_eq!(integer("-123456789012345"), Some(-123_456_789_012_345));
        assert_eq!(integer("00000000"), Some(0));
        assert_eq!(
            [integer("-"), integer("12\u{0}4"), integer("1234567x"), integer("/"), integer(":")],
            [None; 5]
        );
        let decimal = |text| word(text).and_then(Word::plain_decimal);
        assert_eq!(decimal("-0.5"), Some(-0.5));
        assert_eq!(decimal("12345678.1234567"), Some(12_345_678.123_456_7));
        assert_eq!(decimal("1234567890123.25"), Some(1_234_567_890_123.25));
        for text in [".5", "5.", "1.2.3", "-.5", "01.5", "-", ".", "5", "1..5"] {
            assert_eq!(decimal(text), None, "{text}");
        }
        assert_eq!(Word::at(b"12345", 0, 5), None, "the bytes behind it cannot be read");
    }
}
