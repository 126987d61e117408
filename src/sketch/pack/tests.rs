//! Round trips, cuts and hostile bytes of the packed form.

use super::*;
use proptest::prelude::*;

#[derive(Debug, Clone, PartialEq)]
struct Everything {
    number: u64,
    wide: (u128, i128),
    signed: (i64, i32, u32),
    float: f64,
    flag: Option<bool>,
    text: String,
    bytes: Box<[u8]>,
    map: BTreeMap<u16, Vec<String>>,
    colour: Colour,
}
pack_struct! { Everything { number, wide, signed, float, flag, text, bytes, map, colour } }

#[derive(Debug, Clone, Copy, PartialEq)]
enum Colour {
    Red,
    Green,
}
pack_enum! { Colour { Red = 0, Green = 1 } }

fn everything() -> impl Strategy<Value = Everything> {
    let map =
        proptest::collection::btree_map(any::<u16>(), proptest::collection::vec(any::<String>(), 0..3), 0..4);
    let numbers = (any::<u64>(), any::<(u128, i128)>(), any::<(i64, i32, u32)>(), -1e300..1e300f64);
    let others = (any::<Option<bool>>(), any::<String>(), any::<Vec<u8>>(), map, any::<bool>());
    (numbers, others).prop_map(|((number, wide, signed, float), (flag, text, bytes, map, red))| Everything {
        number,
        wide,
        signed,
        float,
        flag,
        text,
        bytes: bytes.into(),
        map,
        colour: if red { Colour::Red } else { Colour::Green },
    })
}

proptest! {
    #[test]
    fn what_was_packed_is_unpacked(value in everything()) {
        prop_assert_eq!(from_bytes::<Everything>(&to_bytes(&value)).unwrap(), value);
    }

    #[test]
    fn a_cut_anywhere_is_an_error(value in everything(), at in any::<prop::sample::Index>()) {
        let bytes = to_bytes(&value);
        prop_assert!(from_bytes::<Everything>(&bytes[..at.index(bytes.len())]).is_err());
    }

    #[test]
    fn accepted_bytes_are_canonical(bytes in proptest::collection::vec(any::<u8>(), 0..40)) {
        macro_rules! check {
            ($($ty:ty),+) => {$(
                if let Ok(value) = from_bytes::<$ty>(&bytes) {
                    prop_assert_eq!(to_bytes(&value), bytes.clone());
                }
            )+};
        }
        check!(u64, i64, u128, i128, bool, u32, String, Vec<u64>, Option<u8>, BTreeMap<u64, u64>, Vec<(u64, bool)>);
    }
}

#[test]
fn a_huge_count_is_an_error_before_it_allocates() {
    let mut bytes = to_bytes(&u64::MAX);
    bytes.extend_from_slice(&[0; 8]);
    assert!(from_bytes::<Vec<u128>>(&bytes).is_err());
    assert!(from_bytes::<Vec<u8>>(&bytes).is_err());
    assert!(from_bytes::<String>(&bytes).is_err());
    assert_eq!(from_bytes::<u64>(&bytes).unwrap_err().code(), "damaged");
}

#[test]
fn numbers_take_as_many_bytes_as_they_need() {
    assert_eq!(to_bytes(&127u64).len(), 1);
    assert_eq!(to_bytes(&128u64).len(), 2);
    assert_eq!(to_bytes(&u64::MAX).len(), 10);
    assert_eq!(to_bytes(&0u128).len(), 1);
    assert_eq!(to_bytes(&u128::MAX).len(), 17);
    assert_eq!(to_bytes(&-1i64), [1]);
}

#[test]
fn what_saved_profiles_hold_never_changes() {
    assert_eq!(to_bytes(&300u64), [0xac, 0x02]);
    let mut rows = super::super::row_hashes::RowHashes::new(4096);
    [5, 1 << 40, 5].into_iter().for_each(|hash| rows.insert(hash));
    assert_eq!(rows.saved(), [128, 2, 0, 2, 5, 1, 250, 255, 255, 255, 255, 31, 0]);
    let mut distinct = super::super::HyperLogLog::new(12);
    [1 << 63, 77].into_iter().for_each(|hash| distinct.insert(hash));
    assert_eq!(to_bytes(&distinct), [12, 2, 0, 46, 255, 15, 53]);
    let mut sum = super::super::ExactSum::default();
    sum.add_f64(-0.75, 3);
    assert_eq!(to_bytes(&sum), [0, 0, 1, 67, 2, 0, 0, 0, 64, 2, 0, 0, 0]);
}
