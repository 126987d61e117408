//! The rows of a file that break a rule, set apart into three files of a folder: the clean file and the quarantined one, of text
//! with the bytes of each record as they were, of Parquet and Arrow in their format; and a table of what is wrong with which row.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::output::unwritable;
use crate::engine::joints::Joints;
use crate::engine::quarantine::{Offender, Quarantine, Rule, TABLE_HEAD, name_parts};
use crate::engine::{self, Plan, UNIT_BYTES, pieces};
use crate::error::{Error, Kind, Result};
use crate::report::wire::{Finding, Report};
use crate::source::Source;
use crate::words::grouped;

/// Refuses files whose quarantines would be written over each other.
///
/// # Errors
/// `Usage` where two of them would have the same names.
pub(super) fn apart(files: &[PathBuf]) -> Result<()> {
    let mut names = BTreeMap::new();
    for path in files {
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        if let Some(other) = names.insert(name_parts(&name).0.to_owned() + name_parts(&name).1, path) {
            let (path, other) = (path.display().to_string(), other.display().to_string());
            let what = format!("the quarantines of {other:?} and {path:?} would have the same names");
            return Err(
                Error::new(Kind::Usage, what).with_hint("check them one by one, into different folders")
            );
        }
    }
    Ok(())
}

/// Writes the three files into a folder; what became of the rows, in words. The report must hold every place.
///
/// # Errors
/// `Usage` where they cannot be written, `Unsupported` for types of columns that are not written, what the source says.
pub(super) fn write(
    folder: &Path,
    name: &str,
    source: &dyn Source,
    plan: &Plan,
    report: &Report,
) -> Result<String> {
    let agreed: Vec<&Finding> = report.findings.iter().filter(|it| it.card == "as_agreed").collect();
    let rule = |it: &&Finding| Rule {
        id: it.rule.clone(),
        severity: it.severity.clone(),
        message: it.message.clone(),
    };
    let mut quarantine = Quarantine::new(agreed.iter().map(rule).collect(), &plan.columns);
    let offenders = agreed.iter().enumerate().flat_map(|(rule, finding)| {
        finding.places.iter().map(move |place| Offender {
            rule,
            row: place.row,
            line: place.line,
            byte: place.byte,
            column: &place.column,
            value: place.value.as_deref(),
        })
    });
    let lines = quarantine.part(offenders);
    std::fs::create_dir_all(folder).map_err(|error| unwritable(folder, &error))?;
    let (stem, ending) = name_parts(name);
    let mut clean = Out::new(folder.join(format!("{stem}.clean{ending}")))?;
    let mut apart = Out::new(folder.join(format!("{stem}.quarantined{ending}")))?;
    if plan.format.is_text() {
        let mut joints = [Joints::of(plan); 2];
        pieces(source, plan, UNIT_BYTES, &mut |piece, bytes| {
            let to = quarantine.sort(piece, bytes.len());
            if to.is_clean() {
                clean.put(joints[0].before(piece))?;
                clean.put(bytes)?;
            }
            if to.is_quarantined() {
                apart.put(joints[1].before(piece))?;
                apart.put(bytes)?;
            }
            Ok(())
        })?;
        clean.put(joints[0].end())?;
        apart.put(joints[1].end())?;
    } else {
        let done = engine::apart(source, plan, &mut quarantine, [&mut clean, &mut apart]);
        done.map_err(|error| clean.fault.take().or(apart.fault.take()).unwrap_or(error))?;
    }
    let mut table = Out::new(folder.join(format!("{stem}.violations.csv")))?;
    table.put(TABLE_HEAD.as_bytes())?;
    table.put(lines.as_bytes())?;
    [clean, apart, table].into_iter().try_for_each(Out::finish)?;
    let ledger = quarantine.ledger;
    // The bytes of columns are other bytes in other files.
    let words = if plan.format.is_text() { ledger.words() } else { ledger.rows() };
    Ok(match agreed.iter().filter(|it| it.status == "not_run").count() as u64 {
        0 => words,
        1 => format!("{words}; 1 rule was not run and sets no row apart"),
        many => format!("{words}; {} rules were not run and set no row apart", grouped(many)),
    })
}

/// A file that takes its name only when it is whole.
struct Out {
    path: PathBuf,
    part: PathBuf,
    file: BufWriter<File>,
    /// Why it could not be written, where a library asked for it.
    fault: Option<Error>,
}

impl Out {
    fn new(path: PathBuf) -> Result<Out> {
        let mut part = path.clone().into_os_string();
        part.push(".part");
        let part = PathBuf::from(part);
        let file = File::create(&part).map_err(|error| unwritable(&part, &error))?;
        Ok(Out { path, part, file: BufWriter::new(file), fault: None })
    }

    fn put(&mut self, bytes: &[u8]) -> Result<()> {
        self.file.write_all(bytes).map_err(|error| unwritable(&self.path, &error))
    }

    fn finish(mut self) -> Result<()> {
        let done = self.file.flush().and_then(|()| std::fs::rename(&self.part, &self.path));
        done.map_err(|error| unwritable(&self.path, &error))
    }
}

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes).inspect_err(|error| self.fault = Some(unwritable(&self.path, error)))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush().inspect_err(|error| self.fault = Some(unwritable(&self.path, error)))
    }
}
