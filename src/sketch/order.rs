//! Whether a column's values only rise or only fall: kept per segment of the file and joined where segments meet.

use super::pack::pack_struct;

/// The values of one segment, in file order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// Where the segment begins.
    pub segment: u64,
    /// Its first key.
    pub first: u128,
    /// Its last key.
    pub last: u128,
    /// Bit 0: some key is above the one before; bit 1: below; bit 2: equal.
    pub steps: u8,
}

pack_struct!(Stretch { segment, first, last, steps });

impl Stretch {
    /// All bits of `steps`: nothing more can be learned.
    pub const EVERY_STEP: u8 = 7;

    /// A segment that begins with this key.
    pub fn new(segment: u64, key: u128) -> Stretch {
        Stretch { segment, first: key, last: key, steps: 0 }
    }

    /// The next key of the segment.
    #[inline]
    pub fn push(&mut self, key: u128) {
        self.steps |= step(self.last, key);
        self.last = key;
    }
}

/// The keys of one block on their way into a stretch.
#[derive(Debug, Clone, Copy)]
pub struct Trail {
    first: Option<u64>,
    last: u64,
    steps: u8,
}

impl Trail {
    /// Behind this key of the same segment, if there is one.
    pub fn new(before: Option<u64>) -> Trail {
        Trail { first: before, last: before.unwrap_or_default(), steps: 0 }
    }

    /// The next key.
    #[inline]
    pub fn push(&mut self, key: u64) {
        if self.first.is_none() {
            self.first = Some(key);
        } else {
            self.steps |=
                u8::from(key > self.last) | u8::from(key < self.last) << 1 | u8::from(key == self.last) << 2;
        }
        self.last = key;
    }

    /// Adds the keys to the stretches of a column.
    pub fn keep(&self, segment: u64, stretches: &mut Vec<Stretch>) {
        let Some(first) = self.first else { return };
        if stretches.last().is_none_or(|stretch| stretch.segment != segment) {
            stretches.push(Stretch::new(segment, first.into()));
        }
        if let Some(stretch) = stretches.last_mut() {
            stretch.steps |= self.steps;
            stretch.last = self.last.into();
        }
    }
}

#[inline]
fn step(before: u128, key: u128) -> u8 {
    if key > before {
        1
    } else if key < before {
        2
    } else {
        4
    }
}

/// The steps over all segments, which come in file order; `None` where there is no value.
pub fn join(stretches: &[Stretch]) -> Option<u8> {
    stretches.first()?;
    let within = stretches.iter().fold(0, |steps, it| steps | it.steps);
    Some(stretches.windows(2).fold(within, |steps, pair| steps | step(pair[0].last, pair[1].first)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn segments_join_as_if_they_were_one() {
        let steps = |keys: &[u128], cut: usize| {
            let mut all = Vec::new();
            for (i, part) in [&keys[..cut], &keys[cut..]].iter().enumerate() {
                if let Some((first, rest)) = part.split_first() {
                    let mut stretch = Stretch::new(i as u64, *first);
                    rest.iter().for_each(|key| stretch.push(*key));
                    all.push(stretch);
                }
            }
            join(&all)
        };
        for (keys, expected) in [(&[1u128, 2, 3][..], 1), (&[3, 2, 2], 6), (&[1, 3, 2, 2], 7), (&[5], 0)] {
            for cut in 0..=keys.len() {
                assert_eq!(steps(keys, cut), Some(expected), "{keys:?} cut at {cut}");
            }
        }
        assert_eq!(join(&[]), None);
    }
}
