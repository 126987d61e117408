//! Where the rows are that break a rule, and what a person is shown of them.

use super::places::{LocalPlace, kept};
use super::row_cells::RowCell;
use super::rows::Row;
use super::scan::{At, field_text};
use crate::block::{ArrayBlock, TextBlock};
use crate::cell::Type;

/// The place of a row in a block of text: that of its cell where it is shown for one, which is told with its quotes and
/// escapes undone, else that of its beginning.
pub(super) fn of_text(block: &TextBlock<'_>, row: &Row<'_>, columns: &[usize], segment: u64) -> LocalPlace {
    let i = row.index();
    let Some(start) = block.rows.get(i).copied() else { return nowhere(segment) };
    if let [column] = columns {
        let mut scratch = Vec::new();
        let (text, _) = field_text(block, i * block.n_columns + column, &mut scratch);
        let at = At { block, row: i, column: *column };
        return at.place(segment, !row.is_missing(*column), text);
    }
    LocalPlace {
        segment,
        row: Some(block.first_row + i as u64),
        line: Some(start.line),
        byte: Some(block.base + u64::from(start.start)),
        text: listed(row, columns, |column| {
            let mut scratch = Vec::new();
            let (text, _) = field_text(block, i * block.n_columns + column, &mut scratch);
            Some(String::from_utf8_lossy(text).into_owned())
        }),
        present: true,
    }
}

/// The place of a row in a block of arrays.
pub(super) fn of_array(block: &ArrayBlock<'_>, row: &Row<'_>, columns: &[usize], segment: u64) -> LocalPlace {
    LocalPlace {
        segment,
        row: Some(block.first_row + row.index() as u64),
        line: None,
        byte: None,
        text: shown(row, columns),
        present: !matches!(columns, [column] if row.is_missing(*column)),
    }
}

fn nowhere(segment: u64) -> LocalPlace {
    LocalPlace { segment, row: None, line: None, byte: None, text: Vec::new(), present: false }
}

/// What a person is shown of a row: the text of one cell, of several a list as JSON has it.
fn shown(row: &Row<'_>, columns: &[usize]) -> Vec<u8> {
    match columns {
        [column] => row.cell(*column).map_or_else(Vec::new, |(cell, plan)| kept(&cell.shown(plan.ty))),
        _ => listed(row, columns, |_| None),
    }
}

/// The cells as a list; dates, words for true and false and what is invalid as they are written, where that is known.
fn listed(row: &Row<'_>, columns: &[usize], written: impl Fn(usize) -> Option<String>) -> Vec<u8> {
    let shown = |column: &usize| match row.cell(*column) {
        None | Some((RowCell::Missing, _)) => "null".to_owned(),
        Some((RowCell::Invalid, _)) => written(*column).map_or("null".to_owned(), |text| quoted(&text)),
        Some((cell, plan)) => {
            if let Some(text) = written(*column).filter(|text| is_told_as_written(plan.ty, text)) {
                return quoted(&text);
            }
            let text = String::from_utf8_lossy(&cell.shown(plan.ty)).into_owned();
            let is_plain = plan.ty == Type::Boolean || plan.ty.is_numeric() && !text.ends_with('y');
            if is_plain { text } else { quoted(&text) }
        }
    };
    let all: Vec<String> = columns.iter().map(shown).collect();
    kept(format!("[{}]", all.join(", ")).as_bytes())
}

fn is_told_as_written(ty: Type, text: &str) -> bool {
    let is_plain = |word: &str| text.eq_ignore_ascii_case(word);
    ty.is_temporal() || ty == Type::Boolean && !is_plain("true") && !is_plain("false")
}

/// A text in quotes, escaped as JSON asks for.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c < ' ' => out.push_str(&format!("\\u{:04x}", c as u32)),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
