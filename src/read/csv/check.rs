//! A block of CSV rows in, issues for the cells that hold NUL bytes or bytes that are not UTF-8 out. A block without
//! either costs one pass over its bytes.

use crate::block::{Form, RunPlace, Sink, TextBlock};
use crate::issue::Code;

/// Counts line feeds between growing offsets.
#[derive(Debug, Clone, Copy)]
pub(super) struct LineCursor {
    /// Where it stands.
    pub(super) at: usize,
    /// Line breaks up to there.
    pub(super) line: u64,
}

impl LineCursor {
    /// Moves on to this offset and returns its line.
    pub(super) fn line_at(&mut self, bytes: &[u8], offset: usize) -> u64 {
        if let Some(between) = bytes.get(self.at..offset) {
            self.line += between.iter().filter(|&&byte| byte == b'\n').count() as u64;
            self.at = offset;
        }
        self.line
    }
}

/// Tells the sink which cells of the block hold NUL bytes or ill-formed UTF-8, one issue a cell.
pub(super) fn check(block: &TextBlock<'_>, sink: &mut dyn Sink) {
    let has_nul = has_nul(block.bytes);
    if has_nul || simdutf8::basic::from_utf8(block.bytes).is_err() {
        locate(block, has_nul, sink);
    }
}

/// Without an early end, which lets the compiler take many bytes at once.
fn has_nul(bytes: &[u8]) -> bool {
    bytes.chunks(4_096).any(|chunk| chunk.iter().fold(false, |any, &byte| any | (byte == 0)))
}

#[cold]
fn locate(block: &TextBlock<'_>, has_nul: bool, sink: &mut dyn Sink) {
    for (i, (row, fields)) in block.rows.iter().zip(block.fields.chunks(block.n_columns.max(1))).enumerate() {
        let mut cursor = LineCursor { at: row.start as usize, line: row.line };
        for (column, field) in fields.iter().enumerate().filter(|(_, field)| field.form() != Form::Absent) {
            let bytes = field.bytes(block.bytes);
            let nul = has_nul && bytes.contains(&0);
            let bad = std::str::from_utf8(bytes).is_err();
            if !nul && !bad {
                continue;
            }
            let place = RunPlace {
                row: Some(block.first_row + i as u64),
                line: Some(cursor.line_at(block.bytes, field.start())),
                byte: Some(block.base + field.start() as u64),
                text: bytes,
            };
            if nul {
                sink.issue(Code::NulByte, Some(column), place);
            }
            if bad {
                sink.issue(Code::BadUtf8, Some(column), place);
            }
        }
    }
}
