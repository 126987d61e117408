//! Sorting by a 64-bit key that is nearly evenly spread, as hashes are and many values: one pass puts the items into
//! buckets of a few dozen by their highest bits that differ, then each bucket is sorted alone, within the cache. Whatever
//! the keys are, it is never slower than a sort by comparison with two passes more.

/// Below it the buckets do not pay.
const FEW: usize = 2_048;
/// Items a bucket, if they are evenly spread.
const BUCKET: usize = 32;

/// Sorts by rising key; items of equal keys in no order that means anything.
pub fn sort_by_key<T: Copy>(items: &mut Vec<T>, key: impl Fn(&T) -> u64) {
    if items.len() < FEW {
        return items.sort_unstable_by_key(key);
    }
    let (min, max) = items.iter().fold((u64::MAX, 0), |(min, max), it| (min.min(key(it)), max.max(key(it))));
    let bits = (items.len() / BUCKET).ilog2();
    let shift = (64 - (max - min).leading_zeros()).saturating_sub(bits);
    let bucket = |item: &T| ((key(item) - min) >> shift) as usize;
    let mut ends = vec![0usize; bucket_count(max - min, shift)];
    items.iter().for_each(|it| ends[bucket(it)] += 1);
    let mut start = 0;
    for end in &mut ends {
        (*end, start) = (start, start + *end);
    }
    let mut sorted = items.clone();
    for item in items.iter() {
        let at = &mut ends[bucket(item)];
        sorted[*at] = *item;
        *at += 1;
    }
    let mut start = 0;
    for end in ends {
        sorted[start..end].sort_unstable_by_key(&key);
        start = end;
    }
    *items = sorted;
}

fn bucket_count(span: u64, shift: u32) -> usize {
    (span >> shift) as usize + 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::num::hash;
    use proptest::prelude::*;

    #[test]
    fn many_items_come_out_sorted_however_their_keys_are_spread() {
        let spreads: [fn(u64) -> u64; 6] = [
            hash::mix,
            |i| i,
            |i| u64::MAX - i,
            |_| 7,
            |i| hash::mix(i) >> (i % 64),
            |i| u64::from(i == 9) << 63,
        ];
        for spread in spreads {
            let mut items: Vec<(u64, u64)> = (0..10_000).map(|i| (spread(i), i)).collect();
            let mut expected: Vec<u64> = items.iter().map(|it| it.0).collect();
            expected.sort_unstable();
            sort_by_key(&mut items, |it| it.0);
            assert_eq!(items.iter().map(|it| it.0).collect::<Vec<_>>(), expected);
            let mut rest: Vec<u64> = items.iter().map(|it| it.1).collect();
            rest.sort_unstable();
            assert!(rest.into_iter().eq(0..10_000), "an item was lost");
        }
    }

    proptest! {
        #[test]
        fn it_sorts_as_the_standard_library_does(mut items in proptest::collection::vec(any::<u64>(), 0..5_000)) {
            let mut expected = items.clone();
            expected.sort_unstable();
            sort_by_key(&mut items, |it| *it);
            prop_assert_eq!(items, expected);
        }
    }
}
