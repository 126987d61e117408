//! 64 bytes in, one bit per byte out: set where the byte is the delimiter, and where it is the quote, LF or CR. The only
//! file of the reader with SIMD; every variant gives the bits of the scalar one.

/// Bytes looked at together.
pub(super) const LANES: usize = 64;

/// The bytes that mean something to the state machine.
#[derive(Debug, Clone, Copy)]
pub(super) struct Needles {
    delimiter: u8,
    quote: u8,
}

/// Where in up to 64 bytes something is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Marks {
    /// The delimiters.
    pub(super) delimiters: u64,
    /// Quotes, LF and CR.
    pub(super) others: u64,
}

impl Needles {
    /// Without a quote only the delimiter and the line ends are found.
    pub(super) fn new(delimiter: u8, quote: Option<u8>) -> Needles {
        Needles { delimiter, quote: quote.unwrap_or(b'\n') }
    }

    /// The bits of up to 64 bytes; those behind the bytes' end are zero.
    #[inline]
    pub(super) fn of(self, bytes: &[u8]) -> Marks {
        match bytes.first_chunk::<LANES>() {
            Some(block) => self.of_block(block),
            None => {
                let mut block = [0; LANES];
                block[..bytes.len()].copy_from_slice(bytes);
                let (marks, there) = (self.of_block(&block), (1 << bytes.len()) - 1);
                Marks { delimiters: marks.delimiters & there, others: marks.others & there }
            }
        }
    }

    #[cfg(target_arch = "x86_64")]
    #[inline]
    // SSE2 is part of every x86_64 target, and each load lies within the 64 bytes of `block`.
    #[allow(unsafe_code)]
    fn of_block(self, block: &[u8; LANES]) -> Marks {
        use std::arch::x86_64::{
            __m128i, _mm_cmpeq_epi8, _mm_loadu_si128, _mm_movemask_epi8, _mm_or_si128, _mm_set1_epi8,
        };
        unsafe {
            let delimiter = _mm_set1_epi8(self.delimiter as i8);
            let quote = _mm_set1_epi8(self.quote as i8);
            let lf = _mm_set1_epi8(b'\n' as i8);
            let cr = _mm_set1_epi8(b'\r' as i8);
            let mut marks = Marks { delimiters: 0, others: 0 };
            for part in 0..4 {
                let bytes = _mm_loadu_si128(block.as_ptr().add(part * 16).cast::<__m128i>());
                let ends = _mm_or_si128(_mm_cmpeq_epi8(bytes, lf), _mm_cmpeq_epi8(bytes, cr));
                let others = _mm_or_si128(_mm_cmpeq_epi8(bytes, quote), ends);
                let delimiters = _mm_cmpeq_epi8(bytes, delimiter);
                marks.delimiters |= u64::from(_mm_movemask_epi8(delimiters) as u16) << (part * 16);
                marks.others |= u64::from(_mm_movemask_epi8(others) as u16) << (part * 16);
            }
            marks
        }
    }

    #[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
    #[inline]
    // simd128 is switched on for this build, and each load lies within the 64 bytes of `block`.
    #[allow(unsafe_code)]
    fn of_block(self, block: &[u8; LANES]) -> Marks {
        use std::arch::wasm32::{u8x16_bitmask, u8x16_eq, u8x16_splat, v128, v128_load, v128_or};
        let delimiter = u8x16_splat(self.delimiter);
        let quote = u8x16_splat(self.quote);
        let lf = u8x16_splat(b'\n');
        let cr = u8x16_splat(b'\r');
        let mut marks = Marks { delimiters: 0, others: 0 };
        for part in 0..4 {
            let bytes = unsafe { v128_load(block.as_ptr().add(part * 16).cast::<v128>()) };
            let ends = v128_or(u8x16_eq(bytes, lf), u8x16_eq(bytes, cr));
            let others = v128_or(u8x16_eq(bytes, quote), ends);
            marks.delimiters |= u64::from(u8x16_bitmask(u8x16_eq(bytes, delimiter))) << (part * 16);
            marks.others |= u64::from(u8x16_bitmask(others)) << (part * 16);
        }
        marks
    }

    #[cfg(all(target_arch = "aarch64", target_endian = "little"))]
    #[inline]
    // NEON is part of every aarch64 target, and each load lies within its array.
    #[allow(unsafe_code)]
    fn of_block(self, block: &[u8; LANES]) -> Marks {
        use std::arch::aarch64::{
            uint8x16_t, vandq_u8, vceqq_u8, vdupq_n_u8, vgetq_lane_u64, vld1q_u8, vorrq_u8, vpaddq_u8,
            vreinterpretq_u64_u8,
        };
        const WEIGHTS: [u8; 16] = [1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128];
        unsafe {
            let weights = vld1q_u8(WEIGHTS.as_ptr());
            // Adding neighbours three times leaves one byte for eight, its bits in order.
            let bits_of = |parts: [uint8x16_t; 4]| {
                let all = vpaddq_u8(vpaddq_u8(parts[0], parts[1]), vpaddq_u8(parts[2], parts[3]));
                vgetq_lane_u64::<0>(vreinterpretq_u64_u8(vpaddq_u8(all, all)))
            };
            let (mut delimiters, mut others) = ([weights; 4], [weights; 4]);
            for i in 0..4 {
                let bytes = vld1q_u8(block.as_ptr().add(i * 16));
                let ends = vorrq_u8(vceqq_u8(bytes, vdupq_n_u8(b'\n')), vceqq_u8(bytes, vdupq_n_u8(b'\r')));
                let other = vorrq_u8(vceqq_u8(bytes, vdupq_n_u8(self.quote)), ends);
                delimiters[i] = vandq_u8(vceqq_u8(bytes, vdupq_n_u8(self.delimiter)), weights);
                others[i] = vandq_u8(other, weights);
            }
            Marks { delimiters: bits_of(delimiters), others: bits_of(others) }
        }
    }

    #[cfg(not(any(
        target_arch = "x86_64",
        all(target_arch = "wasm32", target_feature = "simd128"),
        all(target_arch = "aarch64", target_endian = "little")
    )))]
    #[inline]
    fn of_block(self, block: &[u8; LANES]) -> Marks {
        self.of_block_by_bytes(block)
    }

    /// The definition of the others.
    #[cfg_attr(
        any(target_arch = "x86_64", target_arch = "aarch64", target_arch = "wasm32"),
        allow(dead_code)
    )]
    fn of_block_by_bytes(self, block: &[u8; LANES]) -> Marks {
        let mut marks = Marks { delimiters: 0, others: 0 };
        for (i, &byte) in block.iter().enumerate() {
            let is_other = byte == self.quote || byte == b'\n' || byte == b'\r';
            marks.delimiters |= u64::from(byte == self.delimiter) << i;
            marks.others |= u64::from(is_other) << i;
        }
        marks
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn vector_bits_are_the_scalar_bits(
            bytes in proptest::collection::vec(
                prop_oneof![Just(b','), Just(b'"'), Just(b'\n'), Just(b'\r'), any::<u8>()], 0..64),
            delimiter in any::<u8>(), quote in proptest::option::of(any::<u8>()),
        ) {
            let needles = Needles::new(delimiter, quote);
            let mut block = [0; LANES];
            block[..bytes.len()].copy_from_slice(&bytes);
            let expected = needles.of_block_by_bytes(&block);
            prop_assert_eq!(needles.of_block(&block), expected);
            let there = (1u64 << bytes.len()) - 1;
            let cut = Marks { delimiters: expected.delimiters & there, others: expected.others & there };
            prop_assert_eq!(needles.of(&bytes), cut);
        }
    }
}
