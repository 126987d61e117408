//! Data contracts: a file of one of four kinds in YAML or JSON → how columns are to be parsed, probes that run with the
//! scan, and findings from the profile and what the probes counted.
//!
//! ```text
//! parse(text) ─▶ Contract ─object()─▶ SchemaObject ─governs(columns)─▶ how to parse
//!                                          ├─compile(columns, types)─▶ Compiled (probes) ─▶ scan ─┐
//!                                          └─findings(compiled, profile, violations) ◀────────────┘
//! ```

//!
//! Without the feature `contract` there is no reader, and so no contract.

use crate::error::Result;

mod compile;
#[cfg(feature = "cli")]
mod diff;
mod exact;
#[cfg(feature = "cli")]
mod explain;
#[cfg(feature = "cli")]
mod export;
mod expression;
#[cfg(feature = "cli")]
mod extent;
mod findings;
#[cfg(feature = "cli")]
mod form;
mod formats;
#[cfg(feature = "contract")]
mod frictionless;
mod gates;
#[cfg(feature = "contract")]
mod gx;
mod infer;
#[cfg(feature = "contract")]
mod json_schema;
#[cfg(feature = "contract")]
mod mistakes;
mod model;
mod moment;
#[cfg(feature = "contract")]
mod odcs;
mod others;
mod rules;
#[cfg(feature = "contract")]
mod scalar;
#[cfg(feature = "contract")]
mod splice;
mod tolerance;
#[cfg(feature = "cli")]
mod tree;
#[cfg(feature = "contract")]
mod value_schema;
mod wording;
#[cfg(feature = "contract")]
mod yaml;

#[cfg(feature = "cli")]
pub use diff::{Change, Direction, diff};
#[cfg(feature = "cli")]
pub use explain::explain;
#[cfg(feature = "cli")]
pub use export::{Converted, Format, Loss, convert};
pub use infer::infer;
#[cfg(feature = "monitor")]
pub use infer::propose;
#[cfg(feature = "contract")]
pub use odcs::{Amendment, Target, Written, amend, written_rules};

pub use compile::{ColumnRules, Compiled, FencedBy, Governed, Known};
pub use findings::{ColumnViolations, Tally, Violations};
pub use model::{Contract, Dialect, LogicalType, Property, SchemaObject};
pub use rules::drift::{Found, Gate, Gated, Judged, METRICS, Metric, Reading, Stands, UNTESTED};
pub use rules::foreign_key::{Other, OtherKey, Wanted};
pub use rules::outliers::Spread;
pub use rules::rows::RowViolations;
pub use tolerance::Tolerance;

/// Reads a contract: ODCS 3.0 to 3.2, YAML or JSON, a suite of Great Expectations, a Frictionless Table Schema, resource or
/// data package, or a JSON Schema for records; UTF-8.
///
/// # Errors
/// Of kind `Usage` with the place of the first mistake, a message that names the first five, and all of them, or `Limit` for a
/// contract too large; `NeedsContract` in a build without the feature `contract`.
#[cfg(feature = "contract")]
pub fn parse(text: &[u8]) -> Result<Contract> {
    let tree = yaml::parse(text)?;
    if gx::is_suite(&tree) {
        gx::read(&tree)
    } else if frictionless::is_descriptor(&tree) {
        frictionless::read(&tree)
    } else if json_schema::is_schema(&tree) {
        json_schema::read(&tree)
    } else {
        odcs::read(&tree)
    }
}

/// The error of a build without the feature; the page answers it by loading the module that has it.
#[cfg(not(feature = "contract"))]
pub fn parse(_: &[u8]) -> Result<Contract> {
    use crate::error::{Error, Kind};
    Err(Error::new(Kind::NeedsContract, "this build cannot read data contracts")
        .with_hint("build it with the feature \"contract\""))
}

#[cfg(all(test, feature = "contract"))]
mod tests;
