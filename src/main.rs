//! The `driftline` command: arguments in, exit code out.

use std::process::ExitCode;

fn main() -> ExitCode {
    driftline::cli::main()
}
