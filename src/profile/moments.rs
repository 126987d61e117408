//! Mean, standard deviation, sum, skewness and kurtosis: counted keys, and past the budget exact sums, in; numbers
//! that are exact until they are rounded to a double out.
//!
//! Skewness is G1, kurtosis the excess G2, as pandas' `.skew()` and `.kurt()` (Joanes and Gill, "Comparing measures of
//! sample skewness and kurtosis", 1998).

use crate::cell::Domain;
use crate::cell::domain::signed_of;
use crate::sketch::{ExactSum, sums};

use super::scalar::{integer_of, of_digits, scale_of};
use super::{Buckets, Scalar};

/// Σx and Σx² of a column: of the values of floats and integers, of the unscaled integers of decimals.
#[derive(Debug, Clone, Default)]
pub struct Sums {
    /// Σx.
    pub sum: ExactSum,
    /// Σx².
    pub square: ExactSum,
}

/// The moments of a column.
#[derive(Debug, Clone, PartialEq)]
pub struct Moments {
    /// The sum: exact for integers and decimals, the nearest double for floats; NaN-free: `None` with infinities of
    /// both signs.
    pub sum: Option<Scalar>,
    /// The arithmetic mean; `None` with infinities of both signs.
    pub mean: Option<f64>,
    /// The sample standard deviation (n − 1); `None` below two values or with an infinity.
    pub std: Option<f64>,
    /// G1; `None` below three values, without spread or with an infinity.
    pub skewness: Option<f64>,
    /// G2; `None` below four values, without spread or with an infinity.
    pub kurtosis: Option<f64>,
    /// Bounds on the error of skewness and kurtosis; `None` where they are exact or not to be had.
    pub shape_error: Option<(f64, f64)>,
}

impl Sums {
    /// Of single values with their counts.
    pub fn of(domain: Domain, entries: &[(u128, u64)]) -> Sums {
        let mut sums = sums::Sums::default();
        match domain {
            Domain::Float => sums.add_counted_floats(entries.iter().map(|&(key, n)| (domain.number(key), n))),
            Domain::Signed => {
                sums.add_counted_integers(entries.iter().map(|&(key, n)| (signed_of(key as u64), n)));
            }
            _ => entries.iter().for_each(|&(key, n)| sums.add_integer(integer_of(domain, key), n)),
        }
        let (sum, square) = sums.totals();
        Sums { sum, square }
    }
}

/// Σ of doubles that come in one order, with what each addition loses carried along (Neumaier, "Rundungsfehleranalyse
/// einiger Verfahren zur Summation endlicher Summen", 1974).
#[derive(Default)]
struct Compensated {
    sum: f64,
    lost: f64,
}

impl Compensated {
    #[inline]
    fn add(&mut self, x: f64) {
        let sum = self.sum + x;
        self.lost += if self.sum.abs() >= x.abs() { (self.sum - sum) + x } else { (x - sum) + self.sum };
        self.sum = sum;
    }

    fn total(&self) -> f64 {
        self.sum + self.lost
    }
}

/// The moments of counted values. `sums` are needed where the entries are buckets of values.
pub fn moments(buckets: &Buckets<'_>, sums: Option<&Sums>) -> Moments {
    let own;
    let sums = match sums {
        Some(sums) => sums,
        None if buckets.is_exact() => {
            own = Sums::of(buckets.domain, buckets.entries);
            &own
        }
        None => {
            let lows: Vec<_> = buckets.entries.iter().map(|&(key, n)| (buckets.ends(key).0, n)).collect();
            own = Sums::of(buckets.domain, &lows);
            &own
        }
    };
    let scale = scale_of(buckets.domain);
    let tens = powers_of_ten(scale);
    let with_tens = |n: u64| -> Vec<u64> { tens.iter().copied().chain([n]).collect() };
    let sum = match buckets.domain {
        Domain::Float => sums.sum.to_f64().map(Scalar::Float),
        _ => sums.sum.integer().map(|(negative, digits)| of_digits(negative, &digits, scale)),
    };
    let std = sums.sum.standard_deviation(&sums.square, buckets.n, &tens);
    let (skewness, kurtosis, shape_error) = shape(buckets, sums).unwrap_or_default();
    Moments { sum, mean: sums.sum.quotient(&with_tens(buckets.n)), std, skewness, kurtosis, shape_error }
}

fn powers_of_ten(scale: u8) -> Vec<u64> {
    let (scale, most) = (u32::from(scale.min(76)), 19);
    (0..scale.div_ceil(most)).map(|i| 10u64.pow((scale - i * most).min(most))).collect()
}

type Shape = (Option<f64>, Option<f64>, Option<(f64, f64)>);

/// Skewness and kurtosis about the exact mean, with the exact spread; values are centred before they become doubles.
fn shape(buckets: &Buckets<'_>, sums: &Sums) -> Option<Shape> {
    let n = buckets.n as f64;
    let std = sums.sum.standard_deviation(&sums.square, buckets.n, &[]).filter(|&std| std > 0.0)?;
    if buckets.n < 3 {
        return None;
    }
    let centre = Centre::new(buckets, &sums.sum)?;
    // Σ of the 3rd and 4th powers in units of the standard deviation, and how far off the buckets may make them.
    // The entries come by rising key, so the sums need not be free of order.
    let (mut cubes, mut fourths) = (Compensated::default(), Compensated::default());
    let (mut cubes_off, mut fourths_off) = (Compensated::default(), Compensated::default());
    for &(bucket, count) in buckets.entries {
        let (low, high) = buckets.ends(bucket);
        let a = centre.distance(low, std);
        let b = if low == high { a } else { centre.distance(high, std) };
        let middle = a + (b - a) / 2.0;
        let (cube, fourth) = (middle * middle * middle, middle * middle * middle * middle);
        cubes.add(cube * count as f64);
        fourths.add(fourth * count as f64);
        if low != high {
            let off = (a * a * a - cube).abs().max((b * b * b - cube).abs());
            cubes_off.add(off * count as f64);
            let least = if a < 0.0 && b > 0.0 { 0.0 } else { a.abs().min(b.abs()) };
            let most = a.abs().max(b.abs());
            let off = (most * most * most * most - fourth).max(fourth - least * least * least * least);
            fourths_off.add(off * count as f64);
        }
    }
    // With z in standard deviations Σz² = n − 1: G1 = n/((n−1)(n−2))·Σz³ and
    // G2 = n(n+1)/((n−1)(n−2)(n−3))·Σz⁴ − 3(n−1)²/((n−2)(n−3)).
    let skew_factor = n / ((n - 1.0) * (n - 2.0));
    let skewness = skew_factor * cubes.total();
    let skew_off = skew_factor * cubes_off.total();
    let mut kurtosis = None;
    let mut kurt_off = 0.0;
    if buckets.n >= 4 {
        let factor = skew_factor * (n + 1.0) / (n - 3.0);
        let shift = 3.0 * (n - 1.0) * (n - 1.0) / ((n - 2.0) * (n - 3.0));
        kurtosis = Some(factor * fourths.total() - shift);
        kurt_off = factor * fourths_off.total();
    }
    let finite = [skewness, skew_off, kurtosis.unwrap_or(0.0), kurt_off].iter().all(|x| x.is_finite());
    finite.then_some((Some(skewness), kurtosis, (!buckets.is_exact()).then_some((skew_off, kurt_off))))
}

/// The mean in two parts, so that values far from zero keep their small differences.
struct Centre {
    domain: Domain,
    whole: i128,
    /// `whole`, where the column is one of 64 bits and so is it: wasm has no registers of 128.
    narrow: Option<i64>,
    high: f64,
    low: f64,
}

impl Centre {
    fn new(buckets: &Buckets<'_>, sum: &ExactSum) -> Option<Centre> {
        let (domain, n) = (buckets.domain, buckets.n);
        let high = sum.quotient(&[n]).filter(|mean| mean.is_finite())?;
        let mut rest = sum.clone();
        if domain == Domain::Float {
            rest.add_f64(-high, n);
            return Some(Centre { domain, whole: 0, narrow: None, high, low: rest.quotient(&[n])? });
        }
        let whole = high as i128;
        rest.add_i128(whole.checked_neg()?, n);
        let narrow = i64::try_from(whole).ok().filter(|_| domain == Domain::Signed);
        Some(Centre { domain, whole, narrow, high, low: rest.quotient(&[n])? })
    }

    /// (value − mean) / std; for decimals all three are of the unscaled integers.
    fn distance(&self, key: u128, std: f64) -> f64 {
        if self.domain == Domain::Float {
            let x = self.domain.number(key).clamp(-f64::MAX, f64::MAX);
            let far = x - self.high;
            return if far.is_finite() { (far - self.low) / std } else { x / std - self.high / std };
        }
        if let Some(far) = self.narrow.and_then(|whole| signed_of(key as u64).checked_sub(whole)) {
            return (far as f64 - self.low) / std;
        }
        let value = integer_of(self.domain, key);
        let far = value.checked_sub(self.whole).map_or(value as f64 - self.whole as f64, nearest);
        (far - self.low) / std
    }
}

/// The nearest double; of 64 bits in an instruction, of 128 in a function.
#[inline]
fn nearest(x: i128) -> f64 {
    i64::try_from(x).map_or(x as f64, |x| x as f64)
}

#[cfg(test)]
mod tests {
    use super::super::Ordered;
    use super::super::buckets::tests::{floats, integers, ordered};
    use super::*;
    use crate::cell::domain::{float, signed, wide};
    use proptest::prelude::*;

    fn of(ordered: &Ordered) -> Moments {
        moments(&Buckets::new(ordered, None).unwrap(), None)
    }

    fn close(found: Option<f64>, expected: f64, what: &str) {
        let found = found.unwrap_or_else(|| panic!("no {what}"));
        assert!((found - expected).abs() <= 4e-15 * expected.abs(), "{what}: {found} for {expected}");
    }

    #[test]
    fn moments_are_those_of_exact_fractions_and_of_pandas() {
        // Mean, std, G1, G2 by Python's fractions; pandas 2 `.mean()`, `.std()`, `.skew()`, `.kurt()` agree to 1e-14
        // but for the third's std (its mean is one ulp off) and the fifth's (they overflow).
        #[rustfmt::skip]
        let cases: &[(&[f64], [f64; 4])] = &[
            (&[3.5, -1.25, 8.0, 2.0, 2.0, 100.5, 7.75], [17.5, 36.74773235634184, 2.6012518999320786, 6.820384089663103]),
            (&[1.0, 2.0, 3.0, 4.0, 10.0, 20.0, 30.0, 40.0, 50.0, 1000.0],
                [116.0, 311.08591167785863, 3.1441566361743383, 9.915081459027078]),
            (&[1000000000.0, 1000000000.0001, 1000000000.0004, 1000000000.0, 1000000000.0004, 1000000000.001,
                1000000000.0, 1000000000.0007, 1000000000.0016, 1000000000.0, 1000000000.001, 1000000000.0022],
                [1000000000.0006167, 0.0007171181774899123, 1.1646827548758203, 0.6840687456662358]),
            (&[1000000000.25, 1000000000.5, 1000000001.0, 1000000007.75],
                [1000000002.375, 3.59687364248454, 1.9555361472921151, 3.845737356764452]),
            (&[1.5e308, -1.5e308, 1e308, 0.0, 1e307],
                [2.2e307, 1.1476062042355819e308, -0.6972355650704364, 0.5105653595958233]),
            (&[0.1, 0.2, 0.3, 0.4, 5.0], [1.2, 2.1272047386182646, 2.2206404584946937, 4.944867372790818]),
        ];
        for (values, [mean, std, skewness, kurtosis]) in cases {
            let m = of(&floats(0, values));
            assert_eq!(m.mean, Some(*mean));
            close(m.std, *std, "std");
            close(m.skewness, *skewness, "skewness");
            close(m.kurtosis, *kurtosis, "kurtosis");
            assert_eq!(m.shape_error, None);
        }
    }

    #[test]
    fn integers_far_from_zero_keep_their_shape() {
        let near = [3i64, -1, 8, 2, 2, 100, 7];
        let shape = |m: &Moments| (m.std, m.skewness, m.kurtosis);
        let truth = of(&integers(0, &near));
        let far: Vec<i64> = near.iter().map(|x| x + (1 << 61)).collect();
        assert_eq!(shape(&of(&integers(0, &far))), shape(&truth));
        let m = of(&ordered(Domain::Wide(2), 0, near.map(|x| wide(i128::from(x) + (1 << 100)))));
        assert_eq!((m.skewness, m.kurtosis), (truth.skewness, truth.kurtosis));
        close(m.std, truth.std.unwrap() / 100.0, "std");
        // 7 · 2^100 + 121, two digits behind the point.
        assert_eq!(m.sum, Some(Scalar::Text("88735542015976058104769224377.53".into())));
    }

    #[test]
    fn what_is_undefined_is_none() {
        let inf = f64::INFINITY;
        let m = of(&floats(0, &[1.0, 2.0, 4.0, 9.0, inf]));
        assert_eq!((m.mean, m.std, m.skewness, m.kurtosis), (Some(inf), None, None, None));
        let m = of(&floats(0, &[-inf, inf]));
        assert_eq!((m.sum, m.mean, m.std), (None, None, None));
        let m = of(&integers(0, &[5, 5, 5, 5]));
        assert_eq!((m.mean, m.std, m.skewness, m.kurtosis), (Some(5.0), Some(0.0), None, None));
        let m = of(&integers(0, &[5]));
        assert_eq!((m.sum, m.std), (Some(Scalar::Integer(5)), None));
        let m = of(&integers(0, &[1, 2, 4]));
        assert!(m.skewness.is_some() && m.kurtosis.is_none());
    }

    proptest! {
        #[test]
        fn buckets_keep_mean_and_std_and_bound_the_shape(
            values in proptest::collection::vec(prop_oneof![-300i64..300, 0i64..9, any::<i32>().prop_map(i64::from)], 4..60),
            shift in 1u32..20,
        ) {
            let entries: Vec<_> = values.iter().map(|&x| (signed(x).into(), 1)).collect();
            let sums = Sums::of(Domain::Signed, &entries);
            let range = values.iter().map(|&x| u128::from(signed(x)));
            let range = Some((range.clone().min().unwrap(), range.max().unwrap()));
            let coarse = integers(shift, &values);
            let found = moments(&Buckets::new(&coarse, range).unwrap(), Some(&sums));
            let truth = of(&integers(0, &values));
            prop_assert_eq!((&found.sum, found.mean, found.std), (&truth.sum, truth.mean, truth.std));
            if let (Some(g1), Some(g2), Some(errors)) = (truth.skewness, truth.kurtosis, found.shape_error) {
                prop_assert!((found.skewness.unwrap() - g1).abs() <= errors.0 + 1e-9, "{found:?} for {truth:?}");
                prop_assert!((found.kurtosis.unwrap() - g2).abs() <= errors.1 + 1e-9, "{found:?} for {truth:?}");
            }
        }

        #[test]
        fn no_float_makes_a_nan(bits in proptest::collection::vec(any::<u64>(), 1..40), shift in 0u32..64) {
            let values: Vec<f64> = bits.into_iter().map(f64::from_bits).filter(|x| !x.is_nan()).chain([1.0]).collect();
            let entries: Vec<_> = values.iter().map(|&x| (float(x).into(), 1)).collect();
            let sums = Sums::of(Domain::Float, &entries);
            let m = moments(&Buckets::new(&floats(shift, &values), None).unwrap(), Some(&sums));
            prop_assert!([m.mean, m.std, m.skewness, m.kurtosis].iter().flatten().all(|x| !x.is_nan()), "{m:?}");
        }
    }
}
