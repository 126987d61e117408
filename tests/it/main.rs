//! The integration tests, one binary.

#![allow(missing_docs, clippy::unwrap_used, clippy::disallowed_methods)]

mod broken;
mod cli;
mod columnar;
mod command;
mod convert;
mod drift;
mod files;
mod formats;
mod frictionless;
mod gates;
mod gx;
mod history;
mod hostile;
mod incident_rules;
mod incidents;
mod infer;
mod json_schema;
mod kept;
mod like;
mod multivariate;
mod odcs;
mod patterns;
mod performance;
mod quarantine_columnar;
mod real;
mod redact;
mod references;
mod repeats;
mod retyped;
mod same_bytes;
mod segments;
mod tidy;
mod usage;
