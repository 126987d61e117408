//! A report and the contract that it was made with → what of it may be shown.

use crate::contract;
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
    Ok(object.classified(&names).into_iter().map(str::to_owned).collect())
}
