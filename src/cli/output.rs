//! Reports in, bytes on stdout or in a file out; and the line that schedulers read.

use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::args::{Format, OutputArgs};
use super::{Stop, exit};
use crate::error::{Error, Kind, Result};
use crate::finding::Severity;
use crate::report::export::frictionless::{Agreed, Field, Foreign, Rows, Told};
use crate::report::export::{self, Document, Outcome};
use crate::report::json::{self, Layout};
use crate::report::text::{self, Look};
use crate::report::unread::unread;
use crate::report::{verdict, wire};

/// The terminal or the pipes around the process.
pub(super) struct Host<'a> {
    /// Stdout.
    pub out: &'a mut dyn Write,
    /// Stderr.
    pub err: &'a mut dyn Write,
    /// How stdout looks.
    pub look: Look,
    /// Whether a bar may be drawn on stderr.
    pub progress: bool,
}

impl Host<'_> {
    /// Writes to stdout.
    pub(super) fn print(&mut self, bytes: &[u8]) -> std::result::Result<(), Stop> {
        match self.out.write_all(bytes).and_then(|()| self.out.flush()) {
            Ok(()) => Ok(()),
            Err(error) if error.kind() == ErrorKind::BrokenPipe => Err(Stop::Closed),
            Err(error) => {
                Err(Error::new(Kind::Unreadable, format!("cannot write to stdout: {error}")).into())
            }
        }
    }
}

/// Writes a file.
///
/// # Errors
/// `Usage` where it cannot be written.
pub(super) fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    std::fs::write(path, bytes).map_err(|error| unwritable(path, &error))
}

/// The error of a file that cannot be written.
pub(super) fn unwritable(path: &Path, error: &std::io::Error) -> Error {
    let path = path.display().to_string();
    Error::new(Kind::Usage, format!("cannot write {path:?}: {error}"))
}

/// Refuses to write over what is read.
///
/// # Errors
/// `Usage` where both are the same file.
pub(super) fn apart(written: Option<&Path>, read: &[PathBuf]) -> Result<()> {
    let Some(written) = written else { return Ok(()) };
    let Ok(target) = written.canonicalize() else { return Ok(()) };
    if read.iter().any(|path| path.canonicalize().is_ok_and(|path| path == target) && target.is_file()) {
        let name = written.display().to_string();
        return Err(Error::new(Kind::Usage, format!("{name:?} would be written over while it is read"))
            .with_hint("write to another file"));
    }
    Ok(())
}

/// The reports of a run on their way out, in the order of the files.
pub(super) struct Reports<'a> {
    args: &'a OutputArgs,
    many: bool,
    /// From which severity on a finding fails the run.
    fail_on: Severity,
    /// The contract's text.
    contract: Option<&'a [u8]>,
    written: usize,
    /// What goes into one document for all files.
    outcomes: Vec<Outcome>,
    /// What else is known of each of them, where the format tells it.
    told: Vec<Told>,
    /// What goes to a file is written at the end, so that a run that fails leaves the old one.
    held: Vec<u8>,
}

impl<'a> Reports<'a> {
    /// Of one file or of many.
    pub(super) fn new(
        args: &'a OutputArgs,
        fail_on: Severity,
        contract: Option<&'a [u8]>,
        many: bool,
    ) -> Reports<'a> {
        Reports {
            args,
            many,
            fail_on,
            contract,
            written: 0,
            outcomes: Vec::new(),
            told: Vec::new(),
            held: Vec::new(),
        }
    }

    /// Adds a file that could not be read; to a person it is told beside the report.
    pub(super) fn unread(
        &mut self,
        file: String,
        error: &Error,
        host: &mut Host<'_>,
    ) -> std::result::Result<(), Stop> {
        match self.args.format {
            Format::Text => Ok(()),
            Format::Json => self.json(&unread(&file, error), host),
            _ => {
                self.written += 1;
                self.outcomes.push(Outcome { file, result: Err(error.to_string()) });
                self.told.push(Told::default());
                Ok(())
            }
        }
    }

    /// Adds a document to those of one file each.
    fn json(&mut self, document: &impl Serialize, host: &mut Host<'_>) -> std::result::Result<(), Stop> {
        let mut bytes = json::bytes(document, Layout::Pretty)?;
        if self.many {
            let before: &[u8] = if self.written > 0 { b",\n" } else { b"[\n" };
            bytes = [before, bytes.trim_ascii_end()].concat();
        }
        self.written += 1;
        self.put(bytes, host)
    }

    /// Adds a report.
    pub(super) fn push(
        &mut self,
        file: &str,
        report: &wire::Report,
        rows: Rows,
        host: &mut Host<'_>,
    ) -> std::result::Result<(), Stop> {
        let bytes = match self.args.format {
            Format::Text => {
                let look = if self.args.output.is_some() { Look::PLAIN } else { host.look };
                let gap = if self.written > 0 { "\n\n" } else { "" };
                (gap.to_string() + &text::render(report, look)).into_bytes()
            }
            Format::Json => return self.json(report, host),
            _ => {
                self.outcomes.push(Outcome { file: file.to_owned(), result: Ok(Box::new(report.clone())) });
                let agreed = match (self.args.format, self.contract) {
                    (Format::FrictionlessJson, Some(contract)) => agreed(contract, report)?,
                    _ => Agreed::default(),
                };
                self.told.push(Told { agreed, rows });
                self.written += 1;
                return Ok(());
            }
        };
        self.written += 1;
        self.put(bytes, host)
    }

    /// Ends the document.
    pub(super) fn finish(mut self, host: &mut Host<'_>) -> std::result::Result<(), Stop> {
        if self.many && self.args.format == Format::Json {
            let end = if self.written > 0 { "\n]\n" } else { "[]\n" };
            self.put(end.into(), host)?;
        }
        let document = Document { outcomes: &self.outcomes, fail_on: self.fail_on };
        let rendered = match self.args.format {
            Format::Text | Format::Json => None,
            Format::Markdown => Some(export::markdown::render(document).into_bytes()),
            Format::Html => Some(export::html::render(document).into_bytes()),
            Format::Junit => Some(export::junit::render(document).into_bytes()),
            Format::Github => Some(export::github::render(document).into_bytes()),
            Format::Prometheus => Some(export::prometheus::render(document).into_bytes()),
            Format::Sarif => Some(export::sarif::render(document)?),
            Format::FrictionlessJson => Some(export::frictionless::render(document, &self.told)?),
            Format::GxJson => Some(export::gx::render(document, self.contract)?),
            Format::Pagerduty => Some(export::pagerduty::render(document)?),
        };
        if let Some(bytes) = rendered {
            self.put(bytes, host)?;
        }
        match &self.args.output {
            Some(path) if self.written > 0 => Ok(write(path, &self.held)?),
            _ => Ok(()),
        }
    }

    fn put(&mut self, bytes: Vec<u8>, host: &mut Host<'_>) -> std::result::Result<(), Stop> {
        if self.args.output.is_some() {
            self.held.extend(bytes);
            Ok(())
        } else {
            host.print(&bytes)
        }
    }
}

/// What a contract calls the columns of a file.
fn agreed(contract: &[u8], report: &wire::Report) -> Result<Agreed> {
    let contract = crate::contract::parse(contract)?;
    let object = contract.object(None, &report.source.name)?;
    let names: Vec<&str> = report.columns.iter().map(|it| it.name.as_str()).collect();
    let field = |property: &crate::contract::Property| Field {
        name: property.name.clone(),
        column: property.find(&names),
        optional: property.optional,
        notes: property.notes.clone(),
    };
    let foreign = object.foreign_keys().into_iter().map(|(expected, fields, table, to)| Foreign {
        expected,
        fields: fields.to_vec(),
        table: table.to_owned(),
        to: to.to_vec(),
    });
    let is_named = object.physical_name.is_some() && !object.name.is_empty();
    Ok(Agreed {
        name: is_named.then(|| object.name.clone()),
        fields: object.properties.iter().map(field).collect(),
        by_order: object.properties.iter().any(|property| property.position.is_some()),
        key: object.primary_key,
        key_fields: object.key_fields().to_vec(),
        closed: object.is_closed(),
        any: object.wants_any(),
        by_name: object.by_name.clone(),
        foreign: foreign.collect(),
    })
}

/// The last line of stdout, for schedulers.
#[derive(Debug, Serialize)]
pub(super) struct Summary {
    verdict: &'static str,
    critical: u64,
    warnings: u64,
    infos: u64,
    not_run: u64,
    exit_code: u8,
    files: Vec<FileSummary>,
}

#[derive(Debug, Serialize)]
struct FileSummary {
    file: String,
    verdict: String,
    exit_code: u8,
    error: Option<String>,
}

impl Summary {
    /// Of no file yet.
    pub(super) fn new() -> Summary {
        Summary {
            verdict: "ok",
            critical: 0,
            warnings: 0,
            infos: 0,
            not_run: 0,
            exit_code: exit::OK,
            files: Vec::new(),
        }
    }

    /// Adds what became of a file.
    pub(super) fn report(&mut self, file: String, report: &wire::Report, code: u8) {
        let [critical, warnings, infos] = verdict::tally(report);
        self.critical += critical;
        self.warnings += warnings;
        self.infos += infos;
        self.not_run += report.findings.iter().filter(|it| it.status == "not_run").count() as u64;
        self.add(FileSummary { file, verdict: report.verdict.overall.clone(), exit_code: code, error: None });
    }

    /// Adds a file that could not be read.
    pub(super) fn error(&mut self, file: String, error: &Error) {
        let code = exit::of_error(error);
        self.add(FileSummary {
            file,
            verdict: "not_run".into(),
            exit_code: code,
            error: Some(error.to_string()),
        });
    }

    /// The worst code of all files.
    pub(super) fn code(&self) -> u8 {
        self.exit_code
    }

    fn add(&mut self, file: FileSummary) {
        let order = ["ok", "not_run", "warning", "critical"];
        let rank = |word: &str| order.iter().position(|known| *known == word).unwrap_or(1);
        self.verdict = order[rank(self.verdict).max(rank(&file.verdict))];
        self.exit_code = exit::worse(self.exit_code, file.exit_code);
        self.files.push(file);
    }

    /// Writes the line.
    pub(super) fn print(&self, host: &mut Host<'_>) -> std::result::Result<(), Stop> {
        let mut line = json::bytes(self, Layout::Compact)?;
        line.push(b'\n');
        host.print(&line)
    }
}
