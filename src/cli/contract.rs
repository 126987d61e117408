//! `driftline contract infer FILE…` and `driftline contract diff OLD NEW`

use std::collections::BTreeMap;
use std::path::Path;

use serde::Serialize;

use super::args::{ContractArgs, ContractCommand, DiffArgs, DiffFormat, InferArgs, Party};
use super::job::{ContractText, Job, Pipeline, Scan};
use super::output::{self, Host};
use super::{Stop, exit, inputs};
use crate::cell::limits;
use crate::contract::{self, Change, Direction};
use crate::error::Result as Read;
use crate::report::json::{self, Layout};
use crate::report::text::safe;
use crate::report::wire::Violation;
use crate::words::grouped;

/// Makes contracts.
pub(super) fn run(args: &ContractArgs, host: &mut Host<'_>, pipeline: &dyn Pipeline) -> Result<u8, Stop> {
    match &args.command {
        ContractCommand::Infer(args) => infer(args, host, pipeline),
        ContractCommand::Diff(args) => diff(args, host, pipeline),
        ContractCommand::Convert(args) => super::convert::run(args, host),
    }
}

fn infer(args: &InferArgs, host: &mut Host<'_>, pipeline: &dyn Pipeline) -> Result<u8, Stop> {
    let files = inputs::paths(&args.files)?;
    output::apart(args.output.as_deref(), &files)?;
    let scan = Scan::of(&args.scan, limits::PLACES);
    let mut profiles = Vec::with_capacity(files.len());
    for path in &files {
        let read = || pipeline.profile(&inputs::open(path)?, &scan);
        profiles.push(read().map_err(|error| error.of_file(&inputs::shown(path)))?);
    }
    let text = contract::infer(&profiles)?;
    match &args.output {
        Some(path) => output::write(path, text.as_bytes())?,
        None => host.print(text.as_bytes())?,
    }
    Ok(exit::OK)
}

/// What is told of two contracts.
#[derive(Serialize)]
struct Diff {
    tightened: u64,
    loosened: u64,
    both: u64,
    changes: Vec<Told>,
    #[serde(skip_serializing_if = "Option::is_none")]
    on: Option<On>,
}

#[derive(Serialize)]
struct Told {
    table: String,
    column: Option<String>,
    rule: &'static str,
    direction: &'static str,
    old: Option<String>,
    new: Option<String>,
}

/// What the change does to a file.
#[derive(Serialize)]
struct On {
    file: String,
    newly_refused: Vec<Cell>,
    newly_taken: Vec<Cell>,
}

/// A cell, or a row, that one of the contracts refuses.
#[derive(Serialize)]
struct Cell {
    rule: String,
    column: String,
    row: u64,
    line: Option<u64>,
    value: Option<String>,
}

fn diff(args: &DiffArgs, host: &mut Host<'_>, pipeline: &dyn Pipeline) -> Result<u8, Stop> {
    let (old, new) = (inputs::contract(&args.old)?, inputs::contract(&args.new)?);
    let parsed = |text: &ContractText| {
        contract::parse(text.text.as_bytes()).map_err(|error| error.of_file(&text.path))
    };
    let changes = contract::diff(&parsed(&old)?, &parsed(&new)?);
    let count = |way: Direction| changes.iter().filter(|it| it.direction == way).count() as u64;
    let (tightened, loosened, both) =
        (count(Direction::Tightened), count(Direction::Loosened), count(Direction::Both));
    let on = match &args.on {
        Some(path) => {
            let scan = Scan::of(&args.scan, usize::MAX);
            let refused = |text| refused(path, text, &scan, pipeline);
            let (before, after) = (refused(old)?, refused(new)?);
            Some(On {
                file: inputs::shown(path),
                newly_refused: only(&after, &before),
                newly_taken: only(&before, &after),
            })
        }
        None => None,
    };
    let told = Diff { tightened, loosened, both, changes: changes.into_iter().map(Told::of).collect(), on };
    match args.format {
        DiffFormat::Json => host.print(&json::bytes(&told, Layout::Pretty)?)?,
        DiffFormat::Text => host.print(told.text().as_bytes())?,
    }
    let breaks = match args.breaking {
        None => false,
        Some(Party::Producer) => tightened + both > 0,
        Some(Party::Consumer) => loosened + both > 0,
        Some(Party::Any) => tightened + loosened + both > 0,
    };
    Ok(if breaks { exit::FOUND } else { exit::OK })
}

type Refused = BTreeMap<(u64, String, String), Violation>;

/// What a contract refuses in a file, by row, column and rule; a rule within its tolerance refuses nothing.
fn refused(path: &Path, text: ContractText, scan: &Scan, pipeline: &dyn Pipeline) -> Read<Refused> {
    let job = Job {
        sections: vec!["profile".into(), "check".into()],
        contract: Some(text),
        others: Vec::new(),
        reference: None,
        save: false,
        quarantine: None,
        fail_fast: None,
        rows: false,
        methods: Vec::new(),
        like: None,
        segments: false,
        incident: false,
        columns: Vec::new(),
        multivariate: false,
        intervals: None,
        scan: scan.clone(),
    };
    let report = pipeline.prepare(&job, &|_| {})?.file(&inputs::open(path)?, &|_| {})?.report;
    let failed = report.findings.into_iter().filter(|it| it.status == "fail" && it.card == "as_agreed");
    let places = failed.flat_map(|finding| {
        let (rule, column) = (finding.rule, finding.column.unwrap_or_default());
        // A fault of the table has no row.
        let none = Violation { row: 0, line: None, byte: None, column: column.clone(), value: None };
        let places = if finding.places.is_empty() { vec![none] } else { finding.places };
        places.into_iter().map(move |place| ((place.row, place.column.clone(), rule.clone()), place))
    });
    Ok(places.collect())
}

fn only(those: &Refused, these: &Refused) -> Vec<Cell> {
    let found = those.iter().filter(|(key, _)| !these.contains_key(key));
    found
        .map(|((row, column, rule), place)| Cell {
            rule: rule.clone(),
            column: column.clone(),
            row: *row,
            line: place.line,
            value: place.value.clone(),
        })
        .collect()
}

impl Told {
    fn of(change: Change) -> Told {
        let Change { table, column, rule, direction, old, new } = change;
        Told { table, column, rule, direction: direction.id(), old, new }
    }
}

/// Cells that are told one by one.
const SHOWN: usize = 10;

impl Diff {
    fn text(&self) -> String {
        let mut text = String::new();
        let side = |it: &Option<String>| it.as_deref().map_or_else(|| "nothing".to_owned(), safe);
        for change in &self.changes {
            let of = change.column.as_deref().unwrap_or(&change.table);
            text += &format!(
                "{:<9} {}, {}: {} → {}\n",
                change.direction,
                safe(of),
                change.rule,
                side(&change.old),
                side(&change.new)
            );
        }
        if let Some(on) = &self.on {
            for (word, cells) in [("refused", &on.newly_refused), ("taken", &on.newly_taken)] {
                text += &format!("\n{}: {} newly {word}\n", safe(&on.file), grouped(cells.len() as u64));
                for cell in cells.iter().take(SHOWN) {
                    let value =
                        cell.value.as_deref().map_or_else(|| "missing".to_owned(), |it| format!("{it:?}"));
                    text += &match cell.row {
                        0 => format!("  {} {}\n", cell.rule, safe(&cell.column)),
                        row => format!(
                            "  row {row}, {} of {}: {}\n",
                            cell.rule,
                            safe(&cell.column),
                            safe(&value)
                        ),
                    };
                }
                if cells.len() > SHOWN {
                    text += &format!(
                        "  and {} more; --format json lists all\n",
                        grouped((cells.len() - SHOWN) as u64)
                    );
                }
            }
        }
        let rest = if self.changes.is_empty() { "" } else { "\n" };
        text + &format!(
            "{rest}{} tightened (files that passed may fail), {} loosened (values may come that could not), {} both\n",
            self.tightened, self.loosened, self.both
        )
    }
}
