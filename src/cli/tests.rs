//! Arguments in, exit codes and bytes out, with a stand-in for the engine.

use std::path::Path;

use super::job::{Input, Job, Outcome, Prepared, Scan, Watch};
use super::*;
use crate::error::{Kind, Result};
use crate::finding::{Finding, Severity, Tier};
use crate::profile::saved::{self, Column, Redact, Saved, Sketches};
use crate::profile::{Estimate, Profile, RowCounts};
use crate::report::{Parts, build, sample, wire};
use crate::source::Source;

/// An engine that finds in a file what its bytes say: `critical`, `warning`, `info`, `damaged`, or nothing.
struct Told;

impl Pipeline for Told {
    fn prepare<'a>(&'a self, job: &'a Job, _: Watch<'_>) -> Result<Box<dyn Prepared + 'a>> {
        if let Some(contract) = &job.contract
            && contract.text == "wrong"
        {
            return Err(Error::new(Kind::Usage, format!("{:?} is wrong", contract.path)).at(3, 5));
        }
        Ok(Box::new(Reading(job)))
    }

    fn profile(&self, input: &Input, _: &Scan) -> Result<Profile> {
        Err(Error::new(Kind::Unreadable, format!("{:?} has no profile here", input.name)))
    }

    fn sketches(&self) -> &dyn Sketches {
        self
    }
}

struct Reading<'a>(&'a Job);

impl Prepared for Reading<'_> {
    fn file(&self, input: &Input, watch: Watch<'_>) -> Result<Outcome> {
        let mut bytes = vec![0; input.source.len() as usize];
        input.source.read_at(0, &mut bytes)?;
        watch(job::Step { bytes: input.source.len(), rows: 1 });
        let severity = match bytes.as_slice() {
            b"critical" => Some(Severity::Critical),
            b"warning" => Some(Severity::Warning),
            b"info" => Some(Severity::Info),
            b"damaged" => return Err(Error::new(Kind::Damaged, "file ends early")),
            _ => None,
        };
        let findings: Vec<Finding> = severity
            .map(|severity| sample::failing("range", Tier::Contract, severity, 1))
            .into_iter()
            .collect();
        let mut profile = sample::profile();
        profile.source.name.clone_from(&input.name);
        profile.issues.clear();
        let scan = &self.0.scan;
        let report = build(Parts {
            profile: &profile,
            reference: None,
            contract: None,
            findings: &findings,
            drift: Vec::new(),
            timeline: None,
            options: wire::Options {
                memory: scan.memory,
                seed: scan.seed,
                as_of: scan.as_of.clone(),
                places: scan.places as u64,
                redact: None,
            },
            sections: self.0.sections.clone(),
        });
        Ok(Outcome {
            report,
            saved: self.0.save.then(small),
            incident: None,
            told: None,
            rows: Default::default(),
        })
    }
}

impl Sketches for Told {
    fn merge_sums(&self, a: &[u8], _: &[u8]) -> Result<Vec<u8>> {
        Ok(a.to_vec())
    }
    fn merge_distinct(&self, a: &[u8], _: &[u8]) -> Result<Vec<u8>> {
        Ok(a.to_vec())
    }
    fn distinct_of(&self, _: &crate::profile::Distribution, _: u64) -> Vec<u8> {
        Vec::new()
    }
    fn merge_duplicates(&self, a: &[u8], _: &[u8]) -> Result<Vec<u8>> {
        Ok(a.to_vec())
    }
    fn duplicates(&self, _: &[u8], _: u64) -> Result<(Estimate, RowCounts)> {
        Ok((Estimate::exact(0), RowCounts::default()))
    }
    fn fill(&self, _: &Column, _: &mut crate::profile::Column) -> Result<()> {
        Ok(())
    }
}

fn small() -> Saved {
    Saved {
        seed: 0,
        redact: Redact::Rare,
        sources: Vec::new(),
        rows: 2,
        rows_in: 2,
        rows_set_aside: 0,
        duplicates: Vec::new(),
        columns: Vec::new(),
    }
}

struct Ended {
    code: u8,
    out: String,
    err: String,
}

/// Runs a command line; `DIR` stands for the folder.
fn ran(folder: &Path, line: &str) -> Ended {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut host = Host { out: &mut out, err: &mut err, look: Look::PLAIN, progress: false };
    let words = line.split_whitespace().map(|word| word.replace("DIR", &folder.display().to_string()));
    let args = std::iter::once("driftline".to_string()).chain(words).map(OsString::from);
    let code = run(args, &mut host, &Told);
    Ended { code, out: String::from_utf8(out).unwrap(), err: String::from_utf8(err).unwrap() }
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for word in ["critical", "warning", "info", "damaged", "clean", "wrong"] {
        std::fs::write(folder.path().join(format!("{word}.csv")), word).unwrap();
    }
    std::fs::create_dir(folder.path().join("empty")).unwrap();
    folder
}

#[test]
fn every_command_line_has_its_exit_code() {
    let folder = folder();
    let table = [
        ("profile DIR/clean.csv", 0),
        ("profile DIR/critical.csv", 1),
        ("profile DIR/warning.csv", 0),
        ("profile DIR/warning.csv --warn-exit 7", 7),
        ("profile DIR/warning.csv --fail-on warning", 1),
        ("profile DIR/info.csv --fail-on info", 1),
        ("profile DIR/info.csv --warn-exit 7", 0),
        ("profile DIR/damaged.csv", 3),
        ("profile DIR/none.csv", 3),
        ("profile DIR/critical.csv DIR/damaged.csv DIR/clean.csv", 3),
        ("profile DIR/critical.csv DIR/warning.csv --warn-exit 7", 1),
        ("profile DIR", 3),
        ("profile DIR/empty", 2),
        ("profile", 2),
        ("profile DIR/clean.csv --format yaml", 2),
        ("profile DIR/clean.csv --memory lots", 2),
        ("profile DIR/clean.csv --threads 0", 2),
        ("profile DIR/clean.csv --delimiter ,,", 2),
        ("profile DIR/clean.csv --header --no-header", 2),
        ("profile DIR/clean.csv --types zip", 2),
        ("profile DIR/clean.csv --as-of today", 2),
        ("profile DIR/clean.csv -o DIR/clean.csv", 2),
        ("profile DIR/clean.csv --save DIR/clean.csv", 2),
        ("profile DIR/clean.csv DIR/info.csv --save DIR/p", 2),
        ("profile DIR/clean.csv -o DIR/nowhere/report", 2),
        ("profile - -", 2),
        ("check DIR/clean.csv", 2),
        ("check DIR/clean.csv --contract DIR/none.yaml", 2),
        ("check DIR/clean.csv --contract DIR", 2),
        ("check DIR/clean.csv --contract DIR/wrong.csv", 2),
        ("check DIR/clean.csv --contract DIR/info.csv", 0),
        ("check DIR/clean.csv --contract DIR/info.csv --reference DIR/info.csv", 0),
        ("check DIR/critical.csv --reference DIR/info.csv", 1),
        ("check DIR/clean.csv --reference DIR/none.csv", 3),
        ("drift DIR/clean.csv", 2),
        ("drift --reference DIR/clean.csv DIR/info.csv", 0),
        ("drift --reference DIR/clean.csv DIR/info.csv --method all=psi:0.2", 0),
        ("drift --reference DIR/clean.csv DIR/info.csv --method all=foo", 2),
        ("drift --reference DIR/clean.csv DIR/info.csv --as alibi --method all=psi", 2),
        ("incident DIR/clean.csv", 2),
        ("drift --reference DIR DIR/info.csv", 3),
        ("merge DIR/clean.csv", 3),
        ("merge DIR/none.json", 3),
        ("schema report", 0),
        ("schema profile", 0),
        ("schema", 2),
        ("frobnicate", 2),
        ("--help", 0),
        ("--version", 0),
        ("profile --help", 0),
    ];
    for (line, wanted) in table {
        let ended = ran(folder.path(), line);
        assert_eq!(ended.code, wanted, "{line}\n{}{}", ended.out, ended.err);
        assert_eq!(ended.err.is_empty(), wanted < 2 || wanted == 7, "{line}: {}", ended.err);
    }
}

#[test]
fn one_file_is_a_document_and_many_are_an_array() {
    let folder = folder();
    let one = ran(folder.path(), "profile DIR/clean.csv --format json --seed 9 --memory 1MiB");
    let report: wire::Report = serde_json::from_str(&one.out).unwrap();
    assert_eq!(
        one.out.as_bytes(),
        crate::report::json::bytes(&report, crate::report::json::Layout::Pretty).unwrap()
    );
    assert_eq!((report.driftline.options.seed, report.driftline.options.memory), (9, 1 << 20));
    let many = ran(folder.path(), "profile DIR/clean.csv DIR/damaged.csv DIR/info.csv --format json");
    let reports: Vec<serde_json::Value> = serde_json::from_str(&many.out).unwrap();
    let names: Vec<&str> = reports.iter().map(|report| report["source"]["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["clean.csv", "damaged.csv", "info.csv"]);
    assert!(serde_json::from_value::<wire::Report>(reports[2].clone()).is_ok());
    assert!(many.err.contains("file ends early"));
    let told = |report: &serde_json::Value| {
        let text = |it: &serde_json::Value| it.as_str().unwrap().to_owned();
        (
            text(&report["error"]["code"]),
            text(&report["verdict"]["overall"]),
            text(&report["verdict"]["sentence"]),
        )
    };
    let unread = ("damaged".to_owned(), "critical".to_owned(), "Do not use: file ends early.".to_owned());
    assert_eq!(told(&reports[1]), unread);
    let none = ran(folder.path(), "profile DIR/none.csv DIR/damaged.csv --format json");
    let none: Vec<serde_json::Value> = serde_json::from_str(&none.out).unwrap();
    assert_eq!((none.len(), told(&none[1])), (2, unread));
    let alone = ran(folder.path(), "profile DIR/damaged.csv --format json");
    assert_eq!(told(&serde_json::from_str(&alone.out).unwrap()).0, "damaged");
}

#[test]
fn the_summary_is_the_last_line_and_says_all() {
    let folder = folder();
    let ended = ran(folder.path(), "profile DIR/critical.csv DIR/damaged.csv DIR/warning.csv --summary-line");
    let line: serde_json::Value = serde_json::from_str(ended.out.lines().last().unwrap()).unwrap();
    assert_eq!(line["verdict"], "critical");
    assert_eq!((&line["critical"], &line["warnings"], &line["exit_code"]), (&1.into(), &1.into(), &3.into()));
    assert_eq!(line["files"][1]["error"], "file ends early");
    assert_eq!(line["files"][2]["verdict"], "warning");
}

#[test]
fn a_report_goes_to_a_file_and_the_summary_to_stdout() {
    let folder = folder();
    let path = folder.path().join("report.json");
    let ended = ran(folder.path(), "profile DIR/clean.csv --format json -o DIR/report.json --summary-line");
    assert_eq!((ended.code, ended.out.lines().count()), (0, 1));
    let written = std::fs::read(&path).unwrap();
    assert_eq!(written, ran(folder.path(), "profile DIR/clean.csv --format json").out.as_bytes());
    ran(folder.path(), "profile DIR/damaged.csv -o DIR/report.json");
    assert_eq!(std::fs::read(&path).unwrap(), written, "a run that fails leaves the old report");
}

#[test]
fn a_saved_profile_can_be_merged() {
    let folder = folder();
    assert_eq!(ran(folder.path(), "profile DIR/clean.csv --save DIR/p.json").code, 0);
    let bytes = std::fs::read(folder.path().join("p.json")).unwrap();
    assert_eq!(saved::read(&bytes).unwrap(), small());
    let merged = ran(folder.path(), "merge DIR/p.json DIR/p.json DIR/p.json");
    assert_eq!(saved::read(merged.out.as_bytes()).unwrap().rows, 6);
    assert_eq!(ran(folder.path(), "merge DIR/p.json DIR/p.json -o DIR/m.json").out, "");
    assert_eq!(saved::read(&std::fs::read(folder.path().join("m.json")).unwrap()).unwrap().rows, 4);
    std::fs::write(folder.path().join("p.json"), "{\"driftline_profile\":3}").unwrap();
    let other = ran(folder.path(), "merge DIR/p.json");
    assert_eq!(other.code, 2);
    assert!(
        other.err.contains("p.json\": expected a saved profile of version 1 to 2, found version 3"),
        "{}",
        other.err
    );
    assert!(other.err.contains("hint:"));
}

#[test]
fn an_error_says_where_and_what_to_do() {
    let folder = folder();
    let wrong = ran(folder.path(), "check DIR/clean.csv --contract DIR/wrong.csv");
    assert!(wrong.err.contains("line 3, column 5: "), "{}", wrong.err);
    let missing = ran(folder.path(), "profile DIR/none.csv");
    assert!(
        missing.err.contains("cannot find") && missing.err.contains(" hint: check the name"),
        "{}",
        missing.err
    );
}

#[test]
fn the_schemas_name_every_field() {
    let folder = folder();
    let report: serde_json::Value = serde_json::from_str(&ran(folder.path(), "schema report").out).unwrap();
    for field in
        ["driftline", "sections", "source", "table", "columns", "issues", "findings", "drift", "verdict"]
    {
        assert!(report["properties"][field].is_object(), "{field}");
    }
    let profile: serde_json::Value = serde_json::from_str(&ran(folder.path(), "schema profile").out).unwrap();
    assert!(profile["properties"]["driftline_profile"].is_object());
}

/// A pipe whose reader has gone.
struct Gone;

impl Write for Gone {
    fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
        Err(std::io::ErrorKind::BrokenPipe.into())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_closed_pipe_is_success() {
    let folder = folder();
    let mut err = Vec::new();
    let mut host = Host { out: &mut Gone, err: &mut err, look: Look::PLAIN, progress: false };
    let file = folder.path().join("critical.csv");
    let args = ["driftline".into(), "profile".into(), file.into_os_string()];
    assert_eq!(run(args, &mut host, &Told), 0);
    assert!(err.is_empty());
}
