//! The dictionary of a column, kept from block to block: it is converted and checked once, not once a block.

use std::rc::Rc;
use std::sync::atomic::{AtomicU64, Ordering};

use ::arrow::array::{Array as _, ArrayData, ArrayRef};
use ::arrow::buffer::NullBuffer;

use super::convert::{Flat, Held};
use crate::block::Strings;
use crate::error::Result;

/// Numbers for dictionaries; that of no dictionary is 0.
static NEXT: AtomicU64 = AtomicU64::new(1);

/// What a column's dictionary was in the block before.
#[derive(Default)]
pub(super) struct Dictionary {
    known: Option<(ArrayData, Rc<Entries>)>,
}

/// The values of a dictionary.
pub(super) struct Entries {
    /// Of no other dictionary of this process.
    pub(super) number: u64,
    /// Which values are there; `None`: all.
    pub(super) valid: Option<NullBuffer>,
    /// The values.
    pub(super) held: Held,
    /// Which of them are not UTF-8; empty: none is.
    pub(super) ill_formed: Vec<bool>,
}

impl Dictionary {
    /// These values converted, by `flat` where they are not the ones of the block before; text that is `unchecked` may
    /// not be UTF-8.
    ///
    /// # Errors
    /// Those of `flat`.
    pub(super) fn entries(
        &mut self,
        values: &ArrayRef,
        unchecked: bool,
        flat: impl FnOnce(&ArrayRef) -> Result<Flat>,
    ) -> Result<Rc<Entries>> {
        let data = values.to_data();
        if let Some((known, entries)) = &self.known
            && known.ptr_eq(&data)
        {
            return Ok(Rc::clone(entries));
        }
        let (valid, held) = flat(values)?;
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let ill_formed = if unchecked { held.ill_formed() } else { Vec::new() };
        let entries = Rc::new(Entries { number, valid, held, ill_formed });
        self.known = Some((data, Rc::clone(&entries)));
        Ok(entries)
    }
}

impl Held {
    /// Which strings are not UTF-8; empty: none is not.
    pub(super) fn ill_formed(&self) -> Vec<bool> {
        let Held::Strings { offsets, bytes } = self else { return Vec::new() };
        let strings = Strings { offsets, bytes };
        if are_well_formed(&strings) {
            return Vec::new();
        }
        let bad: Vec<bool> =
            (0..strings.len()).map(|i| std::str::from_utf8(strings.get(i)).is_err()).collect();
        if bad.contains(&true) { bad } else { Vec::new() }
    }
}

/// Whether all of them are UTF-8, told at once: all bytes together are, and none begins in the middle of a character.
fn are_well_formed(strings: &Strings<'_>) -> bool {
    let (Some(&first), Some(&last)) = (strings.offsets.first(), strings.offsets.last()) else { return true };
    let bytes = &strings.bytes[first as usize..last as usize];
    let begins = |&offset: &i32| strings.bytes.get(offset as usize).is_none_or(|byte| byte & 0xc0 != 0x80);
    bytes.is_ascii() || (simdutf8::basic::from_utf8(bytes).is_ok() && strings.offsets.iter().all(begins))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_that_is_cut_within_a_character_is_ill_formed() {
        let held = |bytes: &[u8], offsets: &[i32]| Held::Strings {
            offsets: offsets.to_vec().into(),
            bytes: bytes.to_vec().into(),
        };
        let e = "é".as_bytes();
        for (bytes, offsets, bad) in [
            (e, &[0, 2][..], &[][..]),
            (e, &[0, 1, 2], &[true, true]),
            (b"ab\xff", &[0, 2], &[]),
            (b"ab\xff", &[0, 2, 3], &[false, true]),
            (b"", &[0, 0], &[]),
            (b"\xa9a", &[1, 2], &[]),
        ] {
            assert_eq!(held(bytes, offsets).ill_formed(), bad, "{bytes:?} {offsets:?}");
        }
    }
}
