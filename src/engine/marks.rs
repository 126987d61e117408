//! What a person has said of the intervals of a folder: the bytes of its `history.json` ⇄ marks by interval.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::drift::timeline::Mark;
use crate::error::{Error, Kind, Result};
use crate::report::json::{self, Layout};

/// The name of the file.
pub const MARKS: &str = "history.json";
/// The largest file that is read, in bytes: more than a million intervals are not kept.
const BYTES: usize = 16 << 20;

/// The file.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    /// The version of the format: 1.
    driftline_history: u32,
    /// `incident` or `normal`, by interval.
    marks: BTreeMap<String, String>,
}

/// Marks by what an interval is called.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marks(BTreeMap<String, Mark>);

impl Marks {
    /// Of the bytes of the file.
    ///
    /// # Errors
    /// `Limit` of a file that is too large, `Damaged` where it is not JSON, of another version, or has another mark than
    /// `incident` and `normal`.
    pub fn read(bytes: &[u8]) -> Result<Marks> {
        if bytes.len() > BYTES {
            return Err(Error::new(Kind::Limit, format!("{MARKS} is larger than {BYTES} bytes")));
        }
        let file: File = serde_json::from_slice(bytes).map_err(|error| wrong(&error.to_string()))?;
        if file.driftline_history != 1 {
            return Err(wrong(&format!("expected version 1, found {}", file.driftline_history)));
        }
        let mark = |(key, word): (String, String)| match Mark::named(&word) {
            Some(mark) => Ok((key, mark)),
            None => Err(wrong(&format!("expected \"incident\" or \"normal\", found {word:?}"))),
        };
        file.marks.into_iter().map(mark).collect::<Result<_>>().map(Marks)
    }

    /// The bytes of the file.
    ///
    /// # Errors
    /// None that is known: text becomes JSON.
    pub fn write(&self) -> Result<Vec<u8>> {
        let marks = self.0.iter().map(|(key, mark)| (key.clone(), mark.id().to_owned())).collect();
        json::bytes(&File { driftline_history: 1, marks }, Layout::Pretty)
    }

    /// What was said of an interval.
    pub fn of(&self, key: &str) -> Option<Mark> {
        self.0.get(key).copied()
    }

    /// Says this of an interval, or nothing any more.
    pub fn set(&mut self, key: &str, mark: Option<Mark>) {
        match mark {
            Some(mark) => _ = self.0.insert(key.to_owned(), mark),
            None => _ = self.0.remove(key),
        }
    }
}

fn wrong(what: &str) -> Error {
    Error::new(Kind::Damaged, format!("{MARKS}: {what}"))
        .with_hint("it is written by \"driftline history DIR --incident KEY\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_read_as_they_were_written() {
        let mut marks = Marks::default();
        assert_eq!(marks.write().unwrap(), b"{\n  \"driftline_history\": 1,\n  \"marks\": {}\n}\n");
        marks.set("2026-01-31", Some(Mark::Incident));
        marks.set("\u{202e}<b>", Some(Mark::Normal));
        assert_eq!(Marks::read(&marks.write().unwrap()).unwrap(), marks);
        assert_eq!(marks.of("2026-01-31"), Some(Mark::Incident));
        marks.set("2026-01-31", None);
        assert_eq!(marks.of("2026-01-31"), None);
    }

    #[test]
    fn what_is_no_file_of_marks_is_refused() {
        for wrong in [
            "",
            "{",
            "[]",
            r#"{"driftline_history": 1}"#,
            r#"{"driftline_history": 1, "marks": {}, "more": 1}"#,
            r#"{"driftline_history": 2, "marks": {}}"#,
            r#"{"driftline_history": 1, "marks": {"a": "x"}}"#,
            r#"{"driftline_history": 1, "marks": {"a": 1}}"#,
            &format!("{}1", "[".repeat(100_000)),
        ] {
            let error = Marks::read(wrong.as_bytes()).unwrap_err();
            assert_eq!(error.kind(), Kind::Damaged, "{}", &wrong[..wrong.len().min(60)]);
        }
        assert_eq!(Marks::read(&vec![b' '; BYTES + 1]).unwrap_err().kind(), Kind::Limit);
    }
}
