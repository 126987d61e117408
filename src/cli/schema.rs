//! `driftline schema report|profile|incident|performance|unread`

use super::args::{Document, SchemaArgs};
use super::output::Host;
use super::{Stop, exit};
use crate::profile::saved;
use crate::report::json::{self, Layout};
use crate::report::wire;

/// Prints the JSON Schema of a document.
pub(super) fn run(args: &SchemaArgs, host: &mut Host<'_>) -> Result<u8, Stop> {
    let schema = match args.document {
        Document::Report => schemars::schema_for!(wire::Report),
        Document::Incident => schemars::schema_for!(crate::report::incident::Incident),
        Document::Performance => schemars::schema_for!(crate::report::performance::Document),
        Document::Unread => schemars::schema_for!(crate::report::unread::Unread),
        Document::Profile => schemars::schema_for!(saved::File),
    };
    host.print(&json::bytes(&schema, Layout::Pretty)?)?;
    Ok(exit::OK)
}
