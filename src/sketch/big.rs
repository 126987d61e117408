//! Integers of any size, as far as exact sums need them: limbs in; products, quotients, nearest doubles and decimal
//! digits out.

use std::cmp::Ordering;

/// A magnitude: 32-bit limbs, the least significant first, without leading zeros.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Big(Vec<u32>);

impl Big {
    /// From limbs, the least significant first.
    pub fn new(mut limbs: Vec<u32>) -> Big {
        let used = limbs.iter().rposition(|&limb| limb != 0).map_or(0, |last| last + 1);
        limbs.truncate(used);
        Big(limbs)
    }

    /// Its limbs, the least significant first, without leading zeros.
    pub fn limbs(&self) -> &[u32] {
        &self.0
    }

    /// Whether it is zero.
    pub fn is_zero(&self) -> bool {
        self.0.is_empty()
    }

    /// The number of its bits, 0 for zero.
    pub fn bits(&self) -> i64 {
        self.0.last().map_or(0, |top| self.0.len() as i64 * 32 - i64::from(top.leading_zeros()))
    }

    /// The product.
    #[must_use]
    pub fn times(&self, other: &Big) -> Big {
        let mut limbs = vec![0u32; self.0.len() + other.0.len()];
        for (i, &a) in self.0.iter().enumerate() {
            let mut carry = 0u64;
            for (limb, &b) in limbs[i..].iter_mut().zip(&other.0) {
                let sum = u64::from(a) * u64::from(b) + u64::from(*limb) + carry;
                *limb = sum as u32;
                carry = sum >> 32;
            }
            limbs[i + other.0.len()] = carry as u32;
        }
        Big::new(limbs)
    }

    /// The product with 2^(32 · limbs).
    #[must_use]
    pub fn shifted(&self, limbs: usize) -> Big {
        let mut shifted = vec![0; limbs];
        shifted.extend_from_slice(&self.0);
        Big::new(shifted)
    }

    /// Whether it is smaller, equal or larger, and by how much.
    pub fn minus(&self, other: &Big) -> (Ordering, Big) {
        let order =
            self.0.len().cmp(&other.0.len()).then_with(|| self.0.iter().rev().cmp(other.0.iter().rev()));
        let (large, small) = if order == Ordering::Less { (other, self) } else { (self, other) };
        let mut limbs = large.0.clone();
        let mut borrow = 0i64;
        for (i, limb) in limbs.iter_mut().enumerate() {
            let rest = i64::from(*limb) - i64::from(small.0.get(i).copied().unwrap_or(0)) - borrow;
            borrow = i64::from(rest < 0);
            *limb = rest as u32;
        }
        (order, Big::new(limbs))
    }

    /// The quotient rounded down, and the remainder; `divisor` must not be 0 (else both are 0).
    pub fn divide(&self, divisor: u64) -> (Big, u64) {
        if divisor == 0 {
            return (Big::default(), 0);
        }
        let mut limbs = self.0.clone();
        let mut rest = 0u128;
        for limb in limbs.iter_mut().rev() {
            let value = rest << 32 | u128::from(*limb);
            *limb = (value / u128::from(divisor)) as u32;
            rest = value % u128::from(divisor);
        }
        (Big::new(limbs), rest as u64)
    }

    /// The double nearest to `self · 2^exponent`, ties to even; `sticky`: the truth is a little more than that.
    pub fn nearest(&self, exponent: i64, sticky: bool) -> f64 {
        let top = exponent + self.bits() - 1;
        if self.is_zero() {
            return 0.0;
        }
        if top > 1023 {
            return f64::INFINITY;
        }
        // The weight of the result's last bit, as an exponent of two.
        let last = (top - 52).max(-1074);
        let dropped = last - exponent;
        let mut mantissa = if dropped <= 0 {
            self.bits_from(0) << -dropped
        } else {
            let kept = self.bits_from(dropped);
            let half = self.bits_from(dropped - 1) & 1 == 1;
            let below = sticky || self.has_bits_below(dropped - 1);
            kept + u64::from(half && (below || kept & 1 == 1))
        };
        if mantissa < 1 << 52 {
            return f64::from_bits(mantissa);
        }
        mantissa -= 1 << 52;
        // A mantissa that was rounded up to 2^53 carries into the exponent, and from the largest into infinity.
        f64::from_bits((((last + 1075) as u64) << 52) + mantissa)
    }

    /// The 64 bits from this one on (the top 53 bits in every use, so that none are lost).
    fn bits_from(&self, bit: i64) -> u64 {
        let (limb, shift) = ((bit / 32) as usize, bit % 32);
        let at = |i: usize| u128::from(self.0.get(limb + i).copied().unwrap_or(0));
        ((at(0) | at(1) << 32 | at(2) << 64) >> shift) as u64
    }

    fn has_bits_below(&self, bit: i64) -> bool {
        let limb = (bit / 32) as usize;
        let low = self.0.get(limb).is_some_and(|&l| l & ((1u32 << (bit % 32)) - 1) != 0);
        low || self.0.iter().take(limb).any(|&l| l != 0)
    }

    /// Its decimal digits.
    pub fn digits(&self) -> String {
        let mut groups = Vec::new();
        let mut rest = self.clone();
        while !rest.is_zero() {
            let (quotient, group) = rest.divide(10u64.pow(18));
            groups.push(group);
            rest = quotient;
        }
        let mut digits = groups.pop().unwrap_or(0).to_string();
        for group in groups.iter().rev() {
            digits.push_str(&format!("{group:018}"));
        }
        digits
    }
}

/// `x · 2^exponent` for a finite x, correctly rounded where the result is a normal double.
pub fn scale(x: f64, exponent: i64) -> f64 {
    let power = |e: i64| f64::from_bits(((e + 1023) as u64) << 52);
    let (mut x, mut rest) = (x, exponent.clamp(-4000, 4000));
    while rest > 1023 {
        x *= power(1023);
        rest -= 1023;
    }
    while rest < -1022 {
        x *= power(-1022);
        rest += 1022;
    }
    x * power(rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn big(value: u128) -> Big {
        Big::new((0..4).map(|i| (value >> (32 * i)) as u32).collect())
    }

    proptest! {
        #[test]
        fn it_computes_as_128_bit_integers_do(a in any::<u64>(), b in any::<u64>(), c in any::<u128>(), d in 1u64..) {
            prop_assert_eq!(big(a.into()).times(&big(b.into())), big(u128::from(a) * u128::from(b)));
            prop_assert_eq!(big(c).divide(d), (big(c / u128::from(d)), (c % u128::from(d)) as u64));
            prop_assert_eq!(big(c).digits(), c.to_string());
            prop_assert_eq!(big(c).nearest(0, false), c as f64);
            prop_assert_eq!(big(c).minus(&big(a.into())), (c.cmp(&a.into()), big(c.abs_diff(a.into()))));
        }

        #[test]
        fn every_double_is_its_own_nearest(bits in 0u64..0x7ff0_0000_0000_0000) {
            let x = f64::from_bits(bits);
            let mantissa = bits & ((1 << 52) - 1) | u64::from(bits >> 52 != 0) << 52;
            let exponent = (bits >> 52).max(1) as i64 - 1075;
            prop_assert_eq!(big(mantissa.into()).nearest(exponent, false), x);
            prop_assert_eq!(big(mantissa.into()).shifted(5).nearest(exponent - 160, true), x);
        }
    }

    #[test]
    fn ties_go_to_even_unless_something_sticks() {
        assert_eq!(big((1 << 53) + 1).nearest(0, false), 9_007_199_254_740_992.0);
        assert_eq!(big((1 << 53) + 1).nearest(0, true), 9_007_199_254_740_994.0);
        assert_eq!(big((1 << 53) + 3).nearest(0, false), 9_007_199_254_740_996.0);
        assert_eq!(big(1).nearest(-1075, false), 0.0);
        assert_eq!(big(1).nearest(-1075, true), 5e-324);
        assert_eq!(big(3).nearest(-1076, false), 5e-324);
        assert_eq!(big((1 << 54) - 1).nearest(970, false), f64::INFINITY);
        assert_eq!(big((1 << 53) - 1).nearest(971, false), f64::MAX);
        assert_eq!(big(1).nearest(1024, false), f64::INFINITY);
    }

    #[test]
    fn scaling_reaches_over_the_whole_range() {
        assert_eq!(scale(1.0, 1023), f64::from_bits(2046 << 52));
        assert_eq!(scale(5e-324, 2000), f64::from_bits((2000 - 1074 + 1023) << 52));
        assert_eq!(scale(1.5, -1074), 1e-323);
        assert_eq!(scale(1.0, i64::MAX), f64::INFINITY);
    }
}
