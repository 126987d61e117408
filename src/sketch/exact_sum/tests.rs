//! Sums against exact fractions, 128-bit integers and the laws of sketches.

use super::*;
use crate::sketch::pack::to_bytes;
use proptest::prelude::*;

fn of(inputs: &[(f64, u64)]) -> ExactSum {
    let mut sum = ExactSum::new();
    inputs.iter().for_each(|&(x, count)| sum.add_f64(x, count));
    sum
}

fn squares_of(inputs: &[(f64, u64)]) -> ExactSum {
    let mut sum = ExactSum::new();
    inputs.iter().for_each(|&(x, count)| sum.add_square_f64(x, count));
    sum
}

fn integers_of(inputs: &[(i128, u64)]) -> ExactSum {
    let mut sum = ExactSum::new();
    for &(x, count) in inputs {
        sum.add_i128(x, count);
        sum.add_square_i128(x, count);
    }
    sum
}

fn double() -> impl Strategy<Value = f64> {
    prop_oneof![any::<u64>().prop_map(f64::from_bits), -1e3..1e3f64, Just(1e300), Just(-1e300)]
}

fn count() -> impl Strategy<Value = u64> {
    prop_oneof![Just(1u64), 0..4u64, any::<u64>().prop_map(|c| c >> 8)]
}

laws!(laws_of_sums, make: of, inputs: (double(), count()));
laws!(laws_of_squares, make: squares_of, inputs: (double(), count()));
laws!(laws_of_integers, make: integers_of, inputs: (any::<i128>(), count()));

proptest! {
    #[test]
    fn counts_are_repeated_additions(x in double(), count in 0u64..20) {
        let mut one_by_one = (ExactSum::new(), ExactSum::new());
        for _ in 0..count {
            one_by_one.0.add_f64(x, 1);
            one_by_one.1.add_square_f64(x, 1);
        }
        prop_assert_eq!(to_bytes(&one_by_one.0), to_bytes(&of(&[(x, count)])));
        prop_assert_eq!(to_bytes(&one_by_one.1), to_bytes(&squares_of(&[(x, count)])));
    }

    #[test]
    fn small_integers_sum_as_128_bit_integers_do(xs in proptest::collection::vec((any::<i64>(), 0u64..1000), 0..50)) {
        let (mut sum, mut squares) = (ExactSum::new(), ExactSum::new());
        let (mut truth, mut truth_of_squares) = (0i128, 0u128);
        for &(x, count) in &xs {
            sum.add_i128(x.into(), count);
            truth += i128::from(x) * i128::from(count);
            let low = x >> 8;
            squares.add_square_i128(low.into(), count);
            truth_of_squares += u128::from(low.unsigned_abs()).pow(2) * u128::from(count);
        }
        prop_assert_eq!(sum.to_f64(), Some(truth as f64));
        prop_assert_eq!(squares.to_f64(), Some(truth_of_squares as f64));
        prop_assert_eq!(sum.integer(), Some((truth < 0, truth.unsigned_abs().to_string())));
    }

    #[test]
    fn what_is_added_can_be_taken_away(xs in proptest::collection::vec(double(), 0..50)) {
        let finite = xs.into_iter().filter(|x| x.is_finite());
        let all: Vec<(f64, u64)> = finite.flat_map(|x| [(x, 3), (-x, 2), (-x, 1)]).collect();
        prop_assert_eq!(to_bytes(&of(&all)), to_bytes(&ExactSum::new()));
    }
}

type Case = (&'static [(f64, u64)], f64, f64, f64, f64);

/// (value, count), then sum, sum of squares, mean and sample standard deviation: Python's `fractions.Fraction`,
/// each divided, or rooted with `math.isqrt`, once.
#[rustfmt::skip]
#[allow(clippy::excessive_precision, reason = "as Python prints them")]
const CASES: &[Case] = &[
    (&[(1000000000.0, 1), (1000000000.0001, 2), (1000000000.0002, 3), (1000000000.0003, 4), (1000000000.0004, 5)],
        15000000000.004, 1.5000000000008e+19, 1000000000.0002667, 0.00012907690215737622),
    (&[(0.1, 3), (0.2, 1), (-0.3, 1), (1e+16, 1), (-1e+16, 1)],
        0.20000000000000004, 2e+32, 0.028571428571428577, 5773502691896258.0),
    (&[(1.7e+308, 2), (-1.7e+308, 1), (1.2e+308, 1)], f64::INFINITY, f64::INFINITY, 7.25e+307, 1.633758448078132e+308),
    (&[(5e-324, 3), (1e-310, 1), (-2e-320, 2)], 9.9999999960015e-311, 0.0, 1.666666666e-311, 4.082482904965e-311),
    (&[(1e+300, 1), (1.0, 1), (-1e+300, 1)], 1.0, f64::INFINITY, 0.3333333333333333, 1e+300),
    (&[(-1.5018691975450628e-151, 3), (1.496516389830383e+181, 1), (4.6678633181812096e-36, 1)],
        1.496516389830383e+181, f64::INFINITY, 2.993032779660766e+180, 6.6926247542066225e+180),
    (&[(2.5, 4)], 10.0, 25.0, 2.5, 0.0),
];

#[test]
fn sums_means_and_deviations_are_those_of_exact_fractions() {
    for &(inputs, sum, square, mean, std) in CASES {
        let (s, q) = (of(inputs), squares_of(inputs));
        let n = inputs.iter().map(|&(_, count)| count).sum();
        assert_eq!(s.to_f64(), Some(sum), "sum of {inputs:?}");
        assert_eq!(q.to_f64(), Some(square), "squares of {inputs:?}");
        assert_eq!(s.quotient(&[n]), Some(mean), "mean of {inputs:?}");
        let found = s.standard_deviation(&q, n, &[]).unwrap();
        assert!((found - std).abs() <= 2.3e-16 * std, "std of {inputs:?}: {found} for {std}");
    }
}

#[test]
fn the_widest_integers_are_exact() {
    let mut sum = ExactSum::new();
    let mut squares = ExactSum::new();
    for (x, count) in [(i128::MIN, u64::MAX), (i128::MAX, 3), (12_345_678_901_234_567_890_123, 7), (-5, 1)] {
        sum.add_i128(x, count);
        squares.add_square_i128(x, count);
    }
    // Python's integers.
    let digits = "3138550867693340381237329977761956194704676198726505602683";
    assert_eq!(sum.integer(), Some((true, digits.into())));
    let digits =
        "533996758980227520656651471161046126362461623093508213322887273906184932670156998746692388605675";
    assert_eq!(squares.integer(), Some((false, digits.into())));
    assert_eq!(squares.to_f64(), Some(5.339967589802275e95));
}

#[test]
fn infinities_and_divisors_of_zero_are_not_numbers() {
    assert_eq!(of(&[(f64::INFINITY, 1), (-1e308, 9)]).to_f64(), Some(f64::INFINITY));
    assert_eq!(of(&[(f64::INFINITY, 1), (f64::NEG_INFINITY, 1)]).to_f64(), None);
    assert_eq!(of(&[(f64::NAN, 1)]).to_f64(), None);
    assert_eq!(of(&[(f64::INFINITY, 0)]).to_f64(), Some(0.0));
    assert_eq!(of(&[(1.0, 1)]).quotient(&[0]), None);
    assert_eq!(of(&[(0.5, 1)]).integer(), None);
    assert_eq!(of(&[]).integer(), Some((false, "0".into())));
    assert_eq!(of(&[(1.0, 1)]).standard_deviation(&squares_of(&[(1.0, 1)]), 1, &[]), None);
}

#[test]
fn carries_come_in_time() {
    let mut sum = ExactSum::new();
    sum.add_f64(1.0, 1);
    sum.pending = LAZY - 3;
    for _ in 0..10 {
        sum.add_f64(-3.5, 1);
    }
    assert!(sum.pending < 10);
    assert_eq!(sum.to_f64(), Some(-34.0));
}
