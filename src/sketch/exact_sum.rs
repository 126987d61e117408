//! Exact sums: doubles, 128-bit integers and their squares in, with counts; a state that no order changes; sums,
//! means and variances rounded once, to the nearest double, out.
//!
//! A superaccumulator after U. Kulisch: one wide fixed-point number that holds every double and every square of one,
//! in 32-bit digits with lazy carries.

use std::cmp::Ordering;

use super::big::{Big, scale};
use super::pack::{Pack, damaged};
use crate::error::Result;

/// Limbs below the units: 2^−2176 is the last bit; squares of doubles end at 2^−2148.
const UNITS: usize = 68;
/// All limbs: squares of doubles, counted 2^64 times, stay below 2^2112.
const LIMBS: usize = 136;
/// Additions before the carries are due: each adds less than 2^32 to a limb of 63 bits.
const LAZY: u32 = 1 << 30;
const MASK: i64 = u32::MAX as i64;

/// An exact sum of doubles, integers and their squares.
#[derive(Debug, Clone, Default)]
pub struct ExactSum {
    /// Base 2^32 digits, the least significant first, with carries (of either sign) not yet made; none for zero.
    limbs: Vec<i64>,
    pending: u32,
    positive_infinity: bool,
    negative_infinity: bool,
}

impl ExactSum {
    /// Zero.
    pub fn new() -> ExactSum {
        ExactSum::default()
    }

    /// Adds `x · count`. NaN counts as infinities of both signs: the sum is undefined.
    #[inline]
    pub fn add_f64(&mut self, x: f64, count: u64) {
        if let Some((mantissa, bit)) = self.parts(x, count) {
            self.add(mantissa.into(), count, bit, x < 0.0);
        }
    }

    /// Adds `x² · count`, without rounding the square.
    #[inline]
    pub fn add_square_f64(&mut self, x: f64, count: u64) {
        if let Some((mantissa, bit)) = self.parts(x.abs(), count) {
            let bit = 2 * bit - UNITS * 32;
            self.add(u128::from(mantissa) * u128::from(mantissa), count, bit, false);
        }
    }

    /// Adds `x · count`.
    #[inline]
    pub fn add_i128(&mut self, x: i128, count: u64) {
        self.add(x.unsigned_abs(), count, UNITS * 32, x < 0);
    }

    /// Adds `x² · count`.
    #[inline]
    pub fn add_square_i128(&mut self, x: i128, count: u64) {
        let x = x.unsigned_abs();
        let (low, high) = (x & u128::from(u64::MAX), x >> 64);
        self.add(low * low, count, UNITS * 32, false);
        if high > 0 {
            self.add(low * high, count, UNITS * 32 + 65, false);
            self.add(high * high, count, UNITS * 32 + 128, false);
        }
    }

    /// Adds `± value · 2^unit`; units from −2148 to 1100.
    pub fn add_scaled(&mut self, value: u64, unit: i32, negative: bool) {
        self.add(value.into(), 1, (unit + UNITS as i32 * 32) as usize, negative);
    }

    /// The integer mantissa and the place of its last bit; `None` for zero and for what is not finite.
    #[inline]
    fn parts(&mut self, x: f64, count: u64) -> Option<(u64, usize)> {
        let bits = x.to_bits();
        let exponent = (bits >> 52 & 0x7ff) as usize;
        let fraction = bits & ((1 << 52) - 1);
        if exponent == 0x7ff {
            if count > 0 {
                self.positive_infinity |= fraction != 0 || x > 0.0;
                self.negative_infinity |= fraction != 0 || x < 0.0;
            }
            return None;
        }
        let mantissa = if exponent == 0 { fraction } else { fraction | 1 << 52 };
        (mantissa > 0).then_some((mantissa, UNITS * 32 + exponent.max(1) - 1075))
    }

    /// Adds `± value · count · 2^bit`.
    #[inline]
    fn add(&mut self, value: u128, count: u64, bit: usize, negative: bool) {
        if value == 0 || count == 0 {
            return;
        }
        if self.limbs.is_empty() {
            self.limbs = vec![0; LIMBS];
        }
        if count == 1 {
            return self.add_product(value, bit, negative);
        }
        let (low, high) = (value & u128::from(u64::MAX), value >> 64);
        self.add_product(low * u128::from(count), bit, negative);
        if high > 0 {
            self.add_product(high * u128::from(count), bit + 64, negative);
        }
    }

    #[inline]
    fn add_product(&mut self, value: u128, bit: usize, negative: bool) {
        let (limb, shift) = (bit / 32, bit % 32);
        let sign = if negative { -1 } else { 1 };
        if value >> 64 == 0 {
            let wide = value << shift;
            if let Some([a, b, c]) = self.limbs.get_mut(limb..limb + 3) {
                *a += sign * i64::from(wide as u32);
                *b += sign * i64::from((wide >> 32) as u32);
                *c += sign * i64::from((wide >> 64) as u32);
            }
        } else if let Some(limbs) = self.limbs.get_mut(limb..limb + 5) {
            let rest = value >> (32 - shift);
            limbs[0] += sign * i64::from((value << shift) as u32);
            for (i, limb) in limbs[1..].iter_mut().enumerate() {
                *limb += sign * i64::from((rest >> (32 * i)) as u32);
            }
        }
        self.pending += 1;
        if self.pending >= LAZY {
            self.carry();
        }
    }

    /// Makes the carries: every limb but the last is in 0..2^32 afterwards; the last has the sign.
    fn carry(&mut self) {
        let mut carry = 0;
        let last = self.limbs.len().saturating_sub(1);
        for (i, limb) in self.limbs.iter_mut().enumerate() {
            *limb = limb.wrapping_add(carry);
            if i < last {
                carry = *limb >> 32;
                *limb &= MASK;
            }
        }
        self.pending = 0;
    }

    /// Adds the other sum.
    pub fn merge(&mut self, other: &ExactSum) {
        self.positive_infinity |= other.positive_infinity;
        self.negative_infinity |= other.negative_infinity;
        if other.limbs.is_empty() {
            return;
        }
        if self.limbs.is_empty() {
            self.limbs = vec![0; LIMBS];
        }
        if self.pending.saturating_add(other.pending) >= LAZY - 1 {
            self.carry();
        }
        for (mine, theirs) in self.limbs.iter_mut().zip(&other.limbs) {
            *mine = mine.wrapping_add(*theirs);
        }
        self.pending += other.pending + 1;
        if self.pending >= LAZY {
            self.carry();
        }
    }

    /// Whether it is below zero, and its magnitude in units of 2^−2176; the infinities left aside.
    fn magnitude(&self) -> (bool, Big) {
        let mut sum = self.clone();
        sum.carry();
        let negative = sum.limbs.last().is_some_and(|&top| top < 0);
        if negative {
            sum.limbs.iter_mut().for_each(|limb| *limb = limb.wrapping_neg());
            sum.carry();
        }
        let mut limbs: Vec<u32> = sum.limbs.iter().map(|&limb| limb as u32).collect();
        limbs.push(sum.limbs.last().map_or(0, |&top| (top >> 32) as u32));
        (negative, Big::new(limbs))
    }

    /// The sum as the nearest double, infinite where it is beyond all; `None` with infinities of both signs.
    pub fn to_f64(&self) -> Option<f64> {
        self.quotient(&[])
    }

    /// The sum divided by every divisor, rounded once; `None` with infinities of both signs or a divisor of 0.
    pub fn quotient(&self, divisors: &[u64]) -> Option<f64> {
        if divisors.contains(&0) {
            return None;
        }
        match (self.positive_infinity, self.negative_infinity) {
            (true, true) => return None,
            (true, false) => return Some(f64::INFINITY),
            (false, true) => return Some(f64::NEG_INFINITY),
            (false, false) => {}
        }
        let (negative, magnitude) = self.magnitude();
        let (magnitude, sticky) = divide_all(magnitude, divisors);
        let nearest = magnitude.nearest(-(UNITS as i64) * 32, sticky);
        Some(if negative { -nearest } else { nearest })
    }

    /// The sum where it is an integer: whether it is below zero, and its decimal digits.
    pub fn integer(&self) -> Option<(bool, String)> {
        if !self.is_finite() {
            return None;
        }
        let (negative, magnitude) = self.magnitude();
        let limbs = magnitude.limbs();
        let fraction = limbs.iter().take(UNITS).any(|&limb| limb != 0);
        (!fraction).then(|| (negative, Big::new(limbs.get(UNITS..).unwrap_or(&[]).to_vec()).digits()))
    }

    /// Whether no infinity was added.
    pub fn is_finite(&self) -> bool {
        !self.positive_infinity && !self.negative_infinity
    }

    /// The sample standard deviation (n − 1) of n values from their sum and their sum of squares: the variance is
    /// exact until it is rounded to a double. Divided by each of `divisors` too. `None` below two values or with an
    /// infinity.
    pub fn standard_deviation(&self, squares: &ExactSum, n: u64, divisors: &[u64]) -> Option<f64> {
        if n < 2 || !self.is_finite() || !squares.is_finite() {
            return None;
        }
        let (_, sum) = self.magnitude();
        let (_, squares) = squares.magnitude();
        let count = Big::new(vec![n as u32, (n >> 32) as u32]);
        let (order, numerator) = squares.times(&count).shifted(UNITS).minus(&sum.times(&sum));
        if order != Ordering::Greater {
            return Some(0.0);
        }
        let all: Vec<u64> = [n, n - 1].iter().chain(divisors).chain(divisors).copied().collect();
        let (variance, sticky) = divide_all(numerator, &all);
        // The root is taken near 1, since a variance may be beyond all doubles where its root is not.
        let exponent = -(UNITS as i64) * 64;
        let half = (exponent + variance.bits()).div_euclid(2);
        Some(scale(variance.nearest(exponent - 2 * half, sticky).sqrt(), half))
    }
}

/// Quotient by quotient, each rounded down; whether anything was lost.
fn divide_all(mut value: Big, divisors: &[u64]) -> (Big, bool) {
    let mut sticky = false;
    for &divisor in divisors {
        let (quotient, rest) = value.divide(divisor);
        value = quotient;
        sticky |= rest != 0;
    }
    (value, sticky)
}

/// The infinities, the sign, the number of zero limbs at the low end, then the limbs.
impl Pack for ExactSum {
    fn pack(&self, out: &mut Vec<u8>) {
        let (negative, magnitude) = self.magnitude();
        let zeros = magnitude.limbs().iter().take_while(|&&limb| limb == 0).count();
        (self.positive_infinity, self.negative_infinity, negative).pack(out);
        (zeros as u64, (magnitude.limbs().len() - zeros) as u64).pack(out);
        for limb in &magnitude.limbs()[zeros..] {
            out.extend_from_slice(&limb.to_le_bytes());
        }
    }

    fn unpack(input: &mut &[u8]) -> Result<ExactSum> {
        let (positive_infinity, negative_infinity, negative) = <(bool, bool, bool)>::unpack(input)?;
        let (zeros, count) = <(u64, u64)>::unpack(input)?;
        let mut sum = ExactSum { positive_infinity, negative_infinity, ..ExactSum::default() };
        if zeros.saturating_add(count) > LIMBS as u64 + 1 || count == 0 && (zeros > 0 || negative) {
            return Err(damaged("an impossible sum"));
        }
        if count == 0 {
            return Ok(sum);
        }
        sum.limbs = vec![0; LIMBS];
        let (mut low, mut last) = (true, 0);
        for i in zeros as usize..(zeros + count) as usize {
            let mut bytes = [0; 4];
            bytes.copy_from_slice(super::pack::take(input, 4)?);
            last = u32::from_le_bytes(bytes);
            if std::mem::take(&mut low) && last == 0 || i == LIMBS && last >> 31 == 1 {
                return Err(damaged("an impossible sum"));
            }
            let limb = if i == LIMBS { i64::from(last) << 32 } else { last.into() };
            sum.limbs[i.min(LIMBS - 1)] += if negative { -limb } else { limb };
        }
        if last == 0 { Err(damaged("an impossible sum")) } else { Ok(sum) }
    }
}

#[cfg(test)]
mod tests;
