//! Quantiles and the median absolute deviation: counted keys in, values interpolated linearly at (n − 1)·p out
//! (NumPy's default, DuckDB's `quantile_cont`), exact or with a bound on their error.

use crate::cell::Domain;

use super::scalar::{integer_of, of_integer, of_key, scale_of};
use super::{Buckets, Scalar};

/// The probabilities of a profile.
pub const PROBABILITIES: [f64; 7] = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99];

/// One quantile.
#[derive(Debug, Clone, PartialEq)]
pub struct Quantile {
    /// The probability, in [0, 1].
    pub p: f64,
    /// The value: an integer or a decimal where it is one and exact, else a double.
    pub value: Scalar,
    /// The value as a double, in the column's own units; infinite, but never NaN.
    pub number: f64,
    /// Bound on the error; 0 where exact.
    pub error: f64,
}

/// The quantiles at rising probabilities; they rise too, and stay in the column's range.
pub fn quantiles(buckets: &Buckets<'_>, probabilities: &[f64]) -> Vec<Quantile> {
    let mut walk = Walk { buckets, at: 0, before: 0 };
    let mut found: Vec<Quantile> = Vec::with_capacity(probabilities.len());
    for &p in probabilities {
        let place = (buckets.n - 1) as f64 * p.clamp(0.0, 1.0);
        let rank = (place.floor() as u64).min(buckets.n - 1);
        let share = (place - rank as f64).clamp(0.0, 1.0);
        let low = walk.order_statistic(rank);
        let mut ahead = Walk { ..walk };
        let high = if share > 0.0 { ahead.order_statistic((rank + 1).min(buckets.n - 1)) } else { low };
        let mut quantile = between(buckets, p, low, high, share);
        // The rounding of an interpolation must not turn an order around.
        if let Some(last) = found.last().filter(|last| last.number > quantile.number) {
            (quantile.value, quantile.number) = (last.value.clone(), last.number);
        }
        found.push(quantile);
    }
    found
}

/// An order statistic: its key where it is known, its number, and how far off it may be.
#[derive(Clone, Copy)]
struct Statistic {
    key: Option<u128>,
    number: f64,
    error: f64,
}

/// Looks up rising ranks in one pass.
struct Walk<'a> {
    buckets: &'a Buckets<'a>,
    at: usize,
    before: u64,
}

impl Walk<'_> {
    fn order_statistic(&mut self, rank: u64) -> Statistic {
        let buckets = self.buckets;
        while self.at + 1 < buckets.entries.len() && self.before + buckets.entries[self.at].1 <= rank {
            self.before += buckets.entries[self.at].1;
            self.at += 1;
        }
        let (bucket, count) = buckets.entries[self.at];
        let (low, high) = match rank {
            0 => (buckets.min, buckets.min),
            rank if rank == buckets.n - 1 => (buckets.max, buckets.max),
            _ => buckets.ends(bucket),
        };
        if low == high {
            return Statistic { key: Some(low), number: buckets.number(low), error: 0.0 };
        }
        let (low, high) = (buckets.number(low), buckets.number(high));
        let share = ((rank - self.before) as f64 + 0.5) / count as f64;
        let number = mix(low, high, share).clamp(low, high);
        Statistic { key: None, number, error: finite((number - low).max(high - number)) }
    }
}

fn between(buckets: &Buckets<'_>, p: f64, low: Statistic, high: Statistic, share: f64) -> Quantile {
    let number = mix(low.number, high.number, share).clamp(low.number, high.number);
    let error = if low.error == 0.0 && high.error == 0.0 { 0.0 } else { low.error.max(high.error) };
    let value = match (low.key, high.key) {
        (Some(a), Some(b)) if a == b || share == 0.0 => of_key(buckets.domain, a),
        (Some(a), Some(b)) => integer_between(buckets.domain, a, b, share).unwrap_or(Scalar::Float(number)),
        _ => Scalar::Float(number),
    };
    Quantile { p, value, number, error }
}

/// The interpolated value of two integers where it is an integer.
fn integer_between(domain: Domain, low: u128, high: u128, share: f64) -> Option<Scalar> {
    if domain == Domain::Float {
        return None;
    }
    let (low, high) = (integer_of(domain, low), integer_of(domain, high));
    let gap = high.checked_sub(low).filter(|gap| *gap <= 1 << 53)?;
    let step = gap as f64 * share;
    (step.trunc() == step).then(|| of_integer(low + step as i128, scale_of(domain)))
}

/// Linear interpolation as NumPy does it, but never NaN: an infinite neighbour wins, the nearer one of two.
fn mix(low: f64, high: f64, share: f64) -> f64 {
    let gap = high - low;
    if share == 0.0 || low == high {
        low
    } else if share == 1.0 {
        high
    } else if low.is_infinite() || high.is_infinite() {
        let low_wins = low.is_infinite() && (high.is_finite() || share < 0.5);
        if low_wins { low } else { high }
    } else if gap.is_infinite() {
        low * (1.0 - share) + high * share
    } else if share < 0.5 {
        low + gap * share
    } else {
        high - gap * (1.0 - share)
    }
}

fn finite(error: f64) -> f64 {
    if error.is_nan() { f64::INFINITY } else { error }
}

/// The median of |x − median|, where every entry is one value; `None` past the budget, or where it is infinite.
pub fn median_absolute_deviation(buckets: &Buckets<'_>) -> Option<f64> {
    if !buckets.is_exact() {
        return None;
    }
    let mut walk = Walk { buckets, at: 0, before: 0 };
    let (low, high) = ((buckets.n - 1) / 2, buckets.n / 2);
    let a = walk.order_statistic(low).key?;
    let b = walk.order_statistic(high).key?;
    let deviation = |key: u128| match twice_from_middle(buckets.domain, key, a, b) {
        Some(twice) => twice as f64 / 2.0 / crate::cell::domain::pow10(scale_of(buckets.domain)),
        None => (buckets.number(key) - mix(buckets.number(a), buckets.number(b), 0.5)).abs(),
    };
    // The deviations rise away from the median in both directions: merge them.
    let mut below = buckets.entries.partition_point(|&(key, _)| key <= a);
    let mut above = below;
    let (mut seen, mut first) = (0u64, None);
    loop {
        let left = below.checked_sub(1).map(|i| (deviation(buckets.entries[i].0), buckets.entries[i].1));
        let right = buckets.entries.get(above).map(|&(key, count)| (deviation(key), count));
        let (next, count) = match (left, right) {
            (Some(left), Some(right)) if left.0 <= right.0 => left,
            (Some(left), None) => left,
            (_, right) => right?,
        };
        if left == Some((next, count)) {
            below -= 1;
        } else {
            above += 1;
        }
        seen += count;
        if first.is_none() && seen > low {
            first = Some(next);
        }
        if seen > high {
            let median = mix(first?, next, 0.5);
            return median.is_finite().then_some(median);
        }
    }
}

/// |2·key − (a + b)| in integers.
fn twice_from_middle(domain: Domain, key: u128, a: u128, b: u128) -> Option<u128> {
    if domain == Domain::Float {
        return None;
    }
    let [key, a, b] = [key, a, b].map(|key| integer_of(domain, key));
    Some(key.checked_sub(a)?.checked_add(key.checked_sub(b)?)?.unsigned_abs())
}

#[cfg(test)]
mod tests {
    use super::super::buckets::tests::{floats, integers, ordered};
    use super::*;
    use crate::cell::domain::{float, signed, wide};
    use proptest::prelude::*;

    fn numbers(ordered: &super::super::Ordered, probabilities: &[f64]) -> Vec<f64> {
        let buckets = Buckets::new(ordered, None).unwrap();
        quantiles(&buckets, probabilities).into_iter().map(|q| q.number).collect()
    }

    #[test]
    fn quantiles_are_those_of_numpy_and_duckdb() {
        // numpy 2 `quantile(x, p)`; DuckDB `quantile_cont` agrees to the last digit but one.
        let x = [3.5, -1.25, 8.0, 2.0, 2.0, 100.5, 7.75];
        assert_eq!(numbers(&floats(0, &x), &PROBABILITIES), NUMPY_FLOATS);
        let x = [1, 2, 3, 4, 10, 20, 30, 40, 50, 1000];
        assert_eq!(numbers(&integers(0, &x), &PROBABILITIES), NUMPY_INTEGERS);
    }

    const NUMPY_FLOATS: [f64; 7] =
        [-1.055, -0.2749999999999999, 2.0, 3.5, 7.875, 72.74999999999994, 94.94999999999996];
    const NUMPY_INTEGERS: [f64; 7] = [1.09, 1.45, 3.25, 15.0, 37.5, 572.499999999999, 914.5000000000001];

    #[test]
    fn integers_between_integers_are_exact() {
        let median = |values: &[i64]| {
            let ordered = integers(0, values);
            quantiles(&Buckets::new(&ordered, None).unwrap(), &[0.5])[0].value.clone()
        };
        assert_eq!(median(&[1, 3]), Scalar::Integer(2));
        assert_eq!(median(&[1, 2]), Scalar::Float(1.5));
        let big = 1i64 << 60;
        assert_eq!(median(&[big, big + 2]), Scalar::Text("1152921504606846977".into()));
        assert_eq!(median(&[i64::MIN, i64::MAX]), Scalar::Float(0.0));
        let decimals = ordered(Domain::Wide(2), 0, [wide(110), wide(114)]);
        let quantile = quantiles(&Buckets::new(&decimals, None).unwrap(), &[0.5]);
        assert_eq!(quantile[0].value, Scalar::Text("1.12".into()));
        assert!((quantile[0].number - 1.12).abs() < 1e-15);
    }

    #[test]
    fn infinities_never_make_a_nan() {
        let inf = f64::INFINITY;
        assert_eq!(numbers(&floats(0, &[-inf, 1.0]), &[0.0, 0.1, 0.5, 1.0]), [-inf, -inf, -inf, 1.0]);
        assert_eq!(numbers(&floats(0, &[1.0, inf]), &[0.0, 0.1, 0.5, 1.0]), [1.0, inf, inf, inf]);
        assert_eq!(numbers(&floats(0, &[-inf, inf]), &[0.25, 0.5, 0.75]), [-inf, inf, inf]);
        assert_eq!(numbers(&floats(0, &[-f64::MAX, f64::MAX]), &[0.0, 0.5, 1.0]), [-f64::MAX, 0.0, f64::MAX]);
        let mad = |x: &[f64]| median_absolute_deviation(&Buckets::new(&floats(0, x), None).unwrap());
        assert_eq!(
            (mad(&[1.0, inf, inf]), mad(&[1.0, 2.0, inf]), mad(&[-inf, inf])),
            (None, Some(1.0), None)
        );
    }

    #[test]
    fn the_median_absolute_deviation_is_that_of_scipy() {
        // scipy 1 `stats.median_abs_deviation`.
        let mad = |x: &super::super::Ordered| median_absolute_deviation(&Buckets::new(x, None).unwrap());
        assert_eq!(mad(&floats(0, &[3.5, -1.25, 8.0, 2.0, 2.0, 100.5, 7.75])), Some(4.25));
        assert_eq!(mad(&integers(0, &[1, 2, 3, 4, 10, 20, 30, 40, 50, 1000])), Some(13.5));
        assert_eq!(mad(&integers(0, &[1 << 60, (1 << 60) + 1, (1 << 60) + 4])), Some(1.0));
        assert_eq!(mad(&integers(0, &[7, 7, 7])), Some(0.0));
        assert_eq!(mad(&integers(4, &[7, 7, 99])), None);
    }

    proptest! {
        #[test]
        fn estimates_keep_their_bound_rise_and_stay_in_range(
            values in proptest::collection::vec(prop_oneof![-1000i64..1000, any::<i64>()], 1..80), shift in 0u32..64,
        ) {
            let (exact, coarse) = (integers(0, &values), integers(shift, &values));
            let (min, max) = (values.iter().min().unwrap(), values.iter().max().unwrap());
            let range = Some((u128::from(signed(*min)), u128::from(signed(*max))));
            let truth = quantiles(&Buckets::new(&exact, range).unwrap(), &PROBABILITIES);
            let found = quantiles(&Buckets::new(&coarse, range).unwrap(), &PROBABILITIES);
            for (found, truth) in found.iter().zip(&truth) {
                let rounding = 4e-16 * (found.number.abs() + truth.number.abs());
                prop_assert!((found.number - truth.number).abs() <= found.error + rounding, "{found:?} for {truth:?}");
                prop_assert!(found.number >= *min as f64 && found.number <= *max as f64);
            }
            prop_assert!(found.windows(2).all(|pair| pair[0].number <= pair[1].number));
        }

        #[test]
        fn any_floats_give_rising_numbers(
            bits in proptest::collection::vec(any::<u64>(), 1..60), shift in 0u32..64,
        ) {
            let values: Vec<f64> = bits.into_iter().map(f64::from_bits).filter(|x| !x.is_nan()).chain([0.5]).collect();
            let keys = values.iter().map(|&x| u128::from(float(x)));
            let range = Some((keys.clone().min().unwrap(), keys.max().unwrap()));
            let ordered = floats(shift, &values);
            let found = quantiles(&Buckets::new(&ordered, range).unwrap(), &PROBABILITIES);
            prop_assert!(found.iter().all(|q| !q.number.is_nan() && !q.error.is_nan()));
            prop_assert!(found.windows(2).all(|pair| pair[0].number <= pair[1].number));
        }
    }
}
