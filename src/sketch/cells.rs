//! The cells of a sampled row, side by side in two allocations.

use super::pack::{Pack, damaged};
use crate::error::Result;

/// The cells' bytes, `None` where missing.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cells {
    bytes: Vec<u8>,
    /// Where each ends, and whether it is there.
    ends: Vec<(u32, bool)>,
}

impl Cells {
    /// Room for so many cells.
    pub fn with_capacity(cells: usize) -> Cells {
        Cells { bytes: Vec::with_capacity(cells * 8), ends: Vec::with_capacity(cells) }
    }

    /// Adds the cell of the next column. A row is shorter than 4 GiB.
    pub fn push(&mut self, cell: Option<&[u8]>) {
        self.bytes.extend_from_slice(cell.unwrap_or_default());
        self.ends.push((self.bytes.len() as u32, cell.is_some()));
    }

    /// The cell of a column; `None` where it is missing.
    pub fn get(&self, column: usize) -> Option<&[u8]> {
        let (end, is_there) = *self.ends.get(column)?;
        let start = column.checked_sub(1).map_or(0, |before| self.ends[before].0);
        is_there.then(|| &self.bytes[start as usize..end as usize])
    }

    /// How many cells there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Bytes of all cells.
    pub fn bytes(&self) -> usize {
        self.bytes.len()
    }
}

impl<'a> FromIterator<Option<&'a [u8]>> for Cells {
    fn from_iter<I: IntoIterator<Item = Option<&'a [u8]>>>(cells: I) -> Cells {
        let mut all = Cells::default();
        cells.into_iter().for_each(|cell| all.push(cell));
        all
    }
}

/// Each cell's length plus one, 0 where it is missing; then all bytes.
impl Pack for Cells {
    fn pack(&self, out: &mut Vec<u8>) {
        (self.len() as u64).pack(out);
        let mut start = 0;
        for &(end, is_there) in &self.ends {
            (u64::from(end - start) + u64::from(is_there)).pack(out);
            start = end;
        }
        out.extend_from_slice(&self.bytes);
    }

    fn unpack(input: &mut &[u8]) -> Result<Cells> {
        let count = super::pack::take_count(input)?;
        let mut ends = Vec::with_capacity(count);
        let mut end = 0u32;
        for _ in 0..count {
            let length = u64::unpack(input)?;
            let bytes = u32::try_from(length.saturating_sub(1)).ok();
            end =
                bytes.and_then(|it| end.checked_add(it)).ok_or_else(|| damaged("a row that is too long"))?;
            ends.push((end, length > 0));
        }
        Ok(Cells { bytes: super::pack::take(input, end as usize)?.to_vec(), ends })
    }
}

#[cfg(test)]
mod tests {
    use super::super::pack::{from_bytes, to_bytes};
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn cells_come_out_as_they_went_in(
            cells in proptest::collection::vec(proptest::option::of(proptest::collection::vec(any::<u8>(), 0..9)), 0..9),
        ) {
            let held: Cells = cells.iter().map(Option::as_deref).collect();
            prop_assert_eq!((held.len(), held.is_empty()), (cells.len(), cells.is_empty()));
            for (column, cell) in cells.iter().enumerate() {
                prop_assert_eq!(held.get(column), cell.as_deref());
            }
            prop_assert_eq!(held.get(cells.len()), None);
            prop_assert_eq!(from_bytes::<Cells>(&to_bytes(&held)).unwrap(), held);
        }
    }
}
