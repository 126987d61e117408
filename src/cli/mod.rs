//! The command line: arguments, files and a terminal in; calls to the engine, and reports, messages and an exit code
//! out. All IO of the crate lives here.

#![allow(clippy::disallowed_methods)]

mod args;
mod check;
mod clock;
mod contract;
mod convert;
mod drift;
mod exit;
mod history;
mod incident;
mod inputs;
mod job;
mod merge;
mod output;
mod performance;
mod profile;
mod progress;
mod quarantine;
mod rows;
mod run;
mod scan;
mod schema;
mod source;
mod values;

use std::ffi::OsString;
use std::io::{IsTerminal, Write};
use std::process::ExitCode;

use anstream::{AutoStream, ColorChoice};
use clap::Parser;

use crate::error::Error;
use crate::report::text::{Look, Paint};
use args::{Cli, Command};
use job::Pipeline;
use output::Host;

pub use source::FileSource;

/// The whole command: the process's arguments in, its exit code out.
pub fn main() -> ExitCode {
    let stdout = std::io::stdout();
    let stderr = std::io::stderr();
    let coloured = AutoStream::choice(&stdout) != ColorChoice::Never;
    let width = terminal_size::terminal_size().filter(|_| stdout.is_terminal());
    let look = Look {
        width: width.map_or(Look::PLAIN.width, |(width, _)| usize::from(width.0)),
        paint: if coloured { Paint::Coloured } else { Paint::Plain },
    };
    let progress = stderr.is_terminal();
    let mut messages = AutoStream::auto(stderr);
    // Enabled on a terminal of Windows, too; nothing is stripped that was not coloured.
    let mut out: Box<dyn Write> =
        if coloured { Box::new(AutoStream::always(stdout)) } else { Box::new(stdout) };
    let mut host = Host { out: &mut *out, err: &mut messages, look, progress };
    ExitCode::from(run(std::env::args_os(), &mut host, &run::Engine))
}

/// The command with everything that it touches given: what the tests call.
fn run(args: impl IntoIterator<Item = OsString>, host: &mut Host<'_>, pipeline: &dyn Pipeline) -> u8 {
    let cli = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(error) => return refused(&error, host),
    };
    let done = match cli.command {
        Command::Profile(args) => profile::run(&args, host, pipeline),
        Command::Check(args) => check::run(&args, host, pipeline),
        Command::Drift(args) => drift::run(&args, host, pipeline),
        Command::Incident(args) => incident::run(&args, host, pipeline),
        Command::Performance(args) => performance::run(&args, host),
        Command::History(args) => history::run(&args, host),
        Command::Contract(args) => contract::run(&args, host, pipeline),
        Command::Merge(args) => merge::run(&args, host, pipeline),
        Command::Schema(args) => schema::run(&args, host),
    };
    match done {
        Ok(code) => code,
        Err(Stop::Error(error)) => {
            complain(&error, host);
            exit::of_error(&error)
        }
        Err(Stop::Closed) => exit::OK,
    }
}

/// Help and version go to stdout and are no error; the rest is wrong usage.
fn refused(error: &clap::Error, host: &mut Host<'_>) -> u8 {
    let text = error.render();
    let wanted = !error.use_stderr();
    let out: &mut dyn Write = if wanted { &mut *host.out } else { &mut *host.err };
    let styled =
        if wanted && host.look.paint == Paint::Plain { text.to_string() } else { text.ansi().to_string() };
    // Nobody is left to be told where even this cannot be written.
    let _ = out.write_all(styled.as_bytes()).and_then(|()| out.flush());
    if wanted { exit::OK } else { exit::USAGE }
}

/// Writes an error and its hint to stderr.
fn complain(error: &Error, host: &mut Host<'_>) {
    let red = anstyle::AnsiColor::Red.on_default().bold();
    // A line for each of several mistakes; a break of a line within what was read is escaped already.
    let text = error.to_string();
    for (i, line) in text.lines().enumerate() {
        let message = crate::report::text::safe(line);
        let _ = match i {
            0 => writeln!(host.err, "{red}error{red:#}: {message}"),
            _ => writeln!(host.err, "       {message}"),
        };
    }
    if let Some(hint) = error.hint() {
        let _ = writeln!(host.err, " hint: {}", crate::report::text::safe(hint));
    }
}

/// Why a command ended early.
#[derive(Debug)]
enum Stop {
    /// An error to be told.
    Error(Error),
    /// Whoever read our output has seen enough.
    Closed,
}

impl From<Error> for Stop {
    fn from(error: Error) -> Stop {
        Stop::Error(error)
    }
}

#[cfg(test)]
mod tests;
