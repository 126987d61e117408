//! What stands for the report of a file that could not be read, so that whoever reads reports misses none.

use schemars::JsonSchema;
use serde::Serialize;

use super::build::FORMAT;
use super::verdict::{self, READABLE};
use super::wire::{Reason, Verdict};
use crate::error::Error;
use crate::finding::Severity;

/// A file that could not be read. Its `verdict` is where that of a report is.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Unread {
    /// Which program wrote it.
    pub driftline: Writer,
    /// The file.
    pub source: Named,
    /// Why.
    pub error: Fault,
    /// The answer: not readable, and therefore critical.
    pub verdict: Verdict,
}

/// A program.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Writer {
    /// Its version.
    pub version: String,
    /// The version of the format.
    pub report: u32,
}

/// A file of which only the name is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Named {
    /// Its name, without folders.
    pub name: String,
}

/// What stopped the reading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Fault {
    /// A stable word: `not-this-format`, `damaged`, `unsupported`, `limit`, `unreadable`, `usage`, `incompatible`.
    pub code: String,
    /// What is wrong, in words.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}

/// The document of a file that this stopped.
pub fn unread(path: &str, error: &Error) -> Unread {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path).to_owned();
    let message = error.message().to_owned();
    let not_run = verdict::unasked();
    let verdict = Verdict {
        readable: Severity::Critical.id().into(),
        overall: Severity::Critical.id().into(),
        sentence: format!("Do not use: {message}."),
        reasons: vec![Reason {
            severity: Severity::Critical.id().into(),
            card: READABLE.into(),
            column: None,
            message: message.clone(),
        }],
        ..not_run
    };
    Unread {
        driftline: Writer { version: env!("CARGO_PKG_VERSION").into(), report: FORMAT },
        source: Named { name },
        error: Fault { code: error.code().into(), message, hint: error.hint().map(Into::into) },
        verdict,
    }
}
