//! One portable 64-bit hash, the same native and in Wasm: eight bytes a step, 64-bit multiplies only.
//!
//! Each step is the multiply-rotate of MurmurHash3's 64-bit half and the end is its finaliser (Appleby, public
//! domain), whose avalanche HyperLogLog needs. It is seeded but not keyed: crafted collisions are possible, so tables
//! compare bytes and bound their probes.

const C1: u64 = 0x87c3_7b91_1142_53d5;
const C2: u64 = 0x4cf5_ad43_2745_937f;

/// The finaliser of MurmurHash3: a bijection of 64-bit words.
#[inline]
pub fn mix(mut h: u64) -> u64 {
    h ^= h >> 33;
    h = h.wrapping_mul(0xff51_afd7_ed55_8ccd);
    h ^= h >> 33;
    h = h.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    h ^ h >> 33
}

/// The hash of one word.
#[inline]
pub fn word(seed: u64, value: u64) -> u64 {
    mix(value.wrapping_add(seed.wrapping_mul(C1)) ^ C2)
}

/// The hash of two words.
#[inline]
pub fn wide(seed: u64, value: u128) -> u64 {
    word(word(seed, value as u64), (value >> 64) as u64)
}

#[inline]
fn step(h: u64, w: u64) -> u64 {
    (h ^ w.wrapping_mul(C1).rotate_left(31).wrapping_mul(C2)).rotate_left(27).wrapping_mul(5).wrapping_add(0x52dc_e729)
}

#[inline]
fn load(bytes: &[u8]) -> u64 {
    let mut word = [0; 8];
    word.copy_from_slice(&bytes[..8]);
    u64::from_le_bytes(word)
}

#[inline]
fn load4(bytes: &[u8]) -> u64 {
    let mut word = [0; 4];
    word.copy_from_slice(&bytes[..4]);
    u64::from(u32::from_le_bytes(word))
}

/// The hash of bytes. The last, partial word is read as an overlapping or a gathered one, its length mixed in.
#[inline]
pub fn bytes(seed: u64, text: &[u8]) -> u64 {
    let n = text.len();
    let mut h = seed ^ (n as u64).wrapping_mul(C2);
    if n >= 8 {
        let mut rest = text;
        while rest.len() > 8 {
            h = step(h, load(rest));
            rest = &rest[8..];
        }
        h = step(h, load(&text[n - 8..]));
    } else if n >= 4 {
        h = step(h, load4(text) | load4(&text[n - 4..]) << 32);
    } else if n > 0 {
        h = step(h, u64::from(text[0]) | u64::from(text[n / 2]) << 8 | u64::from(text[n - 1]) << 16);
    }
    mix(h)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_answers() {
        assert_eq!(bytes(0, b""), mix(0));
        let all: Vec<u64> = (0..40).map(|n| bytes(1, &b"the quick brown fox jumps over the lazy dog"[..n])).collect();
        let mut unique = all.clone();
        unique.sort_unstable();
        unique.dedup();
        assert_eq!(unique.len(), all.len());
    }

    #[test]
    fn one_flipped_bit_flips_half_of_the_hash() {
        for n in [1usize, 3, 4, 7, 8, 9, 16, 23] {
            let text: Vec<u8> = (0..n as u8).collect();
            for bit in 0..n * 8 {
                let mut flipped = text.clone();
                flipped[bit / 8] ^= 1 << (bit % 8);
                let changed = (bytes(0, &text) ^ bytes(0, &flipped)).count_ones();
                assert!((12..=52).contains(&changed), "{n} bytes, bit {bit}: {changed}");
            }
        }
    }
}
