//! The counts of an ordered column, made ready for statistics: an [`Ordered`] and the column's exact range in, values,
//! bucket ends and ranks out.

use crate::cell::Domain;
use crate::cell::domain::float;

use super::Ordered;

/// Counted keys or buckets of keys, at least one of them.
#[derive(Debug, Clone, Copy)]
pub struct Buckets<'a> {
    /// What the keys stand for.
    pub domain: Domain,
    /// Entries hold `key >> shift`; 0 is exact.
    pub shift: u32,
    /// (bucket, count), by rising bucket.
    pub entries: &'a [(u128, u64)],
    /// The smallest key.
    pub min: u128,
    /// The largest key.
    pub max: u128,
    /// All counts.
    pub n: u64,
}

impl<'a> Buckets<'a> {
    /// The buckets of a column whose smallest and largest keys are `range` (where not known, those of the outer
    /// buckets). `None` without a value.
    pub fn new(ordered: &'a Ordered, range: Option<(u128, u128)>) -> Option<Buckets<'a>> {
        let (&(first, _), &(last, _)) = (ordered.entries.first()?, ordered.entries.last()?);
        let low = ordered.domain.bucket(first, ordered.shift);
        let high = ordered.domain.bucket(last, ordered.shift);
        // A bucket of the outermost floats may reach past the infinities, where there are only NaNs.
        let (floor, ceiling) = match ordered.domain {
            Domain::Float => (float(f64::NEG_INFINITY).into(), float(f64::INFINITY).into()),
            _ => (0, u128::MAX),
        };
        let (min, max) = match range {
            Some((min, max)) => (min.clamp(low.0, low.1), max.clamp(high.0, high.1)),
            None => (low.0.max(floor), high.1.min(ceiling)),
        };
        let n = ordered.entries.iter().fold(0u64, |n, &(_, count)| n.saturating_add(count));
        (n > 0).then_some(Buckets {
            domain: ordered.domain,
            shift: ordered.shift,
            entries: &ordered.entries,
            min,
            max,
            n,
        })
    }

    /// Whether every entry is one value.
    pub fn is_exact(&self) -> bool {
        self.shift == 0
    }

    /// The smallest and the largest key that a bucket may hold, within the column's range.
    pub fn ends(&self, bucket: u128) -> (u128, u128) {
        if let (Ok(min), Ok(max), 0..64) = (u64::try_from(self.min), u64::try_from(self.max), self.shift) {
            // In registers: wasm has none of 128 bits.
            let low = (bucket as u64) << self.shift;
            let high = low | ((1 << self.shift) - 1);
            return (low.clamp(min, max).into(), high.clamp(min, max).into());
        }
        let (low, high) = self.domain.bucket(bucket, self.shift);
        (low.clamp(self.min, self.max), high.clamp(self.min, self.max))
    }

    /// The double nearest to a key's value.
    pub fn number(&self, key: u128) -> f64 {
        self.domain.number(key)
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::cell::domain::signed;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    /// The distribution of these keys at this shift.
    pub(crate) fn ordered(domain: Domain, shift: u32, keys: impl IntoIterator<Item = u128>) -> Ordered {
        let mut counts = BTreeMap::new();
        keys.into_iter().for_each(|key| *counts.entry(key >> shift).or_insert(0) += 1);
        Ordered { domain, shift, entries: counts.into_iter().collect() }
    }

    pub(crate) fn integers(shift: u32, values: &[i64]) -> Ordered {
        ordered(Domain::Signed, shift, values.iter().map(|&x| u128::from(signed(x))))
    }

    pub(crate) fn floats(shift: u32, values: &[f64]) -> Ordered {
        ordered(Domain::Float, shift, values.iter().map(|&x| u128::from(float(x))))
    }

    #[test]
    fn ends_stay_in_the_range_and_among_the_numbers() {
        let coarse = floats(60, &[f64::NEG_INFINITY, 1.0, f64::INFINITY]);
        let buckets = Buckets::new(&coarse, None).unwrap();
        assert_eq!(
            (buckets.number(buckets.min), buckets.number(buckets.max)),
            (f64::NEG_INFINITY, f64::INFINITY)
        );
        let coarse = integers(8, &[3, 700]);
        let buckets = Buckets::new(&coarse, Some((signed(3).into(), signed(700).into()))).unwrap();
        assert_eq!(buckets.ends(buckets.entries[0].0), (signed(3).into(), signed(255).into()));
        assert!(Buckets::new(&integers(0, &[]), None).is_none());
    }

    proptest! {
        #[test]
        fn ends_of_64_bits_are_those_of_128(mut keys in proptest::collection::vec(any::<u64>(), 2..9), shift in 0u32..64) {
            keys.sort_unstable();
            let (min, max) = (u128::from(keys[0]), u128::from(keys[keys.len() - 1]));
            let coarse = ordered(Domain::Signed, shift, keys.iter().copied().map(u128::from));
            let buckets = Buckets::new(&coarse, Some((min, max))).unwrap();
            for (bucket, _) in &coarse.entries {
                let (low, high) = Domain::Signed.bucket(*bucket, shift);
                prop_assert_eq!(buckets.ends(*bucket), (low.clamp(min, max), high.clamp(min, max)));
            }
        }
    }
}
