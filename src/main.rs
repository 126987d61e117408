//! The `driftline` command: arguments in, exit code out.

fn main() {}
