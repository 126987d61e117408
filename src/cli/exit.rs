//! Verdicts and errors in, exit codes out.

use crate::error::Error;
use crate::finding::Severity;

/// Nothing at or above `--fail-on`.
pub(super) const OK: u8 = 0;
/// Something at or above `--fail-on`; trying again is pointless.
pub(super) const FOUND: u8 = 1;
/// Wrong usage or a wrong contract.
pub(super) const USAGE: u8 = 2;
/// The data could not be read; trying again may help.
pub(super) const UNREAD: u8 = 3;

/// What decides the code of a report.
#[derive(Debug, Clone, Copy)]
pub(super) struct Policy {
    /// From this severity on the code is [`FOUND`].
    pub fail_on: Severity,
    /// The code of warnings below `fail_on`.
    pub warn_exit: Option<u8>,
}

impl Policy {
    /// The code of a report whose worst is this.
    pub(super) fn of(self, worst: Option<Severity>) -> u8 {
        match worst {
            Some(worst) if worst >= self.fail_on => FOUND,
            Some(Severity::Warning) => self.warn_exit.unwrap_or(OK),
            _ => OK,
        }
    }
}

/// The code of an error.
pub(super) fn of_error(error: &Error) -> u8 {
    if error.is_usage() { USAGE } else { UNREAD }
}

/// The worse of two codes: wrong usage, then unread data, then findings, then the code of warnings.
pub(super) fn worse(a: u8, b: u8) -> u8 {
    let rank = |code: u8| match code {
        OK => 0,
        FOUND => 2,
        UNREAD => 3,
        USAGE => 4,
        _ => 1,
    };
    if rank(b) > rank(a) { b } else { a }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_follows_the_worst_severity() {
        let table = [
            (Severity::Critical, None, [OK, OK, OK, FOUND]),
            (Severity::Warning, None, [OK, OK, FOUND, FOUND]),
            (Severity::Info, None, [OK, FOUND, FOUND, FOUND]),
            (Severity::Critical, Some(10), [OK, OK, 10, FOUND]),
            (Severity::Warning, Some(10), [OK, OK, FOUND, FOUND]),
        ];
        let worst = [None, Some(Severity::Info), Some(Severity::Warning), Some(Severity::Critical)];
        for (fail_on, warn_exit, wanted) in table {
            assert_eq!(worst.map(|worst| Policy { fail_on, warn_exit }.of(worst)), wanted);
        }
    }

    #[test]
    fn the_worst_file_decides() {
        assert_eq!([OK, 10, FOUND, UNREAD, USAGE].into_iter().rev().fold(OK, worse), USAGE);
        assert_eq!(worse(FOUND, 10), FOUND);
        assert_eq!(worse(FOUND, UNREAD), UNREAD);
        assert_eq!(worse(OK, 10), 10);
    }
}
