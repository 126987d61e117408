//! Data contracts: an ODCS file in YAML or JSON → how columns are to be parsed, probes that run with the scan, and
//! findings from the profile and what the probes counted.
//!
//! ```text
//! parse(text) ─▶ Contract ─object()─▶ SchemaObject ─governs(columns)─▶ how to parse
//!                                          ├─compile(columns, types)─▶ Compiled (probes) ─▶ scan ─┐
//!                                          └─findings(compiled, profile, violations) ◀────────────┘
//! ```

use crate::error::Result;

mod compile;
mod exact;
mod findings;
mod mistakes;
mod model;
mod moment;
mod odcs;
mod rules;
mod scalar;
mod tolerance;
mod wording;
mod yaml;

pub use compile::{ColumnRules, Compiled, Governed};
pub use findings::{ColumnViolations, Tally};
pub use model::{Contract, LogicalType, Property, SchemaObject};
pub use tolerance::Tolerance;

/// Reads a contract: ODCS 3.0 to 3.2, YAML or JSON, UTF-8.
///
/// # Errors
/// Of kind `Usage` with the place of the first mistake and a message that names the first five, or `Limit` for a
/// contract too large.
pub fn parse(text: &[u8]) -> Result<Contract> {
    odcs::read(&yaml::parse(text)?)
}

#[cfg(test)]
mod tests;
