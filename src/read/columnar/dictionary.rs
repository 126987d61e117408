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
        if strings.bytes.is_ascii() {
            return Vec::new();
        }
        let bad: Vec<bool> =
            (0..strings.len()).map(|i| std::str::from_utf8(strings.get(i)).is_err()).collect();
        if bad.contains(&true) { bad } else { Vec::new() }
    }
}
