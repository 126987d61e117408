//! The hashes of all cells that must differ, as long as they are few enough: what repeats is then known after the first pass,
//! however many values a column has.

use super::pack::pack_struct;
use super::radix;

/// Lists of hashes, each of a column of the state.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct UniqueHashes {
    lists: Vec<List>,
    /// The most hashes of a list.
    most: u64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct List {
    /// The place of the column among those of the state.
    column: u64,
    /// Empty once there were too many.
    hashes: Vec<u64>,
    has_passed: bool,
}

pack_struct!(List { column, hashes, has_passed });
pack_struct!(UniqueHashes { lists, most });

impl UniqueHashes {
    /// Nothing seen yet of these columns; all lists together take at most so many bytes.
    pub fn new(columns: impl IntoIterator<Item = usize>, memory: u64) -> UniqueHashes {
        let list = |column: usize| List { column: column as u64, hashes: Vec::new(), has_passed: false };
        let lists: Vec<List> = columns.into_iter().map(list).collect();
        let most = memory / 8 / (lists.len() as u64).max(1);
        UniqueHashes { lists, most }
    }

    /// The columns.
    pub(super) fn columns(&self) -> impl Iterator<Item = usize> + use<> {
        let columns: Vec<usize> = self.lists.iter().map(|it| it.column as usize).collect();
        columns.into_iter()
    }

    /// Takes in hashes of a column.
    pub(super) fn add(&mut self, column: usize, hashes: impl IntoIterator<Item = u64>) {
        let most = self.most;
        let Some(list) = self.lists.iter_mut().find(|it| it.column == column as u64) else { return };
        if !list.has_passed {
            list.hashes.extend(hashes);
            list.cut(most);
        }
    }

    /// Joins what was seen of other rows.
    pub fn merge(&mut self, other: &UniqueHashes) {
        for (list, other) in self.lists.iter_mut().zip(&other.lists) {
            list.hashes.extend_from_slice(&other.hashes);
            list.has_passed |= other.has_passed;
            list.cut(self.most);
            radix::sort_by_key(&mut list.hashes, |it| *it);
        }
    }

    /// Brings the lists into their final form.
    pub fn settle(&mut self) {
        for list in &mut self.lists {
            radix::sort_by_key(&mut list.hashes, |it| *it);
        }
    }

    /// The hashes that occur more than once, rising; `None` where that is not known.
    pub fn repeated(&self, column: usize) -> Option<Vec<u64>> {
        let list = self.lists.iter().find(|it| it.column == column as u64 && !it.has_passed)?;
        let mut repeated: Vec<u64> =
            list.hashes.windows(2).filter(|it| it[0] == it[1]).map(|it| it[0]).collect();
        repeated.dedup();
        Some(repeated)
    }
}

impl List {
    fn cut(&mut self, most: u64) {
        self.has_passed |= self.hashes.len() as u64 > most;
        if self.has_passed {
            self.hashes = Vec::new();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sketch::pack::Pack;
    use proptest::prelude::*;

    fn of(hashes: &[u64], memory: u64) -> UniqueHashes {
        let mut all = UniqueHashes::new([3], memory);
        hashes.iter().for_each(|hash| all.add(3, [*hash]));
        all.settle();
        all
    }

    proptest! {
        #[test]
        fn parts_merge_to_the_same_bytes_in_any_order(
            parts in prop::collection::vec(prop::collection::vec(0u64..40, 0..20), 1..5),
        ) {
            let whole = of(&parts.concat(), 8 * 40);
            for reversed in [false, true] {
                let mut parts: Vec<_> = parts.iter().map(|it| of(it, 8 * 40)).collect();
                if reversed {
                    parts.reverse();
                }
                let mut merged = parts.remove(0);
                parts.iter().for_each(|it| merged.merge(it));
                let bytes = |it: &UniqueHashes| {
                    let mut out = Vec::new();
                    it.pack(&mut out);
                    out
                };
                prop_assert_eq!(bytes(&merged), bytes(&whole));
            }
        }
    }

    #[test]
    fn what_repeats_is_known_until_there_are_too_many() {
        assert_eq!(of(&[5, 1, 5, 2, 1, 5], 8 * 6).repeated(3), Some(vec![1, 5]));
        assert_eq!(of(&[1, 2], 8 * 2).repeated(3), Some(vec![]));
        assert_eq!(of(&[1, 2, 3], 8 * 2).repeated(3), None);
        assert_eq!(of(&[1], 8).repeated(0), None);
    }
}
