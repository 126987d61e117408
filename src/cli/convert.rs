//! `driftline contract convert CONTRACT --to FORMAT`

use serde::Serialize;

use super::args::{ConvertArgs, Converting, DiffFormat};
use super::output::{self, Host};
use super::{Stop, exit, inputs};
use crate::contract::{self, Converted, Format, Loss};
use crate::error::{Error, Kind};
use crate::report::json::{self, Layout};
use crate::report::text::safe;
use crate::words::grouped;

/// Writes a contract in another format.
pub(super) fn run(args: &ConvertArgs, host: &mut Host<'_>) -> Result<u8, Stop> {
    output::apart(args.output.as_deref(), std::slice::from_ref(&args.contract))?;
    let read = inputs::contract(&args.contract)?;
    let format = match args.to {
        Converting::Odcs => Format::Odcs,
        Converting::Gx => Format::GreatExpectations,
    };
    let converted =
        contract::convert(read.text.as_bytes(), format).map_err(|error| error.of_file(&read.path))?;
    match &args.output {
        Some(path) => output::write(path, converted.text.as_bytes())?,
        None => host.print(converted.text.as_bytes())?,
    }
    let told = match args.coverage {
        DiffFormat::Text => text(&converted).into_bytes(),
        DiffFormat::Json => json::bytes(&Coverage::of(&converted), Layout::Pretty)?,
    };
    let unwritten = |error| Error::new(Kind::Unreadable, format!("cannot write to stderr: {error}"));
    host.err.write_all(&told).map_err(unwritten)?;
    Ok(exit::OK)
}

/// What became of the rules.
#[derive(Serialize)]
struct Coverage<'a> {
    rules: u64,
    kept: u64,
    approximated: Vec<Told<'a>>,
    unsupported: Vec<Told<'a>>,
}

#[derive(Serialize)]
struct Told<'a> {
    column: Option<&'a str>,
    rule: &'a str,
    expected: &'a str,
    reason: &'a str,
}

impl<'a> Coverage<'a> {
    fn of(converted: &'a Converted) -> Coverage<'a> {
        let told = |loss: &'a Loss| Told {
            column: loss.column.as_deref(),
            rule: &loss.rule,
            expected: &loss.expected,
            reason: &loss.reason,
        };
        Coverage {
            rules: converted.rules,
            kept: converted.kept,
            approximated: converted.approximated.iter().map(told).collect(),
            unsupported: converted.unsupported.iter().map(told).collect(),
        }
    }
}

fn text(converted: &Converted) -> String {
    let Converted { rules, kept, approximated, unsupported, .. } = converted;
    let mut out = format!("{} of {} rules mean the same", grouped(*kept), grouped(*rules));
    for (losses, word) in [(approximated, "approximated"), (unsupported, "not supported")] {
        if !losses.is_empty() {
            out += &format!(", {} {word}", grouped(losses.len() as u64));
        }
    }
    out.push('\n');
    for (losses, word) in [(approximated, "approximated"), (unsupported, "not supported")] {
        for Loss { column, rule, expected, reason } in losses {
            let column = column.as_ref().map(|it| format!("{} ", safe(it))).unwrap_or_default();
            out += &format!("  {word}: {column}{} ({}): {}\n", safe(rule), safe(expected), safe(reason));
        }
    }
    out
}
