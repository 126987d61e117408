//! A seed in, the numbers of numpy's `RandomState` out: MT19937 (Matsumoto and Nishimura 1998), seeded as `init_genrand`.
//! What NannyML's choice of a calibration depends on.

const N: usize = 624;
const M: usize = 397;

/// The generator.
pub struct MersenneTwister {
    state: [u32; N],
    at: usize,
}

impl MersenneTwister {
    /// As `numpy.random.RandomState(seed)`.
    pub fn new(seed: u32) -> MersenneTwister {
        let mut state = [seed; N];
        for i in 1..N {
            let last = state[i - 1];
            state[i] = 1_812_433_253_u32.wrapping_mul(last ^ (last >> 30)).wrapping_add(i as u32);
        }
        MersenneTwister { state, at: N }
    }

    /// 32 random bits.
    pub fn next_u32(&mut self) -> u32 {
        if self.at == N {
            self.twist();
        }
        let mut y = self.state[self.at];
        self.at += 1;
        y ^= y >> 11;
        y ^= (y << 7) & 0x9d2c_5680;
        y ^= (y << 15) & 0xefc6_0000;
        y ^ (y >> 18)
    }

    fn twist(&mut self) {
        for i in 0..N {
            let y = (self.state[i] & 0x8000_0000) | (self.state[(i + 1) % N] & 0x7fff_ffff);
            let odd = if y & 1 == 1 { 0x9908_b0df } else { 0 };
            self.state[i] = self.state[(i + M) % N] ^ (y >> 1) ^ odd;
        }
        self.at = 0;
    }

    /// A number of 0 to `most`, by masking and rejecting as numpy does.
    pub fn up_to(&mut self, most: u32) -> u32 {
        if most == 0 {
            return 0;
        }
        let mask = u32::MAX >> most.leading_zeros();
        loop {
            let value = self.next_u32() & mask;
            if value <= most {
                return value;
            }
        }
    }

    /// Puts items into random order, as `RandomState.shuffle`.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            let j = self.up_to(i as u32) as usize;
            items.swap(i, j);
        }
    }

    /// 0 to n − 1 in random order, as `RandomState.permutation(n)`.
    pub fn permutation(&mut self, n: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..n).collect();
        self.shuffle(&mut order);
        order
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_permutations_are_those_of_numpy() {
        // numpy 2.4.6: RandomState(42).randint(0, 2**32, 3, dtype='uint32'); RandomState(42).permutation(10).
        let mut twister = MersenneTwister::new(42);
        assert_eq!([0; 3].map(|_| twister.next_u32()), [1_608_637_542, 3_421_126_067, 4_083_286_876]);
        assert_eq!(MersenneTwister::new(42).permutation(10), [8, 1, 5, 0, 7, 2, 9, 4, 3, 6]);
    }
}
