//! Σx and Σx² of a column past its budget: cells in, exact sums out, at the cost of a few additions a cell.
//!
//! Doubles are added as integers to one accumulator for each exponent, which holds a thousand of them before it must be
//! emptied into the wide sum: the large superaccumulator of R. Neal, "Fast exact summation using small and large
//! superaccumulators" (2015), here for squares as well, in three parts of a product each.

use super::exact_sum::ExactSum;
use super::pack::Pack;
use crate::error::Result;

/// The sums of the cells, and of their squares.
#[derive(Debug, Clone, Default)]
pub struct Sums {
    sum: ExactSum,
    squares: ExactSum,
    bins: Option<Box<Bins>>,
}

/// Bits of a mantissa's low half.
const LOW: u32 = 26;
/// Doubles before the bins are emptied: products of 27 bits twice, and mantissas of 53, stay below 2^64.
const LAZY: u32 = 1 << 10;
/// As often as this a value is added one by one in no more time than at once with its count.
const FEW: u64 = 8;

/// By exponent: mantissas of positive and of negative doubles, and the parts of their squares.
#[derive(Debug, Clone)]
struct Bins {
    mantissas: Vec<[u64; 2]>,
    squares: Vec<[u64; 3]>,
    pending: u32,
    /// The lowest and the highest exponent in use.
    range: (usize, usize),
}

impl Default for Bins {
    fn default() -> Bins {
        Bins { mantissas: vec![[0; 2]; 2048], squares: vec![[0; 3]; 2048], pending: 0, range: (2047, 0) }
    }
}

impl Bins {
    #[inline]
    fn add(&mut self, x: f64) {
        let bits = x.to_bits();
        let exponent = (bits >> 52 & 0x7ff) as usize;
        let fraction = bits & ((1 << 52) - 1);
        let mantissa = if exponent == 0 { fraction } else { fraction | 1 << 52 };
        self.mantissas[exponent][(bits >> 63) as usize] += mantissa;
        let (high, low) = (mantissa >> LOW, mantissa & ((1 << LOW) - 1));
        let square = &mut self.squares[exponent];
        square[0] += low * low;
        square[1] += high * low;
        square[2] += high * high;
        self.range = (self.range.0.min(exponent), self.range.1.max(exponent));
    }

    fn empty(&mut self, sum: &mut ExactSum, squares: &mut ExactSum) {
        if self.pending == 0 {
            return;
        }
        for exponent in self.range.0..=self.range.1 {
            let [positive, negative] = std::mem::take(&mut self.mantissas[exponent]);
            sum.add_scaled(positive, exponent.max(1) as i32 - 1075, false);
            sum.add_scaled(negative, exponent.max(1) as i32 - 1075, true);
            let [low, middle, high] = std::mem::take(&mut self.squares[exponent]);
            let unit = 2 * (exponent.max(1) as i32 - 1075);
            squares.add_scaled(low, unit, false);
            squares.add_scaled(middle, unit + LOW as i32 + 1, false);
            squares.add_scaled(high, unit + 2 * LOW as i32, false);
        }
        (self.pending, self.range) = (0, (2047, 0));
    }
}

impl Sums {
    /// Adds finite doubles.
    #[inline]
    pub fn add_floats(&mut self, cells: &[f64]) {
        let bins = self.bins.get_or_insert_default();
        for cells in cells.chunks(LAZY as usize) {
            if bins.pending + cells.len() as u32 > LAZY {
                bins.empty(&mut self.sum, &mut self.squares);
            }
            bins.pending += cells.len() as u32;
            cells.iter().for_each(|&x| bins.add(x));
        }
    }

    /// Adds integers.
    #[inline]
    pub fn add_integers(&mut self, cells: &[i64]) {
        // Whole words are split at 32 bits, so that 2^31 additions fit each accumulator.
        let (mut low, mut high) = (0u64, 0i64);
        let mut squares = [0u64; 6];
        for &x in cells {
            low += u64::from(x as u32);
            high += x >> 32;
            let magnitude = x.unsigned_abs();
            let (a, b) = (magnitude >> 32, magnitude & 0xffff_ffff);
            for (part, product) in [b * b, a * b, a * a].into_iter().enumerate() {
                squares[2 * part] += product & 0xffff_ffff;
                squares[2 * part + 1] += product >> 32;
            }
        }
        self.sum.add_scaled(low, 0, false);
        self.sum.add_scaled(high.unsigned_abs(), 32, high < 0);
        for (part, unit) in [0, 32, 33, 65, 64, 96].into_iter().enumerate() {
            self.squares.add_scaled(squares[part], unit, false);
        }
    }

    /// Adds `x · count` and `x² · count`.
    pub fn add_float(&mut self, x: f64, count: u64) {
        self.sum.add_f64(x, count);
        self.squares.add_square_f64(x, count);
    }

    /// Adds `x · count` and `x² · count`.
    pub fn add_integer(&mut self, x: i128, count: u64) {
        self.sum.add_i128(x, count);
        self.squares.add_square_i128(x, count);
    }

    /// Adds counted doubles; those that occur a few times, which are most where there are many, by exponent.
    pub fn add_counted_floats(&mut self, cells: impl Iterator<Item = (f64, u64)>) {
        let mut single = [0.0; 128];
        let mut held = 0;
        for (x, count) in cells {
            if count > FEW || !x.is_finite() {
                self.add_float(x, count);
                continue;
            }
            for _ in 0..count {
                single[held] = x;
                held += 1;
                if held == single.len() {
                    self.add_floats(&single);
                    held = 0;
                }
            }
        }
        self.add_floats(&single[..held]);
    }

    /// Adds counted integers, in the same way.
    pub fn add_counted_integers(&mut self, cells: impl Iterator<Item = (i64, u64)>) {
        let mut single = [0; 128];
        let mut held = 0;
        for (x, count) in cells {
            if count > FEW {
                self.add_integer(x.into(), count);
                continue;
            }
            for _ in 0..count {
                single[held] = x;
                held += 1;
                if held == single.len() {
                    self.add_integers(&single);
                    held = 0;
                }
            }
        }
        self.add_integers(&single[..held]);
    }

    /// Adds the other sums.
    pub fn merge(&mut self, other: &Sums) {
        let (sum, squares) = other.totals();
        self.sum.merge(&sum);
        self.squares.merge(&squares);
    }

    /// Σx and Σx².
    pub fn totals(&self) -> (ExactSum, ExactSum) {
        let (mut sum, mut squares) = (self.sum.clone(), self.squares.clone());
        if let Some(bins) = &self.bins {
            bins.clone().empty(&mut sum, &mut squares);
        }
        (sum, squares)
    }
}

/// Σx, then Σx².
impl Pack for Sums {
    fn pack(&self, out: &mut Vec<u8>) {
        self.totals().pack(out);
    }

    fn unpack(input: &mut &[u8]) -> Result<Sums> {
        let (sum, squares) = Pack::unpack(input)?;
        Ok(Sums { sum, squares, bins: None })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sketch::pack::to_bytes;
    use proptest::prelude::*;

    fn floats(cells: &[f64]) -> Sums {
        let mut sums = Sums::default();
        cells.chunks(7).for_each(|cells| sums.add_floats(cells));
        sums
    }

    fn integers(cells: &[i64]) -> Sums {
        let mut sums = Sums::default();
        cells.chunks(7).for_each(|cells| sums.add_integers(cells));
        sums
    }

    laws!(float_laws, make: floats, inputs: proptest::num::f64::NORMAL | proptest::num::f64::SUBNORMAL | proptest::num::f64::ZERO);
    laws!(integer_laws, make: integers, inputs: any::<i64>());

    proptest! {
        #[test]
        fn doubles_by_exponent_sum_to_the_same_as_one_by_one(
            cells in proptest::collection::vec(proptest::num::f64::NORMAL | proptest::num::f64::SUBNORMAL, 0..3_000),
        ) {
            let mut single = Sums::default();
            cells.iter().for_each(|&x| single.add_float(x, 1));
            prop_assert_eq!(to_bytes(&floats(&cells)), to_bytes(&single));
        }

        #[test]
        fn integers_in_halves_sum_to_the_same_as_one_by_one(cells in proptest::collection::vec(any::<i64>(), 0..3_000)) {
            let mut single = Sums::default();
            cells.iter().for_each(|&x| single.add_integer(x.into(), 1));
            prop_assert_eq!(to_bytes(&integers(&cells)), to_bytes(&single));
        }
    }

    #[test]
    fn a_full_block_of_the_largest_does_not_overflow() {
        let cells = vec![f64::MAX; 5_000];
        let mut single = Sums::default();
        single.add_float(f64::MAX, 5_000);
        assert_eq!(to_bytes(&floats(&cells)), to_bytes(&single));
        let cells = vec![i64::MIN; 5_000];
        let mut single = Sums::default();
        single.add_integer(i64::MIN.into(), 5_000);
        assert_eq!(to_bytes(&integers(&cells)), to_bytes(&single));
    }
}
