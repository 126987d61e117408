//! What keys count, within their budget and past it.

use super::*;
use crate::cell::domain;

fn shape(domain: Domain, budget: u64) -> Shape {
    Shape { domain, numeric: true, hashed: false, budget, seed: 7 }
}

fn integers(values: &[i64]) -> Keys<u64> {
    let mut keys = Keys::new(shape(Domain::Signed, 1_600));
    for value in values {
        let key = domain::signed(*value);
        keys.add(key, key.hash(SEED), 1);
    }
    keys.settle();
    keys
}

fn floats(values: &[f64]) -> Keys<u64> {
    let mut keys = Keys::new(shape(Domain::Float, 1_600));
    for value in values {
        let key = domain::float(*value);
        keys.add(key, key.hash(SEED), 1);
    }
    keys.settle();
    keys
}

laws!(integer_laws, make: integers, inputs: -300i64..300);
laws!(float_laws, make: floats, inputs: proptest::num::f64::NORMAL);

#[test]
fn within_the_budget_every_key_is_counted() {
    let keys = integers(&[3, -1, 3, 0]);
    assert!(keys.is_exact() && keys.shift() == 0);
    let found: Vec<(i64, u64)> =
        keys.entries().iter().map(|(key, n)| (domain::signed_of(*key as u64), *n)).collect();
    assert_eq!(found, [(-1, 1), (0, 1), (3, 2)]);
}

#[test]
fn past_the_budget_buckets_hold_every_cell_and_sums_stay_exact() {
    let values: Vec<i64> = (0..5_000).map(|i| i * 7 - 10_000).collect();
    let mut keys = integers(&values);
    keys.settle();
    let beyond = keys.beyond().expect("past the budget");
    assert!(keys.shift() > 0 && keys.entries().len() <= 100);
    assert_eq!(keys.entries().iter().map(|it| it.1).sum::<u64>(), 5_000);
    let (sum, squares) = beyond.sums.totals();
    assert_eq!(sum.to_f64(), Some(values.iter().sum::<i64>() as f64));
    assert_eq!(squares.to_f64(), Some(values.iter().map(|x| x * x).sum::<i64>() as f64));
    let (estimate, deviation) = beyond.distinct.estimate();
    assert!((estimate - 5_000.0).abs() < 4.0 * deviation, "{estimate}");
}

proptest::proptest! {
    #[test]
    fn keys_counted_together_give_the_state_of_single_ones(
        values in proptest::collection::vec(proptest::prelude::prop_oneof![-80i64..80, proptest::prelude::any::<i64>()], 0..600),
        cut in 1usize..300,
    ) {
        let mut together = Keys::<u64>::new(shape(Domain::Signed, 1_600));
        for values in values.chunks(cut) {
            let keys: Vec<u64> = values.iter().map(|x| domain::signed(*x)).collect();
            let hashes: Vec<u64> = keys.iter().map(|key| key.hash(SEED)).collect();
            together.add_each(&keys, &hashes);
        }
        proptest::prop_assert_eq!(
            crate::sketch::pack::to_bytes(&together), crate::sketch::pack::to_bytes(&integers(&values))
        );
    }
}

#[test]
fn the_state_past_the_budget_depends_on_the_cells_alone() {
    let spreads: [(&str, fn(u64) -> u64); 6] =
        [
            ("rising", |i| 1_000_000 + i),
            ("falling", |i| u64::MAX - i * 3),
            ("even", hash::mix),
            ("near, and some far away", |i| {
                if i % 50 == 0 { hash::mix(i) } else { 1 << 40 | hash::mix(i) >> 44 }
            }),
            ("far apart", |i| 1u64.rotate_left((i % 64) as u32) ^ hash::mix(i) >> 50),
            ("more and more of them", |i| hash::mix(i) >> (i / 500).min(63)),
        ];
    for (spread, key) in spreads {
        let keys: Vec<u64> = (0..30_000).map(key).collect();
        let hashes: Vec<u64> = keys.iter().map(|key| key.hash(SEED)).collect();
        let new = || Keys::<u64>::new(shape(Domain::Signed, 16 << 10));
        let counted = |range: std::ops::Range<usize>, chunk: usize| {
            let mut counted = new();
            for at in range.clone().step_by(chunk) {
                let end = (at + chunk).min(range.end);
                counted.add_each(&keys[at..end], &hashes[at..end]);
            }
            counted.settle();
            counted
        };
        let mut single = new();
        keys.iter().zip(&hashes).for_each(|(key, hash)| single.add(*key, *hash, 1));
        let expected = crate::sketch::pack::to_bytes(&single);
        assert!(!single.is_exact());
        for chunk in [100, 1_021, 30_000] {
            let whole = counted(0..30_000, chunk);
            assert_eq!(crate::sketch::pack::to_bytes(&whole), expected, "{spread}, {chunk} at a time");
            let mut merged = counted(20_000..30_000, chunk);
            merged.merge(&counted(0..700, chunk));
            merged.merge(&counted(700..20_000, chunk));
            assert_eq!(crate::sketch::pack::to_bytes(&merged), expected, "{spread}, merged, {chunk}");
            // Cells may go on coming after a state has settled.
            let mut woken = counted(0..10_000, chunk);
            woken.add_each(&keys[10_000..], &hashes[10_000..]);
            assert_eq!(crate::sketch::pack::to_bytes(&woken), expected, "{spread}, woken, {chunk}");
        }
    }
}

#[test]
fn the_shift_is_the_smallest_at_which_the_buckets_fit() {
    let values: Vec<i64> = (0..400).collect();
    let mut keys = integers(&values);
    keys.settle();
    let at = |shift: u32| {
        let mut buckets: Vec<u64> = values.iter().map(|x| domain::signed(*x) >> shift).collect();
        buckets.dedup();
        buckets.len()
    };
    assert!(at(keys.shift()) <= 100 && at(keys.shift() - 1) > 100);
}
