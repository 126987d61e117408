//! The command as a process: a folder and a line in, exit code and bytes out.

use std::path::Path;
use std::time::Duration;

/// What a process left behind.
pub(crate) struct Ended {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ended {
    /// The last line of stdout, as `--summary-line` writes it.
    pub(crate) fn summary(&self) -> serde_json::Value {
        serde_json::from_str(self.out.lines().last().expect("a line")).expect("json")
    }
}

/// Runs a line within a folder. A process that is killed, by a signal or because it hangs, fails the test.
pub(crate) fn driftline(folder: &Path, line: &str, stdin: &[u8]) -> Ended {
    let output = assert_cmd::Command::new(env!("CARGO_BIN_EXE_driftline"))
        .current_dir(folder)
        .args(line.split_whitespace())
        .write_stdin(stdin)
        .timeout(Duration::from_secs(120))
        .output()
        .expect("a process");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
    let (out, err) = (text(output.stdout), text(output.stderr));
    let code = output.status.code().unwrap_or_else(|| panic!("{line} was killed: {err}"));
    assert!(!err.contains("panicked"), "{line}: {err}");
    Ended { code, out, err }
}
