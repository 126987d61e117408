//! The little of Thrift's compact protocol that guards the Parquet library: page headers, and whether a footer says
//! that the file is encrypted. Every method gives `None` where the bytes end or make no sense.

/// A field's type in the compact protocol.
const TRUE: u8 = 1;
const FALSE: u8 = 2;
const STRUCT: u8 = 12;

pub(super) struct Thrift<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Thrift<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Thrift { bytes, at: 0 }
    }

    /// Bytes read.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    fn byte(&mut self) -> Option<u8> {
        let byte = *self.bytes.get(self.at)?;
        self.at += 1;
        Some(byte)
    }

    fn advance(&mut self, n: u64) -> Option<()> {
        let end = self.at.checked_add(usize::try_from(n).ok()?)?;
        self.at = (end <= self.bytes.len()).then_some(end)?;
        Some(())
    }

    fn varint(&mut self) -> Option<u64> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(value);
            }
        }
        None
    }

    /// A 32-bit integer.
    pub(super) fn int(&mut self) -> Option<i32> {
        let raw = self.varint()?;
        i32::try_from((raw >> 1) as i64 ^ -((raw & 1) as i64)).ok()
    }

    /// An integer that must not be negative.
    pub(super) fn size(&mut self) -> Option<u32> {
        u32::try_from(self.int()?).ok()
    }

    /// The next field's id and type; 0 and 0 at the struct's end.
    pub(super) fn field(&mut self, last: &mut i16) -> Option<(i16, u8)> {
        let head = self.byte()?;
        if head == 0 {
            return Some((0, 0));
        }
        *last = match head >> 4 {
            0 => i16::try_from(self.int()?).ok()?,
            delta => last.checked_add(i16::from(delta))?,
        };
        Some((*last, head & 15))
    }

    /// Passes over a value of this type.
    pub(super) fn skip(&mut self, ty: u8, depth: u8) -> Option<()> {
        if depth == 0 {
            return None;
        }
        match ty {
            TRUE | FALSE => Some(()),
            3 => self.advance(1),
            4..=6 => self.varint().map(drop),
            7 => self.advance(8),
            8 => {
                let n = self.varint()?;
                self.advance(n)
            }
            9 | 10 => {
                let head = self.byte()?;
                let n = if head >> 4 == 15 { self.varint()? } else { u64::from(head >> 4) };
                let bytes_left = (self.bytes.len() - self.at) as u64;
                if n > bytes_left {
                    return None;
                }
                (0..n).try_for_each(|_| match head & 15 {
                    TRUE | FALSE => self.advance(1),
                    ty => self.skip(ty, depth - 1),
                })
            }
            STRUCT => {
                let mut last = 0;
                loop {
                    match self.field(&mut last)? {
                        (_, 0) => return Some(()),
                        (_, ty) => self.skip(ty, depth - 1)?,
                    }
                }
            }
            _ => None,
        }
    }
}

/// Whether a footer names an encryption algorithm (field 8 of `FileMetaData`): its columns cannot be read.
pub(super) fn says_encrypted(footer: &[u8]) -> bool {
    let mut thrift = Thrift::new(footer);
    let mut last = 0;
    while let Some((id, ty)) = thrift.field(&mut last) {
        if id == 8 {
            return true;
        }
        if ty == 0 || thrift.skip(ty, 32).is_none() {
            return false;
        }
    }
    false
}

/// What a page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PageKind {
    Data,
    Index,
    Dictionary,
    DataV2,
}

/// The header before a page. Fields that its kind lacks are 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PageHeader {
    pub(super) kind: PageKind,
    /// Bytes of the header itself.
    pub(super) len: usize,
    pub(super) uncompressed: usize,
    pub(super) compressed: usize,
    pub(super) values: u32,
    pub(super) encoding: i32,
    pub(super) definition_encoding: i32,
    pub(super) repetition_encoding: i32,
    pub(super) nulls: u32,
    pub(super) rows: u32,
    pub(super) definition_len: u32,
    pub(super) repetition_len: u32,
    pub(super) is_compressed: bool,
}

impl PageHeader {
    /// The header at the start of these bytes.
    pub(super) fn read(bytes: &[u8]) -> Option<PageHeader> {
        let mut thrift = Thrift::new(bytes);
        let mut header = PageHeader {
            kind: PageKind::Index,
            len: 0,
            uncompressed: 0,
            compressed: 0,
            values: 0,
            encoding: -1,
            definition_encoding: -1,
            repetition_encoding: -1,
            nulls: 0,
            rows: 0,
            definition_len: 0,
            repetition_len: 0,
            is_compressed: true,
        };
        let (mut last, mut seen, mut body) = (0, 0, 0);
        loop {
            let (id, ty) = thrift.field(&mut last)?;
            match (id, ty) {
                (_, 0) => break,
                (1, _) => {
                    header.kind = match thrift.int()? {
                        0 => PageKind::Data,
                        1 => PageKind::Index,
                        2 => PageKind::Dictionary,
                        3 => PageKind::DataV2,
                        _ => return None,
                    }
                }
                (2, _) => header.uncompressed = thrift.size()? as usize,
                (3, _) => header.compressed = thrift.size()? as usize,
                (5 | 7 | 8, STRUCT) => {
                    header.body(id, &mut thrift)?;
                    body = id;
                }
                (_, ty) => thrift.skip(ty, 32)?,
            }
            seen |= if (1..4).contains(&id) { 1 << id } else { 0 };
        }
        let wanted = match header.kind {
            PageKind::Data => 5,
            PageKind::Dictionary => 7,
            PageKind::DataV2 => 8,
            PageKind::Index => body,
        };
        header.len = thrift.at();
        (seen == 0b1110 && body == wanted).then_some(header)
    }

    fn body(&mut self, kind: i16, thrift: &mut Thrift<'_>) -> Option<()> {
        let mut last = 0;
        loop {
            match (kind, thrift.field(&mut last)?) {
                (_, (_, 0)) => return Some(()),
                (_, (1, _)) => self.values = thrift.size()?,
                (5 | 7, (2, _)) | (8, (4, _)) => self.encoding = thrift.int()?,
                (5, (3, _)) => self.definition_encoding = thrift.int()?,
                (5, (4, _)) => self.repetition_encoding = thrift.int()?,
                (8, (2, _)) => self.nulls = thrift.size()?,
                (8, (3, _)) => self.rows = thrift.size()?,
                (8, (5, _)) => self.definition_len = thrift.size()?,
                (8, (6, _)) => self.repetition_len = thrift.size()?,
                (8, (7, TRUE)) => self.is_compressed = true,
                (8, (7, FALSE)) => self.is_compressed = false,
                (_, (_, ty)) => thrift.skip(ty, 32)?,
            }
        }
    }
}
