//! Texts with their counts, by rising hash and then bytes: what a column of text is when all cells are counted. Merged in
//! one walk.

use super::radix;
use super::text_table::{Counted, Record, TextTable};

/// Counted texts in order; their bytes lie side by side in no order.
#[derive(Debug, Clone, Default)]
pub struct SortedTexts {
    arena: Vec<u8>,
    records: Vec<Record>,
    bytes: u64,
}

impl SortedTexts {
    /// Those of a table.
    pub fn of(table: TextTable) -> SortedTexts {
        let bytes = table.bytes();
        let (arena, mut records) = table.into_records();
        radix::sort_by_key(&mut records, |it| it.hash);
        for same in records.chunk_by_mut(|a, b| a.hash == b.hash).filter(|same| same.len() > 1) {
            crate::order::sort_by(same, |a, b| a.text(&arena).cmp(b.text(&arena)));
        }
        SortedTexts { arena, records, bytes }
    }

    /// How many texts there are.
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// Bytes of all texts.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// The texts in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Counted<'_>> {
        self.records.iter().map(|it| self.counted(it))
    }

    fn counted(&self, record: &Record) -> Counted<'_> {
        Counted { hash: record.hash, text: record.text(&self.arena), count: record.count }
    }

    /// Adds a text behind the others; `false`, and nothing is added, where it is not above them.
    pub fn push(&mut self, it: Counted<'_>) -> bool {
        let last = self.records.last().map(|last| self.counted(last));
        if last.is_some_and(|last| (last.hash, last.text) >= (it.hash, it.text)) {
            return false;
        }
        let record = self.keep(it);
        self.records.push(record);
        true
    }

    fn keep(&mut self, it: Counted<'_>) -> Record {
        let record =
            Record { hash: it.hash, count: it.count, start: self.arena.len(), len: it.text.len() as u32 };
        self.arena.extend_from_slice(it.text);
        self.bytes += it.text.len() as u64;
        record
    }

    /// Adds the counts of others.
    pub fn merge(&mut self, others: &SortedTexts) {
        let mine = std::mem::take(&mut self.records);
        let mut all = Vec::with_capacity(mine.len() + others.len());
        let mut mine = mine.into_iter().peekable();
        for it in others.iter() {
            let below = |record: &Record| (record.hash, record.text(&self.arena)) < (it.hash, it.text);
            while let Some(record) = mine.next_if(below) {
                all.push(record);
            }
            match mine.next_if(|record| record.hash == it.hash && record.text(&self.arena) == it.text) {
                Some(record) => all.push(Record { count: record.count + it.count, ..record }),
                None => all.push(self.keep(it)),
            }
        }
        all.extend(mine);
        self.records = all;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    fn of(texts: &[(String, u64)]) -> SortedTexts {
        let mut table = TextTable::default();
        texts.iter().for_each(|(text, hash)| _ = table.add(text.as_bytes(), *hash, 1));
        SortedTexts::of(table)
    }

    fn told(texts: &SortedTexts) -> Vec<(u64, Vec<u8>, u64)> {
        texts.iter().map(|it| (it.hash, it.text.to_vec(), it.count)).collect()
    }

    proptest! {
        #[test]
        fn merging_counts_like_a_map(
            a in proptest::collection::vec("[ab]{0,3}", 0..60), b in proptest::collection::vec("[ab]{0,3}", 0..60),
        ) {
            // Few hashes, so that texts share them.
            let hashed = |texts: &[String]| -> Vec<(String, u64)> {
                texts.iter().map(|text| (text.clone(), text.len() as u64 / 2)).collect()
            };
            let mut expected: BTreeMap<(u64, Vec<u8>), u64> = BTreeMap::new();
            for (text, hash) in hashed(&a).into_iter().chain(hashed(&b)) {
                *expected.entry((hash, text.into_bytes())).or_default() += 1;
            }
            let expected: Vec<_> = expected.into_iter().map(|((hash, text), n)| (hash, text, n)).collect();
            let mut merged = of(&hashed(&a));
            merged.merge(&of(&hashed(&b)));
            prop_assert_eq!(told(&merged), expected);
            prop_assert_eq!(merged.bytes(), merged.iter().map(|it| it.text.len() as u64).sum::<u64>());
        }
    }

    #[test]
    fn only_rising_texts_are_pushed() {
        let mut texts = SortedTexts::default();
        let at = |hash, text: &'static [u8]| Counted { hash, text, count: 1 };
        assert!(texts.push(at(3, b"x")) && texts.push(at(3, b"y")) && texts.push(at(4, b"a")));
        assert!(!texts.push(at(4, b"a")) && !texts.push(at(3, b"z")));
        assert_eq!(texts.len(), 3);
    }
}
