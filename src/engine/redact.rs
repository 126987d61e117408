//! A report and the contract that it was made with → what of it may be shown.

use crate::contract::{self, SchemaObject};
use crate::error::Result;
use crate::report::redact::{self, Level};
use crate::report::wire::Report;

/// Leaves out of a report what a level does not show. What was agreed by `contract` says which columns are classified.
///
/// # Errors
/// Where the contract is wrong.
pub fn redact(report: &mut Report, contract: Option<&[u8]>, level: Level) -> Result<()> {
    if level == Level::None {
        return Ok(());
    }
    let classified = contract.map(|text| classified(report, text)).transpose()?.unwrap_or_default();
    redact::redact(report, level, &classified);
    Ok(())
}

/// The columns that the contract classifies.
fn classified(report: &Report, text: &[u8]) -> Result<Vec<String>> {
    let contract = contract::parse(text)?;
    let object = contract.object(None, &report.source.name)?;
    let names: Vec<&str> = report.columns.iter().map(|it| it.name.as_str()).collect();
    let mut found = of_columns(object, &names);
    // What was renamed holds what it held.
    let before = report.drift.iter().filter_map(|it| Some((it.column.as_str(), it.renamed_from.as_deref()?)));
    found.extend(before.filter(|it| !object.classified(&[it.1]).is_empty()).map(|it| it.0.to_owned()));
    Ok(found)
}

/// Those of a table's columns that are classified, in whatever case and with whatever signs they are written. Where one of
/// them is missing, any column that the contract does not know may be it.
pub(super) fn of_columns(object: &SchemaObject, names: &[&str]) -> Vec<String> {
    let mut found: Vec<String> = object.classified(names).into_iter().map(str::to_owned).collect();
    let wanted = crate::order::set(object.classified_names().map(bare));
    found.extend(names.iter().filter(|it| wanted.contains(&bare(it))).map(|it| (*it).to_owned()));
    if object.lacks_classified(names) {
        found.extend(object.strangers(names).into_iter().map(str::to_owned));
    }
    found
}

/// A name without its case and signs: another spelling of it is no other column.
fn bare(name: &str) -> String {
    name.chars().filter(|it| it.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
