//! One portable, seeded 64-bit hash: bytes or words in, the same 64 bits out on every machine.
//!
//! Only 64-bit multiplications, since wasm has no wider one and would call a function for it. Eight bytes a step, one
//! multiplication of which waits for the step before (the round of xxHash64); the end is P. Evensen's rrmxmx, whose bits
//! all depend on all of the state's, also for counters, so that HyperLogLog may take its index and its rank from it.
//! Not a cryptographic hash: tables that meet crafted input bound their probes and compare the bytes.

const A: u64 = 0x9E37_79B1_85EB_CA87;
const B: u64 = 0xC2B2_AE3D_27D4_EB4F;
const C: u64 = 0x1656_67B1_9E37_79F9;
const MIX: u64 = 0x9FB2_1C65_1E98_DF25;

/// The hash of bytes.
#[inline]
pub fn bytes(seed: u64, bytes: &[u8]) -> u64 {
    let mut state = seed.wrapping_add(C) ^ (bytes.len() as u64).wrapping_mul(A);
    let length = bytes.len();
    if length >= 8 {
        let mut at = 0;
        while at + 8 < length {
            state = step(state, eight(bytes, at));
            at += 8;
        }
        // The last eight bytes, which may overlap those before: the length is in the state, so nothing is ambiguous.
        state = step(state, eight(bytes, length - 8));
    } else if length >= 4 {
        state = step(state, four(bytes, 0) | four(bytes, length - 4) << 32);
    } else if length > 0 {
        let (first, middle, last) = (bytes[0], bytes[length / 2], bytes[length - 1]);
        state = step(state, u64::from(first) | u64::from(middle) << 8 | u64::from(last) << 16);
    }
    mix(state)
}

/// The hash of a word.
#[inline]
pub fn word(seed: u64, word: u64) -> u64 {
    mix(word ^ mix(seed ^ C))
}

/// The hash of a wide word.
#[inline]
pub fn wide(seed: u64, wide: u128) -> u64 {
    let (low, high) = (wide as u64, (wide >> 64) as u64);
    mix(low ^ mix(high ^ mix(seed ^ B)))
}

#[inline]
fn step(state: u64, word: u64) -> u64 {
    let scattered = word.wrapping_mul(B).rotate_left(31).wrapping_mul(A);
    (state ^ scattered).rotate_left(27).wrapping_mul(A).wrapping_add(C)
}

/// P. Evensen (2018), rrmxmx: a permutation of the 64-bit words.
#[inline]
pub fn mix(mut x: u64) -> u64 {
    x ^= x.rotate_right(49) ^ x.rotate_right(24);
    x = x.wrapping_mul(MIX);
    x ^= x >> 28;
    x = x.wrapping_mul(MIX);
    x ^ x >> 28
}

#[inline]
fn eight(bytes: &[u8], at: usize) -> u64 {
    let mut word = [0; 8];
    word.copy_from_slice(&bytes[at..at + 8]);
    u64::from_le_bytes(word)
}

#[inline]
fn four(bytes: &[u8], at: usize) -> u64 {
    let mut word = [0; 4];
    word.copy_from_slice(&bytes[at..at + 4]);
    u64::from(u32::from_le_bytes(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_hash_never_changes() {
        // Saved profiles hold these hashes: a change here breaks every one of them. The literals are those of the same
        // arithmetic in Python's integers.
        let found: Vec<u64> =
            ["", "a", "ab", "abc", "abcd", "abcdefg", "abcdefgh", "abcdefghi", "the quick brown fox jumps"]
                .iter()
                .map(|text| bytes(0, text.as_bytes()))
                .collect();
        assert_eq!(found, BYTES);
        assert_eq!(bytes(1, b"abc"), BYTES_SEEDED);
        assert_eq!([word(0, 0), word(0, 1), word(7, u64::MAX)], WORDS);
        assert_eq!([wide(0, 0), wide(0, 1), wide(7, u128::MAX)], WIDES);
    }

    /// Flips each of the input's bits in many inputs: each output bit must flip in about half of them.
    fn avalanche(bits: usize, hash: impl Fn(&[u8]) -> u64) {
        const INPUTS: u64 = 2_000;
        let mut worst = 0.0_f64;
        for bit in 0..bits {
            let mut flips = [0_u32; 64];
            for i in 0..INPUTS {
                // Counters in the first bytes: the hardest of the inputs that occur.
                let mut input = vec![b'0'; bits / 8];
                let digits = i.to_le_bytes();
                let width = input.len().min(8);
                input[..width].copy_from_slice(&digits[..width]);
                let before = hash(&input);
                input[bit / 8] ^= 1 << (bit % 8);
                let changed = before ^ hash(&input);
                (0..64).for_each(|b| flips[b] += (changed >> b & 1) as u32);
            }
            for count in flips {
                worst = worst.max((f64::from(count) / INPUTS as f64 - 0.5).abs());
            }
        }
        // Seven standard errors of a fair coin.
        assert!(worst < 7.0 * 0.5 / (INPUTS as f64).sqrt(), "a bit flips with a bias of {worst}");
    }

    #[test]
    fn every_bit_of_the_input_moves_every_bit_of_the_hash() {
        avalanche(16, |b| bytes(0, b));
        avalanche(40, |b| bytes(0, b));
        avalanche(64, |b| bytes(3, b));
        avalanche(160, |b| bytes(0, b));
        avalanche(64, |b| word(0, eight(b, 0)));
        avalanche(128, |b| wide(0, u128::from(eight(b, 0)) << 64 | u128::from(eight(b, 8))));
        avalanche(128, |b| wide(0, u128::from(eight(b, 8)) << 64 | u128::from(eight(b, 0))));
    }

    #[test]
    fn lengths_and_padding_are_told_apart() {
        let mut seen = BTreeSet::new();
        for length in 0..200 {
            assert!(seen.insert(bytes(0, &vec![0; length])), "length {length}");
        }
        assert_ne!(bytes(0, b"aba"), bytes(0, b"abba"));
    }

    #[test]
    fn counters_fill_buckets_evenly() {
        // Chi-squared on 4,096 buckets by the top and by the low bits: 4,095 ± 7 standard deviations of √(2·4,095).
        for shift in [0, 52] {
            for stride in [1_u64, 2, 10, 1 << 20, 86_400_000_000] {
                let mut counts = vec![0_u32; 4096];
                (0..400_000).for_each(|i| counts[(word(0, i * stride) >> shift & 4095) as usize] += 1);
                let mean = 400_000.0 / 4096.0;
                let chi: f64 =
                    counts.iter().map(|&c| (f64::from(c) - mean) * (f64::from(c) - mean) / mean).sum();
                assert!((chi - 4095.0).abs() < 7.0 * 90.5, "stride {stride}, shift {shift}: {chi}");
            }
        }
    }

    #[test]
    fn decimal_texts_do_not_collide() {
        let mut hashes: Vec<u64> = (0..300_000).map(|i| bytes(0, format!("id-{i}").as_bytes())).collect();
        hashes.sort_unstable();
        assert!(hashes.windows(2).all(|w| w[0] != w[1]));
    }
    #[rustfmt::skip]
    const BYTES: [u64; 9] = [
        0x9B63_A953_99CD_DD82,
        0x0587_12A0_BD86_2ABF,
        0x3634_ABF9_A667_7015,
        0x570B_39D7_12DA_A96E,
        0xA88B_8E82_E26C_5A17,
        0xCECD_E5FD_4F7E_29DD,
        0x51BE_37D2_A9B7_1BCB,
        0x8DEB_3C4D_9D13_BB27,
        0xB53B_A277_A4C7_421E,
    ];
    const BYTES_SEEDED: u64 = 0x1FDB_703C_DD42_DDA1;
    const WORDS: [u64; 3] = [0xD4E9_2661_8186_2CF5, 0x26BD_3DB6_12BA_4F4E, 0x2E20_BB17_57F2_B6E3];
    const WIDES: [u64; 3] = [0x7E9D_D4D3_E147_307D, 0x814F_ED9F_9DAC_1157, 0xDEC0_143A_C612_36A2];
}
