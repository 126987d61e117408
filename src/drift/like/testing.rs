//! Columns that another language can make too: a seeded stream of numbers in, small columns of all sorts out.
//!
//! The oracles' numbers in the tests beside are of the same columns, made in Python by the same formulas.

use super::super::testing::*;
use crate::cell::Type;
use crate::profile::Column;

/// SplitMix64 of a seed and a place, in [0, 1).
fn uniform(seed: u64, i: u64) -> f64 {
    let mut z = seed
        .wrapping_mul(0x9E37_79B9_7F4A_7C15)
        .wrapping_add(i.wrapping_mul(0xBF58_476D_1CE4_E5B9))
        .wrapping_add(0x94D0_49BB_1331_11EB);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
}

/// All columns by name.
pub(super) const NAMES: [&str; 14] = [
    "float", "same", "skewed", "ints", "few ints", "four", "two", "constant", "moved", "letters", "new",
    "flag", "holes", "ties",
];

/// Rows `from` to `to` of a column of the reference (side 0) or the current table (side 1).
pub(super) fn made(name: &str, side: u64, from: u64, to: u64) -> Column {
    let seed = name.bytes().zip(1..).map(|(byte, k)| u64::from(byte) * k).sum::<u64>() * 2 + side;
    let all: Vec<f64> = (from..to).map(|i| uniform(seed, i)).collect();
    let x = || all.iter().copied();
    let bent = |u: f64, side_bends: u64| if side == side_bends { u * u } else { u };
    let s = side as f64;
    let letter = |list: &str, at: f64| list.chars().nth(at as usize).map(String::from).unwrap_or_default();
    match name {
        "float" => floats_of(name, x().map(|u| (u * 1000.0).floor() / 8.0 + 6.0 * s)),
        "same" => floats_of(name, x().map(|u| (u * 1000.0).floor() / 8.0)),
        "skewed" => floats_of(
            name,
            x().map(|u| {
                let k = (u * 100.0).floor();
                k * k * k / 16.0 * (1.0 + 0.25 * s)
            }),
        ),
        "ints" => integers(name, x().map(|u| (u * (200.0 + 20.0 * s)) as i64)),
        "few ints" => integers(name, x().map(|u| (bent(u, 1) * 7.0) as i64)),
        "four" => floats_of(name, x().map(|u| (bent(u, 1) * 4.0).floor() / 2.0)),
        "two" => integers(name, x().map(|u| (u * (1.25 + 0.25 * s)) as i64)),
        "constant" => floats_of(name, x().map(|_| 5.0)),
        "moved" => floats_of(name, x().map(|_| 5.0 + 2.0 * s)),
        "letters" => drawn(name, x().map(|u| letter("edcba", bent(u, 0) * 5.0))),
        "new" => drawn(name, x().map(|u| letter(if side == 1 { "abd" } else { "abc" }, u * 3.0))),
        "flag" => keys(name, Type::Boolean, x().map(|u| u128::from(u < 0.3 + 0.1 * s))),
        "holes" => {
            let held = (from..to).zip(x()).filter(|it| it.0 % 5 != 0);
            let valid = floats_of(name, held.map(|it| (it.1 * 50.0).floor()));
            let missing = (from..to).filter(|i| i % 5 == 0).count() as u64;
            holed(valid, missing, 0)
        }
        _ => floats_of(name, x().map(|u| (u * 17.0).floor() * 1.5)),
    }
}
