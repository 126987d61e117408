//! The laws that every sketch keeps, as one macro: inputs in, a test module out that fails where a state depends on
//! anything but the multiset of its inputs.

use std::fmt::Debug;

use proptest::prelude::*;

use super::pack::{Pack, from_bytes, to_bytes};

/// `laws!(name, make: fn(&[Input]) -> S, inputs: strategy of one input);` and, where `S::merge` does not take `&S`,
/// `merge: |a: &mut S, b: &S| …`. `S` implements `Pack`.
macro_rules! laws {
    ($name:ident, make: $make:expr, inputs: $inputs:expr) => {
        laws!($name, make: $make, inputs: $inputs, merge: |left, right| left.merge(right));
    };
    ($name:ident, make: $make:expr, inputs: $inputs:expr, merge: $merge:expr) => {
        mod $name {
            #[allow(unused_imports, reason = "the expressions may be written with anything of the test module")]
            use super::*;

            proptest::proptest! {
                #![proptest_config($crate::sketch::laws::config())]

                #[test]
                fn any_cut_and_any_order_give_the_same_bytes(
                    rows in proptest::collection::vec($inputs, 0..200),
                    ranks in proptest::collection::vec(proptest::prelude::any::<u64>(), 200),
                    cuts in proptest::collection::vec(proptest::prelude::any::<proptest::sample::Index>(), 0..6),
                ) {
                    $crate::sketch::laws::cuts_and_orders(&rows, &ranks, &cuts, $make, $merge)?;
                }

                #[test]
                fn merge_is_associative_and_commutative_with_a_neutral_empty_state(
                    a in proptest::collection::vec($inputs, 0..100),
                    b in proptest::collection::vec($inputs, 0..100),
                    c in proptest::collection::vec($inputs, 0..100),
                ) {
                    $crate::sketch::laws::algebra([&a, &b, &c], $make, $merge)?;
                }

                #[test]
                fn hostile_bytes_are_an_error_or_a_state(
                    bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..300),
                    rows in proptest::collection::vec($inputs, 0..50),
                    at in proptest::prelude::any::<proptest::sample::Index>(),
                    flip in 1u8..,
                ) {
                    $crate::sketch::laws::hostile(&bytes, &rows, at, flip, $make, $merge)?;
                }
            }
        }
    };
}

/// 96 cases, and no files of failures beside the sources.
pub(crate) fn config() -> ProptestConfig {
    ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() }
}

type Check = Result<(), TestCaseError>;

/// One state of all rows equals the merged states of pieces of the shuffled rows.
pub(crate) fn cuts_and_orders<I: Clone + Debug, S: Pack>(
    rows: &[I],
    ranks: &[u64],
    cuts: &[prop::sample::Index],
    make: impl Fn(&[I]) -> S,
    merge: impl Fn(&mut S, &S),
) -> Check {
    let whole = to_bytes(&make(rows));
    let mut shuffled: Vec<(u64, I)> = ranks.iter().copied().zip(rows.iter().cloned()).collect();
    shuffled.sort_by_key(|(rank, _)| *rank);
    let shuffled: Vec<I> = shuffled.into_iter().map(|(_, row)| row).collect();
    prop_assert_eq!(&to_bytes(&make(&shuffled)), &whole, "another order");
    let mut ends: Vec<usize> = cuts.iter().map(|cut| cut.index(rows.len() + 1)).collect();
    ends.push(rows.len());
    ends.sort_unstable();
    let mut merged = make(&[]);
    let mut start = 0;
    for end in ends {
        merge(&mut merged, &make(&shuffled[start..end]));
        start = end;
    }
    prop_assert_eq!(&to_bytes(&merged), &whole, "cut and merged");
    Ok(())
}

/// Associative, commutative, empty neutral; packing keeps the state.
pub(crate) fn algebra<I: Debug, S: Pack>(
    parts: [&[I]; 3],
    make: impl Fn(&[I]) -> S,
    merge: impl Fn(&mut S, &S),
) -> Check {
    let [a, b, c] = parts.map(&make);
    let merged = |states: &[&S]| {
        let mut sum: S = from_bytes(&to_bytes(states[0])).expect("a packed state unpacks");
        for state in &states[1..] {
            merge(&mut sum, state);
        }
        sum
    };
    let bytes = to_bytes(&a);
    prop_assert_eq!(&to_bytes(&merged(&[&a])), &bytes, "round trip");
    prop_assert_eq!(&to_bytes(&merged(&[&a, &make(&[])])), &bytes, "empty on the right");
    prop_assert_eq!(&to_bytes(&merged(&[&make(&[]), &a])), &bytes, "empty on the left");
    prop_assert_eq!(to_bytes(&merged(&[&a, &b])), to_bytes(&merged(&[&b, &a])), "commutative");
    let left = merged(&[&merged(&[&a, &b]), &c]);
    let right = merged(&[&a, &merged(&[&b, &c])]);
    prop_assert_eq!(to_bytes(&left), to_bytes(&right), "associative");
    Ok(())
}

/// Random bytes, and a state's bytes with one byte changed, unpack to an error or to a state that can be used.
pub(crate) fn hostile<I: Debug, S: Pack>(
    bytes: &[u8],
    rows: &[I],
    at: prop::sample::Index,
    flip: u8,
    make: impl Fn(&[I]) -> S,
    merge: impl Fn(&mut S, &S),
) -> Check {
    let state = make(rows);
    let mut changed = to_bytes(&state);
    if !changed.is_empty() {
        let at = at.index(changed.len());
        changed[at] ^= flip;
    }
    for bytes in [bytes, &changed] {
        if let Ok(mut other) = from_bytes::<S>(bytes) {
            merge(&mut other, &state);
            to_bytes(&other);
        }
    }
    Ok(())
}
