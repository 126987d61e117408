//! Tallies: how many cells of a column are of which narrowest type. The column's type is a pure function of them.

use super::pack::pack_struct;
use crate::cell::classify::{Class, Kind, N_KINDS};
use crate::cell::number;
use crate::cell::temporal::{self, FORMATS};
use crate::cell::tokens::{self, N_TOKENS};
use crate::cell::{TimeUnit, Type};

/// Counts over all cells of a column, whatever the column is parsed as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    /// Cells that are no null token, by narrowest type.
    pub kinds: Vec<u64>,
    /// Cells by null token.
    pub tokens: Vec<u64>,
    /// Dates and timestamps by the formats that read them.
    pub formats: Vec<u64>,
    /// Bytes of the shortest and the longest run of digits among integers and numbers with leading zeros.
    pub width: (u64, u64),
    /// Integers that a double does not hold exactly.
    pub big: u64,
    /// Most digits behind a second's point.
    pub fraction: u64,
    /// Cells of exactly two capital letters.
    pub two_letters: u64,
    /// Cells with white space around a value that is not text.
    pub padded: u64,
}

pack_struct!(Tally { kinds, tokens, formats, width, big, fraction, two_letters, padded });

impl Default for Tally {
    fn default() -> Tally {
        Tally {
            kinds: vec![0; N_KINDS],
            tokens: vec![0; N_TOKENS],
            formats: vec![0; FORMATS.len()],
            width: (u64::MAX, 0),
            big: 0,
            fraction: 0,
            two_letters: 0,
            padded: 0,
        }
    }
}

/// What the tallies say a column is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decision {
    /// The type.
    pub ty: Type,
    /// The accepted date formats.
    pub formats: u32,
    /// The null tokens that are missing.
    pub nulls: u32,
    /// Neither clearly of a type nor clearly text.
    pub mixed: bool,
    /// The order of day and month could not be told.
    pub ambiguous: bool,
}

/// Integers of a block, as the kernel meets them.
#[derive(Debug, Default)]
pub struct Integers {
    plain: u64,
    padded: u64,
    width: Option<(u64, u64)>,
    big: u64,
}

impl Integers {
    /// Counts one.
    #[inline]
    pub fn add(&mut self, text: &[u8]) {
        let leading_zero = number::has_leading_zero(text);
        self.padded += u64::from(leading_zero);
        self.plain += u64::from(!leading_zero);
        let width = text.len() as u64;
        self.width =
            Some(self.width.map_or((width, width), |(least, most)| (least.min(width), most.max(width))));
        self.big += u64::from(width > 15);
    }
}

/// Dates and timestamps of a block in the ISO format.
#[derive(Debug, Default)]
pub struct Times {
    kinds: [u64; 3],
    fraction: u64,
}

impl Times {
    /// Counts one.
    #[inline]
    pub fn add(&mut self, kind: Kind, fraction: u8) {
        match kind {
            Kind::Date => self.kinds[0] += 1,
            Kind::Zoned => self.kinds[2] += 1,
            _ => self.kinds[1] += 1,
        }
        self.fraction = self.fraction.max(fraction.into());
    }
}

impl Tally {
    /// Counts `n` cells of this class; `text` is theirs.
    #[inline]
    pub fn add(&mut self, class: Class, text: &[u8], n: u64) {
        self.kinds[class.kind as usize] += n;
        match class.kind {
            Kind::Integer | Kind::LeadingZero | Kind::Wide => {
                self.integer(u64::from(class.width), n, class.width > 15);
            }
            Kind::Date | Kind::Timestamp | Kind::Zoned => {
                for (bit, count) in self.formats.iter_mut().enumerate() {
                    *count += n * u64::from(class.formats >> bit & 1);
                }
                self.fraction = self.fraction.max(class.fraction.into());
            }
            Kind::Text if text.len() == 2 && text.iter().all(u8::is_ascii_uppercase) => self.two_letters += n,
            _ => {}
        }
        self.padded += n * u64::from(class.padded);
    }

    /// The attributes of `n` integers of this width.
    #[inline]
    fn integer(&mut self, width: u64, n: u64, big: bool) {
        self.width = (self.width.0.min(width), self.width.1.max(width));
        self.big += if big { n } else { 0 };
    }

    /// Counts integers of 64 bits without classifying them again.
    pub fn add_integers(&mut self, integers: &Integers) {
        self.kinds[Kind::Integer as usize] += integers.plain;
        self.kinds[Kind::LeadingZero as usize] += integers.padded;
        if let Some((shortest, longest)) = integers.width {
            self.width = (self.width.0.min(shortest.min(255)), self.width.1.max(longest.min(255)));
        }
        self.big += integers.big;
    }

    /// Counts dates and timestamps in the ISO format without classifying them again.
    pub fn add_times(&mut self, times: &Times) {
        let [dates, local, zoned] = times.kinds;
        self.kinds[Kind::Date as usize] += dates;
        self.kinds[Kind::Timestamp as usize] += local;
        self.kinds[Kind::Zoned as usize] += zoned;
        self.formats[0] += dates + local + zoned;
        self.fraction = self.fraction.max(times.fraction);
    }

    /// Counts a null token.
    #[inline]
    pub fn add_token(&mut self, token: u8) {
        self.tokens[usize::from(token)] += 1;
    }

    /// Joins the tallies of other cells.
    pub fn merge(&mut self, other: &Tally) {
        for (mine, others) in [
            (&mut self.kinds, &other.kinds),
            (&mut self.tokens, &other.tokens),
            (&mut self.formats, &other.formats),
        ] {
            mine.iter_mut().zip(others).for_each(|(a, b)| *a += b);
        }
        self.width = (self.width.0.min(other.width.0), self.width.1.max(other.width.1));
        self.big += other.big;
        self.fraction = self.fraction.max(other.fraction);
        self.two_letters += other.two_letters;
        self.padded += other.padded;
    }

    fn kind(&self, kind: Kind) -> u64 {
        self.kinds.get(kind as usize).copied().unwrap_or(0)
    }

    /// Cells that are no null token.
    pub fn present(&self) -> u64 {
        self.kinds.iter().sum()
    }

    /// The column's type: the narrowest that at least 90 % of the cells that are no null token parse as. Numbers are
    /// floats as soon as one of them is, unless that would round integers beyond 2⁵³. Digits with leading zeros are
    /// codes, hence text, where all are equally long or at least 1 % have them.
    pub fn decide(&self) -> Decision {
        let n = self.present();
        let most = |cells: u64| n > 0 && u128::from(cells) * 10 >= u128::from(n) * 9;
        let zeros = self.kind(Kind::LeadingZero);
        let integers = self.kind(Kind::Integer) + self.kind(Kind::Wide) + zeros;
        let codes = zeros > 0 && (self.width.0 == self.width.1 || zeros * 100 >= integers);
        let floats = self.kind(Kind::Float);
        let numbers = if codes { 0 } else { integers + floats };
        let dates = self.kind(Kind::Date);
        let (local, zoned) = (self.kind(Kind::Timestamp), self.kind(Kind::Zoned));
        let booleans = self.kind(Kind::Boolean);
        let times = self.kind(Kind::Time);
        let (lists, objects) = (self.kind(Kind::List), self.kind(Kind::Object));
        let (formats, ambiguous) = self.formats_read();

        let ty = if most(booleans) {
            Type::Boolean
        } else if most(numbers) {
            if floats == 0 || (self.big > 0 && most(integers)) {
                if self.kind(Kind::Wide) > 0 { Type::WideInteger } else { Type::Integer }
            } else {
                Type::Float
            }
        } else if most(dates) && local + zoned == 0 {
            Type::Date
        } else if most(dates + local + zoned) {
            let unit = if self.fraction > 6 { TimeUnit::Nano } else { TimeUnit::Micro };
            Type::Timestamp { unit, zoned: zoned > local }
        } else if most(times) {
            Type::Time
        } else if most(lists) {
            Type::List
        } else if most(lists + objects) {
            Type::Json
        } else {
            Type::Text
        };
        let best = booleans.max(numbers).max(dates + local + zoned).max(times);
        let mixed = ty == Type::Text && n > 0 && best * 2 >= n;
        Decision {
            ty,
            formats: if ty.is_temporal() { formats } else { 0 },
            nulls: self.nulls(ty),
            mixed,
            ambiguous: ambiguous && ty.is_temporal(),
        }
    }

    /// Whether a column that was of this type has clearly become another: less than half of its cells that are no null
    /// token are of the type, and nine in ten are of one other. Cells that are neither are invalid ones of the old type.
    pub fn retypes(&self, was: Type) -> bool {
        let all = self.present();
        let decision = self.decide();
        let clearly = || match decision.ty {
            Type::Text => u128::from(self.kind(Kind::Text)) * 10 >= u128::from(all) * 9,
            _ => true,
        };
        all > 0
            && !was.is_bytes()
            && decision.ty.id() != was.id()
            && self.cells_of(was) < all.div_ceil(2)
            && clearly()
    }

    /// Cells of the kinds that a column of this type can hold.
    fn cells_of(&self, ty: Type) -> u64 {
        let kinds: &[Kind] = match ty {
            Type::Boolean => &[Kind::Boolean],
            Type::Integer | Type::WideInteger => &[Kind::Integer, Kind::Wide, Kind::LeadingZero],
            Type::Decimal(_) | Type::Float => &[Kind::Integer, Kind::Wide, Kind::LeadingZero, Kind::Float],
            Type::Date => &[Kind::Date],
            Type::Timestamp { .. } => &[Kind::Date, Kind::Timestamp, Kind::Zoned],
            Type::Time => &[Kind::Time],
            Type::Duration => &[],
            Type::Text | Type::List | Type::Json | Type::Binary => &Kind::ALL,
        };
        kinds.iter().map(|kind| self.kind(*kind)).sum()
    }

    /// The null tokens of a column of this type: every spelling, but for text only those that are hardly a value.
    pub fn nulls(&self, ty: Type) -> u32 {
        if !ty.is_bytes() {
            return tokens::FULL;
        }
        let text = self.kind(Kind::Text);
        if text > 0 && u128::from(self.two_letters) * 10 >= u128::from(text) * 9 {
            tokens::CODES
        } else {
            tokens::TEXT
        }
    }

    /// The accepted formats: all that read at least one cell, and of the two orders of day and month the one that
    /// reads more; where both read the same, day first, and ambiguous.
    pub fn formats_read(&self) -> (u32, bool) {
        let mut bits = 0;
        for (bit, &count) in self.formats.iter().enumerate() {
            bits |= u32::from(count > 0) << bit;
        }
        let mut ambiguous = false;
        for (day_first, month_first) in [temporal::SLASH, temporal::DASH] {
            let count = |bits: u32| self.formats[bits.trailing_zeros() as usize];
            if bits & day_first != 0 && bits & month_first != 0 {
                ambiguous |= count(day_first) == count(month_first);
                bits &= if count(month_first) > count(day_first) { !day_first } else { !month_first };
            }
        }
        (bits, ambiguous)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::block::Form;
    use crate::cell::classify::classify;

    fn tally(cells: &[(&str, u64)]) -> Tally {
        let mut tally = Tally::default();
        for (text, n) in cells {
            match tokens::find(text.as_bytes()) {
                Some(token) => (0..*n).for_each(|_| tally.add_token(token)),
                None => tally.add(classify(text.as_bytes(), Form::Bare), text.as_bytes(), *n),
            }
        }
        tally
    }

    #[test]
    fn the_narrowest_type_of_nine_cells_in_ten() {
        let micro = Type::Timestamp { unit: TimeUnit::Micro, zoned: false };
        let cases: [(&[(&str, u64)], Type); 17] = [
            (&[("1", 9), ("x", 1)], Type::Integer),
            (&[("1", 89), ("x", 11)], Type::Text),
            (&[("1", 99), ("1.5", 1)], Type::Float),
            (&[("9007199254740993", 99), ("1.5", 1)], Type::Integer),
            (&[("99999999999999999999", 1), ("5", 9)], Type::WideInteger),
            (&[("00501", 1), ("12345", 99)], Type::Text),
            (&[("07", 1), ("123", 999)], Type::Integer),
            (&[("07", 10), ("123", 900)], Type::Text),
            (&[("true", 5), ("NO", 5)], Type::Boolean),
            (&[("2024-01-02", 10)], Type::Date),
            (&[("2024-01-02", 5), ("2024-01-02T01:00:00", 5)], micro),
            (&[("NA", 50), ("3", 2)], Type::Integer),
            (&[("NA", 5)], Type::Text),
            (&[("10:30", 4)], Type::Time),
            (&[("-", 100), ("1.5", 1)], Type::Float),
            (&[("192.168.0.1", 9)], Type::Text),
            (&[], Type::Text),
        ];
        for (cells, expected) in cases {
            assert_eq!(tally(cells).decide().ty, expected, "{cells:?}");
        }
    }

    #[test]
    fn half_numbers_half_words_is_mixed_text() {
        assert!(tally(&[("1", 60), ("x", 40)]).decide().mixed);
        assert!(!tally(&[("1", 40), ("x", 60)]).decide().mixed);
        assert!(!tally(&[("1", 95), ("x", 5)]).decide().mixed);
    }

    #[test]
    fn a_column_is_of_another_type_where_that_is_clear() {
        let micro = Type::Timestamp { unit: TimeUnit::Micro, zoned: false };
        let cases: [(Type, &[(&str, u64)], bool); 18] = [
            (Type::Integer, &[("47.0", 99), ("NA", 1)], true),
            (Type::Integer, &[("47.0", 6), ("47", 4)], true),
            (Type::Integer, &[("47.0", 5), ("47", 5)], false),
            (Type::Integer, &[("47.0", 6), ("x", 4)], false),
            (Type::Integer, &[("x", 9), ("1", 1)], true),
            (Type::Integer, &[("x", 8), ("1", 2)], false),
            (Type::Float, &[("12", 9)], false),
            (Type::Float, &[("x16.04", 9)], true),
            (Type::Float, &[("007", 9)], false),
            (Type::Boolean, &[("0", 5), ("1", 5)], true),
            (Type::Boolean, &[("Y", 5), ("N", 5)], true),
            (micro, &[("1700000000", 9)], true),
            (micro, &[("2024-01-02", 9)], false),
            (Type::Date, &[("2024-01-02 10:00:00", 9)], true),
            (Type::Date, &[("31/12/2024", 9)], false),
            (Type::Text, &[("12", 9)], false),
            (Type::Integer, &[("NA", 9)], false),
            (Type::Integer, &[], false),
        ];
        for (was, cells, expected) in cases {
            assert_eq!(tally(cells).retypes(was), expected, "{was:?} {cells:?}");
        }
    }

    #[test]
    fn na_is_a_value_among_two_letter_codes_only() {
        assert_eq!(tally(&[("DE", 95), ("NA", 5)]).decide().nulls, tokens::CODES);
        assert_eq!(tally(&[("N123", 95), ("NA", 5)]).decide().nulls, tokens::TEXT);
        assert_eq!(tally(&[("1", 95), ("NA", 5)]).decide().nulls, tokens::FULL);
    }

    #[test]
    fn day_and_month_are_told_apart_by_the_days_beyond_twelve() {
        assert_eq!(tally(&[("01/04/2024", 5), ("31/12/2024", 1)]).decide().formats, 1 << 4);
        assert_eq!(tally(&[("01/04/2024", 5), ("12/31/2024", 1)]).decide().formats, 1 << 5);
        let open = tally(&[("01/04/2024", 5)]).decide();
        assert!(open.ambiguous && open.formats == 1 << 4);
    }
}
