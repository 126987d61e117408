//! The rows of a file that break a rule, set apart: the clean file and the quarantined one with the bytes of each record as
//! they were, and a table of what is wrong with which row. Every byte of the file is in one of the two; the header is in
//! both, so that both are read alone.
//!
//! Every row with a cell that breaks a rule is set apart, also where the contract tolerates some of them. Of rows that
//! share a value that must be unique, the first stays.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use super::output::unwritable;
use crate::engine::{Piece, Plan, UNIT_BYTES, pieces};
use crate::error::{Error, Kind, Result};
use crate::report::wire::{Finding, Report, Violation};
use crate::source::Source;
use crate::words::grouped;

/// What became of a file's bytes and rows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Ledger {
    head: u64,
    clean: u64,
    quarantined: u64,
    clean_rows: u64,
    quarantined_rows: u64,
    set_aside: u64,
}

impl Ledger {
    /// The sums, in words.
    pub(super) fn words(self) -> String {
        let rows = self.clean_rows + self.quarantined_rows;
        let set_aside = match self.set_aside {
            0 => String::new(),
            n => format!(", and {} that {} no row", grouped(n), if n == 1 { "is" } else { "are" }),
        };
        format!(
            "{} rows = {} clean + {} quarantined{set_aside}; {} bytes = {} of the header + {} clean + {} quarantined",
            grouped(rows),
            grouped(self.clean_rows),
            grouped(self.quarantined_rows),
            grouped(self.head + self.clean + self.quarantined),
            grouped(self.head),
            grouped(self.clean),
            grouped(self.quarantined),
        )
    }
}

/// Refuses files whose quarantines would be written over each other.
///
/// # Errors
/// `Usage` where two of them would have the same names.
pub(super) fn apart(files: &[PathBuf]) -> Result<()> {
    let mut names = BTreeMap::new();
    for path in files {
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        if let Some(other) = names.insert(parts(&name).0.to_owned() + parts(&name).1, path) {
            let (path, other) = (path.display().to_string(), other.display().to_string());
            let what = format!("the quarantines of {other:?} and {path:?} would have the same names");
            return Err(
                Error::new(Kind::Usage, what).with_hint("check them one by one, into different folders")
            );
        }
    }
    Ok(())
}

/// Writes the three files into a folder. The report must hold every place.
///
/// # Errors
/// `Usage` where they cannot be written, `Unsupported` for formats without records of their own, what the source says.
pub(super) fn write(
    folder: &Path,
    name: &str,
    source: &dyn Source,
    plan: &Plan,
    report: &Report,
) -> Result<Ledger> {
    let offenders = offenders(report);
    let rows: BTreeSet<u64> = offenders.iter().map(|it| it.1.row).collect();
    std::fs::create_dir_all(folder).map_err(|error| unwritable(folder, &error))?;
    let (stem, ending) = parts(name);
    let mut clean = Out::new(folder.join(format!("{stem}.clean{ending}")))?;
    let mut apart = Out::new(folder.join(format!("{stem}.quarantined{ending}")))?;
    let mut ledger = Ledger::default();
    let mut last = None;
    pieces(source, plan, UNIT_BYTES, &mut |piece, bytes| {
        let is_new = last.replace(piece) != Some(piece);
        let count = bytes.len() as u64;
        match piece {
            Piece::Head => {
                ledger.head += count;
                clean.put(bytes)?;
                apart.put(bytes)
            }
            Piece::Row(row) if !rows.contains(&row) => {
                ledger.clean_rows += u64::from(is_new);
                ledger.clean += count;
                clean.put(bytes)
            }
            Piece::Row(_) => {
                ledger.quarantined_rows += u64::from(is_new);
                ledger.quarantined += count;
                apart.put(bytes)
            }
            Piece::SetAside => {
                ledger.set_aside += u64::from(is_new);
                ledger.quarantined += count;
                apart.put(bytes)
            }
        }
    })?;
    let mut table = Out::new(folder.join(format!("{stem}.violations.csv")))?;
    table.put(b"row,line,byte,column,rule,severity,value,message\n")?;
    for (finding, place) in offenders {
        table.put(line(finding, place).as_bytes())?;
    }
    [clean, apart, table].into_iter().try_for_each(Out::finish)?;
    Ok(ledger)
}

/// The cells that send their rows away, by row.
fn offenders(report: &Report) -> Vec<(&Finding, &Violation)> {
    let mut found: Vec<(&Finding, &Violation)> = Vec::new();
    for finding in report.findings.iter().filter(|it| it.card == "as_agreed") {
        let mut seen: BTreeMap<Option<&str>, u64> = BTreeMap::new();
        for place in finding.places.iter().filter(|it| it.row > 0) {
            let nth = seen.entry(place.value.as_deref()).or_default();
            *nth += 1;
            if finding.rule != "unique" || *nth > 1 {
                found.push((finding, place));
            }
        }
    }
    crate::order::sort_by_key(&mut found, |(finding, place)| {
        (place.row, place.byte, finding.rule.clone(), place.column.clone())
    });
    found
}

/// A name without its ending and the ending; a compressed file is written as it was before.
fn parts(name: &str) -> (&str, &str) {
    let name = name.strip_suffix(".gz").unwrap_or(name);
    match name.rfind('.') {
        Some(at) if at > 0 => name.split_at(at),
        _ => (name, ""),
    }
}

fn line(finding: &Finding, place: &Violation) -> String {
    let number = |value: Option<u64>| value.map_or_else(String::new, |value| value.to_string());
    format!(
        "{},{},{},{},{},{},{},{}\n",
        place.row,
        number(place.line),
        number(place.byte),
        field(&place.column),
        field(&finding.rule),
        field(&finding.severity),
        field(place.value.as_deref().unwrap_or_default()),
        field(&finding.message),
    )
}

/// A CSV field: quoted where it must be (RFC 4180).
fn field(text: &str) -> String {
    if text.contains(['"', ',', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

/// A file that takes its name only when it is whole.
struct Out {
    path: PathBuf,
    part: PathBuf,
    file: BufWriter<File>,
}

impl Out {
    fn new(path: PathBuf) -> Result<Out> {
        let mut part = path.clone().into_os_string();
        part.push(".part");
        let part = PathBuf::from(part);
        let file = File::create(&part).map_err(|error| unwritable(&part, &error))?;
        Ok(Out { path, part, file: BufWriter::new(file) })
    }

    fn put(&mut self, bytes: &[u8]) -> Result<()> {
        self.file.write_all(bytes).map_err(|error| unwritable(&self.path, &error))
    }

    fn finish(mut self) -> Result<()> {
        let done = self.file.flush().and_then(|()| std::fs::rename(&self.part, &self.path));
        done.map_err(|error| unwritable(&self.path, &error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_keep_their_ending() {
        for (name, expected) in [
            ("a.csv", ("a", ".csv")),
            ("a.b.tsv.gz", ("a.b", ".tsv")),
            ("stdin", ("stdin", "")),
            (".csv", (".csv", "")),
        ] {
            assert_eq!(parts(name), expected);
        }
    }

    #[test]
    fn fields_are_quoted_where_they_must_be() {
        for (text, expected) in [("a", "a"), ("a,b", "\"a,b\""), ("a\"b", "\"a\"\"b\""), ("a\nb", "\"a\nb\"")]
        {
            assert_eq!(field(text), expected);
        }
    }
}
