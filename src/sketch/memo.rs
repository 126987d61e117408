//! Verdicts of a contract's probes on values seen lately.

use super::probe::ColumnProbes;
use super::texts::Added;
use crate::num::hash;

/// Verdicts of the probes: by key for ordered columns (a small direct-mapped cache), by value index for text.
#[derive(Default)]
pub struct Memo {
    keys: Vec<(u128, u64, bool)>,
    texts: Vec<u64>,
}

impl Memo {
    /// The verdict on a key, from the cache or made anew.
    pub fn key(&mut self, key: u128, hash: u64, make: impl FnOnce() -> u64) -> u64 {
        const SLOTS: usize = 256;
        if self.keys.is_empty() {
            self.keys = vec![(0, 0, false); SLOTS];
        }
        let slot = &mut self.keys[hash::mix(hash) as usize % SLOTS];
        if !slot.2 || slot.0 != key {
            *slot = (key, make(), true);
        }
        slot.1
    }

    /// The verdict on a text: by its index while it is held, else made anew.
    pub fn text(&mut self, added: Added, raw: &[u8], probes: &ColumnProbes) -> u64 {
        match added {
            Added::Known(index) if index < self.texts.len() => self.texts[index],
            Added::New(index) | Added::Known(index) => {
                let verdict = probes.text_verdict(raw);
                if index == self.texts.len() {
                    self.texts.push(verdict);
                }
                verdict
            }
            Added::Hashed => probes.text_verdict(raw),
        }
    }
}
