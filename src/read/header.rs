//! The cells of a header record in; unique column names, and what is odd about them, out.

use crate::cell::limits::{COLUMNS, NAME_BYTES};
use crate::issue::{Code, Place};
use crate::read::csv::{Cell, Record};
use std::collections::{BTreeMap, BTreeSet};

/// The names of the columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// Not empty, unique, at most [`COLUMNS`].
    pub names: Vec<String>,
    /// What was odd about them: one entry a column, or one for all that were cut.
    pub issues: Vec<HeaderIssue>,
}

/// Something odd about a header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeaderIssue {
    /// What it is.
    pub code: Code,
    /// Index of the column, where it belongs to one.
    pub column: Option<usize>,
    /// The header record, with the name as it stands there.
    pub place: Place,
}

/// The names that this record gives; `base` is the offset of the sample's first byte in the file, and `line` the line
/// breaks before it.
pub fn named(record: &Record<'_>, base: u64, line: u64) -> Header {
    let mut issues = Vec::new();
    let mut note = |code, column, text: &[u8]| {
        let text = String::from_utf8_lossy(cut(text, crate::cell::limits::SHOWN_BYTES)).into_owned();
        let place = Place {
            row: 0,
            line: Some(line + record.line + 1),
            byte: Some(base + record.start as u64),
            text,
        };
        issues.push(HeaderIssue { code, column, place });
    };
    let mut raw = Vec::new();
    for (i, cell) in record.cells.iter().take(COLUMNS).enumerate() {
        let text = text_of(cell, i);
        if std::str::from_utf8(text).is_err() {
            note(Code::BadUtf8, Some(i), text);
        }
        if text.is_empty() {
            note(Code::EmptyHeader, Some(i), text);
            raw.push(format!("column_{}", i + 1));
        } else {
            raw.push(name_of(text));
        }
    }
    if let Some(cell) = record.cells.get(COLUMNS) {
        note(Code::TooManyColumns, None, &cell.text);
    }
    let names = unique(raw, |i| note(Code::DuplicateHeader, Some(i), text_of(&record.cells[i], i)));
    Header { names, issues }
}

/// The names of that many columns without a header: `column_1` and so on.
pub fn unnamed(n_columns: usize) -> Vec<String> {
    (1..=n_columns.min(COLUMNS)).map(|i| format!("column_{i}")).collect()
}

/// The cell's text without a byte order mark and without white space around it.
fn text_of<'a>(cell: &'a Cell<'_>, i: usize) -> &'a [u8] {
    let text = cell.text.as_ref();
    let text = if i == 0 { text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text) } else { text };
    text.trim_ascii()
}

/// At most so many bytes of the text, not cut within a character.
fn cut(text: &[u8], bytes: usize) -> &[u8] {
    if text.len() <= bytes {
        return text;
    }
    let is_inner = |at: &usize| text[*at] & 0xc0 == 0x80;
    let end = (bytes.saturating_sub(3)..=bytes).rev().find(|at| !is_inner(at)).unwrap_or(bytes);
    &text[..end]
}

/// A name of at most [`NAME_BYTES`], ill-formed UTF-8 replaced.
fn name_of(text: &[u8]) -> String {
    let name = String::from_utf8_lossy(cut(text, NAME_BYTES)).into_owned();
    // A replaced byte takes three.
    let end = cut(name.as_bytes(), NAME_BYTES).len();
    name[..end].to_owned()
}

/// Gives later ones of equal names a suffix that no other name has; says which were renamed.
fn unique(raw: Vec<String>, mut renamed: impl FnMut(usize)) -> Vec<String> {
    let mut taken: BTreeSet<String> = crate::order::set(raw.iter().cloned());
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut names = Vec::with_capacity(raw.len());
    for (i, name) in raw.into_iter().enumerate() {
        let Some(suffix) = seen.get_mut(&name) else {
            seen.insert(name.clone(), 2);
            names.push(name);
            continue;
        };
        let fresh = loop {
            let fresh = format!("{name}_{suffix}");
            *suffix += 1;
            if taken.insert(fresh.clone()) {
                break fresh;
            }
        };
        renamed(i);
        names.push(fresh);
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::csv::{Dialect, records};

    fn header(line: &[u8]) -> Header {
        let record = records(line, Dialect::default(), true, 1).remove(0);
        named(&record, 0, 0)
    }

    #[test]
    fn names_are_made_unique_and_not_empty() {
        use Code::{BadUtf8, DuplicateHeader, EmptyHeader};
        type Case = (&'static [u8], &'static [&'static str], &'static [(Code, usize)]);
        let cases: [Case; 8] = [
            (b"id,name", &["id", "name"], &[]),
            (b"\xef\xbb\xbfid, name ", &["id", "name"], &[]),
            (b"a,a,a", &["a", "a_2", "a_3"], &[(DuplicateHeader, 1), (DuplicateHeader, 2)]),
            (b"a,a,a_2", &["a", "a_3", "a_2"], &[(DuplicateHeader, 1)]),
            (b"a,,b,", &["a", "column_2", "b", "column_4"], &[(EmptyHeader, 1), (EmptyHeader, 3)]),
            (b"column_2,", &["column_2", "column_2_2"], &[(EmptyHeader, 1), (DuplicateHeader, 1)]),
            (b"\xe9t\xe9,x", &["\u{fffd}t\u{fffd}", "x"], &[(BadUtf8, 0)]),
            (b"\"a\nb\",A", &["a\nb", "A"], &[]),
        ];
        for (line, names, issues) in cases {
            let found = header(line);
            assert_eq!(found.names, names, "{:?}", String::from_utf8_lossy(line));
            let codes: Vec<_> =
                found.issues.iter().map(|issue| (issue.code, issue.column.expect("a column"))).collect();
            assert_eq!(codes, issues, "{:?}", String::from_utf8_lossy(line));
        }
    }

    #[test]
    fn long_names_and_too_many_columns_are_cut() {
        let found = header("é".repeat(NAME_BYTES).as_bytes());
        assert_eq!(found.names, ["é".repeat(NAME_BYTES / 2)]);
        let found = header("a,".repeat(COLUMNS).as_bytes());
        assert_eq!(found.names.len(), COLUMNS);
        assert_eq!(found.names[COLUMNS - 1], format!("a_{COLUMNS}"));
        assert!(
            found.issues.iter().any(|issue| issue.code == Code::TooManyColumns && issue.column.is_none())
        );
        assert_eq!(unnamed(2), ["column_1", "column_2"]);
    }
}
